//! K08: the order of events, anniversaries and ages against their years, and plans for what is past.

use std::ops::Range;

use super::{Sink, Verdict};
use crate::claims::DATE;
use crate::exact::q;
use crate::review::{Kind, Severity};
use crate::scan::{Date, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    let today = as_of(sink);
    stray_years(sink);
    stray_days(sink);
    based(sink);
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            founded(sink, part);
        }
    }
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            clock(sink, part);
        }
    }
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        let dates: Vec<usize> = body.nums.clone().filter(|at| matches!(sink.num(*at).sort, Sort::Date(_))).collect();
        ordered(sink, &dates);
        anniversaries(sink, body.nums.clone(), &dates);
        since(sink, &body.nums);
        deadlines(sink, &dates);
        within(sink, &dates);
        done_before_end(sink, &dates);
        answered(sink, &dates);
        in_force(sink, &dates);
        for at in dates {
            last_year(sink, at);
            later_base(sink, at);
            if let Some(today) = &today {
                planned(sink, at, today);
            }
        }
    }
}

fn date(sink: &Sink<'_>, at: usize) -> Date {
    match &sink.num(at).sort {
        Sort::Date(date) => date.clone(),
        _ => Date::default(),
    }
}

fn accuse(sink: &mut Sink<'_>, at: usize, other: Option<usize>, reason: String) {
    let range = sink.place(at);
    let related = other.map(|other| sink.place(other)).into_iter().collect();
    sink.report(Verdict { related, ..Verdict::new("K08", Kind::Date, Severity::Error, range, reason) });
}

/// What a date is the date of: the beginning of something, its end; and whether there can be only one year.
fn event(sink: &Sink<'_>, at: usize) -> Option<(bool, bool)> {
    let num = sink.num(at);
    let chars = &sink.reading.chars;
    let end = sink.reading.sentences[sink.claim(at).sentence].range.end.min(chars.len());
    let after: String = chars[num.end.min(end)..end.min(num.end + 8)]
        .iter()
        .take_while(|c| !matches!(c, '，' | '；' | '。' | '、' | '（' | '）' | '—' | '至'))
        .collect();
    let after = after.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '时' | '分' | '许' | '凌' | '晨' | '上' | '下' | '午' | '晚')
    });
    let after = after.trim_start_matches(['正', '式', '已', '全', '面', '前', '底', '初', '末', '日', '起']);
    let before = sink.claim(at).before.replace(DATE, "");
    let begins = |words: &str, list: &[&str]| list.iter().any(|word| words.starts_with(word));
    if begins(after, &["开工", "动工", "破土", "奠基", "开幕", "开班", "开赛", "登陆", "生成", "立案", "受理", "启动"])
    {
        return Some((true, false));
    }
    if begins(
        after,
        &["竣工", "完工", "建成", "通车", "投用", "闭幕", "结业", "收官", "投产", "停止编号", "停编", "结案", "宣判"],
    ) {
        return Some((false, false));
    }
    // 首例报告于, 最早一起发生在
    let told =
        |list: &[&str]| list.iter().any(|word| before.contains(word)) && before.ends_with(['于', '在', '为', '是']);
    if told(&["最早", "首例", "首起", "首次", "首场", "首宗"]) {
        return Some((true, true));
    }
    told(&["最晚", "最迟", "末例", "末起", "最后一", "末次", "末场"]).then_some((false, true))
}

/// 2021年3月开工，2020年12月竣工; 最早在3月12日，最晚在2月28日.
fn ordered(sink: &mut Sink<'_>, dates: &[usize]) {
    for pair in dates.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let (Some((true, single)), Some((false, twin))) = (event(sink, first), event(sink, second)) else { continue };
        let (a, b) = (date(sink, first), date(sink, second));
        let between = sink.reading.norm(sink.num(first).end..sink.num(second).start.max(sink.num(first).end));
        if single != twin || between.contains(['次', '翌', '二', '期']) || between.chars().count() > 40 {
            continue;
        }
        let years = match (a.year, b.year) {
            (Some(x), Some(y)) => y.cmp(&x),
            _ if single => std::cmp::Ordering::Equal,
            // 7月30日登陆，7月28日停止编号: in one year, unless the months lie far apart.
            (None, None) if a.month.zip(b.month).is_some_and(|(x, y)| x >= y && x - y <= 2) => {
                std::cmp::Ordering::Equal
            }
            _ => continue,
        };
        let before = years.is_lt()
            || years.is_eq()
                && match (a.month, b.month) {
                    (Some(x), Some(y)) if x == y => matches!((a.day, b.day), (Some(x), Some(y)) if y < x),
                    (Some(x), Some(y)) => y < x,
                    _ => false,
                };
        if before {
            let reason = format!(
                "“{}”早于“{}”，先后颠倒",
                sink.reading.text(sink.place(second)),
                sink.reading.text(sink.place(first))
            );
            accuse(sink, second, Some(first), reason);
        }
    }
}

