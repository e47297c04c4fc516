//! Reading a kit's files: every fault is collected with its place.

use super::check::check;
use super::said;
use super::spec::*;
use super::{Criterion, Diagnostic, FORMAT, Kit, KitFiles, MeasureSpec, Parameter, Policy};
use crate::document::Content;
use crate::expr;
use crate::num;
use crate::wording;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use survey::{Choice, DatasetSchema, Field};

/// Collects faults and finds their places.
pub(super) struct Loader<'a> {
    files: &'a KitFiles,
    faults: Vec<Diagnostic>,
}

/// Line and column (1-based) of a text within a file; the first line when it is not found.
fn locate(text: &str, needle: &str) -> (u32, u32) {
    let at = if needle.is_empty() { None } else { text.find(needle) };
    at.map_or((1, 1), |at| place(text, at))
}

fn place(text: &str, at: usize) -> (u32, u32) {
    let before = &text[..at.min(text.len())];
    let line = before.bytes().filter(|b| *b == b'\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (line, column)
}

impl Loader<'_> {
    pub(super) fn fault(&mut self, file: &str, needle: &str, message: impl Into<String>) {
        let text = self.files.get(file).map_or("", String::as_str);
        // A TOML literal shows quotes escaped or not; look for the longest line of the needle.
        let key = needle.lines().next().unwrap_or("");
        let (line, column) = locate(text, key);
        self.faults.push(Diagnostic { file: file.into(), line, column, message: message.into() });
    }

    fn table(&mut self, file: &str) -> Option<toml::Table> {
        let text = self.files.get(file)?;
        match text.parse::<toml::Table>() {
            Ok(t) => Some(t),
            Err(e) => {
                let (line, column) = place(text, e.span().map_or(0, |s| s.start));
                let message = format!("TOML 语法错误：{}", said::chinese(e.message()));
                self.faults.push(Diagnostic { file: file.into(), line, column, message });
                None
            }
        }
    }

    pub(super) fn typed<T: DeserializeOwned>(&mut self, file: &str, near: &str, value: toml::Value) -> Option<T> {
        match value.try_into::<T>() {
            Ok(t) => Some(t),
            Err(e) => {
                self.fault(file, near, format!("{near}：{}", said::chinese(e.message())));
                None
            }
        }
    }

    pub(super) fn condition(&mut self, file: &str, text: &str) {
        if let Err(e) = expr::parse(&neutral(text)) {
            self.fault(file, text, format!("条件“{text}”：{}（第 {} 行第 {} 列）", e.message, e.line, e.column));
        }
    }

    pub(super) fn pattern(&mut self, file: &str, text: &str) {
        let Err((message, at)) = wording::check_syntax(&neutral(text)) else { return };
        let message = format!("句式“{}”：{message}", short(text));
        // Where the file holds the pattern letter by letter, the very place is known.
        let whole = self.files.get(file).and_then(|all| Some((all, all.find(text)?)));
        match (whole, at.filter(|_| neutral(text) == text)) {
            (Some((all, start)), Some(at)) => {
                let (line, column) = place(all, start + at);
                self.faults.push(Diagnostic { file: file.into(), line, column, message });
            }
            _ => self.fault(file, text, message),
        }
    }

    fn csv(&mut self, file: &str, columns: &[&str]) -> Vec<(u32, BTreeMap<String, String>)> {
        let Some(text) = self.files.get(file) else { return vec![] };
        let mut out = Vec::new();
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
            Err(e) => {
                self.fault(file, "", format!("读不出表头：{e}"));
                return out;
            }
        };
        for c in columns {
            if !header.iter().any(|h| h == c) {
                self.fault(file, "", format!("缺少列“{c}”"));
            }
        }
        for h in &header {
            if !columns.contains(&h.as_str()) {
                self.fault(file, h, format!("不认识的列“{h}”"));
            }
        }
        for record in reader.records() {
            match record {
                Ok(r) => {
                    let line = r.position().map_or(1, |p| p.line() as u32);
                    if r.len() != header.len() {
                        let message = format!("本行有 {} 列，表头有 {} 列", r.len(), header.len());
                        self.faults.push(Diagnostic { file: file.into(), line, column: 1, message });
                        continue;
                    }
                    let row = header.iter().cloned().zip(r.iter().map(|c| c.trim().to_owned())).collect();
                    out.push((line, row));
                }
                Err(e) => self.fault(file, "", format!("CSV 错误：{e}")),
            }
        }
        out
    }
}

