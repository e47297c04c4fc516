//! K21: 人均, 户均, 每千人, 亩产 and the like, and rates of the form part of whole.

use num_traits::{Signed, Zero};

use super::readings::{LOOSE, NEAR, Term, bracket_after, named, one, operand, pick, terms};
use super::{Sink, Verdict, exact, short};
use crate::claims::{Claim, Role};
use crate::exact::{Q, Span, q, ten_to};
use crate::review::Kind;
use crate::scan::Approx;
use crate::units;

/// What a quotient is spread over.
pub(super) struct Spread {
    /// The dimension of the things it is spread over; empty when they are known by a word only.
    pub dim: String,
    /// A word of them: 网 of 网均.
    pub word: String,
    /// How many of them make one share: 1000 for 每千人, 2000/3 m² for a 亩.
    pub size: Q,
    /// The words of the quotient after that.
    pub label: String,
    /// What the things are called: 参展企业 of 每家参展企业平均成交.
    pub name: String,
}

/// Averages that are surveyed, not divided, or divided by another count than the text prints.
const SURVEYED: [&str; 22] = [
    "生产总值",
    "GDP",
    "可支配",
    "纯收入",
    "消费支出",
    "寿命",
    "工资",
    "每人每",
    "每户每",
    "每日每",
    "标准",
    "限",
    "最高",
    "不超过",
    "不低于",
    "不少于",
    "预算",
    "价格指数",
    "电价",
    "水价",
    "补助标准",
    "薪",
];

pub(super) fn run(sink: &mut Sink<'_>) {
    let mut open = Vec::new();
    for at in 0..sink.reading.nums.len() {
        let claim = sink.claim(at);
        let told = sink.reading.is_prose(claim.part)
            && sink.num(at).garbled.is_none()
            && sink.num(at).is_quantity()
            && !sink.num(at).spoken
            && matches!(claim.role, Role::Level | Role::To | Role::Bound | Role::Base | Role::Change)
            && !claim.future
            && !claim.prior
            // 超出5公里后每公里10元, 单瓶折合1.9元, 每人4000至6000元: a price told for itself.
            && !["超出", "超过", "折合", "加收", "起步"].iter().any(|word| claim.before.contains(word))
            && !(sink.reading.norm(sink.num(at).end..sink.num(at).end + 1).starts_with(['至', '到', '—', '-', '~'])
                && sink.reading.chars.get(sink.num(at).end + 1).is_some_and(char::is_ascii_digit))
            && !surveyed(sink, at);
        let Some(spread) = reads(sink, at).filter(|_| told) else { continue };
        let Some(printed) = printed_span(sink, at) else { continue };
        let readings = readings(sink, at, &spread);
        let hit = readings
            .iter()
            .filter(|(top, bottom)| top.cost + bottom.cost <= LOOSE)
            .filter(|(top, bottom)| quotient(&spread, top, bottom).is_some_and(|span| span.meets(&printed)))
            .min_by_key(|(top, bottom)| top.cost + bottom.cost);
        if let Some((top, bottom)) = hit {
            let note = format!("{}÷{}={}", terms(sink, top), bottom_words(sink, bottom), sink.shown(at));
            sink.confirm(&[at], &note);
            // 约35人次 bears out a quotient, not the digits of what it is of.
            for nums in [&top.nums, &bottom.nums] {
                if exact(sink.num(at)) {
                    sink.confirm(nums, &note);
                } else {
                    sink.place_right(nums, &note);
                }
            }
        } else if !readings.is_empty() {
            open.push((at, spread, readings));
        }
    }
    for (at, spread, readings) in open {
        if !sink.accused[at] {
            judge(sink, at, &spread, &readings);
        }
    }
}

/// What an average is spread over, when its words say that it is one that is worked out.
pub(super) fn spread(sink: &Sink<'_>, at: usize) -> Option<Spread> {
    let claim = sink.claim(at);
    // 比上年末净增3854万户，月均净增350.4万户: a change spread over a time.
    let spread = claim.role == Role::Change && ["月均", "日均"].iter().any(|word| claim.before.contains(word));
    let told = (spread || matches!(claim.role, Role::Level | Role::To | Role::Bound | Role::Base))
        && !claim.future
        && !claim.prior
        && !surveyed(sink, at);
    if told { reads(sink, at) } else { None }
}

