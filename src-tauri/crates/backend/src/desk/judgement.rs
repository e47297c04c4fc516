//! Commands about findings 问题 and measures 对策: what there is to judge, and the author's judgement.

use super::commands::{Act, Nothing};
use super::document::quote;
use super::state::Desk;
use crate::doubts::{DoubtedFigure, Doubts};
use crate::error::{Error, Result};
use report::Change;
use report::views::{CriterionView, FindingView, MeasureView, ParallelView, TargetView, ThemeView, Views};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Edit;
use ts_rs::TS;

/// Findings in the order of the report, then those left out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingsView {
    pub findings: Vec<FindingView>,
    pub parallel: ParallelView,
    /// Every benchmark of the kit.
    pub criteria: Vec<CriterionView>,
    /// Severity from which each grade holds, highest first.
    pub grades: Vec<GradeView>,
    /// Findings that enter the report at most.
    pub limit: usize,
    /// By finding, the doubted figures that its severity, evidence or counter-evidence rests on; none for the others.
    pub doubts: BTreeMap<String, Vec<DoubtedFigure>>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct GradeView {
    pub title: String,
    pub from: String,
}

/// Measures with what they answer, both ways.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MeasuresView {
    pub themes: Vec<ThemeView>,
    pub measures: Vec<MeasureView>,
    /// Findings of the report, in its order.
    pub findings: Vec<AnsweredFinding>,
    /// Measures of the report that answer no finding of it.
    pub without_finding: Vec<String>,
    pub targets: Vec<TargetView>,
    /// Departments that the kit and the author name, for choosing among.
    pub departments: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct AnsweredFinding {
    pub id: String,
    pub number: String,
    pub heading: String,
    pub grade: String,
    /// Whether a measure of the report answers it.
    pub answered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    Accepted,
    Rejected,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct DecideRequest {
    /// Findings or measures.
    pub ids: Vec<String>,
    /// `null` takes decisions back.
    pub decision: Option<Judgement>,
}

/// Findings, or measures of one theme, in the order wanted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OrderRequest {
    pub ids: Vec<String>,
}

/// Headings by finding; `null` gives the kit's back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HeadingsRequest {
    pub headings: BTreeMap<String, Option<String>>,
}

