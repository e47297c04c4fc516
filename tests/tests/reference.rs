//! The figures of the reference article, recomputed from the example's workbooks and found in its document, each with
//! the right number and said of the right subject.
//!
//! `reference/figures.csv` holds all 72 of them. `printed` is what the article printed, `value` what is right (another
//! number where the article was wrong), `unit` the unit this report uses (one classifier for one thing, 家 for all
//! enterprises). `fact` names the fact that carries the number; without one the figure is part of a name, date or
//! class limit. `subject` lists words that must stand in the same sentence or table row.

use report::analysis::{FactOut, TargetOut};
use report::document::{Inline, Table};
use std::collections::BTreeSet;
use yance_tests::example::{Example, tech};
use yance_tests::text::{charts, passages, plain, read, row, sentences, tables};

struct Figure {
    id: String,
    printed: String,
    value: String,
    unit: String,
    kind: String,
    fact: String,
    subject: Vec<String>,
}

fn figures() -> Vec<Figure> {
    let mut reader = csv::Reader::from_reader(include_str!("../reference/figures.csv").as_bytes());
    let columns = ["id", "label", "printed", "value", "unit", "kind", "fact", "subject"];
    assert_eq!(reader.headers().unwrap(), &columns[..]);
    let figure = |r: csv::StringRecord| Figure {
        id: r[0].to_owned(),
        printed: r[2].to_owned(),
        value: r[3].to_owned(),
        unit: r[4].to_owned(),
        kind: r[5].to_owned(),
        fact: r[6].to_owned(),
        subject: r[7].split('；').map(str::to_owned).collect(),
    };
    reader.records().map(|r| figure(r.unwrap())).collect()
}

/// A sentence or a row of a table (with the table's caption and head), and the facts printed in it.
struct Carrier {
    text: String,
    facts: Vec<(String, String)>,
}

fn carriers(example: &Example) -> Vec<Carrier> {
    let mut out = Vec::new();
    for passage in passages(&example.document) {
        for sentence in sentences(passage.content) {
            let facts = sentence.iter().filter_map(|i| match i {
                Inline::Fact { v, id, .. } => Some((id.clone(), v.clone())),
                _ => None,
            });
            out.push(Carrier { facts: facts.collect(), text: read(&sentence) });
        }
    }
    for table in tables(&example.document) {
        let head = |t: &Table| {
            let words: Vec<&str> = t.header.iter().flatten().map(|c| c.v.as_str()).collect();
            format!("{} {} {}", t.caption, words.join(" "), t.source.as_deref().unwrap_or_default())
        };
        for r in &table.rows {
            let facts = r.cells.iter().filter_map(|c| Some((c.fact.clone()?, c.v.clone())));
            out.push(Carrier { facts: facts.collect(), text: format!("{} {}", head(table), row(r)) });
        }
    }
    out
}

fn fact<'a>(example: &'a Example, id: &str) -> &'a FactOut {
    let found = example.analysis.facts.iter().find(|f| f.id == id);
    found.unwrap_or_else(|| panic!("the analysis has no fact {id}"))
}

