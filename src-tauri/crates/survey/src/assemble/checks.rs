//! Checks that look at more than one cell: totals, outliers of unit, spellings of regions.

use super::columns::Builder;
use super::{Issues, Target, additive};
use crate::dataset::Origin;
use crate::issue::{Issue, IssueCode, Severity};
use crate::lexicon::lexicon;
use crate::schema::{DatasetSchema, Field, FieldKind, Role};
use crate::table::{CELL_SEPARATOR, TableInfo, TotalRow, column_letters};
use crate::value::{self, Decimal};
use std::cell::OnceCell;

/// Compares 小计 and 合计 rows of a table with the sums of its records, in the file's own units.
pub(super) struct Totals {
    pending: std::collections::VecDeque<TotalRow>,
    /// Totals above all records.
    early: Vec<TotalRow>,
    columns: Vec<TotalColumn>,
    rows: u32,
}

struct TotalColumn {
    index: usize,
    title: String,
    field: String,
    /// Unit of the file's figures; one cell may state another.
    unit: Option<String>,
    /// Since the last subtotal, and over all; `None` after an overflow.
    part: Option<Decimal>,
    all: Option<Decimal>,
}

impl Totals {
    pub fn new(info: &TableInfo, targets: &[Target], schema: &DatasetSchema) -> Totals {
        let columns = if info.totals.is_empty() {
            Vec::new()
        } else {
            targets
                .iter()
                .enumerate()
                .filter_map(|(index, t)| match t {
                    Target::Field { field, unit, .. } if additive(&schema.fields[*field]) => Some(TotalColumn {
                        index,
                        title: schema.fields[*field].title.clone(),
                        field: schema.fields[*field].id.clone(),
                        unit: unit.clone().or_else(|| schema.fields[*field].unit.clone()),
                        part: Some(Decimal::ZERO),
                        all: Some(Decimal::ZERO),
                    }),
                    _ => None,
                })
                .collect()
        };
        Totals { pending: info.totals.iter().cloned().collect(), early: Vec::new(), columns, rows: 0 }
    }

    pub fn row(&mut self, number: u32, text: &str, issues: &mut Issues, table: usize, info: &TableInfo) {
        if self.columns.is_empty() {
            return;
        }
        while self.pending.front().is_some_and(|t| t.row < number) {
            let total = self.pending.pop_front().expect("just seen");
            self.settle(total, issues, table, info);
        }
        self.rows += 1;
        let cells: Vec<&str> = text.split(CELL_SEPARATOR).collect();
        for column in &mut self.columns {
            let unit = column.unit.as_deref();
            if let Some(n) = cells.get(column.index).and_then(|c| value::number(c))
                && let Ok(n) = value::in_unit(&n, unit, unit)
            {
                column.part = column.part.and_then(|p| p.plus(n));
                column.all = column.all.and_then(|p| p.plus(n));
            }
        }
    }

    pub fn end(&mut self, issues: &mut Issues, table: usize, info: &TableInfo) {
        while let Some(total) = self.pending.pop_front() {
            self.settle(total, issues, table, info);
        }
        for total in std::mem::take(&mut self.early) {
            self.rows += 1;
            for column in &mut self.columns {
                column.part = column.all;
            }
            self.settle(total, issues, table, info);
        }
    }

    fn settle(&mut self, total: TotalRow, issues: &mut Issues, table: usize, info: &TableInfo) {
        if self.rows == 0 {
            self.early.push(total);
            return;
        }
        let words = &lexicon().rows;
        if words.average.iter().any(|w| total.cells.contains(w.as_str())) {
            return;
        }
        let subtotal = words.subtotal.iter().any(|w| total.cells.replace([' ', '\u{3000}'], "").contains(w.as_str()));
        let cells: Vec<&str> = total.cells.split(CELL_SEPARATOR).collect();
        for column in &mut self.columns {
            let raw = cells.get(column.index).copied().unwrap_or("");
            let Some(stated) = value::number(raw) else { continue };
            if value::presence(raw) != value::Presence::Value {
                continue;
            }
            // A total shown with fewer places than its parts may be rounded.
            let agrees = |sum: Option<Decimal>| {
                sum.is_none_or(|sum| {
                    let Some(difference) = sum.minus(stated.value) else { return true };
                    let half = Decimal { mantissa: 5, scale: stated.value.scale + 1 };
                    let size = Decimal { mantissa: difference.mantissa.abs(), scale: difference.scale };
                    size.compare(half).is_le() && (sum.scale > stated.value.scale || size.mantissa == 0)
                })
            };
            if agrees(column.part) || agrees(column.all) {
                continue;
            }
            let sum = if subtotal { column.part } else { column.all }.unwrap_or(Decimal::ZERO);
            let gap = stated.value.minus(sum).map(Decimal::text).unwrap_or_default();
            issues.add(
                table,
                Issue {
                    file: info.file.clone(),
                    sheet: info.sheet.clone(),
                    row: Some(total.row),
                    column: Some(column_letters(column.index as u32)),
                    field: Some(column.field.clone()),
                    raw: raw.to_owned(),
                    code: IssueCode::TotalMismatch,
                    severity: Severity::Warning,
                    message: format!(
                        "{}：表中{}为 {}，逐行相加为 {}，相差 {gap}；以逐行相加为准",
                        column.title,
                        if subtotal { "小计" } else { "合计" },
                        stated.value.text(),
                        sum.text()
                    ),
                    suggestion: Some("核对明细是否遗漏，或更正合计数".to_owned()),
                },
            );
        }
        for column in &mut self.columns {
            column.part = Some(Decimal::ZERO);
        }
    }
}

