//! Starts the desktop program. Everything is in the library, so that tests can link it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    yance_desktop::run();
}
