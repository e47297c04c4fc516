//! K01, K07, K21: columns of a table that follow from others. The rule of a column is learnt from the rows that agree;
//! a row that alone does not agree is wrong.

use num_traits::{One, Signed};

use super::tables::{Grid, cell_span, column_span};
use super::{Sink, Verdict, exact, short};
use crate::exact::{Q, Span, decimal, q, ten_to};
use crate::review::{Kind, Severity};

/// How a column follows.
enum Law {
    /// A count as a share of one whole: the same for all rows.
    Part { of: usize, whole: Span },
    /// One column over another, times a power of ten.
    Quotient { top: usize, bottom: usize, scale: Q },
    /// The percentage by which one column exceeds another.
    Rise { new: usize, old: usize },
}

/// A row that a law speaks of.
struct Row {
    cell: usize,
    terms: Vec<usize>,
    value: Q,
    fits: bool,
}

/// Tables of more columns or rows than this are not searched; the bound keeps the time linear.
const COLUMNS: usize = 14;
const ROWS: usize = 80;

pub(super) fn run(sink: &mut Sink<'_>, grid: &Grid) {
    if grid.head.len() > COLUMNS || grid.cells.len() > ROWS || grid.cells.len() < 3 {
        return;
    }
    for column in 1..grid.head.len() {
        let head = &grid.head[column];
        let derived = ["率", "占", "比", "%", "‰", "均", "每", "强度", "密度", "单产", "增", "幅", "倍", "/"];
        let cells: Vec<usize> = grid.cells.iter().filter_map(|row| row[column]).collect();
        if !derived.iter().any(|word| head.contains(word))
            || cells.len() < 3
            || cells.iter().any(|at| sink.accused[*at])
            || cells.iter().all(|at| sink.confirmed[*at].is_some())
        {
            continue;
        }
        judge(sink, grid, column);
    }
}

fn judge(sink: &mut Sink<'_>, grid: &Grid, column: usize) {
    let mut best: Option<(usize, Law, Vec<Row>)> = None;
    for law in laws(sink, grid, column) {
        let rows = rows(sink, grid, column, &law);
        let right = rows.iter().filter(|row| row.fits && telling(sink, row.cell)).count();
        if best.as_ref().is_none_or(|(most, _, _)| right > *most) {
            best = Some((right, law, rows));
        }
    }
    let Some((right, law, rows)) = best else { return };
    let wrong = rows.iter().filter(|row| !row.fits).count();
    // One column may hold two mistakes, where most of its rows bear the law out.
    let allowed = if right >= 4 { (rows.len() / 3).max(1) } else { (rows.len() / 6).max(1) };
    if right < 3 || wrong > allowed {
        return;
    }
    for row in rows {
        let note = reason(sink, &law, &row);
        if row.fits {
            sink.confirm(&[row.cell], &note);
            sink.confirm(&row.terms, &note);
            continue;
        }
        let num = sink.num(row.cell);
        let expected = format!("{}{}", decimal(&row.value, num.places), if num.percent() { "%" } else { "" });
        let kind = match law {
            Law::Rise { .. } if (&row.value + &num.value).abs() * q(50) < row.value.abs() => Kind::Sign,
            Law::Rise { .. } => Kind::Growth,
            Law::Part { .. } => Kind::Share,
            Law::Quotient { ref scale, .. } if *scale == q(100) => Kind::Share,
            Law::Quotient { .. } => Kind::Ratio,
        };
        let range = sink.place(row.cell);
        let related = row.terms.iter().map(|at| sink.place(*at)).collect();
        let suggestion =
            if num.percent() || num.unit.name.is_empty() { sink.replace(row.cell, &row.value) } else { None };
        sink.accuse(row.cell);
        sink.report(Verdict {
            expected: Some(expected.clone()),
            related,
            suggestion,
            ..Verdict::new(
                if kind == Kind::Ratio { "K21" } else { "K01" },
                kind,
                Severity::Error,
                range,
                format!("“{}”列其余各行均为{note}的算法，本行应为{expected}", grid.head[column]),
            )
        });
    }
}

/// Whether a printed number is long enough to tell that it follows.
fn telling(sink: &Sink<'_>, at: usize) -> bool {
    let printed = sink.reading.printed(at);
    printed.chars().filter(char::is_ascii_digit).skip_while(|c| *c == '0').count() >= 2
}

fn reason(sink: &Sink<'_>, law: &Law, row: &Row) -> String {
    let shown = |at: usize| sink.shown(at);
    match law {
        Law::Part { whole, .. } => format!("{}÷{}", shown(row.terms[0]), short(&whole.middle())),
        Law::Quotient { .. } => format!("{}÷{}", shown(row.terms[0]), shown(row.terms[1])),
        Law::Rise { .. } => {
            format!("（{}-{}）÷{}", shown(row.terms[0]), shown(row.terms[1]), shown(row.terms[1]))
        }
    }
}

