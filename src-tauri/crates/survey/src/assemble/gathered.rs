//! From what the files say to finished columns: corrections, checks over whole columns, dictionaries of what is in use.
//!
//! Corrections lie over what the files say and never change it, and each concerns one column. So when corrections
//! change, only the columns they speak of are made anew, and the checks of columns that are judged beside these.

use super::cells::Reader;
use super::columns::{Builder, State};
use super::{Assembled, Correction, Keys, Letters, checks};
use crate::dataset::{Column, ColumnData, Dataset, Origin};
use crate::issue::{Issue, IssueCode, Severity};
use crate::schema::{Choice, DatasetSchema, FieldKind, Form};
use crate::value::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What the files say of a dataset, before corrections.
pub struct Gathered {
    pub(super) schema: DatasetSchema,
    pub(super) as_of: i32,
    /// How answers of a field are separated, parallel to the fields.
    pub(super) separators: Vec<Option<char>>,
    pub(super) builders: Vec<Builder>,
    pub(super) keys: Arc<Keys>,
    pub(super) origins: Vec<Origin>,
    pub(super) sources: Vec<(String, String)>,
    pub(super) letters: Letters,
    /// What total rows state beside what the files' rows come to.
    pub(super) totals: Vec<checks::Stated>,
    pub(super) issues: Vec<Issue>,
    pub(super) duplicates: usize,
    pub(super) rejected: usize,
}

impl std::fmt::Debug for Gathered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gathered({}, {} rows)", self.schema.id, self.origins.len())
    }
}

/// A finished column and everything that was said on the way.
#[derive(Debug, Clone, Default)]
pub(super) struct Finished {
    column: Arc<Column>,
    /// Choices of the field with those found in the data.
    choices: Vec<Choice>,
    laid: Laid,
    suspects: Vec<Issue>,
    /// Spellings brought together, figures too large.
    settled: Vec<Issue>,
}

/// Corrections laid over one column.
#[derive(Debug, Clone, Default)]
struct Laid {
    corrections: Vec<Correction>,
    rows: Vec<usize>,
    doubts: Vec<Issue>,
    /// Figures that they changed.
    grown: Vec<checks::Grown>,
    /// How many say what the files say.
    confirmed: usize,
}

impl Gathered {
    /// Values held: records times fields.
    pub fn size(&self) -> usize {
        self.origins.len() * self.builders.len()
    }

