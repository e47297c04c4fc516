//! Tables: rows with several pieces that stand in columns.

use super::Block;
use super::lines::{Row, joined};
use crate::drafts::Writer;
use inspect::Rule;

/// A table by rows and columns.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Whether `next` is its other part on the next page: it repeats the head, or begins a page with as many columns.
    pub(super) fn goes_on(&self, next: &Table, opens: bool) -> bool {
        self.rows[0] == next.rows[0] || opens && self.rows[0].len() == next.rows[0].len()
    }

    pub(super) fn append(&mut self, next: &mut Table) {
        let head = self.rows.iter().zip(&next.rows).take_while(|(a, b)| a == b).count();
        self.rows.extend(next.rows.drain(head..));
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.table(self.rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    }
}

/// Lines closer than this cannot be rows of their own, in ems.
const CLOSE: f64 = 0.95;

/// Rows further apart than this are no table, in ems.
const APART: f64 = 4.5;

/// Parts the rows of a page into lines of prose and tables.
pub(super) fn blocks(rows: Vec<Row>, rules: &[Rule]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut zone: Vec<Row> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let below = rows.peek().filter(|next| next.pieces.len() > 1).map(|next| next.y - row.y);
        let next = |within: f64| below.is_some_and(|below| below < within * row.em);
        let last = |within: f64| zone.last().is_some_and(|last| row.y - last.y < within * last.em);
        // A line of one piece within a table is the rest of a cell, or a cell whose neighbours are empty. The first line
        // of a cell of two lines stands above the rest of its row.
        let within = !zone.is_empty() && inside(&row, &zone) && (last(3.2) && next(3.2) || last(1.6));
        let opens = zone.is_empty() && next(CLOSE);
        if row.pieces.len() > 1 || within || opens || last(3.2) && fills(&row, &zone) {
            if !zone.is_empty() && !last(APART) {
                table(std::mem::take(&mut zone), rules, &mut out);
            }
            zone.push(row);
        } else {
            table(std::mem::take(&mut zone), rules, &mut out);
            out.push(Block::Line(row));
        }
    }
    table(zone, rules, &mut out);
    out
}

/// Whether a line of one piece stands within one column of the rows above.
fn inside(row: &Row, zone: &[Row]) -> bool {
    let piece = &row.pieces[0];
    if super::is_note(&row.text()) {
        return false;
    }
    let widest = zone.iter().max_by_key(|r| r.pieces.len()).expect("a zone has rows");
    widest.pieces.iter().filter(|p| p.left() < piece.right() && piece.left() < p.right()).count() <= 1
        && piece.left() > zone.iter().map(Row::left).fold(f64::MAX, f64::min) - row.em
        && piece.right() - piece.left() < 0.6 * (widest.right() - widest.left())
}

/// Whether a row looks like one piece only because an entry fills its column up to the next: both begin where entries of
/// a row above do.
fn fills(row: &Row, zone: &[Row]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.25 * row.em;
    let runs = runs(row);
    zone.iter().any(|above| {
        near(above.left(), row.left())
            && above.pieces.iter().skip(1).any(|piece| runs.iter().skip(1).any(|run| near(piece.left(), run.0)))
    })
}

/// Makes a table of rows with several pieces, when they stand in columns; else their words follow each other.
fn table(zone: Vec<Row>, rules: &[Rule], out: &mut Vec<Block>) {
    let columns = columns(&zone);
    if columns.len() < 2 || zone.iter().filter(|row| row.pieces.len() > 1).count() < 2 {
        out.extend(zone.into_iter().map(Block::Line));
        return;
    }
    let mut lines: Vec<Vec<String>> = zone.iter().map(|row| cells(row, &columns)).collect();
    if zone.len() > 4 {
        fold(&mut lines);
    }
    out.push(Block::Table(Table { rows: grouped(&zone, &lines, rules) }));
}

/// Ends of what stands closely together in a row.
fn runs(row: &Row) -> Vec<(f64, f64)> {
    let mut runs: Vec<(f64, f64)> = Vec::new();
    for (_, left, right) in row.pieces.iter().flat_map(|p| &p.signs) {
        match runs.last_mut() {
            Some(run) if left - run.1 <= 0.4 * row.em => run.1 = run.1.max(*right),
            _ => runs.push((*left, *right)),
        }
    }
    runs
}

