//! Commands about the document: the author's edits over what the program composed.

use super::commands::{Act, Nothing};
use super::state::Desk;
use crate::error::{Error, Result};
use crate::project::{Draft, Project};
use report::FactForm;
use report::analysis::FactOut;
use report::document::{Block, Chart, ChartKind, Document, Inline, Section, Summary, Table};
use report::edits::{BlockState, Change, Edits, Hidden, Own, OwnBlock, Review, SUMMARY, Why};
use report::facts::ShapeKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Edit, Tx};
use ts_rs::TS;

/// The document with how its blocks came about.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentView {
    pub document: Document,
    /// Blocks and sections without an entry are as composed.
    pub states: BTreeMap<String, BlockState>,
    /// 需复核, in no particular order of importance.
    pub reviews: Vec<Review>,
    pub hidden: Vec<Hidden>,
    /// The author's own blocks by id, with what they are made of.
    pub own: BTreeMap<String, Own>,
    /// 待补: what the author should still supply.
    pub gaps: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditRequest {
    /// Id of a block, section, finding or measure.
    pub target: String,
    pub change: Change,
    /// Changes that follow each other with the same word here are one step of undo.
    #[ts(optional)]
    pub visit: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct RevertRequest {
    pub target: String,
    /// One aspect (`content`, `title`, `position`…); all when not given.
    #[ts(optional)]
    pub aspect: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReviewRequest {
    pub target: String,
    pub aspect: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct InsertRequest {
    /// Block it follows, or section it opens.
    pub after: String,
    pub block: OwnBlock,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SplitRequest {
    /// A paragraph.
    pub target: String,
    /// What stays in it.
    pub content: Vec<Inline>,
    /// What becomes a paragraph of its own behind it.
    pub rest: Vec<Inline>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveRequest {
    /// An own block.
    pub target: String,
    /// Block it then follows, or section it opens.
    pub after: String,
}

/// A form in which a text can show a fact.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ShownForm {
    pub form: FactForm,
    /// The number as it is shown.
    pub v: String,
    /// Unit it is shown in, to stand behind it.
    pub unit: String,
}

/// An indicator of which a table or chart can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Drawable {
    pub id: String,
    pub title: String,
    /// Kinds of chart that fit; a table always does.
    pub forms: Vec<ChartKind>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Target {
    pub target: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReplaceRequest {
    pub find: String,
    pub with: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Query {
    pub words: String,
}

/// Facts a search gives at most.
const FOUND: usize = 50;
/// Characters of a label's quotation.
const QUOTED: usize = 12;

impl Desk {
    pub(super) fn document(&self, (): Nothing, act: &mut Act) -> Result<DocumentView> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let edited = &draft.edited;
            Ok(DocumentView {
                document: edited.document.clone(),
                states: edited.states.clone(),
                reviews: edited.reviews.clone(),
                hidden: edited.hidden.clone(),
                own: draft.edits.all_own().clone(),
                gaps: draft.analysis().gaps.clone(),
            })
        })
    }

    pub(super) fn edit(&self, request: EditRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let EditRequest { target, change, visit } = request;
            let change = change.tidied();
            check(&draft, &target, &change)?;
            let label = label(&change, &target, &draft);
            let basis = basis(&draft, &target, &change);
            let visit = visit.map(|visit| format!("{visit} {target} {}", change.parts().0));
            project.transact_visit(visit, &label, |tx, _| put(tx, &draft, &target, change, basis))
        })
    }

    pub(super) fn revert(&self, request: RevertRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            project.transact("恢复为生成的内容", |tx, _| {
                drop_edits(tx, &request.target, request.aspect.as_deref())
            })
        })
    }

    pub(super) fn keep_mine(&self, request: ReviewRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let review = draft.edited.reviews.iter().find(|r| r.id == request.target && r.aspect == request.aspect);
            let review = review.ok_or_else(|| Error::invalid("这一处已经不需要复核。"))?;
            project.transact("复核：保留我的文字", |tx, _| settle(tx, &draft, review))
        })
    }

    pub(super) fn insert(&self, request: InsertRequest, act: &mut Act) -> Result<String> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            check_place(&draft, &request.after)?;
            let id = draft.edits.fresh_id();
            let label = match &request.block {
                OwnBlock::Paragraph { .. } => "插入段落",
                OwnBlock::List { .. } => "插入列表",
                OwnBlock::Table { .. } => "插入表格",
                OwnBlock::Chart { .. } => "插入图",
                OwnBlock::Drawing { form: None, .. } => "插入指标表",
                OwnBlock::Drawing { .. } => "插入指标图",
            };
            let own = Own { after: request.after.clone(), rank: 0, block: request.block };
            let own = Change::Own(Box::new(own)).tidied();
            project.transact(label, |tx, _| {
                store(tx, &id, &own, None)?;
                arrange(tx, &draft, std::slice::from_ref(&id), Some(&request.after))
            })?;
            Ok(id)
        })
    }

    pub(super) fn split(&self, request: SplitRequest, act: &mut Act) -> Result<String> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let SplitRequest { target, content, rest } = request;
            let change = Change::Content(content).tidied();
            check(&draft, &target, &change)?;
            let basis = basis(&draft, &target, &change);
            let id = draft.edits.fresh_id();
            let block = OwnBlock::Paragraph { content: rest };
            let own = Change::Own(Box::new(Own { after: target.clone(), rank: 0, block })).tidied();
            project.transact("拆分段落", |tx, _| {
                put(tx, &draft, &target, change, basis)?;
                store(tx, &id, &own, None)?;
                arrange(tx, &draft, std::slice::from_ref(&id), Some(&target))
            })?;
            Ok(id)
        })
    }

    pub(super) fn remove(&self, request: Target, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let target = &request.target;
            if draft.edits.own(target).is_none() {
                let change = Change::Hidden(true);
                check(&draft, target, &change)?;
                let label = label(&change, target, &draft);
                return project.transact(&label, |tx, _| store(tx, target, &change, None));
            }
            project.transact("删除自己的段块", |tx, _| {
                // Own blocks that stood behind it keep their order.
                arrange(tx, &draft, std::slice::from_ref(target), None)?;
                drop_edits(tx, target, None)
            })
        })
    }

    pub(super) fn move_block(&self, request: MoveRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let MoveRequest { target, after } = request;
            if draft.edits.own(&target).is_none() {
                return Err(Error::invalid("只有自己的段块可以移动。"));
            }
            if target == after {
                return Ok(());
            }
            check_place(&draft, &after)?;
            project.transact("移动段块", |tx, _| arrange(tx, &draft, std::slice::from_ref(&target), Some(&after)))
        })
    }

    pub(super) fn fact_forms(&self, request: Target, act: &mut Act) -> Result<Vec<ShownForm>> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let Some(fact) = draft.composed.1.facts.get(&request.target) else { return Ok(Vec::new()) };
            let negative = fact.text().starts_with(['-', '−']);
            let mut forms: Vec<ShownForm> = Vec::new();
            for form in [FactForm::Value, FactForm::Magnitude, FactForm::Base, FactForm::Missing] {
                if form == FactForm::Magnitude && !negative {
                    continue;
                }
                let Some((v, unit)) = fact.form(form) else { continue };
                forms.push(ShownForm { form, v, unit });
            }
            Ok(forms)
        })
    }

    pub(super) fn drawables(&self, (): Nothing, act: &mut Act) -> Result<Vec<Drawable>> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let (facts, layout) = (&draft.composed.1.facts, &draft.composed.1.views.layout);
            let drawable = |id: &String| {
                // A single value is no table.
                let shape = facts.shapes.get(id).filter(|s| s.kind != ShapeKind::Single && !s.items.is_empty())?;
                Some(Drawable { id: id.clone(), title: shape.title.clone(), forms: shape.charts(layout) })
            };
            Ok(facts.order.iter().filter_map(drawable).collect())
        })
    }

    pub(super) fn replace_text(&self, request: ReplaceRequest, act: &mut Act) -> Result<usize> {
        if request.find.is_empty() {
            return Err(Error::invalid("请写明要查找的文字。"));
        }
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let (changes, count) = replacements(&draft, &request);
            if count > 0 {
                let label = format!("替换“{}”", quote(&request.find));
                project.transact(&label, |tx, _| {
                    changes.into_iter().try_for_each(|(target, change)| {
                        let basis = basis(&draft, &target, &change);
                        put(tx, &draft, &target, change, basis)
                    })
                })?;
            }
            Ok(count)
        })
    }

    pub(super) fn search_facts(&self, request: Query, act: &mut Act) -> Result<Vec<FactOut>> {
        self.with(act, |project, _| {
            let words: Vec<String> = request.words.split_whitespace().map(str::to_lowercase).collect();
            let draft = project.draft()?;
            let mut found: Vec<(usize, &FactOut)> = draft
                .analysis()
                .facts
                .iter()
                .filter(|f| !f.value.is_empty())
                .filter_map(|f| {
                    let title = f.title.to_lowercase();
                    let fits = |w: &String| title.contains(w) || f.id.contains(w) || f.value == *w;
                    words.iter().all(fits).then_some((title.chars().count(), f))
                })
                .collect();
            // The shortest title that holds all words says least besides them.
            found.sort_by_key(|(length, _)| *length);
            Ok(found.into_iter().take(FOUND).map(|(_, f)| f.clone()).collect())
        })
    }
}

