//! 打印前核校单: what is looked at before a report goes to print, item by item, from the check, the document and what was
//! filled in for its print format. What only people can tell stays theirs, and the list says so.

use crate::doubts::{DoubtedFigure, Doubts};
use crate::error::Result;
use crate::formats::{Format, Formats};
use crate::project::{Draft, Project};
use crate::review::Checked;
use check::{Class, Finding, Severity};
use chrono::NaiveDate;
use regex::Regex;
use report::document::{Block, Document, Inline, Official, Section};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use ts_rs::TS;
use typeset::Pages;

/// One item of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChecklistItem {
    /// A name that stays the same.
    pub key: String,
    pub title: String,
    pub state: ChecklistState,
    /// What was found, and what people should look at.
    pub words: String,
    /// Whether it is settled only by somebody who looked.
    pub by_hand: bool,
    /// Where to go.
    pub places: Vec<ChecklistPlace>,
    /// When somebody looked and found it in order.
    pub seen: Option<ChecklistTick>,
}

/// An item that somebody ticked off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChecklistTick {
    /// The day, as `2024-06-28`.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// Whether the document is still the one that was looked at.
    pub current: bool,
}

/// How a project keeps a tick: the day, and the hash of what was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Looked {
    on: NaiveDate,
    document: String,
}

/// The title of an item of the list.
pub(crate) fn title(key: &str) -> Option<&'static str> {
    list().iter().find(|entry| entry.key == key).map(|entry| entry.title.as_str())
}

/// What the tick of an item is kept under: each print format prints something else.
pub(crate) fn tick_target(template: &str, key: &str) -> String {
    format!("preprint/{template}/{key}")
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChecklistState {
    Ok,
    Attention,
    Fail,
}

/// A block or section to look at, or a cell of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChecklistPlace {
    pub id: String,
    pub words: String,
    pub cell: Option<DataCell>,
}

/// A cell of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DataCell {
    pub dataset: String,
    pub row: u32,
    pub field: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    item: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    title: String,
    #[serde(default)]
    kinds: Vec<check::Kind>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    hand: String,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    private: Vec<Private>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    name: String,
    pattern: String,
}

fn list() -> &'static [Entry] {
    static LIST: OnceLock<List> = OnceLock::new();
    let read = || toml::from_str(include_str!("preprint/checklist.toml")).expect("the carried list is sound");
    &LIST.get_or_init(read).item
}

impl Entry {
    fn takes(&self, finding: &Finding) -> bool {
        self.kinds.contains(&finding.kind)
            && (self.rules.is_empty() || self.rules.contains(&finding.rule))
            && !self.except.contains(&finding.rule)
    }
}

/// An item while it is looked at.
#[derive(Default)]
struct Look {
    failed: Vec<String>,
    doubtful: Vec<String>,
    places: Vec<ChecklistPlace>,
}

impl Look {
    fn doubt(&mut self, words: impl Into<String>) {
        self.doubtful.push(words.into());
    }

    fn fail(&mut self, words: impl Into<String>) {
        self.failed.push(words.into());
    }

    fn place(&mut self, id: &str, words: impl Into<String>) {
        self.put(ChecklistPlace { id: id.to_owned(), words: words.into(), cell: None });
    }

    fn put(&mut self, place: ChecklistPlace) {
        if !self.places.iter().any(|known| known.id == place.id) {
            self.places.push(place);
        }
    }
}

