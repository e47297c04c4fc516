//! Wording 句式: sentence patterns of a kit → text with fact references.
//!
//! Patterns are MiniJinja templates. A fact printed in a pattern becomes a mark in the output, so that a rendered
//! sentence can be split into literal text and references ([`inlines`]); no number is ever baked into a string.
//! A pattern that needs a fact which is not there is passed over, and a sentence without a usable pattern is left out.

pub(crate) mod names;
mod said;

use crate::document::Inline;
use crate::expr;
use crate::facts::{Fact, FactForm, Facts, Shape, ShapeKind};
use crate::kit::{Sentence, Slot};
use crate::num::{self, Exact};
use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use num_traits::{Signed, Zero};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

// Marks in rendered text: FACT index FORM-LETTER UNIT unit TEXT display END, REF target END. Survey text is cleaned of these characters.
const FACT: char = '\u{e000}';
const TEXT: char = '\u{e001}';
const END: char = '\u{e002}';
const REF: char = '\u{e003}';
const UNIT: char = '\u{e004}';

/// Upper bound of template instructions for one sentence: a pattern of a kit cannot hang the program.
const FUEL: u64 = 200_000;

/// Checks a pattern's syntax; else what is wrong, in Chinese, and at which byte of the pattern when that is known.
pub(crate) fn check_syntax(pattern: &str) -> Result<(), (String, Option<usize>)> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env.set_debug(true);
    env.template_from_str(pattern)
        .map(|_| ())
        .map_err(|e| (said::chinese(&e, pattern), e.range().map(|range| range.start)))
}

/// Why a pattern says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// There is no fact of this id.
    Fact(String),
    /// Anything else, in Chinese.
    Other(String),
}

/// What patterns may see of the project.
pub(crate) struct Shared {
    pub facts: Arc<Facts>,
    /// Criterion id → its printed parts.
    pub criteria: BTreeMap<String, Criterion>,
    pub labels: BTreeMap<String, String>,
    /// Dataset id → title, noun and classifier.
    pub datasets: BTreeMap<String, [String; 3]>,
}

#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub title: String,
    pub value: Exact,
    pub text: String,
    pub unit: String,
    pub source: String,
    pub from: String,
}

impl Shared {
    fn label<'s>(&'s self, key: &'s str) -> &'s str {
        self.labels.get(key).map_or(key, String::as_str)
    }
}

/// A fact as patterns see it.
#[derive(Clone)]
struct FactObject {
    shared: Arc<Shared>,
    index: usize,
}

impl fmt::Debug for FactObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fact().id)
    }
}

impl FactObject {
    fn fact(&self) -> &Fact {
        &self.shared.facts.list[self.index]
    }
    /// The number that `form` names as a mark, and its unit.
    fn mark(&self, form: FactForm) -> Option<(String, String)> {
        let (v, u) = self.fact().form(form)?;
        Some((fact_mark(self.index, form, &u, &v), u))
    }

    /// The same with the unit behind it; empty when the fact has no such number.
    fn printed(&self, form: FactForm) -> String {
        self.mark(form).map(|(v, u)| format!("{v}{u}")).unwrap_or_default()
    }
}

impl Object for FactObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let f = self.fact();
        let number = |form| self.mark(form).map_or(Value::UNDEFINED, |(v, _)| Value::from(v));
        Some(match key.as_str()? {
            "v" => number(FactForm::Value),
            "u" => Value::from(f.prose().1),
            "num" => Value::from(num::to_f64(&f.value)),
            "n" => number(FactForm::Base),
            "n_num" => f.n.map_or(Value::UNDEFINED, Value::from),
            "missing" => number(FactForm::Missing),
            "missing_num" => f.missing.map_or(Value::UNDEFINED, Value::from),
            "as_of" => f.as_of.clone().map_or(Value::UNDEFINED, Value::from),
            "source" => Value::from(f.source.clone()),
            "title" => Value::from(f.title.clone()),
            "formula" => Value::from(f.formula.clone()),
            "label" => f.label.clone().map_or(Value::UNDEFINED, Value::from),
            "id" => Value::from(f.id.clone()),
            "exact" => Value::from(f.exact()),
            _ => return None,
        })
    }
    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed(FactForm::Value))
    }
}

#[derive(Debug)]
struct CriterionObject(Criterion);

