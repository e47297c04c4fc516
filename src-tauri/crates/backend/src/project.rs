//! An open project: titles, parameters, decisions, and the computation over its data.

use crate::desk::{IGNORED, SEEN};
use crate::error::{Code, Error, Result};
use crate::formats::{self, FormatRemark, Formats};
use crate::grid::Grid;
use crate::kits;
use crate::preprint::Looked;
use crate::wire::ProjectInfo;
use chrono::NaiveDate;
use report::analysis::{DatasetLog, FileLog};
use report::edits::Choices;
use report::{Analysis, Change, Composed, Content, Document, Edited, Edits, Inputs, Kit};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use store::{Access, Decision, Meta, Part, Tx, View};
use survey::assemble::StoredTable;
use survey::{Assembled, Correction, Dataset, Gathered, Plan, TableInfo};

/// What a new project starts with.
#[derive(Debug, Clone, Default)]
pub struct NewProject {
    /// Id of a kit carried in the program, or the path of a kit's folder or zip.
    pub kit: String,
    /// The file's name when not given.
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub org: Option<String>,
    /// Date the data speak of; today when not given.
    pub as_of: Option<NaiveDate>,
    pub date: Option<NaiveDate>,
    pub parameters: BTreeMap<String, String>,
}

/// An open project with its kit.
#[derive(Debug)]
pub struct Project {
    pub(crate) store: store::Project,
    pub(crate) kit: Kit,
    /// Parts of the file changed since [`Project::take_changed`] was last asked.
    changed: BTreeSet<Part>,
    /// What was computed of the file as it stands; dropped by the acts that make it untrue.
    loaded: OnceCell<Arc<Loaded>>,
    /// The data before corrections changed, for making those of now from.
    before: RefCell<Option<Arc<Loaded>>>,
    /// Whether to keep in memory what makes the next correction fast.
    stays: bool,
    /// The report as the program writes it, with the choices it was composed with.
    composed: RefCell<Option<Arc<(Choices, Composed)>>>,
    draft: OnceCell<Arc<Draft>>,
    /// What the newest act of somebody typing belongs to, and its entry in the undo record.
    visit: Option<(String, i64)>,
}

/// The report as the author left it: what is shown and printed.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) composed: Arc<(Choices, Composed)>,
    pub(crate) edits: Edits,
    pub(crate) edited: Edited,
    /// What the author filled in for print formats, by field.
    pub(crate) filled: BTreeMap<String, String>,
}

impl Draft {
    /// The document in a form that is printed of it, and a remark on what the author changed in the report and the form
    /// does not show.
    pub(crate) fn document(&self, content: Content) -> (Cow<'_, Document>, Option<String>) {
        if content == Content::Report {
            return (Cow::Borrowed(&self.edited.document), None);
        }
        let form = self.composed.1.form(&self.edits, content);
        let count = form.unheeded.len();
        let names: Vec<String> = form.unheeded.iter().filter_map(|id| self.edited.document.name_of(id)).collect();
        let named = names.iter().take(3).map(|n| format!("“{}”", n.chars().take(20).collect::<String>()));
        let named = named.collect::<Vec<_>>().join("、");
        let remark = (count > 0).then(|| {
            let list = if named.is_empty() {
                String::new()
            } else {
                format!("：{named}{}", if count > 3 { "等" } else { "" })
            };
            format!(
                "这种版式的文字由程序按数据另行组织，报告里您改写或增加的 {count} 处没有写进去{list}。印发前请核对。"
            )
        });
        (Cow::Owned(form.document), remark)
    }

    pub(crate) fn analysis(&self) -> &Analysis {
        &self.composed.1.analysis
    }
}

/// A project's tables as data: what a report is computed from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) tables: Arc<Vec<StoredTable>>,
    pub(crate) plan: Arc<Plan>,
    pub(crate) assembled: Vec<Arc<Assembled>>,
    as_of: NaiveDate,
    /// Those laid over the data.
    corrections: Vec<Correction>,
    /// What the files say, parallel to `assembled`; kept where somebody corrects.
    gathered: Option<Arc<Vec<Gathered>>>,
    /// What looking at the rows needs, made when first looked at; parallel to `assembled`.
    grids: Vec<OnceLock<Arc<Grid>>>,
}

