//! How well columns fit declared fields and tables fit declared datasets.

use super::View;
use super::infer::Question;
use crate::header;
use crate::read::structure::{normal, strip_unit};
use crate::schema::{DatasetSchema, Field, FieldKind, Form};
use crate::value;
use rustc_hash::FxHashSet;

/// Below this a likeness of titles means nothing.
const THRESHOLD: f32 = 0.72;

/// Best assignment of a table's questions to fields, greedy from the surest pair down; each field at most once.
pub(super) fn assign(view: &View, fields: &[Field]) -> Vec<Option<(usize, f32)>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    let prepared: Vec<Prepared> = fields.iter().map(Prepared::new).collect();
    for (q, question) in view.questions.iter().enumerate() {
        for (f, field) in prepared.iter().enumerate() {
            let s = likeness(question, field);
            if s >= THRESHOLD {
                pairs.push((s, q, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut out = vec![None; view.questions.len()];
    let mut used = vec![false; fields.len()];
    for (s, q, f) in pairs {
        if out[q].is_none() && !used[f] {
            used[f] = true;
            out[q] = Some((f, s));
        }
    }
    out
}

/// Score of a table for a declared dataset; `None` when it does not fit.
pub(super) fn fit(view: &View, schema: &DatasetSchema) -> Option<f32> {
    let assigned = assign(view, &schema.fields);
    let hits: Vec<(usize, f32)> = assigned.iter().flatten().copied().collect();
    if hits.is_empty() {
        return None;
    }
    let weight: f32 = hits.iter().map(|(_, s)| s).sum();
    let columns = view.questions.iter().filter(|q| !q.ignored).count().max(1) as f32;
    let of_fields = weight / schema.fields.len().max(1) as f32;
    let of_columns = weight / columns;
    let titled = {
        let title = normal(&schema.title);
        title.chars().count() >= 3 && view.title.contains(&title)
    };
    let has = |id: &str| schema.position(id).is_some_and(|p| hits.iter().any(|(f, _)| *f == p));
    let key = !schema.key.is_empty() && schema.key.iter().all(|k| has(k));
    let required: Vec<&Field> = schema.fields.iter().filter(|f| f.required).collect();
    let required_hit = required.iter().filter(|f| has(&f.id)).count();
    let questionnaire = view.form == Form::Questionnaire;
    // A questionnaire is no ledger, even when it asks for the name of the firm, and the other way round.
    if questionnaire != (schema.form == Form::Questionnaire) && !(key && of_columns > 0.6) && of_columns < 0.8 {
        return None;
    }
    // Missing most of what is required rules a dataset out, unless the file calls itself so.
    if !required.is_empty() && required_hit * 2 < required.len() && !titled {
        return None;
    }
    // A few small fields may all be in the wrong table; several hits, or nearly all of a small table, are needed.
    let enough = hits.len() >= 3 || of_columns >= 0.6 && (hits.len() >= 2 || schema.fields.len() == 1);
    if !enough && !titled {
        return None;
    }
    if of_fields < 0.2 && of_columns < 0.4 && !key {
        return None;
    }
    Some(of_fields + of_columns + if titled { 0.3 } else { 0.0 } + if key { 0.2 } else { 0.0 })
}

/// A declared field with its titles normalised once.
struct Prepared<'a> {
    field: &'a Field,
    titles: Vec<String>,
    cores: Vec<String>,
    year: Option<i32>,
    series: String,
}

impl<'a> Prepared<'a> {
    fn new(field: &'a Field) -> Self {
        let mut titles = Vec::new();
        for t in std::iter::once(&field.title).chain(&field.aliases) {
            titles.push(normal(t));
            titles.push(normal(&strip_unit(t).0));
        }
        titles.retain(|t| !t.is_empty());
        titles.dedup();
        let cores = titles.iter().map(|t| core(t)).collect();
        let (series, year) = header::strip_year(&field.title);
        Prepared {
            field,
            titles,
            cores,
            year: field.year.or(year),
            series: normal(&strip_unit(field.series.as_deref().unwrap_or(&series)).0),
        }
    }
}

/// Titles without polite and placing words, which differ from form to form.
fn core(title: &str) -> String {
    let mut text = title;
    loop {
        let before = text;
        for word in [
            "您所在的",
            "贵单位",
            "贵企业",
            "贵公司",
            "所在的",
            "所在",
            "所属",
            "本单位",
            "本企业",
            "目前",
            "企业",
            "单位",
            "公司",
            "全年",
            "的",
            "您",
            "请填写",
            "请选择",
        ] {
            if let Some(rest) = text.strip_prefix(word)
                && rest.chars().count() >= 2
            {
                text = rest;
            }
        }
        for word in [
            "情况",
            "(必填)",
            "(选填)",
            "?",
            "？",
            "是",
            "(多选)",
            "(单选)",
            "(多选题)",
            "(单选题)",
            "(可多选)",
            "是什么",
            "如何",
            "为",
        ] {
            if let Some(rest) = text.strip_suffix(word)
                && rest.chars().count() >= 2
            {
                text = rest;
            }
        }
        if text == before {
            return text.to_owned();
        }
    }
}

fn likeness(question: &Question, prepared: &Prepared) -> f32 {
    let field = prepared.field;
    let mut best = 0f32;
    for name in &question.names {
        for (i, title) in prepared.titles.iter().enumerate() {
            let own_title = i == 0;
            if name == title {
                best = best.max(if own_title { 1.0 } else { 0.98 });
            }
        }
        let name_core = core(name);
        for c in &prepared.cores {
            if *c == name_core {
                best = best.max(0.92);
            } else {
                best = best.max(near(&name_core, c));
            }
        }
    }
    // Years decide between columns that are otherwise alike.
    match (prepared.year, question.title.year) {
        (Some(a), Some(b)) if a != b => return 0.0,
        (Some(_), Some(_)) if !prepared.series.is_empty() && prepared.series == normal(&question.title.series) => {
            best = best.max(0.97);
        }
        (Some(_), None) => best = if best >= 0.98 { best } else { best.min(0.6) },
        (None, Some(year)) if matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) => {
            let series = normal(&question.title.series);
            if best < 0.98 && prepared.titles.contains(&series) {
                // The latest year stands for a field without one.
                best = best.max(0.85 + (year.clamp(1950, 2099) - 1950) as f32 * 0.0004);
            }
        }
        _ => {}
    }
    if let (Some(a), Some(b)) = (field.question, question.number) {
        if a == b && best >= 0.4 {
            best = (best + 0.15).min(1.0);
        } else if a != b && best < 0.95 {
            best -= 0.1;
        }
    }
    if best < THRESHOLD {
        return best;
    }
    // What the column holds must be possible for the field.
    let filled = question.filled();
    if filled >= 5 {
        let figures = question.numbers() * 10 >= filled * 3;
        if matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) && !figures && question.options() == 0 {
            best *= 0.6;
        }
    }
    if let (Some(a), Some(b)) = (&field.unit, &question.title.unit)
        && let (Some(a), Some(b)) = (value::unit(a), value::unit(b))
        && a.base != b.base
        && (a.base == "元" || b.base == "元" || a.base == "%" || b.base == "%")
    {
        best *= 0.7;
    }
    best
}

/// Likeness of two different titles: one inside the other, or many pairs of characters in common.
fn near(a: &str, b: &str) -> f32 {
    let (la, lb) = (a.chars().count(), b.chars().count());
    let (short, long) = if la <= lb { (a, b) } else { (b, a) };
    let (ls, ll) = (la.min(lb) as f32, la.max(lb) as f32);
    if ls < 2.0 {
        return 0.0;
    }
    let mut best = 0f32;
    if long.contains(short) {
        best = 0.5 + 0.4 * ls / ll;
    }
    let pairs = |t: &str| -> FxHashSet<(char, char)> {
        let chars: Vec<char> = t.chars().collect();
        chars.windows(2).map(|w| (w[0], w[1])).collect()
    };
    let (pa, pb) = (pairs(a), pairs(b));
    let common = pa.intersection(&pb).count() as f32;
    let dice = 2.0 * common / (pa.len() + pb.len()).max(1) as f32;
    // Long questions are alike already when most of their wording agrees; short titles differ by one character.
    if ls >= 8.0 && dice >= 0.7 || dice >= 0.85 {
        best = best.max(0.9 * dice + 0.05);
    }
    best
}
