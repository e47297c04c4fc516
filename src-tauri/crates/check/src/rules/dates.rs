//! K08, K11: dates that cannot be, periods that end before they begin, weekdays, and periods named by another length.

use super::{Sink, Verdict};
use crate::review::{Kind, Severity};
use crate::scan::{Date, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let Sort::Date(date) = sink.num(at).sort.clone() else { continue };
        impossible(sink, at, &date);
        if let Some(next) = sink.reading.nums.get(at + 1)
            && let Sort::Date(later) = next.sort.clone()
        {
            reversed(sink, at, &date, &later);
        }
        weekday(sink, at, &date);
    }
    after_signing(sink);
    lasting(sink);
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_table(part) {
            periods(sink, part);
        }
    }
}

/// Days since a fixed day, by the Gregorian count.
fn day_number(year: i32, month: u32, day: u32) -> i64 {
    let (y, m) =
        if month <= 2 { (i64::from(year) - 1, i64::from(month) + 12) } else { (i64::from(year), i64::from(month)) };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * (m - 3) + 2) / 5 + i64::from(day)
}

/// 4月1日至5月20日，历时100天; 从1月26日开始，至3月5日结束，共计45天; 4—6月，历时五个月.
fn lasting(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len().saturating_sub(1) {
        let (Sort::Date(first), Sort::Date(second)) = (sink.num(at).sort.clone(), sink.num(at + 1).sort.clone()) else {
            continue;
        };
        if sink.claim(at).sentence != sink.claim(at + 1).sentence {
            continue;
        }
        let between = sink.reading.norm(sink.num(at).end..sink.num(at + 1).start.max(sink.num(at).end));
        let turn = between.trim_matches(['，', '、', '于', '自', '（', '）']);
        let joined = matches!(turn, "-" | "—" | "~" | "——" | "至" | "到")
            || between.chars().count() <= 8
                && ["开始", "开幕", "启动", "起"].iter().any(|word| turn.starts_with(word))
                && (turn.ends_with(['至', '到', '，']) || matches!(turn, "开始" | "开幕" | "启动" | "起"));
        let Some((least, unit, leap)) = length(&first, &second).filter(|_| joined) else { continue };
        let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.end;
        let told = (at + 2..sentence.min(at + 6)).find(|other| {
            let num = sink.num(*other);
            let before = &sink.claim(*other).before;
            num.is_quantity()
                && num.unit.dim == unit
                && super::exact(num)
                && num.places == 0
                && num.start - sink.num(at + 1).end <= 60
                // 3—12月…的月份有8月和12月，共2个月
                && (at + 2..*other).all(|between| !matches!(sink.num(between).sort, Sort::Date(_)))
                && ["历时", "共", "为期", "共计", "持续", "用时", "总计", "历经"]
                    .iter()
                    .any(|word| before.ends_with(word))
        });
        let Some(told) = told else { continue };
        let value = &sink.num(told).value;
        // Both ends counted or one of them; without a year February may have either length.
        // 共 counts both ends.
        let both = ["共", "共计", "总计"].iter().any(|word| sink.claim(told).before.ends_with(word));
        let from = least + i64::from(both);
        if (from..=least + 1 + i64::from(leap)).any(|length| *value == crate::exact::q(length)) {
            sink.confirm(&[told], "与起止日期相符");
            continue;
        }
        let name = if unit == "day" { "天" } else { "个月" };
        let words = sink.reading.text(sink.num(at).start..sink.num(at + 1).end);
        let reason = format!("“{words}”首尾均计共{}{name}，与{}不符", least + 1, sink.shown(told));
        let range = sink.phrase(told);
        let related = vec![sink.stretch(at, at + 1)];
        sink.accuse(told);
        let expected = Some(format!("{}{name}", least + 1));
        sink.report(Verdict { expected, related, ..Verdict::new("K11", Kind::Date, Severity::Error, range, reason) });
    }
}

