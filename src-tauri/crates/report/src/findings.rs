//! Findings 问题: rules judged on facts by one stated formula (HANDBOOK §3.1).
//!
//! S = 100 × (0.4g + 0.3s + 0.2c + 0.1t): gap to a benchmark, share of respondents who name the difficulty, share of
//! units below a threshold, worsening over time. Parts without data drop out and the weights are renormalised. A rule
//! needs two kinds of part, or one kind on at least `small_base` records; otherwise it is 证据不足.

use crate::analysis::{Decision, FindingOut};
use crate::expr::{self, FactSource};
use crate::facts::{Facts, World};
use crate::kit::{Better, Case, CaseFact, CaseGiven, CaseOut, Diagnostic, FindingSpec, Kit, Policy};
use crate::num::{self, Exact};
use num_traits::{Signed, Zero};
use std::collections::BTreeMap;

/// A rule judged.
#[derive(Debug, Clone)]
pub struct Judgement {
    pub verdict: Verdict,
    /// Parts with their values 0–1, in the order of the formula.
    pub parts: Vec<(PartKind, Exact)>,
    pub severity: Option<Exact>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Gap,
    Survey,
    Extent,
    Trend,
}

impl PartKind {
    pub(crate) fn key(self) -> &'static str {
        match self {
            PartKind::Gap => "part.gap",
            PartKind::Survey => "part.survey",
            PartKind::Extent => "part.extent",
            PartKind::Trend => "part.trend",
        }
    }
    pub(crate) fn weight(self, p: &Policy) -> u32 {
        match self {
            PartKind::Gap => p.weights.gap,
            PartKind::Survey => p.weights.survey,
            PartKind::Extent => p.weights.extent,
            PartKind::Trend => p.weights.trend,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Index into the grades of the policy.
    Graded(usize),
    /// Judged, and too slight to be written.
    Slight,
    /// 证据不足.
    Insufficient,
    /// The rule's own condition does not hold.
    Excluded,
}

/// Judges one rule. `benchmark` gives the value of a criterion.
pub(crate) fn judge(
    spec: &FindingSpec,
    facts: &dyn FactSource,
    benchmark: &dyn Fn(&str) -> Option<Exact>,
    policy: &Policy,
) -> Judgement {
    let hundred = num::int(100);
    let mut n_best: u64 = 0;
    let mut note = |id: &str| n_best = n_best.max(facts.n(id).unwrap_or(0));
    let mut parts = Vec::new();

    let (mut sum, mut weight) = (Exact::zero(), 0u32);
    for g in &spec.gap {
        let b = num::parse(&g.benchmark).or_else(|| benchmark(&g.benchmark)).or_else(|| facts.value(&g.benchmark));
        let (Some(x), Some(b)) = (facts.value(&g.fact), b) else { continue };
        if !b.is_positive() {
            continue;
        }
        let raw = if g.better == Better::Higher { (&b - x) / &b } else { (x - &b) / &b };
        sum += num::clip01(raw) * num::int(i128::from(g.weight));
        weight += g.weight;
        note(&g.fact);
    }
    if weight > 0 {
        parts.push((PartKind::Gap, sum / num::int(i128::from(weight))));
    }
    let survey = spec.survey.iter().filter(|s| facts.n(&s.fact).is_some_and(|n| n >= policy.small_base));
    if let Some((id, v)) = largest(survey.map(|s| s.fact.as_str()), facts) {
        parts.push((PartKind::Survey, num::clip01(v / &hundred)));
        note(id);
    }
    if let Some((id, v)) = largest(spec.extent.iter().map(|s| s.fact.as_str()), facts) {
        parts.push((PartKind::Extent, num::clip01(v / &hundred)));
        note(id);
    }
    let mut worst: Option<Exact> = None;
    for t in &spec.trend {
        let Some(x) = facts.value(&t.fact) else { continue };
        let v = num::clip01(if t.better == Better::Higher { -x } else { x } / &hundred);
        note(&t.fact);
        worst = Some(worst.map_or(v.clone(), |w| w.max(v)));
    }
    if let Some(v) = worst {
        parts.push((PartKind::Trend, v));
    }

    let total: u32 = parts.iter().map(|(k, _)| k.weight(policy)).sum();
    let condition = spec.when.as_ref().map(|w| expr::parse(w).ok().and_then(|e| expr::truth(&e, facts)));
    if condition == Some(Some(false)) {
        return Judgement { verdict: Verdict::Excluded, parts, severity: None };
    }
    let enough = parts.len() >= 2 || (parts.len() == 1 && n_best >= policy.small_base);
    if !enough || total == 0 || condition == Some(None) {
        return Judgement { verdict: Verdict::Insufficient, parts, severity: None };
    }
    let weighted: Exact = parts.iter().map(|(k, v)| v * num::int(i128::from(k.weight(policy)))).sum();
    let severity = weighted * hundred / num::int(i128::from(total));
    let at = |limit: f64| num::parse(&limit.to_string()).is_some_and(|l| severity >= l);
    let verdict = policy.grades.iter().position(|(limit, _)| at(*limit)).map_or(Verdict::Slight, Verdict::Graded);
    Judgement { verdict, parts, severity: Some(severity) }
}

fn largest<'a>(ids: impl Iterator<Item = &'a str>, facts: &dyn FactSource) -> Option<(&'a str, Exact)> {
    ids.filter_map(|id| facts.value(id).map(|v| (id, v))).max_by(|a, b| a.1.cmp(&b.1))
}