/// Left and right ends of the columns: what lies between strips that hardly any row crosses.
fn columns(zone: &[Row]) -> Vec<(f64, f64)> {
    let Some(em) = zone.first().map(|row| row.em) else { return Vec::new() };
    let mut ends: Vec<(f64, i32)> = Vec::new();
    for row in zone {
        ends.extend(runs(row).iter().flat_map(|(left, right)| [(*left, 1), (*right, -1)]));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    // A head over several columns crosses the strips between them; so may the odd long entry.
    let few = match zone.len() {
        0..4 => 0,
        4..24 => 1,
        n => i32::try_from(n / 12).unwrap_or(i32::MAX),
    };
    let mut columns: Vec<(f64, f64)> = Vec::new();
    let (mut depth, mut open) = (0, None::<f64>);
    for (x, step) in ends {
        depth += step;
        match open {
            None if depth > few => open = Some(x),
            Some(left) if depth <= few => {
                match columns.last_mut() {
                    Some(last) if left - last.1 < 0.4 * em => last.1 = x,
                    _ => columns.push((left, x)),
                }
                open = None;
            }
            _ => {}
        }
    }
    united(columns, zone)
}

/// A long entry that juts out of its column makes two of one: they are one when something runs over both and no row has
/// an entry of its own in each.
fn united(mut columns: Vec<(f64, f64)>, zone: &[Row]) -> Vec<(f64, f64)> {
    let mut at = 1;
    while at < columns.len() {
        let (a, b) = (columns[at - 1], columns[at]);
        let (mut over, mut both) = (false, false);
        for row in zone {
            let runs = runs(row);
            let touches = |c: (f64, f64)| runs.iter().position(|run| run.0 < c.1 && c.0 < run.1);
            match (touches(a), touches(b)) {
                (Some(x), Some(y)) if x == y => over = true,
                (Some(_), Some(_)) => both = true,
                _ => {}
            }
        }
        if over && !both {
            columns[at - 1].1 = columns[at].1;
            columns.remove(at);
        } else {
            at += 1;
        }
    }
    columns
}

/// The words of a row by column. A piece over several columns is parted only where there is some room.
fn cells(row: &Row, columns: &[(f64, f64)]) -> Vec<String> {
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
    let nearest = |left: f64, right: f64| -> usize {
        let away = |c: &(f64, f64)| (left - c.1).max(c.0 - right);
        (0..columns.len()).min_by(|a, b| away(&columns[*a]).total_cmp(&away(&columns[*b]))).expect("some column")
    };
    for part in row.pieces.iter().flat_map(|piece| parts(&piece.signs, row.em, &nearest)) {
        let mut run: Vec<(String, f64, f64)> = Vec::new();
        for sign in part {
            if let Some(last) = run.last()
                && sign.1 - last.2 > 0.18 * row.em
                && nearest(last.1, last.2) != nearest(sign.1, sign.2)
            {
                let done = std::mem::take(&mut run);
                cells[home(&done, &nearest)].push(joined(&done, row.em));
            }
            run.push(sign.clone());
        }
        cells[home(&run, &nearest)].push(joined(&run, row.em));
    }
    cells.into_iter().map(|cell| cell.join(" ")).collect()
}

/// Parts the characters of a piece where there is some room between what stands in one column and in the next: an entry
/// that juts out of its column is not torn.
fn parts<'s>(
    signs: &'s [(String, f64, f64)],
    em: f64,
    nearest: &dyn Fn(f64, f64) -> usize,
) -> Vec<&'s [(String, f64, f64)]> {
    let mut out: Vec<&[(String, f64, f64)]> = Vec::new();
    let mut from = 0;
    for run in signs.chunk_by(|a, b| b.1 - a.2 <= 0.4 * em) {
        let to = from + run.len();
        match out.last_mut() {
            Some(last) if home(last, nearest) == home(run, nearest) => *last = &signs[from - last.len()..to],
            _ => out.push(run),
        }
        from = to;
    }
    out
}

/// Puts columns that hold a single entry, such as a head over two others, into their neighbours.
fn fold(lines: &mut [Vec<String>]) {
    for column in (0..lines[0].len()).rev() {
        if lines[0].len() < 3 || lines.iter().filter(|line| !line[column].is_empty()).count() > 1 {
            continue;
        }
        for line in lines.iter_mut() {
            let cell = line.remove(column);
            let left = column.checked_sub(1).filter(|left| line[*left].is_empty());
            let place = left.unwrap_or_else(|| column.min(line.len() - 1));
            line[place] = format!("{cell}{}", line[place]);
        }
    }
}

/// The column of a run of characters: the first it touches.
fn home(run: &[(String, f64, f64)], nearest: &dyn Fn(f64, f64) -> usize) -> usize {
    let right = run.iter().map(|s| s.2).fold(f64::MIN, f64::max);
    nearest(run[0].1, right)
}

/// Puts the lines of cells together. Where rules part the rows, they tell; else rows stand further apart than the lines
/// within them.
fn grouped(zone: &[Row], lines: &[Vec<String>], rules: &[Rule]) -> Vec<Vec<String>> {
    let (left, right) = zone.iter().fold((f64::MAX, f64::MIN), |(l, r), row| (l.min(row.left()), r.max(row.right())));
    let parted = |at: usize| {
        rules.iter().any(|rule| {
            let over = (rule.x + rule.length).min(right) - rule.x.max(left);
            !rule.upright && over > 0.5 * (right - left) && zone[at - 1].y < rule.y && rule.y < zone[at].y
        })
    };
    if (1..zone.len()).filter(|at| parted(*at)).count() * 3 >= zone.len() {
        return merged(lines, parted);
    }
    let apart = |most: f64| move |at: usize| zone[at].y - zone[at - 1].y > most;
    if let Some(most) = line_pitch(zone, lines).map(|pitch| 1.1 * pitch) {
        let groups = merged(lines, apart(most));
        if !merges_rows(lines, apart(most)) {
            return groups;
        }
    }
    merged(lines, |at| zone[at].y - zone[at - 1].y > CLOSE * zone[at].em)
}

