//! Words by which files are recognised, kept as data in `lexicon.toml`.

use crate::schema::Role;
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::OnceLock;

/// The parsed word lists.
pub(crate) struct Lexicon {
    pub missing_marks: FxHashSet<String>,
    pub none_marks: FxHashSet<String>,
    pub skipped_marks: FxHashSet<String>,
    /// First characters of all marks: no cell that starts otherwise is one.
    pub mark_starts: FxHashSet<char>,
    pub yes: FxHashSet<String>,
    pub no: FxHashSet<String>,
    pub rows: RowWords,
    pub sheets: SheetWords,
    /// Unit → base and power of ten.
    pub units: FxHashMap<String, (String, i32)>,
    /// 千, 万, 百万 … longest first.
    pub scales: Vec<(String, i32)>,
    pub never_additive: FxHashSet<String>,
    /// End of a title → unit of the whole numbers below it, longest first.
    pub counted: Vec<(String, String)>,
    pub measured: Vec<Measured>,
    pub bounds: BoundWords,
    pub roles: Vec<RoleWords>,
    pub reported: ReportedWords,
    pub naming: Naming,
    pub questions: QuestionWords,
    pub answer_scales: Vec<Vec<String>>,
    pub nouns: Vec<Noun>,
    pub fallback: Fallback,
    /// End of a noun → classifier.
    pub classifiers: FxHashMap<String, String>,
    pub regions: RegionWords,
    pub slips: Slips,
}

#[derive(Deserialize)]
pub(crate) struct RowWords {
    pub total: Vec<String>,
    pub subtotal: Vec<String>,
    pub average: Vec<String>,
    pub part: Vec<String>,
    pub note: Vec<String>,
    pub lead: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct SheetWords {
    pub notes: Vec<String>,
    pub lists: Vec<String>,
    pub default_names: Vec<String>,
    /// Ends of titles that say twice that there is a table, and what says it once.
    pub plain_ends: Vec<(String, String)>,
    /// Ends of titles that say which version of a file it is.
    pub version_ends: Vec<String>,
    /// Starts of titles that say which part of the year before them is meant.
    pub part_years: Vec<String>,
    /// Parts of file names that name nothing.
    pub additions: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct RoleWords {
    /// A [`Role`] in kebab case, or `sensitive`.
    pub role: String,
    #[serde(default)]
    pub whole: Vec<String>,
    #[serde(default)]
    pub ends: Vec<String>,
    #[serde(default)]
    pub has: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
}

/// Titles of the columns of a table of one indicator a row.
#[derive(Deserialize)]
pub(crate) struct ReportedWords {
    name: Vec<String>,
    value: Vec<String>,
    unit: Vec<String>,
    as_of: Vec<String>,
    source: Vec<String>,
    note: Vec<String>,
    growth: Vec<String>,
    /// Rates of change where the column is in percent.
    percent: Vec<String>,
    previous: Vec<Period>,
}

/// A period before, by the titles of its figures.
#[derive(Deserialize)]
struct Period {
    /// How a report calls it.
    said: String,
    /// Years that it lies back; 0 where that is not said.
    #[serde(default)]
    years: i32,
    titles: Vec<String>,
}

impl ReportedWords {
    /// The field that a column is by its title, which is compared in [`crate::read::structure::normal`] form.
    pub fn field(&self, title: &str, unit: Option<&str>) -> Option<&'static str> {
        let is = |titles: &[String]| titles.iter().any(|t| t == title);
        let listed = [
            ("name", &self.name),
            ("value", &self.value),
            ("unit", &self.unit),
            ("as_of", &self.as_of),
            ("source", &self.source),
            ("note", &self.note),
            ("growth", &self.growth),
        ];
        let found = listed.into_iter().find(|(_, titles)| is(titles)).map(|(field, _)| field);
        found
            .or_else(|| (unit == Some("%") && is(&self.percent)).then_some("growth"))
            .or_else(|| self.period(title).map(|_| "previous"))
    }

    /// How many years before the time of its table a column of figures speaks of: 0 for 本年, 1 for 上年同期.
    pub fn years_back(&self, title: &str) -> Option<i32> {
        let previous = || self.previous.iter().filter(|p| p.years > 0).find(|p| p.titles.iter().any(|t| t == title));
        if self.value.iter().any(|t| t == title) { Some(0) } else { previous().map(|p| p.years) }
    }

    /// How a report calls the period that a column tells of the one before.
    pub fn period(&self, title: &str) -> Option<&str> {
        self.previous.iter().find(|p| p.titles.iter().any(|t| t == title)).map(|p| p.said.as_str())
    }
}

/// What values below a title can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A percentage of a whole.
    Share,
    /// A percentage of a plan or a capacity, which may be exceeded.
    Progress,
    /// A number of things.
    Count,
}

