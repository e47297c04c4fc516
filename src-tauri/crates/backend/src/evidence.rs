//! The evidence annex 证据附件: a workbook in which every number of the report can be followed to its source.

use crate::desk::each_block;
use crate::error::{Code, Error, Result};
use crate::project::Draft;
use report::document::{Block, Cell, Inline};
use report::views::{FactLine, FindingView, PartView};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;

/// Characters that one cell can hold.
const CELL: usize = 32_767;
/// Digits that a workbook keeps of a number; longer ones are written as text.
const DIGITS: usize = 15;

/// A sheet: titles of its columns with their widths in characters, and its rows.
struct Sheet {
    name: &'static str,
    columns: &'static [(&'static str, f64)],
    rows: Vec<Vec<String>>,
}

/// The annex of a report as it stands. `go_on` is asked now and then and may end the work.
pub(crate) fn workbook(draft: &Draft, go_on: &mut dyn FnMut() -> Result<()>) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    for make in [facts, findings, measures, targets, ledger] {
        go_on()?;
        fill(book.add_worksheet(), &make(draft)).map_err(refused)?;
    }
    go_on()?;
    book.save_to_buffer().map_err(refused)
}

fn refused(e: XlsxError) -> Error {
    Error::new(Code::Failed, format!("生成证据附件失败：{e}。"))
}

