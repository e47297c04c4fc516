//! What is laid over a document, on documents made by hand.

use super::*;
use crate::facts::Fact;
use crate::num;
use proptest::prelude::*;

fn facts(values: &[(&str, i128)]) -> Facts {
    let mut facts = Facts::default();
    for (id, value) in values {
        facts.add(Fact::new((*id).to_owned(), (*id).to_owned(), num::int(*value), "家", 0));
    }
    facts
}

fn text(v: &str) -> Inline {
    Inline::text(v)
}

fn fact(id: &str, v: &str) -> Inline {
    Inline::Fact { v: v.into(), id: id.into(), form: crate::FactForm::Value, unit: String::new() }
}

fn reference(target: &str) -> Inline {
    Inline::Ref { target: target.into() }
}

fn paragraph(id: &str, content: Vec<Inline>) -> Block {
    Block::Paragraph { id: id.into(), content }
}

fn table(id: &str) -> Block {
    Block::Table(Table { id: id.into(), caption: format!("表题{id}"), ..Table::default() })
}

fn section(id: &str, number: &str, blocks: Vec<Block>, sections: Vec<Section>) -> Section {
    Section {
        id: id.into(),
        number: number.into(),
        title: format!("标题{id}"),
        level: 1,
        appendix: false,
        blocks,
        sections,
    }
}

fn document(sections: Vec<Section>, facts: &Facts) -> Document {
    let summary = Summary { title: "摘要".into(), blocks: vec![], key_figures: vec![] };
    let mut document = Document { summary, sections, ..Document::default() };
    document.facts = ledger(&document, facts);
    document
}

/// One chapter with a sentence about `n` firms, a table behind it, and a second chapter.
fn sample(facts: &Facts, n: &str) -> Document {
    let sentence = vec![text("共有"), fact("n", n), text("家（见"), reference("a/t"), text("）。")];
    let first = section("a", "一、", vec![paragraph("a/p", sentence), table("a/t")], vec![]);
    let list = Block::List { id: "b/l".into(), ordered: true, items: vec![vec![text("甲")], vec![text("乙")]] };
    let chart = Block::Chart(Chart { id: "b/c".into(), caption: "图题".into(), ..Chart::default() });
    document(vec![first, section("b", "二、", vec![list, chart], vec![])], facts)
}

fn laid(document: &Document, facts: &Facts, edits: &Edits) -> Edited {
    lay(document, facts, &BTreeMap::new(), edits)
}

fn own(after: &str, rank: i64, words: &str) -> Change {
    Change::Own(Box::new(Own { after: after.into(), rank, block: OwnBlock::Paragraph { content: vec![text(words)] } }))
}

fn content_of<'a>(document: &'a Document, id: &str) -> &'a [Inline] {
    match block_of(document, id) {
        Some(Block::Paragraph { content, .. }) => content,
        other => panic!("{id} is no paragraph: {other:?}"),
    }
}

fn block_of<'a>(document: &'a Document, id: &str) -> Option<&'a Block> {
    fn within<'a>(sections: &'a [Section], id: &str) -> Option<&'a Block> {
        sections.iter().find_map(|s| s.blocks.iter().find(|b| b.id() == id).or_else(|| within(&s.sections, id)))
    }
    document.summary.blocks.iter().find(|b| b.id() == id).or_else(|| within(&document.sections, id))
}

fn ids(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().map(Block::id).collect()
}

fn words(content: &[Inline]) -> String {
    content.iter().map(Inline::words).collect()
}

#[test]
fn without_edits_the_document_is_as_composed() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let out = laid(&document, &facts, &Edits::default());
    assert_eq!(out.document, document);
    assert!(out.states.is_empty() && out.reviews.is_empty() && out.hidden.is_empty());
}

