//! Which dataset a table belongs to and which field each column is.
//!
//! Columns are first gathered into *questions* — usually one column each, but the 0/1 columns of a multiple-choice
//! question are one — and these are matched against declared fields or, when no declaration claims them, described by
//! what their titles and values say (`infer`).

mod infer;
mod matching;

use crate::header::{self, Title};
use crate::issue::{Issue, IssueCode, Severity};
use crate::lexicon::{Purpose, lexicon};
use crate::read::structure::{normal, strip_unit};
use crate::schema::{DatasetSchema, Field, FieldId, FieldKind, Form, Role};
use crate::table::{ColumnInfo, Shape, TableInfo, column_letters};
use crate::value;
use infer::Question;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Complete, explicit interpretation of a project's tables: schemas and column mappings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Plan {
    /// Final schemas: declared fields plus inferred ones, or wholly inferred.
    pub datasets: Vec<DatasetSchema>,
    /// Parallel to the given tables.
    pub tables: Vec<TablePlan>,
    #[serde(default)]
    pub issues: Vec<Issue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct TablePlan {
    /// `None`: not used as data (with the reason in `TableInfo::skipped` or here).
    pub dataset: Option<String>,
    pub reason: Option<String>,
    pub columns: Vec<ColumnPlan>,
    /// Field that takes the sheet name (stacked sheets), if any.
    pub sheet_field: Option<FieldId>,
    /// What that field takes for every row of this table: the sheet name without 台账, 汇总表 and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet_value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ColumnPlan {
    /// 0-based sheet column.
    pub index: u32,
    /// `None` when the column is ignored.
    pub field: Option<FieldId>,
    /// For 0/1 columns of one multi-choice question: the option this column stands for.
    pub option: Option<String>,
    /// 0–1, how sure the mapping is.
    pub confidence: f32,
    /// Unit of the raw values when it differs from the field's.
    pub unit: Option<String>,
}

/// A person's mapping decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Override {
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// Forces the dataset of the table.
    pub dataset: Option<String>,
    /// Header text or column letters.
    pub column: Option<String>,
    /// Field id the column is mapped to; empty string ignores the column.
    pub field: Option<FieldId>,
    /// Unit of the raw values.
    pub unit: Option<String>,
}

impl Override {
    fn concerns(&self, table: &TableInfo) -> bool {
        self.file.as_ref().is_none_or(|f| *f == table.file) && self.sheet.as_ref().is_none_or(|s| *s == table.sheet)
    }

    fn names_column(&self, column: &ColumnInfo) -> bool {
        self.column.as_ref().is_some_and(|c| {
            c.eq_ignore_ascii_case(&column_letters(column.index))
                || column.header.last().is_some_and(|h| normal(h) == normal(c))
                || normal(&header::path_title(&column.header).text) == normal(c)
        })
    }
}