fn fill(to: &mut Worksheet, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    let edge = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00C8_C4BF));
    let head = edge.clone().set_bold().set_background_color(Color::RGB(0x00F4_F3F1)).set_text_wrap();
    let text = edge.clone().set_text_wrap().set_align(FormatAlign::Top);
    to.set_name(sheet.name)?;
    for ((title, width), at) in sheet.columns.iter().zip(0..) {
        to.set_column_width(at, *width)?;
        to.write_string_with_format(0, at, *title, &head)?;
    }
    for (row, line) in sheet.rows.iter().zip(1..) {
        for (value, at) in row.iter().zip(0..) {
            // A number that a workbook holds exactly stays a number, so that people can sum it.
            let digits = value.chars().filter(char::is_ascii_digit).count();
            let plain = !value.starts_with('+') && digits <= DIGITS && digits > 0;
            let number = value.parse::<f64>().ok().filter(|n| plain && n.is_finite() && !value.contains(['e', 'E']));
            match number {
                Some(n) => {
                    let places = value.split_once('.').map_or(0, |(_, p)| p.len());
                    let form = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
                    to.write_number_with_format(line, at, n, &text.clone().set_num_format(form))?;
                }
                None => {
                    let clipped: String = value.chars().take(CELL).collect();
                    to.write_string_with_format(line, at, clipped, &text)?;
                }
            }
        }
    }
    let last = u16::try_from(sheet.columns.len()).expect("columns are named above, a few");
    to.set_freeze_panes(1, 0)?;
    to.autofilter(0, 0, u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX), last - 1)?;
    to.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn count(n: Option<u64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn facts(draft: &Draft) -> Sheet {
    let rows = draft.analysis().facts.iter().map(|f| {
        vec![
            f.id.clone(),
            f.title.clone(),
            f.value.clone(),
            f.unit.clone(),
            f.exact.clone(),
            count(f.n),
            count(f.missing),
            count(f.rows),
            f.formula.clone(),
            f.source.clone(),
            f.as_of.clone().unwrap_or_default(),
        ]
    });
    Sheet {
        name: "指标",
        columns: &[
            ("代号", 24.0),
            ("指标", 34.0),
            ("数值", 12.0),
            ("单位", 8.0),
            ("精确值", 18.0),
            ("有效样本", 10.0),
            ("缺失", 8.0),
            ("对应记录", 10.0),
            ("计算方法", 40.0),
            ("来源", 26.0),
            ("时点", 14.0),
        ],
        rows: rows.collect(),
    }
}

/// Lines of one cell.
fn lines(list: impl IntoIterator<Item = String>) -> String {
    list.into_iter().collect::<Vec<_>>().join("\n")
}

fn fact_text(f: &FactLine) -> String {
    let base = f.n.map(|n| format!("（n={n}）")).unwrap_or_default();
    format!("{}：{}{base}", f.title, f.shown)
}

fn part_text(p: &PartView) -> String {
    let value = p.value.as_deref().unwrap_or("不计");
    let of = p.facts.iter().map(|f| match &f.against {
        Some(against) => format!("{}，对照{against}", fact_text(&f.fact)),
        None => fact_text(&f.fact),
    });
    let of: Vec<String> = of.collect();
    let of = if of.is_empty() { String::new() } else { format!("：{}", of.join("；")) };
    format!("{}（权重{}）{value}{of}", p.title, p.weight)
}

/// A status as people say it.
fn status(status: &str) -> &str {
    match status {
        "accepted" => "已接受",
        "rejected" => "不采用",
        "suggested" => "建议",
        "insufficient" => "证据不足",
        _ => "未达到写入标准",
    }
}

fn findings(draft: &Draft) -> Sheet {
    let row = |f: &FindingView| {
        vec![
            f.number.clone().unwrap_or_default(),
            f.heading.as_ref().map_or_else(|| f.title.clone(), |h| h.text.clone()),
            f.title.clone(),
            f.severity.clone().unwrap_or_default(),
            f.grade.clone(),
            status(&f.status).to_owned(),
            if f.included { "是".to_owned() } else { String::new() },
            f.arithmetic.clone(),
            lines(f.parts.iter().map(part_text)),
            lines(f.evidence.iter().map(fact_text)),
            lines(f.counter.iter().map(fact_text)),
            lines(f.criteria.iter().map(|c| {
                let value = c.value.as_ref().map_or("待填".to_owned(), |v| format!("{v}{}", c.unit));
                let changed = if c.changed { "，已改" } else { "" };
                format!("{}：{value}（{}，{}{changed}）", c.title, c.valid, c.source)
            })),
            f.missing.join("、"),
        ]
    };
    Sheet {
        name: "问题",
        columns: &[
            ("序号", 6.0),
            ("标题", 34.0),
            ("问题", 18.0),
            ("程度分", 8.0),
            ("程度", 10.0),
            ("状态", 12.0),
            ("写入报告", 9.0),
            ("算式", 44.0),
            ("分项", 50.0),
            ("证据", 44.0),
            ("反证", 36.0),
            ("依据", 50.0),
            ("缺少", 28.0),
        ],
        rows: draft.composed.1.views.findings.iter().map(row).collect(),
    }
}

fn measures(draft: &Draft) -> Sheet {
    let views = &draft.composed.1.views;
    let heading = |id: &String| {
        let f = views.findings.iter().find(|f| f.id == *id);
        f.map(|f| f.heading.as_ref().map_or_else(|| f.title.clone(), |h| h.text.clone())).unwrap_or_default()
    };
    let theme = |id: &String| views.themes.iter().find(|t| t.id == *id).map(|t| t.heading.clone()).unwrap_or_default();
    let told = views.measures.iter().filter(|m| m.included || !m.answers.is_empty() || m.status != "suggested");
    let rows = told.map(|m| {
        vec![
            theme(&m.theme),
            m.title.clone(),
            lines(m.answers.iter().map(heading)),
            m.lead.join("、"),
            m.support.join("、"),
            m.kpi.clone(),
            m.horizon_shown.clone(),
            m.instrument.clone(),
            m.precondition.clone(),
            m.basis.clone(),
            status(&m.status).to_owned(),
            if m.included { "是".to_owned() } else { String::new() },
        ]
    });
    Sheet {
        name: "对策与责任",
        columns: &[
            ("主题", 26.0),
            ("对策", 26.0),
            ("回应问题", 34.0),
            ("牵头单位", 20.0),
            ("配合单位", 26.0),
            ("考核目标", 34.0),
            ("完成时限", 10.0),
            ("政策工具", 10.0),
            ("前提条件", 26.0),
            ("依据", 30.0),
            ("状态", 9.0),
            ("写入报告", 9.0),
        ],
        rows: rows.collect(),
    }
}

fn targets(draft: &Draft) -> Sheet {
    let or = |v: &Option<String>| v.clone().unwrap_or_default();
    let rows = draft.composed.1.views.targets.iter().map(|t| {
        vec![
            t.title.clone(),
            or(&t.current),
            or(&t.current_as_of),
            or(&t.current_source),
            t.target.clone(),
            t.year.map(|y| y.to_string()).unwrap_or_default(),
            or(&t.gap),
            or(&t.multiple),
            or(&t.growth),
            or(&t.step),
            lines(
                t.readings
                    .iter()
                    .map(|r| format!("{}{}，历史{}，比值{}：{}", r.title, r.needed, r.past, r.ratio, r.grade)),
            ),
            t.grade.clone(),
            t.reason.clone(),
            lines(t.path.iter().map(|s| format!("{}：{}", s.label, s.shown))),
            t.department.clone(),
            t.basis.clone(),
        ]
    });
    Sheet {
        name: "目标测算",
        columns: &[
            ("目标", 26.0),
            ("现值", 12.0),
            ("现值时点", 14.0),
            ("现值来源", 24.0),
            ("目标值", 12.0),
            ("目标年", 8.0),
            ("缺口", 12.0),
            ("倍数", 8.0),
            ("所需年均增速", 12.0),
            ("年均净增", 12.0),
            ("两种读法", 46.0),
            ("判级", 12.0),
            ("说明", 34.0),
            ("分年路径", 20.0),
            ("责任单位", 18.0),
            ("目标出处", 26.0),
        ],
        rows: rows.collect(),
    }
}

/// Every number on the pages: those of facts with their fact, others as they stand.
fn ledger(draft: &Draft) -> Sheet {
    let mut ledger = Ledger { draft, rows: Vec::new(), section: String::new() };
    let document = &draft.edited.document;
    let names = section_names(document);
    for k in &document.summary.key_figures {
        ledger.section.clone_from(&document.summary.title);
        ledger.fact(&k.label, &format!("{}{}", k.value, k.unit), &k.fact);
    }
    each_block(document, &mut |section, b| {
        let named = names.get(section).cloned();
        ledger.section = named.unwrap_or_else(|| document.summary.title.clone());
        ledger.block(b);
    });
    Sheet {
        name: "数字台账",
        columns: &[
            ("章节", 30.0),
            ("段块", 34.0),
            ("页面上的数", 14.0),
            ("来历", 12.0),
            ("事实代号", 26.0),
            ("事实", 34.0),
            ("精确值", 18.0),
            ("来源", 26.0),
        ],
        rows: ledger.rows,
    }
}

fn section_names(document: &report::Document) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut todo: Vec<&report::document::Section> = document.sections.iter().collect();
    while let Some(s) = todo.pop() {
        names.insert(s.id.clone(), format!("{}{}", s.number, s.title));
        todo.extend(&s.sections);
    }
    names
}

