//! Every chart form with data that is poor, odd or too much.

mod common;

use common::*;
use serde_json::json;
use typeset::Standard;

const KINDS: [&str; 11] = [
    "bar",
    "horizontal-bar",
    "grouped-bar",
    "stacked-bar",
    "line",
    "area",
    "ring",
    "radar",
    "heat",
    "tiles",
    "target-path",
];

fn names(n: usize) -> Vec<String> {
    (1..=n).map(|i| format!("类别{i}")).collect()
}

/// Draws the data in every form and gives the text of all pages, one entry a form.
fn draw_all(categories: &[String], series: &[(&str, Vec<Option<f64>>)], reference: Option<f64>) -> Vec<String> {
    let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
    KINDS
        .iter()
        .map(|kind| {
            let mut block = chart("c", kind, &categories, series);
            if let Some(value) = reference {
                block["reference"] = json!({ "value": value, "label": "基准线" });
            }
            let pages = compile(document(vec![block]));
            assert!(pages.warnings().is_empty(), "{kind}: {:?}", pages.warnings());
            pages.pdf(Standard::UniversalA, None).unwrap_or_else(|e| panic!("{kind}: {e}"));
            squeezed(&text(&pages))
        })
        .collect()
}

#[test]
fn one_category() {
    for (kind, all) in KINDS.iter().zip(draw_all(&names(1), &[("数", vec![Some(42.0)])], None)) {
        assert!(all.contains("类别1") && all.contains("42"), "{kind}: {all}");
    }
}

#[test]
fn all_zero() {
    let drawn = draw_all(&names(3), &[("数", vec![Some(0.0); 3])], None);
    for (kind, all) in KINDS.iter().zip(drawn) {
        if *kind == "ring" {
            assert!(all.contains("无可绘制的数据"), "a whole of nothing has no parts: {all}");
        } else {
            assert!(all.contains("类别2"), "{kind}: {all}");
        }
    }
}

#[test]
fn negative_and_missing_values() {
    let values = vec![Some(-12.8), None, Some(6.3), Some(-4.0)];
    for (kind, all) in KINDS.iter().zip(draw_all(&names(4), &[("同比", values)], Some(-2.0))) {
        if *kind == "ring" {
            assert!(all.contains("6.3"), "only what is positive is a part: {all}");
        } else {
            assert!(all.contains("-12.8") && all.contains("6.3"), "{kind}: {all}");
            assert!(all.contains("基准线"), "{kind}: {all}");
        }
    }
}

#[test]
fn nothing_but_missing_values() {
    for (kind, all) in KINDS.iter().zip(draw_all(&names(3), &[("数", vec![None; 3])], None)) {
        assert!(all.contains("无可绘制的数据"), "{kind}: {all}");
    }
}

#[test]
fn dozens_of_categories_keep_their_names_and_labels() {
    for n in [30, 75] {
        let values: Vec<Option<f64>> = (0..n).map(|i| Some(1000.0 + i as f64)).collect();
        for (kind, all) in KINDS.iter().zip(draw_all(&names(n), &[("数", values)], None)) {
            if ["line", "area", "target-path"].contains(kind) {
                assert!(all.contains(&format!("类别{n}")), "{kind}: the last point is named");
                continue;
            }
            for i in 1..=n {
                assert!(all.contains(&format!("类别{i}")), "{kind}: 类别{i}");
            }
            let labels = (0..n).filter(|i| all.contains(&(1000 + i).to_string())).count();
            assert_eq!(labels, n, "{kind}: every label is printed");
        }
    }
}

#[test]
fn huge_and_tiny_numbers() {
    for size in [1e-12, 1e-3, 9.9e4, 1e8, 3.5e12, 1e15, 1e60, 1e300] {
        let values = vec![Some(size), Some(size / 3.0), Some(-size / 7.0)];
        draw_all(&names(3), &[("数", values)], Some(size / 2.0));
    }
}

