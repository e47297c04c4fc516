//! The lists that patterns of a kit may walk: findings, measures, targets, policies, files, datasets, issues.

use super::{Composer, Vars, text_value};
use crate::facts::{cell, date_cell};
use crate::measures::Measure;
use crate::num;
use crate::targets::Target;
use crate::wording::record;
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use survey::{Form, IssueCode};

impl Composer<'_> {
    /// Makes the lists that patterns may walk.
    pub(super) fn publish(&mut self) {
        let titles: BTreeMap<&str, &str> =
            self.included().map(|f| f.spec.id.as_str()).zip(self.finding_headings.iter().map(String::as_str)).collect();
        let findings: Vec<Value> = self
            .included()
            .enumerate()
            .map(|(i, f)| {
                record(vec![
                    ("id", text_value(&f.spec.id)),
                    ("title", text_value(f.title())),
                    ("heading", text_value(titles.get(f.spec.id.as_str()).copied().unwrap_or_default())),
                    ("number", text_value(num::chinese(i + 1))),
                    ("severity", self.writer.fact(&format!("finding/{}/severity", f.spec.id))),
                    ("grade", text_value(&f.grade)),
                    ("arithmetic", text_value(&f.arithmetic)),
                ])
            })
            .collect();
        let insufficient: Vec<Value> = self
            .findings
            .iter()
            .filter(|f| f.status == "insufficient")
            .map(|f| {
                let missing: Vec<String> =
                    f.gaps.iter().map(|g| crate::kit_title(self.world.kit, self.facts(), g)).collect();
                record(vec![("title", text_value(f.title())), ("reason", text_value(missing.join("、")))])
            })
            .collect();
        let measures: Vec<Value> = self.chosen().map(|m| self.measure_value(m, None)).collect();
        let themes: Vec<Value> = self
            .theme_headings
            .iter()
            .enumerate()
            .map(|(i, (_, h))| record(vec![("heading", text_value(h)), ("number", text_value(num::chinese(i + 1)))]))
            .collect();
        let targets: Vec<Value> = self.targets.iter().map(|t| self.target_value(t)).collect();
        let gaps: Vec<Value> = self.analysis.gaps.iter().map(text_value).collect();
        let lists = [
            ("findings", findings),
            ("insufficient", insufficient),
            ("measures", measures),
            ("themes", themes),
            ("targets", targets),
            ("gaps", gaps),
            ("policies", self.policies()),
            ("files", self.files()),
            ("datasets", self.datasets()),
            ("issue_kinds", self.issue_kinds()),
        ];
        for (key, list) in lists {
            self.writer.set_global(key, Value::from(list));
        }
    }

    pub(super) fn measure_value(&self, m: &Measure, text: Option<&str>) -> Value {
        let names = |list: &[String]| Value::from(list.iter().map(text_value).collect::<Vec<_>>());
        let answered: Vec<String> = m
            .answers
            .iter()
            .filter_map(|a| self.included().position(|f| f.spec.id == *a))
            .map(|i| self.finding_headings[i].clone())
            .collect();
        let optional = |t: &str| if t.is_empty() { Value::UNDEFINED } else { text_value(t) };
        let none = Vars::new();
        let render = |t: &str| self.writer.render(t, &none).map_or(Value::UNDEFINED, text_value);
        record(vec![
            ("id", text_value(&m.spec.id)),
            ("title", text_value(m.title())),
            ("lead", names(&m.spec.lead)),
            ("support", names(&m.spec.support)),
            ("kpi", render(&m.spec.kpi)),
            ("horizon", optional(&m.spec.horizon)),
            ("precondition", optional(&m.spec.precondition)),
            ("basis", optional(&m.spec.basis)),
            ("instrument", optional(&m.spec.instrument)),
            ("answers", names(&answered)),
            ("text", text.map_or(Value::UNDEFINED, text_value)),
        ])
    }

    pub(super) fn target_value(&self, t: &Target) -> Value {
        let fact = |suffix: &str| self.writer.fact(&format!("{}/{suffix}", t.id));
        let optional = |v: &str| if v.is_empty() { Value::UNDEFINED } else { text_value(v) };
        let reading = |r: &Option<(num::Exact, num::Exact, &'static str)>, q: &str, past: &str| match r {
            None => Value::UNDEFINED,
            Some((_, _, grade)) => {
                record(vec![("ratio", fact(q)), ("past", fact(past)), ("grade", text_value(self.label(grade)))])
            }
        };
        let path: Vec<Value> = t
            .path
            .iter()
            .map(|(y, _)| record(vec![("year", Value::from(*y)), ("value", fact(&y.to_string()))]))
            .collect();
        record(vec![
            ("title", text_value(&t.title)),
            ("target", self.writer.fact(&t.id)),
            ("current", fact("current")),
            ("current_as_of", optional(t.current_as_of.as_deref().unwrap_or(""))),
            ("unit", optional(&t.unit)),
            ("year", if t.year == 0 { Value::UNDEFINED } else { Value::from(t.year) }),
            ("gap", fact("gap")),
            ("multiple", fact("multiple")),
            ("growth", fact("growth")),
            ("step", fact("step")),
            ("path", Value::from(path)),
            ("grade", text_value(self.label(t.grade))),
            ("grade_key", text_value(t.grade.trim_start_matches("target."))),
            ("past_from", fact("past-from")),
            ("by_growth", reading(&t.by_growth, "q-growth", "past-growth")),
            ("by_increment", reading(&t.by_increment, "q-step", "past-step")),
            ("reason", text_value(self.label(t.reason))),
            ("department", optional(&t.department)),
            ("basis", optional(&t.basis)),
        ])
    }

    fn policies(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for d in self.world.inputs.datasets.iter().filter(|d| d.schema.form == Form::Documents) {
            for row in 0..d.n {
                let Some(title) = cell(d, "title", row) else { continue };
                let (date, shown) = date_cell(d, "date", row);
                let optional = |v: Option<String>| v.map_or(Value::UNDEFINED, text_value);
                out.push(record(vec![
                    ("title", text_value(title.trim_matches(['《', '》']))),
                    ("number", optional(cell(d, "number", row))),
                    ("date", optional(shown)),
                    ("year", date.map_or(Value::UNDEFINED, |d| Value::from(chrono::Datelike::year(&d)))),
                    ("issuer", optional(cell(d, "issuer", row))),
                    ("note", optional(cell(d, "note", row))),
                ]));
            }
        }
        out
    }

    /// Files that data come from; one that holds no record is no source of the report.
    fn files(&self) -> Vec<Value> {
        let log = &self.world.inputs.log;
        log.files
            .iter()
            .filter(|f| f.tables.iter().any(|(t, dataset)| dataset.is_some() && t.data_rows > 0))
            .map(|f| {
                let used: Vec<_> = f.tables.iter().filter(|(_, d)| d.is_some()).collect();
                let rows: u64 = used.iter().map(|(t, _)| u64::from(t.data_rows)).sum();
                let excluded: usize = used.iter().map(|(t, _)| t.excluded_rows.len()).sum();
                record(vec![
                    ("name", text_value(&f.name)),
                    ("tables", Value::from(used.len())),
                    ("skipped", Value::from(f.tables.len() - used.len())),
                    ("rows", Value::from(rows)),
                    ("excluded", Value::from(excluded)),
                    (
                        "datasets",
                        Value::from(
                            used.iter()
                                .filter_map(|(_, d)| d.clone())
                                .map(text_value)
                                .collect::<BTreeSet<_>>()
                                .into_iter()
                                .collect::<Vec<_>>(),
                        ),
                    ),
                ])
            })
            .collect()
    }

    fn datasets(&self) -> Vec<Value> {
        let log = &self.world.inputs.log;
        self.world
            .inputs
            .datasets
            .iter()
            .filter(|d| d.n > 0)
            .map(|d| {
                let s = &d.schema;
                let l = log.datasets.iter().find(|l| l.id == s.id);
                let form = serde_json::to_value(s.form).ok().and_then(|v| v.as_str().map(str::to_owned));
                let fact = |part: &str| self.writer.fact(&format!("data/{}/{part}", s.id));
                record(vec![
                    ("id", text_value(&s.id)),
                    ("title", text_value(&s.title)),
                    ("form", text_value(form.unwrap_or_default())),
                    ("noun", text_value(&s.noun)),
                    ("classifier", text_value(&s.classifier)),
                    ("as_of", text_value(self.world.as_of(&s.id))),
                    ("n", fact("records")),
                    ("coded", Value::from(d.schema.fields.iter().any(nameless))),
                    ("columns", Value::from(d.columns.iter().filter(|c| !c.valid.is_clear()).count())),
                    ("duplicates", l.map_or(Value::from(0), |l| Value::from(l.duplicates))),
                    ("rejected", l.map_or(Value::from(0), |l| Value::from(l.rejected))),
                    ("corrections", l.map_or(Value::from(0), |l| Value::from(l.corrections))),
                    ("issues", l.map_or(Value::from(0), |l| Value::from(l.issues.len()))),
                ])
            })
            .collect()
    }

    /// Kinds of doubtful cells with their number and the message of the first.
    pub(super) fn issue_counts(&self) -> Vec<(IssueCode, usize, String)> {
        let mut kinds: Vec<(IssueCode, usize, String)> = Vec::new();
        for i in self.world.inputs.log.datasets.iter().flat_map(|d| &d.issues) {
            match kinds.iter_mut().find(|k| k.0 == i.code) {
                Some(k) => k.1 += 1,
                None => kinds.push((i.code, 1, i.message.clone())),
            }
        }
        kinds.sort_by_key(|k| std::cmp::Reverse(k.1));
        kinds
    }

    fn issue_kinds(&self) -> Vec<Value> {
        self.issue_counts()
            .into_iter()
            .map(|(code, n, example)| {
                record(vec![
                    ("title", text_value(code.title())),
                    ("count", Value::from(n)),
                    ("example", text_value(crate::facts::clean(&example))),
                ])
            })
            .collect()
    }
}

/// Whether the answers of a question are known by number alone.
fn nameless(field: &survey::Field) -> bool {
    let numbered = |c: &survey::Choice| {
        c.code.as_ref().is_some_and(|code| c.label.trim_matches(|c: char| !c.is_ascii_digit()) == code)
            && c.label.starts_with('第')
    };
    !field.choices.is_empty() && field.choices.iter().all(numbered)
}
