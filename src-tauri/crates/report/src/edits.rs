//! Edits 编辑: what an author changed, laid over what the program composed.
//!
//! Nothing an author wrote is ever overwritten. An edit keeps what stood in its place when it was made (its basis);
//! when the program would now write something else, the block is 需复核 and the author sees both. Numbers inside an
//! edited block are fact references and stay live. Choices that composition itself must know (headings and order of
//! findings, fields of measures, hidden tables, own drawings) go into it as [`Choices`]; all else is laid over its
//! result by [`lay`].

use crate::document::*;
use crate::facts::Facts;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// One change of one thing. The JSON form `{aspect, value}` is also how a project keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "aspect", content = "value", rename_all = "kebab-case")]
pub enum Change {
    /// Text of a paragraph, note or remark.
    Content(Vec<Inline>),
    /// Entries of a list.
    Items(Vec<Vec<Inline>>),
    /// Title of a section, caption of a table or chart, title of a note.
    Title(String),
    /// Kind of a chart.
    Form(ChartKind),
    /// A block or section that is left out; the value is always true.
    Hidden(bool),
    /// A block of the author's own.
    Own(Own),
    /// Heading of a finding.
    Heading(String),
    /// A finding told under another one.
    MergedInto(String),
    /// Place of a finding among the findings, of a measure among those of its theme; small first.
    Position(i64),
    /// Title of a measure.
    MeasureTitle(String),
    /// 牵头单位 of a measure.
    Lead(Vec<String>),
    /// 配合单位 of a measure.
    Support(Vec<String>),
    /// 考核目标 of a measure.
    Kpi(String),
    /// 完成时限 of a measure.
    Horizon(String),
}

/// An author's own block and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Own {
    /// Id of the block it follows, or of the section it opens.
    pub after: String,
    /// Order among own blocks behind the same one; small first.
    pub rank: i64,
    pub block: OwnBlock,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum OwnBlock {
    Paragraph {
        content: Vec<Inline>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    /// A table typed by hand; its numbers are the author's.
    Table {
        table: Table,
    },
    /// A chart typed by hand.
    Chart {
        chart: Chart,
    },
    /// A table or chart of an indicator: always of the present data.
    Drawing {
        indicator: String,
        /// `None` for a table.
        form: Option<ChartKind>,
        /// The indicator's title when empty.
        caption: String,
    },
}

/// Everything an author changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edits {
    pub choices: Choices,
    texts: BTreeMap<String, Vec<Text>>,
    own: BTreeMap<String, Own>,
}

/// A change with what it replaced.
#[derive(Debug, Clone, PartialEq)]
struct Text {
    change: Change,
    basis: Option<Value>,
}