impl Project {
    /// Goes through the list for the report as it stands, to be printed in a format; `pages` are its pages in that format,
    /// where they are at hand. Findings that the author has settled are passed over.
    pub fn preprint(
        &self,
        template: &str,
        pages: Option<&Pages>,
        settled: &dyn Fn(&Finding) -> bool,
    ) -> Result<Vec<ChecklistItem>> {
        let draft = self.draft()?;
        let formats = Formats::load();
        let format = formats.find(template)?;
        let document = dressed(&draft, &formats, format);
        let (seen, printed) = (self.seen()?, hash(&document));
        let checked = self.check()?;
        let blocks = all_blocks(&document);
        let asks = |name: &str| format.fields.iter().any(|field| field.name == name);
        let mut out = Vec::new();
        for entry in list() {
            let mut look = Look::default();
            for finding in checked.review.findings.iter().filter(|f| f.is_alarm() && entry.takes(f) && !settled(f)) {
                let words = format!("{}：{}", finding.quote, finding.reason);
                match finding.severity {
                    Severity::Error => look.fail(words),
                    _ => look.doubt(words),
                }
                if let Some(id) = checked.block(finding.start) {
                    look.place(id, finding.quote.clone());
                }
            }
            match entry.key.as_str() {
                "as-of" => sources_of_figures(&document, &blocks, &mut look),
                "doubts" => doubted_figures(&Doubts::of(self, &draft.composed.1.facts)?, &document, &mut look),
                "figures" => {
                    loose_numbers(&checked, &mut look);
                    for review in &draft.edited.reviews {
                        look.doubt("有改过的段块需复核：程序现在会写出不同的内容。");
                        look.place(&review.id, "需复核");
                    }
                }
                "targets" => {
                    for t in &draft.analysis().targets {
                        if !matches!(t.grade.as_str(), "可行" | "偏紧") {
                            look.doubt(format!("{}：{}。{}", t.title, t.grade, t.reason));
                        }
                    }
                }
                "names" => {
                    formats.remarks(format, &draft.filled).iter().for_each(|remark| look.doubt(remark.message.clone()));
                }
                "sensitive" => sensitive(entry, &blocks, &mut look),
                "typos" => {
                    for glyph in pages.iter().flat_map(|pages| pages.missing_glyphs()) {
                        look.fail(format!("“{}”没有可用的字形，印作〓。", glyph.character));
                        glyph.block.iter().for_each(|block| look.place(block, glyph.character));
                    }
                }
                "numbering" => {
                    numbering(&document.sections, &mut look);
                    pages.iter().for_each(|pages| contents(&document, pages, &mut look));
                }
                "sources" => {
                    draft.analysis().gaps.iter().for_each(|gap| look.doubt(format!("待补：{gap}")));
                    for (id, fact) in document.facts.iter().filter(|(_, fact)| fact.source.trim().is_empty()) {
                        look.doubt(format!("“{}”没有来源（{id}）。", fact.title));
                    }
                }
                "attachments" => attachments(&document, &mut look),
                "signature" => {
                    if document.meta.date.trim().is_empty() {
                        look.fail("没有成文日期。");
                    }
                    let signed = |name: &str| filled(&document, name);
                    if document.meta.org.is_none() && document.meta.authors.is_empty() && !signed("issuers") {
                        look.fail("没有署名单位，也没有作者。");
                    }
                    if asks("number") && !signed("number") {
                        look.doubt("没有填写发文字号。");
                    }
                }
                _ => {}
            }
            let seen = seen.get(&tick_target(template, &entry.key));
            let seen = seen.map(|seen| ChecklistTick { on: seen.on, current: seen.document == printed });
            out.push(item(entry, look, seen));
        }
        Ok(out)
    }

    /// What is kept when somebody looked at the report in a format on a day.
    pub(crate) fn looked_at(&self, template: &str, on: NaiveDate) -> Result<Looked> {
        let formats = Formats::load();
        let format = formats.find(template)?;
        Ok(Looked { on, document: hash(&dressed(&*self.draft()?, &formats, format)) })
    }
}

/// The document as a format prints it, with what the author filled in.
fn dressed(draft: &Draft, formats: &Formats, format: &Format) -> Document {
    let mut document = draft.document(format.content).0.into_owned();
    formats.dress(&mut document, format, &draft.filled);
    document
}

fn hash(document: &Document) -> String {
    let json = serde_json::to_vec(document).expect("a document has a JSON form");
    Sha256::digest(json).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What is told of an item: failures before doubts, and what people should see.
fn item(entry: &Entry, look: Look, tick: Option<ChecklistTick>) -> ChecklistItem {
    let by_hand = !entry.hand.is_empty();
    let state = match (look.failed.is_empty(), look.doubtful.is_empty() && !by_hand) {
        (false, _) => ChecklistState::Fail,
        (true, false) => ChecklistState::Attention,
        (true, true) => ChecklistState::Ok,
    };
    let mut seen = BTreeSet::new();
    let mut lines: Vec<String> =
        look.failed.into_iter().chain(look.doubtful).filter(|line| seen.insert(line.clone())).collect();
    if by_hand {
        lines.push(format!("请人核对：{}", entry.hand));
    }
    ChecklistItem {
        key: entry.key.clone(),
        title: entry.title.clone(),
        state,
        words: lines.join("\n"),
        by_hand,
        places: look.places,
        seen: tick,
    }
}

/// Every block of the document in order.
fn all_blocks(document: &Document) -> Vec<&Block> {
    fn add<'d>(sections: &'d [Section], out: &mut Vec<&'d Block>) {
        for s in sections {
            out.extend(&s.blocks);
            add(&s.sections, out);
        }
    }
    let mut out: Vec<&Block> = document.summary.blocks.iter().collect();
    add(&document.sections, &mut out);
    out
}

