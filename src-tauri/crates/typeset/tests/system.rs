//! 使用本机字体: pages with the faces of this machine, whichever it has.

mod common;

use typeset::{Fonts, Profile, Standard, Typesetter};

#[test]
fn every_kind_of_block_is_set_with_the_faces_of_this_machine() {
    let fonts = Fonts::load(&common::font_folder(), Profile::System).expect("the fonts were fetched");
    let pages = Typesetter::new(fonts, common::templates())
        .compile("research-report", common::everything())
        .expect("the pages are made");
    let standard = common::compile(common::everything());
    assert!(pages.count().abs_diff(standard.count()) <= 2, "{} and {}", pages.count(), standard.count());
    assert_eq!(pages.missing_glyphs(), standard.missing_glyphs(), "no face of this machine may lose a character");
    for standard in [Standard::UniversalA, Standard::ArchivalA2b] {
        assert!(pages.pdf(standard, None).expect("the standard is kept").starts_with(b"%PDF-"));
    }
}