impl Loaded {
    pub(crate) fn grid(&self, at: usize) -> &Grid {
        self.grids[at].get_or_init(|| Arc::new(Grid::new(&self.assembled[at])))
    }

    /// The same data under other corrections, when what the files say was kept. What the difference does not touch is
    /// shared with these.
    fn corrected(&self, corrections: Vec<Correction>) -> Option<Loaded> {
        let gathered = self.gathered.clone()?;
        let of = |list: &[Correction], id: &str| -> Vec<Correction> {
            list.iter().filter(|c| c.dataset == id).cloned().collect()
        };
        let (mut assembled, mut grids) = (Vec::new(), Vec::new());
        for (at, files) in gathered.iter().enumerate() {
            let (before, grid) = (&self.assembled[at], self.grids[at].get());
            let id = &before.dataset.schema.id;
            if of(&self.corrections, id) == of(&corrections, id) {
                assembled.push(before.clone());
                grids.push(grid.map_or_else(OnceLock::new, |grid| OnceLock::from(grid.clone())));
                continue;
            }
            let after = Arc::new(files.assembled(&corrections, Some(before)));
            grids.push(grid.map_or_else(OnceLock::new, |grid| OnceLock::from(Arc::new(grid.again(&after)))));
            assembled.push(after);
        }
        let (tables, plan) = (self.tables.clone(), self.plan.clone());
        Some(Loaded { tables, plan, assembled, as_of: self.as_of, corrections, gathered: Some(gathered), grids })
    }
}

