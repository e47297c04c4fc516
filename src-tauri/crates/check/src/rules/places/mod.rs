//! K13: a place in an order that the text gives to something (增速最快, 居首位, 仅次于乙, 快于乙) against the values that it tells.
//!
//! One value that stands on the same board and is beyond doubt the better one contradicts a place, whatever else may be
//! left out. So a board needs not be complete; but its values must be of one sort, one time and one measure, the words
//! must name one of them and nothing that the board does not know, and any board that makes the place right silences all.

mod boards;
mod moves;
mod names;
mod told;

use std::ops::Range;

use super::tables::Grid;
use super::{Sink, Verdict};
use crate::claims::Role;
use crate::review::{Kind, Severity};
use boards::{Board, Class, Entry};
use told::{Rank, Sort, Told, has, words};

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    let boards = boards::boards(sink, grids);
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_table(sink.reading.sentences[sentence].part) {
            continue;
        }
        moves::run(sink, sentence);
        if boards.is_empty() {
            continue;
        }
        let boards = boards::around(&boards, sink.reading.sentences[sentence].part);
        names::run(sink, boards, sentence);
        let mut broken = false;
        for told in told::told(sink, sentence) {
            // What comes second to a first that is none says nothing of its own.
            if told.onward && broken {
                continue;
            }
            broken = judge(sink, boards, sentence, &told);
        }
    }
}

/// How a place stands to a board.
enum Outcome {
    Right(usize),
    /// The entry it is told of, and the one that contradicts it.
    Wrong(usize, usize),
}

/// Reports a place that the nearest boards contradict and none makes right; whether it did.
fn judge(sink: &mut Sink<'_>, boards: &[Board], sentence: usize, told: &Told) -> bool {
    let mut near: Vec<&Board> = boards.iter().filter(|board| reaches(sink, board, sentence)).collect();
    near.sort_by_key(|board| match board.sentences {
        Some((_, last)) => sentence.abs_diff(last),
        None => 1 + board.part.abs_diff(sink.reading.sentences[sentence].part),
    });
    let mut wrong: Option<(&Board, usize, usize)> = None;
    for board in near {
        let suits = match told.sort {
            Sort::Growth | Sort::Fall => board.class == Class::Growth,
            // 在上述三类警情中占比最大: of counts that are all told.
            Sort::Share => {
                let counts = || board.class == Class::Amount && told.among() == Some(board.entries.len());
                board.class == Class::Share || board.class == Class::Amount && percent(sink, board) || counts()
            }
            Sort::Amount => !matches!(board.class, Class::Growth | Class::Step),
            Sort::Step => board.class == Class::Step,
        };
        if !suits {
            continue;
        }
        match outcome(sink, board, boards, sentence, told) {
            Some(Outcome::Right(at)) => {
                sink.place_right(&[at], "位次与所列数值相符");
                return false;
            }
            Some(Outcome::Wrong(ours, theirs)) => wrong = wrong.or(Some((board, ours, theirs))),
            None => {}
        }
    }
    let Some((board, ours, theirs)) = wrong else { return false };
    let entry = |at: usize| board.entries.iter().find(|entry| entry.at == at);
    let (Some(ours), Some(theirs)) = (entry(ours), entry(theirs)) else { return false };
    if sink.accused[ours.at] || sink.accused[theirs.at] {
        return false;
    }
    let shown = |entry: &Entry| format!("{}{}", entry.label, sink.shown(entry.at));
    let words = sink.reading.text(told.range.clone());
    let fact = match (told.sort, ours.value < theirs.value) {
        (Sort::Fall, true) => "降幅大于",
        (Sort::Fall, false) => "降幅小于",
        (_, true) => "小于",
        (_, false) => "大于",
    };
    let reason = format!("“{}”：{}{fact}{}", words.trim(), shown(ours), shown(theirs));
    let related = vec![sink.phrase(ours.at), sink.phrase(theirs.at)];
    let range = trimmed(sink, &told.range);
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    true
}

