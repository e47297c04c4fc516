//! Small datasets and kits written out in tests.
#![allow(dead_code)]

use report::{Inputs, Kit, KitFiles};
use std::path::Path;
use std::sync::Arc;
use survey::dataset::{Column, ColumnData, Dataset, Origin, Rough, Rows};
use survey::{DatasetSchema, Field, FieldKind, Form, Role};

pub enum Values<'a> {
    /// `""` is missing.
    Text(&'a [&'a str]),
    /// Decimal text; `""` is missing.
    Number(u8, &'a [&'a str]),
    /// Options joined with `+`; `""` is missing, `"-"` skipped.
    Multi(&'a [&'a str]),
    Date(&'a [&'a str]),
}

pub fn field(id: &str, title: &str, kind: FieldKind, role: Role) -> Field {
    Field { id: id.into(), title: title.into(), kind, role, ..Field::default() }
}

pub fn column(values: &Values<'_>) -> Column {
    let list = match values {
        Values::Text(v) | Values::Number(_, v) | Values::Multi(v) | Values::Date(v) => v,
    };
    let mut c = Column {
        valid: Rows::with_capacity(list.len()),
        skipped: Rows::with_capacity(list.len()),
        ..Column::default()
    };
    for (i, v) in list.iter().enumerate() {
        match *v {
            "" => {}
            "-" if matches!(values, Values::Multi(_)) => c.skipped.insert(i),
            _ => c.valid.insert(i),
        }
    }
    c.data = match values {
        Values::Text(_) => {
            let mut dict: Vec<String> = Vec::new();
            let codes = list
                .iter()
                .map(|v| match dict.iter().position(|d| d == v) {
                    _ if v.is_empty() => 0,
                    Some(i) => i as u32,
                    None => {
                        dict.push((*v).to_owned());
                        dict.len() as u32 - 1
                    }
                })
                .collect();
            ColumnData::Coded { codes, dict: dict.iter().collect() }
        }
        Values::Number(scale, _) => {
            let values = list
                .iter()
                .map(|v| {
                    let (whole, part) = v.split_once('.').unwrap_or((v, ""));
                    let text = format!("{whole}{part:0<width$}", width = usize::from(*scale));
                    text.parse().unwrap_or(0)
                })
                .collect();
            ColumnData::Number { scale: *scale, values }
        }
        Values::Multi(_) => {
            let mut dict: Vec<String> = Vec::new();
            let mut chosen: Vec<Rows> = Vec::new();
            for (i, v) in list.iter().enumerate() {
                for option in v.split('+').filter(|o| !o.is_empty() && *o != "-") {
                    let at = dict.iter().position(|d| d == option).unwrap_or_else(|| {
                        dict.push(option.to_owned());
                        chosen.push(Rows::with_capacity(list.len()));
                        dict.len() - 1
                    });
                    chosen[at].insert(i);
                }
            }
            ColumnData::Multi { dict: dict.iter().collect(), chosen }
        }
        Values::Date(_) => {
            let days = list
                .iter()
                .map(|v| {
                    v.parse::<chrono::NaiveDate>().map_or(0, |d| (d - chrono::NaiveDate::default()).num_days() as i32)
                })
                .collect();
            ColumnData::Date { days, rough: Rough::default() }
        }
    };
    c
}

pub fn dataset(id: &str, form: Form, columns: Vec<(Field, Values<'_>)>) -> Dataset {
    let n = columns.first().map_or(0, |(_, v)| match v {
        Values::Text(v) | Values::Number(_, v) | Values::Multi(v) | Values::Date(v) => v.len(),
    });
    let (fields, data) = columns.into_iter().map(|(f, v)| (f, Arc::new(column(&v)))).unzip();
    Dataset {
        schema: DatasetSchema {
            id: id.into(),
            title: format!("{id}台账"),
            form,
            noun: "单位".into(),
            classifier: "个".into(),
            fields,
            ..DatasetSchema::default()
        },
        n,
        columns: data,
        origins: (0..n).map(|r| Origin { source: 0, table: 1, row: r as u32 + 2 }).collect(),
        sources: vec![("测试.xlsx".into(), "表".into())],
    }
}

/// A kit of the given files with the shared words of every kit.
pub fn kit(files: &[(&str, &str)]) -> Kit {
    let labels = include_str!("../../../../../templates/kits/base/labels.toml");
    let mut all: KitFiles = [("base/labels.toml".to_owned(), labels.to_owned())].into();
    let head = "id = \"t\"\nname = \"测试\"\nversion = \"1\"\nformat = 1\nopen = true\n";
    all.insert("kit.toml".into(), head.into());
    for (name, text) in files {
        all.insert((*name).to_owned(), (*text).to_owned());
    }
    Kit::load(&all).unwrap_or_else(|faults| panic!("{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>()))
}

pub fn inputs(datasets: Vec<Dataset>) -> Inputs {
    Inputs {
        title: "测试报告".into(),
        as_of: chrono::NaiveDate::from_ymd_opt(2023, 12, 31).expect("date"),
        datasets: datasets.into_iter().map(std::sync::Arc::new).collect(),
        ..Inputs::default()
    }
}

/// Files of a kit the program carries, with those shared by all kits.
pub fn shipped_files(id: &str) -> KitFiles {
    fn add(files: &mut KitFiles, folder: &Path, prefix: &str) {
        for entry in std::fs::read_dir(folder).expect("kit folder").flatten() {
            let name = entry.file_name().into_string().expect("UTF-8 name");
            if entry.path().is_dir() {
                if name != "samples" {
                    add(files, &entry.path(), &format!("{prefix}{name}/"));
                }
            } else if name.ends_with(".toml") || name.ends_with(".csv") {
                files.insert(format!("{prefix}{name}"), std::fs::read_to_string(entry.path()).expect("kit file"));
            }
        }
    }
    let kits = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates/kits");
    let mut files = KitFiles::new();
    add(&mut files, &kits.join(id), "");
    add(&mut files, &kits.join("base"), "base/");
    files
}
