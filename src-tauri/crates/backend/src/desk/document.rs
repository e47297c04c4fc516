//! Commands about the document: the author's edits over what the program composed.

use super::commands::{Act, Nothing};
use super::state::Desk;
use crate::error::{Error, Result};
use crate::project::{Draft, Project};
use report::analysis::FactOut;
use report::document::{Block, Document, Inline, Section};
use report::edits::{BlockState, Change, Hidden, Own, OwnBlock, Review, Why};
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
    /// 待补: what the author should still supply.
    pub gaps: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditRequest {
    /// Id of a block, section, finding or measure.
    pub target: String,
    pub change: Change,
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
                gaps: draft.analysis().gaps.clone(),
            })
        })
    }

    pub(super) fn edit(&self, request: EditRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let label = label(&request.change, &request.target, &draft);
            let basis = basis(&draft, &request.target, &request.change);
            project.transact(&label, |tx, _| put(tx, &draft, &request.target, request.change, basis))
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
            let id = draft.edits.fresh_id();
            let label = match &request.block {
                OwnBlock::Paragraph { .. } => "插入段落",
                OwnBlock::List { .. } => "插入列表",
                OwnBlock::Table { .. } => "插入表格",
                OwnBlock::Chart { .. } => "插入图",
                OwnBlock::Drawing { form: None, .. } => "插入指标表",
                OwnBlock::Drawing { .. } => "插入指标图",
            };
            let rank = draft.edits.first_rank(&request.after);
            let own = Change::Own(Own { after: request.after, rank, block: request.block });
            project.transact(label, |tx, _| store(tx, &id, &own, None))?;
            Ok(id)
        })
    }

    pub(super) fn remove(&self, request: Target, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let target = &request.target;
            let Some(own) = draft.edits.own(target) else {
                let change = Change::Hidden(true);
                let label = label(&change, target, &draft);
                return project.transact(&label, |tx, _| store(tx, target, &change, None));
            };
            let after = own.after.clone();
            project.transact("删除自己的段块", |tx, _| {
                drop_edits(tx, target, None)?;
                // Own blocks that stood behind it move up to its place.
                for e in tx.edits()?.iter().filter(|e| e.aspect == "own") {
                    let mut value: Value = parse(&e.value)?;
                    if value["after"] == json!(target) {
                        value["after"] = json!(after);
                        tx.set_edit(&Edit { value: value.to_string(), ..e.clone() })?;
                    }
                }
                Ok(())
            })
        })
    }

    pub(super) fn replace_text(&self, request: ReplaceRequest, act: &mut Act) -> Result<usize> {
        if request.find.is_empty() {
            return Err(Error::invalid("请写明要查找的文字。"));
        }
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let (changes, count) = replacements(&draft.edited.document, &request);
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

/// Stores a change. A change of an own block's text goes into the block itself.
fn put(tx: &Tx, draft: &Draft, target: &str, change: Change, basis: Option<Value>) -> Result<()> {
    let Some(own) = draft.edits.own(target) else { return store(tx, target, &change, basis) };
    let mut own = own.clone();
    match (change, &mut own.block) {
        (Change::Content(mine), OwnBlock::Paragraph { content }) => *content = mine,
        (Change::Items(mine), OwnBlock::List { items, .. }) => *items = mine,
        (Change::Title(mine), OwnBlock::Table { table }) => table.caption = mine,
        (Change::Title(mine), OwnBlock::Chart { chart }) => chart.caption = mine,
        (Change::Title(mine), OwnBlock::Drawing { caption, .. }) => *caption = mine,
        (Change::Form(mine), OwnBlock::Chart { chart }) => chart.kind = mine,
        (Change::Form(mine), OwnBlock::Drawing { form, .. }) => *form = Some(mine),
        (Change::Own(moved), _) => own = moved,
        (change, _) => return store(tx, target, &change, None),
    }
    store(tx, target, &Change::Own(own), None)
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
fn basis(draft: &Draft, target: &str, change: &Change) -> Option<Value> {
    let composed = &draft.composed.1.document;
    match change {
        Change::Title(_) => match find(composed, target)? {
            Found::Section(s) => Some(json!(s.title)),
            Found::Block(Block::Table(t)) => Some(json!(t.caption)),
            Found::Block(Block::Chart(c)) => Some(json!(c.caption)),
            Found::Block(Block::Note { title, .. }) => Some(json!(title)),
            Found::Block(_) => None,
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
    match review.why {
        // The numbers that were lost become plain text, and what is composed now becomes the basis.
        Why::Changed | Why::LostFact => {
            let change = match review.aspect.as_str() {
                "title" => Change::Title(review.mine.iter().map(Inline::words).collect()),
                "items" => {
                    let edit = tx.edits()?.into_iter().find(|e| e.target == target && e.aspect == "items");
                    let Some(edit) = edit else { return Ok(()) };
                    Change::of("items", parse(&edit.value)?).map_err(Error::invalid)?
                }
                _ => Change::Content(review.mine.clone()),
            };
            let basis = basis(draft, target, &change);
            put(tx, draft, target, change, basis)
        }
        Why::Vanished => {
            drop_edits(tx, target, Some(&review.aspect))?;
            if review.aspect != "content" || review.mine.is_empty() {
                return Ok(());
            }
            let after = nearest(&draft.edited.document, target);
            let rank = draft.edits.first_rank(&after);
            let block = OwnBlock::Paragraph { content: review.mine.clone() };
            store(tx, &draft.edits.fresh_id(), &Change::Own(Own { after, rank, block }), None)
        }
        Why::Moved => {
            let Some(own) = draft.edits.own(target) else { return Ok(()) };
            let after =
                before(&draft.edited.document, target).unwrap_or_else(|| nearest(&draft.edited.document, target));
            let moved = Own { rank: draft.edits.first_rank(&after), after, ..own.clone() };
            store(tx, target, &Change::Own(moved), None)
        }
    }
}

enum Found<'a> {
    Section(&'a Section),
    Block(&'a Block),
}

fn find<'a>(document: &'a Document, id: &str) -> Option<Found<'a>> {
    fn within<'a>(sections: &'a [Section], id: &str) -> Option<Found<'a>> {
        sections.iter().find_map(|s| {
            if s.id == id {
                return Some(Found::Section(s));
            }
            s.blocks.iter().find(|b| b.id() == id).map(Found::Block).or_else(|| within(&s.sections, id))
        })
    }
    let summary = document.summary.blocks.iter().find(|b| b.id() == id).map(Found::Block);
    summary.or_else(|| within(&document.sections, id))
}

/// The closest section above a path-like id that is printed; the first chapter when none is.
fn nearest(document: &Document, id: &str) -> String {
    let above = id.match_indices('/').map(|(at, _)| &id[..at]).rev();
    let printed = above.filter(|id| matches!(find(document, id), Some(Found::Section(_)))).map(str::to_owned).next();
    printed.or_else(|| document.sections.first().map(|s| s.id.clone())).unwrap_or_else(|| "summary".to_owned())
}

/// Id of what stands right before a block: the block before it, or its section.
fn before(document: &Document, id: &str) -> Option<String> {
    fn within(sections: &[Section], id: &str) -> Option<String> {
        sections.iter().find_map(|s| {
            let at = s.blocks.iter().position(|b| b.id() == id);
            let previous = at.map(|at| at.checked_sub(1).map_or(s.id.clone(), |at| s.blocks[at].id().to_owned()));
            previous.or_else(|| within(&s.sections, id))
        })
    }
    within(&document.sections, id)
}

/// Every change that a replacement makes, and the number of places.
fn replacements(document: &Document, request: &ReplaceRequest) -> (Vec<(String, Change)>, usize) {
    let mut changes = Vec::new();
    let mut count = 0;
    let mut text = |t: &str| {
        let n = t.matches(&request.find).count();
        count += n;
        (n > 0).then(|| t.replace(&request.find, &request.with))
    };
    let mut inlines = |content: &[Inline]| {
        let mut changed = false;
        let fresh: Vec<Inline> = content
            .iter()
            .map(|i| {
                match i {
                    Inline::Text { v } => text(v).map(|v| {
                        changed = true;
                        Inline::Text { v }
                    }),
                    Inline::Strong { v } => text(v).map(|v| {
                        changed = true;
                        Inline::Strong { v }
                    }),
                    _ => None,
                }
                .unwrap_or_else(|| i.clone())
            })
            .collect();
        changed.then_some(fresh)
    };
    let mut blocks = |list: &[Block], changes: &mut Vec<(String, Change)>| {
        for b in list {
            let change = match b {
                Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                    inlines(content).map(Change::Content)
                }
                Block::List { items, .. } => {
                    let fresh: Vec<Option<Vec<Inline>>> = items.iter().map(|i| inlines(i)).collect();
                    fresh.iter().any(Option::is_some).then(|| {
                        Change::Items(
                            fresh.into_iter().zip(items).map(|(f, i)| f.unwrap_or_else(|| i.clone())).collect(),
                        )
                    })
                }
                Block::Table(t) => {
                    inlines(&[Inline::text(t.caption.clone())]).map(|i| Change::Title(i[0].words().into()))
                }
                Block::Chart(c) => {
                    inlines(&[Inline::text(c.caption.clone())]).map(|i| Change::Title(i[0].words().into()))
                }
            };
            changes.extend(change.map(|c| (b.id().to_owned(), c)));
        }
    };
    blocks(&document.summary.blocks, &mut changes);
    let mut todo: Vec<&Section> = document.sections.iter().collect();
    let mut titles = Vec::new();
    while let Some(s) = todo.pop() {
        blocks(&s.blocks, &mut changes);
        titles.push((s.id.clone(), s.title.clone()));
        todo.extend(&s.sections);
    }
    for (id, title) in titles {
        changes.extend(inlines(&[Inline::text(title)]).map(|i| (id, Change::Title(i[0].words().into()))));
    }
    (changes, count)
}

fn quote(text: &str) -> String {
    let short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// What an act is called in the undo record.
fn label(change: &Change, target: &str, draft: &Draft) -> String {
    let name = match find(&draft.edited.document, target) {
        Some(Found::Section(s)) => s.title.clone(),
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
        Change::Own(_) => "移动段块",
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