/// Plans all active tables of a project together. `overrides` (from people or `--map`) fix dataset or field choices:
/// (file, sheet, column letters or header) → field id.
///
/// With `open`, tables that fit no declared dataset become inferred datasets, one for each group of tables with like
/// headers; otherwise they are left out with an issue. There, a table can be sent to an inferred dataset, too; sent to
/// an id that no group has, it becomes a dataset of that id, together with others sent there.
pub fn plan(tables: &[TableInfo], declared: &[DatasetSchema], open: bool, overrides: &[Override]) -> Plan {
    let mut plan = Plan { tables: vec![TablePlan::default(); tables.len()], ..Plan::default() };
    let views: Vec<Option<View>> =
        tables.iter().map(|t| (t.skipped.is_none() && !t.columns.is_empty()).then(|| View::new(t))).collect();
    // Members of each dataset: declared ones first, by position, then inferred groups.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); declared.len()];
    let mut free = Vec::new();
    let mut sent: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, table) in tables.iter().enumerate() {
        if let Some(text) = tables.iter().find(|t| same_answers(table, t)) {
            let reason = format!("与“{}”是同一批答卷按序号导出的文件，已采用选项文本", text.file);
            plan.issues.push(sheet_issue(table, &reason, Severity::Hint));
            plan.tables[i].reason = Some(reason);
            continue;
        }
        let Some(view) = &views[i] else {
            let reason = table.skipped.clone().unwrap_or_else(|| "没有数据".to_owned());
            plan.issues.push(sheet_issue(table, &reason, Severity::Hint));
            plan.tables[i].reason = Some(reason);
            continue;
        };
        let forced = overrides.iter().rev().find(|o| o.dataset.is_some() && o.concerns(table));
        if let Some(id) = forced.and_then(|o| o.dataset.as_deref()) {
            if let Some(d) = declared.iter().position(|d| d.id == id) {
                members[d].push(i);
                continue;
            }
            if open && is_id(id) {
                match sent.iter_mut().find(|(to, _)| *to == id) {
                    Some((_, group)) => group.push(i),
                    None => sent.push((id, vec![i])),
                }
                continue;
            }
        }
        let best = declared
            .iter()
            .enumerate()
            .filter_map(|(d, schema)| matching::fit(view, schema).map(|score| (d, score)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((d, _)) => members[d].push(i),
            None if open => free.push(i),
            None => {
                let reason = "表头与报告套件中的任何一类数据都不相符".to_owned();
                let mut issue = sheet_issue(table, &reason, Severity::Warning);
                issue.suggestion = Some("核对表头名称，或在导入时指定数据集和字段对应关系".to_owned());
                plan.issues.push(issue);
                plan.tables[i].reason = Some(reason);
            }
        }
    }
    for (d, schema) in declared.iter().enumerate() {
        let mut schema = schema.clone();
        fill_declared(&mut schema);
        map_members(&mut plan, &mut schema, &members[d], tables, &views, overrides, true);
        plan.datasets.push(schema);
    }
    let mut rest = groups(&free, &views).into_iter().map(|group| (None, group)).collect::<Vec<_>>();
    // Where a group has the id that tables were sent to, they join it below.
    let joined = |id: &str| sent.iter().find(|(to, _)| *to == id).map(|(_, group)| group.as_slice());
    rest.extend(sent.iter().map(|(id, group)| (Some(*id), group.clone())));
    for (id, mut group) in rest {
        if id.is_some_and(|id| plan.datasets.iter().any(|d| d.id == id)) {
            continue;
        }
        let mut schema = new_dataset(&group, tables, &views, &plan.datasets);
        match id {
            Some(id) => id.clone_into(&mut schema.id),
            None => group.extend(joined(&schema.id).unwrap_or_default()),
        }
        map_members(&mut plan, &mut schema, &group, tables, &views, overrides, false);
        infer::finish_dataset(&mut schema, &group, tables, &plan.tables);
        plan.datasets.push(schema);
    }
    plan
}

/// A table with its columns gathered into questions.
struct View {
    questions: Vec<Question>,
    form: Form,
    /// Normalised title and sheet name, for telling datasets apart.
    title: String,
}

impl View {
    fn new(table: &TableInfo) -> View {
        let form = infer::form(table);
        View {
            questions: infer::questions(table, form),
            form,
            title: normal(&format!("{}{}{}", table.title.as_deref().unwrap_or(""), table.sheet, table.file)),
        }
    }
}

/// Whether `codes` is the export by number of the very answers that `texts` holds in words: to count both would count
/// every respondent twice.
fn same_answers(codes: &TableInfo, texts: &TableInfo) -> bool {
    if codes.shape != Shape::WjxNumber || texts.shape != Shape::WjxText || codes.data_rows != texts.data_rows {
        return false;
    }
    let mut shared = 0;
    for column in &codes.columns {
        let title = |c: &ColumnInfo| c.header.last().map(|t| normal(t));
        if !title(column).is_some_and(|t| ["提交答卷时间", "所用时间", "来自ip"].contains(&t.as_str())) {
            continue;
        }
        let Some(other) = texts.columns.iter().find(|c| title(c) == title(column)) else { return false };
        if other.profile.distinct != column.profile.distinct || other.profile.filled != column.profile.filled {
            return false;
        }
        shared += 1;
    }
    shared >= 2
}

fn sheet_issue(table: &TableInfo, reason: &str, severity: Severity) -> Issue {
    let message = format!("工作表“{}”未作为数据导入：{reason}", table.sheet);
    Issue::new(&table.file, &table.sheet, IssueCode::SheetSkipped, severity, message)
}

/// Declared fields may leave year and series to be read from their titles.
fn fill_declared(schema: &mut DatasetSchema) {
    for field in &mut schema.fields {
        if field.year.is_none()
            && field.series.is_none()
            && matches!(field.kind, FieldKind::Integer | FieldKind::Decimal)
        {
            let (series, year) = header::strip_year(&field.title);
            if year.is_some() && !series.is_empty() {
                field.year = year;
                field.series = Some(series);
            }
        }
    }
}

