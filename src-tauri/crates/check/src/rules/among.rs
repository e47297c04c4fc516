//! Round words for a part of what a sentence lists, or for a percentage just told: 一、二级残疾人超过半数,
//! 占34.0%（…），超过四成, 增长9.6%，增幅超过一成.
//!
//! A list that leaves things out makes every share of it too great, never too small; so a share that is too small even
//! within the list is wrong whatever the whole may be.

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::Approx;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let rough = num.percent() && num.spoken && num.garbled.is_none() && sink.reading.is_prose(claim.part);
        if !rough || sink.accused[at] || claim.depth > 0 || claim.future {
            continue;
        }
        told_before(sink, at);
        if !sink.accused[at] && sink.confirmed[at].is_none() {
            of_amount(sink, at);
        }
        if !sink.accused[at] && sink.confirmed[at].is_none() {
            of_list(sink, at);
        }
    }
}

/// The least and the greatest share that round words allow: 超六成 60 to 70, 近六成 56 to 60, 六成多 60 to 70, 六成 55 to 65.
fn allowed(sink: &Sink<'_>, at: usize) -> (Q, Q) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let mark = num.value.clone();
    match num.approx {
        Approx::Over => (mark, q(100)),
        Approx::Under if claim.falls_short() => (q(0), mark),
        Approx::Under => (&mark - q(4).min(&mark / q(5)), mark),
        _ => (&mark - q(5), &mark + q(5)),
    }
}

fn accuse(sink: &mut Sink<'_>, at: usize, value: &Q, why: &str, related: &[usize]) {
    let range = sink.phrase(at);
    let reason = format!("{why}，与“{}”不符", sink.reading.text(range.clone()).trim_start_matches(['，', '）']));
    let related = related.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(format!("{}%", decimal(value, 1))),
        related,
        ..Verdict::new("K13", Kind::Approx, Severity::Error, range, reason)
    });
}