/// A range without blanks at its ends.
fn trimmed(sink: &Sink<'_>, range: &Range<usize>) -> Range<usize> {
    let blank = |at: usize| sink.reading.chars[at].is_whitespace();
    let end = range.end.min(sink.reading.chars.len());
    let start = (range.start..end).find(|at| !blank(*at)).unwrap_or(range.start);
    let end = (start..end).rev().find(|at| !blank(*at)).map_or(end, |at| at + 1);
    start..end
}

fn percent(sink: &Sink<'_>, board: &Board) -> bool {
    board.sentences.is_none() || sink.num(board.entries[0].at).percent()
}

/// Whether a board stands near enough to be meant.
fn reaches(sink: &Sink<'_>, board: &Board, sentence: usize) -> bool {
    let part = sink.reading.sentences[sentence].part;
    match board.sentences {
        Some((first, last)) => board.part == part && first <= sentence && last + 3 >= sentence,
        None => board.part.abs_diff(part) <= boards::REACH,
    }
}

/// The numbers that a clause without a name of its own may go on from: those right before it that fit, of one thing.
fn own(sink: &Sink<'_>, sentence: usize, told: &Told) -> Vec<usize> {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let before = |at: &usize| sink.num(*at).end <= told.start;
    let plain = |at: &usize| {
        let between = sink.reading.norm(sink.num(*at).end..told.start);
        !between.contains(['；', '。', '：']) && between.chars().count() <= 30
    };
    let counted = |at: &usize| sink.num(*at).is_quantity() || sink.num(*at).percent();
    let mut near = nums.rev().filter(before).filter(counted).take_while(plain).peekable();
    let Some(first) = near.peek().copied() else { return Vec::new() };
    // 吞吐量7418.6万吨，增长10.2%，居首位: which of the two is not said.
    if told.sort == Sort::Amount && sink.claim(first).role == Role::Growth {
        return Vec::new();
    }
    let fits = |at: &usize| {
        let (num, claim) = (sink.num(*at), sink.claim(*at));
        let growth = claim.role == Role::Growth;
        match told.sort {
            Sort::Growth | Sort::Fall => growth && num.percent(),
            Sort::Share => num.percent() && !growth,
            Sort::Step => claim.role == Role::Change && num.is_level(),
            Sort::Amount => (num.is_level() || num.percent()) && !growth,
        }
    };
    near.take(4).take_while(|at| sink.claim(*at).noun == sink.claim(first).noun).filter(fits).collect()
}

/// What a board says of a place.
fn outcome(sink: &Sink<'_>, board: &Board, boards: &[Board], sentence: usize, told: &Told) -> Option<Outcome> {
    let (ours, rest) = match found(board, &told.subject) {
        Some(found) => found,
        None if core(&told.subject).is_empty() || covers(&board.words, &core(&told.subject)) => {
            let own = own(sink, sentence, told);
            match board.entries.iter().find(|entry| own.contains(&entry.at)) {
                Some(entry) => (entry, told.subject.clone()),
                // 劳动保障类占23.96%，居第三位: what it is called where it is counted.
                None => found(board, &sink.claim(*own.first()?).noun)
                    .filter(|(entry, _)| {
                        let (ours, theirs) = (sink.num(own[0]), sink.num(entry.at));
                        let alike = ours.percent() || ours.unit.dim == theirs.unit.dim;
                        board.sentences.is_none_or(|(_, last)| last < sentence && alike)
                    })
                    .map(|(entry, _)| (entry, told.subject.clone()))?,
            }
        }
        None => return None,
    };
    // 损失金额 is not what is counted in cases.
    let counted = board.sentences.is_some() && {
        let num = sink.num(ours.at);
        num.is_quantity() && !num.unit.is_money() && has("money", &format!("{rest}{}", told.measure))
    };
    if counted
        || !explained(board, (ours, dim(sink, ours)), &rest, boards, told)
        || has("elsewhere", &told.scope)
        || has("elsewhere", &rest)
    {
        return None;
    }
    let peers = peers(sink, board, ours, told);
    match &told.rank {
        Rank::Nth(rank) => placed(board, ours, &peers, *rank, told),
        Rank::Above(object, more) => {
            let (theirs, rest) = found(board, object)?;
            let apart = ours.at == theirs.at
                || !apart(ours, theirs)
                || !explained(board, (theirs, dim(sink, theirs)), &rest, boards, told);
            if apart {
                return None;
            }
            let above = if told.sort == Sort::Fall { ours.value < theirs.value } else { ours.value > theirs.value };
            Some(if above == *more { Outcome::Right(ours.at) } else { Outcome::Wrong(ours.at, theirs.at) })
        }
        Rank::Behind(object) => {
            let (theirs, _) = found(board, object)?;
            if ours.at == theirs.at || !apart(ours, theirs) {
                return None;
            }
            let better = |a: &Entry, b: &Entry| beyond(a, b, told);
            if better(ours, theirs) {
                return Some(Outcome::Wrong(ours.at, theirs.at));
            }
            let between =
                peers.iter().find(|other| other.at != theirs.at && better(other, ours) && better(theirs, other));
            Some(between.map_or(Outcome::Right(ours.at), |other| Outcome::Wrong(ours.at, other.at)))
        }
    }
}

