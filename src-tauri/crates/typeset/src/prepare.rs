//! Makes data safe to typeset: characters nobody can show, control characters, ids that occur twice.

use crate::diagnostic::Diagnostic;
use crate::fonts::Fonts;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Printed in the place of a character that no font has.
pub(crate) const STAND_IN: char = '〓';

/// Keys whose strings steer the template and are never printed.
const SILENT: [&str; 9] = ["type", "t", "id", "target", "fact", "facts", "align", "kind", "date_iso"];

/// A character that is printed as a stand-in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MissingGlyph {
    pub character: char,
    /// Ids from the outermost section to the block, joined by ` › `; `封面` for the document's own data.
    pub place: String,
    /// Id of the innermost block or section, when there is one.
    pub block: Option<String>,
    /// How often it occurs there.
    pub count: usize,
}

pub(crate) struct Prepared {
    pub(crate) missing: Vec<MissingGlyph>,
    /// Characters the 仿宋 face lacks and another face has.
    pub(crate) rare: BTreeSet<char>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// Words of the document's `title` and `subtitle` and of the titles of its chapters (`section:` and the id), so that
    /// large titles never break a line inside a word.
    pub(crate) title_words: BTreeMap<String, Vec<String>>,
}

/// Single characters that are words of their own between others.
const PARTICLES: &str = "的地得与和及或并而对在为从向把将被以于等、，：；。《》“”（）—·";
/// Single characters that end a word the dictionary does not know (清溪县, 脱贫户, 覆盖率).
const ENDINGS: &str = "省市县区镇乡村州旗户率型性化业员者厂店所院校站点期度类表书款费";

/// Puts together what the dictionary has cut into single characters because it does not know the word (物, 业).
fn whole_words(pieces: Vec<String>) -> Vec<String> {
    let single = |word: &str| {
        let mut chars = word.chars();
        chars.next().filter(|c| chars.next().is_none() && *c > '\u{2e80}' && !PARTICLES.contains(*c))
    };
    let mut words: Vec<String> = Vec::with_capacity(pieces.len());
    // Length of the run of single characters that the last word is made of.
    let mut run = 0;
    for piece in pieces {
        let one = single(&piece);
        let joins = one.is_some_and(|c| (1..4).contains(&run) || run == 0 && ENDINGS.contains(c));
        match words
            .last_mut()
            .filter(|word| joins && !word.ends_with(|c| PARTICLES.contains(c)) && !word.trim().is_empty())
        {
            Some(word) => {
                word.push_str(&piece);
                run = if run > 0 { run + 1 } else { 0 };
            }
            None => {
                run = usize::from(one.is_some());
                words.push(piece);
            }
        }
    }
    words
}

fn words_of_titles(data: &Value) -> BTreeMap<String, Vec<String>> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let words = |text: &str| -> Vec<String> {
        let ends: Vec<usize> = segmenter.segment_str(text).collect();
        whole_words(ends.windows(2).map(|w| text[w[0]..w[1]].to_owned()).collect())
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut out = BTreeMap::new();
    for key in ["title", "subtitle"] {
        out.insert(key.to_owned(), words(&text(data.pointer(&format!("/meta/{key}")))));
    }
    for section in data.get("sections").and_then(Value::as_array).into_iter().flatten() {
        out.insert(format!("section:{}", text(section.get("id"))), words(&text(section.get("title"))));
    }
    out
}

pub(crate) fn prepare(data: &mut Value, fonts: &Fonts) -> Prepared {
    let mut walk = Walk {
        fonts,
        known: BTreeMap::new(),
        trail: vec![],
        missing: BTreeMap::new(),
        rare: BTreeSet::new(),
        ids: BTreeSet::new(),
        warnings: vec![],
        references: BTreeMap::new(),
        referable: BTreeSet::new(),
    };
    walk.value(data);
    let missing = walk
        .missing
        .into_iter()
        .map(|((place, character), (block, count))| MissingGlyph { character, place, block, count })
        .collect();
    let mut warnings = walk.warnings;
    for (target, place) in walk.references.iter().filter(|(target, _)| !walk.referable.contains(*target)) {
        warnings.push(Diagnostic::warning(format!("{place} 引用了“{target}”，文稿中没有这个图、表或章节。")));
    }
    let title_words = words_of_titles(data);
    Prepared { missing, rare: walk.rare, warnings, title_words }
}

#[derive(Clone, Copy, PartialEq)]
enum Coverage {
    Body,
    Elsewhere,
    Nowhere,
}

