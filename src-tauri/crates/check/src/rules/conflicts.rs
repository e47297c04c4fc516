//! K04, K08: one quantity with two values; one whole at two times.

use std::collections::HashMap;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::review::{Kind, Severity};

pub(super) fn run(sink: &mut Sink<'_>) {
    values(sink);
    referred(sink);
    loose_members(sink);
}

/// Words that make a quantity another one than its bare noun.
const QUALIFIERS: [&str; 26] = [
    "新增",
    "新认定",
    "累计",
    "净增",
    "当年",
    "其中",
    "平均",
    "人均",
    "户均",
    "日均",
    "月均",
    "目标",
    "计划",
    "预计",
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "上年",
    "去年",
    "同期",
    "每",
    "最高",
    "最低",
    "第",
];

fn key(sink: &Sink<'_>, at: usize) -> Option<String> {
    let claim = sink.claim(at);
    let num = sink.num(at);
    let counted = (num.is_level() && matches!(claim.role, Role::Level))
        || (num.percent() && matches!(claim.role, Role::Level) && claim.noun.ends_with('率'));
    if !counted
        || !claim.own
        || num.spoken
        || !exact(num)
        || claim.prior
        || claim.future
        || claim.yearly
        || claim.depth > 0
        || num.unit.dim.is_empty()
        || num.garbled.is_some()
    {
        return None;
    }
    let noun = bare(&claim.noun);
    let plain = [
        "收入", "支出", "结余", "余额", "人数", "产值", "面积", "产量", "投资", "利润", "教师", "学生", "床位", "资金",
        "总额", "企业",
    ];
    let generic = noun.chars().count() < 6 && plain.iter().any(|word| noun.ends_with(word));
    if generic || noun.chars().count() < 4 || noun.chars().count() > 22 || noun.contains('、') {
        return None;
    }
    let marks: Vec<&str> = QUALIFIERS.iter().copied().filter(|word| claim.before.contains(word)).collect();
    // 来自全球205个国家, 双方签署26份: words that name no quantity of their own.
    let loose = ["在", "来自", "双方", "给", "起", "已", "由", "向", "对"].iter().any(|word| noun.starts_with(word))
        // 近10日净流出: the length of time is cut from the noun.
        || noun.starts_with('近') && !claim.before.contains(&noun)
        || ["造成", "签署", "打破", "罚款", "震中", "概率", "</", "本土"].iter().any(|word| noun.contains(word));
    if loose {
        return None;
    }
    // 地方国有企业16554.7亿元: whose amount it is, not what amount. 近5日 and 近10日 are two times.
    const AMOUNTS: &str = "额入出润值款资费金税债价本贷产余缺奖";
    if num.unit.is_money() && !noun.ends_with(|c| AMOUNTS.contains(c)) || claim.before.starts_with('近') {
        return None;
    }
    let place = marks.join("");
    Some(format!("{noun}/{}/{place}/{:?}", num.unit.dim, num.sort))
}

fn values(sink: &mut Sink<'_>) {
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) {
            continue;
        }
        let Some(key) = key(sink, at) else { continue };
        seen.entry(key).or_default().push(at);
    }
    let mut runs: Vec<Vec<usize>> = seen.into_values().filter(|run| run.len() >= 2).collect();
    runs.sort();
    for run in runs {
        // Three values of one name are a list of cases, not a contradiction.
        let distinct: std::collections::HashSet<String> =
            run.iter().map(|at| sink.num(*at).value.to_string()).collect();
        if distinct.len() > 2 {
            continue;
        }
        for (place, at) in run.iter().enumerate().skip(1) {
            let first = run[..place].iter().copied().find(|other| {
                let (a, b) = (sink.claim(*other), sink.claim(*at));
                // A report on half a year need not say so each time; a slip of the hand tells that both are of it.
                let period =
                    a.period == b.period || (a.period.is_empty() || b.period.is_empty()) && slipped(sink, *other, *at);
                a.year == b.year && period && a.sentence != b.sentence
            });
            let Some(first) = first else { continue };
            let (a, b) = (sink.num(first), sink.num(*at));
            if a.span.meets(&b.span) {
                let note = format!("与前文{}一致", sink.shown(first));
                sink.confirm(&[first, *at], &note);
                continue;
            }
            // 其中普通门急诊 of one insurance and of another: parts of two wholes.
            let within = |at: usize| {
                let start = sink.reading.sentences[sink.claim(at).sentence].range.start;
                sink.claim(at).before.contains("其中") || sink.reading.norm(start..start + 3).trim().starts_with("其中")
            };
            if within(first) || within(*at) {
                continue;
            }
            // What is far from another value under the same name is the value of another place, time or owner.
            let (x, y) = (&a.value * crate::exact::q(3), &b.value * crate::exact::q(3));
            let far = x < &b.value * crate::exact::q(2) || y < &a.value * crate::exact::q(2);
            if far && !slipped(sink, first, *at)
                || !told_alike(sink, first, *at)
                || cut_short(sink, first, *at)
                || cut_short(sink, *at, first)
            {
                continue;
            }
            let noun = sink.claim(*at).noun.clone();
            let reason =
                format!("{noun}前文为{}，此处为{}，须统一或注明时点、口径", sink.shown(first), sink.shown(*at));
            let range = sink.phrase(*at);
            let related = vec![sink.phrase(first)];
            let expected = Some(sink.shown(first));
            sink.accuse(*at);
            sink.report(Verdict {
                expected,
                related,
                ..Verdict::new("K04", Kind::ValueConflict, Severity::Error, range, reason)
            });
        }
    }
}

