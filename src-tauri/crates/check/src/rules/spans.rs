//! K11: how long a period is said to last against the dates it runs between.

use super::{Sink, Verdict, exact};
use crate::exact::{Q, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Date, Sort};

/// A moment as the text gives it: its date and, where told, the hour.
#[derive(Debug, Clone)]
struct Moment {
    at: usize,
    date: Date,
    hour: Option<i64>,
    /// After the date and the hour.
    end: usize,
}

/// The time between two moments, in each measure that their form allows.
#[derive(Debug, Clone, Copy)]
struct Lapse {
    hours: Option<i64>,
    /// Days from the first to the last, the last not counted; whether a leap day may add one.
    days: Option<(i64, bool)>,
    months: Option<i64>,
    years: Option<i64>,
}

/// Days since a fixed day, by the Gregorian count.
pub(super) fn day_number(year: i32, month: u32, day: u32) -> i64 {
    let (y, m) =
        if month <= 2 { (i64::from(year) - 1, i64::from(month) + 12) } else { (i64::from(year), i64::from(month)) };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * (m - 3) + 2) / 5 + i64::from(day)
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        let dates: Vec<usize> = body.nums.filter(|at| matches!(sink.num(*at).sort, Sort::Date(_))).collect();
        for pair in dates.windows(2) {
            lasting(sink, pair[0], pair[1]);
            week(sink, pair[0], pair[1]);
            workdays(sink, pair[0], pair[1]);
        }
        for at in dates {
            calendar(sink, at);
        }
    }
}

fn moment(sink: &Sink<'_>, at: usize) -> Option<Moment> {
    let Sort::Date(date) = sink.num(at).sort.clone() else { return None };
    let chars = &sink.reading.chars;
    let mut end = sink.num(at).end;
    let digits: String = chars[end..].iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
    let mut hour = None;
    if !digits.is_empty() && chars.get(end + digits.len()) == Some(&'时') {
        hour = digits.parse().ok();
        end += digits.len() + 1;
    } else if chars.get(end) == Some(&'零') && chars.get(end + 1) == Some(&'时') {
        hour = Some(0);
        end += 2;
    }
    Some(Moment { at, date, hour, end })
}

const BEGINS: [&str; 16] = [
    "开始", "开幕", "启动", "开镰", "开工", "动工", "开班", "开播", "始", "起", "入", "初", "启", "开学", "开赛",
    "开展",
];
const ENDS: [&str; 18] = [
    "结束", "闭幕", "完工", "竣工", "建成", "收官", "止", "末", "终", "结", "完成", "投用", "通车", "撤", "收镰", "出",
    "闭", "验收",
];

/// How the two dates are bound into a period: at once (至), or by their verbs (开工 … 竣工).
fn bound(sink: &Sink<'_>, first: &Moment, second: &Moment) -> Option<bool> {
    let chars = &sink.reading.chars;
    let start = sink.num(second.at).start;
    let between: String = chars[first.end..start.max(first.end)].iter().collect();
    let between = ["次年", "翌年", "第二年"]
        .iter()
        .find_map(|word| between.strip_suffix(word))
        .map_or(between.clone(), str::to_owned);
    let turn = between.trim_matches(['，', '、', '于', '自', '（', '）', ' ']);
    if matches!(turn, "-" | "—" | "~" | "——" | "至" | "到" | "起至" | "起到") {
        return Some(true);
    }
    let after: String = chars[second.end..].iter().take(8).collect();
    let after = ["全面", "全部", "顺利", "圆满", "基本", "正式"]
        .iter()
        .fold(after.as_str(), |after, word| after.trim_start_matches(word));
    let word = |words: &str, list: &[&str]| list.iter().any(|word| words.starts_with(word));
    let lead = sink.reading.norm(sink.num(first.at).start.saturating_sub(3)..sink.num(first.at).start);
    let begun = word(between.trim_start_matches(['，', ' ']), &BEGINS) || lead.ends_with('自') || lead.ends_with('从');
    let till = between.trim_end_matches(['，', ' ', '于']).ends_with(['至', '到']);
    let near = between.chars().count() <= 24 && !between.contains(['。', '；']);
    (near && begun && (till || word(after, &ENDS))).then_some(false)
}