fn short(text: &str) -> String {
    let s: String = text.chars().take(24).collect();
    if s.chars().count() < text.chars().count() { format!("{s}…") } else { s }
}

/// Replaces `${…}` by a harmless name, to parse a template before it is expanded.
pub(super) fn neutral(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        out.push('x');
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    out
}

pub(super) fn tables(value: Option<toml::Value>) -> Vec<toml::Table> {
    match value {
        Some(toml::Value::Array(a)) => {
            a.into_iter().filter_map(|v| if let toml::Value::Table(t) = v { Some(t) } else { None }).collect()
        }
        _ => vec![],
    }
}

pub(super) fn text_of(t: &toml::Table, key: &str) -> String {
    t.get(key).and_then(|v| v.as_str()).unwrap_or("").to_owned()
}

fn list(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KitToml {
    id: String,
    name: String,
    version: String,
    format: u32,
    #[serde(default)]
    description: String,
    #[serde(default)]
    genre: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    policy: Policy,
    #[serde(default)]
    as_of: BTreeMap<String, String>,
    #[serde(default)]
    parameter: Vec<Parameter>,
}

impl Kit {
    /// Loads a kit from its files; gives every fault at once.
    pub fn load(files: &KitFiles) -> Result<Kit, Vec<Diagnostic>> {
        let mut l = Loader { files, faults: vec![] };
        let Some(head) = l.table("kit.toml") else {
            if l.faults.is_empty() {
                l.fault("kit.toml", "", "缺少 kit.toml，这不是报告套件");
            }
            return Err(l.faults);
        };
        let Some(head) = l.typed::<KitToml>("kit.toml", "kit.toml", toml::Value::Table(head)) else {
            return Err(l.faults);
        };
        if head.format > FORMAT {
            l.fault("kit.toml", "format", format!("套件格式 {} 比本程序新，请升级程序", head.format));
            return Err(l.faults);
        }

        let datasets = load_datasets(&mut l);
        let criteria = load_criteria(&mut l);
        let indicators = load_items(&mut l, "indicators.toml", "indicator");
        let mut slots = BTreeMap::new();
        let mut labels = BTreeMap::new();
        for file in ["base/wording.toml", "base/forms.toml", "wording.toml"] {
            load_slots(&mut l, file, &mut slots);
        }
        for file in ["base/labels.toml", "labels.toml"] {
            if let Some(t) = l.table(file) {
                for (k, v) in t {
                    if let toml::Value::String(v) = v {
                        labels.insert(k, v);
                    }
                }
            }
        }
        let mut outline = load_outline(&mut l);
        let mut parameters = head.parameter;
        load_forms(&mut l, &mut outline, &mut labels, &mut parameters);
        let mut findings = Vec::new();
        for file in files.keys().filter(|f| f.starts_with("findings/") && f.ends_with(".toml")) {
            if let Some(t) = l.table(file) {
                findings.push(item(&mut l, file, t));
            }
        }
        let measures = load_measures(&mut l);
        for c in &criteria {
            if c.value.is_empty() {
                parameters.push(Parameter {
                    key: format!("criterion.{}", c.id),
                    title: c.title.clone(),
                    default: String::new(),
                    description: c.note.clone(),
                    shared: false,
                });
            }
        }
        let kit = Kit {
            id: head.id,
            name: head.name,
            version: head.version,
            description: head.description,
            datasets,
            open: head.open,
            parameters,
            genre: head.genre,
            subject: head.subject,
            keywords: head.keywords,
            policy: head.policy,
            as_of: head.as_of,
            indicators,
            criteria,
            findings,
            measures,
            outline,
            slots,
            labels,
        };
        check(&kit, &mut l);
        if l.faults.is_empty() { Ok(kit) } else { Err(l.faults) }
    }
}

fn item(l: &mut Loader<'_>, file: &str, mut body: toml::Table) -> Item {
    let id = text_of(&body, "id");
    let near = if id.is_empty() { text_of(&body, "title") } else { format!("\"{id}\"") };
    let (line, _) = locate(l.files.get(file).map_or("", String::as_str), &near);
    let each = match body.remove("for_each") {
        None => vec![],
        Some(v) => l.typed::<Vec<Each>>(file, &near, v).unwrap_or_default(),
    };
    Item { file: file.to_owned(), line, each, body }
}

fn load_items(l: &mut Loader<'_>, file: &str, key: &str) -> Vec<Item> {
    let Some(mut t) = l.table(file) else { return vec![] };
    let rows = tables(t.remove(key));
    for k in t.keys() {
        l.fault(file, k, format!("不认识的键“{k}”"));
    }
    rows.into_iter().map(|b| item(l, file, b)).collect()
}

fn load_slots(l: &mut Loader<'_>, file: &str, slots: &mut BTreeMap<String, Slot>) {
    let Some(mut t) = l.table(file) else { return };
    for s in tables(t.remove("slot")) {
        let id = text_of(&s, "id");
        if let Some(mut slot) = l.typed::<Slot>(file, &id, toml::Value::Table(s)) {
            slot.shared = file.starts_with("base/");
            for sentence in &slot.sentence {
                if let Some(w) = &sentence.when {
                    l.condition(file, w);
                }
                if sentence.any.is_empty() {
                    l.fault(file, &id, format!("句式“{id}”有一句没有任何写法"));
                }
                for p in &sentence.any {
                    l.pattern(file, p);
                }
            }
            slots.insert(slot.id.clone(), slot);
        }
    }
    // Forms stand in one file with what they say.
    let others: &[&str] = if file == FORMS { &["form", "labels", "parameter"] } else { &[] };
    for k in t.keys().filter(|k| !others.contains(&k.as_str())) {
        l.fault(file, k, format!("不认识的键“{k}”"));
    }
}

/// The shared forms with their wordings, labels and parameters.
const FORMS: &str = "base/forms.toml";

/// Forms of the document: the kit's own, then of the shared ones those it does not have.
fn load_forms(
    l: &mut Loader<'_>,
    outline: &mut Outline,
    labels: &mut BTreeMap<String, String>,
    parameters: &mut Vec<Parameter>,
) {
    for file in ["forms.toml", FORMS] {
        let Some(mut t) = l.table(file) else { continue };
        for f in tables(t.remove("form")) {
            if let Some(form) = form(l, file, f)
                && !outline.forms.iter().any(|o| o.content == form.content)
            {
                outline.forms.push(form);
            }
        }
        if file == FORMS {
            t.remove("slot");
            if let Some(shared) =
                t.remove("labels").and_then(|v| l.typed::<BTreeMap<String, String>>(file, "labels", v))
            {
                for (key, text) in shared {
                    labels.entry(key).or_insert(text);
                }
            }
            for p in tables(t.remove("parameter")) {
                let key = text_of(&p, "key");
                let Some(p) = l.typed::<Parameter>(file, &key, toml::Value::Table(p)) else { continue };
                match parameters.iter_mut().find(|own| own.key == p.key) {
                    Some(own) => own.shared = true,
                    None => parameters.push(Parameter { shared: true, ..p }),
                }
            }
        }
        for k in t.keys() {
            l.fault(file, k, format!("不认识的键“{k}”"));
        }
    }
}

fn form(l: &mut Loader<'_>, file: &str, mut t: toml::Table) -> Option<FormSpec> {
    let name = text_of(&t, "content");
    let near = format!("\"{name}\"");
    let Some(content) = Content::named(&name).filter(|c| *c != Content::Report) else {
        let names: Vec<&str> = Content::ALL[1..].iter().map(|c| c.name()).collect();
        l.fault(file, &near, format!("没有名为“{name}”的文稿形式，可写：{}", names.join("、")));
        return None;
    };
    t.remove("content");
    let list = |key: &str, t: &mut toml::Table, l: &mut Loader<'_>| -> Vec<Chapter> {
        tables(t.remove(key)).into_iter().map(|c| chapter(l, file, c)).collect()
    };
    let chapters = list("chapter", &mut t, l);
    let appendices = list("appendix", &mut t, l);
    let summary = t.remove("summary").and_then(|s| l.typed::<SummarySpec>(file, &near, s)).unwrap_or_default();
    let limits = l.typed::<FormLimits>(file, &near, toml::Value::Table(t))?;
    Some(FormSpec { content, limits, summary, chapters, appendices, shared: file == FORMS })
}