impl Project {
    /// Makes a project file, which appears whole or not at all; an existing file is never replaced.
    pub fn create(path: &Path, new: NewProject) -> Result<Project> {
        let files = kits::resolve(&new.kit)?;
        let kit = kits::load(&files)?;
        let mut parameters = BTreeMap::new();
        for (key, value) in &new.parameters {
            let value = match key.strip_prefix(formats::PREFIX) {
                Some(field) => Formats::load().normal(field, value)?,
                None => check_parameter(&kit, key, value).map(|()| Some(value.clone()))?,
            };
            parameters.insert(key.clone(), value);
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let meta = Meta {
            title: new.title.filter(|title| !title.trim().is_empty()).unwrap_or(stem),
            subtitle: new.subtitle,
            authors: new.authors,
            org: new.org,
            as_of: new.as_of.unwrap_or_else(|| chrono::Local::now().date_naive()),
            date: new.date,
        };
        let mut project = Project::over(store::Project::create(path, &meta, &files)?, kit);
        if !parameters.is_empty() {
            project.transact("设置参数", |tx, _| {
                parameters.iter().try_for_each(|(key, value)| Ok(tx.set_parameter(key, value.as_deref())?))
            })?;
        }
        Ok(project)
    }

    /// Opens a project with the kit it keeps.
    pub fn open(path: &Path, access: Access) -> Result<Project> {
        let store = store::Project::open(path, access)?;
        let kit = kits::load(&store.view().kit_files()?)?;
        Ok(Project::over(store, kit))
    }

    fn over(store: store::Project, kit: Kit) -> Project {
        Project {
            store,
            kit,
            changed: BTreeSet::new(),
            loaded: OnceCell::new(),
            before: RefCell::default(),
            stays: false,
            composed: RefCell::default(),
            draft: OnceCell::new(),
            visit: None,
        }
    }

    /// A project that somebody works on for a while: keeps in memory what makes the next correction fast.
    pub(crate) fn staying(self) -> Project {
        Project { stays: true, ..self }
    }

    pub(crate) fn stays(&self) -> bool {
        self.stays
    }

    /// Place of the project file.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Runs one act on the file and drops what it makes untrue of what was computed. Every change of a project goes
    /// through here or through undo and redo.
    pub(crate) fn transact<T>(&mut self, label: &str, act: impl FnOnce(&Tx, &Kit) -> Result<T>) -> Result<T> {
        let kit = &self.kit;
        let done = self.store.transact(label, |tx| act(tx, kit))?;
        self.forget(done.changed)?;
        Ok(done.value)
    }

    /// Like [`Project::transact`]; acts of the same visit that follow each other are one step of undo.
    pub(crate) fn transact_visit<T>(
        &mut self,
        visit: Option<String>,
        label: &str,
        act: impl FnOnce(&Tx, &Kit) -> Result<T>,
    ) -> Result<T> {
        let kit = &self.kit;
        let onto = self.visit.take().filter(|(before, _)| visit.as_ref() == Some(before));
        let done = match onto {
            Some((_, onto)) => self.store.transact_onto(onto, label, |tx| act(tx, kit))?,
            None => self.store.transact(label, |tx| act(tx, kit))?,
        };
        self.visit = visit.zip(done.operation);
        self.forget(done.changed)?;
        Ok(done.value)
    }

    fn forget(&mut self, changed: BTreeSet<Part>) -> Result<()> {
        // First of all, so that nothing untrue is left when reading the file fails below.
        let (loaded, before) = (self.loaded.take(), self.before.take());
        let composed = self.composed.take();
        self.draft.take();
        self.changed.extend(changed.iter().copied());
        let (open, declared) = (self.kit.open, self.kit.datasets.clone());
        if changed.contains(&Part::Kit) {
            self.kit = kits::load(&self.store.view().kit_files()?)?;
        }
        if changed.iter().all(|part| *part == Part::Edits) {
            self.composed.replace(composed);
        }
        // A title or a threshold leaves the data as they are.
        let read_anew = changed.contains(&Part::Files)
            || changed.contains(&Part::Overrides)
            || (changed.contains(&Part::Kit) && (self.kit.open != open || self.kit.datasets != declared));
        let as_of = if changed.contains(&Part::Meta) { Some(self.store.view().meta()?.as_of) } else { None };
        let holds = |loaded: &Arc<Loaded>| !read_anew && as_of.is_none_or(|as_of| as_of == loaded.as_of);
        let (loaded, before) = (loaded.filter(holds), before.filter(holds));
        if changed.contains(&Part::Corrections) {
            self.before.replace(loaded.or(before));
        } else {
            self.before.replace(before);
            self.loaded = loaded.map_or_else(OnceCell::new, OnceCell::from);
        }
        Ok(())
    }

    /// Keeps what an act has already made of the tables as they are now.
    pub(crate) fn keep_loaded(&mut self, loaded: Arc<Loaded>) {
        self.loaded = OnceCell::from(loaded);
    }

    /// The files of the kit the project keeps.
    pub(crate) fn kit_files(&self) -> Result<report::KitFiles> {
        Ok(self.store.view().kit_files()?)
    }

    /// Parts of the file changed since this was last asked.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<Part> {
        std::mem::take(&mut self.changed)
    }

