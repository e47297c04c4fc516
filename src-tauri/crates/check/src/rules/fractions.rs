//! K01: percentages that are a part of a whole (占…, …率), recomputed from the counts that the words bind to them.
//!
//! Every reading of a percentage is a part and a whole. Each costs as much as its words bind it loosely: nothing when
//! the words name it, more for every count that lies between. If a cheap reading makes the percentage, it is right.
//! If none does, the cheapest accuses when its words bind it for certain; a looser one does only when it alone is off
//! by the slip of one digit.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use super::readings::{
    AGAINST, LOOSE, NEAR, TIGHT, Term, bare, bracket_after, bracket_before, core, label, money, named, one, operand,
    pick, slip, sum, terms,
};
use super::{Sink, Verdict, exact, percent};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// Shares that make a list.
const LIST: usize = 4;

/// The shares of a text that are settled, for the rules that go on from them.
pub(super) struct Shares {
    names: Names,
    bases: BTreeMap<usize, Term>,
}

pub(super) fn run(sink: &mut Sink<'_>) -> Shares {
    let names = Names::read(sink);
    let mut bases: BTreeMap<usize, Term> = BTreeMap::new();
    let mut open = Vec::new();
    for at in 0..sink.reading.nums.len() {
        let Some(share) = Share::read(sink, at) else { continue };
        let readings = readings(sink, &share, &names, &bases);
        let limit = if sink.num(at).places == 0 { NEAR } else { LOOSE };
        let cost = |(part, whole): &(Term, Term)| part.cost + whole.cost;
        let hit = readings
            .iter()
            .filter(|(part, whole)| {
                let cost = part.cost + whole.cost;
                cost <= limit && share.made_by(sink, part, whole) && (cost <= 2 || tied(sink, &share, part, whole))
            })
            .min_by_key(|reading| cost(reading));
        // A loose reading that makes it by chance, beside a tight one that is off by a slip.
        let chance = hit.is_some_and(|hit| {
            cost(hit) > TIGHT + 1
                && readings.iter().any(|reading| {
                    let (part, whole) = reading;
                    cost(reading) <= TIGHT
                        && cost(reading) + 2 <= cost(hit)
                        && tied(sink, &share, part, whole)
                        && slip(sink, at, &value(part, whole))
                })
        });
        let hit = hit.filter(|_| !chance);
        if let Some((part, whole)) = hit {
            let note = format!("{}÷{}={}", terms(sink, part), terms(sink, whole), sink.shown(at));
            sink.confirm(&[at], &note);
            sink.confirm(&part.nums, &note);
            sink.confirm(&whole.nums, &note);
            bases.insert(at, whole.clone());
        } else if !readings.is_empty() {
            open.push(share);
        }
    }
    let mut charges: Vec<(Share, Term, Term)> = Vec::new();
    for share in open {
        if sink.accused[share.at] {
            continue;
        }
        let readings = readings(sink, &share, &names, &bases);
        if let Some((part, whole)) = choose(sink, &share, &readings, &bases) {
            charges.push((share, part, whole));
        }
    }
    // A whole under which a list of shares is far out throughout is not theirs: one slips, not all.
    let mut far: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (share, part, whole) in &charges {
        let (value, printed) = (value(part, whole) * q(10), &sink.num(share.at).value);
        if value > printed * q(11) || value < printed * q(9) {
            *far.entry(whole.nums.clone()).or_default() += 1;
        }
    }
    for (share, part, whole) in charges {
        if whole.nums.is_empty() || far.get(&whole.nums).is_none_or(|n| *n < LIST) {
            accuse(sink, &share, &part, &whole);
        }
    }
    truncated(sink);
    Shares { names, bases }
}

/// What a rough share can be: a part, a whole, and what they make.
pub(super) struct Reading {
    pub part: Term,
    pub whole: Term,
    pub share: Span,
    /// Whether part and whole are what the words name.
    pub tied: bool,
}

/// The readings of a share told in round words.
pub(super) fn rough(sink: &Sink<'_>, at: usize, known: &Shares) -> Vec<Reading> {
    let Some(share) = Share::read_as(sink, at, true) else { return Vec::new() };
    readings(sink, &share, &known.names, &known.bases)
        .into_iter()
        .filter(|(_, whole)| whole.nums.len() < 3 || known.bases.values().any(|base| base.nums == whole.nums))
        .filter_map(|(part, whole)| {
            let quotient = part.span.over(&whole.span)?.times(&q(100));
            let tied = tied(sink, &share, &part, &whole);
            Some(Reading { part, whole, share: quotient, tied })
        })
        .collect()
}

/// Shares that are all cut off rather than rounded are one matter of form, not many errors.
fn truncated(sink: &mut Sink<'_>) {
    let cut: Vec<usize> = (0..sink.findings.len()).filter(|at| sink.findings[*at].rule == "K23").collect();
    if cut.len() < 3 {
        return;
    }
    let first = &mut sink.findings[cut[0]];
    first.severity = Severity::Hint;
    first.reason = format!("{}；全文有{}处占比只截取而未四舍五入，宜统一", first.reason, cut.len());
    let mut place = 0;
    sink.findings.retain(|_| {
        place += 1;
        !cut[1..].contains(&(place - 1))
    });
}

/// Every count of the text by what it counts.
struct Names {
    counts: Vec<(usize, String)>,
    /// 有效问卷403份
    valid: Vec<usize>,
}

impl Names {
    fn read(sink: &Sink<'_>) -> Names {
        let counts = (0..sink.reading.nums.len())
            .filter(|at| operand(sink, *at) && sink.claim(*at).own)
            .map(|at| (at, bare(&sink.claim(at).noun)))
            .filter(|(_, name)| name.chars().count() >= 2)
            .collect();
        let valid = (0..sink.reading.nums.len())
            .filter(|at| operand(sink, *at) && label(sink, *at).contains("有效") && sink.num(*at).unit.is_counter())
            .collect();
        Names { counts, valid }
    }

    fn surveyed(&self, before: usize) -> Option<usize> {
        self.valid[..self.valid.partition_point(|at| *at < before)].last().copied()
    }

    /// The last counts before a place that are called so.
    fn called(&self, name: &str, before: usize) -> impl Iterator<Item = usize> + '_ {
        let name = bare(name);
        let end = self.counts.partition_point(|(at, _)| *at < before);
        self.counts[end.saturating_sub(300)..end]
            .iter()
            .rev()
            .filter(move |(_, noun)| *noun == name || name.chars().count() > 2 && noun.ends_with(&name))
            .map(|(at, _)| *at)
            .take(2)
    }
}

/// A percentage with what it says.
struct Share {
    at: usize,
    /// What the part is called; empty when it is the count before.
    subject: String,
    /// What the whole is called; empty when the words leave it open.
    whole: String,
    /// The share of a mean in a mean: 人均药材收入占人均可支配收入的.
    mean: bool,
    /// The whole is that of a place or a time and need not be the nearest: 占全市的.
    wide: bool,
    /// …率: the subject is the last words before 率.
    rate: bool,
    /// The count that 分别 aligns it with.
    aligned: Option<usize>,
}