/// Refuses a change of what is not there, and empty headings.
pub(super) fn check(draft: &Draft, target: &str, change: &Change) -> Result<()> {
    let found = find(&draft.composed.1.document, target);
    let own = draft.edits.own(target);
    match change {
        Change::Content(_) | Change::Items(_) | Change::Title(_) | Change::Form(_) | Change::Hidden(true)
            if found.is_none() && own.is_none() =>
        {
            Err(Error::invalid(format!("文稿中没有“{target}”这一处，可能数据变化后已不再生成。")))
        }
        Change::Title(text) if text.is_empty() && matches!(found, Some(Found::Section(_) | Found::Summary(_))) => {
            Err(Error::invalid("标题不能为空。"))
        }
        Change::Own(_) if own.is_none() => Err(Error::invalid("这个段块已经删除。")),
        _ => Ok(()),
    }
}

/// Refuses a place that is not in the document as it is shown.
fn check_place(draft: &Draft, after: &str) -> Result<()> {
    if find(&draft.edited.document, after).is_some() || draft.edits.own(after).is_some() {
        return Ok(());
    }
    Err(Error::invalid(format!("文稿中没有“{after}”这一处，不知放在哪里；请刷新后再试。")))
}

/// Puts own blocks directly behind `after`, or takes them out of their chains, and gives the others their places.
fn arrange(tx: &Tx, draft: &Draft, moved: &[String], after: Option<&str>) -> Result<()> {
    let places = draft.edits.arrange(moved, after);
    let stored: Vec<Edit> = tx.edits()?.into_iter().filter(|e| e.aspect == "own").collect();
    for (id, after, rank) in places {
        let Some(edit) = stored.iter().find(|e| e.target == id) else { continue };
        let mut value: Value = parse(&edit.value)?;
        value["after"] = json!(after);
        value["rank"] = json!(rank);
        tx.set_edit(&Edit { value: value.to_string(), ..edit.clone() })?;
    }
    Ok(())
}

