//! Commands about the facts 现状: what there is, where it stands in the report, what is behind one number.

use super::commands::Act;
use super::document::Query;
use super::state::Desk;
use crate::doubts::{DoubtedFigure, Doubts};
use crate::error::{Error, Result};
use crate::project::{Draft, Project};
use report::document::{Block, ChartKind, Document, Section};
use report::edits::OwnBlock;
use report::views::{self, FactLine, IndicatorLine, IndicatorTable};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use ts_rs::TS;

/// The indicators of a project by the dataset they speak of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactsOverview {
    pub groups: Vec<FactGroup>,
    /// Indicators in all, and those the search found.
    pub total: usize,
    pub found: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FactGroup {
    /// Id of the dataset; empty for what is computed of several.
    pub id: String,
    pub title: String,
    pub indicators: Vec<IndicatorEntry>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorEntry {
    pub indicator: IndicatorLine,
    /// Tables and charts that show it, and paragraphs that name it; left out ones not counted.
    pub drawn: usize,
    pub told: usize,
    /// Tables, charts and paragraphs left out on the author's word.
    pub hidden: usize,
    /// Doubted figures that it rests on.
    pub doubts: usize,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct IndicatorId {
    pub indicator: String,
}

/// One indicator wholly.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorView {
    pub indicator: IndicatorLine,
    pub group: String,
    pub table: IndicatorTable,
    pub formula: String,
    pub source: String,
    pub as_of: Option<String>,
    pub facts: Vec<FactLine>,
    /// Doubted figures that it rests on.
    pub doubts: Vec<DoubtedFigure>,
    /// Where it stands in the report, in the order of the report; left out places last.
    pub uses: Vec<Use>,
    /// Section that a new table or chart of it would best stand in.
    pub suggested_section: Option<String>,
}

/// A place in the report where an indicator stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Use {
    pub block: String,
    pub section: String,
    /// Number and title of the section.
    pub section_title: String,
    /// Caption or first words.
    pub text: String,
    pub kind: UseKind,
    /// Kind of a chart, and those it can be exchanged for.
    pub form: Option<ChartKind>,
    pub forms: Vec<ChartKind>,
    /// Left out on the author's word.
    pub hidden: bool,
    /// The author's own block.
    pub own: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UseKind {
    Paragraph,
    Table,
    Chart,
    /// A card of the summary.
    KeyFigure,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FactId {
    pub fact: String,
}

/// One fact wholly.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactView {
    pub fact: FactLine,
    /// Indicator it belongs to; `None` for facts about targets and the report itself.
    pub indicator: Option<String>,
    /// Fraction or decimal without rounding.
    pub exact: String,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub formula: String,
    pub scope: BTreeMap<String, String>,
    /// Title of the dataset its rows are in.
    pub dataset: Option<String>,
}

impl Desk {
    pub(super) fn facts_overview(&self, request: Query, act: &mut Act) -> Result<FactsOverview> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let titles = dataset_titles(project)?;
            let uses = Uses::of(&draft);
            let words: Vec<String> = request.words.split_whitespace().map(str::to_lowercase).collect();
            let facts = &draft.composed.1.facts;
            let doubts = Doubts::of(project, facts)?;
            let all = views::indicators(facts);
            let total = all.len();
            let mut groups: Vec<FactGroup> = Vec::new();
            let mut found = 0;
            for line in all {
                let own = format!("{}\n{}", line.title, line.id).to_lowercase();
                let within = |w: &String| {
                    let of = line.facts.iter().filter_map(|id| facts.get(id));
                    own.contains(w) || of.into_iter().any(|f| f.title.to_lowercase().contains(w) || f.text() == *w)
                };
                if !words.iter().all(within) {
                    continue;
                }
                found += 1;
                let count = |fits: &dyn Fn(&Place) -> bool| uses.of_indicator(&line.id).filter(|p| fits(p)).count();
                let entry = IndicatorEntry {
                    drawn: count(&|p| !p.hidden && matches!(p.kind, UseKind::Table | UseKind::Chart)),
                    told: count(&|p| !p.hidden && matches!(p.kind, UseKind::Paragraph | UseKind::KeyFigure)),
                    hidden: count(&|p| p.hidden),
                    doubts: doubts.under(line.facts.iter().map(String::as_str)).len(),
                    indicator: line,
                };
                let id = entry.indicator.dataset.clone();
                match groups.iter_mut().find(|g| g.id == id) {
                    Some(group) => group.indicators.push(entry),
                    None => {
                        let title = titles.get(&id).cloned().unwrap_or_default();
                        groups.push(FactGroup { id, title, indicators: vec![entry] });
                    }
                }
            }
            Ok(FactsOverview { groups, total, found })
        })
    }

    pub(super) fn indicator(&self, request: IndicatorId, act: &mut Act) -> Result<IndicatorView> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let facts = &draft.composed.1.facts;
            let id = &request.indicator;
            let all = views::indicators(facts);
            let line = all.iter().find(|l| l.id == *id).cloned();
            let line = line.ok_or_else(|| Error::invalid(format!("现在的数据算不出指标“{id}”。")))?;
            let first = line.facts.iter().find_map(|f| facts.get(f));
            let shape = facts.shapes.get(id);
            let doubts = Doubts::of(project, facts)?;
            let uses = Uses::of(&draft);
            let mut places: Vec<&Place> = uses.of_indicator(id).collect();
            places.sort_by_key(|p| p.hidden);
            // Where it stands already, else where its neighbours stand.
            let home = |p: &&&Place| !p.section.is_empty() && p.section != SUMMARY;
            let own = places.iter().find(home).map(|p| p.section.clone());
            let at = all.iter().position(|l| l.id == *id).unwrap_or(0);
            let neighbours = all[..at].iter().rev().chain(&all[at..]).filter(|l| l.dataset == line.dataset);
            let near =
                || neighbours.flat_map(|l| uses.of_indicator(&l.id)).find(|p| home(&p)).map(|p| p.section.clone());
            let written = || first.map(|f| f.source.clone()).unwrap_or_default();
            Ok(IndicatorView {
                group: dataset_titles(project)?.remove(&line.dataset).unwrap_or_default(),
                table: views::table(&project.kit, facts, &line, &draft.composed.1.views.layout),
                formula: line
                    .facts
                    .iter()
                    .filter_map(|f| facts.get(f))
                    .map(|f| &f.formula)
                    .find(|f| !f.is_empty())
                    .cloned()
                    .unwrap_or_default(),
                source: shape.map(|s| s.source.clone()).filter(|s| !s.is_empty()).unwrap_or_else(written),
                as_of: shape.and_then(|s| s.as_of.clone()).or_else(|| first.and_then(|f| f.as_of.clone())),
                facts: line.facts.iter().filter_map(|f| facts.get(f)).map(|f| f.line()).collect(),
                doubts: doubts.under(line.facts.iter().map(String::as_str)).into_iter().cloned().collect(),
                uses: places.into_iter().map(|p| p.shown(&draft, &uses)).collect(),
                suggested_section: own.or_else(near),
                indicator: line,
            })
        })
    }

    pub(super) fn fact(&self, request: FactId, act: &mut Act) -> Result<FactView> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let facts = &draft.composed.1.facts;
            let f = facts.get(&request.fact);
            let f = f.ok_or_else(|| Error::invalid(format!("现在的数据算不出“{}”。", request.fact)))?;
            let out = f.out();
            Ok(FactView {
                fact: f.line(),
                indicator: views::indicators_of(facts, std::iter::once(f.id.as_str())).into_iter().next(),
                exact: out.exact,
                numerator: out.numerator,
                denominator: out.denominator,
                formula: out.formula,
                scope: out.scope,
                dataset: f.dataset.as_ref().and_then(|d| dataset_titles(project).ok()?.remove(d)),
            })
        })
    }
}

