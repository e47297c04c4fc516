//! What a report rests on, as GB/T 7714 lists it: documents, works that criteria cite, sources of figures, survey data.

use super::Composer;
use crate::document::{Document, Work};
use crate::facts::{cell, clean, date_cell};
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use survey::Form;

/// 其他 and 数据集 in GB/T 7714.
const PAPER: &str = "Z";
const DATA: &str = "DS";

impl Composer<'_> {
    /// The references of a document, in this order: listed documents, works cited by the criteria of findings told,
    /// sources of figures that the document prints, data of the survey.
    pub(super) fn references(&self, document: &Document) -> Vec<Work> {
        let mut out: Vec<Work> = Vec::new();
        let mut add = |work: Work| match out.iter_mut().find(|o| o.kind == work.kind && o.title == work.title) {
            // The same work from two places: the first stands, with what only the other knows.
            Some(known) => {
                known.number = known.number.take().or(work.number);
                known.date = known.date.take().or(work.date);
            }
            None => out.push(work),
        };
        let datasets = &self.world.inputs.datasets;
        for d in datasets.iter().filter(|d| d.schema.form == Form::Documents) {
            for row in 0..d.n {
                let Some(title) = cell(d, "title", row) else { continue };
                add(Work {
                    kind: PAPER.to_owned(),
                    authors: cell(d, "issuer", row).map(|names| authors(&names)).unwrap_or_default(),
                    title: title.trim_matches(['《', '》']).to_owned(),
                    number: cell(d, "number", row),
                    date: date_cell(d, "date", row).1.as_deref().and_then(iso),
                });
            }
        }
        let used: Vec<&String> = self.included().flat_map(|f| &f.spec.criteria).collect();
        let criteria = self.world.kit.criteria.iter().filter(|c| used.contains(&&c.id));
        criteria.filter_map(|c| cited(&c.source)).for_each(&mut add);

        // Sources of figures whose facts the document prints.
        let mut printed: BTreeSet<&str> = BTreeSet::new();
        document.each_fact(&mut |id| printed.extend(self.facts().get(id).map(|f| f.source.as_str())));
        let mut figures: BTreeMap<&str, (Vec<&str>, Option<String>)> = BTreeMap::new();
        for r in self.world.reported.iter().filter(|r| printed.contains(r.source.as_str())) {
            let (names, date) = figures.entry(r.source.as_str()).or_default();
            if !names.contains(&r.name.as_str()) {
                names.push(r.name.as_str());
            }
            *date = date.take().max(r.as_of.as_deref().and_then(iso));
        }
        for (source, (names, date)) in figures {
            let vars = vec![
                ("source", Value::from(clean(source))),
                ("first", Value::from(clean(names[0]))),
                ("n", Value::from(names.len())),
            ];
            let Some(title) = self.phrase_plain("reference.figures", vars) else { continue };
            add(Work { kind: DATA.to_owned(), title, date, ..Work::default() });
        }
        let own = self.world.inputs.org.iter().map(|org| clean(org)).collect::<Vec<_>>();
        for d in datasets.iter().filter(|d| matches!(d.schema.form, Form::Ledger | Form::Questionnaire) && d.n > 0) {
            add(Work {
                kind: DATA.to_owned(),
                authors: own.clone(),
                title: clean(&d.schema.title),
                number: None,
                date: iso(&self.world.as_of(&d.schema.id)),
            });
        }
        out
    }
}

fn authors(names: &str) -> Vec<String> {
    names.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// A year, month or day written in Chinese in the form of the standard: 2016, 2016-03, 2016-03-05.
fn iso(date: &str) -> Option<String> {
    let parts: Vec<&str> = date.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).take(3).collect();
    let (year, rest) = parts.split_first()?;
    if year.len() != 4 || rest.iter().any(|p| p.len() > 2) {
        return None;
    }
    Some(rest.iter().fold((*year).to_owned(), |out, part| format!("{out}-{part:0>2}")))
}

/// The work that a criterion's source names when it is written 发布单位《题名》（文号）…; the unit and the number may be absent.
fn cited(source: &str) -> Option<Work> {
    let (before, rest) = source.trim().split_once('《')?;
    let (title, after) = rest.split_once('》')?;
    if title.is_empty() || !before.chars().all(|c| c.is_alphanumeric() || c == '、') {
        return None;
    }
    let number = after.strip_prefix('（').and_then(|a| a.split_once('）')).map(|(n, _)| n);
    let number = number.filter(|n| n.ends_with('号')).map(str::to_owned);
    Some(Work { kind: PAPER.to_owned(), authors: authors(before), title: title.to_owned(), number, date: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_names_a_work_is_taken_apart() {
        let work = cited("财政部、税务总局《某某管理办法》（财税〔2016〕32号）第十一条").expect("a work");
        assert_eq!(work.authors, ["财政部", "税务总局"]);
        assert_eq!((work.title.as_str(), work.number.as_deref()), ("某某管理办法", Some("财税〔2016〕32号")));
        let bare = cited("《某某条例》").expect("a work");
        assert!(bare.authors.is_empty() && bare.number.is_none());
        for none in ["某局2024年7月公布数", "本报告设定的参照值（《某某》套件，可改）", "《》", ""]
        {
            assert_eq!(cited(none), None, "{none}");
        }
    }

    #[test]
    fn dates_take_the_form_of_the_standard() {
        for (date, expected) in [
            ("2016年", Some("2016")),
            ("2022年末", Some("2022")),
            ("2023年12月", Some("2023-12")),
            ("2016年3月5日", Some("2016-03-05")),
            ("近期", None),
            ("3月5日", None),
        ] {
            assert_eq!(iso(date).as_deref(), expected, "{date}");
        }
    }
}
