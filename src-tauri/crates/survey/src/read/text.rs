//! Text files: encoding, separator, records.

use super::{Emit, Halt, ReadError};
use crate::table::CELL_SEPARATOR;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{Read, Seek, SeekFrom};

/// Bytes looked at to tell the encoding and the separator.
const SAMPLE: usize = 256 << 10;
/// A line longer than this is no record.
const MAX_LINE: usize = 16 << 20;

pub(super) fn read<R: Read + Seek>(name: &str, mut reader: R, emit: &mut Emit) -> Result<(), Halt> {
    let scan = scan(name, &mut reader)?;
    reader.seek(SeekFrom::Start(scan.skip as u64))?;
    let (sample, _, _) = scan.encoding.decode(&scan.sample[scan.skip.min(scan.sample.len())..]);
    check_text(name, &sample)?;
    let separator = separator(&sample);
    let stem = stem(name);
    emit.sheet(&stem, Vec::new())?;
    if scan.clean_utf8 {
        records(name, reader, separator, scan.ends_quoted, emit)
    } else {
        let decoded = encoding_rs_io::DecodeReaderBytesBuilder::new()
            .encoding(Some(scan.encoding))
            .bom_override(true)
            .build(reader);
        records(name, decoded, separator, scan.ends_quoted, emit)
    }
}

fn stem(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(s, _)| s).to_owned()
}

fn records(name: &str, reader: impl Read, separator: u8, ends_quoted: bool, emit: &mut Emit) -> Result<(), Halt> {
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(256 << 10)
        .from_reader(reader);
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    let mut line = 1u64;
    let mut widest = 0;
    // First line of a record whose last cell runs over several lines: harmless, unless the file ends in it.
    let mut open_end = None;
    let unpaired = |line: u64| ReadError::Damaged {
        file: name.to_owned(),
        detail: format!("第 {line} 行的引号不配对，其后的行被并入一个单元格，请补上或删去多余的引号"),
    };
    loop {
        match csv.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => {
                return match open_end {
                    Some(line) if !ends_quoted => Err(unpaired(line).into()),
                    _ => Ok(()),
                };
            }
            Err(e) => {
                if let csv::ErrorKind::Io(_) = e.kind()
                    && let csv::ErrorKind::Io(e) = e.into_kind()
                {
                    return Err(e.into());
                }
                return Err(ReadError::Damaged {
                    file: name.to_owned(),
                    detail: format!("第 {line} 行附近的文字编码无法识别"),
                }
                .into());
            }
        }
        // Blank lines are skipped by the reader but count as rows in a spreadsheet program.
        let end = csv.position().line();
        let consumed = end.saturating_sub(line);
        let line_before = line;
        line = end;
        let text = record.as_slice();
        if text.len() > MAX_LINE {
            return Err(ReadError::Damaged {
                file: name.to_owned(),
                detail: format!("第 {line} 行之前有过长的记录，多半是引号不配对"),
            }
            .into());
        }
        row = row.saturating_add(1);
        let many = text.contains('\n');
        open_end = (many && record.iter().next_back().is_some_and(|c| c.contains('\n'))).then_some(line_before);
        if many && record.iter().any(|c| swallows_rows(c, separator, widest)) {
            return Err(unpaired(line_before).into());
        }
        widest = widest.max(record.len());
        if consumed > 1 {
            let inside = text.bytes().filter(|b| *b == b'\n').count() as u64;
            row = row.saturating_add(u32::try_from(consumed.saturating_sub(1 + inside)).unwrap_or(u32::MAX));
        }
        let mut joined = String::with_capacity(text.len() + record.len());
        for (i, cell) in record.iter().enumerate() {
            if i > 0 {
                joined.push(CELL_SEPARATOR);
            }
            // Formula-like protection some exports write: ="00123", and a leading tab or quote mark.
            let cell = match cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')) {
                Some(inner) => inner,
                None => cell,
            };
            emit.push_cell(&mut joined, cell);
        }
        emit.row(row, joined)?;
    }
}

