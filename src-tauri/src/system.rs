//! What the page may not do itself: the command line, finished files in other programs, where the fonts are.

use backend::{Code, Error};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tauri::{AppHandle, Manager, State};

/// The project named on the command line, until somebody asks for it.
pub struct Launch(Mutex<Option<PathBuf>>);

impl Launch {
    /// The file manager starts the program with the path of the file; a terminal may give a relative one.
    pub fn from_arguments() -> Launch {
        let path = std::env::args_os().nth(1).map(PathBuf::from);
        Launch(Mutex::new(path.map(|path| std::path::absolute(&path).unwrap_or(path))))
    }
}

/// The project to open at start; `None` from the second time on.
#[tauri::command]
pub fn launch_path(launch: State<'_, Launch>) -> Option<String> {
    let mut path = launch.0.lock().unwrap_or_else(|broken| broken.into_inner());
    path.take().map(|path| path.display().to_string())
}

/// Where a new project goes unless the author says otherwise.
#[tauri::command]
pub fn documents_folder(app: AppHandle) -> Option<String> {
    let folders = app.path();
    folders.document_dir().or_else(|_| folders.home_dir()).ok().map(|folder| folder.display().to_string())
}

/// A place for the PDF that is handed to the system's viewer for printing; what was there before is gone.
#[tauri::command]
pub fn print_path(app: AppHandle, name: String) -> Result<String, Error> {
    let folder = app.path().app_cache_dir().unwrap_or_else(|_| std::env::temp_dir().join("yance")).join("print");
    // A document still open elsewhere may not be removable; it then just stays.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|e| Error {
        code: Code::NotWritable,
        message: format!("无法准备打印：不能写入 {}。请改用“导出 PDF”，再从文件打印。", folder.display()),
        detail: vec![e.to_string()],
    })?;
    let name: String =
        name.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).collect();
    Ok(folder.join(format!("{name}.pdf")).display().to_string())
}

/// Whether the system knows a printer; `None` where that cannot be told.
#[tauri::command]
pub async fn has_printer() -> Option<bool> {
    if cfg!(windows) {
        // The default printer of the user, which Windows sets with the first that is installed.
        let key = r"HKCU\Software\Microsoft\Windows NT\CurrentVersion\Windows";
        let listed = std::process::Command::new("reg").args(["query", key, "/v", "Device"]).output().ok()?;
        return Some(listed.status.success());
    }
    let Ok(listed) = std::process::Command::new("lpstat").arg("-e").output() else {
        // Without the printing system there is no printer; one on the network would need its client.
        let is_set_up = Path::new("/run/cups/cups.sock").exists() || std::env::var_os("CUPS_SERVER").is_some();
        return if is_set_up { None } else { Some(false) };
    };
    Some(printers_in(&listed.stdout) > 0)
}

/// Printers that `lpstat -e` lists, one a line.
fn printers_in(listed: &[u8]) -> usize {
    String::from_utf8_lossy(listed).lines().filter(|line| !line.trim().is_empty()).count()
}

/// Tells the page of projects opened from the system while the program runs.
#[cfg(target_os = "macos")]
pub fn open_requested(app: &tauri::AppHandle, urls: &[tauri::Url]) {
    use tauri::Emitter;
    for path in urls.iter().filter_map(|url| url.to_file_path().ok()) {
        let _ = app.emit("open-request", path.display().to_string());
    }
}

/// What the program makes and people look at elsewhere. Others are refused: the page shall start no program.
const DOCUMENTS: [&str; 6] = ["pdf", "png", "xlsx", "docx", "csv", "json"];

/// Opens a finished document or a folder with the system's program for it.
#[tauri::command]
pub async fn open_path(path: PathBuf) -> Result<(), Error> {
    let known = path.extension().is_some_and(|e| DOCUMENTS.iter().any(|known| e.eq_ignore_ascii_case(known)));
    if !(path.is_dir() || (known && path.is_file())) {
        return Err(missing(&path));
    }
    tauri_plugin_opener::open_path(&path, None::<&str>).map_err(|e| unopened(&path, &e))
}

/// Shows a file in the system's file manager.
#[tauri::command]
pub async fn reveal(path: PathBuf) -> Result<(), Error> {
    if !path.exists() {
        return Err(missing(&path));
    }
    if tauri_plugin_opener::reveal_item_in_dir(&path).is_ok() {
        return Ok(());
    }
    // Not every desktop has a file manager that can point at a file; each can show the folder.
    let folder = path.parent().unwrap_or(&path);
    tauri_plugin_opener::open_path(folder, None::<&str>).map_err(|e| unopened(folder, &e))
}

fn missing(path: &Path) -> Error {
    let message = format!("打不开 {}：文件已不在原处。请重新导出。", path.display());
    Error { code: Code::NotFound, message, detail: Vec::new() }
}

fn unopened(path: &Path, source: &tauri_plugin_opener::Error) -> Error {
    let message = format!("系统没有能打开 {} 的程序。请在文件管理器中找到它，用别的程序打开。", path.display());
    Error { code: Code::Failed, message, detail: vec![source.to_string()] }
}

/// Tells the backend of the fonts that were installed with the program.
pub fn tell_fonts(resources: &Path) {
    let fonts = resources.join("fonts");
    if fonts.is_dir() {
        backend::use_fonts(fonts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_and_folders_are_opened() {
        let run = |path: &Path| tauri::async_runtime::block_on(open_path(path.to_owned()));
        let folder = std::env::temp_dir();
        let program = std::env::current_exe().unwrap();
        assert_eq!(run(&program).unwrap_err().code, Code::NotFound);
        assert_eq!(run(&folder.join("没有这个文件.pdf")).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn printers_are_counted_by_lines() {
        assert_eq!(printers_in(b""), 0);
        assert_eq!(printers_in("办公室\nPDF\n\n".as_bytes()), 2);
    }
}
