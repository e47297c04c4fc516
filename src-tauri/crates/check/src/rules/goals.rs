//! K15: what is said of a goal — reached, exceeded, kept — against its value and the value that was attained.

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::q;
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            said(sink, sentence);
            lower(sink, sentence);
            rates(sink, sentence);
            doubled(sink, sentence);
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
            let before: String = text[at.saturating_sub(16)..at].iter().collect();
            let before = before.rsplit(['，', '。', '；', '：']).next().unwrap_or("").to_owned();
            let ahead =
                ["预计", "力争", "确保", "有望", "争取", "计划", "可望"].iter().any(|word| before.contains(word));
            let doubted =
                ahead || before.contains(['未', '没', '尚', '能', '将', '需', '要', '争', '应', '可', '难', '如']);
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

/// 浓度下降11.4%；天数下降34.8%，均未完成浓度下降3%、天数下降3%的目标: rates that were to be reached, each against the one that was.
fn rates(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let chars = &sink.reading.chars;
    let end = body.range.end.min(chars.len());
    let clause_of = |at: usize| {
        let mark = |c: char| matches!(c, '，' | '；' | '。' | '：');
        let from = chars[body.range.start..sink.num(at).start].iter().rposition(|c| mark(*c));
        let from = from.map_or(body.range.start, |place| body.range.start + place + 1);
        let to = (sink.num(at).end..end).find(|place| mark(chars[*place])).unwrap_or(end);
        from..to
    };
    let rate = |at: &usize| {
        let (num, claim) = (sink.num(*at), sink.claim(*at));
        num.percent() && claim.role == Role::Growth && exact(num) && !num.spoken && claim.depth == 0 && claim.sign != 0
    };
    let all: Vec<usize> = body.nums.clone().filter(rate).collect();
    let Some(first) = all.iter().copied().find(|at| {
        let words = sink.reading.norm(clause_of(*at));
        let done = ["完成", "达到", "实现"].iter().any(|word| words.contains(word));
        done && words.trim_end().ends_with("目标")
    }) else {
        return;
    };
    let range = clause_of(first);
    let words = sink.reading.norm(range.clone());
    let (wanted, attained): (Vec<usize>, Vec<usize>) = all
        .iter()
        .copied()
        .filter(|at| sink.num(*at).start < range.end)
        .partition(|at| sink.num(*at).start >= range.start);
    let missed = ["未完成", "未达到", "未实现", "没有完成", "未能"].iter().any(|word| words.contains(word));
    let ahead = ["力争", "确保", "预计", "争取", "有望"].iter().any(|word| words.contains(word));
    let same = wanted.len() == attained.len()
        && wanted.iter().zip(&attained).all(|(goal, fact)| sink.claim(*goal).sign == sink.claim(*fact).sign);
    if ahead || !same || range.start > sink.num(wanted[0]).start {
        return;
    }
    let reached = |(goal, fact): (&usize, &usize)| sink.num(*fact).value >= sink.num(*goal).value;
    let wrong =
        if missed { wanted.iter().zip(&attained).all(reached) } else { !wanted.iter().zip(&attained).all(reached) };
    if !wrong {
        return;
    }
    let shown = |nums: &[usize]| nums.iter().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("、");
    let fact = if missed { "均已达到" } else { "没有都达到" };
    let reason = format!("目标为{}，实际为{}，{fact}", shown(&wanted), shown(&attained));
    let related = attained.iter().map(|at| sink.phrase(*at)).collect();
    sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
}

/// 规上企业已达386家，明年力争突破380家: a goal below what there is, told in one sentence of one thing.
fn lower(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for at in nums.iter().copied() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let words = &claim.before;
        let ahead = ["力争", "争取", "确保", "目标", "计划"].iter().any(|word| words.contains(word));
        let rising = ["突破", "达到", "增加到", "增至", "提高到", "超过", "扩大到", "发展到"]
            .iter()
            .any(|word| words.ends_with(word));
        let lowering = ["降", "减", "压", "控制"].iter().any(|word| words.contains(word));
        if !ahead || !rising || lowering || !(num.is_level() || num.percent()) || num.garbled.is_some() {
            continue;
        }
        // Only words of time and will stand in the clause: the subject is that of the value before.
        let mut rest = words.clone();
        for word in [
            "力争",
            "争取",
            "确保",
            "目标",
            "计划",
            "突破",
            "达到",
            "增加到",
            "增至",
            "提高到",
            "超过",
            "扩大到",
            "发展到",
            "明年",
            "年底",
            "今年",
            "全年",
            "到",
            "在",
            "年内",
            "后年",
            "底",
            "是",
            "将",
            "实现",
            "再",
            "前",
            "年",
        ] {
            rest = rest.replace(word, "");
        }
        let bare = rest.chars().all(|c| c == crate::claims::DATE || c == ' ');
        let value = nums
            .iter()
            .copied()
            .rfind(|other| *other < at && !matches!(sink.num(*other).sort, Sort::Date(_) | Sort::Exempt(_)));
        let Some(now) = value.filter(|_| bare) else { continue };
        let (told, prior) = (sink.claim(now), sink.num(now));
        let sound = prior.sort == num.sort
            && prior.unit.name == num.unit.name
            && exact(prior)
            && !told.future
            && !told.prior
            && matches!(told.role, Role::Level | Role::To)
            && ["已达", "达到", "达", "现有", "共有", "为", "已"]
                .iter()
                .any(|word| told.before.ends_with(word) || told.before.contains("现有"))
            && told.depth == claim.depth
            && told.clause + 2 >= claim.clause;
        if !sound || num.value >= prior.value {
            continue;
        }
        let range = sink.phrase(at);
        let reason = format!("目标{}低于现值{}", sink.shown(at), sink.shown(now));
        let related = vec![sink.phrase(now)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
    }
}

/// 在186亿元基础上翻一番，达到300亿元: the value that doubling makes.
fn doubled(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for trio in nums.windows(3) {
        let (base, fold, end) = (trio[0], trio[1], trio[2]);
        let amount = |at: usize| {
            let num = sink.num(at);
            num.is_level() && num.garbled.is_none() && !num.unit.dim.is_empty()
        };
        let between = sink.reading.norm(sink.num(base).end..sink.num(fold).start);
        let after = sink.reading.norm(sink.num(fold).end..sink.num(end).start);
        let joined = (between.contains("基础上") || between.contains("基数上")) && between.chars().count() <= 8;
        let told = matches!(
            after.as_str(),
            "，达到" | "，达" | "达到" | "，增加到" | "，突破" | "，实现" | "，超过" | "至" | "，即" | "，力争达到"
        );
        if sink.num(fold).sort != Sort::Doubling
            || !amount(base)
            || !amount(end)
            || !joined
            || !told
            || sink.num(base).unit.dim != sink.num(end).unit.dim
        {
            continue;
        }
        let right = &sink.num(base).value * &sink.num(fold).value;
        let value = &sink.num(end).value;
        let (low, high) = (&right * q(95) / q(100), &right * q(106) / q(100));
        let over = after.contains("突破") || after.contains("超过");
        if *value >= low && (*value <= high || over) {
            continue;
        }
        let wanted = sink.like(end, &right);
        let range = sink.num(base).start..sink.num(end).end;
        let reason = format!("{}翻番为{wanted}，与{}不符", sink.shown(base), sink.shown(end));
        sink.accuse(end);
        sink.report(Verdict {
            expected: Some(wanted),
            ..Verdict::new("K10", Kind::Multiple, Severity::Error, range, reason)
        });
    }
}
