//! Checks that look at more than one cell: totals, outliers of unit, spellings of regions.

use super::columns::Builder;
use super::{Letters, Target, additive};
use crate::dataset::Origin;
use crate::issue::{Issue, IssueCode, Severity};
use crate::lexicon::{Bound, lexicon};
use crate::schema::{DatasetSchema, Field, FieldKind, Role};
use crate::table::{CELL_SEPARATOR, TableInfo, TotalRow, column_letters};
use crate::value::{self, Decimal};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};

/// Gathers what 小计 and 合计 rows of a table state beside the sums of its records, in the file's own units.
pub(super) struct Totals {
    pending: std::collections::VecDeque<TotalRow>,
    /// Totals above all records.
    early: Vec<TotalRow>,
    columns: Vec<TotalColumn>,
    /// First row of the part that the next total may close.
    part: u32,
    rows: u32,
    place: Origin,
    stated: Vec<Stated>,
}

struct TotalColumn {
    index: usize,
    field: usize,
    power: i32,
    /// Unit of the file's figures; one cell may state another.
    unit: Option<String>,
    /// Over each record once, and over all rows, of which several may tell one record.
    records: Sums,
    rows: Sums,
}

/// Since the last subtotal, and over all; `None` after an overflow.
#[derive(Debug, Clone, Copy)]
struct Sums {
    part: Option<Decimal>,
    all: Option<Decimal>,
}

impl Sums {
    const ZERO: Sums = Sums { part: Some(Decimal::ZERO), all: Some(Decimal::ZERO) };

    fn add(&mut self, n: Decimal) {
        self.part = self.part.and_then(|p| p.plus(n));
        self.all = self.all.and_then(|p| p.plus(n));
    }
}

/// What a total says of a column, and what the rows above it come to.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    place: Origin,
    column: usize,
    pub field: usize,
    raw: String,
    value: Decimal,
    subtotal: bool,
    /// From the field's unit to the file's.
    power: i32,
    records: Sums,
    rows: Sums,
    /// Rows of the part and of the whole that the total speaks of.
    part: u32,
    until: u32,
}

/// A corrected figure: where it stands and how much it has grown, in the field's unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grown {
    pub origin: Origin,
    pub by: Decimal,
}

impl Stated {
    /// The doubt about this total after corrections of its column, unless some reading of it agrees with its parts.
    pub fn doubt(&self, field: &Field, sources: &[(String, String)], grown: &[Grown]) -> Option<Issue> {
        let (mut once, mut every) = (self.records, self.rows);
        let mut corrected = false;
        for g in grown.iter().filter(|g| g.origin.table == self.place.table && g.origin.row < self.until) {
            let by = g.by.shifted(self.power)?;
            corrected = true;
            for sums in [&mut once, &mut every] {
                sums.all = sums.all.and_then(|all| all.plus(by));
                if g.origin.row >= self.part {
                    sums.part = sums.part.and_then(|part| part.plus(by));
                }
            }
        }
        // A total shown with fewer places than its parts may be rounded.
        let agrees = |sum: Option<Decimal>| {
            sum.is_none_or(|sum| {
                let Some(difference) = sum.minus(self.value) else { return true };
                let half = Decimal { mantissa: 5, scale: self.value.scale + 1 };
                let size = Decimal { mantissa: difference.mantissa.abs(), scale: difference.scale };
                size.compare(half).is_le() && (sum.scale > self.value.scale || size.mantissa == 0)
            })
        };
        if [once.part, once.all, every.part, every.all].into_iter().any(agrees) {
            return None;
        }
        let sum = if self.subtotal { once.part } else { once.all }.unwrap_or(Decimal::ZERO);
        let gap = self.value.minus(sum).map(Decimal::text).unwrap_or_default();
        let message = format!(
            "{}：表中{}为 {}，{}逐行相加为 {}，相差 {gap}；以逐行相加为准",
            field.title,
            if self.subtotal { "小计" } else { "合计" },
            self.value.text(),
            if corrected { "明细更正后" } else { "" },
            sum.text()
        );
        let advice = match corrected {
            true => "合计数仍是更正前的，请一并核对",
            false => "核对明细是否遗漏，或更正合计数",
        };
        let column = Some(column_letters(self.column as u32));
        Some(Issue {
            raw: self.raw.clone(),
            suggestion: Some(advice.to_owned()),
            ..at(sources, self.place, column, field, IssueCode::TotalMismatch, message)
        })
    }
}

