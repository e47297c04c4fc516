//! Readings of a printed number that others make: each has operands, and costs as much as the words bind it loosely.

use num_traits::Signed;

use super::{Sink, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, decimal, q};

/// An operand: one count, the sum of several, or a constant that the calendar gives.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub nums: Vec<usize>,
    pub span: Span,
    pub cost: u32,
}

/// A reading that makes the number may be as loose as this.
pub(super) const LOOSE: u32 = 5;
/// One that accuses by itself must be as tight as this.
pub(super) const TIGHT: u32 = 1;
/// One that accuses by the slip of one digit.
pub(super) const NEAR: u32 = 3;
/// Cost of what the words speak against.
pub(super) const AGAINST: u32 = 4;

/// The reading that accuses, if one does: the cheapest that the slip of a hand turns into what is printed; else the
/// cheapest of all, when the words bind it for certain.
pub(super) fn pick(
    sink: &Sink<'_>,
    at: usize,
    readings: &[&(Term, Term)],
    value: &dyn Fn(&(Term, Term)) -> Q,
) -> Option<(Term, Term)> {
    let expected = |reading: &(Term, Term)| sink.like(at, &value(reading));
    let cost = |(top, bottom): &(Term, Term)| top.cost + bottom.cost;
    // Of the readings that meet a condition the cheapest, when all that are as cheap say the same.
    let only = |limit: u32, meets: &dyn Fn(&(Term, Term)) -> bool| -> Option<(Term, Term)> {
        let left: Vec<&&(Term, Term)> =
            readings.iter().filter(|reading| cost(reading) <= limit && meets(reading)).collect();
        let least = left.iter().map(|reading| cost(reading)).min()?;
        let mut cheapest = left.into_iter().filter(|reading| cost(reading) == least);
        let first = cheapest.next()?;
        cheapest.all(|reading| expected(reading) == expected(first)).then(|| (**first).clone())
    };
    // Of two digits one in five numbers is a slip of another, of four digits one in two hundred: the fewer, the more
    // must the words bind.
    let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    let limit = match digits {
        0..=2 => NEAR - 1,
        3 => NEAR,
        4 => NEAR + 1,
        _ => NEAR + 2,
    };
    let near = |reading: &(Term, Term)| slip(sink, at, &value(reading));
    let close = |reading: &(Term, Term)| {
        let (value, printed) = (value(reading), &sink.num(at).value);
        // A whole that the words of the share hold with its value may be far out; any other must lie near.
        let held = |other: &usize| {
            sink.claim(*other).role == Role::Whole
                || sink.num(*other).start >= sink.claim(at).before_start && sink.num(*other).end <= sink.num(at).start
        };
        let far = if reading.1.nums.iter().any(held) { q(3) } else { Q::new(3.into(), 2.into()) };
        &value * &far > *printed && value < printed * far
    };
    let few = digits > 2 && readings.iter().filter(|reading| cost(reading) <= limit + 1).count() <= 5;
    only(limit, &near)
        .or_else(|| only(limit + 1, &near).filter(|_| few))
        .or_else(|| only(TIGHT, &|_| true).filter(|reading| close(reading)))
}

/// A count that may be part or whole.
pub(super) fn operand(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && !num.unit.dim.is_empty()
        && matches!(claim.role, Role::Level | Role::To | Role::Whole | Role::Base)
        && num.value.is_positive()
        && sink.reading.is_prose(claim.part)
        && !averaged(&claim.before)
        && !matches!(sink.reading.chars.get(num.start.wrapping_sub(1)), Some('前' | '第'))
}

/// Whether two dimensions count alike: people and visits, tons of coal and tons, 124艘次 of 艘.
pub(super) fn alike(one: &str, two: &str) -> bool {
    let family = |dim: &str| match dim {
        "coal" => "mass".to_owned(),
        "visit" => "person".to_owned(),
        "bird" => "head".to_owned(),
        "orgvisit" => "org".to_owned(),
        other => other.trim_end_matches("use").to_owned(),
    };
    one == two || family(one) == family(two)
}

/// Whether words call a number an average: 人均, 每户; but not 均为, which says that several are alike.
pub(super) fn averaged(words: &str) -> bool {
    words.contains('每')
        || words.match_indices('均').any(|(at, word)| {
            !words[at + word.len()..]
                .starts_with(['为', '达', '超', '在', '有', '是', '居', '已', '未', '能', '由', '属'])
        })
}

