//! Facts that rest on figures somebody should look at first: doubted, used all the same, and not yet decided about.

use crate::error::Result;
use crate::project::Project;
use report::{Cell, Facts};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use survey::Issue;
use survey::schema::Role;
use ts_rs::TS;

/// A doubted figure behind a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DoubtedFigure {
    pub dataset: String,
    pub row: u32,
    pub field: String,
    /// What the record is called, where it has a name.
    pub name: Option<String>,
    /// Why it is doubted.
    pub message: String,
    /// Value that can be taken over as it is.
    pub fix: Option<String>,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    figures: Vec<DoubtedFigure>,
    /// The facts that rest on some, in the order of the kit, with which.
    under: Vec<(String, BTreeSet<usize>)>,
}

impl Doubts {
    /// Those of a project, among its facts.
    pub(crate) fn of(project: &Project, facts: &Facts) -> Result<Doubts> {
        let loaded = project.loaded()?;
        let mut figures: Vec<DoubtedFigure> = Vec::new();
        for assembled in &loaded.assembled {
            let doubted: Vec<&Issue> = assembled.issues.iter().filter(|i| i.doubts_figure()).collect();
            if doubted.is_empty() {
                continue;
            }
            let data = &assembled.dataset;
            let name = data.schema.fields.iter().position(|f| f.role == Role::Name && !f.sensitive);
            let place = |issue: &Issue| {
                let of = |(file, sheet): &(String, String)| *file == issue.file && *sheet == issue.sheet;
                Some((data.sources.iter().position(of)? as u32, issue.row?))
            };
            // A row that was merged into another record says nothing about the value used, and is not found.
            let mut rows: HashMap<(u32, u32), Option<u32>> =
                doubted.iter().filter_map(|issue| Some((place(issue)?, None))).collect();
            for (row, origin) in data.origins.iter().enumerate() {
                if let Some(found) = rows.get_mut(&(origin.source, origin.row)) {
                    *found = Some(row as u32);
                }
            }
            for issue in doubted {
                let Some(row) = place(issue).and_then(|place| rows[&place]) else { continue };
                let field = issue.field.clone().unwrap_or_default();
                let known = |f: &DoubtedFigure| f.dataset == data.schema.id && f.row == row && f.field == field;
                match figures.iter_mut().find(|f| known(f)) {
                    Some(known) => known.fix = known.fix.take().or_else(|| issue.fix.clone()),
                    None => figures.push(DoubtedFigure {
                        dataset: data.schema.id.clone(),
                        row,
                        field,
                        name: name.and_then(|name| data.columns[name].text(row as usize)),
                        message: issue.message.clone(),
                        fix: issue.fix.clone(),
                    }),
                }
            }
        }
        let cells: Vec<Cell<'_>> =
            figures.iter().map(|f| Cell { dataset: &f.dataset, row: f.row as usize, field: &f.field }).collect();
        let mut under: Vec<(String, BTreeSet<usize>)> =
            facts.resting_on(&cells).into_iter().map(|(id, cells)| (id.to_owned(), cells)).collect();
        under.sort_by_key(|(id, _)| facts.position(id));
        Ok(Doubts { figures, under })
    }