/// Stores a change. A change of an own block's text goes into the block itself; what is as composed is no change.
pub(super) fn put(tx: &Tx, draft: &Draft, target: &str, change: Change, basis: Option<Value>) -> Result<()> {
    let Some(own) = draft.edits.own(target) else {
        let (aspect, value) = change.parts();
        if basis.as_ref() == Some(&value) {
            tx.drop_edit(target, &aspect)?;
            return Ok(());
        }
        return store(tx, target, &change, basis);
    };
    let mut own = own.clone();
    match (change, &mut own.block) {
        (Change::Content(mine), OwnBlock::Paragraph { content }) => *content = mine,
        (Change::Items(mine), OwnBlock::List { items, .. }) => *items = mine,
        (Change::Title(mine), OwnBlock::Table { table }) => table.caption = mine,
        (Change::Title(mine), OwnBlock::Chart { chart }) => chart.caption = mine,
        (Change::Title(mine), OwnBlock::Drawing { caption, .. }) => *caption = mine,
        (Change::Form(mine), OwnBlock::Chart { chart }) => chart.kind = mine,
        (Change::Form(mine), OwnBlock::Drawing { form, .. }) => *form = Some(mine),
        // Its place changes by moving alone.
        (Change::Own(mine), block) => *block = mine.block,
        (change, _) => return store(tx, target, &change, None),
    }
    store(tx, target, &Change::Own(Box::new(own)), None)
}

