//! Commands of 核校: the project's own report and anybody's draft, what an author does about a finding.
//!
//! A finding set aside is a row among the author's edits under the aspect [`IGNORED`]. Its target is the finding's key:
//! sort, block and quoted words. Words changed elsewhere leave it alone; other words are another finding. An item of
//! 打印前核校单 that somebody looked at is such a row too, under [`SEEN`].

use super::annex::Exported;
use super::commands::{Act, Nothing};
use super::document::{self, Found, find, quote};
use super::export::{begin, go_on, target};
use super::state::Desk;
use crate::drafts;
use crate::error::{Code, Error, Result};
use crate::preprint::{self, ChecklistItem};
use crate::print::{self, PrintOptions};
use crate::project::Draft;
use crate::review::{self, Checked};
use crate::wire::Progress;
use check::{Class, PartKind};
use report::document::{Block, Chart, Inline, Table};
use report::edits::{Change, Own, OwnBlock};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use store::Edit;
use ts_rs::TS;

/// Aspect under which a finding of the check is set aside; the value is the reason.
pub(crate) const IGNORED: &str = "ignored";

/// Aspect under which an item of 打印前核校单 is ticked off; the target is its name under the print format, the value says
/// when and of which document.
pub(crate) const SEEN: &str = "seen";

/// A text with what the check found in it. Offsets count Unicode scalars of `text`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckView {
    pub text: String,
    pub parts: Vec<CheckPart>,
    pub findings: Vec<CheckFinding>,
    pub numbers: CheckNumbers,
    /// Whether the file is its text alone, so that a corrected text makes a corrected copy.
    pub correctable: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckPart {
    pub kind: CheckPartKind,
    /// Level of a heading, 1 the highest; 0 for other parts.
    pub level: u8,
    pub start: usize,
    pub end: usize,
    /// Cells of a table, row by row; empty for other parts.
    pub rows: Vec<Vec<CheckSpan>>,
    /// Block or section of the project's own report.
    pub block: Option<String>,
    /// What the pages print before a caption: 表1.
    pub label: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckPartKind {
    Heading,
    Paragraph,
    Table,
    Caption,
    Footnote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CheckSpan {
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckFinding {
    /// Names the finding as long as its words stay, wherever they move within their block.
    pub key: String,
    pub rule: String,
    /// What sort of trouble it is, in words.
    pub kind: String,
    #[ts(type = "\"error\" | \"warning\" | \"hint\"")]
    pub severity: check::Severity,
    pub start: usize,
    pub end: usize,
    pub quote: String,
    /// What should stand there, when that can be said.
    pub expected: Option<String>,
    /// The arithmetic or the ground, in one line.
    pub reason: String,
    pub related: Vec<CheckPlace>,
    pub suggestion: Option<CheckReplacement>,
    /// Why the suggestion cannot be written into the text, when it cannot.
    pub obstacle: Option<String>,
    /// Why the author set it aside.
    pub ignored: Option<String>,
    /// Block or section of the project's own report it stands in.
    pub block: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckPlace {
    pub start: usize,
    pub end: usize,
    pub quote: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckReplacement {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// 数字台账: how far the numbers of a text are vouched for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckNumbers {
    pub total: usize,
    pub linked: usize,
    pub verified: usize,
    pub unverified: usize,
    pub exempt: usize,
    pub entries: Vec<CheckNumber>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckNumber {
    pub start: usize,
    pub end: usize,
    #[ts(type = "\"linked\" | \"verified\" | \"unverified\" | \"exempt\"")]
    pub class: Class,
    /// The computation that confirms it, the kind of exemption, the title of the fact.
    pub note: String,
}

/// A draft that is not the project's own.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CheckDraft {
    File { path: String },
    Text { text: String },
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingKey {
    pub key: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct IgnoreFinding {
    pub key: String,
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreprintRequest {
    /// Name of a print template; the research report when not given.
    #[ts(optional)]
    pub template: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct TickItem {
    /// Name of a print template; the research report when not given.
    #[ts(optional)]
    pub template: Option<String>,
    /// Name of the item.
    pub key: String,
    pub seen: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportCheck {
    /// Where 核校意见表 goes, ending in `.pdf` or `.html`.
    pub path: String,
    /// The draft checked; the project's own report when not given.
    #[ts(optional)]
    pub draft: Option<CheckDraft>,
    /// Keys of findings of a draft that are left out.
    #[serde(default)]
    pub ignored: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveDraft {
    /// Where the corrected text goes, as a full path; an existing file is replaced.
    pub path: String,
    pub text: String,
    /// The file it was read from, which is not written over.
    #[ts(optional)]
    pub source: Option<String>,
}

impl Desk {
    pub(super) fn check_report(&self, (): Nothing, act: &mut Act) -> Result<CheckView> {
        self.with(act, |project, _| {
            let (draft, checked) = (project.draft()?, project.check()?);
            let change = |suggestion: &check::Replacement| change(&checked, &draft, suggestion).err();
            let names = draft.edited.document.names();
            Ok(view(&checked, &project.ignored()?, &names, false, &change))
        })
    }

    pub(super) fn check_draft(&self, request: CheckDraft, _: &mut Act) -> Result<CheckView> {
        let (checked, correctable) = match &request {
            CheckDraft::File { path } => (review::check_file(Path::new(path))?, is_text(Path::new(path))),
            CheckDraft::Text { text } => (review::check_text(text), true),
        };
        Ok(view(&checked, &BTreeMap::new(), &BTreeMap::new(), correctable, &|_| None))
    }

    pub(super) fn ignore_finding(&self, request: IgnoreFinding, act: &mut Act) -> Result<Nothing> {
        let reason = request.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::invalid("请写明为什么不用改，以后查得到。"));
        }
        self.with(act, |project, _| {
            let checked = project.check()?;
            let finding = find_finding(&checked, &request.key)?;
            let label = format!("忽略核校意见：{}", quote(&finding.quote));
            let edit = Edit {
                target: request.key.clone(),
                aspect: IGNORED.to_owned(),
                value: json!(reason).to_string(),
                basis: None,
            };
            project.transact(&label, |tx, _| Ok(tx.set_edit(&edit)?))
        })
    }

    pub(super) fn heed_finding(&self, request: FindingKey, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            if !project.ignored()?.contains_key(&request.key) {
                return Err(gone());
            }
            project.transact("恢复核校意见", |tx, _| {
                tx.drop_edit(&request.key, IGNORED)?;
                Ok(())
            })
        })
    }

    pub(super) fn apply_finding(&self, request: FindingKey, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let checked = project.check()?;
            let finding = find_finding(&checked, &request.key)?;
            let suggestion = finding.suggestion.as_ref();
            let suggestion =
                suggestion.ok_or_else(|| Error::invalid("这条意见没有可以直接采用的改法，请到成文中修改。"))?;
            let (block, change) = change(&checked, &draft, suggestion).map_err(Error::invalid)?;
            let change = change.tidied();
            document::check(&draft, &block, &change)?;
            let basis = document::basis(&draft, &block, &change);
            let label = format!("按核校意见改为“{}”", quote(&suggestion.text));
            project.transact(&label, |tx, _| document::put(tx, &draft, &block, change, basis))
        })
    }

    pub(super) fn preprint(&self, request: PreprintRequest, act: &mut Act) -> Result<Vec<ChecklistItem>> {
        let template = request.template.unwrap_or_else(|| PrintOptions::default().template);
        // Pages that are being made are not waited for.
        let press = self.press().try_lock().ok();
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let made = press.as_ref().and_then(|press| press.made.as_ref());
            let pages = made.and_then(|made| made.pages_of(&template, &draft));
            let ignored = project.ignored()?;
            let checked = project.check()?;
            let keys = checked.keys();
            let settled: Vec<&check::Finding> = checked
                .review
                .findings
                .iter()
                .zip(&keys)
                .filter(|(_, key)| ignored.contains_key(*key))
                .map(|(finding, _)| finding)
                .collect();
            project.preprint(&template, pages, &|finding| settled.contains(&finding))
        })
    }

    pub(super) fn tick_item(&self, request: TickItem, act: &mut Act) -> Result<Nothing> {
        let template = request.template.unwrap_or_else(|| PrintOptions::default().template);
        self.with(act, |project, _| {
            let title = preprint::title(&request.key)
                .ok_or_else(|| Error::invalid(format!("打印前核校单里没有“{}”这一项。", request.key)))?;
            let target = preprint::tick_target(&template, &request.key);
            if !request.seen {
                return project.transact(&format!("撤回核对：{title}"), |tx, _| {
                    tx.drop_edit(&target, SEEN)?;
                    Ok(())
                });
            }
            let seen = project.looked_at(&template, chrono::Local::now().date_naive())?;
            let value = serde_json::to_string(&seen).expect("a date and a hash have a JSON form");
            let edit = Edit { target, aspect: SEEN.to_owned(), value, basis: None };
            project.transact(&format!("核对：{title}"), |tx, _| Ok(tx.set_edit(&edit)?))
        })
    }

    pub(super) fn export_check(&self, request: ExportCheck, act: &mut Act) -> Result<Exported> {
        let path = target(&request.path, None)?;
        begin(act);
        (act.progress)(Progress::Computing);
        let mut checked = match request.draft {
            Some(CheckDraft::File { path }) => review::check_file(Path::new(&path))?,
            Some(CheckDraft::Text { text }) => review::check_text(&text),
            None => {
                let (mut checked, ignored) = self.with(act, |project, _| Ok((project.check()?, project.ignored()?)))?;
                checked.settle(&|key| ignored.contains_key(key));
                checked
            }
        };
        checked.settle(&|key| request.ignored.iter().any(|ignored| ignored == key));
        go_on(act)?;
        (act.progress)(Progress::Typesetting);
        checked.write_report(None, &path)?;
        let bytes = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        Ok(Exported { path: path.display().to_string(), bytes })
    }

    pub(super) fn save_draft(&self, request: SaveDraft, _: &mut Act) -> Result<Exported> {
        let path = target(&request.path, None)?;
        let same = |source: &String| match (Path::new(source).canonicalize(), path.canonicalize()) {
            (Ok(a), Ok(b)) => a == b,
            _ => false,
        };
        if request.source.as_ref().is_some_and(same) {
            return Err(Error::invalid("这是原来的文稿。请换一个名称，原稿留作对照。"));
        }
        let bytes = request.text.as_bytes();
        print::save_output(&path, Path::new(""), bytes)?;
        Ok(Exported { path: path.display().to_string(), bytes: bytes.len() as u64 })
    }
}

/// Whether a draft of this file is its text alone.
fn is_text(path: &Path) -> bool {
    let ending = drafts::ending(path);
    ending.is_empty() || drafts::TEXT.contains(&ending.as_str())
}

fn gone() -> Error {
    Error::new(Code::InvalidArgument, "没有这条核校意见，可能文字改动后已不存在；请刷新后再看。")
}

fn find_finding<'c>(checked: &'c Checked, key: &str) -> Result<&'c check::Finding> {
    let at = checked.keys().iter().position(|k| k == key).ok_or_else(gone)?;
    Ok(&checked.review.findings[at])
}

/// The block and the change of it that a replacement in the report's text is; else why there is none.
fn change(
    checked: &Checked,
    draft: &Draft,
    replacement: &check::Replacement,
) -> std::result::Result<(String, Change), &'static str> {
    const ELSEWHERE: &str = "这里的文字由程序生成，请在现状、问题或数据中改。";
    let (document, range) = (&draft.edited.document, replacement.start..replacement.end);
    let holds = |part: &check::Part| part.range.start <= range.start && range.end <= part.range.end;
    let at = checked.draft.parts.iter().position(holds).ok_or(ELSEWHERE)?;
    let (part, id) = (&checked.draft.parts[at], checked.blocks.get(at).ok_or(ELSEWHERE)?);
    let text: Vec<char> = checked.draft.text.chars().skip(part.range.start).take(part.range.len()).collect();
    let with = replacement.text.as_str();
    let within = |start: usize| range.start - start..range.end - start;
    let change = match find(document, id).ok_or(ELSEWHERE)? {
        Found::Section(s) => {
            let start = part.range.start + s.number.chars().count();
            let title = (range.start >= start).then(|| replaced(s.title.trim(), &within(start), with));
            Change::Title(title.ok_or("标题的序号由程序编排。")?)
        }
        Found::Summary(_) => return Err(ELSEWHERE),
        Found::Block(Block::Table(table)) if matches!(part.kind, PartKind::Table { .. }) => {
            let Some(own @ Own { block: OwnBlock::Table { .. }, .. }) = draft.edits.own(id) else {
                return Err("表中的数由数据算出，请到数据或指标处核对。");
            };
            let PartKind::Table { rows } = &part.kind else { return Err(ELSEWHERE) };
            let mut table = table.clone();
            let cells = table.header.iter_mut().chain(table.rows.iter_mut().map(|r| &mut r.cells));
            let (cells, ranges) = cells
                .zip(rows)
                .find(|(_, ranges)| ranges.iter().any(|cell| cell.start <= range.start && range.end <= cell.end))
                .ok_or(ELSEWHERE)?;
            // A spanned cell stands in its first column.
            let mut column = 0;
            let cell = cells.iter_mut().find_map(|cell| {
                let own = ranges.get(column)?;
                column += usize::from(cell.colspan.max(1));
                (own.start <= range.start && range.end <= own.end).then_some((cell, own.start))
            });
            let (cell, start) = cell.ok_or(ELSEWHERE)?;
            cell.v = replaced(&cell.v, &within(start), with);
            Change::Own(Box::new(Own { block: OwnBlock::Table { table }, ..own.clone() }))
        }
        Found::Block(block) => {
            let names = document.names();
            // Of lines that say the same, the one in the same place.
            let same = checked.draft.parts[..at].iter().zip(&checked.blocks).filter(|(before, of)| {
                let words = checked.draft.text.chars().skip(before.range.start).take(before.range.len());
                *of == id && words.eq(text.iter().copied())
            });
            let line = lines(block)
                .into_iter()
                .filter(|line| line.words(&names).eq(text.iter().copied()))
                .nth(same.count())
                .ok_or(ELSEWHERE)?;
            line.change(block, &names, &within(part.range.start), with)?
        }
    };
    Ok((id.clone(), change))
}

