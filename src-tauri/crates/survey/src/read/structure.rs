//! Finds tables in the rows of a sheet: lead lines, header rows, records, totals, notes.
//!
//! Rows arrive one by one. The first ones are held back until the header is certain; from then on every row is
//! classified and passed on at once, so that a sheet of any length needs little memory. After a gap of blank rows a few
//! rows are held back again, to see whether another table begins below.

use super::{ReadError, Region, TableSink};
use crate::lexicon::lexicon;
use crate::table::{CELL_SEPARATOR, ColumnInfo, ExcludedRow, Profile, Shape, TableInfo, TotalRow};
use crate::value::{self, Presence};
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows held back until the header is found.
const HEAD: usize = 60;
/// Rows held back after a gap.
const GAP: usize = 12;
/// Header rows at most.
const HEADER_DEPTH: usize = 5;
/// Distinct values remembered per column.
const DISTINCT_CAP: usize = 256;
/// Excluded rows listed per table; a sheet can have a million blank ones.
const EXCLUDED_CAP: usize = 2_000;
const NOTES_CAP: usize = 60;

struct Row {
    number: u32,
    text: String,
}

impl Row {
    fn cells(&self) -> Vec<&str> {
        self.text.split(CELL_SEPARATOR).collect()
    }
}

/// Turns the rows of one sheet into tables.
pub(super) struct Sheet<'a> {
    file: &'a str,
    name: String,
    /// Rows shown to the sink as they are.
    seen: usize,
    regions: Vec<Region>,
    /// Titles and aliases of declared fields, normalised.
    known: &'a FxHashSet<String>,
    max_columns: usize,
    /// Tables found in the file before this sheet.
    first_index: usize,
    held: Vec<Row>,
    tables: Vec<TableInfo>,
    open: Option<OpenTable>,
    gap: bool,
    /// Texts of merged cells that reach down into later rows: column → (last row 0-based, text).
    falling: FxHashMap<u32, (u32, String)>,
    next_region: usize,
    last_number: u32,
    /// What stands to the right of an empty column, when that is a table of its own.
    beside: Option<Beside>,
}

/// The right-hand part of a sheet with two tables side by side. It is held until the left one ends, because rows of
/// different tables may not be mixed in the sink.
struct Beside {
    /// First column of the right-hand table.
    column: usize,
    rows: Vec<Row>,
    bytes: usize,
}

/// Text of a right-hand table at most; longer sheets come one table a sheet.
const BESIDE_CAP: usize = 64 << 20;

impl Beside {
    /// Takes the right-hand cells out of a row.
    fn split(&mut self, file: &str, row: &mut Row) -> Result<(), ReadError> {
        let Some((at, _)) = row.text.match_indices(CELL_SEPARATOR).nth(self.column - 1) else { return Ok(()) };
        let right = row.text.split_off(at);
        if is_blank_row(&right) {
            return Ok(());
        }
        // Left-hand cells stay as blanks, so that columns keep their letters.
        let mut text = String::with_capacity(self.column + right.len());
        (1..self.column).for_each(|_| text.push(CELL_SEPARATOR));
        text.push_str(&right);
        self.bytes += text.len();
        if self.bytes > BESIDE_CAP {
            return Err(ReadError::TooLarge {
                file: file.to_owned(),
                what: "的一张工作表上并排放着两个很大的表".to_owned(),
            });
        }
        self.rows.push(Row { number: row.number, text });
        Ok(())
    }
}

/// First column of a table that stands to the right of another: an empty column parts the two in the header and in all
/// rows held, and both sides begin with what names or numbers a record.
fn table_beside(held: &[Row], head: &Head) -> Option<usize> {
    if head.header.is_empty() {
        return None;
    }
    let opens = |path: &[String]| {
        use crate::lexicon::Purpose;
        use crate::schema::Role;
        let title = normal(path.last()?);
        (title.starts_with('序')
            || lexicon().named(&title)
            || matches!(lexicon().purpose(&title), Some(Purpose::Role(Role::Key | Role::Name))))
        .then_some(())
    };
    opens(&head.columns.first()?.1)?;
    for pair in head.columns.windows(2) {
        let (left, right) = (pair[0].0 as usize, pair[1].0 as usize);
        if right < left + 2 || opens(&pair[1].1).is_none() {
            continue;
        }
        let columns = |side: &dyn Fn(usize) -> bool| head.columns.iter().filter(|(c, _)| side(*c as usize)).count();
        if columns(&|c| c <= left) < 2 || columns(&|c| c >= right) < 2 {
            continue;
        }
        let empty = held[head.header.start..]
            .iter()
            .all(|r| r.text.split(CELL_SEPARATOR).take(right).skip(left + 1).all(value::is_empty));
        if empty {
            return Some(right);
        }
    }
    None
}

struct OpenTable {
    info: TableInfo,
    /// Normalised header texts by sheet column, for repeated headers.
    header_cells: Vec<FxHashSet<String>>,
    profiles: Vec<Profiler>,
    begun: bool,
    /// First column of the table.
    first: usize,
    width: usize,
    blanks: Vec<u32>,
    /// Rows of notes that may turn out to lie inside the table.
    last_data: u32,
}

/// Structure found at the top of held rows.
struct Head {
    /// Positions in the held rows; empty range when there is no header.
    header: std::ops::Range<usize>,
    data: usize,
    /// Extra rows between header and data that are no records (column numbers, samples).
    columns: Vec<(u32, Vec<String>)>,
}

impl<'a> Sheet<'a> {
    pub fn new(
        file: &'a str,
        name: String,
        mut regions: Vec<Region>,
        known: &'a FxHashSet<String>,
        max_columns: u32,
        first_index: usize,
    ) -> Self {
        regions.sort_by_key(|r| (r.first_row, r.first_column));
        Sheet {
            file,
            name,
            seen: 0,
            regions,
            known,
            max_columns: max_columns as usize,
            first_index,
            held: Vec::new(),
            tables: Vec::new(),
            open: None,
            gap: false,
            falling: FxHashMap::default(),
            next_region: 0,
            last_number: 0,
            beside: None,
        }
    }

    /// Adds merged regions met while streaming, in row order.
    pub fn merge(&mut self, regions: Vec<Region>) {
        self.regions.extend(regions);
    }

    /// Takes one row (1-based number, cells joined, trailing empty cells may be left out).
    pub fn row(&mut self, number: u32, text: String, sink: &mut dyn TableSink) -> Result<(), ReadError> {
        if self.seen < super::SEEN {
            self.seen += 1;
            sink.seen(&self.name, number, &text);
        }
        let text = self.fill_merged(number, text);
        self.accept(Row { number, text }, sink)
    }