/// 达16万亿元 of 168713亿元: a title tells the whole ones only.
fn cut_short(sink: &Sink<'_>, short: usize, long: usize) -> bool {
    let (a, b) = (sink.num(short), sink.num(long));
    let whole = (&b.value / &a.unit.factor).floor();
    a.places == 0 && a.unit.factor > b.unit.factor && whole == &a.value / &a.unit.factor
}

/// Whether the digits of two numbers differ by one digit or by two neighbours changed about.
fn slipped(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let (x, y): (Vec<char>, Vec<char>) =
        (sink.reading.printed(a).chars().collect(), sink.reading.printed(b).chars().collect());
    let point = |text: &[char]| text.iter().position(|c| *c == '.');
    if point(&x) != point(&y) {
        return false;
    }
    // 3.26 and 2.36: the point parts no neighbours.
    let (x, y): (Vec<char>, Vec<char>) =
        (x.into_iter().filter(|c| *c != '.').collect(), y.into_iter().filter(|c| *c != '.').collect());
    if x.len() != y.len() || x == y {
        return false;
    }
    let off: Vec<usize> = (0..x.len()).filter(|at| x[*at] != y[*at]).collect();
    let digits = x.iter().filter(|c| c.is_ascii_digit()).count();
    match off.as_slice() {
        // The first digit makes another size; of two digits, one says too little.
        [one] => *one > 0 && digits >= 2,
        [one, next] => next == &(one + 1) && x[*one] == y[*next] && x[*next] == y[*one],
        _ => false,
    }
}

/// 在职职工326人中: what is spoken of as known must be the number told before.
fn referred(sink: &mut Sink<'_>) {
    // Nouns of which one ends in the other share their last two signs.
    let tail = |noun: &str| -> String {
        let signs: Vec<char> = noun.chars().collect();
        signs[signs.len().saturating_sub(2)..].iter().collect()
    };
    let mut index: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for other in 0..sink.reading.nums.len() {
        let (num, told) = (sink.num(other), sink.claim(other));
        let level = num.is_level() && told.role == Role::Level && exact(num);
        if level && told.own && !told.prior && !told.future {
            index.entry((&num.unit.dim, tail(&bare(&told.noun)))).or_default().push(other);
        }
    }
    for at in 0..sink.reading.nums.len() {
        let claim = sink.claim(at);
        let num = sink.num(at);
        // 全市44座冷库中，…
        let listed = claim.thing.strip_suffix('中').filter(|thing| thing.chars().count() >= 2).map(str::to_owned);
        let known = listed.is_some()
            || claim.after == "中"
            || claim.after.starts_with("中，")
            || claim.after.starts_with("中的")
            || claim.thing == "中";
        if !known
            || !num.is_level()
            || !exact(num)
            || num.spoken
            || !sink.reading.is_prose(claim.part)
            || claim.noun.chars().count() < 3 && listed.is_none()
            || claim.role != Role::Level
            || num.garbled.is_some()
        {
            continue;
        }
        let noun = listed.unwrap_or_else(|| bare(&claim.noun));
        let alike = index.get(&(num.unit.dim.as_str(), tail(&noun))).map_or(&[][..], Vec::as_slice);
        let mut earlier = alike.iter().copied().filter(|other| {
            let told = sink.claim(*other);
            *other != at
                && told.sentence != claim.sentence
                && (bare(&told.noun).ends_with(&noun)
                    || noun.ends_with(&bare(&told.noun)) && bare(&told.noun).chars().count() >= 3)
        });
        // Of many values of the name the first ones decide; the search stays short.
        let earlier: Vec<usize> = earlier.by_ref().take(64).collect();
        if let Some(same) = earlier.iter().copied().find(|other| sink.num(*other).span.meets(&num.span)) {
            let note = format!("与{}一致", sink.shown(same));
            sink.confirm(&[same, at], &note);
            continue;
        }
        let [other] = earlier.as_slice() else { continue };
        let other = *other;
        // The set spoken of may be a part of the one told: far fewer is another set.
        let (a, b) = (&sink.num(other).value, &num.value);
        if a * crate::exact::q(10) < b * crate::exact::q(7) || b * crate::exact::q(10) < a * crate::exact::q(7) {
            continue;
        }
        let noun = sink.claim(at).noun.clone();
        let reason = format!("{noun}另处为{}，此处为{}，须统一", sink.shown(other), sink.shown(at));
        contradict(sink, other, at, reason);
    }
}

