//! GB/T 9704-2012 党政机关公文格式, clause by clause, on measured pages.
//!
//! Lengths and their tolerances are those of the standard where it states any; others follow from its grid of 22 lines
//! by 28 characters in a 156 × 225 mm type area: 字距 156/28 mm, 行距 one character and 7/8. Tolerances without a source in the
//! standard allow for what print and measuring add, and stay below half of what one line or character more would change.

use crate::lines::is_wide;
use crate::{Layout, Line, POINT, Page, Rule};
use serde::Serialize;

const WIDTH: f64 = 156.0;
const HEIGHT: f64 = 225.0;
const TOP: f64 = 37.0;
const INNER: f64 = 28.0;
const LINES: usize = 22;
const CELLS: f64 = 28.0;
/// 2号, 3号, 4号 in points; 3号 is 16 in Word and 15.75 by the grid.
const SIZE_2: f64 = 22.0;
const SIZE_3: f64 = 16.0;
const SIZE_4: f64 = 14.0;
/// Part of an em above the baseline of a Chinese character.
const ASCENT: f64 = 0.88;

/// What was found for a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Pass,
    Fail,
    /// The document has nothing that the clause speaks of.
    Absent,
}

/// One clause with what was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// Number in the standard.
    pub clause: &'static str,
    pub name: &'static str,
    pub expected: String,
    pub measured: String,
    pub tolerance: String,
    pub verdict: Verdict,
    /// Pages at fault, counted from one.
    pub pages: Vec<usize>,
}

impl Clause {
    /// Whether the document breaks the clause.
    pub fn failed(&self) -> bool {
        self.verdict == Verdict::Fail
    }

    /// The verdict in words.
    pub fn title(&self) -> &'static str {
        match self.verdict {
            Verdict::Pass => "符合",
            Verdict::Fail => "不符",
            Verdict::Absent => "无此项",
        }
    }
}

/// Layouts of the standard that differ in head and foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// 文件式.
    Document,
    /// 信函格式 (10.1): known by its double rules of 170 mm.
    Letter,
    /// 纪要格式 (10.3): known by the last words of its mark.
    Minutes,
}

impl Kind {
    fn of(layout: &Layout) -> Kind {
        let page = &layout.pages[0];
        if page.rules.iter().any(|r| !r.upright && r.colour.is_red() && r.length > WIDTH + 5.0) {
            return Kind::Letter;
        }
        let mark: String = marks(page).iter().map(|l| l.text.trim()).collect();
        if mark.ends_with("纪要") { Kind::Minutes } else { Kind::Document }
    }
}

/// Judges a measured document.
pub fn judge(layout: &Layout) -> Vec<Clause> {
    let (body, kind) = (Body::of(layout), Kind::of(layout));
    let mut out = vec![paper(layout)];
    out.extend(area(&body, kind));
    out.extend(grid(&body, kind));
    out.extend(body_face(layout, &body));
    out.extend(levels(layout, &body));
    match kind {
        Kind::Letter => out.extend(letter(layout)),
        Kind::Document | Kind::Minutes => out.extend(head(layout, kind)),
    }
    out.push(title(layout, &body));
    out.extend(dates(layout));
    out.push(attachment_note(layout));
    if kind == Kind::Minutes {
        out.push(attendance(layout));
    }
    out.extend(page_numbers(layout));
    out.extend(if kind == Kind::Letter { letter_foot(layout) } else { imprint(layout) });
    out.push(fonts(layout));
    out
}

/// Lines of the mark of the issuing body, and of 文件 beside it.
fn marks(page: &Page) -> Vec<&Line> {
    page.lines.iter().filter(|l| l.red && l.size > 20.0 && l.baseline < 160.0).collect()
}

fn top_of(line: &Line) -> f64 {
    line.baseline - ASCENT * line.size / POINT
}

fn foot_of(line: &Line) -> f64 {
    line.baseline + (1.0 - ASCENT) * line.size / POINT
}

/// The running text: its size, and its lines page by page.
struct Body<'l> {
    size: f64,
    /// Page number from one, page, lines of the body's size from top to bottom.
    pages: Vec<(usize, &'l Page, Vec<&'l Line>)>,
}

impl<'l> Body<'l> {
    fn of(layout: &'l Layout) -> Body<'l> {
        // Running text has long lines, one character close to the next; a long table, whose rows have gaps between their
        // cells, or many charts may have more characters than it.
        let long = |l: &&Line| l.cells >= 18.0 && l.cells * l.size / POINT > 0.85 * (l.right - l.left);
        let some_long = layout.pages.iter().flat_map(|p| &p.lines).any(|l| long(&l));
        let mut sizes: Vec<(i64, f64)> = Vec::new();
        for line in layout.pages.iter().flat_map(|p| &p.lines).filter(|l| !some_long || long(l)) {
            let key = (line.size * 4.0).round() as i64;
            match sizes.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += line.cells,
                None => sizes.push((key, line.cells)),
            }
        }
        let size = sizes.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0.0, |(k, _)| *k as f64 / 4.0);
        let pages = layout.pages.iter().enumerate().filter(|(_, p)| p.size.0 < p.size.1).map(|(i, p)| {
            let own = p.lines.iter().filter(|l| (l.size - size).abs() <= 0.3 && !l.red && number_of(l).is_none());
            (i + 1, p, own.collect())
        });
        Body { size, pages: pages.collect() }
    }

    /// Whether the first line of a page stands at the top of the type area. On the first page nothing may stand above the
    /// mark but 份号, whose place others below it keep free, and that of a letter begins with its mark.
    fn begins_at_top(number: usize, page: &Page, lines: &[&Line], kind: Kind) -> bool {
        if number > 1 || marks(page).is_empty() {
            return true;
        }
        let copy_number = |l: &&Line| l.text.trim().chars().all(|c| c.is_ascii_digit());
        kind != Kind::Letter && lines.first().is_some_and(copy_number)
    }

    /// Lines that fill the measure, with their page: those the margins are read from. A text of one short line has none.
    fn full(&self) -> Vec<(usize, &'l Page, &'l Line)> {
        let lines = || self.pages.iter().flat_map(|(n, p, lines)| lines.iter().map(move |l| (*n, *p, *l)));
        let widest = lines().map(|(_, _, l)| l.right - l.left).fold(0.0, f64::max);
        lines().filter(|(_, _, l)| l.right - l.left > widest - 3.0 && l.cells >= 20.0).collect()
    }

    /// Lines that may begin a paragraph, with their page: not those at the left edge after a full line, which go on with it
    /// and may begin with the number of something cited.
    fn openings(&self) -> Vec<(usize, &'l Line)> {
        let (mut out, mut is_full) = (Vec::new(), false);
        for (n, _, lines) in &self.pages {
            let left = lines.iter().map(|l| l.left).fold(f64::MAX, f64::min);
            let right = lines.iter().map(|l| l.right).fold(f64::MIN, f64::max);
            for line in lines {
                let cell = line.size / POINT;
                if !is_full || line.left > left + 0.5 * cell {
                    out.push((*n, *line));
                }
                is_full = line.right > right - 1.5 * cell;
            }
        }
        out
    }
}