/// The words of a block as people read them.
fn words(block: &Block) -> String {
    let content = |list: &[Inline]| list.iter().map(Inline::words).collect::<String>();
    match block {
        Block::Paragraph { content: c, .. } | Block::Note { content: c, .. } | Block::Remark { content: c, .. } => {
            content(c)
        }
        Block::List { items, .. } => items.iter().map(|item| content(item)).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => {
            let cells = table.header.iter().flatten().chain(table.rows.iter().flat_map(|row| &row.cells));
            let cells: Vec<&str> = cells.map(|cell| cell.v.as_str()).collect();
            format!("{}\n{}\n{}", table.caption, cells.join("\n"), table.notes.join("\n"))
        }
        Block::Chart(chart) => chart.caption.clone(),
    }
}

/// Figures that were doubted when they were read, with the printed numbers that rest on them.
fn doubted_figures(doubts: &Doubts, document: &Document, look: &mut Look) {
    for (figure, facts) in doubts.each() {
        let mut titles = facts.iter().filter_map(|id| document.facts.get(*id)).map(|fact| fact.title.as_str());
        let Some(first) = titles.next() else { continue };
        let rest = titles.count();
        let of = if rest == 0 { String::new() } else { format!("等 {} 个数", rest + 1) };
        let name = figure.name.as_deref().unwrap_or_default();
        look.doubt(format!("{name}　{}。报告中“{first}”{of}由它算出。", figure.message).trim_start().to_owned());
        let DoubtedFigure { dataset, row, field, .. } = figure.clone();
        look.put(ChecklistPlace {
            id: format!("{dataset}/{row}/{field}"),
            words: if name.is_empty() { format!("第 {} 条记录", row + 1) } else { name.to_owned() },
            cell: Some(DataCell { dataset, row, field }),
        });
    }
}

/// Tables and charts say where their numbers come from; the report says for which day.
fn sources_of_figures(document: &Document, blocks: &[&Block], look: &mut Look) {
    if document.meta.as_of.trim().is_empty() {
        look.fail("没有数据截至日。");
    }
    for block in blocks {
        let (caption, source) = match block {
            Block::Table(table) => (&table.caption, &table.source),
            Block::Chart(chart) => (&chart.caption, &chart.source),
            _ => continue,
        };
        if source.as_ref().is_none_or(|source| source.trim().is_empty()) && !tells_where_from(block) {
            look.doubt(format!("“{caption}”没有注明资料来源。"));
            look.place(block.id(), caption.clone());
        }
    }
}

/// A table whose own column names the source of each row, and one that the program made of the report itself — of
/// findings, measures, files, criteria — rather than of data.
fn tells_where_from(block: &Block) -> bool {
    let Block::Table(table) = block else { return false };
    let named = table.header.iter().flatten().any(|cell| cell.v.contains("来源") || cell.v.contains("出处"));
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let of_data = || cells().filter_map(|cell| cell.fact.as_ref()).any(|fact| !fact.starts_with("finding/"));
    named || !table.id.starts_with("own/") && !of_data()
}

/// Numbers that neither come from the data nor follow from other numbers.
fn loose_numbers(checked: &Checked, look: &mut Look) {
    let loose: Vec<_> = checked.review.numbers.entries.iter().filter(|e| e.class == Class::Unverified).collect();
    if loose.is_empty() {
        return;
    }
    look.doubt(format!("有 {} 个数字不是出自工程的数据，也无从复算。", loose.len()));
    for entry in loose {
        if let Some(id) = checked.block(entry.start) {
            look.place(id, entry.quote.clone());
        }
    }
}

