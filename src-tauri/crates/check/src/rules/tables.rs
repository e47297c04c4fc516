//! Tables: totals of rows and columns, columns of shares and growth, and what the prose says of a table.

use std::collections::BTreeMap;
use std::ops::Range;

use num_traits::{One, Signed, Zero};

use super::readings::{label, touches};
use super::{Sink, Verdict, exact, percent};
use crate::claims::Role;
use crate::draft::PartKind;
use crate::exact::{Q, Span, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// A table with its numbers in a grid.
pub(super) struct Grid {
    pub part: usize,
    pub head: Vec<String>,
    pub labels: Vec<String>,
    /// The words of the first cell of each row.
    pub keys: Vec<String>,
    /// Numbers by row and column; the header rows are left out.
    pub cells: Vec<Vec<Option<usize>>>,
    pub title: String,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    let mut grids = Vec::new();
    for part in 0..sink.reading.draft.parts.len() {
        let PartKind::Table { rows } = &sink.reading.draft.parts[part].kind else { continue };
        if let Some(grid) = grid(sink, part, rows) {
            column_totals(sink, &grid);
            row_totals(sink, &grid);
            share_columns(sink, &grid);
            growth_columns(sink, &grid);
            difference_columns(sink, &grid);
            rank_columns(sink, &grid);
            super::columns::run(sink, &grid);
            grids.push(grid);
        }
    }
    prose(sink, &grids);
    misprinted(sink, &grids);
    super::series::run(sink, &grids);
    super::misread::run(sink, &grids);
    super::bounds::run(sink, &grids);
    super::orders::run(sink);
    super::places::run(sink, &grids);
    super::directions::throughout(sink, &grids);
}

fn grid(sink: &Sink<'_>, part: usize, rows: &[Vec<Range<usize>>]) -> Option<Grid> {
    let nums = sink.reading.part_nums[part].clone();
    let number_in = |cell: &Range<usize>| {
        let mut inside = nums.clone().filter(|at| sink.num(*at).start >= cell.start && sink.num(*at).end <= cell.end);
        let at = inside.next()?;
        if inside.next().is_some() {
            return None;
        }
        let num = sink.num(at);
        let rest: String = sink.reading.norm(cell.start..num.start) + &sink.reading.norm(num.end..cell.end);
        let bare = rest.chars().all(|c| c.is_whitespace() || matches!(c, '*' | '+'));
        let value =
            matches!(num.sort, crate::scan::Sort::Quantity | crate::scan::Sort::Percent | crate::scan::Sort::Points);
        (bare && value).then_some(at)
    };
    let width = rows.iter().map(Vec::len).max()?;
    let text = |cell: &Range<usize>| sink.reading.norm(cell.clone()).trim().replace([' ', '*', '\n'], "");
    // A header row holds no number outside its first cell, or years only.
    let numbers = |row: &Vec<Range<usize>>| {
        row.iter().skip(1).filter(|cell| number_in(cell).is_some_and(|at| !year_like(sink, at))).count()
    };
    let heads = rows.iter().take_while(|row| numbers(row) == 0).count();
    if heads == 0 || heads >= rows.len() || heads > 3 {
        return None;
    }
    let mut head = vec![String::new(); width];
    for row in &rows[..heads] {
        let mut last = String::new();
        for (at, cell) in row.iter().enumerate() {
            let words = text(cell);
            // A title over several columns stands in the first of them only.
            if !words.is_empty() {
                last = words;
            }
            if heads > 1 || !text(cell).is_empty() {
                head[at].push_str(&last);
            }
        }
    }
    let body = &rows[heads..];
    let labels = body
        .iter()
        .map(|row| {
            row.iter()
                .map(&text)
                .find(|words| !words.is_empty() && !words.chars().all(|c| c.is_ascii_digit()))
                .unwrap_or_default()
        })
        .collect();
    let keys = body.iter().map(|row| row.first().map(&text).unwrap_or_default()).collect();
    let cells = body.iter().map(|row| (0..width).map(|at| row.get(at).and_then(number_in)).collect()).collect();
    let title = part
        .checked_sub(1)
        .map(|above| sink.reading.norm(sink.reading.draft.parts[above].range.clone()))
        .unwrap_or_default();
    Some(Grid { part, head, labels, keys, cells, title: title.chars().take(60).collect() })
}

fn year_like(sink: &Sink<'_>, at: usize) -> bool {
    let num = sink.num(at);
    num.places == 0 && num.unit.name.is_empty() && num.value >= q(1900) && num.value <= q(2100)
}

pub(super) fn is_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(
        label.as_str(),
        "合计"
            | "总计"
            | "全市合计"
            | "全市"
            | "全县"
            | "全省"
            | "共计"
            | "小计"
            | "全区"
            | "总体"
            | "全州"
            | "全国"
            | "全部"
    ) || label.ends_with("合计")
        || label.ends_with("总计")
}

/// 全年, 全线, 全区: the last row adds up, whatever all of it is called.
fn is_whole(label: &str) -> bool {
    is_total(label) || label.starts_with('全') && label.chars().count() == 2
}

/// Columns that are no amounts: shares, rates, ranks, years.
pub(super) fn additive(head: &str) -> bool {
    ![
        "%",
        "率",
        "占比",
        "比重",
        "增速",
        "增长",
        "增幅",
        "同比",
        "位次",
        "排名",
        "序号",
        "年份",
        "均",
        "指数",
        "比例",
        "‰",
        "倍",
        "单产",
        "密度",
        "得分",
        "价格",
        "比上年",
        "环比",
        "评分",
        "满意",
        "强度",
        "百分点",
        "±",
        "增减",
    ]
    .iter()
    .any(|word| head.contains(word))
}

