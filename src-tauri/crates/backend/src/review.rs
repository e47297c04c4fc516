//! 核校 of a draft: read into the engine's form, checked, and kept with its text.

mod html;
mod paper;
mod sheet;

use crate::drafts::{self, Own};
use crate::error::Result;
use crate::project::Project;
use check::{Draft, Finding, PartKind, Review};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use store::Access;

/// What a check found, in the form that scripts rely on.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// The file's path, or what else was checked.
    pub file: String,
    #[serde(flatten)]
    pub review: Review,
    /// The draft as read, in whose text all offsets count.
    #[serde(skip)]
    pub draft: Draft,
    /// The block or section that each part of the draft stands for, by id, when the draft is a project's own document.
    #[serde(skip)]
    pub blocks: Vec<String>,
}

/// Where in a draft something stands, as people find it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The nearest heading above; empty before the first.
    pub heading: String,
    /// `第3段`, `表格第2行`; `第12行` in a text file.
    pub words: String,
}

/// Checks a draft (txt, md, docx, the text of a pdf) or the report of a project.
pub fn check_file(path: &Path) -> Result<Checked> {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yance")) {
        return Project::open(path, Access::Read)?.check();
    }
    let draft = drafts::read(path)?;
    Ok(Checked::alone(path.display().to_string(), draft))
}

/// Checks text that somebody pasted.
pub fn check_text(text: &str) -> Checked {
    Checked::alone("粘贴的文字".to_owned(), Draft::plain(text))
}

impl Project {
    /// Checks the report as the author left it, against itself and against the facts of the project.
    pub fn check(&self) -> Result<Checked> {
        let draft = self.draft()?;
        let (edited, facts) = (&draft.edited, &draft.composed.1.facts);
        let touched = edited.states.keys().map(String::as_str).collect();
        let Own { draft, known, blocks } = drafts::own(&edited.document, facts, &touched);
        let file = self.path().display().to_string();
        Ok(Checked { file, review: check::check(&draft, &known), draft, blocks })
    }
}

impl Checked {
    /// Checks a draft by itself.
    fn alone(file: String, draft: Draft) -> Checked {
        Checked { file, review: check::check(&draft, &[]), draft, blocks: Vec::new() }
    }

    /// Names of the findings, each one's own: sort, where it stands, what it quotes. A name stays as long as the words
    /// do, wherever they move within their block.
    pub(crate) fn keys(&self) -> Vec<String> {
        let chars: Vec<char> = self.draft.text.chars().collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let key = |finding: &Finding| {
            let place = self.block(finding.start).map(str::to_owned).unwrap_or_else(|| {
                // Of a draft without blocks, the heading it stands under.
                let above = self.draft.parts.iter().take_while(|part| part.range.start <= finding.start);
                let heading = above.filter(|part| matches!(part.kind, PartKind::Heading { .. })).last();
                heading.map(|part| chars[part.range.clone()].iter().collect()).unwrap_or_default()
            });
            let kind = serde_json::to_value(finding.kind).expect("a sort is a word");
            let key = format!("check/{}/{place}/{}", kind.as_str().unwrap_or_default(), finding.quote);
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            if *times > 1 { format!("{key}#{times}") } else { key }
        };
        self.review.findings.iter().map(key).collect()
    }

    /// Leaves out the findings that somebody has settled, by their names.
    pub(crate) fn settle(&mut self, settled: &dyn Fn(&str) -> bool) {
        let mut keys = self.keys().into_iter();
        self.review.findings.retain(|_| keys.next().is_some_and(|key| !settled(&key)));
    }

    /// The block or section of the project's document that holds an offset.
    pub fn block(&self, offset: usize) -> Option<&str> {
        self.blocks.get(self.part(offset)?).map(String::as_str)
    }

    fn part(&self, offset: usize) -> Option<usize> {
        let at = self.draft.parts.partition_point(|part| part.range.end <= offset);
        (at < self.draft.parts.len()).then_some(at)
    }

    /// Where an offset stands.
    pub fn spot(&self, offset: usize) -> Spot {
        self.spots()(offset)
    }

