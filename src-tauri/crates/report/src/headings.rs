//! Parallel headings 并列标题: of the candidates each heading offers, the set whose lengths agree.

use std::collections::HashSet;

/// Lengths of the comma-separated halves: 研发投入不强，创新能力有待提升 → [6, 8].
pub fn shape(heading: &str) -> Vec<usize> {
    heading.split(['，', ',']).map(|h| h.chars().count()).collect()
}

/// One candidate for each entry. The shape that most entries can take is chosen (the first entry's order breaks ties);
/// among candidates of that shape those that repeat no half already printed come first.
pub fn choose(candidates: &[Vec<String>]) -> Vec<String> {
    let mut shapes: Vec<(Vec<usize>, usize)> = Vec::new();
    for list in candidates {
        let mut seen = HashSet::new();
        for s in list.iter().map(|h| shape(h)) {
            if seen.insert(s.clone()) {
                match shapes.iter_mut().find(|(o, _)| *o == s) {
                    Some((_, n)) => *n += 1,
                    None => shapes.push((s, 1)),
                }
            }
        }
    }
    let most = shapes.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let best = shapes.into_iter().find(|(_, n)| *n == most).map(|(s, _)| s).unwrap_or_default();
    let mut used: HashSet<String> = HashSet::new();
    candidates
        .iter()
        .map(|list| {
            let fits: Vec<&String> = list.iter().filter(|h| shape(h) == best).collect();
            let pool: Vec<&String> = if fits.is_empty() { list.iter().collect() } else { fits };
            let repeats = |h: &str| h.split(['，', ',']).filter(|half| used.contains(*half)).count();
            let chosen = pool.iter().min_by_key(|h| repeats(h)).map(|h| (*h).clone()).unwrap_or_default();
            used.extend(chosen.split(['，', ',']).map(str::to_owned));
            chosen
        })
        .collect()
}

/// How headings stand side by side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parallel {
    /// The shape most of them have.
    pub shape: Vec<usize>,
    pub equal: bool,
    /// One heading for each that would make all equal, changing as few as can be; `None` when they are equal already
    /// or when no shape can be had for all.
    pub proposal: Option<Vec<String>>,
}

/// Compares the headings in use, and looks among those each could take for a set of one shape.
pub fn compare(current: &[String], offers: &[Vec<String>]) -> Parallel {
    let shapes: Vec<Vec<usize>> = current.iter().map(|h| shape(h)).collect();
    let count = |s: &Vec<usize>| shapes.iter().filter(|o| *o == s).count();
    // The first of the most frequent.
    let most = shapes.iter().map(count).max().unwrap_or(0);
    let common = shapes.iter().find(|s| count(s) == most).cloned().unwrap_or_default();
    if shapes.iter().all(|s| *s == common) {
        return Parallel { shape: common, equal: true, proposal: None };
    }
    let mut wanted: Vec<Vec<usize>> = vec![common.clone()];
    for s in shapes.iter().cloned().chain(offers.iter().flatten().map(|h| shape(h))) {
        if !wanted.contains(&s) {
            wanted.push(s);
        }
    }
    let set = |s: &Vec<usize>| -> Option<Vec<String>> {
        let pick = |(now, offers): (&String, &Vec<String>)| {
            let fits = std::iter::once(now).chain(offers).find(|h| shape(h) == *s);
            fits.cloned()
        };
        current.iter().zip(offers).map(pick).collect()
    };
    let changes = |list: &Vec<String>| list.iter().zip(current).filter(|(a, b)| a != b).count();
    let proposal = wanted.iter().filter_map(set).min_by_key(changes);
    Parallel { shape: common, equal: false, proposal }
}

#[cfg(test)]
mod tests {
    use super::{choose, compare};

    fn lists(all: &[&[&str]]) -> Vec<Vec<String>> {
        all.iter().map(|l| l.iter().map(|s| (*s).to_owned()).collect()).collect()
    }

    #[test]
    fn takes_the_shape_that_all_can_share() {
        let chosen = choose(&lists(&[
            &["规模小，能级待提升", "产业规模不大，发展能级有待提升"],
            &["研发投入不强，创新能力有待提升", "研发弱，创新待提升"],
            &["融资支持不力，资金保障有待增强"],
        ]));
        let expected =
            ["产业规模不大，发展能级有待提升", "研发投入不强，创新能力有待提升", "融资支持不力，资金保障有待增强"];
        assert_eq!(chosen, expected);
    }

    #[test]
    fn avoids_printing_a_half_twice() {
        let chosen = choose(&lists(&[&["甲乙，丙丁"], &["戊己，丙丁", "戊己，庚辛"]]));
        assert_eq!(chosen, ["甲乙，丙丁", "戊己，庚辛"]);
    }
    #[test]
    fn equal_headings_need_no_proposal() {
        let current = ["甲乙，丙丁".to_owned(), "戊己，庚辛".to_owned()];
        let found = compare(&current, &lists(&[&["甲乙，丙丁"], &["戊己，庚辛"]]));
        assert_eq!((found.shape, found.equal, found.proposal), (vec![2, 2], true, None));
    }

    #[test]
    fn an_odd_heading_is_replaced_by_one_of_the_common_shape() {
        let current = ["甲乙，丙丁".to_owned(), "自己写的标题".to_owned(), "戊己，庚辛".to_owned()];
        let found = compare(&current, &lists(&[&["甲乙，丙丁"], &["壬，癸", "子丑，寅卯"], &["戊己，庚辛"]]));
        assert!(!found.equal);
        assert_eq!(found.proposal.unwrap(), ["甲乙，丙丁", "子丑，寅卯", "戊己，庚辛"]);
    }

    #[test]
    fn no_proposal_is_made_where_no_shape_can_be_had_for_all() {
        let current = ["甲乙，丙丁".to_owned(), "戊".to_owned()];
        let found = compare(&current, &lists(&[&["甲乙，丙丁"], &["戊"]]));
        assert_eq!((found.shape, found.equal, found.proposal), (vec![2, 2], false, None));
    }
}
