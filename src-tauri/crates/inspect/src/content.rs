//! Content streams: the operators that place text and draw rules, followed with the graphics state.

use crate::font::Fonts;
use crate::{Colour, Glyph, POINT, Page, Rule};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// How deep forms within forms are followed.
const MOST_DEPTH: usize = 12;
/// Boxes thinner than this are rules.
const THIN: f64 = 1.2;

/// A transformation as PDF writes it.
type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn multiply(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    fill: Colour,
    stroke: Colour,
    weight: f64,
    font: Option<usize>,
    size: f64,
    spacing: f64,
    words: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

struct Reader<'d> {
    document: &'d Document,
    fonts: &'d mut Fonts,
    page: Page,
    /// From default user space to points from the upper left corner.
    place: Matrix,
    /// Bytes of content that may still be unpacked.
    left: usize,
}

/// Measures one page. What cannot be read is left out; the rest of the page is still measured.
pub(crate) fn page(document: &Document, id: ObjectId, fonts: &mut Fonts, most: usize) -> Page {
    let (frame, turn) = frame(document, id);
    let (w, h) = (frame[2] - frame[0], frame[3] - frame[1]);
    // The reader sees the page turned clockwise by `turn` degrees.
    let (place, size): (Matrix, _) = match turn {
        90 => ([0.0, 1.0, 1.0, 0.0, -frame[1], -frame[0]], (h, w)),
        180 => ([-1.0, 0.0, 0.0, 1.0, frame[2], -frame[1]], (w, h)),
        270 => ([0.0, -1.0, -1.0, 0.0, frame[3], frame[2]], (h, w)),
        _ => ([1.0, 0.0, 0.0, -1.0, -frame[0], frame[3]], (w, h)),
    };
    let page = Page { size: (size.0 / POINT, size.1 / POINT), ..Page::default() };
    let mut reader = Reader { document, fonts, page, place, left: most };
    let mut resources = Dictionary::new();
    if let Ok((own, inherited)) = document.get_page_resources(id) {
        let inherited = inherited.iter().rev().filter_map(|id| document.get_dictionary(*id).ok());
        inherited.chain(own).for_each(|d| d.iter().for_each(|(k, v)| resources.set(k.clone(), v.clone())));
    }
    if let Ok(bytes) = document.get_page_content_with_limit(id, most) {
        let state = State {
            matrix: UNIT,
            fill: Colour::default(),
            stroke: Colour::default(),
            weight: 1.0,
            font: None,
            size: 0.0,
            spacing: 0.0,
            words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        reader.run(&bytes, &resources, state, 0);
    }
    reader.page
}

/// Media box and rotation of a page, inherited where need be.
fn frame(document: &Document, id: ObjectId) -> ([f64; 4], i64) {
    let inherited = |key: &[u8]| -> Option<Object> {
        let mut at = document.get_dictionary(id).ok()?;
        for _ in 0..MOST_DEPTH {
            if let Ok(o) = at.get_deref(key, document) {
                return Some(o.clone());
            }
            at = at.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
        }
        None
    };
    let numbers: Vec<f64> = inherited(b"MediaBox")
        .and_then(|o| o.as_array().ok().map(|a| a.iter().filter_map(number).collect()))
        .unwrap_or_default();
    let frame = match numbers[..] {
        [a, b, c, d] => [a.min(c), b.min(d), a.max(c), b.max(d)],
        _ => [0.0, 0.0, 595.276, 841.89],
    };
    (frame, inherited(b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0).rem_euclid(360))
}

fn number(o: &Object) -> Option<f64> {
    match o {
        Object::Integer(i) => Some(*i as f64),
        Object::Real(r) => Some(f64::from(*r)),
        _ => None,
    }
}

/// Colour of the operands of a colour operator, by their count: grey, RGB or CMYK.
fn colour(n: &[f64]) -> Option<Colour> {
    match n[..] {
        [g] => Some(Colour(g, g, g)),
        [r, g, b] => Some(Colour(r, g, b)),
        [c, m, y, k] => Some(Colour((1.0 - c) * (1.0 - k), (1.0 - m) * (1.0 - k), (1.0 - y) * (1.0 - k))),
        _ => None,
    }
}

impl Reader<'_> {
    fn run(&mut self, bytes: &[u8], resources: &Dictionary, first: State, depth: usize) {
        if bytes.len() > self.left {
            return;
        }
        self.left -= bytes.len();
        let Ok(content) = Content::decode(bytes) else { return };
        let entry = |kind: &[u8], name: &[u8]| -> Option<Object> {
            let kind = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            kind.get(name).ok().cloned()
        };
        let mut state = first;
        let mut kept: Vec<State> = Vec::new();
        let (mut text, mut line) = (UNIT, UNIT);
        let mut path: Vec<Vec<(f64, f64)>> = Vec::new();
        for op in content.operations {
            let n: Vec<f64> = op.operands.iter().filter_map(number).collect();
            match (op.operator.as_str(), &n[..]) {
                ("q", _) if kept.len() < 256 => kept.push(state.clone()),
                ("Q", _) => state = kept.pop().unwrap_or(state),
                ("cm", [a, b, c, d, e, f]) => state.matrix = multiply([*a, *b, *c, *d, *e, *f], state.matrix),
                ("w", [w]) => state.weight = *w,
                ("g" | "rg" | "k" | "sc" | "scn", n) => state.fill = colour(n).unwrap_or(state.fill),
                ("G" | "RG" | "K" | "SC" | "SCN", n) => state.stroke = colour(n).unwrap_or(state.stroke),
                ("BT", _) => (text, line) = (UNIT, UNIT),
                ("Tf", [size]) => {
                    state.size = *size;
                    let font = op.operands.first().and_then(|o| o.as_name().ok()).and_then(|f| entry(b"Font", f));
                    state.font = font.map(|f| self.fonts.load(self.document, &f));
                }
                ("Tc", [v]) => state.spacing = *v,
                ("Tw", [v]) => state.words = *v,
                ("Tz", [v]) => state.scale = *v / 100.0,
                ("TL", [v]) => state.leading = *v,
                ("Ts", [v]) => state.rise = *v,
                ("Td" | "TD", [x, y]) => {
                    if op.operator == "TD" {
                        state.leading = -y;
                    }
                    line = multiply([1.0, 0.0, 0.0, 1.0, *x, *y], line);
                    text = line;
                }
                ("Tm", [a, b, c, d, e, f]) => {
                    line = [*a, *b, *c, *d, *e, *f];
                    text = line;
                }
                ("T*", _) => {
                    line = multiply([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    text = line;
                }
                ("Tj" | "'" | "\"", _) => {
                    if op.operator != "Tj" {
                        line = multiply([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                        text = line;
                    }
                    if let Some(Object::String(s, _)) = op.operands.last() {
                        self.show(s, &state, &mut text);
                    }
                }
                ("TJ", _) => {
                    for part in op.operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                        match part {
                            Object::String(s, _) => self.show(s, &state, &mut text),
                            part => {
                                let back = number(part).unwrap_or(0.0) / 1000.0 * state.size * state.scale;
                                text = multiply([1.0, 0.0, 0.0, 1.0, -back, 0.0], text);
                            }
                        }
                    }
                }
                ("m", [x, y]) => path.push(vec![apply(state.matrix, *x, *y)]),
                ("l", [x, y]) => {
                    if let Some(last) = path.last_mut() {
                        last.push(apply(state.matrix, *x, *y));
                    }
                }
                // A curve is no rule.
                ("c" | "v" | "y", _) => {
                    if let Some(last) = path.last_mut() {
                        last.push((f64::NAN, f64::NAN));
                    }
                }
                ("re", [x, y, w, h]) => {
                    let corners = [(*x, *y), (x + w, *y), (x + w, y + h), (*x, y + h)];
                    path.push(corners.iter().map(|(x, y)| apply(state.matrix, *x, *y)).collect());
                }
                ("S" | "s", _) => self.stroke(&std::mem::take(&mut path), &state),
                ("f" | "F" | "f*", _) => self.fill(&std::mem::take(&mut path), &state),
                ("B" | "B*" | "b" | "b*", _) => {
                    let drawn = std::mem::take(&mut path);
                    self.fill(&drawn, &state);
                    self.stroke(&drawn, &state);
                }
                ("n", _) => path.clear(),
                ("Do", _) if depth < MOST_DEPTH => {
                    let form = op.operands.first().and_then(|o| o.as_name().ok()).and_then(|f| entry(b"XObject", f));
                    let document = self.document;
                    let Some(stream) = form
                        .as_ref()
                        .and_then(|f| document.dereference(f).ok())
                        .and_then(|(_, o)| o.as_stream().ok())
                        .filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|t| t == b"Form"))
                    else {
                        continue;
                    };
                    let numbers: Vec<f64> = stream
                        .dict
                        .get_deref(b"Matrix", document)
                        .and_then(Object::as_array)
                        .map(|a| a.iter().filter_map(number).collect())
                        .unwrap_or_default();
                    let own: Matrix = numbers.try_into().unwrap_or(UNIT);
                    let inner = State { matrix: multiply(own, state.matrix), ..state.clone() };
                    let within = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict);
                    let within = within.cloned().unwrap_or_else(|_| resources.clone());
                    if let Ok(bytes) = stream.get_plain_content_with_limit(self.left) {
                        self.run(&bytes, &within, inner, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) {
        let Some(at) = state.font else { return };
        let length = self.fonts.get(at).code;
        for code in bytes.chunks_exact(length) {
            let number = code.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b));
            let font = self.fonts.get(at);
            let width = font.width(number) / 1000.0 * state.size;
            let space = if length == 1 && number == 32 { state.words } else { 0.0 };
            let whole = multiply(*text, multiply(state.matrix, self.place));
            let (x, y) = apply(whole, 0.0, state.rise);
            let (end, _) = apply(whole, width * state.scale, state.rise);
            // Length of a unit upright: what the size becomes on the page.
            let upright = whole[2].hypot(whole[3]);
            self.page.glyphs.push(Glyph {
                text: font.text(number).to_owned(),
                font: at,
                size: state.size * upright,
                x: x / POINT,
                y: y / POINT,
                width: (end - x).abs() / POINT,
                colour: state.fill,
            });
            let forth = (width + state.spacing + space) * state.scale;
            *text = multiply([1.0, 0.0, 0.0, 1.0, forth, 0.0], *text);
        }
    }

    fn stroke(&mut self, path: &[Vec<(f64, f64)>], state: &State) {
        let m = multiply(state.matrix, self.place);
        let weight = state.weight * (m[0] * m[3] - m[1] * m[2]).abs().sqrt() / POINT;
        for part in path {
            for ends in part.windows(2) {
                let (a, b) = (apply(self.place, ends[0].0, ends[0].1), apply(self.place, ends[1].0, ends[1].1));
                self.rule((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)), Some(weight), state.stroke);
            }
        }
    }

    fn fill(&mut self, path: &[Vec<(f64, f64)>], state: &State) {
        for part in path.iter().filter(|p| p.len() >= 4 && p.len() <= 5) {
            let corners: Vec<(f64, f64)> = part.iter().map(|(x, y)| apply(self.place, *x, *y)).collect();
            let least = corners.iter().fold((f64::MAX, f64::MAX), |l, c| (l.0.min(c.0), l.1.min(c.1)));
            let most = corners.iter().fold((f64::MIN, f64::MIN), |l, c| (l.0.max(c.0), l.1.max(c.1)));
            self.rule(least, most, None, state.fill);
        }
    }

    /// Keeps a thin box or a straight line; `weight` is that of a stroke.
    fn rule(&mut self, least: (f64, f64), most: (f64, f64), weight: Option<f64>, colour: Colour) {
        let (w, h) = ((most.0 - least.0) / POINT, (most.1 - least.1) / POINT);
        if !(w.is_finite() && h.is_finite()) || w.max(h) < 1.0 || w.min(h) > THIN {
            return;
        }
        let upright = h > w;
        self.page.rules.push(Rule {
            x: least.0 / POINT,
            y: least.1 / POINT + if upright { 0.0 } else { h / 2.0 },
            length: w.max(h),
            weight: weight.unwrap_or(w.min(h)),
            upright,
            colour,
        });
    }
}
