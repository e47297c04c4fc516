//! 问题单元格 by kind, and deciding about them.

use super::records::{find, put_corrections};
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

/// What can be decided about a doubtful cell with one word, beside typing another value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Ways {
    /// Value that can be taken over as it is.
    pub fix: Option<String>,
    /// The value is used and may be kept, or count as missing.
    pub keep: bool,
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
    /// What can be decided about the cell.
    pub ways: Ways,
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

/// One of the [`Ways`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
    /// The suggested value.
    Suggested,
    /// The value as the file has it.
    Kept,
    /// No value.
    Missing,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SettleRequest {
    pub dataset: String,
    pub row: u32,
    pub field: String,
    pub by: Settlement,
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
                    treatment: issue.code.treatment().to_owned(),
                    severity: issue.severity,
                    count: 0,
                    example: issue.message.clone(),
                    fixable: 0,
                });
                group.count += 1;
                group.severity = group.severity.max(issue.severity);
                group.fixable += usize::from(at.is_some_and(|at| ways(&loaded, at).fix.is_some()));
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

    pub(crate) fn settle(&self, request: SettleRequest, act: &mut Act) -> Result<usize> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let d = find(&loaded, &request.dataset)?;
            let (assembled, noted) = (&loaded.assembled[d], &loaded.grid(d).noted);
            let schema = &assembled.dataset.schema;
            let at = schema.position(&request.field);
            let of_cell = |i: &usize| noted[*i].row == Some(request.row) && noted[*i].field.map(|f| f as usize) == at;
            let open: Vec<Ways> = (0..noted.len()).filter(of_cell).map(|i| ways(&loaded, (d, i))).collect();
            let (row, field) = (request.row as usize, at.unwrap_or_default());
            let (value, word, reason) = match request.by {
                Settlement::Suggested => (open.iter().find_map(|w| w.fix.clone()), "采用建议", "采用程序的建议"),
                Settlement::Kept => (assembled.dataset.columns[field].text(row), "按原值", "已核实，按原值采用"),
                Settlement::Missing => (Some(String::new()), "作缺失", "无法核实，作缺失处理"),
            };
            let allowed = |w: &Ways| if request.by == Settlement::Suggested { w.fix.is_some() } else { w.keep };
            let Some(value) = value.filter(|_| open.iter().any(allowed)) else {
                return Err(Error::invalid("这个单元格已经处理过，或数据已改动。"));
            };
            let made = Correction {
                dataset: request.dataset,
                record: assembled.record(row),
                field: request.field,
                value,
                reason: reason.to_owned(),
            };
            put_corrections(project, &format!("{word}：{}", schema.fields[field].title), &[made])
        })
    }

    pub(crate) fn apply_suggestions(&self, request: ApplyRequest, act: &mut Act) -> Result<usize> {
        let code = read_code(&request.code)?;
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let mut made: BTreeMap<(String, String, String), Correction> = BTreeMap::new();
            for Placed { issue, at } in placed(&loaded, request.dataset.as_deref()).filter(|p| p.issue.code == code) {
                let Some((d, i)) = at else { continue };
                let Some(fix) = ways(&loaded, (d, i)).fix else { continue };
                let row = loaded.grid(d).noted[i].row.expect("a fix is for a record") as usize;
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

/// What can be decided about the cell of an issue; nothing where the record is not there, the cell is corrected already,
/// or the issue speaks of a row that was merged into another record and so not of the value shown.
pub(super) fn ways(loaded: &Loaded, (d, i): (usize, usize)) -> Ways {
    let (noted, issue) = (loaded.grid(d).noted[i], &loaded.assembled[d].issues[i]);
    let data = &loaded.assembled[d].dataset;
    let (Some(row), Some(field)) = (noted.row.map(|row| row as usize), noted.field.map(|field| field as usize)) else {
        return Ways::default();
    };
    let column = &data.columns[field];
    if issue.row != Some(data.origins[row].row) || column.corrected.contains(row) {
        return Ways::default();
    }
    Ways { fix: issue.fix.clone(), keep: issue.doubts_value() && column.valid.contains(row) }
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
        ways: placed.at.map(|at| ways(loaded, at)).unwrap_or_default(),
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
