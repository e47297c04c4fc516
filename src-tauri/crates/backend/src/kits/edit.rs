//! Changes of one part of a kit, written into its files with everything around it left as it stands: comments, order,
//! blank lines, the quoting of other rows. A change says how the part shall be; only what differs is written.

use report::KitFiles;
use report::kit::{
    Criterion, FieldPart, GapPart, HeadingPart, IndicatorPart, KitParts, MEASURE_COLUMNS, MeasureSpec, Parameter,
    Policy, RulePart, SentencePart, SlotPart,
};
use report::num;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, InlineTable, Item, Table, Value};
use ts_rs::TS;

/// A fault or a warning, with its place in the files and in the form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PartFault {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
    /// Path in the part: `when`, `sentence.1.any.0`; `None` when it is not in the part changed.
    pub field: Option<String>,
}

/// Kinds of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    Field,
    Indicator,
    Criterion,
    Rule,
    Measure,
    Slot,
    Parameter,
    Policy,
}

/// One part of a kit. The id of a field is `dataset/field`, that of a rule its file, that of the policy is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct PartRef {
    pub kind: PartKind,
    pub id: String,
}

/// What shall be different. A part given whole replaces the part of its id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum KitChange {
    Field {
        dataset: String,
        part: FieldPart,
    },
    Indicator {
        part: IndicatorPart,
    },
    Criterion {
        part: Criterion,
    },
    Rule {
        part: RulePart,
    },
    Measure {
        part: MeasureSpec,
    },
    AddMeasure {
        part: MeasureSpec,
    },
    RemoveMeasure {
        id: String,
    },
    Slot {
        part: SlotPart,
    },
    Policy {
        part: Policy,
    },
    Parameter {
        part: Parameter,
    },
    /// The whole text of one file.
    File {
        path: String,
        text: String,
    },
    /// A part as the kit had it before it was changed in this project.
    Restore {
        part: PartRef,
    },
    /// The same for a whole file.
    RestoreFile {
        path: String,
    },
    /// The same for the whole kit.
    RestoreAll,
}

/// Longest list written on one line.
const LINE: usize = 90;

impl KitChange {
    /// What the undo record calls it.
    pub(crate) fn label(&self, parts: &KitParts) -> String {
        match self {
            KitChange::Field { part, .. } => format!("修改字段“{}”", part.title),
            KitChange::Indicator { part } => format!("修改指标“{}”", part.title),
            KitChange::Criterion { part } => format!("修改依据“{}”", part.title),
            KitChange::Rule { part } => {
                let before = parts.rules.iter().find(|r| r.file == part.file);
                match before.map(|b| (b.enabled, part.enabled)) {
                    Some((true, false)) => format!("停用规则“{}”", part.title),
                    Some((false, true)) => format!("启用规则“{}”", part.title),
                    _ => format!("修改规则“{}”", part.title),
                }
            }
            KitChange::Measure { part } => format!("修改对策“{}”", first(&part.titles)),
            KitChange::AddMeasure { part } => format!("新增对策“{}”", first(&part.titles)),
            KitChange::RemoveMeasure { id } => {
                let measure = parts.measures.iter().find(|m| m.id == *id);
                format!("删除对策“{}”", measure.map_or(id.as_str(), |m| first(&m.titles)))
            }
            KitChange::Slot { part } => {
                format!("修改句式“{}”", part.used.first().map_or(part.id.as_str(), String::as_str))
            }
            KitChange::Policy { .. } => "修改评分权重与限额".to_owned(),
            KitChange::Parameter { part } => format!("修改参数“{}”", part.title),
            KitChange::File { path, .. } => format!("修改套件文件 {path}"),
            KitChange::Restore { part } => format!("恢复{}为套件原文", name_of(parts, part)),
            KitChange::RestoreFile { path } => format!("恢复套件文件 {path}"),
            KitChange::RestoreAll => "恢复整个套件为原文".to_owned(),
        }
    }

    /// The part it is about.
    pub(crate) fn target(&self) -> Option<PartRef> {
        let (kind, id) = match self {
            KitChange::Field { dataset, part } => (PartKind::Field, format!("{dataset}/{}", part.id)),
            KitChange::Indicator { part } => (PartKind::Indicator, part.id.clone()),
            KitChange::Criterion { part } => (PartKind::Criterion, part.id.clone()),
            KitChange::Rule { part } => (PartKind::Rule, part.file.clone()),
            KitChange::Measure { part } | KitChange::AddMeasure { part } => (PartKind::Measure, part.id.clone()),
            KitChange::RemoveMeasure { id } => (PartKind::Measure, id.clone()),
            KitChange::Slot { part } => (PartKind::Slot, part.id.clone()),
            KitChange::Policy { .. } => (PartKind::Policy, String::new()),
            KitChange::Parameter { part } => (PartKind::Parameter, part.key.clone()),
            KitChange::Restore { part } => return Some(part.clone()),
            KitChange::File { .. } | KitChange::RestoreFile { .. } | KitChange::RestoreAll => return None,
        };
        Some(PartRef { kind, id })
    }
}

fn first(titles: &[String]) -> &str {
    titles.first().map_or("", String::as_str)
}