/// Percentages that are no part of a whole, or of one that is not counted in the text.
const OTHER: [&str; 58] = [
    "占有率",
    "溢价率",
    "折价率",
    "换手率",
    "晋级率",
    "假定",
    "假设",
    "盖度",
    "普及率",
    "知晓率",
    "增长率",
    "利率",
    "税率",
    "贡献",
    "手续费率",
    "保险费率",
    "汇率",
    "增值率",
    "毛利率",
    "收益率",
    "失业率",
    "指数",
    "增速",
    "涨幅",
    "降幅",
    "增幅",
    "价格",
    "CPI",
    "PMI",
    "概率",
    "权重",
    "误差",
    "湿度",
    "浓度",
    "坡度",
    "死亡率",
    "出生率",
    "自然增长",
    "毛入学",
    "GDP",
    "系数",
    "补助比例",
    "补贴比例",
    "报销比例",
    "支付比例",
    "分成",
    "首付",
    "提成",
    "折扣",
    "饱和度",
    "置信",
    "序时",
    "低于",
    "高于",
    "快于",
    "慢于",
    "领先",
    "落后",
];

impl Share {
    fn read(sink: &Sink<'_>, at: usize) -> Option<Share> {
        Share::read_as(sink, at, false)
    }

    fn read_as(sink: &Sink<'_>, at: usize, rough: bool) -> Option<Share> {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !num.percent()
            || (num.spoken || !exact(num)) != rough
            || num.garbled.is_some()
            || claim.prior
            || claim.future && !clause_words(sink, at).contains("完成")
            || !num.value.is_positive()
            || num.unit.name == "‰"
            || !sink.reading.is_prose(claim.part)
            || OTHER.iter().any(|word| claim.before.contains(word))
        {
            return None;
        }
        let run = super::shares::aligned_with(sink, at);
        let aligned = run.as_ref().map(|run| run.count);
        if aligned.is_some() && OTHER.iter().any(|word| run_words(sink, at).contains(word)) {
            return None;
        }
        let named = run.map(|run| run.name).unwrap_or_default();
        let joined = matches!(claim.before.as_str(), "、" | "和" | "及" | "以及" | "与");
        if aligned.is_none() && (joined || claim.before.contains("分别")) {
            return None;
        }
        let own = if claim.own { claim.noun.clone() } else { String::new() };
        // 占60岁以上人口的2.2%: a name with a number in it.
        if !claim.before.contains('占') && claim.before.ends_with('的') && aligned.is_none() {
            let words = clause_words(sink, at);
            let told = words.rsplit_once('占').filter(|(_, whole)| whole.chars().count() <= 20);
            if let Some((subject, whole)) = told
                && whole.contains(|c: char| c.is_ascii_digit())
                && sink.claim(at.saturating_sub(1)).role != Role::Whole
            {
                let (wide, whole) = scope_cut(&core(whole.trim_end_matches('的')));
                let subject = vague(&noun_of(subject));
                return Some(Share { at, subject, whole, wide, rate: false, mean: false, aligned });
            }
        }
        // 分别占建议、提案总数的…: each has a whole of its own; 占同期总额的: it is not in the text.
        if let Role::Share(whole) = &claim.role
            && (aligned.is_some() && whole.contains('、')
                || whole.contains("同期") && core(whole).trim_start_matches("分别").chars().count() < 2)
        {
            return None;
        }
        let plain = |subject: String, whole: String, rate: bool| {
            // 村委会成员中女性占…: the whole is told with the part.
            let (subject, whole) = match subject.split_once('中') {
                Some((all, part))
                    if whole.is_empty()
                        && aligned.is_none()
                        && all.chars().count() >= 2
                        && !all.ends_with(['集', '其', '初', '高', '空', '途', '期', '年', '城'])
                        && !part.is_empty()
                        && !part.starts_with([
                            '心', '小', '国', '央', '等', '药', '医', '学', '期', '层', '部', '西', '东', '青', '老',
                            '专', '职', '标', '型', '介', '低', '高', '型', '外',
                        ]) =>
                {
                    (part.to_owned(), core(all))
                }
                _ => (subject, whole),
            };
            // 夜间事故中，疲劳驾驶引发的占…: what the sentence speaks of.
            let whole = if whole.is_empty() && aligned.is_none() && !rate { spoken_of(sink, at) } else { whole };
            let (wide, whole) = scope_cut(&whole);
            let mean = aligned.is_none() && !rate && of_means(sink, at);
            Some(Share { at, subject, whole, wide, rate, mean, aligned })
        };
        // 85.5%（318/372）, 72.0%（168个村中121个）: the bracket holds both.
        if aligned.is_none() && fraction(sink, at).is_some() {
            return plain(String::new(), String::new(), false);
        }
        // 93.66万瓶（15%+）, （-3.2%）: the sign of growth.
        let (before, after) = (num.start.checked_sub(1), num.end);
        let signed =
            |place: Option<usize>| place.is_some_and(|at| matches!(sink.reading.chars.get(at), Some('+' | '-')));
        if claim.depth > 0 && (signed(before) || signed(Some(after)) || signed(Some(num.start))) {
            return None;
        }
        // 非重点人群签约率: of those that the text need not count.
        if own.starts_with('非') && own.ends_with('率') {
            return None;
        }
        if aligned.is_some() && named.ends_with('率') {
            return plain(named, String::new(), true);
        }
        match &claim.role {
            Role::Share(whole) => {
                let subject = if aligned.is_some() { String::new() } else { vague(&own) };
                let rate = subject.ends_with('率');
                plain(subject, core(&whole.replace("分别", "").replace("依次", "")), rate)
            }
            // 分别偏多27.9%和19.2%
            Role::Level
                if aligned.is_some()
                    && ["偏", "增", "降", "涨", "跌", "升", "高", "低", "快", "慢", "利用", "使用"]
                        .iter()
                        .any(|word| run_words(sink, at).contains(word)) =>
            {
                None
            }
            Role::Level if aligned.is_some() => plain(String::new(), String::new(), false),
            // 256家（37.6%）, but not 上年同期（9.4%）
            Role::Level if claim.depth > 0 && claim.before.is_empty() => {
                let beside = at > 0
                    && operand(sink, at - 1)
                    && sink.num(at - 1).end + 1 == num.start
                    && sink.claim(at - 1).depth + 1 == claim.depth;
                if beside { plain(String::new(), String::new(), false) } else { None }
            }
            Role::Level => {
                let bare = claim.before.trim_end_matches(['为', '达', '到', '是', '约', '仅', '：']);
                if bare.ends_with("完成") {
                    return plain(String::new(), String::new(), false);
                }
                if bare.is_empty() {
                    // 占比最高，为34.0%
                    let lead = sink.reading.norm(claim.before_start.saturating_sub(30)..claim.before_start);
                    let lead = lead.trim_end_matches(['，', ' ']);
                    let clause = lead.rsplit(['，', '；', '。', '：', '、']).next().unwrap_or("");
                    let at = clause.find("占比").or_else(|| clause.find("比重"))?;
                    return plain(vague(&noun_of(&clause[..at])), String::new(), false);
                }
                let bare = bare.trim_end_matches(['均', '高', '分', '别', '已', '就']);
                let rate = ["率", "面", "强度", "密度", "比例", "比", "度"].iter().any(|end| bare.ends_with(end));
                if rate { plain(bare.to_owned(), String::new(), true) } else { None }
            }
            _ => None,
        }
    }

