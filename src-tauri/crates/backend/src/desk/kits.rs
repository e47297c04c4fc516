//! Commands of the kit workshop: seeing a kit's parts, changing those of the project's own copy, taking kits in and
//! giving them out. A project's kit is never left invalid: a change is tried on the whole kit, cases included, first.

use super::commands::{Act, Nothing, Tag};
use super::project::KitCard;
use super::state::Desk;
use crate::error::{Code, Error, Result};
use crate::kits::diff::{KitDiff, change_to, diff, original, with_originals};
use crate::kits::edit::{self, KitChange, PartFault, PartKind, PartRef};
use crate::kits::{self, pack};
use crate::project::{Draft, Project};
use crate::wire::KitInfo;
use report::kit::{CaseOut, KitParts, RulePart, SentencePart};
use report::{Analysis, Kit, KitFiles, Lack, expr};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml_edit::DocumentMut;
use ts_rs::TS;

/// Which kit: one of the gallery by id, or the open project's.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KitChoice {
    pub id: Option<String>,
}

/// A kit with everything in it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KitView {
    pub kit: KitInfo,
    /// Whether it is the open project's and can be changed.
    pub editable: bool,
    pub parts: KitParts,
    pub files: Vec<KitFile>,
    /// Where it differs from the kit as it was taken into the project.
    pub changed: KitDiff,
    /// Facts that rules name: title, and value in the open project.
    pub facts: BTreeMap<String, FactHint>,
    /// Whether the gallery has another version of the project's kit.
    pub newer: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct KitFile {
    pub path: String,
    pub lines: usize,
    /// Shared by all kits; cannot be changed here.
    pub shared: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FactHint {
    pub title: String,
    /// Value with unit; `None` when the project does not have it.
    pub shown: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct KitFileChoice {
    pub id: Option<String>,
    pub path: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct KitFileText {
    pub text: String,
    /// The text before the author changed it, when it is different.
    pub original: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct KitChangeRequest {
    pub change: KitChange,
    /// Cases that come out differently take the new outcome as what they expect.
    pub accept_cases: bool,
}

/// What a change would do, or did.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct KitCheck {
    /// Reasons why it cannot be; empty when it can.
    pub faults: Vec<PartFault>,
    /// What the author should know and may leave.
    pub warnings: Vec<PartFault>,
    /// Cases of rules that no longer come out as they expect.
    pub failed: Vec<FailedCase>,
    /// Cases of the rule that is changed.
    pub cases: Vec<CaseOut>,
    /// Verdicts in the open project: of the rule that is changed, and those that become different.
    pub verdicts: Vec<VerdictChange>,
    /// What sentences say in the open project.
    pub rendered: Vec<Rendered>,
    /// Whether anything is different from the kit as it is.
    pub differs: bool,
    /// Whether it was stored.
    pub saved: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FailedCase {
    pub rule: String,
    pub title: String,
    pub case: CaseOut,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct VerdictChange {
    pub rule: String,
    pub title: String,
    pub before: Option<Verdict>,
    pub after: Option<Verdict>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Verdict {
    pub grade: String,
    pub severity: Option<f64>,
    /// Whether it has a section in the report.
    pub included: bool,
    pub arithmetic: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Rendered {
    /// Path in the part.
    pub field: String,
    pub text: Option<String>,
    /// Why it says nothing.
    pub lacks: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportKit {
    pub id: Option<String>,
    /// A `.zip`, or a folder.
    pub path: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct KitPath {
    pub path: String,
}

/// A kit about to be taken, beside the one the project has.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KitPreview {
    /// `None` when it is faulty.
    pub kit: Option<KitInfo>,
    pub faults: Vec<PartFault>,
    /// Number of indicators, rules and measures.
    pub size: Option<[usize; 3]>,
    /// From the project's kit, as it was taken, to this one; `None` without a project.
    pub diff: Option<KitDiff>,
    /// The author's own changes of the project's kit.
    pub mine: Vec<PartRef>,
    /// Whether the author's gallery has one of this id.
    pub kept: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct AdoptKit {
    /// A folder or zip; `None` for the gallery's kit of the same id.
    pub path: Option<String>,
    /// Make the author's changes again on the new kit.
    pub keep_mine: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeepKit {
    /// A folder or zip; `None` for the open project's kit.
    pub path: Option<String>,
    /// Lower-case letters, digits and hyphens; as the kit says when not given.
    pub id: Option<String>,
    pub name: Option<String>,
    /// Replace the one of this id in the author's gallery.
    pub replace: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct KitId {
    pub id: String,
}

impl Desk {
    fn own_folder(&self, id: &str) -> PathBuf {
        self.home().join("kits").join(id)
    }

    /// The author's own kits that can be used; faulty folders are passed over.
    pub(super) fn own_kits(&self) -> Vec<KitCard> {
        let Ok(entries) = std::fs::read_dir(self.home().join("kits")) else { return Vec::new() };
        let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
        folders.sort();
        let load = |folder: &PathBuf| {
            let kit = kits::load(&kits::whole(pack::read(folder)?)?)?;
            Ok::<_, Error>(kits::card(&kit, false, true))
        };
        folders.iter().filter_map(|folder| load(folder).ok()).collect()
    }

    /// What [`kits::resolve`] finds the kit by.
    pub(super) fn kit_source(&self, id: &str) -> String {
        let folder = self.own_folder(id);
        if !kits::is_carried(id) && is_id(id) && folder.is_dir() { folder.display().to_string() } else { id.to_owned() }
    }

    fn gallery_files(&self, id: &str) -> Result<KitFiles> {
        kits::resolve(&self.kit_source(id))
    }

    pub(super) fn kit_view(&self, request: KitChoice, act: &mut Act) -> Result<KitView> {
        if let Some(id) = &request.id {
            let files = self.gallery_files(id)?;
            return Ok(view(&kits::load(&files)?, &files, None));
        }
        self.with(act, |project, _| {
            let files = project.kit_files()?;
            let mut view = view(&project.kit, &files, draft(project)?.as_deref());
            view.editable = true;
            let before = original(&files);
            let parts = kits::load(&before)?.parts();
            view.changed = diff((&before, &parts), (&files, &view.parts));
            view.newer = self.gallery_files(&project.kit.id).is_ok_and(|now| now != before);
            Ok(view)
        })
    }

    pub(super) fn kit_file(&self, request: KitFileChoice, act: &mut Act) -> Result<KitFileText> {
        let missing = || Error::invalid(format!("套件里没有文件 {}。", request.path));
        if let Some(id) = &request.id {
            let text = self.gallery_files(id)?.remove(&request.path).ok_or_else(missing)?;
            return Ok(KitFileText { text, original: None });
        }
        self.with(act, |project, _| {
            let mut files = project.kit_files()?;
            let before = original(&files).remove(&request.path);
            let text = files.remove(&request.path).ok_or_else(missing)?;
            Ok(KitFileText { original: before.filter(|b| *b != text), text })
        })
    }

    pub(super) fn check_kit_change(&self, request: KitChangeRequest, act: &mut Act) -> Result<KitCheck> {
        self.with(act, |project, _| Ok(prepare(project, &request)?.1))
    }

    pub(super) fn save_kit_change(&self, request: KitChangeRequest, act: &mut Act) -> Result<KitCheck> {
        self.with(act, |project, _| {
            let (files, mut check) = prepare(project, &request)?;
            let Some(files) = files else { return Ok(check) };
            if check.differs {
                let label = request.change.label(&project.kit.parts());
                project.transact(&label, |tx, _| Ok(tx.set_kit(&files)?))?;
            }
            check.saved = true;
            Ok(check)
        })
    }

    pub(super) fn export_kit(&self, request: ExportKit, act: &mut Act) -> Result<String> {
        let path = written_path(&request.path)?;
        let (id, files) = match request.id {
            Some(id) => {
                let files = self.gallery_files(&id)?;
                (id, files)
            }
            None => self.with(act, |project, _| Ok((project.kit.id.clone(), project.kit_files()?)))?,
        };
        // The id of a foreign kit is a name of its own choice.
        let id = if is_id(&id) { id } else { "kit".to_owned() };
        Ok(pack::write(&path, &id, &files)?.display().to_string())
    }

    pub(super) fn preview_kit(&self, request: KitPath, act: &mut Act) -> Result<KitPreview> {
        let files = kits::whole(pack::read(&written_path(&request.path)?)?)?;
        self.preview(&files, act)
    }

    pub(super) fn newer_kit(&self, (): Nothing, act: &mut Act) -> Result<Option<KitPreview>> {
        let Some((id, before)) = self.glance(|p| Ok((p.kit.id.clone(), original(&p.kit_files()?))))? else {
            return Ok(None);
        };
        match self.gallery_files(&id) {
            Ok(files) if files != before => Ok(Some(self.preview(&files, act)?)),
            // A kit that came with the project alone has nothing to be compared with.
            _ => Ok(None),
        }
    }

    fn preview(&self, files: &KitFiles, act: &mut Act) -> Result<KitPreview> {
        let mut preview =
            KitPreview { kit: None, faults: Vec::new(), size: None, diff: None, mine: Vec::new(), kept: false };
        let kit = match whole_kit(files) {
            Ok(kit) => kit,
            Err(faults) => {
                preview.faults = faults.into_iter().map(|f| told(f, None)).collect();
                return Ok(preview);
            }
        };
        let (indicators, rules, measures) = kit.size();
        preview.kit = Some(kits::info(&kit));
        preview.size = Some([indicators, rules, measures]);
        preview.kept = is_id(&kit.id) && self.own_folder(&kit.id).exists();
        if self.glance(|_| Ok(()))?.is_some() {
            self.with(act, |project, _| {
                let now = project.kit_files()?;
                let before = original(&now);
                let parts = kits::load(&before)?.parts();
                preview.diff = Some(diff((&before, &parts), (files, &kit.parts())));
                preview.mine = mine(&now, &before, &project.kit.parts(), &parts);
                Ok(())
            })?;
        }
        Ok(preview)
    }

    pub(super) fn adopt_kit(&self, request: AdoptKit, act: &mut Act) -> Result<Nothing> {
        let given = match &request.path {
            Some(path) => Some(kits::whole(pack::read(&written_path(path)?)?)?),
            None => None,
        };
        self.with(act, |project, _| {
            let newer = given.is_none();
            let theirs = match given {
                Some(files) => files,
                None => self.gallery_files(&project.kit.id)?,
            };
            let kit = whole_kit(&theirs).map_err(kits::faulty)?;
            let mut files = theirs.clone();
            if request.keep_mine {
                let now = project.kit_files()?;
                let before = original(&now);
                let (mine_now, old) = (project.kit.parts(), kits::load(&before)?.parts());
                files = made_again(&theirs, &kit, &mine(&now, &before, &mine_now, &old), &mine_now)?;
                whole_kit(&files).map_err(|faults| {
                    let e = kits::faulty(faults);
                    Error {
                        message: "您的修改与新版套件合不到一起，工程没有变化。可不保留修改再更新，或先恢复有关的修改。"
                            .into(),
                        ..e
                    }
                })?;
            }
            let files = with_originals(&files, &theirs);
            let label = if newer {
                format!("更新报告套件“{}”", kit.name)
            } else {
                format!("换用报告套件“{}”", kit.name)
            };
            project.transact(&label, |tx, _| Ok(tx.set_kit(&files)?))
        })
    }

    pub(super) fn keep_kit(&self, request: KeepKit, act: &mut Act) -> Result<KitInfo> {
        let mut files = match &request.path {
            Some(path) => pack::read(&written_path(path)?)?,
            None => self.with(act, |project, _| project.kit_files())?,
        };
        files.retain(|path, _| edit::is_own(path));
        let mut head: DocumentMut = files
            .get("kit.toml")
            .and_then(|t| t.parse().ok())
            .ok_or_else(|| Error::new(Code::InvalidKit, "套件的 kit.toml 读不出来，未收入。"))?;
        for (key, value) in [("id", &request.id), ("name", &request.name)] {
            if let Some(value) = value.as_deref().map(str::trim).filter(|v| !v.is_empty()) {
                head[key] = toml_edit::value(value);
            }
        }
        files.insert("kit.toml".to_owned(), head.to_string());
        let kit = whole_kit(&kits::whole(files.clone())?).map_err(kits::faulty)?;
        if !is_id(&kit.id) {
            return Err(Error::invalid(format!("套件代号只能用小写字母、数字和连字符：“{}”。", kit.id)));
        }
        if kits::is_carried(&kit.id) {
            let message = format!("代号“{}”是程序自带套件的，请另起一个代号和名称，如“{}-2”。", kit.id, kit.id);
            return Err(Error::new(Code::Exists, message));
        }
        let folder = self.own_folder(&kit.id);
        if folder.exists() {
            if !request.replace {
                let message = format!("“我的套件”里已有代号“{}”。请另起代号，或选择替换。", kit.id);
                return Err(Error::new(Code::Exists, message));
            }
            std::fs::remove_dir_all(&folder).map_err(|e| Error::io("替换套件", &folder, &e))?;
        }
        pack::write_folder(&folder, &files)?;
        act.changed.insert(Tag::Recent);
        Ok(kits::info(&kit))
    }

    pub(super) fn forget_kit(&self, request: KitId, act: &mut Act) -> Result<Nothing> {
        let folder = self.own_folder(&request.id);
        if !is_id(&request.id) || !folder.is_dir() {
            return Err(Error::invalid(format!("“我的套件”里没有“{}”。", request.id)));
        }
        std::fs::remove_dir_all(&folder).map_err(|e| Error::io("移除套件", &folder, &e))?;
        act.changed.insert(Tag::Recent);
        Ok(())
    }
}

/// An id that is also a safe name of a folder.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn written_path(path: &str) -> Result<PathBuf> {
    let path = path.trim();
    if path.is_empty() {
        Err(Error::invalid("请写明文件夹或 zip 文件的位置。"))
    } else {
        Ok(Path::new(path).to_owned())
    }
}

/// What was computed of the project; `None` while it has no data.
fn draft(project: &Project) -> Result<Option<Arc<Draft>>> {
    match project.draft() {
        Ok(draft) => Ok(Some(draft)),
        Err(e) if e.code == Code::NoData => Ok(None),
        Err(e) => Err(e),
    }
}

/// A kit without faults whose cases all hold.
fn whole_kit(files: &KitFiles) -> Result<Kit, Vec<report::Diagnostic>> {
    let kit = Kit::load(files)?;
    let failed = kit.run_cases();
    if failed.is_empty() { Ok(kit) } else { Err(failed) }
}

fn told(fault: report::Diagnostic, field: Option<String>) -> PartFault {
    PartFault { file: fault.file, line: fault.line, column: fault.column, message: fault.message, field }
}

fn view(kit: &Kit, files: &KitFiles, draft: Option<&Draft>) -> KitView {
    let parts = kit.parts();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for r in &parts.rules {
        let lists = [&r.survey, &r.extent, &r.needs, &r.evidence, &r.counter];
        named.extend(lists.into_iter().flatten().map(String::as_str));
        named.extend(r.gap.iter().flat_map(|g| [g.fact.as_str(), g.benchmark.as_str()]));
        named.extend(r.trend.iter().map(|t| t.fact.as_str()));
        named.extend(r.case.iter().flat_map(|c| &c.facts).map(|g| g.fact.as_str()));
    }
    named.extend(parts.indicators.iter().map(|i| i.id.as_str()));
    let sentences = parts.rules.iter().flat_map(|r| &r.sentence).chain(parts.slots.iter().flat_map(|s| &s.sentence));
    let briefs = parts.rules.iter().flat_map(|r| &r.brief).chain(parts.measures.iter().map(|m| &m.text));
    let said: BTreeSet<String> = sentences
        .flat_map(|s| s.any.iter().chain([&s.when]))
        .chain(briefs)
        .chain(parts.rules.iter().flat_map(|r| r.headings.iter().map(|h| &h.when).chain([&r.when])))
        .flat_map(|text| quoted(text))
        .filter(|id| kit.can_make(id) && !parts.criteria.iter().any(|c| c.id == *id))
        .collect();
    named.extend(said.iter().map(String::as_str));
    let facts = draft.map(|d| &d.composed.1.facts);
    let hint = |id: &str| FactHint {
        title: kit.title_of(id, facts.map(|f| &**f)),
        shown: facts.and_then(|f| f.get(id)).map(|f| {
            let (value, unit) = f.prose();
            format!("{value}{unit}")
        }),
    };
    let facts = named.into_iter().map(|id| (id.to_owned(), hint(id))).collect();
    let listed = files.iter().filter(|(path, _)| edit::is_own(path) || path.starts_with("base/"));
    let mut files: Vec<KitFile> = listed
        .map(|(path, text)| KitFile {
            path: path.clone(),
            lines: text.lines().count(),
            shared: path.starts_with("base/"),
        })
        .collect();
    files.sort_by_key(|f| (f.shared, f.path.contains('/'), f.path.clone()));
    KitView { kit: kits::info(kit), editable: false, parts, files, changed: KitDiff::default(), facts, newer: false }
}

/// The author's changes of parts.
fn mine(now: &KitFiles, before: &KitFiles, parts: &KitParts, old: &KitParts) -> Vec<PartRef> {
    diff((before, old), (now, parts)).parts.into_iter().map(|p| p.part).collect()
}

/// A kit with the author's changes made on it again. A part that the kit no longer has is left out.
fn made_again(theirs: &KitFiles, kit: &Kit, mine: &[PartRef], now: &KitParts) -> Result<KitFiles> {
    let mut files = theirs.clone();
    let mut parts = kit.parts();
    for part in mine {
        let there = change_to(&parts, part).is_some();
        let change = match change_to(now, part) {
            Some(KitChange::Measure { part }) if !there => KitChange::AddMeasure { part },
            Some(change) if there => change,
            None if there && part.kind == PartKind::Measure => KitChange::RemoveMeasure { id: part.id.clone() },
            _ => continue,
        };
        files = edit::apply(&files, &parts, &change).map_err(|faults| {
            let detail = faults.into_iter().map(|f| format!("{}:{}: {}", f.file, f.line, f.message));
            Error::new(Code::InvalidKit, "您的修改与新版套件合不到一起，工程没有变化。").with(detail)
        })?;
        parts = Kit::load(&files).map_err(kits::faulty)?.parts();
    }
    // Cases of rules follow what the author chose.
    for rule in &parts.rules {
        if rule.case.iter().any(|c| !c.passed) {
            edit::settle_cases(&mut files, rule);
        }
    }
    Ok(files)
}

/// Files with a part as the kit had it.
fn restored(now: &KitFiles, before: &KitFiles, parts: &KitParts, change: &KitChange) -> Result<KitFiles> {
    let mut files = now.clone();
    let mut put_back = |path: &str| match before.get(path) {
        Some(text) => drop(files.insert(path.to_owned(), text.clone())),
        None => drop(files.remove(path)),
    };
    match change {
        KitChange::RestoreFile { path } => put_back(path),
        KitChange::Restore { part } => {
            let old = kits::load(before)?.parts();
            let change = match (change_to(&old, part), change_to(parts, part)) {
                // A rule is one file, cases included.
                (Some(KitChange::Rule { part }), _) => {
                    put_back(&part.file);
                    return Ok(files);
                }
                (Some(_), Some(_)) if edit::is_shared(before, part) => {
                    edit::drop_copy(&mut files, part);
                    return Ok(files);
                }
                (Some(KitChange::Measure { part }), None) => KitChange::AddMeasure { part },
                (Some(change), _) => change,
                (None, _) if part.kind == PartKind::Measure => KitChange::RemoveMeasure { id: part.id.clone() },
                (None, _) => return Err(Error::invalid("套件原文里没有这一项，不能恢复。")),
            };
            files = edit::apply(now, parts, &change).map_err(|faults| {
                let detail = faults.into_iter().map(|f| f.message);
                Error::new(Code::InvalidKit, "恢复不了这一项。").with(detail)
            })?;
        }
        _ => files.clone_from(before),
    }
    Ok(files)
}

/// Tries a change on the project's kit: the files to store when it can be, and what it does.
fn prepare(project: &Project, request: &KitChangeRequest) -> Result<(Option<KitFiles>, KitCheck)> {
    let now = project.kit_files()?;
    let before = original(&now);
    let parts = project.kit.parts();
    let mut check = KitCheck::default();
    let restoring =
        matches!(request.change, KitChange::Restore { .. } | KitChange::RestoreFile { .. } | KitChange::RestoreAll);
    let changed = if restoring {
        restored(&now, &before, &parts, &request.change)?
    } else {
        match edit::apply(&now, &parts, &request.change) {
            Ok(files) => files,
            Err(faults) => {
                check.faults = faults;
                return Ok((None, check));
            }
        }
    };
    let mut changed = with_originals(&changed, &before);
    check.differs = changed != now;
    let target = request.change.target();
    let mut kit = match Kit::load(&changed) {
        Ok(kit) => kit,
        Err(faults) => {
            let field = |f: &report::Diagnostic| {
                let part = target.as_ref()?;
                // Of a row only its text is a pattern that can be wrong in itself.
                if part.kind == PartKind::Measure && f.message.contains("的正文") {
                    return Some("text".to_owned());
                }
                edit::field_of(&changed, part, &f.file, f.line, f.column)
            };
            check.faults = faults
                .into_iter()
                .map(|f| {
                    let field = field(&f);
                    told(f, field)
                })
                .collect();
            return Ok((None, check));
        }
    };
    if kit.id != project.kit.id {
        let message = "套件代号 id 不能在工程里改；要另成一个套件，请用“存为我的套件”。".to_owned();
        check.faults.push(PartFault { file: "kit.toml".into(), line: 1, column: 1, message, field: None });
        return Ok((None, check));
    }
    let mut tried = kit.parts();
    let failed = |parts: &KitParts| -> Vec<FailedCase> {
        let of = |r: &RulePart| {
            let failed = r.case.iter().filter(|c| !c.passed).cloned();
            failed.map(|case| FailedCase { rule: r.id.clone(), title: r.title.clone(), case }).collect::<Vec<_>>()
        };
        parts.rules.iter().flat_map(of).collect()
    };
    check.failed = failed(&tried);
    if request.accept_cases && !check.failed.is_empty() {
        for rule in tried.rules.iter().filter(|r| r.case.iter().any(|c| !c.passed)) {
            edit::settle_cases(&mut changed, rule);
        }
        changed = with_originals(&changed, &before);
        kit = kits::load(&changed)?;
        tried = kit.parts();
        check.failed = failed(&tried);
    }
    let file = target.as_ref().filter(|t| t.kind == PartKind::Rule).map(|t| t.id.as_str());
    let rule = tried.rules.iter().find(|r| Some(r.file.as_str()) == file);
    check.cases = rule.map(|r| r.case.clone()).unwrap_or_default();
    let rule = rule.map(|r| r.id.as_str());
    let said = target.as_ref().map(|part| said(&tried, part)).unwrap_or_default();
    check.warnings = warnings(&kit, &said, target.as_ref(), &changed);
    if let Some(draft) = draft(project)? {
        effect(project, &kit, &draft, request, (target.as_ref(), rule), &said, &mut check)?;
    }
    let can = check.failed.is_empty();
    Ok((can.then_some(changed), check))
}

/// Patterns and conditions of a part, each with its field.
#[derive(Default)]
struct Said {
    patterns: Vec<(String, String)>,
    conditions: Vec<(String, String)>,
}

fn said(parts: &KitParts, part: &PartRef) -> Said {
    let mut out = Said::default();
    let sentences = |out: &mut Said, list: &[SentencePart]| {
        for (i, s) in list.iter().enumerate() {
            out.conditions.push((format!("sentence.{i}.when"), s.when.clone()));
            out.patterns.extend(s.any.iter().enumerate().map(|(j, t)| (format!("sentence.{i}.any.{j}"), t.clone())));
        }
    };
    match change_to(parts, part) {
        Some(KitChange::Rule { part }) => {
            out.conditions.push(("when".to_owned(), part.when.clone()));
            out.conditions
                .extend(part.headings.iter().enumerate().map(|(i, h)| (format!("headings.{i}"), h.when.clone())));
            sentences(&mut out, &part.sentence);
            let briefs = part.brief.iter().enumerate().map(|(i, text)| (format!("brief.{i}"), text.clone()));
            out.patterns.extend(briefs);
        }
        Some(KitChange::Slot { part }) => sentences(&mut out, &part.sentence),
        Some(KitChange::Measure { part }) => out.patterns.push(("text".to_owned(), part.text)),
        _ => {}
    }
    out.conditions.retain(|(_, text)| !text.is_empty());
    out
}

fn slot_of(part: Option<&PartRef>) -> Option<&str> {
    part.filter(|p| p.kind == PartKind::Slot).map(|p| p.id.as_str())
}

/// Names that nothing can give a value to: what uses them would silently be left out.
fn warnings(kit: &Kit, said: &Said, part: Option<&PartRef>, files: &KitFiles) -> Vec<PartFault> {
    let mut out = Vec::new();
    let mut warn = |field: &str, text: &str, message: String| {
        let mut places = files.iter().filter(|(path, _)| edit::is_own(path));
        let found = places.find_map(|(path, content)| Some((path.clone(), content.find(text)?, content)));
        let (file, line) = found.map_or(("kit.toml".to_owned(), 1), |(path, at, content)| {
            (path, content[..at].matches('\n').count() as u32 + 1)
        });
        out.push(PartFault { file, line, column: 1, message, field: Some(field.to_owned()) });
    };
    if part.is_none() {
        return Vec::new();
    }
    for (field, text) in &said.patterns {
        for (call, id) in calls(text) {
            let known = if call == "c" { kit.criterion(&id).is_some() } else { kit.can_make(&id) };
            if !known {
                let what = if call == "c" { "依据" } else { "指标" };
                warn(field, text, format!("没有代号为“{id}”的{what}，用到它的这句不会印出。"));
            }
        }
    }
    let [always, composed] = kit.names(slot_of(part));
    for (field, text) in &said.patterns {
        for name in report::kit::names_in(text) {
            if always.iter().chain(&composed).all(|(known, _)| *known != name) {
                let known = always.iter().chain(&composed).map(|(n, meaning)| format!("{n}（{meaning}）"));
                let known = known.collect::<Vec<_>>().join("、");
                warn(field, text, format!("这里没有叫“{name}”的内容，用到它的这句不会印出。可用的有：{known}。"));
            }
        }
    }
    for (field, text) in &said.conditions {
        let Ok(condition) = expr::parse(text) else { continue };
        for id in condition.names().into_iter().filter(|id| !id.contains("${") && !kit.can_make(id)) {
            warn(field, text, format!("没有代号为“{id}”的指标，这个条件总不成立。"));
        }
    }
    out
}

/// What a pattern or condition has in quotes: among it the ids of facts.
fn quoted(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for mark in ['\'', '"'] {
        out.extend(
            text.split(mark).skip(1).step_by(2).filter(|id| !id.is_empty() && !id.contains("${")).map(str::to_owned),
        );
    }
    out
}

/// Calls of `f`, `items` and `c` with a plain name in a pattern.
fn calls(pattern: &str) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for (call, opening) in [("f", "f('"), ("items", "items('"), ("c", "c('")] {
        for (at, _) in pattern.match_indices(opening) {
            let alone = !pattern[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &pattern[at + opening.len()..];
            if let Some(end) = rest.find('\'')
                && alone
                && rest[end + 1..].trim_start().starts_with(')')
                && !rest[..end].contains("${")
            {
                out.push((call, rest[..end].to_owned()));
            }
        }
    }
    out
}

/// What the change does to the open project's report, as far as it can be told without reading the data anew.
fn effect(
    project: &Project,
    kit: &Kit,
    draft: &Draft,
    KitChangeRequest { change, .. }: &KitChangeRequest,
    (part, rule): (Option<&PartRef>, Option<&str>),
    said: &Said,
    check: &mut KitCheck,
) -> Result<()> {
    if matches!(change, KitChange::Field { .. }) {
        return Ok(());
    }
    let inputs = project.inputs(draft.edits.choices.clone())?;
    let facts = &draft.composed.1.facts;
    let judged = match change {
        KitChange::Rule { .. } | KitChange::Criterion { .. } => report::judge(kit, &inputs, facts),
        KitChange::Policy { .. } | KitChange::Indicator { .. } | KitChange::File { .. } => {
            report::analyze(kit, &inputs).findings
        }
        KitChange::Restore { .. } | KitChange::RestoreFile { .. } | KitChange::RestoreAll => {
            report::analyze(kit, &inputs).findings
        }
        _ => Vec::new(),
    };
    if !judged.is_empty() {
        check.verdicts = verdicts(draft.analysis(), &judged, rule);
    }
    let patterns: Vec<&str> = said.patterns.iter().map(|(_, text)| text.as_str()).collect();
    let [_, composed] = kit.names(slot_of(part));
    for ((field, text), result) in said.patterns.iter().zip(report::preview(kit, &inputs, facts, &patterns)) {
        let used = report::kit::names_in(text);
        let later = composed.iter().find(|(name, _)| used.contains(name));
        let (text, lacks) = match (result, later) {
            _ if text.contains("${") => (None, Some("随数据展开成多句，排入正文后可见。".to_owned())),
            (Err(Lack::Fact(id)), _) if kit.can_make(&id) || kit.criterion(&id).is_some() => {
                (None, Some(format!("现有数据里没有“{}”，这句会略去。", kit.title_of(&id, Some(facts)))))
            }
            (_, Some((name, meaning))) => {
                (None, Some(format!("用到“{name}”（{meaning}），排入正文时才有，排好后可见。")))
            }
            (Ok(shown), None) if shown.is_empty() => (None, Some("现有数据下不写这一句。".to_owned())),
            (Ok(shown), None) => (Some(shown), None),
            // The warning of the unknown name stands beside it.
            (Err(Lack::Fact(_)), None) => (None, None),
            (Err(Lack::Other(fault)), None) => (None, Some(format!("{fault}，这句不会印出。"))),
        };
        check.rendered.push(Rendered { field: field.clone(), text, lacks });
    }
    Ok(())
}

fn verdicts(before: &Analysis, after: &[report::analysis::FindingOut], rule: Option<&str>) -> Vec<VerdictChange> {
    let verdict = |f: &report::analysis::FindingOut| Verdict {
        grade: f.grade.clone(),
        severity: f.severity,
        included: f.included,
        arithmetic: f.arithmetic.clone(),
    };
    let find = |list: &[report::analysis::FindingOut], id: &str| list.iter().find(|f| f.id == id).map(verdict);
    let mut ids: Vec<(&str, &str)> = Vec::new();
    for f in after.iter().chain(&before.findings) {
        if !ids.iter().any(|(id, _)| *id == f.id) {
            ids.push((&f.id, &f.title));
        }
    }
    let one = |(id, title): (&str, &str)| VerdictChange {
        rule: id.to_owned(),
        title: title.to_owned(),
        before: find(&before.findings, id),
        after: find(after, id),
    };
    ids.into_iter().map(one).filter(|v| v.before != v.after || rule == Some(v.rule.as_str())).collect()
}

#[cfg(test)]
mod tests;
