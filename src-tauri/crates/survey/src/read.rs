//! Opening files and streaming their tables.
//!
//! The kind of a file is told from its content, never from its name: an `.xls` that is really a web page, a text file
//! or a newer workbook is common. Parsing and finding structure run on threads of their own and hand over batches of
//! rows, so that they and storing overlap; memory is bounded by the batches in flight, not by the length of a sheet.

mod markup;
mod ods;
pub(crate) mod structure;
mod text;
mod workbook;

pub use text::decode;

use crate::batch::{Batch, IN_FLIGHT};
use crate::schema::DatasetSchema;
use crate::table::TableInfo;
use rustc_hash::FxHashSet;
use std::io::{Read, Seek, SeekFrom};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use structure::Sheet;

/// Bounds that keep hostile files from taking the machine.
#[derive(Debug, Clone)]
pub struct Limits {
    pub max_columns: u32,
    pub max_rows: u32,
    pub max_cell_chars: usize,
    /// Uncompressed bytes a zipped workbook may hold, and its largest expansion ratio.
    pub max_uncompressed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_columns: 2_000, max_rows: 2_000_000, max_cell_chars: 32_767, max_uncompressed: 2 << 30 }
    }
}

/// What the caller wants read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Only these sheets (all when empty). A hidden sheet is read only when it is named here.
    pub sheets: Vec<String>,
    /// Declared datasets, so that header detection can recognise their titles and aliases.
    pub declared: Vec<DatasetSchema>,
    pub limits: Limits,
}

/// Takes the rows of each data table as they are read.
pub trait TableSink {
    /// A table with data begins. `index` is the position that its `TableInfo` will have in the result of [`read`].
    fn begin(&mut self, index: usize, sheet: &str) -> Result<(), String>;
    /// One data row: 1-based row number in the sheet and its cells from column A on, joined by
    /// [`crate::table::CELL_SEPARATOR`]; empty cells at the end are left out.
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String>;
    /// Each of the first [`SEEN`] rows of a sheet that are not blank, before it is known what they are: titles,
    /// headers, records and notes alike, cells as the sheet holds them. For showing people what a sheet looks like.
    fn seen(&mut self, _sheet: &str, _row: u32, _cells: &str) {}
}

/// Rows of a sheet that a sink is shown as they are.
pub const SEEN: usize = 200;

/// A file that cannot be read at all. Display is Chinese and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("无法识别文件“{0}”的格式：请提供 .xlsx、.xls、.ods 或 .csv 表格文件")]
    UnknownFormat(String),
    #[error("文件“{file}”是{kind}，不是可导入的表格：{advice}")]
    WrongType { file: String, kind: &'static str, advice: &'static str },
    #[error("文件“{0}”是空文件，没有任何内容：请确认文件已保存完整")]
    Empty(String),
    #[error("文件“{0}”设有打开密码，无法读取：请在 Excel 或 WPS 中取消密码后另存，再导入")]
    Encrypted(String),
    #[error("文件“{file}”已损坏或不完整（{detail}）：请在 Excel 或 WPS 中打开并另存为 .xlsx，或重新下载后再导入")]
    Damaged { file: String, detail: String },
    #[error("文件“{file}”{what}，超出安全上限，未导入：请检查文件来源，或拆分后再导入")]
    TooLarge { file: String, what: String },
    #[error("工作表“{sheet}”的列数超过 {limit} 列，未导入：请删除表格右侧多余的列后再导入")]
    TooManyColumns { sheet: String, limit: u32 },
    #[error("工作表“{sheet}”的行数超过 {limit} 行，未导入：请拆分后再导入")]
    TooManyRows { sheet: String, limit: u32 },
    #[error("文件“{file}”中没有名为“{wanted}”的工作表：请核对工作表名称，包括空格和标点")]
    NoSheet { file: String, wanted: String },
    #[error("读取文件时出错：{0}")]
    Io(#[from] std::io::Error),
    /// The sink refused a row; its own words.
    #[error("{0}")]
    Sink(String),
}

/// A merged region, 0-based and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    first_row: u32,
    first_column: u32,
    last_row: u32,
    last_column: u32,
}

