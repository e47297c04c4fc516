//! Stored records as tables for other programs: corrections applied, duplicates merged, personal data left out.

use serde_json::{Map, Value, json};
use std::io::{self, Write};
use survey::{Column, Dataset, schema::Field};

/// Fields that may leave the program.
fn open_fields(dataset: &Dataset) -> impl Iterator<Item = (&Field, &Column)> {
    dataset.schema.fields.iter().zip(&dataset.columns).filter(|(field, _)| !field.sensitive)
}

/// Writes one dataset as CSV (UTF-8, commas); the header row holds titles with units. Missing values are empty.
pub fn write_csv(dataset: &Dataset, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(open_fields(dataset).map(|(field, _)| field.header()))?;
    for row in 0..dataset.n {
        csv.write_record(open_fields(dataset).map(|(_, column)| column.text(row).unwrap_or_default()))?;
    }
    csv.flush()
}

/// Writes datasets as one JSON document. Values are texts in the field's unit, so that decimals stay exact; missing
/// ones are null.
pub fn write_json<'a>(datasets: impl IntoIterator<Item = &'a Dataset>, mut out: impl Write) -> io::Result<()> {
    out.write_all(b"{\"datasets\":[")?;
    for (at, dataset) in datasets.into_iter().enumerate() {
        let fields: Vec<Value> = open_fields(dataset)
            .map(|(f, _)| json!({ "id": f.id, "title": f.title, "type": f.kind, "unit": f.unit, "role": f.role }))
            .collect();
        let head = json!({ "id": dataset.schema.id, "title": dataset.schema.title, "records": dataset.n,
            "fields": fields })
        .to_string();
        let open_head = head.strip_suffix('}').expect("an object ends so");
        write!(out, "{}{open_head},\"rows\":[", if at > 0 { "," } else { "" })?;
        for row in 0..dataset.n {
            let record: Map<String, Value> = open_fields(dataset)
                .map(|(field, column)| (field.id.clone(), column.text(row).map_or(Value::Null, Value::String)))
                .collect();
            write!(out, "{}\n{}", if row > 0 { "," } else { "" }, Value::Object(record))?;
        }
        out.write_all(b"]}")?;
    }
    out.write_all(b"]}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::{ColumnData, DatasetSchema, Rows};

    fn dataset() -> Dataset {
        let field = |id: &str, title: &str, unit: Option<&str>, sensitive| Field {
            id: id.into(),
            title: title.into(),
            unit: unit.map(str::to_owned),
            sensitive,
            ..Field::default()
        };
        let mut first = Rows::with_capacity(2);
        first.insert(0);
        let mut both = Rows::with_capacity(2);
        both.insert_range(..);
        let coded = |dict: [&str; 2]| ColumnData::Coded { codes: vec![0, 1], dict: dict.map(str::to_owned).to_vec() };
        Dataset {
            schema: DatasetSchema {
                id: "d".into(),
                title: "台账".into(),
                fields: vec![
                    field("name", "名称", None, false),
                    field("revenue", "2024年营业收入", Some("万元"), false),
                    field("phone", "联系电话", None, true),
                ],
                ..DatasetSchema::default()
            },
            n: 2,
            columns: vec![
                Column { data: coded(["甲,\"公司\"", "乙"]), valid: both.clone(), ..Column::default() },
                Column {
                    data: ColumnData::Number { scale: 2, values: vec![123_450, 0] },
                    valid: first,
                    ..Column::default()
                },
                Column { data: coded(["1380000", "1390000"]), valid: both, ..Column::default() },
            ],
            ..Dataset::default()
        }
    }

    #[test]
    fn csv_has_titles_with_units_exact_decimals_and_no_personal_data() {
        let mut out = Vec::new();
        write_csv(&dataset(), &mut out).unwrap();
        let expected = "名称,2024年营业收入（万元）\n\"甲,\"\"公司\"\"\",1234.5\n乙,\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn json_is_one_document_with_nulls_for_missing_values() {
        let mut out = Vec::new();
        write_json([&dataset(), &dataset()], &mut out).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["datasets"][1]["rows"][0]["revenue"], "1234.5");
        assert_eq!(value["datasets"][0]["rows"][1]["revenue"], Value::Null);
        assert_eq!(value["datasets"][0]["records"], 2);
        assert!(value["datasets"][0]["rows"][0].get("phone").is_none());
    }
}
