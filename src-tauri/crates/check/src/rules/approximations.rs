//! 约, 近, 超, 过半, 三成, 四分之一 against the exact number that stands beside them.

use num_traits::Signed;

use super::readings::{LOOSE, Term, label, terms};
use super::{Sink, Verdict, akin, exact, fractions, roughly};
use crate::claims::{Role, without_slack};
use crate::exact::{Q, Span, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

pub(super) fn run(sink: &mut Sink<'_>, known: &fractions::Shares) {
    for rough in 0..sink.reading.nums.len() {
        let num = sink.num(rough);
        let claim = sink.claim(rough);
        if sink.reading.is_table(claim.part) || num.garbled.is_some() {
            continue;
        }
        let spoken_share = num.spoken && num.percent();
        let bounded = num.approx != Approx::Exact && (num.is_level() || num.percent());
        if !(spoken_share || bounded) || matches!(claim.role, Role::Bound | Role::Growth | Role::From | Role::Change) {
            continue;
        }
        // 同比增长大于50%，占比36.97%: the edge of a class. 分别约为100万吨，67万吨: a list.
        let edge = ["大于", "超过", "高于", "小于", "低于", "不低于", "超"].iter().any(|word| {
            claim.before.strip_suffix(word).is_some_and(|head| {
                ["增长", "增幅", "下降", "降幅", "涨幅", "跌幅", "增速"].iter().any(|verb| head.ends_with(verb))
            })
        });
        if edge || claim.before.contains("分别") {
            continue;
        }
        for other in [rough + 1, rough.wrapping_sub(1)] {
            if beside(sink, rough, other) {
                compare(sink, rough, other);
                break;
            }
        }
    }
    shares(sink, known);
}

/// What a rough share allows: 近六成 is 56 to 60, 超六成 60 to 70, 六成 55 to 65.
fn allowance(sink: &Sink<'_>, at: usize) -> Span {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let mark = num.value.clone();
    let open = mark == q(50) || !num.spoken || claim.after.starts_with("以上");
    match num.approx {
        Approx::Over => Span::new(mark.clone(), if open { q(100) } else { &mark + q(10) }),
        Approx::Under if claim.falls_short() => Span::new(q(0), mark),
        Approx::Under => Span::new(&mark - near(&mark), mark.clone()),
        _ => Span::point(mark).wider(&if num.spoken { q(5) } else { q(2) }),
    }
}

/// How far below a mark 近 may be: four points below six tenths, two below one.
fn near(mark: &Q) -> Q {
    q(4).min(mark / q(5))
}

/// 52家，占比超六成; 开工33个，开工率近七成; 近半数企业（358家）: a rough share against the count it is of.
fn shares(sink: &mut Sink<'_>, known: &fractions::Shares) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let rough = num.percent() && (num.spoken || num.approx != Approx::Exact) && num.garbled.is_none();
        if !rough
            || !sink.reading.is_prose(claim.part)
            || matches!(claim.role, Role::Growth | Role::Change | Role::Bound | Role::From | Role::To | Role::Base)
            || claim.depth > 0
            || claim.future
            || sink.confirmed[at].is_some()
            || ["目标", "力争", "以上年", "要求", "规定"].iter().any(|word| claim.before.contains(word))
            // 较上届超三倍, 超过106%: growth, and more than there is.
            || claim.before.contains(['较', '比']) && !claim.before.contains(['占', '率', '重', '例'])
            || num.value > q(100)
        {
            continue;
        }
        if together(sink, at) || after_exact(sink, at) || each(sink, at) || roughly::judge(sink, at) {
            continue;
        }
        if of_all(sink, at, known) {
            continue;
        }
        if let Some(count) = counted(sink, at) {
            weigh(sink, at, count);
        }
        let words = &claim.before;
        let edged = ["以上", "以下", "以内"].iter().any(|edge| words.starts_with(edge));
        if sink.confirmed[at].is_none() && !sink.accused[at] && !goes_on(sink, at) && !edged {
            let readings = fractions::rough(sink, at, known);
            read(sink, at, &readings);
        }
    }
}

