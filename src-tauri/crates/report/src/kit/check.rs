//! Names used across a kit's files must exist, and every part must have what its kind needs.

use super::Kit;
use super::load::{Loader, neutral, tables, text_of};
use super::spec::*;
use crate::expr;
use crate::num;
use std::collections::BTreeSet;

/// Checks that names used across files exist.
pub(super) fn check(kit: &Kit, l: &mut Loader<'_>) {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let has_templates = kit.indicators.iter().any(|i| !i.each.is_empty());
    for it in &kit.indicators {
        let near = text_of(&it.body, "id");
        let Some(spec) = l.typed::<IndicatorSpec>(&it.file, &near, toml::Value::Table(it.body.clone())) else {
            continue;
        };
        // Templates may meet in one id; the first instance holds.
        if !ids.insert(spec.id.clone()) && it.each.is_empty() {
            l.fault(&it.file, &near, format!("指标 {near} 重复"));
        }
        check_indicator(kit, l, it, &spec);
    }
    // A fact id begins with an indicator id, or comes from a table of reported figures or targets.
    let known = |fact: &str| {
        has_templates && fact.contains("${")
            || fact.starts_with("reported/")
            || fact.starts_with("target/")
            || ids.iter().any(|i| fact == i || fact.strip_prefix(i.as_str()).is_some_and(|r| r.starts_with('/')))
            || (has_templates && ids.iter().any(|i| i.contains("${")))
    };
    let mut finding_ids = BTreeSet::new();
    for it in &kit.findings {
        let near = text_of(&it.body, "id");
        let Some(f) = l.typed::<FindingSpec>(&it.file, &near, toml::Value::Table(it.body.clone())) else { continue };
        finding_ids.insert(f.id.clone());
        let mut facts: Vec<&str> = f.gap.iter().map(|g| g.fact.as_str()).collect();
        facts.extend(f.survey.iter().map(|s| s.fact.as_str()));
        facts.extend(f.extent.iter().map(|s| s.fact.as_str()));
        facts.extend(f.trend.iter().map(|s| s.fact.as_str()));
        facts.extend(f.evidence.iter().map(String::as_str));
        facts.extend(f.counter.iter().map(String::as_str));
        facts.extend(f.needs.iter().map(String::as_str));
        for fact in facts {
            if !known(fact) {
                l.fault(&it.file, fact, format!("规则 {} 引用的事实“{fact}”没有指标产生", f.id));
            }
        }
        for g in &f.gap {
            let b = &g.benchmark;
            if num::parse(b).is_none() && kit.criterion(b).is_none() && !known(b) {
                l.fault(&it.file, b, format!("规则 {} 的基准“{b}”既不是数，也不是依据或事实", f.id));
            }
        }
        for c in &f.criteria {
            if kit.criterion(c).is_none() {
                l.fault(&it.file, c, format!("规则 {} 引用的依据“{c}”不在 criteria.csv", f.id));
            }
        }
        if f.criteria.is_empty() && f.source.is_none() {
            l.fault(&it.file, &near, format!("规则 {} 没有依据（criteria 或 source）", f.id));
        }
        if f.gap.is_empty() && f.survey.is_empty() && f.extent.is_empty() && f.trend.is_empty() {
            l.fault(&it.file, &near, format!("规则 {} 没有任何评分要素", f.id));
        }
        if f.headings.is_empty() {
            l.fault(&it.file, &near, format!("规则 {} 没有标题", f.id));
        }
        if f.case.len() < 3 {
            l.fault(&it.file, &near, format!("规则 {} 的用例少于三个（成立、界上、缺数据）", f.id));
        }
        for w in f.when.iter().chain(f.sentence.iter().filter_map(|s| s.when.as_ref())) {
            l.condition(&it.file, w);
        }
        for w in f.headings.iter().filter_map(Heading::when) {
            l.condition(&it.file, w);
        }
        for p in f.sentence.iter().flat_map(|s| &s.any) {
            l.pattern(&it.file, p);
        }
        for p in &f.brief {
            l.pattern(&it.file, p);
        }
        for b in &f.block {
            check_block(kit, l, &it.file, b, &known);
        }
    }
    for m in &kit.measures {
        for a in &m.answers {
            if !finding_ids.contains(a) {
                l.fault("measures.csv", &m.id, format!("对策 {} 回应的问题“{a}”不存在", m.id));
            }
        }
        if !kit.outline.themes.iter().any(|t| t.id == m.theme) {
            l.fault("measures.csv", &m.id, format!("对策 {} 的主题“{}”不在提纲里", m.id, m.theme));
        }
    }
    let mut blocks: Vec<(&Item, toml::Table)> = Vec::new();
    let forms = kit.outline.forms.iter().flat_map(|f| f.chapters.iter().chain(&f.appendices));
    for c in kit.outline.chapters.iter().chain(&kit.outline.appendices).chain(forms) {
        for b in c.blocks.iter().chain(&c.after) {
            members(l, b, b.body.clone(), &mut blocks);
        }
        for s in &c.sections {
            let near = text_of(&s.body, "id");
            let body = toml::Value::Table(s.body.clone());
            let Some(spec) = l.typed::<SectionSpec>(&s.file, &near, body) else { continue };
            for w in spec.when.iter().map(String::as_str).chain(spec.headings.iter().filter_map(Heading::when)) {
                l.condition(&s.file, w);
            }
            for h in &spec.headings {
                l.pattern(&s.file, h.text());
            }
            for b in spec.block {
                members(l, s, b, &mut blocks);
            }
        }
    }
    for (it, body) in blocks {
        if let Some(b) = l.typed::<BlockSpec>(&it.file, "block", toml::Value::Table(body)) {
            check_block(kit, l, &it.file, &b, &known);
        }
    }
    let forms = kit.outline.forms.iter().map(|f| {
        let file = if f.shared { "base/forms.toml" } else { "forms.toml" };
        (file, &f.summary)
    });
    for (file, summary) in std::iter::once(("outline.toml", &kit.outline.summary)).chain(forms) {
        for p in &summary.paragraphs {
            if !kit.slots.contains_key(p) {
                l.fault(file, p, format!("摘要引用的句式“{p}”不存在"));
            }
        }
    }
}