/// `numerator / denominator` as a percentage with one decimal, half up, in whole numbers.
fn percent(numerator: u64, denominator: u64) -> String {
    let tenths = (numerator * 2000 + denominator) / (denominator * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[test]
fn percentages_of_this_test_are_rounded_half_up() {
    assert_eq!(percent(1, 8), "12.5");
    assert_eq!(percent(1, 16), "6.3", "6.25 goes up");
    assert_eq!(percent(55, 681), "8.1", "55/681 = 8.076 %");
    assert_eq!(percent(35, 681), "5.1", "35/681 = 5.139 %");
}

#[test]
fn every_figure_stands_in_the_document_with_its_number_and_its_subject() {
    let example = tech();
    let carriers = carriers(example);
    let figures = figures();
    let ids: BTreeSet<&str> = figures.iter().map(|f| f.id.as_str()).collect();
    assert_eq!((figures.len(), ids.len()), (72, 72), "all figures of the article, each once");
    let mut wrong = Vec::new();
    for f in &figures {
        let says = |c: &&Carrier| f.subject.iter().all(|word| c.text.contains(word));
        if f.fact.is_empty() {
            assert!(
                ["date", "threshold", "doc-number"].contains(&f.kind.as_str()),
                "{}: a {} is computed or cited, so it has a fact",
                f.id,
                f.kind
            );
            assert!(f.subject.iter().any(|word| word.contains(&f.value)), "{}: the words carry the number", f.id);
            if !carriers.iter().any(|c| says(&c)) {
                wrong.push(format!("{}: nowhere stands {:?}", f.id, f.subject));
            }
            continue;
        }
        let Some(note) = example.document.facts.get(&f.fact) else {
            wrong.push(format!("{}: the document has no fact {}", f.id, f.fact));
            continue;
        };
        if (note.value.as_str(), note.unit.as_str()) != (f.value.as_str(), f.unit.as_str()) {
            wrong.push(format!("{}: {} is {}{}, should be {}{}", f.id, f.fact, note.value, note.unit, f.value, f.unit));
        }
        let printing: Vec<&Carrier> = carriers.iter().filter(|c| c.facts.iter().any(|(id, _)| *id == f.fact)).collect();
        // Annex tables print the unit in the cell.
        let shown = [f.value.clone(), format!("{}{}", f.value, f.unit)];
        if let Some(odd) = printing.iter().find(|c| !c.facts.iter().any(|(id, v)| *id == f.fact && shown.contains(v))) {
            wrong.push(format!("{}: {} is not printed as {} in: {}", f.id, f.fact, f.value, odd.text));
        }
        if !printing.iter().any(says) {
            wrong.push(format!("{}: {} is never said of {:?}", f.id, f.fact, f.subject));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shares_are_those_of_their_counts() {
    let example = tech();
    let mut checked = 0;
    for f in figures().iter().filter(|f| f.kind == "share" && f.fact.ends_with("/share")) {
        let share = fact(example, &f.fact);
        let (numerator, denominator) = share.exact.split_once('/').expect("a share is held as a fraction");
        let (numerator, denominator): (u64, u64) = (numerator.parse().unwrap(), denominator.parse().unwrap());
        // The fraction may be reduced (19/57 = 1/3); the counts behind it are not.
        let counts = (share.numerator.as_deref().unwrap(), share.denominator.as_deref().unwrap());
        let counts: (u64, u64) = (counts.0.parse().unwrap(), counts.1.parse().unwrap());
        assert_eq!(numerator * counts.1, denominator * counts.0, "{}: {}", f.id, share.exact);
        assert_eq!(counts.0.to_string(), fact(example, &f.fact.replace("/share", "/count")).value, "{}", f.id);
        assert_eq!(percent(counts.0, counts.1), f.value, "{}: {}/{}", f.id, counts.0, counts.1);
        checked += 1;
    }
    assert_eq!(checked, 8 + 6 + 2, "fields, revenue classes, two classes of key enterprises");
}

#[test]
fn the_two_wrong_shares_of_the_article_are_corrected() {
    let corrected: Vec<Figure> = figures()
        .into_iter()
        .filter(|f| f.kind == "share" && f.printed.parse::<f64>().ok() != f.value.parse::<f64>().ok())
        .collect();
    assert_eq!(corrected.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["N19", "N43"]);
    let example = tech();
    for c in carriers(example) {
        assert!(!(c.text.contains("新材料") && c.text.contains("8.2%")), "{}", c.text);
    }
    let share = "hnte-by-field/新材料/share";
    for c in charts(&example.document) {
        for series in &c.series {
            for (id, label) in series.facts.iter().zip(&series.labels) {
                assert!(id.as_deref() != Some(share) || label == "8.1", "{}: {label}", c.caption);
            }
        }
        assert!(!c.alt.contains("新材料 8.2"), "{}", c.alt);
    }
    let whole = plain(&example.document);
    for garbled in ["5 .10", "5.10", ".%", ". %"] {
        assert!(!whole.contains(garbled), "{garbled} stands in the document");
    }
}

#[test]
fn both_groupings_sum_to_the_enterprises_of_the_ledger() {
    let example = tech();
    for (base, groups, total) in [("hnte-by-field", 8, 681), ("revenue-classes-first", 6, 681), ("key-by-class", 5, 57)]
    {
        let parts: Vec<u64> = example
            .analysis
            .facts
            .iter()
            .filter(|f| f.id.starts_with(&format!("{base}/")) && f.id.ends_with("/count"))
            .map(|f| f.value.parse().unwrap())
            .collect();
        assert_eq!(parts.len(), groups, "{base}");
        assert_eq!(parts.iter().sum::<u64>(), total, "{base}: {parts:?}");
        let table = tables(&example.document);
        let table = table.iter().find(|t| t.id.ends_with(&format!("table/{base}"))).expect("printed as a table");
        let last = table.rows.last().unwrap();
        assert!(last.total && last.cells[1].v == total.to_string(), "{base}: {}", row(last));
        let column: u64 = table.rows[..groups].iter().map(|r| r.cells[1].v.parse::<u64>().unwrap()).sum();
        assert_eq!(column, total, "{base}: the printed column");
        // The note on rounding stands exactly where the printed shares do not sum to 100.
        let tenths: u64 =
            table.rows[..groups].iter().map(|r| r.cells[2].v.replace('.', "").parse::<u64>().unwrap()).sum();
        assert_eq!(tenths != 1000, table.notes.iter().any(|n| n.contains("四舍五入")), "{base}: {tenths}");
    }
}

#[test]
fn the_two_totals_are_stated_with_their_dates_and_the_difference_is_explained() {
    let example = tech();
    assert_eq!(
        (fact(example, "hnte-count").value.as_str(), fact(example, "hnte-count").source.as_str()),
        ("797", "市科技局")
    );
    assert_eq!(fact(example, "enterprise-count").value, "681");
    assert_eq!(fact(example, "enterprise-count").as_of.as_deref(), Some("2022年末"));
    let passages = passages(&example.document);
    let said = |p: &&yance_tests::text::Passage| {
        let printed = |id: &str| p.content.iter().any(|i| matches!(i, Inline::Fact { id: found, .. } if found == id));
        printed("hnte-count") && printed("enterprise-count")
    };
    let both: Vec<String> = passages.iter().filter(said).map(|p| read(p.content)).collect();
    let text = both.iter().find(|t| t.contains("116家")).expect("one paragraph says how far apart the totals are");
    for part in ["797家", "2023年末", "681家", "2022年末", "市科技局", "台账", "时点", "分母", "802家"]
    {
        assert!(text.contains(part), "“{part}” is missing: {text}");
    }
    // 681 enterprises are the base of every share of the two groupings, 797 of none.
    for f in &example.analysis.facts {
        if (f.id.starts_with("hnte-by-field/") || f.id.starts_with("revenue-classes-first/"))
            && f.id.ends_with("/share")
        {
            assert_eq!((f.n, f.denominator.as_deref()), (Some(681), Some("681")), "{}", f.id);
        }
    }
}

fn target<'a>(example: &'a Example, title: &str) -> &'a TargetOut {
    example.analysis.targets.iter().find(|t| t.title == title).unwrap_or_else(|| panic!("no target {title}"))
}

#[test]
fn target_arithmetic_is_that_of_the_handbook() {
    let example = tech();
    let t = target(example, "科技型企业数");
    // 797 → 1500 in 4 years: 703 more, 1500/797 = 1.882, fourth root of it 1.1713, 703/4 = 175.75.
    assert_eq!(
        (t.current.as_deref(), t.target.as_str(), t.year, t.gap.as_deref()),
        (Some("797"), "1500", 2027, Some("703"))
    );
    assert_eq!((t.multiple.as_deref(), t.required_growth.as_deref()), (Some("1.88"), Some("17.1")));
    assert_eq!(t.yearly_increment.as_deref(), Some("175.75"));
    let path: Vec<(i32, &str)> = t.path.iter().map(|(y, v)| (*y, v.as_str())).collect();
    assert_eq!(path, [(2024, "934"), (2025, "1093"), (2026, "1281"), (2027, "1500")]);
    // The past: 157 at the end of 2015, 797 eight years later. (797/157)^(1/8) − 1 = 22.52 %, (797 − 157)/8 = 80;
    // 17.13/22.52 = 0.76, 175.75/80 = 2.20.
    assert_eq!((t.by_growth.as_deref(), t.by_increment.as_deref()), (Some("可行（0.76）"), Some("困难（2.20）")));
    assert_eq!(t.grade, "困难", "the stricter reading counts: {}", t.reason);
    for (title, growth) in
        [("省级“专精特新”中小企业数", "16.9"), ("专精特新“小巨人”企业数", "22.8"), ("上市企业数", "65.5")]
    {
        let t = target(example, title);
        assert_eq!(t.required_growth.as_deref(), Some(growth), "{title}");
        let root = (t.target.parse::<f64>().unwrap() / t.current.as_ref().unwrap().parse::<f64>().unwrap()).powf(0.25);
        assert_eq!(format!("{:.1}", (root - 1.0) * 100.0), growth, "{title}");
    }
    let t = target(example, "市财政科学技术经费占本级财政经常性支出比例");
    assert_eq!((t.year, t.current.as_deref(), t.grade.as_str()), (0, None, "不可评估"), "no present value, no year");
}

#[test]
fn both_readings_of_the_main_target_are_printed() {
    let example = tech();
    let carriers = carriers(example);
    let id = "target/科技型企业数";
    let printed = |c: &Carrier, part: &str| c.facts.iter().any(|(f, _)| *f == format!("{id}/{part}"));
    let reading =
        carriers.iter().find(|c| printed(c, "q-growth") && printed(c, "q-step")).expect("one sentence has both");
    for part in [
        "797家",
        "1500家",
        "17.1%",
        "22.5%",
        "2015年末的157家",
        "0.76倍",
        "可行",
        "175.8家",
        "80.0家",
        "2.20倍",
        "困难",
    ] {
        assert!(reading.text.contains(part), "“{part}” is missing: {}", reading.text);
    }
    let path = carriers.iter().find(|c| printed(c, "2024") && printed(c, "2027")).expect("the path is a table row");
    assert!(path.text.ends_with("科技型企业数（家）｜797｜934｜1093｜1281｜1500"), "{}", path.text);
    let drawn = charts(&example.document);
    let drawn = drawn.iter().flat_map(|c| &c.series).find(|s| s.name == "科技型企业数").expect("the path is drawn");
    assert_eq!(drawn.labels, ["797", "934", "1093", "1281", "1500"]);
}
