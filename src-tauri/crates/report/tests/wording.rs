//! Words agree with their numbers, whatever the numbers are.

mod common;

use common::{Values, dataset, field, inputs, kit};
use proptest::prelude::*;
use report::document::{Block, Inline};
use survey::{FieldKind, Form, Role};

const INDICATORS: &str = r#"
[[indicator]]
id = "g"
title = "增速"
kind = "growth"
dataset = "d"
from = "a"
to = "b"
[[indicator]]
id = "s"
title = "占比"
kind = "share"
dataset = "d"
where = "b >= 50"
"#;

const OUTLINE: &str = r#"
[summary]
title = "摘要"
[[chapter]]
id = "c"
title = "现状"
[[chapter.block]]
paragraph = "p"
"#;

const WORDING: &str = r#"
[[slot]]
id = "p"
[[slot.sentence]]
any = ["收入{{ f('g')|rise }}，{{ f('g/delta')|change }}，比重{{ f('s')|points }}，{{ f('s')|degree }}达标。"]
[[slot.sentence]]
any = ["{{ f('nothing') }}不该出现。"]
"#;

fn paragraph(a: &[String], b: &[String]) -> (String, Vec<(String, String)>) {
    let a: Vec<&str> = a.iter().map(String::as_str).collect();
    let b: Vec<&str> = b.iter().map(String::as_str).collect();
    let mut from = field("a", "上年", FieldKind::Decimal, Role::Amount);
    from.unit = Some("万元".into());
    let mut to = field("b", "本年", FieldKind::Decimal, Role::Amount);
    to.unit = Some("万元".into());
    let data = dataset("d", Form::Ledger, vec![(from, Values::Number(1, &a)), (to, Values::Number(1, &b))]);
    let kit = kit(&[("indicators.toml", INDICATORS), ("outline.toml", OUTLINE), ("wording.toml", WORDING)]);
    let doc = report::compose(&kit, &inputs(vec![data])).document;
    let Some(Block::Paragraph { content, .. }) = doc.sections.first().and_then(|s| s.blocks.first()) else {
        return (String::new(), vec![]);
    };
    let mut text = String::new();
    let mut facts = Vec::new();
    for i in content {
        match i {
            Inline::Text { v } => text.push_str(v),
            Inline::Fact { v, id, .. } => {
                text.push_str(v);
                facts.push((id.clone(), v.clone()));
            }
            other => panic!("{other:?}"),
        }
    }
    (text, facts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn verbs_follow_signs(pairs in prop::collection::vec((1u32..3000, 0u32..3000), 10..40)) {
        let decimal = |n: u32| format!("{}.{}", n / 10, n % 10);
        let a: Vec<String> = pairs.iter().map(|p| decimal(p.0)).collect();
        let b: Vec<String> = pairs.iter().map(|p| decimal(p.1)).collect();
        let (text, facts) = paragraph(&a, &b);
        let sum = |k: fn(&(u32, u32)) -> u32| pairs.iter().map(|p| i64::from(k(p))).sum::<i64>();
        let (from, to) = (sum(|p| p.0), sum(|p| p.1));
        // Tenths of a percent, rounded half away from zero.
        let growth = (to - from) as f64 / from as f64 * 100.0;
        let near_half = ((growth.abs() * 10.0).fract() - 0.5).abs() < 1e-6;
        if !near_half {
            let shown = format!("{:.1}", growth.abs());
            let expected = if shown == "0.0" { "收入基本持平".to_owned() } else {
                format!("收入{}{shown}%", if growth > 0.0 { "增长" } else { "下降" })
            };
            prop_assert!(text.starts_with(&expected), "{text} should start with {expected}");
        }
        let delta = if to == from { "，持平，".to_owned() } else { format!("，{}", if to > from { "增加" } else { "减少" }) };
        prop_assert!(text.contains(&delta), "{text}");
        let big = pairs.iter().filter(|p| p.1 >= 500).count();
        let share = big as f64 / pairs.len() as f64 * 100.0;
        let word = if share > 60.0 { "大多数" } else if share > 50.0 { "过半数" } else if share > 30.0 { "部分" }
            else if share > 10.0 { "少数" } else { "个别" };
        prop_assert!(text.contains(&format!("，{word}达标。")), "{share}: {text}");
        // No minus sign is left beside a verb, every printed number is a fact, and nothing absent is claimed.
        prop_assert!(!text.contains('-') && !text.contains("不该出现"), "{text}");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let chips: String = facts.iter().flat_map(|f| f.1.chars()).filter(char::is_ascii_digit).collect();
        prop_assert_eq!(digits, chips);
    }
}

#[test]
fn survey_text_is_literal() {
    let names = [
        "#import",
        "$x$",
        "*粗*",
        "@ref",
        "//",
        "\\",
        "{{ f('g') }}",
        "镕堃喆䶮𠮷",
        "\u{e000}0\u{e001}9\u{e002}",
        "a",
        "a",
    ];
    let data =
        dataset("d", Form::Ledger, vec![(field("x", "类别", FieldKind::Choice, Role::Category), Values::Text(&names))]);
    let indicators =
        "[[indicator]]\nid = \"x\"\ntitle = \"类别\"\nkind = \"distribution\"\ndataset = \"d\"\nby = \"x\"\n";
    let wording = "[[slot]]\nid = \"p\"\n[[slot.sentence]]\nany = [\"{% for i in items('x') %}{{ i.label }}{{ i.count }}；{% endfor %}\"]\n";
    let kit = kit(&[("indicators.toml", indicators), ("outline.toml", OUTLINE), ("wording.toml", wording)]);
    let doc = report::compose(&kit, &inputs(vec![data])).document;
    let Some(Block::Paragraph { content, .. }) = doc.sections.first().and_then(|s| s.blocks.first()) else {
        panic!("no text")
    };
    let text: String = content
        .iter()
        .map(|i| match i {
            Inline::Text { v } | Inline::Fact { v, .. } => v.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = "a2个；#import1个；$x$1个；*粗*1个；@ref1个；//1个；\\1个；{{ f('g') }}1个；镕堃喆䶮𠮷1个；091个；";
    assert_eq!(text, expected);
}