/// Whether an average is one that is surveyed; not when the words say what it was worked out from: 按常住人口3.9万人计算.
fn surveyed(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let worked = || {
        let sentence = &sink.reading.sentences[claim.sentence];
        let before = at.checked_sub(1).filter(|before| sentence.nums.contains(before));
        before.is_some_and(|before| {
            let num = sink.num(before);
            let gap = sink.reading.norm(num.end..sink.num(at).start);
            num.is_quantity()
                && num.unit.is_counter()
                && gap.chars().count() < 24
                && ["计算", "测算", "折算", "计，"].iter().any(|word| gap.contains(word))
        })
    };
    SURVEYED.iter().any(|word| claim.before.contains(word)) && !worked()
}

fn dim_of(word: &str) -> Option<(String, Q)> {
    let chars: Vec<char> = word.chars().collect();
    let (length, unit) = units::read(&chars)?;
    (length == chars.len()).then_some((unit.dim, unit.factor))
}

/// Reads 人均…, 每千名…, 单件…, 公斤/亩 from the words before a number and its unit.
fn reads(sink: &Sink<'_>, at: usize) -> Option<Spread> {
    let claim = sink.claim(at);
    let before = claim.before.as_str();
    // 平均每场（次、个）: things of several kinds, that the text counts each by itself.
    let raw = sink.reading.norm(claim.before_start..sink.num(at).start);
    if raw.rfind('每').is_some_and(|cut| raw[cut..].contains('（') && raw[cut..].contains('、')) {
        return None;
    }
    // 平均每个助餐点日均服务51人次: spread over two things at once.
    let timed = ["日均", "月均", "年均"].iter().any(|word| before.contains(word));
    if timed && before.contains('每') {
        return None;
    }
    let spread = |dim: String, word: &str, size: Q, label: &str, name: &str| {
        let name = crate::claims::noun_of(name.trim_end_matches("平均"));
        Some(Spread { dim, word: word.to_owned(), size, label: label.replace("平均", ""), name })
    };
    // 人均每月450元, 月人均2800元: what a year gave, spread over people and months.
    if let Some((word, length)) = ["月人均", "人均每月", "人均月", "户均每月", "月户均"]
        .iter()
        .find_map(|word| before.find(word).map(|found| (*word, found + word.len())))
    {
        let (dim, word) = if word.contains('人') { ("person", "人") } else { ("org", "户") };
        let size = Q::new(1.into(), months(claim)?.into());
        return spread(dim.to_owned(), word, size, &before[length..], "");
    }
    if let Some((_, below)) = sink.num(at).unit.dim.split_once('/') {
        return spread(below.to_owned(), "", q(1), before, "");
    }
    if let Some(found) = before.rfind('每') {
        let tail = &before[found + '每'.len_utf8()..];
        let (scale, rest) = [("十万", 5), ("百万", 6), ("百", 2), ("千", 3), ("万", 4)]
            .iter()
            .find_map(|(word, power)| tail.strip_prefix(word).map(|rest| (ten_to(*power), rest)))
            .unwrap_or((q(1), tail));
        // 家参展企业平均成交: what it is spread over, then what is measured.
        let parted = |rest: &str| -> (String, String) {
            const VERBS: [&str; 34] = [
                "平均", "拥有", "服务", "对应", "辐射", "配备", "承担", "负担", "新增", "挽回", "收治", "完成", "实现",
                "接待", "处理", "办理", "受理", "减少", "节约", "节省", "支出", "花费", "消费", "投入", "补助", "销售",
                "产出", "借阅", "发放", "获得", "领取", "约", "有", "年",
            ];
            let cut = VERBS.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
            (rest[..cut].to_owned(), rest[cut..].to_owned())
        };
        // 每千瓦, 每百分点: the sign belongs to the unit.
        let chars: Vec<char> = tail.chars().collect();
        if let Some((length, unit)) = units::read(&chars)
            && !unit.dim.is_empty()
            && !unit.is_time()
        {
            let rest: String = chars[length..].iter().collect();
            let (name, measure) = parted(&rest);
            // 人均每次出游: over visits.
            let visit =
                unit.dim == "times" && ["人均", "游客", "旅客", "出游"].iter().any(|word| before.contains(word));
            let dim = if visit { "visit".to_owned() } else { unit.dim };
            let word = if dim == "item" { rest.chars().next() } else { None };
            let word = word.map(String::from).unwrap_or_default();
            let label = format!("{}{measure}", &before[..found]);
            return if visit {
                spread(dim, &word, unit.factor, &label.replace("人均", ""), "")
            } else {
                spread(dim, &word, unit.factor, &label, &name)
            };
        }
        // 平均每天有224人死于交通事故
        let timely = [("天", "day"), ("日", "day"), ("个月", "month"), ("月", "month")];
        if let Some((word, dim)) = timely.iter().find(|(word, _)| tail.starts_with(word))
            && before[..found].ends_with("平均")
        {
            let rest = tail[word.len()..].trim_start_matches(['有', '约', '就']);
            return spread((*dim).to_owned(), "", q(1), rest, "");
        }
        // 每千常住人口, 每千老年人, 每公里
        let (name, measure) = parted(rest);
        let people = scale != q(1) && rest.contains('人') && !rest.starts_with('年');
        return if people { spread("person".into(), "", scale, &measure, &name) } else { None };
    }
    // 百公里客运量, 百万吨死亡率: 每 goes without saying.
    let noun = crate::claims::noun_of(before);
    if let Some((power, rest)) = [("十万", 5), ("百万", 6), ("百", 2), ("千", 3), ("万", 4), ("亿", 8)]
        .iter()
        .find_map(|(word, power)| noun.strip_prefix(word).map(|rest| (*power, rest)))
    {
        let chars: Vec<char> = rest.chars().collect();
        if let Some((length, unit)) = units::read(&chars)
            && !unit.dim.is_empty()
            && !unit.scaled
            && !unit.is_money()
            && !unit.is_time()
            && chars.len() >= length + 2
            && !matches!(chars[length], '以' | '级')
        {
            let label: String = chars[length..].iter().collect();
            return spread(unit.dim, "", unit.factor * ten_to(power), label.trim_end_matches('率'), "");
        }
    }
    let chars: Vec<char> = before.chars().collect();
    // 月均12.3万件
    if let Some(found) = before.find("月均").filter(|found| !before[..*found].ends_with("每人")) {
        return spread("month".into(), "", q(1), &before[found + "月均".len()..], &before[..found]);
    }
    if let Some(found) = (1..chars.len())
        .rev()
        .find(|found| chars[*found] == '均' && !matches!(chars[found - 1], '平' | '年' | '月' | '周' | '季' | '时'))
    {
        let label: String = chars[found + 1..].iter().collect();
        // 人次均, 架次均
        let twice = chars[found - 1] == '次' && found >= 2;
        let word: String = chars[found - 1 - usize::from(twice)..found].iter().collect();
        let name: String = chars[..found - 1 - usize::from(twice)].iter().collect();
        let (dim, size) = match word.as_str() {
            "人" | "生" => ("person".to_owned(), q(1)),
            "户" | "家" => ("org".to_owned(), q(1)),
            "日" => ("day".to_owned(), q(1)),
            other => dim_of(other).filter(|(dim, _)| !dim.is_empty()).unwrap_or((String::new(), q(1))),
        };
        return spread(dim, &word, size, &label, &name);
    }
    if before.contains("亩产") {
        return spread("area".into(), "", Q::new(2000.into(), 3.into()), "产量", "");
    }
    // 单件收入, 单笔平均, 单车日均
    let found = before.rfind('单').filter(|found| !before[..*found].ends_with(['订', '清', '名', '账', '保', '简']))?;
    let chars: Vec<char> = before[found + '单'.len_utf8()..].chars().collect();
    let (length, unit) = units::read(&chars).filter(|(_, unit)| !unit.dim.is_empty() && unit.dim != "point2")?;
    let word: String = chars[..length].iter().collect();
    let label: String = chars[length..].iter().collect();
    spread(unit.dim, &word, unit.factor, &label, &before[..found])
}