    /// Tells where offsets stand; for asking often.
    fn spots(&self) -> impl Fn(usize) -> Spot + '_ {
        let chars: Vec<char> = self.draft.text.chars().collect();
        let lines: Option<Vec<usize>> =
            self.has_lines().then(|| chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at).collect());
        // The heading above each part, and the count of paragraphs since.
        let mut above: Vec<(Option<usize>, usize)> = Vec::new();
        let (mut heading, mut paragraphs) = (None, 0);
        for (at, part) in self.draft.parts.iter().enumerate() {
            paragraphs += usize::from(part.kind == PartKind::Paragraph);
            above.push((heading, paragraphs));
            if matches!(part.kind, PartKind::Heading { .. }) {
                (heading, paragraphs) = (Some(at), 0);
            }
        }
        move |offset| {
            let Some(at) = self.part(offset) else { return Spot::default() };
            let parts = &self.draft.parts;
            let (heading, paragraphs) = above[at];
            let words = match (&parts[at].kind, &lines) {
                (_, Some(ends)) => format!("第{}行", ends.partition_point(|end| *end < offset) + 1),
                (PartKind::Heading { .. }, _) => "标题".to_owned(),
                (PartKind::Caption, _) => "图表题".to_owned(),
                (PartKind::Footnote, _) => "注释".to_owned(),
                (PartKind::Paragraph, _) => format!("第{paragraphs}段"),
                (PartKind::Table { rows }, _) => {
                    let holds = |row: &Vec<std::ops::Range<usize>>| row.last().is_some_and(|cell| offset <= cell.end);
                    let row = rows.iter().position(holds);
                    row.map_or_else(|| "表格".to_owned(), |row| format!("表格第{}行", row + 1))
                }
            };
            let heading = heading.map(|at| chars[parts[at].range.clone()].iter().collect());
            Spot { heading: heading.unwrap_or_default(), words }
        }
    }

    /// The name of the row and the head of the column of a number in a table.
    fn cell(&self, offset: usize, chars: &[char]) -> Option<String> {
        let PartKind::Table { rows } = &self.draft.parts.get(self.part(offset)?)?.kind else { return None };
        let at = rows.iter().position(|row| row.last().is_some_and(|cell| offset <= cell.end))?;
        let column = rows[at].iter().position(|cell| offset < cell.end)?;
        let words = |row: usize, column: usize| -> Option<String> {
            let text: String = chars[rows.get(row)?.get(column)?.clone()].iter().take(24).collect();
            (!text.trim().is_empty()).then(|| text.trim().to_owned())
        };
        let (name, head) = (words(at, 0).filter(|_| column > 0), words(0, column).filter(|_| at > 0));
        Some([name, head].into_iter().flatten().collect::<Vec<_>>().join("，"))
    }

    /// Whether the draft is a text file, whose lines every editor counts.
    fn has_lines(&self) -> bool {
        drafts::TEXT.contains(&drafts::ending(Path::new(&self.file)).as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_heading_and_its_count() {
        let text = "前言。\n一、概况\n第一段。\n第二段共5家。\n表1 概况\n甲\t1\n乙\t2\n二、问题\n又一段。";
        let mut checked = check_text(text);
        let spot = |checked: &Checked, words: &str| {
            let at = text.find(words).map(|at| text[..at].chars().count()).expect("it stands there");
            let spot = checked.spot(at);
            format!("{}/{}", spot.heading, spot.words)
        };
        assert_eq!(spot(&checked, "前言"), "/第1段");
        assert_eq!(spot(&checked, "5家"), "一、概况/第2段");
        assert_eq!(spot(&checked, "乙"), "一、概况/表格第2行");
        assert_eq!(spot(&checked, "又一"), "二、问题/第1段");
        checked.file = "稿.txt".to_owned();
        assert_eq!(spot(&checked, "乙"), "一、概况/第7行");
    }

    #[test]
    fn pasted_text_is_checked_with_exact_offsets() {
        let checked = check_text("\u{feff}全市共有企业681家。其中，新材料55家，占8.2%。");
        let [finding] = &checked.review.findings[..] else { panic!("{:?}", checked.review.findings) };
        let quoted: String = checked.draft.text.chars().skip(finding.start).take(finding.end - finding.start).collect();
        assert_eq!(quoted, finding.quote);
        assert_eq!(finding.expected.as_deref(), Some("8.1%"));
    }
}
