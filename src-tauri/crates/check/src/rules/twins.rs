//! K04: one amount told twice, the second time with two digits swapped or one digit off: 返还3127万元 here and 返还3172万元 there.
//!
//! Two numbers of four digits are so alike by chance once in some hundreds of pairs; that they also share most of what
//! they are called leaves little doubt that one of them is a slip.

use std::collections::{BTreeMap, BTreeSet};

use super::conflicts::contradict;
use super::readings::label;
use super::{Sink, exact, slips};
use crate::claims::Role;
use crate::review::Kind;

pub(super) fn run(sink: &mut Sink<'_>) {
    multiplied(sink);
    for (first, second) in pairs(sink) {
        judge(sink, first, second);
    }
}

/// 通道绿化326亩 and 通道绿化面积仅326万亩: the same digits under the same name, by another multiplier.
fn multiplied(sink: &mut Sink<'_>) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        if let Some(digits) = digits(sink, at)
            && num.is_level()
        {
            alike.entry(format!("{digits}/{}/{}", num.places, num.unit.dim)).or_default().push(at);
        }
    }
    for same in alike.into_values().filter(|same| same.len() == 2) {
        let (first, second) = (same[0], same[1]);
        if sink.num(first).unit.factor == sink.num(second).unit.factor
            || sink.accused[first]
            || sink.accused[second]
            || sink.claim(first).year != sink.claim(second).year
        {
            continue;
        }
        let (x, y) = (words(sink, first), words(sink, second));
        let common = x.intersection(&y).count();
        if common < 2 || common < x.len().min(y.len()) || owned_apart(sink, first, second) {
            continue;
        }
        // What nothing confirms is the one to look at; else the later.
        let (wrong, right) = if sink.confirmed[second].is_some() && sink.confirmed[first].is_none() {
            (first, second)
        } else {
            (second, first)
        };
        let reason = format!("{}另处为{}，数字相同而单位的量级不同", sink.claim(wrong).noun, sink.shown(right));
        sink.contradict(wrong, ("K06", Kind::Unit), (sink.shown(right), reason), None, &[right]);
    }
}

/// The digits of a number that may be told again.
fn digits(sink: &Sink<'_>, at: usize) -> Option<String> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    // 满意率93.44% and 满意率94.34%: a rate may be told again too, a growth or a share is of many things.
    let rate = num.percent() && claim.role == Role::Level && claim.noun.ends_with('率');
    let told = (num.is_level() && !num.unit.dim.is_empty() || rate)
        && exact(num)
        && num.garbled.is_none()
        && !num.spoken
        && matches!(claim.role, Role::Level | Role::To | Role::From | Role::Base | Role::Whole)
        && sink.reading.is_prose(claim.part)
        && !claim.future
        && !claim.prior
        && !claim.yearly;
    let digits: String = sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0').to_owned();
    // 8100 and 8200 are round, and round numbers are often alike.
    (told && digits.trim_end_matches('0').len() >= 3).then_some(digits)
}