/// What composition must know of an author's changes. Two projects that differ in nothing else compose alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    pub findings: BTreeMap<String, FindingChoice>,
    pub measures: BTreeMap<String, MeasureChoice>,
    /// Ids of blocks and sections to leave out.
    pub hidden: BTreeSet<String>,
    /// Drawings by the id of the own block they stand in.
    pub drawings: BTreeMap<String, Drawing>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindingChoice {
    pub heading: Option<String>,
    pub merged_into: Option<String>,
    pub position: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct MeasureChoice {
    pub title: Option<String>,
    pub lead: Option<Vec<String>>,
    pub support: Option<Vec<String>>,
    pub kpi: Option<String>,
    pub horizon: Option<String>,
    pub position: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub indicator: String,
    pub form: Option<ChartKind>,
    pub caption: String,
}

impl Change {
    /// Name of the aspect and its value, as a project keeps them.
    pub fn parts(&self) -> (String, Value) {
        let whole = serde_json::to_value(self).expect("a change has a JSON form");
        let aspect = whole["aspect"].as_str().expect("the tag is a word").to_owned();
        (aspect, whole["value"].clone())
    }

    /// The change an aspect and its value stand for; the error is serde's.
    pub fn of(aspect: &str, value: Value) -> Result<Change, String> {
        serde_json::from_value(json!({ "aspect": aspect, "value": value })).map_err(|e| e.to_string())
    }
}

impl Edits {
    /// Adds a change of `target`; a later one of the same aspect replaces it.
    pub fn add(&mut self, target: &str, change: Change, basis: Option<Value>) {
        let c = &mut self.choices;
        let target = target.to_owned();
        match change {
            Change::Hidden(hidden) => {
                if hidden {
                    c.hidden.insert(target);
                }
            }
            Change::Heading(text) => c.findings.entry(target).or_default().heading = Some(text),
            Change::MergedInto(id) => c.findings.entry(target).or_default().merged_into = Some(id),
            // A position says nothing about what it belongs to; the composition asks by id, so both may hold it.
            Change::Position(n) => {
                c.findings.entry(target.clone()).or_default().position = Some(n);
                c.measures.entry(target).or_default().position = Some(n);
            }
            Change::MeasureTitle(text) => c.measures.entry(target).or_default().title = Some(text),
            Change::Lead(names) => c.measures.entry(target).or_default().lead = Some(names),
            Change::Support(names) => c.measures.entry(target).or_default().support = Some(names),
            Change::Kpi(text) => c.measures.entry(target).or_default().kpi = Some(text),
            Change::Horizon(text) => c.measures.entry(target).or_default().horizon = Some(text),
            Change::Own(own) => {
                if let OwnBlock::Drawing { indicator, form, caption } = &own.block {
                    let drawing = Drawing { indicator: indicator.clone(), form: *form, caption: caption.clone() };
                    c.drawings.insert(target.clone(), drawing);
                }
                self.own.insert(target, own);
            }
            change @ (Change::Content(_) | Change::Items(_) | Change::Title(_) | Change::Form(_)) => {
                let texts = self.texts.entry(target).or_default();
                texts.retain(|t| std::mem::discriminant(&t.change) != std::mem::discriminant(&change));
                texts.push(Text { change, basis });
            }
        }
    }

    /// Own block of this id.
    pub fn own(&self, id: &str) -> Option<&Own> {
        self.own.get(id)
    }

    /// Rank that puts a new own block directly behind `after`, before other own blocks that stand there.
    pub fn first_rank(&self, after: &str) -> i64 {
        self.own.values().filter(|o| o.after == after).map(|o| o.rank).min().map_or(0, |rank| rank - 1)
    }

    /// An id no own block has yet.
    pub fn fresh_id(&self) -> String {
        let used = self.own.keys().filter_map(|id| id.strip_prefix(OWN)?.parse::<u64>().ok());
        format!("{OWN}{}", used.max().unwrap_or(0) + 1)
    }
}

/// Prefix of the ids of own blocks.
const OWN: &str = "own/";

/// How a block of the edited document came about. Blocks that are as composed have no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BlockState {
    /// Changed by the author; the program would still write what it replaced.
    Edited,
    /// Changed by the author, and the program would now write something else: 需复核.
    Stale,
    /// The author's own.
    Own,
}

/// A place where the author's word and the program's have parted.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Review {
    /// Block or section.
    pub id: String,
    pub aspect: String,
    pub why: Why,
    /// What stood there when the author changed it.
    pub old: Vec<Inline>,
    /// What the program writes now; empty when it writes nothing there any more.
    pub new: Vec<Inline>,
    /// What the author wrote, with numbers as they are now.
    pub mine: Vec<Inline>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The composed text has changed since.
    Changed,
    /// The block is no longer composed; the author's text is kept and not printed.
    Vanished,
    /// The text names a fact that is no longer computed; its last number stands there.
    LostFact,
    /// What an own block stood behind is gone; it stands at the end of the nearest section.
    Moved,
}

/// A block or section that is left out on the author's word.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Hidden {
    pub id: String,
    /// Section it belongs to.
    pub section: String,
    /// Its caption, title or first words.
    pub text: String,
}

/// A composed document with the author's changes.
#[derive(Debug, Clone, Default)]
pub struct Edited {
    pub document: Document,
    pub states: BTreeMap<String, BlockState>,
    pub reviews: Vec<Review>,
    pub hidden: Vec<Hidden>,
}

/// Lays an author's changes over a composed document. `drawings` are the blocks composed for own drawings, `omitted`
/// the tables and charts that composition already left out.
pub(crate) fn lay(
    composed: &Document,
    facts: &Facts,
    drawings: &BTreeMap<String, Block>,
    omitted: &[Hidden],
    edits: &Edits,
) -> Edited {
    let mut layer =
        Layer { facts, edits, drawings, used: BTreeSet::new(), seen: BTreeSet::new(), out: Edited::default() };
    layer.out.hidden = omitted.to_vec();
    let mut document = composed.clone();
    document.summary.blocks = layer.blocks("summary", std::mem::take(&mut document.summary.blocks));
    document.sections = layer.sections(std::mem::take(&mut document.sections));
    layer.vanished();
    layer.strays(&mut document);
    let referable = targets(&document);
    drop_dead_references(&mut document, &referable);
    document.facts = ledger(&document, facts);
    let mut out = layer.out;
    out.document = document;
    out
}

