//! Fonts: which files are there, which face plays which role, what characters they can show.

use mmap_io::{MemoryMappedFile, MmapAdvice};
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash};
use std::path::{Path, PathBuf};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontPath, FontSource, FontStore};

/// Where faces come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// The open fonts of the manifest and nothing else: the same bytes on every machine.
    #[default]
    Standard,
    /// 使用本机字体: the faces offices are used to where this machine has them, else the open ones.
    System,
}

#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("字体文件夹不存在：{}。请先运行 cargo xtask fonts 取得字体。", .0.display())]
    NoFolder(PathBuf),
    #[error("{} 中没有宋体（{family}），无法排版。请运行 cargo xtask fonts 重新取得字体。", .folder.display())]
    NoText { folder: PathBuf, family: &'static str },
}

/// Role of a face in the templates.
const ROLES: [(&str, &str); 6] =
    [("title", "小标宋"), ("song", "宋体"), ("hei", "黑体"), ("kai", "楷体"), ("fang", "仿宋"), ("mark", "西文与标点")];

/// The open face of each role, and what stands in for it when its file is absent.
const OPEN: [(&str, &[&str]); 6] = [
    ("title", &["Noto Serif SC"]),
    ("song", &["Noto Serif SC"]),
    ("hei", &["Noto Sans SC", "Noto Serif SC"]),
    ("kai", &["LXGW WenKai", "Noto Serif SC"]),
    ("fang", &["FandolFang R", "Noto Serif SC"]),
    ("mark", &["FandolSong", "Noto Serif SC"]),
];

/// Faces of office machines, best first. Typst matches English family names only.
const OFFICE: [(&str, &[&str]); 5] = [
    ("title", &["FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"]),
    ("song", &["SimSun", "NSimSun", "STSong", "Songti SC"]),
    ("hei", &["SimHei", "STHeiti"]),
    ("kai", &["KaiTi_GB2312", "KaiTi", "STKaiti"]),
    ("fang", &["FangSong_GB2312", "FangSong", "STFangsong"]),
];

/// The face every other falls back on; without it nothing can be set.
const FALLBACK: &str = "Noto Serif SC";

/// What the templates learn about fonts: the chosen family of each role.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Roles {
    pub(crate) title: String,
    pub(crate) song: String,
    pub(crate) hei: String,
    pub(crate) kai: String,
    pub(crate) fang: String,
    /// Digits, Latin letters and common punctuation inside 仿宋 text.
    pub(crate) mark: String,
    pub(crate) fallback: String,
}

/// A face in a file that is read where it lies. Chinese faces are of 5 to 16 MB each, of which a report uses a small part.
struct Mapped(FontPath);

impl FontSource for Mapped {
    fn load(&self) -> Option<Font> {
        let FontPath { path, index } = &self.0;
        let Ok(file) = MemoryMappedFile::open_ro(path) else { return self.0.load() };
        let font = Font::new(Bytes::new(Bits(file.clone())), *index)?;
        // Typst knows a face by the hash of its whole file, which is computed once; what it read for that can go again.
        font.hash(&mut DefaultHasher::new());
        let _ = file.advise(0, file.len(), MmapAdvice::DontNeed);
        Some(font)
    }
}

struct Bits(MemoryMappedFile);

impl AsRef<[u8]> for Bits {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice_bytes(0, self.0.len()).unwrap_or_default()
    }
}

/// A set of fonts ready to typeset with. Files are read when first used.
pub struct Fonts {
    store: FontStore,
    roles: Roles,
    stand_ins: Vec<String>,
    body: Option<usize>,
}

impl Fonts {
    /// Reads the font files below `dir` (and, for [`Profile::System`], of this machine). Fails when the folder or the
    /// face everything falls back on is missing; other absent faces get a stand-in, told by [`Fonts::stand_ins`].
    pub fn load(dir: &Path, profile: Profile) -> Result<Fonts, FontError> {
        if !dir.is_dir() {
            return Err(FontError::NoFolder(dir.to_owned()));
        }
        // The folder's own order differs between machines; the order of faces decides fallback, so fix it.
        let mut files: Vec<(FontPath, FontInfo)> = typst_kit::fonts::scan(dir).collect();
        files.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
        let mapped = |(path, info)| (Mapped(path), info);
        let mut store = FontStore::new();
        if profile == Profile::System {
            let mut local: Vec<(FontPath, FontInfo)> = typst_kit::fonts::system()
                .filter(|(_, info)| OFFICE.iter().any(|(_, names)| names.contains(&info.family.as_str())))
                .collect();
            local.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
            store.extend(local.into_iter().map(mapped));
        }
        store.extend(files.into_iter().map(mapped));
        let has = |name: &str| store.book().contains_family(&name.to_lowercase());
        if !has(FALLBACK) {
            return Err(FontError::NoText { folder: dir.to_owned(), family: FALLBACK });
        }

        let mut stand_ins = Vec::new();
        let mut chosen = BTreeMap::new();
        for (role, names) in OPEN {
            let office = OFFICE
                .iter()
                .filter(|_| profile == Profile::System)
                .filter(|(r, _)| *r == role)
                .flat_map(|(_, names)| names.iter());
            let found = office.chain(names.iter()).copied().find(|name| has(name)).unwrap_or(FALLBACK);
            if found == FALLBACK && names[0] != FALLBACK {
                let title = ROLES.iter().find(|(r, _)| *r == role).map_or(role, |(_, t)| t);
                stand_ins.push(format!("缺少{title}字体（{}），以宋体（{FALLBACK}）代替。", names[0]));
            }
            chosen.insert(role, found.to_owned());
        }
        let mut take = |role: &str| chosen.remove(role).expect("OPEN names every role");
        let roles = Roles {
            title: take("title"),
            song: take("song"),
            hei: take("hei"),
            kai: take("kai"),
            fang: take("fang"),
            mark: take("mark"),
            fallback: FALLBACK.to_owned(),
        };
        let body =
            if roles.fang == FALLBACK { None } else { store.book().select_family(&roles.fang.to_lowercase()).next() };
        Ok(Fonts { store, roles, stand_ins, body })
    }