/// Words of titles that bound the values below.
#[derive(Deserialize)]
pub(crate) struct BoundWords {
    share: Vec<String>,
    progress: Vec<String>,
    never: Vec<String>,
    change: Vec<String>,
}

impl BoundWords {
    /// What a percentage of this title can be; `None` where it may be anything.
    pub fn of(&self, title: &str) -> Option<Bound> {
        let title = title.split(['（', '(']).next().unwrap_or(title).trim();
        let ends = |words: &[String]| words.iter().any(|w| title.ends_with(w.as_str()));
        if self.never.iter().any(|w| title.contains(w.as_str())) {
            return None;
        }
        if ends(&self.progress) {
            return Some(Bound::Progress);
        }
        ends(&self.share).then_some(Bound::Share)
    }

    /// Whether a count of this title is never below zero.
    pub fn counts(&self, title: &str) -> bool {
        !self.change.iter().any(|w| title.contains(w.as_str()))
    }
}

/// Ends of titles whose figures are measured in units of some bases only.
#[derive(Deserialize)]
pub(crate) struct Measured {
    #[serde(rename = "in")]
    pub bases: Vec<String>,
    pub ends: Vec<String>,
}

/// How the thing that a question asks about is called.
pub(crate) struct Naming {
    asks: Regex,
    amount: Regex,
    /// Patterns with what takes their place, in order.
    rules: Vec<(Regex, String)>,
    degrees: Vec<(Regex, String)>,
}

impl Naming {
    /// The same for a question that is answered by degrees (对办事系统是否满意 → 办事系统满意度).
    pub fn degree(&self, name: &str) -> String {
        rewritten(name, &self.degrees)
    }

    /// The unit of the amount that a question asks for (多少元 → 元).
    pub fn unit<'q>(&self, question: &'q str) -> Option<&'q str> {
        self.amount.captures(question.trim()).and_then(|found| found.get(1)).map(|unit| unit.as_str())
    }

    /// The thing that a question asks about (您对办事效率的满意度如何？ → 办事效率满意度); `None` for a text that asks
    /// nothing or of which no name is left.
    pub fn name(&self, question: &str) -> Option<String> {
        let question = question.trim();
        if !self.asks.is_match(question) {
            return None;
        }
        let name = rewritten(question, &self.rules);
        (name != question && name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then_some(name)
    }
}

