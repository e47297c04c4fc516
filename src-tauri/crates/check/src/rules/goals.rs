//! K15: what is said of a goal — reached, exceeded, kept — against its value and the value that was attained.

use super::{Sink, Verdict};
use crate::review::{Kind, Severity};
use crate::scan::Approx;

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            said(sink, sentence);
        }
    }
}

/// What words say of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Reached,
    Exceeded,
    Missed,
    /// A ceiling that was kept.
    Kept,
}

const WORDS: [(&str, Said); 22] = [
    ("超额完成", Said::Exceeded),
    ("超出目标", Said::Exceeded),
    ("超过目标", Said::Exceeded),
    ("达到年度目标", Said::Reached),
    ("达到目标", Said::Reached),
    ("达到预期目标", Said::Reached),
    ("完成年度目标", Said::Reached),
    ("完成目标", Said::Reached),
    ("完成年度任务", Said::Reached),
    ("完成任务", Said::Reached),
    ("完成全年目标", Said::Reached),
    ("完成全年任务", Said::Reached),
    ("实现年度目标", Said::Reached),
    ("未完成年度", Said::Missed),
    ("未完成目标", Said::Missed),
    ("未达到目标", Said::Missed),
    ("未达到年度", Said::Missed),
    ("未达目标", Said::Missed),
    ("未突破", Said::Kept),
    ("控制在目标", Said::Kept),
    ("控制在指标", Said::Kept),
    ("控制在计划", Said::Kept),
];

/// 目标88%，实际86.5%，达到年度目标; 控制目标120起以内，发生126起，未突破控制目标.
fn said(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text: Vec<char> = sink.reading.sentence_text(sentence).chars().collect();
    let mut found = None;
    for at in 0..text.len() {
        let rest: String = text[at..].iter().take(8).collect();
        let hit = WORDS.iter().filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len());
        if let Some((word, said)) = hit {
            let before: String = text[at.saturating_sub(3)..at].iter().collect();
            let doubted = before.contains(['未', '没', '尚', '能', '将', '需', '要', '确', '保', '争', '应']);
            if doubted && *said != Said::Missed {
                return;
            }
            found = Some((body.range.start + at, word.chars().count(), *said));
            break;
        }
    }
    let Some((place, length, said)) = found else { return };
    // The words stand at the end of a clause: 超额完成任务, not 超额完成任务的有5个.
    let tail: String = text[(place - body.range.start + length).min(text.len())..].iter().take(10).collect();
    let clause = tail.split(['，', '。', '；', '）']).next().unwrap_or("");
    if clause.contains(['的', '有']) || clause.chars().any(|c| c.is_ascii_digit()) {
        return;
    }
    let before: Vec<usize> = body.nums.clone().filter(|at| sink.num(*at).end <= place).collect();
    let level = |at: usize| {
        let num = sink.num(at);
        (num.is_level() || num.percent()) && !num.spoken && num.garbled.is_none()
    };
    const GOALS: [&str; 8] = ["目标", "任务", "计划", "指标", "要求", "预期", "预算", "控制数"];
    let goal = |at: usize| {
        let words = &sink.claim(at).before;
        let last = GOALS.iter().filter_map(|word| words.rfind(word).map(|at| (at, at + word.len()))).max();
        last.is_some_and(|(_, end)| {
            let rest: String = words[end..].chars().filter(|c| !"为是定值数在的：".contains(*c)).collect();
            rest.chars().count() <= 6
        })
    };
    let [.., first, second] = before.as_slice() else { return };
    let (first, second) = (*first, *second);
    if !level(first) || !level(second) || sink.num(first).sort != sink.num(second).sort {
        return;
    }
    let (target, actual) = match (goal(first), goal(second)) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return,
    };
    let (wanted, attained) = (sink.num(target), sink.num(actual));
    let done = ["实际", "已", "完成", "达", "实现", "为", "发生", "累计"]
        .iter()
        .any(|word| sink.claim(actual).before.contains(word));
    let sound = wanted.unit.dim == attained.unit.dim
        && attained.approx == Approx::Exact
        && (done || target == second)
        && sink.claim(target).clause.abs_diff(sink.claim(actual).clause) <= 2
        && sink.claim(target).depth == sink.claim(actual).depth
        && sink.claim(target).segment == sink.claim(actual).segment
        && !sink.claim(actual).prior
        // Only the one goal and the one value.
        && before.iter().filter(|at| level(**at) && sink.num(**at).unit.dim == wanted.unit.dim).count() <= 3;
    let start = place;
    let gap = sink.reading.norm(sink.num(second).end..start);
    if !sound || gap.chars().count() > 16 || gap.contains(['；', '。']) {
        return;
    }
    let lowering = [
        "降",
        "减",
        "压",
        "控制",
        "能耗",
        "失业",
        "死亡",
        "事故",
        "不良",
        "不超过",
        "以内",
        "排放",
        "时限",
        "时长",
        "浓度",
    ]
    .iter()
    .any(|word| text.iter().collect::<String>().contains(word));
    let (more, less) = (attained.value > wanted.value, attained.value < wanted.value);
    let wrong = match said {
        Said::Kept => more,
        _ if lowering => return,
        Said::Reached => less,
        Said::Exceeded => less || !more,
        Said::Missed => more || !less,
    };
    if !wrong {
        return;
    }
    let range = place..place + length;
    let reason = format!(
        "称“{}”，而目标为{}、实际为{}",
        sink.reading.text(range.clone()),
        sink.shown(target),
        sink.shown(actual)
    );
    let related = vec![sink.phrase(target), sink.phrase(actual)];
    sink.accuse(actual);
    sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
}