/// The days or months between two dates, the last not counted, the dimension they are counted in,
/// and whether a leap day may add one.
fn length(first: &Date, second: &Date) -> Option<(i64, &'static str, bool)> {
    let month = second.month.or(first.month);
    let year = first.year.or(second.year);
    let (a, b) = (first.month?, month?);
    if !(1..=12).contains(&a) || !(1..=12).contains(&b) {
        return None;
    }
    match (first.day, second.day) {
        (Some(x), Some(y)) => {
            let from = year.unwrap_or(2023);
            let to = second.year.unwrap_or(from);
            let days = day_number(to, b, y) - day_number(from, a, x);
            let leap = year.is_none() && a <= 2 && b > 2;
            (days >= 0).then_some((days, "day", leap))
        }
        (None, None) => {
            let years = second.year.zip(first.year).map_or(0, |(to, from)| to - from);
            let months = i64::from(years) * 12 + i64::from(b) - i64::from(a);
            (months >= 0).then_some((months, "month", false))
        }
        _ => None,
    }
}

/// The date a text bears: a part near its head or its end that is a date and nothing else.
fn signed_on(sink: &Sink<'_>) -> Option<(usize, (i32, u32))> {
    let parts = sink.reading.draft.parts.len();
    (0..parts).filter(|part| *part < 6 || part + 4 > parts).find_map(|part| {
        let nums = sink.reading.part_nums[part].clone();
        let [at] = nums.collect::<Vec<_>>()[..] else { return None };
        let Sort::Date(date) = &sink.num(at).sort else { return None };
        let range = &sink.reading.draft.parts[part].range;
        let rest = sink.reading.norm(range.start..sink.num(at).start) + &sink.reading.norm(sink.num(at).end..range.end);
        let bare = rest.chars().all(|c| matches!(c, '（' | '）' | ' ' | '—' | '\u{feff}'));
        let office = rest.trim_end_matches(['）', ' ']);
        let signed = range.len() <= 30
            && ["局", "办", "办公室", "委员会", "厅", "政府", "院", "会", "队", "中心", "部"]
                .iter()
                .any(|tail| office.ends_with(tail))
            && !rest.contains(['于', '在', '，', '。', '：']);
        let bare = bare || signed;
        (bare && date.month.is_some()).then_some((at, (date.year?, date.month?)))
    })
}

/// 于2023年11月开展调研 in a text signed in October.
fn after_signing(sink: &mut Sink<'_>) {
    let Some((signature, signed)) = signed_on(sink) else { return };
    for at in 0..sink.reading.nums.len() {
        let Sort::Date(date) = sink.num(at).sort.clone() else { continue };
        let (Some(year), Some(month)) = (date.year, date.month) else { continue };
        let claim = sink.claim(at);
        if at == signature || (year, month) <= signed || sink.reading.is_table(claim.part) {
            continue;
        }
        let done = ["于", "截至", "自"].iter().any(|word| claim.before.trim_end_matches(['，', ' ']).ends_with(word))
            || claim.before.is_empty()
            || claim.before.ends_with('以')
                && sink.reading.norm(sink.num(at).end..sink.num(at).end + 14).contains("时点");
        let end = sink.num(at).end;
        let text = sink.reading.norm(end..sink.reading.sentences[claim.sentence].range.end);
        let ahead = [
            "将",
            "拟",
            "计划",
            "力争",
            "预计",
            "目标",
            "确保",
            "前完成",
            "底前",
            "安排",
            "届时",
            "起施行",
            "起实施",
            "起执行",
            "有效期",
            "下一步",
            "争取",
            "召开在即",
        ]
        .iter()
        .any(|word| text.contains(word));
        let past = [
            "开展", "调研", "走访", "组织", "召开", "完成", "进行", "赴", "抽取", "发放", "座谈", "调查", "共", "已",
            "时点",
        ]
        .iter()
        .any(|word| sink.reading.norm(end..end + 24).contains(word));
        if done && past && !ahead {
            let range = sink.num(at).start..end;
            let words = sink.reading.text(range.clone());
            let reason = format!("文稿署{}，而“{words}”在其后", sink.reading.text(sink.place(signature)));
            let related = vec![sink.place(signature)];
            sink.report(Verdict { related, ..Verdict::new("K08", Kind::Date, Severity::Error, range, reason) });
        }
    }
}