/// A rule's instance with its judgement and what the author decided.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub spec: FindingSpec,
    pub judgement: Judgement,
    pub grade: String,
    pub status: &'static str,
    pub evidence: Vec<String>,
    pub counter: Vec<String>,
    pub gaps: Vec<String>,
    /// The formula with its numbers.
    pub arithmetic: String,
    /// Whether it has a section in the report.
    pub included: bool,
    /// The included finding under which it is told instead of having a section.
    pub merged_into: Option<String>,
    /// The author's heading.
    pub heading: Option<String>,
}

/// Judges every rule; included findings first, in the order of the report.
pub(crate) fn judge_all(world: &World<'_>, facts: &Facts) -> Vec<Finding> {
    let policy = &world.kit.policy;
    let mut all: Vec<Finding> = Vec::new();
    for item in &world.kit.findings {
        for (body, _) in world.instances(item, Some(facts)) {
            let Ok(spec) = body.try_into::<FindingSpec>() else { continue };
            if !spec.enabled {
                continue;
            }
            let judgement = judge(&spec, facts, &|id| world.criterion(id), policy);
            let decision = world.inputs.decisions.get(&spec.id).copied();
            let status = match (judgement.verdict, decision) {
                (Verdict::Graded(_) | Verdict::Slight, Some(Decision::Accepted)) => "accepted",
                (_, Some(Decision::Rejected)) => "rejected",
                (Verdict::Graded(_), _) => "suggested",
                (Verdict::Insufficient, _) => "insufficient",
                (Verdict::Slight | Verdict::Excluded, _) => "below",
            };
            let grade = match judgement.verdict {
                Verdict::Graded(i) => policy.grades[i].1.clone(),
                Verdict::Slight | Verdict::Excluded => world.kit.label("grade.slight").to_owned(),
                Verdict::Insufficient => world.kit.label("grade.insufficient").to_owned(),
            };
            let there = |ids: &[String]| ids.iter().filter(|i| facts.get(i).is_some()).cloned().collect::<Vec<_>>();
            let mut wanted: Vec<&String> = spec.needs.iter().collect();
            if judgement.verdict == Verdict::Insufficient {
                wanted.extend(spec.gap.iter().map(|g| &g.fact));
                wanted.extend(spec.survey.iter().map(|g| &g.fact));
                wanted.extend(spec.extent.iter().map(|g| &g.fact));
            }
            let mut gaps: Vec<String> = wanted.into_iter().filter(|i| facts.get(i).is_none()).cloned().collect();
            for g in &spec.gap {
                if num::parse(&g.benchmark).is_none()
                    && let Some(c) = world.kit.criterion(&g.benchmark)
                    && world.criterion(&c.id).is_none()
                {
                    gaps.push(c.title.clone());
                }
            }
            gaps.dedup();
            let arithmetic = arithmetic(&judgement, policy, world.kit);
            let (evidence, counter) = (there(&spec.evidence), there(&spec.counter));
            all.push(Finding {
                spec,
                judgement,
                grade,
                status,
                evidence,
                counter,
                gaps,
                arithmetic,
                included: false,
                merged_into: None,
                heading: None,
            });
        }
    }
    // Of instances that share an id the worst stands for the rule.
    all.sort_by_key(|f| rank(f, policy));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|f| seen.insert(f.spec.id.clone()));
    let mut families: BTreeMap<String, usize> = BTreeMap::new();
    // What the author has headed or given a place stays told when other data change the order.
    let choices = &world.inputs.choices.findings;
    let worked_on = |f: &Finding| {
        f.status == "suggested" && choices.get(&f.spec.id).is_some_and(|c| c.heading.is_some() || c.position.is_some())
    };
    let kept = all.iter().filter(|f| f.status == "accepted" || worked_on(f)).count();
    let mut room = policy.max_findings.saturating_sub(kept);
    for f in &mut all {
        f.included = match f.status {
            "accepted" => true,
            "suggested" if worked_on(f) => true,
            "suggested" if room > 0 => {
                let count = families.entry(f.spec.family.clone().unwrap_or_else(|| f.spec.id.clone())).or_default();
                let fits = f.spec.family_limit.is_none_or(|l| *count < l);
                if fits {
                    *count += 1;
                    room -= 1;
                }
                fits
            }
            _ => false,
        };
    }
    follow_author(world, &mut all);
    all
}

