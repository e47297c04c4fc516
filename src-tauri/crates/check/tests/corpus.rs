//! The labels of the corpus in `tests/check` hold what they say.

use check::Kind;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/check").join(part)
}

fn labels(part: &str) -> Vec<PathBuf> {
    let folder = folder(part);
    let mut labels: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    labels.sort();
    labels
}

fn text_beside(label: &Path) -> Vec<char> {
    let texts: Vec<String> =
        ["txt", "md"].iter().filter_map(|end| std::fs::read_to_string(label.with_extension(end)).ok()).collect();
    assert_eq!(texts.len(), 1, "{}: one text beside the label", label.display());
    texts[0].chars().collect()
}

fn assert_quoted(place: &Value, text: &[char], label: &Path) {
    let at = |key: &str| place[key].as_u64().and_then(|n| usize::try_from(n).ok()).expect("an offset");
    let (start, end) = (at("start"), at("end"));
    assert!(start < end && end <= text.len(), "{}: {start}..{end} of {}", label.display(), text.len());
    let there: String = text[start..end].iter().collect();
    assert_eq!(place["quote"].as_str(), Some(there.as_str()), "{}: {start}..{end}", label.display());
}

#[test]
fn every_label_quotes_its_text_and_names_a_known_kind() {
    // `held` is empty between the release of its texts to `dev` and the writing of new ones.
    for part in ["dev", "held"].into_iter().filter(|part| *part == "dev" || folder(part).exists()) {
        let labels = labels(part);
        assert!(labels.len() >= 30, "{part} has texts");
        for path in labels {
            let label: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("a readable label"))
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let text = text_beside(&path);
            let list = |key: &str| label[key].as_array().expect("a list").clone();
            let (errors, traps) = (list("errors"), list("traps"));
            assert_eq!(label["clean"].as_bool(), Some(errors.is_empty()), "{}", path.display());
            assert!(errors.len() <= 4, "{}: {} errors", path.display(), errors.len());
            for error in &errors {
                let kind = error["kind"].clone();
                serde_json::from_value::<Kind>(kind.clone()).unwrap_or_else(|_| panic!("{}: {kind}", path.display()));
                assert_quoted(error, &text, &path);
                for place in error["also"].as_array().into_iter().flatten() {
                    assert_quoted(place, &text, &path);
                }
            }
            for place in errors.iter().chain(&traps) {
                assert_quoted(place, &text, &path);
                assert!(place["why"].as_str().is_some_and(|why| !why.is_empty()), "{}: a reason", path.display());
            }
        }
    }
}
