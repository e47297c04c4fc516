//! The text of a PDF, from what stands where on its pages: lines joined to paragraphs, also over the end of a page;
//! tables found by their columns and joined over pages; notes at the foot set apart; running headers, page numbers, tables
//! of contents, marks of notes and words within drawings left out.

mod lines;
mod table;

use super::Writer;
use check::{Draft, PartKind};
use inspect::{Layout, POINT, Page, Rule};
use lines::Row;
use table::Table;

/// Reads the pages of a PDF; `None` when there is no text on them.
pub(super) fn read(layout: &Layout) -> Option<Draft> {
    let mut pages: Vec<Vec<Row>> = layout.pages.iter().map(|page| lines::rows(&page.glyphs)).collect();
    let size = body_size(&pages)?;
    strip_running(&mut pages, layout, size);
    let mut text = Text { size, open: None, aside: Vec::new(), table: None, to: Writer::default() };
    for (mut rows, page) in pages.into_iter().zip(&layout.pages) {
        let measure = Measure::of(&rows, size);
        strip_drawings(&mut rows, page, &measure, size);
        rows.retain(|row| !is_contents(row));
        let foot = foot_of(page, &rows, &measure, size);
        let (body, notes): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.y < foot);
        let mut first = true;
        for block in table::blocks(body, &page.rules) {
            match block {
                Block::Table(table) => text.table(table, first),
                Block::Line(row) => text.line(&row, &measure),
            }
            first = false;
        }
        for row in &notes {
            text.note(row, &measure);
        }
        // A heading does not go on over the end of a page.
        text.open.iter_mut().for_each(|open| open.y = f64::MAX);
    }
    text.close();
    Some(text.to.draft)
}

/// A line of prose, or a table by rows and columns.
enum Block {
    Line(Row),
    Table(Table),
}

/// The size of the running text, in millimetres: that of most characters in lines that go far; of all lines where none
/// does.
fn body_size(pages: &[Vec<Row>]) -> Option<f64> {
    let most = |least: usize| {
        let mut sizes: Vec<(i64, usize)> = Vec::new();
        for row in pages.iter().flatten().filter(|row| row.pieces.len() == 1 && row.chars() >= least) {
            let key = (row.em * 100.0).round() as i64;
            match sizes.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += row.chars(),
                None => sizes.push((key, row.chars())),
            }
        }
        sizes.iter().max_by_key(|(_, n)| *n).map(|(k, _)| *k as f64 / 100.0)
    };
    most(20).or_else(|| most(1)).or_else(|| pages.iter().flatten().map(|row| row.em).next())
}

/// Takes the words within drawings away: small ones above the title of a figure, up to the text, a note, another title or
/// the closing rule of a table.
fn strip_drawings(rows: &mut Vec<Row>, page: &Page, measure: &Measure, size: f64) {
    let width = measure.right - measure.left;
    let closed = |from: f64, to: f64| {
        let strong = |rule: &&Rule| !rule.upright && rule.length > 0.6 * width && rule.weight * POINT > 0.6;
        page.rules.iter().filter(strong).any(|rule| from < rule.y && rule.y < to && rule.colour.0 < 0.3)
    };
    let mut at = 0;
    while at < rows.len() {
        while at > 0 && is_figure(&rows[at].text()) {
            let above = &rows[at - 1];
            let text = above.text();
            if above.em > 0.9 * size || is_figure(&text) || is_note(&text) || closed(above.y, rows[at].y) {
                break;
            }
            rows.remove(at - 1);
            at -= 1;
        }
        at += 1;
    }
}

/// `图1 …`, `附图2-1 …`.
fn is_figure(text: &str) -> bool {
    let rest = text.strip_prefix('附').unwrap_or(text).strip_prefix('图');
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && !text.ends_with('。'))
}

fn is_note(text: &str) -> bool {
    ["注：", "注:", "资料来源", "数据来源"].iter().any(|mark| text.starts_with(mark))
}