/// 需要照料的1846人，超过样本的两成: the count right before, of the whole by which the last exact share of the text is right.
fn of_all(sink: &mut Sink<'_>, at: usize, known: &fractions::Shares) -> bool {
    let claim = sink.claim(at);
    let words = without_slack(&claim.before);
    let words = ["已", "超过", "超", "接近", "将近", "近", "约", "占", "不足", "不到", "达到", "达"]
        .iter()
        .fold(words, |words, lead| words.strip_prefix(lead).unwrap_or(words));
    let words = words.trim_end_matches('的');
    let named = [
        "样本",
        "总数",
        "总体",
        "全部样本",
        "样本总数",
        "调查对象",
        "受访者",
        "全部",
        "总样本",
        "受访对象",
        "样本总量",
    ];
    let Some(count) = at.checked_sub(1).filter(|count| named.contains(&words) && countable(sink, *count)) else {
        return false;
    };
    let Some(whole) = known.last_base(at).filter(|_| sink.claim(count).clause + 1 == claim.clause) else {
        return false;
    };
    let whole_num = sink.num(whole);
    if whole_num.unit.dim != sink.num(count).unit.dim || whole_num.value <= sink.num(count).value {
        return false;
    }
    let Some(share) = sink.num(count).span.over(&whole_num.span).map(|quotient| quotient.times(&q(100))) else {
        return false;
    };
    let value = format!("{}÷{}={}%", sink.shown(count), sink.shown(whole), decimal(&share.middle(), 1));
    if share.meets(&allowance(sink, at)) {
        sink.confirm(&[at], &value);
        sink.place_right(&[count], &value);
    } else {
        accuse(sink, at, &share.middle(), value, &[count, whole]);
    }
    true
}

