//! Project files through the backend: imports, corrections of imports, undo, old and strange files.

use backend::{Access, Code, Decision, FileStatus, ImportOptions, ImportReport, NewProject, Project, Source};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use yance_tests::{Desk, ledger, root};

const ROWS: [(u32, &str, &str, &str); 3] =
    [(1, "甲公司", "东区", "100.5"), (2, "乙公司", "西区", "200"), (3, "丙公司", "东区", "300")];

fn new(desk: &Desk) -> Project {
    let new = NewProject { kit: "general-survey".into(), as_of: "2023-12-31".parse().ok(), ..NewProject::default() };
    Project::create(&desk.path("甲.yance"), new).unwrap()
}

fn import(project: &mut Project, paths: &[&Path]) -> Result<ImportReport, backend::Error> {
    import_with(project, paths, &ImportOptions::default())
}

fn import_with(
    project: &mut Project,
    paths: &[&Path],
    options: &ImportOptions,
) -> Result<ImportReport, backend::Error> {
    let sources: Vec<Source> = paths.iter().map(|p| Source::Path(p.to_path_buf())).collect();
    project.import(&sources, options, &mut |_| {}, &AtomicBool::new(false))
}

fn csv(project: &Project) -> String {
    let datasets = project.datasets().unwrap();
    let mut out = Vec::new();
    datasets.iter().for_each(|d| backend::write_csv(d, &mut out).unwrap());
    String::from_utf8(out).unwrap()
}

#[test]
fn imported_records_are_there_after_closing() {
    let desk = Desk::new();
    let path = desk.write("台账.csv", ledger(&ROWS));
    let mut project = new(&desk);
    let report = import(&mut project, &[&path]).unwrap();
    assert_eq!(report.datasets.len(), 1, "{report:?}");
    assert_eq!((report.datasets[0].records, report.datasets[0].added), (3, 3));
    let before = csv(&project);
    assert!(before.lines().next().unwrap().contains("2023年营业收入（万元）"), "{before}");
    assert!(before.contains("100.5"), "{before}");
    drop(project);
    assert_eq!(desk.names(), ["台账.csv", "甲.yance"]);
    let project = Project::open(&desk.path("甲.yance"), Access::Read).unwrap();
    assert_eq!(csv(&project), before);
    let info = project.info().unwrap();
    assert_eq!((info.title.as_str(), info.as_of.as_str()), ("甲", "2023-12-31"));
    assert_eq!(info.files, ["台账.csv"]);
}

#[test]
fn the_same_content_again_changes_nothing_and_leaves_nothing_to_undo() {
    let desk = Desk::new();
    let path = desk.write("台账.csv", ledger(&ROWS));
    let mut project = new(&desk);
    import(&mut project, &[&path]).unwrap();
    let again = import(&mut project, &[&path]).unwrap();
    assert_eq!(again.files[0].status, FileStatus::Unchanged);
    let d = &again.datasets[0];
    assert_eq!((d.records, d.added, d.changed, d.unchanged, d.removed), (3, 0, 0, 3, 0));
    assert_eq!(project.info().unwrap().undo.len(), 1);
    let copy = desk.write("副本.csv", ledger(&ROWS));
    let refused = import(&mut project, &[&copy]).unwrap_err();
    assert_eq!(refused.code, Code::Exists);
    assert!(refused.message.contains("副本.csv") && refused.message.contains("台账.csv"), "{refused}");
}

#[test]
fn a_corrected_file_takes_the_place_of_the_first_and_can_be_undone() {
    let desk = Desk::new();
    let path = desk.write("台账.csv", ledger(&ROWS));
    let mut project = new(&desk);
    import(&mut project, &[&path]).unwrap();
    let first = csv(&project);
    // 甲 unchanged, 乙 corrected, 丙 gone, 丁 and 戊 new.
    desk.write(
        "台账.csv",
        ledger(&[ROWS[0], (2, "乙公司", "西区", "250"), (4, "丁公司", "东区", "1"), (5, "戊公司", "西区", "2")]),
    );
    let report = import(&mut project, &[&path]).unwrap();
    assert_eq!(report.files[0].status, FileStatus::Replaced);
    let d = &report.datasets[0];
    assert_eq!((d.records, d.added, d.changed, d.unchanged, d.removed), (4, 2, 1, 1, 1));
    assert_eq!(d.changes.len(), 1);
    let second = csv(&project);
    assert_ne!(first, second);
    assert_eq!(project.undo().unwrap().as_deref(), Some("导入台账.csv"));
    assert_eq!(csv(&project), first);
    assert_eq!(project.redo().unwrap().as_deref(), Some("导入台账.csv"));
    assert_eq!(csv(&project), second);
}

