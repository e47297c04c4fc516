//! Colours of data in every format: told apart in grey print and by eyes that lack a kind of cone.
//!
//! * Areas that touch, and lines on paper, have a contrast of 3 : 1: what W3C WCAG 2.1, success criterion 1.4.11 asks of
//!   adjacent parts of a graphic. It counts luminance only, so it holds in grey print.
//! * Areas of the same texture, and all lines, stay 20 apart in CIELAB when each kind of dichromacy is simulated (Machado,
//!   Oliveira and Fernandes 2009, full severity); Petroff 2021 (arXiv:2107.02270) asks as much of sequences of six colours,
//!   in a space of similar scale.

mod common;

use common::*;
use typeset::{Fonts, Profile, Typesetter};

const CONTRAST: f64 = 3.0;
const APART: f64 = 20.0;

type Colour = [f64; 3];

/// Rows that turn linear sRGB into what each dichromat sees.
const SIGHTS: [(&str, [Colour; 3]); 4] = [
    ("usual sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn times(m: &[Colour; 3], c: Colour) -> Colour {
    m.map(|row| row.iter().zip(c).map(|(a, b)| a * b).sum::<f64>())
}

/// Linear sRGB of a colour as `#rrggbb`.
fn linear(hex: &str) -> Colour {
    let part = |at: usize| {
        let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour in hex")) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    [part(1), part(3), part(5)]
}

fn luminance(c: Colour) -> f64 {
    0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(linear(a)), luminance(linear(b)));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn lab(c: Colour) -> Colour {
    const XYZ: [Colour; 3] = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let f = |t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let [x, y, z] = times(&XYZ, c);
    let (x, y, z) = (f(x / 0.9505), f(y), f(z / 1.089));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(a: &str, b: &str, sight: &[Colour; 3]) -> f64 {
    let seen = |hex: &str| lab(times(sight, linear(hex)).map(|c| c.clamp(0.0, 1.0)));
    seen(a).iter().zip(seen(b)).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
}

/// Areas with their hatching, and lines, of the format with these tokens.
fn palette(file: &str) -> (Vec<(String, String)>, Vec<String>) {
    let mut files = templates();
    let probe = format!(
        "#import \"{file}\": t\n#set page(width: 60cm)\n#set text(font: \"Noto Sans SC\", lang: \"en\")\n\
         #for (c, h) in t.palette.areas.zip(t.palette.hatches) [area #c.to-hex() #repr(h)\\ ]\n\
         #for c in t.palette.lines [line #c.to-hex()\\ ]\n"
    );
    files.insert("probe.typ".to_owned(), probe.into_bytes());
    let fonts = Fonts::load(&font_folder(), Profile::Standard).expect("the tests need the fonts");
    let pages = Typesetter::new(fonts, files).compile("probe", document(vec![])).expect("tokens compile");
    let (mut areas, mut lines) = (vec![], vec![]);
    for line in text(&pages).lines() {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["area", colour, hatch] => areas.push((colour.to_owned(), hatch.to_owned())),
            ["line", colour] => lines.push(colour.to_owned()),
            _ => {}
        }
    }
    (areas, lines)
}

#[test]
fn colours_of_data_are_told_apart_in_every_format() {
    let tokens: Vec<String> = templates().into_keys().filter(|f| f.starts_with("tokens/")).collect();
    assert!(tokens.len() >= 7, "{tokens:?}");
    for file in tokens {
        let (areas, lines) = palette(&file);
        assert!(areas.len() >= 6 && lines.len() >= 6, "{file}: {areas:?} {lines:?}");
        for pair in areas.windows(2) {
            let found = contrast(&pair[0].0, &pair[1].0);
            assert!(found >= CONTRAST, "{file}: {pair:?} touch with a contrast of {found:.2} : 1");
        }
        for line in &lines {
            let found = contrast(line, "#ffffff");
            assert!(found >= CONTRAST, "{file}: {line} on paper has a contrast of {found:.2} : 1");
        }
        for (name, sight) in &SIGHTS {
            let far = |a: &str, b: &str| {
                let found = distance(a, b, sight);
                assert!(found >= APART, "{file}: {a} and {b} are only {found:.1} apart to {name}");
            };
            for (i, (a, hatch)) in areas.iter().enumerate() {
                let touching = areas.get(i + 1);
                let alike = areas[i + 1..].iter().filter(|(_, other)| other == hatch);
                touching.into_iter().chain(alike).for_each(|(b, _)| far(a, b));
            }
            for (i, a) in lines.iter().enumerate() {
                lines[i + 1..].iter().for_each(|b| far(a, b));
            }
        }
    }
}

#[test]
fn the_measure_finds_colours_that_are_confused() {
    // A red and a green of one lightness: far apart to most, near to a deuteranope.
    let (red, green) = ("#b4532f", "#8f6a1f");
    assert!(distance(red, green, &SIGHTS[0].1) > APART);
    assert!(distance(red, green, &SIGHTS[2].1) < APART);
    // Black on white has the greatest contrast there is.
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let [l, a, b] = lab(linear("#ffffff"));
    assert!((l - 100.0).abs() < 0.1 && a.abs() < 0.1 && b.abs() < 0.1);
}
