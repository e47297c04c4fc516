use report::analysis::{DatasetLog, FileLog};
use report::{ImportLog, Inputs, Kit, KitFiles};
use std::path::Path;
use survey::assemble::StoredTable;

struct Keep(Vec<(usize, u32, String)>, usize);
impl survey::TableSink for Keep {
    fn begin(&mut self, index: usize, _: &str) -> Result<(), String> {
        self.1 = index;
        Ok(())
    }
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        self.0.push((self.1, row, cells.to_owned()));
        Ok(())
    }
}

fn files(dir: &Path, prefix: &str, out: &mut KitFiles) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        let name = p.file_name().unwrap().to_str().unwrap().to_owned();
        if p.is_dir() {
            if name != "samples" {
                files(&p, &format!("{prefix}{name}/"), out);
            }
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            out.insert(format!("{prefix}{name}"), std::fs::read_to_string(&p).unwrap());
        }
    }
}

pub fn load(kit: &str, list: &[String]) -> (Kit, Inputs) {
    let mut kf = KitFiles::new();
    files(Path::new("templates/kits/base"), "base/", &mut kf);
    files(&Path::new("templates/kits").join(kit), "", &mut kf);
    let kit = Kit::load(&kf).unwrap_or_else(|e| panic!("{}", e.iter().map(|d| format!("{d}\n")).collect::<String>()));
    for d in kit.run_cases() {
        println!("CASE {d}");
    }
    let mut tables = Vec::new();
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for (i, f) in list.iter().enumerate() {
        let name = Path::new(f).file_name().unwrap().to_str().unwrap().to_owned();
        let mut keep = Keep(vec![], 0);
        let options = survey::ReadOptions { declared: kit.datasets.clone(), ..Default::default() };
        let infos = match survey::read(&name, std::fs::File::open(f).unwrap(), &options, &mut keep) {
            Ok(i) => i,
            Err(e) => {
                println!("{name}: {e}");
                continue;
            }
        };
        let base = tables.len();
        for info in infos {
            tables.push(StoredTable { id: tables.len() as i64, import: i as i64, info });
        }
        rows.extend(keep.0.into_iter().map(|(t, r, c)| (base + t, r, c)));
        names.push((i as i64, name));
    }
    let infos: Vec<_> = tables.iter().map(|t| t.info.clone()).collect();
    let plan = survey::plan(&infos, &kit.datasets, kit.open, &[]);
    let date = chrono::NaiveDate::from_ymd_opt(2023, 12, 31).unwrap();
    let done = survey::assemble(&plan, &tables, &[], date, &mut |i, take| {
        rows.iter().filter(|r| r.0 == i).for_each(|r| take(r.1, &r.2));
        Ok(())
    })
    .unwrap();
    let log = ImportLog {
        files: names
            .iter()
            .map(|(id, n)| FileLog {
                name: n.clone(),
                sha256: String::new(),
                tables: tables
                    .iter()
                    .zip(&plan.tables)
                    .filter(|(t, _)| t.import == *id)
                    .map(|(t, p)| (t.info.clone(), p.dataset.clone()))
                    .collect(),
            })
            .collect(),
        datasets: done
            .iter()
            .map(|a| DatasetLog {
                id: a.dataset.schema.id.clone(),
                records: a.dataset.n,
                duplicates: a.duplicates,
                rejected: a.rejected,
                corrections: a.corrections,
                issues: a.issues.clone(),
            })
            .collect(),
    };
    let mut inputs = Inputs {
        title: names[0].1.split('.').next().unwrap().to_owned(),
        as_of: date,
        datasets: done.iter().map(|a| a.dataset.clone()).collect(),
        log,
        ..Inputs::default()
    };
    if kit.id == "tech-enterprise" {
        inputs.title = "兰州市科技型企业发展现状、问题与对策研究".into();
        inputs.subtitle = Some("示例报告（企业台账和问卷为重构数据）".into());
        inputs.authors = vec!["科技型企业发展课题组".into()];
        inputs.org = Some("科技型企业发展课题组".into());
        for (k, v) in [
            ("region", "兰州市"),
            ("ledger_scope", "高新技术企业"),
            ("ledger_as_of", "2022年末"),
            ("questionnaire_as_of", "2023年12月"),
            ("cover_note", "企业台账和企业问卷是按公开发表的分布重构的示例数据，不对应真实企业。"),
        ] {
            inputs.parameters.insert(k.into(), v.into());
        }
    }
    (kit, inputs)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (kit, inputs) = load(&args[0], &args[2..]);
    let composed = report::compose(&kit, &inputs);
    for g in &composed.analysis.gaps {
        println!("gap: {g}");
    }
    for content in report::Content::ALL {
        let doc = composed.form(&kit, &inputs, &report::Edits::default(), content);
        std::fs::write(format!("{}.{}.json", args[1], content.name()), serde_json::to_string_pretty(&doc).unwrap())
            .unwrap();
        println!(
            "{}: {} characters, {} facts, {} index",
            content.name(),
            doc.length(),
            doc.facts.len(),
            doc.index.len()
        );
    }
    println!("{} facts", composed.facts.list.len());
}
