//! The desktop shell: a window over [`backend::Desk`].
//!
//! It hides Tauri from the rest: one command carries every call of the page to the desk, one scheme carries pictures of
//! pages, and a few commands reach what a page may not, such as opening a finished PDF. It decides nothing about
//! projects or reports.

mod desk;
mod pictures;
mod rpc;
mod system;
mod window;

use desk::Desk;
use std::sync::Arc;
use tauri::{Manager, RunEvent};

/// Runs the application until its window is closed.
pub fn run() {
    let desk = Arc::new(Desk::new());
    let pictures = desk.clone();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::state_plugin())
        .manage(desk.clone())
        .manage(system::Launch::from_arguments())
        .register_asynchronous_uri_scheme_protocol("preview", move |_, request, responder| {
            let desk = pictures.clone();
            tauri::async_runtime::spawn_blocking(move || responder.respond(pictures::answer(&desk, request.uri())));
        })
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            rpc::cancel,
            system::launch_path,
            system::open_path,
            system::reveal
        ])
        .setup(|app| {
            if let Ok(resources) = app.path().resource_dir() {
                system::tell_fonts(&resources);
            }
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .expect("the configuration is valid and a window can be made");
    app.run(move |app, event| match event {
        // The project file is closed properly, so that it can travel without side files.
        RunEvent::Exit => rpc::close(&desk),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => system::open_requested(app, &urls),
        _ => {
            let _ = app;
        }
    });
}
