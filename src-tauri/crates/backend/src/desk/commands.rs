//! The list of commands, the router and the tags.

use super::annex::*;
use super::check::*;
use super::data::*;
use super::document::*;
use super::export::*;
use super::facts::*;
use super::formats::*;
use super::judgement::*;
use super::kits::*;
use super::pages::*;
use super::project::*;
use super::recent::*;
use super::state::Desk;
use crate::doctor::Examination;
use crate::error::{Error, Result};
use crate::preprint::ChecklistItem;
use crate::wire::*;
use report::analysis::FactOut;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use ts_rs::TS;

/// Kinds of state a window shows. A read names those its answer depends on; an act those it made stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    /// Which project is open, its titles, parameters and undo record.
    Project,
    /// Recently opened projects.
    Recent,
    /// Survey data: files, mapping, records, issues, corrections.
    Data,
    /// Facts, findings, measures, targets.
    Analysis,
    /// The composed document with the author's edits.
    Document,
    /// The kit the project keeps.
    Kit,
}

impl Tag {
    /// Every tag of an open project: what becomes stale when another one is opened.
    pub(crate) const ALL: [Tag; 6] = [Tag::Project, Tag::Recent, Tag::Data, Tag::Analysis, Tag::Document, Tag::Kit];
}

/// Answer to a command.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    pub value: Value,
    /// Tags that the command made stale, in order.
    pub changed: Vec<Tag>,
}

/// One command being carried out: who hears of its progress, who may stop it, what it changed.
pub(crate) struct Act<'a> {
    pub(crate) progress: &'a mut dyn FnMut(Progress),
    /// A long act clears it when it begins and looks at it now and then.
    pub(crate) cancel: &'a AtomicBool,
    pub(crate) changed: BTreeSet<Tag>,
}

/// Declares commands: `name(Request) -> Response [tags the answer depends on];`. Each is a method of [`Desk`] of the
/// same name that takes the request and the act. Commands without tags are acts.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($request:ty) -> $response:ty [$($tag:ident)*];)*) => {
        impl Desk {
            /// Carries out a command. The request and the answer are the JSON forms of the types declared for it.
            pub fn call(&self, name: &str, request: Value, progress: &mut dyn FnMut(Progress)) -> Result<Reply> {
                let mut act = Act { progress, cancel: self.cancel_flag(), changed: BTreeSet::new() };
                let value = match name {
                    $(stringify!($name) => {
                        let request: $request = serde_json::from_value(request)
                            .map_err(|e| Error::invalid(format!("命令 {name} 的参数有误。")).with([e.to_string()]))?;
                        let response: $response = self.$name(request, &mut act)?;
                        serde_json::to_value(response)
                            .expect("wire types have string keys and finite numbers, so they have a JSON form")
                    })*
                    _ => return Err(Error::invalid(format!("没有名为“{name}”的命令。"))),
                };
                Ok(Reply { value, changed: act.changed.into_iter().collect() })
            }
        }

        /// Every command.
        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// The list as TypeScript: request, response and tags by command.
        #[cfg(test)]
        pub(crate) fn typescript(config: &ts_rs::Config) -> String {
            let mut names = BTreeSet::new();
            let mut list = String::new();
            let mut reads = String::new();
            $(
                export::<$request>(config);
                export::<$response>(config);
                for shown in [<$request as TS>::name(config), <$response as TS>::name(config)] {
                    names.extend(custom_names(&shown));
                }
                let doc: &[&str] = &[$($doc),+];
                let doc: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
                list.push_str(&format!(
                    "  /** {} */\n  {}: {{ request: {}; response: {} }};\n",
                    doc.join(" "), stringify!($name), <$request as TS>::name(config), <$response as TS>::name(config),
                ));
                let tags: &[Tag] = &[$(Tag::$tag),*];
                if !tags.is_empty() {
                    let tags = serde_json::to_string(tags).expect("tags are words");
                    reads.push_str(&format!("  {}: {tags},\n", stringify!($name)));
                }
            )*
            names.insert("Tag".to_owned());
            Tag::export_all(config).expect("bindings can be written");
            let imports: String =
                names.iter().map(|n| format!("import type {{ {n} }} from \"./{n}\";\n")).collect();
            format!(
                "// Generated from the list of commands in the backend. Do not edit.\n{imports}\n\
                 export interface Commands {{\n{list}}}\n\n\
                 /** What the answer of a read depends on; commands not named here are acts. */\n\
                 export const reads = {{\n{reads}}} as const satisfies {{ [K in keyof Commands]?: readonly Tag[] }};\n"
            )
        }
    };
}

/// Writes the bindings of a type, or of what a container holds.
#[cfg(test)]
fn export<T: TS + 'static + ?Sized>(config: &ts_rs::Config) {
    struct Exporter<'a>(&'a ts_rs::Config);
    impl ts_rs::TypeVisitor for Exporter<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_some() {
                T::export_all(self.0).expect("bindings can be written");
            }
        }
    }
    let mut exporter = Exporter(config);
    ts_rs::TypeVisitor::visit::<T>(&mut exporter);
    T::visit_generics(&mut exporter);
}