    /// The doubted figures that any of some facts rests on.
    pub(crate) fn under<'f>(&self, facts: impl Iterator<Item = &'f str>) -> Vec<&DoubtedFigure> {
        let asked: BTreeSet<&str> = facts.collect();
        let resting = self.under.iter().filter(|(id, _)| asked.contains(id.as_str()));
        let all: BTreeSet<usize> = resting.flat_map(|(_, cells)| cells).copied().collect();
        all.into_iter().map(|at| &self.figures[at]).collect()
    }

    /// The doubted figures, each with the facts that rest on it.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&DoubtedFigure, Vec<&str>)> {
        self.figures.iter().enumerate().map(|(at, figure)| {
            let facts = self.under.iter().filter(|(_, cells)| cells.contains(&at)).map(|(id, _)| id.as_str());
            (figure, facts.collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Code;
    use crate::desk::testing::{Bench, entry};
    use serde_json::{Value, json};

    /// Nine sums of 20 to 36 万元 (252), and one of 240000: 24 万元 given in 元.
    fn bench() -> Bench {
        let sums = [20, 22, 24, 26, 28, 30, 32, 34, 36, 240_000];
        let lines = sums.iter().enumerate().map(|(n, sum)| format!("{n}路,{},{sum}\n", 30 + n));
        let text = format!("线路名称,客运量（万人次）,补贴（万元）\n{}", lines.collect::<String>());
        let bench = Bench::empty();
        let path = bench.home.path().join("线路.yance");
        bench.ask("create_project", json!({ "path": path, "kit": "general-survey", "title": "线路调查" }));
        bench.ask("import", json!({ "sources": [{ "kind": "pasted", "name": "线路", "text": text }] }));
        bench
    }

    fn total(bench: &Bench, name: &str) -> Value {
        let all = bench.ask("facts_overview", json!({ "words": name }));
        all["groups"][0]["indicators"][0].clone()
    }

    #[test]
    fn a_finding_proved_by_a_doubted_figure_says_so_until_somebody_decides() {
        let bench = bench();
        let view = bench.ask("findings", Value::Null);
        let proved = |f: &&Value| f["evidence"].as_array().unwrap().iter().any(|e| e["id"] == "ledger.tail.补贴");
        let finding = view["findings"].as_array().unwrap().iter().find(proved).expect("one is about its spread");
        let under = &view["doubts"][finding["id"].as_str().unwrap()];
        assert_eq!(
            (&under[0]["name"], &under[0]["field"], &under[0]["fix"]),
            (&json!("9路"), &json!("补贴"), &json!("24"))
        );
        assert!(view["doubts"].as_object().unwrap().len() < view["findings"].as_array().unwrap().len());
        bench.ask("settle", json!({ "dataset": under[0]["dataset"], "row": 9, "field": "补贴", "by": "kept" }));
        assert_eq!(bench.ask("findings", Value::Null)["doubts"], json!({}));
    }

    #[test]
    fn facts_over_a_doubted_figure_say_so_until_somebody_decides() {
        let bench = bench();
        assert_eq!(total(&bench, "客运量合计")["doubts"], 0);
        let doubted = total(&bench, "补贴合计");
        assert_eq!(doubted["doubts"], 1);
        let view = bench.ask("indicator", json!({ "indicator": doubted["indicator"]["id"] }));
        let figure = view["doubts"][0].clone();
        assert_eq!((&figure["name"], &figure["row"], &figure["fix"]), (&json!("9路"), &json!(9), &json!("24")));
        let item = |bench: &Bench| entry(&bench.ask("preprint", json!({})), "key", "doubts").clone();
        let listed = item(&bench);
        assert_eq!(listed["state"], "attention");
        assert_eq!(listed["places"][0]["cell"]["row"], 9);

        let settle = |by: &str| json!({ "dataset": figure["dataset"], "row": 9, "field": figure["field"], "by": by });
        for (by, shown) in [
            ("kept", doubted["indicator"]["shown"].clone()),
            ("suggested", json!("276万元")),
            ("missing", json!("252万元")),
        ] {
            bench.ask("settle", settle(by));
            let after = total(&bench, "补贴合计");
            assert_eq!((&after["doubts"], &after["indicator"]["shown"]), (&json!(0), &shown), "{by}");
            assert_eq!(item(&bench)["state"], "ok");
            // What is decided is not asked again.
            assert_eq!(bench.call("settle", settle(by)).unwrap_err().code, Code::InvalidArgument);
            bench.ask("undo", Value::Null);
        }
        assert_eq!(total(&bench, "补贴合计")["doubts"], 1);
    }
}
