//! Edits 编辑: what an author changed, laid over what the program composed.
//!
//! Nothing an author wrote is ever overwritten. An edit keeps what stood in its place when it was made (its basis);
//! when the program would now write something else, the block is 需复核 and the author sees both. Numbers inside an
//! edited block are fact references and stay live. Choices that composition itself must know (headings and order of
//! findings, fields of measures, own drawings) go into it as [`Choices`]; all else is laid over its result by [`lay`].

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
    Own(Box<Own>),
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

impl OwnBlock {
    /// Whether it is a table or chart whose cells the author typed.
    pub fn is_typed_figure(&self) -> bool {
        matches!(self, OwnBlock::Table { .. } | OwnBlock::Chart { .. })
    }
}

/// Everything an author changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edits {
    pub choices: Choices,
    /// Blocks and sections that are left out.
    hidden: BTreeSet<String>,
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

impl Change {
    /// The change as it is kept: without control characters, empty pieces, neighbouring texts of one kind, and
    /// footnotes inside footnotes.
    pub fn tidied(self) -> Change {
        use crate::facts::clean;
        match self {
            Change::Content(content) => Change::Content(tidy(content, false)),
            Change::Items(items) => Change::Items(items.into_iter().map(|item| tidy(item, false)).collect()),
            Change::Title(text) => Change::Title(clean(text.trim())),
            Change::Own(own) => Change::Own(Box::new(Own { block: own.block.tidied(), ..*own })),
            other => other,
        }
    }
}

impl OwnBlock {
    fn tidied(self) -> OwnBlock {
        match self {
            OwnBlock::Paragraph { content } => OwnBlock::Paragraph { content: tidy(content, false) },
            OwnBlock::List { ordered, items } => {
                OwnBlock::List { ordered, items: items.into_iter().map(|item| tidy(item, false)).collect() }
            }
            other => other,
        }
    }
}

fn tidy(content: Vec<Inline>, in_footnote: bool) -> Vec<Inline> {
    use crate::facts::clean;
    fn flat(content: Vec<Inline>) -> Vec<Inline> {
        let one = |i| if let Inline::Footnote { content } = i { flat(content) } else { vec![i] };
        content.into_iter().flat_map(one).collect()
    }
    let content = if in_footnote { flat(content) } else { content };
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for i in content {
        match (i, out.last_mut()) {
            (Inline::Text { v } | Inline::Strong { v }, _) if v.is_empty() => {}
            (Inline::Text { v }, Some(Inline::Text { v: before })) => before.push_str(&clean(&v)),
            (Inline::Strong { v }, Some(Inline::Strong { v: before })) => before.push_str(&clean(&v)),
            (Inline::Text { v }, _) => out.push(Inline::Text { v: clean(&v) }),
            (Inline::Strong { v }, _) => out.push(Inline::Strong { v: clean(&v) }),
            (Inline::Footnote { content }, _) => {
                let content = tidy(content, true);
                if !content.is_empty() {
                    out.push(Inline::Footnote { content });
                }
            }
            (other, _) => out.push(other),
        }
    }
    out
}