fn clause(
    clause: &'static str,
    name: &'static str,
    expected: impl Into<String>,
    measured: impl Into<String>,
    tolerance: impl Into<String>,
    faults: Option<Vec<usize>>,
) -> Clause {
    let verdict = match &faults {
        None => Verdict::Absent,
        Some(pages) if pages.is_empty() => Verdict::Pass,
        Some(_) => Verdict::Fail,
    };
    let (expected, measured, tolerance) = (expected.into(), measured.into(), tolerance.into());
    let mut pages = faults.unwrap_or_default();
    pages.dedup();
    Clause { clause, name, expected, measured, tolerance, verdict, pages }
}

fn absent(number: &'static str, name: &'static str, expected: &str) -> Clause {
    clause(number, name, expected, "无此要素", "", None)
}

/// What a document of this kind must have and does not.
fn missing(number: &'static str, name: &'static str, expected: &str, pages: Vec<usize>) -> Clause {
    clause(number, name, expected, "缺此要素", "", Some(pages))
}

/// Least and greatest of measured values as text.
fn span(values: &[f64], digits: usize, unit: &str) -> String {
    let least = values.iter().copied().fold(f64::MAX, f64::min);
    let most = values.iter().copied().fold(f64::MIN, f64::max);
    if values.is_empty() {
        "没有可量的行".to_owned()
    } else if format!("{least:.digits$}") == format!("{most:.digits$}") {
        format!("{least:.digits$}{unit}")
    } else {
        format!("{least:.digits$}—{most:.digits$}{unit}")
    }
}

/// The value that one in `part` of all lie below.
fn quantile(values: &mut [f64], part: usize) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / part).copied()
}

fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 2)
}

/// A clause on one value a page.
fn each(
    number: &'static str,
    name: &'static str,
    expected: f64,
    tolerance: f64,
    unit: &str,
    values: &[(usize, f64)],
) -> Clause {
    let faults = values.iter().filter(|(_, v)| (v - expected).abs() > tolerance).map(|(p, _)| *p).collect();
    let measured: Vec<f64> = values.iter().map(|(_, v)| *v).collect();
    let digits = if tolerance < 0.5 { 2 } else { 1 };
    clause(
        number,
        name,
        format!("{expected:.digits$}{unit}"),
        span(&measured, digits, unit),
        format!("±{tolerance}{unit}"),
        (!values.is_empty()).then_some(faults),
    )
}

fn paper(layout: &Layout) -> Clause {
    let off = |p: &Page| {
        let (short, long) = (p.size.0.min(p.size.1), p.size.0.max(p.size.1));
        (short - 210.0).abs() > 1.0 || (long - 297.0).abs() > 1.0
    };
    let faults = (1..).zip(&layout.pages).filter(|(_, p)| off(p)).map(|(n, _)| n).collect();
    let (w, h) = layout.pages[0].size;
    clause("5.1", "纸张幅面", "A4，210×297 mm", format!("{w:.1}×{h:.1} mm"), "±1 mm", Some(faults))
}

/// Ends of what a line prints: a mark at its beginning or end may have lost the empty half of its cell.
fn edges(line: &Line) -> (f64, f64) {
    let half = 0.5 * line.size / POINT;
    let (text, opening, closing) = (line.text.trim(), "《“‘（〔【", "，。、；：？！》”’）〕】");
    let left = if text.starts_with(|c| opening.contains(c)) { half } else { 0.0 };
    let right = if text.ends_with(|c| closing.contains(c)) { half } else { 0.0 };
    (line.left + left, line.right - right)
}