/// What the parser of a file kind hands over, in order.
enum Event {
    /// A sheet begins, with the merged regions known beforehand.
    Sheet {
        name: String,
        regions: Vec<Region>,
    },
    /// A sheet that is left out, with the reason.
    Skipped {
        name: String,
        reason: String,
    },
    Rows {
        regions: Vec<Region>,
        rows: Vec<(u32, String)>,
    },
}

/// Rows handed over at once by a parser.
const BATCH: usize = 256;

/// Collects rows into batches and sends them; parsers write to this.
struct Emit<'a> {
    send: &'a mut dyn FnMut(Event) -> Result<(), Stopped>,
    rows: Vec<(u32, String)>,
    regions: Vec<Region>,
    limits: &'a Limits,
    sheet: String,
}

/// The receiving side has gone (an error there): stop parsing.
struct Stopped;

/// Why a parser ended early.
enum Halt {
    Stopped,
    Error(ReadError),
}

impl From<Stopped> for Halt {
    fn from(_: Stopped) -> Self {
        Halt::Stopped
    }
}

impl From<ReadError> for Halt {
    fn from(e: ReadError) -> Self {
        Halt::Error(e)
    }
}

impl From<std::io::Error> for Halt {
    fn from(e: std::io::Error) -> Self {
        Halt::Error(ReadError::Io(e))
    }
}

impl Emit<'_> {
    fn sheet(&mut self, name: &str, regions: Vec<Region>) -> Result<(), Halt> {
        self.flush()?;
        self.sheet = name.to_owned();
        Ok((self.send)(Event::Sheet { name: name.to_owned(), regions })?)
    }

    fn skipped(&mut self, name: &str, reason: &str) -> Result<(), Halt> {
        self.flush()?;
        Ok((self.send)(Event::Skipped { name: name.to_owned(), reason: reason.to_owned() })?)
    }

    /// A merged region met while streaming; must come before its first row.
    fn region(&mut self, region: Region) {
        self.regions.push(region);
    }

    fn row(&mut self, number: u32, mut text: String) -> Result<(), Halt> {
        let kept = text.trim_end_matches(crate::table::CELL_SEPARATOR).len();
        text.truncate(kept);
        if text.is_empty() {
            return Ok(());
        }
        if number > self.limits.max_rows {
            return Err(ReadError::TooManyRows { sheet: self.sheet.clone(), limit: self.limits.max_rows }.into());
        }
        self.rows.push((number, text));
        if self.rows.len() >= BATCH {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Halt> {
        if self.rows.is_empty() && self.regions.is_empty() {
            return Ok(());
        }
        let event = Event::Rows { regions: std::mem::take(&mut self.regions), rows: std::mem::take(&mut self.rows) };
        Ok((self.send)(event)?)
    }

    /// Appends one cell to a row under construction.
    fn push_cell(&self, row: &mut String, text: &str) {
        let text = if text.len() > self.limits.max_cell_chars {
            text.char_indices().nth(self.limits.max_cell_chars).map_or(text, |(i, _)| &text[..i])
        } else {
            text
        };
        if text.contains(crate::table::CELL_SEPARATOR) {
            row.push_str(&text.replace(crate::table::CELL_SEPARATOR, " "));
        } else {
            row.push_str(text);
        }
    }
}

/// What the caller's sink is to take, in order.
enum Call {
    Begin(usize, String),
    Seen(String, u32, String),
    Rows(Batch),
}

impl Call {
    fn play(self, sink: &mut dyn TableSink) -> Result<(), String> {
        match self {
            Call::Begin(index, sheet) => sink.begin(index, &sheet),
            Call::Seen(sheet, row, cells) => {
                sink.seen(&sheet, row, &cells);
                Ok(())
            }
            Call::Rows(batch) => batch.rows().try_for_each(|(row, cells)| sink.row(row, cells)),
        }
    }
}

/// Stands for the caller's sink, which stays on the caller's thread. Fails when that takes no more.
struct Relay {
    calls: SyncSender<Call>,
    batch: Batch,
}

impl Relay {
    fn send(&mut self, call: Call) -> Result<(), String> {
        self.calls.send(call).map_err(|_| String::new())
    }

    fn flush(&mut self) -> Result<(), String> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.send(Call::Rows(batch))
    }
}