fn rounded(sink: &Sink<'_>, at: usize) -> Span {
    // A whole number without decimals may be rounded only where the column has decimals elsewhere; else it is exact.
    sink.num(at).span.clone()
}

pub(super) fn column_span(sink: &Sink<'_>, column: &[usize]) -> u32 {
    column.iter().map(|at| sink.num(*at).places).max().unwrap_or(0)
}

/// The printed number as an interval: by its own decimals when the column has decimals at all, exact otherwise.
pub(super) fn cell_span(sink: &Sink<'_>, at: usize, places: u32, head: &str) -> Span {
    let num = sink.num(at);
    if !num.unit.dim.is_empty() || num.percent() {
        return rounded(sink, at);
    }
    let rounded_amount =
        places > 0 || ["万", "亿", "千", "吨", "公顷", "亩", "公里"].iter().any(|word| head.contains(word));
    if rounded_amount {
        let half = crate::exact::ten_to(-(num.places as i32)) / q(2);
        return Span::new(&num.value - &half, &num.value + &half);
    }
    num.span.clone()
}

fn column(grid: &Grid, at: usize) -> Vec<(usize, usize)> {
    grid.cells
        .iter()
        .enumerate()
        .filter_map(|(row, cells)| cells.get(at).copied().flatten().map(|num| (row, num)))
        .collect()
}

fn context(grid: &Grid, head: &str) -> String {
    format!("{}{}", grid.title, head)
}

fn column_totals(sink: &mut Sink<'_>, grid: &Grid) {
    for at in 1..grid.head.len() {
        let cells = column(grid, at);
        let totals: Vec<(usize, usize)> =
            cells.iter().copied().filter(|(row, _)| is_whole(&grid.labels[*row])).collect();
        let [(row, total)] = totals.as_slice() else { continue };
        let (row, total) = (*row, *total);
        // 其中：直流桩 is a part of the row above it.
        let inner = |row: usize| grid.labels[row].starts_with("其中") || grid.labels[row].starts_with('#');
        let parts: Vec<usize> =
            cells.iter().filter(|(other, _)| *other != row && !inner(*other)).map(|(_, num)| *num).collect();
        let named = (0..grid.labels.len()).filter(|other| *other != row && !inner(*other)).any(|other| {
            grid.labels[other].contains("其中")
                || grid.labels[other].ends_with("小计")
                // After one part of a row further parts may follow without the word.
                || other > 0 && inner(other - 1) && grid.keys[other].is_empty()
        });
        let first_or_last = row == 0 || row + 1 == grid.cells.len();
        if parts.len() < 2 || named || !first_or_last {
            continue;
        }
        let shares = cells.iter().all(|(_, num)| sink.num(*num).percent())
            || ["占比", "比重", "构成"].iter().any(|word| grid.head[at].contains(word));
        let head = grid.head[at].clone();
        if !shares
            && (!additive(&head)
                || cells.iter().any(|(_, num)| {
                    sink.num(*num).percent() || sink.num(*num).places > 0 && sink.num(*num).unit.dim.contains('/')
                }))
        {
            continue;
        }
        // Every row makes its own hundred.
        if shares && parts.iter().all(|part| sink.num(*part).value == sink.num(total).value) {
            continue;
        }
        if shares && ["率", "增", "降"].iter().any(|word| head.contains(word)) {
            continue;
        }
        // A gap in the column leaves the sum open.
        if cells.len() != grid.cells.len()
            || cells.iter().any(|(_, num)| !exact(sink.num(*num)) || sink.num(*num).garbled.is_some())
        {
            continue;
        }
        let all: Vec<usize> = cells.iter().map(|(_, num)| *num).collect();
        let places = column_span(sink, &all);
        let unit = context(grid, &head);
        let sum = parts
            .iter()
            .fold(Span::zero(), |sum, part| sum.plus(&cell_span(sink, *part, places.max(u32::from(shares)), &unit)));
        let printed = cell_span(sink, total, places.max(u32::from(shares)), &unit);
        if sum.meets(&printed) {
            sink.confirm(&all, &format!("“{head}”列各行合计为{}", sink.shown(total)));
            continue;
        }
        if shares && (sink.num(total).value.clone() - q(100)).abs() > q(1) {
            continue;
        }
        // A region's total is more than its listed places only when the list is a choice: then it is far larger.
        let off = sum.middle() - &sink.num(total).value;
        let gap = off.abs();
        let slipped = super::lists::mends(sink, total, &off)
            || parts.iter().any(|at| super::lists::mends(sink, *at, &-off.clone()));
        let nested = cells.len() != parts.len() + 1;
        if !slipped && (nested || gap.clone() * q(5) > sink.num(total).value.clone().abs()) {
            continue;
        }
        if !slipped && !grid.labels[row].contains('计') && gap * q(20) > sink.num(total).value.clone().abs() {
            continue;
        }
        let terms: Vec<String> = parts.iter().map(|part| sink.reading.printed(*part)).collect();
        let terms = if terms.len() > 8 {
            format!("{}+…+{}", terms[..3].join("+"), terms[terms.len() - 1])
        } else {
            terms.join("+")
        };
        let value = decimal(&sink.num(total).printed(&sum.middle()), places);
        let reason = format!("“{head}”列各行{terms}={value}，与“{}”{}不符", grid.labels[row], sink.shown(total));
        let range = sink.place(total);
        let related = parts.iter().map(|part| sink.place(*part)).collect();
        for part in &all {
            sink.accuse(*part);
        }
        sink.report(Verdict {
            rule: "K03",
            kind: Kind::Sum,
            severity: Severity::Error,
            range,
            expected: Some(value),
            reason,
            related,
            suggestion: None,
        });
    }
}