fn lapse(first: &Moment, second: &Moment) -> Option<Lapse> {
    let (a, b) = (&first.date, &second.date);
    let month = b.month.or(if b.day.is_some() && b.year.is_none() { a.month } else { None });
    let years = a.year.zip(b.year).map(|(from, to)| i64::from(to - from));
    let valid = |month: Option<u32>| month.is_none_or(|month| (1..=12).contains(&month));
    if !valid(a.month) || !valid(month) || years.is_some_and(|years| years < 0) {
        return None;
    }
    let months = a.month.zip(month).map(|(from, to)| years.unwrap_or(0) * 12 + i64::from(to) - i64::from(from));
    let days = match (a.month, a.day, month, b.day) {
        (Some(m), Some(d), Some(n), Some(e)) => {
            let from = a.year.or(b.year);
            let to = b.year.or(from).unwrap_or(2023);
            let days = day_number(to, n, e) - day_number(from.unwrap_or(2023), m, d);
            Some((days, from.is_none() && m <= 2 && n > 2))
        }
        // 3日6时至5日18时
        (None, Some(d), None, Some(e)) => Some((i64::from(e) - i64::from(d), false)),
        _ => None,
    };
    if days.is_some_and(|(days, _)| days < 0) || months.is_some_and(|months| months < 0) {
        return None;
    }
    let hours = days.zip(first.hour.zip(second.hour)).map(|((days, _), (from, to))| days * 24 + to - from);
    let whole = a.month.is_none() && month.is_none();
    Some(Lapse { hours, days, months: if a.day.is_some() { None } else { months }, years: years.filter(|_| whole) })
}

/// What lengths the period may be said to have, in the unit of the number; the first is the usual one.
fn lengths(lapse: Lapse, unit: &str, both: bool) -> Option<Vec<i64>> {
    match unit {
        "hour" => lapse.hours.map(|hours| vec![hours]),
        "day" => {
            let (days, leap) = lapse.days?;
            let mut all = vec![days + 1];
            if !both {
                all.push(days);
            }
            if leap {
                all.push(days + 2);
            }
            if let Some(hours) = lapse.hours {
                all.extend([hours / 24, (hours + 23) / 24]);
            }
            Some(all)
        }
        "week" => {
            let (days, _) = lapse.days?;
            Some(vec![(days + 4) / 7, (days + 1) / 7, (days + 6) / 7])
        }
        "month" => match (lapse.months, lapse.days) {
            (Some(months), _) => Some(if both { vec![months + 1] } else { vec![months + 1, months] }),
            (None, Some((days, _))) if days > 45 => {
                // A month more or less at the ends.
                let months = (days + 1) * 100 / 3044;
                Some(vec![months, months + 1])
            }
            _ => None,
        },
        "year" => match (lapse.years, lapse.days, lapse.months) {
            (Some(years), _, _) => Some(if both { vec![years + 1] } else { vec![years, years + 1] }),
            (None, None, Some(months)) if months >= 10 => {
                let near: Vec<i64> = [months, months + 1].iter().map(|months| (months + 6) / 12).collect();
                let odd = (months + 6) % 12;
                Some(if (4..=8).contains(&odd) { near } else { vec![(months + 1) / 12, (months + 1) / 12 + 1] })
            }
            (None, Some((days, _)), _) if days > 300 => {
                let years = (days + 32) / 365;
                Some(if (days + 32) % 365 <= 62 { vec![years] } else { vec![years, years + 1] })
            }
            _ => None,
        },
        _ => None,
    }
}

