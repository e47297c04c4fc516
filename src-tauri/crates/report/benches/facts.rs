//! Forty indicators over a ledger of 100,000 and of 1,000,000 rows against the floor of the same run: one plain pass
//! over the memory of the same columns.
//!
//! The indicators are counts, shares, sums, means, medians, ratios, growth, concentration, HHI, thresholds,
//! multi-choice, a cross-table, a ranking and missing rates. `YANCE_BENCH_ROWS` limits the sizes (`100000`).

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use report::{Inputs, Kit, KitFiles};
use std::hint::black_box;
use std::sync::Arc;
use survey::dataset::{Column, ColumnData, Dataset, Origin, Rows};
use survey::{DatasetSchema, Field, FieldKind, Form, Role};

/// A fixed linear congruential generator: the same data in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn ledger(n: usize) -> Dataset {
    let mut random = Random(7);
    let mut fields = Vec::new();
    let mut columns = Vec::new();
    let mut add = |field: Field, data: ColumnData, random: &mut Random| {
        let mut valid = Rows::with_capacity(n);
        valid.insert_range(..);
        for _ in 0..n / 50 {
            valid.set(random.below(n as u64) as usize, false);
        }
        fields.push(field);
        columns.push(Arc::new(Column { data, valid, skipped: Rows::with_capacity(n), ..Column::default() }));
    };
    let field = |id: String, kind, role| Field { title: id.clone(), id, kind, role, ..Field::default() };
    let name =
        ColumnData::Coded { codes: (0..n as u32).collect(), dict: (0..n).map(|i| format!("单位{i}")).collect() };
    add(field("name".into(), FieldKind::Text, Role::Name), name, &mut random);
    for (c, groups) in [8u64, 12, 20, 6, 2, 5, 40, 3].into_iter().enumerate() {
        let codes = (0..n).map(|_| random.below(groups) as u32).collect();
        let dict = (0..groups).map(|g| format!("组{g}")).collect();
        add(field(format!("c{c}"), FieldKind::Choice, Role::Category), ColumnData::Coded { codes, dict }, &mut random);
    }
    for c in 0..29 {
        let values = (0..n).map(|_| random.below(10_000_000) as i64).collect();
        let data = ColumnData::Number { scale: 2, values };
        add(field(format!("m{c}"), FieldKind::Decimal, Role::Amount), data, &mut random);
    }
    for c in 0..2 {
        let dict = (0..6).map(|o| format!("项{o}")).collect();
        let chosen = (0..6)
            .map(|_| {
                let mut r = Rows::with_capacity(n);
                (0..n).filter(|_| random.below(3) == 0).for_each(|i| r.insert(i));
                r
            })
            .collect();
        add(field(format!("q{c}"), FieldKind::Multi, Role::Multi), ColumnData::Multi { dict, chosen }, &mut random);
    }
    Dataset {
        schema: DatasetSchema {
            id: "d".into(),
            title: "台账".into(),
            form: Form::Ledger,
            classifier: "家".into(),
            fields,
            ..DatasetSchema::default()
        },
        n,
        columns,
        origins: (0..n).map(|r| Origin { source: 0, table: 1, row: r as u32 }).collect(),
        sources: vec![("台账.xlsx".into(), "表".into())],
    }
}