/// Names of exported types in a TypeScript type: `Array<KitCard> | null` gives `KitCard`.
#[cfg(test)]
fn custom_names(shown: &str) -> Vec<String> {
    const BUILT_IN: [&str; 3] = ["Array", "Record", "Partial"];
    shown
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| w.starts_with(|c: char| c.is_ascii_uppercase()) && !BUILT_IN.contains(w))
        .map(str::to_owned)
        .collect()
}

/// Request or response without content.
pub(crate) type Nothing = ();

commands! {
    /// The kits carried in the program, and the author's own.
    kits(Nothing) -> Vec<KitCard> [Recent];
    /// Projects opened lately, newest first.
    recent(Nothing) -> Vec<RecentProject> [Recent];
    /// What the program finds on this machine: versions, places, fonts, faults.
    examine(Nothing) -> Examination [Recent];
    /// Takes a project off the list of recent ones; the file stays.
    forget_recent(ProjectPath) -> Nothing [];
    /// Makes a project file and opens it.
    create_project(CreateProject) -> ProjectInfo [];
    /// Opens a project file; the one open before is closed.
    open_project(ProjectPath) -> ProjectInfo [];
    /// Makes the example project of a kit, if it is not there yet, and opens it.
    open_example(OpenExample) -> ProjectInfo [];
    /// Copies the whole project, with what can be undone, to a new file and goes on with that.
    save_as(ProjectPath) -> ProjectInfo [];
    /// Closes the project.
    close_project(Nothing) -> Nothing [];
    /// The open project; null when there is none.
    project(Nothing) -> Option<ProjectInfo> [Project];
    /// Sets titles, dates and parameters as one act.
    set(Settings) -> Nothing [];
    /// Takes back the newest act and gives its label.
    undo(Nothing) -> Option<String> [];
    /// Repeats the act undone last and gives its label.
    redo(Nothing) -> Option<String> [];
    /// Remembers where the author is, for the next opening. No act: nothing to undo.
    set_place(Place) -> Nothing [];
    /// The document as the author left it, with what is edited, 需复核 or left out.
    document(Nothing) -> DocumentView [Document];
    /// Changes one thing of the document, a finding or a measure; what stood there is kept as the basis.
    edit(EditRequest) -> Nothing [];
    /// Takes back changes of one thing: all of them, or one aspect.
    revert(RevertRequest) -> Nothing [];
    /// Settles a review in favour of the author's text.
    keep_mine(ReviewRequest) -> Nothing [];
    /// Adds a block of the author's own and gives its id.
    insert(InsertRequest) -> String [];
    /// Divides a paragraph in two, as one act; gives the id of the second, which is the author's own.
    split(SplitRequest) -> String [];
    /// Puts an own block behind another block or at the beginning of a section.
    move_block(MoveRequest) -> Nothing [];
    /// Leaves a block or section out, or removes an own block.
    remove(Target) -> Nothing [];
    /// Replaces text in paragraphs, lists and titles, never in numbers; gives the number of places.
    replace_text(ReplaceRequest) -> usize [];
    /// Facts whose title or id contains every word asked for, best first, at most fifty.
    search_facts(Query) -> Vec<FactOut> [Analysis];
    /// The forms in which a text can show a fact, the plain value first; none when there is no such fact.
    fact_forms(Target) -> Vec<ShownForm> [Analysis];
    /// Indicators of which tables and charts can be drawn, in the kit's order.
    drawables(Nothing) -> Vec<Drawable> [Analysis];
    /// Indicators by dataset, those that hold every word asked for, with how often the report uses them.
    facts_overview(Query) -> FactsOverview [Analysis Document];
    /// One indicator: its table, its facts, where it stands in the report, how it can be drawn.
    indicator(IndicatorId) -> IndicatorView [Analysis Document];
    /// One fact with its exact value, base and formula.
    fact(FactId) -> FactView [Analysis];
    /// Findings with their arithmetic, evidence, benchmarks and headings.
    findings(Nothing) -> FindingsView [Analysis];
    /// Measures with their fields, what they answer, and the targets.
    measures(Nothing) -> MeasuresView [Analysis];
    /// Accepts or rejects findings and measures, or takes decisions back.
    decide(DecideRequest) -> Nothing [];
    /// Puts findings, or measures of a theme, in order, as one act.
    reorder(OrderRequest) -> Nothing [];
    /// Sets or takes back headings of findings, as one act.
    set_headings(HeadingsRequest) -> Nothing [];
    /// 核校 of the report as the author left it: every finding, and the ledger of numbers.
    check_report(Nothing) -> CheckView [Document];
    /// 核校 of a draft that is not the project's own.
    check_draft(CheckDraft) -> CheckView [];
    /// Sets a finding of the check aside, with the reason.
    ignore_finding(IgnoreFinding) -> Nothing [];
    /// Takes back that a finding was set aside.
    heed_finding(FindingKey) -> Nothing [];
    /// Writes what a finding suggests into the author's text; a number of a fact is never changed.
    apply_finding(FindingKey) -> Nothing [];
    /// 打印前核校单 of the report in a print format; what the author set aside is passed over.
    preprint(PreprintRequest) -> Vec<ChecklistItem> [Document Project];
    /// Ticks an item of 打印前核校单 off as looked at, or takes the tick back.
    tick_item(TickItem) -> Nothing [];
    /// Writes 核校意见表 of the report or of a draft as PDF or web page.
    export_check(ExportCheck) -> Exported [];
    /// Writes a corrected draft as a text file beside the one it came from.
    save_draft(SaveDraft) -> Exported [];
    /// The print formats, what each asks for, and what the author filled in.
    formats(Nothing) -> FormatsView [Project];
    /// Writes the report as PDF.
    export_pdf(ExportPdf) -> PrintReport [];
    /// Writes the pages as PNG, one file each.
    export_images(ExportImages) -> PrintReport [];
    /// Writes the evidence annex 证据附件: facts, findings, measures, targets and every number on the pages.
    export_evidence(ExportTo) -> Exported [];
    /// Writes the data annex 数据附件: every dataset as a sheet, corrections applied, personal data left out.
    export_data(ExportTo) -> Exported [];
    /// The pages: sizes and hashes, so that only changed pictures are fetched.
    pages(PagesRequest) -> PagesView [Document];
    /// Where blocks and sections stand on the pages last made.
    places(Nothing) -> Vec<PlaceOnPage> [Document];
    /// The files to import of those given and of the folders among them.
    data_files(Paths) -> DataFiles [];
    /// What an import would do and what its tables look like; files that cannot be read are named beside the others.
    preview_import(ImportRequest) -> ImportPreview [];
    /// Imports files and pasted tables as one act: all of them or none.
    import(ImportRequest) -> ImportReport [];
    /// Files that count, with their tables and the decisions about datasets and columns.
    files(Nothing) -> FilesView [Data];
    /// Lets a file no longer count.
    drop_file(FileName) -> Nothing [];
    /// Decides which datasets tables and which fields columns are, or takes such decisions back.
    map_columns(MapRequest) -> Nothing [];
    /// Datasets with the quality of every field.
    datasets(Nothing) -> Vec<DatasetView> [Data];
    /// Records of a dataset, filtered and sorted.
    rows(RowsRequest) -> RowsPage [Data Analysis];
    /// The records that a fact was computed from.
    fact_rows(FactName) -> FactRows [Data Analysis];
    /// Where a value comes from and what was done with it.
    cell(CellRequest) -> CellView [Data];
    /// Corrects values as one act; a value that cannot be read is refused and nothing changes. Gives how many.
    correct(CorrectRequest) -> usize [];
    /// Takes corrections back.
    uncorrect(UncorrectRequest) -> usize [];
    /// Doubtful cells by kind, worst first.
    issues(Nothing) -> Vec<IssueGroup> [Data];
    /// Doubtful cells of one kind.
    issue_items(IssuesRequest) -> IssuePage [Data];
    /// Decides about one doubtful cell: the suggested value, the one there is, none.
    settle(SettleRequest) -> usize [];
    /// Takes over the suggested values of one kind as one act; gives how many.
    apply_suggestions(ApplyRequest) -> usize [];
    /// Tables that can be entered by hand, with what was entered.
    entry_tables(Nothing) -> Vec<EntryTable> [Data];
    /// Stores a table entered by hand in place of the earlier one.
    enter_table(EnterTable) -> Nothing [];
    /// Tables entered by hand in a project of an open kit; null when the kit says which tables there are.
    free_tables(Nothing) -> Option<Vec<FreeTable>> [Data];
    /// Stores such a table in place of the earlier one of its name.
    enter_free_table(FreeTable) -> Nothing [];
    /// A kit with everything in it: the open project's, or one of the gallery.
    kit_view(KitChoice) -> KitView [Kit Recent Analysis];
    /// Text of one file of a kit.
    kit_file(KitFileChoice) -> KitFileText [Kit Recent];
    /// What a change of the project's kit would do; nothing is stored.
    check_kit_change(KitChangeRequest) -> KitCheck [Kit Analysis];
    /// Changes the project's kit when the whole of it stays valid; else says why not.
    save_kit_change(KitChangeRequest) -> KitCheck [];
    /// Writes a kit as a zip or a folder and gives its place.
    export_kit(ExportKit) -> String [];
    /// Looks at a kit in a folder or zip, and how it differs from the project's.
    preview_kit(KitPath) -> KitPreview [];
    /// The gallery's kit of the same id as the project's, when it is different.
    newer_kit(Nothing) -> Option<KitPreview> [Kit Recent];
    /// Puts another kit in place of the project's.
    adopt_kit(AdoptKit) -> Nothing [];
    /// Keeps a kit in the author's gallery, for new projects.
    keep_kit(KeepKit) -> KitInfo [];
    /// Takes a kit out of the author's gallery; projects keep their copies.
    forget_kit(KitId) -> Nothing [];
    /// Stops the long act under way, if there is one.
    cancel(Nothing) -> Nothing [];
}

#[cfg(test)]
mod tests;
