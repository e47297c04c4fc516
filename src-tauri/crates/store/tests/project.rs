//! The project file as its users know it: acts, undo, refusal, locking.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{Access, Decision, Error, Meta, NewImport, Part, Project, Result};
use survey::plan::Override;
use survey::{Correction, TableInfo};

fn meta(title: &str) -> Meta {
    Meta {
        title: title.into(),
        authors: vec!["甲".into(), "乙".into()],
        as_of: "2023-12-31".parse().unwrap(),
        ..Meta::default()
    }
}

fn kit() -> BTreeMap<String, String> {
    BTreeMap::from([("kit.toml".to_owned(), "id = \"k\"".to_owned())])
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn project(&self) -> Project {
        Project::create(&self.path("甲.yance"), &meta("标题"), &kit()).unwrap()
    }
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn import(project: &mut Project, name: &str, rows: &[&str]) {
    project
        .transact("导入", |tx| {
            let import = tx.add_import(&NewImport { name, sha256: &rows.concat(), size: 1, sheets: &[] })?;
            let table = tx.add_table(import, 0)?;
            for (i, cells) in rows.iter().enumerate() {
                tx.add_row(table, i as u32 + 5, cells)?;
            }
            tx.set_table(table, 0, &TableInfo { file: name.into(), ..TableInfo::default() })
        })
        .unwrap();
}

fn rows(project: &Project) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    for table in project.view().tables().unwrap() {
        project
            .view()
            .rows(table.id, |row, cells| {
                out.push((row, cells.to_owned()));
                Ok::<_, ()>(())
            })
            .unwrap()
            .unwrap();
    }
    out
}

#[test]
fn everything_written_is_read_again_after_closing_and_only_one_file_stays() {
    let desk = Desk::new();
    let mut project = desk.project();
    let correction = Correction {
        dataset: "d".into(),
        record: "k|1".into(),
        field: "f".into(),
        value: "".into(),
        reason: "误填".into(),
    };
    let mapping =
        Override {
            sheet: Some("表".into()), column: Some("F".into()), field: Some("f".into()), ..Override::default()
        };
    project
        .transact("改", |tx| {
            tx.correct(&correction)?;
            tx.add_override(&mapping)?;
            tx.decide("P1", Some(Decision::Rejected))?;
            tx.set_parameter("region", Some("全市"))
        })
        .unwrap();
    import(&mut project, "a.csv", &["1\u{1f}甲", "2\u{1f}"]);
    drop(project);
    assert_eq!(desk.names(), ["甲.yance"], "no journal is left beside the project");

    let project = Project::open(&desk.path("甲.yance"), Access::Read).unwrap();
    let view = project.view();
    assert_eq!(view.meta().unwrap(), meta("标题"));
    assert_eq!(view.kit_files().unwrap(), kit());
    assert_eq!(view.corrections().unwrap(), [correction]);
    assert_eq!(view.overrides().unwrap(), [mapping]);
    assert_eq!(view.decisions().unwrap(), BTreeMap::from([("P1".into(), Decision::Rejected)]));
    assert_eq!(view.parameters().unwrap(), BTreeMap::from([("region".into(), "全市".into())]));
    assert_eq!(rows(&project), [(5, "1\u{1f}甲".into()), (6, "2\u{1f}".into())]);
    assert!(view.integrity().unwrap().is_empty());
}

#[test]
fn undo_and_redo_walk_through_every_kind_of_decision() {
    let desk = Desk::new();
    let mut project = desk.project();
    project.transact("改题", |tx| tx.set_meta(&meta("新题"))).unwrap();
    project.transact("接受", |tx| tx.decide("P1", Some(Decision::Accepted))).unwrap();
    project.transact("改主意", |tx| tx.decide("P1", Some(Decision::Rejected))).unwrap();
    project.transact("参数", |tx| tx.set_parameter("a", Some("1"))).unwrap();
    import(&mut project, "a.csv", &["旧"]);
    import(&mut project, "a.csv", &["新"]);
    type State = (Meta, BTreeMap<String, Decision>, BTreeMap<String, String>, Vec<(u32, String)>);
    let state = |p: &Project| -> State {
        let v = p.view();
        (v.meta().unwrap(), v.decisions().unwrap(), v.parameters().unwrap(), rows(p))
    };
    let mut seen = vec![state(&project)];
    let mut labels = Vec::new();
    while let Some(step) = project.undo().unwrap() {
        labels.push(step.label);
        seen.push(state(&project));
    }
    assert_eq!(labels, ["导入", "导入", "参数", "改主意", "接受", "改题"]);
    assert_eq!(seen[1].3, [(5, "旧".into())], "the import that was superseded counts again");
    assert!(seen[2].3.is_empty());
    assert!(seen[3].2.is_empty());
    assert_eq!(seen[4].1["P1"], Decision::Accepted);
    assert!(seen[5].1.is_empty());
    assert_eq!(seen[6].0.title, "标题");
    // The undo record outlives closing.
    drop(project);
    let mut project = Project::open(&desk.path("甲.yance"), Access::Write).unwrap();
    for expected in seen.iter().rev().skip(1) {
        assert!(project.redo().unwrap().is_some());
        assert_eq!(&state(&project), expected);
    }
    assert_eq!(project.redo().unwrap(), None);
}

