//! Lists `templates/kits` and `templates/typst` so that the program carries them: it must work without its sources.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What people write for people, or what only makes other files.
const LEFT_OUT: [&str; 3] = ["md", "py", "DS_Store"];

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../../templates");
    let mut out = String::new();
    for (name, folder) in [("KITS", "kits"), ("TYPST", "typst")] {
        let top = root.join(folder);
        println!("cargo::rerun-if-changed={}", top.display());
        let mut files = Vec::new();
        collect(&top, &top, &mut files);
        // Sample documents of the print templates serve their tests; those of kits are shown to people.
        files.retain(|(relative, _)| folder == "kits" || !relative.starts_with("samples/"));
        files.sort();
        writeln!(out, "pub(crate) static {name}: &[(&str, &[u8])] = &[").expect("writing to a string");
        for (relative, path) in files {
            let path = path.canonicalize().expect("a listed file exists");
            writeln!(out, "    ({relative:?}, include_bytes!({path:?})),").expect("writing to a string");
        }
        out.push_str("];\n");
    }
    let target = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    std::fs::write(target, out).expect("the build folder can be written");
}

fn collect(top: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(['.', '~']) || LEFT_OUT.contains(&name.rsplit('.').next().unwrap_or("")) {
            continue;
        }
        if path.is_dir() {
            collect(top, &path, files);
        } else {
            let relative = path.strip_prefix(top).expect("found below it");
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            files.push((parts.join("/"), path));
        }
    }
}