    /// The tables as typed data with their issues, read once for as long as nothing of them changes.
    pub(crate) fn loaded(&self) -> Result<Arc<Loaded>> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded.clone());
        }
        let view = self.store.view();
        let before = self.before.take();
        let corrected = match before {
            Some(before) => before.corrected(view.corrections()?),
            None => None,
        };
        let loaded = match corrected {
            Some(loaded) => loaded,
            None => load(&view, &self.kit, self.stays, &mut |_| Ok(()))?,
        };
        Ok(self.loaded.get_or_init(|| Arc::new(loaded)).clone())
    }

    pub fn info(&self) -> Result<ProjectInfo> {
        let view = self.store.view();
        let meta = view.meta()?;
        let (undo, redo) = view.history()?;
        Ok(ProjectInfo {
            path: self.store.path().display().to_string(),
            title: meta.title,
            subtitle: meta.subtitle,
            authors: meta.authors,
            org: meta.org,
            as_of: meta.as_of.to_string(),
            date: meta.date.map(|d| d.to_string()),
            kit: kits::info(&self.kit),
            files: view.imports()?.into_iter().filter(|i| i.active).map(|i| i.name).collect(),
            parameters: view.parameters()?,
            place: view.place()?,
            writable: self.store.is_writable(),
            undo,
            redo,
        })
    }

    /// Sets a title, a date (`title subtitle authors org as-of date`), a parameter of the kit or a field of the print
    /// formats (`format.<key>`). An empty value takes back what can be taken back.
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        self.set_all(&BTreeMap::from([(key.to_owned(), value.to_owned())]))
    }

    /// Sets several titles, dates and parameters as one act: all of them or none.
    pub fn set_all(&mut self, values: &BTreeMap<String, String>) -> Result<()> {
        let before = self.store.view().meta()?;
        let mut meta = before.clone();
        let mut parameters = Vec::new();
        let mut titles = Vec::new();
        // Read only when a value is meant for a format.
        let formats = OnceCell::new();
        for (key, value) in values {
            let value = value.trim();
            let optional = || (!value.is_empty()).then(|| value.to_owned());
            if let Some(field) = key.strip_prefix(formats::PREFIX) {
                let formats = formats.get_or_init(Formats::load);
                parameters.push((key.as_str(), formats.normal(field, value)?));
                titles.push(formats.label(field).to_owned());
                continue;
            }
            let title = match key.replace('_', "-").as_str() {
                "title" if value.is_empty() => return Err(Error::invalid("标题不能为空。")),
                "title" => {
                    meta.title = value.to_owned();
                    "标题"
                }
                "subtitle" => {
                    meta.subtitle = optional();
                    "副标题"
                }
                "authors" | "author" => {
                    meta.authors = split_names(value);
                    "作者"
                }
                "org" => {
                    meta.org = optional();
                    "署名单位"
                }
                "as-of" => {
                    meta.as_of = parse_date(value)?;
                    "截至日期"
                }
                "date" => {
                    meta.date = if value.is_empty() { None } else { Some(parse_date(value)?) };
                    "成文日期"
                }
                _ => {
                    check_parameter(&self.kit, key, value)?;
                    parameters.push((key.as_str(), optional()));
                    let known = self.kit.parameters.iter().find(|p| p.key == *key).map(|p| p.title.as_str());
                    let criterion = key.strip_prefix(CRITERION).and_then(|id| self.kit.criterion(id));
                    known.or(criterion.map(|c| c.title.as_str())).unwrap_or(key)
                }
            };
            titles.push(title.to_owned());
        }
        let label = match titles.as_slice() {
            [] => return Ok(()),
            [one] => format!("设置{one}"),
            [first, ..] => format!("设置{first}等{}项", titles.len()),
        };
        self.transact(&label, |tx, _| {
            if meta != before {
                tx.set_meta(&meta)?;
            }
            parameters.iter().try_for_each(|(key, value)| Ok(tx.set_parameter(key, value.as_deref())?))
        })
    }

    /// What is doubtful about the value set for `key`, when a print format asks for it.
    pub fn format_remarks(&self, key: &str) -> Result<Vec<FormatRemark>> {
        let Some(field) = key.strip_prefix(formats::PREFIX) else { return Ok(Vec::new()) };
        let all = Formats::load().all_remarks(&self.filled()?).into_values().flatten();
        let mut remarks: Vec<FormatRemark> = Vec::new();
        for remark in all.filter(|r| r.key == field) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        Ok(remarks)
    }

    /// Remembers where the author is, without an act.
    pub(crate) fn set_place(&mut self, place: &str) -> Result<()> {
        Ok(self.store.set_place(place)?)
    }

    /// Accepts or rejects findings and measures, or takes decisions back. Every id must exist in the analysis; else
    /// nothing changes.
    pub fn decide(&mut self, ids: &[String], decision: Option<Decision>) -> Result<()> {
        let draft = self.draft()?;
        let views = &draft.composed.1.views;
        let title = |id: &String| {
            let finding = views.findings.iter().find(|f| f.id == *id).map(|f| &f.title);
            finding.or_else(|| views.measures.iter().find(|m| m.id == *id).map(|m| &m.title))
        };
        let unknown: Vec<&str> = ids.iter().filter(|id| title(id).is_none()).map(String::as_str).collect();
        if !unknown.is_empty() {
            let message = format!("没有这样的问题或对策：{}。可用 yance analyze 查看代号。", unknown.join("、"));
            return Err(Error::invalid(message));
        }
        let act = match decision {
            Some(Decision::Accepted) => "接受",
            Some(Decision::Rejected) => "不采用",
            None => "撤回决定",
        };
        let label = match ids {
            [] => return Ok(()),
            [one] => format!("{act}：{}", title(one).expect("unknown ids are refused above")),
            _ => format!("{act}{}项", ids.len()),
        };
        self.transact(&label, |tx, _| ids.iter().try_for_each(|id| Ok(tx.decide(id, decision)?)))
    }

    /// Takes back the newest act and gives its label.
    pub fn undo(&mut self) -> Result<Option<String>> {
        let step = self.store.undo()?;
        self.stepped(step)
    }

    /// Repeats the act undone last and gives its label.
    pub fn redo(&mut self) -> Result<Option<String>> {
        let step = self.store.redo()?;
        self.stepped(step)
    }

    fn stepped(&mut self, step: Option<store::Stepped>) -> Result<Option<String>> {
        let Some(step) = step else { return Ok(None) };
        self.forget(step.changed)?;
        Ok(Some(step.label))
    }

    /// Every dataset with corrections applied and duplicates merged.
    pub fn datasets(&self) -> Result<Vec<Arc<Dataset>>> {
        Ok(self.loaded()?.assembled.iter().map(|a| a.dataset.clone()).collect())
    }

    /// Facts, findings, measures and targets.
    pub fn analyze(&self) -> Result<Analysis> {
        Ok(self.draft()?.analysis().clone())
    }

    /// The document as the author left it, with the analysis it is written from.
    pub fn compose(&self) -> Result<(Analysis, Document)> {
        let draft = self.draft()?;
        Ok((draft.analysis().clone(), draft.edited.document.clone()))
    }

    /// The document in a form that is printed of it, with the analysis it is written from.
    pub fn compose_as(&self, content: Content) -> Result<(Analysis, Document)> {
        let draft = self.draft()?;
        Ok((draft.analysis().clone(), draft.document(content).0.into_owned()))
    }

    /// Everything computed of the project as it stands, made once for as long as nothing changes.
    pub(crate) fn draft(&self) -> Result<Arc<Draft>> {
        if let Some(draft) = self.draft.get() {
            return Ok(draft.clone());
        }
        let edits = self.edits()?;
        let kept = self.composed.borrow().clone().filter(|kept| kept.0 == edits.choices);
        let composed = match kept {
            Some(composed) => composed,
            None => {
                let inputs = self.inputs(edits.choices.clone())?;
                Arc::new((edits.choices.clone(), report::compose(&self.kit, &inputs)))
            }
        };
        *self.composed.borrow_mut() = Some(composed.clone());
        let edited = composed.1.edited(&edits);
        let draft = Arc::new(Draft { composed, edits, edited, filled: self.filled()? });
        Ok(self.draft.get_or_init(|| draft).clone())
    }

    /// What the author filled in for print formats, by field.
    pub(crate) fn filled(&self) -> Result<BTreeMap<String, String>> {
        let parameters = self.store.view().parameters()?.into_iter();
        Ok(parameters.filter_map(|(key, value)| Some((key.strip_prefix(formats::PREFIX)?.to_owned(), value))).collect())
    }

    fn edits(&self) -> Result<Edits> {
        let mut edits = Edits::default();
        let beside = |e: &store::Edit| [IGNORED, SEEN].contains(&e.aspect.as_str());
        for e in self.store.view().edits()?.into_iter().filter(|e| !beside(e)) {
            let damaged = |reason: String| {
                let message = format!("工程文件中“{}”的修改无法读取，请恢复备份。", e.target);
                Error::new(Code::UnusableProject, message).with([reason])
            };
            let json = |text: &str| serde_json::from_str(text).map_err(|e: serde_json::Error| damaged(e.to_string()));
            let change = Change::of(&e.aspect, json(&e.value)?).map_err(damaged)?;
            edits.add(&e.target, change, e.basis.as_deref().map(json).transpose()?);
        }
        Ok(edits)
    }

    /// Findings of the check that the author set aside, by key, with the reason.
    pub(crate) fn ignored(&self) -> Result<BTreeMap<String, String>> {
        let edits = self.store.view().edits()?.into_iter().filter(|e| e.aspect == IGNORED);
        Ok(edits.map(|e| (e.target, serde_json::from_str(&e.value).unwrap_or(e.value))).collect())
    }

    /// Items of 打印前核校单 that somebody ticked off, by format and item.
    pub(crate) fn seen(&self) -> Result<BTreeMap<String, Looked>> {
        let edits = self.store.view().edits()?.into_iter().filter(|e| e.aspect == SEEN);
        Ok(edits.filter_map(|e| Some((e.target, serde_json::from_str(&e.value).ok()?))).collect())
    }

    pub(crate) fn inputs(&self, choices: Choices) -> Result<Inputs> {
        let view = self.store.view();
        let loaded = self.loaded()?;
        if loaded.assembled.iter().all(|a| a.dataset.n == 0) {
            return Err(no_data());
        }
        let meta = view.meta()?;
        let imports = view.imports()?;
        let files = imports.iter().filter(|import| import.active).map(|import| FileLog {
            name: import.name.clone(),
            sha256: import.sha256.clone(),
            tables: loaded
                .tables
                .iter()
                .zip(&loaded.plan.tables)
                .filter(|(table, _)| table.import == import.id)
                .map(|(table, plan)| (table.info.clone(), plan.dataset.clone()))
                .collect(),
        });
        let log = report::ImportLog {
            files: files.collect(),
            datasets: loaded
                .assembled
                .iter()
                .map(|a| DatasetLog {
                    id: a.dataset.schema.id.clone(),
                    records: a.dataset.n,
                    duplicates: a.duplicates,
                    rejected: a.rejected,
                    corrections: a.corrections,
                    issues: a.issues.clone(),
                })
                .collect(),
        };
        Ok(Inputs {
            title: meta.title,
            subtitle: meta.subtitle,
            authors: meta.authors,
            org: meta.org,
            as_of: meta.as_of,
            date: meta.date,
            datasets: loaded.assembled.iter().map(|a| a.dataset.clone()).collect(),
            log,
            choices,
            parameters: view.parameters()?.into_iter().filter(|(key, _)| !key.starts_with(formats::PREFIX)).collect(),
            decisions: view
                .decisions()?
                .into_iter()
                .map(|(id, decision)| {
                    let decision = match decision {
                        Decision::Accepted => report::Decision::Accepted,
                        Decision::Rejected => report::Decision::Rejected,
                    };
                    (id, decision)
                })
                .collect(),
        })
    }
}