impl Totals {
    /// `place` is any place in the table.
    pub fn new(info: &TableInfo, targets: &[Target], schema: &DatasetSchema, place: Origin) -> Totals {
        let columns = if info.totals.is_empty() {
            Vec::new()
        } else {
            targets
                .iter()
                .enumerate()
                .filter_map(|(index, t)| match t {
                    Target::Field { field, power, unit } if additive(&schema.fields[*field]) => Some(TotalColumn {
                        index,
                        field: *field,
                        power: -power,
                        unit: unit.clone().or_else(|| schema.fields[*field].unit.clone()),
                        records: Sums::ZERO,
                        rows: Sums::ZERO,
                    }),
                    _ => None,
                })
                .collect()
        };
        let pending = info.totals.iter().cloned().collect();
        Totals { pending, early: Vec::new(), columns, part: 0, rows: 0, place, stated: Vec::new() }
    }

    /// Takes a row; `again` when it tells a record that a row before has told.
    pub fn row(&mut self, number: u32, text: &str, again: bool) {
        if self.columns.is_empty() {
            return;
        }
        while self.pending.front().is_some_and(|t| t.row < number) {
            let total = self.pending.pop_front().expect("just seen");
            self.settle(total);
        }
        self.rows += 1;
        let cells: Vec<&str> = text.split(CELL_SEPARATOR).collect();
        for column in &mut self.columns {
            let unit = column.unit.as_deref();
            if let Some(n) = cells.get(column.index).and_then(|c| value::number(c))
                && let Ok(n) = value::in_unit(&n, unit, unit)
            {
                column.rows.add(n);
                if !again {
                    column.records.add(n);
                }
            }
        }
    }

    /// What all totals of the table state.
    pub fn end(mut self) -> Vec<Stated> {
        while let Some(total) = self.pending.pop_front() {
            self.settle(total);
        }
        for total in std::mem::take(&mut self.early) {
            self.rows += 1;
            for column in &mut self.columns {
                column.rows.part = column.rows.all;
                column.records.part = column.records.all;
            }
            self.state(&total, u32::MAX);
        }
        self.stated
    }

    fn settle(&mut self, total: TotalRow) {
        if self.rows == 0 {
            self.early.push(total);
            return;
        }
        if lexicon().rows.average.iter().any(|w| total.cells.contains(w.as_str())) {
            return;
        }
        self.state(&total, total.row);
        self.part = total.row;
        for column in &mut self.columns {
            column.rows.part = Some(Decimal::ZERO);
            column.records.part = Some(Decimal::ZERO);
        }
    }

    fn state(&mut self, total: &TotalRow, until: u32) {
        let words = &lexicon().rows;
        let bare = total.cells.replace([' ', '\u{3000}'], "");
        let subtotal = words.subtotal.iter().any(|w| bare.contains(w.as_str()));
        let cells: Vec<&str> = total.cells.split(CELL_SEPARATOR).collect();
        for column in &self.columns {
            let raw = cells.get(column.index).copied().unwrap_or("");
            let Some(stated) = value::number(raw) else { continue };
            if value::presence(raw) != value::Presence::Value {
                continue;
            }
            self.stated.push(Stated {
                place: Origin { row: total.row, ..self.place },
                column: column.index,
                field: column.field,
                raw: raw.to_owned(),
                value: stated.value,
                subtotal,
                power: column.power,
                records: column.records,
                rows: column.rows,
                part: if until == u32::MAX { 0 } else { self.part },
                until,
            });
        }
    }
}

/// A value so far above its column that it was probably given in a smaller unit.
const FAR: f64 = 3_000.0;
/// A value so far above its column that figures may have been typed too many, unless the column spreads as widely.
const ODD: f64 = 50.0;
/// How many robust deviations (1.4826 × median absolute deviation of the logarithms) a lone figure lies off.
const DEVIATIONS: f64 = 6.0;
/// In a column of this many, a figure below zero is told of when it is one of fifty at most.
const MANY: usize = 20;
/// How far apart the same record's figures of two years may ordinarily lie.
const STEADY: f64 = 3.0;

/// Figures of the columns as binary floats, to judge their sizes by; NaN where there is none. They are made a few rows
/// at a time: rough copies of all columns would take as much memory as the columns.
pub(super) struct Figures<'b> {
    builders: Vec<&'b Builder>,
    /// Whether two columns, the lower first, mostly hold figures near each other.
    steady: RefCell<FxHashMap<[usize; 2], bool>>,
}

