//! What a percentage says: of which part, and of which whole.

use num_traits::Signed;

use super::super::readings::{Term, bracket_after, core, label, operand};
use super::super::{Sink, exact};
use crate::claims::{Role, noun_of};
use crate::exact::{Span, q};

/// A percentage with what it says.
pub(in super::super) struct Share {
    pub(in super::super) at: usize,
    /// What the part is called; empty when it is the count before.
    pub(in super::super) subject: String,
    /// What the whole is called; empty when the words leave it open.
    pub(in super::super) whole: String,
    /// The share of a mean in a mean: 人均药材收入占人均可支配收入的.
    pub(in super::super) mean: bool,
    /// The whole is that of a place or a time and need not be the nearest: 占全市的.
    pub(in super::super) wide: bool,
    /// …率: the subject is the last words before 率.
    pub(in super::super) rate: bool,
    /// The count that 分别 aligns it with.
    pub(in super::super) aligned: Option<usize>,
}

/// Percentages that are no part of a whole, or of one that is not counted in the text.
const OTHER: [&str; 66] = [
    "之比",
    "挂钩",
    "施工进度",
    "形象进度",
    "工程进度",
    "结构完成",
    "占有率",
    "市占率",
    "程度",
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
    pub(in super::super) fn read(sink: &Sink<'_>, at: usize) -> Option<Share> {
        Share::read_as(sink, at, false)
    }

    pub(super) fn read_as(sink: &Sink<'_>, at: usize, rough: bool) -> Option<Share> {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !num.percent()
            || (num.spoken || !exact(num)) != rough
            || num.garbled.is_some()
            || claim.prior
            || claim.future && !clause_words(sink, at).contains("完成") && !of_plan(&claim.role)
            || !num.value.is_positive()
            || num.unit.name == "‰"
            || !sink.reading.is_prose(claim.part)
            || OTHER.iter().any(|word| claim.before.contains(word))
            // 17项人格特质比95%的一般族显著
            || claim.before.ends_with('比') && !claim.before.ends_with("占比") && claim.after.starts_with('的')
        {
            return None;
        }
        let run = super::super::shares::aligned_with(sink, at);
        let aligned = run.as_ref().map(|run| run.count);
        if aligned.is_some() && OTHER.iter().any(|word| run_words(sink, at).contains(word)) {
            return None;
        }
        let named = run.map(|run| run.name).unwrap_or_default();
        let joined = claim.joins();
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
        // 销量186万辆，国内市场份额约32%: of a market that is not counted here.
        if matches!(&claim.role, Role::Share(whole) if whole.is_empty())
            && claim.before.contains("份额")
            && claim.before.contains("市场")
        {
            return None;
        }
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
        // 出栏率为85.0%（以上年末存栏为基数）: the bracket says that it is of another count.
        if sink.reading.chars.get(num.end) == Some(&'（') {
            let words: String = sink.reading.chars[num.end + 1..].iter().take(24).take_while(|c| **c != '）').collect();
            let other = ["为基数", "口径", "测算", "年平均", "加权"].iter().any(|word| words.contains(word));
            if other && !words.contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
        }
        // 占该区域用电量的: of a thing that the words only point to.
        if let Role::Share(whole) = &claim.role
            && aligned.is_none()
            && whole.trim_start_matches("占").starts_with(['该', '此'])
        {
            return None;
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
    pub(in super::super) fn stem(&self) -> String {
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
    pub(super) fn denied_by(&self, sink: &Sink<'_>, at: usize) -> bool {
        let stem = self.stem();
        let label = label(sink, at);
        self.rate
            && stem.chars().count() >= 2
            && ["不", "未"]
                .iter()
                .map(|no| format!("{no}{stem}"))
                .any(|denial| label.contains(&denial) && !self.subject.contains(&denial))
    }

    /// The count of what a denied rate leaves out, told beside its part: 起诉5218人 for 不起诉率 and 不起诉1946人.
    pub(super) fn undenied(&self, sink: &Sink<'_>, part: usize) -> Option<usize> {
        let stem = self.stem();
        let denied = |words: &str| ["不", "未"].iter().any(|no| words.contains(&format!("{no}{stem}")));
        if !self.rate || stem.chars().count() < 2 || !denied(&self.subject) || !denied(&label(sink, part)) {
            return None;
        }
        let unit = &sink.num(part).unit.dim;
        (part.saturating_sub(6)..part).rev().find(|at| {
            let words = label(sink, *at);
            operand(sink, *at) && sink.num(*at).unit.dim == *unit && words.contains(&stem) && !denied(&words)
        })
    }

    pub(super) fn made_by(&self, sink: &Sink<'_>, part: &Term, whole: &Term) -> bool {
        let Some(value) = part.span.over(&whole.span).map(|span| span.times(&q(100))) else { return false };
        let printed = &sink.num(self.at).span;
        let rest = Span::point(q(100)).minus(&value);
        value.meets(printed)
            || ["不", "未", "非", "空置", "失", "缺", "损", "差率"].iter().any(|word| self.subject.contains(word))
                && rest.meets(printed)
    }
}

/// 占年度计划投资的: a share of what was planned is no plan.
fn of_plan(role: &Role) -> bool {
    let planned = |whole: &String| ["计划", "预算", "任务", "目标"].iter().any(|word| whole.contains(word));
    matches!(role, Role::Share(whole) if planned(whole))
}

/// The words at the head of a run of percentages.
pub(super) fn run_words(sink: &Sink<'_>, at: usize) -> String {
    sink.claim(super::super::shares::run_of(sink, at).start).before.clone()
}

/// All words of the clause before a number, other numbers among them.
pub(super) fn clause_words(sink: &Sink<'_>, at: usize) -> String {
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
pub(super) fn counts(sink: &Sink<'_>, share: &Share, at: usize) -> bool {
    let bracket = sink.claim(at).depth > sink.claim(share.at).depth && sink.num(at).unit.scaled;
    if share.mean {
        averaged(sink, at)
    } else {
        operand(sink, at) || bracket && bracket_after(sink, share.at).contains(&at)
    }
}

/// Words of what is to be done, and so not of what is done: 任务, 应到位.
pub(super) fn planned(sink: &Sink<'_>, at: usize) -> bool {
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
pub(super) fn scope_cut(whole: &str) -> (bool, String) {
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
pub(super) fn fraction(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
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
pub(super) fn opens(sink: &Sink<'_>, at: usize) -> bool {
    let after = &sink.claim(at).after;
    let after = after.trim_end_matches(['有', '已', '，']);
    after.starts_with('中') && !after.starts_with("中心")
        || after.ends_with('中') && !after.ends_with("其中") && after.chars().count() <= 14
}

/// The number of things that a share takes together: 三个行业合计占, 前五位合计占.
pub(in super::super) fn together_of(words: &str) -> Option<usize> {
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
    for tail in ["数量", "起数", "件数", "宗数", "数", "合计", "比例"] {
        if let Some(rest) = words.strip_suffix(tail)
            && rest.chars().count() >= 2
        {
            words = rest.to_owned();
        }
    }
    if VAGUE.contains(&words.as_str()) { String::new() } else { words }
}
