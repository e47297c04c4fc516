//! The one window: made hidden, shown when there is something to see, as large and where it was left.

use std::time::Duration;
use tauri::plugin::TauriPlugin;
use tauri::window::Color;
use tauri::{App, Theme, WebviewUrl, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

/// Backgrounds as in the page's style sheet: what shows before the page and while the window grows.
const LIGHT: Color = Color(0xf4, 0xf3, 0xf1, 0xff);
const DARK: Color = Color(0x1a, 0x1a, 0x1c, 0xff);

/// After this the window is shown even when the page has not asked for it, so that a broken page is seen.
const PATIENCE: Duration = Duration::from_secs(5);

/// Keeps size and place. Not visibility: the page decides when it is ready to be seen.
pub fn state_plugin() -> TauriPlugin<Wry> {
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri_plugin_window_state::Builder::default().with_state_flags(flags).build()
}

pub fn open(app: &App) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("研策")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .center()
        .visible(false)
        .background_color(LIGHT)
        .build()?;
    if matches!(window.theme(), Ok(Theme::Dark)) {
        window.set_background_color(Some(DARK))?;
    }
    #[cfg(target_os = "linux")]
    load_anew_when_lost(&window)?;
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if !window.is_visible().unwrap_or(true) {
            let _ = window.show();
        }
    });
    Ok(())
}

/// When the process that shows the page is lost, the window would keep its last picture and answer nothing. The project
/// is held by this process and loses nothing, so the page is loaded again; the address lets it say why.
#[cfg(target_os = "linux")]
fn load_anew_when_lost(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(|webview| {
        webview.inner().connect_web_process_terminated(|view, _| {
            let address = view.uri().unwrap_or_default();
            let page = address.split(['?', '#']).next().unwrap_or_default();
            view.load_uri(&format!("{page}?anew"));
        });
    })
}
