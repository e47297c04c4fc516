//! Print formats 版式 as data: which there are, which document each prints, and what it asks the author for.
//!
//! The registry is `templates/typst/formats.toml`, carried in the program. A folder of the author's own may hold
//! further templates, with or without a `formats.toml`; its faults are told and touch nothing that the program brings.

mod folder;
mod registry;

pub use folder::use_templates;
pub(crate) use folder::{Own, own_folder};

use crate::error::{Error, Result};
use crate::kits;
use crate::project::parse_date;
pub(crate) use registry::Format;
use registry::{Check, Field, Registry};
pub use report::Content;
use report::Document;
use report::document::Official;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use typeset::{Diagnostic, Templates};

/// Prefix of the parameters of a project that hold what a format asks for: `format.number`.
pub(crate) const PREFIX: &str = "format.";

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FormatFieldKind {
    Text,
    /// One entry a line.
    List,
    Choice,
    Date,
}

/// One value of a choice, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormatChoice {
    pub value: String,
    pub label: String,
}

/// Something a format asks the author for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormatField {
    /// Set as `format.<key>`.
    pub key: String,
    /// What templates call it.
    pub name: String,
    pub label: String,
    pub kind: FormatFieldKind,
    pub choices: Vec<FormatChoice>,
    /// Used when nothing is filled in.
    pub default: String,
    pub help: String,
    /// Belongs to every format.
    pub general: bool,
}

/// A print format as people choose it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FormatInfo {
    pub id: String,
    pub name: String,
    pub purpose: String,
    pub paper: String,
    /// Width and height in millimetres.
    pub width: f64,
    pub height: f64,
    pub content: Content,
    /// Whether it comes from the author's own folder.
    pub own: bool,
    pub fields: Vec<FormatField>,
}

/// What is doubtful about a value filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormatRemark {
    pub key: String,
    pub message: String,
    /// What the value probably should be.
    pub suggestion: Option<String>,
}

/// Every format at hand, those of the program and the author's own.
#[derive(Debug)]
pub struct Formats {
    registry: Registry,
    own: Option<Own>,
    faults: Vec<Diagnostic>,
}

impl Formats {
    /// The formats carried in the program with those of the author's folder, which is read anew.
    pub fn load() -> Formats {
        Formats::with(own_folder().as_deref().and_then(Own::read))
    }

    fn with(own: Option<Own>) -> Formats {
        let carried = kits::typst();
        let text = carried.get(registry::FILE).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
        let (mut registry, mut faults) = Registry::parse(&format!("/{}", registry::FILE), &text, false);
        registry.complete(&carried, false);
        if let Some(own) = &own {
            faults.extend(own.faults.iter().cloned());
            faults.extend(registry.add_own(own, &carried));
        }
        Formats { registry, own, faults }
    }

    /// The formats in the order of the registry, the author's own last.
    pub fn list(&self) -> Vec<FormatInfo> {
        self.registry.formats.iter().map(Format::info).collect()
    }

    /// Fields that belong to every format.
    pub fn general(&self) -> Vec<FormatField> {
        self.registry.fields.iter().filter(|f| f.general).map(Field::info).collect()
    }

    /// Faults of the author's own folder, one line each with file, line and column.
    pub fn faults(&self) -> Vec<String> {
        self.faults.iter().map(ToString::to_string).collect()
    }

    /// Changes whenever the author's folder does.
    pub(crate) fn mark(&self) -> Option<u64> {
        self.own.as_ref().map(Own::mark)
    }

    pub(crate) fn own(&self) -> Option<&Own> {
        self.own.as_ref()
    }

    /// The carried files with the author's own laid over them.
    pub(crate) fn own_templates(&self) -> Option<Templates> {
        let own = self.own.as_ref()?;
        let mut files = kits::typst();
        files.extend(own.files.clone());
        Some(files)
    }

    /// The format of this id, or a refusal that names those there are.
    pub(crate) fn find(&self, id: &str) -> Result<&Format> {
        self.registry.formats.iter().find(|f| f.id == id).ok_or_else(|| {
            let known: Vec<String> = self.registry.formats.iter().map(|f| format!("{}（{}）", f.id, f.name)).collect();
            Error::invalid(format!("没有名为“{id}”的排版模板。可用：{}。", known.join("、")))
        })
    }