/// The refusal to work on an empty project.
pub fn no_data() -> Error {
    Error::new(Code::NoData, "工程里还没有可用的调查数据。请先导入台账、问卷等文件（yance import）。")
}

/// Reads the raw rows of a project or of an act in progress and makes datasets of them. `stays` keeps what the files
/// say in memory, within bounds. `progress` is told the rows read so far, now and then, and may end the work.
pub(crate) fn load(view: &View, kit: &Kit, stays: bool, progress: &mut dyn FnMut(u32) -> Result<()>) -> Result<Loaded> {
    let tables = view.tables()?;
    let infos: Vec<TableInfo> = tables.iter().map(|t| t.info.clone()).collect();
    let plan = survey::plan(&infos, &kit.datasets, kit.open, &view.overrides()?);
    let (as_of, corrections) = (view.meta()?.as_of, view.corrections()?);
    let values: usize = infos.iter().map(|info| info.data_rows as usize * info.columns.len()).sum();
    let mut failure = None;
    let mut seen = 0u32;
    let mut rows = |index: usize, take: &mut dyn FnMut(u32, &str)| {
        let mut pass = || -> Result<()> {
            view.rows(tables[index].id, |row, cells| {
                take(row, cells);
                seen = seen.saturating_add(1);
                if seen.is_multiple_of(PROGRESS_EVERY) { progress(seen) } else { Ok(()) }
            })?
        };
        pass().map_err(|e| {
            let message = e.message.clone();
            failure = Some(e);
            message
        })
    };
    let made = if stays && values <= KEPT {
        survey::gather(&plan, &tables, as_of, &mut rows).map(|gathered| {
            let assembled = gathered.iter().map(|files| files.assembled(&corrections, None)).collect();
            (assembled, Some(Arc::new(gathered)))
        })
    } else {
        survey::assemble(&plan, &tables, &corrections, as_of, &mut rows).map(|assembled| (assembled, None))
    };
    let (assembled, gathered): (Vec<Assembled>, _) = match (made, failure) {
        (_, Some(e)) => return Err(e),
        (Err(message), None) => return Err(Error::new(Code::Failed, format!("整理数据失败：{message}"))),
        (Ok(made), None) => made,
    };
    Ok(Loaded {
        tables: Arc::new(tables),
        plan: Arc::new(plan),
        grids: assembled.iter().map(|_| OnceLock::new()).collect(),
        assembled: assembled.into_iter().map(Arc::new).collect(),
        as_of,
        corrections,
        gathered,
    })
}