fn row_totals(sink: &mut Sink<'_>, grid: &Grid) {
    let totals: Vec<usize> = (1..grid.head.len()).filter(|at| is_total(&grid.head[*at])).collect();
    let [total] = totals.as_slice() else { return };
    let total = *total;
    let others: Vec<usize> =
        (1..grid.head.len()).filter(|at| *at != total && column(grid, *at).len() == grid.cells.len()).collect();
    if others.len() < 2
        || others.iter().any(|at| !additive(&grid.head[*at]) || grid.head[*at].contains("其中"))
        || !(total == 1 || total + 1 == grid.head.len())
    {
        return;
    }
    let rows: Vec<(usize, Vec<usize>, bool, Span)> = (0..grid.cells.len())
        .filter_map(|row| {
            let printed = grid.cells[row][total]?;
            let parts: Vec<usize> = others.iter().filter_map(|at| grid.cells[row][*at]).collect();
            let places = column_span(sink, &parts).max(sink.num(printed).places);
            let title = grid.title.clone();
            let sum = parts.iter().fold(Span::zero(), |sum, part| sum.plus(&cell_span(sink, *part, places, &title)));
            let fits = sum.meets(&cell_span(sink, printed, places, &title));
            Some((printed, parts, fits, sum))
        })
        .collect();
    // Only where most rows do add up is the total the sum of these columns.
    let right = rows.iter().filter(|(_, _, fits, _)| *fits).count();
    if right < 2 || right * 3 < rows.len() * 2 {
        return;
    }
    for (printed, parts, fits, sum) in rows {
        if fits {
            sink.confirm(&parts, "本行各列合计相符");
            sink.confirm(&[printed], "本行各列合计相符");
            continue;
        }
        let terms: Vec<String> = parts.iter().map(|part| sink.reading.printed(*part)).collect();
        let value = decimal(&sum.middle(), column_span(sink, &parts));
        let reason = format!("本行{}={value}，与合计{}不符", terms.join("+"), sink.shown(printed));
        let range = sink.place(printed);
        let related = parts.iter().map(|part| sink.place(*part)).collect();
        sink.accuse(printed);
        sink.report(Verdict {
            rule: "K03",
            kind: Kind::Sum,
            severity: Severity::Error,
            range,
            expected: Some(value),
            reason,
            related,
            suggestion: None,
        });
    }
}

fn share_columns(sink: &mut Sink<'_>, grid: &Grid) {
    for at in 1..grid.head.len() {
        let head = &grid.head[at];
        if !["占比", "比重", "构成", "占总"].iter().any(|word| head.contains(word))
            || ["提高", "上年", "增"].iter().any(|word| head.contains(word))
        {
            continue;
        }
        let shares = column(grid, at);
        // The column of counts it belongs to: the one for which most shares follow.
        let mut best: Option<(usize, usize, Span, Option<usize>)> = None;
        for other in 1..grid.head.len() {
            if other == at || !additive(&grid.head[other]) {
                continue;
            }
            let counts = column(grid, other);
            let body: Vec<usize> =
                counts.iter().filter(|(row, _)| !is_total(&grid.labels[*row])).map(|(_, num)| *num).collect();
            if body.len() < 2 {
                continue;
            }
            let printed = counts.iter().find(|(row, _)| is_total(&grid.labels[*row])).map(|(_, num)| *num);
            let sum = body.iter().fold(Span::zero(), |sum, num| sum.plus(&sink.num(*num).span));
            for (whole, total) in [(printed.map(|num| sink.num(num).span.clone()), printed), (Some(sum), None)] {
                let Some(whole) = whole else { continue };
                let hits = shares
                    .iter()
                    .filter(|(row, share)| {
                        grid.cells[*row][other].is_some_and(|count| follows(sink, count, *share, &whole))
                    })
                    .count();
                if best.as_ref().is_none_or(|(score, _, _, _)| hits > *score) {
                    best = Some((hits, other, whole, total));
                }
            }
        }
        let Some((hits, other, whole, total)) = best else { continue };
        if hits < 2 || hits * 2 <= shares.len() {
            continue;
        }
        for (row, share) in shares {
            let Some(count) = grid.cells[row][other] else { continue };
            if follows(sink, count, share, &whole) {
                sink.confirm(
                    &[count, share],
                    &format!("{}÷{}={}", sink.shown(count), super::short(&whole.middle()), sink.shown(share)),
                );
                continue;
            }
            let value = &sink.num(count).value * q(100) / whole.middle();
            let places = sink.num(share).places;
            let expected = format!("{}{}", decimal(&value, places), if sink.num(share).percent() { "%" } else { "" });
            let reason = format!(
                "{}÷{}={}，应为{expected}",
                sink.shown(count),
                super::short(&whole.middle()),
                percent(&value, places)
            );
            let range = sink.place(share);
            let mut related = vec![sink.place(count)];
            related.extend(total.map(|total| sink.place(total)));
            let suggestion = sink.replace(share, &value);
            sink.accuse(share);
            sink.report(Verdict {
                rule: "K01",
                kind: Kind::Share,
                severity: Severity::Error,
                range,
                expected: Some(expected),
                reason,
                related,
                suggestion,
            });
        }
    }
}

fn follows(sink: &Sink<'_>, count: usize, share: usize, whole: &Span) -> bool {
    let num = sink.num(share);
    let half = crate::exact::ten_to(-(num.places as i32)) / q(2);
    let printed = Span::point(num.value.clone()).wider(&half);
    sink.num(count).span.over(whole).is_some_and(|span| span.times(&q(100)).meets(&printed))
}