/// The declared column of the same series in another year: what holds for it holds for the years nobody declared.
fn year_sibling<'f>(declared: &'f [Field], question: &Question) -> Option<&'f Field> {
    question.title.year?;
    let wanted = normal(&question.title.series);
    let series_of = |title: &str| normal(&header::strip_year(title).0);
    declared.iter().find(|f| {
        let numeric = matches!(f.kind, FieldKind::Integer | FieldKind::Decimal);
        numeric
            && f.year.is_some()
            && f.series.iter().chain(&f.aliases).chain(Some(&f.title)).any(|title| series_of(title) == wanted)
    })
}

/// Maps the columns of all tables of one dataset, adding inferred fields for what is left over.
fn map_members(
    plan: &mut Plan,
    schema: &mut DatasetSchema,
    members: &[usize],
    tables: &[TableInfo],
    views: &[Option<View>],
    overrides: &[Override],
    declared: bool,
) {
    let declared_fields = schema.fields.len();
    // Inferred field by what identifies it: normalised title with year.
    let mut extra: FxHashMap<String, usize> = FxHashMap::default();
    for &i in members {
        let table = &tables[i];
        let view = views[i].as_ref().expect("members have columns");
        let matches = matching::assign(view, &schema.fields[..declared_fields]);
        let mut columns: Vec<ColumnPlan> = Vec::new();
        let mut taken: FxHashSet<usize> = FxHashSet::default();
        for (q, question) in view.questions.iter().enumerate() {
            let (field, confidence) = match matches[q] {
                Some((f, confidence)) => (Some(f), confidence),
                None if question.ignored => (None, 0.9),
                None => {
                    let key = question.identity();
                    let at = match extra.get(&key) {
                        Some(at) if !taken.contains(at) => {
                            let (field, known) = (&mut schema.fields[*at], question);
                            infer::widen(field, known);
                            *at
                        }
                        _ => {
                            let mut field = infer::field(question, view.form, table);
                            if let Some(sibling) = year_sibling(&schema.fields[..declared_fields], question) {
                                field.kind = sibling.kind;
                                field.role = sibling.role;
                                field.unit.clone_from(&sibling.unit);
                                field.series.clone_from(&sibling.series);
                                field.min.clone_from(&sibling.min);
                                field.max.clone_from(&sibling.max);
                                field.missing.clone_from(&sibling.missing);
                                field.sensitive |= sibling.sensitive;
                            }
                            field.id = unique_id(&schema.fields, &field.id);
                            field.inferred = true;
                            schema.fields.push(field);
                            let at = schema.fields.len() - 1;
                            extra.entry(key).or_insert(at);
                            at
                        }
                    };
                    taken.insert(at);
                    (Some(at), if declared { 0.5 } else { 0.8 })
                }
            };
            for part in &question.columns {
                let unit = part.unit.clone().filter(|u| {
                    field.is_some_and(|f| schema.fields[f].unit.as_deref() != Some(u.as_str()))
                        && field
                            .is_some_and(|f| matches!(schema.fields[f].kind, FieldKind::Integer | FieldKind::Decimal))
                });
                columns.push(ColumnPlan {
                    index: part.index,
                    field: field.map(|f| schema.fields[f].id.clone()),
                    option: part.option.clone(),
                    confidence,
                    unit,
                });
            }
        }
        columns.sort_by_key(|c| c.index);
        for column in &table.columns {
            for o in overrides.iter().filter(|o| o.concerns(table) && o.names_column(column)) {
                let Some(entry) = columns.iter_mut().find(|c| c.index == column.index) else { continue };
                if let Some(field) = &o.field {
                    entry.confidence = 1.0;
                    entry.option = None;
                    entry.field = if field.is_empty() {
                        None
                    } else {
                        if schema.position(field).is_none() {
                            let (code, severity) = (IssueCode::UnknownColumn, Severity::Warning);
                            let message = format!("指定的字段“{field}”不在数据集“{}”中，该列未导入", schema.title);
                            plan.issues.push(Issue {
                                column: Some(column_letters(column.index)),
                                field: Some(field.clone()),
                                raw: column.header.join(" / "),
                                suggestion: Some("核对字段名称".to_owned()),
                                ..Issue::new(&table.file, &table.sheet, code, severity, message)
                            });
                        }
                        schema.position(field).map(|_| field.clone())
                    };
                }
                if let Some(unit) = &o.unit {
                    entry.unit = Some(unit.clone());
                }
            }
        }
        // An override may take a field from the column that had it.
        let mut seen: FxHashMap<FieldId, usize> = FxHashMap::default();
        for c in 0..columns.len() {
            let Some(field) = columns[c].field.clone() else { continue };
            if columns[c].option.is_some() {
                continue;
            }
            if let Some(&other) = seen.get(&field) {
                let loser = if columns[c].confidence > columns[other].confidence { other } else { c };
                columns[loser].field = None;
                if loser == other {
                    seen.insert(field, c);
                }
            } else {
                seen.insert(field, c);
            }
        }
        plan.tables[i] = TablePlan { dataset: Some(schema.id.clone()), columns, ..TablePlan::default() };
    }
    // A column that somebody set aside leaves no empty field behind.
    let used: FxHashSet<&FieldId> =
        members.iter().flat_map(|i| &plan.tables[*i].columns).filter_map(|c| c.field.as_ref()).collect();
    schema.fields.retain(|f| !f.inferred || used.contains(&f.id));
    infer::tell_apart(&mut schema.fields);
    sheet_fields(plan, schema, members, tables);
}