#[test]
fn an_edited_text_stands_and_its_numbers_stay_live() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let basis = json!(content_of(&document, "a/p"));
    let mut edits = Edits::default();
    edits.add("a/p", Change::Content(vec![text("企业"), fact("n", "600"), text("家。")]), Some(basis));
    let out = laid(&document, &facts, &edits);
    assert_eq!(words(content_of(&out.document, "a/p")), "企业681家。", "600 was kept, 681 is computed");
    assert_eq!(out.states["a/p"], BlockState::Edited);
    assert!(out.reviews.is_empty());
}

#[test]
fn an_edited_text_whose_composed_text_changed_is_to_be_reviewed_with_old_and_new() {
    let now = facts(&[("n", 700)]);
    let before = sample(&facts(&[("n", 681)]), "681");
    let document = sample(&now, "700");
    let mut edits = Edits::default();
    let mine = vec![text("企业"), fact("n", "681"), text("家。")];
    edits.add("a/p", Change::Content(mine), Some(json!(content_of(&before, "a/p"))));
    let out = laid(&document, &now, &edits);
    assert_eq!(out.states["a/p"], BlockState::Stale);
    let [review] = out.reviews.as_slice() else { panic!("{:?}", out.reviews) };
    assert_eq!((review.id.as_str(), review.aspect.as_str(), review.why), ("a/p", "content", Why::Changed));
    assert_eq!(words(&review.old), "共有681家（见）。");
    assert_eq!(words(&review.new), "共有700家（见）。");
    assert_eq!(words(&review.mine), "企业700家。");
    assert_eq!(words(content_of(&out.document, "a/p")), "企业700家。", "the author's words stand all the same");
}

#[test]
fn a_text_whose_block_is_gone_is_kept_for_review_and_not_printed() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    edits.add("a/gone", Change::Content(vec![fact("n", "1"), text("家")]), Some(json!([text("旧")])));
    edits.add("a/gone", Change::Title("题".into()), None);
    edits.add("b/c", Change::Content(vec![text("图里的话")]), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(out.document, document);
    let found: Vec<_> = out.reviews.iter().map(|r| (r.id.as_str(), r.aspect.as_str(), r.why)).collect();
    let gone = Why::Vanished;
    assert_eq!(found, [("b/c", "content", gone), ("a/gone", "content", gone), ("a/gone", "title", gone)]);
    assert_eq!(words(&out.reviews[1].mine), "681家", "also what is not printed shows present numbers");
    assert_eq!(words(&out.reviews[1].old), "旧");
}

#[test]
fn a_lost_fact_becomes_the_text_it_last_showed() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let basis = json!(content_of(&document, "a/p"));
    let mut edits = Edits::default();
    edits.add("a/p", Change::Content(vec![fact("gone", "55.3"), text("%")]), Some(basis));
    let list = OwnBlock::List { ordered: false, items: vec![vec![fact("gone", "1")], vec![fact("gone", "2")]] };
    edits.add("own/1", Change::Own(Box::new(Own { after: "a".into(), rank: 0, block: list })), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(content_of(&out.document, "a/p"), [text("55.3"), text("%")]);
    let whys: Vec<_> = out.reviews.iter().map(|r| (r.id.as_str(), r.aspect.as_str(), r.why)).collect();
    assert_eq!(whys, [("own/1", "items", Why::LostFact), ("a/p", "content", Why::LostFact)], "one review a block");
    assert_eq!(words(&out.reviews[1].new), "共有681家（见）。", "what is composed stands beside it");
    assert_eq!(out.states["own/1"], BlockState::Stale);
}

#[test]
fn a_changed_text_with_a_lost_fact_is_reviewed_once() {
    let facts = facts(&[("n", 700)]);
    let document = sample(&facts, "700");
    let mut edits = Edits::default();
    edits.add("a/p", Change::Content(vec![fact("gone", "1")]), Some(json!([text("旧")])));
    let out = laid(&document, &facts, &edits);
    assert_eq!(out.reviews.iter().map(|r| r.why).collect::<Vec<_>>(), [Why::Changed]);
}