/// A part's kind and title in Chinese.
fn name_of(parts: &KitParts, part: &PartRef) -> String {
    let id = part.id.as_str();
    let title = |found: Option<&str>| found.unwrap_or(id).to_owned();
    match part.kind {
        PartKind::Field => {
            let field = id.split_once('/').and_then(|(d, f)| {
                parts.datasets.iter().find(|x| x.id == d).and_then(|x| x.fields.iter().find(|x| x.id == f))
            });
            format!("字段“{}”", title(field.map(|f| f.title.as_str())))
        }
        PartKind::Indicator => {
            format!("指标“{}”", title(parts.indicators.iter().find(|i| i.id == id).map(|i| i.title.as_str())))
        }
        PartKind::Criterion => {
            format!("依据“{}”", title(parts.criteria.iter().find(|c| c.id == id).map(|c| c.title.as_str())))
        }
        PartKind::Rule => {
            format!("规则“{}”", title(parts.rules.iter().find(|r| r.file == id).map(|r| r.title.as_str())))
        }
        PartKind::Measure => {
            format!("对策“{}”", title(parts.measures.iter().find(|m| m.id == id).map(|m| first(&m.titles))))
        }
        PartKind::Slot => {
            let slot = parts.slots.iter().find(|s| s.id == id);
            format!("句式“{}”", title(slot.and_then(|s| s.used.first()).map(String::as_str)))
        }
        PartKind::Parameter => {
            format!("参数“{}”", title(parts.parameters.iter().find(|p| p.key == id).map(|p| p.title.as_str())))
        }
        PartKind::Policy => "评分权重与限额".to_owned(),
    }
}

// ---------------------------------------------------------------- places

/// A way down into a TOML file.
#[derive(Debug, Clone)]
enum Step {
    Key(&'static str),
    Index(usize),
}

/// Where a part is written.
enum Spot {
    Toml { file: String, steps: Vec<Step> },
    Csv { file: &'static str, id: String },
}

fn index_of(item: Option<&Item>, key: &str, id: &str) -> Option<usize> {
    item?.as_array_of_tables()?.iter().position(|t| t.get(key).and_then(Item::as_str) == Some(id))
}

fn parse(files: &KitFiles, file: &str) -> Option<Document<String>> {
    Document::parse(files.get(file)?.clone()).ok()
}

fn spot(files: &KitFiles, part: &PartRef) -> Option<Spot> {
    let listed = |file: &str, list: &'static str, key: &'static str| {
        let doc = parse(files, file)?;
        let at = index_of(doc.get(list), key, &part.id)?;
        Some(Spot::Toml { file: file.to_owned(), steps: vec![Step::Key(list), Step::Index(at)] })
    };
    match part.kind {
        PartKind::Field => {
            let (dataset, field) = part.id.split_once('/')?;
            let file = "survey.toml";
            let doc = parse(files, file)?;
            let d = index_of(doc.get("dataset"), "id", dataset)?;
            let fields = doc.get("dataset")?.as_array_of_tables()?.get(d)?.get("field");
            let f = index_of(fields, "id", field)?;
            let steps = vec![Step::Key("dataset"), Step::Index(d), Step::Key("field"), Step::Index(f)];
            Some(Spot::Toml { file: file.to_owned(), steps })
        }
        PartKind::Indicator => listed("indicators.toml", "indicator", "id"),
        PartKind::Slot => {
            let files = ["wording.toml", "base/wording.toml", "base/forms.toml"];
            files.into_iter().find_map(|file| listed(file, "slot", "id"))
        }
        PartKind::Parameter => {
            ["kit.toml", "base/forms.toml"].into_iter().find_map(|file| listed(file, "parameter", "key"))
        }
        PartKind::Policy => Some(Spot::Toml { file: "kit.toml".to_owned(), steps: vec![Step::Key("policy")] }),
        PartKind::Rule => {
            let there = part.id.starts_with("findings/") && files.contains_key(&part.id);
            there.then(|| Spot::Toml { file: part.id.clone(), steps: Vec::new() })
        }
        PartKind::Criterion => Some(Spot::Csv { file: "criteria.csv", id: part.id.clone() }),
        PartKind::Measure => Some(Spot::Csv { file: "measures.csv", id: part.id.clone() }),
    }
}

fn walk<'i>(mut item: &'i Item, steps: &[Step]) -> Option<&'i Item> {
    for step in steps {
        item = match step {
            Step::Key(key) => item.get(key)?,
            Step::Index(at) => item.get(*at)?,
        };
    }
    Some(item)
}

fn walk_mut<'i>(mut item: &'i mut Item, steps: &[Step]) -> Option<&'i mut Item> {
    for step in steps {
        item = match step {
            Step::Key(key) => item.get_mut(key)?,
            Step::Index(at) => item.get_mut(*at)?,
        };
    }
    Some(item)
}

/// Where in its part's form a fault belongs, told from its place in the file.
pub(crate) fn field_of(files: &KitFiles, part: &PartRef, file: &str, line: u32, column: u32) -> Option<String> {
    match spot(files, part)? {
        Spot::Toml { file: own, steps } if own == file => {
            let doc = parse(files, file)?;
            let at = offset(files.get(file)?, line, column)?;
            let mut path = Vec::new();
            descend(walk(doc.as_item(), &steps)?, at, &mut path).then(|| path.join("."))
        }
        _ => None,
    }
}