/// Whether what two entries stand for cannot be the same.
fn apart(a: &Entry, b: &Entry) -> bool {
    a.value != b.value && (a.span.lo >= b.span.hi || b.span.lo >= a.span.hi)
}

/// Whether one entry is beyond doubt the better of two.
fn beyond(a: &Entry, b: &Entry, told: &Told) -> bool {
    let greater = (a.value > b.value) != (told.sort == Sort::Fall);
    let more = greater != (told.least && !matches!(told.rank, Rank::Above(..)));
    more && apart(a, b)
}

/// The entries that an entry is ranked among.
fn peers<'b>(sink: &Sink<'_>, board: &'b Board, ours: &Entry, told: &Told) -> Vec<&'b Entry> {
    let place = board.entries.iter().position(|entry| entry.at == ours.at).unwrap_or(0);
    let mut all: &[Entry] = &board.entries;
    // 四类企业中: the last four that were told.
    if let (Some(among), Some(_)) = (told.among(), board.sentences) {
        let before = all.iter().take_while(|entry| sink.num(entry.at).end <= told.range.start).count();
        if before >= among && place + among >= before && place < before {
            all = &all[before - among..before];
        }
    }
    let rising = |entry: &Entry| entry.value > crate::exact::q(0);
    let fits = |entry: &&Entry| {
        let fallen = told.sort != Sort::Fall || !rising(entry);
        let same = board.sentences.is_none() || comparable(ours, entry) || board.class == Class::Growth && told.bound;
        // A mean is no peer of what it is the mean of.
        let (first, second) = if ours.at < entry.at { (ours, *entry) } else { (*entry, ours) };
        let averaged = first.label.contains('均') || !second.label.contains('均');
        // A类最多的是东区，56家；B类最多的是南区，78家: a first of another order.
        let (claim, told_of) = (sink.claim(entry.at), sink.claim(ours.at));
        let other = board.sentences.is_some() && claim.segment != told_of.segment && {
            let start = sink.reading.sentences[claim.sentence].range.start;
            let words =
                sink.reading.norm(start.max(sink.num(entry.at).start.saturating_sub(30))..sink.num(entry.at).start);
            words.rsplit(['；', '。']).next().is_some_and(|words| words.contains('最'))
        };
        !other
            && !sink.accused[entry.at]
            && entry.at != ours.at
            && entry.label != ours.label
            && fallen
            && same
            && averaged
    };
    if told.sort == Sort::Fall && rising(ours) {
        return Vec::new();
    }
    all.iter().filter(fits).collect()
}

/// What a label ends in, when that is a measure.
fn measured(label: &str) -> Option<&'static str> {
    words("noun").iter().copied().find(|word| label.ends_with(word))
}

/// Whether two entries are values of one measure: the first of a list may carry it for all.
fn comparable(a: &Entry, b: &Entry) -> bool {
    let (first, second) = if a.at < b.at { (a, b) } else { (b, a) };
    match (measured(&first.label), measured(&second.label)) {
        (Some(x), Some(y)) => x == y,
        (None, Some(_)) => false,
        _ => true,
    }
}

