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

#[test]
fn pages_look_as_agreed() {
    let pages = compile(everything());
    let page_of = |id: &str| pages.label_position(id).unwrap_or_else(|| panic!("{id} has no place")).page;
    let wanted = [
        ("cover", 1),
        ("summary", 2),
        ("contents", 3),
        ("chapter", page_of("status")),
        ("ring", page_of("c-ring")),
        ("columns", page_of("c-grouped")),
        ("lines", page_of("c-line")),
        ("continued-table", page_of("t-long") + 1),
        ("turned-table", page_of("t-turn")),
        ("thirty-bars", page_of("c-30")),
        ("areas-and-radar", page_of("c-radar")),
        ("heat-and-tiles", page_of("c-heat")),
        ("twelve-pairs", page_of("c-12")),
    ];
    let report = wanted.map(|(name, page)| (name, &pages, page));
    let joint = json!({
        "issuers": ["甘肃省科学技术厅", "甘肃省财政厅", "国家税务总局甘肃省税务局"], "signers": ["张镕堃", "李明", "欧阳建国"]
    });
    let single = compile_as("official-document", official(json!({})));
    let several = compile_as("official-document", official(joint));
    let letter = compile_as("official-document", official(json!({ "variant": "letter" })));
    let minutes = compile_as("official-document", official(json!({ "variant": "minutes", "number": "〔2024〕3号" })));
    // The signature stands before the attachments, the imprint on the last page.
    let attachment = |pages: &Pages| pages.label_position("app-1").expect("placed").page;
    let papers = [
        ("official-head", &single, 1),
        ("official-text", &single, 2),
        ("official-signature", &single, attachment(&single) - 1),
        ("official-attachment", &single, attachment(&single)),
        ("official-imprint", &single, single.count()),
        ("official-joint-head", &several, 1),
        ("official-joint-signature", &several, attachment(&several) - 1),
        ("official-letter", &letter, 1),
        ("official-minutes", &minutes, 1),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let refresh = std::env::var_os("YANCE_UPDATE_LOOKS").is_some();
    let mut complaints = Vec::new();
    for (name, pages, page) in report.into_iter().chain(papers) {
        let seen = decode(&pages.png(page, PPI).expect("renders"));
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