/// Byte offset of a line and a column in characters, both from 1.
fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = text.get(start..)?;
    Some(start + rest.char_indices().nth(column.saturating_sub(1) as usize).map_or(rest.len(), |(at, _)| at))
}

/// Follows the keys and indices whose text holds `at`; false when none does.
fn descend(item: &Item, at: usize, path: &mut Vec<String>) -> bool {
    let within = |span: Option<Range<usize>>| span.is_some_and(|s| s.start <= at && at < s.end.max(s.start + 1));
    if let Some(table) = item.as_table_like() {
        for (key, value) in table.iter() {
            let named = table.get_key_value(key).and_then(|(k, _)| k.span());
            let whole = match (named, value.span()) {
                (Some(k), Some(v)) => Some(k.start..v.end.max(k.end)),
                (k, v) => k.or(v),
            };
            let tables = value.as_array_of_tables().is_some_and(|a| a.iter().any(|t| deep(t, at)));
            if tables || (value.as_array_of_tables().is_none() && within(whole)) {
                path.push(key.to_owned());
                descend(value, at, path);
                return true;
            }
        }
        return false;
    }
    if let Some(list) = item.as_array_of_tables() {
        if let Some((i, table)) = list.iter().enumerate().find(|(_, t)| deep(t, at)) {
            path.push(i.to_string());
            descend(&Item::Table(table.clone()), at, path);
        }
        return true;
    }
    if let Some(Value::Array(list)) = item.as_value()
        && let Some((i, value)) = list.iter().enumerate().find(|(_, v)| within(v.span()))
    {
        path.push(i.to_string());
        descend(&Item::Value(value.clone()), at, path);
    }
    true
}

/// Whether a table's own text holds `at`, its sub-tables included.
fn deep(table: &Table, at: usize) -> bool {
    let mut path = Vec::new();
    table.span().is_some_and(|s| s.start <= at && at < s.end) || descend(&Item::Table(table.clone()), at, &mut path)
}

// ---------------------------------------------------------------- writing

/// Files with a change made; faults when the change itself is not possible.
pub(crate) fn apply(files: &KitFiles, before: &KitParts, change: &KitChange) -> Result<KitFiles, Vec<PartFault>> {
    let mut out = files.clone();
    let faults = check_form(files, before, change);
    if !faults.is_empty() {
        return Err(faults);
    }
    let missing = || vec![fault("kit.toml", 1, "这一项已不在套件里，可能已被删除或撤销。", None)];
    let part = change.target();
    match change {
        KitChange::File { path, text } => {
            let own = is_own(path) && (path.ends_with(".toml") || path.ends_with(".csv"));
            if !own || !files.contains_key(path) {
                return Err(vec![fault(path, 1, "这个文件不能修改：它不属于本套件。", None)]);
            }
            out.insert(path.clone(), text.clone());
        }
        KitChange::AddMeasure { part } => {
            let text = out.get("measures.csv").cloned().unwrap_or_default();
            out.insert("measures.csv".to_owned(), append_row(&text, &MEASURE_COLUMNS, &measure_row(part)));
        }
        KitChange::RemoveMeasure { id } => {
            let text = out.get("measures.csv").ok_or_else(missing)?;
            let text = replace_row(text, id, None).ok_or_else(missing)?;
            out.insert("measures.csv".to_owned(), text);
        }
        KitChange::Restore { .. } | KitChange::RestoreFile { .. } | KitChange::RestoreAll => {
            unreachable!("restoring is told as another change first, see `restoring`")
        }
        _ => {
            let part = part.expect("changes of a part name it");
            let found = spot(&out, &part).ok_or_else(missing)?;
            match found {
                Spot::Csv { file, id } => {
                    let text = out.get(file).ok_or_else(missing)?;
                    let cells = match change {
                        KitChange::Criterion { part } => criterion_row(part),
                        KitChange::Measure { part } => measure_row(part),
                        _ => return Err(missing()),
                    };
                    let text = replace_row(text, &id, Some(&cells)).ok_or_else(missing)?;
                    out.insert(file.to_owned(), text);
                }
                Spot::Toml { mut file, steps } => {
                    let mut doc: DocumentMut = out.get(&file).and_then(|t| t.parse().ok()).ok_or_else(missing)?;
                    if file.starts_with(super::SHARED) {
                        // Of a shared part the kit gets a copy of its own, which goes before the shared one.
                        let shared =
                            walk(doc.as_item(), &steps).and_then(Item::as_table).cloned().ok_or_else(missing)?;
                        let (own, list_key, _) = copied(part.kind).ok_or_else(missing)?;
                        file = own.to_owned();
                        doc =
                            out.get(&file).map_or(Some(DocumentMut::new()), |t| t.parse().ok()).ok_or_else(missing)?;
                        let mut copy = shared;
                        unplace(&mut copy);
                        let mut list = match doc.remove(list_key) {
                            Some(Item::ArrayOfTables(list)) => list,
                            _ => ArrayOfTables::new(),
                        };
                        list.push(copy);
                        doc.insert(list_key, Item::ArrayOfTables(list));
                        // Written and read again, so that every table has its place.
                        let mut files = KitFiles::from([(file.clone(), doc.to_string())]);
                        let found = spot(&files, &part).ok_or_else(missing)?;
                        let Spot::Toml { steps, .. } = found else { return Err(missing()) };
                        doc = files.remove(&file).and_then(|t| t.parse().ok()).ok_or_else(missing)?;
                        write(
                            walk_mut(doc.as_item_mut(), &steps).and_then(Item::as_table_mut).ok_or_else(missing)?,
                            change,
                        );
                    } else {
                        if matches!(change, KitChange::Policy { .. }) && doc.get("policy").is_none() {
                            doc.insert("policy", Item::Table(Table::new()));
                        }
                        let table = walk_mut(doc.as_item_mut(), &steps).and_then(Item::as_table_mut);
                        write(table.ok_or_else(missing)?, change);
                    }
                    out.insert(file, doc.to_string());
                }
            }
        }
    }
    Ok(out)
}

