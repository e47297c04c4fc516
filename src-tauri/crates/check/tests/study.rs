//! The faults of number and base that the model study has (its E1, E2 and C1–C6), in words of our own and in an
//! invented trade with other figures: each is found, and what stands beside it and is right is left alone.

use check::{Class, Draft, Severity, check};

const STUDY: &str = "\
一、发展现状
目前，全市共有民宿512家，其中星级民宿218家，乡村民宿346家。2024年以来新评定金宿级民宿38户，数量列全省第一。其中，云栖山居入选全国甲级名录，山外小院在省里获奖。
当前，全市民宿主要分布在湖滨、古镇和山地片区。其中，湖滨片区最多，有168家，占40.6%；古镇片区105家，占25.4%；山地片区62家，占15.2%；滨江片区41家，占9.9%；城郊片区26家，占6.3%；其他12家，占2.9%。
截至2023年末，全市民宿中，客房5间以下的231家，占55.8%；6间至10间的118家，占28.5%；11间至20间的49家，占1 1.8.%；21间以上的16家，占3.9%。
二、存在问题
从重点培育对象看，家庭自营的34户，占培育民宿的56.7%，品牌连锁的11户，仅占培育民宿的18.3%。
三、对策建议
实施民宿倍增计划，到2027年全市民宿达到900家，其中金宿级120家、上市企业3家。
";

#[test]
fn the_faults_of_the_study_are_found_in_another_trade() {
    let review = check(&Draft::plain(STUDY), &[]);
    let on = |words: &str, severity: Severity| {
        let at = STUDY.find(words).map(|at| STUDY[..at].chars().count()).expect("words of the text");
        let end = at + words.chars().count();
        review.findings.iter().any(|f| f.severity <= severity && f.start < end && at < f.end)
    };
    let all = || review.findings.iter().map(|f| format!("{} {} {}", f.rule, f.quote, f.reason)).collect::<Vec<_>>();
    for (words, severity) in [
        ("山地片区62家，占15.2%", Severity::Warning),
        ("占1 1.8.%", Severity::Warning),
        ("共有民宿512家", Severity::Warning),
        ("截至2023年末", Severity::Warning),
        ("倍增计划，到2027年全市民宿达到900家", Severity::Warning),
        ("上市企业3家", Severity::Hint),
        ("38户，数量列全省第一。其中", Severity::Hint),
        ("34户，占培育民宿的56.7%", Severity::Hint),
    ] {
        assert!(on(words, severity), "{words}: {:#?}", all());
    }
    let graver: Vec<&str> =
        review.findings.iter().filter(|f| f.severity < Severity::Hint).map(|f| f.quote.as_str()).collect();
    assert_eq!(graver.len(), 5, "{graver:?}");
}

#[test]
fn shares_over_a_total_that_is_not_printed_are_verified() {
    let review = check(&Draft::plain(STUDY), &[]);
    let verified: Vec<&str> =
        review.numbers.entries.iter().filter(|e| e.class == Class::Verified).map(|e| e.quote.as_str()).collect();
    for share in ["40.6%", "25.4%", "9.9%", "6.3%", "2.9%", "55.8%", "28.5%", "3.9%", "56.7%", "18.3%"] {
        assert!(verified.contains(&share), "{share} in {verified:?}");
    }
}