/// Margins and type area 版心.
fn area(body: &Body, kind: Kind) -> Vec<Clause> {
    let full = body.full();
    let mut left: Vec<(usize, f64)> = Vec::new();
    let mut width: Vec<(usize, f64)> = Vec::new();
    for (n, page, lines) in &body.pages {
        // Where every paragraph ends on its second line, the full ones are all indented: short ones show the left edge.
        let own = || full.iter().filter(|(at, _, _)| at == n).map(|(_, _, l)| l);
        let least = lines.iter().map(|l| edges(l).0).reduce(f64::min);
        let (least, most) = (own().next().and(least), own().map(|l| edges(l).1).reduce(f64::max));
        if let (Some(least), Some(most)) = (least, most) {
            // The binding edge is left on odd pages and right on even ones.
            left.push((*n, if n % 2 == 1 { least } else { page.size.0 - most }));
            width.push((*n, most - least));
        }
    }
    let ascent = ASCENT * body.size / POINT;
    // Only a page whose text begins at the top and runs to the foot shows both edges.
    let whole: Vec<(usize, f64, f64)> = body
        .pages
        .iter()
        .filter_map(|(n, page, lines)| {
            let (first, last) = (lines.first()?, lines.last()?);
            if !Body::begins_at_top(*n, page, lines, kind) {
                return None;
            }
            let (top, bottom) = (first.baseline - ascent, last.baseline + (1.0 - ASCENT) * body.size / POINT);
            (bottom - top > HEIGHT * 0.88).then_some((*n, top, bottom))
        })
        .collect();
    let tops: Vec<(usize, f64)> = whole.iter().map(|(n, top, _)| (*n, *top)).collect();
    // A page may end early; the fullest one shows the height.
    let heights = whole.iter().map(|(n, top, bottom)| (*n, bottom - top)).max_by(|a, b| a.1.total_cmp(&b.1));
    let heights: Vec<(usize, f64)> = heights.into_iter().collect();
    vec![
        each("5.1", "天头", TOP, 1.0, " mm", &tops),
        each("5.1", "订口", INNER, 1.0, " mm", &left),
        each("5.1", "版心宽", WIDTH, 1.0, " mm", &width),
        each("5.1", "版心高", HEIGHT, 2.0, " mm", &heights),
    ]
}

/// Lines a page and characters a line.
fn grid(body: &Body, kind: Kind) -> Vec<Clause> {
    let places = |lines: &[&Line]| {
        let mut at: Vec<f64> = lines.iter().map(|l| l.baseline).collect();
        at.dedup_by(|a, b| (*a - *b).abs() < 1.0);
        at
    };
    // The pitch is that of the whole document: a page with a signature alone has few lines to tell it.
    let steps = |at: &[f64]| at.windows(2).map(|w| w[1] - w[0]).collect::<Vec<f64>>();
    let mut pitch: Vec<f64> = body.pages.iter().flat_map(|(_, _, lines)| steps(&places(lines))).collect();
    pitch.retain(|d| *d < 16.0);
    let usual = median(&mut pitch);
    let mut counts: Vec<(usize, f64)> = Vec::new();
    let mut stray: Vec<usize> = Vec::new();
    for (n, page, lines) in &body.pages {
        let at = places(lines);
        let (Some(step), Some(first), Some(last)) = (usual, at.first(), at.last()) else { continue };
        let run = last - first;
        if run > HEIGHT * 0.85 && Body::begins_at_top(*n, page, lines, kind) {
            counts.push((*n, (run / step).round() + 1.0));
        }
        // Every line of the running text sits on the page's grid, whatever stands between.
        if at.iter().any(|y| ((y - first) / step - ((y - first) / step).round()).abs() * step > 0.6) {
            stray.push(*n);
        }
    }
    // A line is a character of 3号 and seven eighths of one (3.5).
    let line = 15.75 * 1.875 / POINT;
    // A justified line is stretched, by much where a long word or number had to go to the next one; the ends of paragraphs
    // are not. So the lower quarter tells the grid, however few and loose the full lines are.
    let mut advance: Vec<f64> =
        body.pages.iter().flat_map(|(_, _, lines)| lines.iter().filter_map(|l| l.advance)).collect();
    let advance = quantile(&mut advance, 4);
    let cell = WIDTH / CELLS;
    let mut out = Vec::new();
    let pitches = usual.map(|p| (0, p)).into_iter().collect::<Vec<_>>();
    let mut of_pitch = each("5.2.3", "行距", line, 0.25, " mm", &pitches);
    of_pitch.pages.clear();
    out.push(of_pitch);
    // A page may end a line early to keep a heading with its text; none may hold more or all fewer.
    let most = counts.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    let some = most.map(|(n, c)| if c == LINES as f64 { vec![] } else { vec![n] });
    let seen: Vec<f64> = most.iter().map(|(_, c)| *c).collect();
    out.push(clause("5.2.3", "每面行数", "22 行", span(&seen, 0, " 行"), "无", some));
    let found = advance.map(|a| (WIDTH / a * 10.0).round() / 10.0);
    out.push(clause(
        "5.2.3",
        "每行字数",
        "28 字",
        found.map_or("没有可量的行".into(), |f| format!("{f} 字（字距 {:.3} mm）", advance.unwrap_or_default())),
        format!("字距 {cell:.3}±0.06 mm"),
        advance.map(|a| if (a - cell).abs() <= 0.06 { vec![] } else { vec![1] }),
    ));
    let words =
        if stray.is_empty() { "各行都在行格上".to_owned() } else { format!("{} 页有行离格", stray.len()) };
    out.push(clause("5.2.3", "行格", "正文各行落在同一行格上", words, "±0.6 mm", Some(stray)));
    out
}

/// Families by the words that their names carry; the standard's faces and their free stand-ins.
fn is_face(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|w| name.contains(w))
}
const FANG: &[&str] = &["fang", "仿宋"];
const HEI: &[&str] = &["hei", "黑体", "sans"];
const KAI: &[&str] = &["kai", "楷"];
const SONG: &[&str] = &["song", "宋", "serif", "ming", "sun"];

fn face<'l>(layout: &'l Layout, line: &Line) -> &'l str {
    layout.fonts.get(line.font).map_or("", |f| f.name.as_str())
}

