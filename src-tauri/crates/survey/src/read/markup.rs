//! Tables in markup: web pages saved as `.xls`, and the XML spreadsheets of Office 2003.

use super::{Emit, Halt, ReadError, Region};
use crate::table::CELL_SEPARATOR;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Text of `&name;`, without the marks; unknown names give themselves.
pub(super) fn entity(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        "nbsp" | "ensp" | "emsp" => " ".to_owned(),
        _ => {
            let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            number.and_then(char::from_u32).map_or_else(|| format!("&{name};"), String::from)
        }
    }
}

/// Resolves the entities in a text.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.char_indices().take(12).find(|(_, c)| *c == ';') {
            Some((end, _)) => {
                out.push_str(&entity(&rest[1..end]));
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A grid under construction: cells of one row by column, and what tall cells above still cover.
#[derive(Default)]
struct Grid {
    row: u32,
    column: u32,
    cells: Vec<(u32, String)>,
    /// Column → last row it is covered to.
    covered: Vec<u32>,
}

impl Grid {
    fn place(&mut self, text: String, across: u32, down: u32, emit: &mut Emit) -> Result<(), Halt> {
        while self.covered.get(self.column as usize).is_some_and(|last| *last >= self.row) {
            self.column += 1;
        }
        let across = across.clamp(1, 4_000);
        if self.column + across > 20_000 {
            return Err(ReadError::TooManyColumns { sheet: emit.sheet.clone(), limit: emit.limits.max_columns }.into());
        }
        if across > 1 || down > 1 {
            emit.region(Region {
                first_row: self.row,
                first_column: self.column,
                last_row: self.row.saturating_add(down.max(1) - 1),
                last_column: self.column + across - 1,
            });
        }
        if down > 1 {
            let end = (self.column + across) as usize;
            if self.covered.len() < end {
                // 0 would cover the first row.
                self.covered.resize(end, 0);
            }
            for c in &mut self.covered[self.column as usize..end] {
                *c = self.row.saturating_add(down - 1);
            }
        }
        if !text.is_empty() {
            if self.column >= emit.limits.max_columns {
                return Err(
                    ReadError::TooManyColumns { sheet: emit.sheet.clone(), limit: emit.limits.max_columns }.into()
                );
            }
            self.cells.push((self.column, text));
        }
        self.column += across;
        Ok(())
    }

    fn end_row(&mut self, emit: &mut Emit) -> Result<(), Halt> {
        let mut line = String::new();
        let mut at = 0;
        for (column, text) in self.cells.drain(..) {
            while at < column {
                line.push(CELL_SEPARATOR);
                at += 1;
            }
            emit.push_cell(&mut line, &text);
        }
        emit.row(self.row + 1, line)?;
        self.row += 1;
        self.column = 0;
        Ok(())
    }
}

/// Reads the tables of a web page, each as a sheet of its own unless there is only one.
pub(super) fn read_html(name: &str, text: &str, emit: &mut Emit) -> Result<(), Halt> {
    let mut tables = 0;
    let mut grid = Grid::default();
    let mut depth = 0u32;
    let mut cell: Option<(String, u32, u32)> = None;
    let mut in_row = false;
    let mut rest = text;
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(s, _)| s);
    let keep = |cell: &mut Option<(String, u32, u32)>, piece: &str| {
        if let Some((content, _, _)) = cell {
            content.push_str(&unescape(piece));
        }
    };
    while let Some(at) = rest.find('<') {
        keep(&mut cell, &rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |i| &after[i + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closing = tag.starts_with('/');
        let word: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == ':')
            .collect::<String>()
            .to_ascii_lowercase();
        match (word.as_str(), closing) {
            ("style" | "script" | "head" | "title", false) => {
                let close = format!("</{word}");
                // ASCII lowering keeps byte positions.
                if let Some(i) = rest.to_ascii_lowercase().find(&close) {
                    rest = &rest[i..];
                }
            }
            ("table", false) => {
                depth += 1;
                if depth == 1 {
                    tables += 1;
                    let title = if tables == 1 { stem.to_owned() } else { format!("{stem}·表{tables}") };
                    emit.sheet(&title, Vec::new())?;
                    grid = Grid::default();
                    in_row = false;
                }
            }
            ("table", true) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    if let Some((content, across, down)) = cell.take() {
                        grid.place(tidy(&content), across, down, emit)?;
                    }
                    if in_row {
                        grid.end_row(emit)?;
                        in_row = false;
                    }
                }
            }
            ("tr", _) if depth == 1 => {
                if let Some((content, across, down)) = cell.take() {
                    grid.place(tidy(&content), across, down, emit)?;
                }
                if in_row {
                    grid.end_row(emit)?;
                }
                in_row = !closing;
            }
            ("td" | "th", _) if depth == 1 => {
                if let Some((content, across, down)) = cell.take() {
                    grid.place(tidy(&content), across, down, emit)?;
                }
                if !closing {
                    in_row = true;
                    cell = Some((String::new(), html_attribute(tag, "colspan"), html_attribute(tag, "rowspan")));
                }
            }
            ("br" | "p" | "div", _) => keep(&mut cell, " "),
            _ => {}
        }
    }
    if in_row {
        if let Some((content, across, down)) = cell.take() {
            grid.place(tidy(&content), across, down, emit)?;
        }
        grid.end_row(emit)?;
    }
    if tables == 0 {
        return Err(ReadError::WrongType {
            file: name.to_owned(),
            kind: "不含表格的网页",
            advice: "请导出为 .xlsx 或 .csv 后再导入",
        }
        .into());
    }
    Ok(())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html_attribute(tag: &str, name: &str) -> u32 {
    let lower = tag.to_ascii_lowercase();
    lower
        .find(name)
        .map(|i| lower[i + name.len()..].trim_start_matches([' ', '=', '"', '\'']))
        .and_then(|t| {
            let digits: String = t.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .unwrap_or(1)
        .clamp(1, 100_000)
}

/// Reads an XML spreadsheet (Office 2003).
pub(super) fn read_xml(name: &str, text: &str, emit: &mut Emit) -> Result<(), Halt> {
    let mut xml = Reader::from_str(text);
    let mut grid = Grid::default();
    let mut cell: Option<(String, u32, u32)> = None;
    let mut in_data = false;
    loop {
        let event =
            xml.read_event().map_err(|e| ReadError::Damaged { file: name.to_owned(), detail: e.to_string() })?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(e) | Event::Empty(e) => {
                let attribute = |local: &str| -> Option<String> {
                    e.attributes()
                        .flatten()
                        .find(|a| a.key.local_name().as_ref() == local)
                        .map(|a| unescape(a.value.as_ref()))
                };
                let number = |local: &str| attribute(local).and_then(|v| v.parse::<u32>().ok());
                match e.local_name().as_ref() {
                    "Worksheet" => {
                        emit.sheet(&attribute("Name").unwrap_or_default(), Vec::new())?;
                        grid = Grid::default();
                    }
                    "Row" => {
                        if let Some(index) = number("Index") {
                            grid.row = index.saturating_sub(1).max(grid.row);
                        }
                        grid.column = 0;
                        if empty {
                            grid.end_row(emit)?;
                        }
                    }
                    "Cell" => {
                        if let Some(index) = number("Index") {
                            grid.column = index.saturating_sub(1).min(30_000);
                        }
                        let across = number("MergeAcross").unwrap_or(0).min(4_000) + 1;
                        let down = number("MergeDown").unwrap_or(0).min(100_000) + 1;
                        if empty {
                            grid.place(String::new(), across, down, emit)?;
                        } else {
                            cell = Some((String::new(), across, down));
                        }
                    }
                    "Data" => in_data = !empty,
                    _ => {}
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "Data" => in_data = false,
                "Cell" => {
                    if let Some((content, across, down)) = cell.take() {
                        grid.place(content.trim_end_matches("T00:00:00.000").to_owned(), across, down, emit)?;
                    }
                }
                "Row" => grid.end_row(emit)?,
                _ => {}
            },
            Event::Text(t) if in_data => {
                if let Some((content, _, _)) = &mut cell {
                    content.push_str(&t.xml10_content());
                }
            }
            Event::GeneralRef(r) if in_data => {
                if let Some((content, _, _)) = &mut cell {
                    content.push_str(&entity(r.as_ref()));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