/// Where a kit keeps its own copies of shared parts of a kind: file, list, key of the id.
fn copied(kind: PartKind) -> Option<(&'static str, &'static str, &'static str)> {
    match kind {
        PartKind::Slot => Some(("wording.toml", "slot", "id")),
        PartKind::Parameter => Some(("kit.toml", "parameter", "key")),
        _ => None,
    }
}

/// Whether a part is written in the files shared by all kits alone.
pub(crate) fn is_shared(files: &KitFiles, part: &PartRef) -> bool {
    matches!(spot(files, part), Some(Spot::Toml { file, .. }) if file.starts_with(super::SHARED))
}

/// Takes the kit's own copy of a shared part away, so that the shared one holds again.
pub(crate) fn drop_copy(files: &mut KitFiles, part: &PartRef) {
    let Some((file, list, key)) = copied(part.kind) else { return };
    let Some(mut doc) = files.get(file).and_then(|t| t.parse::<DocumentMut>().ok()) else { return };
    if let Some(list) = doc.get_mut(list).and_then(Item::as_array_of_tables_mut) {
        list.retain(|t| t.get(key).and_then(Item::as_str) != Some(&part.id));
    }
    files.insert(file.to_owned(), doc.to_string());
}

/// Whether a file is the kit's own: not shared by all kits and not a kept original.
pub(crate) fn is_own(path: &str) -> bool {
    ![super::SHARED, super::ORIGIN, super::ADDED].iter().any(|prefix| path.starts_with(prefix))
}

fn unplace(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(t) => unplace(t),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(unplace),
            _ => {}
        }
    }
}

fn write(table: &mut Table, change: &KitChange) {
    match change {
        KitChange::Field { part, .. } => {
            set_text(table, "title", &part.title);
            set_text(table, "unit", &part.unit);
            set_text(table, "min", &part.min);
            set_text(table, "max", &part.max);
            set_flag(table, "required", part.required, false);
            set_list(table, "aliases", &part.aliases);
        }
        KitChange::Indicator { part } => {
            set_text(table, "title", &part.title);
            set_text(table, "where", &part.filter);
            set_text(table, "unit", &part.unit);
            set_text(table, "formula", &part.formula);
            set_text(table, "note", &part.note);
            match part.decimals {
                None => drop(table.remove("decimals")),
                Some(n) => set_value(table, "decimals", Value::from(i64::from(n))),
            }
        }
        KitChange::Parameter { part } => {
            set_text(table, "title", &part.title);
            set_value(table, "default", Value::from(part.default.as_str()));
            set_text(table, "description", &part.description);
        }
        KitChange::Policy { part } => write_policy(table, part),
        KitChange::Slot { part } => set_sentences(table, &part.sentence),
        KitChange::Rule { part } => {
            set_text(table, "title", &part.title);
            set_flag(table, "enabled", part.enabled, true);
            set_flag(table, "local", part.local, false);
            set_text(table, "when", &part.when);
            set_text(table, "source", &part.source);
            set_list(table, "criteria", &part.criteria);
            set_headings(table, &part.headings);
            set_list(table, "brief", &part.brief);
            if let Some(list) = table.get_mut("gap").and_then(Item::as_array_of_tables_mut) {
                for (gap, GapPart { benchmark, better, weight, .. }) in list.iter_mut().zip(&part.gap) {
                    set_text(gap, "benchmark", benchmark);
                    let word = if *better == report::kit::Better::Lower { "lower" } else { "higher" };
                    if gap.contains_key("better") || word == "lower" {
                        set_text(gap, "better", word);
                    }
                    if gap.contains_key("weight") || *weight != 1 {
                        set_value(gap, "weight", Value::from(i64::from(*weight)));
                    }
                }
            }
            set_sentences(table, &part.sentence);
        }
        _ => {}
    }
}

fn write_policy(table: &mut Table, p: &Policy) {
    let numbers = [
        ("small_base", p.small_base as i64),
        ("suppress_below", p.suppress_below as i64),
        ("max_findings", p.max_findings as i64),
        ("max_measures_per_finding", p.max_measures_per_finding as i64),
    ];
    for (key, n) in numbers {
        set_value(table, key, Value::from(n));
    }
    let mut weights = InlineTable::new();
    let w = p.weights;
    for (key, n) in [("gap", w.gap), ("survey", w.survey), ("extent", w.extent), ("trend", w.trend)] {
        weights.insert(key, Value::from(i64::from(n)));
    }
    set_value(table, "weights", Value::InlineTable(weights));
    let mut grades = Array::new();
    for (limit, name) in &p.grades {
        let mut pair = Array::new();
        // Whole numbers are written as people write them.
        pair.push(if limit.fract() == 0.0 { Value::from(*limit as i64) } else { Value::from(*limit) });
        pair.push(name.as_str());
        grades.push(Value::Array(pair));
    }
    set_value(table, "grades", Value::Array(grades));
}