fn body_face(layout: &Layout, body: &Body) -> Vec<Clause> {
    let mut faces: Vec<(usize, f64)> = Vec::new();
    for line in body.pages.iter().flat_map(|(_, _, lines)| lines) {
        match faces.iter_mut().find(|(f, _)| *f == line.font) {
            Some((_, n)) => *n += line.cells,
            None => faces.push((line.font, line.cells)),
        }
    }
    let most = faces.iter().max_by(|a, b| a.1.total_cmp(&b.1)).and_then(|(f, _)| layout.fonts.get(*f));
    let name = most.map_or("", |f| f.name.as_str());
    let fits = |ok: bool| Some(if ok { vec![] } else { vec![1] });
    let dark = layout.pages.iter().flat_map(|p| &p.glyphs).filter(|g| (g.size - body.size).abs() < 0.3);
    let coloured = dark.clone().filter(|g| g.colour.0.max(g.colour.1).max(g.colour.2) > 0.35 && !g.colour.is_red());
    let (all, off) = (dark.count().max(1), coloured.count());
    vec![
        clause(
            "5.2.2",
            "正文字号",
            "3 号（16 pt）",
            format!("{:.2} pt", body.size),
            "±0.3 pt",
            fits((body.size - SIZE_3).abs() <= 0.3),
        ),
        clause("5.2.2", "正文字体", "仿宋", name, "同类字体", fits(is_face(name, FANG) && !is_face(name, HEI))),
        clause(
            "5.2.4",
            "文字颜色",
            "黑色",
            format!("{off} 个字不是黑色，共 {all} 个"),
            "不超过 2%",
            fits(off * 50 <= all),
        ),
    ]
}

/// Faces of heading levels: 一、 黑体, （一） 楷体, 1. and （1） 仿宋.
fn levels(layout: &Layout, body: &Body) -> Vec<Clause> {
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let first = |t: &str| {
        let head: Vec<char> = t.chars().take_while(|c| chinese(*c)).collect();
        !head.is_empty() && t.chars().nth(head.len()) == Some('、') && t.chars().count() <= 28
    };
    let second = |t: &str| {
        t.strip_prefix('（').is_some_and(|r| {
            let n = r.chars().take_while(|c| chinese(*c)).count();
            n > 0 && r.chars().nth(n) == Some('）')
        })
    };
    let openings = body.openings();
    let mut out = Vec::new();
    type Is<'f> = &'f dyn Fn(&str) -> bool;
    let wanted: [(&str, &'static str, Is, &[&str]); 2] =
        [("黑体", "一级标题字体", &first, HEI), ("楷体", "二级标题字体", &second, KAI)];
    for (expected, name, is, words) in wanted {
        // The face of the mark itself: a heading may run into its paragraph.
        let found: Vec<(usize, &str)> = openings
            .iter()
            .filter(|(_, l)| is(l.text.trim()))
            .filter_map(|(n, l)| Some((*n, opening_face(layout, *n, l)?)))
            .collect();
        let faults = found.iter().filter(|(_, f)| !is_face(f, words)).map(|(n, _)| *n).collect();
        let mut names: Vec<&str> = found.iter().map(|(_, f)| *f).collect();
        names.sort_unstable();
        names.dedup();
        let some = (!found.is_empty()).then_some(faults);
        let measured = if found.is_empty() { "无此层次".to_owned() } else { names.join("、") };
        out.push(clause("7.3.3", name, expected, measured, "同类字体", some));
    }
    out
}

/// Face of the first Chinese characters of a line.
fn opening_face<'l>(layout: &'l Layout, page: usize, line: &Line) -> Option<&'l str> {
    let on_line = |g: &&crate::Glyph| (g.y - line.baseline).abs() < 0.5 && g.x >= line.left - 0.1 && g.x <= line.right;
    let mut glyphs: Vec<&crate::Glyph> = layout.pages[page - 1].glyphs.iter().filter(on_line).collect();
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let han = |g: &&&crate::Glyph| g.text.chars().all(|c| is_wide(c) && !"（）、“”，。：".contains(c));
    let mut words = glyphs.iter().filter(han);
    let first = words.next();
    let glyph = words.next().or(first).or(glyphs.first())?;
    layout.fonts.get(glyph.font).map(|f| f.name.as_str())
}

/// 版头: name of the issuing body, number, signers, red rule.
fn head(layout: &Layout, kind: Kind) -> Vec<Clause> {
    let page = &layout.pages[0];
    let mark = marks(page);
    let mut out = Vec::new();
    let (number_of_clause, name) =
        if kind == Kind::Minutes { ("10.3", "纪要标志") } else { ("7.2.4", "发文机关标志") };
    let expected = "红色小标宋，居中，上边缘距版心上边缘 35 mm";
    let top = mark.iter().map(|l| top_of(l)).reduce(f64::min);
    out.push(match (mark.first(), top) {
        (Some(line), Some(top)) => {
            let down = top - TOP;
            let off = middle_of(&mark) - (INNER + WIDTH / 2.0);
            let song = mark.iter().all(|l| is_face(face(layout, l), SONG));
            let fits = (down - 35.0).abs() <= 2.5 && off.abs() <= 2.0 && song;
            let measured = format!("距 {down:.1} mm，中线偏 {off:.1} mm，{}", face(layout, line));
            clause(
                number_of_clause,
                name,
                expected,
                measured,
                "±2.5 mm，±2 mm",
                Some(if fits { vec![] } else { vec![1] }),
            )
        }
        _ => absent(number_of_clause, name, expected),
    });
    if kind == Kind::Document {
        out.push(joint(page));
    }
    let number = document_number_of(page);
    out.push(number_form(number.as_ref()));
    if kind == Kind::Document {
        out.push(signers(layout, number.as_ref()));
    }
    let red: Option<&Rule> = page
        .rules
        .iter()
        .filter(|r| !r.upright && r.colour.is_red() && r.length > 100.0 && r.y < 200.0)
        .min_by(|a, b| a.y.total_cmp(&b.y));
    let expected = "红色，与版心等宽，在发文字号下 4 mm";
    out.push(match (red, &number) {
        (Some(rule), Some((line, _))) => {
            let gap = rule.y - foot_of(line);
            let fits = (rule.length - WIDTH).abs() <= 1.0 && (gap - 4.0).abs() <= 1.0;
            let measured = format!("长 {:.1} mm，距 {gap:.1} mm，粗 {:.2} mm", rule.length, rule.weight);
            clause("7.2.7", "版头分隔线", expected, measured, "±1 mm", Some(if fits { vec![] } else { vec![1] }))
        }
        (Some(rule), None) => {
            let fits = (rule.length - WIDTH).abs() <= 1.0;
            let measured = format!("长 {:.1} mm", rule.length);
            clause("7.2.7", "版头分隔线", expected, measured, "±1 mm", Some(if fits { vec![] } else { vec![1] }))
        }
        (None, _) if number.is_some() || !mark.is_empty() => missing("7.2.7", "版头分隔线", expected, vec![1]),
        (None, _) => absent("7.2.7", "版头分隔线", expected),
    });
    out
}