    fn accept(&mut self, mut row: Row, sink: &mut dyn TableSink) -> Result<(), ReadError> {
        if let Some(beside) = &mut self.beside {
            beside.split(self.file, &mut row)?;
        }
        let number = row.number;
        let last = std::mem::replace(&mut self.last_number, number);
        // Parsers leave blank rows out: a jump of the row number is a gap.
        if number > last + 1
            && let Some(open) = &mut self.open
        {
            self.gap = true;
            if open.blanks.len() < EXCLUDED_CAP {
                open.blanks.extend((last + 1..number).take(100));
            }
        }
        if self.open.is_none() {
            if self.held.is_empty() && is_blank_row(&row.text) {
                return Ok(());
            }
            self.held.push(row);
            if self.held.len() >= HEAD {
                self.settle(false, sink)?;
            }
            return Ok(());
        }
        if self.gap {
            self.held.push(row);
            if self.held.len() >= GAP {
                self.settle(false, sink)?;
            }
            return Ok(());
        }
        if stands_alone(&row.text) {
            // A section title, or the title of another table: what follows tells.
            self.gap = true;
            self.held.push(row);
            return Ok(());
        }
        if is_blank_row(&row.text) {
            self.gap = true;
            let open = self.open.as_mut().expect("checked above");
            open.blanks.push(row.number);
            return Ok(());
        }
        let mut open = self.open.take().expect("checked above");
        let done = self.take_row(&mut open, row, sink);
        self.open = Some(open);
        done
    }

    /// Ends the sheet and gives its tables.
    pub fn finish(mut self, sink: &mut dyn TableSink) -> Result<Vec<TableInfo>, ReadError> {
        while !self.held.is_empty() {
            self.settle(true, sink)?;
        }
        self.close();
        if let Some(beside) = self.beside.take() {
            let mut right = Sheet::new(
                self.file,
                self.name.clone(),
                std::mem::take(&mut self.regions),
                self.known,
                self.max_columns as u32,
                self.first_index + self.tables.len(),
            );
            // Merged cells were filled down when the rows came.
            right.next_region = right.regions.len();
            for row in beside.rows {
                right.accept(row, sink)?;
            }
            // A third table may stand beside the second.
            self.tables.extend(right.finish(sink)?.into_iter().filter(|t| !t.columns.is_empty()));
        }
        if self.tables.is_empty() {
            self.tables.push(self.blank_info(Some("空工作表".to_owned())));
        }
        Ok(self.tables)
    }

    fn blank_info(&self, skipped: Option<String>) -> TableInfo {
        TableInfo { file: self.file.to_owned(), sheet: self.name.clone(), skipped, ..TableInfo::default() }
    }

    /// A cell merged over several rows speaks for each of them, unless it is a figure, which would be counted twice.
    fn fill_merged(&mut self, number: u32, text: String) -> String {
        if self.regions.is_empty() {
            return text;
        }
        let row = number - 1;
        let mut changed: Option<Vec<String>> = None;
        if !self.falling.is_empty() {
            let cells = changed.get_or_insert_with(|| text.split(CELL_SEPARATOR).map(str::to_owned).collect());
            let mut columns: Vec<u32> = self.falling.keys().copied().collect();
            columns.sort_unstable();
            for column in columns {
                let (last, value) = &self.falling[&column];
                if *last < row {
                    self.falling.remove(&column);
                    continue;
                }
                let i = column as usize;
                if cells.len() <= i {
                    cells.resize(i + 1, String::new());
                }
                if value::is_empty(&cells[i]) {
                    cells[i].clone_from(value);
                }
            }
        }
        while let Some(region) = self.regions.get(self.next_region) {
            if region.first_row > row {
                break;
            }
            self.next_region += 1;
            // Header cells keep their gaps: the header is read with the regions themselves.
            if region.first_row < row
                || region.last_row == region.first_row
                || region.first_column != region.last_column
            {
                continue;
            }
            let value = text.split(CELL_SEPARATOR).nth(region.first_column as usize).unwrap_or_default();
            if !value::is_empty(value) && value::number(value).is_none() {
                self.falling.insert(region.first_column, (region.last_row, value.to_owned()));
            }
        }
        changed.map_or(text, |cells| cells.join("\u{1f}"))
    }

    /// Decides about the held rows.
    fn settle(&mut self, at_end: bool, sink: &mut dyn TableSink) -> Result<(), ReadError> {
        let held = std::mem::take(&mut self.held);
        self.gap = false;
        if let Some(mut open) = self.open.take() {
            if let Some(start) = self.another_table(&open, &held) {
                let mut held = held;
                let rest = held.split_off(start);
                for row in held {
                    self.pass(&mut open, row, sink)?;
                }
                self.open = Some(open);
                self.close();
                self.held = rest;
                return if at_end || self.held.len() >= HEAD { self.settle(at_end, sink) } else { Ok(()) };
            }
            for row in held {
                self.pass(&mut open, row, sink)?;
            }
            self.open = Some(open);
            return Ok(());
        }
        match self.head(&held) {
            Ok(head) => {
                if self.beside.is_none()
                    && self.tables.is_empty()
                    && let Some(column) = table_beside(&held, &head)
                {
                    let mut beside = Beside { column, rows: Vec::new(), bytes: 0 };
                    for mut row in held {
                        beside.split(self.file, &mut row)?;
                        self.held.push(row);
                    }
                    self.beside = Some(beside);
                    return self.settle(at_end, sink);
                }
                self.open = Some(self.begin(&held, &head));
                // The rows below go the way of all rows: another table may begin among them.
                let mut rows = held.into_iter().skip(head.data).peekable();
                self.last_number = rows.peek().map_or(self.last_number, |r| r.number - 1);
                for row in rows {
                    self.accept(row, sink)?;
                }
            }
            Err(reason) => {
                // A long explanation comes in several portions; one entry is enough.
                if self.tables.last().is_some_and(|t| t.skipped.as_ref() == Some(&reason)) {
                    return Ok(());
                }
                let mut info = self.blank_info(Some(reason));
                info.preamble = held
                    .iter()
                    .flat_map(|r| r.cells().into_iter().map(|c| value::clean_text(c).into_owned()).collect::<Vec<_>>())
                    .filter(|c| !c.is_empty())
                    .take(NOTES_CAP)
                    .collect();
                self.tables.push(info);
            }
        }
        Ok(())
    }

    /// A held row goes on as data or as a blank.
    fn pass(&mut self, open: &mut OpenTable, row: Row, sink: &mut dyn TableSink) -> Result<(), ReadError> {
        if is_blank_row(&row.text) {
            open.blanks.push(row.number);
            Ok(())
        } else {
            self.take_row(open, row, sink)
        }
    }