/// Values of which what the files say is kept beside what it became: some five bytes each.
const KEPT: usize = 12_000_000;

/// Rows between two reports of progress, each of which also asks whether to go on.
pub(crate) const PROGRESS_EVERY: u32 = 2_048;

/// Prefix of parameters that fill in a benchmark the kit leaves open: `criterion.<id>`.
const CRITERION: &str = "criterion.";

fn check_parameter(kit: &Kit, key: &str, value: &str) -> Result<()> {
    if key.starts_with(CRITERION) {
        return match value.trim().parse::<f64>() {
            _ if value.trim().is_empty() => Ok(()),
            Ok(number) if number.is_finite() => Ok(()),
            _ => Err(Error::invalid(format!("依据的数值应为数字：{key} = “{value}”。"))),
        };
    }
    if kit.parameters.iter().any(|p| p.key == key) {
        return Ok(());
    }
    let keys: Vec<&str> = kit.parameters.iter().map(|p| p.key.as_str()).collect();
    Err(Error::invalid(format!(
        "没有名为“{key}”的设置。可设置：title、subtitle、authors、org、as-of、date；版式的项目（format.名称，yance formats 可查）；本套件的参数：{}。",
        if keys.is_empty() { "无".to_owned() } else { keys.join("、") }
    )))
}