/// 1952年成立…2023年70周年; 1965年出生，现年48岁（2023年）.
fn anniversaries(sink: &mut Sink<'_>, nums: std::ops::Range<usize>, dates: &[usize]) {
    let dated: Vec<(usize, i32)> = dates.iter().filter_map(|at| Some((*at, date(sink, *at).year?))).collect();
    let [(first, from), (second, to)] = dated.as_slice() else { return };
    let ((mut first, mut from), (mut second, mut to)) = ((*first, *from), (*second, *to));
    if from > to {
        (first, from, second, to) = (second, to, first, from);
    }
    let words = |at: usize| {
        let num = sink.num(at);
        let clause = sink.claim(at).before.clone();
        let after: String = sink.reading.norm(num.end..num.end + 10).chars().take_while(|c| *c != '，').collect();
        format!("{clause}{after}")
    };
    let told = words(first);
    let founded = [
        "成立", "创办", "创建", "建立", "建县", "建校", "建市", "建院", "诞生", "创刊", "设立", "始建", "创立", "组建",
        "开办",
    ]
    .iter()
    .any(|word| told.contains(word));
    let born = ["出生", "生于", "诞生于"].iter().any(|word| told.contains(word));
    let years = i64::from(to - from);
    for at in nums {
        let num = sink.num(at);
        let next = sink.reading.norm(num.end..num.end + 3);
        let printed = sink.reading.norm(num.start..num.end + 2);
        let gone = ["走过", "历经", "已有", "走过了", "度过"].iter().any(|word| sink.claim(at).before.ends_with(word));
        let passed = gone && num.unit.dim == "year" && num.places == 0 && sink.num(second).start < num.start;
        let anniversary = founded && (printed.contains("周年") || num.unit.name == "周年" || passed);
        let aged =
            born && (num.unit.dim == "age" || printed.contains('岁')) && num.is_quantity() && !next.starts_with("时");
        if !(anniversary || aged) || num.garbled.is_some() || !super::exact(num) {
            continue;
        }
        let value = &num.value / &num.unit.factor;
        let right = if anniversary && !passed { vec![years] } else { vec![years, years - 1, years + 1] };
        if right.iter().any(|right| value == q(*right)) {
            sink.confirm(&[at], "与年份相符");
            continue;
        }
        let what = match (passed, anniversary) {
            (true, _) => "年",
            (_, true) => "周年",
            _ => "岁",
        };
        let reason = format!("{from}年至{to}年为{years}{what}，与{}不符", sink.shown(at));
        let range = sink.place(at);
        let related = vec![sink.place(first), sink.place(second)];
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(format!("{years}{what}")),
            related,
            ..Verdict::new("K08", Kind::Date, Severity::Error, range, reason)
        });
    }
}

/// 创立于1669年，距今（2025年）已有346年: the years since, to a year that the words give.
fn since(sink: &mut Sink<'_>, nums: &std::ops::Range<usize>) {
    for at in nums.clone() {
        let num = sink.num(at);
        if num.unit.dim != "year" || !num.is_quantity() || !super::exact(num) || num.places > 0 || num.garbled.is_some()
        {
            continue;
        }
        let start = sink.reading.sentences[sink.claim(at).sentence].range.start;
        let lead = sink.reading.norm(start.max(num.start.saturating_sub(24))..num.start);
        let Some(mark) = lead.rfind("距今") else { continue };
        let words = &lead[mark + "距今".len()..];
        let plain: String =
            words.chars().filter(|c| !c.is_ascii_digit() && !"（）年截至已有经约达整满，".contains(*c)).collect();
        let rough = words.contains('约');
        let told: Vec<(usize, i32)> =
            (nums.start..at).filter_map(|other| date(sink, other).year.map(|year| (other, year))).collect();
        let mark_at = num.start - lead[mark..].chars().count();
        let Some((first, from)) = told.iter().copied().rfind(|(other, _)| sink.num(*other).start < mark_at) else {
            continue;
        };
        // To the year in the bracket before or behind the number.
        let behind = (at + 1..nums.end)
            .next()
            .filter(|other| {
                let between = sink.reading.norm(num.end..sink.num(*other).start);
                ["（截至", "（至", "（"].contains(&between.trim_start_matches("历史"))
            })
            .and_then(|other| date(sink, other).year);
        let Some(to) =
            told.iter().rfind(|(other, _)| sink.num(*other).start > mark_at).map(|(_, year)| *year).or(behind)
        else {
            continue;
        };
        let years = i64::from(to - from);
        let value = &num.value / &num.unit.factor;
        if !plain.is_empty() || rough || years <= 0 {
            continue;
        }
        if value == q(years) || value == q(years + 1) {
            sink.confirm(&[at], "与年份相符");
            continue;
        }
        let reason = format!("{from}年至{to}年为{years}年，与{}不符", sink.shown(at));
        let range = sink.place(at);
        let related = vec![sink.place(first)];
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(format!("{years}年")),
            related,
            ..Verdict::new("K08", Kind::Date, Severity::Error, range, reason)
        });
    }
}

