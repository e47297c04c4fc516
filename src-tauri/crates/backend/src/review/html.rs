//! 核校意见表 as one page of the web: the list beside the full text, each finding and its place leading to the other.
//! All words are escaped; the page needs nothing from outside and runs no script.

use super::Checked;
use super::sheet::{Mark, Run, Sheet};
use check::{Class, PartKind, Severity};
use std::fmt::Write;
use std::ops::Range;

const STYLE: &str = include_str!("report.css");

pub(super) fn page(sheet: &Sheet, checked: &Checked) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>核校意见表　{}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n",
        escaped(&sheet.file)
    );
    head(sheet, &mut out);
    out.push_str("<div class=\"both\">\n<section class=\"list\" aria-label=\"核校意见\">\n<h2>核校意见</h2>\n");
    findings(sheet, checked, &mut out);
    out.push_str("</section>\n<section class=\"text\" aria-label=\"原文\">\n<h2>原文</h2>\n");
    text(checked, &mut out);
    out.push_str("</section>\n</div>\n");
    ledger(sheet, &mut out);
    out.push_str("</body>\n</html>\n");
    out
}

fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a string takes all");
}

/// Text as text, whatever it holds.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn head(sheet: &Sheet, out: &mut String) {
    put(out, format_args!("<header>\n<h1>核校意见表</h1>\n<dl>\n<dt>文稿</dt><dd>{}</dd>\n", escaped(&sheet.file)));
    put(out, format_args!("<dt>核校日期</dt><dd>{}</dd>\n<dt>篇幅</dt><dd>{} 字</dd>\n", sheet.date, sheet.chars));
    let counts = |list: &[super::sheet::Count]| -> String {
        list.iter().map(|c| format!("{} {}", c.title, c.count)).collect::<Vec<_>>().join("，")
    };
    put(out, format_args!("<dt>意见</dt><dd>{} 条：{}</dd>\n", sheet.findings.len(), counts(&sheet.levels)));
    put(out, format_args!("<dt>数字</dt><dd>{} 个：{}</dd>\n</dl>\n</header>\n", sheet.all, counts(&sheet.classes)));
}

fn runs(list: &[Run]) -> String {
    let run = |run: &Run| match run.mark {
        Mark::None => escaped(&run.v),
        Mark::Quote => format!("<b>{}</b>", escaped(&run.v)),
        Mark::Wrong => format!("<b class=\"wrong\">{}</b>", escaped(&run.v)),
    };
    list.iter().map(run).collect()
}

fn class_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn findings(sheet: &Sheet, checked: &Checked, out: &mut String) {
    if sheet.findings.is_empty() {
        out.push_str("<p>没有发现矛盾。</p>\n");
        return;
    }
    out.push_str("<ol>\n");
    for (opinion, finding) in sheet.findings.iter().zip(&checked.review.findings) {
        put(out, format_args!("<li id=\"f{}\" class=\"{}\">\n", opinion.number, class_of(finding.severity)));
        put(
            out,
            format_args!(
                "<p class=\"what\"><span class=\"level\">{}</span> {}　<a href=\"#t{}\">{}</a></p>\n",
                opinion.level,
                opinion.topic,
                opinion.number,
                escaped(&opinion.place)
            ),
        );
        put(
            out,
            format_args!("<blockquote>{}</blockquote>\n<p>{}</p>\n", runs(&opinion.runs), escaped(&opinion.reason)),
        );
        if !opinion.related.is_empty() {
            let related: Vec<String> = opinion.related.iter().map(|r| escaped(r)).collect();
            put(out, format_args!("<p class=\"related\">参见：{}</p>\n", related.join("；")));
        }
        put(
            out,
            format_args!(
                "<p class=\"advice\">{}<span class=\"rule\">{}</span></p>\n</li>\n",
                escaped(&opinion.advice),
                escaped(&opinion.rule)
            ),
        );
    }
    out.push_str("</ol>\n");
}

