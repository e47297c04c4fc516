//! K28: a number of the prose that only the slip of a hand tells from a cell of the row that it names, in whatever unit.

use num_traits::One;

use super::tables::{Grid, bare, differs, is_total};
use super::{Sink, exact, readings};
use crate::claims::Role;
use crate::exact::{Q, q};

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    if grids.is_empty() {
        return;
    }
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let level = sink.is_level(at) && claim.role == Role::Level;
        let grown = num.percent() && claim.role == Role::Growth && claim.sign > 0;
        let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
        if !(level || grown)
            || !sink.reading.is_prose(claim.part)
            || !exact(num)
            || num.spoken
            || num.garbled.is_some()
            || claim.prior
            || claim.future
            || claim.yearly
            || digits < 3
            || sink.accused[at]
            || sink.confirmed[at].is_some()
        {
            continue;
        }
        let near: Vec<&Grid> = grids.iter().filter(|grid| grid.part.abs_diff(claim.part) <= 4).collect();
        // What any cell near it shows as it is, is no slip of another.
        if near.iter().any(|grid| shown(sink, grid, at, grown)) {
            continue;
        }
        if let Some((grid, row, column, cell)) = near.iter().find_map(|grid| slipped(sink, grid, at, grown)) {
            let expected = amount(sink, grid, cell, column, at).map(|value| sink.like(at, &value));
            differs(sink, grid, at, (row, column, cell), expected);
        }
    }
}

/// What a cell of a column is in the base of the dimension of a number of the prose; none when it cannot be that.
fn amount(sink: &Sink<'_>, grid: &Grid, cell: usize, column: usize, at: usize) -> Option<Q> {
    let (kept, told) = (sink.num(cell), sink.num(at));
    let head = &grid.head[column];
    if told.percent() {
        let rate = ["增长", "增速", "增幅", "同比", "±"].iter().any(|word| head.contains(word));
        return (rate && (kept.percent() || head.contains('%'))).then(|| kept.value.clone());
    }
    if ["%", "占比", "比重", "增速", "增幅", "同比", "率"].iter().any(|word| head.contains(word)) {
        return None;
    }
    if !kept.unit.dim.is_empty() {
        return (kept.unit.dim == told.unit.dim).then(|| kept.value.clone());
    }
    if let Some((dim, factor)) = super::tables::head_factor(head) {
        return (dim == told.unit.dim).then(|| &kept.value * factor);
    }
    // 单位：万元 above the table.
    if let Some(unit) = grid.title.split("单位：").nth(1) {
        let signs: Vec<char> = unit.trim().chars().collect();
        let (_, unit) = crate::units::read(&signs)?;
        return (unit.dim == told.unit.dim).then(|| &kept.value * unit.factor);
    }
    let yuan = told.unit.is_money() && (kept.value >= q(1_000_000) || grid.title.contains('元') || head.contains("价"));
    (yuan || told.unit.is_counter() && !told.unit.scaled && kept.places == 0).then(|| &kept.value * Q::one())
}

fn cells<'g>(grid: &'g Grid) -> impl Iterator<Item = (usize, usize, usize)> + 'g {
    grid.cells.iter().enumerate().flat_map(|(row, cells)| {
        cells.iter().enumerate().filter_map(move |(column, cell)| Some((row, column, (*cell)?)))
    })
}

/// Whether a table shows a number as the prose prints it.
fn shown(sink: &Sink<'_>, grid: &Grid, at: usize, grown: bool) -> bool {
    cells(grid).any(|(_, column, cell)| {
        amount(sink, grid, cell, column, at).is_some_and(|value| sink.num(at).span.holds(&value))
            || !grown && sink.num(cell).value == sink.num(at).printed(&sink.num(at).value)
    })
}

/// The cell that a number is a slip of, in the one row that its words name.
fn slipped<'g>(sink: &Sink<'_>, grid: &'g Grid, at: usize, grown: bool) -> Option<(&'g Grid, usize, usize, usize)> {
    let claim = sink.claim(at);
    let words = if claim.own && claim.before.contains(&claim.noun) {
        claim.before.clone()
    } else {
        format!("{}{}", claim.noun, claim.before)
    };
    const OTHERS: [&str; 16] = [
        "累计", "新增", "净增", "人均", "户均", "平均", "日均", "月均", "每", "全国", "全省", "去年", "上年", "同期",
        "其中", "以上",
    ];
    if OTHERS.iter().any(|word| words.contains(word) && !grid.head.iter().any(|head| head.contains(word)))
        && !words.contains("每500克")
    {
        return None;
    }
    let named: Vec<usize> = (0..grid.labels.len())
        .filter(|row| {
            let label = bare(&grid.labels[*row]);
            label.chars().count() >= 2 && !is_total(&label) && words.contains(&label)
        })
        .collect();
    let longest = named.iter().map(|row| grid.labels[*row].chars().count()).max()?;
    let mut rows = named.into_iter().filter(|row| grid.labels[*row].chars().count() == longest);
    let row = rows.next()?;
    if rows.next().is_some() {
        return None;
    }
    // Before the label stands nothing that narrows it.
    let label = bare(&grid.labels[row]);
    let head = words.split(&label).next().unwrap_or("");
    let head = crate::claims::noun_of(head.trim_end_matches(['，', '、', '和', '在']));
    if head.chars().count() >= 2 && !grid.title.contains(&head) && !grid.labels.iter().any(|other| bare(other) == head)
    {
        return None;
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, column, cell) in cells(grid) {
        if place != row {
            continue;
        }
        let Some(value) = amount(sink, grid, cell, column, at) else { continue };
        if exact(sink.num(cell)) && readings::slip(sink, at, &value) && (grown || value > q(0)) {
            found.push((column, cell));
        }
    }
    let [(column, cell)] = found.as_slice() else { return None };
    Some((grid, row, *column, *cell))
}