    /// Start of a table with a header of its own among rows that follow a gap.
    fn another_table(&self, open: &OpenTable, held: &[Row]) -> Option<usize> {
        let first = held.iter().position(|r| !is_blank_row(&r.text))?;
        let rows = &held[first..];
        let head = self.head(rows).ok()?;
        if head.header.is_empty() || head.data >= rows.len() || head.header.start > 4 {
            return None;
        }
        let titles: Vec<(u32, String)> =
            head.columns.iter().filter_map(|(c, path)| path.last().map(|t| (*c, normal(t)))).collect();
        if titles.len() < 2 || self.is_repeated_header(open, &rows[head.header.end - 1].cells()) {
            return None;
        }
        let distinct: FxHashSet<&String> = titles.iter().map(|(_, t)| t).collect();
        if distinct.len() < titles.len() || titles.iter().any(|(_, t)| t.chars().count() > 40) {
            return None;
        }
        let declared = titles.iter().filter(|(_, t)| self.known.contains(t)).count();
        if declared >= 2 {
            return Some(first);
        }
        // Words where figures stood, and figures below them, or fewer records than a header could introduce.
        let numeric = |i: u32| {
            open.profiles
                .get(i as usize)
                .is_some_and(|p| p.profile.filled > 0 && p.profile.numbers * 10 >= p.profile.filled * 8)
        };
        let against = titles.iter().filter(|(c, _)| numeric(*c)).count();
        let figures_below =
            rows[head.data..].iter().take(5).any(|r| r.cells().iter().any(|c| value::number(c).is_some()));
        let label_first = purpose_known(&titles);
        (figures_below && (against >= 1 || label_first)).then_some(first)
    }

    /// Finds the header in held rows. The error says why there is no table.
    fn head(&self, held: &[Row]) -> Result<Head, String> {
        let rows: Vec<Vec<&str>> = held.iter().map(Row::cells).collect();
        let counts: Vec<usize> = rows.iter().map(|r| r.iter().filter(|c| !value::is_empty(c)).count()).collect();
        let width = counts.iter().copied().max().unwrap_or(0);
        let name = value::halfwidth(&self.name).to_lowercase();
        let words = lexicon();
        if words.sheets.notes.iter().any(|w| name.contains(w.as_str())) && width <= 4 {
            return Err("填表说明，不含数据".to_owned());
        }
        if words.sheets.lists.contains(&name) {
            return Err("代码或选项清单，不含数据".to_owned());
        }
        let lines = counts.iter().filter(|c| **c > 0).count();
        if lines == 0 {
            return Err("空工作表".to_owned());
        }
        let lone = counts.iter().filter(|c| **c == 1).count();
        if width <= 1 {
            // One column can be a list under a title, but long lines are prose.
            let long = rows.iter().flatten().filter(|c| c.chars().count() > 30).count();
            if lines < 3 || long * 3 >= lines {
                return Err("只有文字说明，不含数据".to_owned());
            }
        } else if lone * 10 >= lines * 8 && lines < HEAD {
            return Err("只有文字说明，不含数据".to_owned());
        }

        let mut top = None;
        for (i, cells) in rows.iter().enumerate() {
            let n = counts[i];
            if n == 0 || is_lead(cells, n, width) {
                continue;
            }
            if width > 1 && n == 1 {
                continue;
            }
            let known = cells.iter().filter(|c| self.is_known(c)).count();
            if known >= 2 && known * 2 >= n {
                top = Some(i);
                break;
            }
            let figures = cells.iter().filter(|c| is_figure(c)).count();
            if figures > 0 {
                // A row of figures before any header: the table has none, unless the figures are few (dates in a lead).
                if n * 2 >= width {
                    break;
                }
                continue;
            }
            let next_is_wider = counts.get(i + 1).is_some_and(|m| *m >= n)
                && rows.get(i + 1).is_some_and(|r| !r.iter().any(|c| is_figure(c)));
            if n * 10 >= width * 3 || next_is_wider {
                top = Some(i);
                break;
            }
        }
        let Some(top) = top else {
            let data = rows
                .iter()
                .enumerate()
                .position(|(i, r)| counts[i] > 1.min(width - 1) && !is_lead(r, counts[i], width))
                .ok_or("没有找到表头和数据")?;
            return Ok(Head { header: data..data, data, columns: Vec::new() });
        };

        let last_column = rows.iter().map(Vec::len).max().unwrap_or(0);
        let bottom = self.header_bottom(held, &rows, top, last_column);
        let mut data = bottom + 1;
        // Rows between header and records: column numbers (1 2 3, 甲 乙 1 2), units, blanks.
        let mut header_end = bottom + 1;
        while data < rows.len() {
            if counts[data] == 0 || is_numbering(&rows[data]) {
                data += 1;
            } else if is_unit_row(&rows[data]) {
                header_end = data + 1;
                data += 1;
            } else {
                break;
            }
        }
        let columns = self.header_paths(held, &rows, top..header_end, last_column);
        Ok(Head { header: top..header_end, data, columns })
    }

    fn is_known(&self, cell: &str) -> bool {
        !self.known.is_empty() && cell.len() <= 200 && !value::is_empty(cell) && {
            let text = normal(cell);
            self.known.contains(&text) || self.known.contains(&normal(&strip_unit(&text).0))
        }
    }

