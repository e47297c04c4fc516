//! K09, K24: percentage points and percent.

use num_traits::Signed;

use super::{Sink, Verdict, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, q};
use crate::review::{Kind, Replacement, Severity};
use crate::scan::Sort;

/// Measures that are parts of a hundred, so that what changes in them is told in points.
fn fraction(noun: &str) -> bool {
    let named = ["率", "占比", "比重", "份额", "比例"].iter().any(|word| noun.ends_with(word));
    // Rates that are counts per head fall and rise by percents too.
    let other = [
        "增长率",
        "生产率",
        "汇率",
        "效率",
        "功率",
        "频率",
        "速率",
        "死亡率",
        "发病率",
        "发案率",
        "发生率",
        "患病率",
        "事故率",
        "感染率",
        "费率",
        "出生率",
        "投诉率",
        "周转率",
        "刑案率",
        "产率",
        "起诉率",
        "犯罪率",
        "成灾率",
        "受害率",
        "曝光率",
    ];
    named && !other.iter().any(|word| noun.ends_with(word))
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) || sink.num(at).garbled.is_some() {
            continue;
        }
        match sink.num(at).sort {
            Sort::Points => {
                misplaced(sink, at);
                if exact(sink.num(at)) {
                    stepped(sink, at);
                    against(sink, at);
                    paced(sink, at);
                }
            }
            Sort::Percent if exact(sink.num(at)) => match sink.claim(at).role {
                Role::Growth => percent_for_points(sink, at),
                Role::Level | Role::Other => {
                    if let Some(reason) = rates_apart(sink, at, &sink.claim(at).before.clone()) {
                        points_finding(sink, at, reason, Vec::new(), Severity::Error);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn previous(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let sentence = sink.claim(at).sentence;
    (at.saturating_sub(4)..at).rev().take_while(|other| sink.claim(*other).sentence == sentence).find(|other| {
        let num = sink.num(*other);
        !(matches!(num.sort, Sort::Date(_) | Sort::Exempt(_)) || num.is_quantity() && num.unit.is_time())
    })
}

/// The old and new percentages before a change: 由A%提高到B%.
fn pair_before(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let new = previous(sink, at)?;
    let mut old = previous(sink, new)?;
    // 78.4%，较A提高…，较B提高…: each is compared with what stands at the head.
    let compared = sink.claim(new).role == Role::Base;
    while matches!(sink.claim(old).role, Role::Change | Role::Growth) || compared && sink.claim(old).role == Role::Base
    {
        old = previous(sink, old)?;
    }
    let (a, b) = (sink.claim(old), sink.claim(new));
    let percents = sink.num(old).percent() && sink.num(new).percent() && exact(sink.num(old)) && exact(sink.num(new));
    let turned = a.role == Role::From && matches!(b.role, Role::To | Role::Share(_))
        || (b.prior && !a.prior)
        || b.role == Role::Base;
    if !percents
        || !turned
        || sink.claim(at).clause > b.clause + 2
        || sink.num(old).garbled.is_some()
        || sink.num(new).garbled.is_some()
    {
        return None;
    }
    // 五年提高5.3: words of time name nothing.
    let timely = sink.claim(at).noun.chars().all(|c| "一二两三四五六七八九十近来间年共累计".contains(c));
    let mine = !sink.claim(at).own || timely || akin(&sink.claim(at).noun, &b.noun) || sink.claim(at).yearly;
    if !mine
        || sink.claim(at).yearly
        || ["全国", "全省", "平均"].iter().any(|word| sink.claim(at).before.contains(word))
    {
        return None;
    }
    Some(if b.prior || b.role == Role::Base { (new, old) } else { (old, new) })
}

/// 由A%提高到B%，提高C个百分点.
fn stepped(sink: &mut Sink<'_>, at: usize) {
    let Some((old, new)) = pair_before(sink, at) else { return };
    let step = sink.num(new).span.minus(&sink.num(old).span);
    let printed = sink.num(at).span.clone();
    let signed = if sink.claim(at).sign < 0 { printed.times(&q(-1)) } else { printed };
    if step.meets(&signed) {
        let note = format!("{}-{}={}", sink.shown(new), sink.shown(old), sink.shown(at));
        sink.confirm(&[old, new, at], &note);
        return;
    }
    // 降幅由5%收窄至3%: the word speaks of the size.
    let kind = if step.meets(&signed.times(&q(-1))) { Kind::Sign } else { Kind::Diff };
    if kind == Kind::Sign
        && ["降幅", "跌幅", "差距", "缩小", "收窄"]
            .iter()
            .any(|word| sink.claim(at).before.contains(word) || sink.claim(new).noun.contains(word))
    {
        return;
    }
    let value = step.middle();
    let expected = sink.like(at, &value.abs());
    let word = if value.is_negative() { "下降" } else { "提高" };
    let reason =
        format!("{}-{}={}个百分点，应为{word}{expected}", sink.shown(new), sink.shown(old), super::short(&value));
    let size = value.abs();
    let mend = Some(&size).filter(|_| kind == Kind::Diff);
    sink.contradict(at, ("K24", kind), (expected, reason), mend, &[old, new]);
}

/// 全国5.0%，我省5.8%，高于全国0.8个百分点.
fn against(sink: &mut Sink<'_>, at: usize) {
    let before = sink.claim(at).before.clone();
    let above =
        ["高于", "快于", "高出", "低于", "慢于", "低出", "比全国", "比全省", "比全市", "比总体", "比平均", "比整体"]
            .iter()
            .any(|word| before.contains(word));
    const PLACES: [&str; 9] = ["全国", "全省", "全市", "全区", "目标", "计划", "总体", "整体", "平均"];
    let Some(place) = PLACES.iter().find(|word| before.contains(**word)) else { return };
    if !above {
        return;
    }
    let low = before.contains("低于") || before.contains("慢于") || before.contains('低') && !before.contains('高');
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.clone();
    let percents: Vec<usize> = sentence
        .clone()
        .filter(|other| {
            sink.num(*other).percent()
                && exact(sink.num(*other))
                && !sink.num(*other).spoken
                && sink.num(*other).garbled.is_none()
        })
        .collect();
    // 稳居全国前十、增长4.8%: the words of place belong to another clause.
    let told_of = |other: &usize| {
        let words = &sink.claim(*other).before;
        words.rfind(place).is_some_and(|from| !words[from..].contains('、'))
    };
    let mut theirs: Vec<usize> = percents.iter().copied().filter(told_of).collect();
    if theirs.is_empty()
        && let Some(next) = percents.iter().copied().find(|other| *other + 1 == at)
        && sink.reading.norm(sink.num(next).start.saturating_sub(12)..sink.num(next).start).contains(place)
    {
        theirs.push(next);
    }
    // 全国医院病床使用率79.4%，公立医院86.0%，高出平均水平7.6个百分点: the first of the two is the mean of all.
    let general = matches!(*place, "总体" | "整体" | "平均");
    if theirs.is_empty()
        && general
        && let [first, second] = percents[..percents.partition_point(|other| *other < at)]
        && second + 1 == at
        && ["全", "总", "我", "各"].iter().any(|word| sink.claim(first).before.contains(word))
        && !sink.claim(second).noun.is_empty()
    {
        theirs.push(first);
    }
    let ours: Vec<usize> = percents.iter().copied().filter(|other| !theirs.contains(other) && *other < at).collect();
    let ([their], [our]) = (theirs.as_slice(), ours.as_slice()) else { return };
    let (their, our) = (*their, *our);
    let growths = |at: usize| sink.claim(at).role == Role::Growth;
    if growths(our) != growths(their) {
        return;
    }
    let value = |at: usize| {
        if growths(at) && sink.claim(at).sign < 0 { sink.num(at).span.times(&q(-1)) } else { sink.num(at).span.clone() }
    };
    let step = value(our).minus(&value(their));
    let signed = if low { sink.num(at).span.times(&q(-1)) } else { sink.num(at).span.clone() };
    if step.meets(&signed) {
        sink.confirm(&[our, their, at], &format!("{}与{}相差{}", sink.shown(our), sink.shown(their), sink.shown(at)));
        return;
    }
    let kind = if step.meets(&signed.times(&q(-1))) { Kind::Sign } else { Kind::Diff };
    let expected = sink.like(at, &step.middle().abs());
    let reason = format!(
        "{}-{}={}个百分点，与{}不符",
        sink.shown(our),
        sink.shown(their),
        super::short(&step.middle()),
        sink.shown(at)
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(our), sink.phrase(their)];
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K24",
        kind,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion: None,
    });
}

/// 比重由A%提高到B%，提高C%; 城镇化率65.2%，提高1.1%.
/// 投入强度为2.39%，比上年提高0.15%（上年为2.24%）: the old percentage stands in the bracket behind, the new one before.
fn bracketed(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let old = at + 1;
    let new = previous(sink, at)?;
    if old >= sink.reading.nums.len() || sink.reading.chars.get(sink.num(at).end) != Some(&'（') {
        return None;
    }
    let (claim, ours, theirs) = (sink.claim(at), sink.claim(new), sink.claim(old));
    let plain = |at: usize| sink.num(at).percent() && exact(sink.num(at)) && sink.num(at).garbled.is_none();
    let told = plain(old)
        && plain(new)
        && theirs.depth > claim.depth
        && ["上年", "去年", "同期", "上季", "上月", "上期"].iter().any(|word| theirs.before.contains(word))
        && matches!(ours.role, Role::Level | Role::Share(_) | Role::To)
        && claim.clause <= ours.clause + 1
        && !claim.own;
    told.then_some((old, new))
}

/// 增速比各项存款高1.0%; 不捕率33.6%，比总体不捕率22.0%高11.6%; 增长7.6%、高于全国1.7%: by what one rate lies above another is told
/// in points, whatever they are rates of.
fn rates_apart(sink: &Sink<'_>, at: usize, word: &str) -> Option<String> {
    const SPEEDS: [&str; 5] = ["增速", "增幅", "涨幅", "降幅", "增长率"];
    const ABOVE: [&str; 6] = ["高于", "快于", "低于", "慢于", "高出", "低出"];
    let claim = sink.claim(at);
    let tail = word.trim_end_matches(['出', '约', '了']);
    // 增速回落4.7%: a rate of growth moves by points.
    let moved = ["回落", "提高", "加快", "放缓", "收窄", "扩大", "提升", "下降", "上升"];
    let moves = moved.iter().any(|verb| {
        word.trim_end_matches(['约', '了'])
            .strip_suffix(verb)
            .is_some_and(|head| SPEEDS.iter().any(|speed| head.ends_with(speed)))
    });
    if moves {
        return Some("增速的升降应以百分点计".to_owned());
    }
    // A还是B: the words of the comparison stand behind 比, or open with 高于.
    let named = match word.rfind(['比', '较']).filter(|cut| !word[..*cut].ends_with('占')) {
        Some(cut) if ["高", "低", "快", "慢"].iter().any(|verb| tail.ends_with(verb)) => Some(word.split_at(cut)),
        _ => ABOVE.iter().filter_map(|verb| word.find(verb)).min().map(|cut| word.split_at(cut)),
    };
    // 比总体刑事犯罪不捕率22.0%高: the other rate stands between 比 and 高.
    let before = previous(sink, at)?;
    let inline = (sink.claim(before).role == Role::Base || sink.claim(before).base.starts_with(['比', '较']))
        && sink.num(before).percent()
        && sink.claim(before).clause == claim.clause
        && ["高", "低", "快", "慢", "回落", "提高", "提升", "上升", "下降", "降低", "放缓", "加快", "收窄", "扩大"]
            .contains(&tail.trim_start_matches(['的', '还', '要', '仍']));
    if inline {
        return Some("两个百分率之差应以百分点计".to_owned());
    }
    let (head, other) = named?;
    // 高于省定55%: what stands behind may be the other rate itself, unless it is by what two rates of the paragraph differ.
    if !other.starts_with(['比', '较']) && !differ_by(sink, at) {
        return None;
    }
    let speeds = SPEEDS.iter().any(|noun| head.ends_with(noun) || other.contains(noun));
    if speeds {
        return Some("两个增速之差应以百分点计".to_owned());
    }
    let core = |words: &str| crate::claims::noun_of(words.trim_start_matches(['比', '较']));
    let rates = fraction(&core(head)) || fraction(&core(other.trim_end_matches(['高', '低', '快', '慢', '出'])));
    // The rate that is compared stands right before, and the comparison names nothing else.
    let ours = sink.claim(before);
    let rate = sink.num(before).percent()
        && sink.num(before).garbled.is_none()
        && claim.clause <= ours.clause + 1
        && claim.segment == ours.segment
        && claim.depth == ours.depth;
    let bare = head.trim_matches(['，', '、', '；']).is_empty();
    let told = rate && bare && matches!(ours.role, Role::Growth | Role::Share(_) | Role::Level | Role::To);
    let amount = matches!(ours.role, Role::Share(_)) && ours.before.contains("完成");
    ((rates || told) && !amount).then(|| "两个百分率之差应以百分点计".to_owned())
}

/// Whether two percentages told before in the paragraph differ by this one.
fn differ_by(sink: &Sink<'_>, at: usize) -> bool {
    let body = &sink.reading.part_nums[sink.claim(at).part];
    let rates: Vec<usize> = (body.start.max(at.saturating_sub(12))..at)
        .filter(|other| sink.num(*other).percent() && exact(sink.num(*other)) && sink.num(*other).garbled.is_none())
        .collect();
    let apart = |a: usize, b: usize| {
        let step = sink.num(a).span.minus(&sink.num(b).span);
        step.meets(&sink.num(at).span) || step.times(&q(-1)).meets(&sink.num(at).span)
    };
    rates.iter().enumerate().any(|(place, a)| rates[place + 1..].iter().any(|b| apart(*a, *b)))
}

fn percent_for_points(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let word = claim.before.clone();
    let speeds = ["增速", "增幅", "降幅", "涨幅"].iter().any(|noun| word.ends_with(noun));
    let apart = rates_apart(sink, at, &word);
    if claim.yearly || speeds && apart.is_none() {
        return;
    }
    if let Some((old, new)) = pair_before(sink, at).or_else(|| bracketed(sink, at)) {
        let step = sink.num(new).span.minus(&sink.num(old).span);
        let printed = sink.num(at).span.clone();
        let signed = if sink.claim(at).sign < 0 { printed.times(&q(-1)) } else { printed };
        let relative = sink
            .num(new)
            .span
            .over(&sink.num(old).span)
            .map(|span| span.minus(&crate::exact::Span::point(q(1))).times(&q(100)));
        if step.meets(&signed) {
            let reason = format!(
                "{}-{}={}，是百分点之差，应写“{}个百分点”",
                sink.shown(new),
                sink.shown(old),
                super::short(&step.middle()),
                sink.reading.printed(at)
            );
            points_finding(sink, at, reason, vec![sink.phrase(old), sink.phrase(new)], Severity::Error);
        } else if relative.is_some_and(|span| span.meets(&signed)) {
            sink.confirm(&[old, new, at], "相对增幅与两值相符");
        } else {
            let expected = sink.like(at, &step.middle().abs()).replace('%', "个百分点");
            let reason = format!(
                "{}-{}={}个百分点，与{}不符",
                sink.shown(new),
                sink.shown(old),
                super::short(&step.middle()),
                sink.shown(at)
            );
            let range = sink.phrase(at);
            let related = vec![sink.phrase(old), sink.phrase(new)];
            sink.accuse(at);
            sink.report(Verdict {
                expected: Some(expected),
                related,
                ..Verdict::new("K24", Kind::Diff, Severity::Error, range, reason)
            });
        }
        return;
    }
    if let Some(reason) = apart {
        points_finding(sink, at, reason, Vec::new(), Severity::Error);
        return;
    }
    if sink.num(at).value > q(20)
        || ["增长", "增加", "净增", "减少"].iter().any(|verb| word.ends_with(verb)) && !fraction(&claim.noun)
    {
        return;
    }
    let own_fraction = claim.own && fraction(&claim.noun);
    let level_before = previous(sink, at).filter(|level| {
        let other = sink.claim(*level);
        // 28.4%的企业有投资: a share of what is named behind it.
        let share = matches!(other.role, Role::Share(_)) || fraction(&other.noun) || other.after.starts_with('的');
        sink.num(*level).percent()
            && share
            // 支出92.4亿元，完成预算的93.7%，下降1.9%: it is the amount that fell.
            && !other.before.contains("完成")
            && matches!(other.role, Role::Share(_) | Role::Level | Role::To)
            && claim.clause <= other.clause + 2
            && other.depth == claim.depth
            // 完成预算的94.8%，比上年下降2.2%: it is the amount that fell.
            && !other.before.contains("完成")
    });
    // 投资451亿元，占比43.6%，同比下降18.3%; 其中进口占49.0%，同比下降8.4%: it may be the amount that fell.
    let amount = level_before.is_some_and(|level| {
        let share = sink.claim(level);
        let verb =
            ["增长", "增加", "减少", "下降"].iter().any(|verb| word.trim_end_matches(['了', '约']).ends_with(verb));
        let count = previous(sink, level).filter(|other| {
            sink.is_level(*other)
                && sink.claim(*other).segment == share.segment
                && sink.claim(*other).clause + 1 >= share.clause
        });
        let beside = count.is_some();
        // 有效报警1593起，占16.5%，有效报警下降14.3%: the count is named once more.
        let again = count.is_some_and(|other| claim.own && akin(&sink.claim(other).noun, &claim.noun));
        let plain = !["占比", "比重", "比例", "份额"].iter().any(|word| share.before.contains(word));
        matches!(share.role, Role::Share(_)) && verb && (again || !claim.own && (beside || plain))
    });
    if amount {
        return;
    }
    let compared = claim.base == "上年"
        || claim.base.starts_with(['比', '较'])
        || ["环比", "上季度", "上月", "上期"].contains(&claim.base.as_str());
    let changed = ["提高", "提升", "上升", "下降", "降低", "回落", "增长", "增加", "减少"]
        .iter()
        .any(|verb| word.trim_end_matches(['了', '约']).ends_with(verb));
    // 占比45%的企业产值增长8%: the rate has a subject of its own.
    let follows =
        level_before.is_some() && (!claim.own || akin(&claim.noun, &sink.claim(level_before.unwrap_or(at)).noun));
    // 占比34%、提高1.3%: a share rises, and what it is a share of grows.
    let rises = ["提高", "提升", "回落"].iter().any(|verb| word.trim_matches(['了', '约', '、', '，']) == *verb);
    if changed
        && (follows && (compared || rises)
            || own_fraction
                && (compared || claim.base.is_empty())
                && !["增长", "增加"].iter().any(|verb| word.ends_with(verb)))
    {
        let related = level_before.map(|level| sink.phrase(level)).into_iter().collect();
        let subject = if own_fraction {
            sink.claim(at).noun.clone()
        } else {
            level_before.map(|level| sink.shown(level)).unwrap_or_default()
        };
        let reason = format!("{subject}是比率，升降应用百分点，应写“{}个百分点”", sink.reading.printed(at));
        // 准确率提高20%, with neither value told, may be of the rate itself.
        let relative = level_before.is_none()
            && sink.claim(at).base.is_empty()
            && sink.claim(at).own
            && sink.claim(at).noun.ends_with('率');
        points_finding(sink, at, reason, related, if relative { Severity::Hint } else { Severity::Error });
    }
}

/// 制造业增长4.7%，其中高技术制造业增长9.8%，比制造业整体快5.1个百分点: two rates of growth of which one is named.
fn paced(sink: &mut Sink<'_>, at: usize) {
    const VERBS: [&str; 10] = ["快", "高", "慢", "低", "高出", "快于", "高于", "慢于", "低于", "领先"];
    let claim = sink.claim(at);
    if sink.confirmed[at].is_some() || sink.accused[at] || claim.yearly || claim.depth > 0 {
        return;
    }
    let words = claim.before.trim_end_matches(['约', '了', '出']);
    // 比制造业整体快; 高于总体增速.
    let told = words.rfind(['比', '较']).and_then(|cut| {
        let tail = &words[cut..];
        let verb = VERBS.iter().filter(|verb| tail.ends_with(**verb)).max_by_key(|verb| verb.len())?;
        Some((tail['比'.len_utf8()..tail.len() - verb.len()].to_owned(), *verb))
    });
    let told = told.or_else(|| {
        let (verb, name) = ["快于", "高于", "慢于", "低于"]
            .iter()
            .find_map(|verb| words.find(verb).map(|cut| (*verb, words[cut + verb.len()..].to_owned())))?;
        Some((name, verb))
    });
    let Some((name, verb)) = told else { return };
    let overall = ["总体", "整体", "全部", "平均", "增速", "增幅", "水平", "的", "同期"];
    let core = overall.iter().fold(name.clone(), |name, word| name.replace(word, ""));
    let whole = name.contains("总体") || name.contains("整体") || name.contains("全部");
    if core.chars().count() < 2 && !whole || core.contains(['上', '去', '年', '月', '季', '目', '计']) {
        return;
    }
    let rate = |at: usize| {
        let (num, claim) = (sink.num(at), sink.claim(at));
        num.percent() && claim.role == Role::Growth && !claim.yearly && exact(num) && num.garbled.is_none()
    };
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let Some(ours) = (sentence.start..at).rev().find(|other| rate(*other)) else { return };
    // Nothing but the rate and a share of its own may stand between.
    if sink.claim(at).clause > sink.claim(ours).clause + 2 {
        return;
    }
    let first = sink.reading.part_nums[claim.part.saturating_sub(2)].start;
    let bears = |other: &usize| {
        let told = sink.claim(*other);
        let noun = crate::claims::noun_of(&told.noun);
        if core.chars().count() >= 2 {
            noun.contains(&core)
        } else {
            // 总体 is what the paragraph opens with.
            (sink.reading.part_nums[told.part].start..*other).all(|earlier| !rate(earlier))
        }
    };
    let mut theirs: Vec<usize> = (first..ours).rev().filter(|other| rate(*other) && bears(other)).collect();
    theirs.dedup_by(|a, b| sink.num(*a).value == sink.num(*b).value);
    let [theirs] = theirs.as_slice() else { return };
    let theirs = *theirs;
    let value = |at: usize| {
        if sink.claim(at).sign < 0 { sink.num(at).span.times(&q(-1)) } else { sink.num(at).span.clone() }
    };
    let slow = matches!(verb, "慢" | "低" | "慢于" | "低于");
    let step = value(ours).minus(&value(theirs)).times(&q(if slow { -1 } else { 1 }));
    let printed = sink.num(at).span.clone();
    if step.meets(&printed) {
        sink.confirm(
            &[ours, theirs, at],
            &format!("{}与{}相差{}", sink.shown(ours), sink.shown(theirs), sink.shown(at)),
        );
        return;
    }
    let middle = step.middle();
    let turned = step.meets(&printed.times(&q(-1)));
    // Far off, another pair is meant.
    if !turned && (&middle - &sink.num(at).value).abs() > q(2) {
        return;
    }
    let expected = sink.like(at, &middle.abs());
    let reason = format!("{}与{}相差{expected}，与{}不符", sink.shown(ours), sink.shown(theirs), sink.shown(at));
    let kind = if turned { Kind::Sign } else { Kind::Diff };
    let mend = Some(middle.abs()).filter(|_| !turned);
    sink.contradict(at, ("K24", kind), (expected, reason), mend.as_ref(), &[ours, theirs]);
}

fn points_finding(
    sink: &mut Sink<'_>,
    at: usize,
    reason: String,
    related: Vec<std::ops::Range<usize>>,
    severity: Severity,
) {
    let num = sink.num(at);
    let suggestion = Some(Replacement { start: num.digits_end, end: num.end, text: "个百分点".into() });
    let expected = Some(format!("{}个百分点", sink.reading.printed(at)));
    let range = sink.phrase(at);
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K09",
        kind: Kind::PpVsPercent,
        severity,
        range,
        expected,
        reason,
        related,
        suggestion,
    });
}