fn sensitive(entry: &Entry, blocks: &[&Block], look: &mut Look) {
    let private: Vec<(&str, Regex)> = entry
        .private
        .iter()
        .map(|p| (p.name.as_str(), Regex::new(&p.pattern).expect("the carried list is sound")))
        .collect();
    for block in blocks {
        let text = words(block);
        for (name, pattern) in &private {
            if let Some(found) = pattern.captures(&text).and_then(|c| c.get(1)) {
                let shown: String = found.as_str().chars().take(6).collect();
                look.fail(format!("出现{name}：{shown}…"));
                look.place(block.id(), *name);
            }
        }
        let unfounded = unfounded(block);
        for claim in entry.claims.iter().filter(|claim| unfounded.contains(claim.as_str())) {
            look.doubt(format!("“{claim}”须有出处。"));
            look.place(block.id(), claim.clone());
        }
    }
}

/// The sentences of a block that tell no fact. What stands beside a fact has its source: it was computed with it.
fn unfounded(block: &Block) -> String {
    let contents: Vec<&[Inline]> = match block {
        Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => vec![content],
        Block::List { items, .. } => items.iter().map(Vec::as_slice).collect(),
        Block::Table(_) | Block::Chart(_) => return words(block),
    };
    let mut out = String::new();
    for content in contents {
        let mut sentence = String::new();
        let mut founded = false;
        for inline in content {
            founded |= matches!(inline, Inline::Fact { .. });
            for piece in inline.words().split_inclusive(['。', '！', '？', '\n']) {
                sentence.push_str(piece);
                if piece.ends_with(['。', '！', '？', '\n']) {
                    out.extend((!std::mem::take(&mut founded)).then_some(sentence.as_str()));
                    sentence.clear();
                }
            }
        }
        out.extend((!founded).then_some(sentence.as_str()));
    }
    out
}

/// Sections of one level count on without a gap.
fn numbering(sections: &[Section], look: &mut Look) {
    let counted = |s: &&Section| !s.appendix && !s.number.is_empty();
    for (at, s) in sections.iter().filter(counted).enumerate() {
        let ordinal = s.number.trim_matches(|c: char| "（）()、.．第章节 ".contains(c));
        let expected = [report::num::chinese(at + 1), (at + 1).to_string()];
        if !expected.iter().any(|e| e == ordinal) && !ordinal.contains('.') {
            look.fail(format!("“{}{}”应是第{}个。", s.number, s.title, at + 1));
            look.place(&s.id, s.title.clone());
        }
    }
    let appendices = sections.iter().filter(|s| s.appendix && s.number.starts_with("附录"));
    for (at, s) in appendices.enumerate() {
        if s.number.trim_start_matches("附录").trim() != report::num::chinese(at + 1) {
            look.fail(format!("“{}{}”的序号不连续。", s.number, s.title));
            look.place(&s.id, s.title.clone());
        }
    }
    sections.iter().for_each(|s| numbering(&s.sections, look));
}

/// The table of contents names the pages on which the chapters begin.
fn contents(document: &Document, pages: &Pages, look: &mut Look) {
    let chapters: Vec<(&Section, usize)> = document
        .sections
        .iter()
        .filter(|s| !s.appendix)
        .filter_map(|s| Some((s, pages.label_position(&s.id)?.page)))
        .collect();
    let Some(first) = chapters.first().map(|(_, page)| *page) else { return };
    let front: String = (1..first).map(|page| pages.text(page)).collect();
    for (chapter, page) in &chapters {
        // Pages are counted from the first chapter on.
        let right = page - first + 1;
        let heading = format!("{}{}", chapter.number, chapter.title);
        if let Some(printed) = page_in_contents(&front, &heading).filter(|printed| *printed != right) {
            look.fail(format!("目录中“{heading}”在第{printed}页，实际在第{right}页。"));
            look.place(&chapter.id, chapter.title.clone());
        }
    }
}

/// The page that a table of contents gives for a heading: a line of the heading, leaders and a number.
fn page_in_contents(front: &str, heading: &str) -> Option<usize> {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let heading = squeezed(heading);
    front.lines().map(squeezed).find_map(|line| {
        let rest = line.strip_prefix(&heading)?.trim_start_matches(['.', '…', '·', '．', '⋯']).to_owned();
        rest.parse().ok()
    })
}

