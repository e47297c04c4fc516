//! Kits on the way in and out: a folder or a zip. What comes in is bounded, read as text, and never names a place of
//! its own: a path is only ever a key among the kit's files.

use super::edit::is_own;
use super::{MAX_FILE, MAX_FILES, is_rule, read_folder, text};
use crate::error::{Code, Error, Result};
use report::KitFiles;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A kit is text of a few hundred kilobytes.
const MAX_TOTAL: u64 = 16 << 20;
const MAX_PACKED: u64 = 64 << 20;

fn refuse(path: &Path, why: &str) -> Error {
    Error::new(Code::InvalidKit, format!("{} 不能作为报告套件导入：{why}", path.display()))
}

/// Whether a path names a zip by its ending.
pub(crate) fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"))
}

/// The kit's own files in a folder or a zip.
pub(crate) fn read(path: &Path) -> Result<KitFiles> {
    let meta = std::fs::metadata(path).map_err(|e| Error::io("读取套件", path, &e))?;
    let mut files = KitFiles::new();
    if meta.is_dir() {
        read_folder(path, path, "", &mut files)?;
    } else if meta.len() > MAX_PACKED {
        return Err(refuse(path, "文件过大，不像报告套件。"));
    } else {
        let bytes = std::fs::read(path).map_err(|e| Error::io("读取套件", path, &e))?;
        files = unpack(path, &bytes)?;
    }
    files.retain(|name, _| is_own(name));
    if !files.contains_key("kit.toml") {
        return Err(refuse(path, "里面没有 kit.toml。请选套件所在的文件夹，或由“导出套件”得到的 zip。"));
    }
    Ok(files)
}

fn unpack(path: &Path, bytes: &[u8]) -> Result<KitFiles> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refuse(path, "它不是 zip 压缩包，或已损坏。"))?;
    // Names are looked at before anything is unpacked.
    let mut names: Vec<(usize, String)> = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index_raw(i).map_err(|_| refuse(path, "压缩包已损坏。"))?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(|_| refuse(path, "里面有读不出的文件名。"))?.replace('\\', "/");
        let parts: Vec<&str> = name.split('/').collect();
        let odd = parts.iter().any(|p| p.is_empty() || *p == ".." || *p == "." || p.contains(':'));
        if odd || name.contains('\0') || entry.is_symlink() {
            return Err(refuse(path, &format!("压缩包里有越出文件夹的路径“{name}”，为安全起见拒绝导入。")));
        }
        if entry.encrypted() {
            return Err(refuse(path, "压缩包有密码，请先解压。"));
        }
        names.push((i, name));
    }
    if names.len() > MAX_FILES {
        return Err(refuse(path, &format!("里面有 {} 个文件，不像报告套件。", names.len())));
    }
    // Systems pack a folder as one entry above its files.
    let depth = |name: &str| name.matches('/').count();
    let heads: Vec<&str> =
        names.iter().map(|(_, n)| n.as_str()).filter(|n| *n == "kit.toml" || n.ends_with("/kit.toml")).collect();
    let top = heads.iter().map(|n| depth(n)).min().unwrap_or(0);
    let heads: Vec<&str> = heads.into_iter().filter(|n| depth(n) == top).collect();
    let prefix = match heads.as_slice() {
        [] => return Ok(KitFiles::new()),
        [one] => one.trim_end_matches("kit.toml").to_owned(),
        _ => return Err(refuse(path, "里面有几个套件。请分别打成压缩包再导入。")),
    };
    let mut files = KitFiles::new();
    let mut total = 0u64;
    for (i, name) in &names {
        let Some(relative) = name.strip_prefix(&prefix).filter(|n| is_rule(n) && is_own(n)) else { continue };
        let entry = archive.by_index(*i).map_err(|_| refuse(path, &format!("{relative} 已损坏。")))?;
        let mut content = Vec::new();
        // The size that an archive declares may be a lie; what comes out is what counts.
        entry
            .take(MAX_FILE + 1)
            .read_to_end(&mut content)
            .map_err(|_| refuse(path, &format!("{relative} 解压失败，压缩包可能已损坏。")))?;
        total += content.len() as u64;
        if content.len() as u64 > MAX_FILE || total > MAX_TOTAL {
            return Err(refuse(path, &format!("解压后过大（{relative}），不像报告套件。")));
        }
        if files.insert(relative.to_owned(), text(relative, &content)?).is_some() {
            return Err(refuse(path, &format!("里面有两个同名的文件 {relative}。")));
        }
    }
    Ok(files)
}

fn own(files: &KitFiles) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| is_own(path))
}

