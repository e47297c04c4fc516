//! The example workbooks of a kit: what a bureau would send, made from published figures.
//!
//! Everything comes from a seeded generator and fixed tables, so every run gives the same bytes. The distributions
//! that the published study states are laid out exactly and only then shuffled; all other values are invented and
//! the workbooks say so. Column titles are agreed in the kit's `samples/HEADERS.md`.

mod ledger;
mod questionnaire;
mod sheet;
mod tables;

use ledger::{FIELDS, enterprises};

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where the samples live, from the repository root.
pub const FOLDER: &str = "templates/kits/tech-enterprise/samples";

/// Every sample workbook by file name.
pub fn build() -> Result<BTreeMap<&'static str, Vec<u8>>, String> {
    let mut files = BTreeMap::new();
    let mut add = |name, made: Result<Vec<u8>, rust_xlsxwriter::XlsxError>| {
        made.map(|bytes| files.insert(name, bytes)).map(drop).map_err(|e| format!("生成“{name}”失败：{e}"))
    };
    add("科技型企业台账.xlsx", ledger::workbook(&enterprises()))?;
    add("企业问卷_问卷星导出.xlsx", questionnaire::workbook())?;
    add("主要指标汇总表.xlsx", tables::indicators())?;
    add("政策文件清单.xlsx", tables::policies())?;
    add("发展目标表.xlsx", tables::targets())?;
    Ok(files)
}