    /// The words that the part of a rate should have: 合格 of 合格率.
    fn stem(&self) -> String {
        let words = ["比例", "强度", "密度", "度", "率", "面", "比"]
            .iter()
            .find_map(|end| self.subject.strip_suffix(end))
            .unwrap_or(&self.subject);
        // 整改完成率 asks for what is 整改.
        let words = ["完成", "到位", "落实"]
            .iter()
            .find_map(|tail| words.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2))
            .unwrap_or(words);
        let chars: Vec<char> = words.chars().collect();
        chars[chars.len().saturating_sub(2)..].iter().collect()
    }

    /// Whether a count is of what the rate leaves out: 不合格 of 合格率.
    fn denied_by(&self, sink: &Sink<'_>, at: usize) -> bool {
        let stem = self.stem();
        let label = label(sink, at);
        self.rate
            && stem.chars().count() >= 2
            && ["不", "未"]
                .iter()
                .map(|no| format!("{no}{stem}"))
                .any(|denial| label.contains(&denial) && !self.subject.contains(&denial))
    }

    fn made_by(&self, sink: &Sink<'_>, part: &Term, whole: &Term) -> bool {
        let Some(value) = part.span.over(&whole.span).map(|span| span.times(&q(100))) else { return false };
        let printed = &sink.num(self.at).span;
        let rest = Span::point(q(100)).minus(&value);
        value.meets(printed)
            || ["不", "未", "非", "空置", "失", "缺", "损", "差率"].iter().any(|word| self.subject.contains(word))
                && rest.meets(printed)
    }
}

/// The words at the head of a run of percentages.
fn run_words(sink: &Sink<'_>, at: usize) -> String {
    sink.claim(super::shares::run_of(sink, at).start).before.clone()
}

/// All words of the clause before a number, other numbers among them.
fn clause_words(sink: &Sink<'_>, at: usize) -> String {
    let clause = sink.claim(at).clause;
    let first = (0..at).rev().take(6).take_while(|other| sink.claim(*other).clause == clause).last().unwrap_or(at);
    let start = sink.claim(first).before_start.min(sink.num(at).start);
    sink.reading.norm(start..sink.num(at).start)
}

/// Whether a count is an average over people, households or areas.
fn averaged(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && num.garbled.is_none()
        && !num.spoken
        && !num.unit.dim.is_empty()
        && num.value.is_positive()
        && matches!(claim.role, Role::Level | Role::To | Role::Whole | Role::Base)
        && ["人均", "户均", "亩均", "生均", "月均", "次均"].iter().any(|word| claim.before.contains(word))
}

/// Whether the count right before a share is an average.
fn of_means(sink: &Sink<'_>, at: usize) -> bool {
    let first = sink.reading.sentences[sink.claim(at).sentence].nums.start;
    (first..at).rev().find(|other| sink.num(*other).is_level()).is_some_and(|other| averaged(sink, other))
}

/// A count that can be a part or a whole of a share.
fn counts(sink: &Sink<'_>, share: &Share, at: usize) -> bool {
    let bracket = sink.claim(at).depth > sink.claim(share.at).depth && sink.num(at).unit.scaled;
    if share.mean {
        averaged(sink, at)
    } else {
        operand(sink, at) || bracket && bracket_after(sink, share.at).contains(&at)
    }
}

/// Words of what is to be done, and so not of what is done: 任务, 应到位.
fn planned(sink: &Sink<'_>, at: usize) -> bool {
    let label = label(sink, at);
    let words = label.trim_start_matches("其中");
    const OWED: [&str; 12] =
        ["应到", "应收", "应缴", "应检", "应参", "应完成", "应享", "应配", "应发", "应还", "应办", "应整改"];
    ["任务", "计划", "目标", "应", "定额", "核定"].iter().any(|word| words.starts_with(word))
        || OWED.iter().any(|word| words.contains(word))
        || ["任务", "目标"].iter().any(|word| words.ends_with(word))
}

/// What a sentence says that it speaks of, before a share and without a number: 夜间事故中，….
fn spoken_of(sink: &Sink<'_>, at: usize) -> String {
    let start = sink.reading.sentences[sink.claim(at).sentence].range.start;
    let words = sink.reading.norm(start.max(sink.num(at).start.saturating_sub(120))..sink.num(at).start);
    let words = words.rsplit('；').next().unwrap_or("");
    let Some(end) = words.rfind("中，").filter(|end| !words[..*end].ends_with('其')) else { return String::new() };
    let clause = words[..end].rsplit(['，', '：', '。']).next().unwrap_or("");
    let name = core(&noun_of(clause.trim()));
    let plain = name.chars().count() >= 3 && !name.contains(|c: char| c.is_ascii_digit());
    if plain && !name.contains(crate::claims::DATE) { name } else { String::new() }
}

/// Cuts the words of place and time from the name of a whole, and says whether there were any: 全市进出口, 上半年.
fn scope_cut(whole: &str) -> (bool, String) {
    const WIDE: [&str; 26] = [
        "全市",
        "全县",
        "全区",
        "全镇",
        "全乡",
        "全村",
        "全州",
        "全旗",
        "全校",
        "全院",
        "全行业",
        "全社会",
        "全体",
        "全部",
        "我市",
        "我县",
        "我区",
        "全年",
        "上半年",
        "下半年",
        "前三季度",
        "一季度",
        "当月",
        "本月",
        "当季",
        "当年",
    ];
    let mut rest = whole;
    while let Some(shorter) = WIDE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter.trim_start_matches('的');
    }
    (rest.len() < whole.len(), rest.to_owned())
}

/// The part and the whole that a bracket behind a share holds as a fraction, or as 168个村中121个.
fn fraction(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let (a, b) = (at + 1, at + 2);
    if sink.reading.chars.get(sink.num(at).end) != Some(&'（') || b >= sink.reading.nums.len() {
        return None;
    }
    let inside = |other: usize| {
        let num = sink.num(other);
        sink.claim(other).depth == sink.claim(at).depth + 1
            && sink.claim(other).sentence == sink.claim(at).sentence
            && num.is_level()
            && exact(num)
            && num.garbled.is_none()
            && num.value.is_positive()
    };
    let closed = sink.claim(b).depth > sink.claim(at).depth
        && sink.reading.nums.get(b + 1).is_none_or(|_| sink.claim(b + 1).depth <= sink.claim(at).depth);
    if !inside(a) || !inside(b) || !closed || sink.num(a).start > sink.num(at).end + 8 {
        return None;
    }
    let between = sink.reading.norm(sink.num(a).end..sink.num(b).start);
    let same = sink.num(a).unit.dim == sink.num(b).unit.dim;
    if matches!(between.trim(), "/" | "÷") && same && sink.num(a).start == sink.num(at).end + 1 {
        Some((a, b))
    } else if between.contains('中') && !between.contains("其中") && same && sink.num(b).value <= sink.num(a).value {
        Some((b, a))
    } else {
        None
    }
}

/// 300家企业中，: a count whose words open what follows as its parts.
fn opens(sink: &Sink<'_>, at: usize) -> bool {
    let after = &sink.claim(at).after;
    let after = after.trim_end_matches(['有', '已', '，']);
    after.starts_with('中') && !after.starts_with("中心")
        || after.ends_with('中') && !after.ends_with("其中") && after.chars().count() <= 14
}

/// The number of things that a share takes together: 三个行业合计占, 前五位合计占.
fn together_of(words: &str) -> Option<usize> {
    let end = ["合计", "共占", "之和", "总占", "合占", "共计"].iter().filter_map(|word| words.find(word)).min()?;
    let words: Vec<char> = words[..end].chars().collect();
    words
        .iter()
        .rev()
        .take(10)
        .find_map(|c| {
            "零一两三四五六七八九十"
                .chars()
                .position(|digit| digit == *c)
                .or_else(|| (*c == '二').then_some(2))
                .or_else(|| c.to_digit(10).map(|digit| digit as usize))
        })
        .filter(|count| *count >= 2)
}

