//! What a dataset is made of: fields 字段 with kinds, units, roles and choices 选项.
//!
//! A schema is declared by a kit (`survey.toml`), inferred from a table nobody has seen before, or both:
//! declared fields come first, columns that no declaration claims are kept as inferred fields.

use serde::{Deserialize, Serialize};

/// Identifier of a field. Declared ids are lower-case English with underscores (`revenue_2022`);
/// an inferred field uses its cleaned title (`营业收入`), made unique with a suffix `_2`.
pub type FieldId = String;

/// The physical form of a dataset, which decides how a row is to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// 台账: one row is one unit (enterprise, project, school…).
    #[default]
    Ledger,
    /// 问卷: one row is one answer sheet; bases are respondents who saw the question.
    Questionnaire,
    /// 汇总表: one row is one figure that another department supplied.
    Indicators,
    /// 文件清单: one row is one document (policy) with number, date and issuer.
    Documents,
    /// 目标表: one row is one target with value and year.
    Targets,
}

/// One dataset: a form, a counting unit, and its fields in column order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct DatasetSchema {
    pub id: String,
    /// Chinese name, as used in the report: 企业台账.
    pub title: String,
    #[serde(default)]
    pub form: Form,
    /// What one row is: 企业 (`noun`) counted in 家 (`classifier`).
    #[serde(default)]
    pub noun: String,
    #[serde(default)]
    pub classifier: String,
    /// Fields whose joint value identifies a record; empty when rows have no identity.
    #[serde(default)]
    pub key: Vec<FieldId>,
    #[serde(default)]
    pub fields: Vec<Field>,
}

/// One field 字段.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Field {
    pub id: FieldId,
    pub title: String,
    #[serde(default)]
    pub kind: FieldKind,
    /// Unit values are held in, e.g. 万元. Cells given in another known unit are converted exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default)]
    pub role: Role,
    #[serde(default)]
    pub required: bool,
    /// Inclusive bounds in the field's unit, as decimal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Closed list of answers; for inferred choice fields the values seen, in order of first appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Whether a value outside `choices` is an issue (declared lists) or simply a new value (inferred ones).
    #[serde(default)]
    pub closed: bool,
    /// Other header texts that mean this field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Further missing marks beside the general ones (空, —, /, 无, N/A, (跳过)…).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Personal information, left out of every export and report (联系人, 电话).
    #[serde(default)]
    pub sensitive: bool,
    /// Year the values speak of, when the header or the declaration says so (2023年营业收入).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The header without its year, which pairs year columns: 营业收入 for 2022年营业收入 and 2023年营业收入.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Number of the question in a questionnaire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// The question as the file asks it, where the title names only what it asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// True when no declaration claims this field.
    #[serde(default)]
    pub inferred: bool,
}

/// One answer of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Choice {
    /// Text stored and shown.
    pub label: String,
    /// Code that may stand in a file instead of the label (option number, GB/T code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// How values are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Free text: names, addresses, open answers.
    #[default]
    Text,
    /// 统一社会信用代码, checked by GB 32100-2015.
    Uscc,
    /// One of a list.
    Choice,
    /// Several of a list.
    Multi,
    Integer,
    /// Fixed-point decimal, never a binary float.
    Decimal,
    Date,
    Bool,
    /// 五级量表 and the like: integer with an order and a meaning.
    Scale,
}

/// What a field is for; drives everything a kit can say about data it has never seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Identifies the record (信用代码, 编号).
    Key,
    /// Names the record (企业名称).
    Name,
    /// 区县, 乡镇, 街道, 园区.
    Region,
    /// Any other grouping.
    Category,
    /// Money or another additive magnitude with a unit.
    Amount,
    /// Additive whole number (人数, 件数).
    Count,
    /// Not additive (比率, 利率, 温度).
    Rate,
    Date,
    /// Year of something (成立年份).
    Year,
    /// Single-answer question.
    Single,
    /// Multi-choice question.
    Multi,
    /// Scale question.
    Scale,
    /// Open answer.
    Open,
    /// Serial number, submission time, IP: described, never analysed.
    Meta,
    #[default]
    Other,
}

impl DatasetSchema {
    /// Position of a field by id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.id == id)
    }
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.id == id)
    }
}

impl Field {
    /// Header as written into exports: `2024年营业收入（万元）`.
    pub fn header(&self) -> String {
        match &self.unit {
            Some(u) if !u.is_empty() && !self.title.ends_with(u.as_str()) => format!("{}（{u}）", self.title),
            _ => self.title.clone(),
        }
    }
}
