//! Fonts of a document: what a code shows, how wide it is, whether the face travels with the file.

use crate::FontUse;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use std::collections::HashMap;

/// Bound on the size of a font's code map.
const MOST_MAP_BYTES: usize = 16 << 20;

/// The fonts met so far, each read once.
#[derive(Default)]
pub(crate) struct Fonts {
    list: Vec<Font>,
    by_object: HashMap<ObjectId, usize>,
}

pub(crate) struct Font {
    pub name: String,
    pub embedded: bool,
    /// Bytes of one code.
    pub code: usize,
    texts: HashMap<u32, String>,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

impl Font {
    /// What a code shows.
    pub fn text(&self, code: u32) -> &str {
        self.texts.get(&code).map_or("\u{fffd}", String::as_str)
    }

    /// Width of a code in thousandths of the size.
    pub fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.default_width)
    }
}

impl Fonts {
    pub fn get(&self, at: usize) -> &Font {
        &self.list[at]
    }

    pub fn used(&self) -> Vec<FontUse> {
        let font = |f: &Font| FontUse { name: f.name.clone(), embedded: f.embedded, glyphs: 0 };
        self.list.iter().map(font).collect()
    }

    /// The font of a resource entry. A font that cannot be read shows replacement characters.
    pub fn load(&mut self, document: &Document, entry: &Object) -> usize {
        let id = entry.as_reference().ok();
        if let Some(at) = id.and_then(|id| self.by_object.get(&id)) {
            return *at;
        }
        let dictionary = document.dereference(entry).ok().and_then(|(_, o)| o.as_dict().ok().cloned());
        self.list.push(read(document, &dictionary.unwrap_or_default()));
        let at = self.list.len() - 1;
        if let Some(id) = id {
            self.by_object.insert(id, at);
        }
        at
    }
}

fn read(document: &Document, font: &Dictionary) -> Font {
    let name = font.get(b"BaseFont").and_then(Object::as_name).map(|n| String::from_utf8_lossy(n).into_owned());
    let name = name.unwrap_or_default();
    // A subset is named ABCDEF+Face.
    let plain = name.split_once('+').filter(|(tag, _)| tag.len() == 6).map_or(name.as_str(), |(_, face)| face);
    let resolve =
        |d: &Dictionary, key: &[u8]| d.get(key).ok().and_then(|o| document.dereference(o).ok()).map(|(_, o)| o.clone());
    let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type0");
    let descendant = resolve(font, b"DescendantFonts")
        .and_then(|o| o.as_array().ok().and_then(|a| a.first()).cloned())
        .and_then(|o| document.dereference(&o).ok().and_then(|(_, o)| o.as_dict().ok().cloned()));
    let face = descendant.as_ref().unwrap_or(font);
    let type3 = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type3");
    let descriptor = resolve(face, b"FontDescriptor").and_then(|o| o.as_dict().ok().cloned());
    let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
    let embedded = type3 || descriptor.is_some_and(|d| files.iter().any(|f| d.has(f)));
    let mut widths = HashMap::new();
    let mut default_width = 0.0;
    if composite {
        default_width = resolve(face, b"DW").and_then(|o| o.as_float().ok()).map_or(1000.0, f64::from);
        if let Some(list) = resolve(face, b"W").and_then(|o| o.as_array().ok().cloned()) {
            cid_widths(document, &list, &mut widths);
        }
    } else if let Some(list) = resolve(font, b"Widths").and_then(|o| o.as_array().ok().cloned()) {
        let first = font.get(b"FirstChar").and_then(Object::as_i64).unwrap_or(0).clamp(0, 255) as u32;
        let values = list.iter().take(256).map(|o| o.as_float().map_or(0.0, f64::from));
        widths.extend(values.enumerate().map(|(i, w)| (first + i as u32, w)));
    }
    let code = if composite { 2 } else { 1 };
    Font { name: plain.to_owned(), embedded, code, texts: texts(document, font, composite), widths, default_width }
}

/// `W` of a CID font: `c [w …]` or `first last w`.
fn cid_widths(document: &Document, list: &[Object], widths: &mut HashMap<u32, f64>) {
    let mut rest = list.iter();
    while let (Some(first), Some(next)) = (rest.next(), rest.next()) {
        let Ok(first) = first.as_i64() else { return };
        let first = first.clamp(0, 0xffff) as u32;
        let next = document.dereference(next).map_or(next, |(_, o)| o);
        if let Ok(values) = next.as_array() {
            let values = values.iter().map(|o| o.as_float().map_or(0.0, f64::from));
            widths.extend(values.enumerate().map(|(i, w)| (first + i as u32, w)));
        } else if let (Ok(last), Some(Ok(width))) = (next.as_i64(), rest.next().map(Object::as_float)) {
            (first..=last.clamp(0, 0xffff) as u32).for_each(|c| {
                widths.insert(c, f64::from(width));
            });
        }
    }
}

fn texts(document: &Document, font: &Dictionary, composite: bool) -> HashMap<u32, String> {
    let mut out = HashMap::new();
    // The map to Unicode says most; the encoding is the way of fonts without one.
    let mapped = font.get_deref(b"ToUnicode", document).is_ok();
    let mut by_map = font.clone();
    if mapped {
        by_map.remove(b"Encoding");
    }
    let Ok(encoding) = by_map.get_font_encoding_with_limit(document, MOST_MAP_BYTES) else { return out };
    if let Encoding::UnicodeMapEncoding(map) = &encoding {
        let (codes, length) = if composite { (0..=0xffff_u32, 2) } else { (0..=0xff, 1) };
        for code in codes {
            if let Some(units) = map.get(code, length) {
                out.insert(code, String::from_utf16_lossy(&units));
            }
        }
    } else if !composite {
        for code in 0..=255_u8 {
            if let Ok(text) = encoding.bytes_to_string(&[code]) {
                out.insert(u32::from(code), text);
            }
        }
    }
    out
}
