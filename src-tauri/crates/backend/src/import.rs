//! Import 导入: survey files into a project, as one act — read, plan, assemble, compare, keep or take back.

use crate::error::{Code, Error, Result};
use crate::project::{Loaded, PROGRESS_EVERY, Project, load};
use crate::wire::*;
use report::Kit;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{NewImport, Tx};
use survey::plan::Override;
use survey::table::column_letters;
use survey::{Changes, Dataset, Issue, ReadOptions, TableInfo, TableSink};

/// One file to import.
#[derive(Debug, Clone)]
pub enum Source {
    Path(PathBuf),
    /// A file held in memory, such as an example carried in the program or a table that was pasted.
    Bytes {
        name: String,
        bytes: Cow<'static, [u8]>,
    },
}

/// How files are to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Dataset that every table of these files goes to.
    pub dataset: Option<String>,
    /// Only these sheets; all when empty.
    pub sheets: Vec<String>,
    /// Other sheets for single sources, by position.
    pub sheets_of: BTreeMap<usize, Vec<String>>,
    /// Mapping decisions, kept in the project. One that decides nothing takes back what was decided about its place.
    pub overrides: Vec<Override>,
    /// Files of the project, by name, whose place these take.
    pub replaces: Vec<String>,
    /// Show everything, change nothing.
    pub dry_run: bool,
    /// Name of the act, for undo; the files' names when not given.
    pub label: Option<String>,
}

/// Reads the mapping file of `--map`: `[[map]]` entries with `file sheet dataset column field unit`, all optional.
pub fn parse_map(name: &str, text: &str) -> Result<Vec<Override>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Map {
        #[serde(default)]
        map: Vec<Entry>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        file: Option<String>,
        sheet: Option<String>,
        dataset: Option<String>,
        column: Option<String>,
        field: Option<String>,
        unit: Option<String>,
    }
    let map: Map = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|e| Error::invalid(format!("映射文件 {name} 有误。")).with([e.to_string()]))?;
    if map.map.is_empty() {
        return Err(Error::invalid(format!("映射文件 {name} 里没有 [[map]] 条目。")));
    }
    map.map
        .into_iter()
        .map(|e| {
            if e.dataset.is_none() && e.field.is_none() && e.unit.is_none() {
                return Err(Error::invalid(format!(
                    "映射文件 {name}：每个 [[map]] 至少写 dataset、field、unit 之一。"
                )));
            }
            if e.column.is_none() && (e.field.is_some() || e.unit.is_some()) {
                return Err(Error::invalid(format!("映射文件 {name}：写了 field 或 unit 的 [[map]] 还要写 column。")));
            }
            Ok(Override {
                file: e.file,
                sheet: e.sheet,
                dataset: e.dataset,
                column: e.column,
                field: e.field,
                unit: e.unit,
            })
        })
        .collect()
}

/// A source with the name it goes by, its size and its hash.
struct Known<'a> {
    source: &'a Source,
    name: String,
    size: u64,
    sha256: String,
    kind: &'static str,
    /// Sheets asked for; all when empty.
    sheets: Vec<String>,
}

/// An opened source.
enum Opened<'a> {
    File(File),
    Bytes(Cursor<&'a [u8]>),
}

impl Read for Opened<'_> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Opened::File(file) => file.read(buf),
            Opened::Bytes(bytes) => bytes.read(buf),
        }
    }
}

impl Seek for Opened<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        match self {
            Opened::File(file) => file.seek(to),
            Opened::Bytes(bytes) => bytes.seek(to),
        }
    }
}

impl Source {
    fn open(&self) -> Result<Opened<'_>> {
        match self {
            Source::Bytes { bytes, .. } => Ok(Opened::Bytes(Cursor::new(bytes.as_ref()))),
            Source::Path(path) => {
                let refuse = |why: &str| {
                    let message = format!("“{}”{why}", self.base_name());
                    Err(Error::new(Code::UnreadableFile, message))
                };
                if path.is_dir() {
                    return refuse("是文件夹，不能直接导入。请打开这个文件夹，把里面的表格拖进来，或逐个选取。");
                }
                let fail = |e| Error::io("读取调查文件", path, &e);
                let file = File::open(path).map_err(fail)?;
                if !file.metadata().map_err(fail)?.is_file() {
                    return refuse("不是文件，不能导入。");
                }
                Ok(Opened::File(file))
            }
        }
    }

    fn base_name(&self) -> String {
        match self {
            Source::Bytes { name, .. } => name.clone(),
            Source::Path(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        }
    }
}