#[derive(Deserialize)]
pub(crate) struct QuestionWords {
    pub multi: Vec<String>,
    pub single: Vec<String>,
    pub scale: Vec<String>,
    pub open: Vec<String>,
    pub other: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Noun {
    pub word: String,
    #[serde(default)]
    pub noun: Option<String>,
    pub classifier: String,
}

#[derive(Deserialize)]
pub(crate) struct Fallback {
    pub ledger: (String, String),
    pub questionnaire: (String, String),
    pub indicators: (String, String),
    pub documents: (String, String),
    pub targets: (String, String),
}

#[derive(Deserialize)]
pub(crate) struct RegionWords {
    pub ends: Vec<String>,
    pub strip: Vec<String>,
    pub never: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Slips {
    sounds: String,
    looks: Vec<String>,
    ordinals: String,
}

impl Slips {
    /// Whether one character may stand for another by mistake: they sound or look alike, and do not number or place
    /// things.
    pub fn confuses(&self, a: char, b: char) -> bool {
        if self.ordinals.contains(a) && self.ordinals.contains(b) {
            return false;
        }
        let sound = |c: char| {
            let code = common(c)?;
            Some(self.sounds.chars().filter_map(common).take_while(|first| *first <= code).count())
        };
        sound(a).is_some_and(|a| sound(b) == Some(a)) || self.looks.iter().any(|set| set.contains(a) && set.contains(b))
    }
}

/// Code of a character in the part of GB 2312 that is ordered by sound.
fn common(c: char) -> Option<[u8; 2]> {
    let mut text = [0; 4];
    let (bytes, _, _) = encoding_rs::GB18030.encode(c.encode_utf8(&mut text));
    match *bytes {
        [row @ 0xb0..=0xd7, place @ 0xa1..=0xfe] => Some([row, place]),
        _ => None,
    }
}

#[derive(Deserialize)]
struct File {
    marks: Marks,
    rows: RowWords,
    sheets: SheetWords,
    units: FxHashMap<String, (String, i32)>,
    scales: FxHashMap<String, i32>,
    additive: Additive,
    counted: FxHashMap<String, String>,
    measured: Vec<Measured>,
    bounds: BoundWords,
    role: Vec<RoleWords>,
    reported: ReportedWords,
    naming: NamingWords,
    questions: QuestionWords,
    scale: Vec<Scale>,
    noun: Vec<Noun>,
    classifiers: FxHashMap<String, String>,
    fallback: Fallback,
    regions: RegionWords,
    slips: Slips,
}

#[derive(Deserialize)]
struct NamingWords {
    asks: String,
    amount: String,
    rules: Vec<(String, String)>,
    degrees: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Marks {
    missing: FxHashSet<String>,
    none: FxHashSet<String>,
    skipped: FxHashSet<String>,
    yes: FxHashSet<String>,
    no: FxHashSet<String>,
}

#[derive(Deserialize)]
struct Additive {
    never: FxHashSet<String>,
}

#[derive(Deserialize)]
struct Scale {
    words: Vec<String>,
}

/// The word lists, parsed once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let file: File = toml::from_str(include_str!("lexicon.toml")).expect("the shipped lexicon is well-formed");
        let mut scales: Vec<(String, i32)> = file.scales.into_iter().collect();
        scales.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        let mut counted: Vec<(String, String)> = file.counted.into_iter().collect();
        counted.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        let mut nouns = file.noun;
        nouns.sort_by_key(|n| std::cmp::Reverse(n.word.len()));
        let mut answer_scales: Vec<Vec<String>> = file.scale.into_iter().map(|s| s.words).collect();
        // A longer scale that fits says more than a shorter one.
        answer_scales.sort_by_key(|s| s.len());
        let mut regions = file.regions;
        regions.strip.sort_by_key(|s| std::cmp::Reverse(s.len()));
        let pattern = |text: &str| Regex::new(text).expect("the shipped patterns are well-formed");
        let naming = Naming {
            asks: pattern(&file.naming.asks),
            amount: pattern(&file.naming.amount),
            rules: file.naming.rules.into_iter().map(|(from, to)| (pattern(&from), to)).collect(),
            degrees: file.naming.degrees.into_iter().map(|(from, to)| (pattern(&from), to)).collect(),
        };
        let marks = &file.marks;
        let mark_starts =
            marks.missing.iter().chain(&marks.none).chain(&marks.skipped).filter_map(|m| m.chars().next()).collect();
        Lexicon {
            mark_starts,
            missing_marks: file.marks.missing,
            none_marks: file.marks.none,
            skipped_marks: file.marks.skipped,
            yes: file.marks.yes,
            no: file.marks.no,
            rows: file.rows,
            sheets: file.sheets,
            units: file.units,
            scales,
            never_additive: file.additive.never,
            counted,
            measured: file.measured,
            bounds: file.bounds,
            roles: file.role,
            reported: file.reported,
            naming,
            questions: file.questions,
            answer_scales,
            nouns,
            fallback: file.fallback,
            classifiers: file.classifiers,
            regions,
            slips: file.slips,
        }
    })
}

fn rewritten(text: &str, rules: &[(Regex, String)]) -> String {
    rules.iter().fold(text.to_owned(), |text, (pattern, instead)| pattern.replace(&text, instead.as_str()).into_owned())
}

/// What the words of a column title say about its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Role(Role),
    Sensitive,
}

impl Lexicon {
    /// First group of words that fits a title (already cleaned: no unit, half width, lower case).
    pub fn purpose(&self, title: &str) -> Option<Purpose> {
        let bare: String =
            title.chars().filter(|c| !matches!(c, ' ' | '*' | '★' | ':' | '：' | '、' | '?' | '？')).collect();
        let bare = ["请问您", "请问", "您的", "您", "贵单位", "贵企业", "贵公司"]
            .iter()
            .find_map(|w| bare.strip_prefix(w))
            .map_or(bare.clone(), str::to_owned);
        // 您居住的街道（镇）: what stands in brackets behind may hide the word that tells.
        let unbracketed = bare.find(['(', '（']).filter(|at| *at > 0).map_or(bare.as_str(), |at| &bare[..at]);
        self.roles.iter().find(|w| w.fits(&bare)).or_else(|| self.roles.iter().find(|w| w.fits(unbracketed))).map(|w| {
            match w.role.as_str() {
                "meta" => Purpose::Role(Role::Meta),
                "sensitive" => Purpose::Sensitive,
                "key" => Purpose::Role(Role::Key),
                "region" => Purpose::Role(Role::Region),
                "name" => Purpose::Role(Role::Name),
                "year" => Purpose::Role(Role::Year),
                "date" => Purpose::Role(Role::Date),
                "open" => Purpose::Role(Role::Open),
                "rate" => Purpose::Role(Role::Rate),
                "count" => Purpose::Role(Role::Count),
                "amount" => Purpose::Role(Role::Amount),
                "category" => Purpose::Role(Role::Category),
                _ => Purpose::Role(Role::Other),
            }
        })
    }