/// The only year that the title of a yearly report names.
fn reported(sink: &Sink<'_>) -> Option<(usize, i32)> {
    let parts = sink.reading.draft.parts.len();
    (0..parts.min(3)).find_map(|part| {
        let range = &sink.reading.draft.parts[part].range;
        let title = sink.reading.norm(range.clone());
        let years: Vec<(usize, Date)> = sink.reading.part_nums[part]
            .clone()
            .filter(|at| matches!(sink.num(*at).sort, Sort::Date(_)))
            .map(|at| (at, date(sink, at)))
            .collect();
        let [(at, only)] = years.as_slice() else { return None };
        let short = range.len() <= 40 && !title.contains(['。', '，', '—', '~']) && only.month.is_none();
        let yearly = ["公报", "通告", "年报", "报告", "总结", "情况", "通报", "统计", "分析", "白皮书", "公告", "概况"]
            .iter()
            .any(|word| title.contains(word));
        let plan = ["计划", "规划", "方案", "要点", "安排", "预算", "意见"].iter().any(|word| title.contains(word));
        (short && yearly && !plan).then_some((*at, only.year?))
    })
}

/// 事故发生在2023年4月17日和2024年11月6日 in the report of 2023: what happened after its time.
fn stray_years(sink: &mut Sink<'_>) {
    let Some((title, year)) = reported(sink) else { return };
    for at in 0..sink.reading.nums.len() {
        let day = date(sink, at);
        let (Some(told), Some(_), Some(_)) = (day.year, day.month, day.day) else { continue };
        let claim = sink.claim(at);
        if told <= year || told > year + 2 || at == title || sink.reading.is_table(claim.part) {
            continue;
        }
        let sentence = &sink.reading.sentences[claim.sentence];
        let lead =
            sink.reading.norm(sentence.range.start.max(sink.num(at).start.saturating_sub(40))..sink.num(at).start);
        let clause = lead.rsplit(['；', '，', '。']).next().unwrap_or("");
        let happened = ["发生在", "发生于", "出现在", "出现于", "分别在", "分别于", "分别为", "均在"]
            .iter()
            .any(|word| clause.contains(word));
        let text = sink.reading.sentence_text(claim.sentence);
        let ahead = ["将", "拟", "计划", "预计", "次年", "截至", "力争", "今后", "下一步"]
            .iter()
            .any(|word| text.contains(word));
        if happened && !ahead {
            let reason = format!("文稿说的是{year}年，而“{}”在其后", sink.reading.text(sink.place(at)));
            accuse(sink, at, Some(title), reason);
        }
    }
}

/// 2023年…同比（2021年）增长: what is compared with a year is the year before it.
fn last_year(sink: &mut Sink<'_>, at: usize) {
    let num = sink.num(at);
    let lead = sink.reading.norm(num.start.saturating_sub(3)..num.start);
    let Some(year) = date(sink, at).year.filter(|_| lead == "同比（") else { return };
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.start;
    let told = (sentence..at).rev().find_map(|other| date(sink, other).year);
    if let Some(told) = told
        && told != year + 1
        && told != year
    {
        let reason = format!("{told}年的同比以{}年为基期，文中写{year}年", told - 1);
        accuse(sink, at, None, reason);
    }
}

/// The date that a text speaks from: one in its title, or the last that it says to run up to.
struct Today {
    at: usize,
    date: Date,
}