/// Whether a cell holds whole rows of the table, line by line: its quote was never closed.
fn swallows_rows(cell: &str, separator: u8, width: usize) -> bool {
    if width < 2 || !cell.contains('\n') {
        return false;
    }
    // The first line belongs to the cell, the last may be cut where a later quote closed it.
    let mut lines = cell.lines().skip(1).peekable();
    let mut rows = 0;
    while let Some(line) = lines.next() {
        if lines.peek().is_none() && rows < 2 && !cell.ends_with('\n') {
            return false;
        }
        if line.bytes().filter(|b| *b == separator).count() + 1 != width {
            return lines.peek().is_none() && rows >= 2;
        }
        rows += 1;
    }
    rows >= 2
}

struct Scan {
    encoding: &'static Encoding,
    /// Bytes of a byte order mark.
    skip: usize,
    /// Every byte is valid UTF-8: no decoding needed.
    clean_utf8: bool,
    /// The last visible byte is a quotation mark.
    ends_quoted: bool,
    sample: Vec<u8>,
}

/// Reads the file once to tell its encoding: Chinese characters may first appear far down.
fn scan<R: Read>(name: &str, reader: &mut R) -> Result<Scan, ReadError> {
    let mut sample = Vec::new();
    let mut buffer = vec![0u8; 1 << 20];
    let mut carry: Vec<u8> = Vec::new();
    let mut valid = true;
    let mut line = 0usize;
    let mut hard = Vec::new();
    let mut last = 0u8;
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        let chunk = &buffer[..n];
        last = chunk.iter().rfind(|b| !b.is_ascii_whitespace() && **b != 0).copied().unwrap_or(last);
        if sample.len() < SAMPLE {
            sample.extend_from_slice(&chunk[..n.min(SAMPLE - sample.len())]);
        }
        match chunk.iter().rposition(|b| *b == b'\n') {
            Some(at) => line = n - at,
            None => line += n,
        }
        if line > MAX_LINE {
            return Err(ReadError::Damaged {
                file: name.to_owned(), detail: "没有换行，不是表格文本".to_owned()
            });
        }
        if valid {
            let joined;
            let bytes: &[u8] = if carry.is_empty() {
                chunk
            } else {
                joined = [carry.as_slice(), chunk].concat();
                &joined
            };
            match std::str::from_utf8(bytes) {
                Ok(_) => carry.clear(),
                Err(e) if e.error_len().is_none() => carry = bytes[e.valid_up_to()..].to_vec(),
                Err(e) => {
                    valid = false;
                    // What comes around the first odd byte tells the encoding best.
                    let from = e.valid_up_to();
                    hard = bytes[from..bytes.len().min(from + SAMPLE)].to_vec();
                }
            }
        }
    }
    valid &= carry.is_empty() || sample.len() < 4;
    let ends_quoted = last == b'"';
    if let Some((encoding, skip)) = Encoding::for_bom(&sample) {
        return Ok(Scan { encoding, skip, clean_utf8: valid && encoding == UTF_8, ends_quoted, sample });
    }
    if valid && !sample.contains(&0) {
        return Ok(Scan { encoding: UTF_8, skip: 0, clean_utf8: true, ends_quoted, sample });
    }
    let encoding = if hard.is_empty() { guess(&sample) } else { guess_of(&sample, &hard) };
    Ok(Scan { encoding, skip: 0, clean_utf8: false, ends_quoted, sample })
}

fn guess_of(sample: &[u8], hard: &[u8]) -> &'static Encoding {
    let early = guess(sample);
    if early == UTF_16LE || early == UTF_16BE || !sample.is_ascii() { early } else { guess(hard) }
}

/// Tells the encoding of bytes without a mark: UTF-8, UTF-16, GB18030 or Big5.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (mut even, mut odd) = (0usize, 0usize);
    for (i, b) in sample.iter().enumerate() {
        if *b == 0 {
            if i.is_multiple_of(2) { even += 1 } else { odd += 1 }
        }
    }
    if odd > sample.len() / 20 && even * 4 < odd {
        return UTF_16LE;
    }
    if even > sample.len() / 20 && odd * 4 < even {
        return UTF_16BE;
    }
    // A UTF-8 file with a few broken bytes (cut, or pasted together) is still UTF-8.
    let text = String::from_utf8_lossy(sample);
    let bad = text.chars().filter(|c| *c == '\u{fffd}').count();
    let good = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if bad * 20 <= good {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    if guessed == BIG5 && !GB18030.decode_without_bom_handling(sample).1 {
        // Both read without a fault: characters in daily use decide.
        return if common(&GB18030.decode_without_bom_handling(sample).0)
            >= common(&BIG5.decode_without_bom_handling(sample).0)
        {
            GB18030
        } else {
            BIG5
        };
    }
    if guessed == BIG5 { BIG5 } else { GB18030 }
}

