//! K28: what the prose says of changes over the years of a table.

use num_traits::{One, Signed};

use super::tables::{Grid, cites, head_factor, number_of_year};
use super::{Sink, Verdict, changes, exact, percent, short};
use crate::claims::Role;
use crate::exact::{Q, Span, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// One measure of a table, told for several years.
struct Series {
    name: String,
    part: usize,
    /// What a cell is counted in, when the head, the label or the title says.
    unit: Option<(String, Q)>,
    /// Whether its values are percentages.
    percent: bool,
    points: Vec<(i32, usize)>,
}

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    let series: Vec<Series> = grids.iter().flat_map(|grid| series_of(sink, grid)).collect();
    if series.is_empty() {
        return;
    }
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let change = match (&claim.role, &num.sort) {
            (Role::Growth, Sort::Percent) | (Role::Change, Sort::Points) => true,
            (Role::Change, Sort::Quantity) => !num.unit.is_time(),
            _ => false,
        };
        if !change
            || !sink.reading.is_prose(claim.part)
            || !exact(num)
            || num.garbled.is_some()
            || sink.confirmed[at].is_some()
            || sink.accused[at]
            || claim.noun.chars().count() < 2
            || ["全国", "全省", "平均水平", "环比", "目标"].iter().any(|word| claim.before.contains(word))
        {
            continue;
        }
        let part = claim.part;
        let near = |series: &&Series| {
            let grid = grids.iter().find(|grid| grid.part == series.part);
            series.part.abs_diff(part) <= 3 || grid.is_some_and(|grid| cites(sink, part, grid))
        };
        let fits = |series: &&Series| names(&series.name, &claim.noun) && counts_alike(sink, at, series);
        let mut found: Vec<&Series> = series.iter().filter(near).filter(fits).collect();
        // The name that says more decides.
        let longest = found.iter().map(|series| series.name.chars().count()).max().unwrap_or(0);
        found.retain(|series| series.name.chars().count() == longest);
        if let [series] = found.as_slice() {
            judge(sink, at, series);
        }
    }
}

fn series_of(sink: &Sink<'_>, grid: &Grid) -> Vec<Series> {
    let bracket = |words: &str| words.split('（').next().unwrap_or("").to_owned();
    let rates = |head: &str| {
        ["增长", "增速", "增幅", "同比", "比上年", "占比", "比重", "排名", "±"].iter().any(|word| head.contains(word))
    };
    let mut all = Vec::new();
    let years: Vec<Option<i32>> = grid.head.iter().map(|head| number_of_year(head).filter(|_| !rates(head))).collect();
    let mut distinct: Vec<i32> = years.iter().flatten().copied().collect();
    let told = distinct.len();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() >= 2 && distinct.len() == told {
        for (row, cells) in grid.cells.iter().enumerate() {
            let points: Vec<(i32, usize)> =
                years.iter().zip(cells).filter_map(|(year, cell)| Some(((*year)?, (*cell)?))).collect();
            let unit = head_factor(&grid.labels[row])
                .or_else(|| years.iter().position(Option::is_some).and_then(|at| head_factor(&grid.head[at])))
                .or_else(|| head_factor(&grid.title));
            let percent = grid.labels[row].contains('%');
            all.push(Series { name: bracket(&grid.labels[row]), part: grid.part, unit, percent, points });
        }
    }
    let rows: Vec<Option<i32>> = grid.keys.iter().map(|key| number_of_year(key)).collect();
    if rows.iter().flatten().count() >= 2 {
        for column in 1..grid.head.len() {
            if rates(&grid.head[column]) {
                continue;
            }
            let points: Vec<(i32, usize)> = rows
                .iter()
                .zip(&grid.cells)
                .filter_map(|(year, cells)| Some(((*year)?, cells.get(column).copied().flatten()?)))
                .collect();
            let unit = head_factor(&grid.head[column]).or_else(|| head_factor(&grid.title));
            let percent = grid.head[column].contains('%');
            all.push(Series { name: bracket(&grid.head[column]), part: grid.part, unit, percent, points });
        }
    }
    for series in &mut all {
        series.percent |= ["率", "比重", "占比", "比例"].iter().any(|tail| series.name.ends_with(tail))
            || series.points.iter().all(|(_, at)| sink.num(*at).percent());
        series.points.retain(|(_, at)| exact(sink.num(*at)) && sink.num(*at).garbled.is_none());
        series.points.sort_unstable();
    }
    all.retain(|series| series.points.len() >= 2 && series.name.chars().count() >= 2);
    all
}

/// Whether the noun of a claim is the name of a series, or a shorter form of it.
fn names(name: &str, noun: &str) -> bool {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    noun.contains(&name) || noun.chars().count() >= 3 && name.ends_with(noun)
}

fn counts_alike(sink: &Sink<'_>, at: usize, series: &Series) -> bool {
    let num = sink.num(at);
    match (&series.unit, &num.sort) {
        (_, Sort::Points) => series.percent,
        (Some((dim, _)), Sort::Quantity) => *dim == num.unit.dim,
        (None, Sort::Quantity) => !series.percent,
        _ => true,
    }
}

/// A cell in the base of its dimension, or as printed when no unit is told; as an interval.
fn value(sink: &Sink<'_>, series: &Series, cell: usize) -> Span {
    let num = sink.num(cell);
    let factor = match &series.unit {
        Some((_, factor)) if num.unit.dim.is_empty() => factor.clone(),
        _ => Q::one(),
    };
    let rounded = num.places > 0 || factor > Q::one() || num.unit.scaled;
    let half = if rounded { ten_to(-(num.places as i32)) / q(2) * &num.unit.factor } else { q(0) };
    Span::point(num.value.clone()).wider(&half).times(&factor)
}