/// Writes a kit's own files as a zip, or into a folder: a new one, or one of the kit's id inside one that is there.
/// Gives the place.
pub(crate) fn write(path: &Path, id: &str, files: &KitFiles) -> Result<PathBuf> {
    if is_zip(path) {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let fail = |e: std::io::Error| Error::io("导出套件", path, &e);
        for (name, content) in own(files) {
            zip.start_file(format!("{id}/{name}"), options).map_err(|e| fail(e.into()))?;
            zip.write_all(content.as_bytes()).map_err(fail)?;
        }
        let bytes = zip.finish().map_err(|e| fail(e.into()))?.into_inner();
        crate::print::save(path, &bytes)?;
        return Ok(path.to_owned());
    }
    let folder = if path.is_dir() { path.join(id) } else { path.to_owned() };
    if folder.exists() {
        let message = format!("{} 已存在，未导出；请换一个文件夹，或先移走它。", folder.display());
        return Err(Error::new(Code::Exists, message));
    }
    write_folder(&folder, files)?;
    Ok(folder)
}

/// Writes a kit's own files into a folder, which appears whole or not at all.
pub(crate) fn write_folder(folder: &Path, files: &KitFiles) -> Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |place: &Path, e: std::io::Error| Error::io("保存套件", place, &e);
    std::fs::create_dir_all(parent).map_err(|e| fail(parent, e))?;
    let made = tempfile::Builder::new().prefix(".kit-").tempdir_in(parent).map_err(|e| fail(parent, e))?;
    for (name, content) in own(files) {
        let place = made.path().join(name);
        let within = place.parent().expect("below the folder");
        std::fs::create_dir_all(within).map_err(|e| fail(within, e))?;
        std::fs::write(&place, content).map_err(|e| fail(&place, e))?;
    }
    let whole = made.keep();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&whole, PermissionsExt::from_mode(0o755)).map_err(|e| fail(&whole, e))?;
    }
    std::fs::rename(&whole, folder).map_err(|e| {
        // The half-made folder is of no use to anybody.
        let _ = std::fs::remove_dir_all(&whole);
        fail(folder, e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn unpacked(entries: &[(&str, &[u8])]) -> Result<KitFiles> {
        unpack(Path::new("甲.zip"), &zip(entries))
    }

    #[test]
    fn a_zip_of_a_folder_gives_its_files_without_the_folder() {
        let files = unpacked(&[
            ("养老/kit.toml", b"a = 1"),
            ("养老/findings/P1.toml", b"id = 1"),
            ("养老/samples/a.toml", b"x"),
            ("养老/base/labels.toml", b"x"),
            ("养老/readme.txt", b"x"),
            ("__MACOSX/养老/kit.toml.toml", b"x"),
        ])
        .unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["findings/P1.toml", "kit.toml"]);
    }

    #[test]
    fn hostile_archives_are_refused_with_the_reason() {
        for name in ["../kit.toml", "a/../../kit.toml", "/etc/kit.toml", "C:/kit.toml", "a\\..\\..\\kit.toml"] {
            let refused = unpacked(&[("kit.toml", b""), (name, b"")]).unwrap_err();
            assert_eq!(refused.code, Code::InvalidKit, "{name}");
            assert!(refused.message.contains("越出"), "{name}: {}", refused.message);
        }
        let large = vec![b' '; MAX_FILE as usize + 1];
        let refused = unpacked(&[("kit.toml", &large)]).unwrap_err();
        assert!(refused.message.contains("过大"), "{}", refused.message);
        let refused = unpacked(&[("kit.toml", b"name = \"\xd1\xd0\"")]).unwrap_err();
        assert!(refused.message.contains("UTF-8"), "{}", refused.message);
        let refused = unpacked(&[("a/kit.toml", b""), ("b/kit.toml", b"")]).unwrap_err();
        assert!(refused.message.contains("几个套件"), "{}", refused.message);
        let many: Vec<String> = (0..=MAX_FILES).map(|i| format!("findings/{i}.toml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|n| (n.as_str(), &b""[..])).collect();
        assert!(unpacked(&many).unwrap_err().message.contains("个文件"));
        assert!(unpack(Path::new("甲.zip"), b"PK\x03\x04 no more").unwrap_err().message.contains("损坏"));
        assert!(unpack(Path::new("甲.zip"), b"").unwrap_err().message.contains("不是 zip"));
    }

    #[test]
    fn a_kit_comes_back_from_a_zip_and_a_folder_as_it_went() {
        let home = tempfile::tempdir().unwrap();
        let mut files = KitFiles::from([
            ("kit.toml".to_owned(), "甲".to_owned()),
            ("findings/P1.toml".to_owned(), "乙".to_owned()),
        ]);
        let wanted = files.clone();
        files.insert("base/labels.toml".to_owned(), "公共".to_owned());
        files.insert("origin/kit.toml".to_owned(), "原文".to_owned());
        for place in [home.path().join("套件.zip"), home.path().join("套件")] {
            let made = write(&place, "jia", &files).unwrap();
            assert_eq!(read(&made).unwrap(), wanted);
        }
        let inside = write(home.path(), "jia", &files).unwrap();
        assert_eq!(inside, home.path().join("jia"));
        assert_eq!(write(home.path(), "jia", &files).unwrap_err().code, Code::Exists, "nothing is overwritten");
        let refused = read(&home.path().join("jia/findings")).unwrap_err();
        assert!(refused.message.contains("kit.toml"), "{}", refused.message);
    }
}