    /// What a field is called; its key when no format knows it.
    pub(crate) fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.registry.definitions(key).next().map_or(key, |f| f.label.as_str())
    }

    /// The form in which a value is kept, or why it cannot be. An empty one takes the value back.
    pub(crate) fn normal(&self, key: &str, value: &str) -> Result<Option<String>> {
        let value = value.trim();
        let mut refusal = None;
        for field in self.registry.definitions(key) {
            match field.normal(value) {
                Ok(normal) => return Ok(normal),
                Err(e) => refusal = refusal.or(Some(e)),
            }
        }
        Err(refusal.unwrap_or_else(|| {
            let keys: Vec<&str> = self.registry.keys();
            let message = format!("没有版式要填写“{key}”。可填写：{}（yance formats 可查）。", keys.join("、"));
            Error::invalid(message)
        }))
    }

    /// What is doubtful about the values filled in for a format.
    pub(crate) fn remarks(&self, format: &Format, values: &BTreeMap<String, String>) -> Vec<FormatRemark> {
        let asked = format.fields.iter().filter_map(|field| Some((field, values.get(&field.key)?)));
        asked.flat_map(|(field, value)| field.remarks(value)).collect()
    }

    /// The same for every format that has something to say, by its id.
    pub(crate) fn all_remarks(&self, values: &BTreeMap<String, String>) -> BTreeMap<String, Vec<FormatRemark>> {
        let all = self.registry.formats.iter().map(|f| (f.id.clone(), self.remarks(f, values)));
        all.filter(|(_, remarks)| !remarks.is_empty()).collect()
    }

    /// Puts what the author filled in, and the defaults of the format, into a document about to be printed.
    pub(crate) fn dress(&self, document: &mut Document, format: &Format, values: &BTreeMap<String, String>) {
        let official = &mut document.meta.official;
        for field in &format.fields {
            let shown = values.get(&field.key).and_then(|value| field.shown(value));
            official.extend(shown.map(|shown| (field.name.clone(), shown)));
        }
        // A template that says nothing about its fields gets all there is.
        for (key, value) in values.iter().filter(|_| format.fields.is_empty()) {
            let shown = match self.registry.definitions(key).next() {
                Some(field) => field.shown(value),
                None => Some(Official::Text(value.clone())),
            };
            official.extend(shown.map(|shown| (key.clone(), shown)));
        }
        for field in format.fields.iter().filter(|f| !values.contains_key(&f.key)) {
            let taken = field.from.as_deref().and_then(|name| from_meta(&document.meta, name));
            let shown = taken.or_else(|| field.shown(&field.default));
            document.meta.official.extend(shown.map(|shown| (field.name.clone(), shown)));
        }
        for field in self.registry.fields.iter().filter(|f| f.general) {
            let shown = values.get(&field.key).and_then(|value| field.shown(value));
            document.meta.official.extend(shown.map(|shown| (field.name.clone(), shown)));
        }
        if let Some(Official::Text(mark)) = document.meta.official.get("classification") {
            document.meta.classification = Some(mark.clone());
        }
    }
}

/// Names that `from` may have.
const SOURCES: [&str; 4] = ["org", "date", "title", "authors"];

fn from_meta(meta: &report::document::Meta, name: &str) -> Option<Official> {
    let text = |text: &String| (!text.trim().is_empty()).then(|| Official::Text(text.clone()));
    match name {
        "org" => meta.org.as_ref().and_then(text),
        "date" => text(&meta.date),
        "title" => text(&meta.title),
        "authors" => (!meta.authors.is_empty()).then(|| Official::List(meta.authors.clone())),
        _ => None,
    }
}

impl Format {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            id: self.id.clone(),
            name: self.name.clone(),
            purpose: self.purpose.clone(),
            paper: self.paper.clone(),
            width: self.size.0,
            height: self.size.1,
            content: self.content,
            own: self.own,
            fields: self.fields.iter().map(Field::info).collect(),
        }
    }
}

impl Field {
    fn info(&self) -> FormatField {
        FormatField {
            key: self.key.clone(),
            name: self.name.clone(),
            label: self.label.clone(),
            kind: self.kind,
            choices: self.choices.clone(),
            default: self.default.clone(),
            help: self.help.clone(),
            general: self.general,
        }
    }

    fn entries(&self, value: &str) -> Vec<String> {
        let parts = value.split(|c: char| c == '\n' || c == '；' || self.split.contains(c));
        parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn normal(&self, value: &str) -> Result<Option<String>> {
        if value.is_empty() {
            return Ok(None);
        }
        match self.kind {
            FormatFieldKind::Text | FormatFieldKind::List => Ok(Some(value.to_owned())),
            FormatFieldKind::Date => Ok(Some(parse_date(value)?.to_string())),
            FormatFieldKind::Choice => {
                let choice = self.choices.iter().find(|c| c.value == value || c.label == value);
                let choice = choice.ok_or_else(|| {
                    let known: Vec<&str> = self
                        .choices
                        .iter()
                        .map(|c| if c.value.is_empty() { &c.label } else { &c.value }.as_str())
                        .collect();
                    Error::invalid(format!("{}不能是“{value}”。可用：{}。", self.label, known.join("、")))
                })?;
                Ok((!choice.value.is_empty()).then(|| choice.value.clone()))
            }
        }
    }

    /// The value as the templates get it.
    fn shown(&self, value: &str) -> Option<Official> {
        if value.trim().is_empty() {
            return None;
        }
        Some(match self.kind {
            FormatFieldKind::List => Official::List(self.entries(value)),
            FormatFieldKind::Date => Official::Text(match parse_date(value) {
                Ok(date) => date.format("%Y年%-m月%-d日").to_string(),
                Err(_) => value.to_owned(),
            }),
            FormatFieldKind::Text | FormatFieldKind::Choice => Official::Text(value.to_owned()),
        })
    }

    fn remarks(&self, value: &str) -> Vec<FormatRemark> {
        let Some(check) = &self.check else { return Vec::new() };
        let parts =
            if self.kind == FormatFieldKind::List { self.entries(value) } else { vec![value.trim().to_owned()] };
        let doubtful = parts.into_iter().filter(|part| !part.is_empty() && !check.pattern.is_match(part));
        doubtful
            .map(|part| FormatRemark {
                key: self.key.clone(),
                message: format!("{}“{part}”：{}", self.label, check.says),
                suggestion: check.mended(&part),
            })
            .collect()
    }
}

impl Check {
    fn mended(&self, value: &str) -> Option<String> {
        let mended = self
            .mend
            .iter()
            .fold(value.to_owned(), |text, (pattern, with)| pattern.replace_all(&text, with.as_str()).into_owned());
        self.pattern.is_match(&mended).then_some(mended)
    }
}

impl std::fmt::Display for FormatRemark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(better) => write!(f, "建议写成“{better}”。"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