/// Gives stacked sheets a field for their name where the name says something that no column says.
fn sheet_fields(plan: &mut Plan, schema: &mut DatasetSchema, members: &[usize], tables: &[TableInfo]) {
    if matches!(schema.form, Form::Indicators | Form::Documents | Form::Targets) {
        return;
    }
    let open: Vec<usize> = members
        .iter()
        .copied()
        .filter(|i| {
            !plan.tables[*i]
                .columns
                .iter()
                .any(|c| c.field.as_ref().and_then(|f| schema.field(f)).is_some_and(|f| f.role == Role::Region))
        })
        .collect();
    if open.is_empty() {
        if outer_regions(plan, schema, members, tables) {
            return;
        }
        return other_sheet_fields(plan, schema, members, tables);
    }
    let regions: Vec<Option<String>> = open.iter().map(|i| region_of(&tables[*i])).collect();
    let found = regions.iter().flatten().count();
    if found > 0
        && found * 10 >= open.len() * 6
        && (members.len() > 1 || schema.fields.iter().any(|f| f.role == Role::Region && !f.inferred))
    {
        let id = match schema.fields.iter().find(|f| f.role == Role::Region) {
            Some(field) => field.id.clone(),
            None => add_region(schema, &regions.iter().flatten().map(String::as_str).collect::<Vec<_>>()),
        };
        for (i, region) in open.into_iter().zip(regions) {
            if let Some(region) = region {
                plan.tables[i].sheet_field = Some(id.clone());
                plan.tables[i].sheet_value = Some(region);
            }
        }
        return;
    }
    other_sheet_fields(plan, schema, members, tables);
}

/// A field for the places that sheets stand for, called by their kind.
fn add_region(schema: &mut DatasetSchema, places: &[&str]) -> FieldId {
    let title = region_title(places);
    let id = unique_id(&schema.fields, title);
    schema.fields.push(Field {
        id: id.clone(),
        title: title.to_owned(),
        kind: FieldKind::Choice,
        role: Role::Region,
        inferred: true,
        ..Field::default()
    });
    id
}

/// What a column of such places is called.
fn region_title(places: &[&str]) -> &'static str {
    let ends = |ends: &[&str]| places.iter().any(|p| ends.iter().any(|end| p.ends_with(end)));
    match places.first() {
        _ if ends(&["街道"]) => "街道（乡镇）",
        Some(n) if n.ends_with('镇') || n.ends_with('乡') => "乡镇",
        Some(n) if n.ends_with('村') || n.ends_with("社区") => "村（社区）",
        Some(n) if n.ends_with("园区") || n.ends_with("开发区") => "园区",
        _ => "区县",
    }
}