/// The words right before a count, from the mark before them, other numbers among them: 51岁以上.
pub(super) fn label(sink: &Sink<'_>, at: usize) -> String {
    let num = sink.num(at);
    let words: Vec<char> = sink.reading.chars[num.start.saturating_sub(20)..num.start].to_vec();
    let from = words.iter().rposition(|c| matches!(c, '，' | '、' | '；' | '：' | '。' | '\n')).map_or(0, |at| at + 1);
    words[from..].iter().collect()
}

/// Whether words hold two neighbouring signs of a name.
pub(super) fn touches(name: &str, words: &str) -> bool {
    let signs: Vec<char> = name.chars().collect();
    signs.windows(2).any(|pair| words.contains(&pair.iter().collect::<String>()))
}

/// Whether words hold a name, and not its denial: 非税收入 is no 税收.
pub(super) fn holds(words: &str, name: &str) -> bool {
    // Nor are 进出口 the 出口.
    let denied = |head: &str| {
        head.ends_with(['非', '不', '未', '无', '在', '待', '尚']) || name.starts_with("出口") && head.ends_with('进')
    };
    words.match_indices(name).any(|(at, _)| !denied(&words[..at]))
}

pub(super) fn money(name: &str) -> bool {
    ["资金", "投资", "金额", "产值", "收入", "支出", "营收", "利润", "销售额", "贷款"]
        .iter()
        .any(|word| name.ends_with(word))
}

/// How well a count bears a name: 0 when it is called so, 1 when the words touch, nothing when they do not.
pub(super) fn named(sink: &Sink<'_>, at: usize, name: &str) -> Option<u32> {
    let claim = sink.claim(at);
    let (name, noun) = (bare(name), bare(&claim.noun));
    let num = sink.num(at);
    let before = label(sink, at);
    let thing: String = claim.thing.chars().take(8).collect();
    if name.chars().count() < 2 || money(&name) && !num.unit.is_money() {
        return None;
    }
    if claim.own
        && (akin(&name, &noun) && holds(&noun, &name) == (noun.len() >= name.len())
            || noun.starts_with(&name)
            || noun.chars().count() >= 2 && name.starts_with(&noun))
        || holds(&before, &name)
        || counted_name(&name).is_some_and(|name| holds(&before, name))
        || thing.starts_with(&name)
    {
        return Some(0);
    }
    let chars: Vec<char> = name.chars().collect();
    let touches = chars.windows(2).any(|pair| {
        let pair: String = pair.iter().collect();
        !matches!(
            pair.as_str(),
            "企业"
                | "人员"
                | "项目"
                | "收入"
                | "全市"
                | "全县"
                | "全省"
                | "人口"
                | "面积"
                | "数量"
                | "阶段"
                | "教育"
                | "产业"
                | "工业"
                | "农业"
        ) && (claim.own && noun.contains(&pair) || thing.contains(&pair) || before.contains(&pair))
    });
    touches.then_some(1)
}

/// What is counted, without the word for its being counted: 60岁以上 of 60岁以上人口.
pub(super) fn counted_name(name: &str) -> Option<&str> {
    ["人口", "户数", "面积", "金额", "病例", "人员"]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .filter(|rest| rest.chars().count() >= 3)
}

/// What is left of the name of a whole without the words that any whole has.
pub(super) fn core(whole: &str) -> String {
    const PLAIN: [&str; 26] = [
        "总数",
        "总量",
        "总额",
        "总人数",
        "总户数",
        "总体",
        "总面积",
        "全部",
        "合计",
        "比重",
        "比例",
        "所有",
        "各类",
        "整体",
        "年末",
        "当年",
        "同期",
        "全年",
        "本",
        "的",
        "数量",
        "份额",
        "被",
        "总值",
        "百分比",
        "数",
    ];
    let mut whole = whole.to_owned();
    for word in PLAIN {
        whole = whole.replace(word, "");
    }
    whole
}

pub(super) fn bare(words: &str) -> String {
    core(words).trim_end_matches(['额', '量', '人', '者']).to_owned()
}