#[test]
fn a_dry_run_reports_the_same_and_keeps_the_bytes() {
    let desk = Desk::new();
    let path = desk.write("台账.csv", ledger(&ROWS));
    drop(new(&desk));
    let file = desk.path("甲.yance");
    let before = std::fs::read(&file).unwrap();
    let mut project = Project::open(&file, Access::Write).unwrap();
    let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let shown = import_with(&mut project, &[&path], &options).unwrap();
    drop(project);
    assert!(std::fs::read(&file).unwrap() == before);
    let mut project = Project::open(&file, Access::Write).unwrap();
    let done = import(&mut project, &[&path]).unwrap();
    assert_eq!(ImportReport { dry_run: false, ..shown }, done);
}

#[test]
fn one_bad_file_keeps_all_of_a_command_out() {
    let desk = Desk::new();
    let good = desk.write("台账.csv", ledger(&ROWS));
    let bad = desk.write("坏.xlsx", b"PK\x03\x04 cut off");
    let mut project = new(&desk);
    let refused = import(&mut project, &[&good, &bad]).unwrap_err();
    assert_eq!(refused.code, Code::UnreadableFile);
    assert!(refused.message.contains("坏.xlsx"), "{refused}");
    let missing = import(&mut project, &[&good, &desk.path("没有.csv")]).unwrap_err();
    assert_eq!(missing.code, Code::NotFound);
    assert!(project.info().unwrap().files.is_empty());
    assert!(project.info().unwrap().undo.is_empty());
}

#[test]
fn cancelling_an_import_leaves_the_project_as_it_was() {
    let desk = Desk::new();
    let rows: Vec<(u32, &str, &str, &str)> = (0..9_000).map(|i| (i, "甲", "东区", "1")).collect();
    let path = desk.write("台账.csv", ledger(&rows));
    let mut project = new(&desk);
    let cancel = AtomicBool::new(false);
    let mut steps = 0;
    let refused = project
        .import(
            &[Source::Path(path)],
            &ImportOptions::default(),
            &mut |_| {
                steps += 1;
                cancel.store(steps == 2, Ordering::Relaxed);
            },
            &cancel,
        )
        .unwrap_err();
    assert_eq!(refused.code, Code::Cancelled);
    assert!(project.info().unwrap().files.is_empty());
    assert!(project.datasets().unwrap().is_empty());
}

#[test]
fn decisions_and_settings_are_undone_in_order() {
    let desk = Desk::new();
    let mut project = new(&desk);
    project.set("title", "新标题").unwrap();
    project.set("as_of", "2024年6月30日").unwrap();
    project.set("authors", "甲、乙").unwrap();
    assert_eq!(project.info().unwrap().authors, ["甲", "乙"]);
    for (key, value) in [("title", ""), ("as-of", "昨天"), ("没有", "1"), ("criterion.x", "很多")] {
        assert_eq!(project.set(key, value).unwrap_err().code, Code::InvalidArgument, "{key}");
    }
    assert_eq!(project.decide(&["P99".into()], Some(Decision::Accepted)).unwrap_err().code, Code::NoData);
    project.undo().unwrap();
    project.undo().unwrap();
    let info = project.info().unwrap();
    assert_eq!((info.title.as_str(), info.as_of.as_str()), ("新标题", "2023-12-31"));
    project.undo().unwrap();
    assert_eq!(project.info().unwrap().title, "甲");
    assert_eq!(project.undo().unwrap(), None);
}

fn fixture(name: &str) -> PathBuf {
    root().join("tests/projects").join(name)
}

