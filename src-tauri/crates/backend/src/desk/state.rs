//! What a desk holds: the open project, what was computed of it, the press, and the folder of the program's own files.

use super::commands::{Act, Tag};
use super::pages::Made;
use crate::error::{Code, Error, Result};
use crate::print::Printer;
use crate::project::Project;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::Part;

/// A desk. Commands may come from several threads; those that touch the project wait for each other, typesetting and
/// cancelling do not wait for them.
pub struct Desk {
    /// Folder of the program's own files: recent projects, examples.
    home: PathBuf,
    open: Mutex<Option<Project>>,
    /// Where the open project is; known also while a long act holds it.
    shown: Mutex<Option<PathBuf>>,
    /// Set to end the long act under way, cleared when one begins. Long acts hold the project, so there is only one.
    cancel: AtomicBool,
    press: Mutex<Press>,
}

/// The typesetter, made when first needed, and the pages it made last.
#[derive(Default)]
pub(crate) struct Press {
    pub(crate) printer: Option<Printer>,
    pub(crate) made: Option<Made>,
}

impl Desk {
    /// A desk without a project. `home` is a folder of the program's own, made when first needed.
    pub fn new(home: PathBuf) -> Desk {
        Desk {
            home,
            open: Mutex::default(),
            shown: Mutex::default(),
            cancel: AtomicBool::new(false),
            press: Mutex::default(),
        }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    pub(crate) fn press(&self) -> &Mutex<Press> {
        &self.press
    }

    pub(crate) fn cancel_flag(&self) -> &AtomicBool {
        &self.cancel
    }

    /// Asks the long act under way to end; it leaves the project as it was.
    pub fn stop(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Puts a project on the desk in place of the one before, which is closed first.
    pub(crate) fn put(&self, project: Option<Project>, act: &mut Act) {
        {
            let mut open = lock(&self.open);
            // Closing gives the lock of the file back before another act can ask for it.
            drop(open.take());
            *lock(&self.shown) =
                project.as_ref().map(|p| p.path().canonicalize().unwrap_or_else(|_| p.path().to_owned()));
            *open = project.map(Project::staying);
        }
        // Never while holding the project: typesetting asks for the two in the other order.
        lock(&self.press).made = None;
        act.changed.extend(Tag::ALL);
    }

    /// Whether the file at `path` is the open project. Waits for no act.
    pub fn shows(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| lock(&self.shown).as_ref() == Some(&path))
    }

    /// Looks at the open project; `None` when there is none.
    pub(crate) fn glance<T>(&self, look: impl FnOnce(&Project) -> Result<T>) -> Result<Option<T>> {
        lock(&self.open).as_ref().map(look).transpose()
    }

    /// Works with the open project. What the work changed in the file becomes stale, also when it failed half-way.
    pub(crate) fn with<T>(&self, act: &mut Act, work: impl FnOnce(&mut Project, &mut Act) -> Result<T>) -> Result<T> {
        let mut open = lock(&self.open);
        let project =
            open.as_mut().ok_or_else(|| Error::new(Code::NoProject, "还没有打开工程，请先新建或打开一个。"))?;
        let result = work(project, act);
        for part in project.take_changed() {
            act.changed.extend(stale(part));
        }
        result
    }
}

/// What shows a part of the project file. Every act also changes the undo record, which the project's tag stands for.
fn stale(part: Part) -> &'static [Tag] {
    match part {
        Part::Meta | Part::Parameters => &[Tag::Project, Tag::Analysis, Tag::Document],
        Part::Decisions => &[Tag::Project, Tag::Analysis, Tag::Document],
        Part::Edits => &[Tag::Project, Tag::Analysis, Tag::Document],
        Part::Corrections | Part::Overrides | Part::Files => &[Tag::Project, Tag::Data, Tag::Analysis, Tag::Document],
        Part::Kit => &[Tag::Project, Tag::Kit, Tag::Data, Tag::Analysis, Tag::Document],
    }
}

/// A panic in one command must not lose the project for the next: the state behind the lock is only ever replaced
/// whole, so it is sound.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