/// The whole text, with places of findings marked and numbers told apart by class.
fn text(checked: &Checked, out: &mut String) {
    let chars: Vec<char> = checked.draft.text.chars().collect();
    for part in &checked.draft.parts {
        let words = |range: &Range<usize>| marked(&chars, range.clone(), checked);
        match &part.kind {
            PartKind::Heading { level } => {
                let tag = (usize::from(*level) + 2).min(6);
                put(out, format_args!("<h{tag}>{}</h{tag}>\n", words(&part.range)));
            }
            PartKind::Paragraph => put(out, format_args!("<p>{}</p>\n", words(&part.range))),
            PartKind::Caption => put(out, format_args!("<p class=\"caption\">{}</p>\n", words(&part.range))),
            PartKind::Footnote => put(out, format_args!("<p class=\"note\">{}</p>\n", words(&part.range))),
            PartKind::Table { rows } => {
                out.push_str("<div class=\"wide\"><table>\n");
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{}</td>", words(cell))).collect();
                    put(out, format_args!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</table></div>\n");
            }
        }
    }
}

/// A range of the text with its marks. Findings may overlap, so marks end wherever one of them begins or ends.
fn marked(chars: &[char], range: Range<usize>, checked: &Checked) -> String {
    let findings: Vec<(usize, &check::Finding)> = checked
        .review
        .findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.start < range.end && range.start < f.end)
        .collect();
    let entries = &checked.review.numbers.entries;
    let first = entries.partition_point(|e| e.end <= range.start);
    let numbers: Vec<&check::Entry> = entries[first..].iter().take_while(|e| e.start < range.end).collect();
    let mut cuts: Vec<usize> = vec![range.start, range.end];
    cuts.extend(findings.iter().flat_map(|(_, f)| [f.start, f.end]));
    cuts.extend(numbers.iter().flat_map(|e| [e.start, e.end]));
    cuts.retain(|cut| range.contains(cut) || *cut == range.end);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        for (at, f) in &findings {
            // A quote over several cells is marked in each, and named where it begins.
            if f.start.max(range.start) == start && range.contains(&f.start) {
                put(&mut out, format_args!("<a id=\"t{}\"></a>", at + 1));
            }
        }
        let mut words = escaped(&chars[start..end].iter().collect::<String>());
        if let Some(number) = numbers.iter().find(|e| e.start <= start && end <= e.end) {
            let class = match number.class {
                Class::Linked => "linked",
                Class::Verified => "verified",
                Class::Unverified => "unverified",
                Class::Exempt => "exempt",
            };
            words = format!("<span class=\"{class}\" title=\"{}\">{words}</span>", escaped(&number.note));
        }
        if let Some((_, gravest)) =
            findings.iter().filter(|(_, f)| f.start <= start && end <= f.end).min_by_key(|(_, f)| f.severity)
        {
            words = format!("<mark class=\"{}\">{words}</mark>", class_of(gravest.severity));
        }
        out.push_str(&words);
        for (at, f) in &findings {
            if f.end == end {
                put(&mut out, format_args!("<sup><a href=\"#f{0}\">{0}</a></sup>", at + 1));
            }
        }
    }
    out
}

fn ledger(sheet: &Sheet, out: &mut String) {
    out.push_str(
        "<section class=\"ledger\">\n<h2>附：数字台账</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>序号</th>\
         <th>数字</th><th>所在文字</th><th>类别</th><th>依据</th><th>位置</th></tr></thead>\n",
    );
    for under in &sheet.ledger {
        out.push_str("<tbody>\n");
        if !under.heading.is_empty() {
            put(out, format_args!("<tr><th colspan=\"6\">{}</th></tr>\n", escaped(&under.heading)));
        }
        for n in &under.numbers {
            put(
                out,
                format_args!(
                    "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                    n.number,
                    escaped(&n.quote),
                    escaped(&n.context),
                    n.class,
                    escaped(&n.note),
                    escaped(&n.place)
                ),
            );
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table></div>\n</section>\n");
}