#[test]
fn many_series_and_long_names() {
    let long: Vec<String> = (0..6).map(|i| format!("名称很长的第{i}个类别包含各类服务机构与平台")).collect();
    let series: Vec<(String, Vec<Option<f64>>)> = (0..9)
        .map(|s| (format!("第{s}个系列的名称也不短"), (0..6).map(|i| Some(f64::from(s * 10 + i))).collect()))
        .collect();
    let borrowed: Vec<(&str, Vec<Option<f64>>)> = series.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    for (kind, all) in KINDS.iter().zip(draw_all(&long, &borrowed, Some(40.0))) {
        if *kind != "ring" {
            assert!(all.contains("第8个系列"), "{kind}: every series is named: {all}");
        }
    }
}

#[test]
fn paths_of_very_different_size_keep_all_their_labels() {
    let series: Vec<(&str, Vec<Option<f64>>)> = vec![
        ("大", vec![Some(797.0), Some(934.0), Some(1500.0)]),
        ("中", vec![Some(134.0), None, Some(250.0)]),
        ("小", vec![Some(2.0), Some(3.0), Some(15.0)]),
    ];
    let pages = compile(document(vec![chart("c", "target-path", &["2023年", "2025年", "2027年"], &series)]));
    let all = squeezed(&text(&pages));
    for label in ["797", "934", "1500", "134", "250", "2", "3", "15"] {
        assert!(all.contains(label), "{label}: {all}");
    }
    assert_eq!(all.matches("2027年").count(), 3, "each path has its own field: {all}");
}

#[test]
fn series_shorter_than_the_categories() {
    draw_all(&names(5), &[("短", vec![Some(1.0), Some(2.0)]), ("空", vec![])], None);
}

#[test]
fn twelve_categories_of_two_years_print_every_label() {
    let first: Vec<Option<f64>> = (0..12).map(|i| Some(10_000.0 + f64::from(i))).collect();
    let second: Vec<Option<f64>> = (0..12).map(|i| Some(20_000.0 + f64::from(i))).collect();
    let drawn = draw_all(&names(12), &[("前年", first), ("上年", second)], None);
    for (kind, all) in KINDS.iter().zip(drawn) {
        // Lines leave out a label that has no free place.
        if ["line", "target-path"].contains(kind) {
            continue;
        }
        for i in 0..12 {
            assert!(
                all.contains(&(10_000 + i).to_string()) && all.contains(&(20_000 + i).to_string()),
                "{kind}: {all}"
            );
        }
    }
}

#[test]
fn small_pieces_of_a_stack_keep_their_labels() {
    let series: Vec<(&str, Vec<Option<f64>>)> = vec![
        ("大", vec![Some(901.0), Some(802.0), Some(703.0)]),
        ("小", vec![Some(1.5), Some(2.5), Some(3.5)]),
        ("微", vec![Some(0.25), Some(0.35), Some(0.45)]),
    ];
    let pages = compile(document(vec![chart("c", "stacked-bar", &["甲", "乙", "丙"], &series)]));
    let all = squeezed(&text(&pages));
    for label in ["901", "802", "703", "1.5", "2.5", "3.5", "0.25", "0.35", "0.45"] {
        assert!(all.contains(label), "{label}: {all}");
    }
}

#[test]
fn a_radar_writes_the_values_of_an_axis_with_its_name() {
    let series: Vec<(&str, Vec<Option<f64>>)> = vec![
        ("甲组", vec![Some(82.0), Some(74.0), Some(66.0), Some(91.0)]),
        ("乙组", vec![Some(45.0), Some(38.0), None, Some(22.0)]),
    ];
    let pages = compile(document(vec![chart("c", "radar", &["投入", "人才", "成果", "融资"], &series)]));
    let all = squeezed(&text(&pages));
    assert!(all.contains("投入82/45") && all.contains("融资91/22") && all.contains("乙组"), "{all}");
}

