//! Word documents: what a reader sees of the body and its notes. Automatic numbers are spelled out, tracked insertions
//! are read and deletions are not, a text box is read once and after the paragraph it hangs on. Headers, footers, tables
//! of contents and comments are left out.

use super::{MOST_BYTES, Writer};
use check::{Draft, PartKind};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};

type Parsed<T> = Result<T, quick_xml::Error>;

/// Reads a Word document; `None` when the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Draft> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut xml = String::new();
        archive.by_name(name).ok()?.take(MOST_BYTES).read_to_string(&mut xml).ok()?;
        Some(xml)
    };
    let body = part("word/document.xml")?;
    // A document whose styles or numbers cannot be read is still a text.
    let styles = part("word/styles.xml").and_then(|xml| styles(&xml).ok()).unwrap_or_default();
    let numbering = part("word/numbering.xml").and_then(|xml| numbering(&xml).ok()).unwrap_or_default();
    let mut to = Writer::default();
    let mut counters = Counters { numbering, reached: HashMap::new() };
    for item in items(&body).ok()? {
        write(item, &PartKind::Paragraph, &styles, &mut counters, &mut to);
    }
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        for item in part(name).map_or(Ok(Vec::new()), |xml| items(&xml)).ok()? {
            write(item, &PartKind::Footnote, &styles, &mut counters, &mut to);
        }
    }
    Some(to.draft)
}

/// A paragraph or a table, as it comes in the file.
enum Item {
    Paragraph(Paragraph),
    Table(Vec<Vec<Cell>>),
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: String,
    /// Level of the outline, from 1.
    outline: Option<u8>,
    /// Id of the numbering and its level, from 0.
    number: Option<String>,
    depth: Option<usize>,
    /// Its end is deleted: the next paragraph goes on in it.
    runs_on: bool,
    /// Text boxes that hang on it.
    boxes: Vec<Item>,
}

#[derive(Default)]
struct Cell {
    span: usize,
    items: Vec<Item>,
}

/// What is open while reading.
enum Open {
    Paragraph(Paragraph),
    Table(Vec<Vec<Cell>>),
    Cell(Cell),
    Box(Vec<Item>),
}

/// What stands in a part of a Word document, in order.
fn items(xml: &str) -> Parsed<Vec<Item>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Open::Box(Vec::new())];
    // Elements of which nothing is read: stand-ins for what newer programs show, text moved away, properties of before.
    let mut passed = 0_usize;
    let passes = |name: &str| {
        matches!(
            name,
            "Fallback" | "moveFrom" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "tcPrChange"
        )
    };
    let (mut in_text, mut in_properties) = (false, false);
    let mut carried: Option<Paragraph> = None;
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(e) if passes(e.local_name().as_ref()) => passed += 1,
            Event::End(e) if passes(e.local_name().as_ref()) => passed = passed.saturating_sub(1),
            Event::Eof => break,
            _ => {}
        }
        if passed > 0 {
            continue;
        }
        match event {
            Event::Start(e) => {
                let name = e.local_name();
                match name.as_ref() {
                    "p" => open.push(Open::Paragraph(carried.take().unwrap_or_default())),
                    "tbl" => open.push(Open::Table(Vec::new())),
                    "tc" => open.push(Open::Cell(Cell { span: 1, ..Cell::default() })),
                    "txbxContent" => open.push(Open::Box(Vec::new())),
                    "t" => in_text = true,
                    "pPr" => in_properties = true,
                    name => match open.last_mut() {
                        Some(Open::Table(rows)) if name == "tr" => rows.push(Vec::new()),
                        Some(Open::Cell(cell)) if name == "gridSpan" => {
                            cell.span = value(&e).and_then(|v| v.parse().ok()).map_or(1, |n: usize| n.clamp(1, 64));
                        }
                        Some(Open::Paragraph(p)) => paragraph_says(p, name, &e, in_properties),
                        _ => {}
                    },
                }
            }
            Event::Text(t) if in_text => {
                if let Some(Open::Paragraph(p)) = open.last_mut() {
                    p.text.push_str(&t.xml10_content());
                }
            }
            Event::GeneralRef(r) if in_text => {
                if let Some(Open::Paragraph(p)) = open.last_mut() {
                    match quick_xml::escape::resolve_predefined_entity(r.as_ref()) {
                        Some(named) => p.text.push_str(named),
                        None => p.text.extend(r.resolve_char_ref()?),
                    }
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                "pPr" => in_properties = false,
                "p" | "tbl" | "tc" | "txbxContent" => match open.pop() {
                    Some(Open::Paragraph(p)) if p.runs_on => carried = Some(Paragraph { runs_on: false, ..p }),
                    Some(Open::Paragraph(p)) => give(&mut open, Item::Paragraph(p)),
                    Some(Open::Table(rows)) => give(&mut open, Item::Table(rows)),
                    Some(Open::Cell(cell)) => {
                        if let Some(Open::Table(rows)) = open.last_mut() {
                            match rows.last_mut() {
                                Some(row) => row.push(cell),
                                None => rows.push(vec![cell]),
                            }
                        }
                    }
                    Some(Open::Box(items)) if open.len() > 1 => match open.last_mut() {
                        Some(Open::Paragraph(p)) => p.boxes.extend(items),
                        _ => items.into_iter().for_each(|item| give(&mut open, item)),
                    },
                    Some(outermost) => open.push(outermost),
                    None => {}
                },
                _ => {}
            },
            _ => {}
        }
    }
    let mut out = Vec::new();
    for left in open {
        match left {
            Open::Box(items) => out.extend(items),
            Open::Paragraph(p) => out.push(Item::Paragraph(p)),
            _ => {}
        }
    }
    out.extend(carried.map(Item::Paragraph));
    Ok(out)
}

