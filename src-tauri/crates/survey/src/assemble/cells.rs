//! One cell to one value, with what is wrong about it.

use super::columns::Builder;
use crate::dataset::DatePrecision;
use crate::issue::{Issue, IssueCode, Severity};
use crate::read::structure::{normal, without_brackets};
use crate::schema::{Field, FieldKind, Role};
use crate::table::ColumnInfo;
use crate::value::{self, Decimal, NumberError, Presence, Uscc};
use rustc_hash::FxHashMap;

/// A value on its way into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Missing,
    Skipped,
    /// Code in the column's dictionary.
    Word(u32),
    Chosen(Vec<u32>),
    /// Value × 10^scale.
    Number(i64, u8),
    Date(i32, DatePrecision),
}

/// What is wrong with a cell.
pub(super) struct Outcome {
    pub code: IssueCode,
    pub severity: Severity,
    pub message: String,
    pub suggestion: Option<String>,
    /// What applying the suggestion puts in the cell.
    pub fix: Option<String>,
}

impl Outcome {
    /// The issue about a cell, said of `whose`; `at` is where it stands.
    pub fn issue(self, whose: &str, at: Issue) -> Issue {
        let Outcome { code, severity, message, suggestion, fix } = self;
        Issue { code, severity, message: format!("{whose}：{message}"), suggestion, fix, ..at }
    }
}

fn outcome(code: IssueCode, severity: Severity, message: impl Into<String>, suggestion: Option<&str>) -> Outcome {
    Outcome { code, severity, message: message.into(), suggestion: suggestion.map(str::to_owned), fix: None }
}

/// Reads the cells of one field.
pub(super) struct Reader<'a> {
    field: &'a Field,
    questionnaire: bool,
    as_of: i32,
    /// Title speaks of the future: 有效期止, 计划完成时间.
    may_be_future: bool,
    /// Normalised labels, aliases and codes → label.
    labels: FxHashMap<String, String>,
    missing: Vec<String>,
    /// Raw text → word, for the values that recur.
    cache: FxHashMap<String, u32>,
    min: Option<Decimal>,
    max: Option<Decimal>,
    separator: Option<char>,
}

const CACHE: usize = 4_096;

impl<'a> Reader<'a> {
    pub fn new(field: &'a Field, questionnaire: bool, as_of: i32) -> Self {
        let mut labels = FxHashMap::default();
        for choice in &field.choices {
            for text in std::iter::once(&choice.label).chain(&choice.aliases) {
                labels.entry(normal(text)).or_insert_with(|| choice.label.clone());
            }
        }
        for choice in &field.choices {
            if let Some(code) = &choice.code {
                labels.entry(normal(code)).or_insert_with(|| choice.label.clone());
            }
        }
        let bound = |text: &Option<String>| text.as_ref().and_then(|t| value::plain_number(t.trim().as_bytes()));
        Reader {
            field,
            questionnaire,
            as_of,
            may_be_future: ["有效期", "到期", "截止", "计划", "预计", "拟", "目标", "止", "终止", "结束", "竣工"]
                .iter()
                .any(|w| field.title.contains(w)),
            labels,
            missing: field.missing.iter().map(|m| normal(m)).collect(),
            cache: FxHashMap::default(),
            min: bound(&field.min),
            max: bound(&field.max),
            separator: None,
        }
    }

    /// Learns how a column of this field separates its answers.
    pub fn separator(&mut self, column: Option<&ColumnInfo>) {
        if let Some(s) = column.and_then(|c| c.profile.separator) {
            self.separator = Some(s);
        }
    }

    /// How the columns read so far separate their answers.
    pub fn known_separator(&self) -> Option<char> {
        self.separator
    }

    /// Separates answers as columns read before did.
    pub fn separating(mut self, separator: Option<char>) -> Self {
        self.separator = separator;
        self
    }

    /// Label that an option header stands for.
    pub fn option_label(&self, option: &str) -> String {
        self.labels.get(&normal(option)).cloned().unwrap_or_else(|| option.to_owned())
    }