struct Layer<'a> {
    facts: &'a Facts,
    edits: &'a Edits,
    drawings: &'a BTreeMap<String, Block>,
    /// Targets of changes that found their place, and own blocks that did.
    used: BTreeSet<String>,
    /// Sections that are printed.
    seen: BTreeSet<String>,
    out: Edited,
}

impl Layer<'_> {
    fn sections(&mut self, list: Vec<Section>) -> Vec<Section> {
        let numbers: Vec<(bool, String)> = list.iter().map(|s| (s.appendix, s.number.clone())).collect();
        let mut kept = Vec::with_capacity(list.len());
        for mut s in list {
            if self.edits.choices.hidden.contains(&s.id) {
                self.out.hidden.push(Hidden { id: s.id.clone(), section: s.id.clone(), text: s.title.clone() });
                self.mark_used(&s);
                continue;
            }
            self.seen.insert(s.id.clone());
            if let Some(title) = self.title(&s.id, &s.title) {
                s.title = title;
            }
            s.blocks = self.blocks(&s.id, std::mem::take(&mut s.blocks));
            s.sections = self.sections(std::mem::take(&mut s.sections));
            kept.push(s);
        }
        // Those behind a hidden one move up. Chapters and appendices are numbered apart.
        for appendix in [false, true] {
            let free = numbers.iter().filter(|(a, number)| *a == appendix && !number.is_empty()).map(|(_, n)| n);
            let mine = kept.iter_mut().filter(|s| s.appendix == appendix && !s.number.is_empty());
            mine.zip(free).for_each(|(s, number)| s.number.clone_from(number));
        }
        kept
    }

    /// Changes inside a hidden section keep their place for when it is shown again.
    fn mark_used(&mut self, s: &Section) {
        self.used.insert(s.id.clone());
        self.used.extend(s.blocks.iter().map(|b| b.id().to_owned()));
        let inside: Vec<String> = self
            .edits
            .own
            .iter()
            .filter(|(_, o)| o.after == s.id || s.blocks.iter().any(|b| b.id() == o.after))
            .map(|(id, _)| id.clone())
            .collect();
        self.used.extend(inside);
        s.sections.iter().for_each(|s| self.mark_used(s));
    }

    fn blocks(&mut self, section: &str, list: Vec<Block>) -> Vec<Block> {
        let mut out = Vec::with_capacity(list.len());
        self.own_after(section, &mut out);
        for mut b in list {
            let id = b.id().to_owned();
            if self.edits.choices.hidden.contains(&id) {
                self.used.insert(id.clone());
                self.out.hidden.push(Hidden { id: id.clone(), section: section.to_owned(), text: b.first_words() });
            } else {
                self.change(&mut b);
                out.push(b);
            }
            self.own_after(&id, &mut out);
        }
        out
    }

    fn own_after(&mut self, anchor: &str, out: &mut Vec<Block>) {
        let edits = self.edits;
        let mut mine: Vec<(&String, &Own)> = edits.own.iter().filter(|(_, o)| o.after == anchor).collect();
        mine.sort_by_key(|(id, o)| (o.rank, id.len(), (*id).clone()));
        for (id, own) in mine {
            // An own block may stand behind another; a ring of them would never end.
            if !self.used.insert(id.clone()) {
                continue;
            }
            if !edits.choices.hidden.contains(id)
                && let Some(block) = self.own_block(id, own)
            {
                self.out.states.insert(id.clone(), BlockState::Own);
                out.push(block);
            }
            self.own_after(id, out);
        }
    }

    fn own_block(&mut self, id: &str, own: &Own) -> Option<Block> {
        let id = id.to_owned();
        Some(match &own.block {
            OwnBlock::Paragraph { content } => {
                let content = self.refreshed(&id, "content", content);
                Block::Paragraph { id, content }
            }
            OwnBlock::List { ordered, items } => {
                let items = items.iter().map(|item| self.refreshed(&id, "items", item)).collect();
                Block::List { id, ordered: *ordered, items }
            }
            OwnBlock::Table { table } => Block::Table(Table { id, ..table.clone() }),
            OwnBlock::Chart { chart } => Block::Chart(Chart { id, ..chart.clone() }),
            OwnBlock::Drawing { caption, .. } => match self.drawings.get(&id) {
                Some(block) => block.clone(),
                None => {
                    self.review(&id, "own", Why::Vanished, None, &[], vec![Inline::text(caption.clone())]);
                    return None;
                }
            },
        })
    }

    /// Applies the changes of one block.
    fn change(&mut self, b: &mut Block) {
        let id = b.id().to_owned();
        let Some(texts) = self.edits.texts.get(&id) else { return };
        self.used.insert(id.clone());
        for t in texts {
            let basis = t.basis.as_ref();
            match (&t.change, &mut *b) {
                (
                    Change::Content(mine),
                    Block::Paragraph { content, .. } | Block::Remark { content, .. } | Block::Note { content, .. },
                ) => {
                    let mine = self.refreshed(&id, "content", mine);
                    self.judge(&id, "content", basis, &json!(content), content, &mine);
                    *content = mine;
                }
                (Change::Items(mine), Block::List { items, .. }) => {
                    let mine: Vec<Vec<Inline>> = mine.iter().map(|i| self.refreshed(&id, "items", i)).collect();
                    self.judge(&id, "items", basis, &json!(items), &items.concat(), &mine.concat());
                    *items = mine;
                }
                (Change::Title(mine), Block::Table(Table { caption, .. }) | Block::Chart(Chart { caption, .. }))
                | (Change::Title(mine), Block::Note { title: caption, .. }) => {
                    let (now, text) = (caption.clone(), |t: &str| vec![Inline::text(t)]);
                    self.judge(&id, "title", basis, &json!(now), &text(&now), &text(mine));
                    caption.clone_from(mine);
                }
                (Change::Form(kind), Block::Chart(chart)) => {
                    if chart.kind.exchangeable(chart.series.len()).contains(kind) {
                        chart.kind = *kind;
                    }
                    self.out.states.entry(id.clone()).or_insert(BlockState::Edited);
                }
                // The block is of another type now than when it was changed.
                (change, block) => {
                    let mine = change.inlines();
                    let new = vec![Inline::text(block.first_words())];
                    self.review(&id, &change.parts().0, Why::Changed, basis, &new, mine);
                }
            }
        }
    }

    fn title(&mut self, id: &str, composed: &str) -> Option<String> {
        let text = self.edits.texts.get(id)?.iter().find(|t| matches!(t.change, Change::Title(_)))?;
        let Change::Title(mine) = &text.change else { return None };
        self.used.insert(id.to_owned());
        let inlines = |t: &str| vec![Inline::text(t)];
        self.judge(id, "title", text.basis.as_ref(), &json!(composed), &inlines(composed), &inlines(mine));
        Some(mine.clone())
    }

    /// Compares what is composed now with what the author saw.
    fn judge(&mut self, id: &str, aspect: &str, basis: Option<&Value>, now: &Value, new: &[Inline], mine: &[Inline]) {
        if basis.is_none_or(|basis| basis == now) {
            self.out.states.entry(id.to_owned()).or_insert(BlockState::Edited);
        } else {
            self.review(id, aspect, Why::Changed, basis, new, mine.to_vec());
        }
    }

    fn review(&mut self, id: &str, aspect: &str, why: Why, basis: Option<&Value>, new: &[Inline], mine: Vec<Inline>) {
        let old = basis.map(inlines_of).unwrap_or_default();
        self.out.states.insert(id.to_owned(), BlockState::Stale);
        self.out.reviews.push(Review {
            id: id.to_owned(),
            aspect: aspect.to_owned(),
            why,
            old,
            new: new.to_vec(),
            mine,
        });
    }

    /// The author's text with its numbers as they are now.
    fn refreshed(&mut self, id: &str, aspect: &str, text: &[Inline]) -> Vec<Inline> {
        let mut lost = false;
        let fresh = refresh(text, self.facts, &mut lost);
        if lost {
            self.review(id, aspect, Why::LostFact, None, &[], fresh.clone());
        }
        fresh
    }

    /// Changes of blocks that are no longer composed.
    fn vanished(&mut self) {
        let edits = self.edits;
        let texts = edits.texts.iter().filter(|(id, _)| !id.starts_with(OWN));
        let lost: Vec<_> = texts.filter(|(id, _)| !self.used.contains(*id)).collect();
        for (id, texts) in lost {
            for t in texts.iter().filter(|t| !matches!(t.change, Change::Form(_))) {
                self.review(id, &t.change.parts().0, Why::Vanished, t.basis.as_ref(), &[], t.change.inlines());
            }
        }
    }

    /// Own blocks whose anchor is gone stand at the end of the nearest section that is still there.
    fn strays(&mut self, document: &mut Document) {
        let edits = self.edits;
        // An own block behind a stray follows it, so only those are asked whose anchor is no own block.
        for own in edits.own.values().filter(|o| !o.after.starts_with(OWN)) {
            let mut blocks = Vec::new();
            self.own_after(&own.after, &mut blocks);
            if blocks.is_empty() {
                continue;
            }
            for b in &blocks {
                let words = vec![Inline::text(b.first_words())];
                self.review(b.id(), "own", Why::Moved, None, &[], words);
            }
            let nearest =
                own.after.match_indices('/').map(|(i, _)| &own.after[..i]).rev().find(|p| self.seen.contains(*p));
            match nearest.and_then(|id| document.section_mut(id)) {
                Some(section) => section.blocks.extend(blocks),
                None => match document.sections.iter_mut().rev().find(|s| !s.appendix) {
                    Some(last) => last.blocks.extend(blocks),
                    None => document.summary.blocks.extend(blocks),
                },
            }
        }
    }
}