fn store(tx: &Tx, target: &str, change: &Change, basis: Option<Value>) -> Result<()> {
    // What says nothing of its own is no change.
    if matches!(change, Change::Hidden(false)) {
        tx.drop_edit(target, "hidden")?;
        return Ok(());
    }
    let (aspect, value) = change.parts();
    let (value, basis) = (value.to_string(), basis.map(|b| b.to_string()));
    Ok(tx.set_edit(&Edit { target: target.to_owned(), aspect, value, basis })?)
}

fn drop_edits(tx: &Tx, target: &str, aspect: Option<&str>) -> Result<()> {
    for e in tx.edits()?.iter().filter(|e| e.target == target && aspect.is_none_or(|a| a == e.aspect)) {
        tx.drop_edit(&e.target, &e.aspect)?;
    }
    Ok(())
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| Error::invalid("工程文件中的修改无法读取。").with([e.to_string()]))
}

/// What the program writes now where the author changes something.
pub(super) fn basis(draft: &Draft, target: &str, change: &Change) -> Option<Value> {
    let composed = &draft.composed.1.document;
    match change {
        Change::Title(_) => match find(composed, target)? {
            Found::Section(s) => Some(json!(s.title)),
            Found::Summary(s) => Some(json!(s.title)),
            Found::Block(Block::Table(t)) => Some(json!(t.caption)),
            Found::Block(Block::Chart(c)) => Some(json!(c.caption)),
            Found::Block(Block::Note { title, .. }) => Some(json!(title)),
            Found::Block(_) => None,
        },
        Change::Form(_) => match find(composed, target)? {
            Found::Block(Block::Chart(c)) => Some(json!(c.kind)),
            _ => None,
        },
        Change::Content(_) => match find(composed, target)? {
            Found::Block(
                Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. },
            ) => Some(json!(content)),
            _ => None,
        },
        Change::Items(_) => match find(composed, target)? {
            Found::Block(Block::List { items, .. }) => Some(json!(items)),
            _ => None,
        },
        _ => None,
    }
}

/// Carries out the author's word that their text stands.
fn settle(tx: &Tx, draft: &Draft, review: &Review) -> Result<()> {
    let target = review.id.as_str();
    let document = &draft.edited.document;
    match review.why {
        // The numbers that were lost become plain text, and what is composed now becomes the basis.
        Why::Changed | Why::LostFact => {
            let change = match (review.aspect.as_str(), find(document, target)) {
                ("title", _) => Change::Title(review.mine.iter().map(Inline::words).collect()),
                ("items", Some(Found::Block(Block::List { items, .. }))) => Change::Items(items.clone()),
                ("items", _) => return Ok(()),
                _ => Change::Content(review.mine.clone()),
            };
            let basis = basis(draft, target, &change);
            put(tx, draft, target, change, basis)
        }
        Why::Vanished => {
            let block = match review.aspect.as_str() {
                "own" => return Err(Error::invalid("这个指标现在没有数据可画。请改用别的指标，或删除这一块。")),
                "items" => {
                    let kept = tx.edits()?.into_iter().find(|e| e.target == target && e.aspect == "items");
                    let Some(kept) = kept else { return Ok(()) };
                    OwnBlock::List { ordered: false, items: parse(&kept.value)? }
                }
                _ => OwnBlock::Paragraph { content: review.mine.clone() },
            };
            drop_edits(tx, target, Some(&review.aspect))?;
            if review.aspect == "title" || review.mine.is_empty() {
                return Ok(());
            }
            let after = match find(document, target) {
                Some(_) => target.to_owned(),
                None => end_of_nearest(document, target),
            };
            let id = draft.edits.fresh_id();
            store(tx, &id, &Change::Own(Box::new(Own { after: after.clone(), rank: 0, block })), None)?;
            arrange(tx, draft, &[id], Some(&after))
        }
        Why::Moved => {
            let after = before(document, target).unwrap_or_else(|| end_of_nearest(document, target));
            arrange(tx, draft, &draft.edits.chain_of(target), Some(&after))
        }
    }
}