fn as_of(sink: &Sink<'_>) -> Option<Today> {
    let parts = sink.reading.draft.parts.len();
    let title = (0..parts.min(3)).find_map(|part| {
        let range = &sink.reading.draft.parts[part].range;
        let nums = sink.reading.part_nums[part].clone();
        let dates: Vec<usize> = nums.filter(|at| date(sink, *at).month.is_some()).collect();
        match dates.as_slice() {
            [only] if range.len() <= 40 && !sink.reading.norm(range.clone()).contains('。') => Some(*only),
            _ => None,
        }
    });
    let till = || {
        (0..sink.reading.nums.len())
            .filter(|at| date(sink, *at).month.is_some() && sink.claim(*at).before.trim_start().starts_with("截至"))
            .max_by_key(|at| {
                let date = date(sink, *at);
                (date.year, date.month, date.day)
            })
    };
    let at = title.or_else(till)?;
    Some(Today { at, date: date(sink, at) })
}

/// 预计6月7日结束 in a report of 8 June: a plan for what is past.
fn planned(sink: &mut Sink<'_>, at: usize, today: &Today) {
    let plan = date(sink, at);
    let before = sink.claim(at).before.trim_end_matches([DATE, ' ']).to_owned();
    let ahead =
        ["预计", "预计到", "力争", "力争到", "力争在", "将于", "拟于", "确保", "确保到", "计划于", "确保在", "预计在"]
            .iter()
            .any(|word| before.ends_with(word));
    // 对尚未整改到位的问题，责成有关单位于2022年12月底前完成整改
    let text = sink.reading.sentence_text(sink.claim(at).sentence);
    let after = sink.reading.norm(sink.num(at).end..sink.num(at).end + 6);
    let charged = ["责成", "要求", "督促", "限期", "务必", "须", "应"].iter().any(|word| before.contains(word))
        && ["尚未", "未完成", "仍未", "剩余", "其余", "余下", "下一步"].iter().any(|word| text.contains(word))
        && after.trim_start_matches(['底', '末']).starts_with('前');
    let ahead = ahead || charged;
    let told = sink.claim(at).before.contains('原') || sink.claim(at).before.contains('曾');
    let (Some(month), Some(now)) = (plan.month, today.date.month) else { return };
    if !ahead || told || at == today.at {
        return;
    }
    let same_year = match (plan.year, today.date.year) {
        (Some(a), Some(b)) => a <= b,
        // Without a year, only what lies just behind.
        _ => now >= month && now - month <= 2,
    };
    let past = matches!((plan.year, today.date.year), (Some(a), Some(b)) if a < b)
        || month < now
        || month == now && matches!((plan.day, today.date.day), (Some(day), Some(today)) if day < today);
    if same_year && past {
        let reason = format!(
            "文稿的时点是{}，而“{}{}”已经过去",
            sink.reading.text(sink.place(today.at)),
            before.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect::<String>(),
            sink.reading.text(sink.place(at))
        );
        accuse(sink, at, Some(today.at), reason);
    }
}

/// 10月31日前完成整改，10月15日前报送结果: the report of a work before its end.
fn deadlines(sink: &mut Sink<'_>, dates: &[usize]) {
    for pair in dates.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let after = |at: usize| sink.reading.norm(sink.num(at).end..sink.num(at).end + 8);
        let begins = |words: &str, list: &[&str]| {
            words
                .trim_start_matches('底')
                .strip_prefix('前')
                .is_some_and(|words| list.iter().any(|word| words.starts_with(word)))
        };
        let done = begins(&after(first), &["完成", "全部完成", "整改", "自查", "竣工", "建成"]);
        const TOLD: [&str; 11] =
            ["报送", "上报", "报告", "组织验收", "验收", "反馈", "提交", "通过验收", "总结", "投用", "投入使用"];
        // 并于11月20日前将整改完成情况书面报送
        let handed = || {
            let rest = sink.reading.norm(sink.num(second).end..sink.num(second).end + 30);
            let clause = rest.split(['，', '。', '；']).next().unwrap_or("");
            let result = ["情况", "结果", "报告", "总结", "台账"].iter().any(|word| clause.contains(word));
            clause.starts_with("前将")
                && result
                && ["报送", "上报", "报", "反馈", "提交"].iter().any(|word| clause.contains(word))
        };
        let told = begins(&after(second), &TOLD) || handed();
        let (a, b) = (date(sink, first), date(sink, second));
        let same_year = match (a.year, b.year) {
            (Some(x), Some(y)) => x == y,
            (_, None) => true,
            _ => false,
        };
        let between = sink.reading.norm(sink.num(first).end..sink.num(second).start.max(sink.num(first).end));
        let earlier = match (a.month, b.month) {
            (Some(x), Some(y)) if x == y => matches!((a.day, b.day), (Some(x), Some(y)) if y < x),
            (Some(x), Some(y)) => y < x,
            _ => false,
        };
        if done && told && same_year && earlier && !between.contains(['次', '。']) && between.chars().count() <= 24 {
            let reason = format!(
                "“{}”的期限早于“{}”的期限",
                sink.reading.text(sink.num(second).start..sink.num(second).end + 3),
                sink.reading.text(sink.num(first).start..sink.num(first).end + 3)
            );
            accuse(sink, second, Some(first), reason);
        }
    }
}

