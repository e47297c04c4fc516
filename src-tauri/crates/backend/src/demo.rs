//! The example project 示例: a kit's sample files as an author would have worked on them.

use crate::error::{Code, Error, Result};
use crate::import::{ImportOptions, Source};
use crate::kits;
use crate::print::PrintOptions;
use crate::project::{NewProject, Project, parse_date};
use crate::wire::{PrintReport, Progress};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use store::{Access, Decision};

/// `samples/demo.toml` of a kit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    title: String,
    subtitle: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    org: Option<String>,
    as_of: String,
    date: Option<String>,
    /// Findings and measures to accept.
    #[serde(default)]
    accept: Vec<String>,
    #[serde(default)]
    reject: Vec<String>,
    files: Vec<String>,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
}

/// Where the example went.
#[derive(Debug)]
pub struct Demo {
    pub project: PathBuf,
    pub print: PrintReport,
}

/// Makes the example project of a kit in `folder` and its PDF beside it. An earlier example is made anew, unless
/// somebody has worked on it.
pub fn demo(folder: &Path, kit: &str, options: PrintOptions, progress: &mut dyn FnMut(Progress)) -> Result<Demo> {
    let script = script(kit)?;
    let path = place(folder, kit)?;
    if path.exists() && !is_untouched(&path, &script)? {
        let message = format!("{} 已被修改过，为免覆盖，未重建示例。请用 -o 指定另一个文件夹。", path.display());
        return Err(Error::new(Code::Exists, message));
    }
    let path = build(folder, kit, progress, &AtomicBool::new(false))?;
    let options = PrintOptions { pdf: Some(options.pdf.unwrap_or_else(|| path.with_extension("pdf"))), ..options };
    let print = Project::open(&path, Access::Read)?.print(&options, progress)?;
    Ok(Demo { project: path, print })
}

/// Where the example of a kit stands in `folder`.
pub(crate) fn place(folder: &Path, kit: &str) -> Result<PathBuf> {
    Ok(folder.join(format!("{}.yance", file_name(&script(kit)?.title))))
}

fn script(kit: &str) -> Result<Script> {
    kits::files(kit)?;
    let script = kits::samples(kit).remove("demo.toml");
    let script = script.ok_or_else(|| Error::invalid(format!("套件“{kit}”没有示例。")))?;
    std::str::from_utf8(script)
        .map_err(|e| e.to_string())
        .and_then(|text| toml::from_str(text).map_err(|e| e.to_string()))
        .map_err(|e| Error::new(Code::InvalidKit, format!("套件“{kit}”的 samples/demo.toml 有误。")).with([e]))
}

/// Makes the example project of a kit in `folder`, in place of an earlier one, and gives its path.
pub(crate) fn build(
    folder: &Path,
    kit: &str,
    progress: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<PathBuf> {
    let (script, samples) = (script(kit)?, kits::samples(kit));
    let path = place(folder, kit)?;
    std::fs::create_dir_all(folder).map_err(|e| Error::io("新建示例文件夹", folder, &e))?;
    // Built under another name and then given its own: an example that fails half-way leaves the earlier one.
    let building = tempfile::Builder::new().prefix(".yance-demo-").tempdir_in(folder);
    let building = building.map_err(|e| Error::io("新建示例", folder, &e))?;
    let draft = building.path().join("demo.yance");
    let mut project = Project::create(
        &draft,
        NewProject {
            kit: kit.to_owned(),
            title: Some(script.title),
            subtitle: script.subtitle,
            authors: script.authors,
            org: script.org,
            as_of: Some(parse_date(&script.as_of)?),
            date: script.date.as_deref().map(parse_date).transpose()?,
            parameters: script.parameters,
        },
    )?;
    let sources: Vec<Source> = script
        .files
        .iter()
        .map(|name| match samples.get(name.as_str()) {
            Some(bytes) => Ok(Source::Bytes { name: name.clone(), bytes: std::borrow::Cow::Borrowed(bytes) }),
            None => Err(Error::new(Code::InvalidKit, format!("套件“{kit}”的示例缺少文件 {name}。"))),
        })
        .collect::<Result<_>>()?;
    project.import(&sources, &ImportOptions::default(), progress, cancel)?;
    if !script.accept.is_empty() {
        project.decide(&script.accept, Some(Decision::Accepted))?;
    }
    if !script.reject.is_empty() {
        project.decide(&script.reject, Some(Decision::Rejected))?;
    }
    drop(project);
    std::fs::rename(&draft, &path).map_err(|e| Error::io("保存示例", &path, &e))?;
    Ok(path)
}

/// Whether a project is an example nobody has changed: its acts are those of the script and no more.
fn is_untouched(path: &Path, script: &Script) -> Result<bool> {
    let info = match Project::open(path, Access::Read) {
        Ok(project) => project.info()?,
        Err(e) if e.code == Code::InUse => return Err(e),
        Err(_) => return Ok(false),
    };
    let acts = usize::from(!script.parameters.is_empty())
        + 1
        + usize::from(!script.accept.is_empty())
        + usize::from(!script.reject.is_empty());
    Ok(info.title == script.title
        && info.undo.len() <= acts
        && info.redo.is_empty()
        && info.undo.iter().any(|label| label.starts_with("导入")))
}

/// A title as a file name on every system.
fn file_name(title: &str) -> String {
    let clean: String =
        title.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).take(60).collect();
    let clean = clean.trim_matches([' ', '.']).to_owned();
    if clean.is_empty() { "示例".to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(file_name("现状：问题/对策?"), "现状：问题_对策_");
        assert_eq!(file_name(" .. "), "示例");
        assert_eq!(file_name(&"长".repeat(99)).chars().count(), 60);
    }
}
