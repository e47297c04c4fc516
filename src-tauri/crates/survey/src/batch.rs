//! Rows handed from one thread to another, many at a time.

use std::sync::mpsc::sync_channel;

/// Portions that may wait for being taken.
pub(crate) const IN_FLIGHT: usize = 16;

/// Rows with their numbers, in one piece of memory.
#[derive(Default)]
pub(crate) struct Batch {
    text: String,
    /// Number of each row and where its text ends.
    rows: Vec<(u32, usize)>,
}

impl Batch {
    /// Rows worth a handing over.
    const FULL: usize = 256;

    pub fn push(&mut self, number: u32, text: &str) {
        self.text.push_str(text);
        self.rows.push((number, self.text.len()));
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() >= Batch::FULL
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn rows(&self) -> impl Iterator<Item = (u32, &str)> {
        let starts = std::iter::once(0).chain(self.rows.iter().map(|(_, end)| *end));
        self.rows.iter().zip(starts).map(|((number, end), start)| (*number, &self.text[start..*end]))
    }
}

/// Reads rows here while those read before are taken on a thread of its own.
pub(crate) fn overlap<E>(
    read: impl FnOnce(&mut dyn FnMut(u32, &str)) -> Result<(), E>,
    mut take: impl FnMut(u32, &str) + Send,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Batch>(IN_FLIGHT);
        let taker = scope.spawn(move || {
            receiver.iter().for_each(|batch| batch.rows().for_each(|(number, text)| take(number, text)));
        });
        let mut batch = Batch::default();
        // Nobody takes any more only after a fault there, which is passed on below.
        let send = |batch: &mut Batch| drop(sender.send(std::mem::take(batch)));
        let done = read(&mut |number, text| {
            batch.push(number, text);
            if batch.is_full() {
                send(&mut batch);
            }
        });
        send(&mut batch);
        drop(sender);
        taker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        done
    })
}