/// Whether two values mean the same, however they are written.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Boolean(a), Value::Boolean(b)) => a.value() == b.value(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Value::InlineTable(a), Value::InlineTable(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| same(v, w)))
        }
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    }
}

fn number(v: &Value) -> Option<f64> {
    v.as_float().or_else(|| v.as_integer().map(|i| i as f64))
}

/// Sets a key and keeps the blanks and the remark around its value.
fn set_value(table: &mut Table, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if same(old, &value) => {}
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

fn set_text(table: &mut Table, key: &str, text: &str) {
    if text.is_empty() {
        table.remove(key);
    } else if table.get(key).and_then(Item::as_value).is_none_or(|v| plain(v).as_deref() != Some(text)) {
        set_value(table, key, Value::from(text));
    }
}

/// A text or a number as a form shows it.
fn plain(v: &Value) -> Option<String> {
    v.as_str().map(str::to_owned).or_else(|| number(v).map(|n| n.to_string()))
}

fn set_flag(table: &mut Table, key: &str, on: bool, usual: bool) {
    if on != usual || table.contains_key(key) {
        set_value(table, key, Value::from(on));
    }
}

/// A list on one line when it fits, else one entry a line.
fn lines(values: Vec<Value>) -> Array {
    let mut list = Array::new();
    let long = values.iter().map(|v| v.to_string().chars().count() + 2).sum::<usize>() > LINE;
    for mut value in values {
        if long {
            value.decor_mut().set_prefix("\n  ");
            value.decor_mut().set_suffix("");
            list.push_formatted(value);
        } else {
            list.push(value);
        }
    }
    if long {
        list.set_trailing_comma(true);
        list.set_trailing("\n");
    }
    list
}

fn set_list(table: &mut Table, key: &str, texts: &[String]) {
    if texts.is_empty() {
        table.remove(key);
    } else {
        set_value(table, key, Value::Array(lines(texts.iter().map(|t| Value::from(t.as_str())).collect())));
    }
}

fn set_headings(table: &mut Table, headings: &[HeadingPart]) {
    let one = |h: &HeadingPart| {
        if h.when.is_empty() {
            return Value::from(h.text.as_str());
        }
        let mut t = InlineTable::new();
        t.insert("text", Value::from(h.text.as_str()));
        t.insert("when", Value::from(h.when.as_str()));
        Value::InlineTable(t)
    };
    set_value(table, "headings", Value::Array(lines(headings.iter().map(one).collect())));
}

/// Sentences in their new order; a sentence that stays keeps its table with its remarks.
fn set_sentences(table: &mut Table, sentences: &[SentencePart]) {
    let old = match table.remove("sentence") {
        Some(Item::ArrayOfTables(list)) => list,
        _ => ArrayOfTables::new(),
    };
    let place = old.get(0).and_then(Table::position);
    let any_of = |t: &Table| -> Vec<String> {
        let list = t.get("any").and_then(Item::as_array);
        list.map(|a| a.iter().filter_map(Value::as_str).map(str::to_owned).collect()).unwrap_or_default()
    };
    let mut unused: Vec<Option<Table>> = old.iter().cloned().map(Some).collect();
    let kept: Vec<Option<usize>> =
        sentences.iter().map(|s| unused.iter().position(|t| t.as_ref().is_some_and(|t| any_of(t) == s.any))).collect();
    let mut list = ArrayOfTables::new();
    for (i, s) in sentences.iter().enumerate() {
        let reuse = kept[i].or_else(|| (i < unused.len() && !kept.contains(&Some(i))).then_some(i));
        let taken = reuse.and_then(|at| unused[at].take());
        let mut t = taken.unwrap_or_else(|| {
            let mut t = Table::new();
            t.decor_mut().set_prefix("\n");
            t
        });
        if let Some(role) = s.role {
            let word = serde_json::to_value(role).expect("a role is a word");
            set_text(&mut t, "role", word.as_str().unwrap_or_default());
        }
        set_text(&mut t, "when", &s.when);
        set_list(&mut t, "any", &s.any);
        t.set_position(place);
        list.push(t);
    }
    if !list.is_empty() {
        table.insert("sentence", Item::ArrayOfTables(list));
    }
}

/// Writes what comes out of a rule's cases into them as what they expect.
pub(crate) fn settle_cases(files: &mut KitFiles, rule: &RulePart) {
    let Some(mut doc) = files.get(&rule.file).and_then(|t| t.parse::<DocumentMut>().ok()) else { return };
    if let Some(list) = doc.get_mut("case").and_then(Item::as_array_of_tables_mut) {
        for (table, case) in list.iter_mut().zip(&rule.case).filter(|(_, c)| !c.passed) {
            set_text(table, "grade", &case.got_grade);
            match &case.got_severity {
                Some(s) => set_text(table, "severity", s),
                None => drop(table.remove("severity")),
            }
        }
    }
    files.insert(rule.file.clone(), doc.to_string());
}

// ---------------------------------------------------------------- rows

fn measure_row(m: &MeasureSpec) -> Vec<(&'static str, String)> {
    let bar = |list: &[String]| list.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("|");
    let cells = [
        m.id.clone(),
        m.theme.clone(),
        bar(&m.titles),
        m.text.clone(),
        bar(&m.answers),
        m.instrument.clone(),
        bar(&m.lead),
        bar(&m.support),
        m.kpi.clone(),
        m.horizon.clone(),
        m.precondition.clone(),
        m.basis.clone(),
    ];
    MEASURE_COLUMNS.into_iter().zip(cells).collect()
}

fn criterion_row(c: &Criterion) -> Vec<(&'static str, String)> {
    let cells = [
        ("id", &c.id),
        ("title", &c.title),
        ("value", &c.value),
        ("unit", &c.unit),
        ("valid_from", &c.valid_from),
        ("valid_to", &c.valid_to),
        ("source", &c.source),
        ("note", &c.note),
    ];
    cells.into_iter().map(|(k, v)| (k, v.trim().to_owned())).collect()
}

/// The rows of a CSV text, each with the bytes it takes, its line ends included; the first is the header.
fn rows(text: &str) -> Vec<(Range<usize>, csv::StringRecord)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map_while(Result::ok).collect();
    // To the reader, the second half of a line end and blank lines open the record behind them.
    let start = |r: &csv::StringRecord| {
        let at = r.position().map_or(0, |p| p.byte() as usize);
        at + text[at..].bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count()
    };
    let starts: Vec<usize> = records.iter().map(start).chain([text.len()]).collect();
    records.into_iter().enumerate().map(|(i, r)| (starts[i]..starts[i + 1], r)).collect()
}