/// Words that say nothing of what is counted.
fn vague(subject: &str) -> String {
    const VAGUE: [&str; 22] = [
        "比例",
        "比重",
        "合计",
        "分别",
        "数量",
        "人数",
        "户数",
        "面积",
        "金额",
        "总量",
        "平均",
        "所",
        "其",
        "均",
        "两者",
        "三者",
        "二者",
        "大多数",
        "约",
        "仅",
        "总体",
        "依次",
    ];
    let mut words = subject.trim_end_matches("合计").trim_end_matches("的").to_owned();
    for tail in ["数量", "数", "合计", "比例"] {
        if let Some(rest) = words.strip_suffix(tail)
            && rest.chars().count() >= 2
        {
            words = rest.to_owned();
        }
    }
    if VAGUE.contains(&words.as_str()) { String::new() } else { words }
}

/// Counts that can be part and whole of one another: of one dimension, or of two ways to count heads.
fn alike(sink: &Sink<'_>, a: usize, b: usize) -> Option<u32> {
    let family = |dim: &str| match dim {
        "coal" => "mass".to_owned(),
        "visit" => "person".to_owned(),
        "bird" => "head".to_owned(),
        "orgvisit" => "org".to_owned(),
        // 124艘次 of 艘
        other => other.trim_end_matches("use").to_owned(),
    };
    let (one, two) = (&sink.num(a).unit, &sink.num(b).unit);
    let bare = |unit: &crate::units::Unit| unit.dim.is_empty() && unit.scaled;
    if one.dim == two.dim || bare(one) && two.is_counter() || bare(two) && one.is_counter() {
        Some(0)
    } else if family(&one.dim) == family(&two.dim) {
        Some(1)
    } else if one.is_counter() && two.is_counter() {
        // A questionnaire stands for whoever answered it.
        Some(if one.dim == "copy" || two.dim == "copy" { 1 } else { AGAINST })
    } else {
        None
    }
}

/// All readings of a share with their costs.
fn readings(sink: &Sink<'_>, share: &Share, names: &Names, bases: &BTreeMap<usize, Term>) -> Vec<(Term, Term)> {
    if share.aligned.is_none()
        && let Some((part, whole)) = fraction(sink, share.at)
    {
        return vec![(one(sink, part, 0), one(sink, whole, 0))];
    }
    let mut all = Vec::new();
    // A damaged number right before may be the part.
    if share.at > 0
        && sink.num(share.at - 1).garbled.is_some()
        && sink.claim(share.at - 1).part == sink.claim(share.at).part
    {
        return all;
    }
    let bracket = bracket_after(sink, share.at);
    let inner = bracket_before(sink, share.at);
    for part in parts(sink, share, &bracket, &inner) {
        for whole in wholes(sink, share, &part, &bracket, &inner, names, bases) {
            if whole.nums.iter().any(|at| part.nums.contains(at)) && whole.nums.len() <= part.nums.len() {
                continue;
            }
            // 抽检120份，不合格6份，合格率: the rest of the whole is the part.
            if part.nums.len() == 1 && share.denied_by(sink, part.nums[0]) {
                let rest = Term { span: whole.span.minus(&part.span), ..part.clone() };
                all.push((rest, whole));
            } else if part.span.lo <= whole.span.hi || over_one(sink, share) {
                all.push((part.clone(), whole));
            }
        }
    }
    all
}

/// Rates of what was planned may pass one hundred percent.
fn over_one(sink: &Sink<'_>, share: &Share) -> bool {
    let words = clause_words(sink, share.at);
    sink.num(share.at).value > q(100)
        || ["完成", "相当", "恢复", "为上年", "是上年"].iter().any(|word| words.contains(word))
}