/// Writes the workbooks, leaving files whose content is already right untouched. Gives the names written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|e| format!("无法建立文件夹 {}：{e}", folder.display()))?;
    let mut written = Vec::new();
    for (name, bytes) in build()? {
        let path = folder.join(name);
        if std::fs::read(&path).is_ok_and(|old| same_content(&old, &bytes)) {
            continue;
        }
        std::fs::write(&path, bytes).map_err(|e| format!("无法写入 {}：{e}", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

/// Names of committed workbooks that differ from what the generator makes now.
pub fn drift(root: &Path) -> Result<Vec<String>, String> {
    let mut differing = Vec::new();
    for (name, bytes) in build()? {
        if !std::fs::read(root.join(FOLDER).join(name)).is_ok_and(|old| same_content(&old, &bytes)) {
            differing.push(name.to_owned());
        }
    }
    Ok(differing)
}

/// Whether two workbooks hold the same parts. The packed bytes may differ when another crate of the build switches
/// the deflate implementation; what a reader sees may not.
fn same_content(a: &[u8], b: &[u8]) -> bool {
    match (parts(a), parts(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

fn parts(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        parts.insert(name, content);
    }
    Some(parts)
}

/// SplitMix64: small, seeded, the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Whole number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()) as i64
    }

    /// True in `per_mille` of 1000 draws.
    pub fn chance(&mut self, per_mille: i64) -> bool {
        self.between(0, 999) < per_mille
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.between(0, from.len() as i64 - 1) as usize]
    }

    /// One of several values, each with a weight.
    pub fn weighted<T: Copy>(&mut self, from: &[(T, i64)]) -> T {
        let mut draw = self.between(0, from.iter().map(|(_, w)| w).sum::<i64>() - 1);
        for &(value, weight) in from {
            draw -= weight;
            if draw < 0 {
                return value;
            }
        }
        unreachable!("the draw lies below the sum of the weights")
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.between(0, i as i64) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::collections::{BTreeMap, BTreeSet};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
    }

    #[test]
    fn committed_workbooks_are_what_the_generator_makes() {
        assert_eq!(drift(&root()).unwrap(), Vec::<String>::new(), "run `cargo xtask samples` and commit");
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        assert!(build().unwrap() == build().unwrap());
    }

    fn open(name: &str) -> Xlsx<std::io::Cursor<Vec<u8>>> {
        Xlsx::new(std::io::Cursor::new(build().unwrap().remove(name).unwrap())).unwrap()
    }

    /// Number as people would read the cell: full-width digits, thousands separators and a trailing unit allowed.
    fn number(cell: &Data) -> Option<f64> {
        match cell {
            Data::Float(v) => Some(*v),
            Data::Int(v) => Some(*v as f64),
            Data::String(s) => {
                let plain: String = s
                    .chars()
                    .map(|c| match c {
                        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
                        '．' => '.',
                        c => c,
                    })
                    .filter(|c| !matches!(c, ',' | '，' | ' '))
                    .collect();
                plain.trim_end_matches("万元").parse().ok()
            }
            _ => None,
        }
    }

    /// Distinct enterprises of the ledger as written: code → (field, revenue 2022, key class).
    fn ledger() -> (usize, BTreeMap<String, (String, f64, String)>) {
        let mut book = open("科技型企业台账.xlsx");
        let mut rows = 0;
        let mut found = BTreeMap::new();
        for sheet in book.sheet_names() {
            if sheet == "填表说明" {
                continue;
            }
            let range = book.worksheet_range(&sheet).unwrap();
            let header: Vec<String> = range.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
            let at = |title: &str| header.iter().position(|h| h == title).unwrap_or_else(|| panic!("no {title}"));
            for row in range.rows().skip(4) {
                let code = row[at("统一社会信用代码")].to_string().trim().to_uppercase();
                if code.len() != 18 {
                    continue;
                }
                rows += 1;
                let revenue = number(&row[at("2022年营业收入")]).expect("every enterprise states its revenue");
                let field = row[at("高新技术领域")].to_string();
                found.entry(code).or_insert((field, revenue, row[at("重点培育类别")].to_string()));
            }
        }
        (rows, found)
    }

    #[test]
    fn the_ledger_has_the_published_distributions() {
        let (rows, ledger) = ledger();
        assert_eq!((rows, ledger.len()), (683, 681), "two rows repeat another enterprise");
        let mut fields = BTreeMap::new();
        let mut classes = [0usize; 6];
        for (field, revenue, _) in ledger.values() {
            *fields.entry(field.as_str()).or_insert(0) += 1;
            classes[[2000.0, 5000.0, 10000.0, 20000.0, 40000.0].iter().filter(|b| revenue >= *b).count()] += 1;
        }
        let published = [
            ("电子信息", 256),
            ("高技术服务", 161),
            ("先进制造与自动化", 77),
            ("新材料", 55),
            ("生物与新医药", 48),
            ("资源与环境", 41),
            ("新能源与节能", 37),
            ("航空航天", 6),
        ];
        assert_eq!(fields, BTreeMap::from(published));
        assert_eq!(classes, [422, 118, 59, 35, 17, 30]);
    }

    #[test]
    fn fifty_seven_enterprises_are_fostered_of_which_nineteen_and_nine() {
        let (_, ledger) = ledger();
        let count = |class: &str| ledger.values().filter(|(_, _, c)| c == class).count();
        assert_eq!((count("冶金建材"), count("装备制造和生物医药")), (19, 9));
        assert_eq!(ledger.values().filter(|(_, _, c)| !c.is_empty() && c != "—").count(), 57);
    }

    #[test]
    fn every_code_has_valid_check_digits() {
        const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        let value = |c: char| ALPHABET.find(c).expect("the standard's alphabet");
        let valid = |code: &str| {
            let (mut weight, mut sum) = (1, 0);
            for c in code.chars().take(17) {
                sum += value(c) * weight;
                weight = weight * 3 % 31;
            }
            (31 - sum % 31) % 31 == value(code.chars().last().unwrap())
        };
        // The standard's own example, and a code known to be wrong, so that this check can fail.
        assert!(valid("91350100M000100Y43") && !valid("91350100M000100Y44"));
        for code in ledger().1.keys() {
            assert!(valid(code), "{code}");
        }
        let names: BTreeSet<String> = enterprises().into_iter().map(|e| e.name).collect();
        assert_eq!(names.len(), 681, "every enterprise has a name of its own");
    }

    #[test]
    fn skipped_answers_follow_from_the_question_before() {
        let mut book = open("企业问卷_问卷星导出.xlsx");
        let range = book.worksheet_range("Sheet1").unwrap();
        let header: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let at = |start: &str| header.iter().position(|h| h.starts_with(start)).unwrap_or_else(|| panic!("no {start}"));
        let rows: Vec<_> = range.rows().skip(1).collect();
        assert_eq!(rows.len(), 260);
        for row in rows {
            let no_need = row[at("21、")] == Data::String("没有".into());
            for question in ["22、", "23、", "24、", "25、"] {
                assert_eq!(row[at(question)] == Data::String("(跳过)".into()), no_need, "{question}");
            }
        }
    }

    #[test]
    fn indicator_tables_hold_the_published_figures() {
        let mut book = open("主要指标汇总表.xlsx");
        let mut found = BTreeMap::new();
        for sheet in book.sheet_names() {
            for row in book.worksheet_range(&sheet).unwrap().rows() {
                if let (Some(name), Some(value)) = (row.get(1), row.get(2).and_then(number)) {
                    found.insert((name.to_string(), row[4].to_string()), value);
                }
            }
        }
        let figures = [797.0, 340.0, 871.0, 134.0, 11.0, 76.0, 5.0, 260.0, 148.0, 71.0, 90.0, 160.0, 5605.0, 50.9];
        for figure in figures.into_iter().chain([100.0, 20.0, 10.0]) {
            assert!(found.values().any(|v| *v == figure), "{figure} is missing");
        }
        let mut targets = open("发展目标表.xlsx");
        let range = targets.worksheet_range("发展目标").unwrap();
        let values: Vec<f64> = range.rows().filter_map(|r| r.get(3).and_then(number)).collect();
        assert_eq!(values, [1500.0, 250.0, 25.0, 15.0, 2.0]);
    }
}
