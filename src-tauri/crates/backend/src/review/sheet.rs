//! 核校意见表: a check as a paper to file with the draft. One structure, of which both the pages and the web page are made.

use super::{Checked, Spot};
use check::{Class, Finding, Severity};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::Path;

/// A check as a paper to file.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sheet {
    /// Name of the draft without its folder.
    pub(super) file: String,
    /// The date, written out.
    pub(super) date: String,
    pub(super) chars: usize,
    /// Findings by severity, and numbers by class, each with its title; all of the latter make `all`.
    pub(super) levels: Vec<Count>,
    pub(super) classes: Vec<Count>,
    pub(super) all: usize,
    pub(super) findings: Vec<Opinion>,
    /// The ledger, by the headings the numbers stand under.
    pub(super) ledger: Vec<Under>,
}

/// Numbers under one heading.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Under {
    pub(super) heading: String,
    pub(super) numbers: Vec<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Count {
    pub(super) title: &'static str,
    pub(super) count: usize,
}

/// A finding for people to decide on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Opinion {
    pub(super) number: usize,
    pub(super) rule: String,
    pub(super) topic: &'static str,
    pub(super) level: &'static str,
    pub(super) place: String,
    /// The words around with the quote.
    pub(super) runs: Vec<Run>,
    pub(super) reason: String,
    /// Other places the reason speaks of.
    pub(super) related: Vec<String>,
    pub(super) advice: String,
}

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Run {
    pub(super) v: String,
    pub(super) mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mark {
    /// Around the quote.
    None,
    /// The quote.
    Quote,
    /// What in the quote is wrong.
    Wrong,
}

/// A number of the ledger.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Number {
    pub(super) number: usize,
    pub(super) quote: String,
    /// Words around it, to tell it from others; of a table the name of its row and the head of its column.
    pub(super) context: String,
    pub(super) class: &'static str,
    pub(super) note: String,
    pub(super) place: String,
}

/// Characters shown before and after a quote.
const AROUND: usize = 18;

impl Sheet {
    pub(crate) fn of(checked: &Checked, date: NaiveDate) -> Sheet {
        let chars: Vec<char> = checked.draft.text.chars().collect();
        let review = &checked.review;
        let ledger = &review.numbers;
        let spots = checked.spots();
        let severities = [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| Count {
            title: severity.title(),
            count: review.findings.iter().filter(|f| f.severity == severity).count(),
        });
        let file = Path::new(&checked.file).file_name().map(|name| name.to_string_lossy().into_owned());
        Sheet {
            file: file.unwrap_or_else(|| checked.file.clone()),
            date: report::facts::chinese_date(date, survey::dataset::DatePrecision::Day),
            chars: review.chars,
            levels: severities.into(),
            classes: vec![
                Count { title: title(Class::Linked), count: ledger.linked },
                Count { title: title(Class::Verified), count: ledger.verified },
                Count { title: title(Class::Unverified), count: ledger.unverified },
                Count { title: title(Class::Exempt), count: ledger.exempt },
            ],
            all: ledger.total,
            findings: review
                .findings
                .iter()
                .enumerate()
                .map(|(at, finding)| opinion(at + 1, finding, &chars, &spots))
                .collect(),
            ledger: numbers(checked, &chars, &spots),
        }
    }
}

fn title(class: Class) -> &'static str {
    match class {
        Class::Linked => "出自工程",
        Class::Verified => "复算相符",
        Class::Unverified => "未能核实",
        Class::Exempt => "不是数量",
    }
}

/// The ledger with the place of each number.
fn numbers(checked: &Checked, chars: &[char], spots: &dyn Fn(usize) -> Spot) -> Vec<Under> {
    let mut out: Vec<Under> = Vec::new();
    for (at, entry) in checked.review.numbers.entries.iter().enumerate() {
        let spot = spots(entry.start);
        if out.last().is_none_or(|under| under.heading != spot.heading) {
            out.push(Under { heading: spot.heading, numbers: Vec::new() });
        }
        let around = || clause(chars, entry.start, entry.end, AROUND / 2).into_iter().map(|run| run.v).collect();
        let number = Number {
            number: at + 1,
            quote: entry.quote.clone(),
            context: checked.cell(entry.start, chars).unwrap_or_else(around),
            class: title(entry.class),
            note: entry.note.clone(),
            place: spot.words,
        };
        out.last_mut().expect("one was pushed").numbers.push(number);
    }
    out
}

