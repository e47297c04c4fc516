//! The print formats on documents made for them and on any other.

mod common;

use common::*;
use serde_json::{Value, json};
use typeset::{Pages, Standard};

const FORMATS: [&str; 6] = ["research-report", "briefing", "leader-brief", "annual-report", "handout", "slides"];

fn all_text(pages: &Pages) -> String {
    squeezed(&text(pages))
}

fn issue() -> Value {
    json!({
        "masthead": "某市工作简报", "issue": "12", "total-issue": "348", "editor": "市调查队办公室",
        "editor-note": "现摘登主要情况，供参考。", "report-to": ["市委领导", "市政府领导"], "send-to": "市直有关部门",
        "issue-to": ["各县区"], "copies": "120", "classification": "内部资料"
    })
}

fn list(id: &str, items: &[String]) -> Value {
    let items: Vec<Value> = items.iter().map(|i| json!([{ "t": "text", "v": i }])).collect();
    json!({ "type": "list", "id": id, "ordered": true, "items": items })
}

fn figures(n: usize) -> Vec<Value> {
    (1..=n)
        .map(|i| json!({ "label": format!("第{i}项指标占全部的比重"), "value": format!("{i}.5"), "unit": "%", "note": "上年末", "fact": format!("f{i}") }))
        .collect()
}

/// Sixty characters of title, chapters without blocks or without titles, a chart, long paragraphs.
fn awkward() -> Value {
    let long = "关于进一步推动各类服务机构高质量发展若干重点难点问题与对策建议的综合调查研究报告暨下一步工作安排的说明（征求意见稿）";
    let mut data = document_of(vec![
        section("void", "一、", long, vec![], vec![section("void/a", "（一）", "空节", vec![], vec![])]),
        section("bare", "", "", vec![paragraph("bare/1", "没有标题的章节。")], vec![]),
        section(
            "deep",
            "二、",
            "层次很深的一章",
            vec![],
            vec![section(
                "deep/a",
                "（一）",
                long,
                vec![paragraph("deep/a/1", &"这一段话很长，没有句号也不分行，".repeat(60))],
                vec![section(
                    "deep/a/1~",
                    "1.",
                    "第三层",
                    vec![chart("deep/c", "radar", &["甲", "乙", "丙"], &[("数", vec![Some(1.0), Some(2.0), None])])],
                    vec![section("deep/a/1/1", "（1）", "第四层", vec![paragraph("deep/4", "第四层的话。")], vec![])],
                )],
            )],
        ),
    ]);
    data["meta"]["title"] = json!(long);
    let rows = [vec!["甲".to_owned(), "1".to_owned()]];
    data["summary"]["blocks"] =
        json!([paragraph("sum/1", "摘要里也可以有表。"), table("sum/t", &["名称", "数量"], &rows)]);
    data
}

#[test]
fn every_format_prints_any_document_and_conforms() {
    let rows: Vec<Vec<String>> = (1..=500).map(|i| vec![i.to_string(), format!("单位{i}"), "甲类".into()]).collect();
    let documents = [
        ("everything", everything()),
        ("one paragraph", document(vec![paragraph("p", "只有一段话。")])),
        ("nothing", document_of(vec![])),
        ("awkward", awkward()),
        ("500 rows", document(vec![table("t", &["序号", "名称", "类别"], &rows)])),
    ];
    for format in FORMATS {
        for (name, data) in &documents {
            let pages = compile_as(format, data.clone());
            let own = |w: &String| !w.contains("没有这个图、表或章节");
            let warnings: Vec<String> = pages.warnings().iter().map(ToString::to_string).filter(own).collect();
            assert!(warnings.is_empty(), "{format}, {name}: {warnings:?}");
            for standard in [Standard::ArchivalA2b, Standard::UniversalA] {
                pages.pdf(standard, None).unwrap_or_else(|e| panic!("{format}, {name}: {e}"));
            }
        }
    }
}

