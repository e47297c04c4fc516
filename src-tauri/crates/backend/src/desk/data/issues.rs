//! 问题单元格 by kind, and taking over what can be computed.

use super::records::put_corrections;
use crate::desk::commands::{Act, Nothing};
use crate::desk::state::Desk;
use crate::error::{Error, Result};
use crate::project::Loaded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use survey::{Correction, Issue, IssueCode, Severity};
use ts_rs::TS;

/// Issues of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssueGroup {
    #[ts(type = "string")]
    pub code: IssueCode,
    /// Chinese name of the kind.
    pub title: String,
    /// What was done with the values.
    pub treatment: String,
    /// The worst among them.
    #[ts(type = "\"hint\" | \"warning\" | \"error\"")]
    pub severity: Severity,
    pub count: usize,
    /// Message of the first.
    pub example: String,
    /// How many can be corrected as suggested.
    pub fixable: usize,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssuesRequest {
    /// All kinds when null.
    pub code: Option<String>,
    /// Only of this dataset.
    pub dataset: Option<String>,
    pub offset: usize,
    pub limit: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IssuePage {
    pub total: usize,
    pub items: Vec<IssueItem>,
}

/// One issue with the way to its cell.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IssueItem {
    #[ts(type = "string")]
    pub code: IssueCode,
    #[ts(type = "\"hint\" | \"warning\" | \"error\"")]
    pub severity: Severity,
    pub file: String,
    pub sheet: String,
    pub row: Option<u32>,
    pub column: Option<String>,
    pub raw: String,
    pub message: String,
    pub suggestion: Option<String>,
    /// Value that can be taken over as it is.
    pub fix: Option<String>,
    /// Null for sheets that became no data.
    pub dataset: Option<String>,
    /// Row of the dataset, when the record is there.
    pub record_row: Option<u32>,
    pub field: Option<String>,
    pub field_title: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApplyRequest {
    pub code: String,
    /// Only in this dataset.
    pub dataset: Option<String>,
}

/// Issues a page holds at most.
const PAGE: usize = 500;

/// An issue with the position of its dataset.
struct Placed<'a> {
    issue: &'a Issue,
    at: Option<(usize, usize)>,
}

fn placed<'a>(loaded: &'a Loaded, dataset: Option<&'a str>) -> impl Iterator<Item = Placed<'a>> + 'a {
    let plan = loaded.plan.issues.iter().filter(move |_| dataset.is_none()).map(|issue| Placed { issue, at: None });
    let cells = loaded.assembled.iter().enumerate();
    let cells = cells.filter(move |(_, a)| dataset.is_none_or(|id| a.dataset.schema.id == id));
    let cells =
        cells.flat_map(|(d, a)| a.issues.iter().enumerate().map(move |(i, issue)| Placed { issue, at: Some((d, i)) }));
    plan.chain(cells)
}

impl Desk {
    pub(crate) fn issues(&self, (): Nothing, act: &mut Act) -> Result<Vec<IssueGroup>> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let mut groups: BTreeMap<IssueCode, IssueGroup> = BTreeMap::new();
            for Placed { issue, at } in placed(&loaded, None) {
                let group = groups.entry(issue.code).or_insert_with(|| IssueGroup {
                    code: issue.code,
                    title: issue.code.title().to_owned(),
                    treatment: treatment(issue.code).to_owned(),
                    severity: issue.severity,
                    count: 0,
                    example: issue.message.clone(),
                    fixable: 0,
                });
                group.count += 1;
                group.severity = group.severity.max(issue.severity);
                group.fixable += usize::from(fix(&loaded, issue, at).is_some());
            }
            let mut groups: Vec<IssueGroup> = groups.into_values().collect();
            groups.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.count.cmp(&a.count)));
            Ok(groups)
        })
    }

    pub(crate) fn issue_items(&self, request: IssuesRequest, act: &mut Act) -> Result<IssuePage> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let code = request.code.as_deref().map(read_code).transpose()?;
            let wanted =
                || placed(&loaded, request.dataset.as_deref()).filter(|p| code.is_none_or(|code| p.issue.code == code));
            let limit = request.limit.min(PAGE);
            Ok(IssuePage {
                total: wanted().count(),
                items: wanted().skip(request.offset).take(limit).map(|p| item(&loaded, &p)).collect(),
            })
        })
    }

    pub(crate) fn apply_suggestions(&self, request: ApplyRequest, act: &mut Act) -> Result<usize> {
        let code = read_code(&request.code)?;
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let mut made: BTreeMap<(String, String, String), Correction> = BTreeMap::new();
            for Placed { issue, at } in placed(&loaded, request.dataset.as_deref()).filter(|p| p.issue.code == code) {
                let Some((fix, (d, row))) = fix(&loaded, issue, at) else { continue };
                let assembled = &loaded.assembled[d];
                let field = issue.field.clone().expect("a fix is for a field");
                let (dataset, record) = (assembled.dataset.schema.id.clone(), assembled.record(row));
                let reason = format!("采纳建议：{}", code.title());
                made.entry((dataset.clone(), record.clone(), field.clone())).or_insert(Correction {
                    dataset,
                    record,
                    field,
                    value: fix,
                    reason,
                });
            }
            if made.is_empty() {
                return Err(Error::invalid(format!("“{}”没有可直接采纳的建议，请逐个核对。", code.title())));
            }
            let made: Vec<Correction> = made.into_values().collect();
            let label = format!("采纳建议：{} {} 处", code.title(), made.len());
            put_corrections(project, &label, &made)
        })
    }
}