/// Middle of everything that lines cover from left to right.
fn middle_of(lines: &[&Line]) -> f64 {
    let left = lines.iter().map(|l| l.left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|l| l.right).fold(f64::MIN, f64::max);
    (left + right) / 2.0
}

/// 联合行文: names of the bodies, spread to one width, with 文件 at their right, at half their height.
fn joint(page: &Page) -> Clause {
    let expected = "“文件”在各机关名称右侧，上下居中";
    let mut red: Vec<&crate::Glyph> = page
        .glyphs
        .iter()
        .filter(|g| g.colour.is_red() && g.size > 12.0 && g.y < 160.0 && !g.text.trim().is_empty())
        .collect();
    red.sort_by(|a, b| a.x.total_cmp(&b.x));
    let nothing = || absent("7.2.4", "联合行文标志", expected);
    // 文件 are the two characters farthest to the right; names on one line have 文件 in it.
    let Some(names) = red.len().checked_sub(2).map(|n| &red[..n]) else { return nothing() };
    let file = &red[names.len()..];
    let mut rows: Vec<Vec<&crate::Glyph>> = Vec::new();
    for g in names {
        match rows.iter_mut().find(|row| (row[0].y - g.y).abs() < 1.0) {
            Some(row) => row.push(g),
            None => rows.push(vec![g]),
        }
    }
    if rows.len() < 2 || file.iter().map(|g| g.text.as_str()).collect::<String>() != "文件" {
        return nothing();
    }
    let top = |g: &crate::Glyph| g.y - ASCENT * g.size / POINT;
    let foot = |g: &crate::Glyph| g.y + (1.0 - ASCENT) * g.size / POINT;
    let span = |list: &[&crate::Glyph]| {
        let (a, b) = (list.iter().map(|g| top(g)), list.iter().map(|g| foot(g)));
        (a.fold(f64::MAX, f64::min) + b.fold(f64::MIN, f64::max)) / 2.0
    };
    let off = span(file) - span(names);
    let apart = |values: Vec<f64>| {
        let greatest = values.iter().copied().fold(f64::MIN, f64::max);
        greatest - values.iter().copied().fold(f64::MAX, f64::min)
    };
    let left = apart(rows.iter().map(|row| row[0].x).collect());
    let right = apart(rows.iter().filter_map(|row| row.last().map(|g| g.x + g.width)).collect());
    let ragged = left.max(right);
    let fits = off.abs() <= 2.0 && ragged <= 2.0;
    let measured = format!("{} 个机关，“文件”中线偏 {off:.1} mm，名称两端相差 {ragged:.1} mm", rows.len());
    clause("7.2.4", "联合行文标志", expected, measured, "±2 mm", Some(if fits { vec![] } else { vec![1] }))
}

type Number<'l> = (&'l Line, (String, bool));

fn document_number_of(page: &Page) -> Option<Number<'_>> {
    page.lines.iter().filter(|l| l.baseline < 200.0).find_map(|l| Some((l, document_number(&l.text)?)))
}

fn number_form(number: Option<&Number<'_>>) -> Clause {
    let form = "机关代字〔四位年份〕序号号，序号不编虚位";
    match number {
        Some((_, (text, right))) => {
            clause("7.2.5", "发文字号", form, text.as_str(), "无", Some(if *right { vec![] } else { vec![1] }))
        }
        None => absent("7.2.5", "发文字号", form),
    }
}

/// 上行文: 签发人 in 仿宋, names in 楷体, one character from the right edge; the number one character from the left, on the
/// line of the last name.
fn signers(layout: &Layout, number: Option<&Number<'_>>) -> Clause {
    let expected = "“签发人”仿宋，姓名楷体，右空一字；发文字号左空一字，与最后一个姓名同行";
    let page = &layout.pages[0];
    let Some(label) = page.lines.iter().find(|l| !l.red && l.text.contains("签发人")) else {
        return absent("7.2.6", "签发人", expected);
    };
    let limit = page
        .rules
        .iter()
        .filter(|r| !r.upright && r.colour.is_red() && r.length > 100.0)
        .map(|r| r.y)
        .fold(f64::MAX, f64::min);
    // Names stand right of the label, on its line and those below it down to the rule.
    let colon = page.glyphs.iter().find(|g| (g.y - label.baseline).abs() < 0.5 && (g.text == "：" || g.text == ":"));
    let from = colon.map_or(label.left, |g| g.x + g.width * 0.5);
    let names: Vec<&crate::Glyph> = page
        .glyphs
        .iter()
        .filter(|g| g.x > from && g.y > label.baseline - 0.5 && g.y < limit && !g.text.trim().is_empty())
        .collect();
    let name_of = |g: &crate::Glyph| layout.fonts.get(g.font).map_or("", |f| f.name.as_str());
    let kai = !names.is_empty() && names.iter().all(|g| is_face(name_of(g), KAI));
    let label_face = page
        .glyphs
        .iter()
        .find(|g| (g.y - label.baseline).abs() < 0.5 && g.text == "签")
        .is_some_and(|g| is_face(name_of(g), FANG));
    let cell = WIDTH / CELLS;
    let right = names.iter().map(|g| g.x + g.width).fold(f64::MIN, f64::max);
    let last = names.iter().map(|g| g.y).fold(f64::MIN, f64::max);
    let aside = INNER + WIDTH - right - cell;
    let (left, apart) = match number {
        Some((line, _)) => (line.left - INNER - cell, line.baseline - last),
        None => (0.0, 0.0),
    };
    let fits = kai && label_face && aside.abs() <= 1.5 && left.abs() <= 1.5 && apart.abs() <= 0.6;
    let measured = format!(
        "{}，右空差 {aside:.1} mm，字号左空差 {left:.1} mm、与末行差 {apart:.1} mm",
        if kai && label_face { "字体相符" } else { "字体不符" }
    );
    clause("7.2.6", "签发人", expected, measured, "±1.5 mm，同行 ±0.6 mm", Some(if fits { vec![] } else { vec![1] }))
}

