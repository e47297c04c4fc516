//! The desktop shell: a window over [`backend::Desk`].
//!
//! It hides Tauri from the rest: one command carries every call of the page to the desk, one scheme carries pictures of
//! pages, and a few commands reach what a page may not, such as opening a finished PDF. It decides nothing about
//! projects or reports.

mod knock;
mod pictures;
mod rpc;
mod system;
mod window;

use backend::Desk;
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent};

/// Runs the application until its window is closed.
pub fn run() {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::state_plugin())
        .manage(system::Launch::from_arguments())
        .register_asynchronous_uri_scheme_protocol("preview", |context, request, responder| {
            let desk = desk_of(context.app_handle());
            tauri::async_runtime::spawn_blocking(move || responder.respond(pictures::answer(&desk, request.uri())));
        })
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            system::launch_path,
            system::documents_folder,
            system::print_path,
            system::has_printer,
            system::open_path,
            system::reveal,
            knock::show_elsewhere
        ])
        .setup(|app| {
            app.manage(Arc::new(Desk::new(app.path().app_local_data_dir()?)));
            if let Ok(resources) = app.path().resource_dir() {
                system::tell_fonts(&resources);
            }
            window::open(app)?;
            knock::listen(app.handle().clone(), desk_of(app.handle()));
            Ok(())
        })
        .build(tauri::generate_context!())
        .expect("the configuration is valid and a window can be made");
    app.run(|app, event| match event {
        // The project file is closed properly, so that it can travel without side files.
        RunEvent::Exit => rpc::close(&desk_of(app)),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => system::open_requested(app, &urls),
        _ => {}
    });
}

fn desk_of(app: &AppHandle) -> Arc<Desk> {
    app.state::<Arc<Desk>>().inner().clone()
}