/// Where records stand in the files.
pub(super) struct Places<'p> {
    /// Parallel to the records.
    pub origins: &'p [Origin],
    /// File and sheet.
    pub sources: &'p [(String, String)],
    pub letters: &'p Letters,
}

impl Places<'_> {
    /// A warning about what a record says in a field, the `f`th.
    pub fn issue(&self, f: usize, field: &Field, row: usize, code: IssueCode, raw: String, message: String) -> Issue {
        let origin = self.origins[row];
        let column = self.letters.get(&(origin.table, f)).cloned();
        Issue { raw, ..at(self.sources, origin, column, field, code, message) }
    }
}

/// A warning about a cell of the files.
fn at(
    sources: &[(String, String)],
    origin: Origin,
    column: Option<String>,
    field: &Field,
    code: IssueCode,
    message: String,
) -> Issue {
    let (file, sheet) = &sources[origin.source as usize];
    Issue {
        row: Some(origin.row),
        column,
        field: Some(field.id.clone()),
        ..Issue::new(file, sheet, code, Severity::Warning, message)
    }
}

/// Rows whose figures are made at once.
const AT_ONCE: usize = 1_024;
/// Figures of one column that are told of.
const TOLD: usize = 200;

impl<'b> Figures<'b> {
    pub fn new(builders: Vec<&'b Builder>) -> Figures<'b> {
        Figures { builders, steady: RefCell::default() }
    }

    /// Gives the figures of some columns side by side, row by row.
    fn each<const N: usize>(&self, fields: [usize; N], mut take: impl FnMut(usize, [f64; N])) {
        let rows = self.builders[fields[0]].rows();
        let mut made = [[0.0; AT_ONCE]; N];
        for first in (0..rows).step_by(AT_ONCE) {
            let n = AT_ONCE.min(rows - first);
            for (field, made) in fields.iter().zip(&mut made) {
                self.builders[*field].approximate(first, &mut made[..n]);
            }
            (0..n).for_each(|at| take(first + at, std::array::from_fn(|i| made[i][at])));
        }
    }

    /// A jump between years means something where years otherwise agree, not in figures that vary freely.
    fn steady(&self, a: usize, b: usize) -> bool {
        let pair = [a.min(b), a.max(b)];
        if let Some(steady) = self.steady.borrow().get(&pair) {
            return *steady;
        }
        let (mut near, mut all) = (0usize, 0usize);
        self.each(pair, |_, [a, b]| {
            let ratio = a / b;
            all += usize::from(ratio > 0.0 && ratio < f64::INFINITY);
            near += usize::from((1.0 / STEADY..=STEADY).contains(&ratio));
        });
        let steady = near * 10 >= all * 8;
        self.steady.borrow_mut().insert(pair, steady);
        steady
    }
}

/// Warns of figures four powers of ten off the rest of their column, or off the same record's figure of another year,
/// of percentages given as fractions, of lone figures far above all others and of lone ones below zero; of one field. A
/// field of the same series is looked at beside it.
pub(super) fn doubtful_figures(fields: &[Field], i: usize, figures: &Figures, places: &Places) -> Vec<Issue> {
    let mut issues = Vec::new();
    let field = &fields[i];
    if !matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) || field.sensitive || field.role == Role::Meta {
        return issues;
    }
    let builder = figures.builders[i];
    issues.extend(impossible(fields, i, figures, places));
    let numbers = || (0..builder.rows()).filter_map(|row| Some((row, builder.number(row)?)));
    if field.unit.as_deref() == Some("%") && numbers().take(5).count() == 5 {
        let (first, value) = numbers().next().expect("five are there");
        let fractions = numbers().all(|(_, v)| v.approximate().abs() <= 1.0);
        if fractions && numbers().filter(|(_, v)| !v.is_integer()).count() * 2 >= numbers().count() {
            let message = format!("{}：整列数值都不超过 1，可能填的是小数而非百分数；按原值采用", field.title);
            issues.push(Issue {
                row: None,
                suggestion: Some("如为小数，请把该列乘以 100 后重新导入".to_owned()),
                ..places.issue(i, field, first, IssueCode::UnitSuspect, value.text(), message)
            });
        }
        return issues;
    }
    if !additive(field) {
        return issues;
    }
    let mut positive: Vec<f64> = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    let mut filled = 0usize;
    figures.each([i], |row, [size]| {
        filled += usize::from(!size.is_nan());
        if size > 0.0 {
            positive.push(size);
        } else if size < 0.0 && below.len() < TOLD {
            below.push(row);
        }
    });
    let told = |row: usize, value: Decimal, code: IssueCode, message: String, suggestion: String| Issue {
        suggestion: Some(suggestion),
        ..places.issue(i, field, row, code, value.text(), message)
    };
    let unit = field.unit.as_deref().unwrap_or("");
    if field.role != Role::Count && filled >= MANY && below.len() * 50 <= filled {
        for row in below {
            let Some(v) = builder.number(row) else { continue };
            let message = format!("{}：{}{unit} 是负数，本列其余各数几乎都不是；按原值采用", field.title, v.text());
            issues.push(told(row, v, IssueCode::Outlier, message, "核对正负号".to_owned()));
        }
    }
    let n = positive.len();
    if n < 8 {
        return issues;
    }
    let mut at = |place: usize| *positive.select_nth_unstable_by(place, f64::total_cmp).1;
    // In a short column a lone figure must not be measured by itself.
    let (median, high) = (at(n / 2), at((n * 95 / 100).min(n - 2)));
    // How far figures ordinarily lie from the middle, in powers of ten; worked out for columns that have one far off.
    let spread = OnceCell::new();
    let lone = |size: f64| {
        size >= ODD * median
            && size >= 10.0 * high
            && (size / median).log10()
                >= DEVIATIONS
                    * *spread.get_or_init(|| {
                        let mut off: Vec<f64> = positive.iter().map(|v| (v / median).log10().abs()).collect();
                        1.4826 * *off.select_nth_unstable_by(n / 2, f64::total_cmp).1
                    })
    };
    // The same quantity in another year, by row.
    let mut sibling: Vec<usize> = match (&field.series, field.year) {
        (Some(series), Some(year)) => fields
            .iter()
            .enumerate()
            .filter(|(j, f)| {
                *j != i && f.series.as_ref() == Some(series) && f.year != Some(year) && f.unit == field.unit
            })
            .map(|(j, _)| j)
            .collect(),
        _ => Vec::new(),
    };
    sibling.retain(|j| figures.steady(i, *j));
    let mut suspects = Vec::new();
    figures.each([i], |row, [size]| {
        // Where there is no figure it is not above anything.
        if suspects.len() < TOLD && size > median {
            let far = size >= FAR * median && size >= 10.0 * high;
            let apart = |o: f64| o > 0.0 && (FAR..=40_000.0).contains(&(size / o));
            let of = |j: &usize| figures.builders[*j].number(row).map(Decimal::approximate);
            if far {
                suspects.push((row, size, Doubt::Unit));
            } else if sibling.iter().filter_map(of).any(apart) {
                suspects.push((row, size, Doubt::Year));
            } else if lone(size) {
                suspects.push((row, size, Doubt::Lone));
            }
        }
    });
    for (row, size, doubt) in suspects {
        let Some(v) = builder.number(row) else { continue };
        let (title, text, times) = (&field.title, v.text(), size / median);
        let (code, message) = match doubt {
            Doubt::Unit => (
                IssueCode::UnitSuspect,
                format!("{title}：{text}{unit} 是本列中位数的 {times:.0} 倍，疑似用错单位；按原值采用"),
            ),
            Doubt::Year => (
                IssueCode::UnitSuspect,
                format!("{title}：{text}{unit} 与同一记录其他年份相差数千倍以上，疑似用错单位；按原值采用"),
            ),
            Doubt::Lone => (
                IssueCode::Outlier,
                format!("{title}：{text}{unit} 是本列中位数的 {times:.0} 倍，也远高于其余各数；按原值采用"),
            ),
        };
        // 元 filled in where 万元 is meant, 人 for 万人.
        let smaller = unit.strip_prefix('万').filter(|_| !matches!(doubt, Doubt::Lone));
        let fix = smaller.and_then(|_| v.shifted(-4)).map(Decimal::text);
        let suggestion = match (smaller, &fix, doubt) {
            (Some(smaller), Some(fix), _) => format!("如实为以{smaller}填报，应更正为 {fix} {unit}"),
            (_, _, Doubt::Lone) => "核对是否多填了位数或用错单位".to_owned(),
            _ => "核对数值和单位".to_owned(),
        };
        issues.push(Issue { fix, ..told(row, v, code, message, suggestion) });
    }
    issues
}