/// Sheets by street whose rows name communities: the sheets' regions group the finer ones, and are what a report
/// compares. Gives whether that is so.
fn outer_regions(plan: &mut Plan, schema: &mut DatasetSchema, members: &[usize], tables: &[TableInfo]) -> bool {
    if members.len() < 2 || schema.fields.iter().any(|f| !f.inferred) {
        return false;
    }
    let Some(inner) = schema.fields.iter().position(|f| f.role == Role::Region) else { return false };
    let names: Vec<Option<String>> = members.iter().map(|i| region_name(&tables[*i].sheet)).collect();
    let distinct: FxHashSet<&String> = names.iter().flatten().collect();
    if distinct.len() < names.len() {
        return false;
    }
    let mut finer = 0;
    for i in members {
        for column in &plan.tables[*i].columns {
            if column.field.as_ref() != Some(&schema.fields[inner].id) {
                continue;
            }
            let Some(info) = tables[*i].columns.iter().find(|c| c.index == column.index) else { continue };
            let Some(values) = &info.profile.distinct else { continue };
            // The same names inside: the column says it already.
            if values.iter().any(|(v, _)| distinct.contains(&value::clean_text(v).into_owned())) {
                return false;
            }
            finer += values.len();
        }
    }
    if finer <= distinct.len() {
        return false;
    }
    let places: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
    schema.fields[inner].role = Role::Category;
    let id = add_region(schema, &places);
    for (i, name) in members.iter().zip(&names) {
        plan.tables[*i].sheet_field = Some(id.clone());
        plan.tables[*i].sheet_value.clone_from(name);
    }
    true
}

/// Sheet names that are years, or any other grouping (小学, 初中).
fn other_sheet_fields(plan: &mut Plan, schema: &mut DatasetSchema, open: &[usize], tables: &[TableInfo]) {
    if open.len() < 2 {
        return;
    }
    let has_year = schema.fields.iter().any(|f| f.role == Role::Year);
    let years: Vec<Option<i32>> = open.iter().map(|i| header::strip_year(&tables[*i].sheet).1).collect();
    let regions = open.iter().filter(|i| region_of(&tables[**i]).is_some()).count();
    if !has_year && years.iter().all(Option::is_some) && years.iter().collect::<FxHashSet<_>>().len() > 1 {
        let id = unique_id(&schema.fields, "年份");
        schema.fields.push(Field {
            id: id.clone(),
            title: "年份".to_owned(),
            kind: FieldKind::Integer,
            role: Role::Year,
            inferred: true,
            ..Field::default()
        });
        if !schema.key.is_empty() && schema.fields.iter().all(|f| f.inferred) {
            schema.key.push(id.clone());
        }
        for (&i, year) in open.iter().zip(years) {
            plan.tables[i].sheet_field = Some(id.clone());
            plan.tables[i].sheet_value = year.map(|y| y.to_string());
        }
        return;
    }
    let names: FxHashSet<&str> = open.iter().map(|i| tables[*i].sheet.as_str()).collect();
    let plain = |name: &str| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_lowercase();
        name.is_empty() || lexicon().sheets.default_names.contains(&name)
    };
    if names.len() > 1 && regions == 0 && names.iter().all(|n| !plain(n)) && schema.fields.iter().all(|f| f.inferred) {
        let id = unique_id(&schema.fields, "工作表");
        schema.fields.push(Field {
            id: id.clone(),
            title: "工作表".to_owned(),
            kind: FieldKind::Choice,
            role: Role::Category,
            inferred: true,
            ..Field::default()
        });
        for &i in open {
            plan.tables[i].sheet_field = Some(id.clone());
            plan.tables[i].sheet_value = Some(tables[i].sheet.clone());
        }
    }
}

/// Region a table speaks of, by its sheet name, file name, 填报单位 or title.
fn region_of(table: &TableInfo) -> Option<String> {
    let stem = table.file.rsplit(['/', '\\']).next().unwrap_or(&table.file);
    let stem = stem.rsplit_once('.').map_or(stem, |(s, _)| s);
    region_name(&table.sheet).or_else(|| region_name(stem)).or_else(|| {
        table.preamble.iter().find_map(|line| {
            let line = value::clean_text(line);
            let (head, tail) = line.split_once(['：', ':'])?;
            if !(head.ends_with("单位") || head.ends_with("地区") || head.ends_with("区县")) {
                return None;
            }
            // 城关区科技局 → 城关区.
            let regions = &lexicon().regions;
            let mut best: Option<&str> = None;
            for (i, c) in tail.char_indices() {
                let part = &tail[..i + c.len_utf8()];
                if part.chars().count() >= 2
                    && regions.ends.iter().any(|e| part.ends_with(e.as_str()))
                    && !regions.never.iter().any(|n| n == part)
                {
                    // The innermost division wins: 某某市城关区.
                    best = Some(part);
                }
                if part.ends_with('局') || part.ends_with('委') || part.ends_with('（') {
                    break;
                }
            }
            best.map(|b| {
                let after_city = b.rfind('市').filter(|i| *i + 3 < b.len()).map_or(b, |i| &b[i + 3..]);
                after_city.to_owned()
            })
        })
    })
}