impl Project {
    /// Imports files as one act: all of them or none. The same content again changes nothing; another file of a name
    /// already imported takes its place. `progress` is called often and cheaply; setting `cancel` ends the work and
    /// leaves the project as it was.
    pub fn import(
        &mut self,
        sources: &[Source],
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
        cancel: &AtomicBool,
    ) -> Result<ImportReport> {
        Ok(self.import_looking(sources, options, progress, cancel, &mut Looks::default())?.0)
    }

    /// Imports and keeps what the sheets look like; also gives the datasets as they are then.
    pub(crate) fn import_looking(
        &mut self,
        sources: &[Source],
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
        cancel: &AtomicBool,
        looks: &mut Looks,
    ) -> Result<(ImportReport, Arc<Loaded>)> {
        let known = identify(sources, options)?;
        let mut watch = Watch { progress, cancel };
        let stays = self.stays();
        let mut act = |tx: &Tx, kit: &Kit| -> Result<(ImportReport, Arc<Loaded>)> {
            let before = if tx.tables()?.is_empty() {
                Vec::new()
            } else {
                datasets(&load(tx, kit, false, &mut |rows| watch.step(Progress::Assembling { rows }))?)
            };
            let mut statuses = BTreeMap::new();
            for name in &options.replaces {
                if !tx.drop_file(name)? {
                    return Err(Error::new(Code::NotFound, format!("工程里没有名为“{name}”的文件，未导入。")));
                }
            }
            for file in &known {
                let status = take(tx, file, &kit.datasets, &mut watch, looks)?;
                statuses.insert(file.name.clone(), status);
                if let Some(dataset) = &options.dataset {
                    tx.add_override(&Override {
                        file: Some(file.name.clone()),
                        dataset: Some(dataset.clone()),
                        ..Override::default()
                    })?;
                }
            }
            for mapping in &options.overrides {
                put_mapping(tx, mapping)?;
            }
            let after =
                load(tx, kit, stays && !options.dry_run, &mut |rows| watch.step(Progress::Assembling { rows }))?;
            if let Some(id) = &options.dataset {
                check_dataset(id, &known, &after)?;
            }
            let report = describe(&known, &statuses, &after, before, options);
            watch.step(Progress::Saving)?;
            Ok((report, Arc::new(after)))
        };
        if options.dry_run {
            let kit = &self.kit;
            return self.store.rehearse(|tx| act(tx, kit));
        }
        let names: Vec<&str> = known.iter().map(|k| k.name.as_str()).collect();
        let (report, after) = self.transact(&options.label.clone().unwrap_or_else(|| import_label(&names)), act)?;
        self.keep_loaded(after.clone());
        Ok((report, after))
    }
}

/// Label of an import; of many files the first ones are named.
fn import_label(names: &[&str]) -> String {
    match names {
        [a, b, c, _, ..] => format!("导入{a}、{b}、{c}等 {} 个文件", names.len()),
        names => format!("导入{}", names.join("、")),
    }
}

/// Stores a mapping decision; one without content takes back what was decided about its place.
pub(crate) fn put_mapping(tx: &Tx, mapping: &Override) -> Result<()> {
    if mapping.dataset.is_none() && mapping.field.is_none() && mapping.unit.is_none() {
        tx.drop_override(mapping.file.as_deref(), mapping.sheet.as_deref(), mapping.column.as_deref())?;
    } else {
        tx.add_override(mapping)?;
    }
    Ok(())
}

/// The first rows of each sheet as the file holds them: what people recognise a sheet by.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    /// Whether rows are wanted at all.
    pub(crate) wanted: bool,
    pub(crate) sheets: Vec<Look>,
}

#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) file: String,
    pub(crate) sheet: String,
    /// Row number and cells joined by U+001F.
    pub(crate) rows: Vec<(u32, String)>,
}

impl Looks {
    fn see(&mut self, file: &str, sheet: &str, row: u32, cells: &str) {
        if !self.wanted {
            return;
        }
        if self.sheets.last().is_none_or(|look| look.file != file || look.sheet != sheet) {
            self.sheets.push(Look { file: file.to_owned(), sheet: sheet.to_owned(), rows: Vec::new() });
        }
        if let Some(look) = self.sheets.last_mut() {
            look.rows.push((row, cells.to_owned()));
        }
    }
}