/// Applies the author's headings, order and mergers. A finding merged into one that is not told, or into itself round
/// about, stays where it is.
fn follow_author(world: &World<'_>, all: &mut [Finding]) {
    let choices = &world.inputs.choices.findings;
    let told: Vec<String> = all.iter().filter(|f| f.included).map(|f| f.spec.id.clone()).collect();
    for f in all.iter_mut() {
        let Some(choice) = choices.get(&f.spec.id) else { continue };
        f.heading.clone_from(&choice.heading);
        let host = choice.merged_into.as_ref().filter(|host| {
            let is_host = choices.get(*host).is_some_and(|c| c.merged_into.is_some());
            **host != f.spec.id && told.contains(host) && !is_host
        });
        if f.included && host.is_some() {
            f.included = false;
            f.merged_into = host.cloned();
        }
    }
    // Those without a place of their own keep the computed order behind those that have one.
    all.sort_by_key(|f| {
        let place = choices.get(&f.spec.id).and_then(|c| c.position).filter(|_| f.included);
        (!f.included, place.unwrap_or(i64::MAX))
    });
}

/// Order of the report: by grade, within a grade what this level of government can solve first, then by severity.
fn rank(f: &Finding, policy: &Policy) -> (usize, usize, bool, std::cmp::Reverse<Exact>, i64, String) {
    let state = usize::from(matches!(f.status, "below" | "insufficient" | "rejected"));
    let grade = match f.judgement.verdict {
        Verdict::Graded(i) => i,
        Verdict::Slight => policy.grades.len(),
        _ => policy.grades.len() + 1,
    };
    let severity = f.judgement.severity.clone().unwrap_or_else(|| num::int(-1));
    (state, grade, !f.spec.local, std::cmp::Reverse(severity), f.spec.order, f.spec.id.clone())
}

fn arithmetic(j: &Judgement, policy: &Policy, kit: &Kit) -> String {
    let Some(s) = &j.severity else { return String::new() };
    let names: Vec<String> =
        j.parts.iter().map(|(k, v)| format!("{}{}", kit.label(k.key()), num::text(v, 3))).collect();
    let terms: Vec<String> = j.parts.iter().map(|(k, v)| format!("{}×{}", k.weight(policy), num::text(v, 3))).collect();
    let total: u32 = j.parts.iter().map(|(k, _)| k.weight(policy)).sum();
    format!("{}；S=100×（{}）÷{total}={}", names.join("，"), terms.join("+"), num::text(s, 1))
}

