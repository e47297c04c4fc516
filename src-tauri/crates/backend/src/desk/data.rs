//! Commands of the stage 数据: imports, records, doubtful cells, tables entered by hand.

mod entry;
mod folders;
mod imports;
mod issues;
mod records;
mod spoken;
#[cfg(test)]
mod tests;

pub use entry::*;
pub use folders::*;
pub use imports::*;
pub use issues::*;
pub use records::*;
