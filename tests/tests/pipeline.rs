//! From sample files to the finished document, read as a demanding reader would: the whole text as a snapshot, the
//! same bytes again, no number without a source, no sentence cast in the mould of its neighbour, no leftover marks.

use report::Document;
use report::document::{Block, Inline, Table};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use survey::Dataset;
use yance_tests::example::{Example, general, tech};
use yance_tests::text::{blocks, charts, passages, plain, read, sections, sentences, squeezed, tables};

#[test]
fn tech_enterprise_reads_as_reviewed() {
    insta::assert_snapshot!("tech-enterprise", plain(&tech().document));
}

#[test]
fn general_survey_reads_as_reviewed() {
    insta::assert_snapshot!("general-survey", plain(&general().document));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    for (kit, first) in [("tech-enterprise", tech()), ("general-survey", general())] {
        let again = Example::new(kit);
        assert_eq!(serde_json::to_string(&first.document).unwrap(), serde_json::to_string(&again.document).unwrap());
        assert!(first.pdf == again.pdf, "{kit}: two runs from the same files give different PDFs");
    }
}

/// Names that carry digits: labels of groups, options and indicators, titles of files and criteria, indicators of
/// measures. A number inside a name is part of the name.
fn names(document: &Document) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for chart in charts(document) {
        out.extend(chart.categories.iter().cloned());
        out.extend(chart.series.iter().map(|s| s.name.clone()));
    }
    for table in tables(document) {
        out.insert(table.caption.clone());
        // In tables of texts every cell is a name; a cell that holds a fact or a bare number is none.
        for cell in table.header.iter().chain(table.rows.iter().map(|r| &r.cells)).flatten() {
            if cell.fact.is_none() {
                out.insert(cell.v.clone());
                out.extend(cell.v.split(['、', '；']).map(str::to_owned));
            }
        }
    }
    out.extend(document.facts.values().map(|f| f.title.clone()));
    for id in document.facts.keys() {
        out.extend(id.split('/').map(str::to_owned));
    }
    let mut out: Vec<String> = out.into_iter().filter(|n| n.chars().any(|c| !is_number(c))).collect();
    out.sort_by_key(|n| std::cmp::Reverse(n.len()));
    out
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '—' | ' ')
}

/// Numbers written in literal text, each with up to eight characters before and after.
fn numbers(text: &str) -> Vec<(String, String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < chars.len()
            && (chars[i].is_ascii_digit() || (chars[i] == '.' && chars.get(i + 1).is_some_and(char::is_ascii_digit)))
        {
            i += 1;
        }
        let before: String = chars[start.saturating_sub(8)..start].iter().collect();
        let after: String = chars[i..(i + 8).min(chars.len())].iter().collect();
        out.push((chars[start..i].iter().collect(), before, after));
    }
    out
}

/// Dates, document numbers, ordinals and spans of years: numbers that name something and measure nothing.
fn is_name_of_time_or_place(number: &str, before: &str, after: &str) -> bool {
    let year = number.len() == 4 && (after.starts_with('年') || after.starts_with('—') && after.contains('年'));
    let date =
        (after.starts_with('月') && before.ends_with('年')) || (after.starts_with('日') && before.ends_with('月'));
    let document = (before.ends_with('〔') && after.starts_with('〕'))
        || (after.starts_with('号') && before.ends_with(['〕', '第']));
    let ordinal = before.ends_with('第');
    let span = after.starts_with("年内") || after.starts_with("年之内") || after.starts_with("年以上");
    let range = after.starts_with("—3年") || before.ends_with("1—") && after.starts_with('年');
    year || date || document || ordinal || span || range
}

