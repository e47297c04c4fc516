//! Forms of the document over random surveys: lengths are kept by leaving sentences out whole, lines are short and
//! name a number, and an author's choices hold in every form.

mod common;

use common::{Values, dataset, field, inputs, shipped_files};
use proptest::prelude::*;
use report::document::{Block, Inline};
use report::{Content, Decision, Document, Edits, Inputs, Kit};
use std::sync::LazyLock;
use survey::{FieldKind, Form, Role};

static GENERAL: LazyLock<Kit> =
    LazyLock::new(|| Kit::load(&shipped_files("general-survey")).expect("a shipped kit is whole"));

fn words(content: &[Inline]) -> String {
    content.iter().map(Inline::words).collect()
}

fn paragraphs(document: &Document) -> Vec<String> {
    let sections = document.sections.iter().flat_map(|s| &s.blocks);
    let blocks = document.summary.blocks.iter().chain(sections);
    blocks.filter_map(|b| if let Block::Paragraph { content, .. } = b { Some(words(content)) } else { None }).collect()
}

fn lines(document: &Document) -> Vec<&Vec<Inline>> {
    let blocks = document.sections.iter().flat_map(|s| &s.blocks);
    blocks.filter_map(|b| if let Block::List { items, .. } = b { Some(items) } else { None }).flatten().collect()
}