/// Pairs of numbers in two sentences, of one unit, that a slip makes of one another; each found once, in linear time.
fn pairs(sink: &Sink<'_>) -> BTreeSet<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..sink.reading.nums.len() {
        let Some(digits) = digits(sink, at) else { continue };
        let num = sink.num(at);
        let key = |digits: &[u8]| format!("{}/{}/{}", num.unit.name, num.places, String::from_utf8_lossy(digits));
        let bytes = digits.as_bytes();
        // Of three digits only a swap tells.
        for place in (0..bytes.len()).filter(|_| bytes.len() > 3) {
            let mut other = bytes.to_vec();
            other[place] = b'?';
            alike.entry(key(&other)).or_default().push(at);
        }
        for place in 0..bytes.len() - 1 {
            let mut other = bytes.to_vec();
            let (low, high) = (bytes[place].min(bytes[place + 1]), bytes[place].max(bytes[place + 1]));
            if low == high {
                continue;
            }
            (other[place], other[place + 1]) = (low, high);
            other.insert(place, b'~');
            alike.entry(key(&other)).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    // Many numbers of one shape are a series, not one amount told again.
    for same in alike.into_values().filter(|same| (2..=4).contains(&same.len())) {
        for (place, first) in same.iter().enumerate() {
            for second in &same[place + 1..] {
                if sink.num(*first).value != sink.num(*second).value {
                    pairs.insert((*first, *second));
                }
            }
        }
    }
    pairs
}

/// The pairs of signs of what a number is called.
fn words(sink: &Sink<'_>, at: usize) -> BTreeSet<String> {
    const PLAIN: [&str; 18] = [
        "全市", "全县", "全省", "全区", "全年", "企业", "人员", "项目", "资金", "实现", "完成", "累计", "达到", "共有",
        "目前", "其中", "年末", "今年",
    ];
    let claim = sink.claim(at);
    // 为14382名农村留守儿童建立档案: the name may follow.
    let name = if claim.own {
        claim.noun.clone()
    } else if claim.thing.chars().count() >= 3 {
        claim.thing.clone()
    } else if label(sink, at).chars().count() > 3 {
        label(sink, at)
    } else {
        claim.noun.clone()
    };
    let chars: Vec<char> = name.chars().filter(|c| !c.is_ascii() && *c != crate::claims::DATE).collect();
    let pairs = chars.windows(2).map(|pair| pair.iter().collect::<String>());
    pairs.filter(|pair| !PLAIN.contains(&pair.as_str())).collect()
}

/// 35人群里34人是托: a value that stands in the sentence of the other as well is another thing there.
fn told_beside(sink: &Sink<'_>, value: usize, beside: usize) -> bool {
    let (num, sentence) = (sink.num(value), sink.claim(beside).sentence);
    let body = sink.reading.sentences[sentence].nums.clone();
    body.filter(|at| *at != value).any(|at| sink.num(at).value == num.value && sink.num(at).unit == num.unit)
}

/// Names that end alike but begin with other owners: 甲县粮食产量 and 乙县粮食产量, 本外币贷款余额 and 人民币贷款余额.
fn owned_apart(sink: &Sink<'_>, first: usize, second: usize) -> bool {
    let full = |at: usize| -> Vec<char> {
        let claim = sink.claim(at);
        let words = if claim.own { &claim.before } else { &claim.noun };
        let cut = words.rfind(&claim.noun).map_or(words.len(), |at| at + claim.noun.len());
        words[..cut].chars().filter(|c| !c.is_whitespace() && *c != '的' && *c != crate::claims::DATE).collect()
    };
    let (a, b) = (full(first), full(second));
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - common;
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    // 对民事审判活动提出建议 and 对民事执行活动提出建议 differ in the middle.
    let same = same.min(room);
    let shared = a.get(a.len() - same).copied();
    let head = |name: &[char]| -> String { name[common..name.len() - same].iter().collect() };
    let (a, b) = (head(&a), head(&b));
    if same < 2 {
        return false;
    }
    const OTHERS: [&str; 10] = ["调整", "扣除", "归母", "归属", "其他", "新增", "人均", "非", "其中", "本外币"];
    if a.is_empty() || b.is_empty() {
        let rest = if a.is_empty() { &b } else { &a };
        return OTHERS.iter().any(|word| rest.contains(word));
    }
    // 甲县 and 乙县: one sign before the word for a place.
    let long = a.chars().count() >= 2 && b.chars().count() >= 2;
    let place =
        a.chars().count() == 1 && b.chars().count() == 1 && shared.is_some_and(|c| "国省市县区州镇乡村部".contains(c));
    (long || place) && !a.chars().any(|c| b.contains(c))
}

fn judge(sink: &mut Sink<'_>, first: usize, second: usize) {
    let (a, b) = (sink.claim(first), sink.claim(second));
    let years = a.year.zip(b.year).is_some_and(|(x, y)| x != y);
    let (x, y) = (words(sink, first), words(sink, second));
    let common = x.intersection(&y).count();
    // 豆粕期货…收于每吨 and 白糖期货…收于每吨 are called alike and are two things: one name must hold the other whole.
    let most = x.len().min(y.len());
    // The year of a sentence is often only guessed; digits and name can say more.
    let dated = |at: usize| {
        let body = sink.reading.sentences[sink.claim(at).sentence].nums.clone();
        body.take_while(|other| *other < at)
            .any(|other| matches!(&sink.num(other).sort, crate::scan::Sort::Date(date) if date.year.is_some()))
    };
    let guessed = !(years && dated(first) && dated(second));
    let sure = guessed && slips::told_again(sink, first, second, common, most, 3.0);
    let apart = a.sentence == b.sentence || (years || a.period != b.period) && !sure || a.prior != b.prior;
    let settled = |at: usize| sink.confirmed[at].is_some();
    if apart || sink.accused[first] || sink.accused[second] || settled(first) && settled(second) {
        return;
    }
    // What one sentence tells of a part of a whole, another may tell of another part.
    let within = |at: usize| sink.claim(at).before.contains("其中") || sink.claim(at).joins();
    if (within(first) || within(second)) && !sure {
        return;
    }
    if owned_apart(sink, first, second) || told_beside(sink, first, second) || told_beside(sink, second, first) {
        return;
    }
    let digits = sink.reading.printed(first).chars().filter(char::is_ascii_digit).count();
    if x != y && digits < 4 {
        return;
    }
    let priced = |at: usize| sink.claim(at).before.contains('每');
    // The words after a number run on past its name.
    let after = [first, second].iter().any(|at| !sink.claim(*at).own);
    let held = common >= most || after && common >= 4 && common * 5 >= most * 3;
    let called = common >= 2 && held && most * 5 >= x.len().max(y.len()) * 2;
    if !(called || slips::told_again(sink, first, second, common, most, 1.0)) || priced(first) || priced(second) {
        return;
    }
    let (wrong, right) = if settled(second) && !settled(first) { (first, second) } else { (second, first) };
    let reason = format!(
        "{}与{}似为同一数，写法只差一处数字，须核对统一",
        sink.reading.text(sink.phrase(wrong)),
        sink.reading.text(sink.phrase(right))
    );
    contradict(sink, right, wrong, reason);
}
