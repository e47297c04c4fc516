//! Recently opened projects: a small list in the program's own folder. It is a convenience and never a reason to fail:
//! an unreadable list reads as empty.

use super::commands::{Act, Nothing, Tag};
use super::project::ProjectPath;
use super::state::Desk;
use crate::doctor::{Examination, examine};
use crate::error::Result;
use crate::wire::ProjectInfo;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// Projects the list holds.
const LENGTH: usize = 20;

/// A project opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecentProject {
    pub path: String,
    pub title: String,
    /// Name of its kit.
    pub kit: String,
    /// When it was last opened, UTC, RFC 3339.
    pub opened: String,
    /// Whether the file is still there.
    #[serde(default)]
    pub exists: bool,
}

impl Desk {
    pub(super) fn recent(&self, (): Nothing, _: &mut Act) -> Result<Vec<RecentProject>> {
        let mut list = self.recent_list();
        for project in &mut list {
            project.exists = Path::new(&project.path).is_file();
        }
        Ok(list)
    }

    pub(super) fn examine(&self, (): Nothing, _: &mut Act) -> Result<Examination> {
        // The folder may not have been made yet; making it shows whether that can be done.
        let _ = std::fs::create_dir_all(self.home());
        Ok(examine(Some(self.home().to_owned())))
    }

    pub(super) fn forget_recent(&self, request: ProjectPath, act: &mut Act) -> Result<Nothing> {
        let mut list = self.recent_list();
        list.retain(|p| p.path != request.path);
        self.keep_recent(&list);
        act.changed.insert(Tag::Recent);
        Ok(())
    }

    /// Puts a project at the head of the list.
    pub(super) fn remember(&self, info: &ProjectInfo) {
        let mut list = self.recent_list();
        list.retain(|p| p.path != info.path);
        let opened = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let (path, title, kit) = (info.path.clone(), info.title.clone(), info.kit.name.clone());
        list.insert(0, RecentProject { path, title, kit, opened, exists: true });
        list.truncate(LENGTH);
        self.keep_recent(&list);
    }

    fn recent_file(&self) -> PathBuf {
        self.home().join("recent.json")
    }

    fn recent_list(&self) -> Vec<RecentProject> {
        let text = std::fs::read_to_string(self.recent_file());
        text.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// A folder that cannot be written to only means that the next start shows no recent projects.
    fn keep_recent(&self, list: &[RecentProject]) {
        let text = serde_json::to_vec_pretty(list).expect("a list of texts has a JSON form");
        if std::fs::create_dir_all(self.home()).is_ok() {
            let _ = crate::print::save(&self.recent_file(), &text);
        }
    }
}
