//! K08, K11: dates that cannot be, periods that end before they begin, weekdays, and plans named by other years.

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
        plan_end(sink, at, &date);
    }
    after_signing(sink);
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_table(part) {
            periods(sink, part);
        }
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
    // 6个月至71月龄: an age.
    let age = sink.reading.chars.get(range.end) == Some(&'龄');
    if let Some(month) = date.month.filter(|_| !age)
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

/// The first year of a five-year plan that words end in: 十四五 began in 2021.
fn plan(words: &str) -> Option<(&'static str, i32)> {
    const PLANS: [(&str, i32); 9] = [
        ("十五五", 2026),
        ("十四五", 2021),
        ("十三五", 2016),
        ("十二五", 2011),
        ("十一五", 2006),
        ("十五", 2001),
        ("九五", 1996),
        ("八五", 1991),
        ("七五", 1986),
    ];
    PLANS.into_iter().find(|(name, _)| words.ends_with(name))
}

/// “十四五”末（2024年）: the year of an end of a plan.
fn plan_end(sink: &mut Sink<'_>, at: usize, date: &Date) {
    let (Some(year), None) = (date.year, date.month) else { return };
    let start = sink.num(at).start;
    let before = sink.reading.norm(start.saturating_sub(12)..start);
    let after = sink.reading.norm(sink.num(at).end..sink.num(at).end + 1);
    let Some(words) = before.strip_suffix('（').filter(|_| after == "）") else { return };
    let (words, last) = if let Some(words) = words.strip_suffix('末') {
        (words.trim_end_matches("期"), true)
    } else if let Some(words) = words.strip_suffix("初").or_else(|| words.strip_suffix("开局之年")) {
        (words, false)
    } else {
        return;
    };
    let bare = words.trim_end_matches(['”', '时', '期', '规', '划']);
    let Some((name, first)) = plan(bare) else { return };
    let right = if last { first + 4 } else { first };
    if right != year {
        let range = sink.place(at);
        let reason = format!("“{name}”{}是{right}年，文中写{year}年", if last { "末" } else { "初" });
        accuse(sink, range, reason, Some(format!("{right}年")));
    }
}

/// 第五季度: a year has four.
fn quarters(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    for at in range.start.max(1)..end.saturating_sub(2) {
        let chars = &sink.reading.chars;
        let count = "五六七八九56789".contains(chars[at]);
        let named = chars[at - 1] == '第' || chars[at - 1] == '年';
        if count && named && chars[at + 1] == '季' && chars[at + 2] == '度' {
            let words = sink.reading.text(at..at + 3);
            accuse(sink, at..at + 3, format!("一年只有四个季度，没有“{words}”"), None);
        }
    }
}

/// Names of parts of a year and the months they run; a longer name stands before the one it ends in.
const SEASONS: [(&str, (u32, u32)); 9] = [
    ("前三季度", (1, 9)),
    ("前两季度", (1, 6)),
    ("上半年", (1, 6)),
    ("下半年", (7, 12)),
    ("一季度", (1, 3)),
    ("二季度", (4, 6)),
    ("第三季度", (7, 9)),
    ("三季度", (7, 9)),
    ("四季度", (10, 12)),
];

/// The plans and the years they run; 上半年（1—7月）.
fn periods(sink: &mut Sink<'_>, part: usize) {
    quarters(sink, part);
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
            let tail = before
                .trim_end_matches(['（', '”', ' ', '"', '时', '期', '间', '’'])
                .trim_end_matches("规划")
                .trim_end_matches('”');
            if let Some((name, start)) = plan(tail).filter(|_| before.contains('（'))
                && (from, to) != (start, start + 4)
            {
                let right = format!("{start}—{}年", start + 4);
                accuse(sink, range.clone(), format!("“{name}”时期为{right}，文中写“{words}”"), Some(right));
            }
        }
        // 财年第一季度（4月1日—6月30日）
        let fiscal = sink.reading.norm(sink.num(a).start.saturating_sub(24)..sink.num(a).start).contains('财');
        if let (None, None, Some(from), Some(to), false) = (first.year, second.year, first.month, second.month, fiscal)
        {
            let after: String = sink.reading.norm(sink.num(b).end..sink.num(b).end + 2);
            let bracketed = before.ends_with('（') && after.starts_with('）')
                || before.ends_with('（') && after.starts_with("份）");
            let name = before.trim_end_matches('（');
            let wanted = SEASONS.into_iter().find(|(word, _)| name.ends_with(word));
            // 1—6月（前三季度）
            let behind: String = sink.reading.norm(sink.num(b).end..sink.num(b).end + 7);
            let behind =
                behind.trim_start_matches(['份', '，']).strip_prefix('（').and_then(|words| words.split_once('）'));
            let told = behind.and_then(|(words, _)| SEASONS.into_iter().find(|(word, _)| words == *word));
            if let Some((word, (x, y))) = told.or(wanted.filter(|_| bracketed))
                && (from, to) != (x, y)
            {
                accuse(sink, range, format!("{word}为{x}—{y}月，文中写“{words}”"), Some(format!("{x}—{y}月")));
            }
        }
    }
}