    /// Faces that are missing and what is used in their place, one Chinese sentence each; empty when all are there.
    pub fn stand_ins(&self) -> &[String] {
        &self.stand_ins
    }

    /// Whether any font has a glyph for the character.
    pub fn covers(&self, c: char) -> bool {
        let book = self.store.book();
        (0..).map_while(|i| book.info(i)).any(|info| info.coverage.contains(c as u32))
    }

    /// Whether the character needs no help in 仿宋 text: the face has it, or another face stands in for 仿宋 anyway.
    pub(crate) fn body_covers(&self, c: char) -> bool {
        match self.body.and_then(|i| self.store.book().info(i)) {
            Some(info) => info.coverage.contains(c as u32),
            None => self.covers(c),
        }
    }

    pub(crate) fn roles(&self) -> &Roles {
        &self.roles
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn folder() -> PathBuf {
        let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates/fonts/files");
        std::env::var_os("YANCE_FONTS").map_or(fetched, PathBuf::from)
    }

    fn families(fonts: &Fonts) -> BTreeSet<String> {
        let book = fonts.book();
        (0..).map_while(|i| book.info(i)).map(|info| info.family.clone()).collect()
    }

    fn by_role(fonts: &Fonts) -> BTreeMap<&'static str, String> {
        let roles = fonts.roles().clone();
        BTreeMap::from([
            ("title", roles.title),
            ("song", roles.song),
            ("hei", roles.hei),
            ("kai", roles.kai),
            ("fang", roles.fang),
            ("mark", roles.mark),
        ])
    }

    #[test]
    fn faces_of_the_machine_are_taken_where_they_are_and_the_open_ones_where_not() {
        let machine: BTreeSet<String> = typst_kit::fonts::system().map(|(_, info)| info.family).collect();
        let load = |profile| Fonts::load(&folder(), profile).expect("the fonts were fetched");
        let (standard, system) = (load(Profile::Standard), load(Profile::System));
        let open = by_role(&standard);
        for (role, family) in by_role(&system) {
            let wanted = OFFICE.iter().filter(|(r, _)| *r == role).flat_map(|(_, names)| names.iter());
            let best = wanted.copied().find(|name| machine.contains(*name)).unwrap_or(&open[role]);
            assert_eq!(family, best, "{role}");
        }
        // Whatever else this machine has stays out: it would make pages that nobody else gets.
        let office: BTreeSet<&str> = OFFICE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let more: Vec<String> = families(&system).difference(&families(&standard)).cloned().collect();
        assert!(more.iter().all(|family| office.contains(family.as_str())), "{more:?}");
        assert!(standard.stand_ins().is_empty(), "{:?}", standard.stand_ins());
    }

    #[test]
    fn what_stands_in_for_a_missing_face_is_told() {
        let some = tempfile::tempdir().expect("a temporary folder");
        for file in std::fs::read_dir(folder()).expect("the fonts were fetched").flatten() {
            if file.file_name().to_string_lossy().starts_with("NotoSerifSC") {
                std::fs::copy(file.path(), some.path().join(file.file_name())).expect("a font is copied");
            }
        }
        for profile in [Profile::Standard, Profile::System] {
            let fonts = Fonts::load(some.path(), profile).expect("the face all fall back on is there");
            for (role, family) in by_role(&fonts).into_iter().filter(|(role, _)| *role != "title" && *role != "song") {
                let title = ROLES.iter().find(|(r, _)| *r == role).expect("a role").1;
                let told = fonts.stand_ins().iter().any(|said| said.contains(title));
                assert_eq!(told, family == FALLBACK, "{role}: {:?}", fonts.stand_ins());
            }
        }
        let none = tempfile::tempdir().expect("a temporary folder");
        assert!(matches!(Fonts::load(none.path(), Profile::System), Err(FontError::NoText { .. })));
        assert!(matches!(Fonts::load(&none.path().join("没有"), Profile::System), Err(FontError::NoFolder(_))));
    }
}
