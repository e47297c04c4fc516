//! Glyphs gathered into lines of text.

use crate::{Glyph, POINT};
use serde::Serialize;

/// A line of text: glyphs of one baseline without a wide gap between them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Line {
    pub text: String,
    /// Left end, right end and baseline.
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    /// Size of most of its characters.
    pub size: f64,
    /// Index in [`crate::Layout::fonts`] of the face of most of its Chinese characters, else of most characters.
    pub font: usize,
    pub red: bool,
    /// Characters, two half-width ones counting as one 字.
    pub cells: f64,
    /// Advance from one Chinese character to the next, the median; `None` with fewer than three.
    pub advance: Option<f64>,
}

/// Baselines closer than this belong to one line, in ems.
const SAME: f64 = 0.25;
/// A gap wider than this ends a line, in ems.
const GAP: f64 = 3.0;

/// Lines from top to bottom, left to right.
pub(crate) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut order: Vec<&Glyph> = glyphs.iter().filter(|g| g.size > 0.5 && g.x.is_finite() && g.y.is_finite()).collect();
    order.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in order {
        match rows.last_mut() {
            Some(row) if (glyph.y - row[0].y) * POINT <= SAME * glyph.size.min(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let mut out = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut part: Vec<&Glyph> = Vec::new();
        for glyph in row {
            if let Some(last) = part.last()
                && (glyph.x - last.x - last.width) * POINT > GAP * last.size.max(glyph.size)
            {
                out.extend(line(&std::mem::take(&mut part)));
            }
            part.push(glyph);
        }
        out.extend(line(&part));
    }
    out
}

pub(crate) fn is_wide(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c)
        || ('\u{f900}'..='\u{faff}').contains(&c)
        || ('\u{ff00}'..='\u{ff60}').contains(&c)
        || ('\u{20000}'..='\u{3ffff}').contains(&c)
        || "“”‘’—…·".contains(c)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

fn line(glyphs: &[&Glyph]) -> Option<Line> {
    let seen: Vec<&&Glyph> = glyphs.iter().filter(|g| !g.text.trim().is_empty()).collect();
    let (first, last) = (seen.first()?, seen.last()?);
    let most = |pick: &dyn Fn(&Glyph) -> i64, among: &[&&Glyph]| -> i64 {
        let mut counts: Vec<(i64, usize)> = Vec::new();
        for g in among {
            let key = pick(g);
            match counts.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += 1,
                None => counts.push((key, 1)),
            }
        }
        counts.iter().max_by_key(|(_, n)| *n).map_or(0, |(k, _)| *k)
    };
    let han: Vec<&&Glyph> = seen.iter().copied().filter(|g| g.text.chars().all(is_han)).collect();
    let faces = if han.is_empty() { &seen } else { &han };
    let mut steps: Vec<f64> = glyphs
        .windows(2)
        .filter(|w| w.iter().all(|g| !g.text.is_empty() && g.text.chars().all(is_han)))
        .map(|w| w[1].x - w[0].x)
        .collect();
    steps.sort_by(f64::total_cmp);
    Some(Line {
        text: glyphs.iter().map(|g| g.text.as_str()).collect(),
        left: first.x,
        right: last.x + last.width,
        baseline: most(&|g| (g.y * 1000.0).round() as i64, &seen) as f64 / 1000.0,
        size: most(&|g| (g.size * 100.0).round() as i64, &seen) as f64 / 100.0,
        font: most(&|g| g.font as i64, faces) as usize,
        red: seen.iter().filter(|g| g.colour.is_red()).count() * 2 > seen.len(),
        cells: seen.iter().flat_map(|g| g.text.chars()).map(|c| if is_wide(c) { 1.0 } else { 0.5 }).sum(),
        advance: (steps.len() >= 3).then(|| steps[steps.len() / 2]),
    })
}