impl Change {
    /// What the author wrote, as text to show.
    fn inlines(&self) -> Vec<Inline> {
        match self {
            Change::Content(content) => content.clone(),
            Change::Items(items) => items.concat(),
            Change::Title(text) => vec![Inline::text(text.clone())],
            _ => Vec::new(),
        }
    }
}

/// A kept basis as text to show: inline content, entries of a list, or a title.
fn inlines_of(basis: &Value) -> Vec<Inline> {
    if let Value::String(text) = basis {
        return vec![Inline::text(text.clone())];
    }
    let content = serde_json::from_value::<Vec<Inline>>(basis.clone());
    content
        .or_else(|_| serde_json::from_value::<Vec<Vec<Inline>>>(basis.clone()).map(|items| items.concat()))
        .unwrap_or_default()
}

/// Inline content with every fact reference showing the present number. A reference whose fact is gone becomes the
/// text it last showed, and `lost` is set.
pub(crate) fn refresh(text: &[Inline], facts: &Facts, lost: &mut bool) -> Vec<Inline> {
    text.iter()
        .map(|i| match i {
            Inline::Fact { v, id, form, unit } => match facts.get(id).and_then(|f| f.shown(*form, unit)) {
                Some(now) => Inline::Fact { v: now, id: id.clone(), form: *form, unit: unit.clone() },
                None => {
                    *lost = true;
                    Inline::text(v.clone())
                }
            },
            Inline::Footnote { content } => Inline::Footnote { content: refresh(content, facts, lost) },
            other => other.clone(),
        })
        .collect()
}