fn written(spot: &Spot) -> String {
    let heading: String = spot.heading.chars().take(24).collect();
    let more = if spot.heading.chars().count() > 24 { "…" } else { "" };
    if heading.is_empty() { spot.words.clone() } else { format!("{heading}{more}　{}", spot.words) }
}

/// Words around a range, within its paragraph and broken at marks where there are some.
fn clause(chars: &[char], start: usize, end: usize, most: usize) -> Vec<Run> {
    let mut from = start;
    while from > 0 && start - from < most && !matches!(chars[from - 1], '\n' | '。' | '；' | '\t') {
        from -= 1;
    }
    let mut to = end;
    while to < chars.len() && to - end < most && !matches!(chars[to], '\n' | '\t') {
        to += 1;
        if matches!(chars[to - 1], '。' | '；') {
            break;
        }
    }
    let cut_before = from > 0 && start - from == most;
    let cut_after = to < chars.len() && to - end == most;
    let text = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    let before = format!("{}{}", if cut_before { "…" } else { "" }, text(from..start));
    let after = format!("{}{}", text(end..to), if cut_after { "…" } else { "" });
    let runs = [(before, Mark::None), (text(start..end), Mark::Quote), (after, Mark::None)];
    runs.into_iter().filter(|(v, _)| !v.is_empty()).map(|(v, mark)| Run { v, mark }).collect()
}

fn opinion(number: usize, f: &Finding, chars: &[char], spot: &dyn Fn(usize) -> Spot) -> Opinion {
    let mut runs = clause(chars, f.start, f.end, AROUND);
    let change = f.suggestion.as_ref().filter(|s| s.start >= f.start && s.end <= f.end);
    if let Some(s) = change.filter(|s| s.start < s.end)
        && let Some(at) = runs.iter().position(|run| run.mark == Mark::Quote)
    {
        let text = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
        let parts = [(f.start..s.start, Mark::Quote), (s.start..s.end, Mark::Wrong), (s.end..f.end, Mark::Quote)];
        let parts = parts.into_iter().filter(|(range, _)| !range.is_empty());
        runs.splice(at..=at, parts.map(|(range, mark)| Run { v: text(range), mark }));
    }
    let advice = match (&f.suggestion, &f.expected) {
        (Some(s), _) => {
            let old: String = chars.get(s.start..s.end).unwrap_or_default().iter().collect();
            match (old.is_empty(), s.text.is_empty()) {
                (true, _) => format!("补“{}”", s.text),
                (false, true) => format!("删去“{old}”"),
                (false, false) => format!("“{old}”改为“{}”", s.text),
            }
        }
        (None, Some(expected)) => format!("应为 {expected}"),
        (None, None) => "请核实".to_owned(),
    };
    // Places under one heading are named once.
    let mut places: Vec<(String, Vec<&str>)> = Vec::new();
    for place in f.related.iter().filter(|place| place.end <= f.start || place.start >= f.end) {
        let stands = written(&spot(place.start));
        match places.iter_mut().find(|(known, _)| *known == stands) {
            Some((_, quotes)) if quotes.contains(&place.quote.as_str()) => {}
            Some((_, quotes)) => quotes.push(place.quote.as_str()),
            None => places.push((stands, vec![place.quote.as_str()])),
        }
    }
    let related = places.into_iter().map(|(place, quotes)| format!("{place}：{}", quotes.join("、"))).collect();
    Opinion {
        number,
        rule: f.rule.clone(),
        topic: f.kind.title(),
        level: f.severity.title(),
        place: written(&spot(f.start)),
        runs,
        reason: f.reason.clone(),
        related,
        advice,
    }
}
