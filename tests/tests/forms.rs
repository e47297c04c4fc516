//! The other forms of the document: what each holds, how long it is, and that every sentence of it is whole.

use report::document::{Block, ChartKind, Inline};
use report::{Content, Document};
use std::collections::{BTreeSet, HashMap};
use yance_tests::example::{Example, general, tech};
use yance_tests::text::{blocks, charts, passages, read, sections, sentences, tables};

/// Survey files of other places and trades, one project each.
fn strangers() -> Vec<(String, Example)> {
    let folder = yance_tests::root().join("tests/corpus/files");
    let names = [
        "农民合作社名录.xlsx",
        "中小学办学条件.xls",
        "养老机构台账.xlsx",
        "居民满意度_按文本.xlsx",
        "营商环境问卷.csv",
        "老人需求_kobo.csv",
        "小型水库统计表.xls",
        "机井台账.txt",
        "科研项目.ods",
    ];
    names.map(|name| (name.to_owned(), Example::of_files(&[folder.join(name)]))).into()
}

fn words(document: &Document) -> Vec<String> {
    passages(document).iter().map(|p| read(p.content)).collect()
}

fn section<'a>(document: &'a Document, id: &str) -> Vec<&'a Block> {
    blocks(document).into_iter().filter(|(s, _)| *s == id).map(|(_, b)| b).collect()
}

#[test]
fn a_briefing_has_three_to_five_points_in_its_length_and_whole_sentences() {
    let strangers = strangers();
    let own = [("tech", tech()), ("general", general())];
    for (name, example) in own.into_iter().chain(strangers.iter().map(|(n, e)| (n.as_str(), e))) {
        let briefing = example.form(Content::Briefing);
        let length = briefing.length();
        assert!((300..=1500).contains(&length), "{name}: {length} characters\n{}", words(briefing).join("\n"));
        assert!((3..=5).contains(&briefing.sections.len()), "{name}: {} points", briefing.sections.len());
        for text in words(briefing) {
            assert!(text.ends_with('。'), "{name}: {text}");
            assert!(!text.contains('…') && !text.contains("。。"), "{name}: {text}");
        }
        // No two sentences are cast in one mould.
        let mut frames: HashMap<String, String> = HashMap::new();
        for passage in passages(briefing) {
            for sentence in sentences(passage.content) {
                let frame: String = sentence
                    .iter()
                    .map(|i| if let Inline::Text { v } = i { v.as_str() } else { "□" })
                    .collect::<String>()
                    .chars()
                    .filter(|c| !c.is_ascii_digit())
                    .collect();
                let said = read(&sentence);
                if let Some(first) = frames.insert(frame.clone(), said.clone()) {
                    panic!("{name}: {first} / {said}");
                }
            }
        }
    }
}

#[test]
fn a_leaders_brief_is_ten_figures_five_problems_and_five_proposals_in_one_line_each() {
    let strangers = strangers();
    let own = [("tech", tech()), ("general", general())];
    for (name, example) in own.into_iter().chain(strangers.iter().map(|(n, e)| (n.as_str(), e))) {
        let brief = example.form(Content::LeaderBrief);
        assert!(brief.summary.key_figures.len() <= 10, "{name}");
        for block in section(brief, "leader-problems") {
            let Block::List { items, .. } = block else { continue };
            assert!(items.len() <= 5, "{name}");
            for item in items {
                let line = read(item);
                assert!(line.chars().count() <= 40, "{name}: {line}");
                assert!(item.iter().any(|i| matches!(i, Inline::Fact { .. })), "{name}: no number in {line}");
                assert!(line.ends_with('。'), "{name}: {line}");
            }
        }
        for block in section(brief, "leader-proposals") {
            let Block::List { items, .. } = block else { continue };
            assert!(items.len() <= 5, "{name}");
            for item in items {
                let line = read(item);
                assert!(line.contains("牵头") && line.chars().count() <= 60, "{name}: {line}");
            }
        }
    }
    for example in [tech(), general()] {
        let brief = example.form(Content::LeaderBrief);
        assert_eq!(brief.summary.key_figures.len(), 10);
        for id in ["leader-problems", "leader-proposals"] {
            let found = section(brief, id);
            assert!(matches!(found[..], [Block::List { items, .. }] if items.len() == 5), "{id}");
        }
    }
}