/// Frequent characters of tables, in both scripts.
fn common(text: &str) -> usize {
    text.chars()
        .filter(|c| "的一是不了在人有我他这中大来上国个到说们为业企号称名区县额收入年月日數業區縣額稱號".contains(*c))
        .count()
}

/// Whole text of a small file or its start.
pub(super) fn decode_all(bytes: &[u8]) -> String {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| told(bytes), |(encoding, _)| encoding);
    encoding.decode(bytes).0.into_owned()
}

/// The encoding of a whole text without a mark.
fn told(bytes: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => UTF_8,
        Ok(_) => guess(bytes),
        Err(e) => {
            let from = e.valid_up_to();
            guess_of(&bytes[..bytes.len().min(SAMPLE)], &bytes[from..bytes.len().min(from + SAMPLE)])
        }
    }
}

/// The text of a whole file in any of the encodings that tables come in; `None` when the bytes are no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let text = decode_all(bytes);
    is_text(&text).then_some(text)
}

/// Refuses bytes that are no text.
fn check_text(name: &str, sample: &str) -> Result<(), ReadError> {
    if !is_text(sample) {
        return Err(ReadError::UnknownFormat(name.to_owned()));
    }
    if sample.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '"')) && sample.len() < SAMPLE {
        return Err(ReadError::Empty(name.to_owned()));
    }
    Ok(())
}

fn is_text(sample: &str) -> bool {
    // Undecodable bytes and zeros are foreign to any text; other control characters slip into exports of old systems,
    // but a tenth of them throughout is what noise has.
    let mut foreign = 0usize;
    let mut odd = 0usize;
    let mut all = 0usize;
    for c in sample.chars() {
        all += 1;
        foreign += usize::from(matches!(c, '\u{fffd}' | '\0'));
        odd += usize::from(c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}' | '\u{1a}' | '\u{1f}'));
    }
    foreign * 50 <= all && odd * 12 <= all + 64
}

/// The separator by which most lines fall into the same number of cells.
fn separator(sample: &str) -> u8 {
    let mut best = (0usize, 0usize, b',');
    for candidate in [b',', b'\t', b';', b'|'] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(candidate)
            .from_reader(sample.as_bytes());
        let mut widths: Vec<usize> = Vec::new();
        for record in reader.records().take(200).flatten() {
            widths.push(record.len());
        }
        // The last record of a sample may be cut.
        if widths.len() > 2 {
            widths.pop();
        }
        widths.retain(|w| *w > 1);
        let Some(mode) = widths.iter().copied().max_by_key(|w| (widths.iter().filter(|x| *x == w).count(), *w)) else {
            continue;
        };
        let same = widths.iter().filter(|w| **w == mode).count();
        // Consistency first, then the number of cells; commas also stand inside Chinese text rarely.
        let score = (same * mode, mode);
        if (score.0, score.1) > (best.0, best.1) {
            best = (score.0, score.1, candidate);
        }
    }
    best.2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_decoded_whatever_its_encoding() {
        let words = "全市共有企业797家，营业收入增长8.1%。";
        let late = format!("{}{words}", "plain ascii\n".repeat(40_000));
        for text in [words, late.as_str()] {
            assert_eq!(decode(text.as_bytes()).as_deref(), Some(text));
            assert_eq!(decode(&GB18030.encode(text).0).as_deref(), Some(text));
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(decode(&[&[0xff, 0xfe][..], &utf16].concat()).as_deref(), Some(text));
        }
        assert_eq!(decode(&[0xef, 0xbb, 0xbf, b'a']).as_deref(), Some("a"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), None);
    }
}