impl Desk {
    pub(super) fn findings(&self, (): Nothing, act: &mut Act) -> Result<FindingsView> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let views = &draft.composed.1.views;
            let doubts = Doubts::of(project, &draft.composed.1.facts)?;
            let under = |finding: &FindingView| {
                let parts = finding.parts.iter().flat_map(|part| &part.facts).map(|f| &f.fact);
                let facts = parts.chain(&finding.evidence).chain(&finding.counter).map(|f| f.id.as_str());
                let figures: Vec<DoubtedFigure> = doubts.under(facts).into_iter().cloned().collect();
                (!figures.is_empty()).then(|| (finding.id.clone(), figures))
            };
            let policy = &project.kit.policy;
            let grades =
                policy.grades.iter().map(|(from, title)| GradeView { title: title.clone(), from: from.to_string() });
            Ok(FindingsView {
                findings: views.findings.clone(),
                parallel: views.parallel.clone(),
                criteria: views.criteria.clone(),
                grades: grades.collect(),
                limit: policy.max_findings,
                doubts: views.findings.iter().filter_map(under).collect(),
            })
        })
    }

    pub(super) fn measures(&self, (): Nothing, act: &mut Act) -> Result<MeasuresView> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let views = &draft.composed.1.views;
            let coverage = &draft.analysis().coverage;
            let told = views.findings.iter().filter(|f| f.included).map(|f| AnsweredFinding {
                id: f.id.clone(),
                number: f.number.clone().unwrap_or_default(),
                heading: f.heading.as_ref().map_or_else(|| f.title.clone(), |h| h.text.clone()),
                grade: f.grade.clone(),
                answered: !coverage.findings_without_measure.contains(&f.id),
            });
            let mut departments: Vec<String> = Vec::new();
            for name in views.measures.iter().flat_map(|m| m.lead.iter().chain(&m.support)) {
                if !departments.contains(name) {
                    departments.push(name.clone());
                }
            }
            Ok(MeasuresView {
                themes: views.themes.clone(),
                measures: views.measures.clone(),
                findings: told.collect(),
                without_finding: coverage.measures_without_finding.clone(),
                targets: views.targets.clone(),
                departments,
            })
        })
    }

    pub(super) fn decide(&self, request: DecideRequest, act: &mut Act) -> Result<Nothing> {
        let decision = request.decision.map(|d| match d {
            Judgement::Accepted => store::Decision::Accepted,
            Judgement::Rejected => store::Decision::Rejected,
        });
        self.with(act, |project, _| project.decide(&request.ids, decision))
    }

    pub(super) fn reorder(&self, request: OrderRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            known(&draft.composed.1.views, request.ids.iter())?;
            project.transact("调整次序", |tx, _| {
                request.ids.iter().zip(0..).try_for_each(|(id, place)| {
                    let (aspect, value) = Change::Position(place).parts();
                    Ok(tx.set_edit(&Edit { target: id.clone(), aspect, value: value.to_string(), basis: None })?)
                })
            })
        })
    }

    pub(super) fn set_headings(&self, request: HeadingsRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            known(&draft.composed.1.views, request.headings.keys())?;
            let label = match request.headings.values().collect::<Vec<_>>()[..] {
                [] => return Ok(()),
                [Some(one)] => format!("修改标题：{}", quote(one)),
                [None] => "恢复套件的标题".to_owned(),
                _ => format!("修改{}个标题", request.headings.len()),
            };
            project.transact(&label, |tx, _| {
                request.headings.iter().try_for_each(|(id, heading)| {
                    let (aspect, value) = Change::Heading(heading.clone().unwrap_or_default()).parts();
                    match heading.as_ref().filter(|h| !h.trim().is_empty()) {
                        Some(_) => {
                            let value = value.to_string();
                            tx.set_edit(&Edit { target: id.clone(), aspect, value, basis: None })?;
                        }
                        None => {
                            tx.drop_edit(id, &aspect)?;
                        }
                    }
                    Ok(())
                })
            })
        })
    }
}