impl Finding {
    /// What the finding is called where it is only named: the first clause of the author's heading, else its own title.
    pub fn title(&self) -> &str {
        let own = self.heading.as_deref().and_then(|h| h.split(['，', ',']).next()).map(str::trim);
        own.filter(|title| !title.is_empty()).unwrap_or(&self.spec.title)
    }

    pub fn out(&self) -> FindingOut {
        FindingOut {
            id: self.spec.id.clone(),
            title: self.spec.title.clone(),
            severity: self.judgement.severity.as_ref().and_then(|s| num::text(s, 1).parse().ok()),
            grade: self.grade.clone(),
            status: self.status.to_owned(),
            evidence: self.evidence.clone(),
            counter_evidence: self.counter.clone(),
            criteria: self.spec.criteria.clone(),
            gaps: self.gaps.clone(),
            arithmetic: self.arithmetic.clone(),
            included: self.included,
            merged_into: self.merged_into.clone(),
            heading: None,
        }
    }
}

// ---------------------------------------------------------------- cases

struct CaseFacts<'a>(&'a FindingSpec, usize);

impl FactSource for CaseFacts<'_> {
    fn value(&self, id: &str) -> Option<Exact> {
        self.0.case[self.1].facts.get(id).and_then(|f| f.parts().0)
    }
    fn n(&self, id: &str) -> Option<u64> {
        self.0.case[self.1].facts.get(id).and_then(|f| f.parts().1)
    }
    fn missing(&self, id: &str) -> Option<u64> {
        self.0.case[self.1].facts.get(id).and_then(|f| f.parts().2)
    }
}

impl Kit {
    /// What comes out of each case of a rule.
    pub(crate) fn case_results(&self, spec: &FindingSpec) -> Vec<CaseOut> {
        let one = |(i, case): (usize, &Case)| {
            let facts = CaseFacts(spec, i);
            let benchmark =
                |id: &str| facts.value(id).or_else(|| self.criterion(id).and_then(|c| num::parse(&c.value)));
            let j = judge(spec, &facts, &benchmark, &self.policy);
            let got_grade = match j.verdict {
                Verdict::Graded(i) => self.policy.grades[i].1.as_str(),
                Verdict::Slight | Verdict::Excluded => self.label("grade.slight"),
                Verdict::Insufficient => self.label("grade.insufficient"),
            };
            let got_severity = j.severity.as_ref().map(|s| num::text(s, 1));
            let severity = case.severity.as_ref().map(|s| num::parse(s).map_or(s.clone(), |v| num::text(&v, 1)));
            let given = |(fact, given): (&String, &CaseFact)| {
                let (value, n, _) = given.parts();
                CaseGiven { fact: fact.clone(), value: value.map(|v| num::exact_text(&v)).unwrap_or_default(), n }
            };
            CaseOut {
                name: case.name.clone(),
                facts: case.facts.iter().map(given).collect(),
                passed: got_grade == case.grade && (severity.is_none() || severity == got_severity),
                grade: case.grade.clone(),
                severity,
                got_grade: got_grade.to_owned(),
                got_severity,
            }
        };
        spec.case.iter().enumerate().map(one).collect()
    }

    /// Runs every rule's own cases; each fault names the case, what it expects and what came out.
    pub fn run_cases(&self) -> Vec<Diagnostic> {
        let mut failed = Vec::new();
        for item in &self.findings {
            let Ok(spec) = toml::Value::Table(item.body.clone()).try_into::<FindingSpec>() else { continue };
            for case in self.case_results(&spec).into_iter().filter(|c| !c.passed) {
                let message = format!(
                    "用例“{}”应为{}{}，实为{}{}",
                    case.name,
                    case.grade,
                    case.severity.unwrap_or_default(),
                    case.got_grade,
                    case.got_severity.unwrap_or_default(),
                );
                failed.push(Diagnostic { file: item.file.clone(), line: item.line, column: 1, message });
            }
        }
        failed
    }
}