/// How many entries the lists of the document have, under the words that count them.
fn lists(document: &Document, datasets: &[std::sync::Arc<Dataset>]) -> BTreeMap<&'static str, BTreeSet<usize>> {
    let rows: BTreeSet<usize> = tables(document).iter().map(|t| t.rows.iter().filter(|r| !r.total).count()).collect();
    let chapter = |id: &str| document.sections.iter().find(|s| s.id == id).map_or(0, |s| s.sections.len());
    let parts = BTreeSet::from([chapter("findings"), chapter("measures")]);
    let fields = datasets.iter().map(|d| d.columns.iter().filter(|c| !c.valid.is_clear()).count()).collect();
    let groups = datasets.iter().flat_map(|d| &d.columns).map(|c| match &c.data {
        survey::ColumnData::Coded { dict, .. } => dict.len(),
        _ => 0,
    });
    let files = tables(document)
        .iter()
        .filter(|t| t.id == "sources/material/sources")
        .flat_map(|t| &t.rows)
        .map(|r| r.cells[0].v.clone())
        .collect::<BTreeSet<_>>()
        .len();
    BTreeMap::from([
        ("个方面", parts.clone()),
        ("个问题", parts),
        ("条", rows.clone()),
        ("项", rows.clone()),
        ("份文件", rows),
        ("个地区", groups.collect()),
        ("个字段", fields),
        ("个数据文件", BTreeSet::from([files])),
        ("个数据集", BTreeSet::from([datasets.len()])),
    ])
}

/// What is wrong with the numbers of a document's paragraphs.
fn naked_numbers(document: &Document, datasets: &[std::sync::Arc<Dataset>]) -> Vec<String> {
    naked_numbers_beside(document, document, datasets)
}