fn printed_span(sink: &Sink<'_>, at: usize) -> Option<Span> {
    let num = sink.num(at);
    let half = ten_to(-(num.places as i32)) / q(2) * &num.unit.factor;
    match num.approx {
        Approx::Exact => Some(Span::new(&num.value - &half, &num.value + &half)),
        Approx::About => Some(Span::point(num.value.clone()).wider(&(&num.value * Q::new(1.into(), 10.into())))),
        _ => None,
    }
}

fn quotient(spread: &Spread, top: &Term, bottom: &Term) -> Option<Span> {
    top.span.over(&bottom.span.times(&(q(1) / &spread.size)))
}

fn bottom_words(sink: &Sink<'_>, bottom: &Term) -> String {
    if bottom.nums.is_empty() { short(&bottom.span.lo) } else { terms(sink, bottom) }
}

/// Every dividend and divisor near an average, with what they cost.
fn readings(sink: &Sink<'_>, at: usize, spread: &Spread) -> Vec<(Term, Term)> {
    let claim = sink.claim(at);
    let dim = sink.num(at).unit.dim.split('/').next().unwrap_or("").to_owned();
    let bracket = bracket_after(sink, at);
    let first = sink.reading.part_nums[claim.part.saturating_sub(6)].start.max(at.saturating_sub(60));
    let sentence = &sink.reading.sentences[claim.sentence];
    let last = sentence.nums.end.min(at + 6);
    let near: Vec<usize> =
        (first..last).filter(|other| *other != at && sink.reading.is_prose(sink.claim(*other).part)).collect();
    // The words beside the average: what is measured, and what it is spread over.
    let label = crate::claims::noun_of(&spread.label);
    let place = |other: usize, alike: &dyn Fn(usize) -> bool| -> Option<u32> {
        let told = sink.claim(other);
        // 日均受理1528件（按122个工作日计）
        let days = sink.num(other).unit.is_time() && other == at + 1 && told.depth == claim.depth + 1;
        if bracket.contains(&other) || days && sink.reading.chars.get(sink.num(at).end) == Some(&'（') {
            return Some(0);
        }
        let time = u32::from(told.year != claim.year && told.year.is_some() && claim.year.is_some()) * 2
            + u32::from(told.prior || told.future || told.role == Role::Base) * 3;
        if told.sentence == claim.sentence {
            if told.depth > claim.depth && other > at {
                return None;
            }
            let (from, to) = (other.min(at) + 1, other.max(at));
            let between = (from..to).filter(|other| alike(*other)).count() as u32;
            let after = u32::from(other > at) * 2;
            let segment = u32::from(told.segment != claim.segment);
            let depth = u32::from(told.depth > claim.depth);
            let leads = sentence.nums.clone().find(|first| alike(*first)) == Some(other) && other < at;
            let between = if leads { between.min(1) } else { between };
            return Some(between + after + segment + depth + time);
        }
        if other > at {
            return None;
        }
        let far = if told.part != claim.part { 3 } else { 1 + u32::from(told.sentence + 1 < claim.sentence) };
        let lead = sink.reading.sentences[told.sentence].nums.clone().find(|first| alike(*first)) == Some(other);
        Some(far + u32::from(!lead) + time)
    };
    let is_top = |other: usize| {
        let num = sink.num(other);
        let fits = if num.unit.is_time() {
            num.is_quantity() && num.garbled.is_none() && !num.spoken && matches!(sink.claim(other).role, Role::Level)
        } else {
            operand(sink, other) && !sink.claim(other).yearly
        };
        let alike = num.unit.dim == dim
            || matches!((dim.as_str(), num.unit.dim.as_str()), ("person", "visit") | ("org", "orgvisit"))
            || dim.is_empty()
                && num.unit.is_counter()
                && label.chars().count() >= 2
                && named(sink, other, &label) == Some(0);
        // 最多一次有58人, （四次依次为40、58、37、45人）: one of several is no total of theirs.
        let listed = |other: usize| {
            sink.reading
                .claims
                .get(other)
                .is_some_and(|c| c.depth > claim.depth && matches!(c.before.as_str(), "、" | "和"))
        };
        let foremost = super::readings::label(sink, other).contains('最');
        let one_of_several = foremost || listed(other) || listed(other + 1);
        fits && alike
            && !one_of_several
            && (dim.is_empty() || num.value > sink.num(at).value)
            && reads(sink, other).is_none()
    };
    let over = |other: usize| -> Option<u32> {
        let num = sink.num(other);
        if reads(sink, other).is_some() {
            return None;
        }
        if spread.dim == "month" {
            return None;
        }
        if spread.dim == "day" {
            let days = matches!(num.unit.dim.as_str(), "day" | "workday") && num.is_quantity() && !num.spoken;
            let told = ["开放", "工作日", "营业", "开馆", "运营", "共"]
                .iter()
                .any(|word| sink.claim(other).before.contains(word))
                || num.unit.dim == "workday";
            return days.then_some(u32::from(!told));
        }
        if !operand(sink, other) {
            return None;
        }
        let told = sink.claim(other);
        let by_unit = !spread.word.is_empty() && num.unit.name.ends_with(&spread.word);
        let same = !spread.dim.is_empty() && num.unit.dim == spread.dim && spread.dim != "item";
        if by_unit || same {
            return Some(0);
        }
        let by_word = !spread.word.is_empty()
            && num.unit.is_counter()
            && (told.noun.contains(&spread.word) && told.own
                || told.thing.chars().take(6).collect::<String>().contains(&spread.word));
        let visits = matches!((spread.dim.as_str(), num.unit.dim.as_str()), ("person", "visit") | ("org", "orgvisit"))
            && spread.size == q(1);
        (by_word || visits).then_some(1)
    };
    let mut tops = Vec::new();
    let mut bottoms = Vec::new();
    for other in near {
        // 即人均144公斤 is said of the count right before.
        let at_once = !claim.before.starts_with('即') || other + 1 == at;
        if at_once
            && is_top(other)
            && let Some(cost) = place(other, &is_top)
        {
            let called = named(sink, other, &label);
            let cost = match called {
                Some(0) => cost.min(1),
                Some(_) => cost,
                None => cost + u32::from(label.chars().count() >= 2),
            };
            tops.push(one(sink, other, cost));
        }
        if let Some(unlike) = over(other)
            && let Some(cost) = place(other, &|one| over(one).is_some())
        {
            let called = !spread.name.is_empty() && named(sink, other, &spread.name) == Some(0)
                || spread.dim == "day" && unlike == 0 && sink.claim(other).part == claim.part;
            let cost = if called { cost.min(1) } else { cost + unlike };
            bottoms.push(one(sink, other, cost));
        }
    }
    if spread.dim == "day" {
        // 春运40天: a span of its own stands somewhere in the text.
        let spans = sink.reading.nums[..at].iter().rev().take(200).any(|num| num.unit.dim == "day" && num.value > q(9));
        let told = spans || bottoms.iter().any(|bottom| bottom.cost <= 1);
        // 1月1日至20日, 截至7月15日: no month or year that the calendar knows.
        let sentence = sink.reading.sentence_text(claim.sentence);
        let dated =
            ["日至", "日—", "日-", "截至", "自"].iter().any(|word| sentence.contains(word)) && sentence.contains('日');
        let told = told || dated && sentence.replace("日均", "").contains('日');
        if let Some(days) = days_between(&sentence.replace(' ', "")) {
            bottoms.push(Term { nums: Vec::new(), span: Span::point(q(days)), cost: 1 });
        }
        bottoms.extend(calendar(claim).into_iter().map(|term| Term { cost: term.cost + u32::from(told) * 3, ..term }));
    }
    if spread.dim == "month" {
        bottoms.extend(months(claim).into_iter().map(|count| Term {
            nums: Vec::new(),
            span: Span::point(q(count)),
            cost: 1,
        }));
    }
    let mut all = Vec::new();
    // 决定书67份，罚款538.4万元，件均: the count beside what is measured, by whatever counter.
    let loose = spread.dim == "item" || spread.dim.is_empty() && !spread.word.is_empty();
    for top in tops.iter().filter(|top| loose && top.cost <= 1) {
        for other in [top.nums[0].wrapping_sub(1), top.nums[0] + 1] {
            let beside = other < sink.reading.nums.len()
                && other != at
                && operand(sink, other)
                && sink.num(other).unit.is_counter()
                && !matches!(sink.num(other).unit.dim.as_str(), "person" | "visit")
                && sink.claim(other).sentence == sink.claim(top.nums[0]).sentence
                && over(other).is_none()
                && reads(sink, other).is_none();
            if beside {
                all.push((top.clone(), one(sink, other, 2)));
            }
        }
    }
    for top in &tops {
        for bottom in bottoms.iter().filter(|bottom| bottom.nums != top.nums) {
            all.push((top.clone(), bottom.clone()));
        }
    }
    all
}

