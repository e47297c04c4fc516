//! Runs the program itself. This test also makes Cargo build `yance` whenever the workspace is tested, which the tests
//! across crates rely on.

use std::process::Command;

#[test]
fn the_program_says_its_version() {
    let out = Command::new(env!("CARGO_BIN_EXE_yance")).arg("--version").output().unwrap();
    assert!(out.status.success());
    assert_eq!(String::from_utf8(out.stdout).unwrap().trim(), concat!("yance ", env!("CARGO_PKG_VERSION")));
}
