//! A real importing process is killed at many moments; the project must be wholly as before or wholly as after.

#![cfg(unix)]

use std::time::{Duration, Instant};
use store::{Access, Project};
use yance_tests::{Desk, ledger};

const ROUNDS: u32 = 24;
const ROWS: u32 = 60_000;

#[test]
fn a_killed_import_leaves_the_project_before_or_after_and_never_between() {
    let desk = Desk::new();
    desk.write("台账.csv", ledger(&[(1, "甲公司", "东区", "100"), (2, "乙公司", "西区", "200")]));
    desk.expect(0, &["new", "甲.yance", "--kit", "general-survey", "--as-of", "2023-12-31"]);
    desk.yance(&["import", "甲.yance", "台账.csv"]);
    let base = std::fs::read(desk.path("甲.yance")).unwrap();
    let before = state(&desk);
    assert_eq!(before.1, 2, "the starting point is a project with two records");

    let rows: Vec<(u32, &str, &str, &str)> =
        (0..ROWS).map(|i| (i, "某某科技有限责任公司", if i % 2 == 0 { "东区" } else { "西区" }, "1234.56")).collect();
    desk.write("台账.csv", ledger(&rows));
    let start = Instant::now();
    let whole = desk.yance(&["import", "甲.yance", "台账.csv"]);
    let duration = start.elapsed();
    assert!(whole.code <= 1, "{whole:?}");
    let after = state(&desk);
    assert_eq!(after.1, u64::from(ROWS));

    let (mut in_flight, mut unfinished, mut finished) = (0, 0, 0);
    for round in 0..ROUNDS {
        std::fs::write(desk.path("甲.yance"), &base).unwrap();
        // Moments spread over the whole run and a little beyond, each shifted by an uneven part of a step.
        let step = duration.mul_f64(1.1) / ROUNDS;
        let moment = step * round + step.mul_f64(f64::from(round * 7_919 % 97) / 97.0);
        let mut child = desk.command(&["import", "甲.yance", "台账.csv", "--quiet"]).spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        in_flight += u32::from(desk.path("甲.yance-journal").exists());
        let now = state(&desk);
        match now {
            _ if now == before => unfinished += 1,
            _ if now == after => finished += 1,
            _ => panic!("round {round}, killed after {moment:?}: {now:?} is neither {before:?} nor {after:?}"),
        }
        assert!(!desk.path("甲.yance-journal").exists(), "round {round}: a journal is left after opening");
    }
    println!("{ROUNDS} kills: {unfinished} before, {finished} after, {in_flight} with a write in flight");
    assert!(in_flight >= 3, "the moments must also hit writing; {in_flight} of {ROUNDS} did");
    assert!(unfinished >= 5);
    // The file is as good as any: the import can simply be done again.
    std::thread::sleep(Duration::from_millis(1));
    desk.yance(&["import", "甲.yance", "台账.csv"]);
    assert_eq!(state(&desk), after);
}

/// Opens the project as the next user would and gives the imported files' hashes, the rows, and the acts recorded.
fn state(desk: &Desk) -> (Vec<String>, u64, Vec<String>) {
    let project =
        Project::open(&desk.path("甲.yance"), Access::Write).expect("a killed writer leaves an openable file");
    let view = project.view();
    assert_eq!(view.integrity().unwrap(), Vec::<String>::new());
    let hashes = view.imports().unwrap().into_iter().filter(|i| i.active).map(|i| i.sha256).collect();
    let mut rows = 0;
    for table in view.tables().unwrap() {
        view.rows(table.id, |_, _| {
            rows += 1;
            Ok::<_, ()>(())
        })
        .unwrap()
        .unwrap();
    }
    (hashes, rows, view.history().unwrap().0)
}
