//! The document 文稿: sections and blocks with stable ids, ready for typesetting.
//!
//! This is the contract with the templates: `report` composes it, `backend` serialises it to `/data.json`, the Typst
//! library draws it. It holds no layout (no sizes, faces, page breaks) and no markup: every string is literal text.
//! All numbers are already in display form; a number that comes from a fact keeps the fact's id.

use crate::facts::FactForm;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Version of the JSON form; templates refuse another.
pub const FORMAT: u32 = 1;

/// What a document tells: the whole report, or one of the shorter and longer forms that are printed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// 调研报告.
    #[default]
    Report,
    /// 简报: a few points within a length.
    Briefing,
    /// 领导参阅: one page of figures, problems and proposals.
    LeaderBrief,
    /// 年度报告: the report with chapters for regions, all further indicators and an index.
    AnnualReport,
    /// 汇报提纲: a page for each finding and measure.
    Slides,
}

impl Content {
    /// Every form, the report first.
    pub const ALL: [Content; 5] =
        [Content::Report, Content::Briefing, Content::LeaderBrief, Content::AnnualReport, Content::Slides];

    /// Its name in kits and print formats.
    pub fn name(self) -> &'static str {
        match self {
            Content::Report => "report",
            Content::Briefing => "briefing",
            Content::LeaderBrief => "leader-brief",
            Content::AnnualReport => "annual-report",
            Content::Slides => "slides",
        }
    }

    /// The form of this name.
    pub fn named(name: &str) -> Option<Content> {
        Content::ALL.into_iter().find(|c| c.name() == name)
    }

    fn is_report(&self) -> bool {
        *self == Content::Report
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Document {
    pub format: u32,
    /// Absent in JSON for the report itself.
    #[serde(default, skip_serializing_if = "Content::is_report")]
    pub content: Content,
    pub meta: Meta,
    /// 摘要: shown before the table of contents.
    pub summary: Summary,
    /// Chapters in order; appendices follow with `appendix` set.
    pub sections: Vec<Section>,
    /// Facts used anywhere in the document, by id: the ledger behind every number on the page.
    pub facts: BTreeMap<String, FactNote>,
    /// What the report rests on, numbered by the template in this order; empty in the shorter forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Work>,
    /// Index of indicators in order of sound; empty but in the annual report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub index: Vec<IndexEntry>,
}

/// A work or source as GB/T 7714 lists it: the template puts it in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Work {
    /// Mark of its type: `Z`, `DS`.
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    pub title: String,
    /// 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 2016, 2016-03 or 2016-03-05.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// An indicator and where it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct IndexEntry {
    pub title: String,
    /// Capital letter its title begins with in pinyin; `#` for one that begins otherwise.
    pub letter: String,
    /// Blocks that show it, in order; the template prints their pages.
    pub targets: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Meta {
    pub title: String,
    pub subtitle: Option<String>,
    /// Report genre on the cover: 调研报告.
    pub genre: String,
    pub authors: Vec<String>,
    pub org: Option<String>,
    /// Date of the report, already written out: 2023年12月31日; and as ISO for metadata.
    pub date: String,
    pub date_iso: String,
    /// As-of date of the data, written out.
    pub as_of: String,
    pub keywords: Vec<String>,
    /// 密级 or 内部资料 mark, upper corner of the cover.
    pub classification: Option<String>,
    /// Short title for running headers.
    pub running_title: String,
    /// One line under the cover's title block, such as the statement that a ledger is a reconstruction.
    pub cover_note: Option<String>,
    /// What print formats ask the author for, by field: issuing bodies, document number, recipients. Filled in for the
    /// format about to be printed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub official: BTreeMap<String, Official>,
}

/// What is filled in for a field of a print format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Official {
    Text(String),
    List(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Summary {
    pub title: String,
    /// At most eight cards: value and unit large, label small.
    pub key_figures: Vec<KeyFigure>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KeyFigure {
    pub label: String,
    pub value: String,
    pub unit: String,
    /// Small print: base and date (n=681，2022年末).
    pub note: Option<String>,
    pub fact: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Section {
    /// Stable path-like id: `findings/rd-intensity`.
    pub id: String,
    /// Number as printed, with its punctuation: `一、` `（一）` `附录一`; empty for unnumbered.
    pub number: String,
    pub title: String,
    /// Heading without its number for tables of contents is `title`; level 1 is a chapter.
    pub level: u8,
    #[serde(default)]
    pub appendix: bool,
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

/// One block. `id` is unique in the document and becomes a label in the pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Block {
    /// 正文段落.
    Paragraph {
        id: String,
        content: Vec<Inline>,
    },
    /// Evidence card or similar aside with a short heading.
    Note {
        id: String,
        title: String,
        content: Vec<Inline>,
    },
    /// Bulleted or numbered entries without further structure.
    List {
        id: String,
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    Table(Table),
    Chart(Chart),
    /// Line of small type below a table or group (注：…).
    Remark {
        id: String,
        content: Vec<Inline>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub enum Inline {
    Text {
        v: String,
    },
    /// A number or name that comes from a fact; `v` is its display form.
    /// `form` says which of its numbers is shown and `unit` in which unit the text around counts, so that the number
    /// can be shown anew when the data change.
    Fact {
        v: String,
        id: String,
        #[serde(default, skip_serializing_if = "FactForm::is_value")]
        form: FactForm,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    Strong {
        v: String,
    },
    /// Cross reference to a table, chart or section by block id; the template prints 表3, 图2, 第二章.
    Ref {
        target: String,
    },
    Footnote {
        content: Vec<Inline>,
    },
}

/// A table. Rows are rectangular after spans are counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Table {
    pub id: String,
    /// 表题 without its number.
    pub caption: String,
    pub columns: Vec<TableColumn>,
    /// Header rows, outer to inner.
    pub header: Vec<Vec<Cell>>,
    pub rows: Vec<Row>,
    /// Printed at the upper right: 单位：家、%.
    pub unit: Option<String>,
    /// 资料来源.
    pub source: Option<String>,
    /// 注, one entry a line.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct TableColumn {
    pub align: Align,
    /// Relative width, 1.0 being a number column; 0 lets the template choose.
    pub weight: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// `total` rows are set off by a rule above.
    #[serde(default)]
    pub total: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Cell {
    pub v: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub colspan: u16,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rowspan: u16,
}

fn one() -> u16 {
    1
}
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_one(n: &u16) -> bool {
    *n <= 1
}

/// A chart, drawn natively by the templates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Chart {
    pub id: String,
    /// 图题 without its number.
    pub caption: String,
    pub kind: ChartKind,
    /// What the picture shows, in one or two sentences, for readers who cannot see it.
    pub alt: String,
    /// Unit of the value axis.
    pub unit: String,
    pub categories: Vec<String>,
    /// Row and column of each category's tile, like places on a map; empty when nothing says where they lie.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<(usize, usize)>>")]
    pub places: Vec<(usize, usize)>,
    pub series: Vec<Series>,
    /// Marked level such as a benchmark.
    pub reference: Option<Reference>,
    pub source: Option<String>,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// 柱形图.
    #[default]
    Bar,
    /// 条形图, for long labels and many categories.
    HorizontalBar,
    /// 簇状柱形图.
    GroupedBar,
    /// 堆积柱形图.
    StackedBar,
    Line,
    /// 面积图.
    Area,
    /// 雷达图: series over three or more categories of one unit.
    Radar,
    /// 热力表: categories down, series across, each cell shaded by its value.
    Heat,
    /// 分区图块: a tile for each category with its value; one series.
    Tiles,
    /// 环形图; one series.
    Ring,
    /// 目标路径: line from the present value to the target with yearly steps.
    TargetPath,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct Series {
    pub name: String,
    /// For geometry only; `None` where there is no value.
    pub values: Vec<Option<f64>>,
    /// What is printed beside each mark, from the same fact as the value.
    pub labels: Vec<String>,
    pub facts: Vec<Option<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reference {
    pub value: f64,
    pub label: String,
}

/// What a reader can learn of a fact without the project at hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, TS)]
pub struct FactNote {
    pub title: String,
    pub value: String,
    pub unit: String,
    pub formula: String,
    pub source: String,
    pub n: Option<u64>,
    pub missing: Option<u64>,
    pub as_of: Option<String>,
}

impl Document {
    /// Names by which texts refer to tables, charts and sections, by id, as the research report prints them: 表3, 附图1,
    /// 第二章（一）.
    pub fn names(&self) -> BTreeMap<String, String> {
        let mut names = Names::default();
        names.blocks(&self.summary.blocks, false);
        names.sections(&self.sections, "", true, false);
        names.out
    }
}

/// Counts tables and charts on the way through a document.
#[derive(Default)]
struct Names {
    out: BTreeMap<String, String>,
    counted: BTreeMap<&'static str, usize>,
}

impl Names {
    fn blocks(&mut self, blocks: &[Block], extra: bool) {
        for block in blocks {
            let kind = match (block, extra) {
                (Block::Table(_), false) => "表",
                (Block::Table(_), true) => "附表",
                (Block::Chart(_), false) => "图",
                (Block::Chart(_), true) => "附图",
                _ => continue,
            };
            let count = self.counted.entry(kind).or_default();
            *count += 1;
            self.out.insert(block.id().to_owned(), format!("{kind}{count}"));
        }
    }

    fn sections(&mut self, sections: &[Section], above: &str, chapters: bool, within: bool) {
        for s in sections {
            let extra = within || s.appendix;
            let bare = s.number.trim().trim_end_matches('、');
            let name = match bare {
                "" => format!("“{}”", s.title),
                _ if chapters && !extra => format!("第{bare}章"),
                _ if chapters || extra => format!("{above}{bare}"),
                _ => format!("{above}{}", bare.trim_end_matches('.')),
            };
            self.blocks(&s.blocks, extra);
            self.sections(&s.sections, if bare.is_empty() { "" } else { &name }, false, extra);
            self.out.insert(s.id.clone(), name);
        }
    }
}

impl Inline {
    pub fn text(v: impl Into<String>) -> Inline {
        Inline::Text { v: v.into() }
    }

    /// As people read it where what it refers to has these [names](Document::names); footnotes are left out.
    pub fn printed<'d>(&'d self, names: &'d BTreeMap<String, String>) -> &'d str {
        match self {
            Inline::Ref { target } => names.get(target).map_or("", String::as_str),
            other => other.words(),
        }
    }

    /// As people read it; cross references and footnotes are left out.
    pub fn words(&self) -> &str {
        match self {
            Inline::Text { v } | Inline::Fact { v, .. } | Inline::Strong { v } => v,
            Inline::Ref { .. } | Inline::Footnote { .. } => "",
        }
    }
}

impl Block {
    pub fn id(&self) -> &str {
        match self {
            Block::Paragraph { id, .. }
            | Block::Note { id, .. }
            | Block::List { id, .. }
            | Block::Remark { id, .. }
            | Block::Table(Table { id, .. })
            | Block::Chart(Chart { id, .. }) => id,
        }
    }

    /// Caption, title or the first forty characters: enough to recognise it in a list.
    pub fn first_words(&self) -> String {
        let content = match self {
            Block::Table(Table { caption, .. }) | Block::Chart(Chart { caption, .. }) => return caption.clone(),
            Block::Note { title, .. } if !title.is_empty() => return title.clone(),
            Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => content,
            Block::List { items, .. } => match items.first() {
                Some(first) => first,
                None => return String::new(),
            },
        };
        content.iter().flat_map(|i| i.words().chars()).take(40).collect()
    }

    fn contents_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                vec![content]
            }
            Block::List { items, .. } => items.iter_mut().collect(),
            Block::Table(_) | Block::Chart(_) => vec![],
        }
    }

    /// Gives the id of every fact shown, as often as it is shown.
    pub fn each_fact(&self, f: &mut impl FnMut(&str)) {
        fn inlines(content: &[Inline], f: &mut impl FnMut(&str)) {
            for i in content {
                match i {
                    Inline::Fact { id, .. } => f(id),
                    Inline::Footnote { content } => inlines(content, f),
                    _ => {}
                }
            }
        }
        match self {
            Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                inlines(content, f);
            }
            Block::List { items, .. } => items.iter().for_each(|item| inlines(item, f)),
            Block::Table(t) => {
                let cells = t.header.iter().flatten().chain(t.rows.iter().flat_map(|r| &r.cells));
                cells.filter_map(|c| c.fact.as_deref()).for_each(f);
            }
            Block::Chart(c) => c.series.iter().flat_map(|s| &s.facts).filter_map(Option::as_deref).for_each(f),
        }
    }
}

impl Chart {
    /// Kinds an author may exchange its own for; tiles only where it is known which places lie where.
    pub fn forms(&self) -> Vec<ChartKind> {
        let tiles = self.kind == ChartKind::Tiles || !self.places.is_empty();
        let all = self.kind.exchangeable(self.series.len(), self.categories.len()).iter().copied();
        all.filter(|kind| *kind != ChartKind::Tiles || tiles).collect()
    }
}

impl ChartKind {
    /// Kinds that can show the same series, its own included.
    pub fn exchangeable(self, series: usize, categories: usize) -> &'static [ChartKind] {
        use ChartKind::*;
        match self {
            TargetPath => &[TargetPath],
            _ if series <= 1 => &[Bar, HorizontalBar, Line, Area, Ring, Tiles],
            _ if categories >= 3 => &[GroupedBar, StackedBar, Line, Area, Heat, Radar],
            _ => &[GroupedBar, StackedBar, Line, Heat],
        }
    }
}

impl Document {
    /// Gives every run of inline content to `f`.
    pub fn each_content(&mut self, f: &mut impl FnMut(&mut Vec<Inline>)) {
        fn blocks(list: &mut [Block], f: &mut impl FnMut(&mut Vec<Inline>)) {
            list.iter_mut().flat_map(Block::contents_mut).for_each(f);
        }
        fn sections(list: &mut [Section], f: &mut impl FnMut(&mut Vec<Inline>)) {
            for s in list {
                blocks(&mut s.blocks, f);
                sections(&mut s.sections, f);
            }
        }
        blocks(&mut self.summary.blocks, f);
        sections(&mut self.sections, f);
    }

    /// Gives the id of every fact printed, as often as it is printed.
    pub fn each_fact(&self, f: &mut impl FnMut(&str)) {
        fn sections(list: &[Section], f: &mut impl FnMut(&str)) {
            for s in list {
                s.blocks.iter().for_each(|b| b.each_fact(f));
                sections(&s.sections, f);
            }
        }
        self.summary.key_figures.iter().for_each(|k| f(&k.fact));
        self.summary.blocks.iter().for_each(|b| b.each_fact(f));
        sections(&self.sections, f);
    }

    /// Characters of running text and headings, as the length of a briefing is counted.
    pub fn length(&self) -> usize {
        fn count(text: &str) -> usize {
            text.chars().filter(|c| !c.is_whitespace()).count()
        }
        fn blocks(list: &[Block]) -> usize {
            let content = |c: &[Inline]| c.iter().map(|i| count(i.words())).sum::<usize>();
            list.iter()
                .map(|b| match b {
                    Block::Paragraph { content: c, .. } | Block::Remark { content: c, .. } => content(c),
                    Block::Note { title, content: c, .. } => count(title) + content(c),
                    Block::List { items, .. } => items.iter().map(|i| content(i)).sum(),
                    Block::Table(_) | Block::Chart(_) => 0,
                })
                .sum()
        }
        fn sections(list: &[Section]) -> usize {
            list.iter().map(|s| count(&s.number) + count(&s.title) + blocks(&s.blocks) + sections(&s.sections)).sum()
        }
        blocks(&self.summary.blocks) + sections(&self.sections)
    }

    /// Title of a section, or what a block is known by in a list.
    pub fn name_of(&self, id: &str) -> Option<String> {
        fn find(list: &[Section], id: &str) -> Option<String> {
            list.iter().find_map(|s| {
                let own = (s.id == id).then(|| s.title.clone());
                own.or_else(|| of_block(&s.blocks, id)).or_else(|| find(&s.sections, id))
            })
        }
        fn of_block(list: &[Block], id: &str) -> Option<String> {
            list.iter().find(|b| b.id() == id).map(Block::first_words)
        }
        of_block(&self.summary.blocks, id).or_else(|| find(&self.sections, id))
    }

    /// The section of this id, at any depth.
    pub fn section_mut(&mut self, id: &str) -> Option<&mut Section> {
        fn find<'a>(list: &'a mut [Section], id: &str) -> Option<&'a mut Section> {
            for s in list {
                if s.id == id {
                    return Some(s);
                }
                if let Some(found) = find(&mut s.sections, id) {
                    return Some(found);
                }
            }
            None
        }
        find(&mut self.sections, id)
    }
}