/// The number that says how long it lasted: after both dates, between them, or before a bracket with them.
fn told(sink: &Sink<'_>, first: &Moment, second: &Moment, joined: bool) -> Option<(usize, bool)> {
    const LASTING: [&str; 22] = [
        "持续时间",
        "持续时间为",
        "时长",
        "长达",
        "一周",
        "历时",
        "共",
        "为期",
        "共计",
        "持续",
        "用时",
        "总计",
        "历经",
        "前后",
        "工期",
        "放假",
        "期限为",
        "历程",
        "延续",
        "花期",
        "为时",
        "计",
    ];
    let sentence = sink.reading.sentences[sink.claim(first.at).sentence].nums.clone();
    let length = |at: usize| {
        let num = sink.num(at);
        num.is_quantity()
            && matches!(num.unit.dim.as_str(), "hour" | "day" | "week" | "month" | "year")
            && num.places == 0
            && num.garbled.is_none()
    };
    let both = |words: &str| ["共", "共计", "总计", "放假", "首尾", "计"].iter().any(|word| words.ends_with(word));
    // After the dates, no other date between.
    let after = sentence
        .clone()
        .filter(|at| *at > second.at)
        .take(3)
        .find(|at| length(*at) || matches!(sink.num(*at).sort, Sort::Date(_)));
    if let Some(at) = after.filter(|at| length(*at)) {
        let num = sink.num(at);
        let words = sink.reading.norm(second.end..num.start);
        let lead = words.trim_end_matches([' ', '了']);
        let lead = lead.trim_end_matches(['近', '约', '超', '过', '达', '整']).trim_end_matches("不足");
        let near = words.chars().count() <= 60;
        // （农历…）7天假期; 的8年间
        let next = sink.reading.norm(num.end..num.end + 3);
        let bare = {
            let mut rest = lead;
            if rest.starts_with('（')
                && let Some(close) = rest.find('）')
            {
                rest = &rest[close + '）'.len_utf8()..];
            }
            matches!(rest.trim(), "" | "的" | "，" | "这")
        };
        let holiday = next.starts_with("假") || next.starts_with("小长") || next.starts_with("长假");
        let span = next.starts_with('间') || next.starts_with("时间");
        // 入汛…出汛，汛期90天: a term that its own word names.
        const OTHER: [&str; 12] = [
            "有效期",
            "质保期",
            "保修期",
            "宽限期",
            "试用期",
            "潜伏期",
            "回收期",
            "任期",
            "追溯期",
            "租期",
            "缓冲期",
            "过渡期",
        ];
        let term = !joined && lead.ends_with('期') && !OTHER.iter().any(|word| lead.ends_with(word));
        // 2021年至2025年，共四年
        let years = num.unit.dim == "year" && first.date.month.is_none();
        let in_all = years && matches!(lead.trim_start_matches('，'), "共" | "共计" | "前后" | "历经");
        if near && (in_all || term || LASTING.iter().any(|word| lead.ends_with(word)) || bare && (holiday || span)) {
            return Some((at, both(lead) || holiday));
        }
    }
    // 于5月8日至5月26日开展调研，…。历时近两个月: the length opens the sentence that follows.
    let next = sink.claim(first.at).sentence + 1;
    if let Some(body) = sink.reading.sentences.get(next).filter(|body| joined && body.part == sink.claim(first.at).part)
        && let Some(at) = body.nums.clone().next().filter(|at| length(*at))
        && sentence.clone().filter(|at| matches!(sink.num(*at).sort, Sort::Date(_))).count() == 2
    {
        let lead = sink.reading.norm(body.range.start..sink.num(at).start);
        let lead = lead.trim_end_matches(['近', '约', '超', '过', '达']).trim_end_matches("不足");
        if matches!(lead, "历时" | "前后历时" | "共历时" | "为期" | "调研历时" | "检查历时" | "全程历时")
        {
            return Some((at, lead.contains('共')));
        }
    }
    // 2022年6月开工，历时10个月，2023年8月完工
    if !joined {
        let between = (first.at + 1..second.at).find(|at| length(*at));
        if let Some(at) = between
            && LASTING.iter().any(|word| sink.claim(at).before.trim_end().ends_with(word))
        {
            return Some((at, false));
        }
    }
    // 合同期限三年，自2022年7月1日起至2025年6月30日止
    if let Some(at) = first.at.checked_sub(1).filter(|at| sentence.contains(at) && length(*at) && joined) {
        let between = sink.reading.norm(sink.num(at).end..sink.num(first.at).start);
        let words = &sink.claim(at).before;
        let term = ["期限", "期限为", "合同期", "服务期", "工期", "建设期", "任期", "为期", "有效期", "期限共"]
            .iter()
            .any(|word| words.trim_end().ends_with(word));
        if term && matches!(between.as_str(), "，自" | "，从" | "，即" | "，即自") {
            return Some((at, false));
        }
        // 五年任期自2021年9月至2026年9月
        let noun = between.trim_end_matches(['自', '从']).trim_end_matches('，');
        let named = ["任期", "合同期", "服务期", "建设期", "合同期限", "工期", "期限"].contains(&noun);
        if named && noun.len() < between.len() {
            return Some((at, false));
        }
    }
    // 持续25天的高温过程（7月12日至8月3日）; 期限为2年（…）
    let open = sink.num(first.at).start.checked_sub(1).filter(|open| sink.reading.chars[*open] == '（')?;
    let at = first.at.checked_sub(1).filter(|at| sentence.contains(at) && length(*at))?;
    let num = sink.num(at);
    let words = sink.reading.norm(num.start.saturating_sub(4)..num.start);
    let noun = sink.reading.norm(num.end..open);
    let close = noun.chars().count() <= 12 && !noun.contains(['，', '、', '；']);
    // 近五年（2019—2023年）, 三年行动计划（2021—2023年）
    let years = num.unit.dim == "year" && first.date.month.is_none();
    let recent =
        years && noun.is_empty() && ["近", "过去", "最近", "这", "前"].iter().any(|word| words.ends_with(word));
    let plan = years && ["计划", "规划", "方案", "行动"].iter().any(|word| noun.ends_with(word));
    let lasting = LASTING.iter().chain(&["为"]).any(|word| words.trim_end().ends_with(word));
    (close && (lasting || recent || plan)).then(|| (at, both(&words)))
}

