//! 核校 of the program's own reports: every number is vouched for and nothing is a false alarm.

use backend::{
    Access, Checked, ChecklistState, ImportOptions, NewProject, PrintOptions, Project, Source, check_file, demo,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use yance_tests::Desk;

fn example(desk: &Desk, kit: &str) -> PathBuf {
    demo(&desk.path("示例"), kit, PrintOptions::default(), &mut |_| {}).expect("the example is made").project
}

/// A report of files of the corpus with nothing said about them.
fn corpus(desk: &Desk, files: &[&str]) -> PathBuf {
    let path = desk.path("p.yance");
    let new = NewProject {
        kit: "general-survey".into(),
        title: Some("调查报告".into()),
        as_of: "2024-12-31".parse().ok(),
        ..NewProject::default()
    };
    let mut project = Project::create(&path, new).expect("a new project");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/files");
    for file in files {
        let source = [Source::Path(folder.join(file))];
        let done = project.import(&source, &ImportOptions::default(), &mut |_| {}, &AtomicBool::new(false));
        done.unwrap_or_else(|e| panic!("{file}: {e}"));
    }
    path
}

/// Nothing to complain of, every number vouched for, and totals that are those of the entries.
fn sound(name: &str, checked: &Checked) {
    let review = &checked.review;
    let alarms: Vec<String> = review
        .findings
        .iter()
        .filter(|f| f.is_alarm())
        .map(|f| format!("{} {:?} {}：{}", f.rule, checked.spot(f.start), f.quote, f.reason))
        .collect();
    assert!(alarms.is_empty(), "{name}: {alarms:#?}");
    let ledger = serde_json::to_value(&review.numbers).expect("a ledger has a JSON form");
    let entries = ledger["entries"].as_array().expect("entries");
    let of = |class: &str| entries.iter().filter(|e| e["class"] == class).count();
    for class in ["linked", "verified", "unverified", "exempt"] {
        assert_eq!(ledger[class], of(class), "{name}: {class}");
    }
    assert_eq!(ledger["total"], entries.len(), "{name}");
    let loose: Vec<&serde_json::Value> = entries.iter().filter(|e| e["class"] == "unverified").collect();
    assert!(loose.is_empty(), "{name}: {loose:?}");
    assert!(of("linked") > 50, "{name}: {} numbers are linked", of("linked"));
    // Offsets lead back to the words they quote.
    let chars: Vec<char> = checked.draft.text.chars().collect();
    for e in &review.numbers.entries {
        assert_eq!(chars[e.start..e.end].iter().collect::<String>(), e.quote, "{name}");
    }
}

#[test]
fn the_examples_vouch_for_all_their_numbers() {
    for kit in ["tech-enterprise", "general-survey"] {
        let desk = Desk::new();
        sound(kit, &check_file(&example(&desk, kit)).expect("it is checked"));
    }
}

#[test]
fn reports_of_other_surveys_vouch_for_all_their_numbers() {
    for files in [
        &["养老机构台账.xlsx"][..],
        &["营商环境问卷.csv"],
        &["小型水库统计表.xls", "农民合作社名录.xlsx"],
        &["居民满意度_按文本.xlsx"],
    ] {
        let desk = Desk::new();
        sound(files[0], &check_file(&corpus(&desk, files)).expect("it is checked"));
    }
}

#[test]
fn the_list_before_printing_is_gone_through_for_real() {
    let desk = Desk::new();
    let path = example(&desk, "tech-enterprise");
    let mut project = Project::open(&path, Access::Write).expect("it opens");
    project.set("format.number", "").expect("it is taken away");
    let items = project.preprint("official-document", None, &|_| false).expect("the list is gone through");
    assert_eq!(items.len(), 21);
    let state = |items: &[backend::ChecklistItem], key: &str| -> (ChecklistState, String) {
        let item = items.iter().find(|i| i.key == key).unwrap_or_else(|| panic!("no item {key}"));
        (item.state, item.words.clone())
    };
    assert_eq!(state(&items, "sums").0, ChecklistState::Ok);
    assert_eq!(state(&items, "numbering").0, ChecklistState::Ok);
    // Only people can tell whether names are right.
    assert_eq!(state(&items, "leaders").0, ChecklistState::Attention);
    let targets = state(&items, "targets");
    assert!(targets.0 == ChecklistState::Attention && targets.1.contains("不可评估"), "{targets:?}");
    assert!(state(&items, "signature").1.contains("发文字号"));
    project.set("format.number", "某科发〔2024〕5号").expect("it is set");
    let items = project.preprint("official-document", None, &|_| false).expect("the list is gone through");
    assert!(!state(&items, "signature").1.contains("发文字号"));
    let pages = &yance_tests::example::tech().pages;
    let items = project.preprint("research-report", Some(pages), &|_| false).expect("the list is gone through");
    assert_eq!(state(&items, "numbering").0, ChecklistState::Ok);
    assert_eq!(project.preprint("没有", None, &|_| false).unwrap_err().code, backend::Code::InvalidArgument);
}

#[test]
fn a_check_is_filed_as_pages_and_as_a_page_of_the_web() {
    let desk = Desk::new();
    let text = "一、概况\n全市共有企业681家。其中，新材料<b>企业55家，占8.2%。\n表1 概况\n类别\t数量（家）\n甲\t30\n乙\t40\n丙\t20\n合计\t100\n";
    desk.write("稿.txt", text);
    let checked = check_file(&desk.path("稿.txt")).expect("it is checked");
    let alarms = checked.review.findings.iter().filter(|f| f.is_alarm()).count();
    assert_eq!(alarms, 2, "{:?}", checked.review.findings);
    let date = "2024-03-05".parse().ok();
    let html = desk.path("意见.html");
    checked.write_report(date, &html).expect("it is written");
    let page = std::fs::read_to_string(&html).expect("it is there");
    for words in ["核校意见表", "2024年3月5日", "第2行", "8.1%", "新材料&lt;b&gt;企业", "id=\"t1\"", "href=\"#f1\""]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("<b>企业") && !page.contains("<script"));
    // Every place that is led to is there.
    for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("a name")) {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
    let (first, again) = (desk.path("意见.pdf"), desk.path("又.pdf"));
    checked.write_report(date, &first).expect("it is written");
    checked.write_report(date, &again).expect("it is written");
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&again).unwrap(), "the same check, the same bytes");
    let told = check_file(&first).expect("our own PDF is read").draft.text;
    for words in ["核校意见表", "稿.txt", "8.1%", "数字台账"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    for refused in ["稿.txt", "意见.docx"] {
        let error = checked.write_report(date, &desk.path(refused)).unwrap_err();
        assert_eq!(error.code, backend::Code::InvalidArgument, "{refused}");
    }
    assert_eq!(std::fs::read_to_string(desk.path("稿.txt")).unwrap(), text);
}