/// Takes page numbers and what runs along the upper and lower edges of the pages away.
fn strip_running(pages: &mut [Vec<Row>], layout: &Layout, size: f64) {
    let bare =
        |row: &Row| -> String { row.text().chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect() };
    let edges: Vec<Vec<(f64, String)>> = pages
        .iter()
        .map(|rows| {
            let ends = rows.iter().take(2).chain(rows.iter().rev().take(2));
            ends.map(|row| (row.y, bare(row))).collect()
        })
        .collect();
    for (at, (rows, page)) in pages.iter_mut().zip(&layout.pages).enumerate() {
        let height = page.size.1;
        let others = |row: &Row, same_words: bool| -> usize {
            let words = bare(row);
            let fits = |(y, text): &(f64, String)| (y - row.y).abs() < 0.7 && (!same_words || *text == words);
            edges.iter().enumerate().filter(|(i, rows)| *i != at && rows.iter().any(fits)).count()
        };
        let runs = |row: &Row| -> bool {
            let edge = row.y < 0.16 * height || row.y > 0.84 * height;
            let number: String = bare(row).chars().filter(|c| !"—-–·.．/第页共".contains(*c)).collect();
            let page_number = number.chars().all(|c| "ivxlIVXLⅰⅱⅲⅳⅴ".contains(c)) && row.chars() <= 12;
            edge && (page_number
                || others(row, true) > 0 && row.em < 1.02 * size
                || row.em < 0.95 * size && others(row, false) * 2 >= edges.len() && edges.len() > 2)
        };
        while rows.first().is_some_and(&runs) {
            rows.remove(0);
        }
        while rows.last().is_some_and(&runs) {
            rows.pop();
        }
    }
}

/// Where the lines of a page begin and end, and where those of smaller blocks on it do.
struct Measure {
    left: f64,
    right: f64,
    blocks: Vec<Extent>,
}

/// Lines of one size that follow each other closely.
struct Extent {
    top: f64,
    bottom: f64,
    right: f64,
}

impl Measure {
    fn of(rows: &[Row], size: f64) -> Measure {
        let body = || rows.iter().filter(|row| (row.em - size).abs() < 0.05 * size && row.pieces.len() == 1);
        let left = body().map(Row::left).fold(f64::MAX, f64::min);
        let right = body().map(Row::right).fold(f64::MIN, f64::max);
        let mut blocks: Vec<Extent> = Vec::new();
        for pair in rows.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if (a.em - b.em).abs() > 0.05 * a.em || b.y - a.y > 2.2 * a.em || a.pieces.len() + b.pieces.len() > 2 {
                continue;
            }
            match blocks.last_mut().filter(|block| block.bottom == a.y) {
                Some(block) => {
                    block.bottom = b.y;
                    block.right = block.right.max(b.right());
                }
                None => blocks.push(Extent { top: a.y, bottom: b.y, right: a.right().max(b.right()) }),
            }
        }
        Measure { left, right, blocks }
    }

    /// Whether a line goes as far as lines go.
    fn filled(&self, row: &Row) -> bool {
        if self.left < self.right && self.right - row.right() < 1.5 * row.em {
            return true;
        }
        // A line of a narrower block goes on unless it ends like a sentence or an entry.
        let text = row.text();
        let block = self.blocks.iter().find(|block| block.top <= row.y && row.y < block.bottom);
        block.is_some_and(|block| block.right - row.right() < 1.5 * row.em)
            && text.chars().count() >= 15
            && !text.ends_with(['。', '；', '：', '！', '？'])
    }
}

/// Where the notes at the foot of a page begin: below a short rule at the left, smaller than the text.
fn foot_of(page: &Page, rows: &[Row], measure: &Measure, size: f64) -> f64 {
    let width = measure.right - measure.left;
    let rules = page.rules.iter().filter(|rule| {
        let short = !rule.upright && rule.length > 0.08 * width && rule.length < 0.6 * width;
        let below = || rows.iter().filter(|row| row.y > rule.y);
        short
            && (rule.x - measure.left).abs() < 3.0
            && below().next().is_some()
            && below().all(|row| row.em < 0.95 * size)
    });
    rules.map(|rule| rule.y).fold(f64::MAX, f64::min)
}

/// The text as it grows. A paragraph may go on in the next line, also on the next page; what stands between its halves
/// (a table, a title, notes) is put behind it.
struct Text {
    size: f64,
    open: Option<Paragraph>,
    aside: Vec<Aside>,
    table: Option<Table>,
    to: Writer,
}

enum Aside {
    Line(Paragraph),
    Note(Paragraph),
    Table(Table),
}

struct Paragraph {
    text: String,
    em: f64,
    left: f64,
    /// Whether it has but one line.
    single: bool,
    y: f64,
    /// Whether its last line is full.
    filled: bool,
}

impl Paragraph {
    fn of(row: &Row, measure: &Measure) -> Paragraph {
        let filled = measure.filled(row);
        Paragraph { text: row.text(), em: row.em, left: row.left(), single: true, y: row.y, filled }
    }

