//! The project file 工程文件: one SQLite file `*.yance` with everything a report is made from.
//!
//! It hides SQLite: the schema and its migrations, locking, atomic writes, the undo record, and what can go wrong with
//! files on office machines. It must not know how data are read or what they mean.
//!
//! * What files said (raw rows, table structures) is only ever added.
//! * What people decided (corrections, mapping overrides, decisions, parameters, titles, the kit snapshot, which import
//!   of a file counts) changes through [`Project::transact`] alone, and every such act can be undone.
//! * Nothing derived is stored.
//!
//! **One file.** A rollback journal is used, not a write-ahead log: a big import is appended pages, which a rollback
//! journal never copies, while a log would write them twice; and between two acts the project is one complete file
//! that can be copied to a USB stick. A process killed in the middle leaves a journal beside it, from which the next
//! opening restores the state before the act.
//!
//! **One writer.** Opening for writing takes SQLite's exclusive lock until the project is dropped; readers share.

mod error;
mod project;
mod schema;
mod tx;
mod view;

pub use error::{Error, Result};
pub use project::{Access, Done, Project, Stepped, temporary};
pub use schema::{APPLICATION_ID, FORMAT};
pub use tx::{NewImport, Part, Tx};
pub use view::{Decision, Edit, Import, Meta, View};
