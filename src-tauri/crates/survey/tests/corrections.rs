//! Corrections laid over what the files say: changing one costs its column, and gives what reading everything anew does.

mod common;

use common::*;
use proptest::prelude::*;
use std::sync::Arc;
use survey::{Assembled, Correction, IssueCode};

const FIELDS: [&str; 7] = ["编号", "企业名称", "区县", "行业", "2022年营业收入", "2023年营业收入", "资质"];

/// A ledger with a duplicate, spellings of one region, figures of two years and one far out, and several answers.
fn ledger() -> Project {
    let mut text = String::from("编号,企业名称,区县,行业,2022年营业收入（万元）,2023年营业收入（万元）,资质\n");
    for i in 0..24 {
        let region = ["东城区", "西城区", "东城"][i % 3];
        let trade = ["制造业", "软件业"][i % 2];
        let marks = ["高新技术企业┋专精特新", "专精特新", "无"][i % 3];
        text.push_str(&format!("A{i:03},第{i}公司,{region},{trade},{}.5,{},{marks}\n", 100 + i, 120 + 3 * i));
    }
    text.push_str("A003,第3公司,西城区,制造业,999,129,专精特新\n,无号公司,东城区,制造业,80,8800000,无\n");
    let mut project = Project::default();
    project.import("台账.csv", text.as_bytes());
    project
}

fn correction(set: &Assembled, row: usize, title: &str, value: &str) -> Correction {
    let field = set.dataset.schema.fields.iter().find(|f| f.title.contains(title)).expect("a field of the ledger");
    Correction {
        dataset: set.dataset.schema.id.clone(),
        record: set.record(row),
        field: field.id.clone(),
        value: value.into(),
        reason: String::new(),
    }
}

fn same(a: &Assembled, b: &Assembled) {
    assert_eq!(a.dataset.schema, b.dataset.schema);
    for (field, (a, b)) in a.dataset.schema.fields.iter().zip(a.dataset.columns.iter().zip(&b.dataset.columns)) {
        assert_eq!(a, b, "{}", field.title);
    }
    assert_eq!((a.dataset.n, a.duplicates, a.rejected), (b.dataset.n, b.duplicates, b.rejected));
    assert_eq!(a.dataset.origins, b.dataset.origins);
    assert_eq!((a.corrections, &a.keys), (b.corrections, &b.keys));
    assert_eq!(a.issues, b.issues);
}

#[test]
fn only_the_corrected_column_is_made_anew() {
    let project = ledger();
    let gathered = project.gathered();
    let before = gathered[0].assembled(&[], None);
    let fix = [correction(&before, 24, "2023年", "88")];
    let after = gathered[0].assembled(&fix, Some(&before));
    let fields = &after.dataset.schema.fields;
    for (i, field) in fields.iter().enumerate() {
        let kept = Arc::ptr_eq(&before.dataset.columns[i], &after.dataset.columns[i]);
        assert_eq!(kept, !field.title.contains("2023年"), "{}", field.title);
    }
    // The figure was ten thousand times its neighbours; the doubt goes with it.
    let doubts = |set: &Assembled| issues(set, IssueCode::UnitSuspect).len();
    assert_eq!((doubts(&before), doubts(&after), after.corrections), (1, 0, 1));
    assert_eq!(column(&after, &fix[0].field)[24].as_deref(), Some("88"));
    // Taken back, everything is as the files say.
    same(&gathered[0].assembled(&[], Some(&after)), &before);
}

#[test]
fn a_correction_whose_record_is_gone_is_told_and_does_nothing() {
    let project = ledger();
    let gathered = project.gathered();
    let before = gathered[0].assembled(&[], None);
    let mut lost = correction(&before, 0, "行业", "农业");
    lost.record = "台账.csv/没有/7".into();
    let after = gathered[0].assembled(&[lost], Some(&before));
    assert_eq!((after.corrections, issues(&after, IssueCode::InconsistentFields).len()), (0, 1));
    assert_eq!(before.dataset.columns, after.dataset.columns);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever is corrected, corrected again and taken back, in whatever order.
    #[test]
    fn corrections_laid_step_by_step_give_what_reading_anew_gives(
        steps in proptest::collection::vec(
            (0usize..25, 0usize..FIELDS.len(), prop_oneof![
                Just(""), Just("东城"), Just("高新区"), Just("12.345"), Just("9000000"), Just("无"), Just("乱写"),
                Just("专精特新┋新资质"), Just("(跳过)"), Just("99999999999999999999"),
            ]),
            1..12,
        )
    ) {
        let mut project = ledger();
        let gathered = project.gathered();
        let mut state = gathered[0].assembled(&[], None);
        let files = state.clone();
        let mut laid: Vec<Correction> = Vec::new();
        for (row, field, value) in steps {
            let next = correction(&files, row, FIELDS[field], value);
            match laid.iter().position(|c| c.record == next.record && c.field == next.field) {
                Some(at) if value.is_empty() => drop(laid.remove(at)),
                Some(at) => laid[at] = next,
                None => laid.push(next),
            }
            state = gathered[0].assembled(&laid, Some(&state));
            project.corrections = laid.clone();
            same(&state, &project.outcome().sets[0]);
        }
    }
}