#[test]
fn own_blocks_follow_their_anchor_by_rank_each_with_those_behind_it() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    edits.add("own/1", own("a/p", 2, "后"), None);
    edits.add("own/2", own("a/p", 1, "前"), None);
    edits.add("own/3", own("own/2", 0, "前之后"), None);
    edits.add("own/4", own("a", 0, "开头"), None);
    edits.add("own/5", own("summary", 0, "摘要里"), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(ids(&out.document.sections[0].blocks), ["own/4", "a/p", "own/2", "own/3", "own/1", "a/t"]);
    assert_eq!(ids(&out.document.summary.blocks), ["own/5"]);
    assert!(out.states.values().all(|s| *s == BlockState::Own) && out.reviews.is_empty());
}

#[test]
fn own_blocks_whose_anchor_is_gone_stand_at_the_end_of_the_nearest_section() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    edits.add("own/1", own("a/gone/deep", 0, "甲"), None);
    edits.add("own/2", own("own/1", 0, "随甲"), None);
    edits.add("own/3", own("nowhere", 0, "乙"), None);
    edits.add("own/4", own("own/9", 0, "无主"), None);
    edits.add("own/5", own("own/6", 0, "环"), None);
    edits.add("own/6", own("own/5", 0, "环"), None);
    edits.add("own/7", own("summary/gone", 0, "摘要里"), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(ids(&out.document.sections[0].blocks), ["a/p", "a/t", "own/1", "own/2"]);
    assert_eq!(ids(&out.document.sections[1].blocks), ["b/l", "b/c", "own/3", "own/4", "own/6", "own/5"]);
    assert_eq!(ids(&out.document.summary.blocks), ["own/7"]);
    let moved: Vec<&str> = out.reviews.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(moved, ["own/1", "own/3", "own/4", "own/6", "own/7"], "those that follow a moved one need no review");
    assert!(out.reviews.iter().all(|r| r.why == Why::Moved));
}

#[test]
fn a_hidden_table_is_not_referred_to_and_keeps_what_stands_behind_it() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    edits.add("a/t", Change::Hidden(true), None);
    edits.add("a/t", Change::Title("改过的题".into()), Some(json!("表题a/t")));
    edits.add("own/1", own("a/t", 0, "表后的话"), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(words(content_of(&out.document, "a/p")), "共有681家。");
    assert_eq!(ids(&out.document.sections[0].blocks), ["a/p", "own/1"]);
    assert!(out.reviews.is_empty(), "{:?}", out.reviews);
    assert_eq!(out.hidden.iter().map(|h| (h.id.as_str(), h.section.as_str())).collect::<Vec<_>>(), [("a/t", "a")]);
}

#[test]
fn hiding_a_table_does_not_ask_for_review_of_an_edited_text_that_called_it() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    let mine = vec![text("企业（见"), reference("a/t"), text("）。")];
    edits.add("a/p", Change::Content(mine), Some(json!(content_of(&document, "a/p"))));
    edits.add("a/t", Change::Hidden(true), None);
    let out = laid(&document, &facts, &edits);
    assert_eq!(words(content_of(&out.document, "a/p")), "企业。");
    assert_eq!(out.states["a/p"], BlockState::Edited);
}