/// Joins each line to the one above unless `parted` says that a row begins with it.
fn merged(lines: &[Vec<String>], parted: impl Fn(usize) -> bool) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match out.last_mut().filter(|_| !parted(at)) {
            Some(cells) => cells.iter_mut().zip(line).for_each(|(cell, more)| cell.push_str(more)),
            None => out.push(line.clone()),
        }
    }
    out
}

/// From one line of a cell to the next, when some entries of the columns follow each other closer than others.
fn line_pitch(zone: &[Row], lines: &[Vec<String>]) -> Option<f64> {
    let mut steps: Vec<f64> = Vec::new();
    for column in 0..lines[0].len() {
        let entries: Vec<f64> =
            lines.iter().zip(zone).filter(|(line, _)| !line[column].is_empty()).map(|(_, row)| row.y).collect();
        steps.extend(entries.windows(2).map(|pair| pair[1] - pair[0]));
    }
    let least = steps.iter().copied().fold(f64::MAX, f64::min);
    let most = steps.iter().copied().fold(0.0, f64::max);
    (most > 1.2 * least && least < 1.7 * zone[0].em).then_some(least)
}

/// Whether lines of numbers in the same columns would become one: then they are rows, however close.
fn merges_rows(lines: &[Vec<String>], parted: impl Fn(usize) -> bool) -> bool {
    let number = |cell: &String| {
        cell.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && cell.chars().all(|c| c.is_ascii_digit() || ".,%-".contains(c))
    };
    let mut seen: Vec<bool> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if at == 0 || parted(at) {
            seen = vec![false; line.len()];
        }
        for (seen, _) in seen.iter_mut().zip(line).filter(|(_, cell)| number(cell)) {
            if std::mem::replace(seen, true) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::lines::Piece;
    use super::*;

    /// A row of characters of one millimetre.
    fn row(y: f64, pieces: &[(&str, f64)]) -> Row {
        let piece = |(text, left): &(&str, f64)| {
            let sign = |(i, c): (usize, char)| (c.to_string(), left + i as f64, left + i as f64 + 1.0);
            Piece { signs: text.chars().enumerate().map(sign).collect() }
        };
        let pieces = pieces.iter().map(piece).collect();
        Row { pieces, y, em: 1.0, marked: false }
    }

    fn tables(rows: Vec<Row>) -> Vec<Vec<Vec<String>>> {
        let blocks = blocks(rows, &[]).into_iter();
        blocks.filter_map(|b| if let Block::Table(t) = b { Some(t.rows) } else { None }).collect()
    }

    #[test]
    fn rows_in_columns_are_a_table_and_prose_is_not() {
        let rows = vec![
            row(0.0, &[("全市情况如下", 0.0)]),
            row(4.0, &[("领域", 0.0), ("家数", 20.0), ("占比", 30.0)]),
            row(6.0, &[("新材料", 0.0), ("55", 21.0), ("8.1", 30.0)]),
            row(8.0, &[("合计", 0.0), ("681", 20.0)]),
            row(12.0, &[("以上为台账数", 0.0)]),
        ];
        let expected = [["领域", "家数", "占比"], ["新材料", "55", "8.1"], ["合计", "681", ""]];
        assert_eq!(tables(rows), [expected.map(|row| row.map(str::to_owned).to_vec()).to_vec()]);
    }

    #[test]
    fn an_entry_that_fills_its_column_does_not_end_the_table() {
        let mut rows = vec![
            row(0.0, &[("参数", 2.0), ("数值", 8.0)]),
            row(2.0, &[("地区", 0.0), ("某市", 6.6)]),
            row(4.0, &[("台账企业范围高新技术企业", 0.0)]),
            row(6.0, &[("时点", 0.0), ("年末", 6.6)]),
        ];
        // Six characters, six tenths of one, the next entry.
        for sign in rows[2].pieces[0].signs.iter_mut().skip(6) {
            sign.1 += 0.6;
            sign.2 += 0.6;
        }
        let [table] = &tables(rows)[..] else { panic!("one table") };
        assert_eq!(table[2], ["台账企业范围", "高新技术企业"]);
        assert_eq!(table.len(), 4);
    }

    #[test]
    fn the_lines_of_a_cell_are_put_together_and_a_head_over_columns_parts_nothing() {
        let rows = vec![
            row(0.0, &[("领域", 0.0), ("收入与家数合计情况", 14.0)]),
            row(2.0, &[("收入", 14.0), ("家数", 22.0)]),
            row(4.0, &[("生物与", 0.0)]),
            row(4.7, &[("48", 14.0), ("7", 22.0)]),
            row(5.4, &[("新医药", 0.0)]),
            row(7.4, &[("其他", 0.0), ("12", 14.0), ("3", 22.0)]),
        ];
        let [table] = &tables(rows)[..] else { panic!("one table") };
        assert_eq!(table[2], ["生物与新医药", "48", "7"]);
        assert_eq!(table[3], ["其他", "12", "3"]);
    }
}