#[test]
fn slides_say_few_lines_and_show_each_picture_once() {
    for example in [tech(), general()] {
        let slides = example.form(Content::Slides);
        let findings = example.analysis.findings.iter().filter(|f| f.included).count();
        let measures = example.analysis.measures.iter().filter(|m| m.included).count();
        let told: Vec<_> = slides.sections.iter().flat_map(|s| &s.sections).collect();
        assert_eq!(told.len(), findings + measures);
        let mut pictures: BTreeSet<String> = BTreeSet::new();
        for (i, slide) in told.iter().enumerate() {
            let Some(Block::List { items, .. }) = slide.blocks.first() else { panic!("{} has no lines", slide.title) };
            // Lines of a slide without a picture have the whole page.
            let (most, longest) = if slide.blocks.len() > 1 { (3, 80) } else { (6, 160) };
            assert!((1..=most).contains(&items.len()), "{}", slide.title);
            for item in items {
                assert!(read(item).chars().count() <= longest, "{}", read(item));
            }
            let shown = match slide.blocks.get(1) {
                Some(Block::Chart(chart)) => {
                    assert!(chart.categories.len() >= 2 && !chart.alt.is_empty(), "{}", slide.title);
                    format!("{:?} {:?} {:?}", chart.categories, chart.series[0].facts, chart.series[0].values)
                }
                Some(Block::Table(table)) => table.caption.clone(),
                _ => {
                    assert!(i >= findings, "{}: a problem shows a picture", slide.title);
                    continue;
                }
            };
            assert!(pictures.insert(shown.clone()), "{} repeats {shown}", slide.title);
        }
        assert!(2 * pictures.len() > told.len(), "{} pictures on {} slides", pictures.len(), told.len());
    }
}

#[test]
fn an_annual_report_holds_the_report_and_tells_every_region_and_further_indicator() {
    for example in [tech(), general()] {
        let annual = example.form(Content::AnnualReport);
        let ids = |d: &Document| blocks(d).into_iter().map(|(_, b)| b.id().to_owned()).collect::<BTreeSet<_>>();
        let (whole, report) = (ids(annual), ids(&example.document));
        let lost: Vec<&String> = report.difference(&whole).collect();
        assert!(lost.is_empty(), "left out: {lost:?}");
        assert!(whole.len() > report.len() + 60, "{} blocks after {}", whole.len(), report.len());
        // One section for each region, with a table of its indicators.
        let regions: Vec<_> = annual.sections.iter().filter(|s| s.id == "districts").collect();
        let [chapter] = regions[..] else { panic!("one chapter of regions") };
        let tiles = chapter.blocks.iter().find_map(|b| match b {
            Block::Chart(c) if c.kind == ChartKind::Tiles => Some(c),
            _ => None,
        });
        let tiles = tiles.expect("tiles of the regions");
        let titles: Vec<&String> = chapter.sections.iter().map(|s| &s.title).collect();
        assert_eq!(titles, tiles.categories.iter().collect::<Vec<_>>());
        for region in &chapter.sections {
            let tabled = region.blocks.iter().any(|b| matches!(b, Block::Table(t) if t.rows.len() >= 3));
            assert!(tabled && region.blocks.iter().any(|b| matches!(b, Block::Chart(_))), "{}", region.title);
        }
        let numbered: Vec<&str> = annual.sections.iter().map(|s| s.number.as_str()).collect();
        assert_eq!(numbered.iter().collect::<BTreeSet<_>>().len(), numbered.len(), "{numbered:?}");
        // The index names indicators in order of sound, and only places that are there.
        assert!(annual.index.len() > 50);
        for entry in &annual.index {
            assert!(!entry.targets.is_empty() && entry.targets.iter().all(|t| whole.contains(t)), "{}", entry.title);
        }
        let letters: Vec<&str> = annual.index.iter().map(|e| e.letter.as_str()).filter(|l| *l != "#").collect();
        assert!(letters.is_sorted(), "{letters:?}");
        for chart in charts(annual) {
            match chart.kind {
                ChartKind::Radar => assert!(chart.series.len() == 2 && chart.categories.len() >= 3),
                ChartKind::Tiles => assert_eq!(chart.series.len(), 1),
                _ => {}
            }
        }
    }
    let annual = tech().form(Content::AnnualReport);
    let kinds: BTreeSet<String> = charts(annual).iter().map(|c| format!("{:?}", c.kind)).collect();
    for kind in ["Heat", "Tiles", "Radar"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    let chronicle = tables(annual).into_iter().find(|t| t.id == "chronicle/chronicle").expect("大事记");
    assert!(chronicle.rows.len() >= 5);
    assert!(sections(annual).iter().any(|s| s.title == "附表" && s.appendix));
}
