//! For those who write templates: `cargo run -p typeset --example preview -- document.json folder [ppi] [template]`
//! writes the PDF and one PNG a page, and prints what the compiler remarked. Run it in the root of the repository, whose
//! templates and fonts it takes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use typeset::{Fonts, Profile, Standard, Typesetter};

fn read(dir: &Path, base: &Path, out: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, base, out)?;
        } else if let Ok(name) = path.strip_prefix(base) {
            out.insert(name.to_string_lossy().replace('\\', "/"), std::fs::read(&path)?);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let data = args.next().ok_or("which document?")?;
    let out = PathBuf::from(args.next().ok_or("which folder?")?);
    let ppi: f64 = args.next().map_or(Ok(72.0), |a| a.parse())?;
    let template = args.next().unwrap_or_else(|| "research-report".to_owned());
    let root = std::env::current_dir()?;
    let mut templates = BTreeMap::new();
    read(&root.join("templates/typst"), &root.join("templates/typst"), &mut templates)?;
    let started = Instant::now();
    let fonts = Fonts::load(&root.join("templates/fonts/files"), Profile::Standard)?;
    for sentence in fonts.stand_ins() {
        println!("{sentence}");
    }
    let loaded = started.elapsed();
    let typesetter = Typesetter::new(fonts, templates);
    let pages = match typesetter.compile(&template, serde_json::from_slice(&std::fs::read(data)?)?) {
        Ok(pages) => pages,
        Err(errors) => {
            errors.iter().for_each(|e| println!("{e}"));
            return Err("not typeset".into());
        }
    };
    println!("{} pages; fonts {loaded:?}, all {:?}", pages.count(), started.elapsed());
    pages.warnings().iter().for_each(|w| println!("{w}"));
    pages.missing_glyphs().iter().for_each(|m| println!("{m:?}"));
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("report.pdf"), pages.pdf(Standard::UniversalA, None)?)?;
    for page in 1..=pages.count() {
        std::fs::write(out.join(format!("{page:02}.png")), pages.png(page, ppi)?)?;
    }
    Ok(())
}
