//! Glyphs gathered into rows of pieces.

use inspect::{Glyph, POINT};

/// Glyphs of one baseline, parted where there is room for a column.
pub(super) struct Row {
    pub(super) pieces: Vec<Piece>,
    pub(super) y: f64,
    /// Size of most of its characters, in millimetres.
    pub(super) em: f64,
    /// Whether the mark of a note stood before it.
    pub(super) marked: bool,
}

/// Characters that stand close to each other, each with its left and right end.
pub(super) struct Piece {
    pub(super) signs: Vec<(String, f64, f64)>,
}

impl Piece {
    pub(super) fn left(&self) -> f64 {
        self.signs[0].1
    }

    pub(super) fn right(&self) -> f64 {
        self.signs.iter().map(|s| s.2).fold(f64::MIN, f64::max)
    }

    pub(super) fn text(&self, em: f64) -> String {
        joined(&self.signs, em)
    }
}

impl Row {
    pub(super) fn left(&self) -> f64 {
        self.pieces[0].left()
    }

    pub(super) fn right(&self) -> f64 {
        self.pieces.iter().map(Piece::right).fold(f64::MIN, f64::max)
    }

    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text(self.em)).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn chars(&self) -> usize {
        self.pieces.iter().map(|p| p.signs.len()).sum()
    }
}

/// Baselines closer than this are one, in ems.
const SAME: f64 = 0.25;
/// Characters further apart than this may belong to two columns, in ems.
const GAP: f64 = 0.9;
/// Characters further apart than this have a blank between them, in ems.
const BLANK: f64 = 0.5;

/// Characters as text, with blanks where there is room for them.
pub(super) fn joined(signs: &[(String, f64, f64)], em: f64) -> String {
    let mut out = String::new();
    let mut last = f64::MAX;
    for (text, left, right) in signs {
        // Marks bring their own room.
        let marks = out.ends_with(['（', '“', '‘', '《', '、', '，', '。'])
            || text.starts_with(['，', '。', '、', '；', '：', '）', '”', '’', '》']);
        if left - last > BLANK * em && !marks {
            out.push(' ');
        }
        out.push_str(text);
        last = *right;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut order: Vec<&Glyph> = glyphs
        .iter()
        .filter(|g| g.size > 0.5 && g.x.is_finite() && g.y.is_finite() && !g.text.is_empty() && g.text != "\u{fffd}")
        .collect();
    order.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Line<'_>> = Vec::new();
    for glyph in order {
        match lines.last_mut() {
            Some(line) if (glyph.y - line.y()) * POINT <= SAME * glyph.size.min(line.glyphs[0].size) => {
                line.glyphs.push(glyph);
            }
            _ => lines.push(Line { glyphs: vec![glyph], marked: false }),
        }
    }
    lines.retain(|line| line.glyphs.iter().any(|g| !g.text.trim().is_empty()));
    settle(&mut lines);
    lines.into_iter().filter_map(Line::row).collect()
}

struct Line<'g> {
    glyphs: Vec<&'g Glyph>,
    marked: bool,
}

impl Line<'_> {
    fn y(&self) -> f64 {
        self.glyphs[0].y
    }

    /// Size of most of its characters, in points.
    fn size(&self) -> f64 {
        let mut sizes: Vec<f64> = self.glyphs.iter().filter(|g| !g.text.trim().is_empty()).map(|g| g.size).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
    }

    fn row(mut self) -> Option<Row> {
        self.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let (y, em) = (self.y(), self.size() / POINT);
        let mut pieces: Vec<Piece> = Vec::new();
        for glyph in &self.glyphs {
            let blank = glyph.text.trim().is_empty();
            let sign = (glyph.text.clone(), glyph.x, glyph.x + glyph.width);
            match pieces.last_mut() {
                // A blank joins nothing: after it a column may begin.
                Some(last) if blank => {
                    if let Some(end) = last.signs.last_mut() {
                        end.0.push(' ');
                    }
                }
                Some(last) if glyph.x - last.right() <= GAP * em => last.signs.push(sign),
                _ if blank => {}
                _ => pieces.push(Piece { signs: vec![sign] }),
            }
        }
        (!pieces.is_empty()).then_some(Row { pieces, y, em, marked: self.marked })
    }
}

/// Puts small raised and lowered characters into the line they belong to, and leaves out marks of notes.
fn settle(lines: &mut Vec<Line<'_>>) {
    let mut at = 0;
    while at < lines.len() {
        let size = lines[at].size();
        let host = [at.wrapping_sub(1), at + 1].into_iter().find(|host| {
            let Some(other) = lines.get(*host) else { return false };
            let big = other.size();
            let room = 0.5 * big / POINT;
            let near =
                |g: &&Glyph| other.glyphs.iter().any(|o| g.x + g.width > o.x - room && g.x < o.x + o.width + room);
            size < 0.8 * big
                && (lines[at].y() - other.y()).abs() * POINT < 0.7 * big
                && lines[at].glyphs.iter().all(near)
        });
        let Some(host) = host else {
            at += 1;
            continue;
        };
        let small = lines.remove(at);
        let host = &mut lines[if host > at { host - 1 } else { host }];
        let raised = small.y() < host.y();
        for glyph in small.glyphs {
            let before = host.glyphs.iter().filter(|o| o.x < glyph.x).max_by(|a, b| a.x.total_cmp(&b.x));
            // m² keeps its sign; the mark of a note says nothing.
            let after_letter = before.is_some_and(|o| o.text.ends_with(|c: char| c.is_ascii_alphabetic()));
            if !raised || after_letter || !is_mark(&glyph.text) {
                host.glyphs.push(glyph);
            } else if before.is_none() {
                host.marked = true;
            }
        }
        at = at.saturating_sub(1);
    }
}

fn is_mark(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "①②③④⑤⑥⑦⑧⑨⑩[]［］〔〕()（）*†‡".contains(c))
}