/// Whether nothing but a year stands in a sentence for its time: no 上半年, 12月, 年初 of it.
fn told_alone(sink: &Sink<'_>, at: usize) -> bool {
    let text = sink.reading.sentence_text(sink.claim(at).sentence);
    !["上半年", "下半年", "季度", "月", "年初", "年末", "年底", "期末", "同期", "学年", "年度", "当年"]
        .iter()
        .any(|word| text.contains(word))
}

/// The date on which what a text reports ends, when its first lines name a period of days or months: 11月24日至30日.
fn period_end(sink: &Sink<'_>) -> Option<(usize, Option<i32>, (u32, u32))> {
    let parts = sink.reading.draft.parts.len().min(2);
    (0..parts).find_map(|part| {
        let nums = sink.reading.part_nums[part].clone();
        let range = &sink.reading.draft.parts[part].range;
        let dates: Vec<usize> = nums.filter(|at| matches!(sink.num(*at).sort, Sort::Date(_))).collect();
        let titled = range.len() <= 40 && !sink.reading.norm(range.clone()).contains('。');
        let [.., first, last] = dates.as_slice() else { return None };
        let (a, b) = (date(sink, *first), date(sink, *last));
        let between = sink.reading.norm(sink.num(*first).end..sink.num(*last).start.max(sink.num(*first).end));
        let joined = matches!(between.as_str(), "—" | "-" | "~" | "至" | "到" | "——");
        let month = b.month.or(a.month)?;
        (titled && joined).then_some((*last, b.year.or(a.year), (month, b.day.unwrap_or(31))))
    })
}

/// 12月2日凌晨…发生 in the report of 24 to 30 November: what happened after its time.
fn stray_days(sink: &mut Sink<'_>) {
    let Some((title, year, end)) = period_end(sink) else { return };
    for at in title + 1..sink.reading.nums.len() {
        let told = date(sink, at);
        let (Some(month), Some(day)) = (told.month, told.day) else { continue };
        if told.year.is_some() && told.year != year || !sink.reading.is_prose(sink.claim(at).part) {
            continue;
        }
        let body = &sink.reading.sentences[sink.claim(at).sentence];
        let after = sink.reading.norm(sink.num(at).end..(sink.num(at).end + 40).min(body.range.end));
        let happened = ["发生", "查获", "接报", "突发", "遭遇", "爆发"].iter().any(|word| after.contains(word));
        let later = (month, day) > end && (month - end.0 <= 2);
        let other =
            ["去年", "上年", "同期", "通报", "预计", "将"].iter().any(|word| sink.claim(at).before.contains(word));
        if happened && later && !other {
            let reason = format!(
                "文稿说的时段止于{}，而“{}”在其后",
                sink.reading.text(sink.place(title)),
                sink.reading.text(sink.place(at))
            );
            accuse(sink, at, Some(title), reason);
        }
    }
}