/// Ids of sections, tables and charts: what a cross reference may name.
fn targets(document: &Document) -> BTreeSet<String> {
    fn blocks(list: &[Block], out: &mut BTreeSet<String>) {
        out.extend(list.iter().filter(|b| matches!(b, Block::Table(_) | Block::Chart(_))).map(|b| b.id().to_owned()));
    }
    fn sections(list: &[Section], out: &mut BTreeSet<String>) {
        for s in list {
            out.insert(s.id.clone());
            blocks(&s.blocks, out);
            sections(&s.sections, out);
        }
    }
    let mut out = BTreeSet::new();
    blocks(&document.summary.blocks, &mut out);
    sections(&document.sections, &mut out);
    out
}

/// Takes out references to what is no longer printed, with the brackets that would stand empty.
fn drop_dead_references(document: &mut Document, referable: &BTreeSet<String>) {
    document.each_content(&mut |content| {
        let dead = |i: &Inline| matches!(i, Inline::Ref { target } if !referable.contains(target));
        while let Some(at) = content.iter().position(dead) {
            content.remove(at);
            let Some(before) = at.checked_sub(1) else { continue };
            let (left, right) = content.split_at_mut(at);
            if let (Some(Inline::Text { v: left }), Some(Inline::Text { v: right })) =
                (left.get_mut(before), right.first_mut())
            {
                let open = left.trim_end_matches(['见', '详', '、']);
                if let (Some(rest), Some(tail)) = (open.strip_suffix('（'), right.strip_prefix('）')) {
                    *left = format!("{rest}{tail}");
                    content.remove(at);
                } else if left.ends_with('、') && right.starts_with('）') {
                    left.pop();
                } else if let Some(tail) = right.strip_prefix('、') {
                    *right = tail.to_owned();
                }
            }
        }
    });
}

/// Facts that the document prints, for its ledger.
pub(crate) fn ledger(document: &Document, facts: &Facts) -> BTreeMap<String, FactNote> {
    let mut ids = BTreeSet::new();
    document.each_fact(&mut |id| {
        ids.insert(id.to_owned());
    });
    ids.into_iter()
        .filter_map(|id| {
            let f = facts.get(&id)?;
            let note = FactNote {
                title: f.title.clone(),
                value: f.text(),
                unit: f.unit.clone(),
                formula: f.formula.clone(),
                source: f.source.clone(),
                n: f.n,
                missing: f.missing,
                as_of: f.as_of.clone(),
            };
            Some((id, note))
        })
        .collect()
}