    /// Unit of whole numbers below a title that states none (服务人次 → 人次).
    pub fn counted_in(&self, title: &str) -> Option<&str> {
        self.counted.iter().find(|(end, _)| title.ends_with(end.as_str())).map(|(_, unit)| unit.as_str())
    }

    /// Bases of the units that figures below a title are measured in, where the title says so (建筑面积 → 平方米, 亩).
    pub fn measured_in(&self, title: &str) -> Option<&[String]> {
        let group = self.measured.iter().find(|group| group.ends.iter().any(|end| title.ends_with(end.as_str())));
        group.map(|group| group.bases.as_slice())
    }

    /// Whether a whole title is what a record is called (企业, 商户).
    pub fn named(&self, title: &str) -> bool {
        self.nouns.iter().any(|n| n.word == title)
    }

    /// Classifier of the things that a title counts (学校数 → 所).
    pub fn counted_noun(&self, title: &str) -> Option<&str> {
        let stem = ["总数", "数量", "个数", "数"].iter().find_map(|end| title.strip_suffix(end))?;
        self.nouns.iter().find(|n| stem.ends_with(n.word.as_str())).map(|n| n.classifier.as_str())
    }

    /// Noun and classifier that a title speaks of (企业名称 → 企业, 家).
    pub fn noun(&self, title: &str) -> Option<(&str, &str)> {
        self.nouns
            .iter()
            .find(|n| title.contains(n.word.as_str()))
            .map(|n| (n.noun.as_deref().unwrap_or(&n.word), n.classifier.as_str()))
    }
}

impl RoleWords {
    fn fits(&self, title: &str) -> bool {
        (self.whole.iter().any(|w| w == title)
            || self.ends.iter().any(|w| title.ends_with(w.as_str()))
            || self.has.iter().any(|w| title.contains(w.as_str())))
            && !self.not.iter().any(|w| title.contains(w.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_called_by_what_it_asks_about() {
        for (question, name) in [
            ("未来三年您是否有调离意愿", "未来三年是否有调离意愿"),
            ("您对办事效率的满意度是（1—5分）", "办事效率满意度"),
            ("您对窗口服务的总体满意度如何？", "窗口服务总体满意度"),
            ("您对本次活动的组织满意吗？（1=很不满意，5=很满意）", "本次活动的组织满意度"),
            ("总体来说，您对社区养老服务是否满意？", "社区养老服务总体满意度"),
            ("请您对办事大厅的服务进行评价", "办事大厅的服务评价"),
            ("请为本次培训打分（0-10分）", "本次培训评分"),
            ("您对惠民政策的了解程度", "惠民政策了解程度"),
            ("您认为当前最需要解决的问题是什么？", "当前最需要解决的问题"),
            ("您认为影响创业的主要因素有哪些？（可多选）", "影响创业的主要因素"),
            ("您平时参加哪些社区活动？（可多选）", "平时参加的社区活动"),
            ("贵企业享受过哪些惠企政策", "企业享受过的惠企政策"),
            ("您对优化营商环境还有什么建议？", "对优化营商环境的建议"),
            ("您认为有哪些问题", "问题"),
            ("您的年龄段是？", "年龄段"),
            ("您的文化程度", "文化程度"),
            ("您家每月的医疗支出是多少？", "家庭每月的医疗支出"),
            ("您家有几口人？", "家庭人口数"),
            ("您每月愿意为养老服务支付多少元？", "每月愿意为养老服务支付的金额"),
            ("您从取号到办结大约用了多少分钟？", "从取号到办结用时"),
            ("您去年参加培训多少次？", "去年参加培训次数"),
            ("您每周平均工作多少小时？", "每周平均工作时间"),
            ("贵企业所在园区", "所在园区"),
            ("贵企业目前面临的主要困难是（限选三项）", "企业目前面临的主要困难"),
            ("请问您是否参加过职业技能培训？", "是否参加过职业技能培训"),
            ("您居住的街道（镇）", "居住的街道（镇）"),
            ("您愿意参加志愿服务吗？", "是否愿意参加志愿服务"),
            ("您对改进服务的建议", "对改进服务的建议"),
            ("与去年相比，您的收入变化情况是", "与去年相比，收入变化情况"),
            ("您最常见到的不文明行为", "最常见到的不文明行为"),
        ] {
            assert_eq!(lexicon().naming.name(question).as_deref(), Some(name), "{question}");
        }
        for title in
            ["企业名称", "是否规模以上", "营业收入（万元）", "满意度得分", "街道（镇）", "您？", "人均可支配收入"]
        {
            assert_eq!(lexicon().naming.name(title), None, "{title}");
        }
    }
}