fn filled(document: &Document, name: &str) -> bool {
    document.meta.official.get(name).is_some_and(|value| match value {
        Official::Text(text) => !text.trim().is_empty(),
        Official::List(list) => list.iter().any(|entry| !entry.trim().is_empty()),
    })
}

/// Attachments that are named stand behind the text, and the other way round.
fn attachments(document: &Document, look: &mut Look) {
    let Some(Official::List(named)) = document.meta.official.get("attachments") else { return };
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let there: Vec<(&Section, String)> =
        document.sections.iter().filter(|s| s.appendix).map(|s| (s, bare(&s.title))).collect();
    for name in named.iter().filter(|name| !name.trim().is_empty()) {
        if !there.iter().any(|(_, title)| *title == bare(name)) {
            look.doubt(format!("附件说明列有“{name}”，文稿后没有这个附录；另行装订的请核对。"));
        }
    }
    for (s, _) in there.iter().filter(|(_, title)| !named.iter().any(|name| bare(name) == *title)) {
        look.doubt(format!("附录“{}”没有列入附件说明。", s.title));
        look.place(&s.id, s.title.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_takes_every_kind_of_finding_once() {
        for &kind in check::Kind::ALL {
            let finding = |rule: &str| Finding {
                rule: rule.to_owned(),
                kind,
                severity: Severity::Error,
                start: 0,
                end: 1,
                quote: String::new(),
                expected: None,
                reason: String::new(),
                related: Vec::new(),
                suggestion: None,
            };
            for rule in ["K01", "K04", "K25"] {
                assert_eq!(list().iter().filter(|e| e.takes(&finding(rule))).count(), 1, "{kind:?} {rule}");
            }
        }
        assert_eq!(list().len(), 21);
    }

    #[test]
    fn private_numbers_and_bold_claims_are_found_and_long_codes_are_not() {
        let entry = list().iter().find(|e| e.key == "sensitive").expect("the item is there");
        let looked = |text: &str| {
            let block = Block::Paragraph { id: "p".to_owned(), content: vec![Inline::text(text)] };
            let mut look = Look::default();
            sensitive(entry, &[&block], &mut look);
            (look.failed.len(), look.doubtful.len())
        };
        assert_eq!(looked("联系人电话13812345678。"), (1, 0));
        assert_eq!(looked("身份证620102199003071234，"), (1, 0));
        assert_eq!(looked("统一社会信用代码91620100MA0000012X，投资113812345678元。"), (0, 0));
        assert_eq!(looked("总量居全省首位，是唯一一家。"), (0, 2));
    }

    #[test]
    fn a_claim_beside_a_fact_has_its_source() {
        let fact = Inline::Fact {
            v: "42.1%".to_owned(),
            id: "share".to_owned(),
            form: Default::default(),
            unit: String::new(),
        };
        let content = vec![Inline::text("甲业占"), fact, Inline::text("，居首位。其做法为全省首创。")];
        let block = Block::Paragraph { id: "p".to_owned(), content };
        assert_eq!(unfounded(&block), "其做法为全省首创。");
    }

    #[test]
    fn the_page_of_a_chapter_is_read_from_the_contents() {
        let front = "目 录\n一、 概况 . . . . . . . 1\n（一）构成......2\n二、问题……12\n";
        assert_eq!(page_in_contents(front, "一、概况"), Some(1));
        assert_eq!(page_in_contents(front, "二、问题"), Some(12));
        assert_eq!(page_in_contents(front, "三、对策"), None);
    }

    #[test]
    fn a_gap_in_the_numbers_of_sections_is_told() {
        let section = |number: &str| Section { number: number.to_owned(), id: number.to_owned(), ..Section::default() };
        let looked = |numbers: &[&str]| {
            let sections: Vec<Section> = numbers.iter().map(|n| section(n)).collect();
            let mut look = Look::default();
            numbering(&sections, &mut look);
            look.places.into_iter().map(|p| p.id).collect::<Vec<_>>()
        };
        assert!(looked(&["一、", "二、", "三、"]).is_empty());
        assert!(looked(&["（一）", "（二）", "", "（三）"]).is_empty());
        assert_eq!(looked(&["一、", "三、"]), ["三、"]);
    }
}