pub(super) enum Found<'a> {
    Summary(&'a Summary),
    Section(&'a Section),
    Block(&'a Block),
}

pub(super) fn find<'a>(document: &'a Document, id: &str) -> Option<Found<'a>> {
    fn within<'a>(sections: &'a [Section], id: &str) -> Option<Found<'a>> {
        sections.iter().find_map(|s| {
            if s.id == id {
                return Some(Found::Section(s));
            }
            s.blocks.iter().find(|b| b.id() == id).map(Found::Block).or_else(|| within(&s.sections, id))
        })
    }
    if id == SUMMARY {
        return Some(Found::Summary(&document.summary));
    }
    let summary = document.summary.blocks.iter().find(|b| b.id() == id).map(Found::Block);
    summary.or_else(|| within(&document.sections, id))
}

/// The last block of the closest section above a path-like id that is printed, or of the last chapter when none is;
/// the section itself when it is empty.
fn end_of_nearest(document: &Document, id: &str) -> String {
    let last = |own: &str, blocks: &[Block]| blocks.last().map_or(own.to_owned(), |b| b.id().to_owned());
    let above = id.match_indices('/').map(|(at, _)| &id[..at]).rev();
    let mut printed = above.filter_map(|id| match find(document, id)? {
        Found::Section(s) => Some(last(&s.id, &s.blocks)),
        Found::Summary(s) => Some(last(SUMMARY, &s.blocks)),
        Found::Block(_) => None,
    });
    let chapter = || document.sections.iter().rev().find(|s| !s.appendix).map(|s| last(&s.id, &s.blocks));
    printed.next().or_else(chapter).unwrap_or_else(|| SUMMARY.to_owned())
}

/// Id of what stands right before a block: the block before it, or its section.
fn before(document: &Document, id: &str) -> Option<String> {
    fn among(own: &str, blocks: &[Block], id: &str) -> Option<String> {
        let at = blocks.iter().position(|b| b.id() == id)?;
        Some(at.checked_sub(1).map_or(own.to_owned(), |at| blocks[at].id().to_owned()))
    }
    fn within(sections: &[Section], id: &str) -> Option<String> {
        sections.iter().find_map(|s| among(&s.id, &s.blocks, id).or_else(|| within(&s.sections, id)))
    }
    among(SUMMARY, &document.summary.blocks, id).or_else(|| within(&document.sections, id))
}

/// Every change that a replacement makes, and the number of places.
fn replacements(draft: &Draft, request: &ReplaceRequest) -> (Vec<(String, Change)>, usize) {
    let document = &draft.edited.document;
    let mut replacing = Replacing { request, edits: &draft.edits, count: 0, changes: Vec::new() };
    replacing.title(SUMMARY, &document.summary.title);
    replacing.blocks(&document.summary.blocks);
    replacing.sections(&document.sections);
    (replacing.changes, replacing.count)
}

struct Replacing<'a> {
    request: &'a ReplaceRequest,
    edits: &'a Edits,
    count: usize,
    changes: Vec<(String, Change)>,
}

