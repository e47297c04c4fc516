//! From datasets to a report: kit → facts 现状 → findings 问题 → measures 对策 → wording → document.
//!
//! Pure: no I/O, no clock, no randomness. The same inputs and kit give the same document, byte for byte.
//! The crate knows no trade, city or sentence; those are data in a kit (`templates/kits/<id>/`).
//!
//! ```text
//! kit ─┐                    ┌► targets ─┐
//!      ├► indicators ► facts┼► findings ┼► compose (wording, tables, headings) ► Document
//! data ┘   (expr)           └► measures ┘
//! ```

pub mod analysis;
mod compose;
pub mod document;
pub mod edits;
pub mod expr;
pub mod facts;
pub mod findings;
pub mod headings;
mod indicators;
pub mod kit;
mod measures;
pub mod num;
mod ordinal;
mod targets;
pub mod views;
mod wording;

pub use analysis::{Analysis, Decision, ImportLog, Inputs};
pub use document::{Content, Document};
pub use edits::{Change, Edited, Edits};
pub use facts::{Basis, Cell, Fact, FactForm, Facts};
pub use kit::{Diagnostic, Kit, KitFiles};
pub use wording::Lack;

use facts::World;
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use wording::{Shared, Writer};

struct Computed {
    facts: Facts,
    findings: Vec<findings::Finding>,
    measures: Vec<measures::Measure>,
    targets: Vec<targets::Target>,
    gaps: Vec<String>,
}

fn compute(world: &World<'_>) -> Computed {
    let (mut facts, mut gaps) = indicators::compute(world);
    let targets = targets::read(world, &mut facts);
    let findings = findings::judge_all(world, &facts);
    let measures = measures::choose(world, &findings);
    add_own_facts(world, &findings, &measures, &mut facts);
    for f in findings.iter().filter(|f| !f.gaps.is_empty()) {
        // One line for each finding; what is wanted most stands first.
        let mut wanted: Vec<String> = Vec::new();
        for g in &f.gaps {
            let title = kit_title(world.kit, &facts, g);
            if !wanted.contains(&title) {
                wanted.push(title);
            }
        }
        let more = if wanted.len() > 3 { format!("等{}项", wanted.len()) } else { String::new() };
        wanted.truncate(3);
        gaps.push(format!("{}：缺{}{more}", f.spec.title, wanted.join("、")));
    }
    Computed { facts, findings, measures, targets, gaps }
}

/// Whether an indicator of a loop, whose id has places to fill, makes this id.
fn made_by(template: &str, id: &str) -> bool {
    let mut pieces = template.split("${").map(|part| part.split_once('}').map_or(part, |(_, text)| text));
    let Some(mut rest) = pieces.next().and_then(|first| id.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        rest = match pieces.peek() {
            None if piece.is_empty() => return !rest.is_empty(),
            None => return rest.len() > piece.len() && rest.ends_with(piece),
            Some(_) => match rest.char_indices().skip(1).find(|(at, _)| rest[*at..].starts_with(piece)) {
                Some((at, _)) => &rest[at + piece.len()..],
                None => return false,
            },
        };
    }
    rest.is_empty()
}

/// Title of a fact, of the indicator that would have made it (with its group, if it has one), or of a criterion.
fn kit_title(kit: &Kit, facts: &Facts, id: &str) -> String {
    if let Some(f) = facts.get(id) {
        return f.title.clone();
    }
    let id_of = |i: &kit::Item| i.body.get("id").and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let rest = |i: &kit::Item| {
        let own = id_of(i);
        if own == id || own.contains("${") && made_by(&own, id) {
            Some("")
        } else {
            id.strip_prefix(own.as_str()).and_then(|r| r.strip_prefix('/'))
        }
    };
    let Some((item, rest)) = kit.indicators.iter().find_map(|i| rest(i).map(|r| (i, r))) else {
        let criterion = kit.criterion(id).map(|c| c.title.as_str());
        return criterion.unwrap_or(id.strip_prefix("target/").unwrap_or(id)).to_owned();
    };
    let mut title = item.body.get("title").and_then(|v| v.as_str()).unwrap_or(id).to_owned();
    // Parts of a title that a loop would have filled say nothing without data.
    while let Some(at) = title.find("${") {
        let Some(end) = title[at..].find('}') else { break };
        let tail = title[at + end + 1..].trim_start_matches('年').to_owned();
        title.truncate(at);
        title.push_str(&tail);
    }
    match rest.rsplit_once('/').map(|(group, _)| group) {
        Some(group) => format!("{title}（{group}）"),
        None => title,
    }
}