/// 2023年…较2025年底增长: a base that lies ahead.
fn later_base(sink: &mut Sink<'_>, at: usize) {
    let Some(year) = date(sink, at).year else { return };
    let compared = sink.claim(at).before.ends_with(['比', '较']);
    let end = sink.num(at).end;
    let grown = sink.reading.norm(end..end + 8);
    let turned = ["增长", "增加", "下降", "减少", "提高", "上升"].iter().any(|word| grown.contains(word));
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.start;
    let told: Vec<i32> = (sentence..at)
        .filter(|other| !sink.claim(*other).before.ends_with(['比', '较', '与', '同']))
        .filter_map(|other| date(sink, other).year)
        .collect();
    let plan = sink.reading.sentence_text(sink.claim(at).sentence);
    let ahead = ["到", "力争", "预计", "目标", "规划", "计划"].iter().any(|word| plan.contains(word));
    // 2023年…，比2023年增加1.8万亩: a year is not compared with itself.
    let whole = |other: usize| date(sink, other).year.is_none() || date(sink, other).month.is_none();
    let itself = compared
        && turned
        && ["增长", "增加", "下降", "减少", "提高", "上升"].iter().any(|word| grown.starts_with(word))
        && told.iter().all(|other| *other == year)
        && told_alone(sink, at)
        && (sentence..=at).all(whole);
    if itself && !told.is_empty() {
        let reason = format!("说的是{year}年，又与{year}年相比");
        accuse(sink, at, None, reason);
    }
    if compared && turned && !ahead && !told.is_empty() && told.iter().all(|other| *other < year) {
        let reason = format!("所比的{year}年在所说的{}年之后", told[told.len() - 1]);
        accuse(sink, at, None, reason);
    }
}

/// 以2005年为基期 where the text compares with 2006 only.
fn based(sink: &mut Sink<'_>) {
    let year = |at: usize| date(sink, at).year.filter(|_| date(sink, at).month.is_none());
    let after = |at: usize| sink.reading.norm(sink.num(at).end..sink.num(at).end + 6);
    let mut told: Option<(usize, i32)> = None;
    let mut bases = Vec::new();
    for at in 0..sink.reading.nums.len() {
        let Some(year) = year(at) else { continue };
        let (before, after) = (&sink.claim(at).before, after(at));
        let whole = matches!(after.chars().next(), Some('为'));
        if before.ends_with('以') && whole && ["基期", "基数", "基年"].iter().any(|word| after[3..].starts_with(word))
        {
            bases.push((at, year, before.clone()));
        } else if before.ends_with(['与', '同']) && after.starts_with("相比")
            || before.ends_with(['比', '较'])
                && ["增", "下降", "减", "上升", "提高"].iter().any(|word| after.starts_with(word))
        {
            match told {
                Some((_, other)) if other != year => return,
                _ => told = Some((at, year)),
            }
        }
    }
    let Some((compared, year)) = told else { return };
    for (at, base, before) in bases {
        let of_all = ["上述", "以上", "本", "各项", "同比", "比较", "增长"].iter().any(|word| before.contains(word));
        if base != year && of_all {
            accuse(sink, at, Some(compared), format!("文中与{year}年相比，而此处称以{base}年为基期"));
        }
    }
}

/// 13时30分…。14时20分，…；14时16分，…: what is told later in a course of events, and came earlier.
fn clock(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars;
    let dates: Vec<usize> = sink.reading.part_nums[part]
        .clone()
        .filter(|at| matches!(sink.num(*at).sort, Sort::Date(_)))
        .map(|at| sink.num(at).start)
        .collect();
    let figures = |at: usize| chars[at..end].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let value = |at: usize, length: usize| chars[at..at + length].iter().collect::<String>().parse::<u32>().ok();
    let mut last: Option<(Range<usize>, u32)> = None;
    let mut found = Vec::new();
    for at in range.start..end {
        let free = at == range.start || matches!(chars[at - 1], '。' | '；' | '，' | '日' | '\n');
        let hours = figures(at);
        if !free || !(1..=2).contains(&hours) || chars.get(at + hours) != Some(&'时') {
            continue;
        }
        let from = at + hours + 1;
        let minutes = figures(from.min(end));
        if !(1..=2).contains(&minutes) || chars.get(from + minutes) != Some(&'分') {
            continue;
        }
        let Some(time) = value(at, hours).zip(value(from, minutes)).map(|(hour, minute)| hour * 60 + minute) else {
            continue;
        };
        let close = from + minutes + 1;
        let anew = |earlier: &Range<usize>| {
            let words: String = chars[earlier.end..at].iter().collect();
            dates.iter().any(|date| (earlier.end..=at).contains(date))
                || ["次日", "翌日", "此前", "之前", "早在", "凌晨", "第二天", "当日", "当天", "另"]
                    .iter()
                    .any(|word| words.contains(word))
        };
        if let Some((earlier, then)) = &last
            && time < *then
            && then - time <= 60
            && !anew(earlier)
        {
            found.push((earlier.clone(), at..close));
        }
        last = Some((at..close, time));
    }
    for (earlier, later) in found {
        let reason = format!(
            "“{}”早于前文的“{}”，先后颠倒",
            sink.reading.text(later.clone()),
            sink.reading.text(earlier.clone())
        );
        let related = vec![earlier];
        sink.report(Verdict { related, ..Verdict::new("K08", Kind::Date, Severity::Error, later, reason) });
    }
}