pub(super) fn number_of_year(head: &str) -> Option<i32> {
    let digits: String = head.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let year: i32 = digits.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

fn older(head: &str) -> bool {
    ["上年", "去年", "同期"].iter().any(|word| head.contains(word))
        && !["比上年", "比去年", "同比", "比同期", "较上年"].iter().any(|word| head.contains(word))
}

/// Two columns of values, one of the year before, and a column of growth.
fn growth_columns(sink: &mut Sink<'_>, grid: &Grid) {
    let rate = |head: &str| {
        ["增长", "增速", "增幅", "同比", "增减", "比上年", "±"].iter().any(|word| head.contains(word))
            && (head.contains('%') || head.contains('率') || head.contains("增速") || head.contains("增幅"))
    };
    // 同比 over cells such as 7.4%: the sign of percent stands in the cells.
    let percents = |at: usize| {
        let cells = column_nums(grid, at);
        let told = ["增长", "同比", "增减", "比上年", "变动"].iter().any(|word| grid.head[at].contains(word));
        told && cells.iter().filter(|num| sink.num(**num).percent()).count() * 2 > cells.len()
    };
    let rates: Vec<usize> = (1..grid.head.len()).filter(|at| rate(&grid.head[*at]) || percents(*at)).collect();
    let amounts: Vec<usize> = (1..grid.head.len())
        .filter(|at| !rates.contains(at) && additive(&grid.head[*at]) && column(grid, *at).len() >= 2)
        .collect();
    let [rate] = rates.as_slice() else { return };
    let pair = amounts.iter().flat_map(|old| amounts.iter().map(move |new| (*old, *new))).find(|(old, new)| {
        let years = (number_of_year(&grid.head[*old]), number_of_year(&grid.head[*new]));
        old != new
            && (matches!(years, (Some(a), Some(b)) if b == a + 1)
                || older(&grid.head[*old]) && !older(&grid.head[*new]))
    });
    let Some((old, new)) = pair else { return };
    if amounts.len() > 3 {
        return;
    }
    let rows: Vec<(usize, usize, usize)> = grid
        .cells
        .iter()
        .filter_map(|cells| Some((cells[old]?, cells[new]?, cells[*rate]?)))
        .filter(|(a, b, c)| exact(sink.num(*a)) && exact(sink.num(*b)) && exact(sink.num(*c)))
        .filter(|(_, _, c)| sink.num(*c).sort != Sort::Points)
        .collect();
    let title = grid.title.clone();
    let real = |sink: &Sink<'_>, a: usize, b: usize| {
        let span = |at: usize, column: usize| {
            let places = column_span(sink, &column_nums(grid, column));
            cell_span(sink, at, places, &format!("{}{}", grid.head[column], title))
        };
        span(b, new)
            .over(&span(a, old))
            .map(|quotient| Span { lo: (&quotient.lo - Q::one()) * q(100), hi: (&quotient.hi - Q::one()) * q(100) })
    };
    let printed = |sink: &Sink<'_>, at: usize| {
        let num = sink.num(at);
        Span::point(num.value.clone()).wider(&(crate::exact::ten_to(-(num.places as i32)) / q(2)))
    };
    let fits: Vec<bool> =
        rows.iter().map(|(a, b, c)| real(sink, *a, *b).is_some_and(|span| span.meets(&printed(sink, *c)))).collect();
    let right = fits.iter().filter(|fit| **fit).count();
    // Growth at comparable prices follows in no row; a slip is one row among many that do.
    let sound = right >= 2 && right * 2 > rows.len();
    if right == 0 {
        return;
    }
    for ((a, b, c), fit) in rows.into_iter().zip(fits) {
        // The same rate with the other sign is a slip even where few rows vouch for the column.
        let turned = real(sink, a, b).is_some_and(|span| span.meets(&printed(sink, c).times(&q(-1))));
        if !sound && !fit && !turned {
            continue;
        }
        if fit {
            sink.confirm(
                &[a, b, c],
                &format!("（{}-{}）÷{}={}", sink.shown(b), sink.shown(a), sink.shown(a), sink.shown(c)),
            );
            continue;
        }
        let Some(span) = real(sink, a, b) else { continue };
        let value = span.middle();
        let places = sink.num(c).places;
        let expected = format!("{}{}", decimal(&value, places), if sink.num(c).percent() { "%" } else { "" });
        let kind = if span.meets(&printed(sink, c).times(&q(-1))) { Kind::Sign } else { Kind::Growth };
        let reason = format!(
            "（{}-{}）÷{}={}，应为{expected}",
            sink.shown(b),
            sink.shown(a),
            sink.shown(a),
            percent(&value, places)
        );
        let range = sink.place(c);
        let related = vec![sink.place(a), sink.place(b)];
        sink.accuse(c);
        sink.report(Verdict {
            rule: "K07",
            kind,
            severity: Severity::Error,
            range,
            expected: Some(expected),
            reason,
            related,
            suggestion: None,
        });
    }
}

fn column_nums(grid: &Grid, at: usize) -> Vec<usize> {
    column(grid, at).into_iter().map(|(_, num)| num).collect()
}