fn load_datasets(l: &mut Loader<'_>) -> Vec<DatasetSchema> {
    let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    for (_, mut r) in l.csv("choices.csv", &["list", "code", "label", "aliases"]) {
        let code = r.remove("code").filter(|c| !c.is_empty());
        lists.entry(r.remove("list").unwrap_or_default()).or_default().push(Choice {
            label: r.remove("label").unwrap_or_default(),
            code,
            aliases: list(&r.remove("aliases").unwrap_or_default()),
        });
    }
    let Some(mut t) = l.table("survey.toml") else { return vec![] };
    let mut out = Vec::new();
    for mut d in tables(t.remove("dataset")) {
        let id = text_of(&d, "id");
        let fields = tables(d.remove("field"));
        let Some(mut schema) = l.typed::<DatasetSchema>("survey.toml", &id, toml::Value::Table(d)) else { continue };
        for mut f in fields {
            let fid = text_of(&f, "id");
            let choices = f.remove("list").and_then(|v| v.as_str().map(str::to_owned));
            let Some(mut field) = l.typed::<Field>("survey.toml", &fid, toml::Value::Table(f)) else { continue };
            if let Some(name) = choices {
                match lists.get(&name) {
                    Some(c) => {
                        field.choices.clone_from(c);
                        field.closed = true;
                    }
                    None => l.fault("survey.toml", &name, format!("字段 {fid} 用的选项表“{name}”不在 choices.csv")),
                }
            }
            if schema.position(&field.id).is_some() {
                l.fault("survey.toml", &fid, format!("数据集 {id} 里字段 {fid} 重复"));
            }
            schema.fields.push(field);
        }
        for k in schema.key.clone() {
            if schema.position(&k).is_none() {
                l.fault("survey.toml", &k, format!("数据集 {id} 的 key“{k}”不是它的字段"));
            }
        }
        out.push(schema);
    }
    out
}