/// Facts about the report itself: records read, findings and measures counted, severities.
fn add_own_facts(world: &World<'_>, findings: &[findings::Finding], measures: &[measures::Measure], facts: &mut Facts) {
    let label = |k: &str| world.kit.label(k).to_owned();
    let source = label("source.own");
    let own = |id: String, title: String, value: num::Exact, unit: &str, decimals: u32| Fact {
        source: source.clone(),
        ..Fact::new(id, title, value, unit, decimals)
    };
    for d in &world.inputs.datasets {
        let s = &d.schema;
        let title = format!("{}{}", s.title, label("records"));
        let mut f = own(format!("data/{}/records", s.id), title, num::int(d.n as i128), &s.classifier, 0);
        f.as_of = Some(world.as_of(&s.id));
        f.n = Some(d.n as u64);
        f.rows = Some(std::sync::Arc::new(d.all()));
        f.dataset = Some(s.id.clone());
        facts.add(f);
    }
    for f in findings {
        if let Some(s) = &f.judgement.severity {
            let title = format!("{}{}", f.spec.title, label("severity"));
            let mut fact = own(format!("finding/{}/severity", f.spec.id), title, s.clone(), "", 1);
            fact.formula.clone_from(&f.arithmetic);
            facts.add(fact);
        }
    }
    let counts = [
        ("findings", findings.iter().filter(|f| f.included).count()),
        ("measures", measures.iter().filter(|m| m.included).count()),
        ("targets", world.inputs.datasets.iter().filter(|d| d.schema.form == survey::Form::Targets).map(|d| d.n).sum()),
    ];
    for (what, n) in counts {
        let unit = label(&format!("{what}.unit"));
        facts.add(own(format!("count/{what}"), label(what), num::int(n as i128), &unit, 0));
    }
}

impl Computed {
    fn analysis(&self, world: &World<'_>) -> Analysis {
        Analysis {
            as_of: world.inputs.as_of,
            facts: self.facts.list.iter().map(Fact::out).collect(),
            findings: self.findings.iter().map(findings::Finding::out).collect(),
            measures: self
                .measures
                .iter()
                .filter(|m| m.included || !m.answers.is_empty() || m.status != "suggested")
                .map(measures::Measure::out)
                .collect(),
            targets: self.targets.iter().map(|t| t.out(world)).collect(),
            coverage: measures::coverage(&self.findings, &self.measures),
            gaps: self.gaps.clone(),
        }
    }
}

/// Computes facts, findings, measures and targets.
pub fn analyze(kit: &Kit, inputs: &Inputs) -> Analysis {
    let world = World::new(kit, inputs);
    compute(&world).analysis(&world)
}

/// The facts alone, for benches and front ends that show rows behind a number.
pub fn facts(kit: &Kit, inputs: &Inputs) -> Facts {
    let world = World::new(kit, inputs);
    indicators::compute(&world).0
}

/// What sentences are written with: facts, criteria, parameters and names.
fn writer(world: &World<'_>, facts: Arc<Facts>) -> Writer {
    let (kit, inputs) = (world.kit, world.inputs);
    let criteria = kit
        .criteria
        .iter()
        .filter_map(|c| {
            let value = world.criterion(&c.id)?;
            let shown = wording::Criterion {
                title: c.title.clone(),
                text: num::exact_text(&value),
                value,
                unit: c.unit.clone(),
                source: c.source.clone(),
                from: c.valid_from.clone(),
            };
            Some((c.id.clone(), shown))
        })
        .collect();
    let mut parameters: BTreeMap<String, Value> = BTreeMap::new();
    for p in &kit.parameters {
        parameters.insert(p.key.clone(), Value::from(world.parameter(&p.key).unwrap_or_default()));
    }
    for (k, v) in &inputs.parameters {
        parameters.insert(k.clone(), Value::from(facts::clean(v)));
    }
    let mut globals: BTreeMap<String, Value> = BTreeMap::new();
    let text = |key: &str, default: &str| {
        Value::from(world.parameter(key).filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned()))
    };
    globals.insert("subject".into(), text("subject", &kit.subject));
    globals.insert("region".into(), text("region", ""));
    globals.insert("title".into(), Value::from(facts::clean(&inputs.title)));
    globals.insert("as_of".into(), Value::from(facts::chinese_date(inputs.as_of, survey::dataset::DatePrecision::Day)));
    globals.insert("p".into(), Value::from(parameters));
    globals.insert("small_base".into(), Value::from(kit.policy.small_base));
    globals.insert("suppress_below".into(), Value::from(kit.policy.suppress_below));
    let datasets = inputs.datasets.iter().map(|d| &d.schema);
    let datasets =
        datasets.map(|s| (s.id.clone(), [&s.title, &s.noun, &s.classifier].map(|t| facts::clean(t)))).collect();
    Writer::new(Shared { facts, criteria, labels: kit.labels.clone(), datasets }, globals)
}