/// A value so far above its column that it was probably given in a smaller unit.
const FAR: f64 = 3_000.0;
/// How far apart the same record's figures of two years may ordinarily lie.
const STEADY: f64 = 3.0;

/// Figures of the columns as binary floats, to judge their sizes by; NaN where there is none. Made once a column.
pub(super) struct Figures<'b> {
    builders: Vec<&'b Builder>,
    rough: Vec<OnceCell<Vec<f64>>>,
}

impl<'b> Figures<'b> {
    pub fn new(builders: Vec<&'b Builder>) -> Figures<'b> {
        Figures { rough: builders.iter().map(|_| OnceCell::new()).collect(), builders }
    }

    fn of(&self, field: usize) -> &[f64] {
        self.rough[field].get_or_init(|| {
            let builder = self.builders[field];
            let mut out = vec![f64::NAN; builder.rows()];
            builder.numbers().for_each(|(row, v)| out[row] = v.approximate());
            out
        })
    }
}

/// Warns of figures four powers of ten off the rest of their column, or off the same record's figure of another year,
/// and of percentages given as fractions; of one field. A field of the same series is looked at beside it.
pub(super) fn unit_suspects(
    fields: &[Field],
    i: usize,
    figures: &Figures,
    origins: &[Origin],
    sources: &[(String, String)],
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let field = &fields[i];
    if !matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) || field.sensitive || field.role == Role::Meta {
        return issues;
    }
    let own = figures.of(i);
    let known = || own.iter().copied().filter(|v| !v.is_nan());
    if field.unit.as_deref() == Some("%") && known().count() >= 5 {
        let values: Vec<(usize, Decimal)> = figures.builders[i].numbers().collect();
        let fractions = values.iter().all(|(_, v)| v.approximate().abs() <= 1.0);
        let broken = values.iter().filter(|(_, v)| !v.is_integer()).count();
        if fractions && broken * 2 >= values.len() {
            let origin = origins[values[0].0];
            let (file, sheet) = &sources[origin.source as usize];
            issues.push(Issue {
                file: file.clone(),
                sheet: sheet.clone(),
                row: None,
                column: None,
                field: Some(field.id.clone()),
                raw: values[0].1.text(),
                code: IssueCode::UnitSuspect,
                severity: Severity::Warning,
                message: format!("{}：整列数值都不超过 1，可能填的是小数而非百分数；按原值采用", field.title),
                suggestion: Some("如为小数，请把该列乘以 100 后重新导入".to_owned()),
            });
        }
        return issues;
    }
    if !additive(field) {
        return issues;
    }
    let mut positive: Vec<f64> = known().filter(|v| *v > 0.0).collect();
    let n = positive.len();
    if n < 8 {
        return issues;
    }
    let mut at = |place: usize| *positive.select_nth_unstable_by(place, f64::total_cmp).1;
    let (median, high) = (at(n / 2), at(n * 95 / 100));
    // The same quantity in another year, by row.
    let sibling: Vec<usize> = match (&field.series, field.year) {
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
    // A jump between years means something where years otherwise agree, not in figures that vary freely.
    let steady = |other: &[f64]| {
        let ratios = || own.iter().zip(other).map(|(v, o)| v / o).filter(|r| r.is_finite() && *r > 0.0);
        let near = ratios().filter(|r| (1.0 / STEADY..=STEADY).contains(r)).count();
        near * 10 >= ratios().count() * 8
    };
    let sibling: Vec<&[f64]> = sibling.into_iter().map(|j| figures.of(j)).filter(|other| steady(other)).collect();
    let mut listed = 0;
    for (row, size) in own.iter().copied().enumerate() {
        // Also where there is no figure: nothing is above the median then.
        let far = size >= FAR * median && size >= 10.0 * high;
        let apart = |o: f64| o > 0.0 && (FAR..=40_000.0).contains(&(size / o));
        let jump = size > median && sibling.iter().any(|other| apart(other[row]));
        if !far && !jump {
            continue;
        }
        listed += 1;
        if listed > 200 {
            break;
        }
        let Some(v) = figures.builders[i].number(row) else { continue };
        let origin = origins[row];
        let (file, sheet) = &sources[origin.source as usize];
        let unit = field.unit.as_deref().unwrap_or("");
        let guess = v.shifted(-4).map(Decimal::text);
        issues.push(Issue {
            file: file.clone(),
            sheet: sheet.clone(),
            row: Some(origin.row),
            column: None,
            field: Some(field.id.clone()),
            raw: v.text(),
            code: IssueCode::UnitSuspect,
            severity: Severity::Warning,
            message: if jump && !far {
                format!(
                    "{}：{}{unit} 与同一记录其他年份相差数千倍以上，疑似用错单位；按原值采用",
                    field.title,
                    v.text()
                )
            } else {
                format!(
                    "{}：{}{unit} 是本列中位数的 {:.0} 倍，疑似用错单位；按原值采用",
                    field.title,
                    v.text(),
                    size / median
                )
            },
            suggestion: match (unit, guess) {
                ("万元", Some(g)) => Some(format!("如实为以元填报，应更正为 {g} 万元")),
                _ => Some("核对数值和单位".to_owned()),
            },
        });
    }
    issues
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
            issues.push(Issue {
                file: String::new(),
                sheet: String::new(),
                row: None,
                column: None,
                field: Some(field.id.clone()),
                raw: word.clone(),
                code: IssueCode::NotInChoices,
                severity: Severity::Hint,
                message: format!("{}：{count} 条记录写作“{word}”，已归入“{full}”", field.title),
                suggestion: Some("核对归类是否正确".to_owned()),
            });
        }
    }
    issues
}