/// Looks at a source without storing anything.
struct Looking<'a> {
    file: &'a str,
    looks: &'a mut Looks,
}

impl TableSink for Looking<'_> {
    fn begin(&mut self, _: usize, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn row(&mut self, _: u32, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn seen(&mut self, sheet: &str, row: u32, cells: &str) {
        self.looks.see(self.file, sheet, row, cells);
    }
}

/// A dataset asked for must be one that the tables of the files did go to.
fn check_dataset(id: &str, known: &[Known], after: &Loaded) -> Result<()> {
    let elsewhere = after.tables.iter().zip(&after.plan.tables).any(|(table, plan)| {
        known.iter().any(|k| k.name == table.info.file)
            && table.info.skipped.is_none()
            && plan.dataset.as_deref().is_some_and(|dataset| dataset != id)
    });
    if !elsewhere && after.plan.datasets.iter().any(|d| d.id == id) {
        return Ok(());
    }
    let ids: Vec<&str> = after.plan.datasets.iter().map(|d| d.id.as_str()).collect();
    Err(Error::invalid(format!("没有可指定的数据集“{id}”，未导入。可用：{}。", ids.join("、"))))
}

fn datasets(loaded: &Loaded) -> Vec<Arc<Dataset>> {
    loaded.assembled.iter().map(|a| a.dataset.clone()).collect()
}

struct Watch<'a> {
    progress: &'a mut dyn FnMut(Progress),
    cancel: &'a AtomicBool,
}

impl Watch<'_> {
    fn step(&mut self, progress: Progress) -> Result<()> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Error::new(Code::Cancelled, "已取消导入，工程没有改动。"));
        }
        (self.progress)(progress);
        Ok(())
    }
}

/// Names and hashes the sources before anything is written. Files of the same name from different folders in one
/// command keep apart by the folder's name.
fn identify<'a>(sources: &'a [Source], options: &ImportOptions) -> Result<Vec<Known<'a>>> {
    let mut known: Vec<Known> = Vec::new();
    let mut paths = BTreeSet::new();
    for (at, source) in sources.iter().enumerate() {
        let mut opened = source.open()?;
        if let Source::Path(path) = source
            && !paths.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
        {
            continue;
        }
        let base = source.base_name();
        let mut name = base.clone();
        if known.iter().any(|k| k.source.base_name() == base) {
            let folder = match source {
                Source::Path(path) => path
                    .canonicalize()
                    .ok()
                    .as_deref()
                    .and_then(Path::parent)
                    .and_then(Path::file_name)
                    .map(|f| f.to_string_lossy().into_owned()),
                Source::Bytes { .. } => None,
            };
            name = format!("{}/{base}", folder.unwrap_or_default());
            if known.iter().any(|k| k.name == name) {
                let message = format!("两个要导入的文件同名：{name}。请改名，或分两次导入。");
                return Err(Error::invalid(message));
            }
        }
        let fail = |e| Error::io("读取调查文件", Path::new(&base), &e);
        let mut hash = Sha256::new();
        let (mut buffer, mut size, mut head) = (vec![0u8; 1 << 16], 0u64, Vec::new());
        loop {
            let n = opened.read(&mut buffer).map_err(fail)?;
            if n == 0 {
                break;
            }
            if head.is_empty() {
                head = buffer[..n.min(512)].to_vec();
            }
            hash.update(&buffer[..n]);
            size += n as u64;
        }
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let sheets = options.sheets_of.get(&at).unwrap_or(&options.sheets).clone();
        known.push(Known { source, name, size, sha256, kind: kind_of(&head, &base), sheets });
    }
    Ok(known)
}

/// Kind of a file by its first bytes; the extension only tells zipped workbooks apart.
fn kind_of(head: &[u8], name: &str) -> &'static str {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let has = |needle: &[u8]| head.windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle));
    if head.starts_with(b"PK") {
        match extension.as_str() {
            _ if has(b"opendocument.spreadsheet") => "ods",
            "xlsb" => "xlsb",
            _ => "xlsx",
        }
    } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        "xls"
    } else if has(b"<html") || has(b"<table") {
        "html"
    } else {
        "csv"
    }
}