#[test]
fn a_new_act_ends_redo_and_drops_the_rows_only_it_could_bring_back() {
    let desk = Desk::new();
    let mut project = desk.project();
    import(&mut project, "a.csv", &["一"]);
    import(&mut project, "a.csv", &["二"]);
    project.undo().unwrap();
    assert_eq!(project.view().imports().unwrap().len(), 2);
    project.transact("参数", |tx| tx.set_parameter("a", Some("1"))).unwrap();
    assert_eq!(project.redo().unwrap(), None);
    let imports = project.view().imports().unwrap();
    assert_eq!(imports.len(), 1, "the undone import is out of reach");
    assert!(imports[0].active);
    assert_eq!(rows(&project), [(5, "一".into())]);
}

#[test]
fn an_act_tells_what_it_changed_and_an_idle_one_leaves_no_trace() {
    let desk = Desk::new();
    let mut project = desk.project();
    let done = project
        .transact("两样", |tx| {
            tx.set_parameter("a", Some("1"))?;
            tx.decide("P1", Some(Decision::Accepted))
        })
        .unwrap();
    assert_eq!(done.changed.into_iter().collect::<Vec<_>>(), [Part::Parameters, Part::Decisions]);
    project.undo().unwrap();
    let done = project.transact("没变", |tx| tx.set_meta(&meta("标题"))).unwrap();
    assert!(done.changed.is_empty());
    assert_eq!(project.view().history().unwrap(), (vec![], vec!["两样".to_owned()]), "redo is still possible");
}

#[test]
fn a_failed_act_changes_nothing_and_the_next_one_works() {
    let desk = Desk::new();
    let mut project = desk.project();
    let failed: Result<store::Done<()>, Error> = project.transact("半途", |tx| {
        tx.set_parameter("a", Some("1"))?;
        tx.add_import(&NewImport { name: "a", sha256: "", size: 0, sheets: &[] })?;
        Err(Error::NotFound("x".into()))
    });
    assert!(failed.is_err());
    assert!(project.view().parameters().unwrap().is_empty());
    assert!(project.view().imports().unwrap().is_empty());
    project.transact("再来", |tx| tx.set_parameter("a", Some("2"))).unwrap();
    project.undo().unwrap();
    assert!(project.view().parameters().unwrap().is_empty());
}

#[test]
fn a_panicking_act_changes_nothing_and_the_next_one_works() {
    let desk = Desk::new();
    let mut project = desk.project();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        project.transact("崩", |tx| -> Result<()> {
            tx.set_parameter("a", Some("1"))?;
            panic!("bug")
        })
    }));
    assert!(caught.is_err());
    assert!(project.view().parameters().unwrap().is_empty());
    project.transact("再来", |tx| tx.set_parameter("a", Some("2"))).unwrap();
    assert_eq!(project.view().history().unwrap().0, ["再来"]);
}

#[test]
fn a_rehearsal_shows_the_outcome_and_leaves_the_same_bytes() {
    let desk = Desk::new();
    let mut project = desk.project();
    import(&mut project, "a.csv", &["一"]);
    drop(project);
    let before = std::fs::read(desk.path("甲.yance")).unwrap();
    let mut project = Project::open(&desk.path("甲.yance"), Access::Write).unwrap();
    let long = "长".repeat(3_000);
    let n = project
        .rehearse(|tx| {
            let import = tx.add_import(&NewImport { name: "b", sha256: "", size: 0, sheets: &[] })?;
            let table = tx.add_table(import, 0)?;
            // More than the page cache holds, so that pages reach the file before the rollback.
            for row in 0..6_000 {
                tx.add_row(table, row, &long)?;
            }
            tx.set_table(table, 0, &TableInfo::default())?;
            tx.tables().map(|t| t.len())
        })
        .unwrap();
    assert_eq!(n, 2);
    drop(project);
    assert!(std::fs::read(desk.path("甲.yance")).unwrap() == before);
}