/// The counts in a bracket right after a share: 占70.8%（8463人）.
pub(super) fn bracket_after(sink: &Sink<'_>, at: usize) -> Vec<usize> {
    let claim = sink.claim(at);
    let num = sink.num(at);
    if sink.reading.chars.get(num.end) != Some(&'（') {
        return Vec::new();
    }
    let last = sink.reading.sentences[claim.sentence].nums.end;
    let words: String = sink.reading.norm(num.end + 1..num.end + 7);
    if ["含", "不含", "扣除", "其中", "比", "较", "上年", "去年"].iter().any(|word| words.starts_with(word))
    {
        return Vec::new();
    }
    let inside = (at + 1..last).take_while(|other| sink.claim(*other).depth > claim.depth).take(6);
    // 结案率47.57%（调解211件，撤诉97件，调撤率70%）: the counts belong to the rate inside.
    if num.percent() && inside.clone().any(|other| sink.num(other).percent() && sink.claim(other).own) {
        return Vec::new();
    }
    inside.take(4).filter(|other| operand(sink, *other) || bare_amount(sink, *other)).collect()
}

/// 总座次3766.0万: a great number without its unit.
fn bare_amount(sink: &Sink<'_>, at: usize) -> bool {
    let num = sink.num(at);
    num.is_level()
        && num.garbled.is_none()
        && num.unit.scaled
        && num.unit.dim.is_empty()
        && sink.claim(at).role == Role::Level
        && num.value.is_positive()
}

pub(super) fn one(sink: &Sink<'_>, at: usize, cost: u32) -> Term {
    let loose = if exact(sink.num(at)) { 0 } else { AGAINST };
    Term { nums: vec![at], span: sink.num(at).span.clone(), cost: cost + loose }
}

pub(super) fn sum(sink: &Sink<'_>, nums: &[usize], cost: u32) -> Term {
    let span = nums.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
    Term { nums: nums.to_vec(), span, cost }
}

/// Whether a printed number differs from a value by what a slip of the hand makes: one digit, two digits swapped, a round
/// gap, or the point in another place.
pub(super) fn slip(sink: &Sink<'_>, at: usize, value: &Q) -> bool {
    let num = sink.num(at);
    if moved_point(sink, at, value) {
        return true;
    }
    let digits = |value: &Q| decimal(&num.printed(value).abs(), num.places).replace('.', "");
    let (right, wrong) = (digits(value), digits(&num.value));
    if right == wrong || wrong.len() < 2 {
        return false;
    }
    let gap = digits(&(value - &num.value));
    let round = gap.trim_matches('0').len() == 1 && right.len() == wrong.len();
    if right.len() != wrong.len() {
        return false;
    }
    let pairs: Vec<(u8, u8)> = right.bytes().zip(wrong.bytes()).collect();
    let off: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].0 != pairs[*at].1).collect();
    let swapped =
        matches!(off.as_slice(), [a, b] if *b == a + 1 && pairs[*a].0 == pairs[*b].1 && pairs[*a].1 == pairs[*b].0);
    off.len() == 1 || swapped || round
}

/// 0.13% where 1.34% is made: the digits are right, the point is not.
fn moved_point(sink: &Sink<'_>, at: usize, value: &Q) -> bool {
    let told = sink.reading.printed(at).replace(['.', ','], "");
    let told = told.trim_matches('0').len();
    told >= 2
        && [10, 100].into_iter().any(|by| [value * q(by), value / q(by)].iter().any(|v| sink.num(at).span.holds(v)))
}

pub(super) fn terms(sink: &Sink<'_>, term: &Term) -> String {
    match term.nums.as_slice() {
        [only] => sink.shown(*only),
        several => {
            let words: Vec<String> = several.iter().map(|at| sink.shown(*at)).collect();
            format!("（{}）", words.join("+"))
        }
    }
}

/// The counts in a bracket within the words of a share: 投入强度（与…1864.5亿元之比）为2.51%.
pub(super) fn bracket_before(sink: &Sink<'_>, at: usize) -> Vec<usize> {
    let claim = sink.claim(at);
    let first = sink.reading.sentences[claim.sentence].nums.start;
    (first..at)
        .rev()
        .take_while(|other| sink.num(*other).start >= claim.before_start)
        .filter(|other| sink.claim(*other).depth > claim.depth && operand(sink, *other))
        .collect()
}
