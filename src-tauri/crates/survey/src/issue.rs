//! Issues 问题单元格: doubtful cells and rows as data, never as failures.

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
        self.words().0
    }

    /// What was done with the values.
    pub fn treatment(self) -> &'static str {
        self.words().1
    }

    /// Name and treatment.
    fn words(self) -> (&'static str, &'static str) {
        const KEPT: &str = "按原值采用";
        const MISSING: &str = "按缺失处理";
        const CODE: &str = "代码保留，仅用于识别记录";
        match self {
            IssueCode::UsccFormat => ("信用代码格式有误", CODE),
            IssueCode::UsccCheckDigit => ("信用代码校验位不符", CODE),
            IssueCode::NotANumber => ("不是数值", "按缺失处理；概数按所示数值采用"),
            IssueCode::NotADate => ("不是日期", MISSING),
            IssueCode::NotInChoices => ("不在选项中", "能归类的已归类，其余按缺失处理"),
            IssueCode::ProbableSlip => ("疑似误写", KEPT),
            IssueCode::OutOfRange => ("超出合理范围", "超出套件所定上下限的按缺失处理，其余按原值采用"),
            IssueCode::NotAnInteger => ("应为整数", KEPT),
            IssueCode::RequiredMissing => ("必填项为空", MISSING),
            IssueCode::MissingKey => ("缺少识别记录的代码", "作为单独一条记录计入"),
            IssueCode::DuplicateKey => ("记录重复", "已合并为一条记录"),
            IssueCode::DuplicateConflict => ("重复记录不一致", "已采用先出现的值"),
            IssueCode::FormulaError => ("公式出错", MISSING),
            IssueCode::UnitSuspect => ("疑似用错单位", KEPT),
            IssueCode::Outlier => ("与其余数值相差悬殊", KEPT),
            IssueCode::FutureDate => ("日期晚于截至日", KEPT),
            IssueCode::FullWidth => ("含全角字符", "已按半角读取"),
            IssueCode::TotalMismatch => ("合计与明细不符", "按明细计算，合计行不计入"),
            IssueCode::UnknownColumn => ("列无法识别", "该列未导入"),
            IssueCode::SheetSkipped => ("工作表未导入", "未作为数据"),
            IssueCode::InvalidAnswer => ("无效或不完整的填报", "没有内容的未计入"),
            IssueCode::InconsistentFields => ("字段之间不一致", KEPT),
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
    /// What to do.
    pub suggestion: Option<String>,
    /// What applying the suggestion puts in the cell, where that follows from the files alone: a check digit, a letter
    /// mistaken for a figure, 元 filled in for 万元, a slip of typing. Looking something up gives none.
    pub fix: Option<String>,
}

impl Issue {
    /// An issue that speaks of no row and no field yet.
    pub(crate) fn new(file: &str, sheet: &str, code: IssueCode, severity: Severity, message: String) -> Issue {
        Issue {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            row: None,
            column: None,
            field: None,
            raw: String::new(),
            code,
            severity,
            message,
            suggestion: None,
            fix: None,
        }
    }

    /// Whether it doubts a value that is used all the same: one may keep it or do without.
    pub fn doubts_value(&self) -> bool {
        use IssueCode::{FutureDate, NotANumber, NotInChoices, ProbableSlip};
        let others = matches!(self.code, FutureDate | NotANumber | NotInChoices | ProbableSlip);
        let cell = self.row.is_some() && self.field.is_some();
        self.doubts_figure() || cell && self.severity == Severity::Warning && others
    }

    /// Whether it doubts a figure that is used all the same, so that whatever is computed of it is doubtful, too.
    pub fn doubts_figure(&self) -> bool {
        use IssueCode::{NotAnInteger, OutOfRange, Outlier, UnitSuspect};
        self.row.is_some()
            && self.field.is_some()
            && self.severity == Severity::Warning
            && matches!(self.code, UnitSuspect | Outlier | OutOfRange | NotAnInteger)
    }
}