    /// Where its records stand in the files.
    fn places(&self) -> checks::Places<'_> {
        checks::Places { origins: &self.origins, sources: &self.sources, letters: &self.letters }
    }

    /// The dataset with corrections laid over it. `before` is the same dataset under other corrections, if there is
    /// one: what the difference does not touch is taken from it.
    pub fn assembled(&self, corrections: &[Correction], before: Option<&Assembled>) -> Assembled {
        let fields = &self.schema.fields;
        let (by_field, lost) = self.sort(corrections);
        let kept = before.map(|b| b.parts.as_slice()).filter(|parts| parts.len() == fields.len());
        let touched: Vec<bool> =
            (0..fields.len()).map(|f| kept.is_none_or(|parts| parts[f].laid.corrections != by_field[f])).collect();
        // Years of a series are judged by each other.
        let judged = |f: usize| {
            touched[f]
                || fields[f].series.is_some()
                    && fields.iter().zip(&touched).any(|(other, touched)| *touched && other.series == fields[f].series)
        };
        let mut laid: FxHashMap<usize, (Builder, Laid)> = FxHashMap::default();
        for (f, mine) in by_field.into_iter().enumerate() {
            if touched[f] || (judged(f) && !mine.is_empty()) {
                let mut builder = self.builders[f].clone();
                let done = self.lay(f, mine, &mut builder);
                laid.insert(f, (builder, done));
            }
        }
        let builder = |f: usize| laid.get(&f).map_or(&self.builders[f], |(builder, _)| builder);
        let figures = checks::Figures::new((0..fields.len()).map(builder).collect());
        let places = self.places();
        let suspects: Vec<Option<Vec<Issue>>> = (0..fields.len())
            .map(|f| judged(f).then(|| checks::doubtful_figures(fields, f, &figures, &places)))
            .collect();
        let mut parts = Vec::with_capacity(fields.len());
        for (f, suspects) in suspects.into_iter().enumerate() {
            let old = kept.map(|parts| &parts[f]);
            parts.push(match (old, suspects) {
                (Some(old), None) => old.clone(),
                (Some(old), Some(suspects)) if !touched[f] => Arc::new(Finished { suspects, ..(**old).clone() }),
                (_, suspects) => {
                    let (builder, laid) = laid.remove(&f).expect("every touched field was laid");
                    Arc::new(self.finish(f, builder, laid, suspects.unwrap_or_default()))
                }
            });
        }
        self.together(parts, lost, self.origins.clone(), self.sources.clone(), self.issues.clone())
    }

    /// The dataset with corrections laid over it, without keeping what the files say.
    pub(super) fn into_assembled(mut self, corrections: &[Correction]) -> Assembled {
        let (by_field, lost) = self.sort(corrections);
        let mut builders = std::mem::take(&mut self.builders);
        let laid: Vec<Laid> =
            by_field.into_iter().enumerate().map(|(f, mine)| self.lay(f, mine, &mut builders[f])).collect();
        let figures = checks::Figures::new(builders.iter().collect());
        let places = self.places();
        let suspects: Vec<Vec<Issue>> =
            (0..builders.len()).map(|f| checks::doubtful_figures(&self.schema.fields, f, &figures, &places)).collect();
        let parts = builders.into_iter().zip(laid).zip(suspects).enumerate();
        let parts =
            parts.map(|(f, ((builder, laid), suspects))| Arc::new(self.finish(f, builder, laid, suspects))).collect();
        let origins = std::mem::take(&mut self.origins);
        let (sources, issues) = (std::mem::take(&mut self.sources), std::mem::take(&mut self.issues));
        self.together(parts, lost, origins, sources, issues)
    }

    /// Corrections by field, and those whose record or field is gone.
    fn sort(&self, corrections: &[Correction]) -> (Vec<Vec<Correction>>, Vec<Issue>) {
        let mut by_field = vec![Vec::new(); self.schema.fields.len()];
        let mut lost = Vec::new();
        let mine = corrections.iter().filter(|c| c.dataset == self.schema.id);
        for (c, row) in mine.clone().zip(self.rows_of(&mine.map(|c| c.record.as_str()).collect::<Vec<_>>())) {
            match (row, self.schema.position(&c.field)) {
                (Some(_), Some(field)) => by_field[field].push(c.clone()),
                _ => {
                    let message = format!("更正没有生效：数据中已没有记录“{}”或字段“{}”", c.record, c.field);
                    lost.push(Issue {
                        field: Some(c.field.clone()),
                        raw: c.value.clone(),
                        suggestion: Some("核对后删除或重做这条更正".to_owned()),
                        ..Issue::new("", "", IssueCode::InconsistentFields, Severity::Warning, message)
                    });
                }
            }
        }
        (by_field, lost)
    }

    /// Rows by the names of records: a key, or `file/sheet/row`.
    fn rows_of(&self, records: &[&str]) -> Vec<Option<usize>> {
        let mut rows: Vec<Option<usize>> = records.iter().map(|r| self.keys.row(r)).collect();
        if rows.iter().all(Option::is_some) {
            return rows;
        }
        let mut places: FxHashMap<(u32, u32), usize> = FxHashMap::default();
        places.extend(self.origins.iter().enumerate().map(|(row, o)| ((o.source, o.row), row)));
        for (record, row) in records.iter().zip(&mut rows).filter(|(_, row)| row.is_none()) {
            let Some((place, line)) = record.rsplit_once('/') else { continue };
            let named = |(file, sheet): &(String, String)| {
                place.strip_prefix(file.as_str()).and_then(|rest| rest.strip_prefix('/')) == Some(sheet)
            };
            let Some(source) = self.sources.iter().position(named) else { continue };
            *row = line.parse().ok().and_then(|line: u32| places.get(&(source as u32, line)).copied());
        }
        rows
    }

    fn lay(&self, f: usize, corrections: Vec<Correction>, builder: &mut Builder) -> Laid {
        if corrections.is_empty() {
            return Laid::default();
        }
        let field = &self.schema.fields[f];
        let mut reader =
            Reader::new(field, self.schema.form == Form::Questionnaire, self.as_of).separating(self.separators[f]);
        let rows = self.rows_of(&corrections.iter().map(|c| c.record.as_str()).collect::<Vec<_>>());
        let rows: Vec<usize> = rows.into_iter().map(|row| row.expect("sorted by what is there")).collect();
        let mut doubts = Vec::new();
        let mut grown = Vec::new();
        let mut confirmed = 0;
        let places = self.places();
        for (c, row) in corrections.iter().zip(&rows) {
            let mut found = Vec::new();
            let filled = |builder: &Builder| builder.state(*row) == State::Valid;
            let before = builder.number(*row);
            let said = filled(builder).then(|| builder.show(*row));
            let value = reader.read(&c.value, 0, None, builder, &mut found);
            builder.set(*row, value);
            // What was looked at and found right is no longer doubted, and is no change.
            let is_confirmed = filled(builder)
                && match before.zip(builder.number(*row)) {
                    Some((before, now)) => before.compare(now).is_eq(),
                    None => said == Some(builder.show(*row)),
                };
            confirmed += usize::from(is_confirmed);
            let doubted = found.into_iter().filter(|outcome| !is_confirmed || outcome.severity == Severity::Error);
            doubts.extend(doubted.map(|outcome| {
                let place = places.issue(f, field, *row, outcome.code, c.value.clone(), String::new());
                outcome.issue("更正的值", Issue { column: None, ..place })
            }));
            let origin = self.origins[*row];
            let zero = Decimal::ZERO;
            let by = builder.number(*row).unwrap_or(zero).minus(before.unwrap_or(zero));
            grown.extend(by.filter(|by| by.mantissa != 0).map(|by| checks::Grown { origin, by }));
            builder.corrected.grow(row + 1);
            builder.corrected.insert(*row);
        }
        Laid { corrections, rows, doubts, grown, confirmed }
    }

    fn finish(&self, f: usize, mut builder: Builder, laid: Laid, suspects: Vec<Issue>) -> Finished {
        let field = &self.schema.fields[f];
        let mut settled = checks::merge_regions(field, &mut builder);
        let places = self.places();
        settled.extend(checks::misspelt(field, f, &builder, &places));
        let (column, overflow) = builder.finish();
        settled.extend(overflow.into_iter().map(|row| {
            let message = format!("{}：数值过大，无法精确保存，按缺失处理", field.title);
            Issue {
                severity: Severity::Error,
                suggestion: Some("核对数值和单位".to_owned()),
                ..places.issue(f, field, row, IssueCode::OutOfRange, String::new(), message)
            }
        }));
        let mut choices = field.choices.clone();
        if field.inferred
            && let ColumnData::Coded { dict, .. } = &column.data
            && field.kind == FieldKind::Choice
        {
            for label in dict.iter() {
                if !choices.iter().any(|c| c.label == *label) && choices.len() < 500 {
                    choices.push(Choice { label: label.to_owned(), ..Default::default() });
                }
            }
        }
        Finished { column: Arc::new(column), choices, laid, suspects, settled }
    }

    fn together(
        &self,
        parts: Vec<Arc<Finished>>,
        lost: Vec<Issue>,
        origins: Vec<Origin>,
        sources: Vec<(String, String)>,
        mut issues: Vec<Issue>,
    ) -> Assembled {
        let mut schema = self.schema.clone();
        let mut settled: FxHashSet<(&str, &str, u32, &str)> = FxHashSet::default();
        for (part, field) in parts.iter().zip(&mut schema.fields) {
            field.choices.clone_from(&part.choices);
            for (row, c) in part.laid.rows.iter().zip(&part.laid.corrections) {
                let origin = origins[*row];
                let (file, sheet) = &sources[origin.source as usize];
                settled.insert((file, sheet, origin.row, &c.field));
            }
        }
        // Whoever corrected a cell has decided about it.
        let is_settled = |i: &Issue| match (i.row, &i.field) {
            (Some(row), Some(field)) => settled.contains(&(i.file.as_str(), i.sheet.as_str(), row, field.as_str())),
            _ => false,
        };
        issues.retain(|i| !is_settled(i));
        issues.extend(lost);
        let said = |of: fn(&Finished) -> &[Issue]| parts.iter().flat_map(move |p| of(p).iter().cloned());
        issues.extend(said(|p| &p.laid.doubts));
        let open = |i: &Issue| i.severity == Severity::Error || !is_settled(i);
        issues.extend(said(|p| &p.suspects).chain(said(|p| &p.settled)).filter(open));
        let doubt = |stated: &checks::Stated| {
            stated.doubt(&schema.fields[stated.field], &sources, &parts[stated.field].laid.grown)
        };
        issues.extend(self.totals.iter().filter_map(doubt));
        Assembled {
            corrections: parts.iter().map(|p| p.laid.rows.len() - p.laid.confirmed).sum(),
            dataset: Arc::new(Dataset {
                n: origins.len(),
                columns: parts.iter().map(|p| p.column.clone()).collect(),
                schema,
                origins,
                sources,
            }),
            issues,
            duplicates: self.duplicates,
            rejected: self.rejected,
            keys: self.keys.clone(),
            parts,
        }
    }
}
