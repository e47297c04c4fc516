// Generated from the list of commands in the backend. Do not edit.
import type { AdoptKit } from "./AdoptKit";
import type { ApplyRequest } from "./ApplyRequest";
import type { CellRequest } from "./CellRequest";
import type { CellView } from "./CellView";
import type { CheckDraft } from "./CheckDraft";
import type { CheckView } from "./CheckView";
import type { ChecklistItem } from "./ChecklistItem";
import type { CorrectRequest } from "./CorrectRequest";
import type { CreateProject } from "./CreateProject";
import type { DataFiles } from "./DataFiles";
import type { DatasetView } from "./DatasetView";
import type { DecideRequest } from "./DecideRequest";
import type { DocumentView } from "./DocumentView";
import type { Drawable } from "./Drawable";
import type { EditRequest } from "./EditRequest";
import type { EnterTable } from "./EnterTable";
import type { EntryTable } from "./EntryTable";
import type { Examination } from "./Examination";
import type { ExportCheck } from "./ExportCheck";
import type { ExportImages } from "./ExportImages";
import type { ExportKit } from "./ExportKit";
import type { ExportPdf } from "./ExportPdf";
import type { ExportTo } from "./ExportTo";
import type { Exported } from "./Exported";
import type { FactId } from "./FactId";
import type { FactName } from "./FactName";
import type { FactOut } from "./FactOut";
import type { FactRows } from "./FactRows";
import type { FactView } from "./FactView";
import type { FactsOverview } from "./FactsOverview";
import type { FileName } from "./FileName";
import type { FilesView } from "./FilesView";
import type { FindingKey } from "./FindingKey";
import type { FindingsView } from "./FindingsView";
import type { FormatsView } from "./FormatsView";
import type { FreeTable } from "./FreeTable";
import type { HeadingsRequest } from "./HeadingsRequest";
import type { IgnoreFinding } from "./IgnoreFinding";
import type { ImportPreview } from "./ImportPreview";
import type { ImportReport } from "./ImportReport";
import type { ImportRequest } from "./ImportRequest";
import type { IndicatorId } from "./IndicatorId";
import type { IndicatorView } from "./IndicatorView";
import type { InsertRequest } from "./InsertRequest";
import type { IssueGroup } from "./IssueGroup";
import type { IssuePage } from "./IssuePage";
import type { IssuesRequest } from "./IssuesRequest";
import type { KeepKit } from "./KeepKit";
import type { KitCard } from "./KitCard";
import type { KitChangeRequest } from "./KitChangeRequest";
import type { KitCheck } from "./KitCheck";
import type { KitChoice } from "./KitChoice";
import type { KitFileChoice } from "./KitFileChoice";
import type { KitFileText } from "./KitFileText";
import type { KitId } from "./KitId";
import type { KitInfo } from "./KitInfo";
import type { KitPath } from "./KitPath";
import type { KitPreview } from "./KitPreview";
import type { KitView } from "./KitView";
import type { MapRequest } from "./MapRequest";
import type { MeasuresView } from "./MeasuresView";
import type { MoveRequest } from "./MoveRequest";
import type { OpenExample } from "./OpenExample";
import type { OrderRequest } from "./OrderRequest";
import type { PagesRequest } from "./PagesRequest";
import type { PagesView } from "./PagesView";
import type { Paths } from "./Paths";
import type { Place } from "./Place";
import type { PlaceOnPage } from "./PlaceOnPage";
import type { PreprintRequest } from "./PreprintRequest";
import type { PrintReport } from "./PrintReport";
import type { ProjectInfo } from "./ProjectInfo";
import type { ProjectPath } from "./ProjectPath";
import type { Query } from "./Query";
import type { RecentProject } from "./RecentProject";
import type { ReplaceRequest } from "./ReplaceRequest";
import type { RevertRequest } from "./RevertRequest";
import type { ReviewRequest } from "./ReviewRequest";
import type { RowsPage } from "./RowsPage";
import type { RowsRequest } from "./RowsRequest";
import type { SaveDraft } from "./SaveDraft";
import type { Settings } from "./Settings";
import type { SettleRequest } from "./SettleRequest";
import type { ShownForm } from "./ShownForm";
import type { SplitRequest } from "./SplitRequest";
import type { Tag } from "./Tag";
import type { Target } from "./Target";
import type { TickItem } from "./TickItem";
import type { UncorrectRequest } from "./UncorrectRequest";