/// 4月1日至5月20日，历时100天; 3日6时至5日18时，历时72小时; 2018年至2023年的8年间.
fn lasting(sink: &mut Sink<'_>, first: usize, second: usize) {
    let (Some(mut first), Some(mut second)) = (moment(sink, first), moment(sink, second)) else { return };
    // 11月15日至次年3月15日
    let lead = sink.reading.norm(sink.num(second.at).start.saturating_sub(3)..sink.num(second.at).start);
    let next = ["次年", "翌年", "第二年"].iter().any(|word| lead.ends_with(word));
    if next && second.date.year.is_none() && second.date.month.is_some_and(|month| month <= 9) {
        let year = first.date.year.unwrap_or(2021);
        (first.date.year, second.date.year) = (Some(year), Some(year + 1));
    }
    if sink.num(second.at).start < first.end {
        return;
    }
    let Some(joined) = bound(sink, &first, &second) else { return };
    let Some((told, both)) = told(sink, &first, &second, joined) else { return };
    // 从7月底到8月中旬开始，持续三个月
    if sink.reading.norm(second.end..sink.num(told).start.max(second.end)).contains("开始") {
        return;
    }
    // 近五年（2020—2023年） are the last five years, not nearly five.
    let recent = sink.num(told).unit.dim == "year" && first.date.month.is_none();
    if !exact(sink.num(told)) && !recent {
        roughly(sink, told, &first, &second);
        return;
    }
    let Some(lengths) = lapse(&first, &second).and_then(|lapse| lengths(lapse, &sink.num(told).unit.dim, both)) else {
        return;
    };
    let value = &sink.num(told).value / &sink.num(told).unit.factor;
    if lengths.iter().any(|length| value == q(*length)) {
        sink.confirm(&[told], "与起止日期相符");
        return;
    }
    // Over the turn of the year a leap day may lie between.
    if next && lengths.iter().any(|length| value == q(*length + 1)) && sink.num(told).unit.dim == "day" {
        return;
    }
    // 8月3日至6日和8月12日至18日，历时4天和7天: two stretches, two lengths.
    if [told + 1, told.wrapping_sub(1)].iter().any(|other| {
        sink.reading.nums.get(*other).is_some_and(|num| {
            num.unit.dim == sink.num(told).unit.dim
                && (sink.claim(*other).joins() || sink.claim(told).joins())
                && lengths.iter().any(|length| &num.value / &num.unit.factor == q(*length))
        })
    }) {
        return;
    }
    let usual = sink.like(told, &(Q::from(q(lengths[0])) * &sink.num(told).unit.factor));
    let words = sink.reading.text(sink.num(first.at).start..second.end);
    let reason = format!("“{words}”首尾均计共{usual}，与{}不符", sink.shown(told));
    let range = sink.phrase(told);
    let related = vec![sink.stretch(first.at, second.at)];
    sink.accuse(told);
    sink.report(Verdict {
        expected: Some(usual),
        related,
        ..Verdict::new("K11", Kind::Date, Severity::Error, range, reason)
    });
}