/// Days of a date since a fixed day, its year that of another date when it has none of its own.
fn day_of(day: &Date, other: &Date) -> Option<i64> {
    let year = day.year.or(other.year).unwrap_or(2023);
    let (month, day) = (day.month.filter(|month| (1..=12).contains(month))?, day.day?);
    Some(super::spans::day_number(year, month, day))
}

/// 自2023年8月29日起60日内完成整改，并于2023年9月28日前报告整改结果（即期满之日）: the end of a term against its beginning and its length.
fn within(sink: &mut Sink<'_>, dates: &[usize]) {
    for pair in dates.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let (a, b) = (date(sink, first), date(sink, second));
        let start = sink.claim(first).before.ends_with(['自', '从']);
        let between = sink.reading.norm(sink.num(first).end..sink.num(second).start.max(sink.num(first).end));
        let digits: String = between.chars().skip(1).take_while(char::is_ascii_digit).collect();
        let rest = between.strip_prefix('起').and_then(|rest| rest.strip_prefix(digits.as_str()));
        let inside = rest.is_some_and(|rest| ["日内", "天内"].iter().any(|word| rest.starts_with(word)));
        let Some(days) = digits.parse::<i64>().ok().filter(|_| start && inside) else { continue };
        let sentence = sink.reading.sentences[sink.claim(second).sentence].range.end;
        let after = sink.reading.norm(sink.num(second).end..sentence.min(sink.num(second).end + 40));
        let ended = ["期满", "届满", "到期"].iter().any(|word| after.contains(word) || between.contains(word));
        let handed = after.starts_with('前')
            && ["报告", "报送", "上报", "反馈"].iter().any(|word| after.contains(word))
            && ["结果", "完成情况", "整改情况"].iter().any(|word| after.contains(word));
        let Some((from, to)) = day_of(&a, &b).zip(day_of(&b, &a)).filter(|_| ended || handed) else { continue };
        let gone = to - from;
        if gone > 0 && gone < days - 1 || ended && gone > days + 1 {
            let (first_day, last_day) = (sink.reading.text(sink.place(first)), sink.reading.text(sink.place(second)));
            let reason = format!("自{first_day}起{days}日内，而“{last_day}”是其后第{gone}天");
            accuse(sink, second, Some(first), reason);
        }
    }
}

/// 调查于2023年5月至8月进行，2023年6月完成全部录入: all done before what it is of has ended.
fn done_before_end(sink: &mut Sink<'_>, dates: &[usize]) {
    for three in dates.windows(3) {
        let [first, last, done] = *three else { continue };
        let between = sink.reading.norm(sink.num(first).end..sink.num(last).start.max(sink.num(first).end));
        let after = |at: usize| sink.reading.norm(sink.num(at).end..sink.num(at).end + 8);
        let ran = matches!(between.as_str(), "至" | "到" | "-" | "—" | "~")
            && ["进行", "开展", "实施", "组织"].iter().any(|word| after(last).starts_with(word));
        let all = ["完成全部", "全部完成", "全面完成", "完成所有"].iter().any(|word| after(done).starts_with(word));
        let (a, b, c) = (date(sink, first), date(sink, last), date(sink, done));
        let year = b.year.or(a.year);
        let early = match (b.month, c.month) {
            (Some(x), Some(y)) if x == y => matches!((b.day, c.day), (Some(x), Some(y)) if y < x),
            (Some(x), Some(y)) => y < x,
            _ => false,
        };
        if ran && all && early && c.year.is_none_or(|told| Some(told) == year) {
            let (end, told) = (sink.reading.text(sink.place(last)), sink.reading.text(sink.place(done)));
            accuse(sink, done, Some(last), format!("前文称进行到{end}，“{told}”不能已全部完成"));
        }
    }
}