/// A text of a block that is a part of its own in the draft.
struct Line<'d> {
    at: At,
    content: Vec<&'d Inline>,
    title: &'d str,
}

/// Which text of a block.
enum At {
    Title,
    /// The whole content, or an entry of a list, or a footnote: the way down to its inlines.
    Content(Vec<usize>),
}

/// The texts of a block an author can change.
fn lines(block: &Block) -> Vec<Line<'_>> {
    fn content<'d>(list: &'d [Inline], way: Vec<usize>, out: &mut Vec<Line<'d>>) {
        out.push(Line { at: At::Content(way.clone()), content: list.iter().collect(), title: "" });
        for (i, inline) in list.iter().enumerate() {
            if let Inline::Footnote { content: note } = inline {
                content(note, way.iter().copied().chain([i]).collect(), out);
            }
        }
    }
    let mut out = Vec::new();
    if let Block::Note { title, .. }
    | Block::Table(Table { caption: title, .. })
    | Block::Chart(Chart { caption: title, .. }) = block
    {
        out.push(Line { at: At::Title, content: Vec::new(), title: title.trim() });
    }
    match block {
        Block::Paragraph { content: list, .. }
        | Block::Note { content: list, .. }
        | Block::Remark { content: list, .. } => {
            content(list, Vec::new(), &mut out);
        }
        Block::List { items, .. } => items.iter().enumerate().for_each(|(i, item)| content(item, vec![i], &mut out)),
        Block::Table(_) | Block::Chart(_) => {}
    }
    out
}

