//! Kits 报告套件 carried in the program, kits in folders, and the snapshot a project keeps.

use crate::desk::KitCard;
use crate::error::{Code, Error, Result};
use crate::wire::{KitFault, KitInfo, ParameterInfo};
use report::Kit;
use report::kit::KitFiles;
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) mod diff;
pub(crate) mod edit;
pub(crate) mod pack;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Folder of the files shared by all kits, and the prefix they have in a snapshot.
const BASE: &str = "base";
/// The same as a prefix of paths.
const SHARED: &str = "base/";
/// Of these, the forms of the document other than the report.
const FORMS: &str = "base/forms.toml";
/// In a project's snapshot: the text a file had before the author changed it, and a mark for a file that was not there.
const ORIGIN: &str = "origin/";
const ADDED: &str = "added/";
/// Example data are no part of a kit's rules and do not go into snapshots.
const SAMPLES: &str = "samples/";
/// A kit is a few dozen text files; more means that a wrong folder was named.
const MAX_FILES: usize = 2_000;
const MAX_FILE: u64 = 4 << 20;

/// Ids of the kits carried in the program.
fn ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> = embedded::KITS
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("/kit.toml"))
        .filter(|id| !id.contains('/'))
        .collect();
    ids.dedup();
    ids
}

fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let prefix = format!("{folder}/");
    embedded::KITS.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(&prefix)?, *bytes)))
}

fn is_rule(path: &str) -> bool {
    !path.starts_with(SAMPLES) && (path.ends_with(".toml") || path.ends_with(".csv"))
}

fn text(path: &str, bytes: &[u8]) -> Result<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    String::from_utf8(bytes.to_vec())
        .map_err(|_| Error::new(Code::InvalidKit, format!("套件文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。")))
}

fn base_files() -> Result<KitFiles> {
    below(BASE)
        .filter(|(path, _)| is_rule(path))
        .map(|(path, bytes)| Ok((format!("{BASE}/{path}"), text(path, bytes)?)))
        .collect()
}

/// Whether the program carries a kit of this id.
pub(crate) fn is_carried(id: &str) -> bool {
    ids().contains(&id)
}

/// Files of the kit that `kit` names: the id of a carried one, or the path of a kit's folder or zip.
pub(crate) fn resolve(kit: &str) -> Result<KitFiles> {
    let path = Path::new(kit);
    if is_carried(kit) || !(path.exists() || pack::is_zip(path)) {
        return files(kit);
    }
    let files = whole(pack::read(path)?)?;
    let failed = load(&files)?.run_cases();
    if failed.is_empty() { Ok(files) } else { Err(faulty(failed)) }
}

/// A kit's own files with the shared ones.
pub(crate) fn whole(own: KitFiles) -> Result<KitFiles> {
    let mut files = base_files()?;
    files.extend(own);
    Ok(files)
}

/// Files of a kit carried in the program, with the shared ones: what a new project takes as its snapshot.
pub(crate) fn files(id: &str) -> Result<KitFiles> {
    if !ids().contains(&id) {
        return Err(Error::invalid(format!("没有名为“{id}”的报告套件。可用的套件：{}。", ids().join("、"))));
    }
    let mut files = base_files()?;
    for (path, bytes) in below(id).filter(|(path, _)| is_rule(path)) {
        files.insert(path.to_owned(), text(path, bytes)?);
    }
    Ok(files)
}

/// Example files of a kit by name, `demo.toml` included.
pub(crate) fn samples(id: &str) -> BTreeMap<&'static str, &'static [u8]> {
    below(id).filter_map(|(path, bytes)| Some((path.strip_prefix(SAMPLES)?, bytes))).collect()
}

/// Print templates by path.
pub fn typst() -> typeset::Templates {
    embedded::TYPST.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
}

pub(crate) fn load(files: &KitFiles) -> Result<Kit> {
    if files.contains_key(FORMS) {
        return Kit::load(files).map_err(faulty);
    }
    // A snapshot from before there were forms prints them as the program has them now.
    let mut files = files.clone();
    files.extend(base_files()?.remove_entry(FORMS));
    Kit::load(&files).map_err(faulty)
}

pub(crate) fn faulty(faults: Vec<report::Diagnostic>) -> Error {
    let lines = faults.iter().map(|f| format!("{}:{}:{}: {}", f.file, f.line, f.column, f.message));
    Error::new(Code::InvalidKit, format!("报告套件有 {} 处错误，不能使用。", faults.len())).with(lines)
}

pub(crate) fn info(kit: &Kit) -> KitInfo {
    KitInfo {
        id: kit.id.clone(),
        name: kit.name.clone(),
        version: kit.version.clone(),
        description: kit.description.clone(),
        parameters: kit
            .parameters
            .iter()
            .map(|p| ParameterInfo {
                key: p.key.clone(),
                title: p.title.clone(),
                default: p.default.clone(),
                description: p.description.clone(),
            })
            .collect(),
    }
}

/// The kits carried in the program.
pub fn list() -> Result<Vec<KitInfo>> {
    ids().into_iter().map(|id| Ok(info(&load(&files(id)?)?))).collect()
}

