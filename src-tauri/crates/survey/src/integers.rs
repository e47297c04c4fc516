//! Whole numbers held as narrowly as they allow.

/// A list of whole numbers: four bytes each for as long as all of them fit, then eight.
#[derive(Debug, Clone)]
pub enum Integers {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

impl Integers {
    pub fn with_capacity(capacity: usize) -> Integers {
        Integers::Narrow(Vec::with_capacity(capacity))
    }

    pub fn len(&self) -> usize {
        match self {
            Integers::Narrow(list) => list.len(),
            Integers::Wide(list) => list.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    pub fn at(&self, row: usize) -> i64 {
        match self {
            Integers::Narrow(list) => i64::from(list[row]),
            Integers::Wide(list) => list[row],
        }
    }

    #[inline]
    pub fn push(&mut self, value: i64) {
        match self {
            Integers::Wide(list) => list.push(value),
            Integers::Narrow(list) => match i32::try_from(value) {
                Ok(value) => list.push(value),
                Err(_) => self.widened().push(value),
            },
        }
    }

    pub fn set(&mut self, row: usize, value: i64) {
        match self {
            Integers::Wide(list) => list[row] = value,
            Integers::Narrow(list) => match i32::try_from(value) {
                Ok(value) => list[row] = value,
                Err(_) => self.widened()[row] = value,
            },
        }
    }

    fn widened(&mut self) -> &mut Vec<i64> {
        if let Integers::Narrow(list) = self {
            let mut wide = Vec::with_capacity(list.capacity());
            wide.extend(list.iter().map(|v| i64::from(*v)));
            *self = Integers::Wide(wide);
        }
        match self {
            Integers::Wide(list) => list,
            Integers::Narrow(_) => unreachable!("widened above"),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        (0..self.len()).map(|row| self.at(row))
    }

    /// Calls `f` with each value of the rows from `first` on, as many as `out` has, and keeps what it gives.
    pub fn map_into<T>(&self, first: usize, out: &mut [T], f: impl Fn(i64) -> T) {
        match self {
            Integers::Narrow(list) => out.iter_mut().zip(&list[first..]).for_each(|(o, v)| *o = f(i64::from(*v))),
            Integers::Wide(list) => out.iter_mut().zip(&list[first..]).for_each(|(o, v)| *o = f(*v)),
        }
    }
}

impl Default for Integers {
    fn default() -> Self {
        Integers::Narrow(Vec::new())
    }
}

/// How they are held says nothing about them.
impl PartialEq for Integers {
    fn eq(&self, other: &Integers) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Integers {}

impl FromIterator<i64> for Integers {
    fn from_iter<I: IntoIterator<Item = i64>>(values: I) -> Integers {
        let values = values.into_iter();
        let mut out = Integers::with_capacity(values.size_hint().0);
        values.for_each(|value| out.push(value));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_number_widens_all_and_changes_none() {
        let mut list: Integers = [1, -2, i64::from(i32::MAX)].into_iter().collect();
        assert!(matches!(list, Integers::Narrow(_)));
        list.push(i64::from(i32::MAX) + 1);
        list.set(0, i64::MIN);
        assert!(matches!(list, Integers::Wide(_)));
        assert_eq!(list.iter().collect::<Vec<_>>(), [i64::MIN, -2, 2_147_483_647, 2_147_483_648]);
        list.set(0, 1);
        list.set(3, 4);
        assert_eq!(list, Integers::Narrow(vec![1, -2, i32::MAX, 4]), "how it is held says nothing");
    }
}