/// 历时近4个月, 不足三周, 一个多月: a round length against the days between two dates; a third of the unit more or less is as
/// round as it may be.
fn roughly(sink: &mut Sink<'_>, told: usize, first: &Moment, second: &Moment) {
    let (num, claim) = (sink.num(told), sink.claim(told));
    // 4—6月 are three months.
    let whole = |months: i64| ((months + 1) * 3044 / 100 - 1, false);
    let days = lapse(first, second).and_then(|lapse| lapse.days.or(lapse.months.map(whole)));
    let Some((days, _)) = days else { return };
    // A month is 30.44 days, a year 365.25.
    let unit = match num.unit.dim.as_str() {
        "day" => q(1),
        "week" => q(7),
        "month" => Q::new(3044.into(), 100.into()),
        "year" => Q::new(36525.into(), 100.into()),
        _ => return,
    };
    let slack = &unit / q(3) + q(1);
    let mark = &num.value / &num.unit.factor * &unit;
    let length = q(days + 1);
    let fits = match num.approx {
        Approx::Under if claim.falls_short() => length <= &mark + q(1) && length >= &mark - &unit - &slack,
        Approx::Under => length <= &mark + &slack / q(2) && length >= &mark - &unit / q(2) - &slack / q(2),
        Approx::Over => length >= &mark - q(1) && length <= &mark + &unit + &slack,
        _ => length >= &mark - &unit / q(2) - &slack / q(2) && length <= &mark + &unit / q(2) + &slack / q(2),
    };
    if fits {
        sink.confirm(&[told], "与起止日期相符");
        return;
    }
    let words = sink.reading.text(sink.num(first.at).start..second.end);
    let reason = format!("“{words}”共{}天，与“{}”不符", days + 1, sink.reading.text(sink.phrase(told)));
    let range = sink.phrase(told);
    let related = vec![sink.stretch(first.at, second.at)];
    sink.accuse(told);
    sink.report(Verdict { related, ..Verdict::new("K11", Kind::Date, Severity::Error, range, reason) });
}