fn parts(sink: &Sink<'_>, share: &Share, bracket: &[usize], inner: &[usize]) -> Vec<Term> {
    let claim = sink.claim(share.at);
    let sentence = &sink.reading.sentences[claim.sentence];
    if let Some(count) = share.aligned {
        return vec![one(sink, count, if share.rate || run_words(sink, share.at).contains('率') { 2 } else { 0 })];
    }
    let mut found = Vec::new();
    // A bracket with one count holds the part, unless its words say that it is the whole; with two it holds both.
    for at in bracket {
        let whole = bracket.len() == 1 && says_whole(sink, *at);
        found.push(one(sink, *at, if whole { AGAINST } else { 0 }));
    }
    let bound_by_bracket = !found.is_empty() && found.iter().any(|term| term.cost == 0);
    for at in inner {
        let words = sink.reading.norm(sink.num(*at).end..sink.num(share.at).start);
        found.push(one(sink, *at, if words.contains('占') { 0 } else { 2 }));
    }
    // What the count of a part is called costs nothing; each count between costs one.
    let stem = share.stem();
    let judge = |at: usize| -> Option<u32> {
        if share.subject.is_empty() {
            return None;
        }
        if share.denied_by(sink, at) {
            return Some(1);
        }
        if share.rate {
            named(sink, at, &stem).or_else(|| named(sink, at, &share.subject).map(|_| 1))
        } else {
            named(sink, at, &share.subject)
        }
    };
    let floor = sentence.nums.start.max(share.at.saturating_sub(40));
    let levels: Vec<usize> = (floor..share.at)
        .rev()
        .filter(|at| {
            counts(sink, share, *at)
                && sink.claim(*at).depth <= claim.depth
                && sink.claim(*at).role != Role::Whole
                && sink.claim(*at).role != Role::Base
        })
        .collect();
    let together = ["合计", "两者", "三者", "二者", "共占", "合占"].iter().any(|word| claim.before.contains(word));
    // 归侨侨眷合计约13万人，占: it is of what is told right before, of which only so much is known.
    let rough = share.subject.is_empty() && levels.first().is_some_and(|at| !exact(sink.num(*at)));
    let any_named = !share.rate && levels.iter().any(|at| judge(*at) == Some(0));
    for (rank, at) in levels.iter().take(10).enumerate() {
        let shares = (at + 1..share.at)
            .filter(|other| matches!(sink.claim(*other).role, Role::Share(_)) && sink.num(*other).percent())
            .count() as u32;
        // What is still to be done does not count between.
        let aside = |at: usize| share.rate && (pending(sink, at) && !pending_word(&share.subject) || planned(sink, at));
        let far = levels[..rank].iter().filter(|at| !aside(**at)).count() as u32;
        let segment = u32::from(sink.claim(*at).segment != claim.segment);
        let cost = if share.subject.is_empty() {
            far + shares + segment
        } else {
            match judge(*at) {
                Some(0) if share.rate => far.min(2) + segment,
                Some(0) => (0..rank).filter(|other| judge(levels[*other]) == Some(0)).count() as u32,
                Some(_) if share.rate => far,
                Some(_) => 1 + far,
                None if share.rate => 1 + far + shares + segment,
                None => AGAINST + 1 + far,
            }
        };
        let cost = cost
            + u32::from(any_named && judge(*at) != Some(0))
            + if together || bound_by_bracket && bracket.len() > 1 { AGAINST } else { 0 }
            + u32::from(bound_by_bracket)
            + u32::from(rough && rank > 0) * AGAINST
            // 已整改96个，正在整改17个，整改率: what is still under way is not the part.
            // 应到位6.2亿元，实到3.8亿元，到位率: nor is what was planned.
            + u32::from(aside(*at)) * AGAINST;
        if cost <= LOOSE {
            found.push(one(sink, *at, cost));
        }
    }
    // Several counts of a run together: 合计占, A类和B类占.
    let run: Vec<usize> = levels
        .iter()
        .copied()
        .take_while(|at| sink.num(*at).unit.dim == sink.num(levels[0]).unit.dim)
        .take(8)
        .collect();
    let clause = |at: usize| sink.claim(at).clause;
    let joined = run.iter().take_while(|at| clause(**at) == clause(run[0])).count();
    let run: Vec<usize> = if joined >= 3 && !together { run[..joined].to_vec() } else { run };
    let one_clause = joined >= 3;
    for count in 2..=run.len() {
        for from in 0..=run.len() - count {
            let nums: Vec<usize> = run[from..from + count].iter().rev().copied().collect();
            let labels = !share.subject.is_empty() && nums.iter().all(|at| called(sink, *at, &share.subject));
            let cost = match (together, from, labels) {
                (_, _, true) => {
                    u32::from(count < run.len() && called(sink, run[(from + count).min(run.len() - 1)], &share.subject))
                }
                (true, 0, _) => u32::from(count < run.len()) * 2,
                (true, _, _) => 3,
                (false, 0, _) if share.subject.is_empty() && one_clause && count == run.len() => 0,
                (false, 0, _) if share.subject.is_empty() => 3,
                _ => AGAINST + 1,
            };
            let cost = cost + if bound_by_bracket { AGAINST } else { 0 };
            if cost <= LOOSE {
                found.push(sum(sink, &nums, cost));
            }
        }
    }
    // 林地、草地、湿地合计占; 优良率 of 优秀 and 良好; 满意率 of all that are 满意.
    let exactly = |at: &usize, name: &str| {
        sink.claim(*at).own && sink.claim(*at).noun == name || label(sink, *at).contains(&format!("“{name}”"))
    };
    let labelled = |at: &usize, name: &str| {
        let words = sink
            .reading
            .norm(sink.claim(*at).before_start.max(sink.num(*at).start.saturating_sub(16))..sink.num(*at).start);
        sink.claim(*at).noun.starts_with(name) || words.contains(name)
    };
    let words = sink.reading.norm(claim.before_start..sink.num(share.at).start);
    let inside = words.rsplit_once('（').and_then(|(_, rest)| rest.split_once('）')).map_or("", |(inside, _)| inside);
    let inside = inside.trim_end_matches("之和").trim_end_matches("合计").replace(['“', '”'], "");
    let explained: Vec<&str> =
        inside.split(['、', '和', '及', '与', '+']).map(str::trim).filter(|w| !w.is_empty()).collect();
    let pieces: Vec<&str> = if share.rate {
        Vec::new()
    } else {
        share.subject.split(['、', '和', '及', '与']).map(str::trim).collect()
    };
    let mut several: Vec<usize> = Vec::new();
    if pieces.len() >= 2 && pieces.iter().all(|piece| !piece.is_empty()) {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let reach: Vec<usize> = (first..share.at).rev().filter(|at| operand(sink, *at)).collect();
        several = pieces
            .iter()
            .filter_map(|piece| {
                let bound = reach.iter().copied().find(|at| exactly(at, piece));
                bound.or_else(|| reach.iter().copied().find(|at| labelled(at, piece)))
            })
            .collect();
        several.dedup();
        if several.len() < pieces.len() {
            several.clear();
        }
    } else if share.rate && explained.len() >= 2 {
        // 好评率（好和较好）: the bracket says what the rate takes together.
        several = explained
            .iter()
            .filter_map(|piece| {
                let bound = levels.iter().copied().find(|at| exactly(at, piece));
                bound.or_else(|| levels.iter().copied().find(|at| labelled(at, piece)))
            })
            .collect();
        several.sort_unstable();
        several.dedup();
        if several.len() == explained.len() {
            found.retain(|term| term.nums.len() > 1);
        } else {
            several.clear();
        }
    } else if share.rate && stem == "优良" {
        several = ["优", "良"]
            .iter()
            .filter_map(|head| levels.iter().copied().find(|at| sink.claim(*at).noun.starts_with(*head)))
            .collect();
    } else if share.rate && matches!(stem.as_str(), "满意" | "了解") {
        several = levels
            .iter()
            .copied()
            .filter(|at| {
                labelled(at, &stem) && !labelled(at, &format!("不{stem}")) && !labelled(at, &format!("不太{stem}"))
            })
            .collect();
    }
    // 24个村中有9个村年收入低于5万元，占: the count right after the one that opens.
    for at in floor.max(sentence.nums.start)..share.at.saturating_sub(1) {
        let part = at + 1;
        let near = operand(sink, at) && operand(sink, part) && opens(sink, at) && alike(sink, at, part) == Some(0);
        let alone = (part + 1..share.at).all(|other| !sink.num(other).percent());
        if near && alone && share.subject.is_empty() && claim.clause <= sink.claim(part).clause + 3 && part < share.at {
            found.push(one(sink, part, 0));
        }
    }
    if several.len() >= 2 {
        if pieces.len() >= 2 {
            found.retain(|term| term.nums.len() > 1);
        }
        found.push(sum(sink, &several, 0));
    }
    // 硕士以上占, 高级工及以上占: the list from there to either end.
    let head = claim.before.split('占').next().unwrap_or("").trim_end_matches(['的', '者', '人']);
    let head = head.strip_suffix("学历").or_else(|| head.strip_suffix("职称")).unwrap_or(head);
    if let Some(edge) = ["及以上", "以上", "及以下", "以下"]
        .iter()
        .find_map(|tail| head.strip_suffix(tail))
        .map(noun_of)
        .filter(|edge| edge.chars().count() >= 2 && !edge.contains(|c: char| c.is_ascii_digit()))
    {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let place = (first..share.at).rev().find(|at| operand(sink, *at) && labelled(at, &edge));
        let list: Vec<usize> = place.map_or(Vec::new(), |place| {
            let like = |at: &usize| {
                operand(sink, *at)
                    && sink.num(*at).unit.dim == sink.num(place).unit.dim
                    && sink.claim(*at).segment == sink.claim(place).segment
                    && sink.claim(*at).depth == sink.claim(place).depth
            };
            let joined = |at: &usize| sink.reading.norm(sink.num(*at).end..sink.num(*at).end + 1) == "、";
            let mut list: Vec<usize> = (first..place).rev().filter(like).take_while(joined).take(9).collect();
            list.reverse();
            list.push(place);
            let mut last = place;
            while joined(&last) && last + 1 < share.at && like(&(last + 1)) {
                last += 1;
                list.push(last);
            }
            list
        });
        if let Some(at) =
            place.and_then(|place| list.iter().position(|other| *other == place)).filter(|_| list.len() > 1)
        {
            found.retain(|term| term.nums.len() > 1);
            // Which end is the upper one the list does not say.
            for nums in [&list[..=at], &list[at..]] {
                found.push(sum(sink, nums, 2));
            }
        }
    }
    // 三个行业合计占, 前五位合计占: so many counts of the list before.
    if let Some(count) = together_of(&clause_words(sink, share.at)) {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let told: Vec<usize> = (first..share.at)
            .rev()
            .filter(|at| {
                operand(sink, *at)
                    && sink.claim(*at).role == Role::Level
                    && sink.claim(*at).own
                    && (sink.claim(*at).depth <= claim.depth || sink.claim(*at).before.is_empty())
            })
            .collect();
        let list: Vec<usize> = told
            .iter()
            .copied()
            .take_while(|at| {
                sink.num(*at).unit.dim == sink.num(told[0]).unit.dim
                    && sink.claim(*at).sentence == sink.claim(told[0]).sentence
            })
            .collect();
        if list.len() >= count {
            let mut order: Vec<usize> = list.iter().rev().copied().collect();
            let rest = order[1..].iter().fold(Q::zero(), |sum, at| sum + &sink.num(*at).value);
            if order.len() > count && sink.num(order[0]).value.clone() * q(10) >= rest * q(9) {
                order.remove(0);
            }
            let first = clause_words(sink, share.at).contains('前');
            let nums = if first { order[..count].to_vec() } else { order[order.len() - count..].to_vec() };
            found.retain(|term| term.nums.len() > 1);
            found.push(sum(sink, &nums, u32::from(list.len() > count + 1)));
        }
    }
    // The part may be counted in a sentence before: 地方储备占库存总量的57.1%.
    if !share.subject.is_empty() && !any_named {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(60));
        let earlier: Vec<usize> = (first..sentence.nums.start)
            .rev()
            .filter(|at| operand(sink, *at) && sink.claim(*at).role != Role::Whole)
            .collect();
        for at in earlier {
            let far = (claim.sentence - sink.claim(at).sentence) as u32;
            let cost = match judge(at) {
                Some(0) if !share.rate => far.saturating_sub(1).min(2),
                Some(cost) => 1 + cost + far.min(2),
                None => continue,
            };
            found.push(one(sink, at, cost + u32::from(bound_by_bracket) * AGAINST));
        }
    }
    found
}