#[test]
fn the_command_files_the_check_and_keeps_its_exit_status() {
    let desk = Desk::new();
    desk.write("稿.md", "全市共有企业681家。其中，新材料企业55家，占8.2%。\n");
    let run = desk.expect(1, &["check", "稿.md", "-o", "意见.html", "--date", "2024-03-05", "--json"]);
    assert_eq!(run.json()["findings"][0]["expected"], "8.1%");
    assert_eq!(run.json()["numbers"]["total"], 3);
    assert!(desk.path("意见.html").exists());
    desk.expect(2, &["check", "稿.md", "-o", "意见.txt"]);
    desk.expect(2, &["check", "稿.md", "--date", "2024-03-05"]);
    desk.expect(3, &["check", "没有.md"]);
}

/// What a report prints, as its document says it: runs of prose, runs of cards set in smaller type, rows of short cells.
fn printed(document: &report::Document) -> [Vec<String>; 3] {
    use report::document::{Block, Inline, Section};
    fn prose(content: &[Inline], out: &mut Vec<String>) {
        let mut run = String::new();
        for part in content {
            match part {
                // Their printed names are the template's.
                Inline::Ref { .. } | Inline::Footnote { .. } => out.push(std::mem::take(&mut run)),
                other => run.push_str(other.words()),
            }
        }
        out.push(run);
    }
    fn add(sections: &[Section], out: &mut [Vec<String>; 3]) {
        let [runs, cards, rows] = out;
        for s in sections {
            for block in &s.blocks {
                match block {
                    Block::Paragraph { content, .. } => prose(content, runs),
                    Block::Note { content, .. } => prose(content, cards),
                    Block::List { items, .. } => items.iter().for_each(|item| prose(item, runs)),
                    Block::Table(table) => {
                        let short = |row: &&report::document::Row| {
                            row.cells.iter().all(|c| !c.v.is_empty() && c.v.chars().count() <= 8)
                        };
                        let row = |row: &report::document::Row| {
                            row.cells.iter().map(|c| c.v.as_str()).collect::<Vec<_>>().join("\t")
                        };
                        rows.extend(table.rows.iter().filter(short).map(row));
                    }
                    Block::Remark { .. } | Block::Chart(_) => {}
                }
            }
        }
        sections.iter().for_each(|s| add(&s.sections, out));
    }
    let mut out = [const { Vec::new() }; 3];
    add(&document.sections, &mut out);
    out[0].retain(|run| run.chars().count() > 12);
    out
}

#[test]
fn a_pdf_is_read_as_the_paragraphs_and_tables_it_was_made_of() {
    let desk = Desk::new();
    let path = example(&desk, "tech-enterprise");
    let project = Project::open(&path, Access::Read).expect("it opens");
    let [runs, cards, rows] = printed(&project.compose().expect("it is composed").1);
    assert!(runs.len() > 70 && rows.len() > 60, "{} runs, {} rows", runs.len(), rows.len());
    assert!(!cards.is_empty());
    for template in ["research-report", "official-document"] {
        let pdf = desk.path(&format!("{template}.pdf"));
        let options = PrintOptions { template: template.to_owned(), pdf: Some(pdf.clone()), ..PrintOptions::default() };
        project.print(&options, &mut |_| {}).expect("it is printed");
        let draft = check_file(&pdf).expect("it is read").draft;
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let paragraphs: Vec<String> = {
            let chars: Vec<char> = draft.text.chars().collect();
            draft.parts.iter().map(|p| squeezed(&chars[p.range.clone()].iter().collect::<String>())).collect()
        };
        for run in &runs {
            let run = squeezed(run);
            assert_eq!(paragraphs.iter().filter(|p| p.contains(&run)).count().min(1), 1, "{template}: {run}");
        }
        let whole = paragraphs.concat();
        for card in &cards {
            assert!(whole.contains(&squeezed(card)), "{template}: {card}");
        }
        let lines: Vec<String> = draft.text.lines().map(|line| line.replace(' ', "")).collect();
        for row in &rows {
            assert!(lines.contains(&row.replace(' ', "")), "{template}: {row:?}");
        }
        // Neither running headers nor page numbers are in the text.
        assert!(!lines.iter().any(|line| line.trim_matches(['—', '-']).parse::<u32>().is_ok()), "{template}");
    }
}