    /// Reads one cell. `power` brings bare figures of the column to the field's unit.
    pub fn read(
        &mut self,
        raw: &str,
        power: i32,
        column_unit: Option<&str>,
        builder: &mut Builder,
        found: &mut Vec<Outcome>,
    ) -> Value {
        let presence = match value::presence(raw) {
            Presence::Missing => return Value::Missing,
            Presence::Skipped => return Value::Skipped,
            presence => presence,
        };
        if !self.missing.is_empty() && self.missing.contains(&normal(raw)) {
            return Value::Missing;
        }
        if value::is_formula_error(raw) {
            found.push(outcome(
                IssueCode::FormulaError,
                Severity::Error,
                format!("公式出错（{}），按缺失处理", raw.trim()),
                Some("在源文件中修正公式，或填入数值"),
            ));
            return Value::Missing;
        }
        let none = presence == Presence::None;
        match self.field.kind {
            FieldKind::Integer | FieldKind::Decimal => {
                if none {
                    return Value::Missing;
                }
                self.number(raw, power, column_unit, found)
            }
            FieldKind::Date => {
                if none {
                    return Value::Missing;
                }
                self.date(raw, found)
            }
            FieldKind::Text => {
                if none && !self.questionnaire {
                    return Value::Missing;
                }
                if let Some(code) = self.cache.get(raw) {
                    return Value::Word(*code);
                }
                let text =
                    if self.field.role == Role::Key { value::clean_code(raw).into() } else { value::clean_text(raw) };
                Value::Word(self.remember(raw, builder.word(&text)))
            }
            FieldKind::Uscc => {
                if none {
                    return Value::Missing;
                }
                self.code(raw, builder, found)
            }
            FieldKind::Bool => self.boolean(raw, builder, found),
            FieldKind::Choice => self.choice(raw, none, builder, found),
            FieldKind::Multi => self.several(raw, none, builder, found),
            FieldKind::Scale => self.scale(raw, found),
        }
    }

    fn remember(&mut self, raw: &str, code: u32) -> u32 {
        if self.cache.len() < CACHE {
            self.cache.insert(raw.to_owned(), code);
        }
        code
    }

    fn number(&self, raw: &str, power: i32, column_unit: Option<&str>, found: &mut Vec<Outcome>) -> Value {
        let field = self.field;
        let value = if let Some(plain) = value::plain_number(raw.as_bytes()) {
            plain.shifted(power)
        } else {
            let Some(number) = value::number(raw) else {
                let (message, suggestion) = if value::date(raw).is_some() {
                    ("应为数值，填的是日期，按缺失处理", "核对是否填错列")
                } else if raw.trim().contains(['-', '—', '~', '～', '至']) && raw.chars().any(|c| c.is_ascii_digit())
                {
                    ("应为一个数值，填的是区间，按缺失处理", "填写一个具体数值")
                } else {
                    ("不是数值，按缺失处理", "填写数值；没有数据时留空")
                };
                found.push(outcome(IssueCode::NotANumber, Severity::Error, message, Some(suggestion)));
                return Value::Missing;
            };
            if value::has_fullwidth_digits(raw) {
                found.push(outcome(IssueCode::FullWidth, Severity::Hint, "含全角数字，已按半角读取", None));
            }
            if number.approximate {
                found.push(outcome(
                    IssueCode::NotANumber,
                    Severity::Warning,
                    format!("填的是概数，按 {} 采用", number.value.text()),
                    Some("填写准确数值"),
                ));
            }
            match value::in_unit(&number, column_unit, field.unit.as_deref()) {
                Ok(value) => Some(value),
                Err(NumberError::Unit(unit)) => {
                    found.push(outcome(
                        IssueCode::NotANumber,
                        Severity::Error,
                        format!(
                            "单位“{unit}”与本列单位“{}”不符，按缺失处理",
                            field.unit.as_deref().unwrap_or_default()
                        ),
                        Some("核对单位"),
                    ));
                    return Value::Missing;
                }
                Err(_) => None,
            }
        };
        let Some(value) = value else {
            found.push(outcome(
                IssueCode::OutOfRange,
                Severity::Error,
                "数值过大，无法精确保存，按缺失处理",
                Some("核对数值和单位"),
            ));
            return Value::Missing;
        };
        let unit = field.unit.as_deref().unwrap_or("");
        for (bound, bad, word) in [
            (self.min, self.min.is_some_and(|m| value.compare(m).is_lt()), "小于下限"),
            (self.max, self.max.is_some_and(|m| value.compare(m).is_gt()), "大于上限"),
        ] {
            if bad && let Some(bound) = bound {
                found.push(outcome(
                    IssueCode::OutOfRange,
                    Severity::Error,
                    format!("{}{unit} {word} {}{unit}，按缺失处理", value.text(), bound.text()),
                    Some("核对数值和单位"),
                ));
                return Value::Missing;
            }
        }
        if field.kind == FieldKind::Integer && !value.is_integer() && field.role != Role::Meta {
            found.push(outcome(
                IssueCode::NotAnInteger,
                Severity::Warning,
                format!("应为整数，填的是 {}，按原值采用", value.text()),
                Some("核对是否填错列或用错单位"),
            ));
        }
        match i64::try_from(value.mantissa) {
            Ok(mantissa) => Value::Number(mantissa, value.scale),
            Err(_) => {
                found.push(outcome(
                    IssueCode::OutOfRange,
                    Severity::Error,
                    "数值过大，无法精确保存，按缺失处理",
                    Some("核对数值和单位"),
                ));
                Value::Missing
            }
        }
    }