/// A column of plain differences: 增减, 增加.
fn difference_columns(sink: &mut Sink<'_>, grid: &Grid) {
    let changes: Vec<usize> = (1..grid.head.len())
        .filter(|at| {
            ["增减", "增加", "变化", "增量", "净增", "提高", "变动"].iter().any(|word| grid.head[*at].contains(word))
                && !["%", "率", "增速", "增幅"]
                    .iter()
                    .any(|word| grid.head[*at].contains(word) && !grid.head[*at].contains("百分点"))
        })
        .collect();
    let [change] = changes.as_slice() else { return };
    let others: Vec<usize> = (1..grid.head.len()).filter(|at| at != change && column(grid, *at).len() >= 2).collect();
    let pair = others.iter().flat_map(|old| others.iter().map(move |new| (*old, *new))).find(|(old, new)| {
        let years = (number_of_year(&grid.head[*old]), number_of_year(&grid.head[*new]));
        old != new
            && (matches!(years, (Some(a), Some(b)) if b > a) || older(&grid.head[*old]) && !older(&grid.head[*new]))
    });
    let Some((old, new)) = pair else { return };
    if others.len() > 3 {
        return;
    }
    let rows: Vec<(usize, usize, usize)> =
        grid.cells.iter().filter_map(|cells| Some((cells[old]?, cells[new]?, cells[*change]?))).collect();
    let fits = |sink: &Sink<'_>, (a, b, c): &(usize, usize, usize)| {
        let places = [*a, *b, *c].iter().map(|at| sink.num(*at).places).max().unwrap_or(0);
        let span = |at: usize| {
            if places > 0 {
                Span::point(sink.num(at).value.clone())
                    .wider(&(crate::exact::ten_to(-(sink.num(at).places as i32)) / q(2)))
            } else {
                Span::point(sink.num(at).value.clone())
            }
        };
        span(*b).minus(&span(*a)).meets(&span(*c))
    };
    let right = rows.iter().filter(|row| fits(sink, row)).count();
    if right < 2 || right * 2 <= rows.len() {
        return;
    }
    for row in rows {
        let (a, b, c) = row;
        if fits(sink, &row) {
            sink.confirm(&[a, b, c], &format!("{}-{}={}", sink.shown(b), sink.shown(a), sink.shown(c)));
            continue;
        }
        let value = &sink.num(b).value - &sink.num(a).value;
        let expected = decimal(&value, sink.num(c).places);
        let kind = if (&value + &sink.num(c).value).is_zero() { Kind::Sign } else { Kind::Diff };
        let reason = format!("{}-{}={expected}，与{}不符", sink.shown(b), sink.shown(a), sink.shown(c));
        let range = sink.place(c);
        let related = vec![sink.place(a), sink.place(b)];
        sink.accuse(c);
        sink.report(Verdict {
            rule: "K07",
            kind,
            severity: Severity::Error,
            range,
            expected: Some(expected),
            reason,
            related,
            suggestion: None,
        });
    }
}

/// A column of ranks against the column of scores, or the one that all ranks but one follow.
fn rank_columns(sink: &mut Sink<'_>, grid: &Grid) {
    let ranks: Vec<usize> = (0..grid.head.len())
        .filter(|at| ["排名", "位次", "名次", "序位"].iter().any(|word| grid.head[*at].contains(word)))
        .collect();
    let [rank] = ranks.as_slice() else { return };
    let scores: Vec<usize> = (1..grid.head.len())
        .filter(|at| {
            at != rank && ["得分", "总分", "综合分", "评分", "指数"].iter().any(|word| grid.head[*at].contains(word))
        })
        .collect();
    let score = match scores.as_slice() {
        [one] => *one,
        _ if grid.head.len() == 3 => {
            let Some(other) = (1..3).find(|at| at != rank) else { return };
            other
        }
        // The column that all ranks but one follow, when no other column explains them.
        _ => {
            let breaks = |column: usize| -> Option<usize> {
                let mut rows: Vec<(&Q, &Q)> = grid
                    .cells
                    .iter()
                    .map(|cells| Some((&sink.num(cells[*rank]?).value, &sink.num(cells[column]?).value)))
                    .collect::<Option<_>>()?;
                rows.sort();
                let falls = rows.windows(2).filter(|pair| pair[0].1 < pair[1].1).count();
                let rises = rows.windows(2).filter(|pair| pair[0].1 > pair[1].1).count();
                (rows.len() >= 5).then_some(falls.min(rises))
            };
            let columns: Vec<(usize, usize)> = (0..grid.head.len())
                .filter(|at| at != rank)
                .filter_map(|at| breaks(at).map(|breaks| (at, breaks)))
                .collect();
            if columns.iter().any(|(_, breaks)| *breaks == 0) {
                return;
            }
            let near: Vec<usize> = columns.iter().filter(|(_, breaks)| *breaks == 1).map(|(at, _)| *at).collect();
            let [one] = near.as_slice() else { return };
            *one
        }
    };
    let mut rows: Vec<(usize, usize)> =
        grid.cells.iter().filter_map(|cells| Some((cells[*rank]?, cells[score]?))).collect();
    if rows.len() < 3 {
        return;
    }
    rows.sort_by(|a, b| sink.num(a.0).value.cmp(&sink.num(b.0).value));
    let falls = rows.windows(2).filter(|pair| sink.num(pair[0].1).value >= sink.num(pair[1].1).value).count();
    let rises = rows.windows(2).filter(|pair| sink.num(pair[0].1).value <= sink.num(pair[1].1).value).count();
    let steps = rows.len() - 1;
    let falling = falls >= rises;
    if falls.max(rises) == steps {
        let all: Vec<usize> = rows.iter().flat_map(|(a, b)| [*a, *b]).collect();
        sink.confirm(&all, "位次与数值的次序相符");
        return;
    }
    if falls.max(rises) * 3 < steps * 2 {
        return;
    }
    let Some(pair) = rows
        .windows(2)
        .find(|pair| {
            if falling {
                sink.num(pair[0].1).value < sink.num(pair[1].1).value
            } else {
                sink.num(pair[0].1).value > sink.num(pair[1].1).value
            }
        })
        .map(<[(usize, usize)]>::to_vec)
    else {
        return;
    };
    let (first, second) = (pair[0], pair[1]);
    let reason = format!(
        "名次{}的数值为{}，名次{}的为{}，次序颠倒",
        sink.shown(first.0),
        sink.shown(first.1),
        sink.shown(second.0),
        sink.shown(second.1)
    );
    let range = sink.place(first.0);
    let related = [first.1, second.0, second.1].into_iter().map(|at| sink.place(at)).collect();
    sink.accuse(first.0);
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
}