/// 占新建建筑的34.0%（新开工643万平方米），超过四成; 增长9.6%，增幅超过一成: the percentage in the clause before.
fn told_before(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let bare = |words: &str| {
        let mut words = words.to_owned();
        for word in [
            "已经", "已", "均", "占比", "比重", "约", "接近", "将近", "近", "超过", "超", "突破", "不足", "不到", "逾",
            "达到", "达", "为", "就", "也", "仅", "只", "首次", "再次", "占", "有",
        ] {
            words = words.replace(word, "");
        }
        words
    };
    let rest = bare(&claim.before);
    let pace = ["增幅", "降幅", "涨幅", "跌幅", "增速"].contains(&rest.as_str());
    let after = sink.reading.norm(num.end..num.end + 3);
    let tail = ["以上", "以下", "多"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(&after);
    let closed = tail.is_empty() || tail.starts_with(['，', '。', '；', '\n', '）', '！']);
    let begin = claim.before_start;
    if !(rest.is_empty() || pace) || !closed || begin == 0 || sink.reading.chars.get(begin - 1) != Some(&'，') {
        return;
    }
    // The last percentage outside brackets, with nothing but its bracket behind it.
    let Some(other) = (0..at).rev().take(6).find(|other| sink.claim(*other).depth == claim.depth) else { return };
    let (value, told) = (sink.num(other), sink.claim(other));
    let between = sink.reading.norm(value.end..begin - 1);
    let plain = between.is_empty() || between.starts_with('（') && between.ends_with('）') && !between.contains('%');
    let role =
        if pace { told.role == Role::Growth } else { matches!(told.role, Role::Share(_) | Role::Level | Role::To) };
    if told.sentence != claim.sentence
        || !plain
        || !role
        || !value.percent()
        || !exact(value)
        || value.spoken
        || value.garbled.is_some()
    {
        return;
    }
    let value = value.value.clone();
    let (low, high) = allowed(sink, at);
    let high = if pace && num.approx == Approx::Over { q(1000) } else { high };
    if value >= low && value <= high {
        let note = format!("即{}", sink.shown(other));
        sink.confirm(&[at], &note);
        return;
    }
    accuse(sink, at, &value, &format!("前文为{}", sink.shown(other)), &[other]);
}

/// Whether a number is a plain count or amount of its time.
fn amount(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    sink.is_level(at) && exact(num) && !num.spoken && num.value > q(0) && !claim.prior && !num.unit.dim.is_empty()
}

/// 超支总额286万元，最多的一家超支96万元，超过总额的四成: the one total of the sentence.
fn of_amount(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let before = &claim.before;
    let named = ["总额", "总数", "总量", "总计", "全部", "合计", "总和"]
        .iter()
        .any(|word| before.ends_with(&format!("{word}的")) || before.ends_with(&format!("占{word}")));
    let lead = before.trim_start_matches(['已', '超', '过', '占', '约', '近', '接', '不', '足', '到', '了']);
    if !named || lead.chars().count() > 3 {
        return;
    }
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let Some(part) = at.checked_sub(1).filter(|part| sentence.contains(part) && amount(sink, *part)) else { return };
    if sink.claim(part).clause + 1 != claim.clause {
        return;
    }
    let wholes: Vec<usize> = (sentence.start..part)
        .filter(|whole| {
            amount(sink, *whole)
                && sink.num(*whole).unit.dim == sink.num(part).unit.dim
                && sink.num(*whole).value > sink.num(part).value
        })
        .collect();
    let Some(whole) = wholes.last().copied() else { return };
    if wholes.iter().any(|other| *other != whole && sink.claim(*other).segment == sink.claim(whole).segment) {
        return;
    }
    let value = &sink.num(part).value * q(100) / &sink.num(whole).value;
    let (low, high) = allowed(sink, at);
    let words = format!("{}÷{}={}%", sink.shown(part), sink.shown(whole), decimal(&value, 1));
    if value >= low && value <= high {
        sink.confirm(&[at, part], &words);
    } else {
        accuse(sink, at, &value, &words, &[part, whole]);
    }
}

/// The name that a number of a list carries.
fn label(sink: &Sink<'_>, at: usize) -> String {
    let claim = sink.claim(at);
    let words = claim.before.trim_start_matches(['、', '和', '及', '与', '，']);
    let words = ["其中", "以及"].iter().find_map(|lead| words.strip_prefix(lead)).unwrap_or(words);
    let words = if words.is_empty() && claim.own { claim.noun.as_str() } else { words };
    let words = words.rsplit(['：', '为']).next().unwrap_or(words);
    words.replace(['“', '”', ' '], "").trim_end_matches(['的', '有', '共']).to_owned()
}

/// The lists of a sentence: amounts of one unit, each with a name, joined by 、 or ， without words of their own between.
fn lists(sink: &Sink<'_>, sentence: usize) -> Vec<Vec<usize>> {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for at in nums {
        if !amount(sink, at) || sink.claim(at).role != Role::Level || label(sink, at).is_empty() {
            continue;
        }
        let goes_on = lists.last().is_some_and(|list| {
            let last = list[list.len() - 1];
            let between = sink.reading.norm(sink.num(last).end..sink.num(at).start);
            let label = label(sink, at);
            sink.num(last).unit.name == sink.num(at).unit.name
                && sink.claim(last).depth == sink.claim(at).depth
                && between.starts_with(['、', '和', '，', '；'])
                && between.chars().count() <= label.chars().count() + 3
                && label.chars().count() <= 12
                && !["其中", "合计", "共", "总"].iter().any(|word| between.contains(word))
        });
        match lists.last_mut().filter(|_| goes_on) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists.retain(|list| list.len() >= 3);
    lists
}

/// The names in the words before a round share: 一、二级; 重度（一、二级）残疾人; “好”和“较好”的合计.
fn names(subject: &str) -> Vec<Vec<String>> {
    let mut readings = Vec::new();
    let clean = |words: &str| -> String { words.replace(['“', '”', ' ', '"'], "") };
    if let (Some(open), Some(close)) = (subject.find('（'), subject.rfind('）'))
        && open < close
    {
        readings.push(clean(&subject[open + '（'.len_utf8()..close]));
        readings.push(clean(&subject[..open]));
    } else {
        readings.push(clean(subject));
    }
    readings
        .into_iter()
        .map(|words| {
            let mut words = words.as_str();
            for tail in [
                "占比", "比重", "合计", "之和", "总和", "两项", "三项", "两类", "三类", "两级", "的", "用工", "人数",
                "数量", "共", "占", "总计", "两者", "二者", "三者", "约", "已", "超过", "接近", "近", "超", "不足",
                "不到", "突破", "达到", "达",
            ]
            .iter()
            .cycle()
            .take(90)
            {
                words = words.strip_suffix(tail).unwrap_or(words);
            }
            let mut pieces: Vec<String> = words.split(['、', '和', '及', '与']).map(str::to_owned).collect();
            // 一、二级: the last carries the word that all share.
            let last: Vec<char> = pieces.last().map(|last| last.chars().collect()).unwrap_or_default();
            if pieces.len() >= 2
                && last.len() >= 2
                && pieces[..pieces.len() - 1].iter().all(|piece| piece.chars().count() == 1)
            {
                let shared: String = last[1..].iter().collect();
                for piece in pieces.iter_mut().take(usize::MAX).rev().skip(1) {
                    piece.push_str(&shared);
                }
            }
            pieces
        })
        .collect()
}

/// The members of a list that names call, each by one name; none when a name calls none or several.
fn called(sink: &Sink<'_>, list: &[usize], names: &[String]) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for name in names {
        let length = name.chars().count();
        if length == 0 || length > 10 {
            return None;
        }
        let exactly: Vec<usize> = list.iter().copied().filter(|at| label(sink, *at) == *name).collect();
        let begun = |at: &usize| {
            let label = label(sink, *at);
            label.starts_with(name.as_str()) || length >= 2 && name.starts_with(&label) && label.chars().count() >= 2
        };
        let begun: Vec<usize> = if exactly.is_empty() { list.iter().copied().filter(begun).collect() } else { exactly };
        // The first of a list may carry words of its own before its name.
        let ended = || -> Vec<usize> {
            list.first()
                .copied()
                .filter(|at| length >= 2 && label(sink, *at).ends_with(name.as_str()))
                .into_iter()
                .collect()
        };
        let begun = if begun.is_empty() { ended() } else { begun };
        let [only] = begun.as_slice() else { return None };
        if found.contains(only) {
            return None;
        }
        found.push(*only);
    }
    (!found.is_empty() && found.len() < list.len()).then_some(found)
}