fn pending_word(words: &str) -> bool {
    ["正在", "未", "尚", "待", "剩余", "逾期", "不"].iter().any(|word| words.contains(word))
}

/// 正在整改17个, 未开工4个: what is not done yet.
fn pending(sink: &Sink<'_>, at: usize) -> bool {
    let label = label(sink, at);
    let words = label.trim_start_matches("其中");
    pending_word(words) && ["正在", "尚未", "未", "待", "剩余", "逾期", "不"].iter().any(|word| words.starts_with(word))
}

/// Whether every one of several counts is named by one subject: 特、一级企业; 公办园和普惠园.
fn called(sink: &Sink<'_>, at: usize, subject: &str) -> bool {
    let noun = &sink.claim(at).noun;
    let head: String = noun.chars().take(2).collect();
    sink.claim(at).own
        && (!money(subject) || sink.num(at).unit.is_money())
        && noun.chars().count() >= 2
        && (subject.contains(noun.as_str()) || subject.contains(&head) && subject.contains(['、', '和', '及', '与']))
}

fn says_whole(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    ["共", "总", "应", "全", "同期", "年末", "交办", "抽", "检", "样本", "参评", "基数", "计划"]
        .iter()
        .any(|word| claim.before.contains(word))
        || claim.after.starts_with('中')
}

