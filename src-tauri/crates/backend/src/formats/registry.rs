//! `formats.toml`: read, checked, its faults told with their place.

use super::folder::Own;
use super::{Content, FormatChoice, FormatFieldKind, SOURCES};
use regex::Regex;
use report::kit::fault_in_chinese;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use typeset::{Diagnostic, Severity, Templates};

/// Name of the registry in a folder of templates.
pub(crate) const FILE: &str = "formats.toml";

/// The page of a format that says nothing about it: A4 in millimetres.
const A4: (f64, f64) = (210.0, 297.0);

#[derive(Debug)]
pub(crate) struct Registry {
    /// Fields that formats share.
    pub(super) fields: Vec<Field>,
    pub(super) formats: Vec<Format>,
}

#[derive(Debug, Clone)]
pub(crate) struct Format {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) paper: String,
    pub(crate) size: (f64, f64),
    pub(crate) content: Content,
    pub(crate) own: bool,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) key: String,
    /// Name under which the template gets it; formats may mean different things by one name.
    pub(crate) name: String,
    pub(super) label: String,
    pub(super) kind: FormatFieldKind,
    pub(super) choices: Vec<FormatChoice>,
    pub(super) default: String,
    pub(super) help: String,
    pub(super) general: bool,
    /// Characters that part the entries of a list, besides line breaks and “；”.
    pub(super) split: String,
    /// Entry of the document's own data that stands in for a missing value.
    pub(super) from: Option<String>,
    pub(super) check: Option<Check>,
}

/// What a value should look like.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(super) pattern: Regex,
    pub(super) says: String,
    pub(super) mend: Vec<(Regex, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    field: Vec<RawField>,
    #[serde(default)]
    format: Vec<RawFormat>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFormat {
    id: Spanned<String>,
    name: String,
    #[serde(default)]
    purpose: String,
    #[serde(default = "a4")]
    paper: String,
    size: Option<Spanned<(f64, f64)>>,
    #[serde(default)]
    content: Content,
    fields: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    field: Vec<RawField>,
}

fn a4() -> String {
    "A4".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    key: Spanned<String>,
    #[serde(rename = "as")]
    name: Option<String>,
    label: String,
    kind: FormatFieldKind,
    #[serde(default)]
    choices: Vec<RawChoice>,
    #[serde(default)]
    default: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    split: String,
    from: Option<Spanned<String>>,
    check: Option<RawCheck>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawChoice {
    Plain(String),
    Named(FormatChoice),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    pattern: Spanned<String>,
    says: String,
    #[serde(default)]
    mend: Vec<(Spanned<String>, String)>,
}

/// Collects faults of one file.
struct Faults<'a> {
    file: &'a str,
    text: &'a str,
    list: Vec<Diagnostic>,
}

impl Faults<'_> {
    fn add(&mut self, span: Option<Range<usize>>, message: String) {
        let before = &self.text[..self.text.floor_char_boundary(span.map_or(0, |s| s.start))];
        self.list.push(Diagnostic {
            severity: Severity::Error,
            file: self.file.to_owned(),
            line: before.matches('\n').count() as u32 + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1,
            message,
            hints: Vec::new(),
        });
    }

    fn regex(&mut self, source: &Spanned<String>) -> Option<Regex> {
        match Regex::new(source.get_ref()) {
            Ok(regex) => Some(regex),
            Err(_) => {
                self.add(Some(source.span()), format!("“{}”不是正确的正则表达式。", source.get_ref()));
                None
            }
        }
    }

    fn field(&mut self, raw: RawField) -> Option<Field> {
        let key = raw.key.get_ref();
        if !valid_key(key) {
            let message = format!("项目名称只能用小写字母、数字和连字符：“{key}”。");
            self.add(Some(raw.key.span()), message);
            return None;
        }
        if raw.kind == FormatFieldKind::Choice && raw.choices.is_empty() {
            self.add(Some(raw.key.span()), format!("“{key}”是选择项，却没有写 choices。"));
            return None;
        }
        if let Some(from) = &raw.from
            && !SOURCES.contains(&from.get_ref().as_str())
        {
            let message = format!("from 不能是“{}”。可用：{}。", from.get_ref(), SOURCES.join("、"));
            self.add(Some(from.span()), message);
        }
        let check = raw.check.and_then(|check| {
            let mend = check.mend.iter().filter_map(|(pattern, with)| Some((self.regex(pattern)?, with.clone())));
            let mend = mend.collect();
            Some(Check { pattern: self.regex(&check.pattern)?, says: check.says, mend })
        });
        let choice = |choice| match choice {
            RawChoice::Plain(value) => FormatChoice { label: value.clone(), value },
            RawChoice::Named(choice) => choice,
        };
        let key = raw.key.into_inner();
        Some(Field {
            name: raw.name.unwrap_or_else(|| key.clone()),
            key,
            label: raw.label,
            kind: raw.kind,
            choices: raw.choices.into_iter().map(choice).collect(),
            default: raw.default,
            help: raw.help,
            general: raw.general,
            split: raw.split,
            from: raw.from.map(Spanned::into_inner),
            check,
        })
    }

    fn format(&mut self, raw: RawFormat, shared: &[Field], own: bool) -> Option<Format> {
        let fields: Vec<Field> = raw.field.into_iter().filter_map(|field| self.field(field)).collect();
        let fields = match raw.fields {
            None => fields,
            Some(names) => {
                let mut found = Vec::new();
                for name in names {
                    match fields.iter().chain(shared).find(|f| f.key == *name.get_ref()) {
                        Some(field) => found.push(field.clone()),
                        None => {
                            self.add(Some(name.span()), format!("没有定义名为“{}”的项目。", name.get_ref()));
                        }
                    }
                }
                found
            }
        };
        let size = match &raw.size {
            None => A4,
            Some(size) => {
                let (width, height) = *size.get_ref();
                if !(20.0..=2000.0).contains(&width) || !(20.0..=2000.0).contains(&height) {
                    self.add(Some(size.span()), "size 应为宽、高，单位毫米，在 20 到 2000 之间。".to_owned());
                    return None;
                }
                (width, height)
            }
        };
        Some(Format {
            id: raw.id.into_inner(),
            name: raw.name,
            purpose: raw.purpose,
            paper: raw.paper,
            size,
            content: raw.content,
            own,
            fields,
        })
    }
}