    /// Whether a line goes on with it.
    fn goes_on(&self, row: &Row, size: f64) -> bool {
        let apart = row.left() - self.left;
        if is_note(&row.text()) || apart < -4.0 * row.em {
            return false;
        }
        let hangs = self.single && apart > 0.0 && apart < 4.0 * row.em && starts_with_label(&self.text);
        // A heading of several lines is centred or set flush; it is larger than the text and has no end mark.
        let heading = self.em > 1.15 * size && row.y > self.y && row.y - self.y < 2.4 * self.em;
        (self.em - row.em).abs() < 0.05 * self.em && (self.filled && (apart < 0.6 * row.em || hangs) || heading)
    }

    fn unfinished(&self) -> bool {
        self.filled && !self.text.ends_with(['。', '！', '？'])
    }

    fn add(&mut self, row: &Row, measure: &Measure) {
        let text = row.text();
        // Words of an alphabet were parted by the end of the line.
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(self.text.chars().next_back()) && latin(text.chars().next()) {
            self.text.push(' ');
        }
        self.text.push_str(&text);
        self.left = row.left();
        self.single = false;
        self.y = row.y;
        self.filled = measure.filled(row);
    }
}

/// `1.`, `（1）`, `①`, `•`: an item whose further lines are set in.
fn starts_with_label(text: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || "①②③④⑤⑥⑦⑧⑨⑩•·●▪■◆—（(一二三四五六七八九十".contains(c);
    text.starts_with(mark)
}

impl Text {
    fn line(&mut self, row: &Row, measure: &Measure) {
        if self.table.is_some() && row.text().starts_with('续') && row.chars() < 12 {
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.goes_on(row, self.size)) {
            self.open.iter_mut().for_each(|open| open.add(row, measure));
            return;
        }
        let small = row.em < 0.95 * self.size;
        if small && self.open.as_ref().is_some_and(|open| open.unfinished() && open.em > 0.95 * self.size) {
            match self.aside.last_mut() {
                Some(Aside::Line(last)) if last.goes_on(row, self.size) => last.add(row, measure),
                _ => self.aside.push(Aside::Line(Paragraph::of(row, measure))),
            }
            return;
        }
        self.close();
        self.open = Some(Paragraph::of(row, measure));
    }

    /// A line at the foot of a page.
    fn note(&mut self, row: &Row, measure: &Measure) {
        match self.aside.last_mut() {
            Some(Aside::Note(last)) if !row.marked && last.filled => last.add(row, measure),
            _ => self.aside.push(Aside::Note(Paragraph::of(row, measure))),
        }
    }

    /// `opens` tells a table that is the first thing on its page.
    fn table(&mut self, table: Table, opens: bool) {
        let last = match (&mut self.table, self.aside.last_mut()) {
            (Some(last), _) | (None, Some(Aside::Table(last))) => Some(last),
            _ => None,
        };
        let mut table = table;
        if let Some(last) = last
            && last.goes_on(&table, opens)
        {
            last.append(&mut table);
        } else if self.open.as_ref().is_some_and(Paragraph::unfinished) {
            self.aside.push(Aside::Table(table));
        } else {
            self.close();
            self.table = Some(table);
        }
    }

    /// Writes what is open, and after it what was put aside.
    fn close(&mut self) {
        if let Some(table) = self.table.take() {
            table.write(&mut self.to);
        }
        if let Some(p) = self.open.take() {
            self.paragraph(&p);
        }
        for aside in std::mem::take(&mut self.aside) {
            match aside {
                Aside::Line(p) => self.paragraph(&p),
                Aside::Note(p) => self.to.write(PartKind::Footnote, &p.text),
                Aside::Table(table) => table.write(&mut self.to),
            }
        }
    }

    fn paragraph(&mut self, p: &Paragraph) {
        if p.em > 1.15 * self.size && !p.text.ends_with(['。', '；', '：']) {
            self.to.write(PartKind::Heading { level: 1 }, &p.text);
        } else {
            self.to.prose(&p.text);
        }
    }
}

/// A line of a table of contents: a title, leaders, a page.
fn is_contents(row: &Row) -> bool {
    let bare: String = row.text().chars().filter(|c| !c.is_whitespace()).collect();
    let title = bare.trim_end_matches(|c: char| c.is_ascii_digit() || "ivxlIVXL".contains(c));
    let leaders = title.chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '．' | '⋯' | '‥')).count();
    title.len() < bare.len() && (leaders >= 4 || title.ends_with("……"))
}
