//! What goes wrong around a project: a full disk, a folder that is gone, files that are none. Always told in Chinese,
//! with the work kept, and the same command works once the cause is gone.

use std::path::Path;
use yance_tests::Desk;

/// A project of the kit for any survey, with a small ledger.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("小.csv", "编号,名称,金额\nA1,甲,10\nA2,乙,20\n");
    desk.expect(0, &["new", "甲.yance", "--kit", "general-survey", "--title", "试", "--as-of", "2023-12-31"]);
    desk.expect(0, &["import", "甲.yance", "小.csv"]);
    desk
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// A real file system that holds a small project and not its report, in a mount name space of the test's own. Where the system does not let
/// ordinary processes make one, this says so and tests nothing.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_lost_and_a_retry_works() {
    let desk = Desk::new();
    desk.write("小.csv", "编号,名称,金额\nA1,甲,10\nA2,乙,20\n");
    let rows: String = (0..40_000).map(|i| format!("B{i},某某单位名称第{i}号,{}\n", i * 3)).collect();
    desk.write("大.csv", format!("编号,名称,金额\n{rows}"));
    std::fs::create_dir(desk.path("盘")).unwrap();
    desk.write(
        "步骤.sh",
        r#"mount -t tmpfs -o size=760k tmpfs 盘 || exit 99
cd 盘
step() { name=$1; shift; "$YANCE" "$@" >../$name.out 2>../$name.err; echo $? >../$name.code; }
step new new 甲.yance --kit general-survey --title 试 --as-of 2023-12-31
step small import 甲.yance ../小.csv
step big import 甲.yance ../大.csv
step report report 甲.yance -o 报告.pdf
step after data 甲.yance
ls >../left
mount -o remount,size=60m tmpfs .
step again import 甲.yance ../大.csv
step printed report 甲.yance -o 报告.pdf
step whole data 甲.yance
"#,
    );
    // The program and its fonts as the other tests find them.
    let yance = desk.command(&[]);
    let mut run = std::process::Command::new("unshare");
    run.args(["--user", "--map-root-user", "--mount", "sh", "步骤.sh"]).current_dir(desk.path(""));
    run.env("YANCE", yance.get_program());
    run.envs(yance.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let made = run.output().is_ok_and(|done| done.status.success());
    if !made && !desk.path("new.code").exists() {
        println!("skipped: this system lets no ordinary process mount a small disk");
        return;
    }
    let said = |name: &str| {
        let read = |end: &str| String::from_utf8(bytes(&desk.path(&format!("{name}.{end}")))).unwrap();
        (read("code").trim().to_owned(), read("err"), read("out"))
    };
    for name in ["new", "small", "after", "again", "printed", "whole"] {
        assert_eq!(said(name).0, "0", "{name}: {:?}", said(name));
    }
    for (name, kept) in [("big", "原有内容完好"), ("report", "没有留下不完整的文件")] {
        let (code, error, _) = said(name);
        assert_eq!(code, "3", "{name}: {error}");
        assert!(error.contains("磁盘空间不足") && error.contains(kept), "{name}: {error}");
    }
    assert_eq!(String::from_utf8(bytes(&desk.path("left"))).unwrap().trim(), "甲.yance", "no half file is left");
    assert_eq!(said("after").2.lines().count(), 3, "the records from before are there");
    assert!(said("whole").2.lines().count() > 40_000);
}

#[test]
fn a_report_into_a_folder_that_is_gone_is_told_and_works_when_it_is_back() {
    let desk = desk();
    let before = bytes(&desk.path("甲.yance"));
    let run = desk.expect(3, &["report", "甲.yance", "-o", "U盘/报告.pdf"]);
    assert!(run.stderr.contains("文件夹") && run.stderr.contains("不存在"), "{run:?}");
    assert_eq!(bytes(&desk.path("甲.yance")), before);
    std::fs::create_dir(desk.path("U盘")).unwrap();
    desk.expect(0, &["report", "甲.yance", "-o", "U盘/报告.pdf"]);
    assert!(desk.path("U盘/报告.pdf").exists());
}

#[test]
fn a_file_in_place_of_a_folder_and_a_folder_in_place_of_a_file_are_told() {
    let desk = desk();
    std::fs::create_dir(desk.path("夹.pdf")).unwrap();
    for (target, says) in [("小.csv/报告.pdf", "不是文件夹"), ("夹.pdf", "是文件夹")] {
        let run = desk.yance(&["report", "甲.yance", "-o", target]);
        assert!(run.code > 1 && run.stderr.contains(says), "{run:?}");
        assert!(!run.stderr.contains("os error"), "{run:?}");
    }
    assert_eq!(desk.names(), ["夹.pdf", "小.csv", "甲.yance"], "nothing is left behind");
}