impl Edits {
    /// Adds a change of `target`; a later one of the same aspect replaces it.
    pub fn add(&mut self, target: &str, change: Change, basis: Option<Value>) {
        let c = &mut self.choices;
        let target = target.to_owned();
        match change {
            Change::Hidden(hidden) => {
                if hidden {
                    self.hidden.insert(target);
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
                self.own.insert(target, *own);
            }
            change @ (Change::Content(_) | Change::Items(_) | Change::Title(_) | Change::Form(_)) => {
                let texts = self.texts.entry(target).or_default();
                texts.retain(|t| std::mem::discriminant(&t.change) != std::mem::discriminant(&change));
                texts.push(Text { change, basis });
            }
        }
    }

    /// Blocks and sections that are left out.
    pub(crate) fn hidden(&self) -> &BTreeSet<String> {
        &self.hidden
    }

    /// Own block of this id.
    pub fn own(&self, id: &str) -> Option<&Own> {
        self.own.get(id)
    }

    /// Every own block by id.
    pub fn all_own(&self) -> &BTreeMap<String, Own> {
        &self.own
    }

    /// What a block or section is in the chain of: itself, or for an own block what it and those before it stand behind.
    fn anchor<'a>(&'a self, id: &'a str) -> &'a str {
        let mut at = id;
        // Own blocks that stand behind each other in a ring have no anchor; the number of steps ends the search.
        for _ in 0..=self.own.len() {
            match self.own.get(at) {
                Some(own) => at = &own.after,
                None => return at,
            }
        }
        id
    }

    /// Own blocks behind `anchor` in the order they are shown: by rank, each followed by those that stand behind it.
    fn chain(&self, anchor: &str) -> Vec<String> {
        fn walk(edits: &Edits, anchor: &str, out: &mut Vec<String>) {
            let mut next: Vec<_> = edits.own.iter().filter(|(_, o)| o.after == anchor).collect();
            next.sort_by_key(|(id, o)| (o.rank, id.len(), (*id).clone()));
            for (id, _) in next {
                if !out.contains(id) {
                    out.push(id.clone());
                    walk(edits, id, out);
                }
            }
        }
        let mut out = Vec::new();
        walk(self, anchor, &mut out);
        out
    }

    /// Own blocks that follow `id` in its chain, and itself.
    pub fn chain_of(&self, id: &str) -> Vec<String> {
        self.chain(self.anchor(id))
    }

    /// Places of own blocks once `moved` stand directly behind `after`, or are gone when it is `None`: id, anchor and
    /// rank of each block of the chains concerned. Anchors are no own blocks, so that no chain depends on another.
    pub fn arrange(&self, moved: &[String], after: Option<&str>) -> Vec<(String, String, i64)> {
        let mut anchors: BTreeSet<&str> =
            moved.iter().filter(|id| self.own.contains_key(*id)).map(|id| self.anchor(id)).collect();
        let to = after.map(|after| self.anchor(after));
        anchors.extend(to);
        let mut out = Vec::new();
        for anchor in anchors {
            let mut chain = self.chain(anchor);
            chain.retain(|id| !moved.contains(id));
            if to == Some(anchor) {
                let at = chain.iter().position(|id| Some(id.as_str()) == after).map_or(0, |at| at + 1);
                chain.splice(at..at, moved.iter().cloned());
            }
            out.extend(chain.into_iter().zip(0..).map(|(id, rank)| (id, anchor.to_owned(), rank)));
        }
        out
    }

    /// An id no own block has yet.
    pub fn fresh_id(&self) -> String {
        let used = self.own.keys().filter_map(|id| id.strip_prefix(OWN)?.parse::<u64>().ok());
        format!("{OWN}{}", used.max().unwrap_or(0) + 1)
    }
}

/// Prefix of the ids of own blocks.
const OWN: &str = "own/";
/// Id under which the summary is known, which is no section.
pub const SUMMARY: &str = "summary";

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
    /// Section it belongs to; empty for a chapter.
    pub section: String,
    /// Of a section: the printed one it follows there, or that it belongs to when none does.
    pub after: Option<String>,
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

/// Lays an author's changes over a composed document. `drawings` are the blocks composed for own drawings.
pub(crate) fn lay(composed: &Document, facts: &Facts, drawings: &BTreeMap<String, Block>, edits: &Edits) -> Edited {
    let mut layer =
        Layer { facts, edits, drawings, used: BTreeSet::new(), seen: BTreeSet::new(), out: Edited::default() };
    let mut document = composed.clone();
    if let Some(title) = layer.title(SUMMARY, &document.summary.title) {
        document.summary.title = title;
    }
    document.summary.blocks = layer.blocks(SUMMARY, std::mem::take(&mut document.summary.blocks));
    document.sections = layer.sections("", std::mem::take(&mut document.sections));
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
    fn sections(&mut self, parent: &str, list: Vec<Section>) -> Vec<Section> {
        let numbers: Vec<(bool, String)> = list.iter().map(|s| (s.appendix, s.number.clone())).collect();
        let mut kept = Vec::with_capacity(list.len());
        let mut after = parent.to_owned();
        for mut s in list {
            if self.edits.hidden.contains(&s.id) {
                let (id, section, after) = (s.id.clone(), parent.to_owned(), Some(after.clone()));
                self.out.hidden.push(Hidden { id, section, after, text: s.title.clone() });
                self.mark_used(&s);
                continue;
            }
            after.clone_from(&s.id);
            self.seen.insert(s.id.clone());
            if let Some(title) = self.title(&s.id, &s.title) {
                s.title = title;
            }
            s.blocks = self.blocks(&s.id, std::mem::take(&mut s.blocks));
            s.sections = self.sections(&s.id, std::mem::take(&mut s.sections));
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
        self.used.extend(self.edits.chain(&s.id));
        for b in &s.blocks {
            self.used.insert(b.id().to_owned());
            self.used.extend(self.edits.chain(b.id()));
        }
        s.sections.iter().for_each(|s| self.mark_used(s));
    }

    fn blocks(&mut self, section: &str, list: Vec<Block>) -> Vec<Block> {
        let mut out = Vec::with_capacity(list.len());
        out.extend(self.own_behind(section, section));
        for mut b in list {
            let id = b.id().to_owned();
            if self.edits.hidden.contains(&id) {
                self.used.insert(id.clone());
                let (id, section) = (id.clone(), section.to_owned());
                self.out.hidden.push(Hidden { id, section, after: None, text: b.first_words() });
            } else {
                self.change(&mut b);
                out.push(b);
            }
            out.extend(self.own_behind(section, &id));
        }
        out
    }

    /// Own blocks behind a block, or at the beginning of a section.
    fn own_behind(&mut self, section: &str, anchor: &str) -> Vec<Block> {
        let chain = self.edits.chain(anchor);
        self.own_blocks(section, &chain)
    }

    fn own_blocks(&mut self, section: &str, ids: &[String]) -> Vec<Block> {
        let edits = self.edits;
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(own) = edits.own.get(id) else { continue };
            self.used.insert(id.clone());
            let Some(block) = self.own_block(id, own) else { continue };
            if edits.hidden.contains(id) {
                let (id, section) = (id.clone(), section.to_owned());
                self.out.hidden.push(Hidden { id, section, after: None, text: block.first_words() });
            } else {
                self.out.states.entry(id.clone()).or_insert(BlockState::Own);
                out.push(block);
            }
        }
        out
    }

    fn own_block(&mut self, id: &str, own: &Own) -> Option<Block> {
        let id = id.to_owned();
        Some(match &own.block {
            OwnBlock::Paragraph { content } => {
                let (content, lost) = self.refreshed(content);
                if lost {
                    self.review(&id, "content", Why::LostFact, None, &[], content.clone());
                }
                Block::Paragraph { id, content }
            }
            OwnBlock::List { ordered, items } => {
                let (items, lost) = self.refreshed_items(items);
                if lost {
                    self.review(&id, "items", Why::LostFact, None, &[], items.concat());
                }
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
                    let (mine, lost) = self.refreshed(mine);
                    self.judge(&id, "content", basis, &json!(content), content, &mine, lost);
                    *content = mine;
                }
                (Change::Items(mine), Block::List { items, .. }) => {
                    let (mine, lost) = self.refreshed_items(mine);
                    self.judge(&id, "items", basis, &json!(items), &items.concat(), &mine.concat(), lost);
                    *items = mine;
                }
                (Change::Title(mine), Block::Table(Table { caption, .. }) | Block::Chart(Chart { caption, .. }))
                | (Change::Title(mine), Block::Note { title: caption, .. }) => {
                    let (now, text) = (caption.clone(), |t: &str| vec![Inline::text(t)]);
                    self.judge(&id, "title", basis, &json!(now), &text(&now), &text(mine), false);
                    caption.clone_from(mine);
                }
                (Change::Form(kind), Block::Chart(chart)) => {
                    if chart.kind.exchangeable(chart.series.len(), chart.categories.len()).contains(kind) {
                        chart.kind = *kind;
                    }
                    self.out.states.entry(id.clone()).or_insert(BlockState::Edited);
                }
                // The block is of another type now than when it was changed: the text has no place in it.
                (change, block) => {
                    let (mine, _) = self.refreshed(&change.inlines());
                    let new = vec![Inline::text(block.first_words())];
                    self.review(&id, &change.parts().0, Why::Vanished, basis, &new, mine);
                }
            }
        }
    }

    fn title(&mut self, id: &str, composed: &str) -> Option<String> {
        let text = self.edits.texts.get(id)?.iter().find(|t| matches!(t.change, Change::Title(_)))?;
        let Change::Title(mine) = &text.change else { return None };
        self.used.insert(id.to_owned());
        let inlines = |t: &str| vec![Inline::text(t)];
        self.judge(id, "title", text.basis.as_ref(), &json!(composed), &inlines(composed), &inlines(mine), false);
        Some(mine.clone())
    }

    /// Compares what is composed now with what the author saw.
    #[allow(clippy::too_many_arguments)]
    fn judge(
        &mut self,
        id: &str,
        aspect: &str,
        basis: Option<&Value>,
        now: &Value,
        new: &[Inline],
        mine: &[Inline],
        lost: bool,
    ) {
        let why = if basis.is_some_and(|basis| basis != now) { Some(Why::Changed) } else { None };
        match why.or(lost.then_some(Why::LostFact)) {
            None => drop(self.out.states.entry(id.to_owned()).or_insert(BlockState::Edited)),
            Some(why) => self.review(id, aspect, why, basis, new, mine.to_vec()),
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

    /// The author's text with its numbers as they are now, and whether it names facts that are gone.
    fn refreshed(&self, text: &[Inline]) -> (Vec<Inline>, bool) {
        let mut lost = false;
        (refresh(text, self.facts, &mut lost), lost)
    }

    fn refreshed_items(&self, items: &[Vec<Inline>]) -> (Vec<Vec<Inline>>, bool) {
        let mut lost = false;
        (items.iter().map(|item| refresh(item, self.facts, &mut lost)).collect(), lost)
    }

    /// Changes of blocks that are no longer composed.
    fn vanished(&mut self) {
        let edits = self.edits;
        let texts = edits.texts.iter().filter(|(id, _)| !id.starts_with(OWN));
        let lost: Vec<_> = texts.filter(|(id, _)| !self.used.contains(*id)).collect();
        for (id, texts) in lost {
            for t in texts.iter().filter(|t| !matches!(t.change, Change::Form(_))) {
                let (mine, _) = self.refreshed(&t.change.inlines());
                self.review(id, &t.change.parts().0, Why::Vanished, t.basis.as_ref(), &[], mine);
            }
        }
    }

    /// Own blocks whose anchor is gone stand at the end of the nearest section that is still there.
    fn strays(&mut self, document: &mut Document) {
        let edits = self.edits;
        for id in edits.own.keys() {
            if self.used.contains(id) {
                continue;
            }
            let anchor = edits.anchor(id);
            let mut chain = edits.chain(anchor);
            // Blocks that stand behind each other in a ring have no chain but this.
            if !chain.contains(id) {
                chain.insert(0, id.clone());
            }
            chain.retain(|id| !self.used.contains(id));
            let mut above = anchor.match_indices('/').map(|(i, _)| &anchor[..i]).rev();
            let nearest = above.find(|p| *p == SUMMARY || self.seen.contains(*p));
            let last = || document.sections.iter().rev().find(|s| !s.appendix).map(|s| s.id.clone());
            let section = nearest.map(str::to_owned).or_else(last).unwrap_or_else(|| SUMMARY.to_owned());
            let blocks = self.own_blocks(&section, &chain);
            // The others follow the first, also to where the author puts it.
            if let Some(first) = blocks.first() {
                let words = vec![Inline::text(first.first_words())];
                self.review(first.id(), "own", Why::Moved, None, &[], words);
            }
            match document.section_mut(&section) {
                Some(section) => section.blocks.extend(blocks),
                None => document.summary.blocks.extend(blocks),
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

/// Takes out references to what is no longer printed, with the brackets and words that would stand empty.
fn drop_dead_references(document: &mut Document, referable: &BTreeSet<String>) {
    document.each_content(&mut |content| without_dead(content, referable));
}

/// Takes all cross references out of content.
pub(crate) fn without_references(content: &mut Vec<Inline>) {
    without_dead(content, &BTreeSet::new());
}

fn without_dead(content: &mut Vec<Inline>, referable: &BTreeSet<String>) {
    for i in content.iter_mut() {
        if let Inline::Footnote { content } = i {
            without_dead(content, referable);
        }
    }
    let dead = |i: &Inline| matches!(i, Inline::Ref { target } if !referable.contains(target));
    while let Some(at) = content.iter().position(dead) {
        content.remove(at);
        let Some(before) = at.checked_sub(1) else { continue };
        if let (Some(Inline::Text { v: left }), Some(Inline::Text { v: right })) =
            (content.get(before), content.get(at))
        {
            content[before] = Inline::text(joined(left, right));
            content.remove(at);
        }
    }
}

/// Text around a reference that was taken out: `（见` `）` leaves nothing, `（见表1、` `）` one mark less, `如` `所示，`
/// nothing.
fn joined(left: &str, right: &str) -> String {
    let bare = left.trim_end_matches(['见', '详', '、', '参', '及', '和']);
    if let (Some(rest), Some(tail)) = (bare.strip_suffix('（'), right.strip_prefix('）')) {
        return format!("{rest}{tail}");
    }
    let shown = ["所示，", "可见，", "可知，", "所示", "可见", "可知"];
    if let Some(rest) = left.strip_suffix(['如', '由', '从'])
        && let Some(tail) = shown.iter().find_map(|words| right.strip_prefix(words))
    {
        return format!("{rest}{tail}");
    }
    let marks = ['、', '和', '及'];
    let left = if right.starts_with('）') { left.strip_suffix(marks).unwrap_or(left) } else { left };
    let opens = left.ends_with(['（', '见', '、']);
    let right = if opens { right.strip_prefix(marks).unwrap_or(right) } else { right };
    format!("{left}{right}")
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

#[cfg(test)]
mod tests;