/// Accuses a value of contradicting one told before.
pub(super) fn contradict(sink: &mut Sink<'_>, other: usize, at: usize, reason: String) {
    let told = sink.shown(other);
    sink.contradict(at, ("K04", Kind::ValueConflict), (told, reason), None, &[other]);
}

/// A noun without the words that only say it is counted.
fn bare(noun: &str) -> String {
    let mut noun: String = noun.chars().filter(|c| !matches!(c, '的' | '了' | ' ')).collect();
    for tail in ["总量", "总数", "数量", "总额", "数", "总"] {
        if let Some(rest) = noun.strip_suffix(tail).filter(|rest| rest.chars().count() >= 3) {
            noun = rest.to_owned();
        }
    }
    for lead in ["现有", "回收", "系统", "共有", "全省", "全市", "全县", "本次", "收回"] {
        if let Some(rest) = noun.strip_prefix(lead).filter(|rest| rest.chars().count() >= 3) {
            noun = rest.to_owned();
        }
    }
    noun
}

/// Verbs whose amounts are of a time, not of a state.
const FLOWS: [&str; 35] = [
    "每天",
    "新增",
    "新建",
    "建设",
    "建成",
    "完成",
    "安排",
    "发放",
    "改造",
    "办理",
    "带动",
    "拉动",
    "新设",
    "培训",
    "开展",
    "举办",
    "投入",
    "下达",
    "转让",
    "监测",
    "支付",
    "拨付",
    "引进",
    "签订",
    "签约",
    "增加",
    "减少",
    "下降",
    "增长",
    "运输量",
    "减税",
    "上市",
    "受理",
    "审结",
    "检查",
];

/// The words that tell for which time a sentence speaks.
fn told_time(lead: &str) -> Option<String> {
    let spans = ["五年", "累计", "以来", "当年", "全年", "上半年", "下半年", "季度", "今年", "去年", "本月", "当月"];
    let words: Vec<&str> = spans.iter().copied().filter(|word| lead.contains(word)).collect();
    let dates: String = {
        let chars: Vec<char> = lead.chars().collect();
        let end = chars.iter().rposition(|c| matches!(c, '年' | '月'))?;
        let start = chars[..end].iter().rposition(|c| matches!(c, '，' | '。' | '；' | '：')).map_or(0, |at| at + 1);
        chars[start..=end].iter().collect()
    };
    Some(format!("{dates}/{}", words.join("")))
}

/// The clauses of a sentence before a number's own, without those that only give the time.
fn subject(sink: &Sink<'_>, at: usize) -> String {
    let claim = sink.claim(at);
    let sentence = &sink.reading.sentences[claim.sentence];
    let words = sink.reading.norm(sentence.range.start..claim.before_start.max(sentence.range.start));
    words
        .split(['，', '：', '；'])
        .map(str::trim)
        .filter(|clause| {
            let timed = ["截至", "年", "月", "目前", "总的看", "总体", "其中", "据", "初步", "一是", "二是", "三是"];
            clause.chars().count() > 4 && !timed.iter().any(|word| clause.contains(word))
        })
        .collect()
}

fn shares_words(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    let pairs = chars.windows(2).filter(|pair| pair.iter().all(|c| !c.is_ascii())).count();
    let same = chars
        .windows(2)
        .filter(|pair| pair.iter().all(|c| !c.is_ascii()) && b.contains(&pair.iter().collect::<String>()))
        .count();
    same * 2 >= pairs
}

