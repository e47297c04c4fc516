//! The way of every call from the page to the desk.

use backend::desk::Reply;
use backend::{Code, Desk, Error, Progress};
use serde_json::Value;
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

/// Runs a command of the desk off the window's thread. A panic becomes an error: the window and the project stay.
#[tauri::command]
pub async fn rpc(
    desk: State<'_, Arc<Desk>>,
    name: String,
    request: Value,
    progress: Channel<Progress>,
) -> Result<Reply, Error> {
    let desk = desk.inner().clone();
    let work = tauri::async_runtime::spawn_blocking(move || {
        desk.call(&name, request, &mut |step| {
            // A page that has gone no longer listens; the work goes on.
            let _ = progress.send(step);
        })
    });
    work.await.unwrap_or_else(|panic| Err(broken(&panic.to_string())))
}

/// Closes the open project, if any.
pub fn close(desk: &Desk) {
    desk.stop();
    let _ = desk.call("close_project", Value::Null, &mut |_| ());
}

fn broken(words: &str) -> Error {
    Error {
        code: Code::Failed,
        message: "程序内部出错，这一步没有做成，工程没有受影响。请重试；如反复出现，请复制详情反馈。".into(),
        detail: vec![words.to_owned()],
    }
}