impl Object for CriterionObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let c = &self.0;
        Some(match key.as_str()? {
            "v" => Value::from(c.text.clone()),
            "u" => Value::from(c.unit.clone()),
            "source" => Value::from(c.source.clone()),
            "title" => Value::from(c.title.clone()),
            "from" => Value::from(c.from.clone()),
            "num" => Value::from(num::to_f64(&c.value)),
            _ => return None,
        })
    }
    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.text, self.0.unit)
    }
}

/// A record of named values whose absent names are undefined, as patterns expect.
#[derive(Debug, Default)]
pub(crate) struct Record(pub BTreeMap<&'static str, Value>);

impl Object for Record {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).cloned()
    }
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.keys().map(|k| Value::from(*k)).collect())
    }
    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
}

pub(crate) fn record(pairs: Vec<(&'static str, Value)>) -> Value {
    Value::from_object(Record(pairs.into_iter().collect()))
}

fn absent(what: &str) -> Error {
    Error::new(ErrorKind::UndefinedError, what.to_owned())
}

/// Renders patterns. Which wording of a sentence is used depends only on how often the sentence was used before.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    env: Environment<'static>,
    globals: BTreeMap<String, Value>,
    used: RefCell<HashMap<String, usize>>,
    /// Sentences said so far, without their numbers and what they quote.
    frames: RefCell<HashSet<String>>,
    /// Faults of patterns met while rendering.
    pub faults: RefCell<Vec<String>>,
}

/// Those ids that a pattern with one `*` names.
fn named<'i>(ids: &'i [String], pattern: &str) -> impl Iterator<Item = &'i String> {
    let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    ids.iter().filter(move |i| i.len() >= before.len() + after.len() && i.starts_with(&before) && i.ends_with(&after))
}

impl Writer {
    pub fn new(shared: Shared, globals: BTreeMap<String, Value>) -> Writer {
        let shared = Arc::new(shared);
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        env.set_fuel(Some(FUEL));
        let s = shared.clone();
        env.add_function("f", move |id: String| -> Result<Value, Error> {
            fact_value(&s, &id).ok_or_else(|| absent(&id))
        });
        let s = shared.clone();
        env.add_function("has", move |id: String| s.facts.get(&id).is_some());
        // Facts of every indicator that a pattern with one `*` names, as defined: all('ledger.sum.*').
        let s = shared.clone();
        env.add_function("all", move |pattern: String| -> Vec<Value> {
            named(&s.facts.order, &pattern).filter_map(|id| fact_value(&s, id)).collect()
        });
        // Ids of the indicators with items that a pattern names, as defined: shapes('questionnaire.multi.*').
        let s = shared.clone();
        env.add_function("shapes", move |pattern: String| -> Vec<String> {
            named(&s.facts.order, &pattern)
                .filter(|id| s.facts.shapes.get(*id).is_some_and(|sh| !sh.items.is_empty()))
                .cloned()
                .collect()
        });
        let s = shared.clone();
        env.add_function("c", move |id: String| -> Result<Value, Error> {
            let c = s.criteria.get(&id).cloned().ok_or_else(|| absent(&id))?;
            Ok(Value::from_object(CriterionObject(c)))
        });
        let s = shared.clone();
        env.add_function("items", move |id: String| -> Result<Value, Error> {
            let shape = s.facts.shapes.get(&id).filter(|sh| !sh.items.is_empty()).ok_or_else(|| absent(&id))?;
            Ok(Value::from(items(&s, &id, shape)))
        });
        let s = shared.clone();
        env.add_function("shape", move |id: String| -> Result<Value, Error> {
            let sh = s.facts.shapes.get(&id).ok_or_else(|| absent(&id))?;
            Ok(record(vec![
                ("title", Value::from(sh.title.clone())),
                ("dimension", Value::from(sh.dimension.clone())),
                ("dimension2", Value::from(sh.dimension2.clone())),
                ("noun", Value::from(sh.noun.clone())),
                ("classifier", Value::from(sh.classifier.clone())),
                ("unit", Value::from(sh.unit.clone())),
                ("missing", Value::from(sh.missing)),
                ("ordered", Value::from(sh.ordered)),
            ]))
        });
        let s = shared.clone();
        env.add_function("ds", move |id: String| -> Result<Value, Error> {
            let [title, noun, classifier] = s.datasets.get(&id).ok_or_else(|| absent(&id))?;
            let n = fact_value(&s, &format!("data/{id}/records")).unwrap_or(Value::UNDEFINED);
            let text = |t: &String| Value::from(t.clone());
            Ok(record(vec![("title", text(title)), ("noun", text(noun)), ("classifier", text(classifier)), ("n", n)]))
        });
        let s = shared.clone();
        env.add_filter("rise", move |v: Value| signed(&s, &v, "rise"));
        let s = shared.clone();
        env.add_filter("change", move |v: Value| signed(&s, &v, "change"));
        let s = shared.clone();
        env.add_filter("points", move |v: Value| signed(&s, &v, "points"));
        let s = shared.clone();
        env.add_filter("degree", move |v: Value| -> Result<String, Error> {
            let f = object(&v)?;
            Ok(degree(s.label("degree"), &f.fact().value))
        });
        let s = shared.clone();
        env.add_filter("times", move |v: Value| -> Result<String, Error> {
            Ok(format!("{}{}", object(&v)?.printed(FactForm::Times), s.label("times.unit")))
        });
        env.add_filter("abs", |v: Value| -> Result<Value, Error> {
            match object(&v) {
                Ok(f) => Ok(Value::from(f.printed(FactForm::Magnitude))),
                Err(_) => v.as_i64().map(|i| Value::from(i.abs())).ok_or_else(|| absent("abs")),
            }
        });
        // Counts before a measure word: 两 where an ordinal has 二.
        env.add_filter("cn", |n: usize| if n == 2 { "两".to_owned() } else { num::chinese(n) });
        Writer {
            shared,
            env,
            globals,
            used: RefCell::default(),
            frames: RefCell::default(),
            faults: RefCell::default(),
        }
    }