#[test]
fn a_hidden_section_moves_the_numbers_up_and_keeps_what_was_changed_in_it() {
    let facts = facts(&[]);
    let inner = section("b/1", "（一）", vec![paragraph("b/1/p", vec![text("内")])], vec![]);
    let sections = vec![
        section("a", "一、", vec![], vec![]),
        section("b", "二、", vec![], vec![inner, section("b/2", "（二）", vec![], vec![])]),
        section("c", "三、", vec![], vec![]),
        Section { appendix: true, ..section("d", "附录一", vec![], vec![]) },
        Section { appendix: true, ..section("e", "附录二", vec![], vec![]) },
    ];
    let document = document(sections, &facts);
    let mut edits = Edits::default();
    edits.add("a", Change::Hidden(true), None);
    edits.add("b/1", Change::Hidden(true), None);
    edits.add("d", Change::Hidden(true), None);
    edits.add("b/1/p", Change::Content(vec![text("改")]), Some(json!([text("内")])));
    edits.add("own/1", own("b/1/p", 0, "自写"), None);
    edits.add("own/2", own("own/1", 0, "自写之后"), None);
    let out = laid(&document, &facts, &edits);
    let numbers: Vec<_> = out.document.sections.iter().map(|s| (s.id.as_str(), s.number.as_str())).collect();
    assert_eq!(numbers, [("b", "一、"), ("c", "二、"), ("e", "附录一")]);
    assert_eq!(out.document.sections[0].sections[0].number, "（一）");
    assert!(out.reviews.is_empty(), "nothing in a hidden section has vanished or moved: {:?}", out.reviews);
    let hidden = |h: &Hidden| [h.id.clone(), h.section.clone(), h.after.clone().unwrap_or_default()];
    let expected = [["a", "", ""], ["b/1", "b", "b"], ["d", "", "c"]];
    assert_eq!(out.hidden.iter().map(hidden).collect::<Vec<_>>(), expected, "with the place each would have");
}

#[test]
fn a_hidden_own_block_can_be_put_back() {
    let facts = facts(&[]);
    let document = document(vec![section("a", "一、", vec![], vec![])], &facts);
    let mut edits = Edits::default();
    edits.add("own/1", own("a", 0, "自写"), None);
    edits.add("own/1", Change::Hidden(true), None);
    let out = laid(&document, &facts, &edits);
    assert!(out.document.sections[0].blocks.is_empty());
    assert_eq!(out.hidden.iter().map(|h| h.text.as_str()).collect::<Vec<_>>(), ["自写"]);
}

#[test]
fn titles_captions_lists_and_kinds_of_charts_are_the_authors() {
    let facts = facts(&[("n", 681)]);
    let document = sample(&facts, "681");
    let mut edits = Edits::default();
    edits.add("a", Change::Title("我的章".into()), Some(json!("标题a")));
    edits.add("summary", Change::Title("内容提要".into()), Some(json!("摘要")));
    edits.add("a/t", Change::Title("我的表".into()), Some(json!("另一个题")));
    edits.add("b/l", Change::Items(vec![vec![text("丙")]]), None);
    edits.add("b/c", Change::Form(ChartKind::Ring), None);
    let out = laid(&document, &facts, &edits);
    let d = &out.document;
    assert_eq!((d.sections[0].title.as_str(), d.summary.title.as_str()), ("我的章", "内容提要"));
    assert!(matches!(block_of(d, "a/t"), Some(Block::Table(t)) if t.caption == "我的表"));
    assert!(matches!(block_of(d, "b/l"), Some(Block::List { items, .. }) if items.len() == 1));
    assert!(matches!(block_of(d, "b/c"), Some(Block::Chart(c)) if c.kind == ChartKind::Ring));
    assert_eq!(out.states["a/t"], BlockState::Stale, "the caption was another one when it was changed");
    edits.add("b/c", Change::Form(ChartKind::StackedBar), None);
    let out = laid(&document, &facts, &edits);
    assert!(
        matches!(block_of(&out.document, "b/c"), Some(Block::Chart(c)) if c.kind == ChartKind::Bar),
        "one series cannot be stacked"
    );
}

#[test]
fn a_drawing_without_data_is_kept_for_review() {
    let facts = facts(&[]);
    let document = document(vec![section("a", "一、", vec![], vec![])], &facts);
    let mut edits = Edits::default();
    let drawing = OwnBlock::Drawing { indicator: "x".into(), form: None, caption: "题".into() };
    edits.add("own/1", Change::Own(Box::new(Own { after: "a".into(), rank: 0, block: drawing })), None);
    assert_eq!(edits.choices.drawings["own/1"].indicator, "x");
    let out = laid(&document, &facts, &edits);
    assert_eq!((out.reviews[0].why, out.reviews[0].aspect.as_str()), (Why::Vanished, "own"));
    let drawings = BTreeMap::from([("own/1".to_owned(), table("own/1"))]);
    let out = lay(&document, &facts, &drawings, &edits);
    assert_eq!(ids(&out.document.sections[0].blocks), ["own/1"]);
    assert!(out.reviews.is_empty());
}