/// 比重分别为29.4%、24.72%和20.44%，合计超过总量八成: the shares told right before, together.
fn together(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    if !["合计", "之和", "共占", "三者", "两者"].iter().any(|word| claim.before.contains(word)) {
        return false;
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let mut run: Vec<usize> = Vec::new();
    for other in (first..at).rev() {
        let (num, told) = (sink.num(other), sink.claim(other));
        let share =
            num.percent() && !num.spoken && num.garbled.is_none() && matches!(told.role, Role::Share(_) | Role::Level);
        if !share || told.depth != claim.depth {
            break;
        }
        run.push(other);
        if !told.joins() {
            break;
        }
    }
    let last = run.first().is_some_and(|last| sink.claim(*last).clause + 1 >= claim.clause);
    let run = if run.len() >= 2 && last { run } else { members(sink, at) };
    if run.len() < 2 || run.iter().any(|other| sink.accused[*other]) {
        return false;
    }
    let run: Vec<usize> = run.into_iter().rev().collect();
    let sum = run.iter().fold(Span::zero(), |sum, other| sum.plus(&sink.num(*other).span));
    let words: Vec<String> = run.iter().map(|other| sink.shown(*other)).collect();
    let value = sum.middle();
    let note = format!("{}={}%", words.join("+"), decimal(&value, 2));
    let mut allowed = allowance(sink, at);
    if sink.num(at).approx == Approx::Over {
        allowed.hi = &sink.num(at).value + q(10);
    }
    if sum.meets(&allowed) {
        sink.confirm(&[at], &note);
    } else {
        accuse(sink, at, &value, note, &run);
    }
    true
}

/// 占24.9%，其次是浙江（15.8%）、…，前五省合计占比近六成: as many shares as the words count. 甲和乙两类合计占比超过六成: the shares that bear
/// the names, the last first.
fn members(sink: &Sink<'_>, at: usize) -> Vec<usize> {
    let claim = sink.claim(at);
    let words = claim.before.as_str();
    let share = |other: usize| {
        let (num, told) = (sink.num(other), sink.claim(other));
        let role = matches!(told.role, Role::Share(_)) || num.percent() && told.depth > 0 && told.role == Role::Level;
        num.percent() && exact(num) && !num.spoken && num.garbled.is_none() && role && !told.prior
    };
    let subject = words.split("合计").next().unwrap_or("").trim_start_matches(['，', '：']);
    let counts = ["两类", "两项", "两者", "二者", "三类", "三项", "三者", "问题", "两种", "三种", "两大类", "三大类"];
    let subject = counts.iter().rev().fold(subject, |words, tail| words.strip_suffix(tail).unwrap_or(words));
    let names: Vec<&str> = subject.split(['、', '和', '及', '与']).collect();
    let part = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(24));
    if names.len() >= 2 && names.iter().all(|name| name.chars().count() >= 2) {
        let bears = |name: &str| (part..at).rev().find(|other| share(*other) && akin(&sink.claim(*other).noun, name));
        let mut found: Vec<usize> = names.iter().filter_map(|name| bears(name)).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        return if found.len() == names.len() { found } else { Vec::new() };
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let all: Vec<usize> = (first..at).rev().filter(|other| share(*other)).collect();
    let counted = fractions::together_of(words).filter(|_| words.trim_start().starts_with('前'));
    if counted == Some(all.len()) { all } else { Vec::new() }
}

/// 分别为52.6%和51.3%，…，均超六成: each of the percentages told last.
fn each(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let words = ["超过", "超", "接近", "近", "不足", "不到", "达到", "达", "过", "突破", "在"]
        .iter()
        .find_map(|word| claim.before.strip_suffix(word))
        .unwrap_or(&claim.before);
    let words = words.trim_start_matches(['且', '已']);
    if !matches!(words, "均" | "都" | "双双" | "占比均" | "占比都" | "比重均" | "均已" | "都已") {
        return false;
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let share = |other: usize| {
        let (num, told) = (sink.num(other), sink.claim(other));
        num.percent()
            && !num.spoken
            && num.approx == Approx::Exact
            && num.garbled.is_none()
            && matches!(told.role, Role::Share(_) | Role::Level)
            && told.depth == claim.depth
            && told.segment == claim.segment
            && !told.prior
    };
    let all: Vec<usize> = (first..at).filter(|other| share(*other)).collect();
    let run: Vec<usize> = match all.iter().rposition(|other| !sink.claim(*other).joins()) {
        Some(head) if all.len() - head >= 2 => all[head..].to_vec(),
        _ => all,
    };
    if run.len() < 2 || run.iter().any(|other| sink.accused[*other]) {
        return false;
    }
    let mut allowed = allowance(sink, at);
    if sink.num(at).approx == Approx::Over {
        allowed.hi = q(100);
    }
    match run.iter().copied().find(|other| !sink.num(*other).span.meets(&allowed)) {
        None => sink.confirm(&[at], "所列各项均如此"),
        Some(other) => {
            let value = sink.num(other).value.clone();
            accuse(sink, at, &value, format!("其中一项为{}", sink.shown(other)), &[other]);
        }
    }
    true
}

/// 占44.6%，接近总量的三分之一: the same share once more, in round words.
fn after_exact(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let Some(share) = at.checked_sub(1) else { return false };
    let told = sink.claim(share);
    let words = sink.reading.norm(sink.num(share).end..sink.num(at).start);
    let words = words.trim_start_matches('，');
    let bare = ["接近", "近", "超过", "超", "约占", "约", "占", "已过", "达", "即", "不足", "不到", ""];
    // 占全市的53.2%，不足全市总量的一半: the whole is named once more.
    let whole = words.strip_suffix('的').and_then(|words| {
        let leads = bare.iter().filter(|word| !word.is_empty());
        let whole = leads.clone().fold(words, |words, lead| words.strip_prefix(lead).unwrap_or(words));
        // 但亡人数占总数的15%: of something else.
        let other = leads.clone().any(|word| whole.contains(word)) || whole.contains("其中");
        let led = whole.len() < words.len() || words.starts_with('总') || words == "全部";
        (led && !other).then_some(whole)
    });
    const TOTALS: [&str; 5] = ["总量", "总数", "全部", "总额", "总体"];
    let same = whole.is_some_and(|whole| match &told.role {
        _ if TOTALS.contains(&whole) => true,
        Role::Share(of) if !of.is_empty() => akin(whole, of) || whole.contains(of) || of.contains(whole),
        _ => TOTALS.iter().any(|word| whole.ends_with(word)),
    });
    let again = (bare.contains(&words) || same)
        && sink.num(share).percent()
        && !sink.num(share).spoken
        && matches!(told.role, Role::Share(_))
        && told.sentence == claim.sentence
        && claim.clause == told.clause + 1
        && !sink.accused[share]
        && !goes_on(sink, at);
    if !again {
        return false;
    }
    let mut allowed = allowance(sink, at);
    if sink.num(at).approx == Approx::Over && sink.num(at).value != q(50) {
        allowed.hi = &sink.num(at).value + q(10);
    }
    let value = sink.num(share).value.clone();
    if sink.num(share).span.meets(&allowed) {
        sink.confirm(&[at], &format!("即{}", sink.shown(share)));
    } else {
        let why = format!("前文为{}", sink.shown(share));
        accuse(sink, at, &value, why, &[share]);
    }
    true
}

/// Whether the words after a rough share say that it is of them: 超六成的企业, 八成来自….
fn goes_on(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let bare = claim.before.trim_start_matches(['约', '近', '超', '过', '逾', '将', '接', '有', '已']);
    let rest = ["以上", "左右", "多", "余", "以内", "以下"]
        .iter()
        .find_map(|word| claim.after.strip_prefix(word))
        .unwrap_or(&claim.after);
    claim.before.contains("其中")
        || rest.starts_with('的')
        || bare.is_empty() && !rest.is_empty()
        || ["贡献", "承担", "相当", "创造"].iter().any(|word| claim.before.contains(word))
}

/// A count that a share can be of.
fn countable(sink: &Sink<'_>, at: usize) -> bool {
    sink.is_level(at)
        && sink.claim(at).role == Role::Level
        && sink.num(at).approx == Approx::Exact
        && sink.num(at).value.is_positive()
        && !sink.claim(at).prior
        && !sink.num(at).unit.dim.is_empty()
        && !["均", "每"].iter().any(|word| sink.claim(at).before.contains(word))
}

/// The count that a rough share speaks of: in brackets after it, right before it, or told before under its name.
fn counted(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let claim = sink.claim(at);
    let next = at + 1;
    if sink.reading.nums.get(next).is_some_and(|num| num.start <= sink.num(at).end + 10)
        && sink.claim(next).depth == claim.depth + 1
        && countable(sink, next)
        && sink.claim(next).before.is_empty()
    {
        return Some(next);
    }
    // 1650亿元，其中55%以上用于…; 引进项目67个，八成来自…; 超六成的企业…: the count before is the whole.
    if goes_on(sink, at) {
        return None;
    }
    let words = claim.before.split('占').next().unwrap_or("");
    // 重点企业611家，进出口值占总值的近九成: an amount is no part of a count.
    let amount =
        ["值", "额", "收入", "利润", "产值", "支出", "税收", "票房", "资金"].iter().any(|word| words.ends_with(word));
    let counter = |count: &usize| amount && !sink.num(*count).unit.is_money();
    if at.checked_sub(1).is_some_and(|count| counter(&count)) {
        return None;
    }
    let subject = crate::claims::noun_of(words).trim_end_matches("比例").trim_end_matches("比重").to_owned();
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let rate = subject.strip_suffix('率').map(|stem| {
        let stem: Vec<char> = stem.chars().collect();
        stem[stem.len().saturating_sub(2)..].iter().collect::<String>()
    });
    if subject.is_empty() || rate.is_some() {
        let fits = |count: &usize| {
            countable(sink, *count)
                && sink.claim(*count).depth == 0
                && claim.clause <= sink.claim(*count).clause + 3
                && claim.segment == sink.claim(*count).segment
                && rate.as_ref().is_none_or(|stem| sink.claim(*count).before.contains(stem.as_str()))
        };
        let right_before = at.checked_sub(1).filter(|count| sentence.contains(count));
        let share = right_before.filter(|last| sink.num(*last).percent() && !sink.num(*last).spoken);
        return share.map_or(right_before, |share| share.checked_sub(1)).filter(fits);
    }
    if subject.chars().count() < 2 || subject.contains(crate::claims::DATE) {
        return None;
    }
    let first = claim.part.saturating_sub(6);
    let start = sink.reading.part_nums[first].start.max(at.saturating_sub(60));
    let named = |count: &usize| {
        let other = sink.claim(*count);
        countable(sink, *count) && other.own && sink.reading.is_prose(other.part) && {
            let noun = other.noun.as_str();
            // 优秀和良好 is neither of the two.
            if subject.contains(['、', '和', '及', '与']) {
                return noun == subject;
            }
            noun == subject
                || subject.chars().count() >= 3 && (noun.starts_with(&subject) || noun.ends_with(&subject))
                || noun.chars().count() >= 2 && subject.starts_with(noun) && other.thing.is_empty()
                || noun.chars().count() >= 3 && subject.ends_with(noun)
        }
    };
    let mut found: Vec<usize> = (start..at).filter(named).collect();
    // The nearest tier that names it decides: the sentence, the paragraph, the paragraphs before.
    let here = |count: usize| sink.claim(count).sentence == claim.sentence;
    let near = |count: usize| sink.claim(count).part == claim.part;
    if found.iter().any(|count| here(*count)) {
        found.retain(|count| here(*count));
    } else if found.iter().any(|count| near(*count)) {
        found.retain(|count| near(*count));
    }
    // 来自境外1927万次，境外攻击占比…: the count right before, when it shares a word with the subject.
    let Some(last) = found.last().copied() else {
        let chars: Vec<char> = subject.chars().collect();
        return at.checked_sub(1).filter(|count| {
            sentence.contains(count)
                && countable(sink, *count)
                && claim.clause == sink.claim(*count).clause + 1
                && chars.windows(2).any(|pair| sink.claim(*count).noun.contains(&pair.iter().collect::<String>()))
        });
    };
    found.iter().all(|count| sink.num(*count).value == sink.num(last).value).then_some(last)
}

/// Judges a rough share by the exact share of its count, or by the wholes the count can be a part of.
fn weigh(sink: &mut Sink<'_>, at: usize, count: usize) {
    let allowed = allowance(sink, at);
    let of = match &sink.claim(at).role {
        Role::Share(of) => of.clone(),
        _ => String::new(),
    };
    let next = count + 1;
    let printed = (next != at && next < sink.reading.nums.len() && of.is_empty()).then_some(next).filter(|next| {
        sink.num(*next).percent()
            && sink.num(*next).approx == Approx::Exact
            && !sink.num(*next).spoken
            && sink.claim(*next).role == Role::Share(String::new())
            && sink.claim(*next).clause == sink.claim(count).clause + 1
            && !sink.claim(*next).own
    });
    if let Some(share) = printed {
        let span = sink.num(share).span.clone();
        if span.meets(&allowed) {
            sink.confirm(&[at], &format!("{}即{}", sink.shown(count), sink.shown(share)));
        } else {
            let reason = format!("{}占{}", sink.shown(count), sink.shown(share));
            accuse(sink, at, &span.middle(), reason, &[count, share]);
        }
        return;
    }
    let share =
        |sink: &Sink<'_>, whole: &Span| sink.num(count).span.over(whole).map(|quotient| quotient.times(&q(100)));
    let fits = |sink: &Sink<'_>, whole: &Span| share(sink, whole).is_some_and(|span| span.meets(&allowed));
    let printed: Vec<usize> = wholes(sink, at, count)
        .into_iter()
        .filter(|whole| of.is_empty() || sink.claim(*whole).noun.contains(&of) || of.contains(&sink.claim(*whole).noun))
        .collect();
    let pinned = super::shares::whole_of(sink, count, at, &allowed).map(|(whole, _)| whole);
    // 占增加店铺的四分之一: those asked are not the whole that is named.
    let bears = |whole: &usize| {
        let noun = &sink.claim(*whole).noun;
        of.is_empty() || fractions::asks(&of) || akin(noun, &of) || noun.contains(&of) || of.contains(noun.as_str())
    };
    let sure = pinned.filter(|whole| sibling(sink, at, count, *whole) && bears(whole));
    let sum = if of.is_empty() { run_sum(sink, count) } else { None };
    // 逾七成（全县耕地面积88.5万亩）: the whole in the bracket behind.
    let behind = Some(at + 1).filter(|whole| {
        sink.reading.nums.get(*whole).is_some_and(|num| num.start <= sink.num(at).end + 16)
            && sink.claim(*whole).depth == sink.claim(at).depth + 1
            && sink.claim(*whole).own
            && countable(sink, *whole)
            && sink.num(*whole).unit.dim == sink.num(count).unit.dim
            && sink.num(*whole).value > sink.num(count).value
    });
    // 公立医院11772个，民营医院26583个，民营医院近六成: the list makes one of the wholes, which is theirs.
    let beside = [sum.clone(), of.is_empty().then(|| clause_sum(sink, count)).flatten()];
    let listed =
        beside.iter().flatten().find_map(|sum| printed.iter().copied().find(|whole| sink.num(*whole).span.meets(sum)));
    let agreed = printed.iter().copied().find(|whole| fits(sink, &sink.num(*whole).span));
    if sure.is_none() && agreed.is_none() && sum.as_ref().is_some_and(|sum| fits(sink, sum)) {
        sink.confirm(&[at, count], "与所列各项之和的比例相符");
        return;
    }
    let values: std::collections::HashSet<String> =
        printed.iter().map(|whole| sink.num(*whole).value.to_string()).collect();
    let only = printed.first().copied().filter(|_| values.len() == 1);
    let bound = pinned.filter(|whole| of.is_empty() || printed.contains(whole));
    // The only greater count accuses when it is told right before and counts the same things.
    let said = crate::claims::noun_of(sink.claim(at).before.split('占').next().unwrap_or(""));
    let only = only.filter(|whole| {
        let (other, claim) = (sink.claim(*whole), sink.claim(count));
        if !said.is_empty() || claim.depth > sink.claim(at).depth {
            return true;
        }
        other.sentence + 1 >= claim.sentence
            && other.part == claim.part
            && (["共", "总", "全"].iter().any(|word| other.before.contains(word))
                || !other.thing.is_empty() && akin(&other.thing, &claim.thing)
                || akin(&other.noun, &claim.noun)
                || sink.reading.norm(sink.num(*whole).end..sink.num(count).start).contains("其中"))
    });
    let Some(whole) = behind.or(sure).or(agreed).or(bound).or(only).or(listed) else { return };
    let Some(span) = share(sink, &sink.num(whole).span) else { return };
    let value = format!("{}÷{}={}%", sink.shown(count), sink.shown(whole), decimal(&span.middle(), 1));
    if span.meets(&allowed) {
        sink.confirm(&[at], &value);
        sink.place_right(&[count], &value);
    } else {
        accuse(sink, at, &span.middle(), value, &[count, whole]);
    }
}

/// The sum of the list of like counts that a count stands in.
fn run_sum(sink: &Sink<'_>, count: usize) -> Option<Span> {
    let sentence = sink.reading.sentences[sink.claim(count).sentence].nums.clone();
    // Whether a number goes on the list of the one before it.
    let joined = |at: usize| {
        sentence.contains(&at)
            && countable(sink, at)
            && countable(sink, at - 1)
            && sink.num(at).unit.dim == sink.num(at - 1).unit.dim
            && sink.claim(at).before.starts_with(['、', '和', '及'])
    };
    let mut range = count..count + 1;
    while range.start > sentence.start && joined(range.start) {
        range.start -= 1;
    }
    while joined(range.end) {
        range.end += 1;
    }
    (range.len() > 1).then(|| range.fold(Span::zero(), |sum, at| sum.plus(&sink.num(at).span)))
}

/// The sum of the like counts that stand in the clauses right before a count, its own included.
fn clause_sum(sink: &Sink<'_>, count: usize) -> Option<Span> {
    let sentence = sink.reading.sentences[sink.claim(count).sentence].nums.clone();
    let alike = |at: usize| countable(sink, at) && sink.num(at).unit.dim == sink.num(count).unit.dim;
    let mut first = count;
    while first > sentence.start
        && alike(first - 1)
        && sink.claim(first).clause <= sink.claim(first - 1).clause + 1
        && sink.claim(first - 1).segment == sink.claim(count).segment
    {
        first -= 1;
    }
    (first < count).then(|| (first..=count).fold(Span::zero(), |sum, at| sum.plus(&sink.num(at).span)))
}

/// Whether another count of the sentence makes its printed share with the same whole.
fn sibling(sink: &Sink<'_>, at: usize, count: usize, whole: usize) -> bool {
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.clone();
    sentence.clone().filter(|share| *share > sentence.start).any(|share| {
        let other = share - 1;
        other != count
            && sink.num(share).percent()
            && !sink.num(share).spoken
            && matches!(sink.claim(share).role, Role::Share(_))
            && countable(sink, other)
            && sink.num(other).unit.dim == sink.num(count).unit.dim
            && sink
                .num(other)
                .span
                .over(&sink.num(whole).span)
                .is_some_and(|quotient| quotient.times(&q(100)).meets(&sink.num(share).span))
    })
}

/// Counts of the same kind that are not less, in the paragraphs of the count and the share, or else a little before.
fn wholes(sink: &Sink<'_>, at: usize, count: usize) -> Vec<usize> {
    let fits = |whole: &usize| {
        countable(sink, *whole)
            && *whole != count
            && sink.num(*whole).unit.dim == sink.num(count).unit.dim
            && sink.num(*whole).value > sink.num(count).value
            && sink.claim(*whole).year == sink.claim(count).year
    };
    let part = sink.claim(count).part;
    let near = |first: usize| -> Vec<usize> {
        let start = sink.reading.part_nums[first].start.max(at.saturating_sub(80));
        (start..at).filter(fits).collect()
    };
    let mut here = near(part);
    // 不足 and 超过半数 let almost any whole pass, so only the sentence's own count when it has one.
    let loose = allowance(sink, at);
    let inside = |whole: &usize| sink.claim(*whole).sentence == sink.claim(count).sentence;
    if &loose.hi - &loose.lo > q(15) && here.iter().any(inside) {
        here.retain(inside);
    }
    if here.is_empty() { near(part.saturating_sub(8)) } else { here }
}

/// Judges a rough share by what it can be of: one fitting reading will do; none accuses but a tight one.
fn read(sink: &mut Sink<'_>, at: usize, readings: &[fractions::Reading]) {
    let mut allowed = allowance(sink, at);
    // 已过七成 says nothing of how far.
    if sink.num(at).approx == Approx::Over {
        allowed.hi = q(100);
    }
    let cost = |reading: &fractions::Reading| reading.part.cost + reading.whole.cost;
    let note = |sink: &Sink<'_>, reading: &fractions::Reading| {
        let value = reading.share.middle();
        format!("{}÷{}={}%", terms(sink, &reading.part), terms(sink, &reading.whole), decimal(&value, 1))
    };
    // 占一季度用电量的四成多: what the words name goes before what is only near.
    let named = readings.iter().filter(|reading| reading.tied).map(cost).min();
    let fits = |reading: &&fractions::Reading| {
        reading.share.meets(&allowed)
            && named.is_none_or(|least| if reading.tied { cost(reading) <= least + 1 } else { cost(reading) < least })
    };
    if let Some(fit) = readings.iter().filter(|reading| cost(reading) <= LOOSE).filter(fits).min_by_key(|r| cost(r)) {
        let words = note(sink, fit);
        sink.confirm(&[at], &words);
        sink.place_right(&fit.part.nums, &words);
        return;
    }
    let sound: Vec<&fractions::Reading> = readings
        .iter()
        .filter(|reading| reading.tied && !of(&reading.part).chain(of(&reading.whole)).any(|num| sink.accused[num]))
        .collect();
    let Some(least) = sound.iter().map(|reading| cost(reading)).min() else { return };
    let gap = |reading: &fractions::Reading| (reading.share.middle() - &sink.num(at).value).abs();
    let cheapest: Vec<&&fractions::Reading> = sound.iter().filter(|reading| cost(reading) == least).collect();
    // Nobody calls a third 过半: what is that far off is the share of another count, unless the words leave no other.
    let only = match cheapest.as_slice() {
        // 占全部从业人员的三成: those of one region are not all.
        [only] if least <= 1 && !sink.claim(at).before.contains("占全") || least <= 2 && gap(only) <= q(16) => only,
        // Whichever is meant, none makes it.
        _ if least <= 3 => match cheapest.iter().min_by_key(|reading| gap(reading)) {
            Some(nearest) if gap(nearest) <= q(12) && nearest.part.nums.len() == 1 => nearest,
            _ => return,
        },
        _ => return,
    };
    let value = only.share.middle();
    if value > q(100) || value < q(2) {
        return;
    }
    let related: Vec<usize> = of(&only.part).chain(of(&only.whole)).collect();
    let words = note(sink, only);
    accuse(sink, at, &value, words, &related);
}

fn of(term: &Term) -> impl Iterator<Item = usize> + '_ {
    term.nums.iter().copied()
}