/// The factor of the unit that a head gives in brackets: 面积（万平方米）.
pub(super) fn head_factor(head: &str) -> Option<(String, Q)> {
    let inside: Vec<char> = head.split('（').nth(1)?.trim_end_matches('）').chars().collect();
    let (length, unit) = crate::units::read(&inside)?;
    (length == inside.len()).then_some((unit.dim, unit.factor))
}

/// K28: the prose gives a row of a table another value.
fn prose(sink: &mut Sink<'_>, grids: &[Grid]) {
    for at in 0..sink.reading.nums.len() {
        let claim = sink.claim(at);
        if !sink.reading.is_prose(claim.part)
            || !exact(sink.num(at))
            || sink.num(at).spoken
            || claim.prior
            || claim.future
            || sink.num(at).garbled.is_some()
        {
            continue;
        }
        let level = sink.is_level(at) && claim.role == Role::Level;
        let named = claim.role == Role::Level && ["占比", "比重"].iter().any(|word| claim.noun.contains(word));
        let share = sink.num(at).percent()
            && (matches!(claim.role, Role::Share(_)) || named)
            && !claim.before.starts_with('的');
        let grown = sink.num(at).percent() && claim.role == Role::Growth;
        if !level && !share && !grown {
            continue;
        }
        for grid in grids {
            let far = grid.part.abs_diff(claim.part) > 3;
            let cited = cites(sink, claim.part, grid);
            if far && !cited {
                continue;
            }
            if let Some((row, column)) = matching(sink, grid, at, level, share)
                && let Some(cell) = grid.cells[row][column]
            {
                compare(sink, grid, at, cell, row, column);
            }
        }
    }
}

/// The digits of a number, and the same in order, so that those that a swap makes of one another meet.
fn digits(sink: &Sink<'_>, at: usize) -> (String, String) {
    let digits: String = sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0').to_owned();
    let mut sorted: Vec<char> = digits.chars().collect();
    sorted.sort_unstable();
    (digits, sorted.into_iter().collect())
}

/// 举办展览31391个 beside a table that has 31931: a cell told with two digits swapped, when its row or its column is called as
/// the number is.
fn misprinted(sink: &mut Sink<'_>, grids: &[Grid]) {
    let mut cells: BTreeMap<String, Vec<(usize, usize, usize, usize)>> = BTreeMap::new();
    for (table, grid) in grids.iter().enumerate() {
        for (row, line) in grid.cells.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let Some(cell) = *cell else { continue };
                let (told, sorted) = digits(sink, cell);
                if told.len() >= 4 {
                    cells.entry(sorted).or_default().push((table, row, column, cell));
                }
            }
        }
    }
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let open = sink.reading.is_prose(claim.part)
            && num.is_level()
            && exact(num)
            && !num.spoken
            && num.garbled.is_none()
            && sink.confirmed[at].is_none()
            && !sink.accused[at]
            && matches!(claim.role, Role::Level | Role::To);
        if !open || cells.is_empty() {
            continue;
        }
        let (told, sorted) = digits(sink, at);
        let Some(alike) = cells.get(&sorted) else { continue };
        if alike.iter().any(|(.., cell)| digits(sink, *cell).0 == told) {
            continue;
        }
        let words = format!("{}{}{}", label(sink, at), claim.noun, claim.thing);
        let swapped = |cell: usize| {
            let right = digits(sink, cell).0;
            let off: Vec<usize> =
                right.bytes().zip(told.bytes()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
            matches!(off.as_slice(), [a, b] if b - a <= 2)
        };
        let mut found = alike.iter().copied().filter(|(table, row, column, cell)| {
            let grid = &grids[*table];
            let named = touches(&words, &grid.labels[*row]) || touches(&words, &grid.head[*column]);
            grid.part.abs_diff(claim.part) <= 8 && swapped(*cell) && named
        });
        let (Some((table, row, column, cell)), None) = (found.next(), found.next()) else { continue };
        let expected = Some(sink.shown(cell));
        differs(sink, &grids[table], at, (row, column, cell), expected);
    }
}

/// Tells that a number of the prose is not the one of its cell, and what it should read.
pub(super) fn differs(
    sink: &mut Sink<'_>,
    grid: &Grid,
    at: usize,
    (row, column, cell): (usize, usize, usize),
    expected: Option<String>,
) {
    let reason = format!(
        "正文为{}，表中“{}”行“{}”列为{}",
        sink.shown(at),
        grid.labels[row],
        grid.head[column],
        sink.shown(cell)
    );
    let range = sink.phrase(at);
    let related = vec![sink.place(cell)];
    sink.accuse(at);
    sink.report(Verdict {
        expected,
        related,
        ..Verdict::new("K28", Kind::TableVsProse, Severity::Error, range, reason)
    });
}