impl TableSink for Relay {
    fn begin(&mut self, index: usize, sheet: &str) -> Result<(), String> {
        self.flush()?;
        self.send(Call::Begin(index, sheet.to_owned()))
    }

    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        self.batch.push(row, cells);
        if self.batch.is_full() { self.flush() } else { Ok(()) }
    }

    fn seen(&mut self, sheet: &str, row: u32, cells: &str) {
        // Whoever takes no more will be met at the next row.
        let _ = self.send(Call::Seen(sheet.to_owned(), row, cells.to_owned()));
    }
}

/// What a file is, by its first bytes.
enum Kind {
    Zip,
    Cfb,
    Html,
    XmlSpreadsheet,
    Text,
}

/// Reads a whole file; returns one `TableInfo` per sheet or table (skipped ones included), in order.
///
/// Nothing about the file's name is trusted but its stem, which names the table of a text file. The sink gets rows
/// while the file is being read: when an error is returned, whatever it has taken must be thrown away.
pub fn read(
    name: &str,
    reader: impl Read + Seek + Send,
    options: &ReadOptions,
    sink: &mut dyn TableSink,
) -> Result<Vec<TableInfo>, ReadError> {
    read_inner(name, reader, options, sink)
}

fn read_inner<R: Read + Seek + Send>(
    name: &str,
    mut reader: R,
    options: &ReadOptions,
    sink: &mut dyn TableSink,
) -> Result<Vec<TableInfo>, ReadError> {
    let known = known_titles(&options.declared);
    let mut head = Vec::new();
    reader.by_ref().take(4096).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(ReadError::Empty(name.to_owned()));
    }
    let kind = kind(name, &head)?;
    let size = reader.seek(SeekFrom::End(0))?;
    reader.rewind()?;
    let limits = &options.limits;

    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Event>(IN_FLIGHT);
        let parser = scope.spawn(move || -> Result<(), ReadError> {
            let mut send = |event| sender.send(event).map_err(|_| Stopped);
            let mut emit =
                Emit { send: &mut send, rows: Vec::new(), regions: Vec::new(), limits, sheet: String::new() };
            let parsed = parse(name, reader, size, &kind, options, &mut emit);
            match parsed.and_then(|()| emit.flush()) {
                Ok(()) | Err(Halt::Stopped) => Ok(()),
                Err(Halt::Error(e)) => Err(e),
            }
        });
        let (calls, called) = sync_channel::<Call>(IN_FLIGHT);
        let known = &known;
        let finder =
            scope.spawn(move || take(name, known, options, receiver, Relay { calls, batch: Batch::default() }));
        let played = called.iter().try_for_each(|call| call.play(sink));
        drop(called);
        let taken = finder.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        // A parser that panics on a broken file has met a fault of its library; to the user the file is broken.
        let parsed = parser.join().unwrap_or_else(|_| {
            Err(ReadError::Damaged { file: name.to_owned(), detail: "内部结构无法解析".to_owned() })
        });
        played.map_err(ReadError::Sink)?;
        let tables = taken?;
        parsed?;
        if !options.sheets.is_empty() {
            for wanted in &options.sheets {
                if !tables.iter().any(|t| t.sheet == *wanted) {
                    return Err(ReadError::NoSheet { file: name.to_owned(), wanted: wanted.clone() });
                }
            }
        }
        Ok(tables)
    })
}

/// Finds structure in what the parser gives, feeds the sink.
fn take(
    name: &str,
    known: &FxHashSet<String>,
    options: &ReadOptions,
    receiver: Receiver<Event>,
    mut relay: Relay,
) -> Result<Vec<TableInfo>, ReadError> {
    let sink = &mut relay;
    let mut tables: Vec<TableInfo> = Vec::new();
    let mut open: Option<Sheet> = None;
    for event in receiver {
        match event {
            Event::Sheet { name: sheet, regions } => {
                if let Some(open) = open.take() {
                    tables.extend(open.finish(sink)?);
                }
                open = Some(Sheet::new(name, sheet, regions, known, options.limits.max_columns, tables.len()));
            }
            Event::Skipped { name: sheet, reason } => {
                if let Some(open) = open.take() {
                    tables.extend(open.finish(sink)?);
                }
                tables.push(TableInfo { file: name.to_owned(), sheet, skipped: Some(reason), ..TableInfo::default() });
            }
            Event::Rows { regions, rows } => {
                let sheet = open.as_mut().expect("rows follow their sheet");
                sheet.merge(regions);
                for (number, text) in rows {
                    sheet.row(number, text, sink)?;
                }
            }
        }
    }
    if let Some(open) = open.take() {
        tables.extend(open.finish(sink)?);
    }
    sink.flush().map_err(ReadError::Sink)?;
    Ok(tables)
}