fn accuse(sink: &mut Sink<'_>, at: usize, value: &Q, why: String, related: &[usize]) {
    // 还有24米，已完成八成: what is left is no part of what is done.
    let left =
        |other: &usize| ["还有", "尚有", "还差", "剩", "尚余", "余下"].iter().any(|w| label(sink, *other).contains(w));
    let done = ["完成", "达", "已"].iter().any(|word| sink.claim(at).before.contains(word));
    if done && related.first().is_some_and(left) {
        return;
    }
    let range = sink.phrase(at);
    let reason = format!("{why}，与“{}”不符", sink.reading.text(range.clone()));
    let related = related.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(format!("{}%", decimal(value, 1))),
        related,
        ..Verdict::new("K01", Kind::Approx, Severity::Error, range, reason)
    });
}

/// Whether the two numbers speak of the same thing: one explains the other in brackets or in the next words.
fn beside(sink: &Sink<'_>, rough: usize, other: usize) -> bool {
    let Some(exact) = sink.reading.nums.get(other) else { return false };
    let num = sink.num(rough);
    let (a, b) = (sink.claim(rough), sink.claim(other));
    if a.part != b.part
        || a.sentence != b.sentence
        || exact.approx != Approx::Exact
        || exact.spoken
        || exact.garbled.is_some()
        || exact.sort != num.sort
        || exact.unit.dim != num.unit.dim
        || b.future != a.future
    {
        return false;
    }
    if matches!(b.role, Role::Bound | Role::Growth | Role::From | Role::Change)
        || !matches!(exact.sort, Sort::Quantity | Sort::Percent)
    {
        return false;
    }
    let (first, second) = (rough.min(other), rough.max(other));
    // 占46.2%（上年42.1%），接近五成: what a bracket tells of another time.
    if other < rough && b.depth > a.depth && !b.before.is_empty() {
        return false;
    }
    // 71万人受灾，约120万人用电受影响: each counts its own.
    let (x, y) = (&sink.claim(first).thing, &sink.claim(second).thing);
    if !x.is_empty() && !y.is_empty() && x != y && num.is_level() {
        return false;
    }
    let between = sink.reading.norm(sink.num(first).end..sink.num(second).start);
    let plain = between.replace("占比", "占");
    let length = between.chars().count();
    if length > 24
        || ["比", "全国", "全省", "上年", "去年", "目标", "其中", "同期", "年", "计划", "分别", "和", "、", "增", "降"]
            .iter()
            .any(|word| plain.contains(word))
    {
        return false;
    }
    let bracket = between.contains('（') && !between.contains('）') && sink.claim(second).before.chars().count() <= 4;
    // 达48.3%，超过一半; 占比过半，达52.1%
    let tail: String = between.rsplit(['，']).next().unwrap_or("").to_owned();
    let link = between.contains('，')
        && between.matches('，').count() == 1
        && [
            "达",
            "达到",
            "为",
            "占",
            "占比",
            "超过",
            "占比达",
            "占比为",
            "已",
            "已超",
            "接近",
            "近",
            "超",
            "不足",
            "占比超",
            "占总数",
            "即",
            "突破",
            "首次突破",
            "已突破",
            "约",
            "约占",
            "约为",
            "已过",
            "占比不足",
            "占比超过",
            "占比近",
            "逾",
            "不到",
            "仅",
            "仅占",
            "",
        ]
        .contains(&tail.trim());
    // 95人死亡，超过200人受伤; 覆盖率接近98%，99%的卫生院…: each says its own thing.
    let said = |at: usize| sink.claim(at).after.trim_start_matches(['以', '上', '左', '右', '多', '余']).to_owned();
    let (one, two) = (said(first), said(second));
    let apart = !two.is_empty() && one != two && (second == other || !one.is_empty());
    let link = link && !apart;
    let noun_fits = !sink.claim(second).own
        || akin(&sink.claim(second).noun, &sink.claim(first).noun)
        || sink.claim(second).noun.starts_with('占');
    bracket
        || link
            && noun_fits
            && between.split('，').next().is_some_and(|head| {
                head.chars().count() <= 8 && (head.is_empty() || !head.contains('的') || second == other)
            })
}