impl Replacing<'_> {
    fn text(&mut self, text: &str) -> Option<String> {
        let n = text.matches(&self.request.find).count();
        self.count += n;
        (n > 0).then(|| text.replace(&self.request.find, &self.request.with))
    }

    /// Content with the words replaced, footnotes included; numbers and references stay.
    fn inlines(&mut self, content: &[Inline]) -> Option<Vec<Inline>> {
        let mut changed = false;
        let mut out = Vec::with_capacity(content.len());
        for i in content {
            let fresh = match i {
                Inline::Text { v } => self.text(v).map(|v| Inline::Text { v }),
                Inline::Strong { v } => self.text(v).map(|v| Inline::Strong { v }),
                Inline::Footnote { content } => self.inlines(content).map(|content| Inline::Footnote { content }),
                Inline::Fact { .. } | Inline::Ref { .. } => None,
            };
            changed |= fresh.is_some();
            out.push(fresh.unwrap_or_else(|| i.clone()));
        }
        changed.then_some(out)
    }

    fn title(&mut self, id: &str, title: &str) {
        if let Some(title) = self.text(title) {
            self.changes.push((id.to_owned(), Change::Title(title)));
        }
    }

    fn blocks(&mut self, list: &[Block]) {
        for b in list {
            let mut typed = self.edits.own(b.id()).filter(|o| o.block.is_typed_figure()).cloned();
            if let Block::Table(Table { caption: title, .. })
            | Block::Chart(Chart { caption: title, .. })
            | Block::Note { title, .. } = b
                && typed.is_none()
            {
                self.title(b.id(), title);
            }
            let change = match b {
                Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                    self.inlines(content).map(Change::Content)
                }
                Block::List { items, .. } => {
                    let mut changed = false;
                    let mut fresh = Vec::with_capacity(items.len());
                    for item in items {
                        let one = self.inlines(item);
                        changed |= one.is_some();
                        fresh.push(one.unwrap_or_else(|| item.clone()));
                    }
                    changed.then_some(Change::Items(fresh))
                }
                Block::Table(_) | Block::Chart(_) => {
                    let changed = typed.as_mut().is_some_and(|own| self.figure(&mut own.block));
                    typed.filter(|_| changed).map(|own| Change::Own(Box::new(own)))
                }
            };
            self.changes.extend(change.map(|c| (b.id().to_owned(), c.tidied())));
        }
    }

    /// Replaces the words wherever a table or chart typed by hand says them; whether it does.
    fn figure(&mut self, block: &mut OwnBlock) -> bool {
        let mut texts: Vec<&mut String> = Vec::new();
        match block {
            OwnBlock::Table { table } => {
                let rows = table.rows.iter_mut().map(|r| &mut r.cells);
                texts.extend(table.header.iter_mut().chain(rows).flatten().map(|cell| &mut cell.v));
                texts.push(&mut table.caption);
                texts.extend(table.unit.iter_mut().chain(&mut table.notes).chain(&mut table.source));
            }
            OwnBlock::Chart { chart } => {
                // A single series has its name nowhere.
                let several = chart.series.len() > 1;
                texts.push(&mut chart.caption);
                texts.extend(chart.series.iter_mut().filter(|_| several).map(|s| &mut s.name));
                texts.extend(chart.categories.iter_mut().chain([&mut chart.unit]).chain(&mut chart.source));
            }
            _ => {}
        }
        let mut changed = false;
        for text in texts {
            if let Some(fresh) = self.text(text) {
                *text = fresh;
                changed = true;
            }
        }
        changed
    }

    fn sections(&mut self, list: &[Section]) {
        for s in list {
            self.title(&s.id, &s.title);
            self.blocks(&s.blocks);
            self.sections(&s.sections);
        }
    }
}

pub(super) fn quote(text: &str) -> String {
    let short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// What an act is called in the undo record.
fn label(change: &Change, target: &str, draft: &Draft) -> String {
    let name = match find(&draft.edited.document, target) {
        Some(Found::Section(s)) => s.title.clone(),
        Some(Found::Summary(s)) => s.title.clone(),
        Some(Found::Block(b)) => b.first_words(),
        None => {
            let findings = draft.analysis().findings.iter().find(|f| f.id == target).map(|f| f.title.clone());
            let measures = draft.analysis().measures.iter().find(|m| m.id == target).map(|m| m.title.clone());
            findings.or(measures).unwrap_or_default()
        }
    };
    let act = match change {
        Change::Content(_) | Change::Items(_) => "修改文字",
        Change::Title(_) | Change::Heading(_) | Change::MeasureTitle(_) => "修改标题",
        Change::Form(_) => "更换图形",
        Change::Hidden(true) => "不放入报告",
        Change::Hidden(false) => "放回报告",
        Change::Own(_) => "修改自己的段块",
        Change::MergedInto(_) => "合并问题",
        Change::Position(_) => "调整次序",
        Change::Lead(_) | Change::Support(_) => "修改责任单位",
        Change::Kpi(_) => "修改考核目标",
        Change::Horizon(_) => "修改完成时限",
    };
    if name.is_empty() { act.to_owned() } else { format!("{act}：{}", quote(&name)) }
}

impl Project {
    /// Id and value of every change stored, for tests and front ends that list them.
    pub fn edit_count(&self) -> Result<usize> {
        Ok(self.store.view().edits()?.len())
    }
}

#[cfg(test)]
mod tests;