/// 一级2914人、二级5386人、…，一、二级合计超过半数: the part that named members of a list make.
fn of_list(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if !matches!(claim.role, Role::Level | Role::Share(_) | Role::Other) {
        return;
    }
    let sentence = claim.sentence;
    let text = sink.reading.sentence_text(sentence);
    if ["多选", "可选", "限选", "重复计", "复选"].iter().any(|word| text.contains(word)) {
        return;
    }
    // The clause up to the round words, brackets included.
    let floor = sink.reading.sentences[sentence].range.start;
    let mut begin = sink.num(at).start;
    let mut nested = 0usize;
    while begin > floor {
        match sink.reading.chars[begin - 1] {
            '）' => nested += 1,
            '（' => {
                if nested == 0 {
                    break;
                }
                nested -= 1;
            }
            '，' | '；' | '。' | '：' if nested == 0 => break,
            _ => {}
        }
        begin -= 1;
    }
    let clause = sink.reading.norm(begin..sink.num(at).start);
    // 占登记总数的…: another whole is named.
    let other = match &claim.role {
        Role::Share(of) => !of.is_empty(),
        _ => clause.contains('的') && clause.contains('占'),
    };
    if other || clause.chars().any(|c| c.is_ascii_digit()) || clause.chars().count() > 30 {
        return;
    }
    let (low, _) = allowed(sink, at);
    for list in lists(sink, sentence) {
        let last = list[list.len() - 1];
        if last >= at || sink.num(last).end > begin || sink.reading.norm(sink.num(last).end..begin).contains('；') {
            continue;
        }
        let Some(part) = names(&clause).iter().find_map(|names| called(sink, &list, names)) else { continue };
        let sum = |nums: &[usize]| nums.iter().fold(q(0), |sum, at| sum + &sink.num(*at).value);
        let (top, whole) = (sum(&part), sum(&list));
        if whole <= q(0) {
            continue;
        }
        let value = &top * q(100) / &whole;
        // Half a point for the rounding of the members.
        if &value + q(1) / q(2) >= low {
            continue;
        }
        let terms: Vec<String> = part.iter().map(|at| sink.shown(*at)).collect();
        let shown = if terms.len() > 1 { format!("（{}）", terms.join("+")) } else { terms.join("") };
        let words = format!("{shown}占所列各项之和的{}%", decimal(&value, 1));
        accuse(sink, at, &value, &words, &part);
        return;
    }
}