#[test]
fn units_that_differ_are_coloured_column_by_column() {
    let series: Vec<(&str, Vec<Option<f64>>)> =
        vec![("企业数（家）", vec![Some(5.0), Some(300.0)]), ("强度（%）", vec![Some(1.2), None])];
    let mut block = chart("c", "heat", &["东区", "西区"], &series);
    block["unit"] = json!("");
    let all = squeezed(&text(&compile(document(vec![block]))));
    assert!(all.contains("各列低") && all.contains("—"), "a missing value is a dash: {all}");
}

#[test]
fn no_name_or_part_is_left_out() {
    let areas = [
        "电子信息",
        "生物与新医药",
        "航空航天",
        "新材料",
        "高技术服务",
        "新能源与节能",
        "资源与环境",
        "先进制造与自动化",
    ];
    let some: Vec<Option<f64>> = (1..=8).map(|i| Some(f64::from(i) * 7.0 - 20.0)).collect();
    for kind in ["line", "area", "ring", "tiles"] {
        let all = squeezed(&text(&compile(document(vec![chart("c", kind, &areas, &[("数", some.clone())])]))));
        for name in areas {
            assert!(all.contains(name), "{kind} leaves out {name}: {all}");
        }
    }
    // Years may be left out between others.
    let years: Vec<String> = (1990..2024).map(|y| format!("{y}年")).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let all = squeezed(&text(&compile(document(vec![chart("c", "line", &years, &[("数", vec![Some(3.0); 34])])]))));
    assert!(all.contains("2023年") && !all.contains("2022年"), "{all}");
}

#[test]
fn tiles_lie_where_the_data_puts_them() {
    let names = ["南县", "北县", "西县"];
    let mut block = chart("c", "tiles", &names, &[("数", vec![Some(3.0), Some(2.0), Some(1.0)])]);
    block["places"] = json!([[1, 1], [0, 1], [1, 0]]);
    let pdf = compile(document(vec![block])).pdf(Standard::UniversalA, None).expect("a PDF");
    let layout = inspect::measure(&pdf).expect("it can be measured");
    let place = |name: &str| {
        let line = layout.pages.iter().flat_map(|p| &p.lines).find(|l| l.text.trim() == name).expect("a tile");
        (line.left, line.baseline)
    };
    let (south, north, west) = (place("南县"), place("北县"), place("西县"));
    assert!((south.0 - north.0).abs() < 0.5 && south.1 > north.1 + 5.0, "{south:?} {north:?}");
    assert!((south.1 - west.1).abs() < 0.5 && south.0 > west.0 + 5.0, "{south:?} {west:?}");
}

#[test]
fn names_of_two_lines_stand_apart_from_their_neighbours() {
    let names: Vec<String> = "甲乙丙丁".chars().map(|c| c.to_string().repeat(24)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = vec![Some(4.0), Some(3.0), Some(2.0), Some(1.0)];
    let pages = compile(document(vec![chart("c", "horizontal-bar", &names, &[("数值", values)])]));
    let layout = inspect::measure(&pages.pdf(Standard::UniversalA, None).expect("a PDF")).expect("it can be measured");
    let lines: Vec<(char, f64)> = layout
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .filter_map(|line| Some((line.text.chars().next().filter(|c| "甲乙丙丁".contains(*c))?, line.baseline)))
        .collect();
    let gaps = |same: bool| {
        let pairs = lines.windows(2).filter(move |pair| (pair[0].0 == pair[1].0) == same);
        pairs.map(|pair| pair[1].1 - pair[0].1).collect::<Vec<f64>>()
    };
    let (within, between) = (gaps(true), gaps(false));
    assert_eq!((within.len(), between.len()), (4, 3), "{lines:?}");
    let widest = within.iter().copied().fold(0.0, f64::max);
    assert!(between.iter().all(|gap| *gap > 1.25 * widest), "{within:?} {between:?}");
}