/// Judges the rules of a kit on facts computed before. Right for a kit that differs from the one the facts came from in
/// rules, criteria or policy, which no fact depends on.
pub fn judge(kit: &Kit, inputs: &Inputs, facts: &Facts) -> Vec<analysis::FindingOut> {
    let world = World::new(kit, inputs);
    findings::judge_all(&world, facts).iter().map(findings::Finding::out).collect()
}

/// What patterns say with facts computed before; an error names what a pattern lacks.
pub fn preview(kit: &Kit, inputs: &Inputs, facts: &Arc<Facts>, patterns: &[&str]) -> Vec<Result<String, Lack>> {
    writer(&World::new(kit, inputs), facts.clone()).try_out(patterns)
}

/// Computes everything and composes the document.
pub fn compose(kit: &Kit, inputs: &Inputs) -> Composed {
    let world = World::new(kit, inputs);
    let computed = compute(&world);
    let mut analysis = computed.analysis(&world);
    let Computed { facts, findings, measures, targets, .. } = computed;
    let facts = Arc::new(facts);
    let writer = writer(&world, facts.clone());
    let hidden = BTreeSet::new();
    let composer = compose::Composer::new(&world, writer, &findings, &measures, &targets, &analysis, &hidden);
    let compose::Parts { document, drawings, headings, faults, views } = composer.document();
    for f in &mut analysis.findings {
        f.heading = headings.get(&f.id).cloned();
    }
    analysis.gaps.extend(faults);
    let judged = Arc::new(Judged { findings, measures, targets, kit: kit.clone(), inputs: inputs.clone() });
    Composed { analysis, document, facts, views, drawings, judged }
}

/// What is judged of the facts, and what of: all that another form is composed from.
#[derive(Debug)]
struct Judged {
    kit: Kit,
    inputs: Inputs,
    findings: Vec<findings::Finding>,
    measures: Vec<measures::Measure>,
    targets: Vec<targets::Target>,
}

/// A report as the program writes it, before the author's texts are laid over it.
#[derive(Debug, Clone)]
pub struct Composed {
    pub analysis: Analysis,
    /// As composed; what is printed is that of [`Composed::edited`].
    pub document: Document,
    pub facts: Arc<Facts>,
    /// What an author looks at when judging.
    pub views: views::Views,
    drawings: BTreeMap<String, document::Block>,
    judged: Arc<Judged>,
}

impl Composed {
    /// The document with the author's texts, own blocks and titles. The choices among the edits must be those it was
    /// composed with.
    pub fn edited(&self, edits: &Edits) -> Edited {
        edits::lay(&self.document, &self.facts, &self.drawings, edits)
    }

    /// The document in a form to be printed, with the author's changes as far as they concern it: the annual report
    /// holds the whole report with all of them; the shorter forms leave out the findings and measures that the author
    /// left out, and tell findings under the author's headings and in the author's words where these are short enough.
    /// The choices among the edits must be those it was composed with.
    pub fn form(&self, edits: &Edits, content: Content) -> Form {
        let edited = self.edited(edits);
        if content == Content::Report {
            return Form { document: edited.document, unheeded: vec![] };
        }
        let Judged { kit, inputs, findings, measures, targets } = &*self.judged;
        let world = World::new(kit, inputs);
        let writer = writer(&world, self.facts.clone());
        let none = BTreeSet::new();
        let whole = content == Content::AnnualReport;
        let hidden = if whole { &none } else { edits.hidden() };
        let mut composer = compose::Composer::new(&world, writer, findings, measures, targets, &self.analysis, hidden);
        if !whole {
            composer.heed(&edited);
        }
        let document = composer.form(content, &self.document);
        if document.content == Content::Report {
            return Form { document: edited.document, unheeded: vec![] };
        }
        if whole {
            let document = edits::lay(&document, &self.facts, &self.drawings, edits).document;
            return Form { document, unheeded: vec![] };
        }
        let unheeded = edited.states.into_keys().filter(|id| !composer.heeded().contains(id)).collect();
        Form { document, unheeded }
    }
}

/// A document in one of its forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub document: Document,
    /// Sections and blocks of the report that the author changed or added and that this form does not show so: what it
    /// says is composed anew.
    pub unheeded: Vec<String>,
}

#[cfg(test)]
mod title_tests {
    use super::made_by;

    #[test]
    fn an_id_of_a_loop_is_known_by_its_template() {
        for (template, id, made) in [
            ("${d.id}.region-sum-cr3.${x.id}", "ledger.region-sum-cr3.学校数", true),
            ("${d.id}.region-cr3", "ledger.region-cr3", true),
            ("${d.id}.region-cr3", "ledger.region", false),
            ("${d.id}.sum.${x.id}", "ledger.mean.产值", false),
            ("${d.id}.sum.${x.id}", "ledger.sum.", false),
            ("plain", "plain", true),
        ] {
            assert_eq!(made_by(template, id), made, "{template} {id}");
        }
    }
}