fn dataset_titles(project: &Project) -> Result<BTreeMap<String, String>> {
    let loaded = project.loaded()?;
    Ok(loaded.assembled.iter().map(|a| &a.dataset.schema).map(|s| (s.id.clone(), s.title.clone())).collect())
}

/// Name under which the summary stands where a section is asked for.
const SUMMARY: &str = "summary";

/// A block that shows facts.
struct Place {
    block: String,
    section: String,
    text: String,
    kind: UseKind,
    /// Kind of a chart, and those it can be exchanged for.
    form: Option<(ChartKind, Vec<ChartKind>)>,
    hidden: bool,
}

/// Every block of the report that shows facts, by indicator.
struct Uses {
    places: Vec<Place>,
    by_indicator: HashMap<String, Vec<usize>>,
    /// Number and title of every section, by id.
    sections: HashMap<String, String>,
}

impl Uses {
    fn of(draft: &Draft) -> Uses {
        let composed = &draft.composed.1;
        let mut uses = Uses { places: vec![], by_indicator: HashMap::new(), sections: HashMap::new() };
        let shown = &draft.edited.document;
        uses.names(&composed.document);
        uses.names(shown);
        for k in &shown.summary.key_figures {
            let place = Place {
                block: SUMMARY.to_owned(),
                section: SUMMARY.to_owned(),
                text: format!("{}{}{}", k.label, k.value, k.unit),
                kind: UseKind::KeyFigure,
                form: None,
                hidden: false,
            };
            let ids = BTreeSet::from([k.fact.as_str()]);
            uses.add(&composed.facts, place, ids);
        }
        each_block(shown, &mut |section, b| uses.block(&composed.facts, section, b, false));
        // What is left out stands in the composed document.
        let hidden: BTreeSet<&str> = draft.edited.hidden.iter().map(|h| h.id.as_str()).collect();
        each_block(&composed.document, &mut |section, b| {
            if hidden.contains(b.id()) || hidden.contains(section) {
                uses.block(&composed.facts, section, b, true);
            }
        });
        uses
    }