/// Two tellings of one quantity: neither stands in a list of cases or under another heading's unit (a county, a firm).
fn told_alike(sink: &Sink<'_>, first: usize, second: usize) -> bool {
    let lead = |at: usize| {
        let claim = sink.claim(at);
        let sentence = &sink.reading.sentences[claim.sentence];
        sink.reading.norm(sentence.range.start..sink.num(at).start)
    };
    let (a, b) = (lead(first), lead(second));
    // What is done in a time can be done again in another: the same time must be told with both.
    let flow =
        |at: usize| FLOWS.iter().any(|word| sink.claim(at).before.contains(word) || sink.claim(at).noun.contains(word));
    if (flow(first) || flow(second)) && (told_time(&a).is_none() || told_time(&a) != told_time(&b)) {
        return false;
    }
    // What the sentence has spoken of before is a part of the subject.
    let (x, y) = (subject(sink, first), subject(sink, second));
    if x != y && (x.is_empty() || y.is_empty() || !shares_words(&x, &y)) {
        return false;
    }
    // 16个受灾地区报案26.6万件，… and 6个受灾严重地区报案24.5万件，…: no number of the one subject is the other's.
    let figures = |text: &str| -> Vec<String> {
        let signs = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        signs.filter(|piece| piece.chars().any(|c| c.is_ascii_digit())).map(str::to_owned).collect()
    };
    let (p, r) = (figures(&x), figures(&y));
    if p.len() >= 2 && r.len() >= 2 && !p.iter().any(|figure| r.contains(figure)) {
        return false;
    }
    let cases = [
        "例如",
        "如",
        "某",
        "以",
        "该",
        "案例",
        "典型",
        "当日",
        "当天",
        "一期",
        "二期",
        "项目一",
        "每年",
        "分别",
        "同期",
        "对比",
        "相比",
        "调整前",
        "调整后",
        "修订",
        "初步",
        "原",
        "剔除",
        "口径",
        "若",
        "如果",
        "按照",
        "测算",
        "到20",
    ];
    if cases.iter().any(|word| a.contains(word) != b.contains(word)) {
        return false;
    }
    // 小学在校生…、专任教师4190人: a number that follows another belongs to the first one's subject.
    let head = |at: usize| {
        let sentence = &sink.reading.sentences[sink.claim(at).sentence];
        sink.levels_in(sentence.nums.start..at + 1)
            .into_iter()
            .next()
            .map(|first| (first, bare(&sink.claim(first).noun)))
    };
    if let (Some((x, p)), Some((y, r))) = (head(first), head(second))
        && (x != first || y != second)
        && p != r
        && (a.contains("其中") || b.contains("其中") || p.chars().rev().take(2).eq(r.chars().rev().take(2)))
    {
        return false;
    }
    if a.contains("其中") != b.contains("其中") {
        return false;
    }
    // The whole region and one of its parts have like nouns: the words of place must be the same.
    let places = |text: &str| -> Vec<String> {
        // 农村 and 社区 are no places of their own.
        let text = ["农村", "乡村", "社区", "地区", "小区", "山区"]
            .iter()
            .fold(text.to_owned(), |text, word| text.replace(word, ""));
        ["市区", "县", "区", "镇", "乡", "村", "公司", "学校", "医院", "园区"]
            .iter()
            .filter(|word| text.contains(**word))
            .map(|word| (*word).to_owned())
            .collect()
    };
    places(&sink.claim(first).before) == places(&sink.claim(second).before)
}