/// The blocks of a group, or the block itself, without their loops.
fn members<'k>(l: &mut Loader<'_>, item: &'k Item, mut body: toml::Table, out: &mut Vec<(&'k Item, toml::Table)>) {
    if let Some(each) = body.remove("for_each") {
        l.typed::<Vec<Each>>(&item.file, "for_each", each);
    }
    match body.remove("block") {
        Some(inner) => {
            for k in body.keys() {
                l.fault(&item.file, k, format!("成组的 block 里不能写“{k}”"));
            }
            for m in tables(Some(inner)) {
                members(l, item, m, out);
            }
        }
        None => out.push((item, body)),
    }
}

fn check_indicator(kit: &Kit, l: &mut Loader<'_>, it: &Item, spec: &IndicatorSpec) {
    let id = &spec.id;
    let need: &[(&str, bool)] = &match spec.kind {
        Kind::Share => vec![("where", spec.filter.is_some())],
        Kind::Sum | Kind::Mean | Kind::Median | Kind::Min | Kind::Max | Kind::Compute => {
            vec![("value", spec.value.is_some())]
        }
        Kind::Ratio => vec![("num", spec.num.is_some()), ("den", spec.den.is_some())],
        Kind::Growth | Kind::Cagr => vec![
            ("from 或 from_fact", spec.from.is_some() || spec.from_fact.is_some()),
            ("to 或 to_fact", spec.to.is_some() || spec.to_fact.is_some()),
        ],
        Kind::Distribution => {
            vec![("by 或 value+bands", spec.by.is_some() || spec.value.is_some() && !spec.bands.is_empty())]
        }
        Kind::Grouped => vec![("by", spec.by.is_some()), ("measure", spec.measure.is_some())],
        Kind::Crosstab => {
            let across = spec.across.is_some() || spec.value.is_some() && !spec.bands.is_empty();
            vec![("by", spec.by.is_some()), ("across 或 value+bands", across)]
        }
        Kind::MultiChoice => vec![("field", spec.field.is_some())],
        Kind::Concentration | Kind::Hhi | Kind::Dispersion => vec![("of", spec.of.is_some())],
        Kind::LocationQuotient => vec![("of", spec.of.is_some()), ("reference", !spec.reference.is_empty())],
        Kind::Contribution => {
            vec![("by", spec.by.is_some()), ("from", spec.from.is_some()), ("to", spec.to.is_some())]
        }
        Kind::Rank | Kind::Tail => vec![("value", spec.value.is_some())],
        Kind::Reported => vec![("name", spec.name.is_some())],
        Kind::Worsened => vec![("lower", !spec.lower.is_empty())],
        Kind::Count | Kind::Missing | Kind::Scale => vec![],
    };
    for (key, there) in need {
        if !there {
            l.fault(&it.file, id, format!("指标 {id} 缺少 {key}"));
        }
    }
    let row_kind = !spec.over_facts();
    if row_kind && spec.dataset.is_none() {
        l.fault(&it.file, id, format!("指标 {id} 没有写 dataset"));
    }
    let schema = spec.dataset.as_ref().and_then(|d| kit.datasets.iter().find(|s| s.id == *d));
    if let (Some(d), None, false) = (&spec.dataset, schema, kit.open) {
        l.fault(&it.file, id, format!("指标 {id} 的数据集“{d}”没有声明"));
    }
    let mut texts: Vec<&String> =
        [&spec.filter, &spec.base, &spec.num, &spec.den, &spec.test].into_iter().flatten().collect();
    if spec.kind != Kind::Reported {
        texts.extend(spec.value.as_ref());
    }
    if spec.from_fact.is_none() {
        texts.extend([&spec.from, &spec.to].into_iter().flatten());
    }
    let mut fields: Vec<String> = [&spec.by, &spec.across, &spec.field].into_iter().flatten().cloned().collect();
    fields.extend(spec.fields.iter().cloned());
    for t in texts {
        match expr::parse(&neutral(t)) {
            Err(e) => l.fault(&it.file, t, format!("指标 {id} 的表达式“{t}”：{}", e.message)),
            Ok(e) if row_kind && !t.contains("${") => fields.extend(e.names().into_iter().map(str::to_owned)),
            Ok(_) => {}
        }
    }
    if let Some(s) = schema
        && row_kind
    {
        for f in fields.iter().filter(|f| !f.contains("${")) {
            if s.position(f).is_none() {
                l.fault(&it.file, f, format!("指标 {id} 用的字段“{f}”不在数据集 {} 里", s.id));
            }
        }
    }
}