    fn date(&self, raw: &str, found: &mut Vec<Outcome>) -> Value {
        let Some((day, precision)) = value::date(raw) else {
            if self.field.role != Role::Meta {
                found.push(outcome(
                    IssueCode::NotADate,
                    Severity::Error,
                    "不是可识别的日期，按缺失处理",
                    Some("按“2023-05-01”的形式填写"),
                ));
            }
            return Value::Missing;
        };
        if day > self.as_of && self.field.role != Role::Meta && !self.may_be_future {
            found.push(outcome(
                IssueCode::FutureDate,
                Severity::Warning,
                "日期晚于数据截至日，按原值采用",
                Some("核对日期"),
            ));
        }
        Value::Date(day, precision)
    }

    fn code(&mut self, raw: &str, builder: &mut Builder, found: &mut Vec<Outcome>) -> Value {
        // A wrong code still tells records apart, so it is kept; the issue asks for the right one.
        let code = match value::uscc(raw) {
            Uscc::Valid(code) => code,
            Uscc::CheckDigit { code, expected } => {
                let last = &expected[17..];
                // Spreadsheet programs keep 15 digits of a number: a code typed as one ends in zeros.
                let as_number = code.bytes().all(|b| b.is_ascii_digit()) && code.ends_with("00");
                if as_number {
                    found.push(outcome(
                        IssueCode::UsccCheckDigit,
                        Severity::Error,
                        "校验位不符，末几位为 0，可能因按数值存储而丢失；代码保留，仅用于识别记录",
                        Some("在源文件中把该列设为文本格式，重新填写代码"),
                    ));
                    return Value::Word(builder.word(&code));
                }
                found.push(Outcome {
                    code: IssueCode::UsccCheckDigit,
                    severity: Severity::Error,
                    message: format!("校验位不符，按前 17 位计算末位应为“{last}”；代码保留，仅用于识别记录"),
                    suggestion: Some(format!("核对营业执照；如前 17 位无误，应为 {expected}")),
                    fix: Some(expected),
                });
                code
            }
            Uscc::Format { code, likely } => {
                let length = code.chars().count();
                let message = if length == 18 {
                    "含有代码中不使用的字符；代码保留，仅用于识别记录".to_owned()
                } else {
                    format!("应为 18 位，实为 {length} 位；代码保留，仅用于识别记录")
                };
                found.push(Outcome {
                    code: IssueCode::UsccFormat,
                    severity: Severity::Error,
                    message,
                    suggestion: Some(match &likely {
                        Some(likely) => format!("可能应为 {likely}（字母与数字形近）"),
                        None => "核对营业执照上的统一社会信用代码".to_owned(),
                    }),
                    fix: likely,
                });
                code
            }
        };
        if value::has_fullwidth_digits(raw) {
            found.push(outcome(IssueCode::FullWidth, Severity::Hint, "含全角字符，已按半角读取", None));
        }
        Value::Word(builder.word(&code))
    }

    fn boolean(&mut self, raw: &str, builder: &mut Builder, found: &mut Vec<Outcome>) -> Value {
        let text = value::halfwidth(raw);
        let answer = match text.as_ref() {
            "1" | "1.0" => Some(true),
            "0" | "0.0" => Some(false),
            text => value::boolean(text),
        };
        match answer {
            Some(yes) => Value::Word(builder.word(if yes { "是" } else { "否" })),
            None => {
                found.push(outcome(
                    IssueCode::NotInChoices,
                    Severity::Error,
                    "应填“是”或“否”，按缺失处理",
                    Some("改填“是”或“否”"),
                ));
                Value::Missing
            }
        }
    }