    fn names(&mut self, document: &Document) {
        let title = &document.summary.title;
        self.sections.insert(SUMMARY.to_owned(), title.clone());
        let mut todo: Vec<&Section> = document.sections.iter().collect();
        while let Some(s) = todo.pop() {
            // 一、 and （一） part themselves from the title, 附录一 does not.
            let blank = if s.number.is_empty() || s.number.ends_with(['、', '）']) { "" } else { "　" };
            self.sections.insert(s.id.clone(), format!("{}{blank}{}", s.number, s.title));
            todo.extend(&s.sections);
        }
    }

    fn block(&mut self, facts: &report::Facts, section: &str, b: &Block, hidden: bool) {
        let mut ids = BTreeSet::new();
        let mut seen = Vec::new();
        b.each_fact(&mut |id| seen.push(id.to_owned()));
        ids.extend(seen.iter().map(String::as_str));
        if ids.is_empty() {
            return;
        }
        let (kind, form) = match b {
            Block::Table(_) => (UseKind::Table, None),
            Block::Chart(c) => (UseKind::Chart, Some((c.kind, c.forms()))),
            _ => (UseKind::Paragraph, None),
        };
        let text = b.first_words();
        let place = Place { block: b.id().to_owned(), section: section.to_owned(), text, kind, form, hidden };
        self.add(facts, place, ids);
    }

    fn add(&mut self, facts: &report::Facts, place: Place, ids: BTreeSet<&str>) {
        for indicator in views::indicators_of(facts, ids.into_iter()) {
            self.by_indicator.entry(indicator).or_default().push(self.places.len());
        }
        self.places.push(place);
    }

    fn of_indicator(&self, id: &str) -> impl Iterator<Item = &Place> {
        self.by_indicator.get(id).into_iter().flatten().map(|i| &self.places[*i])
    }
}

impl Place {
    fn shown(&self, draft: &Draft, uses: &Uses) -> Use {
        let own = draft.edits.own(&self.block);
        let drawn = own.is_some_and(|o| matches!(o.block, OwnBlock::Drawing { .. }));
        let (form, forms) = self.form.clone().map_or((None, vec![]), |(form, forms)| (Some(form), forms));
        Use {
            block: self.block.clone(),
            section: self.section.clone(),
            section_title: uses.sections.get(&self.section).cloned().unwrap_or_default(),
            text: self.text.clone(),
            kind: self.kind,
            form,
            forms: if drawn || !self.hidden { forms } else { vec![] },
            hidden: self.hidden,
            own: own.is_some(),
        }
    }
}

/// Gives every block with the id of its section, in the order of the report.
pub(crate) fn each_block(document: &Document, f: &mut dyn FnMut(&str, &Block)) {
    fn within(list: &[Section], f: &mut dyn FnMut(&str, &Block)) {
        for s in list {
            s.blocks.iter().for_each(|b| f(&s.id, b));
            within(&s.sections, f);
        }
    }
    document.summary.blocks.iter().for_each(|b| f(SUMMARY, b));
    within(&document.sections, f);
}

#[cfg(test)]
mod tests {
    use crate::Code;
    use crate::desk::testing::{Bench, entry};
    use serde_json::{Value, json};

    const FIELD: &str = "hnte-by-field";

    fn indicator(bench: &Bench, id: &str) -> Value {
        bench.ask("indicator", json!({ "indicator": id }))
    }

