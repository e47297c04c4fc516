//! Imposition 拼版: finished pages put on sheets of paper, for folding, for saving paper, for printing on both sides.
//!
//! Works on the finished PDF: every page becomes a form that is drawn in its place on a sheet, so its text, fonts and
//! drawings stay what they were. Tags, bookmarks and links belong to reading on a screen and are left behind.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// How pages come onto sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Two pages a side in the order of a folded and stapled booklet, filled up with blanks to four pages a sheet.
    Booklet,
    /// Two pages a side in reading order.
    TwoUp,
    /// One page a side at its own size, filled up with a blank to two pages a sheet.
    Duplex,
}

/// Paper for two pages a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    #[default]
    A3,
    A4,
}

/// Edge over which the printer turns a sheet to print its back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Long,
    Short,
}

/// A way to put pages on sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Imposition {
    pub layout: Layout,
    pub sheet: Sheet,
    /// How far the pages of each further sheet of a booklet move towards the fold, in millimetres: the paper inside
    /// sticks out and is trimmed.
    pub creep: f64,
    /// Backs are printed upside down when the printer turns sheets over the other edge than a reader turns the leaf.
    /// When not given, the printer is told to turn them as a reader does.
    pub turn: Option<Edge>,
}

/// Pages on sheets.
#[derive(Debug, Clone)]
pub struct Imposed {
    pub pdf: Vec<u8>,
    /// Sheets of paper when printed on both sides.
    pub sheets: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ImposeError {
    #[error("拼版时读不出刚生成的 PDF：{0}")]
    Unreadable(String),
    #[error("没有可以拼版的页面")]
    NoPages,
}

impl From<lopdf::Error> for ImposeError {
    fn from(e: lopdf::Error) -> Self {
        ImposeError::Unreadable(e.to_string())
    }
}

const MM: f64 = 72.0 / 25.4;

/// Differences of scale that come from rounding page sizes; drawing at the very size keeps lines sharp.
const SAME: f64 = 0.002;

/// One side of a sheet: page numbers from 1 by place, left before right or upper before lower; `None` stays blank.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Side {
    sheet: usize,
    back: bool,
    pages: Vec<Option<usize>>,
}

/// A rectangle with its lower left corner, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// A page taken out of the document.
struct Leaf {
    form: ObjectId,
    area: Area,
    /// Quarter turns against the clock that make it stand upright.
    turns: u8,
}

impl Leaf {
    fn is_flat(&self) -> bool {
        (self.area.width > self.area.height) != (self.turns % 2 == 1)
    }
}

/// Which page stands where: sides in the order in which they are printed.
fn sides(layout: Layout, pages: usize) -> Vec<Side> {
    let there = |page: usize| (page <= pages).then_some(page);
    match layout {
        Layout::Booklet => {
            let all = pages.next_multiple_of(4);
            let sheet = |k: usize| {
                let (first, last) = (2 * k + 1, all - 2 * k);
                [(false, [last, first]), (true, [first + 1, last - 1])].map(|(back, pages)| Side {
                    sheet: k,
                    back,
                    pages: pages.map(there).to_vec(),
                })
            };
            (0..all / 4).flat_map(sheet).collect()
        }
        Layout::TwoUp => (0..pages.div_ceil(2))
            .map(|k| Side { sheet: k / 2, back: k % 2 == 1, pages: vec![there(2 * k + 1), there(2 * k + 2)] })
            .collect(),
        Layout::Duplex => (0..pages.next_multiple_of(2))
            .map(|k| Side { sheet: k / 2, back: k % 2 == 1, pages: vec![there(k + 1)] })
            .collect(),
    }
}