/// Percentages and counts that cannot be: a share of more than a hundred in a hundred, fewer than none. In a table of one
/// indicator a row, the row says what its figure is.
fn impossible(fields: &[Field], i: usize, figures: &Figures, places: &Places) -> Vec<Issue> {
    let field = &fields[i];
    let builder = figures.builders[i];
    let bounds = &lexicon().bounds;
    let told = |row: usize, value: Decimal, severity: Severity, message: String| Issue {
        severity,
        suggestion: Some("核对数值、单位和计算口径".to_owned()),
        ..places.issue(i, field, row, IssueCode::OutOfRange, value.text(), message)
    };
    let part = |id: &str| fields.iter().position(|f| f.id == id && f.kind == FieldKind::Text);
    if let (Some(name), Some(unit)) = (part("name"), fields.iter().position(|f| f.id == "unit"))
        && (matches!(field.id.as_str(), "value" | "previous") || field.year.is_some())
    {
        let stated = |f: usize, row: usize| figures.builders[f].show(row);
        let rows = (0..builder.rows()).filter_map(|row| Some((row, builder.number(row)?)));
        let doubted = rows.filter_map(|(row, value)| {
            let (name, unit) = (stated(name, row), stated(unit, row));
            let kind = value::unit(&unit).filter(|u| u.base == "%").and_then(|_| bounds.of(&name));
            Some(told(row, value, kind?.severity(value)?, format!("{name}：{}", kind?.doubt(value, &unit))))
        });
        return doubted.take(TOLD).collect();
    }
    let unit = field.unit.as_deref().unwrap_or("");
    let kind = match (field.role, value::unit(unit)) {
        (Role::Count, _) => bounds.counts(&field.title).then_some(Bound::Count),
        (_, Some(u)) if u.base != "%" => None,
        _ => bounds.of(&field.title),
    };
    let Some(kind) = kind else { return Vec::new() };
    let mut doubted = Vec::new();
    let mut fractions = Vec::new();
    let (mut filled, mut tens) = (0usize, 0usize);
    let whole = |n: i128| Decimal { mantissa: n, scale: 0 };
    for row in 0..builder.rows() {
        let Some(value) = builder.number(row) else { continue };
        filled += 1;
        tens += usize::from(value.compare(whole(10)).is_gt());
        if let Some(severity) = kind.severity(value) {
            doubted.push((row, value, severity));
        } else if value.mantissa > 0 && value.compare(whole(1)).is_lt() {
            fractions.push((row, value));
        }
    }
    // A column of which many lie beyond measures something else than its title seems to say.
    if doubted.len() > 1 && doubted.len() * 3 > filled {
        return Vec::new();
    }
    doubted.truncate(TOLD);
    let message = |value: Decimal| format!("{}：{}；按原值采用", field.title, kind.doubt(value, unit));
    let mut issues: Vec<Issue> =
        doubted.into_iter().map(|(row, value, severity)| told(row, value, severity, message(value))).collect();
    // Among percentages a few fractions of one.
    if kind != Bound::Count && tens * 10 >= filled * 9 && fractions.len() * 10 <= filled {
        issues.extend(fractions.into_iter().filter_map(|(row, value)| {
            let (text, percent) = (value.text(), value.shifted(2)?.text());
            let message = format!("{}：{text}%，其余各数都在百分之几十，可能填的是小数；按原值采用", field.title);
            Some(Issue {
                suggestion: Some(format!("如填的是小数，应更正为 {percent}%")),
                fix: Some(percent),
                ..places.issue(i, field, row, IssueCode::UnitSuspect, text, message)
            })
        }));
    }
    issues
}