/// 信函格式: mark 30 mm below the edge of the paper, double rules of 170 mm, number at the right below the first of them.
fn letter(layout: &Layout) -> Vec<Clause> {
    const LONG: f64 = 170.0;
    let page = &layout.pages[0];
    let (width, height) = page.size;
    let mark = marks(page);
    let verdict = |fits: bool| Some(if fits { vec![] } else { vec![1] });
    let mut out = Vec::new();
    let expected = "红色小标宋，居中，上边缘距上页边 30 mm";
    let top = mark.iter().map(|l| top_of(l)).reduce(f64::min);
    out.push(match top {
        Some(top) => {
            let off = middle_of(&mark) - (INNER + WIDTH / 2.0);
            let song = mark.iter().all(|l| is_face(face(layout, l), SONG));
            let measured = format!("距 {top:.1} mm，中线偏 {off:.1} mm，{}", face(layout, mark[0]));
            let fits = (top - 30.0).abs() <= 1.5 && off.abs() <= 2.0 && song;
            clause("10.1", "发文机关标志", expected, measured, "±1.5 mm，±2 mm", verdict(fits))
        }
        None => absent("10.1", "发文机关标志", expected),
    });
    let mut rules: Vec<&Rule> =
        page.rules.iter().filter(|r| !r.upright && r.colour.is_red() && r.length > WIDTH + 5.0).collect();
    rules.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (upper, lower): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|r| r.y < height / 2.0);
    let right_length = |rules: &[&Rule]| {
        rules.iter().all(|r| (r.length - LONG).abs() <= 1.0 && (r.x + r.length / 2.0 - width / 2.0).abs() <= 1.0)
    };
    let mut double = |name: &'static str,
                      expected: &'static str,
                      pair: &[&Rule],
                      gap: Option<f64>,
                      wanted: f64,
                      thick_first: bool| {
        let ([a, b], Some(gap)) = (pair, gap) else {
            let measured = format!("{} 条线", pair.len());
            out.push(clause("10.1", name, expected, measured, "±1 mm", verdict(false)));
            return;
        };
        let order = if thick_first { a.weight > b.weight } else { a.weight < b.weight };
        let measured =
            format!("长 {:.1} mm，距 {gap:.1} mm，粗 {:.2}、{:.2} mm", a.length.max(b.length), a.weight, b.weight);
        let fits = right_length(pair) && (gap - wanted).abs() <= 1.0 && order;
        out.push(clause("10.1", name, expected, measured, "±1 mm", verdict(fits)));
    };
    let below_mark = mark.iter().map(|l| foot_of(l)).reduce(f64::max);
    let first = upper.first().zip(below_mark).map(|(r, foot)| r.y - r.weight / 2.0 - foot);
    let expected = "上粗下细，长 170 mm，居中，距发文机关标志 4 mm";
    double("首条红色双线", expected, &upper, first, 4.0, true);
    let last = lower.last().map(|r| height - r.y - r.weight / 2.0);
    double("末条红色双线", "上细下粗，长 170 mm，居中，距下页边 20 mm", &lower, last, 20.0, false);
    let number = document_number_of(page);
    out.push(number_form(number.as_ref()));
    let expected = "顶格居版心右边缘，在首条红色双线下 3 号字高的 7/8";
    out.push(match (&number, upper.last()) {
        (Some((line, _)), Some(rule)) => {
            let gap = top_of(line) - rule.y - rule.weight / 2.0;
            let aside = INNER + WIDTH - line.right;
            let wanted = 0.875 * 15.75 / POINT;
            let fits = aside.abs() <= 1.5 && (gap - wanted).abs() <= 1.0;
            let measured = format!("距右边缘 {aside:.1} mm，距双线 {gap:.1} mm");
            let tolerance = format!("±1.5 mm，{wanted:.1}±1 mm");
            clause("10.1", "发文字号位置", expected, measured, tolerance, verdict(fits))
        }
        _ => absent("10.1", "发文字号位置", expected),
    });
    let shown = page.lines.iter().find(|l| number_of(l).is_some());
    let measured = shown.map_or_else(|| "不显示".to_owned(), |l| l.text.trim().to_owned());
    out.push(clause("10.1", "首页页码", "首页不显示页码", measured, "无", verdict(shown.is_none())));
    out
}

/// 版记 of a letter: neither rules nor 印发机关 and 印发日期, at the foot of the last page.
fn letter_foot(layout: &Layout) -> Vec<Clause> {
    let number = layout.pages.len();
    let page = &layout.pages[number - 1];
    let expected = "不加印发机关、印发日期和分隔线";
    let Some(copies) = page.lines.iter().find(|l| l.text.trim_start().starts_with("抄送")) else {
        return vec![absent("10.1", "版记", expected)];
    };
    let issued = page.lines.iter().any(|l| l.text.trim_end().ends_with("印发"));
    let ruled = page
        .rules
        .iter()
        .filter(|r| !r.upright && !r.colour.is_red() && (r.length - WIDTH).abs() <= 3.0 && r.y > 180.0)
        .count();
    let size = (copies.size - SIZE_4).abs() <= 0.5;
    let measured =
        format!("{ruled} 条分隔线，{}，{:.1} pt", if issued { "有印发一行" } else { "无印发一行" }, copies.size);
    let fits = !issued && ruled == 0 && size;
    vec![clause("10.1", "版记", expected, measured, "±0.5 pt", Some(if fits { vec![] } else { vec![number] }))]
}