/// Puts an item where it belongs: into the innermost open cell or box.
fn give(open: &mut [Open], item: Item) {
    let place = open.iter_mut().rev().find_map(|o| match o {
        Open::Cell(Cell { items, .. }) | Open::Box(items) => Some(items),
        _ => None,
    });
    place.into_iter().next().expect("the body is open throughout").push(item);
}

/// Takes what an element within a paragraph says of it.
fn paragraph_says(p: &mut Paragraph, name: &str, e: &BytesStart<'_>, in_properties: bool) {
    match name {
        "pStyle" => p.style = value(e).unwrap_or_default(),
        "outlineLvl" => p.outline = value(e).and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9).map(|l| l + 1),
        "ilvl" => p.depth = value(e).and_then(|v| v.parse().ok()),
        "numId" => p.number = value(e),
        "del" if in_properties => p.runs_on = true,
        "tab" | "ptab" if !in_properties => p.text.push(' '),
        "noBreakHyphen" => p.text.push('-'),
        // A forced end of line within a sentence is a matter of layout; after a sentence it parts two.
        "br" | "cr" if p.text.ends_with(['。', '；', '：', '！', '？']) => p.text.push('\n'),
        _ => {}
    }
}

fn value(e: &BytesStart<'_>) -> Option<String> {
    attribute(e, "val")
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let own = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(own.value.into_owned())
}

/// Writes an item; `kind` is that of its plain paragraphs.
fn write(item: Item, kind: &PartKind, styles: &Styles, counters: &mut Counters, to: &mut Writer) {
    match item {
        Item::Paragraph(mut p) => {
            let boxes = std::mem::take(&mut p.boxes);
            if let Some((text, level)) = shown(&p, styles, counters) {
                for line in text.split('\n') {
                    match (level, kind) {
                        (Some(level), _) => to.write(PartKind::Heading { level }, line),
                        (None, PartKind::Footnote) => to.write(PartKind::Footnote, line),
                        (None, _) => to.prose(line),
                    }
                }
            }
            boxes.into_iter().for_each(|item| write(item, kind, styles, counters, to));
        }
        Item::Table(rows) if rows.iter().map(Vec::len).sum::<usize>() <= 1 => {
            // A frame around words, not a table.
            let items = rows.into_iter().flatten().flat_map(|cell| cell.items);
            items.for_each(|item| write(item, kind, styles, counters, to));
        }
        Item::Table(rows) => {
            let mut within = Vec::new();
            let mut cells: Vec<Vec<String>> = Vec::new();
            for row in rows {
                let mut line = Vec::new();
                for cell in row {
                    line.push(words(cell.items, styles, counters, &mut within));
                    // Empty cells keep the columns in line.
                    line.extend(std::iter::repeat_n(String::new(), cell.span - 1));
                }
                cells.push(line);
            }
            if cells.iter().flatten().any(|cell| !cell.is_empty()) {
                to.table(cells.iter().map(|row| row.iter().map(String::as_str).collect()));
            }
            within.into_iter().for_each(|item| write(item, kind, styles, counters, to));
        }
    }
}