#[test]
fn one_writer_at_a_time_and_readers_share() {
    let desk = Desk::new();
    let path = desk.path("甲.yance");
    let project = desk.project();
    for access in [Access::Write, Access::Read] {
        let refused = Project::open(&path, access).unwrap_err();
        assert!(matches!(refused, Error::InUse(_)), "{refused:?}");
        assert!(refused.to_string().contains("正被另一个研策窗口或命令使用"));
    }
    drop(project);
    let one = Project::open(&path, Access::Read).unwrap();
    let two = Project::open(&path, Access::Read).unwrap();
    assert_eq!(one.view().meta().unwrap(), two.view().meta().unwrap());
    assert!(matches!(Project::open(&path, Access::Write).unwrap_err(), Error::InUse(_)));
    drop((one, two));
    Project::open(&path, Access::Write).unwrap();
}

#[test]
fn a_reader_cannot_write() {
    let desk = Desk::new();
    drop(desk.project());
    let mut project = Project::open(&desk.path("甲.yance"), Access::Read).unwrap();
    let refused = project.transact("改", |tx| tx.set_parameter("a", Some("1"))).unwrap_err();
    assert!(matches!(refused, Error::ReadOnly(_)));
}

#[test]
fn an_existing_file_is_never_replaced() {
    let desk = Desk::new();
    std::fs::write(desk.path("甲.yance"), "别人的").unwrap();
    let refused = Project::create(&desk.path("甲.yance"), &meta("x"), &kit()).unwrap_err();
    assert!(matches!(refused, Error::Exists(_)));
    assert_eq!(std::fs::read_to_string(desk.path("甲.yance")).unwrap(), "别人的");
    let refused = Project::create(&desk.path("没有/甲.yance"), &meta("x"), &kit()).unwrap_err();
    assert!(matches!(refused, Error::NoFolder(_)), "{refused:?}");
    assert_eq!(desk.names(), ["甲.yance"]);
}

/// Opens a file that must be refused and must not change, then gives the refusal.
fn refused(path: &Path) -> Error {
    let before = std::fs::read(path).unwrap();
    let error = Project::open(path, Access::Write).unwrap_err();
    assert!(std::fs::read(path).unwrap() == before, "a refused file must stay as it was");
    error
}

#[test]
fn foreign_files_are_refused_unaltered() {
    let desk = Desk::new();
    let path = desk.path("x.yance");
    assert!(matches!(Project::open(&path, Access::Write).unwrap_err(), Error::NotFound(_)));
    for content in [&b""[..], b"hello", b"PK\x03\x04 a workbook", &[0u8; 4096]] {
        std::fs::write(&path, content).unwrap();
        assert!(matches!(refused(&path), Error::NotAProject { .. }));
    }
    std::fs::remove_file(&path).unwrap();
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE meta (key, value)").unwrap();
    drop(conn);
    assert!(matches!(refused(&path), Error::NotAProject { .. }));
    std::fs::create_dir(desk.path("夹.yance")).unwrap();
    assert!(Project::open(&desk.path("夹.yance"), Access::Write).is_err());
}

#[test]
fn truncated_and_newer_files_are_refused_unaltered() {
    let desk = Desk::new();
    let mut project = desk.project();
    import(&mut project, "a.csv", &["x".repeat(50_000).as_str()]);
    drop(project);
    let path = desk.path("甲.yance");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 9_000]).unwrap();
    assert!(matches!(refused(&path), Error::Damaged { .. }));
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&(store::FORMAT + 1).to_be_bytes());
    std::fs::write(&path, &newer).unwrap();
    let error = refused(&path);
    assert!(matches!(error, Error::Newer { found, .. } if found == store::FORMAT + 1));
    assert!(error.to_string().contains("请升级研策"));
}

#[test]
fn a_vanished_project_is_explained() {
    let desk = Desk::new();
    let mut project = desk.project();
    std::fs::remove_file(desk.path("甲.yance")).unwrap();
    let refused = project.transact("改", |tx| tx.set_parameter("a", Some("1"))).unwrap_err();
    assert!(matches!(refused, Error::Vanished(_)));
    assert!(refused.to_string().contains("已不在原处"));
}