/// 纪要: 出席, 请假 and 列席 in 黑体, two characters from the left.
fn attendance(layout: &Layout) -> Clause {
    let expected = "“出席”“请假”“列席”3 号黑体，左空二字";
    let lines = (1..).zip(&layout.pages).flat_map(|(n, p)| p.lines.iter().map(move |l| (n, l)));
    let named: Vec<(usize, &Line)> = lines
        .filter(|(_, l)| ["出席：", "请假：", "列席："].iter().any(|w| l.text.trim_start().starts_with(w)))
        .collect();
    let indent = 2.0 * WIDTH / CELLS;
    let mut off = 0.0_f64;
    let mut faults = Vec::new();
    let mut faces: Vec<&str> = Vec::new();
    for (n, line) in &named {
        let page = &layout.pages[n - 1];
        let inner = if n % 2 == 1 { INNER } else { page.size.0 - INNER - WIDTH };
        let away = line.left - inner - indent;
        off = if away.abs() > off.abs() { away } else { off };
        let face = opening_face(layout, *n, line).unwrap_or_default();
        faces.push(face);
        if away.abs() > 1.5 || !is_face(face, HEI) {
            faults.push(*n);
        }
    }
    if named.is_empty() {
        return absent("10.3", "出席人员", expected);
    }
    faces.dedup();
    clause("10.3", "出席人员", expected, format!("左空差 {off:.1} mm，{}", faces.join("、")), "±1.5 mm", Some(faults))
}

/// A document number in a line and whether its form is right: 〔2022〕45号 is; [2022], (2022), 【2022】, 〔22〕, 045号
/// and 第45号 are not.
fn document_number(text: &str) -> Option<(String, bool)> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    for (at, open) in chars.iter().enumerate() {
        if !"〔[【（(［".contains(*open) || at == 0 || !is_wide(chars[at - 1]) {
            continue;
        }
        let year: String = chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
        let after = at + 1 + year.len();
        if !(year.len() == 2 || year.len() == 4) || !chars.get(after).is_some_and(|c| "〕]】）)］".contains(*c)) {
            continue;
        }
        let mut next = after + 1;
        let ordinal = chars.get(next) == Some(&'第');
        next += usize::from(ordinal);
        let serial: String = chars[next.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).collect();
        if serial.is_empty() || chars.get(next + serial.len()) != Some(&'号') {
            continue;
        }
        let start =
            (0..at).rev().take_while(|i| is_wide(chars[*i]) && !"：，。".contains(chars[*i])).last().unwrap_or(at);
        let right = *open == '〔' && chars[after] == '〕' && year.len() == 4 && !ordinal && !serial.starts_with('0');
        return Some((chars[start..=next + serial.len()].iter().collect(), right));
    }
    None
}

fn title(layout: &Layout, body: &Body) -> Clause {
    let expected = "2 号小标宋，居中";
    let head = layout.pages[0].lines.iter();
    let lines: Vec<&Line> =
        head.filter(|l| !l.red && l.size > body.size + 2.0 && l.text.chars().any(is_wide)).collect();
    let Some(first) = lines.first() else { return absent("7.3.1", "标题", expected) };
    let off = lines.iter().map(|l| ((l.left + l.right) / 2.0 - INNER - WIDTH / 2.0).abs()).fold(0.0, f64::max);
    let fits = (first.size - SIZE_2).abs() <= 0.5 && off <= 2.0 && is_face(face(layout, first), SONG);
    let measured = format!("{:.1} pt，中线偏 {off:.1} mm，{}", first.size, face(layout, first));
    clause("7.3.1", "标题", expected, measured, "±0.5 pt，±2 mm", Some(if fits { vec![] } else { vec![1] }))
}

/// Dates of signature are Arabic and have no leading zero.
fn dates(layout: &Layout) -> Vec<Clause> {
    let mut faults = Vec::new();
    let mut found: Option<String> = None;
    for (n, page) in (1..).zip(&layout.pages) {
        for line in &page.lines {
            let text: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
            let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
            let Some((year, rest)) = text.split_once('年') else { continue };
            let Some((month, rest)) = rest.split_once('月') else { continue };
            let Some(day) = rest.strip_suffix('日') else { continue };
            if !(digits(year) && digits(month) && digits(day)) {
                continue;
            }
            if year.len() != 4 || month.starts_with('0') || day.starts_with('0') {
                faults.push(n);
            }
            found.get_or_insert(text);
        }
    }
    let some = found.is_some().then_some(faults);
    let measured = found.unwrap_or_else(|| "无此要素".into());
    vec![clause("7.3.5", "成文日期", "阿拉伯数字，年份全称，月日不编虚位", measured, "无", some)]
}

fn attachment_note(layout: &Layout) -> Clause {
    let expected = "名称后不加标点";
    let lines = (1..).zip(&layout.pages).flat_map(|(n, p)| p.lines.iter().map(move |l| (n, l)));
    let note = lines.filter(|(_, l)| l.text.trim_start().starts_with("附件：")).collect::<Vec<_>>();
    let Some((_, first)) = note.first() else { return absent("7.3.4", "附件说明", expected) };
    let ends = |l: &Line| l.text.trim_end().ends_with(['。', '；', '，', '.', ';']);
    let faults = note.iter().filter(|(_, l)| ends(l)).map(|(n, _)| *n).collect();
    clause("7.3.4", "附件说明", expected, first.text.trim(), "无", Some(faults))
}