/// Stores one file unless its content already counts.
fn take(
    tx: &Tx,
    file: &Known,
    declared: &[survey::DatasetSchema],
    watch: &mut Watch,
    looks: &mut Looks,
) -> Result<FileStatus> {
    let active: Vec<store::Import> = tx.imports()?.into_iter().filter(|i| i.active).collect();
    let read_options =
        ReadOptions { sheets: file.sheets.clone(), declared: declared.to_vec(), ..ReadOptions::default() };
    if active.iter().any(|i| i.name == file.name && i.sha256 == file.sha256 && i.sheets == file.sheets) {
        if looks.wanted {
            // What could be read once can be read again; if not, there is merely nothing to look at.
            let _ =
                survey::read(&file.name, file.source.open()?, &read_options, &mut Looking { file: &file.name, looks });
        }
        return Ok(FileStatus::Unchanged);
    }
    if let Some(same) =
        active.iter().find(|i| i.name != file.name && i.sha256 == file.sha256 && i.sheets == file.sheets)
    {
        let message = format!("“{}”与工程中已有的“{}”内容完全相同，未导入。", file.name, same.name);
        return Err(Error::new(Code::Exists, message));
    }
    let replaces = active.iter().any(|i| i.name == file.name);
    let import =
        tx.add_import(&NewImport { name: &file.name, sha256: &file.sha256, size: file.size, sheets: &file.sheets })?;
    let mut sink = Sink {
        tx,
        import,
        file: &file.name,
        tables: BTreeMap::new(),
        current: 0,
        rows: 0,
        watch,
        looks,
        failure: None,
    };
    let read = survey::read(&file.name, file.source.open()?, &read_options, &mut sink);
    let Sink { tables, failure, .. } = sink;
    if let Some(failure) = failure {
        return Err(failure);
    }
    let infos: Vec<TableInfo> = read.map_err(|e| {
        let code = match e {
            survey::ReadError::NoSheet { .. } => Code::InvalidArgument,
            _ => Code::UnreadableFile,
        };
        Error::new(code, e.to_string())
    })?;
    for (position, info) in infos.iter().enumerate() {
        let table = match tables.get(&position) {
            Some(table) => *table,
            None => tx.add_table(import, position)?,
        };
        tx.set_table(table, position, info)?;
    }
    Ok(if replaces { FileStatus::Replaced } else { FileStatus::New })
}

/// Writes rows as they are read. The reader knows only texts of failures; the typed one is kept here.
struct Sink<'a, 'b> {
    tx: &'a Tx<'a>,
    import: i64,
    file: &'a str,
    /// Stored table of each table of the file.
    tables: BTreeMap<usize, i64>,
    current: i64,
    rows: u32,
    watch: &'a mut Watch<'b>,
    looks: &'a mut Looks,
    failure: Option<Error>,
}

impl Sink<'_, '_> {
    fn keep<T>(&mut self, result: Result<T>) -> Result<T, String> {
        result.map_err(|e| {
            let message = e.message.clone();
            self.failure = Some(e);
            message
        })
    }
}

impl TableSink for Sink<'_, '_> {
    fn begin(&mut self, index: usize, _sheet: &str) -> Result<(), String> {
        let table = self.tx.add_table(self.import, index).map_err(Error::from);
        self.current = self.keep(table)?;
        self.tables.insert(index, self.current);
        Ok(())
    }

    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        let added = self.tx.add_row(self.current, row, cells).map_err(Error::from);
        self.keep(added)?;
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_EVERY) {
            let step = Progress::Reading { file: self.file.to_owned(), rows: self.rows };
            let watched = self.watch.step(step);
            self.keep(watched)?;
        }
        Ok(())
    }

    fn seen(&mut self, sheet: &str, row: u32, cells: &str) {
        self.looks.see(self.file, sheet, row, cells);
    }
}

