//! A project that another window of this author already shows: that window comes to the front.
//!
//! Each project may have a window of its own, so the two processes must find each other by the project. They meet in a
//! folder of the program's own files: who cannot have a project puts a file there that names it, and who holds the
//! project takes the file away as an answer. Nothing listens on a port, and a window on another machine or of somebody
//! else just does not answer.

use backend::Desk;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_millis(2_000);
/// How often both sides look. Looking costs one read of a folder that is mostly not there.
const PAUSE: Duration = Duration::from_millis(250);

/// Asks for a project; whether somebody shows it and has come to the front.
fn knock(door: &Path, project: &Path) -> bool {
    let note = door.join(std::process::id().to_string());
    let left = fs::create_dir_all(door).and_then(|()| fs::write(&note, project.as_os_str().as_encoded_bytes()));
    if left.is_err() {
        return false;
    }
    let end = Instant::now() + PATIENCE;
    while note.exists() && Instant::now() < end {
        std::thread::sleep(PAUSE / 5);
    }
    // Taking it back fails when it has been answered.
    fs::remove_file(&note).is_err()
}

/// Answers whoever asks for the project that is shown here; whether there was somebody.
fn answer(door: &Path, shows: impl Fn(&Path) -> bool) -> bool {
    let Ok(notes) = fs::read_dir(door) else { return false };
    let mut asked = false;
    for note in notes.filter_map(|note| Some(note.ok()?.path())) {
        // Who asked long ago has given up, or has been killed.
        let age = fs::metadata(&note).and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > 2 * PATIENCE) {
            let _ = fs::remove_file(&note);
        } else if fs::read_to_string(&note).is_ok_and(|project| shows(Path::new(&project))) {
            asked |= fs::remove_file(&note).is_ok();
        }
    }
    asked
}

fn door(app: &AppHandle) -> Option<PathBuf> {
    Some(app.path().app_local_data_dir().ok()?.join("knocks"))
}

/// Comes to the front whenever somebody asks for the project that is open here.
pub fn listen(app: AppHandle, desk: std::sync::Arc<Desk>) {
    let Some(door) = door(&app) else { return };
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            if answer(&door, |project| desk.shows(project))
                && let Some(window) = app.get_webview_window("main")
            {
                let _ = window.unminimize();
                let _ = window.show();
                let _ = window.set_focus();
            }
        }
    });
}

/// Brings the window that shows a project to the front; false when there is none that answers.
#[tauri::command]
pub async fn show_elsewhere(app: AppHandle, path: PathBuf) -> bool {
    let Some(door) = door(&app) else { return false };
    tauri::async_runtime::spawn_blocking(move || knock(&door, &path)).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shows_the_project_answers_and_nobody_else() {
        let door = std::env::temp_dir().join(format!("yance-knocks-{}", std::process::id()));
        let asked = |shown: &'static str| {
            let home = door.clone();
            let other = std::thread::spawn(move || {
                let end = Instant::now() + 2 * PATIENCE;
                let mut answered = false;
                while !answered && Instant::now() < end {
                    answered = answer(&home, |project| project == Path::new(shown));
                    std::thread::sleep(PAUSE / 10);
                }
                answered
            });
            (knock(&door, Path::new("/文档/甲.yance")), other.join().unwrap())
        };
        assert_eq!(asked("/文档/甲.yance"), (true, true));
        assert_eq!(asked("/文档/乙.yance"), (false, false));
        assert_eq!(fs::read_dir(&door).unwrap().count(), 0, "nothing is left behind");
        let _ = fs::remove_dir_all(&door);
    }
}
