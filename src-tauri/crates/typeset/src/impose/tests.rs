use super::*;
use lopdf::content::Content;

const A4_UP: (f64, f64) = (595.2756, 841.8898);
const A4_FLAT: (f64, f64) = (841.8898, 595.2756);

fn booklet() -> Imposition {
    Imposition { layout: Layout::Booklet, sheet: Sheet::A3, creep: 0.0, turn: None }
}

/// A PDF with one page of each size; page n shows the word `n`.
fn pdf(sizes: &[(f64, f64)]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F" => font } });
    let kids: Vec<Object> = (1..)
        .zip(sizes)
        .map(|(n, size)| {
            let text = format!("BT /F 20 Tf 72 72 Td ({n}) Tj ET");
            let contents = document.add_object(Stream::new(Dictionary::new(), text.into_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => contents, "StructParents" => n - 1,
                "MediaBox" => vec![0.into(), 0.into(), real(size.0), real(size.1)],
            };
            document.add_object(page).into()
        })
        .collect();
    let count = kids.len() as i64;
    // The pages have their fonts from the tree.
    document.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids, "Resources" => resources },
    );
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "Lang" => Object::string_literal("zh-CN"),
        "StructTreeRoot" => dictionary! { "Type" => "StructTreeRoot" },
    });
    document.trailer.set("Root", root);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

/// A page as it stands on a side: its number, and where its point (72, 72) comes to lie.
#[derive(Debug, PartialEq)]
struct Found {
    page: usize,
    at: (f64, f64),
    scale: f64,
    clip: [f64; 4],
}

/// The sides of a PDF: size and what stands on them, in drawing order.
fn read(pdf: &[u8]) -> Vec<((f64, f64), Vec<Found>)> {
    let document = Document::load_mem(pdf).unwrap();
    let side = |id: ObjectId| {
        let page = document.get_dictionary(id).unwrap();
        let bounds: Vec<f64> = page.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(float).collect();
        let forms = page.get(b"Resources").unwrap().as_dict().unwrap().get(b"XObject").unwrap().as_dict().unwrap();
        let content = Content::decode(&document.get_page_content(id)).unwrap();
        let (mut outer, mut inner, mut clip, mut found) = (IDENTITY, IDENTITY, [0.0; 4], Vec::new());
        let mut depth = 0;
        for operation in content.operations {
            let numbers: Vec<f64> = operation.operands.iter().filter(|o| o.as_float().is_ok()).map(float).collect();
            match operation.operator.as_str() {
                "q" => depth += 1,
                "Q" => depth -= 1,
                "re" => clip = numbers[..].try_into().unwrap(),
                "cm" if depth == 0 => outer = numbers[..].try_into().unwrap(),
                "cm" => inner = numbers[..].try_into().unwrap(),
                "Do" => {
                    let form = forms.get(operation.operands[0].as_name().unwrap()).unwrap().as_reference().unwrap();
                    let form = document.get_object(form).unwrap().as_stream().unwrap();
                    let resources = form.dict.get(b"Resources").and_then(|r| document.dereference(r)).unwrap().1;
                    assert!(resources.as_dict().unwrap().has(b"Font"), "the words keep their fonts");
                    let words = String::from_utf8(form.decompressed_content().unwrap()).unwrap();
                    let page = words.split(['(', ')']).nth(1).unwrap().parse().unwrap();
                    let at = through(outer, through(inner, (72.0, 72.0)));
                    found.push(Found { page, at, scale: inner[0].hypot(inner[1]), clip });
                }
                _ => {}
            }
        }
        ((bounds[2], bounds[3]), found)
    };
    document.get_pages().into_values().map(side).collect()
}

const IDENTITY: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn through(m: [f64; 6], (x, y): (f64, f64)) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

fn float(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05
}

fn numbers(sides: &[Side]) -> Vec<Vec<usize>> {
    sides.iter().map(|s| s.pages.iter().map(|p| p.unwrap_or(0)).collect()).collect()
}