/// 收入1200亿元，增长5.2个百分点.
fn misplaced(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let word = claim.before.trim_end_matches(['了', '约']);
    let grown = ["增长", "增加", "减少"].iter().any(|verb| word.ends_with(verb))
        || word.ends_with("下降") && !word.contains("增速");
    if !grown
        || claim.depth > 0
        || ["增速", "占", "比重", "率", "幅", "拉动", "贡献", "高于", "快于", "低于", "度", "指数", "比例", "点"]
            .iter()
            .any(|word| claim.before.contains(word))
    {
        return;
    }
    let Some(level) = previous(sink, at) else { return };
    let other = sink.claim(level);
    let amount = sink.is_level(level) && other.depth == 0 && other.own && !other.noun.contains('率');
    let near = claim.clause <= other.clause + 1
        && claim.segment == other.segment
        && (!claim.own || akin(&claim.noun, &other.noun));
    if !amount || !near {
        return;
    }
    let num = sink.num(at);
    let suggestion = Some(Replacement { start: num.digits_end, end: num.end, text: "%".into() });
    let expected = Some(format!("{}%", sink.reading.printed(at)));
    let reason = format!("{}是总量，其增减应用%，百分点只用于两个百分数之差", sink.reading.text(sink.phrase(level)));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(level)];
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K09",
        kind: Kind::PpVsPercent,
        severity: Severity::Error,
        range,
        expected,
        reason,
        related,
        suggestion,
    });
    let _: Option<Q> = None;
}