    /// Last row of a header that starts at `top`.
    fn header_bottom(&self, held: &[Row], rows: &[Vec<&str>], top: usize, last_column: usize) -> usize {
        let mut bottom = top;
        let mut leaf = vec![false; last_column];
        while bottom + 1 < rows.len() && bottom - top + 1 < HEADER_DEPTH {
            let cell = |row: usize, column: usize| -> &str {
                rows[row].get(column).copied().filter(|c| !value::is_empty(c)).unwrap_or("")
            };
            let row_number = held[bottom].number - 1;
            // Consecutive in the sheet, too: a gap ends a header.
            if held[bottom + 1].number != held[bottom].number + 1 {
                break;
            }
            let mut group = vec![false; last_column];
            let merged = self.regions.iter().any(|r| {
                r.first_row <= row_number
                    && r.last_row >= row_number
                    && (r.first_column != r.last_column || r.first_row != r.last_row)
            });
            if merged {
                for r in &self.regions {
                    if r.last_row == row_number && r.last_column > r.first_column {
                        for c in r.first_column..=r.last_column {
                            if let Some(g) = group.get_mut(c as usize) {
                                *g = true;
                            }
                        }
                    }
                }
            } else {
                let mut start = None;
                for c in 0..last_column {
                    if !cell(bottom, c).is_empty() {
                        start = Some(c);
                    } else if let Some(s) = start
                        && !leaf[c]
                        && !cell(bottom + 1, c).is_empty()
                        && !cell(bottom + 1, s).is_empty()
                    {
                        group[s] = true;
                        group[c] = true;
                    }
                }
            }
            // Leaves of the present row must have nothing below them, groups need labels below.
            let mut labels = 0;
            let mut fits = true;
            for c in 0..last_column {
                let below = cell(bottom + 1, c);
                let under_tall = self.regions.iter().any(|r| {
                    r.first_column as usize <= c
                        && r.last_column as usize >= c
                        && r.first_row <= row_number
                        && r.last_row > row_number
                });
                if below.is_empty() {
                    continue;
                }
                if under_tall {
                    // The text of a tall cell, filled down, or a cell the program shows nothing of.
                    continue;
                }
                if group[c] {
                    if is_figure(below) {
                        fits = false;
                        break;
                    }
                    labels += 1;
                } else if merged && !leaf[c] && is_year(below) {
                    // A group of one column: 研发费用 over 2024年 beside groups over several years.
                    labels += 1;
                } else if leaf[c] || !cell(bottom, c).is_empty() || is_figure(below) {
                    fits = false;
                    break;
                } else {
                    // A label where the row above is blank and no group reaches: part of the header only when there
                    // are real groups beside it.
                    labels += usize::from(merged);
                }
            }
            let tall = self.regions.iter().any(|r| {
                r.first_row <= row_number
                    && r.last_row > row_number
                    && (r.last_row - r.first_row) as usize <= HEADER_DEPTH
            });
            let numbers_only = rows[bottom + 1].iter().filter(|c| !value::is_empty(c)).count() == 0;
            if !fits || numbers_only && !tall || labels == 0 && !tall || is_unit_row(&rows[bottom + 1]) && labels == 0 {
                break;
            }
            if is_numbering(&rows[bottom + 1]) {
                break;
            }
            for (c, l) in leaf.iter_mut().enumerate() {
                *l = *l || (!cell(bottom, c).is_empty() && !group[c] && !is_year(cell(bottom + 1, c)));
            }
            bottom += 1;
        }
        bottom
    }

    /// Header paths by column, outer to inner.
    fn header_paths(
        &self,
        held: &[Row],
        rows: &[Vec<&str>],
        header: std::ops::Range<usize>,
        last_column: usize,
    ) -> Vec<(u32, Vec<String>)> {
        let mut grid: Vec<Vec<String>> = Vec::new();
        for i in header.clone() {
            let number = held[i].number - 1;
            let mut line: Vec<String> = (0..last_column)
                .map(|c| {
                    value::clean_text(rows[i].get(c).copied().unwrap_or("")).trim_matches(['*', '★', ' ']).to_owned()
                })
                .collect();
            for r in &self.regions {
                if r.first_row <= number && r.last_row >= number {
                    let source = held[header.clone()].iter().find(|h| h.number == r.first_row + 1);
                    let text = source
                        .and_then(|h| h.text.split(CELL_SEPARATOR).nth(r.first_column as usize))
                        .map(|t| value::clean_text(t).into_owned())
                        .unwrap_or_default();
                    for c in r.first_column..=r.last_column.min(last_column.saturating_sub(1) as u32) {
                        if let Some(cell) = line.get_mut(c as usize)
                            && cell.is_empty()
                        {
                            cell.clone_from(&text);
                        }
                    }
                }
            }
            grid.push(line);
        }
        // Without merged regions a group label stands only over its first column.
        let depth = grid.len();
        for level in 0..depth.saturating_sub(1) {
            for c in 1..last_column {
                if !grid[level][c].is_empty() || grid[level][c - 1].is_empty() {
                    continue;
                }
                let below_here = grid[level + 1..].iter().any(|l| !l[c].is_empty());
                let below_left =
                    grid[level + 1..].iter().any(|l| !l[c - 1].is_empty() && l[c - 1] != grid[level][c - 1]);
                let same_parent = (0..level).all(|l| grid[l][c] == grid[l][c - 1]);
                if below_here && below_left && same_parent {
                    grid[level][c] = grid[level][c - 1].clone();
                }
            }
        }
        let mut out = Vec::new();
        for c in 0..last_column.min(self.max_columns) {
            let mut path: Vec<String> = Vec::new();
            for line in &grid {
                let text = &line[c];
                if !text.is_empty() && path.last() != Some(text) {
                    path.push(text.clone());
                }
            }
            if !path.is_empty() {
                out.push((c as u32, path));
            }
        }
        // A merged title over the whole header is no part of any column's name.
        if out.len() > 2 && out.iter().all(|(_, p)| p.len() > 1 && p[0] == out[0].1[0]) {
            for (_, p) in &mut out {
                p.remove(0);
            }
        }
        out
    }

    fn begin(&mut self, held: &[Row], head: &Head) -> OpenTable {
        let mut info = self.blank_info(None);
        let lead_end = head.header.start.min(head.data);
        let mut lines: Vec<(usize, String)> = Vec::new();
        for row in &held[..lead_end] {
            let cells = row.cells();
            // Blanks inside a lead line separate what it says (填报单位：…  单位：万元) and stay.
            let filled: Vec<String> = cells
                .iter()
                .map(|c| value::halfwidth(c).split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|c| !c.is_empty())
                .collect();
            let n = filled.len();
            for text in filled {
                lines.push((n, text));
            }
        }
        info.title = lines
            .iter()
            .map(|(n, t)| (n, value::clean_text(t).into_owned()))
            .find(|(n, t)| {
                **n == 1 && !starts_with_any(t, &lexicon().rows.lead) && !starts_with_any(t, &lexicon().rows.note)
            })
            .map(|(_, t)| t);
        info.preamble = lines
            .iter()
            .map(|(_, t)| t)
            .filter(|t| Some(value::clean_text(t).as_ref()) != info.title.as_deref())
            .take(NOTES_CAP)
            .cloned()
            .collect();
        info.unit = lines.iter().find_map(|(_, t)| table_unit(t));
        info.header_rows = held[head.header.clone()].iter().map(|r| r.number).collect();
        let mut header_cells: Vec<FxHashSet<String>> = Vec::new();
        for row in &held[head.header.clone()] {
            for (c, cell) in row.cells().iter().enumerate() {
                if !value::is_empty(cell) {
                    if header_cells.len() <= c {
                        header_cells.resize(c + 1, FxHashSet::default());
                    }
                    header_cells[c].insert(normal(cell));
                }
            }
        }
        let mut excluded = Vec::new();
        for row in &held[head.header.end.max(head.header.start)..head.data] {
            if !is_blank_row(&row.text) {
                excluded.push(ExcludedRow { row: row.number, reason: "repeated-header".to_owned() });
            }
        }
        info.excluded_rows = excluded;
        info.columns = head
            .columns
            .iter()
            .map(|(index, header)| ColumnInfo { index: *index, header: header.clone(), ..ColumnInfo::default() })
            .collect();
        let first = info.columns.first().map_or(0, |c| c.index as usize);
        let mut profiles: Vec<Profiler> = Vec::new();
        for column in &info.columns {
            use crate::lexicon::Purpose;
            use crate::schema::Role;
            let purpose = column.header.last().and_then(|t| lexicon().purpose(&normal(t)));
            profiles.resize_with(column.index as usize, Profiler::default);
            profiles.push(if matches!(purpose, Some(Purpose::Role(Role::Key | Role::Name))) {
                Profiler::tracking()
            } else {
                Profiler::default()
            });
        }
        let width = info.columns.len();
        OpenTable { info, header_cells, profiles, begun: false, first, width, blanks: Vec::new(), last_data: 0 }
    }