struct Ledger<'a> {
    draft: &'a Draft,
    rows: Vec<Vec<String>>,
    section: String,
}

impl Ledger<'_> {
    fn block(&mut self, b: &Block) {
        let name = b.first_words();
        match b {
            Block::Paragraph { content, .. } | Block::Note { content, .. } | Block::Remark { content, .. } => {
                self.inlines(&name, content);
            }
            Block::List { items, .. } => items.iter().for_each(|item| self.inlines(&name, item)),
            Block::Table(t) => {
                let cells = t.header.iter().flatten().chain(t.rows.iter().flat_map(|r| &r.cells));
                cells.for_each(|c| self.cell(&name, c));
                t.notes.iter().for_each(|n| self.plain(&name, n));
            }
            Block::Chart(c) => {
                for s in &c.series {
                    for (label, fact) in s.labels.iter().zip(&s.facts) {
                        match fact {
                            Some(id) => self.fact(&name, label, id),
                            None => self.plain(&name, label),
                        }
                    }
                }
            }
        }
    }

    fn inlines(&mut self, name: &str, content: &[Inline]) {
        for i in content {
            match i {
                Inline::Fact { v, id, .. } => self.fact(name, v, id),
                Inline::Text { v } | Inline::Strong { v } => self.plain(name, v),
                Inline::Footnote { content } => self.inlines(name, content),
                Inline::Ref { .. } => {}
            }
        }
    }

    fn cell(&mut self, name: &str, c: &Cell) {
        match &c.fact {
            Some(id) => self.fact(name, &c.v, id),
            None => self.plain(name, &c.v),
        }
    }

    fn fact(&mut self, name: &str, shown: &str, id: &str) {
        let fact = self.draft.composed.1.facts.get(id);
        let [title, exact, source] = fact.map(|f| [f.title.clone(), f.exact(), f.source.clone()]).unwrap_or_default();
        self.row(name, shown, "指标", id, [title, exact, source]);
    }

    fn plain(&mut self, name: &str, text: &str) {
        for number in numbers(text) {
            self.row(name, number, "文字中的数", "", Default::default());
        }
    }

    fn row(&mut self, name: &str, shown: &str, kind: &str, id: &str, [title, exact, source]: [String; 3]) {
        let row = [&self.section, name, shown, kind, id, &title, &exact, &source];
        self.rows.push(row.map(str::to_owned).to_vec());
    }
}

/// Runs of digits with their decimal point, thousands marks and percent sign.
fn numbers(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = &rest[at..];
        let mut end = 0;
        let mut chars = tail.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let inner = matches!(c, '.' | ',') && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
            if !c.is_ascii_digit() && !inner {
                if matches!(c, '%' | '‰') {
                    end = i + c.len_utf8();
                }
                break;
            }
            end = i + c.len_utf8();
        }
        out.push(&tail[..end]);
        rest = &tail[end..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_in_text_are_found_with_their_point_and_percent_sign() {
        assert_eq!(numbers("2023年共1,234.5万元，占12.0%。见第3章"), ["2023", "1,234.5", "12.0%", "3"]);
        assert!(numbers("没有数").is_empty());
    }
}
