//! The value that a name means: 是足球场地的9.1倍, 比商品消费投诉少362件. What was told before is called again by a shorter name, by the
//! name of its place in a list, or by both: 西津街道办件量 of 办件量位于前三的：西津街道46件.

use super::Sink;
use super::readings::label;
use crate::claims::{DATE, noun_of};

/// Numbers before a claim among which a name is sought.
const REACH: usize = 90;

/// The one value told before `at` that bears the name and `fits`; nothing when two of different value bear it as well.
pub(super) fn resolve(sink: &Sink<'_>, name: &str, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
    let name = core(name);
    if name.chars().count() < 2 || name.contains(DATE) {
        return None;
    }
    let mut best: Option<(u32, usize)> = None;
    let mut rival = false;
    for other in (at.saturating_sub(REACH)..at).rev().filter(|other| fits(*other)) {
        let Some(score) = bears(sink, other, &name) else { continue };
        match best {
            Some((most, _)) if score < most => {}
            Some((most, known)) if score == most => {
                // The nearest of one paragraph wins over what was told farther away.
                let near = sink.claim(known).part == sink.claim(other).part;
                rival |= near && sink.num(known).value != sink.num(other).value;
            }
            _ => {
                best = Some((score, other));
                rival = false;
            }
        }
    }
    best.filter(|_| !rival).map(|(_, other)| other)
}

/// How well a value bears a name: 3 when it is called just so, 2 when its name holds the other or is held with the rest of it
/// told in the sentence; nothing else will do.
fn bears(sink: &Sink<'_>, at: usize, name: &str) -> Option<u32> {
    let claim = sink.claim(at);
    let label = core(&noun_of(&label(sink, at)));
    let noun = core(&claim.noun);
    let own = if claim.own { noun.as_str() } else { label.as_str() };
    let long = |words: &str| words.chars().count() >= 2;
    if own == name || long(&label) && label == name {
        return Some(3);
    }
    // 商品消费投诉 of 受理商品消费投诉; not 非税收入 for 税收收入.
    let inside = |words: &str| {
        words.find(name).is_some_and(|cut| {
            let (head, tail) = (&words[..cut], &words[cut + name.len()..]);
            !head.ends_with(['非', '不', '未', '无']) && head.chars().count() + tail.chars().count() <= 6
        })
    };
    if long(own) && inside(own) || long(&label) && inside(&label) {
        return Some(2);
    }
    // 西津街道办件量: the place from the list, the measure from the words around it.
    let held = [own, label.as_str()].into_iter().filter(|words| long(words)).find_map(|words| {
        let cut = name.find(words)?;
        let rest = format!("{}{}", &name[..cut], &name[cut + words.len()..]);
        Some(rest)
    });
    let sentence = sink.reading.sentence_text(claim.sentence);
    held.filter(|rest| rest.is_empty() || sentence.contains(rest.as_str())).map(|_| 2)
}

/// A name without the words that only say that it is counted.
fn core(name: &str) -> String {
    let name = name.trim_start_matches(['其', '中', '，', '、', '：', '“', '的']).trim_end_matches(['”', '的']);
    let name = ["全市", "全县", "全省", "全区", "同期", "共", "受理", "占"]
        .iter()
        .fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    let tails = ["总数量", "数量", "总数", "总量", "比重", "占比", "比例"];
    tails.iter().fold(name.to_owned(), |name, word| name.strip_suffix(word).unwrap_or(&name).to_owned())
}
