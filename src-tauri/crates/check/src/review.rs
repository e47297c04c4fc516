//! What a check gives: findings, and a ledger in which every number has its class.

use serde::{Deserialize, Serialize};

/// A fact of a project, against which the numbers of a draft are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The fact's id in its project.
    pub id: String,
    /// What it counts, as a report would call it.
    pub title: String,
    /// The exact value: an integer, a decimal, or a fraction `55/681`; a percentage is given as its number of percents.
    pub value: String,
    /// The unit of the value as printed (`家`, `万元`, `%`); empty without one.
    pub unit: String,
    /// Other names under which a draft may speak of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The part of the whole it is about (`新材料`), when it is not about the whole.
    #[serde(default)]
    pub scope: Option<String>,
    /// The date it holds for, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default)]
    pub as_of: Option<String>,
}

/// The outcome of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Length of the text in Unicode scalars.
    pub chars: usize,
    /// Every number of the text with its class.
    pub numbers: Ledger,
    /// Contradictions and doubts, in the order of the text.
    pub findings: Vec<Finding>,
}

/// How far the numbers of a text are vouched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// All numbers.
    pub total: usize,
    /// Numbers that carry, or agree with, a fact of the project.
    pub linked: usize,
    /// Numbers that a computation within the text confirms.
    pub verified: usize,
    /// Quantities that nothing in the text decides, or that are contradicted.
    pub unverified: usize,
    /// Numbers that are no quantity: dates, document numbers, ordinals, codes.
    pub exempt: usize,
    /// One entry a number, in the order of the text.
    pub entries: Vec<Entry>,
}

/// One number of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Offset of its first scalar.
    pub start: usize,
    /// Offset after its last scalar; the unit belongs to it.
    pub end: usize,
    /// The number with its unit as it stands in the text.
    pub quote: String,
    /// How far it is vouched for.
    pub class: Class,
    /// Why: the computation that confirms it, the kind of exemption (`日期`, `文号`), the title of the fact.
    pub note: String,
    /// The fact it is linked to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

/// The four classes of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Carries or agrees with a fact of the project.
    Linked,
    /// Confirmed by a computation within the text.
    Verified,
    /// A quantity nobody vouches for.
    Unverified,
    /// Not a quantity.
    Exempt,
}

/// A contradiction or a doubt that a reader can check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule of the catalogue (`K01` … `K29`).
    pub rule: String,
    /// What sort of trouble it is.
    pub kind: Kind,
    /// How sure and how grave.
    pub severity: Severity,
    /// Offset of the first scalar of the quote.
    pub start: usize,
    /// Offset after the last scalar of the quote.
    pub end: usize,
    /// The words of the text it is about.
    pub quote: String,
    /// What should stand there, when that can be said.
    pub expected: Option<String>,
    /// The arithmetic or the ground, in one line of Chinese.
    pub reason: String,
    /// Other places that the reason speaks of.
    pub related: Vec<Place>,
    /// A change of the text that would mend it, when there is exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Replacement>,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Offset of its first scalar.
    pub start: usize,
    /// Offset after its last scalar.
    pub end: usize,
    /// The words that stand there.
    pub quote: String,
}

/// A change of the text that can be applied as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Offset of the first scalar replaced.
    pub start: usize,
    /// Offset after the last scalar replaced.
    pub end: usize,
    /// What is put there.
    pub text: String,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The text contradicts itself or arithmetic.
    Error,
    /// Very likely wrong or undefined; a person must decide.
    Warning,
    /// A matter of style or form.
    Hint,
}

/// Declares the sorts of trouble, each with its name for people, so that the list of all can miss none.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident => $title:literal,)*) => {
        /// The sorts of trouble.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Kind] = &[$(Kind::$kind),*];

            /// The name of the sort for people.
            pub fn title(self) -> &'static str {
                match self {
                    $(Kind::$kind => $title,)*
                }
            }
        }
    };
}

kinds! {
    /// A share that does not follow from its parts.
    Share => "占比",
    /// A total that is not the sum of its parts.
    Sum => "合计",
    /// A change or difference that does not follow.
    Diff => "增减量",
    /// A rate of growth that does not follow from its two values.
    Growth => "增速",
    /// A yearly rate of growth that does not follow.
    Cagr => "年均增速",
    /// A quotient (per head, per household, coverage) that does not follow.
    Ratio => "比值",
    /// 倍, 番 and the like against the values.
    Multiple => "倍数",
    /// Percent where percentage points are meant, or the reverse.
    PpVsPercent => "百分点",
    /// A unit that is missing, mixed, or of the wrong magnitude.
    Unit => "单位",
    /// A word of rise or fall against the numbers.
    Sign => "升降",
    /// A rank or an extreme against the listed values.
    Ranking => "位次",
    /// One quantity with two values.
    ValueConflict => "同名异值",
    /// 约, 近, 超, 过半 and the like against the number.
    Approx => "概数",
    /// A number that is damaged.
    Garbled => "残缺数字",
    /// An impossible or contradictory date or period.
    Date => "日期",
    /// A target without base, term, or with a contradictory base.
    Target => "目标",
    /// A stated number of items against the items, or broken numbering.
    ListCount => "列举",
    /// Table against prose.
    TableVsProse => "表文不一",
    /// Overlapping or open classes of values, or a form of range.
    Range => "区间",
    /// Words and forms around numbers.
    Wording => "用语",
}

impl Severity {
    /// The grade in words.
    pub fn title(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Hint => "提示",
        }
    }
}

impl Finding {
    /// Whether the number must be looked at before the text goes out; a hint is a matter of form.
    pub fn is_alarm(&self) -> bool {
        self.severity != Severity::Hint
    }
}