#[test]
fn a_booklet_of_eight_pages_has_the_order_of_a_folded_one() {
    // Two sheets laid in each other and folded: 8|1 outside, 2|7 behind it, then 6|3 and 4|5.
    assert_eq!(numbers(&sides(Layout::Booklet, 8)), [[8, 1], [2, 7], [6, 3], [4, 5]]);
    // Five pages take two sheets; 6, 7 and 8 stay blank.
    assert_eq!(numbers(&sides(Layout::Booklet, 5)), [[0, 1], [2, 0], [0, 3], [4, 5]]);
}

#[test]
fn folding_a_booklet_of_any_length_gives_the_pages_in_order() {
    for pages in 1..=17 {
        let sides = sides(Layout::Booklet, pages);
        let all = pages.next_multiple_of(4);
        assert_eq!(sides.len(), all / 2, "{pages} pages fill whole sheets");
        // The reader turns leaf after leaf: right halves of fronts with left halves of backs, from the outermost sheet
        // in, then the other halves from the innermost out.
        let mut read = Vec::new();
        for sheet in sides.chunks(2) {
            assert!(!sheet[0].back && sheet[1].back && sheet[0].sheet == sheet[1].sheet);
            read.extend([sheet[0].pages[1], sheet[1].pages[0]]);
        }
        for sheet in sides.chunks(2).rev() {
            read.extend([sheet[1].pages[1], sheet[0].pages[0]]);
        }
        let expected: Vec<Option<usize>> = (1..=all).map(|p| (p <= pages).then_some(p)).collect();
        assert_eq!(read, expected, "{pages} pages");
    }
}

#[test]
fn the_pdf_of_a_booklet_has_every_page_in_its_half_at_its_own_size() {
    for pages in 1..=17 {
        let made = impose(&pdf(&vec![A4_UP; pages]), &booklet()).unwrap();
        let (found, expected) = (read(&made.pdf), sides(Layout::Booklet, pages));
        assert_eq!((found.len(), made.sheets), (expected.len(), pages.div_ceil(4)));
        for ((size, found), side) in found.iter().zip(&expected) {
            assert!(near(*size, (1190.55, 841.89)), "A3: {size:?}");
            let stand: Vec<(usize, usize)> =
                side.pages.iter().enumerate().filter_map(|(slot, page)| Some((slot, (*page)?))).collect();
            assert_eq!(found.len(), stand.len(), "blanks stay blank");
            for (f, (slot, page)) in found.iter().zip(stand) {
                assert_eq!(f.page, page);
                // Half of A3 is 595.28 pt wide: the point 72 of the page lies at 72, or at 595.28 + 72 = 667.28.
                assert!(near(f.at, (if slot == 0 { 72.0 } else { 667.28 }, 72.0)), "{f:?}");
                assert_eq!(f.scale, 1.0);
            }
        }
    }
}

#[test]
fn creep_moves_the_pages_of_inner_sheets_towards_the_fold() {
    let how = Imposition { creep: 0.5, ..booklet() };
    let sides = read(&impose(&pdf(&[A4_UP; 12]), &how).unwrap().pdf);
    for (index, (_, found)) in sides.iter().enumerate() {
        // 0.5 mm = 1.4173 pt for each sheet further in.
        let creep = (index / 2) as f64 * 1.4173;
        assert!(near(found[0].at, (72.0 + creep, 72.0)), "{index}: {:?}", found[0]);
        assert!(near(found[1].at, (667.28 - creep, 72.0)), "{index}: {:?}", found[1]);
        // What moves over the fold is cut off there.
        assert!((found[0].clip[2] - 595.28).abs() < 0.01 && (found[1].clip[0] - 595.28).abs() < 0.01);
    }
}

#[test]
fn a_turned_page_among_upright_ones_is_turned_back_with_its_head_to_the_left() {
    let sides = read(&impose(&pdf(&[A4_UP, A4_FLAT, A4_UP]), &booklet()).unwrap().pdf);
    // Page 2 stands in the left half of the back. A quarter turn against the clock takes (72, 72) of the flat page to
    // (595.28 − 72, 72): its foot is now at the right.
    let second = &sides[1].1[0];
    assert_eq!(second.page, 2);
    assert!(near(second.at, (523.28, 72.0)), "{second:?}");
}