/// The same as a gallery shows them.
pub(crate) fn cards() -> Result<Vec<KitCard>> {
    ids().into_iter().map(|id| Ok(card(&load(&files(id)?)?, samples(id).contains_key("demo.toml"), false))).collect()
}

/// A kit as a gallery shows it.
pub(crate) fn card(kit: &Kit, has_example: bool, own: bool) -> KitCard {
    let (indicators, rules, measures) = kit.size();
    KitCard {
        kit: info(kit),
        datasets: kit.datasets.iter().map(|d| d.title.clone()).collect(),
        indicators,
        rules,
        measures,
        has_example,
        own,
    }
}

/// Loads a kit from a folder and gives every fault at once, or what the kit is. Shared files come from a `base` folder
/// beside it, else from the program.
pub fn check_folder(folder: &Path) -> Result<std::result::Result<KitInfo, Vec<KitFault>>> {
    let mut files = KitFiles::new();
    read_folder(folder, folder, "", &mut files)?;
    if !files.contains_key("kit.toml") {
        let message = format!("{} 不是报告套件：缺少 kit.toml。", folder.display());
        return Err(Error::new(Code::NotFound, message));
    }
    let folder = folder.canonicalize().map_err(|e| Error::io("读取套件", folder, &e))?;
    match folder.parent().map(|parent| parent.join(BASE)).filter(|base| base.is_dir()) {
        Some(base) => read_folder(&base, &base, "base/", &mut files)?,
        None => files.extend(base_files()?),
    }
    // A rule whose own cases fail is as wrong as one that cannot be read.
    let checked = Kit::load(&files).and_then(|kit| {
        let failed = kit.run_cases();
        if failed.is_empty() { Ok(info(&kit)) } else { Err(failed) }
    });
    Ok(checked.map_err(|faults| {
        let fault =
            |f: report::Diagnostic| KitFault { file: f.file, line: f.line, column: f.column, message: f.message };
        faults.into_iter().map(fault).collect()
    }))
}

fn read_folder(top: &Path, folder: &Path, prefix: &str, files: &mut KitFiles) -> Result<()> {
    let fail = |path: &Path, e: std::io::Error| Error::io("读取套件", path, &e);
    for entry in std::fs::read_dir(folder).map_err(|e| fail(folder, e))? {
        let entry = entry.map_err(|e| fail(folder, e))?;
        let path = entry.path();
        let parts: Vec<_> =
            path.strip_prefix(top).expect("found below it").iter().map(|p| p.to_string_lossy()).collect();
        let relative = parts.join("/");
        let kind = entry.file_type().map_err(|e| fail(&path, e))?;
        if kind.is_dir() && !relative.starts_with('.') && format!("{relative}/") != SAMPLES {
            read_folder(top, &path, prefix, files)?;
        } else if kind.is_file() && is_rule(&relative) {
            let size = entry.metadata().map_err(|e| fail(&path, e))?.len();
            if files.len() >= MAX_FILES || size > MAX_FILE {
                let message = format!("{} 不像报告套件：文件过多或过大（{relative}）。", top.display());
                return Err(Error::new(Code::InvalidKit, message));
            }
            let bytes = std::fs::read(&path).map_err(|e| fail(&path, e))?;
            files.insert(format!("{prefix}{relative}"), text(&relative, &bytes)?);
        }
    }
    Ok(())
}

/// Writes a copy of a carried kit as the start of a new one; the folder must not exist. Its name becomes the kit's id.
pub fn write_starter(folder: &Path, from: &str) -> Result<()> {
    let rules = files(from)?;
    if folder.exists() {
        return Err(Error::new(Code::Exists, format!("{} 已存在，未新建套件；请换一个名称。", folder.display())));
    }
    let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err(Error::invalid(format!("套件代号只能用小写字母、数字和连字符：“{id}”。")));
    }
    let files = rules.iter().filter(|(path, _)| !path.starts_with("base/")).map(|(path, text)| {
        let text = if path == "kit.toml" {
            text.replacen(&format!("id = \"{from}\""), &format!("id = \"{id}\""), 1)
        } else {
            text.clone()
        };
        (path.clone(), text)
    });
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("below the folder");
        std::fs::create_dir_all(parent).map_err(|e| Error::io("新建套件", parent, &e))?;
        std::fs::write(&path, text).map_err(|e| Error::io("新建套件", &path, &e))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carried_kits_have_rules_samples_and_the_shared_files() {
        assert!(ids().contains(&"tech-enterprise"), "{:?}", ids());
        assert!(!ids().contains(&"base"));
        let samples = samples("tech-enterprise");
        assert!(samples.contains_key("demo.toml"));
        assert!(samples.keys().any(|name| name.ends_with(".xlsx")));
    }

    #[test]
    fn an_unknown_kit_is_refused_with_the_names_there_are() {
        let refused = files("no-such").unwrap_err();
        assert_eq!(refused.code, Code::InvalidArgument);
        assert!(refused.message.contains("tech-enterprise"));
    }
}