    fn place<'v>(view: &'v Value, kind: &str) -> &'v Value {
        entry(&view["uses"], "kind", kind)
    }

    #[test]
    fn indicators_stand_by_dataset_and_are_found_by_word() {
        let bench = Bench::example("tech-enterprise");
        let all = bench.ask("facts_overview", json!({ "words": "" }));
        assert_eq!(all["total"], all["found"]);
        let first = &all["groups"][0]["indicators"][0];
        assert_eq!(first["indicator"]["id"], "enterprise-count");
        assert_eq!(first["indicator"]["shown"], "681家");
        assert!(all["groups"].as_array().unwrap().len() >= 2, "ledger and questionnaire");
        let found = bench.ask("facts_overview", json!({ "words": "领域 分布" }));
        assert!(found["found"].as_u64().unwrap() < all["total"].as_u64().unwrap());
        let ledger = entry(&found["groups"], "id", "enterprises")["indicators"].as_array().unwrap();
        let field = ledger.iter().find(|e| e["indicator"]["id"] == FIELD).unwrap();
        assert!(field["drawn"].as_u64().unwrap() >= 1 && field["told"].as_u64().unwrap() >= 1, "{field}");
    }

    #[test]
    fn what_has_only_groups_is_listed_with_what_sums_them_up() {
        let bench = Bench::example("general-survey");
        let all = bench.ask("facts_overview", json!({ "words": "" }));
        let groups = all["groups"].as_array().unwrap().iter();
        let lines: Vec<&Value> =
            groups.flat_map(|g| g["indicators"].as_array().unwrap()).map(|e| &e["indicator"]).collect();
        let shown = |ending: &str| {
            let line = lines.iter().find(|l| l["fact"].as_str().is_some_and(|f| f.ends_with(ending)));
            line.unwrap_or_else(|| panic!("nothing is summed up by {ending}"))["shown"].as_str().unwrap().to_owned()
        };
        assert!(shown("/mean").ends_with('分'), "{}", shown("/mean"));
        assert!(shown("/ratio").ends_with('倍'), "{}", shown("/ratio"));
        assert!(lines.iter().all(|l| l["shown"].is_null() == l["fact"].is_null()));
    }

    #[test]
    fn an_indicator_shows_its_groups_with_shares_that_add_up() {
        let bench = Bench::example("tech-enterprise");
        let view = indicator(&bench, FIELD);
        let rows = view["table"]["rows"].as_array().unwrap();
        let counts = rows.iter().filter(|r| r["total"] == false).map(|r| &r["cells"][0]["v"]);
        let sum: u64 = counts.map(|v| v.as_str().unwrap().parse::<u64>().unwrap()).sum();
        assert_eq!(sum, 681);
        assert_eq!(rows.last().unwrap()["cells"][0]["v"], "681");
        assert_eq!(rows[0]["share"], 1.0, "the longest bar is the first");
        assert!(view["table"]["forms"].as_array().unwrap().contains(&json!("bar")));
        assert_eq!(bench.call("indicator", json!({ "indicator": "none" })).unwrap_err().code, Code::InvalidArgument);
    }

    #[test]
    fn a_table_is_taken_out_of_the_report_and_put_back() {
        let bench = Bench::example("tech-enterprise");
        let before = indicator(&bench, FIELD);
        let block = place(&before, "table")["block"].clone();
        bench.ask("remove", json!({ "target": block }));
        let without = indicator(&bench, FIELD);
        assert_eq!(entry(&without["uses"], "block", block.as_str().unwrap())["hidden"], true);
        bench.ask("revert", json!({ "target": block, "aspect": "hidden" }));
        assert_eq!(indicator(&bench, FIELD), before);
    }

    #[test]
    fn an_own_drawing_stands_where_it_is_put_and_a_chart_changes_its_form() {
        let bench = Bench::example("tech-enterprise");
        let section = indicator(&bench, FIELD)["suggested_section"].clone();
        let drawing = json!({ "type": "drawing", "indicator": FIELD, "form": "ring", "caption": "" });
        let id = bench.ask("insert", json!({ "after": section, "block": drawing }));
        let view = indicator(&bench, FIELD);
        let own = entry(&view["uses"], "block", id.as_str().unwrap());
        assert_eq!((&own["form"], &own["own"]), (&json!("ring"), &json!(true)));
        assert_eq!(own["section"], section);
        bench.ask("edit", json!({ "target": id, "change": { "aspect": "form", "value": "bar" } }));
        let view = indicator(&bench, FIELD);
        assert_eq!(entry(&view["uses"], "block", id.as_str().unwrap())["form"], "bar");
    }

    #[test]
    fn a_fact_tells_its_exact_value_and_what_is_behind_it() {
        let bench = Bench::example("tech-enterprise");
        let view = indicator(&bench, FIELD);
        let share = view["table"]["rows"][0]["cells"][1]["fact"].clone();
        let fact = bench.ask("fact", json!({ "fact": share }));
        assert_eq!(fact["denominator"], "681");
        assert_eq!(fact["exact"], format!("{}/681", fact["numerator"].as_str().unwrap()));
        assert_eq!(fact["fact"]["n"], 681);
        assert_eq!(fact["indicator"], FIELD);
        assert!(fact["fact"]["rows"].as_u64().is_some());
        assert_eq!(bench.call("fact", json!({ "fact": "none" })).unwrap_err().code, Code::InvalidArgument);
        assert_eq!(Bench::empty().call("fact", json!({ "fact": "x" })).unwrap_err().code, Code::NoProject);
    }
}