/// A ledger and a questionnaire with as many rows as there are seeds.
fn survey(seeds: &[u32]) -> Inputs {
    let pick = |list: &[&str], shift: u32| -> Vec<String> {
        seeds.iter().map(|s| list[((s >> shift) as usize) % list.len()].to_owned()).collect()
    };
    let numbers =
        |shift: u32, most: u32| -> Vec<String> { seeds.iter().map(|s| ((s >> shift) % most).to_string()).collect() };
    let (towns, kinds) = (pick(&["东镇", "西镇", "南乡", "北乡"], 0), pick(&["甲类", "乙类", "停用"], 3));
    let (beds, taken) = (numbers(5, 90), numbers(9, 60));
    let (before, after) = (numbers(2, 500), numbers(7, 500));
    let trouble = pick(&["资金不足", "人员不足", "资金不足+设施陈旧", "手续繁琐", ""], 4);
    let marks = numbers(6, 5);
    let views = |list: &'_ [String]| -> Vec<&'static str> {
        list.iter().map(|t| -> &'static str { Box::leak(t.clone().into_boxed_str()) }).collect()
    };
    let [towns, kinds, beds, taken, before, after, trouble, marks] =
        [&towns, &kinds, &beds, &taken, &before, &after, &trouble, &marks].map(|l| views(l));
    let year = |id: &str, title: &str, year| {
        let mut f = field(id, title, FieldKind::Integer, Role::Amount);
        (f.series, f.year, f.unit) = (Some("收入".into()), Some(year), Some("万元".into()));
        f
    };
    let ledger = dataset(
        "机构",
        Form::Ledger,
        vec![
            (field("town", "所在乡镇", FieldKind::Choice, Role::Region), Values::Text(&towns)),
            (field("kind", "运行状况", FieldKind::Choice, Role::Category), Values::Text(&kinds)),
            (field("beds", "床位数", FieldKind::Integer, Role::Count), Values::Number(0, &beds)),
            (field("taken", "入住人数", FieldKind::Integer, Role::Count), Values::Number(0, &taken)),
            (year("r2022", "2022年收入", 2022), Values::Number(0, &before)),
            (year("r2023", "2023年收入", 2023), Values::Number(0, &after)),
        ],
    );
    let mut scale = field("mark", "对服务质量的满意度", FieldKind::Scale, Role::Scale);
    scale.max = Some("5".into());
    let answers = dataset(
        "问卷",
        Form::Questionnaire,
        vec![
            (field("trouble", "遇到的主要困难", FieldKind::Multi, Role::Multi), Values::Multi(&trouble)),
            (scale, Values::Number(0, &marks)),
        ],
    );
    inputs(vec![ledger, answers])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_briefing_keeps_its_length_over_any_survey(
        seeds in proptest::collection::vec(any::<u32>(), 1..90),
        wanted in 250_usize..1600,
    ) {
        let mut inputs = survey(&seeds);
        inputs.parameters.insert("briefing_length".into(), wanted.to_string());
        let composed = report::compose(&GENERAL, &inputs);
        let briefing = composed.form(&Edits::default(), Content::Briefing).document;
        let most = wanted.clamp(300, 1500);
        let text = paragraphs(&briefing).join("\n");
        prop_assert!(briefing.length() <= most, "{} of {most}\n{text}", briefing.length());
        if wanted >= 600 {
            prop_assert!(briefing.length() >= 300, "{}\n{text}", briefing.length());
        }
        for paragraph in paragraphs(&briefing) {
            prop_assert!(paragraph.ends_with('。') && !paragraph.contains("。。"), "{paragraph}");
            prop_assert_eq!(paragraph.matches('“').count(), paragraph.matches('”').count());
        }
    }

    #[test]
    fn lines_are_short_and_name_a_number_over_any_survey(seeds in proptest::collection::vec(any::<u32>(), 1..90)) {
        let inputs = survey(&seeds);
        let composed = report::compose(&GENERAL, &inputs);
        let brief = composed.form(&Edits::default(), Content::LeaderBrief).document;
        let told = composed.analysis.findings.iter().filter(|f| f.included).count().min(5);
        let problems = brief.sections.iter().find(|s| s.id == "leader-problems").map(|s| &s.blocks);
        for block in problems.into_iter().flatten() {
            if let Block::List { items, .. } = block {
                prop_assert_eq!(items.len(), told);
            }
        }
        for line in lines(&brief) {
            prop_assert!(words(line).chars().count() <= 60, "{}", words(line));
        }
        for content in [Content::Slides, Content::AnnualReport] {
            let form = composed.form(&Edits::default(), content).document;
            form.each_fact(&mut |id| assert!(form.facts.contains_key(id), "{id}"));
        }
    }
}

#[test]
fn what_the_author_rejects_or_leaves_out_is_in_no_form() {
    let seeds: Vec<u32> = (0..80_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    let mut inputs = survey(&seeds);
    let composed = report::compose(&GENERAL, &inputs);
    let told: Vec<String> = composed.analysis.findings.iter().filter(|f| f.included).map(|f| f.id.clone()).collect();
    assert!(told.len() >= 2, "{told:?}");
    let slide = |document: &Document, id: &str| {
        document.sections.iter().flat_map(|s| &s.sections).any(|s| s.id == format!("slide-findings/{id}"))
    };

    let mut edits = Edits::default();
    edits.add(&format!("findings/{}", told[0]), report::Change::Hidden(true), None);
    let slides = composed.form(&edits, Content::Slides).document;
    assert!(!slide(&slides, &told[0]) && slide(&slides, &told[1]));

    inputs.decisions.insert(told[1].clone(), Decision::Rejected);
    let composed = report::compose(&GENERAL, &inputs);
    let slides = composed.form(&Edits::default(), Content::Slides).document;
    assert!(slide(&slides, &told[0]) && !slide(&slides, &told[1]));
}

#[test]
fn an_authors_heading_and_words_about_a_finding_stand_in_every_form_or_are_told() {
    let seeds: Vec<u32> = (0..80_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    let composed = report::compose(&GENERAL, &survey(&seeds));
    let id = composed.analysis.findings.iter().find(|f| f.included).expect("a finding").id.clone();
    let (section, lead) = (format!("findings/{id}"), format!("findings/{id}/evidence"));
    let change = |text: &str| {
        let mut edits = Edits::default();
        edits.add(&section, report::Change::Title("作者自拟的标题".into()), None);
        edits.add(&lead, report::Change::Content(vec![Inline::text(text)]), None);
        edits
    };
    let all = |document: &Document| serde_json::to_string(document).expect("JSON");

    let short = change("作者改写的头一句。后面还有一句。");
    for content in [Content::Briefing, Content::LeaderBrief, Content::Slides] {
        let form = composed.form(&short, content);
        let text = all(&form.document);
        assert!(text.contains("作者改写的头一句") && !text.contains("后面还有一句"), "{content:?}: {text}");
        assert!(form.unheeded.is_empty(), "{content:?}: {:?}", form.unheeded);
    }
    let slides = composed.form(&short, Content::Slides).document;
    assert!(slides.sections.iter().flat_map(|s| &s.sections).any(|s| s.title == "作者自拟的标题"));

    // What is too long for a line is not cut; that it is missing is told.
    let long = change(&format!("{}。", "作者写得很长的一句话".repeat(9)));
    for content in [Content::Briefing, Content::LeaderBrief, Content::Slides] {
        let form = composed.form(&long, content);
        assert!(!all(&form.document).contains("作者写得很长"), "{content:?}");
        assert_eq!(form.unheeded, std::slice::from_ref(&lead), "{content:?}");
    }
    // The annual report holds the whole report with every change.
    let annual = composed.form(&long, Content::AnnualReport);
    assert!(all(&annual.document).contains("作者写得很长") && annual.unheeded.is_empty());
}

#[test]
fn references_list_documents_works_cited_and_data() {
    let mut inputs = survey(&(0..60_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect::<Vec<_>>());
    inputs.org = Some("某市统计局".into());
    let composed = report::compose(&GENERAL, &inputs);
    let works: Vec<(&str, &str)> =
        composed.document.references.iter().map(|w| (w.kind.as_str(), w.title.as_str())).collect();
    assert_eq!(works, [("DS", "机构台账"), ("DS", "问卷台账")]);
    assert!(composed.document.references.iter().all(|w| w.authors == ["某市统计局"]));
    let annual = composed.form(&Edits::default(), Content::AnnualReport).document;
    assert_eq!(annual.references, composed.document.references);
    assert!(composed.form(&Edits::default(), Content::Briefing).document.references.is_empty());
}

#[test]
fn a_file_without_records_is_not_counted_among_the_sources() {
    let mut inputs = survey(&(0..60_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect::<Vec<_>>());
    let file = |name: &str, data_rows: u32, dataset: Option<&str>| report::analysis::FileLog {
        name: name.into(),
        sha256: String::new(),
        tables: vec![(survey::TableInfo { data_rows, ..survey::TableInfo::default() }, dataset.map(str::to_owned))],
    };
    inputs.log.files =
        vec![file("台账.xlsx", 60, Some("机构")), file("只有表头.csv", 0, None), file("空.csv", 0, Some("机构"))];
    let summary = paragraphs(&report::compose(&GENERAL, &inputs).document).join("");
    assert!(summary.contains("本次调查汇总1个数据文件"), "{summary}");
}

#[test]
fn a_kit_without_a_form_prints_the_report() {
    let mut files = shipped_files("general-survey");
    files.retain(|name, _| !name.ends_with("forms.toml"));
    let kit = Kit::load(&files).expect("forms are no must");
    let inputs = survey(&[7, 99, 1234, 88_888]);
    let composed = report::compose(&kit, &inputs);
    let form = composed.form(&Edits::default(), Content::Briefing).document;
    assert_eq!(form, composed.document);
}

#[test]
fn faults_of_forms_are_told_with_their_place() {
    let mut files = shipped_files("general-survey");
    files.insert(
        "forms.toml".into(),
        "[[form]]\ncontent = \"leaflet\"\n[[form]]\ncontent = \"briefing\"\n[[form.chapter]]\nid = \"a\"\ntitle = \"甲\"\n\
         [[form.chapter.block]]\nparagraph = \"no-such\"\n"
            .into(),
    );
    let faults = Kit::load(&files).expect_err("two faults");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|f| f.starts_with("forms.toml:2:") && f.contains("leaflet")), "{told:?}");
    assert!(told.iter().any(|f| f.contains("no-such")), "{told:?}");
}
