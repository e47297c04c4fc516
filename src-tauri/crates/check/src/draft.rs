//! A text as read: its words, and the ranges of its paragraphs, headings, tables and notes.

use std::ops::Range;

/// A text as read. Offsets count Unicode scalars of `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The whole text; parts are ranges of it.
    pub text: String,
    /// Its parts in the order of the text, without overlap. Text outside every part is not checked.
    pub parts: Vec<Part>,
    /// Numbers that carry a fact of the project, as in a document of the program's own.
    pub links: Vec<Link>,
}

/// One part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What a part of a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A heading; 1 is the highest level.
    Heading {
        /// Its level.
        level: u8,
    },
    /// A paragraph of prose, or an item of a list.
    Paragraph,
    /// A table: the ranges of the cells of each row, header rows included; an empty cell is an empty range.
    Table {
        /// Rows of cells.
        rows: Vec<Vec<Range<usize>>>,
    },
    /// The title of a table or figure.
    Caption,
    /// A footnote or a note under a table.
    Footnote,
}

/// A number of the text that was printed from a fact, or words that were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the number stands.
    pub range: Range<usize>,
    /// Id of the fact; empty for words that were written from the project without being one of its facts.
    pub known: String,
    /// What the fact shows there.
    pub shows: Option<Shows>,
}

/// A value as a fact gives it: an integer, a decimal or a fraction, and its unit; empty without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shows {
    /// The value, rounded as it is printed or exact.
    pub value: String,
    /// The unit it counts in.
    pub unit: String,
}

impl Draft {
    /// Splits plain text: a line is a paragraph or a heading; neighbouring lines of cells parted by tabs or `|` are a
    /// table. Any string will do.
    pub fn plain(text: &str) -> Draft {
        let mut parts = Vec::new();
        let mut table: Vec<Line> = Vec::new();
        let mut at = 0;
        for raw in text.split('\n') {
            let length = raw.chars().count();
            let line = Line::new(raw, at);
            at += length + 1;
            if line.is_row() {
                table.push(line);
                continue;
            }
            close_table(&mut table, &mut parts);
            if line.range.is_empty() {
                continue;
            }
            let kind = match heading_level(&line.words) {
                Some(level) => PartKind::Heading { level },
                None if is_caption(&line.words) => PartKind::Caption,
                None if is_note(&line.words) => PartKind::Footnote,
                None => PartKind::Paragraph,
            };
            parts.push(Part { kind, range: line.range });
        }
        close_table(&mut table, &mut parts);
        Draft { text: text.to_owned(), parts, links: Vec::new() }
    }
}

/// A line without its outer blanks.
struct Line {
    words: Vec<char>,
    range: Range<usize>,
}

impl Line {
    fn new(raw: &str, at: usize) -> Line {
        let chars: Vec<char> = raw.chars().collect();
        // A tab at an end parts an empty cell, so it is no blank here.
        let blank = |c: &char| c.is_whitespace() && *c != '\t' || *c == '\u{feff}';
        let start = chars.iter().position(|c| !blank(c)).unwrap_or(chars.len());
        let end = chars.iter().rposition(|c| !blank(c)).map_or(start, |last| last + 1);
        let only_tabs = chars[start..end].iter().all(|c| c.is_whitespace());
        let end = if only_tabs { start } else { end };
        Line { words: chars[start..end].to_vec(), range: at + start..at + end }
    }

    fn is_row(&self) -> bool {
        let bars = self.words.iter().filter(|c| matches!(c, '|' | '｜')).count();
        let tabs = self.words.iter().filter(|c| **c == '\t').count();
        bars >= 2 || tabs >= 1 || (bars == 1 && self.words.len() < 60 && !self.words.contains(&'。'))
    }

    fn cells(&self) -> Vec<Range<usize>> {
        let tabs = self.words.contains(&'\t');
        let divider = |c: char| if tabs { c == '\t' } else { matches!(c, '|' | '｜') };
        let mut cells = Vec::new();
        let mut start = 0;
        for index in 0..=self.words.len() {
            if index == self.words.len() || divider(self.words[index]) {
                cells.push(self.trimmed(start..index));
                start = index + 1;
            }
        }
        if !tabs {
            // `| a | b |` has no cell before its first and after its last bar.
            if self.words.first().is_some_and(|c| divider(*c)) {
                cells.remove(0);
            }
            if cells.len() > 1 && self.words.last().is_some_and(|c| divider(*c)) {
                cells.pop();
            }
        }
        cells
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let words = &self.words[range.clone()];
        let start = words.iter().position(|c| !c.is_whitespace()).unwrap_or(words.len());
        let end = words.iter().rposition(|c| !c.is_whitespace()).map_or(start, |last| last + 1);
        let base = self.range.start + range.start;
        base + start..base + end
    }

    /// `|---|:--:|` of Markdown.
    fn is_rule(&self) -> bool {
        self.words.contains(&'-') && self.words.iter().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'))
    }
}

fn close_table(lines: &mut Vec<Line>, parts: &mut Vec<Part>) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let range = first.range.start..last.range.end;
    if lines.len() < 2 {
        parts.push(Part { kind: PartKind::Paragraph, range });
    } else {
        let rows = lines.iter().filter(|line| !line.is_rule()).map(Line::cells).collect();
        parts.push(Part { kind: PartKind::Table { rows }, range });
    }
    lines.clear();
}

/// `# …` of Markdown, `第一章 …`, `一、…`, `（一）…`, `1.…` without a sentence's end.
fn heading_level(words: &[char]) -> Option<u8> {
    let hashes = words.iter().take_while(|c| **c == '#').count();
    if (1..=6).contains(&hashes) && words.get(hashes).is_some_and(|c| c.is_whitespace()) {
        return u8::try_from(hashes).ok();
    }
    if words.len() > 60 || words.iter().any(|c| matches!(c, '。' | '；' | '！' | '？')) {
        return None;
    }
    let numeral = |c: &char| "一二三四五六七八九十百".contains(*c);
    let count = words.iter().take_while(|c| numeral(c)).count();
    if count > 0 && words.get(count) == Some(&'、') {
        return Some(1);
    }
    if words.first() == Some(&'第') {
        let count = words[1..].iter().take_while(|c| numeral(c)).count();
        if count > 0 && words.get(1 + count).is_some_and(|c| "章节篇部".contains(*c)) {
            return Some(1);
        }
    }
    if matches!(words.first(), Some('（' | '(')) {
        let count = words[1..].iter().take_while(|c| numeral(c)).count();
        if count > 0 && matches!(words.get(1 + count), Some('）' | ')')) {
            return Some(2);
        }
    }
    let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits)
        && matches!(words.get(digits), Some('.' | '．' | '、'))
        && words.get(digits + 1).is_some_and(|c| !c.is_ascii_digit())
        && words.len() < 40
        && !words.iter().any(|c| matches!(c, '，' | '%'))
    {
        return Some(3);
    }
    None
}

/// `表1 …`, `图 2-1 …`.
fn is_caption(words: &[char]) -> bool {
    if words.len() > 60 || words.contains(&'。') || !matches!(words.first(), Some('表' | '图')) {
        return false;
    }
    words[1..]
        .iter()
        .find(|c| !c.is_whitespace())
        .is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
}

/// `注：…`, `注释：`, `资料来源：…`.
fn is_note(words: &[char]) -> bool {
    let text: String = words.iter().take(8).collect();
    ["注：", "注:", "注释", "[注]", "［注］", "备注：", "资料来源", "数据来源", "说明："]
        .iter()
        .any(|mark| text.starts_with(mark))
}