fn load_criteria(l: &mut Loader<'_>) -> Vec<Criterion> {
    const COLUMNS: [&str; 8] = ["id", "title", "value", "unit", "valid_from", "valid_to", "source", "note"];
    let mut out: Vec<Criterion> = Vec::new();
    for file in ["criteria.csv", "base/criteria.csv"] {
        for (line, r) in l.csv(file, &COLUMNS) {
            let get = |k: &str| r.get(k).cloned().unwrap_or_default();
            let c = Criterion {
                id: get("id"),
                title: get("title"),
                value: get("value"),
                unit: get("unit"),
                valid_from: get("valid_from"),
                valid_to: get("valid_to"),
                source: get("source"),
                note: get("note"),
            };
            let mut bad = |m: String| {
                l.faults.push(Diagnostic { file: file.into(), line, column: 1, message: m });
            };
            if !c.value.is_empty() && num::parse(&c.value).is_none() {
                bad(format!("依据 {} 的值“{}”不是数", c.id, c.value));
            }
            if c.source.is_empty() {
                bad(format!("依据 {} 没有出处", c.id));
            }
            if !out.iter().any(|o| o.id == c.id) {
                out.push(c);
            } else if file == "criteria.csv" {
                bad(format!("依据 {} 重复", c.id));
            }
        }
    }
    out
}

/// Columns of `measures.csv`.
pub const MEASURE_COLUMNS: [&str; 12] = [
    "id",
    "theme",
    "titles",
    "text",
    "answers",
    "instrument",
    "lead",
    "support",
    "kpi",
    "horizon",
    "precondition",
    "basis",
];