/// The value to take over, with dataset and row; only where the record is there and the cell not yet corrected.
fn fix(loaded: &Loaded, issue: &Issue, at: Option<(usize, usize)>) -> Option<(String, (usize, usize))> {
    let (d, i) = at?;
    let noted = loaded.grid(d).noted[i];
    let (row, field) = (noted.row? as usize, noted.field? as usize);
    let data = &loaded.assembled[d].dataset;
    // An issue of a row that was merged into another record says nothing about the value shown.
    if data.origins[row].row != issue.row? || data.columns[field].corrected.contains(row) {
        return None;
    }
    Some((issue.fix()?, (d, row)))
}

fn item(loaded: &Loaded, placed: &Placed) -> IssueItem {
    let issue = placed.issue;
    let schema = placed.at.map(|(d, _)| &loaded.assembled[d].dataset.schema);
    IssueItem {
        code: issue.code,
        severity: issue.severity,
        file: issue.file.clone(),
        sheet: issue.sheet.clone(),
        row: issue.row,
        column: issue.column.clone(),
        raw: issue.raw.clone(),
        message: issue.message.clone(),
        suggestion: issue.suggestion.clone(),
        fix: fix(loaded, issue, placed.at).map(|(fix, _)| fix),
        dataset: schema.map(|s| s.id.clone()),
        record_row: placed.at.and_then(|(d, i)| loaded.grid(d).noted[i].row),
        field: issue.field.clone(),
        field_title: issue.field.as_ref().and_then(|f| Some(schema?.field(f)?.title.clone())),
    }
}

fn read_code(text: &str) -> Result<IssueCode> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|_| Error::invalid(format!("没有名为“{text}”的问题类别。")))
}

/// What was done with the values.
fn treatment(code: IssueCode) -> &'static str {
    const KEPT: &str = "按原值采用";
    const MISSING: &str = "按缺失处理";
    match code {
        IssueCode::UsccFormat => "代码保留，仅用于识别记录",
        IssueCode::UsccCheckDigit => "代码保留，仅用于识别记录",
        IssueCode::NotANumber => "按缺失处理；概数按所示数值采用",
        IssueCode::NotADate => MISSING,
        IssueCode::NotInChoices => "能归类的已归类，其余按缺失处理",
        IssueCode::ProbableSlip => KEPT,
        IssueCode::OutOfRange => MISSING,
        IssueCode::NotAnInteger => KEPT,
        IssueCode::RequiredMissing => MISSING,
        IssueCode::MissingKey => "作为单独一条记录计入",
        IssueCode::DuplicateKey => "已合并为一条记录",
        IssueCode::DuplicateConflict => "已采用先出现的值",
        IssueCode::FormulaError => MISSING,
        IssueCode::UnitSuspect => KEPT,
        IssueCode::Outlier => KEPT,
        IssueCode::FutureDate => KEPT,
        IssueCode::FullWidth => "已按半角读取",
        IssueCode::TotalMismatch => "按明细计算，合计行不计入",
        IssueCode::UnknownColumn => "该列未导入",
        IssueCode::SheetSkipped => "未作为数据",
        IssueCode::InvalidAnswer => "没有内容的未计入",
        IssueCode::InconsistentFields => KEPT,
    }
}