impl Bound {
    /// How doubtful a value is; `None` where it may be.
    fn severity(self, value: Decimal) -> Option<Severity> {
        let above = value.compare(Decimal { mantissa: 100, scale: 0 }).is_gt();
        match self {
            _ if value.mantissa < 0 => Some(Severity::Warning),
            Bound::Share if above => Some(Severity::Warning),
            // A plan may be exceeded, hardly threefold.
            Bound::Progress if value.compare(Decimal { mantissa: 300, scale: 0 }).is_gt() => Some(Severity::Warning),
            Bound::Progress if above => Some(Severity::Hint),
            _ => None,
        }
    }

    fn doubt(self, value: Decimal, unit: &str) -> String {
        let text = value.text();
        match self {
            Bound::Count => format!("{text}{unit}，数量不应为负数"),
            _ if value.mantissa < 0 => format!("{text}%，这一比率不应为负数"),
            Bound::Share => format!("{text}%，这一比率不应超过 100%"),
            Bound::Progress => format!("{text}%，超过 100%，请确认确属超额"),
        }
    }
}

/// Why a figure is told of.
#[derive(Clone, Copy)]
enum Doubt {
    /// Powers of ten above its column.
    Unit,
    /// Powers of ten above the same record's figure of another year.
    Year,
    /// Far above all others.
    Lone,
}