/// Whether a paragraph names the table: 见表1, 表1显示.
pub(super) fn cites(sink: &Sink<'_>, part: usize, grid: &Grid) -> bool {
    let title: String = grid
        .title
        .chars()
        .take_while(|c| {
            *c == '表' || c.is_ascii_digit() || matches!(c, '-' | ' ' | '—') || "一二三四五六七八九十".contains(*c)
        })
        .filter(|c| *c != ' ')
        .collect();
    title.chars().count() >= 2
        && sink.reading.norm(sink.reading.draft.parts[part].range.clone()).replace(' ', "").contains(&title)
}

pub(super) fn bare(label: &str) -> String {
    label.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '其' | '中' | '：' | '#')).collect()
}

/// The one row whose label the claim names and the one column of its kind.
fn matching(sink: &Sink<'_>, grid: &Grid, at: usize, level: bool, share: bool) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    // The subject of a share or a rate is that of the count before it.
    let words = if claim.own && !claim.noun.starts_with('占') {
        format!("{}{}", claim.before, claim.noun)
    } else {
        claim.noun.clone()
    };
    // 第一产业增加值占地区生产总值的比重: what follows 占 is the whole, no subject.
    let words = if share { words.split('占').next().unwrap_or("").to_owned() } else { words };
    if let Role::Share(whole) = &claim.role {
        let whole = super::readings::core(whole);
        let whole = ["全市", "全县", "全区", "全省", "全国"].iter().fold(whole, |whole, word| whole.replace(word, ""));
        if share && whole.chars().count() >= 2 && !grid.title.contains(&whole) {
            return None;
        }
    }
    let rows: Vec<usize> = grid
        .labels
        .iter()
        .enumerate()
        .filter(|(_, label)| {
            let label = bare(label);
            label.chars().count() >= 2 && !is_total(&label) && leads(&words, &label)
        })
        .map(|(row, _)| row)
        .collect();
    // 新材料 lies in 新材料制造: the longest label decides.
    let longest = rows.iter().map(|row| grid.labels[*row].chars().count()).max()?;
    let rows: Vec<usize> = rows.into_iter().filter(|row| grid.labels[*row].chars().count() == longest).collect();
    let [row] = rows.as_slice() else { return None };
    let label = bare(&grid.labels[*row]);
    // 浙江、福建两省60人: what several have together is the cell of none.
    let together = ["两", "三", "四", "五", "六", "各"].iter().any(|count| {
        ["省", "市", "区", "县", "地", "项", "类", "者"].iter().any(|kind| words.contains(&format!("{count}{kind}")))
    });
    if together && words.contains('、') || of_another_whole(sink, grid, at, &label) {
        return None;
    }
    // Beyond the label, only words of the column may stand in the noun.
    let columns: Vec<usize> = (1..grid.head.len())
        .filter(|column| {
            let head = &grid.head[*column];
            let Some(cell) = grid.cells[*row][*column] else { return false };
            let shares = ["占比", "比重", "构成"].iter().any(|word| head.contains(word));
            let rates = ["增长", "增速", "增幅", "同比", "比上年"].iter().any(|word| head.contains(word));
            if share {
                shares
            } else if level {
                !shares && !rates && additive(head) && unit_fits(sink, at, cell, head, &grid.title)
            } else {
                rates && !shares && head.contains('%') || rates && head.contains("增速")
            }
        })
        .collect();
    // 行业云端应用 is not the row 云端应用: words before the label narrow it.
    let prefix = crate::claims::noun_of(words.split(&label).next().unwrap_or(""));
    if !prefix.is_empty() && !grid.title.contains(&prefix) && prefix.chars().count() >= 2 && claim.own {
        return None;
    }
    // A share of another whole than the table's.
    if let Role::Share(whole) = &claim.role
        && !whole.is_empty()
        && !["全部", "总数", "总量", "总额", "总收入", "合计", "规上", "各"].iter().any(|word| whole.contains(word))
        && !grid.title.contains(whole.as_str())
        && !grid.head.iter().any(|head| head.contains(whole.as_str()))
    {
        return None;
    }
    let rest = words.replace(&label, "");
    let columns: Vec<usize> = if columns.len() > 1 {
        let by_year: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| {
                number_of_year(&grid.head[*column]).is_some() && number_of_year(&grid.head[*column]) == claim.year
            })
            .collect();
        let by_name: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| {
                let name: String = grid.head[*column]
                    .chars()
                    .take_while(|c| *c != '（')
                    .filter(|c| !c.is_ascii_digit() && *c != '年')
                    .collect();
                name.chars().count() >= 2 && rest.contains(&name)
            })
            .collect();
        if by_name.len() == 1 {
            by_name
        } else if by_year.len() == 1 && columns.iter().all(|column| number_of_year(&grid.head[*column]).is_some()) {
            by_year
        } else {
            return None;
        }
    } else {
        columns
    };
    let [column] = columns.as_slice() else { return None };
    // 蔬菜面积增长0.6% is not in a table of 产量: the measure that the noun ends with stands in the table too.
    const MEASURES: [&str; 9] = ["面积", "产值", "产量", "收入", "支出", "人数", "投资", "利润", "销售额"];
    let level_before = (at.saturating_sub(2)..at).rev().find(|other| sink.is_level(*other));
    let noun = format!("{}{}", claim.noun, level_before.map_or("", |level| sink.claim(level).noun.as_str()));
    let measure = MEASURES.iter().find(|measure| noun.ends_with(**measure) || claim.noun.ends_with(**measure));
    let there = |measure: &str| grid.title.contains(measure) || grid.head.iter().any(|head| head.contains(measure));
    let other = MEASURES.iter().any(|measure| there(measure));
    if !level && !share && other && measure.is_some_and(|measure| !there(measure)) {
        return None;
    }
    if let (Some(year), Some(told)) =
        (number_of_year(&grid.head[*column]).or_else(|| number_of_year(&grid.title)), claim.year)
        && year != told
    {
        return None;
    }
    let head: String = grid.head[*column].chars().take_while(|c| *c != '（').collect();
    if (level || share) && !named_by(&rest, &head, &grid.title) {
        return None;
    }
    Some((*row, *column))
}