/// The same of a form, whose names, lists and criteria are those of the report beside it.
fn naked_numbers_beside(document: &Document, report: &Document, datasets: &[std::sync::Arc<Dataset>]) -> Vec<String> {
    let mut names = names(report);
    names.extend(self::names(document));
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let lists = lists(report, datasets);
    // Cited values: the table of criteria gives each with its source.
    let criteria: Vec<(String, String)> = tables(report)
        .iter()
        .filter(|t| t.id == "criteria/criteria")
        .flat_map(|t| &t.rows)
        .map(|r| (r.cells[1].v.clone(), r.cells[3].v.clone()))
        .collect();
    assert!(criteria.iter().all(|(_, source)| source.chars().count() > 4), "every criterion names its source");
    let mut wrong = Vec::new();
    for passage in passages(document) {
        // The chapter on sources and methods is itself the statement of the source; its figures are tested below.
        // The cards of evidence show the arithmetic of the severity, which its own test recomputes.
        if passage.section.starts_with("sources") || passage.section.starts_with("evidence") {
            continue;
        }
        let defined: Vec<&str> = passage
            .content
            .iter()
            .filter_map(|i| if let Inline::Fact { id, .. } = i { document.facts.get(id) } else { None })
            .flat_map(|f| [f.title.as_str(), f.formula.as_str()])
            .collect();
        for inline in passage.content {
            let (Inline::Text { v } | Inline::Strong { v }) = inline else { continue };
            let mut text = v.clone();
            for name in names.iter().filter(|n| n.chars().any(|c| c.is_ascii_digit())) {
                text = text.replace(name.as_str(), "□");
            }
            for (number, before, after) in numbers(&text) {
                let unit: String =
                    after.chars().take_while(|c| !"，。、；：（）的至以及".contains(*c)).take(2).collect();
                let quantity = format!("{number}{unit}");
                let counted = lists.iter().any(|(word, counts)| {
                    after.starts_with(word) && number.parse().is_ok_and(|n: usize| counts.contains(&n))
                });
                let limit = !unit.is_empty() && defined.iter().any(|d| d.contains(&quantity));
                let near = before.contains("关注线") || after.contains("关注线");
                let cited = criteria.iter().any(|(value, _)| {
                    after.starts_with('%') && *value == format!("{number}%") || near && *value == number
                });
                if !(is_name_of_time_or_place(&number, &before, &after) || counted || limit || cited) {
                    wrong.push(format!("{}: …{before}［{number}］{after}…", passage.block));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_number_in_the_paragraphs_has_a_source() {
    for example in [tech(), general()] {
        let wrong = naked_numbers(&example.document, &example.datasets);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn every_number_in_the_forms_has_a_source() {
    let strangers: Vec<(String, Example)> = strangers().collect();
    let mut wrong = Vec::new();
    for example in [tech(), general()].into_iter().chain(strangers.iter().map(|s| &s.1)) {
        for form in &example.forms {
            wrong.extend(naked_numbers_beside(form, &example.document, &example.datasets));
            form.each_fact(&mut |id| assert!(form.facts.contains_key(id), "{id} is not in the ledger"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_written_by_hand_are_noticed() {
    for said in
        ["另有37家企业。", "增长了5.2%。", "约占3成。", "共提出19条建议。", "其中8个方面较好。", "投入5605万元。"]
    {
        let mut document = tech().document.clone();
        let block = document.summary.blocks.first_mut().expect("the summary has paragraphs");
        let Block::Paragraph { content, .. } = block else { panic!("a paragraph") };
        content.push(Inline::Text { v: said.into() });
        assert_eq!(naked_numbers(&document, &tech().datasets).len(), 1, "{said}");
    }
}

#[test]
fn every_fact_in_the_document_is_in_its_ledger() {
    for example in [tech(), general()] {
        let document = &example.document;
        let mut printed = 0;
        let mut check = |id: &str, shown: &str| {
            let note = document.facts.get(id).unwrap_or_else(|| panic!("{id} is printed and not in the ledger"));
            assert!(!note.source.is_empty(), "{id} names no source");
            assert!(!shown.is_empty() && !note.title.is_empty(), "{id} is empty");
            printed += 1;
        };
        for passage in passages(document) {
            for inline in passage.content {
                if let Inline::Fact { v, id, .. } = inline {
                    check(id, v);
                }
            }
        }
        for cell in tables(document).iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells) {
            if let Some(id) = &cell.fact {
                check(id, &cell.v);
            }
        }
        assert!(printed > 400, "{printed} facts are printed");
    }
}

/// The number before a word, wherever it stands: `683行` → 683.
fn counts(text: &str, word: &str) -> Vec<u64> {
    numbers(text)
        .into_iter()
        .filter(|(_, _, after)| after.starts_with(word))
        .map(|(n, ..)| n.parse().unwrap())
        .collect()
}

#[test]
fn the_chapter_on_sources_agrees_with_its_table() {
    for example in [tech(), general()] {
        let document = &example.document;
        let found = tables(document);
        let table: &Table = found.iter().find(|t| t.id == "sources/material/sources").expect("files are listed");
        let mut files: Vec<(String, u64, u64)> = Vec::new();
        for row in &table.rows {
            let rows = row.cells[3].v.parse::<u64>();
            if files.last().is_none_or(|(name, ..)| *name != row.cells[0].v) {
                files.push((row.cells[0].v.clone(), 0, 0));
            }
            let file = files.last_mut().unwrap();
            if let Ok(rows) = rows {
                file.1 += 1;
                file.2 += rows;
            }
        }
        let all = passages(document);
        let text = all.iter().find(|p| p.block.ends_with("/sources-files")).map(|p| read(p.content)).unwrap();
        assert_eq!(counts(&text, "个数据文件"), [files.len() as u64], "{text}");
        assert_eq!(counts(&text, "张表"), files.iter().map(|f| f.1).collect::<Vec<_>>(), "{text}");
        assert_eq!(counts(&text, "行数据"), files.iter().map(|f| f.2).collect::<Vec<_>>(), "{text}");
        for (name, ..) in &files {
            assert!(text.contains(&format!("《{name}》")), "{name} is not named: {text}");
        }
        let records: Vec<u64> = example.datasets.iter().filter(|d| d.n > 0).map(|d| d.n as u64).collect();
        let printed = passages(document);
        let printed = printed
            .iter()
            .find(|p| p.block.ends_with("/sources-files"))
            .unwrap()
            .content
            .iter()
            .filter_map(|i| if let Inline::Fact { v, .. } = i { v.parse::<u64>().ok() } else { None });
        assert_eq!(printed.collect::<Vec<_>>(), records, "records of the datasets: {text}");
    }
}

#[test]
fn severities_are_what_their_arithmetic_says() {
    for example in [tech(), general()] {
        let mut checked = 0;
        for finding in example.analysis.findings.iter().filter(|f| f.severity.is_some()) {
            // S=100×（40×0.556+30×0.931）÷70=71.7
            let line = &finding.arithmetic;
            let (sum, rest) = line.split_once("S=100×（").and_then(|(_, r)| r.split_once("）÷")).expect(line);
            let (weight, shown) = rest.split_once('=').expect(line);
            let terms = sum.split('+').map(|t| t.split_once('×').expect(line));
            let terms: Vec<(f64, f64)> = terms.map(|(w, x)| (w.parse().unwrap(), x.parse().unwrap())).collect();
            let total: f64 = weight.parse().unwrap();
            assert_eq!(terms.iter().map(|t| t.0).sum::<f64>(), total, "weights of {line}");
            let severity = 100.0 * terms.iter().map(|(w, x)| w * x).sum::<f64>() / total;
            // The parts are shown with three places, so the result can be off by half of the last, times 100.
            assert!((severity - shown.parse::<f64>().unwrap()).abs() <= 0.1, "{line}: {severity}");
            assert!((finding.severity.unwrap() - severity).abs() <= 0.1, "{}: {line}", finding.id);
            checked += 1;
        }
        assert!(checked >= 6, "{checked} findings have a severity");
    }
}

/// A sentence without what changes from one use of its pattern to the next: facts and names become □.
fn frame(sentence: &[Inline], names: &[String]) -> String {
    let mut text = String::new();
    for inline in sentence {
        match inline {
            Inline::Fact { .. } => text.push('□'),
            Inline::Text { v } | Inline::Strong { v } => text.push_str(v),
            Inline::Ref { .. } | Inline::Footnote { .. } => {}
        }
    }
    for name in names {
        text = text.replace(name.as_str(), "□");
    }
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // A list is one place, however long.
        let in_list = c == '、' && out.ends_with('□') && rest.peek() == Some(&'□');
        if !(in_list || c == '□' && out.ends_with('□')) {
            out.push(c);
        }
    }
    out.trim_matches(|c: char| c == '。' || c.is_whitespace()).to_owned()
}

/// Sentences of the running text whose frame stands twice on a page.
fn repeated_frames(example: &Example) -> Vec<String> {
    let document = &example.document;
    let mut names: Vec<String> = names(document).into_iter().filter(|n| n.chars().count() >= 2).collect();
    names.extend(document.facts.values().map(|f| f.unit.clone()).filter(|u| u.chars().count() >= 2));
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    names.dedup();
    let pages: Vec<String> = (1..=example.pages.count()).map(|p| squeezed(&example.pages.text(p))).collect();
    let all = blocks(document);
    let mut seen: HashMap<(usize, String), String> = HashMap::new();
    let mut wrong = Vec::new();
    for (section, block) in all {
        let Block::Paragraph { id, content } = block else { continue };
        let Some(start) = example.pages.label_position(id) else { panic!("{id} stands on no page") };
        let mut page = start.page;
        for sentence in sentences(content) {
            // A paragraph may run on: its later sentences begin on the page that shows their first words.
            let words: String = squeezed(&read(&sentence)).chars().take(10).collect();
            while page < pages.len() && page < start.page + 2 && !pages[page - 1].contains(&words) {
                page += 1;
            }
            let frame = frame(&sentence, &names);
            // What is left of a short sentence says nothing of its frame.
            if frame.chars().filter(|c| *c != '□').count() < 6 {
                continue;
            }
            if let Some(first) = seen.insert((page, frame.clone()), format!("{section} {id}")) {
                wrong.push(format!("page {page}: {frame}\n    {first} and {id}"));
            }
        }
    }
    wrong
}

#[test]
fn frames_leave_out_what_changes() {
    let text = |v: &str| Inline::Text { v: v.into() };
    let fact =
        |v: &str| Inline::Fact { v: v.into(), id: "x".into(), form: report::FactForm::Value, unit: String::new() };
    let names = ["东区".to_owned(), "西区".to_owned()];
    let first = [text("东区、西区最多，有"), fact("3"), text("家，占"), fact("2.1"), text("%。")];
    let second = [text("西区最多，有"), fact("7"), text("家，占"), fact("9.9"), text("%。")];
    assert_eq!(frame(&first, &names), "□最多，有□家，占□%");
    assert_eq!(frame(&first, &names), frame(&second, &names));
}

/// Files of other trades, read without any schema.
fn strangers() -> impl Iterator<Item = (String, Example)> {
    let folder = yance_tests::root().join("tests/corpus/files");
    [
        "养老机构台账.xlsx",
        "居民满意度_按文本.xlsx",
        "营商环境问卷.csv",
        "旅游景区经营.xlsx",
        "行政村情况.xlsx",
        "科研项目.ods",
    ]
    .into_iter()
    .map(move |name| (name.to_owned(), Example::of_files(&[folder.join(name)])))
}

#[test]
fn files_of_other_trades_are_written_as_carefully() {
    let mut wrong = Vec::new();
    for (name, example) in strangers() {
        wrong.extend(repeated_frames(&example).into_iter().map(|w| format!("{name}: {w}")));
        wrong.extend(naked_numbers(&example.document, &example.datasets).into_iter().map(|w| format!("{name}: {w}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_frame_stands_twice_on_a_page() {
    for example in [tech(), general()] {
        let wrong = repeated_frames(example);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn nothing_unfinished_reaches_the_reader() {
    let marks = [
        "{{",
        "}}",
        "{%",
        "%}",
        "${",
        "#{",
        "undefined",
        "None",
        "none",
        "null",
        "NaN",
        "true",
        "false",
        "TODO",
        "[]",
        "()",
        "（）",
        "《》",
        "“”",
        "【】",
        "〔〕",
        "。。",
        "，，",
        "、、",
        "；；",
        "，。",
        "、。",
        "；。",
        "：。",
        "，；",
        "。，",
        "。、",
        "。；",
        "（，",
        "（、",
        "，）",
        "、）",
        "；）",
        "。）。",
        "%%",
        "\u{e000}",
        "\u{e001}",
        "\u{e002}",
        "\u{e003}",
        "  ",
        "��",
        "〓",
    ];
    for example in [tech(), general()] {
        let document = &example.document;
        let text = plain(document);
        for (i, line) in text.lines().enumerate() {
            let line = line.trim_start();
            for mark in marks {
                assert!(!line.contains(mark), "“{mark}” in line {}: {line}", i + 1);
            }
        }
        // Ids are for the program; people read titles. An id with a hyphen, slash or dot in it is no word.
        for id in document.facts.keys().filter(|id| id.contains(['-', '/', '.'])) {
            assert!(!text.contains(id.as_str()), "the fact id {id} is printed");
        }
        for passage in passages(document) {
            let words = read(passage.content);
            assert!(words.ends_with(['。', '！', '？']), "{} does not end: {words}", passage.block);
            for [a, b] in [['（', '）'], ['“', '”'], ['《', '》'], ['‘', '’'], ['〔', '〕']] {
                let count = |c| words.matches(c).count();
                assert_eq!(count(a), count(b), "{a}{b} in {}: {words}", passage.block);
            }
        }
    }
}

#[test]
fn parallel_headings_have_equal_lengths() {
    for example in [tech(), general()] {
        let mut groups = 0;
        for chapter in &example.document.sections {
            let parallel = chapter.sections.len() >= 2 && !chapter.appendix;
            if !parallel {
                continue;
            }
            let shape = |title: &str| title.split('，').map(|half| half.chars().count()).collect::<Vec<_>>();
            let shapes: BTreeSet<Vec<usize>> = chapter.sections.iter().map(|s| shape(&s.title)).collect();
            let titles: Vec<&str> = chapter.sections.iter().map(|s| s.title.as_str()).collect();
            assert_eq!(shapes.len(), 1, "{}: {titles:?}", chapter.title);
            assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), titles.len(), "{titles:?}");
            groups += 1;
        }
        assert!(groups >= 3, "现状, 问题 and 对策 have parallel headings");
        // 一是…二是… within one section are numbered without gaps and have titles of one length.
        for section in sections(&example.document) {
            let titles: Vec<String> = section
                .blocks
                .iter()
                .filter_map(|b| match b {
                    Block::Paragraph { content, .. } => match content.first() {
                        Some(Inline::Strong { v }) => Some(v.clone()),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            if titles.len() < 2 {
                continue;
            }
            for (title, number) in titles.iter().zip("一二三四五六七八九".chars()) {
                assert!(title.starts_with(&format!("{number}是")), "{}: {titles:?}", section.id);
            }
            let lengths: BTreeSet<usize> = titles.iter().map(|t| t.chars().count()).collect();
            assert_eq!(lengths.len(), 1, "{}: {titles:?}", section.id);
        }
    }
}