/// Blocks the program lays out itself that are text and need no caption.
const AUTO_TEXT: [&str; 5] = ["problem-lines", "proposal-lines", "problems", "proposals", "further"];

const AUTO: [&str; 15] = [
    "chronicle",
    "figures",
    "policies",
    "targets",
    "target-paths",
    "responsibilities",
    "coverage",
    "indicators",
    "findings",
    "evidence",
    "sources",
    "issues",
    "criteria",
    "parameters",
    "missing",
];

fn check_block(kit: &Kit, l: &mut Loader<'_>, file: &str, b: &BlockSpec, known: &dyn Fn(&str) -> bool) {
    let count = usize::from(b.paragraph.is_some())
        + usize::from(!b.points.is_empty())
        + usize::from(!b.table.is_empty())
        + usize::from(b.chart.is_some())
        + usize::from(!b.profile.is_empty())
        + usize::from(b.auto.is_some());
    if count != 1 {
        l.fault(file, "block", "每个 block 只能写 paragraph、points、table、chart、profile、auto 中的一个");
    }
    for s in b.paragraph.iter().chain(&b.points) {
        if !kit.slots.contains_key(s) && !s.contains("${") {
            l.fault(file, s, format!("句式“{s}”不存在"));
        }
    }
    if !b.profile.is_empty() && b.group.is_none() {
        l.fault(file, "profile", "profile 要写明是哪一组（group）");
    }
    for i in b.table.iter().chain(&b.chart).chain(b.profile.iter().map(|p| &p.of)) {
        if !known(i) && i != "targets" {
            l.fault(file, i, format!("表图引用的指标“{i}”不存在"));
        }
    }
    if let Some(a) = &b.auto
        && !AUTO.contains(&a.as_str())
        && !AUTO_TEXT.contains(&a.as_str())
    {
        l.fault(file, a, format!("没有名为“{a}”的自动表"));
    }
    if let Some(w) = &b.when {
        l.condition(file, w);
    }
    let text = b.auto.as_ref().is_some_and(|a| AUTO_TEXT.contains(&a.as_str()));
    let drawn = !b.table.is_empty() || b.chart.is_some() || !b.profile.is_empty() || b.auto.is_some() && !text;
    if drawn && b.caption.as_deref().unwrap_or("").is_empty() {
        l.fault(file, "caption", "表、图要有题（caption）");
    }
}
