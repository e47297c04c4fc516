//! `cargo xtask fonts`: brings the fonts of `templates/fonts/manifest.toml` into `templates/fonts/files`.
//!
//! The packages come through npm and apt-get, which know the mirrors and proxies of this machine; nothing here names
//! a host. What is present with the right checksum is left alone, so a second run is quiet and an interrupted one
//! goes on where it stopped. A font that cannot be had and is not required only costs a sentence.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Deserialize)]
struct Manifest {
    source: Vec<Source>,
}

#[derive(Deserialize)]
struct Source {
    kind: Kind,
    package: String,
    /// Exact version where the client can ask for one; checksums decide in any case.
    version: Option<String>,
    role: String,
    required: bool,
    files: Vec<File>,
    /// Licence texts to lay beside the fonts, taken when the package has them.
    #[serde(default)]
    texts: Vec<Text>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Npm,
    Debian,
}

#[derive(Deserialize)]
struct File {
    path: String,
    name: String,
    /// Of the font as it is used, unpacked.
    sha256: String,
    packed: Option<Packed>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Packed {
    Woff,
}

#[derive(Deserialize)]
struct Text {
    path: String,
    name: String,
}

/// Fetches what is missing below `root` (the project folder). Errors are Chinese sentences for the terminal.
pub fn fetch(root: &Path) -> Result<(), String> {
    let folder = root.join("templates/fonts");
    let manifest_path = folder.join("manifest.toml");
    let text =
        fs::read_to_string(&manifest_path).map_err(|e| format!("无法读取字体清单 {}：{e}", manifest_path.display()))?;
    let manifest: Manifest =
        toml::from_str(&text).map_err(|e| format!("字体清单 {} 有误：{e}", manifest_path.display()))?;
    let target = folder.join("files");
    fs::create_dir_all(&target).map_err(|e| format!("无法建立字体文件夹 {}：{e}", target.display()))?;

    let mut failed = Vec::new();
    for source in &manifest.source {
        if source.files.iter().all(|file| is_present(&target, file)) {
            continue;
        }
        println!("取得字体 {}（{}）……", source.package, source.role);
        if let Err(reason) = install(source, &target) {
            if source.required {
                failed.push(format!("{}：{reason}", source.package));
            } else {
                println!("  未能取得 {}：{reason}", source.package);
                println!("  {}将由宋体代替，不影响生成报告。", source.role);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("缺少必需的字体。\n{}", failed.join("\n"))) }
}

fn is_present(target: &Path, file: &File) -> bool {
    fs::read(target.join(&file.name)).is_ok_and(|bytes| checksum(&bytes) == file.sha256)
}

fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Downloads the package into a working folder beside the fonts, unpacks it, and moves the checked files in place.
fn install(source: &Source, target: &Path) -> Result<(), String> {
    let work = target.join(".part").join(source.package.replace(['/', '@'], "_"));
    // Left over from an interrupted run: half a package is worth nothing.
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).map_err(|e| format!("无法建立临时文件夹 {}：{e}", work.display()))?;
    let outcome = download(source, &work).and_then(|archive| {
        unpack(source.kind, &archive, &work)?;
        for file in &source.files {
            let from = work.join(&file.path);
            let mut bytes = fs::read(&from).map_err(|e| format!("软件包中没有 {}：{e}", file.path))?;
            if let Some(Packed::Woff) = file.packed {
                bytes = unpack_woff(&bytes).ok_or_else(|| format!("{} 不是完整的 WOFF 字体", file.path))?;
            }
            if checksum(&bytes) != file.sha256 {
                return Err(format!("{} 的校验和与清单不符，未采用", file.name));
            }
            let to = target.join(&file.name);
            // Written whole beside its place, then moved: an interrupted run leaves no half font.
            fs::write(&from, &bytes)
                .and_then(|()| fs::rename(&from, &to))
                .map_err(|e| format!("无法写入 {}：{e}", to.display()))?;
        }
        for text in &source.texts {
            // A package without its documentation still gives good fonts.
            let _ = fs::copy(work.join(&text.path), target.join(&text.name));
        }
        Ok(())
    });
    let _ = fs::remove_dir_all(&work);
    let _ = fs::remove_dir(target.join(".part"));
    outcome
}

/// Gives the downloaded archive.
fn download(source: &Source, work: &Path) -> Result<PathBuf, String> {
    match source.kind {
        Kind::Npm => {
            let wanted = match &source.version {
                Some(version) => format!("{}@{version}", source.package),
                None => source.package.clone(),
            };
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            run(Command::new(npm).args(["pack", "--silent", &wanted]).current_dir(work), "请先安装 Node.js（含 npm）")?;
            find(work, "tgz")
        }
        Kind::Debian => {
            let hint = "此字体来自 Debian/Ubuntu 软件源，其他系统请从 Debian 机器复制 templates/fonts/files";
            let get = || run(Command::new("apt-get").args(["download", &source.package]).current_dir(work), hint);
            if let Err(first) = get() {
                // A fresh machine has no package lists yet.
                run(Command::new("apt-get").arg("update"), hint)
                    .map_err(|_| format!("{first}；可先运行 apt-get update"))?;
                get()?;
            }
            find(work, "deb")
        }
    }
}

fn unpack(kind: Kind, archive: &Path, work: &Path) -> Result<(), String> {
    let archive = archive.as_os_str();
    match kind {
        Kind::Npm => run(Command::new("tar").arg("-xzf").arg(archive).current_dir(work), "需要 tar 命令"),
        Kind::Debian => {
            run(Command::new("dpkg-deb").arg("-x").arg(archive).arg(".").current_dir(work), "需要 dpkg-deb 命令")
        }
    }
}

/// The one file in `work` with this ending.
fn find(work: &Path, ending: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(work).map_err(|e| format!("无法读取 {}：{e}", work.display()))?;
    let mut paths = entries.flatten().map(|entry| entry.path());
    paths.find(|path| path.extension().is_some_and(|e| e == ending)).ok_or_else(|| "没有下载到软件包".to_owned())
}

fn run(command: &mut Command, hint: &str) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|e| format!("无法运行 {name}（{e}）。{hint}"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let last = words.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("没有给出原因");
    Err(format!("{name} 失败：{}", last.trim()))
}

/// The TrueType font inside a WOFF 1.0 file: the same tables in the same order, each perhaps compressed.
/// `None` when the file is not whole.
fn unpack_woff(woff: &[u8]) -> Option<Vec<u8>> {
    let u16_at = |at: usize| Some(u16::from_be_bytes(woff.get(at..at + 2)?.try_into().ok()?));
    let u32_at = |at: usize| Some(u32::from_be_bytes(woff.get(at..at + 4)?.try_into().ok()?));
    if woff.get(..4)? != b"wOFF" {
        return None;
    }
    let tables = usize::from(u16_at(12)?);
    let largest_power = u16::try_from(tables.checked_ilog2()?).ok()?;
    let search_range = 16_u16.checked_shl(u32::from(largest_power))?;
    let mut font = woff.get(4..8)?.to_vec();
    for number in [tables as u16, search_range, largest_power, (tables as u16 * 16).checked_sub(search_range)?] {
        font.extend(number.to_be_bytes());
    }
    let mut body = Vec::new();
    for entry in (0..tables).map(|i| 44 + 20 * i) {
        let (start, packed, whole) = (u32_at(entry + 4)?, u32_at(entry + 8)?, u32_at(entry + 12)?);
        let data = woff.get(start as usize..(start as usize).checked_add(packed as usize)?)?;
        let table = if packed < whole {
            miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(data, whole as usize).ok()?
        } else {
            data.to_vec()
        };
        if table.len() != whole as usize {
            return None;
        }
        font.extend(woff.get(entry..entry + 4)?);
        font.extend(woff.get(entry + 16..entry + 20)?);
        font.extend((u32::try_from(12 + 16 * tables + body.len()).ok()?).to_be_bytes());
        font.extend(whole.to_be_bytes());
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    font.extend(body);
    Some(font)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_woff_cut_short_is_refused() {
        // One table of four bytes, stored as it is.
        let mut woff = b"wOFF\0\x01\0\0".to_vec();
        woff.extend([0; 4]);
        woff.extend([0, 1]);
        woff.resize(44, 0);
        woff.extend(b"abcd");
        for number in [64_u32, 4, 4, 7] {
            woff.extend(number.to_be_bytes());
        }
        woff.extend(b"data");
        let font = unpack_woff(&woff).expect("whole");
        assert_eq!(&font[..12], b"\0\x01\0\0\0\x01\0\x10\0\0\0\0");
        assert_eq!(&font[12..], b"abcd\0\0\0\x07\0\0\0\x1c\0\0\0\x04data");
        for length in 0..woff.len() {
            assert_eq!(unpack_woff(&woff[..length]), None, "cut to {length} bytes");
        }
    }
}