/// 76户，居全省首位。其中，甲企业在主板上市: which set the members belong to is open.
fn loose_members(sink: &mut Sink<'_>) {
    for sentence in 1..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if !sink.reading.is_prose(body.part) || sink.reading.sentences[sentence - 1].part != body.part {
            continue;
        }
        let text = sink.reading.norm(body.range.start..body.range.end.min(body.range.start + 24));
        if !text.starts_with("其中，") {
            continue;
        }
        // The first clause of the sentence names one member and no number.
        let first = text.trim_start_matches("其中，").split('，').next().unwrap_or("").to_owned();
        let single = body.nums.clone().any(|at| sink.num(at).start < body.range.start + 20)
            || first.chars().count() > 16
            || !["在", "获", "入选", "列入", "成为", "上市", "挂牌"].iter().any(|verb| first.contains(verb));
        if single {
            continue;
        }
        // Several counts of one kind and different sets stand before.
        let counts: Vec<usize> = (sink.reading.part_nums[body.part].start..body.nums.start)
            .filter(|at| {
                sink.is_level(*at)
                    && sink.claim(*at).own
                    && sink.num(*at).unit.dim == "org"
                    && sink.claim(*at).sentence + 2 >= sentence
            })
            .collect();
        if counts.len() < 2 {
            continue;
        }
        let nouns: std::collections::HashSet<&str> = counts.iter().map(|at| sink.claim(*at).noun.as_str()).collect();
        if nouns.len() < 2 {
            continue;
        }
        let last = counts[counts.len() - 1];
        let reason = format!(
            "“其中”承接前句{}，而前文另有{}，所举企业属于哪个集合不明，宜写明",
            sink.shown(last),
            counts[..counts.len() - 1].iter().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("、")
        );
        let start = sink.phrase(last).start;
        let range = start..(body.range.start + 3 + first.chars().count()).min(body.range.end);
        let related = counts.iter().map(|at| sink.phrase(*at)).collect();
        sink.report(Verdict { related, ..Verdict::new("K04", Kind::ValueConflict, Severity::Hint, range, reason) });
    }
    times(sink);
}

/// One whole told at two times: a group of parts under 目前 and another of the same sum under 截至…末; and a total that the parts do not make.
fn times(sink: &mut Sink<'_>) {
    let groups = super::shares::whole_groups(sink);
    for (place, group) in groups.iter().enumerate() {
        // The total that was told before under the same noun.
        if let Some(noun) = &group.noun {
            let total = (0..group.nums[0]).rev().find(|at| {
                sink.is_level(*at)
                    && exact(sink.num(*at))
                    && sink.claim(*at).part + 3 >= sink.claim(group.nums[0]).part
                    && sink.num(*at).unit.dim == sink.num(group.nums[0]).unit.dim
                    && is_all_of(&sink.claim(*at).noun, noun)
            });
            if let Some(total) = total
                && sink.num(total).value != group.sum
                && !sink.claim(total).future
            {
                let unit = &sink.num(group.nums[0]).unit.name;
                let sum = super::short(&sink.num(group.nums[0]).printed(&group.sum));
                let terms: Vec<String> = group.nums.iter().map(|at| sink.reading.printed(*at)).collect();
                let reason = format!(
                    "{noun}总数写{}，而分项{}={sum}{unit}，各占比也只在{sum}{unit}下成立；须统一时点或口径",
                    sink.shown(total),
                    terms.join("+")
                );
                let range = sink.phrase(total);
                let related = group.nums.iter().map(|at| sink.phrase(*at)).collect();
                let expected = Some(format!("{sum}{unit}"));
                sink.accuse(total);
                sink.report(Verdict {
                    expected,
                    related,
                    ..Verdict::new("K03", Kind::Sum, Severity::Warning, range, reason)
                });
            }
        }
        for other in &groups[..place] {
            let same = other.sum == group.sum
                && other.noun == group.noun
                && group.noun.is_some()
                && sink.num(other.nums[0]).unit.dim == sink.num(group.nums[0]).unit.dim;
            let (Some(a), Some(b)) = (&other.time, &group.time) else { continue };
            if same && a.1 != b.1 {
                let noun = group.noun.clone().unwrap_or_default();
                let sum = super::short(&sink.num(group.nums[0]).printed(&group.sum));
                let reason = format!(
                    "{noun}两组分项合计同为{sum}{}，一处标“{}”，一处标“{}”，时点须核对统一",
                    sink.num(group.nums[0]).unit.name,
                    a.1,
                    b.1
                );
                let range = b.0.clone();
                let related = vec![a.0.clone()];
                sink.report(Verdict { related, ..Verdict::new("K08", Kind::Date, Severity::Warning, range, reason) });
            }
        }
    }
}

/// Whether a count tells all of what is called so: 登记民宿 of 民宿, but not 规上企业 of 企业. A long name says enough
/// by itself; before a short one there may only be the word for having it.
fn is_all_of(told: &str, noun: &str) -> bool {
    const HAVING: [&str; 14] =
        ["登记", "培育", "注册", "建成", "拥有", "现有", "实有", "共有", "设有", "在册", "有", "共", "现", "各类"];
    told.strip_suffix(noun).is_some_and(|lead| {
        lead.is_empty() || noun.chars().count() >= 4 || HAVING.iter().any(|word| lead.ends_with(word))
    })
}