fn describe(
    known: &[Known],
    statuses: &BTreeMap<String, FileStatus>,
    after: &Loaded,
    before: Vec<Arc<Dataset>>,
    options: &ImportOptions,
) -> ImportReport {
    let datasets = after
        .assembled
        .iter()
        .map(|a| {
            let schema = &a.dataset.schema;
            let changes = match before.iter().find(|d| d.schema.id == schema.id) {
                Some(old) => survey::compare(old, &a.dataset),
                None => Changes { added: a.dataset.n, ..Changes::default() },
            };
            DatasetReport {
                id: schema.id.clone(),
                title: schema.title.clone(),
                records: a.dataset.n,
                added: changes.added,
                changed: changes.changed,
                unchanged: changes.unchanged,
                removed: changes.removed,
                duplicates: a.duplicates,
                rejected: a.rejected,
                changes: changes.details.into_iter().map(|(record, fields)| ChangedRecord { record, fields }).collect(),
                new: changes.new,
                gone: changes.gone,
            }
        })
        .chain(before.iter().filter(|d| !after.assembled.iter().any(|a| a.dataset.schema.id == d.schema.id)).map(
            |gone| DatasetReport {
                id: gone.schema.id.clone(),
                title: gone.schema.title.clone(),
                records: 0,
                added: 0,
                changed: 0,
                unchanged: 0,
                removed: gone.n,
                duplicates: 0,
                rejected: 0,
                changes: Vec::new(),
                new: Vec::new(),
                gone: Vec::new(),
            },
        ))
        .collect();
    let files = known.iter().map(|file| {
        let mut tables: Vec<(&TableInfo, TableReport)> = after
            .tables
            .iter()
            .zip(&after.plan.tables)
            .filter(|(table, _)| table.info.file == file.name)
            .map(|(table, plan)| (&table.info, table_report(&table.info, plan, after)))
            .collect();
        let issues = after.plan.issues.iter().chain(after.assembled.iter().flat_map(|a| &a.issues));
        for issue in issues.filter(|issue| issue.file == file.name) {
            if let Some(at) = table_of(issue, &tables) {
                tables[at].1.issues.push(issue_report(issue));
            }
        }
        FileReport {
            file: file.name.clone(),
            kind: file.kind.to_owned(),
            sha256: file.sha256.clone(),
            status: statuses[&file.name],
            version: match statuses[&file.name] {
                FileStatus::New => version(&file.name, after, &before, &options.replaces),
                FileStatus::Replaced | FileStatus::Unchanged => None,
            },
            tables: tables.into_iter().map(|(_, report)| report).collect(),
        }
    });
    ImportReport { dry_run: options.dry_run, files: files.collect(), datasets }
}

/// The file of the project that a new one seems to be another version of. Files that tell different things about the
/// same records complete each other and are none.
fn version(file: &str, after: &Loaded, before: &[Arc<Dataset>], replaces: &[String]) -> Option<VersionReport> {
    let versions = after.assembled.iter().filter_map(|a| {
        let schema = &a.dataset.schema;
        let earlier = before.iter().find(|d| d.schema.id == schema.id)?;
        let version = survey::version_of(file, earlier, &a.dataset)?;
        // What a file that is replaced told stands only in what was there before.
        let told = |name: &str| -> BTreeSet<&str> {
            let of_file = |row: &usize| earlier.sources[earlier.origins[*row].source as usize].0 == name;
            let rows: Vec<usize> = (0..earlier.n).filter(of_file).collect();
            let fields = earlier.schema.fields.iter().zip(&earlier.columns);
            let fields = fields.filter(|(_, c)| rows.iter().any(|row| c.valid.contains(*row)));
            fields.map(|(f, _)| f.id.as_str()).collect()
        };
        let mine: BTreeSet<&str> = after
            .tables
            .iter()
            .zip(&after.plan.tables)
            .filter(|(table, plan)| table.info.file == file && plan.dataset.as_deref() == Some(schema.id.as_str()))
            .flat_map(|(_, plan)| plan.columns.iter().filter_map(|c| c.field.as_deref()))
            .collect();
        let theirs = told(&version.of);
        let common = mine.intersection(&theirs).count();
        (common * 10 >= mine.union(&theirs).count() * 6).then(|| VersionReport {
            replaces: replaces.contains(&version.of),
            of: version.of,
            dataset: schema.title.clone(),
            records: version.records,
            shared: version.shared,
        })
    });
    versions.max_by_key(|v| v.shared)
}

/// The table an issue speaks of: of those on its sheet, the last one that begins above its row.
fn table_of(issue: &Issue, tables: &[(&TableInfo, TableReport)]) -> Option<usize> {
    let on_sheet = || tables.iter().enumerate().filter(|(_, (info, _))| info.sheet == issue.sheet);
    let above = |info: &TableInfo| match (issue.row, info.header_rows.first()) {
        (Some(row), Some(header)) => *header <= row,
        _ => false,
    };
    on_sheet().rfind(|(_, (info, _))| above(info)).or_else(|| on_sheet().next()).map(|(at, _)| at).or(
        // An issue about a sheet that holds no table is told with the first.
        if tables.is_empty() { None } else { Some(0) },
    )
}