impl Line<'_> {
    fn words<'l>(&'l self, names: &'l BTreeMap<String, String>) -> impl Iterator<Item = char> + 'l {
        self.title.chars().chain(self.content.iter().flat_map(|i| i.printed(names).chars()))
    }

    /// The change of the block that puts `with` in place of the characters `within` of this line.
    fn change(
        &self,
        block: &Block,
        names: &BTreeMap<String, String>,
        within: &Range<usize>,
        with: &str,
    ) -> std::result::Result<Change, &'static str> {
        let At::Content(way) = &self.at else { return Ok(Change::Title(replaced(self.title, within, with))) };
        let mut start = 0;
        for (i, inline) in self.content.iter().enumerate() {
            let end = start + inline.printed(names).chars().count();
            if within.start < end {
                if within.end > end {
                    break;
                }
                let way: Vec<usize> = way.iter().copied().chain([i]).collect();
                let within = within.start - start..within.end - start;
                return match block {
                    Block::List { items, .. } => {
                        let mut items = items.clone();
                        replace_inline(&mut items[way[0]], &way[1..], &within, with)?;
                        Ok(Change::Items(items))
                    }
                    Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                        let mut content = content.clone();
                        replace_inline(&mut content, &way, &within, with)?;
                        Ok(Change::Content(content))
                    }
                    Block::Table(_) | Block::Chart(_) => break,
                };
            }
            start = end;
        }
        Err("要改的地方含有指标的数字，请到成文中修改这句话。")
    }
}