fn leap(year: i32) -> bool {
    year % 4 == 0 && year % 100 != 0 || year % 400 == 0
}

fn days(month: u32, year: Option<i32>) -> u32 {
    match month {
        2 if year.is_some_and(|year| !leap(year)) => 28,
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn accuse(sink: &mut Sink<'_>, range: std::ops::Range<usize>, reason: String, expected: Option<String>) {
    sink.report(Verdict { expected, ..Verdict::new("K08", Kind::Date, Severity::Error, range, reason) });
}

fn impossible(sink: &mut Sink<'_>, at: usize, date: &Date) {
    let range = sink.place(at);
    let words = sink.reading.text(range.clone());
    if let Some(month) = date.month
        && !(1..=12).contains(&month)
    {
        accuse(sink, range, format!("“{words}”：没有{month}月"), None);
        return;
    }
    if let Some(day) = date.day {
        let most = date.month.map_or(31, |month| days(month, date.year));
        if !(1..=most).contains(&day) {
            let which = match (date.month, date.year) {
                (Some(2), Some(year)) => format!("{year}年2月只有{most}天"),
                (Some(month), _) => format!("{month}月只有{most}天"),
                _ => "一个月最多31天".to_owned(),
            };
            accuse(sink, range, format!("“{words}”：{which}"), None);
        }
    }
}

/// 2023—2020年, 9—1月, 从2023年5月至2022年8月.
fn reversed(sink: &mut Sink<'_>, at: usize, first: &Date, second: &Date) {
    let (start, end) = (sink.num(at).end, sink.num(at + 1).start);
    if end < start || end - start > 3 {
        return;
    }
    let between = sink.reading.norm(start..end);
    let joined = matches!(between.as_str(), "-" | "—" | "~" | "——" | "至" | "到" | "－");
    if !joined {
        return;
    }
    let range = sink.num(at).start..sink.num(at + 1).end;
    let words = sink.reading.text(range.clone());
    let back = match (first.year, second.year) {
        (Some(a), Some(b)) if a > b => true,
        (Some(a), Some(b)) if a == b => {
            matches!((first.month, second.month), (Some(x), Some(y)) if x > y || x == y && matches!((first.day, second.day), (Some(p), Some(q)) if p > q))
        }
        (Some(_), None) | (None, None) => match (first.month, second.month) {
            // 11月至2月, 11月至次年3月 runs over the turn of the year.
            (Some(x), Some(y)) if first.year.is_some() && x > y => !sink.reading.norm(end..end + 6).contains('次'),
            (Some(x), Some(y)) if x == y => matches!((first.day, second.day), (Some(p), Some(q)) if p > q),
            (Some(_), None) => matches!((first.day, second.day), (Some(p), Some(q)) if p > q),
            _ => false,
        },
        _ => false,
    };
    if back {
        accuse(sink, range, format!("“{words}”：止期早于起期"), None);
        return;
    }
    if first.year.is_none()
        && second.year.is_none()
        && let (Some(x), Some(y)) = (first.month, second.month)
        && x > y
        && x <= 12
        && (y == 1 || x <= 6)
        && between != "至"
        && sink.reading.norm(sink.num(at).end..sink.num(at).end + 1) != "月"
    {
        accuse(sink, range, format!("“{words}”：止月早于起月"), None);
    }
}

/// 2023年5月1日（星期三）.
fn weekday(sink: &mut Sink<'_>, at: usize, date: &Date) {
    let (Some(year), Some(month), Some(day)) = (date.year, date.month, date.day) else { return };
    if !(1..=12).contains(&month) || day == 0 || day > days(month, Some(year)) {
        return;
    }
    let end = sink.num(at).end;
    let after: Vec<char> = sink.reading.norm(end..end + 6).chars().collect();
    let Some(place) = after.iter().position(|c| matches!(c, '期' | '周')) else { return };
    let head: String = after[..place].iter().collect();
    if !matches!(head.as_str(), "（星" | "（" | "星" | "" | "，星" | " 星" | " ")
        || after[place] == '期' && !head.ends_with('星')
    {
        return;
    }
    let Some(printed) = after
        .get(place + 1)
        .and_then(|c| "一二三四五六日".chars().position(|name| name == *c || *c == '天' && name == '日'))
    else {
        return;
    };
    // Days since a Monday, by the Gregorian count.
    let (y, m) = if month <= 2 { (year - 1, month as i32 + 12) } else { (year, month as i32) };
    let sum = day as i32 + (13 * (m + 1)) / 5 + y + y / 4 - y / 100 + y / 400;
    let real = (sum + 5).rem_euclid(7) as usize;
    if real != printed {
        let names: Vec<char> = "一二三四五六日".chars().collect();
        let range = sink.num(at).start..end + place + 2;
        let words = sink.reading.text(range.clone());
        accuse(sink, range, format!("“{words}”：当天是星期{}", names[real]), Some(format!("星期{}", names[real])));
    }
}

/// The plans and the years they run; 上半年（1—7月）.
fn periods(sink: &mut Sink<'_>, part: usize) {
    let nums: Vec<usize> = sink.reading.part_nums[part].clone().collect();
    for pair in nums.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (Sort::Date(first), Sort::Date(second)) = (sink.num(a).sort.clone(), sink.num(b).sort.clone()) else {
            continue;
        };
        if sink.num(b).start < sink.num(a).end {
            continue;
        }
        let between = sink.reading.norm(sink.num(a).end..sink.num(b).start);
        if !matches!(between.as_str(), "-" | "—" | "~" | "——" | "至" | "到") {
            continue;
        }
        let before: String = sink.reading.norm(sink.num(a).start.saturating_sub(12)..sink.num(a).start);
        let range = sink.num(a).start..sink.num(b).end;
        let words = sink.reading.text(range.clone());
        if let (Some(from), Some(to), None, None) = (first.year, second.year, first.month, second.month) {
            for (at, name) in [
                "一五",
                "二五",
                "三五",
                "四五",
                "五五",
                "六五",
                "七五",
                "八五",
                "九五",
                "十五",
                "十一五",
                "十二五",
                "十三五",
                "十四五",
                "十五五",
            ]
            .iter()
            .enumerate()
            .rev()
            {
                let start = 1953 + 5 * at as i32 + if at >= 3 { 3 } else { 0 };
                let tail = before
                    .trim_end_matches(['（', '”', ' ', '"', '时', '期', '间', '’'])
                    .trim_end_matches("规划")
                    .trim_end_matches('”');
                if tail.ends_with(name) && at >= 3 && before.contains('（') {
                    if (from, to) != (start, start + 4) {
                        accuse(
                            sink,
                            range.clone(),
                            format!("“{name}”时期为{start}—{}年，文中写“{words}”", start + 4),
                            Some(format!("{start}—{}年", start + 4)),
                        );
                    }
                    break;
                }
            }
        }
        if let (None, None, Some(from), Some(to)) = (first.year, second.year, first.month, second.month) {
            let after: String = sink.reading.norm(sink.num(b).end..sink.num(b).end + 2);
            let bracketed = before.ends_with('（') && after.starts_with('）')
                || before.ends_with('（') && after.starts_with("份）");
            let name = before.trim_end_matches('（');
            let wanted = [
                ("前三季度", (1, 9)),
                ("上半年", (1, 6)),
                ("下半年", (7, 12)),
                ("一季度", (1, 3)),
                ("二季度", (4, 6)),
                ("第三季度", (7, 9)),
                ("四季度", (10, 12)),
            ]
            .into_iter()
            .find(|(word, _)| name.ends_with(word));
            if let Some((word, (x, y))) = wanted
                && bracketed
                && (from, to) != (x, y)
            {
                accuse(sink, range, format!("{word}为{x}—{y}月，文中写“{words}”"), Some(format!("{x}—{y}月")));
            }
        }
    }
}