    fn is_repeated_header(&self, open: &OpenTable, cells: &[&str]) -> bool {
        let mut filled = 0;
        let mut same = 0;
        for (c, cell) in cells.iter().enumerate() {
            if !value::is_empty(cell) {
                filled += 1;
                same += usize::from(open.header_cells.get(c).is_some_and(|h| h.contains(&normal(cell))));
            }
        }
        filled >= 2 && same * 10 >= filled * 6
    }

    /// Classifies one row of an open table and passes records on.
    fn take_row(&mut self, open: &mut OpenTable, row: Row, sink: &mut dyn TableSink) -> Result<(), ReadError> {
        let exclude = |open: &mut OpenTable, number: u32, reason: &str| {
            if open.info.excluded_rows.len() < EXCLUDED_CAP {
                open.info.excluded_rows.push(ExcludedRow { row: number, reason: reason.to_owned() });
            }
        };
        let mut filled = 0usize;
        let mut only = (0usize, "");
        let mut total_cell = None;
        let mut first_header = false;
        for (c, cell) in row.text.split(CELL_SEPARATOR).enumerate() {
            if c >= self.max_columns {
                if !value::is_empty(cell) {
                    return Err(ReadError::TooManyColumns { sheet: self.name.clone(), limit: self.max_columns as u32 });
                }
                continue;
            }
            if cell.is_empty() || value::is_empty(cell) {
                continue;
            }
            filled += 1;
            if filled == 1 {
                only = (c, cell);
                first_header = open.header_cells.get(c).is_some_and(|h| h.len() < 50 && h.contains(&normal(cell)));
            }
            if filled <= 4 && total_cell.is_none() && total_label(cell) {
                total_cell = Some(c);
            }
        }
        if first_header && self.is_repeated_header(open, &row.cells()) {
            exclude(open, row.number, "repeated-header");
            return Ok(());
        }
        if filled <= 3
            && open.width > filled
            && (starts_with_any(only.1, &lexicon().rows.note)
                || (filled == 1 && open.width > 3 && only.1.chars().count() > 40))
        {
            exclude(open, row.number, "note");
            if open.info.notes.len() < NOTES_CAP {
                let text: Vec<String> = row
                    .text
                    .split(CELL_SEPARATOR)
                    .map(|c| value::clean_text(c).into_owned())
                    .filter(|c| !c.is_empty())
                    .collect();
                open.info.notes.push(text.join(" "));
            }
            return Ok(());
        }
        if let Some(at) = total_cell
            && self.is_total(&row, at)
        {
            exclude(open, row.number, "total");
            if open.info.totals.len() < EXCLUDED_CAP {
                open.info.totals.push(TotalRow { row: row.number, cells: row.text });
            }
            return Ok(());
        }
        // What a total is made of: 其中：山区乡镇 below 合计 counts nothing that is not counted above.
        let below_total = |e: &ExcludedRow| e.row + 1 == row.number && e.reason == "total";
        if open.info.excluded_rows.last().is_some_and(below_total)
            && row.text.split(CELL_SEPARATOR).find(|c| !c.is_empty()).is_some_and(is_part)
        {
            exclude(open, row.number, "total");
            return Ok(());
        }
        if filled == 1 && open.width >= 3 {
            // A lone number in the first column is a numbered line left empty, a lone text there a section title.
            if only.0 <= open.first {
                let reason = if value::number(only.1).is_some() { "blank" } else { "section" };
                exclude(open, row.number, reason);
                return Ok(());
            }
        }
        if filled == 2 && open.width >= 5 && only.0 <= open.first && is_section_row(&row, open) {
            exclude(open, row.number, "section");
            return Ok(());
        }
        if matches!(only.1.trim(), "例" | "例：" | "示例" | "样例" | "例:" | "（例）" | "(例)" | "填写示例")
            && filled > 1
        {
            exclude(open, row.number, "note");
            return Ok(());
        }
        for blank in std::mem::take(&mut open.blanks) {
            exclude(open, blank, "blank");
        }
        if !open.begun {
            open.begun = true;
            sink.begin(self.first_index + self.tables.len(), &self.name).map_err(ReadError::Sink)?;
        }
        open.last_data = row.number;
        open.info.data_rows += 1;
        for (c, cell) in row.text.split(CELL_SEPARATOR).enumerate() {
            if cell.is_empty() {
                continue;
            }
            if open.profiles.len() <= c {
                open.profiles.resize_with(c + 1, Profiler::default);
            }
            open.profiles[c].see(cell);
        }
        sink.row(row.number, &row.text).map_err(ReadError::Sink)
    }

    /// A row with a total word at `at` is a total unless it has the texts of a record (a firm may be called 合计).
    fn is_total(&self, row: &Row, at: usize) -> bool {
        let mut texts_left = 0;
        let mut texts_right = 0;
        let mut figures = 0;
        for (c, cell) in row.text.split(CELL_SEPARATOR).enumerate() {
            if c == at || value::is_empty(cell) {
                continue;
            }
            if value::number(cell).is_some() {
                figures += 1;
            } else if !matches!(value::presence(cell), Presence::Value)
                || value::is_formula_error(cell)
                || total_label(cell)
            {
            } else if c < at {
                texts_left += 1;
            } else {
                texts_right += 1;
            }
        }
        texts_right == 0 && texts_left <= 2 || (texts_right == 1 && figures >= 3 && texts_left == 0)
    }

    /// Closes the open table.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let mut profiles: Vec<Profile> = open.profiles.into_iter().map(Profiler::finish).collect();
        let known: FxHashSet<u32> = open.info.columns.iter().map(|c| c.index).collect();
        for (i, p) in profiles.iter().enumerate() {
            if p.filled > 0 && !known.contains(&(i as u32)) {
                open.info.columns.push(ColumnInfo { index: i as u32, ..ColumnInfo::default() });
            }
        }
        open.info.columns.sort_by_key(|c| c.index);
        let table_unit = open.info.unit.clone();
        for column in &mut open.info.columns {
            if let Some(p) = profiles.get_mut(column.index as usize) {
                column.profile = std::mem::take(p);
            }
            column.unit = column_unit(&column.header);
            if column.unit.is_none()
                && let Some(units) = &table_unit
                && column.profile.numbers > 0
                && takes_table_unit(&column.header, &column.profile)
            {
                column.unit = unit_of_table(units, &column.header);
            }
        }
        open.info.shape = shape(&open.info.columns);
        if open.info.data_rows == 0 {
            open.info.skipped = Some("只有表头，没有数据行".to_owned());
        }
        self.tables.push(open.info);
    }
}