/// The pairs of years that the words may mean; and whether they say so for certain.
fn years(sink: &Sink<'_>, at: usize, series: &Series) -> (Vec<(usize, usize)>, bool) {
    let claim = sink.claim(at);
    let body = &sink.reading.sentences[claim.sentence];
    let points = &series.points;
    let last = points.len() - 1;
    let place = |year: i32| points.iter().position(|(other, _)| *other == year);
    let told: Vec<i32> = body
        .nums
        .clone()
        .filter(|other| *other < at && sink.claim(*other).segment == claim.segment)
        .filter_map(|other| match &sink.num(other).sort {
            Sort::Date(date) => date.year,
            _ => None,
        })
        .collect();
    let now = told.last().and_then(|year| place(*year));
    // 比上年增加21个，增长67.7%: the comparison holds for what follows.
    let mut base = claim.base.clone();
    if base.is_empty() && !claim.own && at > 0 && sink.claim(at - 1).sentence == claim.sentence {
        base.clone_from(&sink.claim(at - 1).base);
    }
    if ["上年", "去年", "同比"].iter().any(|word| base.contains(word) || claim.before.contains(word)) {
        let new = now.unwrap_or(last);
        return (new.checked_sub(1).map(|old| vec![(old, new)]).unwrap_or_default(), true);
    }
    if let [.., a, b] = told.as_slice()
        && let (Some(a), Some(b)) = (place(*a), place(*b))
        && a != b
    {
        return (vec![(a.min(b), a.max(b))], true);
    }
    let spoken = body.nums.clone().filter(|other| *other < at).find_map(|other| {
        let num = sink.num(other);
        let count: usize = (num.unit.dim == "year" && num.is_quantity())
            .then(|| num.value.to_integer().to_string().parse().ok())
            .flatten()?;
        let old = points[last].0 - i32::try_from(count).ok()?;
        place(old).map(|old| (old, last))
    });
    if let Some(pair) = spoken {
        return (vec![pair], true);
    }
    if let Some(new) = now.filter(|new| *new > 0 && told.len() == 1) {
        return (vec![(new - 1, new), (new, last), (0, new)], false);
    }
    let all = (0..=last).flat_map(|old| (old + 1..=last).map(move |new| (old, new))).take(40).collect();
    (all, false)
}

fn judge(sink: &mut Sink<'_>, at: usize, series: &Series) {
    let (pairs, sure) = years(sink, at, series);
    let made = |sink: &Sink<'_>, (old, new): (usize, usize)| -> Option<Span> {
        let (a, b) = (value(sink, series, series.points[old].1), value(sink, series, series.points[new].1));
        if sink.num(at).percent() {
            Some(b.over(&a)?.minus(&Span::point(Q::one())).times(&q(100)))
        } else {
            Some(b.minus(&a))
        }
    };
    let claim = sink.claim(at);
    let printed = if series.unit.is_some() || sink.num(at).unit.dim.is_empty() || !sink.num(at).is_quantity() {
        sink.num(at).span.clone()
    } else {
        sink.num(at).span.times(&(Q::one() / &sink.num(at).unit.factor))
    };
    let printed = if claim.sign < 0 { printed.times(&q(-1)) } else { printed };
    let yearly = claim.yearly;
    let span_years = |(old, new): (usize, usize)| series.points[new].0 - series.points[old].0;
    let fits = |sink: &Sink<'_>, pair: (usize, usize)| {
        if yearly {
            let (old, new) = (series.points[pair.0].1, series.points[pair.1].1);
            sink.num(at).percent() && changes::compounds(sink, old, new, at, span_years(pair))
        } else {
            made(sink, pair).is_some_and(|span| span.meets(&printed))
        }
    };
    if let Some(pair) = pairs.iter().copied().find(|pair| fits(sink, *pair)) {
        let cells = [series.points[pair.0].1, series.points[pair.1].1];
        sink.confirm(
            &[at],
            &format!("与表中“{}”的{}、{}相符", series.name, sink.shown(cells[0]), sink.shown(cells[1])),
        );
        return;
    }
    // Without words of the years, the first and the last of them.
    let Some(pair) = (if sure { pairs.first().copied() } else { Some((0, series.points.len() - 1)) }) else { return };
    let (old, new) = (series.points[pair.0].1, series.points[pair.1].1);
    if yearly {
        if sink.num(at).percent() && sure {
            changes::compound(sink, old, new, at, span_years(pair));
        }
        return;
    }
    let Some(real) = made(sink, pair).map(|span| span.middle()) else { return };
    let off = (real.abs() - printed.middle().abs()).abs();
    let likely = off.clone() * q(2) <= real.abs() || sink.num(at).percent() && off <= q(10);
    if !sure && !likely || off > real.abs() * q(20) {
        return;
    }
    let places = sink.num(at).places;
    let expected = if sink.num(at).percent() { percent(&real, places) } else { short(&real) };
    let reason = format!(
        "表中“{}”{}年为{}、{}年为{}，相应变动为{expected}，与{}不符",
        series.name,
        series.points[pair.0].0,
        sink.shown(old),
        series.points[pair.1].0,
        sink.shown(new),
        sink.shown(at)
    );
    let kind = if sink.num(at).percent() { Kind::Growth } else { Kind::Diff };
    let range = sink.phrase(at);
    let related = vec![sink.place(old), sink.place(new)];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K28", kind, Severity::Error, range, reason) });
}