/// Puts the pages of a PDF on sheets.
pub fn impose(pdf: &[u8], how: &Imposition) -> Result<Imposed, ImposeError> {
    let mut document = Document::load_mem(pdf)?;
    let ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    let leaves = ids.iter().map(|id| leaf(&mut document, *id)).collect::<Result<Vec<Leaf>, ImposeError>>()?;
    if leaves.is_empty() {
        return Err(ImposeError::NoPages);
    }
    // Turned pages among upright ones are turned back; a document of flat pages has flat halves of an upright sheet.
    let is_flat = leaves.iter().filter(|l| l.is_flat()).count() * 2 > leaves.len();
    let (width, height, slots) = match how.layout {
        Layout::Duplex => {
            let (width, height) = shown(leaves.iter().find(|l| l.is_flat() == is_flat).unwrap_or(&leaves[0]));
            (width, height, vec![Area { x: 0.0, y: 0.0, width, height }])
        }
        Layout::Booklet | Layout::TwoUp => halves(how.sheet, is_flat),
    };
    // A reader turns a leaf at the fold of a booklet, else at the left edge of the sheet.
    let natural = if how.layout == Layout::Booklet || width > height { Edge::Short } else { Edge::Long };
    let turn = how.turn.unwrap_or(natural);

    let sides = sides(how.layout, leaves.len());
    let sheets = sides.last().map_or(0, |side| side.sheet + 1);
    let tree = document.new_object_id();
    let mut pages = Vec::new();
    for side in &sides {
        let creep = if how.layout == Layout::Booklet { how.creep * MM * side.sheet as f64 } else { 0.0 };
        let mut content = String::new();
        if side.back && turn != natural {
            content.push_str(&format!("-1 0 0 -1 {} {} cm\n", number(width), number(height)));
        }
        let mut forms = Dictionary::new();
        for (slot, page) in side.pages.iter().enumerate() {
            let Some(leaf) = page.and_then(|page| leaves.get(page - 1)) else { continue };
            let area = slots[slot];
            let turns = (leaf.turns + u8::from(leaf.is_flat() != is_flat)) % 4;
            // Towards the fold, which lies between the halves.
            let shift = match (is_flat, slot) {
                (false, 0) => (creep, 0.0),
                (false, _) => (-creep, 0.0),
                (true, 0) => (0.0, -creep),
                (true, _) => (0.0, creep),
            };
            let name = format!("P{slot}");
            forms.set(name.as_str(), Object::Reference(leaf.form));
            content.push_str(&format!(
                "q {} {} {} {} re W n {} cm /{name} Do Q\n",
                number(area.x),
                number(area.y),
                number(area.width),
                number(area.height),
                placed(leaf.area, turns, area, shift),
            ));
        }
        let mut stream = Stream::new(Dictionary::new(), content.into_bytes());
        stream.compress()?;
        let contents = document.add_object(stream);
        pages.push(document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), real(width), real(height)],
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => contents,
        }));
    }
    let count = pages.len();
    document.set_object(
        tree,
        dictionary! {
            "Type" => "Pages",
            "Count" => count as i64,
            "Kids" => pages.into_iter().map(Object::Reference).collect::<Vec<_>>(),
        },
    );
    rewrite_catalog(&mut document, tree, turn, count)?;
    document.prune_objects();
    document.renumber_objects();
    let mut out = Vec::new();
    document.save_to(&mut out).map_err(|e| ImposeError::Unreadable(e.to_string()))?;
    Ok(Imposed { pdf: out, sheets })
}

/// Size of a page as it is looked at.
fn shown(leaf: &Leaf) -> (f64, f64) {
    if leaf.turns % 2 == 1 { (leaf.area.height, leaf.area.width) } else { (leaf.area.width, leaf.area.height) }
}

/// The paper's width and height, and its two halves: side by side for upright pages, one above the other for flat ones.
fn halves(sheet: Sheet, is_flat: bool) -> (f64, f64, Vec<Area>) {
    let (short, long) = match sheet {
        Sheet::A3 => (297.0 * MM, 420.0 * MM),
        Sheet::A4 => (210.0 * MM, 297.0 * MM),
    };
    let half = long / 2.0;
    if is_flat {
        let area = |y| Area { x: 0.0, y, width: short, height: half };
        (short, long, vec![area(half), area(0.0)])
    } else {
        let area = |x| Area { x, y: 0.0, width: half, height: short };
        (long, short, vec![area(0.0), area(half)])
    }
}