/// `城关区台账` → 城关区; `Sheet1` → none.
fn region_name(name: &str) -> Option<String> {
    let regions = &lexicon().regions;
    let clean = value::clean_text(name);
    let mut text: String = clean
        .trim_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '、' | '-' | '_' | ' ' | '（' | '）' | '(' | ')')
        })
        .to_owned();
    loop {
        let before = text.len();
        for word in &regions.strip {
            if text.len() > word.len()
                && let Some(rest) = text.strip_suffix(word.as_str())
            {
                text = rest.to_owned();
            }
        }
        text = text
            .trim_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, '.' | '、' | '-' | '_' | ' ' | '（' | '）' | '年')
            })
            .to_owned();
        if text.len() == before {
            break;
        }
    }
    let length = text.chars().count();
    ((2..=12).contains(&length)
        && regions.ends.iter().any(|e| text.ends_with(e.as_str()))
        && !regions.never.contains(&text))
    .then_some(text)
}

/// Groups tables with like headers, in order of first appearance.
fn groups(free: &[usize], views: &[Option<View>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Form, FxHashSet<String>, Vec<usize>)> = Vec::new();
    for &i in free {
        let view = views[i].as_ref().expect("free tables have columns");
        let titles: FxHashSet<String> = view.questions.iter().map(Question::identity).collect();
        let home = groups.iter_mut().find(|(form, known, _)| {
            let common = known.intersection(&titles).count();
            let smaller = known.len().min(titles.len());
            *form == view.form && common * 10 >= smaller * 7 && (common >= 3 || common == known.len().max(titles.len()))
        });
        match home {
            Some((_, known, members)) => {
                known.extend(titles);
                members.push(i);
            }
            None => groups.push((view.form, titles, vec![i])),
        }
    }
    groups.into_iter().map(|(_, _, members)| members).collect()
}

