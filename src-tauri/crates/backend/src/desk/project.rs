//! Commands about the project as a whole: opening, settings, undo, place.

use super::commands::{Act, Nothing};
use super::state::Desk;
use crate::error::{Code, Error, Result};
use crate::kits;
use crate::project::{NewProject, Project, parse_date};
use crate::wire::{KitInfo, ProjectInfo};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use store::Access;
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ProjectPath {
    pub path: String,
}

/// A kit as the gallery shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KitCard {
    pub kit: KitInfo,
    /// Titles of the datasets it declares; empty for a kit that takes any survey.
    pub datasets: Vec<String>,
    /// Indicators, finding rules and measures.
    pub indicators: usize,
    pub rules: usize,
    pub measures: usize,
    pub has_example: bool,
    /// Whether it is one of the author's own, kept beside those the program brings.
    pub own: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateProject {
    /// Where the file goes; an ending is added when it lacks one.
    pub path: String,
    pub kit: String,
    pub title: String,
    #[ts(optional)]
    pub org: Option<String>,
    #[ts(optional)]
    pub authors: Option<String>,
    /// ISO date; today when not given.
    #[ts(optional)]
    pub as_of: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenExample {
    pub kit: String,
}

/// Titles, dates and parameters by key (`title subtitle authors org as-of date`, keys of the kit, `criterion.<id>`).
/// An empty value takes back what can be taken back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Settings {
    pub values: BTreeMap<String, String>,
}

/// Where the author is: a word of the window's own, kept with the project.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Place {
    pub place: String,
}

/// The file a new project is written to: with the ending of project files, whatever was typed.
fn project_file(typed: &str) -> Result<PathBuf> {
    let path = PathBuf::from(typed.trim());
    if path.as_os_str().is_empty() {
        return Err(Error::invalid("请写明工程文件的位置。"));
    }
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yance")) {
        return Ok(path);
    }
    let mut name = path.into_os_string();
    name.push(".yance");
    Ok(name.into())
}

impl Desk {
    pub(super) fn kits(&self, (): Nothing, _: &mut Act) -> Result<Vec<KitCard>> {
        let mut cards = kits::cards()?;
        cards.extend(self.own_kits());
        Ok(cards)
    }

    pub(super) fn create_project(&self, request: CreateProject, act: &mut Act) -> Result<ProjectInfo> {
        let path = project_file(&request.path)?;
        let project = Project::create(
            &path,
            NewProject {
                kit: self.kit_source(&request.kit),
                title: Some(request.title),
                authors: crate::project::split_names(request.authors.as_deref().unwrap_or_default()),
                org: request.org.filter(|org| !org.trim().is_empty()),
                as_of: request.as_of.filter(|d| !d.trim().is_empty()).map(|d| parse_date(&d)).transpose()?,
                ..NewProject::default()
            },
        )?;
        self.opened(project, act)
    }

    pub(super) fn open_project(&self, request: ProjectPath, act: &mut Act) -> Result<ProjectInfo> {
        let path = PathBuf::from(request.path);
        // Opening what is open would wait for itself.
        if self.shows(&path)
            && let Some(info) = self.glance(Project::info)?
        {
            return Ok(info);
        }
        let project = Project::open(&path, Access::Write)?;
        self.opened(project, act)
    }

    pub(super) fn open_example(&self, request: OpenExample, act: &mut Act) -> Result<ProjectInfo> {
        let folder = self.home().join("examples");
        let path = crate::demo::place(&folder, &request.kit)?;
        if self.shows(&path) || path.exists() {
            return self.open_project(ProjectPath { path: path.display().to_string() }, act);
        }
        act.cancel.store(false, Ordering::Relaxed);
        let made = crate::demo::build(&folder, &request.kit, act.progress, act.cancel)?;
        self.opened(Project::open(&made, Access::Write)?, act)
    }

    pub(super) fn save_as(&self, request: ProjectPath, act: &mut Act) -> Result<ProjectInfo> {
        let path = project_file(&request.path)?;
        self.with(act, |project, _| Ok(project.store.back_up(&path)?))?;
        self.opened(Project::open(&path, Access::Write)?, act)
    }

    fn opened(&self, project: Project, act: &mut Act) -> Result<ProjectInfo> {
        let info = project.info()?;
        self.remember(&info);
        self.put(Some(project), act);
        Ok(info)
    }

    pub(super) fn close_project(&self, (): Nothing, act: &mut Act) -> Result<Nothing> {
        self.put(None, act);
        Ok(())
    }

    pub(super) fn project(&self, (): Nothing, _: &mut Act) -> Result<Option<ProjectInfo>> {
        self.glance(Project::info)
    }

    pub(super) fn set(&self, request: Settings, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| project.set_all(&request.values))
    }

    pub(super) fn undo(&self, (): Nothing, act: &mut Act) -> Result<Option<String>> {
        self.with(act, |project, _| project.undo())
    }

    pub(super) fn redo(&self, (): Nothing, act: &mut Act) -> Result<Option<String>> {
        self.with(act, |project, _| project.redo())
    }

    pub(super) fn set_place(&self, request: Place, act: &mut Act) -> Result<Nothing> {
        // A file that has become read-only still shows everything; only the place is not remembered.
        self.with(act, |project, _| match project.set_place(&request.place) {
            Err(e) if e.code == Code::NotWritable => Ok(()),
            done => done,
        })
    }

    pub(super) fn cancel(&self, (): Nothing, _: &mut Act) -> Result<Nothing> {
        self.stop();
        Ok(())
    }
}