#[test]
fn words_around_a_dead_reference_close_up() {
    let gone = || reference("gone");
    let live = || reference("a/t");
    let t = text;
    let cases: Vec<(Vec<Inline>, &str)> = vec![
        (vec![t("多（见"), gone(), t("）。")], "多。"),
        (vec![t("多（详见"), gone(), t("、"), gone(), t("）。")], "多。"),
        (vec![t("多（见"), gone(), t("、"), live(), t("）。")], "多（见[a/t]）。"),
        (vec![t("多（见"), live(), t("、"), gone(), t("）。")], "多（见[a/t]）。"),
        (vec![t("如"), gone(), t("所示，企业增多。")], "企业增多。"),
        (vec![gone(), t("很长")], "很长"),
        (vec![t("注"), Inline::Footnote { content: vec![t("另（见"), gone(), t("）。")] }], "注{另。}"),
    ];
    fn shown(content: &[Inline]) -> String {
        let one = |i: &Inline| match i {
            Inline::Ref { target } => format!("[{target}]"),
            Inline::Footnote { content } => format!("{{{}}}", shown(content)),
            other => other.words().to_owned(),
        };
        content.iter().map(one).collect()
    }
    for (mut content, wanted) in cases {
        without_dead(&mut content, &BTreeSet::from(["a/t".to_owned()]));
        assert_eq!(shown(&content), wanted);
    }
}

#[test]
fn own_blocks_are_put_behind_others_without_disturbing_the_rest() {
    let mut edits = Edits::default();
    edits.add("own/1", own("a/p", 0, "甲"), None);
    edits.add("own/2", own("own/1", 0, "乙"), None);
    edits.add("own/3", own("a/p", 1, "丙"), None);
    let places = |list: Vec<(String, String, i64)>| -> Vec<String> {
        list.into_iter().map(|(id, after, rank)| format!("{after}:{rank}:{id}")).collect()
    };
    let moved = |id: &str, after: &str| places(edits.arrange(&[id.to_owned()], Some(after)));
    assert_eq!(moved("own/1", "own/2"), ["a/p:0:own/2", "a/p:1:own/1", "a/p:2:own/3"]);
    assert_eq!(moved("own/3", "a/p"), ["a/p:0:own/3", "a/p:1:own/1", "a/p:2:own/2"]);
    assert_eq!(moved("own/1", "b"), ["a/p:0:own/2", "a/p:1:own/3", "b:0:own/1"]);
    assert_eq!(places(edits.arrange(&["own/1".to_owned()], None)), ["a/p:0:own/2", "a/p:1:own/3"]);
    assert_eq!(edits.chain_of("own/2"), ["own/1", "own/2", "own/3"]);
}

#[test]
fn a_change_is_kept_without_empty_pieces_and_control_characters() {
    let note = |content| Inline::Footnote { content };
    let mine = vec![
        text("一"),
        text(""),
        text("二\n三"),
        note(vec![]),
        note(vec![text("注"), note(vec![text("中注")])]),
        Inline::Strong { v: "重".into() },
    ];
    let Change::Content(tidy) = Change::Content(mine).tidied() else { panic!("it stays a text") };
    assert_eq!(tidy, [text("一二 三"), note(vec![text("注中注")]), Inline::Strong { v: "重".into() }]);
}

#[test]
fn a_change_survives_its_stored_form() {
    let drawing = OwnBlock::Drawing { indicator: "x".into(), form: Some(ChartKind::Ring), caption: String::new() };
    for change in [
        Change::Content(vec![fact("n", "1"), Inline::Footnote { content: vec![text("注")] }]),
        Change::Items(vec![vec![text("甲")]]),
        Change::Own(Box::new(Own { after: "a".into(), rank: -3, block: drawing })),
        Change::Hidden(true),
    ] {
        let (aspect, value) = change.parts();
        assert_eq!(Change::of(&aspect, value), Ok(change));
    }
    assert!(Change::of("colour", json!(1)).is_err());
}

