//! K13: moves in an order (由第8位上升3位至第5位) and values said to pass others (38.2亿元，首次超过农业41.6亿元).

use crate::claims::{DATE, Role};
use crate::review::{Kind, Severity};
use crate::rules::{Sink, Verdict, exact, short};
use crate::scan::Sort;

pub(super) fn run(sink: &mut Sink<'_>, sentence: usize) {
    if sink.reading.sentences[sentence].nums.len() >= 2 {
        turned(sink, sentence);
        moved(sink, sentence);
        since_last(sink, sentence);
        overtaken(sink, sentence);
    }
}

/// 由第5位上升到第8位.
fn turned(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for pair in nums.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        if sink.num(old).sort != Sort::Rank || sink.num(new).sort != Sort::Rank {
            continue;
        }
        let before = sink.reading.norm(sink.num(old).start.saturating_sub(24)..sink.num(old).start);
        let between = sink.reading.norm(sink.num(old).end..sink.num(new).start);
        let turned = (before.contains('由') || before.contains('从')) && between.chars().count() <= 14;
        let up = ["上升", "前移", "提升", "跃升", "晋升", "跃居", "提高", "进位", "升至", "升到", "攀升", "进到"]
            .iter()
            .any(|word| between.contains(word));
        let down =
            ["下降", "后移", "下滑", "降至", "降到", "跌至", "退至", "滑落"].iter().any(|word| between.contains(word));
        if !turned || up == down {
            continue;
        }
        let (a, b) = (sink.num(old).value.clone(), sink.num(new).value.clone());
        if up && b > a || down && b < a {
            let word = if up { "位次上升" } else { "位次下降" };
            let reason = format!(
                "称{word}，而由{}到{}方向相反",
                sink.reading.text(sink.num(old).start - 1..sink.num(old).end),
                sink.reading.text(sink.num(new).start.saturating_sub(1)..sink.num(new).end)
            );
            let range = sink.num(old).start..sink.num(new).end;
            sink.accuse(new);
            sink.report(Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason));
            continue;
        }
        // 前移3位
        let after: String =
            sink.reading.norm(sink.num(new).end..sink.reading.sentences[sentence].range.end).chars().take(14).collect();
        let Some(next) = nums.iter().copied().find(|at| *at == new + 1) else { continue };
        let moved = ["前移", "上升", "进位", "后移", "下降", "提升", "后退"].iter().any(|word| {
            after.trim_start_matches(['，', '名', '位']).starts_with(word)
                || sink.claim(next).before.trim_end_matches('了').ends_with(word)
        });
        let step = if a > b { &a - &b } else { &b - &a };
        if moved
            && sink.num(next).is_quantity()
            && matches!(sink.num(next).unit.dim.as_str(), "person" | "item")
            && sink.num(next).value != step
            && sink.num(next).start - sink.num(new).end <= 8
        {
            let reason = format!("由第{}位到第{}位相差{}位", short(&a), short(&b), short(&step));
            let range = sink.phrase(next);
            let expected = Some(format!("{}位", short(&step)));
            let related = vec![sink.stretch(old, new)];
            sink.accuse(next);
            sink.report(Verdict {
                expected,
                related,
                ..Verdict::new("K13", Kind::Diff, Severity::Error, range, reason)
            });
        }
    }
}

/// 由第8位上升3位至第6位; 排名第5，今年前移2位至第4位: the old place, the step, the new place.
fn moved(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for trio in nums.windows(3) {
        let (old, step, new) = (trio[0], trio[1], trio[2]);
        let place = |at: usize| sink.num(at).sort == Sort::Rank;
        if !place(old) || !place(new) || !sink.num(step).is_quantity() || !exact(sink.num(step)) {
            continue;
        }
        let before = sink.reading.norm(sink.num(old).end..sink.num(step).start);
        let after = sink.reading.norm(sink.num(step).end..sink.num(new).start);
        let up = ["前移", "上升", "提升", "前进", "跃升", "上移", "进"].iter().any(|word| before.ends_with(word));
        let down = ["后移", "下降", "后退", "下滑", "退"].iter().any(|word| before.ends_with(word));
        let unit = sink.reading.norm(sink.num(step).digits_end..sink.num(step).end + 1);
        let joined = ["至", "到", "，至", "，列", "，居", "，升至", "，位列", "，位居", "位至", "名至", "位到", "名到"]
            .iter()
            .any(|word| after.trim_end_matches('第') == *word);
        if up == down || !joined || !unit.contains(['位', '名']) || before.chars().count() > 16 {
            continue;
        }
        let value = |at: usize| sink.num(at).value.clone();
        let right = if up { value(old) - value(step) } else { value(old) + value(step) };
        if right == value(new) {
            sink.place_right(&[old, step, new], "位次相符");
            continue;
        }
        let range = sink.num(old).start..sink.num(new).end;
        let way = if up { "前移" } else { "后移" };
        let reason =
            format!("“{}”：{way}后应为第{}位", sink.reading.text(range.clone()), crate::exact::plain(&right, 0));
        sink.accuse(new);
        sink.report(Verdict {
            expected: Some(format!("第{}位", crate::exact::plain(&right, 0))),
            ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason)
        });
    }
}