fn span(sink: &Sink<'_>, grid: &Grid, at: usize, column: usize) -> Span {
    let cells: Vec<usize> = grid.cells.iter().filter_map(|row| row[column]).collect();
    let places = column_span(sink, &cells);
    cell_span(sink, at, places, &format!("{}{}", grid.title, grid.head[column]))
}

fn printed(sink: &Sink<'_>, at: usize) -> Span {
    Span::point(sink.num(at).value.clone())
        .wider(&(ten_to(-(sink.num(at).places as i32)) / q(2) * &sink.num(at).unit.factor))
}

/// The values of the rows in which all columns have a number.
fn full_rows(sink: &Sink<'_>, grid: &Grid, columns: &[usize]) -> Vec<Vec<usize>> {
    grid.cells
        .iter()
        .filter_map(|row| columns.iter().map(|column| row[*column]).collect::<Option<Vec<usize>>>())
        .filter(|row| row.iter().all(|at| exact(sink.num(*at)) && sink.num(*at).garbled.is_none()))
        .collect()
}

fn laws(sink: &Sink<'_>, grid: &Grid, column: usize) -> Vec<Law> {
    let mut found = Vec::new();
    let others: Vec<usize> = (1..grid.head.len())
        .filter(|at| *at != column && grid.cells.iter().filter(|row| row[*at].is_some()).count() >= 3)
        .collect();
    let head = &grid.head[column];
    let rises = ["增", "降", "同比", "比上年", "±", "变化", "幅"].iter().any(|word| head.contains(word));
    for first in others.iter().copied() {
        if !rises && let Some(whole) = whole(sink, grid, column, first) {
            found.push(Law::Part { of: first, whole });
        }
        for second in others.iter().copied().filter(|second| *second != first) {
            if rises {
                found.push(Law::Rise { new: first, old: second });
            } else if let Some(scale) = scale(sink, grid, column, first, second) {
                found.push(Law::Quotient { top: first, bottom: second, scale });
            }
        }
    }
    found
}

/// The whole that most rows of a column of shares agree on.
fn whole(sink: &Sink<'_>, grid: &Grid, column: usize, of: usize) -> Option<Span> {
    let spans: Vec<Span> = full_rows(sink, grid, &[column, of])
        .iter()
        .filter_map(|row| {
            span(sink, grid, row[1], of).over(&printed(sink, row[0]).times(&Q::new(1.into(), 100.into())))
        })
        .collect();
    let common = |from: &Span| {
        spans.iter().fold((from.clone(), 0), |(common, count), span| {
            if common.meets(span) {
                (Span { lo: common.lo.max(span.lo.clone()), hi: common.hi.min(span.hi.clone()) }, count + 1)
            } else {
                (common, count)
            }
        })
    };
    spans.iter().map(common).max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= 3).map(|(span, _)| span)
}

/// The power of ten by which a quotient of two columns makes the third, in most rows.
fn scale(sink: &Sink<'_>, grid: &Grid, column: usize, top: usize, bottom: usize) -> Option<Q> {
    let rows = full_rows(sink, grid, &[column, top, bottom]);
    let scales: Vec<Q> = rows
        .iter()
        .filter_map(|row| {
            let quotient = span(sink, grid, row[1], top).over(&span(sink, grid, row[2], bottom))?;
            let printed = printed(sink, row[0]);
            (-8..=8).map(ten_to).find(|scale| quotient.times(scale).meets(&printed))
        })
        .collect();
    scales.iter().find(|scale| scales.iter().filter(|other| other == scale).count() >= 3).cloned()
}

fn rows(sink: &Sink<'_>, grid: &Grid, column: usize, law: &Law) -> Vec<Row> {
    let columns: Vec<usize> = match law {
        Law::Part { of, .. } => vec![column, *of],
        Law::Quotient { top, bottom, .. } => vec![column, *top, *bottom],
        Law::Rise { new, old } => vec![column, *new, *old],
    };
    full_rows(sink, grid, &columns)
        .into_iter()
        .filter_map(|row| {
            let spans: Vec<Span> =
                row[1..].iter().zip(&columns[1..]).map(|(at, column)| span(sink, grid, *at, *column)).collect();
            let real = match law {
                Law::Part { whole, .. } => spans[0].over(whole)?.times(&q(100)),
                Law::Quotient { scale, .. } => spans[0].over(&spans[1])?.times(scale),
                Law::Rise { .. } => {
                    let quotient = spans[0].over(&spans[1])?;
                    Span { lo: (&quotient.lo - Q::one()) * q(100), hi: (&quotient.hi - Q::one()) * q(100) }
                }
            };
            let fits = real.meets(&printed(sink, row[0]));
            Some(Row { cell: row[0], terms: row[1..].to_vec(), value: real.middle(), fits })
        })
        .collect()
}
