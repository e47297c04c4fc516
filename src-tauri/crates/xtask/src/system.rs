//! What a task needs of the machine beyond Cargo: system packages, and how to get them.

use crate::shell;
use std::path::Path;

/// A system package, by the name it has in Debian and Ubuntu.
pub struct Package {
    pub name: &'static str,
    probe: Probe,
}

/// What tells whether a package is there.
enum Probe {
    /// A command succeeds.
    Succeeds(&'static str),
    /// A command prints something.
    Prints(&'static str),
    /// A program of this name is on the path.
    OnPath(&'static str),
}

const fn package(name: &'static str, probe: Probe) -> Package {
    Package { name, probe }
}

/// The crates and the command line need these.
pub const COMPILER: [Package; 2] = [
    package("build-essential", Probe::Succeeds("cc --version")),
    package("pkg-config", Probe::Succeeds("pkg-config --version")),
];

/// The window cannot be compiled without these.
pub const WINDOW: [Package; 1] =
    [package("libwebkit2gtk-4.1-dev", Probe::Succeeds("pkg-config --exists webkit2gtk-4.1"))];

/// Without Chinese fonts the window shows boxes.
pub const LETTERS: [Package; 1] = [package("fonts-noto-cjk", Probe::Prints("fc-list :lang=zh-cn family"))];

/// Driving the window in tests needs these as well.
pub const JOURNEYS: [Package; 3] = [
    package("xvfb", Probe::OnPath("Xvfb")),
    package("webkit2gtk-driver", Probe::OnPath("WebKitWebDriver")),
    package("poppler-utils", Probe::OnPath("pdftotext")),
];

impl Package {
    fn is_there(&self) -> bool {
        match self.probe {
            Probe::Succeeds(line) => shell::has(line),
            Probe::Prints(line) => {
                shell::has(line) && shell::output(Path::new("."), line).is_ok_and(|text| !text.trim().is_empty())
            }
            Probe::OnPath(name) => std::env::var_os("PATH")
                .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file())),
        }
    }
}

/// Those of `packages` that are not there. Only Linux has packages to look for.
pub fn missing<'a>(packages: impl IntoIterator<Item = &'a Package>) -> Vec<&'static str> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    packages.into_iter().filter(|package| !package.is_there()).map(|package| package.name).collect()
}

/// Installs what is missing where it can, else says which command does.
pub fn install<'a>(root: &Path, packages: impl IntoIterator<Item = &'a Package>) -> Result<(), String> {
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" ");
    println!("缺少系统软件包：{missing}");
    if !shell::has("apt-get --version") {
        return Err(format!("请先用系统的软件包管理器安装（Debian/Ubuntu 的名称）：{missing}"));
    }
    let administrator = shell::output(root, "id -u").is_ok_and(|id| id.trim() == "0");
    let prefix = match administrator {
        true => "",
        false if shell::has("sudo -n true") => "sudo -n ",
        false => return Err(format!("请先运行：sudo apt-get install {missing}")),
    };
    shell::run(root, &format!("{prefix}apt-get update"))?;
    shell::run(root, &format!("{prefix}apt-get install -y --no-install-recommends {missing}"))
}
