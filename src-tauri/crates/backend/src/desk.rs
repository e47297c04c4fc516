//! The author's desk: one open project with its caches, and every command a window can send it.
//!
//! ```text
//! window ─► call(name, request) ─► commands! list ─► handler (desk/*.rs) ─► project, report, typeset
//!        ◄─ Reply { value, changed }                                         └─ changed: tags made stale
//! ```
//!
//! A command is declared once, in the list below: its name, request, response, and the tags its answer depends on. The
//! router and the TypeScript types both come from that list. An act says which tags it made stale, by what the store
//! recorded, so that a window refreshes what changed and nothing else. Nothing here knows windows or widgets.

mod annex;
mod check;
mod commands;
mod data;
mod document;
mod export;
mod facts;
mod formats;
mod judgement;
mod kits;
mod pages;
mod project;
mod recent;
mod state;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use self::check::{IGNORED, SEEN};
pub use commands::{Reply, Tag};
pub(crate) use facts::each_block;
pub use pages::Picture;
pub use state::Desk;

pub(crate) use project::KitCard;