/// Whether an entry has the place that is told of it; none when the board does not decide.
fn placed(board: &Board, ours: &Entry, peers: &[&Entry], rank: usize, told: &Told) -> Option<Outcome> {
    let better: Vec<&&Entry> = peers.iter().filter(|other| beyond(other, ours, told)).collect();
    if better.len() >= rank {
        let most = better
            .iter()
            .max_by(|a, b| if beyond(a, b, told) { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less })?;
        return Some(Outcome::Wrong(ours.at, most.at));
    }
    // Others of the country may stand before it too.
    if told.wide {
        return None;
    }
    let level = peers.iter().filter(|other| !apart(other, ours)).count();
    if rank <= better.len() + level + 1 {
        return (!peers.is_empty()).then_some(Outcome::Right(ours.at));
    }
    // Others than those listed may stand before it; of three and more that are listed nothing is left out.
    let whole = board.entries.len() >= 3 && rank <= board.entries.len() && peers.len() + 1 >= rank;
    let next = peers.iter().find(|other| beyond(ours, other, told))?;
    whole.then_some(Outcome::Wrong(ours.at, next.at))
}

/// Words without signs that name nothing.
fn clean(words: &str) -> String {
    words.chars().filter(|c| !matches!(c, '“' | '”' | '"' | ' ' | '*' | '‘' | '’' | '（' | '）')).collect()
}

/// Words without those of measures and those that change nothing: what is left must be a name.
fn core(text: &str) -> String {
    let mut text = clean(text);
    for sort in ["growth", "fall", "share", "plain", "filler"] {
        for word in words(sort) {
            if word.chars().count() >= 2 {
                text = text.replace(word, "");
            }
        }
    }
    let single = |c: char| {
        words("filler").iter().chain(words("plain")).any(|word| word.starts_with(c) && word.chars().count() == 1)
    };
    text.trim_matches(single).to_owned()
}

/// The entry that words name, and the words that are left; only when it is the only one.
fn found<'b>(board: &'b Board, text: &str) -> Option<(&'b Entry, String)> {
    let text = clean(text);
    let text = text.trim_start_matches("其中");
    let name = core(text);
    let exactly: Vec<&Entry> =
        board.entries.iter().filter(|entry| clean(&entry.name) == name || clean(&entry.label) == name).collect();
    if let ([only], true) = (exactly.as_slice(), name.chars().count() >= 2) {
        return Some((only, text.replacen(&name, "", 1)));
    }
    if board.entries.len() > boards::LONGEST {
        return None;
    }
    let chars: Vec<char> = text.chars().take(30).collect();
    let labels: Vec<String> = board.entries.iter().map(|entry| clean(&entry.label)).collect();
    // What the name begins with must be called, unless the first of a list carries words of its own before its name.
    let heads = |place: usize, part: &str| {
        labels[place].starts_with(part)
            || place == 0 && (clean(&board.entries[0].name).ends_with(part) || labels[0].ends_with(part))
    };
    // The longest stretch of the words that stands in this label and in no other.
    let own = |place: usize| -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for from in 0..chars.len() {
            for to in (from + 2..=chars.len()).rev() {
                if best.is_some_and(|(a, b)| b - a >= to - from) {
                    break;
                }
                let part: String = chars[from..to].iter().collect();
                if !heads(place, &part) {
                    continue;
                }
                if !labels.iter().enumerate().any(|(other, label)| other != place && label.contains(&part)) {
                    best = Some((from, to));
                }
                break;
            }
        }
        best
    };
    let mut called: Vec<(usize, usize, usize)> =
        (0..labels.len()).filter_map(|place| own(place).map(|(from, to)| (place, from, to))).collect();
    let begun = |(place, from, to): &(usize, usize, usize)| {
        labels[*place].starts_with(&chars[*from..*to].iter().collect::<String>())
    };
    // 乙园区 of 乙园区产值, though 园区产值 stands with the first alone.
    if called.iter().any(begun) {
        called.retain(begun);
    }
    called.sort_by_key(|(_, from, to)| std::cmp::Reverse(to - from));
    let (place, from, to) = *called.first()?;
    if called.get(1).is_some_and(|(_, a, b)| b - a >= to - from) {
        return None;
    }
    let entry = &board.entries[place];
    let rest: String = chars[..from].iter().chain(&chars[to..]).collect();
    Some((entry, rest))
}