#[test]
fn a_backup_is_a_project_of_its_own() {
    let desk = Desk::new();
    let mut project = desk.project();
    import(&mut project, "a.csv", &["一"]);
    project.back_up(&desk.path("备份.yance")).unwrap();
    assert!(matches!(project.back_up(&desk.path("备份.yance")).unwrap_err(), Error::Exists(_)));
    let copy = Project::open(&desk.path("备份.yance"), Access::Write).unwrap();
    assert_eq!(rows(&copy), rows(&project));
    drop((copy, project));
    assert_eq!(desk.names(), ["备份.yance", "甲.yance"]);
}

#[test]
fn the_undo_record_is_bounded() {
    let desk = Desk::new();
    let mut project = desk.project();
    for i in 0..210 {
        project.transact(&format!("第{i}次"), |tx| tx.set_parameter("a", Some(&i.to_string()))).unwrap();
    }
    let (undo, _) = project.view().history().unwrap();
    assert_eq!(undo.len(), 200);
    assert_eq!(undo[0], "第209次");
}

#[test]
fn acts_that_join_one_are_undone_with_it() {
    let desk = Desk::new();
    let mut project = desk.project();
    let first = project.transact("改", |tx| tx.set_parameter("a", Some("1"))).unwrap().operation.unwrap();
    for value in ["12", "123"] {
        let done = project.transact_onto(first, "改", |tx| tx.set_parameter("a", Some(value))).unwrap();
        assert_eq!(done.operation, Some(first));
        assert_eq!(done.changed.len(), 1);
    }
    assert_eq!(project.view().history().unwrap().0, ["改"]);
    project.undo().unwrap();
    assert!(!project.view().parameters().unwrap().contains_key("a"), "all of the typing is gone at once");
    project.redo().unwrap();
    assert_eq!(project.view().parameters().unwrap()["a"], "123");
}

#[test]
fn an_act_joins_only_the_newest_one() {
    let desk = Desk::new();
    let mut project = desk.project();
    let first = project.transact("改", |tx| tx.set_parameter("a", Some("1"))).unwrap().operation.unwrap();
    project.transact("别的", |tx| tx.set_parameter("b", Some("1"))).unwrap();
    let done = project.transact_onto(first, "改", |tx| tx.set_parameter("a", Some("2"))).unwrap();
    assert_ne!(done.operation, Some(first));
    assert_eq!(project.view().history().unwrap().0, ["改", "别的", "改"]);
    project.undo().unwrap();
    let undone = done.operation.unwrap();
    let done = project.transact_onto(undone, "改", |tx| tx.set_parameter("a", Some("3"))).unwrap();
    project.undo().unwrap();
    assert_eq!(project.view().parameters().unwrap()["a"], "1", "what was undone is not joined: {done:?}");
}

#[test]
fn typing_something_and_taking_it_away_again_leaves_no_step() {
    let desk = Desk::new();
    let mut project = desk.project();
    project.transact("先", |tx| tx.set_parameter("a", Some("1"))).unwrap();
    let op = project.transact("改", |tx| tx.set_parameter("a", Some("2"))).unwrap().operation.unwrap();
    let done = project.transact_onto(op, "改", |tx| tx.set_parameter("a", Some("1"))).unwrap();
    assert_eq!(done.operation, None);
    assert_eq!(done.changed.len(), 1, "the value is another one than before this act");
    assert_eq!(project.view().history().unwrap().0, ["先"]);
}

#[test]
fn a_file_keeps_its_place_when_it_is_replaced() {
    let desk = Desk::new();
    let mut project = desk.project();
    import(&mut project, "a.csv", &["旧"]);
    import(&mut project, "b.csv", &["乙"]);
    import(&mut project, "a.csv", &["新"]);
    let names = |p: &Project| -> Vec<String> {
        p.view().imports().unwrap().into_iter().filter(|i| i.active).map(|i| i.name).collect()
    };
    assert_eq!(names(&project), ["a.csv", "b.csv"]);
    assert_eq!(rows(&project), [(5, "新".into()), (5, "乙".into())]);
    // Also when the older version is out of reach of undo and its rows are gone.
    for n in 0..250 {
        project.transact("参数", |tx| tx.set_parameter("a", Some(&n.to_string()))).unwrap();
    }
    assert_eq!(project.view().imports().unwrap().len(), 3);
    assert_eq!(names(&project), ["a.csv", "b.csv"]);
    assert_eq!(rows(&project), [(5, "新".into()), (5, "乙".into())]);
    import(&mut project, "a.csv", &["更新"]);
    assert_eq!(rows(&project), [(5, "更新".into()), (5, "乙".into())]);
}