fn line_of(row: &csv::StringRecord) -> u32 {
    row.position().map_or(1, |p| p.line() as u32)
}

fn write_row(cells: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells).expect("writing to memory does not fail");
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("cells are text").trim_end_matches('\n').to_owned()
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Replaces the row of an id, or with `None` leaves it out; every other byte stays. `None` when there is no such row.
fn replace_row(text: &str, id: &str, cells: Option<&[(&'static str, String)]>) -> Option<String> {
    let rows = rows(text);
    let header: Vec<String> = rows.first()?.1.iter().map(|h| h.trim().to_owned()).collect();
    let key = header.iter().position(|h| h == "id")?;
    let (span, old) = rows.iter().skip(1).find(|(_, r)| r.get(key).map(str::trim) == Some(id))?;
    let row = text[span.clone()].trim_end_matches(['\r', '\n']);
    let ends = &text[span.start + row.len()..span.end];
    let new = match cells {
        None => ends.strip_prefix("\r\n").or(ends.strip_prefix('\n')).unwrap_or(ends).to_owned(),
        Some(cells) => {
            let mut row: Vec<String> = old.iter().map(str::to_owned).collect();
            row.resize(header.len(), String::new());
            for (name, value) in cells {
                if let Some(at) = header.iter().position(|h| h == name)
                    && row[at].trim() != value
                {
                    row[at].clone_from(value);
                }
            }
            if row.iter().map(String::as_str).eq(old.iter()) {
                return Some(text.to_owned());
            }
            format!("{}{ends}", write_row(&row))
        }
    };
    Some(format!("{}{new}{}", &text[..span.start], &text[span.end..]))
}

fn append_row(text: &str, columns: &[&str], cells: &[(&'static str, String)]) -> String {
    let header: Vec<String> = match rows(text).first() {
        Some((_, r)) => r.iter().map(|h| h.trim().to_owned()).collect(),
        None => columns.iter().map(|c| (*c).to_owned()).collect(),
    };
    let end = newline(text);
    let mut out = if text.trim().is_empty() { write_row(&header) } else { text.to_owned() };
    if !out.ends_with('\n') {
        out.push_str(end);
    }
    let row: Vec<String> = header
        .iter()
        .map(|h| cells.iter().find(|(name, _)| name == h).map(|(_, v)| v.clone()).unwrap_or_default())
        .collect();
    out.push_str(&write_row(&row));
    out.push_str(end);
    out
}

/// Line of the row of an id.
fn row_line(files: &KitFiles, file: &str, id: &str) -> u32 {
    let Some(text) = files.get(file) else { return 1 };
    let rows = rows(text);
    let Some(key) = rows.first().and_then(|(_, h)| h.iter().position(|c| c.trim() == "id")) else { return 1 };
    rows.iter().find(|(_, r)| r.get(key).map(str::trim) == Some(id)).map_or(1, |(_, r)| line_of(r))
}

// ---------------------------------------------------------------- forms

fn fault(file: &str, line: u32, message: impl Into<String>, field: Option<&str>) -> PartFault {
    PartFault { file: file.to_owned(), line, column: 1, message: message.into(), field: field.map(str::to_owned) }
}

/// What a form must have before the kit as a whole is looked at; each fault names its field.
fn check_form(files: &KitFiles, before: &KitParts, change: &KitChange) -> Vec<PartFault> {
    let Some(part) = change.target() else { return Vec::new() };
    let (file, line) = match spot(files, &part) {
        Some(Spot::Csv { file, id }) => (file.to_owned(), row_line(files, file, &id)),
        Some(Spot::Toml { file, steps }) => {
            let at = parse(files, &file)
                .and_then(|doc| walk(doc.as_item(), &steps).and_then(Item::as_table).and_then(Table::span))
                .map_or(0, |span| span.start);
            let line = files.get(&file).map_or(1, |t| t[..at.min(t.len())].matches('\n').count() as u32 + 1);
            (file, line)
        }
        None => ("kit.toml".to_owned(), 1),
    };
    let mut out: Vec<PartFault> = Vec::new();
    let mut need = |ok: bool, field: &str, message: &str| {
        if !ok {
            out.push(fault(&file, line, message, Some(field)));
        }
    };
    let filled = |list: &[String]| list.iter().any(|t| !t.trim().is_empty());
    let decimal = |text: &str| text.is_empty() || num::parse(text).is_some();
    match change {
        KitChange::Field { dataset, part } => {
            need(!part.title.trim().is_empty(), "title", "字段要有名称。");
            need(decimal(&part.min), "min", "最小值应为数字，或留空。");
            need(decimal(&part.max), "max", "最大值应为数字，或留空。");
            if let (Some(min), Some(max)) = (num::parse(&part.min), num::parse(&part.max)) {
                need(min <= max, "max", "最大值小于最小值。");
            }
            let others = before.datasets.iter().filter(|d| d.id == *dataset).flat_map(|d| &d.fields);
            for other in others.filter(|f| f.id != part.id) {
                let taken = |text: &String| *text == other.title || other.aliases.contains(text);
                if let Some(alias) = part.aliases.iter().find(|a| taken(a)) {
                    let message = format!("“{alias}”已是字段“{}”的表头，同一表头不能指两个字段。", other.title);
                    need(false, "aliases", &message);
                }
            }
        }
        KitChange::Indicator { part } => {
            need(!part.title.trim().is_empty(), "title", "指标要有名称。");
            need(part.decimals.is_none_or(|d| d <= 6), "decimals", "小数位数应为 0 到 6。");
        }
        KitChange::Criterion { part } => {
            need(!part.title.trim().is_empty(), "title", "依据要有名称。");
            need(decimal(part.value.trim()), "value", "数值应为数字；暂缺可留空，由使用者在参数里填写。");
            need(!part.source.trim().is_empty(), "source", "依据要有出处，写明文件名和文号。");
            for (field, text) in [("valid_from", &part.valid_from), ("valid_to", &part.valid_to)] {
                let ok = text.trim().is_empty() || text.trim().parse::<chrono::NaiveDate>().is_ok();
                need(ok, field, "日期写成 2024-01-01 的形式，或留空。");
            }
            if let (Ok(from), Ok(to)) =
                (part.valid_from.trim().parse::<chrono::NaiveDate>(), part.valid_to.trim().parse::<chrono::NaiveDate>())
            {
                need(from <= to, "valid_to", "失效日期早于施行日期。");
            }
        }
        KitChange::Measure { part } | KitChange::AddMeasure { part } => {
            need(!part.id.trim().is_empty(), "id", "对策要有代号。");
            if matches!(change, KitChange::AddMeasure { .. }) {
                need(!before.measures.iter().any(|m| m.id == part.id), "id", "已有这个代号的对策，请换一个。");
            }
            need(filled(&part.titles), "titles", "至少写一个短题。");
            need(!part.titles.iter().any(|t| t.contains('|')), "titles", "短题里不能有竖线“|”。");
            need(!part.text.trim().is_empty(), "text", "正文不能为空。");
            need(filled(&part.answers), "answers", "至少选一个它要回应的问题。");
            need(filled(&part.lead), "lead", "要有牵头单位。");
            need(!part.kpi.trim().is_empty(), "kpi", "要写明看什么指标，才能考核。");
            need(["近", "中", "远"].contains(&part.horizon.as_str()), "horizon", "期限选近期、中期或远期。");
            need(before.themes.iter().any(|t| t.id == part.theme), "theme", "选它归在哪个主题下。");
        }
        KitChange::Rule { part } => {
            need(!part.title.trim().is_empty(), "title", "规则要有名称。");
            need(!part.headings.is_empty(), "headings", "至少写一个标题。");
            for (i, h) in part.headings.iter().enumerate() {
                need(!h.text.trim().is_empty(), &format!("headings.{i}"), "标题不能为空；不用的请删除。");
            }
            for (i, text) in part.brief.iter().enumerate() {
                need(!text.trim().is_empty(), &format!("brief.{i}"), "短句不能为空；不用的请删除。");
            }
            for (i, g) in part.gap.iter().enumerate() {
                need(!g.benchmark.trim().is_empty(), &format!("gap.{i}.benchmark"), "要写明与什么相比。");
            }
            check_sentences(&part.sentence, &mut need);
        }
        KitChange::Slot { part } => check_sentences(&part.sentence, &mut need),
        KitChange::Parameter { part } => need(!part.title.trim().is_empty(), "title", "参数要有名称。"),
        KitChange::Policy { part } => {
            let w = part.weights;
            let sum = u64::from(w.gap) + u64::from(w.survey) + u64::from(w.extent) + u64::from(w.trend);
            need(sum == 100, "weights", &format!("四项权重合计应为 100，现为 {sum}。"));
            need(!part.grades.is_empty(), "grades", "至少要有一档。");
            let falling = part.grades.windows(2).all(|p| p[0].0 > p[1].0);
            need(falling, "grades", "各档的起点要从高到低。");
            let within = part.grades.iter().all(|(l, name)| (0.0..=100.0).contains(l) && !name.trim().is_empty());
            need(within, "grades", "各档要有名称，起点在 0 到 100 之间。");
            need(part.max_findings > 0, "max_findings", "至少写入一个问题。");
            need(part.max_measures_per_finding > 0, "max_measures_per_finding", "每个问题至少一条对策。");
        }
        _ => {}
    }
    out
}

fn check_sentences(sentences: &[SentencePart], need: &mut impl FnMut(bool, &str, &str)) {
    for (i, s) in sentences.iter().enumerate() {
        need(!s.any.is_empty(), &format!("sentence.{i}"), "一句至少要有一种写法；不用的句子请删除。");
        for (j, text) in s.any.iter().enumerate() {
            need(!text.trim().is_empty(), &format!("sentence.{i}.any.{j}"), "写法不能为空；不用的请删除。");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "# 说明\nid = \"P1\" # 代号\ntitle = \"旧\"\nheadings = [\"甲\", \"乙\"]\n\n[[gap]]\nfact = \"a\"\n\
                        benchmark = \"3\" # 线\n\n# 定性\n[[sentence]]\nrole = \"claim\"\nany = [\"一。\"]\n\n[[sentence]]\n\
                        role = \"impact\"\nany = [\n  \"二。\", # 备注\n]\n\n[[case]]\nname = \"x\"\ngrade = \"存在\"\n";

    fn said(any: &str, role: report::kit::SentenceRole) -> SentencePart {
        SentencePart { role: Some(role), when: String::new(), any: vec![any.to_owned()] }
    }

    #[test]
    fn only_what_differs_is_written_and_remarks_stay() {
        let mut doc: DocumentMut = RULE.parse().unwrap();
        set_text(doc.as_table_mut(), "title", "新");
        let gaps = doc.get_mut("gap").unwrap().as_array_of_tables_mut().unwrap();
        set_text(gaps.get_mut(0).unwrap(), "benchmark", "4");
        let expected = RULE.replace("\"旧\"", "\"新\"").replace("\"3\" # 线", "\"4\" # 线");
        assert_eq!(doc.to_string(), expected);
    }

    #[test]
    fn sentences_that_stay_keep_their_text_and_new_ones_stand_in_order() {
        use report::kit::SentenceRole::{Claim, Evidence, Impact};
        let mut doc: DocumentMut = RULE.parse().unwrap();
        set_sentences(doc.as_table_mut(), &[said("一。", Claim), said("新。", Evidence), said("二。", Impact)]);
        let text = doc.to_string();
        assert!(text.contains("\"二。\", # 备注"), "{text}");
        let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle} in {text}"));
        assert!(at("[[gap]]") < at("一。") && at("一。") < at("新。") && at("新。") < at("二。"), "{text}");
        assert!(at("二。") < at("[[case]]"), "{text}");
        set_sentences(doc.as_table_mut(), &[said("二。", Impact)]);
        assert!(!doc.to_string().contains("一。") && doc.to_string().contains("# 备注"), "{doc}");
    }

    #[test]
    fn rows_not_changed_keep_every_byte() {
        let text = "id,title,note\r\na,甲,\"引号,在内\"\r\n\"b\",乙,\r\nc,丙,末\r\n";
        let new = replace_row(text, "b", Some(&[("title", "新,题".to_owned())])).unwrap();
        assert_eq!(new, "id,title,note\r\na,甲,\"引号,在内\"\r\nb,\"新,题\",\r\nc,丙,末\r\n");
        assert_eq!(replace_row(text, "b", Some(&[("title", "乙".to_owned())])).unwrap(), text, "nothing to change");
        assert_eq!(replace_row(text, "a", None).unwrap(), "id,title,note\r\n\"b\",乙,\r\nc,丙,末\r\n");
        assert_eq!(replace_row(text, "x", None), None);
        let more =
            append_row("id,title\na,甲", &["id", "title"], &[("id", "z".to_owned()), ("title", "末".to_owned())]);
        assert_eq!(more, "id,title\na,甲\nz,末\n");
    }

    #[test]
    fn a_place_in_the_file_is_a_field_of_the_form() {
        let files = KitFiles::from([("findings/P1.toml".to_owned(), RULE.to_owned())]);
        let part = PartRef { kind: PartKind::Rule, id: "findings/P1.toml".to_owned() };
        let field = |needle: &str| {
            let at = RULE.find(needle).unwrap();
            let line = RULE[..at].matches('\n').count() as u32 + 1;
            let column = RULE[..at].rsplit('\n').next().unwrap().chars().count() as u32 + 1;
            field_of(&files, &part, "findings/P1.toml", line, column)
        };
        assert_eq!(field("\"旧\"").as_deref(), Some("title"));
        assert_eq!(field("乙").as_deref(), Some("headings.1"));
        assert_eq!(field("二。").as_deref(), Some("sentence.1.any.0"));
        assert_eq!(field("\"3\"").as_deref(), Some("gap.0.benchmark"));
    }
}