#[test]
fn a_briefing_carries_head_points_and_foot() {
    let mut data = document_of(vec![
        section("p1", "一、", "总量稳步增长", vec![paragraph("p1/1", "总量达到一百家。")], vec![]),
        section("p2", "二、", "结构有待优化", vec![paragraph("p2/1", "结构偏重传统。")], vec![]),
    ]);
    data["meta"]["official"] = issue();
    let pages = compile_as("briefing", data);
    assert_eq!(pages.count(), 1);
    let all = all_text(&pages);
    for words in [
        "内部资料",
        "某市工作简报",
        "第12期（总第348期）",
        "市调查队办公室",
        "2024年5月6日",
        "编者按：现摘登主要情况",
        "一、总量稳步增长",
        "报：市委领导，市政府领导。",
        "送：市直有关部门。",
        "发：各县区。",
        "共印120份",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
}

#[test]
fn a_leader_brief_is_one_page_of_ten_figures_five_problems_and_five_proposals() {
    let sentence = "这一条的内容写得比较具体，说明了情况、程度和依据，并提出由哪个单位在什么时间以前完成哪些事项。";
    let items = |word: &str| (1..=5).map(|i| format!("{word}{i}。{sentence}")).collect::<Vec<_>>();
    let mut data = document_of(vec![
        section("problems", "", "主要问题", vec![list("problems/l", &items("问题"))], vec![]),
        section("measures", "", "对策建议", vec![list("measures/l", &items("建议"))], vec![]),
    ]);
    data["summary"]["key_figures"] = json!(figures(10));
    data["meta"]["official"] = issue();
    let pages = compile_as("leader-brief", data);
    assert_eq!(pages.count(), 1);
    let all = all_text(&pages);
    for i in 1..=5 {
        assert!(all.contains(&format!("问题{i}。")) && all.contains(&format!("建议{i}。")), "{i}: {all}");
    }
    assert!(all.contains("10.5%") && all.contains("共印120份"), "{all}");
}

#[test]
fn a_leader_brief_takes_the_parts_of_a_whole_report_and_never_half_a_sentence() {
    let pages = compile_as("leader-brief", everything());
    assert_eq!(pages.count(), 1);
    assert!(all_text(&pages).contains("产业规模不大，转型升级有待改进"));
}

#[test]
fn slides_give_each_part_a_page_with_its_first_chart() {
    let part = |i: usize| {
        let chart = chart(&format!("c{i}"), "bar", &["甲", "乙"], &[("数", vec![Some(1.0), Some(2.0)])]);
        let long = "第一句不长。".to_owned() + &"后面的话还有很多，".repeat(20) + "到此为止。";
        let blocks = vec![paragraph(&format!("p{i}"), &long), chart];
        section(&format!("findings/{i}"), "（一）", &format!("第{i}个问题"), blocks, vec![])
    };
    let data = document_of(vec![section("findings", "一、", "主要问题", vec![], (1..=4).map(part).collect())]);
    let pages = compile_as("slides", data);
    // The title and four parts.
    assert_eq!(pages.count(), 5);
    for i in 1..=4 {
        assert_eq!(pages.label_position(&format!("findings/{i}")).map(|p| p.page), Some(i + 1));
        assert_eq!(pages.label_position(&format!("c{i}")).map(|p| p.page), Some(i + 1), "its chart");
        assert!(squeezed(&pages.text(i + 1)).contains("第一句不长。"));
    }
    assert!(!all_text(&pages).contains("到此为止"), "what does not fit stays in the report");
}

#[test]
fn slides_leave_out_brackets_that_lead_to_what_is_not_shown() {
    let content =
        json!([{ "t": "text", "v": "占三成（见" }, { "t": "ref", "target": "t" }, { "t": "text", "v": "），偏低。" }]);
    let data = document_of(vec![
        section("a", "一、", "情况", vec![json!({ "type": "paragraph", "id": "p", "content": content })], vec![]),
        json!({ "id": "z", "number": "附录", "title": "表", "level": 1, "appendix": true, "sections": [],
            "blocks": [table("t", &["甲"], &[vec!["1".into()]])] }),
    ]);
    let all = all_text(&compile_as("slides", data));
    assert!(all.contains("占三成，偏低。"), "{all}");
}

#[test]
fn an_annual_report_has_parts_lists_and_an_index_of_indicators() {
    let district = |i: usize| {
        let text = json!([{ "t": "text", "v": "共有" }, { "t": "fact", "v": "12", "id": "count" }, { "t": "text", "v": "家。" }]);
        let block = json!({ "type": "paragraph", "id": format!("d{i}/1"), "content": text });
        section(&format!("districts/{i}"), "（一）", &format!("第{i}区"), vec![block], vec![])
    };
    let bars = chart("c1", "bar", &["甲", "乙"], &[("数", vec![Some(1.0), Some(2.0)])]);
    let mut data = document_of(vec![
        section("status", "一、", "发展现状", vec![paragraph("s1", "总体平稳。"), bars], vec![]),
        section("measures", "二、", "对策建议", vec![paragraph("m1", "分类施策。")], vec![]),
        section("districts", "三、", "各区情况", vec![], (1..=3).map(district).collect()),
        section("chronicle", "四、", "大事记", vec![list("ch", &["1月召开会议。".into()])], vec![]),
    ]);
    data["facts"] = json!({ "count": { "title": "企业数", "value": "12", "unit": "家", "formula": "", "source": "", "n": null, "missing": null, "as_of": null } });
    let pages = compile_as("annual-report", data);
    let all = all_text(&pages);
    for words in
        ["第一部分综合篇", "第二部分分区篇", "第三部分资料篇", "图目录", "第三章各区情况", "指标索引", "企业数（12家）"]
    {
        assert!(all.contains(words), "{words}: {all}");
    }
    let page = |id: &str| pages.label_position(id).unwrap_or_else(|| panic!("{id}")).page;
    assert!(page("districts/1") < page("districts/2") && page("districts/2") < page("districts/3"), "a page each");
    for part in ["part~0", "part~1", "part~2"] {
        assert_eq!(page(part) % 2, 1, "{part} opens on a right-hand page");
    }
    // Roman numbers before, arabic from the first part on: the three districts in the index.
    let first = page("part~0");
    let expected: Vec<String> = (1..=3).map(|i| (page(&format!("districts/{i}")) - first + 1).to_string()).collect();
    assert!(all.contains(&expected.join("、")), "{expected:?}: {all}");
}

#[test]
fn a_handout_is_set_large_and_keeps_points_whole() {
    let point = |i: usize| {
        section(
            &format!("a/{i}"),
            "（一）",
            &format!("要点{i}"),
            vec![paragraph(&format!("p{i}"), &"一句话。".repeat(45))],
            vec![],
        )
    };
    let pages =
        compile_as("handout", document_of(vec![section("a", "一、", "情况", vec![], (1..=6).map(point).collect())]));
    for i in 1..=6 {
        let page = pages.label_position(&format!("a/{i}")).expect("printed").page;
        let words = squeezed(&pages.text(page)).matches("一句话。").count();
        assert_eq!(words % 45, 0, "page {page} holds whole points");
    }
}

#[test]
fn a_table_that_breaks_begins_with_three_rows_at_least() {
    let rows: Vec<Vec<String>> = (1..=45).map(|i| vec![format!("第{i}行"), (i * 7).to_string()]).collect();
    for format in ["research-report", "official-document", "annual-report", "handout", "briefing"] {
        // Text of every length brings the head of the table to every height of the page.
        for sentences in 1..32 {
            let words = "全市各县区部门认真落实科技创新政策措施工作取得明显成效。".repeat(sentences);
            let blocks = vec![paragraph("p", &words), table("t", &["名称", "数量"], &rows), paragraph("q", "一句话。")];
            let pages = compile_as(format, document(blocks));
            let page = pages.label_position("t").expect("printed").page;
            let words = squeezed(&pages.text(page));
            let shown = (1..=45).filter(|i| words.contains(&format!("第{i}行"))).count();
            assert!(shown >= 3, "{format}, {sentences} sentences before: {shown} rows on page {page}: {words}");
        }
    }
}

#[test]
fn references_are_listed_as_the_standard_has_them() {
    let mut data = document(vec![paragraph("p", "一段。")]);
    data["references"] = json!([
        { "type": "M", "authors": ["余敏"], "title": "出版集团研究", "place": "北京", "publisher": "中国书籍出版社", "year": "2001", "pages": "179-193" },
        { "type": "J", "authors": ["甲", "乙", "丙", "丁"], "title": "题名", "journal": "文献", "year": "2013", "issue": "1", "pages": "56-75" },
        { "type": "EB", "authors": ["国家统计局"], "title": "公报", "date": "2024-02-29", "accessed": "2024-06-01", "url": "https://www.stats.gov.cn/a.html" },
        { "type": "S", "title": "信息与文献", "number": "GB/T 7714—2015", "place": "北京", "publisher": "中国标准出版社", "year": "2015" },
        "已写好的条目[Z]. 2016."
    ]);
    for template in ["research-report", "annual-report", "handout"] {
        let all = squeezed(&text(&compile_as(template, data.clone())));
        for entry in [
            "[1]余敏.出版集团研究[M].北京:中国书籍出版社,2001:179-193.",
            "[2]甲,乙,丙,等.题名[J].文献,2013(1):56-75.",
            "[3]国家统计局.公报[EB/OL].(2024-02-29)[2024-06-01].https://www.stats.gov.cn/a.html.",
            "[4]信息与文献:GB/T7714—2015[S].北京:中国标准出版社,2015.",
            "[5]已写好的条目[Z].2016.",
        ] {
            assert!(all.contains(entry), "{template}: {entry} is missing from {all}");
        }
    }
    // The standard of official documents knows no such list.
    assert!(!squeezed(&text(&compile_as("official-document", data))).contains("参考文献"));
}

fn wide_table(id: &str) -> Value {
    let header: Vec<String> = (1..=18).map(|i| format!("第{i}项金额")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(id, &header, &vec![vec!["123456.78".to_owned(); 18]; 6])
}

#[test]
fn every_format_turns_a_page_for_a_wide_table() {
    let part = section("a/b", "（一）", "宽表", vec![paragraph("p", "见下表。"), wide_table("t")], vec![]);
    let districts = section("d", "（一）", "甲区", vec![wide_table("d/t")], vec![]);
    let chapters = vec![
        section("a", "一、", "情况", vec![], vec![part]),
        section("districts", "二、", "各区", vec![], vec![districts]),
    ];
    let data = document_of(chapters);
    for format in ["research-report", "official-document", "briefing", "annual-report", "handout"] {
        let pages = compile_as(format, data.clone());
        let sizes: Vec<(f64, f64)> = (1..=pages.count()).filter_map(|p| pages.size(p)).collect();
        assert!(sizes.iter().any(|(w, h)| w > h), "{format}: {sizes:?}");
        pages.pdf(Standard::UniversalA, None).unwrap_or_else(|e| panic!("{format}: {e}"));
    }
}

#[test]
fn turned_tables_leave_no_page_empty_behind_them() {
    let mut annex = section("x", "附录一", "附表", vec![wide_table("t1"), wide_table("t2")], vec![]);
    annex["appendix"] = json!(true);
    let mut next = section("y", "附录二", "说明", vec![paragraph("q", "说明。")], vec![]);
    next["appendix"] = json!(true);
    let data = document_of(vec![section("a", "一、", "情况", vec![paragraph("p", "正文。")], vec![]), annex, next]);
    for format in ["research-report", "official-document", "annual-report", "handout"] {
        let pages = compile_as(format, data.clone());
        let last = (1..=pages.count()).rfind(|p| pages.text(*p).contains("说明")).expect("the second annex");
        let first = (1..=pages.count())
            .find(|p| pages.text(*p).contains("样表") && pages.text(*p).contains("123456"))
            .expect("a table");
        for page in first..=last {
            assert!(squeezed(&pages.text(page)).chars().count() > 6, "{format}: page {page} is empty");
        }
    }
}

#[test]
fn a_heading_stands_with_its_turned_table_and_no_page_is_empty_before_it() {
    for sentences in [1, 12, 20] {
        let words = "全市各县区部门认真落实科技创新政策措施工作取得明显成效。".repeat(sentences);
        let mut annex = section("x", "附录一", "统计表", vec![wide_table("t1")], vec![]);
        annex["appendix"] = json!(true);
        let data = document_of(vec![section("a", "一、", "情况", vec![paragraph("p", &words)], vec![]), annex]);
        for format in FORMATS.iter().chain(&["official-document"]).filter(|f| !["leader-brief", "slides"].contains(f)) {
            let pages = compile_as(format, data.clone());
            let page_of = |id: &str| pages.label_position(id).expect("printed").page;
            assert_eq!(page_of("x"), page_of("t1"), "{format}: the heading stands alone");
            // A part of a book begins on a right-hand page.
            let before = if *format == "annual-report" { 0 } else { page_of("t1") - page_of("p") - 1 };
            let text = squeezed(&pages.text(page_of("t1") - 1));
            assert!(
                before < 2 && (before == 0 || text.contains("明显成效")),
                "{format}: an empty page before the table"
            );
        }
    }
}

/// The lines of every page, measured on the PDF.
fn measured(format: &str, data: Value) -> Vec<inspect::Page> {
    let pdf = compile_as(format, data).pdf(Standard::UniversalA, None).expect("a PDF");
    inspect::measure(&pdf).expect("it can be measured").pages
}

/// Pairs of glyphs of one baseline that lie over each other by more than a squeezed mark does.
fn overprinted(page: &inspect::Page) -> Vec<String> {
    let mark = |g: &inspect::Glyph| !g.text.chars().all(char::is_alphanumeric);
    let mut order: Vec<_> = page.glyphs.iter().filter(|g| !mark(g)).collect();
    order.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let over = |a: &inspect::Glyph, b: &inspect::Glyph| {
        (a.y - b.y).abs() < 0.05 && a.x + a.width - b.x > 0.2 * a.width.min(b.width)
    };
    order.windows(2).filter(|w| over(w[0], w[1])).map(|w| format!("{}{}", w[0].text, w[1].text)).collect()
}

#[test]
fn numbers_aligned_on_the_point_stay_in_their_column() {
    let rows: Vec<Vec<String>> = [
        ("2022年服务人次合计", "518150"),
        ("2022年运营收入合计", "3825.42"),
        ("老年人投诉件数合计", "121"),
        ("利润率", "-12.345%"),
    ]
    .map(|(name, value)| [name, value, "平方米", "90", "2023年末", "社区养老服务站台账"].map(str::to_owned).to_vec())
    .to_vec();
    let header = ["指标", "数值", "单位", "有效样本", "时点", "来源"];
    let data = document(vec![paragraph("p", "见表。"), table("t", &header, &rows)]);
    for format in ["official-document", "research-report", "handout", "annual-report", "briefing"] {
        for page in measured(format, data.clone()) {
            assert_eq!(overprinted(&page), Vec::<String>::new(), "{format}");
        }
    }
}

#[test]
fn quantities_in_a_long_table_are_not_parted() {
    let mut rows: Vec<Vec<String>> = (1..=60)
        .map(|i| {
            vec![
                format!("第{i}项指标占全部指标的比重"),
                format!("{i}个"),
                "合计除以有效数".into(),
                "社区养老服务站台账，2023年末".into(),
            ]
        })
        .collect();
    rows[7][1] = "33537平方米".into();
    rows[8][1] = "3825.42万元".into();
    let data = document(vec![paragraph("p", "见表。"), table("t", &["指标", "数值", "计算方法", "来源"], &rows)]);
    for format in ["official-document", "research-report", "handout", "annual-report"] {
        let lines: Vec<String> =
            measured(format, data.clone()).into_iter().flat_map(|p| p.lines).map(|l| squeezed(&l.text)).collect();
        for quantity in ["33537平方米", "3825.42万元"] {
            assert!(lines.iter().any(|l| l.contains(quantity)), "{format}: {quantity} is parted");
        }
    }
}

#[test]
fn words_longer_than_a_line_break_and_running_heads_keep_to_theirs() {
    let endless = "ABCDEFGHIJ0123456789".repeat(6);
    let title = "县域商业体系建设与农村寄递物流服务网络覆盖面持续扩大但发展不平衡不充分的问题仍然较为突出的基本情况";
    let text = paragraph("p", &format!("型号{endless}，网址https://www.example.gov.cn/{endless}.html。"));
    let long = paragraph("q", &"全市各县区部门认真落实科技创新政策措施工作取得明显成效。".repeat(40));
    let mut data = document_of(vec![section("a", "一、", title, vec![text, long], vec![])]);
    data["meta"]["running_title"] =
        json!("关于进一步健全完善县域商业体系加快推进农村电子商务与快递物流协同配送服务能力提升工作的报告");
    for format in ["official-document", "research-report", "handout", "annual-report", "briefing"] {
        for page in measured(format, data.clone()) {
            for line in &page.lines {
                assert!(line.left > 10.0 && line.right < page.size.0 - 15.0, "{format}: {} leaves the page", line.text);
            }
            assert_eq!(overprinted(&page), Vec::<String>::new(), "{format}");
            let mut above: Vec<f64> = page.lines.iter().map(|l| l.baseline).filter(|y| *y < 26.0).collect();
            above.dedup_by(|a, b| (*a - *b).abs() < 0.5);
            assert!(above.len() < 2, "{format}: a running head of {} lines", above.len());
        }
    }
}

#[test]
fn a_running_head_with_room_is_whole() {
    let (title, running) = ("兰州市科技型企业高质量发展的对策建议", "兰州市科技型企业发展现状、问题与对策研究");
    let long = paragraph("q", &"全市各县区部门认真落实科技创新政策措施工作取得明显成效。".repeat(90));
    let mut data = document_of(vec![section("a", "三、", title, vec![long], vec![])]);
    data["meta"]["running_title"] = json!(running);
    for format in ["research-report", "annual-report"] {
        let heads: String = measured(format, data.clone())
            .iter()
            .flat_map(|p| &p.lines)
            .filter(|l| l.baseline < 26.0)
            .map(|l| l.text.as_str())
            .collect();
        assert!(heads.contains(title) && heads.contains(running) && !heads.contains('…'), "{format}: {heads}");
    }
}

#[test]
fn a_briefing_never_ends_with_a_few_lines_on_a_page() {
    for length in (500..1500).step_by(70) {
        let words: String =
            "全市各县区部门认真落实科技创新政策措施工作取得明显成效。".chars().cycle().take(length).collect();
        let mut data = document_of(vec![section("a", "一、", "情况", vec![paragraph("p", &words)], vec![])]);
        data["meta"]["official"] = issue();
        let pages = measured("briefing", data);
        let last = pages.last().expect("a page");
        let lines = last.lines.iter().filter(|l| l.size > 15.0).count();
        assert!(pages.len() == 1 || lines >= 4, "{length} characters: {lines} lines on page {}", pages.len());
    }
}

#[test]
fn long_numbers_do_not_draw_lines_apart() {
    let words = "运营收入由2022年的3825.42万元变为2023年的3795.09万元，下降0.8%。可比的84个服务站中，比2022年上升的36个、下降的48个。";
    let data = document(vec![paragraph("p", &words.repeat(6))]);
    for (format, most) in [("official-document", 1.2), ("research-report", 1.2)] {
        let pdf = compile_as(format, data.clone()).pdf(Standard::UniversalA, None).expect("a PDF");
        let layout = inspect::measure(&pdf).expect("it can be measured");
        for line in layout.pages.iter().flat_map(|p| &p.lines).filter(|l| l.cells > 18.0) {
            let spread = line.advance.unwrap_or(0.0) * inspect::POINT / line.size;
            assert!(spread < most, "{format}: {spread:.2} in {}", line.text);
            assert!(!line.text.trim_end().ends_with("202"), "a number is never parted: {}", line.text);
        }
    }
}

#[test]
fn a_section_without_number_and_title_is_no_heading() {
    let data = document_of(vec![section("a", "", "", vec![paragraph("p", "正文。")], vec![])]);
    for format in ["research-report", "official-document"] {
        compile_as(format, data.clone()).pdf(Standard::UniversalA, None).unwrap_or_else(|e| panic!("{format}: {e}"));
    }
}

#[test]
fn an_outline_too_long_for_a_slide_shows_its_chapters_alone() {
    let chapters = (0..10).map(|c| {
        let parts = (0..9).map(|p| {
            section(
                &format!("c{c}p{p}"),
                "（一）",
                &format!("第{c}章第{p}方面"),
                vec![paragraph(&format!("w{c}{p}"), "一句话。")],
                vec![],
            )
        });
        section(&format!("c{c}"), "一、", &format!("第{c}章的标题"), vec![], parts.collect())
    });
    let pages = compile_as("slides", document_of(chapters.collect()));
    let outline = squeezed(&pages.text(2));
    assert!(outline.contains("第9章的标题") && !outline.contains("第0章第1方面"), "{outline}");
}