/// The number that a line of a page's foot shows, `— 3 —`.
fn number_of(line: &Line) -> Option<usize> {
    let text: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_matches(['—', '-', '–', '－', '―', '一']);
    // Below the type area: the last row of a table may look alike.
    (bare.len() + 2 <= text.len() && line.baseline > TOP + HEIGHT + 1.0).then(|| bare.parse().ok()).flatten()
}

fn page_numbers(layout: &Layout) -> Vec<Clause> {
    let numbered: Vec<(usize, &Page, &Line)> = (1..)
        .zip(&layout.pages)
        .filter(|(_, p)| p.size.0 < p.size.1)
        .filter_map(|(n, p)| Some((n, p, p.lines.iter().find(|l| number_of(l).is_some())?)))
        .collect();
    let form = "4 号半角宋体数字，左右各一条一字线";
    let place = "单页居右空一字，双页居左空一字，一字线距版心下边缘 7 mm";
    if numbered.is_empty() {
        // A single sheet may go without.
        let pages: Vec<usize> = (1..=layout.pages.len()).collect();
        let form = if pages.len() > 1 {
            missing("7.5", "页码形式", form, pages)
        } else {
            absent("7.5", "页码形式", form)
        };
        return vec![form, absent("7.5", "页码位置", place)];
    }
    let wrong = |l: &Line| {
        let dashes = l.text.chars().filter(|c| *c == '—' || *c == '―').count();
        (l.size - SIZE_4).abs() > 0.5 || dashes != 2
    };
    let faults = numbered.iter().filter(|(_, _, l)| wrong(l)).map(|(n, _, _)| *n).collect();
    let first = numbered[0].2;
    let shown = format!("{}，{:.1} pt，{}", first.text.trim(), first.size, face(layout, first));
    let cell = SIZE_4 / POINT;
    let mut away: Vec<f64> = Vec::new();
    let mut off: Vec<usize> = Vec::new();
    for (n, page, line) in &numbered {
        let value = number_of(line).unwrap_or(*n);
        let aside = if value % 2 == 1 { INNER + WIDTH - line.right } else { line.left - (page.size.0 - INNER - WIDTH) };
        let dash = line.baseline - 0.36 * line.size / POINT;
        away.push(dash - (TOP + HEIGHT));
        if (aside - cell).abs() > 2.0 || (dash - (TOP + HEIGHT) - 7.0).abs() > 1.5 {
            off.push(*n);
        }
    }
    vec![
        clause("7.5", "页码形式", form, shown, "±0.5 pt", Some(faults)),
        clause("7.5", "页码位置", place, format!("距 {}", span(&away, 1, " mm")), "±1.5 mm", Some(off)),
    ]
}

/// 版记: rules and size on the last page.
fn imprint(layout: &Layout) -> Vec<Clause> {
    let number = layout.pages.len();
    let page = &layout.pages[number - 1];
    let mut rules: Vec<&Rule> = page
        .rules
        .iter()
        .filter(|r| !r.upright && !r.colour.is_red() && (r.length - WIDTH).abs() <= 3.0 && r.y > 180.0)
        .collect();
    rules.sort_by(|a, b| a.y.total_cmp(&b.y));
    let issued = page.lines.iter().find(|l| l.text.trim_end().ends_with("印发"));
    let names = ["首末线 0.35 mm，中间线 0.25 mm", "末条线与版心下边缘重合", "4 号"];
    let (Some(issued), true) = (issued, rules.len() >= 2) else {
        return vec![
            absent("7.4.1", "版记分隔线", names[0]),
            absent("7.4.1", "版记位置", names[1]),
            absent("7.4.2", "版记字号", names[2]),
        ];
    };
    let last = rules.len() - 1;
    let weights: Vec<f64> = rules.iter().map(|r| r.weight).collect();
    let fits = weights.iter().enumerate().all(|(i, w)| {
        let wanted = if i == 0 || i == last { 0.35 } else { 0.25 };
        (w - wanted).abs() <= 0.04
    });
    let verdict = |ok: bool| Some(if ok { vec![] } else { vec![number] });
    let shown: Vec<String> = weights.iter().map(|w| format!("{w:.2}")).collect();
    let bottom = rules[last].y - (TOP + HEIGHT);
    vec![
        clause("7.4.1", "版记分隔线", names[0], format!("{} mm", shown.join("、")), "±0.04 mm", verdict(fits)),
        clause("7.4.1", "版记位置", names[1], format!("差 {bottom:.1} mm"), "±1 mm", verdict(bottom.abs() <= 1.0)),
        clause(
            "7.4.2",
            "版记字号",
            names[2],
            format!("{:.1} pt", issued.size),
            "±0.5 pt",
            verdict((issued.size - SIZE_4).abs() <= 0.5),
        ),
    ]
}

fn fonts(layout: &Layout) -> Clause {
    let loose: Vec<&str> =
        layout.fonts.iter().filter(|f| f.glyphs > 0 && !f.embedded).map(|f| f.name.as_str()).collect();
    let measured =
        if loose.is_empty() { "全部嵌入".to_owned() } else { format!("未嵌入：{}", loose.join("、")) };
    clause("—", "字体嵌入", "全部嵌入", measured, "无", Some(if loose.is_empty() { vec![] } else { vec![1] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_are_judged_by_their_form() {
        let form = |t: &str| document_number(t);
        assert_eq!(form("兰科字〔2022〕45号"), Some(("兰科字〔2022〕45号".into(), true)));
        for wrong in [
            "兰科字[2022]45号",
            "兰科字（2022）45号",
            "兰科字【2022】45号",
            "兰科字〔22〕45号",
            "兰科字〔2022〕045号",
            "兰科字〔2022〕第45号",
        ] {
            assert!(matches!(form(wrong), Some((_, false))), "{wrong}");
        }
        assert_eq!(form("2022年第45号"), None);
        assert_eq!(form("增长（2022）"), None);
    }
}
