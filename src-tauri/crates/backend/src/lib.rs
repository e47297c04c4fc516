//! What a front end can ask for: the use cases, over the project file, the survey data, the report and its pages.
//!
//! ```text
//! shell, cli ─► backend ─► store   (project file)
//!                      ├─► survey  (files → datasets)
//!                      ├─► report  (datasets → facts, findings, measures → document)
//!                      └─► typeset (document as JSON → pages → PDF, PNG)
//! ```
//!
//! It hides how these meet: an import is one transaction from reading to committing; a document reaches the pages as
//! JSON; kits and print templates with their registry of formats are carried inside the program, while a project keeps to its own copy of its kit.
//! Failures come out as one [`Error`] with a code and a Chinese message. It draws nothing and prints nothing.

mod data;
mod demo;
pub mod desk;
mod doctor;
mod doubts;
mod drafts;
mod error;
mod evidence;
mod formats;
mod grid;
mod import;
mod inspection;
mod kits;
mod preprint;
mod print;
mod project;
mod review;
mod wire;

pub use data::{write_csv, write_json, write_xlsx};
pub use demo::{Demo, demo};
pub use desk::Desk;
pub use doctor::{Examination, examine};
pub use doubts::DoubtedFigure;
pub use error::{Code, Error, Result};
pub use formats::{
    Content, FormatChoice, FormatField, FormatFieldKind, FormatInfo, FormatRemark, Formats, use_templates,
};
pub use import::{ImportOptions, Source, parse_map};
pub use inspection::{Inspected, inspect_file};
pub use kits::{check_folder, list as list_kits, typst as print_templates, write_starter};
pub use preprint::{ChecklistItem, ChecklistPlace, ChecklistState, ChecklistTick, DataCell};
pub use print::{PrintOptions, Printed, Printer, fonts_folder, read_text, save_output, use_fonts};
pub use project::{NewProject, Project, no_data, parse_date};
pub use review::{Checked, Spot, check_file, check_text};
pub use store::{Access, Decision};
pub use typeset::{Edge, Imposition, Layout, Profile, Sheet, Standard};
pub use wire::*;

pub use report::{Analysis, Document};
pub use survey::{Dataset, Severity};