fn compare(sink: &mut Sink<'_>, rough: usize, other: usize) {
    let num = sink.num(rough);
    let exact = sink.num(other);
    let mark = num.value.abs();
    let value = exact.value.abs();
    let share = num.percent();
    let step = if share && num.spoken { q(5) } else { &mark * Q::new(15.into(), 100.into()) };
    let allowed = match num.approx {
        Approx::Over => {
            Span::new(mark.clone(), &mark + if num.spoken && mark == q(50) { q(50) } else { step.clone() * q(2) })
        }
        Approx::Under => Span::new(if share && num.spoken { &mark - near(&mark) } else { &mark - &step }, mark.clone()),
        Approx::About => Span::point(mark.clone()).wider(&step),
        Approx::Exact if num.spoken => Span::point(mark.clone()).wider(&q(5)),
        Approx::Exact => return,
    };
    // 不足 and 低于 say nothing of how much less.
    let loose_low = num.approx == Approx::Under
        && ["不足", "不到", "低于", "以下", "不超过", "以内"]
            .iter()
            .any(|word| sink.claim(rough).before.ends_with(word) || sink.claim(rough).after.starts_with(word));
    let loose_high = num.approx == Approx::Over && !num.spoken;
    let below = value < allowed.lo && !loose_low;
    let above = value > allowed.hi && !loose_high;
    if !below && !above {
        sink.confirm(&[rough, other], &format!("{}与{}相符", sink.shown(rough), sink.shown(other)));
        return;
    }
    // Far apart, they are two quantities, unless one explains the other in brackets.
    let far = (&value - &mark).abs() * q(10) > &mark * q(6);
    if far {
        return;
    }
    let word = match num.approx {
        Approx::Over => "说的是不小于",
        Approx::Under => "说的是不大于且接近",
        _ => "说的是大约",
    };
    let shown = if share {
        format!("{}%", crate::exact::plain(&mark, 2))
    } else {
        format!("{}{}", decimal(&num.printed(&mark), num.places), num.unit.name)
    };
    let range = sink.phrase(rough);
    let words = sink.reading.text(range.clone());
    let reason = format!("“{words}”{word}{shown}，而实际为{}", sink.shown(other));
    let related = vec![sink.phrase(other)];
    sink.accuse(rough);
    let wide = range.start.min(sink.num(other).start)..range.end.max(sink.num(other).end);
    let range = if wide.len() <= 40 { wide } else { range };
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Approx, Severity::Error, range, reason) });
}