/// `2023-12-31`, `2023.12.31`, `2023/12/31` or `2023年12月31日`.
pub fn parse_date(text: &str) -> Result<NaiveDate> {
    let parts: Vec<&str> = text.trim().trim_end_matches('日').split(['-', '.', '/', '年', '月']).collect();
    let date = match parts[..] {
        [year, month, day] if year.len() == 4 => match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => NaiveDate::from_ymd_opt(year, month, day),
            _ => None,
        },
        _ => None,
    };
    date.ok_or_else(|| Error::invalid(format!("日期应写成 2023-12-31 的形式，而不是“{text}”。")))
}

pub(crate) fn split_names(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_people_write() {
        for text in ["2023-12-31", "2023.12.31", "2023/12/31", "2023年12月31日", " 2023-12-31 "] {
            assert_eq!(parse_date(text).unwrap().to_string(), "2023-12-31", "{text}");
        }
        for text in ["", "2023-02-30", "23-12-31", "2023-12", "昨天", "2023-12-31-1"] {
            assert_eq!(parse_date(text).unwrap_err().code, Code::InvalidArgument, "{text}");
        }
    }

    #[test]
    fn names_are_split_at_the_marks_people_use() {
        assert_eq!(split_names("甲、乙，丙; 丁"), ["甲", "乙", "丙", "丁"]);
        assert!(split_names(" ").is_empty());
    }
}