#[allow(clippy::too_many_arguments)]
fn wholes(
    sink: &Sink<'_>,
    share: &Share,
    part: &Term,
    bracket: &[usize],
    inner: &[usize],
    names: &Names,
    bases: &BTreeMap<usize, Term>,
) -> Vec<Term> {
    let claim = sink.claim(share.at);
    let (first, last) = (part.nums[0], part.nums[part.nums.len() - 1]);
    let mut found: Vec<Term> = Vec::new();
    let mut add = |term: Term| match found.iter_mut().find(|known| known.nums == term.nums) {
        Some(known) => known.cost = known.cost.min(term.cost),
        None => found.push(term),
    };
    let enough = |at: usize| {
        let over = over_one(sink, share);
        !part.nums.contains(&at) && (over || sink.num(at).value >= part.span.lo)
    };
    let time = |at: usize| {
        let other = sink.claim(at);
        let count = sink.claim(last);
        let year = other.year != count.year && other.year.is_some() && count.year.is_some();
        let planned = ["计划", "目标", "任务", "预算"].iter().any(|word| share.whole.contains(word));
        let aside = other.prior || other.future && !share.rate && !planned || other.role == Role::Base;
        // 对上年查出的214个问题，今年整改203个，整改率: a rate may span times.
        let spans = share.rate && other.sentence == count.sentence;
        let apart = if spans { 0 } else { u32::from(year) * 2 + u32::from(other.period != count.period) };
        apart + u32::from(aside && !spans) * 2
    };
    let base = |at: usize, cost: u32| -> Option<Term> {
        let unit = alike(sink, at, last)?;
        (counts(sink, share, at) && enough(at)).then(|| one(sink, at, cost + unit + time(at)))
    };
    // 占总数198个的87.4%
    let inline = share
        .at
        .checked_sub(1)
        .filter(|below| sink.claim(*below).role == Role::Whole && sink.claim(*below).sentence == claim.sentence);
    if let Some(below) = inline {
        base(below, 0).into_iter().for_each(add);
        return found;
    }
    let in_bracket = bracket.iter().any(|at| part.nums.contains(at));
    for at in bracket {
        let told = says_whole(sink, *at) || in_bracket || bracket.len() == 1;
        let cost = if told { 0 } else { 1 };
        // 火化遗体1.86万具，火化率77.2%（死亡人口2.41万人）: the bracket says it, whatever the counters.
        let counted = alike(sink, *at, last) == Some(AGAINST) && operand(sink, *at) && enough(*at);
        base(*at, cost)
            .map(|term| if counted { Term { cost: cost + 1, ..term } } else { term })
            .into_iter()
            .for_each(&mut add);
    }
    // 合格517份（检测560份），合格率92.3%
    if last < share.at {
        for at in bracket_after(sink, last) {
            base(at, 0).into_iter().for_each(&mut add);
        }
    }
    let fixed =
        bracket.iter().any(|at| says_whole(sink, *at) && !part.nums.contains(at)) || in_bracket && bracket.len() == 2;
    for at in inner {
        base(*at, 0).into_iter().for_each(&mut add);
    }
    let elsewhere = if fixed || !inner.is_empty() { AGAINST } else { 0 };
    // 全部4420套中，老旧住房占比
    let opened = (sink.reading.sentences[claim.sentence].nums.start..share.at)
        .rev()
        .take(16)
        .filter(|at| opens(sink, *at))
        .find_map(|at| base(at, elsewhere));
    let elsewhere = if opened.is_some() && share.whole.is_empty() { LOOSE } else { elsewhere };
    opened.into_iter().for_each(&mut add);
    // 合计503人，共调查850人，占: the whole told between the part and the share.
    for at in last + 1..share.at {
        let told = sink.claim(at).sentence == claim.sentence && sink.claim(at).depth <= claim.depth;
        if told && share.rate && planned(sink, at) {
            base(at, elsewhere).into_iter().for_each(&mut add);
        }
        if told && ["共", "总"].iter().any(|word| sink.claim(at).before.starts_with(word)) {
            base(at, elsewhere + 1).into_iter().for_each(&mut add);
        }
    }
    // The base by which another share of the sentence is right.
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    for other in nums.clone() {
        if other != share.at
            && let Some(term) = bases.get(&other)
            && term.nums.iter().all(|at| enough(*at))
            && alike(sink, term.nums[0], last) == Some(0)
            && share.whole.is_empty()
        {
            let near = sink.claim(other).segment == claim.segment;
            let cost = elsewhere + u32::from(!near) + if share.rate { 2 } else { 0 };
            add(Term { cost, ..term.clone() });
        }
    }
    // The questionnaires of a survey.
    let asked = asks(&share.whole);
    if let Some(at) = names.surveyed(share.at).filter(|_| share.whole.is_empty() || asked) {
        let term = base(at, elsewhere + 2);
        term.map(|term| if asked { Term { cost: elsewhere, ..term } } else { term }).into_iter().for_each(&mut add);
    }
    // The population that the text has reckoned with before.
    for (other, term) in bases.range(share.at.saturating_sub(150)..share.at).rev().take(24) {
        let apart = sink.claim(*other).sentence != claim.sentence;
        if apart
            && share.whole.is_empty()
            && term.nums.iter().all(|at| enough(*at))
            && alike(sink, term.nums[0], last).is_some_and(|unlike| unlike < AGAINST)
        {
            let again = bases.range(other + 1..).take(40).any(|(_, later)| later.nums == term.nums);
            let near = again || sink.claim(*other).part == claim.part;
            add(Term { cost: elsewhere + if near { 2 } else { 3 }, ..term.clone() });
        }
    }
    let place =
        ["全国", "全省", "世界", "全球", "亚洲", "西部", "我国"].iter().find(|place| share.whole.contains(**place));
    if place.is_some() {
        return found;
    }
    let from = sink.reading.part_nums[claim.part.saturating_sub(5)].start.max(share.at.saturating_sub(120));
    let name = share.whole.as_str();
    let whole_name = match &claim.role {
        Role::Share(words) => scope_cut(words).1,
        _ => String::new(),
    };
    if name.chars().count() >= 2 {
        for at in (from..share.at).rev() {
            // 库存总量: called so to the letter.
            let to_the_letter =
                whole_name.chars().count() >= 4 && sink.claim(at).own && sink.claim(at).noun.ends_with(&whole_name);
            if to_the_letter && let Some(term) = base(at, elsewhere + u32::from(sink.claim(at).part != claim.part)) {
                add(term);
            }
            // 在校生 may be more than the 义务教育在校生 that are named.
            // A name of two signs ends many others: 审查起诉 is not 起诉.
            let led =
                |words: &str| words.trim_start_matches(['共', '全', '年', '累', '计', '已', '新']).starts_with(name);
            let short = name.chars().count() == 2
                && bare(&sink.claim(at).noun) != name
                && !led(&label(sink, at))
                && !led(&sink.claim(at).noun);
            let wider = u32::from(short) * 2
                + u32::from(
                    name.chars().count() > bare(&sink.claim(at).noun).chars().count() && sink.claim(at).noun != name,
                );
            if let Some(cost) = named(sink, at, name).map(|cost| cost + wider)
                && let Some(term) = base(at, cost + elsewhere + u32::from(sink.claim(at).part != claim.part))
            {
                add(term);
            }
        }
        // 占会员的52.0%，会员共618人: told right after.
        let last = sink.reading.sentences[claim.sentence].nums.end.min(share.at + 4);
        for at in share.at + 1..last {
            let told =
                sink.claim(at).own && ["共", "总", "为", "有"].iter().any(|word| sink.claim(at).before.contains(word));
            if told && sink.claim(at).clause <= claim.clause + 3 && named(sink, at, name) == Some(0) {
                base(at, elsewhere).into_iter().for_each(&mut add);
            }
        }
        for at in names.called(name, share.at) {
            base(at, elsewhere + 1).into_iter().for_each(&mut add);
        }
    }
    // 受访家长满意率: the words before the rate may name the whole.
    if share.rate && name.is_empty() {
        for at in (from..share.at).rev() {
            let noun = &sink.claim(at).noun;
            if sink.claim(at).own && noun.chars().count() >= 2 && share.subject.contains(noun.as_str()) {
                base(at, elsewhere + u32::from(sink.claim(at).part != claim.part)).into_iter().for_each(&mut add);
            }
        }
    }
    let loose = elsewhere + if name.chars().count() >= 2 { 2 } else { u32::from(share.wide) };
    // The head of the list that the part stands in, then the greater counts before it.
    let sentence = &sink.reading.sentences[sink.claim(last).sentence];
    // 逮捕25人，不捕24人，不捕率48.98%: the two together are the whole, and neither is the whole of the other.
    let stem = share.stem();
    let plain = stem.trim_start_matches(['不', '未', '非']);
    let denied = share.rate && plain.chars().count() < stem.chars().count();
    let opposite = |at: usize| {
        let words = label(sink, at);
        denied
            && words.contains(plain)
            && !["受理", "提请", "共", "总", "检", "查"].iter().any(|word| words.contains(word))
    };
    if denied {
        for at in (sink.reading.part_nums[claim.part].start..share.at).rev().take(24) {
            if opposite(at) && !part.nums.contains(&at) && operand(sink, at) && alike(sink, at, last) == Some(0) {
                let mut nums = part.nums.clone();
                nums.push(at);
                nums.sort_unstable();
                add(sum(sink, &nums, 1));
            }
        }
    }
    for at in [first.checked_sub(1), Some(last + 1)].into_iter().flatten() {
        let pair = share.rate && at < sink.reading.nums.len() && sink.claim(at).sentence == claim.sentence;
        if pair && operand(sink, at) && alike(sink, at, last) == Some(0) && !part.nums.contains(&at) {
            let mut nums = part.nums.clone();
            nums.push(at);
            nums.sort_unstable();
            add(sum(sink, &nums, if opposite(at) { 1 } else { LOOSE - 1 }));
        }
    }
    let mut rank = 0;
    for at in (sentence.nums.start..first).rev().take(24) {
        if base(at, 0).is_none() || sink.claim(at).depth > sink.claim(last).depth.max(claim.depth) {
            continue;
        }
        let between = sink.reading.norm(sink.num(at).end..sink.num(first).start);
        // A count with a share of its own is another part of the same whole.
        let joined = !between.contains(['，', '；', '。', '：', '（']) && !between.contains("其中");
        let beside = joined
            || !between.contains("其中")
                && sink.reading.nums.get(at + 1).is_some_and(|next| next.percent())
                && matches!(sink.claim(at + 1).role, Role::Share(_))
                && sink.claim(at + 1).clause <= sink.claim(at).clause + 1;
        // 出口136.4亿美元，增长1.2倍，占比45.9%；…: so is one whose share comes later in its own segment.
        let shared = !between.contains("其中")
            && sink.claim(at).segment != sink.claim(first).segment
            && (at + 1..first).any(|next| {
                sink.num(next).percent()
                    && matches!(sink.claim(next).role, Role::Share(_))
                    && sink.claim(next).segment == sink.claim(at).segment
            });
        // C级31栋、D级12栋，D级占: no share of its neighbour in the list.
        let listed = between == "、" || between.starts_with('、') && !between[3..].contains(['、', '和']);
        let beside = if shared {
            AGAINST
        } else if share.rate {
            0
        } else if listed && joined && share.whole.is_empty() && sink.claim(last).own {
            LOOSE
        } else {
            u32::from(beside) * 2
        };
        // 手术1863台，感染9例，感染率: other things, told right before.
        let unlike = share.rate && alike(sink, at, last) == Some(AGAINST) && at + 1 == first;
        let cost = if between.contains("其中") { rank.min(1) } else { 1 + rank }
            + beside
            + if opposite(at) { AGAINST } else { 0 };
        base(at, cost + loose)
            .map(|term| if unlike { Term { cost: term.cost - 3, ..term } } else { term })
            .into_iter()
            .for_each(&mut add);
        rank += 1;
        if rank > 4 {
            break;
        }
    }
    // What leads the sentences before it.
    let opens = sink.reading.norm(sentence.range.clone()).trim_start().starts_with("其中");
    let mut far = 0;
    for before in (0..sink.claim(last).sentence).rev().take(16) {
        let other = &sink.reading.sentences[before];
        if other.part + 3 < claim.part || other.nums.is_empty() {
            continue;
        }
        let heads: Vec<usize> = other
            .nums
            .clone()
            .filter(|at| operand(sink, *at) && alike(sink, *at, last).is_some_and(|unlike| unlike < AGAINST))
            .take(3)
            .collect();
        for (place, at) in heads.into_iter().enumerate() {
            let near = if opens && far == 0 { 0 } else { 2 };
            let cost = near + place as u32 + u32::from(other.part != claim.part || rank > 0);
            base(at, cost + loose).into_iter().for_each(&mut add);
        }
        far += 1;
        if far > 9 {
            break;
        }
    }
    // The list itself: A家a、B家b、C家c，B占…
    let list: Vec<usize> = sentence
        .nums
        .clone()
        .filter(|at| {
            operand(sink, *at)
                && sink.num(*at).unit.dim == sink.num(last).unit.dim
                && sink.claim(*at).segment == sink.claim(last).segment
                && sink.claim(*at).depth == sink.claim(last).depth
                && sink.claim(*at).own
                && !["合计", "共"].iter().any(|word| sink.claim(*at).before.contains(word))
        })
        .take(16)
        .collect();
    for skip in 0..=1 {
        if list.len() >= if share.aligned.is_some() { 2 } else { 3 + skip }
            && list[skip..].contains(&last)
            && list[skip..].contains(&first)
        {
            let lead = sink.reading.norm(sentence.range.start..sink.num(list[skip]).start);
            let sorted = ["按", "分", "从", "：", "中，"].iter().any(|word| lead.contains(word));
            let cost = 2 + skip as u32 - u32::from(sorted);
            let cost = if share.aligned.is_some() && skip == 0 { 1 } else { cost + loose };
            let mut term = sum(sink, &list[skip..], cost);
            if part.nums.len() > 1 {
                term.cost += 1;
            }
            add(term);
        }
    }
    found
}

