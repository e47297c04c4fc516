//! Parsing of numbers, dates, codes and missing marks.
