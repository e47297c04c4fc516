//! Issues 问题单元格: doubtful cells and rows as data, never as failures.

use crate::value::{self, Uscc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; the value is used.
    Hint,
    /// Doubtful; the value is used.
    Warning,
    /// Wrong; the value counts as missing.
    Error,
}

/// Kinds of issue. The kebab-case name is the public code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssueCode {
    UsccFormat,
    UsccCheckDigit,
    NotANumber,
    NotADate,
    NotInChoices,
    /// One character off an answer that many others gave.
    ProbableSlip,
    OutOfRange,
    NotAnInteger,
    RequiredMissing,
    MissingKey,
    DuplicateKey,
    DuplicateConflict,
    FormulaError,
    UnitSuspect,
    Outlier,
    FutureDate,
    FullWidth,
    TotalMismatch,
    UnknownColumn,
    SheetSkipped,
    InvalidAnswer,
    InconsistentFields,
}

impl IssueCode {
    /// Chinese name of the kind, the same wherever one is shown or printed.
    pub fn title(self) -> &'static str {
        match self {
            IssueCode::UsccFormat => "信用代码格式有误",
            IssueCode::UsccCheckDigit => "信用代码校验位不符",
            IssueCode::NotANumber => "不是数值",
            IssueCode::NotADate => "不是日期",
            IssueCode::NotInChoices => "不在选项中",
            IssueCode::ProbableSlip => "疑似误写",
            IssueCode::OutOfRange => "超出合理范围",
            IssueCode::NotAnInteger => "应为整数",
            IssueCode::RequiredMissing => "必填项为空",
            IssueCode::MissingKey => "缺少识别记录的代码",
            IssueCode::DuplicateKey => "记录重复",
            IssueCode::DuplicateConflict => "重复记录不一致",
            IssueCode::FormulaError => "公式出错",
            IssueCode::UnitSuspect => "疑似用错单位",
            IssueCode::Outlier => "与其余数值相差悬殊",
            IssueCode::FutureDate => "日期晚于截至日",
            IssueCode::FullWidth => "含全角字符",
            IssueCode::TotalMismatch => "合计与明细不符",
            IssueCode::UnknownColumn => "列无法识别",
            IssueCode::SheetSkipped => "工作表未导入",
            IssueCode::InvalidAnswer => "无效或不完整的填报",
            IssueCode::InconsistentFields => "字段之间不一致",
        }
    }
}

/// One issue with its place in the source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    pub file: String,
    pub sheet: String,
    /// 1-based row in the sheet, as the spreadsheet program shows it; `None` for whole columns or sheets.
    pub row: Option<u32>,
    /// Column letters (`F`).
    pub column: Option<String>,
    pub field: Option<String>,
    pub raw: String,
    pub code: IssueCode,
    pub severity: Severity,
    /// Chinese, says what is wrong and what was done with it.
    pub message: String,
    /// What to do; for a probable slip the word that was meant.
    pub suggestion: Option<String>,
}

impl Issue {
    /// The value to put in place of the raw one, where it can be computed from the issue alone: a check digit, a letter
    /// mistaken for a figure, 元 filled in for 万元, a slip of typing. A suggestion that only asks to look it up gives
    /// none.
    pub fn fix(&self) -> Option<String> {
        self.row?;
        self.field.as_ref()?;
        match self.code {
            IssueCode::UsccCheckDigit => match value::uscc(&self.raw) {
                // A code typed as a number has lost its last digits for good.
                Uscc::CheckDigit { code, .. } if code.bytes().all(|b| b.is_ascii_digit()) && code.ends_with("00") => {
                    None
                }
                Uscc::CheckDigit { expected, .. } => Some(expected),
                _ => None,
            },
            IssueCode::UsccFormat => match value::uscc(&self.raw) {
                Uscc::Format { likely, .. } => likely,
                _ => None,
            },
            IssueCode::UnitSuspect if self.suggestion.as_ref().is_some_and(|s| s.ends_with(" 万元")) => {
                Some(value::plain_number(self.raw.as_bytes())?.shifted(-4)?.text())
            }
            // A fraction among percentages.
            IssueCode::UnitSuspect if self.suggestion.as_ref().is_some_and(|s| s.ends_with('%')) => {
                Some(value::plain_number(self.raw.as_bytes())?.shifted(2)?.text())
            }
            // The word that others of its column give away.
            IssueCode::ProbableSlip => self.suggestion.clone(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(code: IssueCode, raw: &str, suggestion: &str) -> Issue {
        Issue {
            file: "台账.xlsx".into(),
            sheet: "表".into(),
            row: Some(3),
            column: Some("A".into()),
            field: Some("f".into()),
            raw: raw.into(),
            code,
            severity: Severity::Error,
            message: String::new(),
            suggestion: Some(suggestion.into()),
        }
    }

    #[test]
    fn a_fix_is_given_only_where_it_follows_from_the_cell() {
        // 91350100M000100Y43 is valid (GB 32100-2015, appendix); its last character is computed from the first 17.
        let fix = |code, raw, suggestion| issue(code, raw, suggestion).fix();
        assert_eq!(fix(IssueCode::UsccCheckDigit, "91350100M000100Y44", "").as_deref(), Some("91350100M000100Y43"));
        assert_eq!(fix(IssueCode::UsccCheckDigit, "913501000001000000", ""), None);
        // 元 for 万元: 12,345,678 ÷ 10,000 = 1,234.5678.
        let suspect = "如实为以元填报，应更正为 1234.5678 万元";
        assert_eq!(fix(IssueCode::UnitSuspect, "12345678", suspect).as_deref(), Some("1234.5678"));
        assert_eq!(fix(IssueCode::UnitSuspect, "12345678", "核对数值和单位"), None);
        assert_eq!(fix(IssueCode::NotANumber, "约三百", "填写数值"), None);
        let mut whole = issue(IssueCode::UnitSuspect, "12345678", suspect);
        whole.row = None;
        assert_eq!(whole.fix(), None, "a whole column is not one cell");
    }
}