#[test]
fn flat_pages_stand_one_above_the_other_on_upright_sheets() {
    let slides = vec![(720.0, 405.0); 3];
    let how = Imposition { layout: Layout::TwoUp, sheet: Sheet::A4, ..booklet() };
    let made = impose(&pdf(&slides), &how).unwrap();
    let sides = read(&made.pdf);
    assert_eq!((sides.len(), made.sheets), (2, 1));
    assert!(near(sides[0].0, (595.28, 841.89)));
    // 720 × 405 fits 595.28 × 420.94 at 0.8268 and is then 334.84 high, 43.05 above the edge of its half.
    let (upper, lower) = (&sides[0].1[0], &sides[0].1[1]);
    assert_eq!((upper.page, lower.page, sides[1].1.len()), (1, 2, 1));
    assert!((upper.scale - 0.82677).abs() < 1e-4);
    assert!(near(lower.at, (72.0 * 0.82677, 43.05 + 72.0 * 0.82677)), "{lower:?}");
    assert!(near(upper.at, (lower.at.0, lower.at.1 + 420.94)), "{upper:?}");
}

#[test]
fn two_up_on_a4_shrinks_upright_pages_to_half_the_paper() {
    let how = Imposition { layout: Layout::TwoUp, sheet: Sheet::A4, ..booklet() };
    let sides = read(&impose(&pdf(&[A4_UP; 5]), &how).unwrap().pdf);
    assert_eq!(sides.iter().map(|s| s.1.len()).collect::<Vec<_>>(), [2, 2, 1]);
    assert!(near(sides[0].0, (841.89, 595.28)));
    // Half of A4 is 420.94 × 595.28: A4 fits at 595.28 ÷ 841.89 = 0.7071.
    assert!((sides[0].1[0].scale - std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-4);
}

#[test]
fn backs_stand_on_their_heads_when_the_printer_turns_over_the_other_edge() {
    let natural = read(&impose(&pdf(&[A4_UP; 4]), &booklet()).unwrap().pdf);
    let how = Imposition { turn: Some(Edge::Long), ..booklet() };
    let made = impose(&pdf(&[A4_UP; 4]), &how).unwrap();
    let turned = read(&made.pdf);
    assert_eq!(natural[0], turned[0], "fronts stay");
    for (a, b) in natural[1].1.iter().zip(&turned[1].1) {
        assert!(near(b.at, (1190.55 - a.at.0, 841.89 - a.at.1)), "{a:?} {b:?}");
    }
    let document = Document::load_mem(&made.pdf).unwrap();
    let shown = document.catalog().unwrap().get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(shown.get(b"Duplex").unwrap().as_name().unwrap(), b"DuplexFlipLongEdge");
}

#[test]
fn printing_on_both_sides_fills_up_with_a_blank() {
    let how = Imposition { layout: Layout::Duplex, ..booklet() };
    let made = impose(&pdf(&[A4_UP; 3]), &how).unwrap();
    let sides = read(&made.pdf);
    assert_eq!((sides.len(), made.sheets), (4, 2));
    assert!(near(sides[0].0, A4_UP) && sides[3].1.is_empty());
    assert!(near(sides[2].1[0].at, (72.0, 72.0)));
    // An upright leaf is turned at its left edge, which is the long one.
    let how = Imposition { turn: Some(Edge::Short), ..how };
    let turned = read(&impose(&pdf(&[A4_UP; 3]), &how).unwrap().pdf);
    assert!(near(turned[1].1[0].at, (595.28 - 72.0, 841.89 - 72.0)));
}

#[test]
fn tags_stay_behind_and_nothing_unused_is_kept() {
    let made = impose(&pdf(&[A4_UP; 4]), &booklet()).unwrap();
    let document = Document::load_mem(&made.pdf).unwrap();
    assert!(!document.catalog().unwrap().has(b"StructTreeRoot"));
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    let pages = document.objects.values().filter(|o| o.as_dict().is_ok_and(|d| d.has_type(b"Page"))).count();
    assert_eq!(pages, 2, "the old pages are gone");
    assert_eq!(impose(&pdf(&[A4_UP; 4]), &booklet()).unwrap().pdf, made.pdf, "the same bytes each time");
    assert!(matches!(impose(b"%PDF-1.7", &booklet()), Err(ImposeError::Unreadable(_))));
}