/// Whether a word can be the id of a dataset: facts and expressions name it.
fn is_id(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Id, title, form of a dataset that nobody declared.
fn new_dataset(
    group: &[usize],
    tables: &[TableInfo],
    views: &[Option<View>],
    others: &[DatasetSchema],
) -> DatasetSchema {
    let first = &tables[group[0]];
    let form = views[group[0]].as_ref().expect("groups have columns").form;
    let base = match form {
        Form::Ledger => "ledger",
        Form::Questionnaire => "questionnaire",
        Form::Indicators => "indicators",
        Form::Documents => "documents",
        Form::Targets => "targets",
    };
    let mut id = base.to_owned();
    let mut n = 2;
    while others.iter().any(|d| d.id == id) {
        id = format!("{base}_{n}");
        n += 1;
    }
    let stem = first.file.rsplit(['/', '\\']).next().unwrap_or(&first.file);
    let stem = stem.rsplit_once('.').map_or(stem, |(s, _)| s);
    let title = match &first.title {
        Some(t) => {
            let t = without_units(t);
            // Titles of stacked sheets differ by their region.
            match region_of(first).filter(|_| group.len() > 1) {
                Some(region) => t.replace(&region, ""),
                None => t,
            }
        }
        None => plain_stem(stem),
    };
    let title = if title.trim().is_empty() { stem.to_owned() } else { title.trim().to_owned() };
    let short = short_title(&title);
    let (title, short) = (in_chinese_brackets(&title), in_chinese_brackets(&short));
    let title = if others.iter().any(|d| d.title == short) { title } else { short };
    DatasetSchema { id, title, form, ..DatasetSchema::default() }
}

/// A file's name without what tools and offices add to it: `312345_按文本_游客问卷_150_150` → 游客问卷.
fn plain_stem(stem: &str) -> String {
    let additions = &lexicon().sheets.additions;
    let clean = value::clean_text(stem);
    let parts: Vec<&str> = clean
        .split(['_', '＿', '-', ' '])
        .map(|part| {
            let part = part.trim();
            // Running numbers before a name, but not 2023年 or 12月.
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            let rest = part[digits..].trim_start_matches(['.', '、', '．']);
            let counted = ["年", "月", "日", "季", "届", "期", "次", "号", "家", "户", "个", "所", "万", "年度"];
            if digits <= 3 && rest.chars().count() >= 2 && !counted.iter().any(|c| rest.starts_with(c)) {
                rest
            } else {
                part
            }
        })
        .filter(|part| {
            let bare = part.trim_matches(['(', ')', '（', '）']);
            !bare.is_empty() && !bare.chars().all(|c| c.is_ascii_digit()) && !additions.iter().any(|a| a == bare)
        })
        .collect();
    if parts.is_empty() { stem.to_owned() } else { parts.join("_") }
}

/// A title without the units that its last bracket names: of （㎡、亩） nothing stays.
fn without_units(title: &str) -> String {
    let (mut text, mut unit) = strip_unit(title);
    while unit.is_some() && text.ends_with(['）', ')']) {
        (text, unit) = strip_unit(&text);
    }
    text
}

/// A table's title as prose can bear it: without the year and the brackets that offices add, and with one word for
/// table (`2023年农民合作社基本情况统计表（截至12月）` → 农民合作社基本情况表), without its version. Short ones stay as they are.
fn short_title(title: &str) -> String {
    let kept = |text: &str| (text.chars().count() >= 4).then(|| text.to_owned());
    let mut out = title.to_owned();
    while let Some(open) = out.strip_suffix(['）', ')']).and_then(|t| t.rfind(['（', '('])) {
        // （公办） tells one table from another; （2023年） and （截至12月） do not.
        if !value::halfwidth(&out[open..]).chars().any(|c| c.is_ascii_digit()) {
            break;
        }
        let Some(shorter) = kept(out[..open].trim_end()) else { break };
        out = shorter;
    }
    let series = header::strip_year(&out).0;
    let series = series.trim_start_matches(['度', '_', '-', ' ']);
    // 秋季学期 or 上半年 says little without its year.
    if !lexicon().sheets.part_years.iter().any(|word| series.starts_with(word.as_str())) {
        out = kept(series).unwrap_or(out);
    }
    // What says which version of a file it is says nothing of what it holds: 托育机构3月, 托育机构更新版.
    let bare = out.trim_end_matches(['_', '-', ' ', '（', '）', '(', ')']);
    let version = lexicon().sheets.version_ends.iter().find_map(|end| bare.strip_suffix(end.as_str()));
    let month = bare.strip_suffix("月份").or_else(|| bare.strip_suffix('月'));
    let month = month.map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit() || "-—–~_至到".contains(c)));
    let month = month.filter(|t| *t != bare.trim_end_matches('月'));
    if let Some(shorter) = version.or(month).and_then(|t| kept(t.trim_end_matches(['_', '-', ' ', '（', '(']))) {
        out = shorter;
    }
    for (long, short) in &lexicon().sheets.plain_ends {
        if let Some(shorter) = out.strip_suffix(long.as_str()).and_then(|t| kept(&format!("{t}{short}"))) {
            return shorter;
        }
    }
    out
}

/// Brackets as Chinese text is printed with them: what is read is compared in half width.
fn in_chinese_brackets(title: &str) -> String {
    if title.is_ascii() {
        return title.to_owned();
    }
    title
        .chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

fn unique_id(fields: &[Field], wanted: &str) -> FieldId {
    let taken = |id: &str| fields.iter().any(|f| f.id == id);
    if !taken(wanted) {
        return wanted.to_owned();
    }
    (2..).map(|n| format!("{wanted}_{n}")).find(|id| !taken(id)).expect("some number is free")
}

/// Whether a field numbers the records (编号, 样本号), by its title.
pub(crate) fn is_number_of_records(field: &Field) -> bool {
    lexicon().purpose(&normal(&field.title)) == Some(Purpose::Role(Role::Key))
}

/// Title parts of a column.
fn column_title(column: &ColumnInfo) -> Title {
    if column.header.is_empty() {
        let text = format!("列{}", column_letters(column.index));
        return Title { series: text.clone(), text, ..Title::default() };
    }
    header::path_title(&column.header)
}

fn is_export(shape: Shape) -> bool {
    shape != Shape::Plain
}