/// The words of a cell; tables and boxes in it are put aside.
fn words(items: Vec<Item>, styles: &Styles, counters: &mut Counters, aside: &mut Vec<Item>) -> String {
    let mut out = String::new();
    for item in items {
        match item {
            Item::Paragraph(mut p) => {
                aside.append(&mut p.boxes);
                let Some((text, _)) = shown(&p, styles, counters) else { continue };
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !out.is_empty() && !text.is_empty() {
                    out.push(' ');
                }
                out.push_str(&text);
            }
            table @ Item::Table(_) => aside.push(table),
        }
    }
    out
}

/// The text of a paragraph with its automatic number, and its level when it is a heading; `None` for a line of a table
/// of contents and for nothing at all.
fn shown(p: &Paragraph, styles: &Styles, counters: &mut Counters) -> Option<(String, Option<u8>)> {
    let style = styles.of(&p.style);
    if style.contents || p.text.trim().is_empty() {
        return None;
    }
    let number = p.number.as_ref().or(style.number.as_ref());
    let depth = p.depth.or(style.depth).unwrap_or(0);
    let label = number.map(|number| counters.next(number, depth)).unwrap_or_default();
    let gap = if label.ends_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    Some((format!("{label}{gap}{}", p.text.trim()), p.outline.or(style.level)))
}

/// A style of paragraphs.
#[derive(Default, Clone)]
struct Style {
    level: Option<u8>,
    contents: bool,
    number: Option<String>,
    depth: Option<usize>,
    base: String,
}

#[derive(Default)]
struct Styles(HashMap<String, Style>);

impl Styles {
    /// What a style says, with what it inherits.
    fn of(&self, id: &str) -> Style {
        let Some(own) = self.0.get(id) else {
            // Without a list of styles the id itself tells: Heading1, 标题1.
            return Style { level: heading(id), ..Style::default() };
        };
        let mut style = own.clone();
        for _ in 0..16 {
            let Some(base) = self.0.get(&style.base) else { break };
            style.level = style.level.or(base.level);
            style.number = style.number.or_else(|| base.number.clone());
            style.depth = style.depth.or(base.depth);
            style.base.clone_from(&base.base);
        }
        style
    }
}

fn styles(xml: &str) -> Parsed<Styles> {
    let mut all = Styles::default();
    let mut current = (String::new(), Style::default());
    walk(xml, |name, e| match name {
        "style" => {
            let id = e.and_then(|e| attribute(e, "styleId")).unwrap_or_default();
            let (id, style) = std::mem::replace(&mut current, (id, Style::default()));
            all.0.insert(id, style);
        }
        "name" => {
            let title = e.and_then(value).unwrap_or_default().to_lowercase();
            current.1.contents = title.starts_with("toc ");
            current.1.level = current.1.level.or_else(|| heading(&title));
        }
        "basedOn" => current.1.base = e.and_then(value).unwrap_or_default(),
        "outlineLvl" => {
            let level = e.and_then(value).and_then(|v| v.parse::<u8>().ok());
            current.1.level = level.filter(|l| *l < 9).map(|l| l + 1).or(current.1.level);
        }
        "numId" => current.1.number = e.and_then(value),
        "ilvl" => current.1.depth = e.and_then(value).and_then(|v| v.parse().ok()),
        _ => {}
    })?;
    all.0.insert(current.0, current.1);
    Ok(all)
}

/// Level of a heading style by its name: `heading 1`, `Heading1`, `标题 1`.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|l| (1..=9).contains(l))
}

