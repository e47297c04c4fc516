//! How pages look: small grey pictures under `tests/reference`, compared with some tolerance.
//!
//! After a wanted change of looks run once with `YANCE_UPDATE_LOOKS=1` and look at the new pictures before committing
//! them. A failing run leaves the page it saw beside the compiler's other output and says where.

mod common;

use common::*;
use serde_json::json;
use std::path::{Path, PathBuf};
use typeset::Pages;

/// Pixels per inch: enough to see a column move or a line vanish, small enough to commit.
const PPI: f64 = 40.0;
/// Mean difference of a page in grey levels of 255.
const PAGE_LIMIT: f64 = 0.8;
/// Mean difference of one tile of 16 × 16 pixels.
const TILE_LIMIT: f64 = 22.0;

struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn decode(bytes: &[u8]) -> Grey {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut buffer = vec![0; reader.output_buffer_size().expect("fits memory")];
    let info = reader.next_frame(&mut buffer).expect("a picture");
    let step = info.color_type.samples();
    let pixels =
        buffer[..info.buffer_size()]
            .chunks(step)
            .map(|p| {
                if step >= 3 {
                    ((u32::from(p[0]) * 3 + u32::from(p[1]) * 6 + u32::from(p[2])) / 10) as u8
                } else {
                    p[0]
                }
            })
            .collect();
    Grey { width: info.width as usize, height: info.height as usize, pixels }
}

fn save(picture: &Grey, path: &Path) {
    let file = std::fs::File::create(path).expect("reference folder is writable");
    let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().and_then(|mut w| w.write_image_data(&picture.pixels)).expect("written");
}

/// Mean difference of the page and of its worst tile.
fn difference(a: &Grey, b: &Grey) -> (f64, f64) {
    let at = |g: &Grey, x: usize, y: usize| f64::from(g.pixels[y * g.width + x]);
    let mut total = 0.0;
    let mut worst: f64 = 0.0;
    for top in (0..a.height).step_by(16) {
        for left in (0..a.width).step_by(16) {
            let mut sum = 0.0;
            let mut n = 0.0;
            for y in top..(top + 16).min(a.height) {
                for x in left..(left + 16).min(a.width) {
                    sum += (at(a, x, y) - at(b, x, y)).abs();
                    n += 1.0;
                }
            }
            total += sum;
            worst = worst.max(sum / n);
        }
    }
    (total / (a.width * a.height) as f64, worst)
}

/// Compares pages with the pictures agreed on, or takes them as the new ones.
fn compare(wanted: &[(&str, &Pages, usize)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let refresh = std::env::var_os("YANCE_UPDATE_LOOKS").is_some();
    let mut complaints = Vec::new();
    for (name, pages, page) in wanted {
        let seen = decode(&pages.png(*page, PPI).expect("renders"));
        let path = folder.join(format!("{name}.png"));
        if refresh {
            save(&seen, &path);
            continue;
        }
        let agreed = match std::fs::read(&path) {
            Ok(bytes) => decode(&bytes),
            Err(e) => panic!("{}: {e}. Run with YANCE_UPDATE_LOOKS=1.", path.display()),
        };
        let verdict = if (agreed.width, agreed.height) != (seen.width, seen.height) {
            Some(format!("{name}: the page has another size"))
        } else {
            let (mean, tile) = difference(&agreed, &seen);
            (mean > PAGE_LIMIT || tile > TILE_LIMIT).then(|| format!("{name}: mean {mean:.2}, worst tile {tile:.1}"))
        };
        if let Some(words) = verdict {
            let left: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            save(&seen, &left);
            complaints.push(format!("{words} (seen: {})", left.display()));
        }
    }
    assert!(complaints.is_empty(), "pages changed:\n{}", complaints.join("\n"));
}

fn page_of(pages: &Pages, id: &str) -> usize {
    pages.label_position(id).unwrap_or_else(|| panic!("{id} has no place")).page
}

#[test]
fn pages_look_as_agreed() {
    let pages = compile(everything());
    let at = |id: &str| page_of(&pages, id);
    compare(&[
        ("cover", &pages, 1),
        ("summary", &pages, 2),
        ("contents", &pages, 3),
        ("chapter", &pages, at("status")),
        ("ring", &pages, at("c-ring")),
        ("columns", &pages, at("c-grouped")),
        ("lines", &pages, at("c-line")),
        ("continued-table", &pages, at("t-long") + 1),
        ("turned-table", &pages, at("t-turn")),
        ("thirty-bars", &pages, at("c-30")),
        ("areas-and-radar", &pages, at("c-radar")),
        ("heat-and-tiles", &pages, at("c-heat")),
        ("twelve-pairs", &pages, at("c-12")),
    ]);
}

#[test]
fn formats_look_as_agreed() {
    let briefing = compile_as("briefing", everything());
    let brief = compile_as("leader-brief", everything());
    let annual = compile_as("annual-report", everything());
    let handout = compile_as("handout", everything());
    let slides = compile_as("slides", everything());
    compare(&[
        ("briefing-head", &briefing, 1),
        ("briefing-foot", &briefing, briefing.count()),
        ("leader-brief", &brief, 1),
        ("annual-cover", &annual, 1),
        ("annual-colophon", &annual, 2),
        ("annual-contents", &annual, 3),
        ("annual-part", &annual, page_of(&annual, "part~0")),
        ("annual-chapter", &annual, page_of(&annual, "status")),
        ("annual-page", &annual, page_of(&annual, "status/scale")),
        ("handout-head", &handout, 1),
        ("handout-chart", &handout, page_of(&handout, "c-ring")),
        ("slides-title", &slides, 1),
        ("slides-figures", &slides, 2),
        ("slides-outline", &slides, 3),
        ("slides-chart", &slides, page_of(&slides, "c-bar")),
    ]);
}

#[test]
fn official_documents_look_as_agreed() {
    let joint = json!({
        "issuers": ["甘肃省科学技术厅", "甘肃省财政厅", "国家税务总局甘肃省税务局"], "signers": ["张镕堃", "李明", "欧阳建国"]
    });
    let single = compile_as("official-document", official(json!({})));
    let several = compile_as("official-document", official(joint));
    let letter = compile_as("official-document", official(json!({ "variant": "letter" })));
    let minutes = compile_as("official-document", official(json!({ "variant": "minutes", "number": "〔2024〕3号" })));
    // The signature stands before the attachments, the imprint on the last page.
    let attachment = |pages: &Pages| page_of(pages, "app-1");
    compare(&[
        ("official-head", &single, 1),
        ("official-text", &single, 2),
        ("official-signature", &single, attachment(&single) - 1),
        ("official-attachment", &single, attachment(&single)),
        ("official-imprint", &single, single.count()),
        ("official-joint-head", &several, 1),
        ("official-joint-signature", &several, attachment(&several) - 1),
        ("official-letter", &letter, 1),
        ("official-minutes", &minutes, 1),
    ]);
}