/// Whether the words beside a name only say what the board measures.
fn explained(board: &Board, (entry, dim): (&Entry, &str), rest: &str, boards: &[Board], told: &Told) -> bool {
    let mut rest = format!("{rest}{}", told.measure);
    if !told.measure.is_empty() {
        // The measure of 其次 may stand with the name of the first.
        for other in &board.entries {
            rest = rest.replace(&clean(&other.name), "");
        }
    }
    // 从完成比例看: the measure, where a column is called so.
    let frame = if told.scope.ends_with('看') { told.scope.as_str() } else { "" };
    let frame = core(frame.trim_start_matches(['从', '按']).trim_end_matches('看').trim_end_matches('来'));
    let headed = |other: &&Board| other.part == board.part && other.sentences.is_none() && covers(&other.words, &frame);
    if frame.chars().count() >= 2 && boards.iter().any(|other| headed(&other)) {
        rest.push_str(&frame);
    }
    let rest = uncounted(&core(&rest)).to_owned();
    let head: String = board.words.chars().take_while(|c| *c != '（').collect();
    if board.sentences.is_none() {
        if rest.is_empty() {
            // Without words for the measure, the only column of its sort.
            let alike = boards.iter().filter(|other| other.part == board.part && other.sentences.is_none());
            return match told.sort {
                Sort::Amount => alike.filter(|other| other.class == Class::Amount).count() == 1 || sized(&head, told),
                _ => alike.filter(|other| other.class == board.class).count() == 1,
            };
        }
        let bare: String = clean(&board.words.replace(['（', '）'], " "));
        let core = core(&head);
        let beside = rest.replacen(&core, "", 1);
        // 单位面积投资 is not the column 投资.
        let averaged = ["单位", "每", "均", "率", "比"].iter().any(|word| beside.contains(word));
        let within = core.chars().count() >= 2 && rest.contains(&core) && !averaged;
        let beside =
            |other: &Board| other.part == board.part && other.sentences.is_none() && covers(&other.words, &rest);
        // 产量降幅 of a column that follows that of 产量.
        let of = told.sort != Sort::Amount && boards.iter().any(beside);
        return covers(&head, &rest) || covers(&bare, &rest) || within || of;
    }
    let unit = words(dim).concat();
    let context = format!("{}{}{}{unit}", entry.label, board.words, board.entries[0].label);
    let unmeasured = || board.entries.iter().all(|entry| measured(&entry.label).is_none());
    rest.is_empty() || covers(&context, &rest) || unmeasured() && covers(&board.before, &rest)
}

/// The name of what a unit measures, as `data/measures.txt` has it.
fn dim(sink: &Sink<'_>, entry: &Entry) -> &'static str {
    match sink.num(entry.at).unit.dim.as_str() {
        "area" => "unit-area",
        "person" => "unit-person",
        "money" => "unit-money",
        _ => "",
    }
}

/// 七种产品产量: without the number of things at the head.
fn uncounted(words: &str) -> &str {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    if rest.len() == words.len() { words } else { rest.trim_start_matches(['种', '类', '个', '项', '大', '家']) }
}

/// 数量 of a column that counts.
fn sized(head: &str, told: &Told) -> bool {
    let plain = core(head).is_empty() && !head.is_empty();
    plain && told.subject.contains(head)
}

/// Whether a text knows every two signs in a row of some words.
fn covers(text: &str, words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    match chars.as_slice() {
        [] => true,
        [only] => text.contains(*only),
        _ => chars.windows(2).all(|pair| text.contains(&pair.iter().collect::<String>())),
    }
}