/// Gives every element that begins.
fn walk(xml: &str, mut f: impl FnMut(&str, Option<&BytesStart<'_>>)) -> Parsed<()> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Start(e) | Event::Empty(e) => f(e.local_name().as_ref(), Some(&e)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A level of a numbering.
#[derive(Clone)]
struct Level {
    start: usize,
    form: String,
    text: String,
}

impl Default for Level {
    fn default() -> Level {
        Level { start: 1, form: "decimal".to_owned(), text: String::new() }
    }
}

/// Numberings by id: the list they count in, and where their levels begin anew.
#[derive(Default)]
struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    numbers: HashMap<String, (String, HashMap<usize, usize>)>,
}

/// Levels that Word knows.
const LEVELS: usize = 9;

fn numbering(xml: &str) -> Parsed<Numbering> {
    let mut out = Numbering::default();
    let (mut list, mut number, mut level) = (None::<String>, None::<String>, 0);
    walk(xml, |name, e| {
        let own = e.and_then(value);
        match name {
            "abstractNum" => (list, number) = (e.and_then(|e| attribute(e, "abstractNumId")), None),
            "num" => (list, number) = (None, e.and_then(|e| attribute(e, "numId"))),
            "lvl" | "lvlOverride" => {
                level = e.and_then(|e| attribute(e, "ilvl")).and_then(|v| v.parse().ok()).unwrap_or(0).min(LEVELS - 1);
            }
            "abstractNumId" => {
                if let (Some(number), Some(own)) = (&number, own) {
                    out.numbers.insert(number.clone(), (own, HashMap::new()));
                }
            }
            "startOverride" => {
                let entry = number.as_ref().and_then(|number| out.numbers.get_mut(number));
                if let (Some(entry), Some(start)) = (entry, own.and_then(|v| v.parse().ok())) {
                    entry.1.insert(level, start);
                }
            }
            "start" | "numFmt" | "lvlText" => {
                let (Some(list), Some(own)) = (&list, own) else { return };
                let levels = out.lists.entry(list.clone()).or_insert_with(|| vec![Level::default(); LEVELS]);
                match name {
                    "start" => levels[level].start = own.parse().unwrap_or(1),
                    "numFmt" => levels[level].form = own,
                    _ => levels[level].text = own,
                }
            }
            _ => {}
        }
    })?;
    Ok(out)
}

/// How far each list has counted.
struct Counters {
    numbering: Numbering,
    reached: HashMap<String, [Option<usize>; LEVELS]>,
}

impl Counters {
    /// The number of the next paragraph of a numbering as it is printed; empty for a mark that is no number.
    fn next(&mut self, number: &str, depth: usize) -> String {
        let depth = depth.min(LEVELS - 1);
        let Some((list, anew)) = self.numbering.numbers.get_mut(number) else { return String::new() };
        let Some(levels) = self.numbering.lists.get(list) else { return String::new() };
        let reached = self.reached.entry(list.clone()).or_default();
        let next = match (anew.remove(&depth), reached[depth]) {
            (Some(start), _) => start,
            (None, Some(last)) => last + 1,
            (None, None) => levels[depth].start,
        };
        reached[depth] = Some(next);
        reached[depth + 1..].fill(None);
        let mut label = String::new();
        let mut chars = levels[depth].text.chars();
        while let Some(c) = chars.next() {
            match (c, chars.clone().next().and_then(|d| d.to_digit(10))) {
                ('%', Some(place @ 1..)) => {
                    chars.next();
                    let at = place as usize - 1;
                    match spelled(reached[at].unwrap_or(levels[at].start), &levels[at].form) {
                        Some(n) => label.push_str(&n),
                        None => return String::new(),
                    }
                }
                _ => label.push(c),
            }
        }
        if levels[depth].form == "bullet" { String::new() } else { label }
    }
}

/// A number in a form of Word's; `None` for a form that is not printed or not known.
fn spelled(n: usize, form: &str) -> Option<String> {
    let letter = |first: u8| -> Option<String> {
        let place = u8::try_from(n.checked_sub(1)? % 26).ok()?;
        Some(char::from(first + place).to_string())
    };
    let nth = |signs: &str| signs.chars().nth(n.checked_sub(1)?).map(|c| c.to_string());
    match form {
        "decimal" | "decimalHalfWidth" | "decimalFullWidth" => Some(n.to_string()),
        "decimalZero" => Some(format!("{n:02}")),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Some(report::num::chinese(n)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "upperLetter" => letter(b'A'),
        "lowerLetter" => letter(b'a'),
        "upperRoman" => nth("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"),
        "lowerRoman" => nth("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A Word document of these parts.
    fn word(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(format!("word/{name}.xml"), options).expect("a file in the archive");
            write!(archive, "<w:root xmlns:w='w' xmlns:mc='mc'>{xml}</w:root>").expect("it is written");
        }
        archive.finish().expect("an archive").into_inner()
    }

    fn text(parts: &[(&str, &str)]) -> String {
        read(&word(parts)).expect("it is read").text
    }

    #[test]
    fn a_word_document_is_read_as_headings_paragraphs_and_tables() {
        let body = "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>概况</w:t></w:r></w:p>\
             <w:p><w:r><w:t>研发&amp;试验共5家&#65292;</w:t></w:r><w:r><w:t>占8.2%。</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>";
        let draft = read(&word(&[("document", body)])).expect("it is read");
        assert_eq!(draft.text, "概况\n研发&试验共5家，占8.2%。\n合计\t\n");
        let kinds: Vec<&PartKind> = draft.parts.iter().map(|p| &p.kind).collect();
        let rows = vec![vec![19..21, 22..22]];
        assert_eq!(kinds, [&PartKind::Heading { level: 1 }, &PartKind::Paragraph, &PartKind::Table { rows }]);
    }

    #[test]
    fn tracked_insertions_are_read_and_deletions_are_not() {
        let body = "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>\
             <w:moveTo><w:r><w:t>家</w:t></w:r></w:moveTo></w:p>\
             <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>";
        assert_eq!(text(&[("document", body)]), "共5家\n前半后半\n");
    }

    #[test]
    fn a_text_box_is_read_once_and_after_its_paragraph() {
        let boxed = "<w:txbxContent><w:p><w:r><w:t>框内8家</w:t></w:r></w:p></w:txbxContent>";
        let body = format!(
            "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice>\
             <mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>续</w:t></w:r></w:p>"
        );
        assert_eq!(text(&[("document", &body)]), "正文续\n框内8家\n");
    }

    #[test]
    fn inner_tables_follow_the_outer_one_and_a_frame_is_no_table() {
        let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
        let p = |t: &str| format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>");
        let table = |rows: &[Vec<String>]| -> String {
            let rows: String = rows.iter().map(|r| format!("<w:tr>{}</w:tr>", r.concat())).collect();
            format!("<w:tbl>{rows}</w:tbl>")
        };
        let inner = table(&[vec![cell(&p("甲")), cell(&p("1"))], vec![cell(&p("乙")), cell(&p("2"))]]);
        let wide = format!("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc>", p("合"));
        let outer =
            table(&[vec![cell(&(p("12") + &p("15"))), cell(&inner), cell(&p("末"))], vec![wide, cell(&p("3"))]]);
        assert_eq!(text(&[("document", &outer)]), "12 15\t\t末\n合\t\t3\n甲\t1\n乙\t2\n");
        let frame = table(&[vec![cell(&(p("说明") + &inner))]]);
        assert_eq!(text(&[("document", &frame)]), "说明\n甲\t1\n乙\t2\n");
    }

    #[test]
    fn automatic_numbers_are_spelled_out_and_contents_left_out() {
        let styles = "<w:style w:styleId='1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr>\
             </w:style><w:style w:styleId='a'><w:basedOn w:val='1'/></w:style>\
             <w:style w:styleId='10'><w:name w:val='toc 1'/></w:style>";
        let numbering = "<w:abstractNum w:abstractNumId='0'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>\
             <w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num>";
        let p = |style: &str, more: &str, t: &str| {
            format!("<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>")
        };
        let item = "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='7'/></w:numPr>";
        let body = [
            p("10", "", "概况\u{3000}1"),
            p("1", "", "概况"),
            p("", item, "其一"),
            p("", item, "其二"),
            p("a", "", "问题"),
            p("", item, "又一"),
        ];
        let draft = read(&word(&[("document", &body.concat()), ("styles", styles), ("numbering", numbering)]));
        let draft = draft.expect("it is read");
        assert_eq!(draft.text, "一、概况\n1.其一\n2.其二\n二、问题\n1.又一\n");
        assert_eq!(draft.parts[3].kind, PartKind::Heading { level: 1 });
    }

    #[test]
    fn footnotes_and_endnotes_follow_the_text() {
        let note = |t: &str| format!("<w:footnote><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:footnote>");
        let parts = [
            ("document", "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"),
            ("footnotes", &note("脚注3家")),
            ("endnotes", &note("尾注4家")),
        ];
        let draft = read(&word(&parts)).expect("it is read");
        assert_eq!(draft.text, "正文\n脚注3家\n尾注4家\n");
        assert_eq!(draft.parts[2].kind, PartKind::Footnote);
    }
}
