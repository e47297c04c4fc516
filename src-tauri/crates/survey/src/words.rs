//! Many short texts held tightly: one piece of memory instead of one for each.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use std::ops::Index;

/// Texts in order, one behind the other.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Words {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        (0..self.len()).map(|at| &self[at])
    }
}

impl Index<usize> for Words {
    type Output = str;

    fn index(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..self.ends[at]]
    }
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Words {
        let mut out = Words::default();
        words.into_iter().for_each(|word| out.push(word.as_ref()));
        out
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Words that can be found again: a table of places beside them, which holds no text of its own.
#[derive(Clone, Default)]
pub(crate) struct Dictionary {
    words: Words,
    places: HashTable<u32>,
}

impl Dictionary {
    pub fn words(&self) -> &Words {
        &self.words
    }

    pub fn into_words(self) -> Words {
        self.words
    }

    /// Place of a word, if it is there.
    pub fn find(&self, word: &str) -> Option<usize> {
        let words = &self.words;
        self.places.find(hash(word), |at| words[*at as usize] == *word).map(|at| *at as usize)
    }

    /// Place of a word, which is added when it is new.
    pub fn place(&mut self, word: &str) -> u32 {
        let Dictionary { words, places } = self;
        let next = u32::try_from(words.len()).expect("fewer words than rows × columns");
        let entry = places.entry(hash(word), |at| words[*at as usize] == *word, |at| hash(&words[*at as usize]));
        let at = *entry.or_insert(next).get();
        if at == next {
            words.push(word);
        }
        at
    }

    /// Takes a place that no word leads to.
    pub fn leave_blank(&mut self) {
        self.words.push("");
    }
}

fn hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_order_and_bounds() {
        let words: Words = ["城关", "", "a", "𠮷"].into_iter().collect();
        assert_eq!(words.iter().collect::<Vec<_>>(), ["城关", "", "a", "𠮷"]);
        assert_eq!((&words[3], words.len()), ("𠮷", 4));
        assert!(Words::default().is_empty());
    }

    #[test]
    fn a_word_has_one_place_and_a_blank_none() {
        let mut dictionary = Dictionary::default();
        dictionary.leave_blank();
        let places: Vec<u32> = (0..5_000).map(|i| dictionary.place(&format!("第{}家", i % 1_000))).collect();
        assert_eq!((places[0], places[999], places[1_000]), (1, 1_000, 1));
        assert_eq!(
            (dictionary.find("第999家"), dictionary.find("第1000家"), dictionary.find("")),
            (Some(1_000), None, None)
        );
        assert_eq!(dictionary.words().len(), 1_001);
    }
}