/// Refuses ids that are neither findings nor measures.
fn known<'a>(views: &Views, mut ids: impl Iterator<Item = &'a String>) -> Result<()> {
    let is_known = |id: &str| views.findings.iter().any(|f| f.id == id) || views.measures.iter().any(|m| m.id == id);
    match ids.find(|id| !is_known(id)) {
        Some(id) => Err(Error::invalid(format!("没有这样的问题或对策：{id}。"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::Code;
    use crate::desk::testing::{Bench, entry};
    use serde_json::{Value, json};

    fn findings(bench: &Bench) -> Value {
        bench.ask("findings", json!(null))
    }

    fn told(view: &Value) -> Vec<String> {
        let list = view["findings"].as_array().unwrap().iter().filter(|f| f["included"] == true);
        list.map(|f| f["id"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn findings_show_the_arithmetic_of_their_severity() {
        let bench = Bench::example("tech-enterprise");
        let view = findings(&bench);
        let first = &view["findings"][0];
        assert_eq!(first["number"], "一");
        let parts = first["parts"].as_array().unwrap();
        assert_eq!(parts.iter().map(|p| p["weight"].as_u64().unwrap()).sum::<u64>(), 100);
        // S = 100 × Σ(weight × part) ÷ Σ weight over the parts that count.
        let counted = parts.iter().filter(|p| !p["value"].is_null());
        let (sum, weight) = counted.fold((0.0, 0.0), |(sum, weight), p| {
            let w = p["weight"].as_f64().unwrap();
            (sum + w * p["share"].as_f64().unwrap(), weight + w)
        });
        assert_eq!(format!("{:.1}", 100.0 * sum / weight), first["severity"].as_str().unwrap());
        assert!(first["arithmetic"].as_str().unwrap().ends_with(first["severity"].as_str().unwrap()));
        assert!(first["evidence"].as_array().is_some_and(|e| !e.is_empty()));
        let mut lacking = view["findings"].as_array().unwrap().iter().filter(|f| f["status"] == "insufficient");
        assert!(lacking.all(|f| f["missing"].as_array().is_some_and(|m| !m.is_empty()) && f["severity"].is_null()));
    }

    #[test]
    fn a_rejected_finding_leaves_the_report_and_undo_brings_it_back() {
        let bench = Bench::example("tech-enterprise");
        let before = told(&findings(&bench));
        let reply = bench.call("decide", json!({ "ids": [before[0]], "decision": "rejected" })).unwrap();
        assert!(reply.changed.contains(&crate::desk::Tag::Analysis));
        let view = findings(&bench);
        assert!(!told(&view).contains(&before[0]));
        assert_eq!(entry(&view["findings"], "id", &before[0])["status"], "rejected");
        let label = bench.ask("undo", json!(null));
        assert!(label.as_str().unwrap().starts_with("不采用："), "{label}");
        assert_eq!(told(&findings(&bench)), before);
        let refused = bench.call("decide", json!({ "ids": ["none"], "decision": null })).unwrap_err();
        assert_eq!(refused.code, Code::InvalidArgument);
    }

    #[test]
    fn a_new_order_is_one_act_and_numbers_follow_it() {
        let bench = Bench::example("tech-enterprise");
        let before = told(&findings(&bench));
        let mut wanted = before.clone();
        wanted.reverse();
        bench.ask("reorder", json!({ "ids": wanted }));
        let view = findings(&bench);
        assert_eq!(told(&view), wanted);
        assert_eq!(view["findings"][0]["number"], "一");
        bench.ask("undo", json!(null));
        assert_eq!(told(&findings(&bench)), before);
        assert_eq!(bench.call("reorder", json!({ "ids": ["none"] })).unwrap_err().code, Code::InvalidArgument);
    }

    #[test]
    fn a_merged_finding_is_told_under_its_host_and_can_be_parted_again() {
        let bench = Bench::example("tech-enterprise");
        let before = told(&findings(&bench));
        let change = json!({ "aspect": "merged-into", "value": before[0] });
        bench.ask("edit", json!({ "target": before[1], "change": change }));
        let view = findings(&bench);
        let merged = entry(&view["findings"], "id", &before[1]);
        assert_eq!(merged["merged_into"], json!(before[0]));
        assert!(merged["section"].as_str().unwrap().ends_with(&before[0]));
        bench.ask("revert", json!({ "target": before[1], "aspect": "merged-into" }));
        assert_eq!(told(&findings(&bench)), before);
    }

    #[test]
    fn an_odd_heading_is_marked_and_the_proposal_makes_all_equal() {
        let bench = Bench::example("tech-enterprise");
        let first = told(&findings(&bench))[0].clone();
        assert_eq!(findings(&bench)["parallel"]["equal"], true);
        bench.ask("set_headings", json!({ "headings": { &first: "规模小" } }));
        let view = findings(&bench);
        let heading = &entry(&view["findings"], "id", &first)["heading"];
        assert_eq!(
            (&heading["text"], &heading["lengths"], &heading["fits"]),
            (&json!("规模小"), &json!([3]), &json!(false))
        );
        assert_eq!(view["parallel"]["equal"], false);
        let proposal = view["parallel"]["proposal"].clone();
        bench.ask("set_headings", json!({ "headings": proposal }));
        assert_eq!(findings(&bench)["parallel"]["equal"], true);
        bench.ask("set_headings", json!({ "headings": { &first: null } }));
        assert_eq!(entry(&findings(&bench)["findings"], "id", &first)["own_heading"], false);
    }

    #[test]
    fn a_threshold_of_the_author_is_marked_beside_the_kits_and_counts() {
        let bench = Bench::example("tech-enterprise");
        let view = findings(&bench);
        let used = view["criteria"].as_array().unwrap().iter().find(|c| {
            let fits =
                |id: &Value| entry(&view["findings"], "id", id.as_str().unwrap())["parts"][0]["value"].is_string();
            c["value"].is_string() && c["used_by"].as_array().unwrap().iter().any(fits)
        });
        let id = used.unwrap()["id"].as_str().unwrap();
        bench.ask("set", json!({ "values": { format!("criterion.{id}"): "12345" } }));
        let after = findings(&bench);
        let criterion = entry(&after["criteria"], "id", id);
        assert_eq!((&criterion["value"], &criterion["changed"]), (&json!("12345"), &json!(true)));
        assert_eq!(criterion["own"], entry(&view["criteria"], "id", id)["value"]);
        bench.ask("set", json!({ "values": { format!("criterion.{id}"): "" } }));
        assert_eq!(findings(&bench), view);
    }

    #[test]
    fn measures_tell_what_they_answer_and_gaps_show_on_both_sides() {
        let bench = Bench::example("tech-enterprise");
        let view = bench.ask("measures", json!(null));
        let measures = view["measures"].as_array().unwrap();
        let in_report: Vec<&Value> = measures.iter().filter(|m| m["included"] == true).collect();
        assert!(!in_report.is_empty());
        let finding = view["findings"][0]["id"].clone();
        let answering = in_report.iter().filter(|m| m["answers"].as_array().unwrap().contains(&finding));
        let ids: Vec<&Value> = answering.map(|m| &m["id"]).collect();
        // Without those that answer it the finding stands alone.
        let all = measures.iter().filter(|m| m["answers"].as_array().unwrap().contains(&finding));
        let all: Vec<&Value> = all.map(|m| &m["id"]).collect();
        assert!(!ids.is_empty() && all.len() >= ids.len());
        bench.ask("decide", json!({ "ids": all, "decision": "rejected" }));
        let after = bench.ask("measures", json!(null));
        assert_eq!(after["findings"][0]["answered"], false);
        // A measure that answers nothing told is taken in on the author's word and shown as such.
        let idle = measures.iter().find(|m| m["answers"].as_array().unwrap().is_empty()).unwrap();
        bench.ask("decide", json!({ "ids": [idle["id"]], "decision": "accepted" }));
        let after = bench.ask("measures", json!(null));
        assert!(after["without_finding"].as_array().unwrap().contains(&idle["id"]));
    }

    #[test]
    fn fields_of_a_measure_are_filled_in_and_taken_back() {
        let bench = Bench::example("tech-enterprise");
        let view = bench.ask("measures", json!(null));
        let before = view["measures"].as_array().unwrap().iter().find(|m| m["included"] == true).unwrap();
        let id = before["id"].as_str().unwrap();
        for (aspect, value) in [("lead", json!(["甲局"])), ("kpi", json!("办结率")), ("horizon", json!("远"))] {
            bench.ask("edit", json!({ "target": id, "change": { "aspect": aspect, "value": value } }));
        }
        let after = bench.ask("measures", json!(null));
        let now = entry(&after["measures"], "id", id);
        assert_eq!((&now["lead"], &now["kpi"]), (&json!(["甲局"]), &json!("办结率")));
        assert_eq!(now["horizon_shown"], "3年以上");
        assert_eq!(now["changed"], json!(["lead", "kpi", "horizon"]));
        bench.ask("revert", json!({ "target": id }));
        assert_eq!(entry(&bench.ask("measures", json!(null))["measures"], "id", id), before);
    }

    #[test]
    fn targets_carry_their_path_from_the_present_value_to_the_end() {
        let bench = Bench::example("tech-enterprise");
        let view = bench.ask("measures", json!(null));
        let target = view["targets"].as_array().unwrap().iter().find(|t| !t["path"].as_array().unwrap().is_empty());
        let target = target.unwrap();
        let path = target["path"].as_array().unwrap();
        assert_eq!(
            format!("{}{}", path[0]["shown"].as_str().unwrap(), target["unit"].as_str().unwrap()),
            target["current"]
        );
        let last = path.last().unwrap();
        assert_eq!(
            format!("{}{}", last["shown"].as_str().unwrap(), target["unit"].as_str().unwrap()),
            target["target"]
        );
        assert_eq!(last["share"], 1.0);
        assert_eq!(Bench::empty().call("measures", json!(null)).unwrap_err().code, Code::NoProject);
    }

    #[test]
    fn without_data_there_is_nothing_to_judge() {
        let bench = Bench::empty();
        let path = bench.home.path().join("空.yance").display().to_string();
        bench.ask("create_project", json!({ "path": path, "kit": "general-survey", "title": "空" }));
        for name in ["findings", "measures"] {
            assert_eq!(bench.call(name, json!(null)).unwrap_err().code, Code::NoData);
        }
        assert_eq!(bench.call("facts_overview", json!({ "words": "" })).unwrap_err().code, Code::NoData);
    }
}