fn is_blank_row(text: &str) -> bool {
    text.chars().all(|c| c == CELL_SEPARATOR || c.is_whitespace() || c == '\u{3000}' || c == '\u{feff}')
}

/// Whether a row holds a single cell, and that a text.
fn stands_alone(row: &str) -> bool {
    let mut filled = row.split(CELL_SEPARATOR).filter(|c| !value::is_empty(c));
    matches!((filled.next(), filled.next()), (Some(only), None) if value::number(only).is_none())
}

fn starts_with_any(text: &str, words: &[String]) -> bool {
    let text = text.trim_start();
    words.iter().any(|w| text.starts_with(w.as_str()))
}

/// A line above a table: a title, 填报单位, 单位：万元, a date.
fn is_lead(cells: &[&str], filled: usize, width: usize) -> bool {
    let mut texts = cells.iter().filter(|c| !value::is_empty(c));
    let Some(first) = texts.next() else { return true };
    if filled == 1 {
        return width > 1;
    }
    let words = &lexicon().rows.lead;
    let colon = |c: &&&str| c.contains(['：', ':']) || starts_with_any(c, words);
    let with_colon = cells.iter().filter(|c| !value::is_empty(c)).filter(colon).count();
    let few = filled <= 3.max(width / 2);
    // `填报单位` and the like without a colon may be column titles; a colon or a value behind tells them from these.
    (few && filled < width
        && with_colon * 2 >= filled
        && with_colon > 0
        && (first.contains(['：', ':']) || with_colon == filled || is_period(first)))
        || (few && filled * 2 < width && starts_with_any(first, words))
}

/// What a table speaks of in time and nothing else: 2025年1—12月, 2024年上半年.
fn is_period(cell: &str) -> bool {
    let text = value::halfwidth(cell);
    let allowed = |c: char| c.is_ascii_digit() || "年月日至—–-~～度末上下半季全一二三四第. ".contains(c);
    text.contains('年') && text.chars().all(allowed)
}

/// Something that stands in a record rather than in a header: a figure, a date, a code.
fn is_figure(cell: &str) -> bool {
    let text = value::halfwidth(cell);
    if text.is_empty() {
        return false;
    }
    if value::looks_like_uscc(&text) || value::is_formula_error(&text) {
        return true;
    }
    if let Some(n) = value::plain_number(text.as_bytes()) {
        // A year may head a column.
        return !(n.scale == 0 && (1980..=2060).contains(&n.mantissa));
    }
    // 2023年 heads a column although 年 is a unit, too.
    if is_year(&text) {
        return false;
    }
    if value::number(&text).is_some() {
        return true;
    }
    // Days are data; 2023年 and 2023年5月 may head columns.
    matches!(value::date(&text), Some((_, crate::dataset::DatePrecision::Day)))
}

/// Whether a cell names a year and nothing else.
fn is_year(cell: &str) -> bool {
    matches!(crate::header::strip_year(cell), (rest, Some(_)) if rest.is_empty())
}

/// Column numbers under a header: `1 2 3 4`, `甲 乙 1 2 3`, `(1) (2)`.
fn is_numbering(cells: &[&str]) -> bool {
    let mut expected = None;
    let mut numbers = 0;
    let mut filled = 0;
    for cell in cells {
        let text = value::halfwidth(cell);
        let text = text.trim_matches(['(', ')', '[', ']', '栏', ' ']);
        if text.is_empty() {
            continue;
        }
        filled += 1;
        if matches!(text, "甲" | "乙" | "丙" | "丁" | "戊" | "己" | "A" | "B" | "C" | "D" | "栏次" | "—" | "-")
            && numbers == 0
        {
            continue;
        }
        // 5=3+4 style formulas behind a column number.
        let head = text.split(['=', '＝']).next().unwrap_or(text);
        let Ok(n) = head.parse::<u32>() else { return false };
        if expected.is_some_and(|e| e != n) || (expected.is_none() && n > 2) {
            return false;
        }
        expected = Some(n + 1);
        numbers += 1;
    }
    filled >= 3 && numbers >= 2 && numbers * 2 >= filled && {
        // `1 2 3` could be a record of a numeric table with three columns; a numbering covers the columns.
        numbers >= 3 || filled > numbers
    }
}

/// A row of units under the titles: `— 万元 人 %`.
fn is_unit_row(cells: &[&str]) -> bool {
    let mut units = 0;
    for cell in cells {
        let text = value::halfwidth(cell);
        let text = text.trim_matches(['(', ')', ' ']);
        if text.is_empty() || matches!(text, "—" | "-" | "/" | "--" | "单位") {
            continue;
        }
        if !value::is_known_unit(text) {
            return false;
        }
        units += 1;
    }
    units >= 2
}

/// A short text that sums up: 合 计, 城关区小计.
fn total_label(cell: &str) -> bool {
    let trimmed = cell.trim_end_matches([' ', '：', ':', '\u{3000}', '\n', '\r', '）', ')']);
    if cell.len() > 60 || !trimmed.ends_with(['计', '总', '数', '均', '值', '家', '户', '个']) {
        return false;
    }
    let text: String =
        value::halfwidth(cell).chars().filter(|c| !c.is_whitespace() && *c != ':' && *c != '：').collect();
    let rows = &lexicon().rows;
    if rows.total.iter().chain(&rows.average).any(|w| *w == text) {
        return true;
    }
    let base = text.split(['(', '（']).next().unwrap_or(&text);
    if base != text && rows.total.iter().any(|w| w == base) {
        return true;
    }
    text.chars().count() <= 14 && ["小计", "合计", "总计"].iter().any(|w| text.ends_with(w))
}

/// Whether a label names a part of what stands above it.
fn is_part(label: &str) -> bool {
    lexicon().rows.part.iter().any(|word| label.trim_start().starts_with(word.as_str()))
}

/// `一、国有企业` with a count beside it.
fn is_section_row(row: &Row, open: &OpenTable) -> bool {
    let Some(cell) = row.text.split(CELL_SEPARATOR).nth(open.first) else { return false };
    let text = value::halfwidth(cell);
    let mut chars = text.chars();
    let numbered = matches!(chars.next(), Some('一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'))
        && text.contains('、')
        || text.starts_with('(')
            && matches!(chars.next(), Some('一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'));
    numbered && text.chars().count() <= 30
}