    pub fn facts(&self) -> &Arc<Facts> {
        &self.shared.facts
    }

    pub fn fact(&self, id: &str) -> Value {
        fact_value(&self.shared, id).unwrap_or(Value::UNDEFINED)
    }

    pub fn set_global(&mut self, key: &str, value: Value) {
        self.globals.insert(key.to_owned(), value);
    }

    /// Whether a condition over facts holds; unknown counts as no.
    pub fn holds(&self, condition: Option<&str>) -> bool {
        let Some(text) = condition else { return true };
        expr::parse(text).ok().and_then(|e| expr::truth(&e, &*self.shared.facts)).unwrap_or(false)
    }

    /// Renders one pattern; `None` when it needs something that is not there.
    pub fn render(&self, pattern: &str, extra: &BTreeMap<String, Value>) -> Option<String> {
        let mut context = self.globals.clone();
        context.extend(extra.iter().map(|(k, v)| (k.clone(), v.clone())));
        match self.env.render_str(pattern, Value::from(context)) {
            Ok(text) => {
                let text: String = text.chars().filter(|c| *c != '\n' && *c != '\r').collect();
                let text = text.trim().to_owned();
                if text.is_empty() { None } else { Some(text) }
            }
            Err(e) => {
                if e.kind() != ErrorKind::UndefinedError {
                    let mut faults = self.faults.borrow_mut();
                    let fault =
                        format!("{}：{}", pattern.chars().take(40).collect::<String>(), said::chinese(&e, pattern));
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
                None
            }
        }
    }

    /// Renders patterns as people read them; else what each lacks.
    pub fn try_out(mut self, patterns: &[&str]) -> Vec<Result<String, Lack>> {
        // Places of faults are told.
        self.env.set_debug(true);
        let one = |pattern: &&str| match self.env.render_str(pattern, Value::from(self.globals.clone())) {
            Ok(text) => Ok(plain(text.trim())),
            Err(e) => Err(match (e.kind(), e.detail()) {
                (ErrorKind::UndefinedError, Some(id)) if said::is_id(id) => Lack::Fact(id.to_owned()),
                _ => Lack::Other(said::chinese(&e, pattern)),
            }),
        };
        patterns.iter().map(one).collect()
    }

    /// Renders one of several wordings, taking the next in turn for this `key`, and sooner one whose like has not been said
    /// yet, be it for another key.
    pub fn any(&self, key: &str, wordings: &[String], extra: &BTreeMap<String, Value>) -> Option<String> {
        let start = self.used.borrow().get(key).copied().unwrap_or(0);
        let mut said = (0..wordings.len())
            .filter_map(|i| Some((start + i + 1, self.render(&wordings[(start + i) % wordings.len()], extra)?)));
        let first = said.next()?;
        let is_new = |text: &str| !self.frames.borrow().contains(&frame(text));
        let fresh = if is_new(&first.1) { None } else { said.find(|(_, text)| is_new(text)) };
        let (turn, text) = fresh.unwrap_or(first);
        self.used.borrow_mut().insert(key.to_owned(), turn);
        self.frames.borrow_mut().insert(frame(&text));
        Some(text)
    }

    /// The next wording in turn that can be said within `limit` characters.
    pub fn fitting(
        &self,
        key: &str,
        wordings: &[String],
        extra: &BTreeMap<String, Value>,
        limit: usize,
    ) -> Option<String> {
        let start = self.used.borrow().get(key).copied().unwrap_or(0);
        for i in 0..wordings.len() {
            if let Some(text) = self.render(&wordings[(start + i) % wordings.len()], extra)
                && plain(&text).trim_end_matches('。').chars().count() < limit
            {
                self.used.borrow_mut().insert(key.to_owned(), start + i + 1);
                return Some(text);
            }
        }
        None
    }

    /// Starts anew, as if nothing had been said.
    pub fn begin(&mut self) {
        self.used.borrow_mut().clear();
        self.frames.borrow_mut().clear();
    }

    pub fn sentences(&self, key: &str, list: &[Sentence], extra: &BTreeMap<String, Value>) -> Vec<String> {
        list.iter()
            .enumerate()
            .filter(|(_, s)| self.holds(s.when.as_deref()))
            .filter_map(|(i, s)| self.any(&format!("{key}#{i}"), &s.any, extra))
            .collect()
    }

    /// Renders a slot to one paragraph; `None` when nothing can be said.
    pub fn slot(&self, slot: &Slot, extra: &BTreeMap<String, Value>) -> Option<String> {
        let parts = self.sentences(&slot.id, &slot.sentence, extra);
        if parts.is_empty() { None } else { Some(parts.concat()) }
    }
}

fn fact_value(s: &Arc<Shared>, id: &str) -> Option<Value> {
    s.facts.position(id).map(|index| Value::from_object(FactObject { shared: s.clone(), index }))
}

fn object(v: &Value) -> Result<&FactObject, Error> {
    v.downcast_object_ref::<FactObject>().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "这个过滤器只用于事实"))
}