/// Months that an amount may be spread over, whatever the words say.
pub(super) const MONTHS: [i64; 4] = [12, 6, 3, 9];
/// Days that an amount may be spread over, whatever the words say.
pub(super) const DAYS: [i64; 14] = [365, 366, 181, 182, 184, 90, 91, 92, 273, 274, 28, 29, 30, 31];

/// The months of the time that a claim is for, when the text says it.
pub(super) fn months(claim: &Claim) -> Option<i64> {
    match claim.period.as_str() {
        "" => claim.year.map(|_| 12),
        "上半年" | "下半年" => Some(6),
        "一季度" | "二季度" | "三季度" | "四季度" => Some(3),
        "前三季度" => Some(9),
        period => {
            let (first, last) = period.split_once('-')?;
            (first.trim_end_matches('月') == "1").then(|| last.trim_end_matches('月').parse().ok()).flatten()
        }
    }
}

/// 1日至22日, 2月9日至17日: the days of a span within one month.
fn days_between(sentence: &str) -> Option<i64> {
    let chars: Vec<char> = sentence.chars().collect();
    let digits = |from: usize| -> (Option<i64>, usize) {
        let end = (from..chars.len()).find(|at| !chars[*at].is_ascii_digit()).unwrap_or(chars.len());
        (chars[from..end].iter().collect::<String>().parse().ok(), end)
    };
    let mut spans = (1..chars.len().saturating_sub(2)).filter_map(|at| {
        if chars[at] != '日' || !matches!(chars[at + 1], '至' | '—' | '-' | '~' | '到') {
            return None;
        }
        let begin = (0..at).rev().take_while(|at| chars[*at].is_ascii_digit()).last()?;
        let (first, _) = digits(begin);
        let (mut last, mut end) = digits(at + 2);
        let mut whole = 0;
        // 4月1日至4月30日, 6月20日至7月3日: the later day may name its month.
        if chars.get(end) == Some(&'月') {
            let month = last?;
            let before = (0..begin.checked_sub(1)?).rev().take_while(|at| chars[*at].is_ascii_digit()).last()?;
            let (from, _) = digits(before);
            const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            whole = match month - from? {
                0 => 0,
                1 => *DAYS.get(usize::try_from(from? - 1).ok()?)?,
                _ => return None,
            };
            (last, end) = digits(end + 1);
        }
        let days = whole + last? - first? + 1;
        (chars.get(end) == Some(&'日') && (2..=31).contains(&days)).then_some(days)
    });
    let days = spans.next()?;
    spans.next().is_none().then_some(days)
}

