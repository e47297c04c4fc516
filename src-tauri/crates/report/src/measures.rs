//! Measures 对策: matched to the findings of the report, with coverage both ways.

use crate::analysis::{Coverage, Decision, MeasureOut};
use crate::edits::MeasureChoice;
use crate::facts::World;
use crate::findings::Finding;
use crate::kit::MeasureSpec;

#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub spec: MeasureSpec,
    /// Included findings it answers.
    pub answers: Vec<String>,
    pub status: &'static str,
    pub included: bool,
}

/// Measures in kit order. A finding takes at most `max_measures_per_finding` suggestions; what the author accepted
/// comes in regardless.
pub(crate) fn choose(world: &World<'_>, findings: &[Finding]) -> Vec<Measure> {
    let limit = world.kit.policy.max_measures_per_finding;
    let open: Vec<&str> = findings.iter().filter(|f| f.included).map(|f| f.spec.id.as_str()).collect();
    // What answers a merged finding answers the one it is told under.
    let told_under = |id: &str| {
        let f = findings.iter().find(|f| f.spec.id == id)?;
        if f.included { Some(f.spec.id.as_str()) } else { f.merged_into.as_deref() }
    };
    let mut out: Vec<Measure> = world
        .kit
        .measures
        .iter()
        .map(|m| {
            let mut answers: Vec<String> = m.answers.iter().filter_map(|a| told_under(a)).map(str::to_owned).collect();
            answers.dedup();
            let (status, included) = match world.inputs.decisions.get(&m.id) {
                Some(Decision::Accepted) => ("accepted", true),
                Some(Decision::Rejected) => ("rejected", false),
                None => ("suggested", false),
            };
            Measure { spec: as_chosen(m, world.inputs.choices.measures.get(&m.id)), answers, status, included }
        })
        .collect();
    for finding in &open {
        let answers = |m: &Measure| m.answers.iter().any(|a| a == finding);
        let mut taken = out.iter().filter(|m| m.included && answers(m)).count();
        // Measures made for this finding first come before those that answer it among others.
        for first in [true, false] {
            for m in &mut out {
                let main = m.spec.answers.first().is_some_and(|a| a == finding);
                if taken < limit && m.status == "suggested" && !m.included && answers(m) && main == first {
                    m.included = true;
                    taken += 1;
                }
            }
        }
    }
    out
}

/// A measure with the fields the author filled in.
fn as_chosen(spec: &MeasureSpec, choice: Option<&MeasureChoice>) -> MeasureSpec {
    let mut spec = spec.clone();
    let Some(choice) = choice else { return spec };
    if let Some(title) = &choice.title {
        spec.titles = vec![title.clone()];
    }
    let put = |field: &mut String, value: &Option<String>| {
        if let Some(value) = value {
            field.clone_from(value);
        }
    };
    put(&mut spec.kpi, &choice.kpi);
    put(&mut spec.horizon, &choice.horizon);
    spec.lead = choice.lead.clone().unwrap_or(spec.lead);
    spec.support = choice.support.clone().unwrap_or(spec.support);
    spec
}

pub(crate) fn coverage(findings: &[Finding], measures: &[Measure]) -> Coverage {
    let answered = |id: &str| measures.iter().any(|m| m.included && m.answers.iter().any(|a| a == id));
    Coverage {
        findings_without_measure: findings
            .iter()
            .filter(|f| f.included && !answered(&f.spec.id))
            .map(|f| f.spec.id.clone())
            .collect(),
        measures_without_finding: measures
            .iter()
            .filter(|m| m.included && m.answers.is_empty())
            .map(|m| m.spec.id.clone())
            .collect(),
    }
}

impl Measure {
    pub fn title(&self) -> &str {
        self.spec.titles.first().map_or("", String::as_str)
    }
    pub fn departments(&self) -> Vec<String> {
        self.spec.lead.iter().chain(&self.spec.support).cloned().collect()
    }
    pub fn out(&self) -> MeasureOut {
        MeasureOut {
            id: self.spec.id.clone(),
            title: self.title().to_owned(),
            answers: self.answers.clone(),
            department: self.departments(),
            kpi: self.spec.kpi.clone(),
            horizon: self.spec.horizon.clone(),
            status: self.status.to_owned(),
            instrument: self.spec.instrument.clone(),
            precondition: self.spec.precondition.clone(),
            included: self.included,
        }
    }
}