/// The reading that accuses, if one does.
fn choose(
    sink: &Sink<'_>,
    share: &Share,
    readings: &[(Term, Term)],
    bases: &BTreeMap<usize, Term>,
) -> Option<(Term, Term)> {
    // All of them: what is counted beside it is another matter.
    if share.rate && sink.num(share.at).value == q(100) {
        return None;
    }
    let sound: Vec<&(Term, Term)> = readings
        .iter()
        .filter(|(part, whole)| tied(sink, share, part, whole))
        .filter(|(part, whole)| whole.nums.len() < 3 || lists_all(sink, share, part, whole, bases))
        .filter(|(part, whole)| {
            let value = value(part, whole);
            let blamed = part.nums.iter().chain(&whole.nums).any(|at| sink.accused[*at]);
            let printed = &sink.num(share.at).value;
            let most = if over_one(sink, share) { printed * q(2) } else { q(100) };
            !blamed && value.is_positive() && (value <= q(100) || value <= most)
        })
        .collect();
    let found = pick(sink, share.at, &sound, &|(part, whole)| value(part, whole));
    // 建成区绿化覆盖面积…，绿化覆盖率: over the area of the district, that need not be told.
    let covered = share.subject.ends_with("覆盖率");
    found.filter(|(part, whole)| {
        let area = part.nums.iter().all(|at| sink.num(*at).unit.dim == "area");
        !covered || !area || slip(sink, share.at, &value(part, whole))
    })
}

/// Whether the counts of a list can be taken for all there are: another share follows from their sum, or none of them has
/// a share of its own. Answers to one question of many are no such list.
fn lists_all(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term, bases: &BTreeMap<usize, Term>) -> bool {
    let shared = |at: usize| {
        let next = at + 1;
        next != share.at && next < sink.reading.nums.len() && sink.num(next).percent() && !part.nums.contains(&at) && {
            let claim = sink.claim(next);
            matches!(claim.role, Role::Share(_)) && claim.clause <= sink.claim(at).clause + 1
                || claim.depth > sink.claim(at).depth && claim.before.is_empty()
        }
    };
    bases.values().any(|known| known.nums == whole.nums) || !whole.nums.iter().any(|at| shared(*at))
}

/// Words for those whom a survey asked.
fn asks(whole: &str) -> bool {
    ["受访", "被调查", "调查对象", "样本", "被访", "问卷"].iter().any(|word| whole.contains(word))
}

/// Whether what the words name is what a reading takes: the part is the subject, the whole is the one named.
fn tied(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    // 资产总额…，资产负债率: debts are the part.
    if share.rate && share.subject.ends_with("负债率") && !part.nums.iter().all(|at| label(sink, *at).contains("负债"))
    {
        return false;
    }
    // 床位507.7万张（护理型床位占比为65.7%）: a part of what stands before the bracket, and not that itself.
    if sink.claim(share.at).depth > 0
        && !share.subject.is_empty()
        && part
            .nums
            .iter()
            .any(|at| sink.claim(*at).depth < sink.claim(share.at).depth && !label(sink, *at).contains(&share.subject))
    {
        return false;
    }
    // One value told twice is no part of itself.
    if part.nums.len() == 1 && whole.nums.len() == 1 && part.span.middle() == whole.span.middle() {
        // 受理57件，办结57件，办结率
        let (a, b) = (sink.claim(part.nums[0]), sink.claim(whole.nums[0]));
        return share.rate && a.sentence == b.sentence && a.own && b.own && a.noun != b.noun;
    }
    // Most of a name's pairs of signs stand in the words of a count.
    let close = |at: usize, name: &str| {
        let name = bare(name);
        let plain = ["人口", "户数", "面积", "金额", "病例"].iter().find_map(|tail| name.strip_suffix(tail));
        let name = plain.filter(|rest| rest.chars().count() >= 2).unwrap_or(&name);
        let chars: Vec<char> = name.chars().collect();
        let claim = sink.claim(at);
        let lead = sink.reading.norm(sink.reading.sentences[claim.sentence].range.start..sink.num(at).start);
        let lead: String = lead.chars().take(20).take_while(|c| *c != '，').collect();
        let words = format!("{}{}{}{}{lead}", label(sink, at), claim.noun, claim.thing, claim.before);
        let held = chars.windows(2).filter(|pair| words.contains(&pair.iter().collect::<String>())).count();
        named(sink, at, name) == Some(0)
            || chars.len() < 2
            || held * 2 + usize::from(chars.len() == 3) > chars.len() - 1
    };
    let inline = whole.nums.iter().any(|at| sink.claim(*at).role == Role::Whole)
        || whole.nums.iter().chain(&part.nums).any(|at| sink.claim(*at).depth > sink.claim(share.at).depth);
    let area = matches!(&sink.claim(share.at).role, Role::Share(words) if words.contains("面积"));
    let whole_fits = inline
        || share.whole.chars().count() < 2
        || whole.nums.len() > 1
        || asks(&share.whole) && whole.nums.iter().all(|at| label(sink, *at).contains("有效"))
        || whole.nums.iter().any(|at| close(*at, &share.whole));
    whole_fits && (!area || part.nums.iter().all(|at| sink.num(*at).unit.dim == "area"))
}

fn value(part: &Term, whole: &Term) -> Q {
    part.span.middle() * q(100) / whole.span.middle()
}

fn accuse(sink: &mut Sink<'_>, share: &Share, part: &Term, whole: &Term) {
    let at = share.at;
    let value = value(part, whole);
    let expected = sink.like(at, &value);
    let places = sink.num(at).places;
    let reason = format!("{}÷{}={}，应为{expected}", terms(sink, part), terms(sink, whole), percent(&value, places));
    let range = sink.phrase(at);
    let related = part.nums.iter().chain(&whole.nums).map(|at| sink.phrase(*at)).collect();
    let suggestion = sink.replace(at, &value);
    let truncated = sink.num(at).sort == Sort::Percent && {
        let scale = crate::exact::ten_to(places as i32);
        (&value * &scale).floor() == &sink.num(at).value * &scale
    };
    let words = clause_words(sink, at);
    let plan = ["任务", "计划", "目标", "预算"].iter().any(|word| words.contains(word))
        || share.subject.ends_with("完成率") && whole.nums.iter().any(|at| planned(sink, *at));
    let kind = if plan && words.contains("完成") { Kind::Target } else { Kind::Share };
    sink.accuse(at);
    sink.report(Verdict {
        rule: if truncated { "K23" } else { "K01" },
        kind,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}