/// The days of the time that a claim is for, when the text says it.
pub(super) fn days(claim: &Claim) -> Option<i64> {
    let leap = claim.year.is_some_and(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let february = if leap { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let sum = |from: usize, to: usize| -> i64 { months[from..to].iter().sum() };
    match claim.period.as_str() {
        "" => Some(sum(0, 12)),
        "上半年" => Some(sum(0, 6)),
        "下半年" => Some(sum(6, 12)),
        "一季度" => Some(sum(0, 3)),
        "二季度" => Some(sum(3, 6)),
        "三季度" => Some(sum(6, 9)),
        "四季度" => Some(sum(9, 12)),
        "前三季度" => Some(sum(0, 9)),
        // 11月当月
        period => period
            .trim_end_matches("当月")
            .trim_end_matches('月')
            .rsplit('-')
            .next()
            .and_then(|month| month.trim_end_matches('月').parse::<usize>().ok())
            .filter(|month| (1..=12).contains(month))
            .map(|month| if period.contains('-') { sum(0, month) } else { months[month - 1] }),
    }
}

/// The days that an average may be over: those of the time that its words tell, and, dearer, any other, for the text may
/// speak of another time than the words near it.
fn calendar(claim: &Claim) -> Vec<Term> {
    let told = days(claim);
    let term = |days: i64, cost: u32| Term { nums: Vec::new(), span: Span::point(q(days)), cost };
    // Of a month the text may count some days only.
    let first = told.map(|days| term(days, 1 + u32::from(days <= 31)));
    let others = DAYS.into_iter().filter(|days| Some(*days) != told).map(|days| term(days, LOOSE - 1));
    first.into_iter().chain(others).collect()
}

fn judge(sink: &mut Sink<'_>, at: usize, spread: &Spread, readings: &[(Term, Term)]) {
    if sink.num(at).value.is_zero() {
        return;
    }
    let sound: Vec<&(Term, Term)> = readings
        .iter()
        .filter(|(top, bottom)| !top.nums.iter().chain(&bottom.nums).any(|other| sink.accused[*other]))
        .collect();
    let value = |(top, bottom): &(Term, Term)| top.span.middle() * &spread.size / bottom.span.middle();
    // A slip of the unit: 总产91.3吨, 亩产415公斤.
    let cost = |(top, bottom): &(Term, Term)| top.cost + bottom.cost;
    let scaled = sound
        .iter()
        .filter(|reading| cost(reading) <= NEAR && power_of_ten(&(value(reading) / &sink.num(at).value)))
        .min_by_key(|reading| cost(reading));
    let scaled = scaled.map(|reading| (**reading).clone());
    let Some((top, bottom)) = scaled.or_else(|| pick(sink, at, &sound, &value).filter(|_| exact(sink.num(at)))) else {
        return;
    };
    // 合计193.71万亿元，日均8.42万亿元: by the 23 days on which there was trade.
    if spread.dim == "day" && bottom.nums.is_empty() {
        let printed = &sink.num(at).span;
        let whole = |top: &Term| {
            top.span.times(&spread.size).over(printed).is_some_and(|days| {
                let next = days.lo.ceil();
                next <= days.hi && next >= q(2) && next <= q(31)
            })
        };
        if sound.iter().any(|(top, _)| top.cost <= NEAR && whole(top)) {
            return;
        }
    }
    let reading = (top, bottom);
    let made = value(&reading);
    let beside = |other: &usize| sink.claim(*other).sentence == sink.claim(at).sentence;
    let told = reading.0.nums.iter().chain(&reading.1.nums).all(beside) && !reading.1.nums.is_empty();
    let unit = power_of_ten(&(&made / &sink.num(at).value));
    if !told && !unit && elsewhere(sink, at, spread, &reading) {
        return;
    }
    accuse(sink, at, &reading.0, &reading.1, &made);
}

/// Whether a count further away, in another paragraph, makes the average: 人均 is over all, wherever their number is told.
fn elsewhere(sink: &Sink<'_>, at: usize, spread: &Spread, (top, bottom): &(Term, Term)) -> bool {
    let (Some(printed), Some(near)) = (printed_span(sink, at), bottom.nums.first().copied()) else { return false };
    let part = sink.claim(at).part;
    let told = sink.reading.part_nums[..part].iter().rev().take(60).flat_map(Clone::clone);
    told.filter(|other| operand(sink, *other) && sink.num(*other).unit.dim == sink.num(near).unit.dim)
        .any(|other| quotient(spread, top, &one(sink, other, 0)).is_some_and(|span| span.meets(&printed)))
}

fn power_of_ten(ratio: &Q) -> bool {
    [1, 2, 3, 4, 5, 8].iter().any(|power| {
        [ratio / ten_to(*power), ratio * ten_to(*power)]
            .iter()
            .any(|rest| (rest - q(1)).abs() < Q::new(2.into(), 100.into()))
    })
}

fn accuse(sink: &mut Sink<'_>, at: usize, top: &Term, bottom: &Term, value: &Q) {
    if !value.is_positive() {
        return;
    }
    let expected = sink.like(at, value);
    let slip = power_of_ten(&(value / &sink.num(at).value));
    let kind = if slip { Kind::Unit } else { Kind::Ratio };
    let reason = format!(
        "{}÷{}={expected}，与{}不符{}",
        terms(sink, top),
        bottom_words(sink, bottom),
        sink.shown(at),
        if slip { "，相差整数量级，单位或有误" } else { "" }
    );
    let first = top.nums[0];
    let loose = !sink.num(first).unit.scaled && sink.num(first).value < &sink.num(at).value * q(1000);
    let blame = if slip && (first > at || loose) { first } else { at };
    let range = sink.phrase(blame);
    let related = top
        .nums
        .iter()
        .chain(&bottom.nums)
        .chain([&at])
        .filter(|other| **other != blame)
        .map(|other| sink.phrase(*other))
        .collect();
    let suggestion = if slip { None } else { sink.replace(at, value) };
    let severity = sink.grade(at, value);
    sink.accuse(at);
    sink.report(Verdict { rule: "K21", kind, severity, range, expected: Some(expected), reason, related, suggestion });
}