/// 排名第3，较上年的第5名下降2个位次: the place of now, the one of then, and the step between them.
fn since_last(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for trio in nums.windows(3) {
        let (new, old, step) = (trio[0], trio[1], trio[2]);
        let place = |at: usize| sink.num(at).sort == Sort::Rank;
        if !place(new) || !place(old) || !sink.num(step).is_quantity() || !exact(sink.num(step)) {
            continue;
        }
        let lead = sink.reading.norm(sink.num(new).end..sink.num(old).start);
        let lead = lead.trim_start_matches(['位', '名', '，']).trim_end_matches('第');
        let compared =
            lead.starts_with(['较', '比']) && lead.chars().count() <= 8 && !lead.contains(['，', '。', '；']);
        let verb = sink.reading.norm(sink.num(old).end..sink.num(step).start);
        let verb = verb.trim_start_matches(['位', '名', '，']).trim_end_matches('了');
        let after = sink.reading.norm(sink.num(step).digits_end..sink.num(step).end + 2);
        let up = ["前移", "上升", "提升", "前进", "跃升", "上移", "提高", "进位"].contains(&verb);
        let down = ["后移", "下降", "后退", "下滑", "退后", "下移"].contains(&verb);
        if !compared || up == down || !after.contains(['位', '名']) {
            continue;
        }
        let value = |at: usize| sink.num(at).value.clone();
        let moved = value(old) - value(new);
        let said = if up { value(step) } else { -value(step) };
        if moved == said {
            sink.place_right(&[new, old, step], "位次相符");
            continue;
        }
        let range = sink.num(old).end..sink.num(step).end + 1;
        let (from, to) = (short(&value(old)), short(&value(new)));
        let reason = format!("由第{from}位到第{to}位，与“{}”不符", sink.reading.text(range.clone()));
        let related = vec![sink.stretch(new, old)];
        sink.accuse(step);
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}

/// 旅游业收入38.2亿元，首次超过农业41.6亿元: the value told before against the one that it is said to pass.
fn overtaken(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for at in nums.clone().skip(1) {
        let other = at - 1;
        let (num, claim) = (sink.num(at), sink.claim(at));
        let (prior, told) = (sink.num(other), sink.claim(other));
        let level = |at: usize| {
            let num = sink.num(at);
            (num.is_level() || num.percent()) && exact(num) && !num.spoken && num.garbled.is_none()
        };
        if !level(at) || !level(other) || num.sort != prior.sort || num.unit.dim != prior.unit.dim {
            continue;
        }
        let words = claim
            .before
            .trim_start_matches("首次")
            .trim_start_matches("再次")
            .trim_start_matches(['已', '均', '仍', '也']);
        const VERBS: [(&str, bool); 6] =
            [("超过", true), ("高于", true), ("多于", true), ("反超", true), ("低于", false), ("少于", false)];
        let Some((more, object)) =
            VERBS.iter().find_map(|(verb, more)| words.strip_prefix(verb).map(|rest| (*more, rest)))
        else {
            continue;
        };
        // A thing with a value of its own, not a mark or a time.
        const MARKS: [&str; 27] = [
            "目标", "计划", "标准", "任务", "上年", "去年", "同期", "平均", "全国", "全省", "预期", "要求", "警戒",
            "水位", "历史", "规定", "限值", "常年", "限额", "额度", "上限", "年初", "基数", "指标", "红线", "最高",
            "最低",
        ];
        let named = (2..=10).contains(&object.chars().count())
            && !MARKS.iter().any(|word| object.contains(word))
            && !object.contains(['的', '比', '年', '月', DATE])
            && !object.chars().any(|c| c.is_ascii_digit());
        let sound = matches!(told.role, Role::Level | Role::Share(_))
            && matches!(claim.role, Role::Level | Role::Bound)
            && told.own
            && told.clause + 1 == claim.clause
            && told.depth == claim.depth
            && !told.prior
            && sink.reading.chars.get(prior.end) == Some(&'，');
        let after = sink.reading.norm(num.end..num.end + 2);
        if !named || !sound || after.starts_with('的') || after.starts_with("以") {
            continue;
        }
        let (a, b) = (prior.value.clone(), num.value.clone());
        // 低于限额9.9亿元 is a difference: only values of one size are compared.
        let two = crate::exact::q(2);
        let far = &a * &two <= b || &b * &two <= a;
        if a == b || (a > b) == more || far {
            continue;
        }
        let fact = if more { "小于" } else { "大于" };
        let range = sink.phrase(at);
        let reason = format!("“{}”：{}{fact}{}", sink.reading.text(range.clone()), sink.shown(other), sink.shown(at));
        let related = vec![sink.phrase(other)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}