fn parse<R: Read + Seek>(
    name: &str,
    reader: R,
    size: u64,
    kind: &Kind,
    options: &ReadOptions,
    emit: &mut Emit,
) -> Result<(), Halt> {
    let limits = &options.limits;
    match kind {
        Kind::Text => text::read(name, reader, emit),
        Kind::Zip | Kind::Cfb | Kind::Html | Kind::XmlSpreadsheet => {
            // Zipped and compound files need random access; they are small beside what they unfold to.
            if size > limits.max_uncompressed / 4 {
                return Err(ReadError::TooLarge {
                    file: name.to_owned(), what: format!("大小为 {} MB", size >> 20)
                }
                .into());
            }
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
            let mut reader = reader;
            reader.read_to_end(&mut bytes)?;
            match kind {
                Kind::Zip => workbook::read_zip(name, &bytes, options, emit),
                Kind::Cfb => workbook::read_cfb(name, &bytes, options, emit),
                Kind::Html => markup::read_html(name, &text::decode_all(&bytes), emit),
                _ => markup::read_xml(name, &text::decode_all(&bytes), emit),
            }
        }
    }
}

/// Whether a sheet of that name is wanted.
fn wanted(options: &ReadOptions, sheet: &str) -> bool {
    options.sheets.is_empty() || options.sheets.iter().any(|s| s == sheet)
}

fn kind(name: &str, head: &[u8]) -> Result<Kind, ReadError> {
    const TO_SHEET: &str = "请在相应软件中把其中的表格另存为 .xlsx 后再导入";
    const UNPACK: &str = "请先解压，再导入其中的表格";
    let wrong = |kind, advice| Err(ReadError::WrongType { file: name.to_owned(), kind, advice });
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Ok(Kind::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Kind::Cfb),
        [b'%', b'P', b'D', b'F', ..] => wrong("PDF 文档", TO_SHEET),
        [0x89, b'P', b'N', b'G', ..]
        | [0xff, 0xd8, 0xff, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => wrong("图片", "请提供原始表格文件，而不是截图或扫描件"),
        [b'{', b'\\', b'r', b't', b'f', ..] => wrong("RTF 文档", TO_SHEET),
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [0x1f, 0x8b, ..] => wrong("压缩包", UNPACK),
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] => {
            wrong("数据库文件", "工程文件请用“打开”，其他数据库请先导出为 .csv")
        }
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x06 | 0x08 | 0x04, 0x00, ..] => {
            wrong("很早版本的 Excel 工作簿", "请在 Excel 或 WPS 中打开并另存为 .xlsx 后再导入")
        }
        [0x7f, b'E', b'L', b'F', ..] | [b'M', b'Z', 0x90, 0, ..] => wrong("程序文件", "请提供表格文件"),
        _ => {
            let start = text::decode_all(head);
            let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase();
            if start.starts_with("<!doctype html")
                || start.starts_with("<html")
                || start.starts_with("<table")
                || start.starts_with("<meta")
            {
                return Ok(Kind::Html);
            }
            if start.starts_with("<?xml") || start.starts_with("<workbook") {
                if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
                    return Ok(Kind::XmlSpreadsheet);
                }
                if start.contains("<html") || start.contains("<table") {
                    return Ok(Kind::Html);
                }
                return wrong("XML 文件", "请在 Excel 或 WPS 中打开并另存为 .xlsx 后再导入");
            }
            if start.starts_with("mime-version:") {
                return wrong("单个文件网页", "请在 Excel 或 WPS 中打开并另存为 .xlsx 后再导入");
            }
            Ok(Kind::Text)
        }
    }
}

/// Declared titles and aliases, normalised, to recognise a header by.
fn known_titles(declared: &[DatasetSchema]) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    for field in declared.iter().flat_map(|d| &d.fields) {
        for title in std::iter::once(&field.title).chain(&field.aliases) {
            out.insert(structure::normal(title));
            out.insert(structure::normal(&structure::strip_unit(title).0));
        }
    }
    out.remove("");
    out
}