pub(crate) fn table_report(info: &TableInfo, plan: &survey::plan::TablePlan, after: &Loaded) -> TableReport {
    let schema = plan.dataset.as_ref().and_then(|id| after.plan.datasets.iter().find(|d| d.id == *id));
    let columns = info.columns.iter().map(|column| {
        let mapped = plan.columns.iter().find(|c| c.index == column.index);
        let field = mapped.and_then(|c| c.field.clone());
        let declared = field.as_ref().and_then(|id| schema?.field(id));
        ColumnReport {
            column: column_letters(column.index),
            header: column.header.clone(),
            kind: declared.map(|f| f.kind),
            unit: mapped
                .and_then(|c| c.unit.clone())
                .or_else(|| declared.and_then(|f| f.unit.clone()))
                .or_else(|| column.unit.clone()),
            confidence: mapped.map_or(0.0, |c| c.confidence),
            field,
        }
    });
    TableReport {
        sheet: info.sheet.clone(),
        dataset: plan.dataset.clone(),
        reason: if plan.dataset.is_some() { None } else { info.skipped.clone().or_else(|| plan.reason.clone()) },
        title: info.title.clone(),
        unit: info.unit.clone(),
        header_rows: info.header_rows.clone(),
        data_rows: info.data_rows,
        excluded_rows: info.excluded_rows.iter().map(|r| RowReport { row: r.row, reason: r.reason.clone() }).collect(),
        columns: columns.collect(),
        issues: Vec::new(),
    }
}

pub(crate) fn issue_report(issue: &Issue) -> IssueReport {
    IssueReport {
        row: issue.row,
        column: issue.column.clone(),
        field: issue.field.clone(),
        raw: issue.raw.clone(),
        code: issue.code,
        title: issue.code.title(),
        severity: issue.severity,
        message: issue.message.clone(),
        suggestion: issue.suggestion.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_refused_with_what_to_do_instead() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("更新.v2");
        std::fs::create_dir(&folder).unwrap();
        let refusal = Source::Path(folder).open().err().expect("a folder is no file");
        assert_eq!(refusal.code, Code::UnreadableFile);
        assert!(refusal.message.contains("“更新.v2”是文件夹"), "{}", refusal.message);
        assert!(refusal.message.contains("把里面的表格拖进来"), "{}", refusal.message);
    }

    #[test]
    fn files_of_one_name_from_two_folders_keep_apart_and_repeats_count_once() {
        let desk = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = ["2022", "2023"]
            .iter()
            .map(|year| {
                std::fs::create_dir(desk.path().join(year)).unwrap();
                let path = desk.path().join(year).join("台账.csv");
                std::fs::write(&path, year).unwrap();
                path
            })
            .collect();
        let sources: Vec<Source> =
            [&paths[0], &paths[1], &paths[0]].into_iter().map(|p| Source::Path(p.clone())).collect();
        let names: Vec<String> =
            identify(&sources, &ImportOptions::default()).unwrap().into_iter().map(|k| k.name).collect();
        assert_eq!(names, ["台账.csv", "2023/台账.csv"]);
    }

    #[test]
    fn the_hash_and_size_are_those_of_the_whole_file() {
        let source = [Source::Bytes { name: "a.csv".into(), bytes: Cow::Borrowed(b"abc") }];
        let known = identify(&source, &ImportOptions::default()).unwrap();
        // SHA-256 of "abc", FIPS 180-2 appendix B.1.
        assert_eq!(known[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((known[0].size, known[0].kind), (3, "csv"));
    }

    #[test]
    fn a_map_says_what_goes_where_and_a_pointless_entry_is_refused() {
        let map =
            parse_map("m.toml", "[[map]]\nsheet = \"表\"\ncolumn = \"F\"\nfield = \"revenue\"\nunit = \"元\"").unwrap();
        assert_eq!(map[0].column.as_deref(), Some("F"));
        for text in ["", "[[map]]\nsheet = \"表\"", "[[map]]\nfield = \"x\"", "[[map]]\nfeld = \"x\"", "[[map"] {
            assert_eq!(parse_map("m.toml", text).unwrap_err().code, Code::InvalidArgument, "{text}");
        }
    }
}