/// Ids that own blocks may be said to stand behind: present, gone, own, and themselves.
fn anchors() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a".to_owned()),
        Just("a/p".to_owned()),
        Just("a/t".to_owned()),
        Just("b/c".to_owned()),
        Just("a/gone".to_owned()),
        Just("summary".to_owned()),
        Just("nowhere".to_owned()),
        (0..8u8).prop_map(|n| format!("own/{n}")),
    ]
}

proptest! {
    #[test]
    fn no_own_block_and_no_edited_text_is_ever_lost(
        places in prop::collection::vec((anchors(), -2..3i64), 0..8),
        hidden in prop::collection::btree_set(prop::sample::select(vec!["a", "b", "a/t", "a/p", "own/1"]), 0..3),
        edited in prop::collection::btree_set(prop::sample::select(vec!["a/p", "b/l", "a/gone", "b/c"]), 0..4),
    ) {
        let facts = facts(&[("n", 681)]);
        let document = sample(&facts, "681");
        let mut edits = Edits::default();
        for (n, (after, rank)) in places.iter().enumerate() {
            edits.add(&format!("own/{n}"), own(after, *rank, &format!("自{n}")), None);
        }
        for id in &hidden {
            edits.add(id, Change::Hidden(true), None);
        }
        for id in &edited {
            edits.add(id, Change::Content(vec![text(&format!("改{id}"))]), Some(json!("旧")));
        }
        let out = laid(&document, &facts, &edits);
        let hides = |id: &str| out.hidden.iter().any(|h| h.id == id);
        // Own blocks behind something in a hidden section are hidden with it.
        let with_section = |id: &str| {
            let anchor = edits.anchor(id);
            ["a", "b"].iter().any(|s| hides(s) && (anchor == *s || block_of(&document, anchor).is_some() && anchor.starts_with(&format!("{s}/"))))
        };
        for n in 0..places.len() {
            let id = format!("own/{n}");
            let shown = block_of(&out.document, &id).is_some();
            prop_assert!(shown || hides(&id) || with_section(&id), "{id} is lost");
        }
        for id in &edited {
            let printed = matches!(block_of(&out.document, id), Some(Block::Paragraph { content, .. }) if words(content) == format!("改{id}"));
            let kept = out.reviews.iter().any(|r| r.id == **id && words(&r.mine) == format!("改{id}"));
            let inside = ["a", "b"].iter().any(|s| hides(s) && id.starts_with(&format!("{s}/")) && block_of(&document, id).is_some());
            prop_assert!(printed || kept || hides(id) || inside, "the text of {id} is lost");
        }
        let mut seen = BTreeSet::new();
        for b in out.document.sections.iter().flat_map(|s| &s.blocks).chain(&out.document.summary.blocks) {
            prop_assert!(seen.insert(b.id().to_owned()), "{} stands twice", b.id());
        }
    }

    #[test]
    fn arranging_keeps_every_own_block_once(
        places in prop::collection::vec((anchors(), -2..3i64), 1..8),
        moved in 0..8usize,
        after in anchors(),
    ) {
        let mut edits = Edits::default();
        for (n, (after, rank)) in places.iter().enumerate() {
            edits.add(&format!("own/{n}"), own(after, *rank, "自"), None);
        }
        let moved = format!("own/{}", moved % places.len());
        prop_assume!(after != moved);
        for (id, after, rank) in edits.arrange(&[moved], Some(&after)) {
            let own = edits.own(&id).expect("only those there are get a place").clone();
            edits.add(&id, Change::Own(Box::new(Own { after, rank, ..own })), None);
        }
        let facts = facts(&[("n", 681)]);
        let out = laid(&sample(&facts, "681"), &facts, &edits);
        for n in 0..places.len() {
            prop_assert!(block_of(&out.document, &format!("own/{n}")).is_some(), "own/{n} is lost");
        }
    }
}