/// Each released schema leaves a file that must open for ever.
#[test]
fn a_project_of_the_first_format_opens_with_everything_in_it() {
    let desk = Desk::new();
    std::fs::copy(fixture("v1.yance"), desk.path("旧.yance")).unwrap();
    let mut project = store::Project::open(&desk.path("旧.yance"), Access::Write).unwrap();
    let view = project.view();
    let meta = view.meta().unwrap();
    assert_eq!((meta.title.as_str(), meta.as_of.to_string().as_str()), ("第一版工程", "2023-12-31"));
    assert_eq!(meta.authors, ["甲", "乙"]);
    assert_eq!(view.parameters().unwrap()["region"], "全市");
    assert_eq!(view.decisions().unwrap()["P1"], Decision::Accepted);
    assert_eq!(view.corrections().unwrap()[0].reason, "笔误");
    assert_eq!(view.overrides().unwrap()[0].unit.as_deref(), Some("元"));
    assert_eq!(view.kit_files().unwrap()["kit.toml"], "id = \"v1\"");
    let tables = view.tables().unwrap();
    assert_eq!(tables[0].info.sheet, "台账");
    let mut rows = Vec::new();
    view.rows(tables[0].id, |row, cells| {
        rows.push((row, cells.to_owned()));
        Ok::<_, ()>(())
    })
    .unwrap()
    .unwrap();
    assert_eq!(rows, [(4, "1\u{1f}甲".to_owned()), (5, "2\u{1f}".to_owned())]);
    assert!(view.integrity().unwrap().is_empty());
    assert_eq!(project.undo().unwrap().unwrap().label, "接受");
}

/// A released schema that left no file could not be tested for ever. A missing one is written, to be committed.
#[test]
fn every_format_has_its_fixture() {
    for format in 1..=store::FORMAT {
        let path = fixture(&format!("v{format}.yance"));
        if !path.exists() {
            write_fixture(&path);
            panic!("{} was missing and has been written: commit it", path.display());
        }
    }
    let desk = Desk::new();
    std::fs::copy(fixture("v2.yance"), desk.path("新.yance")).unwrap();
    let project = store::Project::open(&desk.path("新.yance"), Access::Write).unwrap();
    let edits = project.view().edits().unwrap();
    assert_eq!((edits[0].target.as_str(), edits[0].aspect.as_str()), ("status", "title"));
    assert_eq!(edits[0].basis.as_deref(), Some("\"现状\""));
    assert_eq!(project.view().place().unwrap().as_deref(), Some("data"));
}

/// Makes the fixture of the present format.
fn write_fixture(path: &Path) {
    use std::collections::BTreeMap;
    let meta = store::Meta {
        title: "第一版工程".into(),
        authors: vec!["甲".into(), "乙".into()],
        as_of: "2023-12-31".parse().unwrap(),
        ..Default::default()
    };
    let kit = BTreeMap::from([("kit.toml".to_owned(), "id = \"v1\"".to_owned())]);
    let mut project = store::Project::create(path, &meta, &kit).unwrap();
    project
        .transact("导入", |tx| -> store::Result<()> {
            let import = tx.add_import(&store::NewImport { name: "a.csv", sha256: "0", size: 9, sheets: &[] })?;
            let table = tx.add_table(import, 0)?;
            tx.add_row(table, 4, "1\u{1f}甲")?;
            tx.add_row(table, 5, "2\u{1f}")?;
            let info = survey::TableInfo { file: "a.csv".into(), sheet: "台账".into(), ..Default::default() };
            tx.set_table(table, 0, &info)?;
            tx.set_parameter("region", Some("全市"))?;
            let mapping = survey::plan::Override {
                column: Some("B".into()),
                field: Some("revenue".into()),
                unit: Some("元".into()),
                ..Default::default()
            };
            tx.add_override(&mapping)?;
            tx.correct(&survey::Correction {
                dataset: "d".into(),
                record: "1".into(),
                field: "name".into(),
                value: "乙".into(),
                reason: "笔误".into(),
            })
        })
        .unwrap();
    project
        .transact("改题", |tx| {
            tx.set_edit(&store::Edit {
                target: "status".into(),
                aspect: "title".into(),
                value: "\"总体情况\"".into(),
                basis: Some("\"现状\"".into()),
            })
        })
        .unwrap();
    project.set_place("data").unwrap();
    project.transact("接受", |tx| tx.decide("P1", Some(Decision::Accepted))).unwrap();
}