/// In an inferred region column, `城关` and `城关区` are the same place when nothing else begins so.
pub(super) fn merge_regions(field: &Field, builder: &mut Builder) -> Vec<Issue> {
    let mut issues = Vec::new();
    if field.role != Role::Region || !field.inferred {
        return issues;
    }
    let words: Vec<(u32, String, usize)> =
        builder.words_in_use().into_iter().map(|(c, w, n)| (c, w.to_owned(), n)).collect();
    if words.len() > 300 {
        return issues;
    }
    for (code, word, count) in &words {
        let longer: Vec<&(u32, String, usize)> = words
            .iter()
            .filter(|(_, w, _)| {
                w.strip_prefix(word.as_str()).is_some_and(|end| lexicon().regions.ends.iter().any(|e| e == end))
            })
            .collect();
        if let [(to, full, _)] = longer.as_slice() {
            builder.recode(*code, *to);
            let message = format!("{}：{count} 条记录写作“{word}”，已归入“{full}”", field.title);
            issues.push(Issue {
                field: Some(field.id.clone()),
                raw: word.clone(),
                suggestion: Some("核对归类是否正确".to_owned()),
                ..Issue::new("", "", IssueCode::NotInChoices, Severity::Hint, message)
            });
        }
    }
    issues
}

/// A word this rare may be a slip of typing, one this frequent is what was meant.
const RARE: usize = 2;
const FREQUENT: usize = 5;
/// Words of a column that are compared with each other.
const COMPARED: usize = 500;

/// Warns of rare answers that differ from a frequent one by a character which sounds or looks like the other, or by a last
/// one left out: 武候区 among many 武侯区.
pub(super) fn misspelt(field: &Field, f: usize, builder: &Builder, places: &Places) -> Vec<Issue> {
    let mut issues = Vec::new();
    let grouping = field.kind == FieldKind::Choice && matches!(field.role, Role::Region | Role::Category);
    if !grouping || field.closed || field.sensitive {
        return issues;
    }
    let declared = |word: &str| !field.inferred && field.choices.iter().any(|c| c.label == word);
    let words = builder.words_in_use();
    if words.len() > COMPARED {
        return issues;
    }
    for (code, word, n) in words.iter().filter(|(_, word, n)| *n <= RARE && !declared(word)) {
        let meant = words
            .iter()
            .filter(|(_, other, m)| *m >= FREQUENT && n * 5 <= *m && slipped(word, other))
            .max_by_key(|(_, _, m)| *m);
        let Some((_, other, m)) = meant else { continue };
        for row in builder.rows_of(*code) {
            let message =
                format!("{}：“{word}”（{n} 条）与“{other}”（{m} 条）只差一字，疑似误写；按原值采用", field.title);
            issues.push(Issue {
                suggestion: Some(format!("应更正为“{other}”")),
                fix: Some((*other).to_owned()),
                ..places.issue(f, field, row, IssueCode::ProbableSlip, (*word).to_owned(), message)
            });
        }
    }
    issues
}

/// Whether a word of three characters or more differs from another by one that may stand for the other by mistake, or by
/// its last one, which is left out: 文昌街 for 文昌街道.
fn slipped(word: &str, other: &str) -> bool {
    if other.strip_prefix(word).is_some_and(|rest| rest.chars().count() == 1) {
        return word.chars().count() >= 3;
    }
    if word.chars().count() < 3 || word.chars().count() != other.chars().count() {
        return false;
    }
    let mut apart = word.chars().zip(other.chars()).filter(|(a, b)| a != b);
    match (apart.next(), apart.next()) {
        (Some((a, b)), None) => lexicon().slips.confuses(a, b),
        _ => false,
    }
}
