//! Whether a file is another version of one that was read before: the same records under the same columns.

use crate::dataset::Dataset;
use crate::schema::{Form, Role};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a file has in common with an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The earlier file.
    pub of: String,
    /// Records of the file, of the earlier one, and in both.
    pub records: usize,
    pub earlier: usize,
    pub shared: usize,
}

/// Fewer records in common than this may be chance.
const ENOUGH: usize = 3;

/// The earlier file of the dataset that `file` seems to be another version of: most records of the smaller of both are
/// in the other one. `before` holds the dataset without the file and `after` with it.
pub fn version_of(file: &str, before: &Dataset, after: &Dataset) -> Option<Version> {
    let mut mine: FxHashSet<String> = FxHashSet::default();
    let here = |d: &Dataset, row: usize| d.sources[d.origins[row].source as usize].0.clone();
    for row in (0..after.n).filter(|row| here(after, *row) == file) {
        mine.extend(identity(after, row));
    }
    let mut others: FxHashMap<String, (FxHashSet<String>, usize)> = FxHashMap::default();
    for row in 0..before.n {
        let other = here(before, row);
        if other == file {
            continue;
        }
        let (known, shared) = others.entry(other).or_default();
        let Some(identity) = identity(before, row) else { continue };
        *shared += usize::from(mine.contains(&identity) && !known.contains(&identity));
        known.insert(identity);
    }
    let versions = others.into_iter().map(|(of, (known, shared))| Version {
        of,
        records: mine.len(),
        earlier: known.len(),
        shared,
    });
    versions
        .filter(|v| v.shared >= ENOUGH && v.shared * 10 >= v.records.min(v.earlier) * 6)
        .max_by(|a, b| a.shared.cmp(&b.shared).then_with(|| b.of.cmp(&a.of)))
}

/// What tells a record from others and stays when its figures are updated: its key, its number, its name and place, or
/// all that it says.
fn identity(d: &Dataset, row: usize) -> Option<String> {
    let schema = &d.schema;
    let text = |fields: &[usize]| -> Option<String> {
        let parts: Vec<String> = fields.iter().filter_map(|f| d.columns[*f].text(row)).collect();
        (!parts.is_empty() && parts.len() * 2 > fields.len()).then(|| parts.join("|"))
    };
    let which = |wanted: &dyn Fn(usize) -> bool| (0..schema.fields.len()).filter(|f| wanted(*f)).collect::<Vec<_>>();
    let role = |f: usize| schema.fields[f].role;
    let key: Vec<usize> = schema.key.iter().filter_map(|k| schema.position(k)).collect();
    let numbers = which(&|f| crate::plan::is_number_of_records(&schema.fields[f]));
    let names = match schema.form {
        Form::Indicators | Form::Documents | Form::Targets => {
            which(&|f| matches!(schema.fields[f].id.as_str(), "name" | "title" | "number" | "as_of" | "year"))
        }
        _ => which(&|f| role(f) == Role::Name || schema.fields[f].sensitive),
    };
    let mut placed = names.clone();
    if !names.is_empty() {
        placed.extend(which(&|f| matches!(role(f), Role::Region | Role::Year)));
    }
    // When and from where an answer came.
    let sent =
        which(&|f| role(f) == Role::Meta && schema.form == Form::Questionnaire && d.columns[f].valid.contains(row));
    let sent = if sent.len() >= 3 { sent } else { Vec::new() };
    let whole = which(&|f| role(f) != Role::Meta);
    [key, numbers, placed, sent, whole].iter().filter(|fields| !fields.is_empty()).find_map(|fields| text(fields))
}