export interface Commands {
  /** The kits carried in the program, and the author's own. */
  kits: { request: null; response: Array<KitCard> };
  /** Projects opened lately, newest first. */
  recent: { request: null; response: Array<RecentProject> };
  /** What the program finds on this machine: versions, places, fonts, faults. */
  examine: { request: null; response: Examination };
  /** Takes a project off the list of recent ones; the file stays. */
  forget_recent: { request: ProjectPath; response: null };
  /** Makes a project file and opens it. */
  create_project: { request: CreateProject; response: ProjectInfo };
  /** Opens a project file; the one open before is closed. */
  open_project: { request: ProjectPath; response: ProjectInfo };
  /** Makes the example project of a kit, if it is not there yet, and opens it. */
  open_example: { request: OpenExample; response: ProjectInfo };
  /** Copies the whole project, with what can be undone, to a new file and goes on with that. */
  save_as: { request: ProjectPath; response: ProjectInfo };
  /** Closes the project. */
  close_project: { request: null; response: null };
  /** The open project; null when there is none. */
  project: { request: null; response: ProjectInfo | null };
  /** Sets titles, dates and parameters as one act. */
  set: { request: Settings; response: null };
  /** Takes back the newest act and gives its label. */
  undo: { request: null; response: string | null };
  /** Repeats the act undone last and gives its label. */
  redo: { request: null; response: string | null };
  /** Remembers where the author is, for the next opening. No act: nothing to undo. */
  set_place: { request: Place; response: null };
  /** The document as the author left it, with what is edited, 需复核 or left out. */
  document: { request: null; response: DocumentView };
  /** Changes one thing of the document, a finding or a measure; what stood there is kept as the basis. */
  edit: { request: EditRequest; response: null };
  /** Takes back changes of one thing: all of them, or one aspect. */
  revert: { request: RevertRequest; response: null };
  /** Settles a review in favour of the author's text. */
  keep_mine: { request: ReviewRequest; response: null };
  /** Adds a block of the author's own and gives its id. */
  insert: { request: InsertRequest; response: string };
  /** Divides a paragraph in two, as one act; gives the id of the second, which is the author's own. */
  split: { request: SplitRequest; response: string };
  /** Puts an own block behind another block or at the beginning of a section. */
  move_block: { request: MoveRequest; response: null };
  /** Leaves a block or section out, or removes an own block. */
  remove: { request: Target; response: null };
  /** Replaces text in paragraphs, lists and titles, never in numbers; gives the number of places. */
  replace_text: { request: ReplaceRequest; response: number };
  /** Facts whose title or id contains every word asked for, best first, at most fifty. */
  search_facts: { request: Query; response: Array<FactOut> };
  /** The forms in which a text can show a fact, the plain value first; none when there is no such fact. */
  fact_forms: { request: Target; response: Array<ShownForm> };
  /** Indicators of which tables and charts can be drawn, in the kit's order. */
  drawables: { request: null; response: Array<Drawable> };
  /** Indicators by dataset, those that hold every word asked for, with how often the report uses them. */
  facts_overview: { request: Query; response: FactsOverview };
  /** One indicator: its table, its facts, where it stands in the report, how it can be drawn. */
  indicator: { request: IndicatorId; response: IndicatorView };
  /** One fact with its exact value, base and formula. */
  fact: { request: FactId; response: FactView };
  /** Findings with their arithmetic, evidence, benchmarks and headings. */
  findings: { request: null; response: FindingsView };
  /** Measures with their fields, what they answer, and the targets. */
  measures: { request: null; response: MeasuresView };
  /** Accepts or rejects findings and measures, or takes decisions back. */
  decide: { request: DecideRequest; response: null };
  /** Puts findings, or measures of a theme, in order, as one act. */
  reorder: { request: OrderRequest; response: null };
  /** Sets or takes back headings of findings, as one act. */
  set_headings: { request: HeadingsRequest; response: null };
  /** 核校 of the report as the author left it: every finding, and the ledger of numbers. */
  check_report: { request: null; response: CheckView };
  /** 核校 of a draft that is not the project's own. */
  check_draft: { request: CheckDraft; response: CheckView };
  /** Sets a finding of the check aside, with the reason. */
  ignore_finding: { request: IgnoreFinding; response: null };
  /** Takes back that a finding was set aside. */
  heed_finding: { request: FindingKey; response: null };
  /** Writes what a finding suggests into the author's text; a number of a fact is never changed. */
  apply_finding: { request: FindingKey; response: null };
  /** 打印前核校单 of the report in a print format; what the author set aside is passed over. */
  preprint: { request: PreprintRequest; response: Array<ChecklistItem> };
  /** Ticks an item of 打印前核校单 off as looked at, or takes the tick back. */
  tick_item: { request: TickItem; response: null };
  /** Writes 核校意见表 of the report or of a draft as PDF or web page. */
  export_check: { request: ExportCheck; response: Exported };
  /** Writes a corrected draft as a text file beside the one it came from. */
  save_draft: { request: SaveDraft; response: Exported };
  /** The print formats, what each asks for, and what the author filled in. */
  formats: { request: null; response: FormatsView };
  /** Writes the report as PDF. */
  export_pdf: { request: ExportPdf; response: PrintReport };
  /** Writes the pages as PNG, one file each. */
  export_images: { request: ExportImages; response: PrintReport };
  /** Writes the evidence annex 证据附件: facts, findings, measures, targets and every number on the pages. */
  export_evidence: { request: ExportTo; response: Exported };
  /** Writes the data annex 数据附件: every dataset as a sheet, corrections applied, personal data left out. */
  export_data: { request: ExportTo; response: Exported };
  /** The pages: sizes and hashes, so that only changed pictures are fetched. */
  pages: { request: PagesRequest; response: PagesView };
  /** Where blocks and sections stand on the pages last made. */
  places: { request: null; response: Array<PlaceOnPage> };
  /** The files to import of those given and of the folders among them. */
  data_files: { request: Paths; response: DataFiles };
  /** What an import would do and what its tables look like; files that cannot be read are named beside the others. */
  preview_import: { request: ImportRequest; response: ImportPreview };
  /** Imports files and pasted tables as one act: all of them or none. */
  import: { request: ImportRequest; response: ImportReport };
  /** Files that count, with their tables and the decisions about datasets and columns. */
  files: { request: null; response: FilesView };
  /** Lets a file no longer count. */
  drop_file: { request: FileName; response: null };
  /** Decides which datasets tables and which fields columns are, or takes such decisions back. */
  map_columns: { request: MapRequest; response: null };
  /** Datasets with the quality of every field. */
  datasets: { request: null; response: Array<DatasetView> };
  /** Records of a dataset, filtered and sorted. */
  rows: { request: RowsRequest; response: RowsPage };
  /** The records that a fact was computed from. */
  fact_rows: { request: FactName; response: FactRows };
  /** Where a value comes from and what was done with it. */
  cell: { request: CellRequest; response: CellView };
  /** Corrects values as one act; a value that cannot be read is refused and nothing changes. Gives how many. */
  correct: { request: CorrectRequest; response: number };
  /** Takes corrections back. */
  uncorrect: { request: UncorrectRequest; response: number };
  /** Doubtful cells by kind, worst first. */
  issues: { request: null; response: Array<IssueGroup> };
  /** Doubtful cells of one kind. */
  issue_items: { request: IssuesRequest; response: IssuePage };
  /** Decides about one doubtful cell: the suggested value, the one there is, none. */
  settle: { request: SettleRequest; response: number };
  /** Takes over the suggested values of one kind as one act; gives how many. */
  apply_suggestions: { request: ApplyRequest; response: number };
  /** Tables that can be entered by hand, with what was entered. */
  entry_tables: { request: null; response: Array<EntryTable> };
  /** Stores a table entered by hand in place of the earlier one. */
  enter_table: { request: EnterTable; response: null };
  /** Tables entered by hand in a project of an open kit; null when the kit says which tables there are. */
  free_tables: { request: null; response: Array<FreeTable> | null };
  /** Stores such a table in place of the earlier one of its name. */
  enter_free_table: { request: FreeTable; response: null };
  /** A kit with everything in it: the open project's, or one of the gallery. */
  kit_view: { request: KitChoice; response: KitView };
  /** Text of one file of a kit. */
  kit_file: { request: KitFileChoice; response: KitFileText };
  /** What a change of the project's kit would do; nothing is stored. */
  check_kit_change: { request: KitChangeRequest; response: KitCheck };
  /** Changes the project's kit when the whole of it stays valid; else says why not. */
  save_kit_change: { request: KitChangeRequest; response: KitCheck };
  /** Writes a kit as a zip or a folder and gives its place. */
  export_kit: { request: ExportKit; response: string };
  /** Looks at a kit in a folder or zip, and how it differs from the project's. */
  preview_kit: { request: KitPath; response: KitPreview };
  /** The gallery's kit of the same id as the project's, when it is different. */
  newer_kit: { request: null; response: KitPreview | null };
  /** Puts another kit in place of the project's. */
  adopt_kit: { request: AdoptKit; response: null };
  /** Keeps a kit in the author's gallery, for new projects. */
  keep_kit: { request: KeepKit; response: KitInfo };
  /** Takes a kit out of the author's gallery; projects keep their copies. */
  forget_kit: { request: KitId; response: null };
  /** Stops the long act under way, if there is one. */
  cancel: { request: null; response: null };
}

/** What the answer of a read depends on; commands not named here are acts. */
export const reads = {
  kits: ["recent"],
  recent: ["recent"],
  examine: ["recent"],
  project: ["project"],
  document: ["document"],
  search_facts: ["analysis"],
  fact_forms: ["analysis"],
  drawables: ["analysis"],
  facts_overview: ["analysis","document"],
  indicator: ["analysis","document"],
  fact: ["analysis"],
  findings: ["analysis"],
  measures: ["analysis"],
  check_report: ["document"],
  preprint: ["document","project"],
  formats: ["project"],
  pages: ["document"],
  places: ["document"],
  files: ["data"],
  datasets: ["data"],
  rows: ["data","analysis"],
  fact_rows: ["data","analysis"],
  cell: ["data"],
  issues: ["data"],
  issue_items: ["data"],
  entry_tables: ["data"],
  free_tables: ["data"],
  kit_view: ["kit","recent","analysis"],
  kit_file: ["kit","recent"],
  check_kit_change: ["kit","analysis"],
  newer_kit: ["kit","recent"],
} as const satisfies { [K in keyof Commands]?: readonly Tag[] };