/// The matrix that puts a page into an area: turned, as large as fits, in the middle but for the shift.
fn placed(page: Area, turns: u8, area: Area, shift: (f64, f64)) -> String {
    let (cos, sin): (f64, f64) = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][usize::from(turns % 4)];
    let (width, height) = if turns % 2 == 1 { (page.height, page.width) } else { (page.width, page.height) };
    let fit = (area.width / width).min(area.height / height);
    let scale = if (fit - 1.0).abs() < SAME { 1.0 } else { fit };
    // The middle of the page comes to the middle of the area.
    let (mx, my) = (page.x + page.width / 2.0, page.y + page.height / 2.0);
    let x = area.x + area.width / 2.0 + shift.0 - scale * (cos * mx - sin * my);
    let y = area.y + area.height / 2.0 + shift.1 - scale * (sin * mx + cos * my);
    [scale * cos, scale * sin, -scale * sin, scale * cos, x, y].map(number).join(" ")
}

/// A number as PDF writes it, exact to a thousandth of a point.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn real(value: f64) -> Object {
    Object::Real(((value * 1e4).round() / 1e4) as f32)
}

/// Makes a form of a page.
fn leaf(document: &mut Document, id: ObjectId) -> Result<Leaf, ImposeError> {
    let content = document.get_page_content(id);
    let entry = |key: &str| inherited(document, id, key).cloned();
    let bounds = entry("CropBox").or_else(|| entry("MediaBox"));
    let numbers: Vec<f64> = match bounds.as_ref().map(|b| document.dereference(b)) {
        Some(Ok((_, Object::Array(list)))) => {
            list.iter().filter_map(|v| document.dereference(v).ok()?.1.as_float().ok()).map(f64::from).collect()
        }
        _ => Vec::new(),
    };
    let [x0, y0, x1, y1] = numbers[..] else {
        return Err(ImposeError::Unreadable("页面没有尺寸".to_owned()));
    };
    let area = Area { x: x0.min(x1), y: y0.min(y1), width: (x1 - x0).abs(), height: (y1 - y0).abs() };
    if area.width < 1.0 || area.height < 1.0 {
        return Err(ImposeError::Unreadable("页面没有尺寸".to_owned()));
    }
    // PDF turns pages with the clock.
    let rotate = entry("Rotate").and_then(|r| r.as_i64().ok()).unwrap_or(0);
    let turns = ((-rotate / 90).rem_euclid(4)) as u8;
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![real(area.x), real(area.y), real(area.x + area.width), real(area.y + area.height)],
    };
    for key in ["Resources", "Group"] {
        if let Some(value) = entry(key) {
            form.set(key, value);
        }
    }
    let mut stream = Stream::new(form, content);
    stream.compress()?;
    Ok(Leaf { form: document.add_object(stream), area, turns })
}

/// An entry of a page, which it may have from the tree above it.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &str) -> Option<&'a Object> {
    let mut dict = document.get_dictionary(page).ok()?;
    // Trees are a few levels deep; a loop in a broken one must end.
    for _ in 0..64 {
        if let Ok(value) = dict.get(key.as_bytes()) {
            return Some(value);
        }
        dict = document.get_dictionary(dict.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}

/// Leaves what belongs to the paper: title, language, colours; tells the printer how to turn the sheets.
fn rewrite_catalog(document: &mut Document, tree: ObjectId, turn: Edge, pages: usize) -> Result<(), ImposeError> {
    let old = document.catalog()?.clone();
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    for key in ["Metadata", "Lang", "OutputIntents"] {
        if let Ok(value) = old.get(key.as_bytes()) {
            catalog.set(key, value.clone());
        }
    }
    let duplex = match turn {
        Edge::Long => "DuplexFlipLongEdge",
        Edge::Short => "DuplexFlipShortEdge",
    };
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true, "Duplex" => duplex, "PrintScaling" => "None" },
    );
    if let Ok(id) = old.get(b"Metadata").and_then(Object::as_reference)
        && let Ok(Object::Stream(stream)) = document.get_object_mut(id)
        && !stream.is_compressed()
    {
        let text = String::from_utf8_lossy(&stream.content).into_owned();
        const OPEN: &str = "<xmpTPg:NPages>";
        if let Some((before, after)) = text.split_once(OPEN)
            && let Some((_, rest)) = after.split_once('<')
        {
            stream.set_content(format!("{before}{OPEN}{pages}<{rest}").into_bytes());
        }
    }
    let id = document.add_object(catalog);
    document.trailer.set("Root", id);
    Ok(())
}

#[cfg(test)]
mod tests;
