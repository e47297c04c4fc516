//! Stand-in with the shape of the backend's desk.

use backend::{Code, Error, Progress};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub struct Reply {
    value: Value,
    changed: Vec<String>,
}

pub struct Desk;

impl Desk {
    pub fn new() -> Desk {
        Desk
    }

    pub fn call(&self, name: &str, _: Value, _: &mut dyn FnMut(Progress)) -> Result<Reply, Error> {
        match name {
            "project" | "close" => Ok(Reply { value: Value::Null, changed: Vec::new() }),
            _ => Err(Error { code: Code::Failed, message: format!("还不会做 {name}。"), detail: Vec::new() }),
        }
    }

    pub fn cancel(&self) {}

    pub fn picture(&self, _: usize, _: u32) -> Result<Vec<u8>, Error> {
        Err(Error { code: Code::NoData, message: "没有页面。".into(), detail: Vec::new() })
    }
}