/// 公示期为7个工作日，自2023年5月8日至5月12日: more days of work than there are. Days off that are worked may add one.
fn workdays(sink: &mut Sink<'_>, first: usize, second: usize) {
    let (Some(from), Some(to)) = (moment(sink, first), moment(sink, second)) else { return };
    let start = sink.num(first).start;
    let lead = sink.reading.norm(start.saturating_sub(14)..start);
    let lead = lead.trim_end_matches(['自', '从', '即', '，', '（']);
    let Some(head) = lead.strip_suffix("个工作日") else { return };
    let digits: String = head.chars().rev().take_while(char::is_ascii_digit).collect();
    let Ok(told) = digits.chars().rev().collect::<String>().parse::<i64>() else { return };
    if sink.num(second).start < from.end || bound(sink, &from, &to) != Some(true) {
        return;
    }
    let (Some(year), Some(month), Some(day)) = (from.date.year, from.date.month, from.date.day) else { return };
    let Some((days, _)) = lapse(&from, &to).and_then(|lapse| lapse.days).filter(|(days, _)| *days <= 60) else {
        return;
    };
    if !(1..=12).contains(&month) {
        return;
    }
    let begin = day_number(year, month, day);
    // The first of January 2024 was a Monday.
    let monday = day_number(2024, 1, 1);
    let worked = (begin..=begin + days).filter(|day| (day - monday).rem_euclid(7) < 5).count() as i64;
    if told >= worked + 2 {
        let range = start..sink.num(second).end;
        let reason = format!("“{}”只有{worked}个工作日，与{told}个工作日不符", sink.reading.text(range.clone()));
        sink.report(Verdict::new("K11", Kind::Date, Severity::Error, range, reason));
    }
}

/// 第28周（7月8日—7月15日）: a week has seven days, five of them for work.
fn week(sink: &mut Sink<'_>, first: usize, second: usize) {
    let (Some(from), Some(to)) = (moment(sink, first), moment(sink, second)) else { return };
    let start = sink.num(first).start;
    let lead = sink.reading.norm(start.saturating_sub(5)..start);
    let named = ["周（", "本周（", "上周（", "一周（"].iter().any(|word| lead.ends_with(word));
    let closed = sink.reading.chars.get(sink.num(second).end) == Some(&'）');
    if !named || !closed || sink.num(second).start < from.end || bound(sink, &from, &to) != Some(true) {
        return;
    }
    let Some((days, _)) = lapse(&from, &to).and_then(|lapse| lapse.days) else { return };
    let days = days + 1;
    if (6..=9).contains(&days) && days != 7 {
        let range = start..sink.num(second).end;
        let reason = format!("“{}”共{days}天，而一周为7天", sink.reading.text(range.clone()));
        sink.report(Verdict::new("K11", Kind::Date, Severity::Error, range, reason));
    }
}

/// 2022年全年366天, 2023年2月共29天: what the calendar gives.
fn calendar(sink: &mut Sink<'_>, at: usize) {
    let Sort::Date(date) = sink.num(at).sort.clone() else { return };
    let (Some(year), None) = (date.year, date.day) else { return };
    let Some(told) = (at + 1..(at + 3).min(sink.reading.nums.len())).find(|next| sink.num(*next).unit.dim == "day")
    else {
        return;
    };
    let num = sink.num(told);
    let words = sink.reading.norm(sink.num(at).end..num.start);
    if !num.is_quantity() || !exact(num) || num.places > 0 || sink.claim(told).sentence != sink.claim(at).sentence {
        return;
    }
    let rest = words.trim_end_matches(['有', '为', '计', '是']).trim_end_matches('共').trim_end_matches('总');
    let (from, to) = match (date.month, rest) {
        (Some(month), "" | "全月") if (1..=12).contains(&month) && words != rest => (month, month),
        (None, "全年") => (1, 12),
        (None, "一季度") if words != rest => (1, 3),
        (None, "二季度") if words != rest => (4, 6),
        (None, "上半年") if words != rest => (1, 6),
        (None, "下半年") if words != rest => (7, 12),
        _ => return,
    };
    let next = if to == 12 { day_number(year + 1, 1, 1) } else { day_number(year, to + 1, 1) };
    let days = next - day_number(year, from, 1);
    let value = &num.value / &num.unit.factor;
    // 全年360天达标 counts days of another sort.
    if value == q(days) || (&value - q(days)) > q(2) || (q(days) - &value) > q(2) {
        return;
    }
    let range = sink.num(at).start..num.end;
    let reason = format!("“{}”：这段时间共{days}天", sink.reading.text(range.clone()));
    sink.accuse(told);
    sink.report(Verdict {
        expected: Some(format!("{days}天")),
        ..Verdict::new("K11", Kind::Date, Severity::Error, range, reason)
    });
}