    fn choice(&mut self, raw: &str, none: bool, builder: &mut Builder, found: &mut Vec<Outcome>) -> Value {
        if let Some(code) = self.cache.get(raw) {
            return Value::Word(*code);
        }
        let mut outside = if self.questionnaire { without_brackets(raw) } else { raw.into() };
        // Of options put in order, the first is the choice.
        if self.questionnaire
            && let Some((first, _)) = outside.split_once('→')
        {
            outside = first.to_owned().into();
        }
        if let Some(label) = self.labels.get(&normal(&outside)) {
            let code = builder.word(label);
            return Value::Word(self.remember(raw, code));
        }
        if none && !self.questionnaire {
            return Value::Missing;
        }
        let text = value::clean_text(&outside).into_owned();
        if text.is_empty() {
            return Value::Missing;
        }
        if self.field.closed {
            if let Some(label) = self.nearest(&text) {
                found.push(outcome(
                    IssueCode::NotInChoices,
                    Severity::Warning,
                    format!("“{text}”不在选项中，按“{label}”归类"),
                    Some("核对归类是否正确"),
                ));
                return Value::Word(builder.word(&label));
            }
            found.push(outcome(
                IssueCode::NotInChoices,
                Severity::Error,
                format!("“{}”不在选项中，按缺失处理", text.chars().take(40).collect::<String>()),
                Some("改为选项中的写法"),
            ));
            return Value::Missing;
        }
        let code = builder.word(&text);
        Value::Word(self.remember(raw, code))
    }

    /// The only label that contains the text or is contained in it (城关 for 城关区).
    fn nearest(&self, text: &str) -> Option<String> {
        if text.chars().count() < 2 {
            return None;
        }
        let text = normal(text);
        let mut hits: Vec<&String> = self
            .labels
            .iter()
            .filter(|(k, _)| k.chars().count() >= 2 && (k.starts_with(&text) || text.ends_with(k.as_str())))
            .map(|(_, label)| label)
            .collect();
        hits.sort();
        hits.dedup();
        match hits.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }

    fn several(&mut self, raw: &str, none: bool, builder: &mut Builder, found: &mut Vec<Outcome>) -> Value {
        let outside = without_brackets(raw);
        let whole = normal(&outside);
        if let Some(label) = self.labels.get(&whole) {
            return Value::Chosen(vec![builder.word(label)]);
        }
        if none && !self.questionnaire {
            return Value::Chosen(Vec::new());
        }
        let parts: Vec<&str> = if outside.contains('┋') {
            outside.split('┋').collect()
        } else if outside.contains('→') {
            outside.split('→').collect()
        } else if let Some(s) = self.separator.filter(|s| outside.contains(*s)) {
            outside.split(s).collect()
        } else if !self.field.inferred {
            outside.split([';', '；', '|', '、', ',', '，', '\n']).collect()
        } else {
            vec![outside.as_ref()]
        };
        let mut chosen = Vec::new();
        for part in parts {
            let text = value::clean_text(part);
            if text.is_empty() {
                continue;
            }
            let label = match self.labels.get(&normal(&text)) {
                Some(label) => label.clone(),
                None if self.field.closed => match self.nearest(&text) {
                    Some(label) => label,
                    None => {
                        found.push(outcome(
                            IssueCode::NotInChoices,
                            Severity::Warning,
                            format!("“{}”不在选项中，未计入", text.chars().take(40).collect::<String>()),
                            Some("改为选项中的写法"),
                        ));
                        continue;
                    }
                },
                None => text.into_owned(),
            };
            let code = builder.word(&label);
            if !chosen.contains(&code) {
                chosen.push(code);
            }
        }
        if chosen.is_empty() { Value::Missing } else { Value::Chosen(chosen) }
    }

    fn scale(&self, raw: &str, found: &mut Vec<Outcome>) -> Value {
        let text = normal(&without_brackets(raw));
        if let Some(position) = self
            .field
            .choices
            .iter()
            .position(|c| normal(&c.label) == text || c.aliases.iter().any(|a| normal(a) == text))
        {
            let code = self.field.choices[position].code.as_ref().and_then(|c| c.trim().parse().ok());
            return Value::Number(code.unwrap_or(position as i64 + 1), 0);
        }
        let digits = text.trim_end_matches(['分', '星', '级']);
        if let Some(value) = value::plain_number(digits.as_bytes())
            && value.is_integer()
            && let Ok(n) = i64::try_from(value.mantissa)
        {
            let top = self.field.choices.iter().filter_map(|c| c.code.as_ref()?.trim().parse::<i64>().ok()).max();
            if (0..=top.unwrap_or(10)).contains(&n) {
                return Value::Number(n, 0);
            }
        }
        found.push(outcome(
            IssueCode::NotInChoices,
            Severity::Error,
            "不是量表中的选项，按缺失处理",
            Some("改为量表选项或分值"),
        ));
        Value::Missing
    }
}
