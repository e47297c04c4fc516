//! K01: percentages that are a part of a whole (占…, …率), recomputed from the counts that the words bind to them.
//!
//! Every reading of a percentage is a part and a whole. Each costs as much as its words bind it loosely: nothing when
//! the words name it, more for every count that lies between. If a cheap reading makes the percentage, it is right.
//! If none does, the cheapest accuses when its words bind it for certain; a looser one does only when it alone is off
//! by the slip of one digit.

use std::collections::BTreeMap;

use num_traits::Signed;

use super::readings::{
    AGAINST, LOOSE, NEAR, Term, bare, bracket_after, bracket_before, core, label, money, named, one, operand, pick,
    sum, terms,
};
use super::{Sink, Verdict, exact, percent};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// Shares that make a list.
const LIST: usize = 4;

pub(super) fn run(sink: &mut Sink<'_>) {
    let names = Names::read(sink);
    let mut bases: BTreeMap<usize, Term> = BTreeMap::new();
    let mut open = Vec::new();
    for at in 0..sink.reading.nums.len() {
        let Some(share) = Share::read(sink, at) else { continue };
        let readings = readings(sink, &share, &names, &bases);
        let limit = if sink.num(at).places == 0 { NEAR } else { LOOSE };
        let hit = readings
            .iter()
            .filter(|(part, whole)| part.cost + whole.cost <= limit && share.made_by(sink, part, whole))
            .min_by_key(|(part, whole)| part.cost + whole.cost);
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
        if let Some((part, whole)) = choose(sink, &share, &readings) {
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
    /// …率: the subject is the last words before 率.
    rate: bool,
    /// The count that 分别 aligns it with.
    aligned: Option<usize>,
}

/// Percentages that are no part of a whole, or of one that is not counted in the text.
const OTHER: [&str; 52] = [
    "占有率",
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
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !num.percent()
            || num.spoken
            || num.garbled.is_some()
            || !exact(num)
            || claim.prior
            || claim.future && !claim.before.contains("完成")
            || !num.value.is_positive()
            || num.unit.name == "‰"
            || !sink.reading.is_prose(claim.part)
            || OTHER.iter().any(|word| claim.before.contains(word))
        {
            return None;
        }
        let aligned = super::shares::aligned_with(sink, at);
        let joined = matches!(claim.before.as_str(), "、" | "和" | "及" | "以及" | "与");
        if aligned.is_none() && (joined || claim.before.contains("分别")) {
            return None;
        }
        let own = if claim.own { claim.noun.clone() } else { String::new() };
        // 分别占建议、提案总数的…: each has a whole of its own; 占同期总额的: it is not in the text.
        if let Role::Share(whole) = &claim.role
            && (aligned.is_some() && whole.contains('、')
                || whole.contains("同期") && core(whole).trim_start_matches("分别").chars().count() < 2)
        {
            return None;
        }
        let plain = |subject: String, whole: String, rate: bool| Some(Share { at, subject, whole, rate, aligned });
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
                rate.then(|| Share { at, subject: bare.to_owned(), whole: String::new(), rate: true, aligned })
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
    let mut head = at;
    while head > 0 && matches!(sink.claim(head).before.as_str(), "、" | "和" | "及" | "以及" | "与") {
        head -= 1;
    }
    sink.claim(head).before.clone()
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
    if one.dim == two.dim {
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
    let mut all = Vec::new();
    let bracket = bracket_after(sink, share.at);
    let inner = bracket_before(sink, share.at);
    for part in parts(sink, share, &bracket, &inner) {
        for whole in wholes(sink, share, &part, &bracket, &inner, names, bases) {
            if whole.nums.iter().any(|at| part.nums.contains(at)) && whole.nums.len() <= part.nums.len() {
                continue;
            }
            if part.span.lo <= whole.span.hi || over_one(sink, share) {
                all.push((part.clone(), whole));
            }
        }
    }
    all
}

/// Rates of what was planned may pass one hundred percent.
fn over_one(sink: &Sink<'_>, share: &Share) -> bool {
    let words = &sink.claim(share.at).before;
    sink.num(share.at).value > q(100)
        || ["完成", "相当", "恢复", "为上年", "是上年"].iter().any(|word| words.contains(word))
}

fn parts(sink: &Sink<'_>, share: &Share, bracket: &[usize], inner: &[usize]) -> Vec<Term> {
    let claim = sink.claim(share.at);
    let sentence = &sink.reading.sentences[claim.sentence];
    if let Some(count) = share.aligned {
        return vec![one(sink, count, if claim.before.contains('率') { 2 } else { 0 })];
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
            operand(sink, *at)
                && sink.claim(*at).depth <= claim.depth
                && sink.claim(*at).role != Role::Whole
                && sink.claim(*at).role != Role::Base
        })
        .collect();
    let together = ["合计", "两者", "三者", "二者", "共占", "合占"].iter().any(|word| claim.before.contains(word));
    let any_named = !share.rate && levels.iter().any(|at| judge(*at) == Some(0));
    for (rank, at) in levels.iter().take(10).enumerate() {
        let shares = (at + 1..share.at)
            .filter(|other| matches!(sink.claim(*other).role, Role::Share(_)) && sink.num(*other).percent())
            .count() as u32;
        let far = rank as u32;
        let segment = u32::from(sink.claim(*at).segment != claim.segment);
        let cost = if share.subject.is_empty() {
            far + shares + segment
        } else {
            match judge(*at) {
                Some(0) if share.rate => far.min(2),
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
            + u32::from(bound_by_bracket);
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
    let labelled = |at: &usize, name: &str| {
        let words = sink
            .reading
            .norm(sink.claim(*at).before_start.max(sink.num(*at).start.saturating_sub(16))..sink.num(*at).start);
        sink.claim(*at).noun.starts_with(name) || words.contains(name)
    };
    let pieces: Vec<&str> = if share.rate {
        Vec::new()
    } else {
        share.subject.split(['、', '和', '及', '与']).map(str::trim).collect()
    };
    let mut several: Vec<usize> = Vec::new();
    if pieces.len() >= 2 && pieces.iter().all(|piece| !piece.is_empty()) {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let reach: Vec<usize> = (first..share.at).rev().filter(|at| operand(sink, *at)).collect();
        several = pieces.iter().filter_map(|piece| reach.iter().copied().find(|at| labelled(at, piece))).collect();
        several.dedup();
        if several.len() < pieces.len() {
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
    if several.len() >= 2 {
        found.push(sum(sink, &several, 0));
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
        let aside = other.prior || other.future && !share.rate || other.role == Role::Base;
        u32::from(year) * 2 + u32::from(other.period != count.period) + u32::from(aside) * 2
    };
    let base = |at: usize, cost: u32| -> Option<Term> {
        let unit = alike(sink, at, last)?;
        (operand(sink, at) && enough(at)).then(|| one(sink, at, cost + unit + time(at)))
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
    for at in (sink.reading.sentences[claim.sentence].nums.start..share.at).rev().take(8) {
        if sink.claim(at).after.starts_with('中') {
            base(at, elsewhere).into_iter().for_each(&mut add);
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
    let asked = ["受访", "被调查", "调查对象", "样本", "被访", "问卷"].iter().any(|word| share.whole.contains(word));
    if let Some(at) = names.surveyed(share.at).filter(|_| share.whole.is_empty() || asked) {
        base(at, elsewhere + if asked { 0 } else { 2 }).into_iter().for_each(&mut add);
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
    if name.chars().count() >= 2 {
        for at in (from..share.at).rev() {
            // 在校生 may be more than the 义务教育在校生 that are named.
            // A name of two signs ends many others: 审查起诉 is not 起诉.
            let short = name.chars().count() == 2 && bare(&sink.claim(at).noun) != name;
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
    let loose = elsewhere + if name.chars().count() >= 2 { 2 } else { 0 };
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
        let beside = if shared { AGAINST } else { u32::from(beside) * 2 };
        let cost = if between.contains("其中") { rank.min(1) } else { 1 + rank }
            + beside
            + if opposite(at) { AGAINST } else { 0 };
        base(at, cost + loose).into_iter().for_each(&mut add);
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
fn choose(sink: &Sink<'_>, share: &Share, readings: &[(Term, Term)]) -> Option<(Term, Term)> {
    // All of them: what is counted beside it is another matter.
    if share.rate && sink.num(share.at).value == q(100) {
        return None;
    }
    let sound: Vec<&(Term, Term)> = readings
        .iter()
        .filter(|(part, whole)| tied(sink, share, part, whole))
        .filter(|(part, whole)| {
            let value = value(part, whole);
            let blamed = part.nums.iter().chain(&whole.nums).any(|at| sink.accused[*at]);
            let printed = &sink.num(share.at).value;
            let most = if over_one(sink, share) { printed * Q::new(13.into(), 10.into()) } else { q(100) };
            !blamed && value.is_positive() && (value <= q(100) || value <= most)
        })
        .collect();
    pick(sink, share.at, &sound, &|(part, whole)| value(part, whole))
}

/// Whether what the words name is what a reading takes: the part is the subject, the whole is the one named.
fn tied(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    // One value told twice is no part of itself.
    if part.nums.len() == 1 && whole.nums.len() == 1 && part.span.middle() == whole.span.middle() {
        return false;
    }
    // Most of a name's pairs of signs stand in the words of a count.
    let close = |at: usize, name: &str| {
        let chars: Vec<char> = bare(name).chars().collect();
        let claim = sink.claim(at);
        let words = format!("{}{}{}{}", label(sink, at), claim.noun, claim.thing, claim.before);
        let held = chars.windows(2).filter(|pair| words.contains(&pair.iter().collect::<String>())).count();
        named(sink, at, name) == Some(0) || chars.len() < 2 || held * 2 > chars.len() - 1
    };
    let inline = whole.nums.iter().any(|at| sink.claim(*at).role == Role::Whole)
        || whole.nums.iter().chain(&part.nums).any(|at| sink.claim(*at).depth > sink.claim(share.at).depth);
    let area = matches!(&sink.claim(share.at).role, Role::Share(words) if words.contains("面积"));
    let whole_fits = inline
        || share.whole.chars().count() < 2
        || whole.nums.len() > 1
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
    sink.accuse(at);
    sink.report(Verdict {
        rule: if truncated { "K23" } else { "K01" },
        kind: Kind::Share,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}
