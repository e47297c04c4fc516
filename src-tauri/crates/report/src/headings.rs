//! Parallel headings 并列标题: of the candidates each heading offers, the set whose lengths agree.

use std::collections::HashSet;

/// Lengths of the comma-separated halves: 研发投入不强，创新能力有待提升 → [6, 8].
fn shape(heading: &str) -> Vec<usize> {
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

#[cfg(test)]
mod tests {
    use super::choose;

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
}
