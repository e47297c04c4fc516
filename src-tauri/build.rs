//! Tauri's code generation, with the capability files where this repository keeps them.

use std::path::Path;

const CAPABILITIES: &str = "src-tauri/capabilities";
const PAGES: &str = "ui/dist";
const FONTS: &str = "templates/fonts/files";

fn main() {
    println!("cargo:rerun-if-changed={CAPABILITIES}");
    println!("cargo:rerun-if-changed={PAGES}");
    // The window's pages are built by npm; without them the crates must still compile for tests and lints.
    if !Path::new(PAGES).join("index.html").exists() {
        let page =
            "<!doctype html><meta charset=\"utf-8\"><title>研策</title><p>界面尚未生成：请运行 cargo xtask run。</p>";
        std::fs::create_dir_all(PAGES)
            .and_then(|()| std::fs::write(Path::new(PAGES).join("index.html"), page))
            .expect("the folder of the window's pages can be written");
    }
    // The bundle carries the fonts; who has not fetched them yet can still compile.
    std::fs::create_dir_all(FONTS).expect("the folder of the fonts can be made");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(&[
            "rpc",
            "launch_path",
            "documents_folder",
            "print_path",
            "has_printer",
            "open_path",
            "reveal",
            "show_elsewhere",
        ]));
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are valid");
}