fn purpose_known(titles: &[(u32, String)]) -> bool {
    let words = lexicon();
    let known = titles.iter().filter(|(_, t)| words.purpose(t).is_some()).count();
    known >= 2 && known * 2 >= titles.len()
}

/// Header text for comparison: half width, lower case, without blanks, marks and brackets' shape.
pub(crate) fn normal(text: &str) -> String {
    value::halfwidth(text)
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(c, '*' | '★' | '☆' | '"' | '“' | '”' | '\'' | '_' | '、' | ',' | '，' | ':' | '：' | '。')
        })
        .map(|c| match c {
            '（' | '【' | '[' | '〔' => '(',
            '）' | '】' | ']' | '〕' => ')',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Splits a title from the unit written in it: `营业收入（万元）`, `营业收入/万元`, `金额 单位：元`.
pub(crate) fn strip_unit(title: &str) -> (String, Option<String>) {
    let mut text = title.trim().to_owned();
    let mut unit = None;
    // The last bracket that holds a unit.
    let mut from = text.len();
    while let Some(open) = text[..from].rfind(['(', '（', '[', '【', '〔']) {
        let width = text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = text[open..].find([')', '）', ']', '】', '〕']).map(|i| i + open) else {
            from = open;
            continue;
        };
        let inner = value::halfwidth(&text[open + width..close]).into_owned();
        let inner = inner
            .trim_start_matches("金额单位")
            .trim_start_matches("计量单位")
            .trim_start_matches("单位")
            .trim_start_matches([':', '：', ' '])
            .trim()
            .to_owned();
        let mut found = None;
        for part in inner.split([',', '，', ';', '；', '、', ' ']) {
            if value::is_known_unit(part) {
                found = Some(part.to_owned());
            }
        }
        if let Some(u) = found {
            let close_width = text[close..].chars().next().map_or(1, char::len_utf8);
            let kept: Vec<&str> =
                inner.split([',', '，', ';', '；', '、', ' ']).filter(|p| *p != u && !p.is_empty()).collect();
            let replacement = if kept.is_empty() { String::new() } else { format!("（{}）", kept.join("，")) };
            text.replace_range(open..close + close_width, &replacement);
            unit = Some(u);
            break;
        }
        from = open;
    }
    if unit.is_none() {
        for mark in ["单位：", "单位:", "/", "／", "，", ",", ":", "：", "_", "-", " "] {
            if let Some(i) = text.rfind(mark) {
                let tail = text[i + mark.len()..].trim();
                if value::is_known_unit(tail) && i > 0 && !matches!(tail, "方" | "度" | "部" | "处" | "本") {
                    unit = Some(tail.to_owned());
                    text.truncate(i);
                    break;
                }
            }
        }
    }
    (text.trim().trim_end_matches(['，', ',', '、', ':', '：', '/']).trim().to_owned(), unit)
}

/// Unit of a column by its header, the inner title first.
fn column_unit(header: &[String]) -> Option<String> {
    if let Some(last) = header.last()
        && header.len() > 1
        && value::is_known_unit(last)
    {
        return Some(last.clone());
    }
    let purpose = |t: &str| lexicon().purpose(&normal(t));
    for (depth, title) in header.iter().rev().enumerate() {
        if let (_, Some(unit)) = strip_unit(title) {
            // A money unit over a group does not reach head counts and rates inside it.
            if depth > 0 && !group_unit_fits(&unit, purpose(header.last().expect("not empty"))) {
                return None;
            }
            return Some(unit);
        }
    }
    None
}

fn group_unit_fits(unit: &str, purpose: Option<crate::lexicon::Purpose>) -> bool {
    use crate::lexicon::Purpose;
    use crate::schema::Role;
    let money = value::unit(unit).is_some_and(|u| u.base == "元");
    !matches!(
        (money, purpose),
        (
            true,
            Some(Purpose::Role(
                Role::Count | Role::Rate | Role::Year | Role::Date | Role::Meta | Role::Name | Role::Key
            ))
        )
    )
}

/// Whether a column of figures is measured in the unit stated for the whole table.
fn takes_table_unit(header: &[String], profile: &Profile) -> bool {
    use crate::lexicon::Purpose;
    use crate::schema::Role;
    // Figures with decimals under a title that says nothing else are amounts, too.
    let last = header.last().map(|t| normal(&crate::header::title(t).series)).unwrap_or_default();
    if lexicon().purpose(&last).is_none() && profile.numbers > profile.integers && profile.percents == 0 {
        return true;
    }
    header.iter().rev().any(|t| {
        let bare = crate::header::title(t).series;
        lexicon().purpose(&normal(&bare)) == Some(Purpose::Role(Role::Amount))
    }) && !matches!(
        header.last().and_then(|t| lexicon().purpose(&normal(&crate::header::title(t).series))),
        Some(Purpose::Role(Role::Count | Role::Rate | Role::Year | Role::Date | Role::Meta))
    )
}

/// Which of the units stated for a table a column is measured in; none where its title names another measure, or where
/// several are stated and the title does not tell which.
fn unit_of_table(stated: &str, header: &[String]) -> Option<String> {
    let title = header.last().map(|t| normal(&crate::header::title(t).series)).unwrap_or_default();
    let measured = lexicon().measured_in(&title);
    let mut fitting = stated
        .split(UNITS)
        .filter(|unit| measured.is_none_or(|bases| value::unit(unit).is_some_and(|u| bases.contains(&u.base))));
    let first = fitting.next()?;
    (measured.is_some() || fitting.next().is_none()).then(|| first.to_owned())
}

/// Stands between several units of one table.
const UNITS: char = '、';

/// `单位：万元`, `金额单位:元`, `单位：公里、万元`, also behind a title.
fn table_unit(line: &str) -> Option<String> {
    let text = value::halfwidth(line);
    let at = text.rfind("单位")?;
    let rest = text[at + "单位".len()..].trim_start_matches([':', '：', ' ', '为']);
    let units: Vec<&str> = rest
        .split([')', '）', ' ', ',', '，', ';', '；', '、', '。'])
        .map(str::trim)
        .take_while(|candidate| value::is_known_unit(candidate))
        .collect();
    (!units.is_empty()).then(|| units.join(&UNITS.to_string()))
}

/// Recognises exports of questionnaire tools by their columns.
fn shape(columns: &[ColumnInfo]) -> Shape {
    let titles: Vec<String> = columns.iter().filter_map(|c| c.header.last()).map(|t| normal(t)).collect();
    let has = |t: &str| titles.iter().any(|x| x == t);
    let kobo = ["_uuid", "uuid", "_submissiontime", "submissiontime", "_id", "meta/instanceid"];
    if kobo.iter().filter(|k| has(k)).count() >= 2 {
        return Shape::Kobo;
    }
    let wjx = ["提交答卷时间", "所用时间", "来源详情", "来自ip", "来源"];
    if wjx.iter().filter(|k| has(k)).count() >= 2 {
        let questions =
            columns.iter().filter(|c| c.header.last().is_some_and(|t| crate::header::question(t).is_some()));
        let (mut all, mut coded) = (0, 0);
        for q in questions {
            if q.profile.filled > 0 {
                all += 1;
                coded += usize::from(q.profile.integers == q.profile.filled);
            }
        }
        return if all > 0 && coded * 10 >= all * 6 { Shape::WjxNumber } else { Shape::WjxText };
    }
    Shape::Plain
}

/// Gathers a [`Profile`].
#[derive(Default)]
struct Profiler {
    profile: Profile,
    distinct: FxHashMap<String, usize>,
    values: Vec<(String, u32)>,
    lost: bool,
    separators: [u32; 6],
    parts: FxHashMap<String, usize>,
    part_values: Vec<(String, u32)>,
    parts_lost: bool,
    /// Hashes of the values seen, in columns that may identify records.
    seen: Option<FxHashSet<u64>>,
}

const SEPARATORS: [char; 6] = ['┋', ';', '；', '、', '|', '→'];

impl Profiler {
    fn tracking() -> Profiler {
        Profiler { seen: Some(FxHashSet::default()), ..Profiler::default() }
    }

    fn see(&mut self, raw: &str) {
        match value::presence(raw) {
            Presence::Value => {}
            // 无 may be an answer, so it is remembered among the values, but it fills nothing.
            Presence::None => {
                self.remember(raw);
                return;
            }
            Presence::Skipped => {
                self.profile.skipped += 1;
                return;
            }
            Presence::Missing => return,
        }
        if value::is_formula_error(raw) {
            return;
        }
        let p = &mut self.profile;
        p.filled += 1;
        let bytes = raw.as_bytes();
        let mut figure = false;
        if bytes[0] < b'A' || bytes[0] >= 0x80 {
            if let Some(n) = value::plain_number(bytes) {
                p.numbers += 1;
                p.integers += u32::from(n.is_integer());
                figure = true;
                if bytes.len() == 8 && value::date(raw).is_some() {
                    p.dates += 1;
                }
            } else if let Some(n) = number_like(raw).then(|| value::number(raw)).flatten() {
                p.numbers += 1;
                let scaled =
                    n.unit.as_deref().is_some_and(|u| u == "%" || value::unit(u).is_some_and(|u| u.power != 0));
                p.integers += u32::from(n.value.is_integer() && !scaled);
                p.percents += u32::from(n.unit.as_deref() == Some("%"));
                figure = true;
            } else if bytes.len() <= 40 && date_like(raw) && value::date(raw).is_some() {
                p.dates += 1;
            }
        }
        if bytes.len() >= 18 && value::looks_like_uscc(raw) {
            p.uscc += 1;
        }
        // The number of characters only matters when it could be a new maximum.
        if bytes.len() as u32 > p.longest {
            p.longest = p.longest.max(raw.chars().count() as u32);
        }
        if !figure && (p.filled < 5_000 || p.separated > 0 || p.filled.is_multiple_of(16)) && raw.contains(SEPARATORS) {
            p.separated += 1;
            let outside = without_brackets(raw);
            if let Some(i) = SEPARATORS.iter().position(|s| outside.contains(*s)) {
                self.separators[i] += 1;
                if !self.parts_lost {
                    for part in outside.split(SEPARATORS[i]) {
                        let part = part.trim();
                        if part.is_empty() {
                            continue;
                        }
                        match self.parts.get(part) {
                            Some(at) => self.part_values[*at].1 += 1,
                            None if self.part_values.len() >= DISTINCT_CAP || part.len() > 300 => {
                                self.parts_lost = true;
                                break;
                            }
                            None => {
                                self.parts.insert(part.to_owned(), self.part_values.len());
                                self.part_values.push((part.to_owned(), 1));
                            }
                        }
                    }
                }
            }
        }
        if let Some(seen) = &mut self.seen {
            let mut hasher = rustc_hash::FxHasher::default();
            std::hash::Hash::hash(raw.trim(), &mut hasher);
            let new = seen.insert(std::hash::Hasher::finish(&hasher));
            *p.repeats.get_or_insert(0) += u32::from(!new);
        }
        self.remember(raw);
    }

    fn remember(&mut self, raw: &str) {
        if !self.lost {
            match self.distinct.get(raw) {
                Some(at) => self.values[*at].1 += 1,
                None if self.values.len() >= DISTINCT_CAP || raw.len() > 600 => {
                    self.lost = true;
                    self.distinct = FxHashMap::default();
                    self.values = Vec::new();
                }
                None => {
                    self.distinct.insert(raw.to_owned(), self.values.len());
                    self.values.push((raw.to_owned(), 1));
                }
            }
        }
    }

    fn finish(self) -> Profile {
        let mut p = self.profile;
        p.distinct = (!self.lost).then_some(self.values);
        if p.separated > 0 {
            let best = (0..SEPARATORS.len()).max_by_key(|i| (self.separators[*i], std::cmp::Reverse(*i))).expect("six");
            p.separator = (self.separators[best] > 0).then_some(SEPARATORS[best]);
            p.parts = (!self.parts_lost).then_some(self.part_values);
        }
        p
    }
}

fn number_like(raw: &str) -> bool {
    raw.len() <= 60
        && raw.chars().next().is_some_and(|c| {
            c.is_ascii_digit()
                || matches!(
                    c,
                    '-' | '+' | '(' | '（' | '.' | '¥' | '￥' | '$' | ' ' | '\'' | '−' | '约' | '近' | '负' | '≈'
                )
                || ('\u{ff0b}'..='\u{ff19}').contains(&c)
                || c == '\u{3000}'
        })
}

fn date_like(raw: &str) -> bool {
    raw.chars()
        .next()
        .is_some_and(|c| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c) || c == '二' || c == '一')
}

/// The text without write-in answers in 〖〗, which may hold any character.
pub(crate) fn without_brackets(raw: &str) -> std::borrow::Cow<'_, str> {
    if !raw.contains(['〖', '【']) {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find(['〖', '【']) {
        out.push_str(&rest[..open]);
        let close = if rest[open..].starts_with('〖') { '〗' } else { '】' };
        let inside = &rest[open..];
        // The bracket ends where the answer ends: before the next separator or at the end of the cell.
        let end = inside
            .match_indices(close)
            .map(|(i, s)| i + s.len())
            .find(|i| inside[*i..].is_empty() || inside[*i..].starts_with(['┋', '→']))
            .or_else(|| inside.rfind(close).map(|i| i + close.len_utf8()))
            .unwrap_or(inside.len());
        rest = &inside[end..];
    }
    out.push_str(rest);
    out.into()
}