/// Whether a field may have this key.
fn valid_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

impl Registry {
    /// Reads a registry; what is faulty is left out and told.
    pub(super) fn parse(file: &str, text: &str, own: bool) -> (Registry, Vec<Diagnostic>) {
        let mut registry = Registry { fields: Vec::new(), formats: Vec::new() };
        let faults = registry.read(file, text, own);
        (registry, faults)
    }

    /// Adds the entries of a file; later ones take the place of earlier ones of the same name.
    fn read(&mut self, file: &str, text: &str, own: bool) -> Vec<Diagnostic> {
        let mut faults = Faults { file, text, list: Vec::new() };
        let raw: RawFile = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(e) => {
                faults.add(e.span(), format!("{}。", fault_in_chinese(e.message())));
                return faults.list;
            }
        };
        let mut seen = BTreeSet::new();
        for raw in raw.field {
            let span = raw.key.span();
            let Some(field) = faults.field(raw) else { continue };
            if !seen.insert(field.key.clone()) {
                faults.add(Some(span), format!("“{}”定义了两次。", field.key));
                continue;
            }
            put(&mut self.fields, field, |f| &f.key);
        }
        let mut seen = BTreeSet::new();
        for raw in raw.format {
            let span = raw.id.span();
            let Some(format) = faults.format(raw, &self.fields, own) else { continue };
            if !seen.insert(format.id.clone()) {
                faults.add(Some(span), format!("版式“{}”定义了两次。", format.id));
                continue;
            }
            put(&mut self.formats, format, |f| &f.id);
        }
        faults.list
    }

    /// Leaves out entries without a template and adds templates without an entry, which go by their own names.
    pub(super) fn complete(&mut self, files: &Templates, own: bool) -> Vec<String> {
        let (there, lacking): (Vec<Format>, Vec<Format>) = std::mem::take(&mut self.formats)
            .into_iter()
            .partition(|f| f.own != own || files.contains_key(&format!("{}.typ", f.id)));
        self.formats = there;
        for id in files.keys().filter_map(|path| path.strip_suffix(".typ")).filter(|id| !id.contains('/')) {
            match self.formats.iter_mut().find(|f| f.id == id) {
                // The author's own template for a format of the program: all but the file stays.
                Some(known) => known.own |= own,
                None => self.formats.push(Format {
                    id: id.to_owned(),
                    name: id.to_owned(),
                    purpose: String::new(),
                    paper: a4(),
                    size: A4,
                    content: Content::default(),
                    own,
                    fields: Vec::new(),
                }),
            }
        }
        lacking.into_iter().map(|f| f.id).collect()
    }

    /// Adds the formats of the author's folder.
    pub(super) fn add_own(&mut self, own: &Own, carried: &Templates) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let file = own.path(FILE);
        let text = own.files.get(FILE).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        faults.extend(self.read(&file, &text, true));
        // An own entry may describe anew a format whose template is the program's.
        for format in self.formats.iter_mut().filter(|f| f.own) {
            let typ = format!("{}.typ", format.id);
            format.own = own.files.contains_key(&typ) || !carried.contains_key(&typ);
        }
        for id in self.complete(&own.files, true) {
            let mut place = Faults { file: &file, text: &text, list: Vec::new() };
            let at = text.find(&format!("\"{id}\"")).unwrap_or(0);
            let message = format!("版式“{id}”没有排版模板：文件夹里缺少 {id}.typ。");
            place.add(Some(at..at), message);
            faults.extend(place.list);
        }
        // Own tokens give a format of the program another look.
        for format in &mut self.formats {
            format.own |= own.files.contains_key(&format!("tokens/{}.typ", format.id));
        }
        faults
    }

    /// Every definition of a field, the shared one first.
    pub(super) fn definitions<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Field> {
        let of_formats = self.formats.iter().flat_map(|f| &f.fields);
        self.fields.iter().chain(of_formats).filter(move |f| f.key == key)
    }

    /// Keys of all fields, each once.
    pub(super) fn keys(&self) -> Vec<&str> {
        let all = self.fields.iter().chain(self.formats.iter().flat_map(|f| &f.fields));
        let mut seen = BTreeSet::new();
        all.map(|f| f.key.as_str()).filter(|key| seen.insert(*key)).collect()
    }
}

fn put<T>(list: &mut Vec<T>, item: T, name: impl Fn(&T) -> &String) {
    match list.iter().position(|old| name(old) == name(&item)) {
        Some(at) => list[at] = item,
        None => list.push(item),
    }
}