fn replace_inline(
    content: &mut [Inline],
    path: &[usize],
    within: &Range<usize>,
    with: &str,
) -> std::result::Result<(), &'static str> {
    let (at, rest) = path.split_first().ok_or("找不到要改的文字。")?;
    match content.get_mut(*at) {
        Some(Inline::Footnote { content }) => replace_inline(content, rest, within, with),
        Some(Inline::Text { v } | Inline::Strong { v }) => {
            *v = replaced(v, within, with);
            Ok(())
        }
        Some(Inline::Fact { .. }) => Err("这个数来自指标，请到数据或指标处核对。"),
        Some(Inline::Ref { .. }) => Err("图表和章节的序号由程序编排。"),
        _ => Err("找不到要改的文字。"),
    }
}

fn replaced(text: &str, within: &Range<usize>, with: &str) -> String {
    let before = text.chars().take(within.start);
    before.chain(with.chars()).chain(text.chars().skip(within.end)).collect()
}

/// A check as a window shows it. `names` are those of the report's tables and charts; `obstacle` tells why a suggestion cannot be written into the text, when it cannot.
fn view(
    checked: &Checked,
    ignored: &BTreeMap<String, String>,
    names: &BTreeMap<String, String>,
    correctable: bool,
    obstacle: &dyn Fn(&check::Replacement) -> Option<&'static str>,
) -> CheckView {
    let finding = |(f, key): (&check::Finding, String)| CheckFinding {
        block: checked.block(f.start).map(str::to_owned),
        ignored: ignored.get(&key).cloned(),
        obstacle: f.suggestion.as_ref().and_then(obstacle).map(str::to_owned),
        key,
        rule: f.rule.clone(),
        kind: f.kind.title().to_owned(),
        severity: f.severity,
        start: f.start,
        end: f.end,
        quote: f.quote.clone(),
        expected: f.expected.clone(),
        reason: f.reason.clone(),
        related: f.related.iter().map(|p| CheckPlace { start: p.start, end: p.end, quote: p.quote.clone() }).collect(),
        suggestion: f.suggestion.as_ref().map(|s| CheckReplacement {
            start: s.start,
            end: s.end,
            text: s.text.clone(),
        }),
    };
    let n = &checked.review.numbers;
    let number = |e: &check::Entry| CheckNumber { start: e.start, end: e.end, class: e.class, note: e.note.clone() };
    let parts = checked.draft.parts.iter().enumerate();
    CheckView {
        text: checked.draft.text.clone(),
        parts: parts.map(|(at, part)| shown(part, checked.blocks.get(at).cloned(), names)).collect(),
        findings: checked.review.findings.iter().zip(checked.keys()).map(finding).collect(),
        numbers: CheckNumbers {
            total: n.total,
            linked: n.linked,
            verified: n.verified,
            unverified: n.unverified,
            exempt: n.exempt,
            entries: n.entries.iter().map(number).collect(),
        },
        correctable,
    }
}

fn shown(part: &check::Part, block: Option<String>, names: &BTreeMap<String, String>) -> CheckPart {
    let span = |range: &Range<usize>| CheckSpan { start: range.start, end: range.end };
    let (kind, level, rows) = match &part.kind {
        PartKind::Heading { level } => (CheckPartKind::Heading, *level, Vec::new()),
        PartKind::Paragraph => (CheckPartKind::Paragraph, 0, Vec::new()),
        PartKind::Table { rows } => {
            (CheckPartKind::Table, 0, rows.iter().map(|cells| cells.iter().map(span).collect()).collect())
        }
        PartKind::Caption => (CheckPartKind::Caption, 0, Vec::new()),
        PartKind::Footnote => (CheckPartKind::Footnote, 0, Vec::new()),
    };
    let label = block.as_ref().filter(|_| kind == CheckPartKind::Caption).and_then(|block| names.get(block)).cloned();
    CheckPart { kind, level, start: part.range.start, end: part.range.end, rows, block, label }
}

#[cfg(test)]
mod tests;