fn load_measures(l: &mut Loader<'_>) -> Vec<MeasureSpec> {
    let mut out = Vec::new();
    for (line, r) in l.csv("measures.csv", &MEASURE_COLUMNS) {
        let get = |k: &str| r.get(k).cloned().unwrap_or_default();
        let m = MeasureSpec {
            id: get("id"),
            theme: get("theme"),
            titles: list(&get("titles")),
            text: get("text"),
            answers: list(&get("answers")),
            instrument: get("instrument"),
            lead: list(&get("lead")),
            support: list(&get("support")),
            kpi: get("kpi"),
            horizon: get("horizon"),
            precondition: get("precondition"),
            basis: get("basis"),
        };
        for (empty, what) in [
            (m.titles.is_empty(), "短题 titles"),
            (m.text.is_empty(), "正文 text"),
            (m.answers.is_empty(), "回应的问题 answers"),
            (m.lead.is_empty(), "牵头单位 lead"),
            (m.kpi.is_empty(), "考核指标 kpi"),
            (m.horizon.is_empty(), "期限 horizon"),
        ] {
            if empty {
                let message = format!("对策 {} 缺{what}", m.id);
                l.faults.push(Diagnostic { file: "measures.csv".into(), line, column: 1, message });
            }
        }
        if let Err((said, _)) = wording::check_syntax(&m.text) {
            let message = format!("对策 {} 的正文：{said}", m.id);
            l.faults.push(Diagnostic { file: "measures.csv".into(), line, column: 1, message });
        }
        out.push(m);
    }
    out
}

fn load_outline(l: &mut Loader<'_>) -> Outline {
    let mut out = Outline::default();
    // The kit's own outline comes first; of the shared one only the parts that the kit does not have are taken.
    for file in ["outline.toml", "base/outline.toml"] {
        let Some(mut t) = l.table(file) else { continue };
        if let Some(s) = t.remove("summary")
            && let Some(s) = l.typed::<SummarySpec>(file, "summary", s)
            && out.summary.title.is_empty()
        {
            out.summary = s;
        }
        let chapters: Vec<Chapter> = tables(t.remove("chapter")).into_iter().map(|c| chapter(l, file, c)).collect();
        let appendices: Vec<Chapter> = tables(t.remove("appendix")).into_iter().map(|c| chapter(l, file, c)).collect();
        let themes = tables(t.remove("theme"));
        let own = file == "outline.toml";
        for c in chapters {
            let have = out.chapters.iter().any(|o| o.id == c.id || (o.part == c.part && c.part != Part::Text));
            if own || !have {
                out.chapters.push(c);
            }
        }
        if own || out.appendices.is_empty() {
            out.appendices.extend(appendices);
        }
        for th in themes {
            let id = text_of(&th, "id");
            if let Some(th) = l.typed::<Theme>(file, &id, toml::Value::Table(th))
                && !out.themes.iter().any(|o| o.id == th.id)
            {
                out.themes.push(th);
            }
        }
        for k in t.keys() {
            l.fault(file, k, format!("不认识的键“{k}”"));
        }
    }
    out
}

fn chapter(l: &mut Loader<'_>, file: &str, mut t: toml::Table) -> Chapter {
    let id = text_of(&t, "id");
    let blocks_of = |key: &str, t: &mut toml::Table, l: &mut Loader<'_>| -> Vec<Item> {
        tables(t.remove(key)).into_iter().map(|b| item(l, file, b)).collect()
    };
    let blocks = blocks_of("block", &mut t, l);
    let after = blocks_of("after", &mut t, l);
    let sections = blocks_of("section", &mut t, l);
    let part = t.remove("part").and_then(|v| l.typed::<Part>(file, &id, v)).unwrap_or_default();
    let title = text_of(&t, "title");
    let when = t.get("when").and_then(|v| v.as_str()).map(str::to_owned);
    let follows = t.get("follows").and_then(|v| v.as_str()).map(str::to_owned);
    for k in t.keys() {
        if !["id", "title", "when", "follows"].contains(&k.as_str()) {
            l.fault(file, k, format!("章 {id} 有不认识的键“{k}”"));
        }
    }
    l.pattern(file, &title);
    Chapter { id, title, part, when, follows, blocks, sections, after }
}