/// 台风“玛莉亚”造成损失15.76亿元，其中江苏0.02亿元: a part of what the sentence tells of, which the table does not have as a total.
fn of_another_whole(sink: &Sink<'_>, grid: &Grid, at: usize, label: &str) -> bool {
    if !sink.is_level(at) {
        return false;
    }
    let claim = sink.claim(at);
    let body = sink.reading.sentences[claim.sentence].nums.clone();
    let alike = |other: &usize| {
        sink.is_level(*other)
            && sink.num(*other).unit.dim == sink.num(at).unit.dim
            && sink.claim(*other).segment == claim.segment
    };
    let before: Vec<usize> = (body.start..at).filter(alike).collect();
    let opened = |from: usize, to: usize| sink.reading.norm(sink.num(from).end..sink.num(to).start).contains("其中");
    let all: Vec<usize> = before.iter().copied().chain([at]).collect();
    let Some(whole) = all.windows(2).rev().find(|pair| opened(pair[0], pair[1])).map(|pair| pair[0]) else {
        return false;
    };
    // 江州、滨海、云岭三个机场合计36.05万架次，其中云岭3.26万架次: a row that the whole is the sum of.
    let start = sink.reading.sentences[claim.sentence].range.start;
    let words = sink.reading.norm(start..sink.num(whole).start);
    if words.contains('、') && words.contains(label) {
        return false;
    }
    let digits = sink.reading.printed(whole);
    let cells = grid.cells.iter().flatten().flatten();
    !cells.into_iter().any(|cell| sink.reading.printed(*cell) == digits)
}

/// Whether a label stands in words with nothing before it that makes it a part: 行业云端应用 is not 云端应用.
fn leads(words: &str, label: &str) -> bool {
    words.match_indices(label).any(|(at, _)| {
        let head = words[..at]
            .trim_end_matches(|c: char| "“《其中的，、：（为从在按类看和及与级市县区省国年月上下半前全".contains(c));
        let last = head.chars().last();
        last.is_none_or(|c| c == crate::claims::DATE || c.is_ascii())
            || head.ends_with("实现")
            || head.ends_with("完成")
    })
}

/// What is left of the noun beside the row's label must be the column's or table's own words, or fillers.
fn named_by(rest: &str, head: &str, title: &str) -> bool {
    let noun = crate::claims::noun_of(rest);
    let noun = noun.trim_matches(['的', '类', '企', '业']).to_owned();
    if noun.is_empty() {
        return true;
    }
    if ["新增", "累计", "净增", "人均", "户均", "其中", "平均", "每", "新设", "日均", "月均", "注销", "当月", "新开"]
        .iter()
        .any(|word| noun.contains(word) && !head.contains(word))
    {
        return false;
    }
    if head.chars().count() >= 2 && noun.ends_with(head) {
        return true;
    }
    noun.chars().filter(|c| head.contains(*c) || title.contains(*c)).count() * 4 >= noun.chars().count() * 3
}

fn unit_fits(sink: &Sink<'_>, at: usize, cell: usize, head: &str, title: &str) -> bool {
    let unit = &sink.num(at).unit;
    if !sink.num(cell).unit.dim.is_empty() {
        return sink.num(cell).unit.dim == unit.dim;
    }
    if let Some((dim, _)) = head_factor(head) {
        return dim == unit.dim;
    }
    head.contains(&unit.name)
        || title.contains(&unit.name) && !head.contains('（')
        || unit.is_counter() && !unit.scaled && !head.contains('（') && sink.num(cell).places == 0
}

fn compare(sink: &mut Sink<'_>, grid: &Grid, at: usize, cell: usize, row: usize, column: usize) {
    let (told, kept) = (sink.num(at), sink.num(cell));
    let value = told.printed(&told.value);
    let scaled = head_factor(&grid.head[column])
        .filter(|(dim, _)| kept.unit.dim.is_empty() && *dim == told.unit.dim)
        .map(|(_, factor)| &kept.value * factor);
    let kept_value = match &scaled {
        Some(amount) => told.printed(amount),
        None if kept.unit.dim.is_empty() => kept.value.clone(),
        None => kept.printed(&kept.value),
    };
    let fallen = sink.claim(at).role == Role::Growth && sink.claim(at).sign < 0;
    let value = if fallen { -value } else { value };
    let half = |places: u32| crate::exact::ten_to(-(places as i32)) / q(2);
    let rescaled =
        scaled.is_some() && head_factor(&grid.head[column]).is_some_and(|(_, factor)| factor != told.unit.factor);
    let loose = told.places != kept.places || rescaled;
    let slack = if rescaled {
        half(told.places)
    } else if loose {
        half(told.places.min(kept.places))
    } else {
        Q::zero()
    };
    let note = format!(
        "与{}“{}”行“{}”列一致",
        if grid.title.starts_with('表') { "" } else { "表中" },
        grid.labels[row],
        grid.head[column]
    );
    if (&value - &kept_value).abs() <= slack {
        sink.confirm(&[at, cell], &note);
        return;
    }
    if kept.unit.name != told.unit.name && !kept.unit.name.is_empty() {
        return;
    }
    let expected = Some(sink.shown(cell));
    differs(sink, grid, at, (row, column, cell), expected);
}