/// 2022年1月27日，…反馈巡察情况。各单位于2022年1月10日前报送了针对反馈意见的方案: an answer before what it answers.
fn answered(sink: &mut Sink<'_>, dates: &[usize]) {
    const ASKED: [&str; 8] = ["反馈", "通报", "督办", "交办", "批复", "通知", "投诉", "举报"];
    for at in dates {
        let at = *at;
        let day = date(sink, at);
        if day.year.is_none() || day.day.is_none() {
            continue;
        }
        let claim = sink.claim(at);
        let body = sink.reading.sentences[claim.sentence].range.clone();
        let rest = sink.reading.norm(sink.num(at).end..body.end);
        let clause = rest.split(['，', '；', '。']).next().unwrap_or("");
        let Some(word) = ASKED.iter().find(|word| {
            ["针对", "根据", "按照", "收到", "接到"].iter().any(|lead| clause.contains(&format!("{lead}{word}")))
        }) else {
            continue;
        };
        // The date of what is answered: the last of the sentences before in which the word is an act.
        let floor = sink.reading.part_nums[claim.part].start;
        let asked = (floor..at).rev().find(|other| {
            let told = sink.claim(*other);
            let near = claim.sentence - told.sentence <= 3 && told.sentence < claim.sentence;
            near && date(sink, *other).day.is_some()
                && date(sink, *other).year.is_some()
                && sink.reading.sentence_text(told.sentence).contains(word)
        });
        let Some(other) = asked else { continue };
        let Some((then, now)) = day_of(&date(sink, other), &day).zip(day_of(&day, &day)) else { continue };
        if now < then {
            let reason = format!("{}才{word}，其后的事不能在此之前", sink.reading.text(sink.place(other)));
            accuse(sink, at, Some(other), reason);
        }
    }
}

/// 合作社2013年3月挂牌成立，…；其自2012年起获评示范社: what something did before it was founded.
fn founded(sink: &mut Sink<'_>, part: usize) {
    let dates: Vec<usize> = sink.reading.part_nums[part]
        .clone()
        .filter(|at| matches!(sink.num(*at).sort, Sort::Date(_)) && date(sink, *at).year.is_some())
        .collect();
    for pair in dates.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let after = sink.reading.norm(sink.num(first).end..sink.num(first).end + 8);
        let after = ["挂牌", "正式", "注册", "批准", "揭牌"]
            .iter()
            .fold(after.as_str(), |after, word| after.trim_start_matches(word));
        let began = ["成立", "组建", "创办", "设立"].iter().any(|word| after.starts_with(word));
        let between = sink.reading.norm(sink.num(first).end..sink.num(second).start.max(sink.num(first).end));
        let lead = between.trim_end_matches(['自', '于', '在', '从']);
        // 其自2012年起: of the same; nothing else has been named since.
        let same = lead.len() < between.len() && lead.ends_with('其') && between.chars().count() <= 60;
        let (a, b) = (date(sink, first), date(sink, second));
        if began && same && b.year < a.year {
            let (start, told) = (sink.reading.text(sink.place(first)), sink.reading.text(sink.place(second)));
            accuse(sink, second, Some(first), format!("{start}才成立，“{told}”在其前"));
        }
    }
}

/// 自2013年7月1日起施行，受其影响，今年一季度…: an effect before its cause.
fn in_force(sink: &mut Sink<'_>, dates: &[usize]) {
    const PERIODS: [(&str, u32); 6] =
        [("一季度", 3), ("上半年", 6), ("前两个月", 2), ("前三季度", 9), ("二季度", 6), ("三季度", 9)];
    for at in dates {
        let at = *at;
        let day = date(sink, at);
        let (Some(year), Some(month)) = (day.year, day.month) else { continue };
        let body = sink.reading.sentences[sink.claim(at).sentence].range.clone();
        let rest = sink.reading.norm(sink.num(at).end..body.end);
        let begun =
            ["起施行", "起实施", "起执行", "起生效", "正式施行", "正式实施"].iter().any(|word| rest.starts_with(word));
        let Some(cut) = ["受其", "受此", "受该", "受上述"].iter().filter_map(|word| rest.find(word)).min()
        else {
            continue;
        };
        let told = &rest[cut..];
        let Some((word, end)) = PERIODS
            .iter()
            .filter_map(|(word, end)| told.find(&format!("今年{word}")).map(|place| (place, (*word, *end))))
            .min()
            .map(|(_, found)| found)
        else {
            continue;
        };
        // 今年 is the year of the date when the text tells of none later.
        let last = (0..sink.reading.nums.len()).filter_map(|other| date(sink, other).year).max();
        if begun && last == Some(year) && end < month {
            let words = sink.reading.text(sink.place(at));
            accuse(sink, at, None, format!("{words}才施行，不能影响此前的{word}"));
        }
    }
}