struct Walk<'a> {
    fonts: &'a Fonts,
    known: BTreeMap<char, Coverage>,
    trail: Vec<String>,
    missing: BTreeMap<(String, char), (Option<String>, usize)>,
    rare: BTreeSet<char>,
    ids: BTreeSet<String>,
    warnings: Vec<Diagnostic>,
    /// What is referred to, with the first place that does.
    references: BTreeMap<String, String>,
    /// Ids of sections, tables and charts.
    referable: BTreeSet<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(map) => {
                // Blocks carry `type`, sections carry `blocks`; the ids of facts are no places in the document.
                let is_place = map.contains_key("type") || map.contains_key("blocks");
                let is_numbered = map.contains_key("blocks")
                    || matches!(map.get("type").and_then(Value::as_str), Some("table" | "chart"));
                if let Some(Value::String(target)) = map.get("target") {
                    self.references.entry(target.clone()).or_insert_with(|| self.trail.join(" › "));
                }
                let mut entered = false;
                if is_place && let Some(Value::String(id)) = map.get_mut("id") {
                    self.unique(id);
                    if is_numbered {
                        self.referable.insert(id.clone());
                    }
                    self.trail.push(id.clone());
                    entered = true;
                }
                for (key, item) in map.iter_mut() {
                    if !SILENT.contains(&key.as_str()) {
                        self.value(item);
                    }
                }
                if entered {
                    self.trail.pop();
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Labels must be unique and not empty: a second block of the same id gets a suffix, and the author is told.
    fn unique(&mut self, id: &mut String) {
        if !id.is_empty() && self.ids.insert(id.clone()) {
            return;
        }
        let base = if id.is_empty() { "block" } else { id.as_str() };
        let fresh = (2..).map(|n| format!("{base}~{n}")).find(|name| !self.ids.contains(name)).expect("numbers go on");
        if !id.is_empty() {
            self.warnings.push(Diagnostic::warning(format!("段块编号“{id}”重复，第二处按“{fresh}”处理。")));
        }
        self.ids.insert(fresh.clone());
        *id = fresh;
    }

    fn text(&mut self, text: &mut String) {
        if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) {
            return;
        }
        let mut changed = false;
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '\n' | '\t' | '\r') {
                changed = true;
                out.push(' ');
            } else if c.is_control() || is_joiner(c) {
                // Invisible controls only disturb line breaking and search.
                changed = true;
            } else {
                match self.coverage(c) {
                    Coverage::Body => out.push(c),
                    Coverage::Elsewhere => {
                        // The templates put these into a character class; ASCII has meaning there and needs no help.
                        if !c.is_ascii() {
                            self.rare.insert(c);
                        }
                        out.push(c);
                    }
                    Coverage::Nowhere => {
                        changed = true;
                        self.lost(c);
                        out.push(STAND_IN);
                    }
                }
            }
        }
        if changed {
            *text = out;
        }
    }

    fn coverage(&mut self, c: char) -> Coverage {
        *self.known.entry(c).or_insert_with(|| {
            if is_private(c) {
                Coverage::Nowhere
            } else if c.is_whitespace() || self.fonts.body_covers(c) {
                Coverage::Body
            } else if self.fonts.covers(c) {
                Coverage::Elsewhere
            } else {
                Coverage::Nowhere
            }
        })
    }

    fn lost(&mut self, c: char) {
        let place = if self.trail.is_empty() { "封面".to_owned() } else { self.trail.join(" › ") };
        let block = self.trail.last().cloned();
        self.missing.entry((place, c)).or_insert((block, 0)).1 += 1;
    }
}

/// Private use: every font draws something else there, so none shows what was meant.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Joiners, variation selectors, bidi controls and byte order marks: they have no glyph of their own.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' | '\u{00ad}')
}

#[cfg(test)]
mod title_tests {
    use super::*;

    #[test]
    fn words_that_the_dictionary_does_not_know_stay_whole() {
        let pieces = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        for (cut, whole) in [
            ("小区|物|业|服务|质量", "小区|物业|服务|质量"),
            ("清溪|县|脱贫|户|及|监测|户|收入", "清溪县|脱贫户|及|监测户|收入"),
            ("建设|与|管理|的|报告", "建设|与|管理|的|报告"),
            ("推进|新|农村|建设", "推进|新|农村|建设"),
            ("2024|年|报告", "2024|年|报告"),
        ] {
            assert_eq!(whole_words(pieces(cut)), pieces(whole), "{cut}");
        }
        let data = serde_json::json!({ "meta": { "title": "居民小区物业服务质量与收费情况调查报告" } });
        let words = &words_of_titles(&data)["title"];
        assert!(words.iter().any(|w| w.contains("物业")), "{words:?}");
    }
}