fn kit() -> Kit {
    let mut text = String::new();
    let mut add = |kind: &str, rest: &str| {
        let id = text.matches("[[indicator]]").count();
        text.push_str(&format!("[[indicator]]\nid = \"i{id}\"\ntitle = \"指标{id}\"\nkind = \"{kind}\"\n{rest}\n"));
    };
    add("count", "dataset = \"d\"");
    for c in 0..4 {
        add("count", &format!("dataset = \"d\"\nwhere = \"c{c} = '组1'\""));
        add("share", &format!("dataset = \"d\"\nwhere = \"m{c} >= 50000 and c{c} <> '组0'\""));
        add("sum", &format!("dataset = \"d\"\nvalue = \"m{c}\""));
        add("mean", &format!("dataset = \"d\"\nvalue = \"m{c}\"\nwhere = \"c4 = '组1'\""));
        add("ratio", &format!("dataset = \"d\"\nnum = \"m{c}\"\nden = \"m{}\"\nunit = \"%\"", c + 4));
    }
    for c in 8..10 {
        add("median", &format!("dataset = \"d\"\nvalue = \"m{c}\""));
        add("growth", &format!("dataset = \"d\"\nfrom = \"m{c}\"\nto = \"m{}\"", c + 1));
        add("share", &format!("dataset = \"d\"\nwhere = \"m{c} / m{} < 0.05\"", c + 2));
    }
    add("distribution", "dataset = \"d\"\nby = \"c0\"");
    add("distribution", "dataset = \"d\"\nby = \"c6\"");
    add("concentration", "of = \"i27\"\ntop = 3");
    add("hhi", "of = \"i28\"");
    add("grouped", "dataset = \"d\"\nby = \"c1\"\nmeasure = \"sum\"\nvalue = \"m5\"");
    add("grouped", "dataset = \"d\"\nby = \"c2\"\nmeasure = \"ratio\"\nnum = \"m6\"\nden = \"m7\"\nunit = \"%\"");
    add("crosstab", "dataset = \"d\"\nby = \"c1\"\nacross = \"c0\"");
    add("multi-choice", "dataset = \"d\"\nfield = \"q0\"");
    add("multi-choice", "dataset = \"d\"\nfield = \"q1\"\nwhere = \"c1 = '组3'\"");
    add("rank", "dataset = \"d\"\nvalue = \"m3\"\ntop = 10");
    add("contribution", "dataset = \"d\"\nby = \"c0\"\nfrom = \"m8\"\nto = \"m9\"");
    add("missing", "dataset = \"d\"");
    add("dispersion", "of = \"i31\"");
    let head = "id = \"bench\"\nname = \"基准\"\nversion = \"1\"\nformat = 1\nopen = true\n";
    let files: KitFiles = [("kit.toml".to_owned(), head.to_owned()), ("indicators.toml".to_owned(), text)].into();
    Kit::load(&files).unwrap_or_else(|f| panic!("{f:?}"))
}

fn facts(c: &mut Criterion) {
    let kit = kit();
    assert_eq!(kit.size().0, 40);
    let most: usize = std::env::var("YANCE_BENCH_ROWS").ok().and_then(|r| r.parse().ok()).unwrap_or(1_000_000);
    for n in [100_000, 1_000_000].into_iter().filter(|n| *n <= most) {
        let inputs = Inputs {
            as_of: chrono::NaiveDate::from_ymd_opt(2023, 12, 31).expect("date"),
            datasets: vec![ledger(n).into()],
            ..Inputs::default()
        };
        let found = report::facts(&kit, &inputs);
        assert_eq!(found.order.len(), 40, "every indicator gives facts");
        let mut group = c.benchmark_group("facts");
        group.sample_size(10);
        group.bench_with_input(BenchmarkId::new("floor: one pass over the columns", n), &inputs, |b, i| {
            b.iter(|| {
                let mut total = 0i128;
                for c in &i.datasets[0].columns {
                    let part: i128 = match &c.data {
                        ColumnData::Number { values, .. } => values.iter().map(i128::from).sum(),
                        ColumnData::Coded { codes, .. } => codes.iter().map(|v| i128::from(*v)).sum(),
                        ColumnData::Multi { chosen, .. } => chosen.iter().map(|r| r.count_ones(..) as i128).sum(),
                        ColumnData::Date { days, .. } => days.iter().map(|v| i128::from(*v)).sum(),
                    };
                    total += part;
                }
                black_box(total)
            });
        });
        group.bench_with_input(BenchmarkId::new("40 indicators", n), &inputs, |b, i| {
            b.iter(|| black_box(report::facts(&kit, i).list.len()));
        });
        group.finish();
    }
}

criterion_group!(benches, facts);
criterion_main!(benches);