/// Verb that agrees with the sign of the number as printed, then its magnitude: 增长5.2%, 减少3家, 基本持平.
fn signed(s: &Shared, v: &Value, family: &str) -> Result<String, Error> {
    let f = object(v)?;
    let fact = f.fact();
    let shown = num::round(&fact.value, fact.decimals);
    if shown.is_zero() {
        return Ok(s.label(&format!("{family}.flat")).to_owned());
    }
    let key = format!("{family}.{}", if shown.is_positive() { "up" } else { "down" });
    let verb = s.label(&key);
    if family == "points" {
        return Ok(format!("{verb}{}{}", f.printed(FactForm::Points), s.label("points.unit")));
    }
    Ok(format!("{verb}{}", f.printed(FactForm::Magnitude)))
}

/// Degree word for a share in percent, from a list `60:多数|50:过半|…|0:个别` (HANDBOOK §2.4); limits are exclusive.
fn degree(table: &str, value: &Exact) -> String {
    let mut rows: Vec<(Exact, &str)> =
        table.split('|').filter_map(|r| r.split_once(':')).filter_map(|(l, w)| Some((num::parse(l)?, w))).collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0));
    let last = rows.last().map_or("", |r| r.1);
    rows.iter().find(|(l, _)| value > l).map_or(last, |r| r.1).to_owned()
}

fn items(s: &Arc<Shared>, id: &str, shape: &Shape) -> Vec<Value> {
    let get = |key: String| fact_value(s, &key);
    shape
        .items
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let base = format!("{id}/{}", label.replace('/', "／"));
            let mut r: BTreeMap<&'static str, Value> = BTreeMap::new();
            r.insert("label", Value::from(label.clone()));
            r.insert("rank", Value::from(i + 1));
            for part in ["count", "share", "mean", "high", "total", "n"] {
                if let Some(v) = get(format!("{base}/{part}")) {
                    r.insert(part, v);
                }
            }
            if let Some(v) = get(base.clone()) {
                r.insert("value", v);
            }
            if shape.kind == ShapeKind::Crosstab {
                let cells: Vec<Value> = shape
                    .columns
                    .iter()
                    .map(|c| {
                        let mut cell = vec![("label", Value::from(c.clone()))];
                        for part in ["count", "share"] {
                            if let Some(v) = get(format!("{base}/{}/{part}", c.replace('/', "／"))) {
                                cell.push((part, v));
                            }
                        }
                        record(cell)
                    })
                    .collect();
                r.insert("cells", Value::from(cells));
            }
            Value::from_object(Record(r))
        })
        .collect()
}

/// How a form stands in a mark.
const LETTERS: [(FactForm, &str); 6] = [
    (FactForm::Value, "v"),
    (FactForm::Magnitude, "a"),
    (FactForm::Base, "n"),
    (FactForm::Missing, "m"),
    (FactForm::Points, "p"),
    (FactForm::Times, "t"),
];

fn letter(form: FactForm) -> &'static str {
    LETTERS.iter().find(|(f, _)| *f == form).map_or("v", |(_, l)| l)
}

fn form_of(letter: &str) -> FactForm {
    LETTERS.iter().find(|(_, l)| *l == letter).map_or(FactForm::Value, |(f, _)| *f)
}

/// A fact shown inside rendered text.
fn fact_mark(index: usize, form: FactForm, unit: &str, shown: &str) -> String {
    format!("{FACT}{index}{}{UNIT}{unit}{TEXT}{shown}{END}", letter(form))
}

/// A cross reference inside rendered text.
pub(crate) fn reference(target: &str) -> String {
    format!("{REF}{target}{END}")
}

/// Splits rendered text into literal runs, fact references and cross references.
pub(crate) fn inlines(text: &str, facts: &Facts) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find([FACT, REF]) {
        plain.push_str(&rest[..at]);
        let is_fact = rest[at..].starts_with(FACT);
        let body = &rest[at + FACT.len_utf8()..];
        let Some(end) = body.find(END) else {
            rest = "";
            break;
        };
        if !plain.is_empty() {
            out.push(Inline::Text { v: std::mem::take(&mut plain) });
        }
        let inner = &body[..end];
        if !is_fact {
            out.push(Inline::Ref { target: inner.to_owned() });
        } else if let Some((name, shown)) = inner.split_once(TEXT)
            && let Some((name, unit)) = name.split_once(UNIT)
        {
            let index = name.trim_end_matches(char::is_alphabetic);
            let id = index.parse::<usize>().ok().and_then(|i| facts.list.get(i)).map(|f| f.id.clone());
            let form = form_of(&name[index.len()..]);
            out.push(Inline::Fact { v: shown.to_owned(), id: id.unwrap_or_default(), form, unit: unit.to_owned() });
        }
        rest = &body[end + END.len_utf8()..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        out.push(Inline::Text { v: plain });
    }
    out
}

/// The first sentence of finished content as rendered text; cross references and footnotes are left out.
pub(crate) fn first_sentence(content: &[Inline], facts: &Facts) -> String {
    let mut out = String::new();
    for i in content {
        match i {
            Inline::Text { v } | Inline::Strong { v } => {
                if let Some(at) = v.find(['。', '！', '？']) {
                    out.push_str(&v[..at]);
                    break;
                }
                out.push_str(v);
            }
            Inline::Fact { v, id, form, unit } => match facts.list.iter().position(|f| f.id == *id) {
                Some(index) => out.push_str(&fact_mark(index, *form, unit, v)),
                None => out.push_str(v),
            },
            Inline::Ref { .. } | Inline::Footnote { .. } => {}
        }
    }
    out
}

/// Rendered text without its numbers and what it quotes: two sentences of one frame read as repetition.
fn frame(text: &str) -> String {
    let mut out = String::new();
    for inline in inlines(text, &Facts::default()) {
        match inline {
            Inline::Text { v } => out.push_str(&v),
            _ => out.push('□'),
        }
    }
    let mut quoted = false;
    out.retain(|c| {
        let keep = !quoted || c == '”';
        quoted = c == '“' || quoted && c != '”';
        keep
    });
    out
}

/// Rendered text as people read it, marks removed.
pub(crate) fn plain(text: &str) -> String {
    inlines(text, &Facts::default())
        .into_iter()
        .map(|i| match i {
            Inline::Text { v } | Inline::Fact { v, .. } => v,
            _ => String::new(),
        })
        .collect()
}
