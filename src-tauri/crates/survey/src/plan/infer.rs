//! What a column is when nobody has declared it: kind, role, unit, options, by its title and its values.

use super::{TablePlan, column_title, is_export};
use crate::header::{self, Title};
use crate::lexicon::{Purpose, lexicon};
use crate::read::structure::{normal, without_brackets};
use crate::schema::{Choice, DatasetSchema, Field, FieldKind, Form, Role};
use crate::table::{ColumnInfo, Profile, Shape, TableInfo};
use crate::value::{self, Presence};
use rustc_hash::{FxHashMap, FxHashSet};

/// One question: usually one column, several for the options of a multiple choice.
pub(super) struct Question {
    pub title: Title,
    /// Normalised texts by which a declared field may know it.
    pub names: Vec<String>,
    pub number: Option<u32>,
    pub columns: Vec<Part>,
    /// Kobo's joined answers beside their split columns: not a question of its own.
    pub ignored: bool,
}

pub(super) struct Part {
    pub index: u32,
    pub option: Option<String>,
    pub unit: Option<String>,
    pub profile: Profile,
}

impl Question {
    /// By what inferred fields of stacked tables are the same.
    pub fn identity(&self) -> String {
        let series = normal(&self.title.series);
        match self.title.year {
            Some(year) => format!("{series}@{year}"),
            None => series,
        }
    }

    pub fn filled(&self) -> u32 {
        self.columns.iter().map(|p| p.profile.filled).max().unwrap_or(0)
    }

    pub fn numbers(&self) -> u32 {
        self.columns.iter().map(|p| p.profile.numbers).max().unwrap_or(0)
    }

    /// Number of option columns.
    pub fn options(&self) -> usize {
        self.columns.iter().filter(|p| p.option.is_some()).count()
    }
}

/// Form of a table by its columns.
pub(super) fn form(table: &TableInfo) -> Form {
    let titles: Vec<String> = table.columns.iter().map(|c| normal(&column_title(c).text)).collect();
    let numbered =
        table.columns.iter().filter(|c| c.header.last().is_some_and(|t| header::question(t).is_some())).count();
    if is_export(table.shape) || numbered >= 2 && numbered * 10 >= table.columns.len() * 4 {
        return Form::Questionnaire;
    }
    let asks = titles
        .iter()
        .filter(|t| t.ends_with('?') || t.ends_with('？') || t.starts_with("您") || t.starts_with("贵"))
        .count();
    if asks >= 2 && asks * 2 >= titles.len() {
        return Form::Questionnaire;
    }
    let has = |words: &[&str]| titles.iter().any(|t| words.iter().any(|w| t == w));
    let column = |id: &str| table.columns.iter().any(|c| reported_field(table, c) == Some(id));
    // One indicator a row with its own unit: years side by side are its series, and no column adds up.
    let years = table.columns.iter().any(|c| column_title(c).year.is_some() && c.profile.numbers > 0);
    let is_name = |c: &&ColumnInfo| reported_field(table, c) == Some("name");
    let named = table.columns.iter().filter(is_name).any(|c| column_title(c).text.contains("指标"));
    if named && column("value")
        || column("name") && (years && column("unit") || column("previous") && (years || column("value")))
    {
        return Form::Indicators;
    }
    if has(&["文号", "发文字号", "文件文号"])
        && has(&["文件名称", "政策名称", "名称", "标题", "文件标题", "政策文件名称"])
    {
        return Form::Documents;
    }
    if has(&["目标值", "目标"]) && has(&["指标", "指标名称", "目标名称", "目标年份", "目标年度"])
    {
        return Form::Targets;
    }
    Form::Ledger
}

/// The field that a column of an indicator table is: what [`Form::Indicators`] promises its readers. Beside figures of
/// the period before, the first figures that nothing else is known of are those of this period, whatever it is called.
fn reported_field(table: &TableInfo, column: &ColumnInfo) -> Option<&'static str> {
    let words = &lexicon().reported;
    let titled = |column: &ColumnInfo| {
        let title = column_title(column);
        words.field(&normal(&title.text), title.unit.as_deref())
    };
    let has = |id: &str| table.columns.iter().any(|c| titled(c) == Some(id));
    let figures = |c: &&ColumnInfo| {
        let title = column_title(c);
        let is_meta = lexicon().purpose(&normal(&title.text)) == Some(Purpose::Role(Role::Meta));
        c.profile.numbers > 0 && titled(c).is_none() && title.year.is_none() && !is_meta
    };
    titled(column).or_else(|| {
        let first = table.columns.iter().find(figures).is_some_and(|first| first.index == column.index);
        (first && has("previous") && !has("value")).then_some("value")
    })
}

/// Gathers columns into questions.
pub(super) fn questions(table: &TableInfo, form: Form) -> Vec<Question> {
    let mut out: Vec<Question> = Vec::new();
    let mut done: FxHashSet<u32> = FxHashSet::default();
    for (i, column) in table.columns.iter().enumerate() {
        if done.contains(&column.index) {
            continue;
        }
        if form == Form::Questionnaire
            && let Some(group) = option_group(table, i)
        {
            done.extend(group.columns.iter().map(|p| p.index));
            // The joined answers of the same question carry nothing more than the split columns.
            if table.shape == Shape::Kobo
                && let Some(stem) = column.header.last().and_then(|h| h.rsplit_once('/')).map(|(s, _)| normal(s))
            {
                for q in &mut out {
                    if q.columns.len() == 1 && normal(&q.title.text) == stem {
                        q.ignored = true;
                    }
                }
            }
            out.push(group);
            continue;
        }
        done.insert(column.index);
        out.push(single(table, column));
    }
    out
}

fn single(table: &TableInfo, column: &ColumnInfo) -> Question {
    let raw = column.header.last().cloned().unwrap_or_default();
    let mut title = of_year(table, column).unwrap_or_else(|| column_title(column));
    let number = header::question(&raw).map(|(n, _)| n);
    if let Some((n, text)) = header::question(&raw) {
        let text = clean_question(&text);
        // A matrix row in brackets needs its question's text; the number stands for it when there is none.
        let text =
            match (text.strip_prefix(['(', '（']).and_then(|t| t.strip_suffix([')', '）'])), sibling_stem(table, n)) {
                (Some(row), Some(stem)) => format!("{stem}—{row}"),
                (Some(row), None) => row.to_owned(),
                (None, _) => match matrix_stem(table, n) {
                    Some(stem) if !text.starts_with(&stem) => format!("{stem}—{text}"),
                    _ => text,
                },
            };
        let text = if text.is_empty() { format!("第{n}题") } else { text };
        let unit = title.unit.take();
        let text = match unit.as_ref().or(column.unit.as_ref()) {
            Some(_) => crate::read::structure::strip_unit(&text).0,
            None => text,
        };
        title = Title { series: text.clone(), text, unit, year: None };
    }
    let mut names = vec![normal(&title.text), normal(&raw)];
    names.push(normal(&crate::read::structure::strip_unit(&raw).0));
    if let Some((_, text)) = header::question(&raw) {
        names.push(normal(&text));
    }
    if column.header.len() > 1 {
        names.push(normal(&column.header.concat()));
        let bare: String = column.header.iter().map(|h| crate::read::structure::strip_unit(h).0).collect();
        names.push(normal(&bare));
    }
    names.retain(|n| !n.is_empty());
    names.dedup();
    let unit = column.unit.clone().or_else(|| title.unit.clone());
    title.unit.clone_from(&unit);
    Question {
        title,
        names,
        number,
        columns: vec![Part { index: column.index, option: None, unit, profile: column.profile.clone() }],
        ignored: false,
    }
}

/// Title of a column of a year that its table tells: under 流通人次 of a table of 2025, 本年 is 2025年流通人次 and 上年同期
/// 2024年流通人次. Only where both stand under one group, so that they are two years of one thing.
fn of_year(table: &TableInfo, column: &ColumnInfo) -> Option<Title> {
    let back = |leaf: &String| lexicon().reported.years_back(&normal(&header::title(leaf).text));
    let (leaf, group) = column.header.split_last().filter(|(_, group)| !group.is_empty())?;
    let own = back(leaf)?;
    let mut beside = table.columns.iter().filter_map(|c| c.header.split_last()).filter(|(_, g)| *g == group);
    beside.find(|(other, _)| back(other).is_some_and(|other| (other == 0) != (own == 0)))?;
    let told = table.title.iter().chain(&table.preamble).chain([&table.sheet]);
    let year = told.filter_map(|line| header::strip_year(line).1).next()? - own;
    let Title { series, unit, .. } = header::path_title(group);
    let unit = header::title(leaf).unit.or(unit);
    Some(Title { text: header::dated(year, &series), unit, year: Some(year), series })
}

/// Text of a question that another column of the same number carries before its bracket.
fn sibling_stem(table: &TableInfo, number: u32) -> Option<String> {
    table.columns.iter().find_map(|c| {
        let (n, text) = header::question(c.header.last()?)?;
        let stem = text.split(['(', '（']).next().unwrap_or("").trim();
        (n == number && !stem.is_empty()).then(|| clean_question(stem))
    })
}

/// Question of a matrix of which only the first row carries the text: `4、对服务的评价—态度`, `4、设施`.
fn matrix_stem(table: &TableInfo, number: u32) -> Option<String> {
    let rows = rows_of(table, number);
    let (_, first) = header::question(rows.first()?.header.last()?)?;
    let (stem, _) = first.split_once(['—', '－'])?;
    (rows.len() > 1 && !stem.trim().is_empty()).then(|| clean_question(stem))
}

/// Removes what questionnaire tools add to a question: `[单选题]`, `*`, `（多选）`.
fn clean_question(text: &str) -> String {
    let mut text = value::clean_text(text).trim_matches(['*', ' ', '：', ':']).to_owned();
    for tag in [
        "单选题",
        "多选题",
        "填空题",
        "矩阵单选题",
        "矩阵量表题",
        "量表题",
        "排序题",
        "评分题",
        "必答",
        "选填",
        "必填",
        "问答题",
        "下拉题",
        "单选",
        "多选",
        "可多选",
        "多项填空题",
    ] {
        for (open, close) in [('[', ']'), ('【', '】'), ('（', '）'), ('(', ')')] {
            text = text.replace(&format!("{open}{tag}{close}"), "");
        }
    }
    let text = text.trim().trim_end_matches([':', '：', '*']).trim();
    // 您的年龄段是？ asks for 年龄段; the prose quotes the thing, not the asking.
    let asked = text.strip_prefix("请问").unwrap_or(text);
    let thing = asked
        .strip_prefix("您的")
        .and_then(|t| ["是？", "是?", "是什么？", "是什么?", "为？", "为?"].iter().find_map(|end| t.strip_suffix(end)))
        .filter(|t| t.chars().count() >= 2);
    thing.unwrap_or(text).to_owned()
}

/// The options of a multiple choice given as 0/1 columns from column `at` on, if they are that.
fn option_group(table: &TableInfo, at: usize) -> Option<Question> {
    let first = &table.columns[at];
    let raw = first.header.last()?;
    let number = header::question(raw).map(|(n, _)| n);
    let slash = raw.rsplit_once('/').map(|(s, _)| s.to_owned());
    let bracket = raw.rsplit_once('[').filter(|(s, r)| !s.is_empty() && r.ends_with(']')).map(|(s, _)| s.to_owned());
    // Grouped headers: the question above, one option per column below.
    let parent = (first.header.len() > 1).then(|| first.header[..first.header.len() - 1].to_vec());
    let same = |c: &ColumnInfo| -> bool {
        let Some(other) = c.header.last() else { return false };
        if let Some(n) = number {
            return header::question(other).is_some_and(|(m, _)| m == n);
        }
        if let Some(p) = &parent {
            return c.header.len() == first.header.len() && c.header[..c.header.len() - 1] == p[..];
        }
        if let Some(s) = &bracket {
            return other.rsplit_once('[').is_some_and(|(t, r)| t == s && r.ends_with(']'));
        }
        if table.shape == Shape::Kobo
            && let Some(s) = &slash
        {
            return other.rsplit_once('/').is_some_and(|(t, _)| t == s);
        }
        false
    };
    let members: Vec<&ColumnInfo> = table.columns[at..].iter().filter(|c| same(c)).collect();
    if members.len() < 2
        || !members.iter().all(|c| is_flag(&c.profile, table.shape) || takes_words(c))
        || !members.iter().any(|c| is_flag(&c.profile, table.shape) && c.profile.filled > 0)
        || members.iter().all(|c| c.profile.filled == 0)
    {
        return None;
    }
    let texts: Vec<String> = members
        .iter()
        .map(|c| {
            let t = c.header.last().expect("checked by same");
            header::question(t).map_or_else(|| t.clone(), |(_, text)| text)
        })
        .collect();
    let (stem, options) = if parent.is_some() && number.is_none() {
        (parent.as_ref().and_then(|p| p.last()).cloned().unwrap_or_default(), texts.clone())
    } else if let (Some(s), None) = (&slash, number) {
        (s.clone(), texts.iter().map(|t| t.rsplit_once('/').map_or(t.clone(), |(_, o)| o.to_owned())).collect())
    } else {
        split_options(&texts)
    };
    let stem_title = clean_question(&header::question(&stem).map_or(stem.clone(), |(_, t)| t));
    let text = if stem_title.is_empty() { format!("第{}题", number.unwrap_or(0)) } else { stem_title };
    let mut names = vec![normal(&text), normal(&stem)];
    names.dedup();
    Some(Question {
        title: Title { series: text.clone(), text, ..Title::default() },
        names,
        number,
        columns: members
            .iter()
            .zip(options)
            .map(|(c, option)| Part {
                index: c.index,
                option: Some(value::clean_text(&option).into_owned()),
                unit: None,
                profile: c.profile.clone(),
            })
            .collect(),
        ignored: false,
    })
}

/// What stands before and in the bracket that ends the text; brackets inside it belong to it.
fn bracketed_end(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 0;
    let (open, mark) = inner.char_indices().rev().find(|(_, c)| {
        depth += match c {
            ')' | '）' => 1,
            '(' | '（' => -1,
            _ => 0,
        };
        depth < 0
    })?;
    Some((text[..open].trim(), inner[open + mark.len_utf8()..].trim()))
}

/// Splits option headers into the question they share and the option each adds.
fn split_options(texts: &[String]) -> (String, Vec<String>) {
    // `题干(选项)`; some exports repeat the question on every option, some give it once, some leave only its number.
    if let Some(parts) = texts.iter().map(|t| bracketed_end(t)).collect::<Option<Vec<_>>>() {
        let mut stems: Vec<&str> = parts.iter().map(|(stem, _)| *stem).filter(|s| !s.is_empty()).collect();
        stems.dedup();
        if stems.len() <= 1 {
            let options = parts.iter().map(|(_, option)| (*option).to_owned()).collect();
            return (stems.first().copied().unwrap_or_default().to_owned(), options);
        }
    }
    let first: Vec<char> = texts[0].chars().collect();
    let mut common = first.len();
    for t in &texts[1..] {
        common = common.min(first.iter().zip(t.chars()).take_while(|(a, b)| **a == *b).count());
    }
    // The shared part ends at a mark, not inside the options' own words.
    let stem: String = first[..common].iter().collect();
    let cut = stem
        .rfind(['(', '（', ':', '：', '[', '—', '-', '_', '/', '.', '?', '？', '|', '】', ')', '）', ']'])
        .map_or(0, |i| i + stem[i..].chars().next().map_or(1, char::len_utf8));
    let stem = stem[..cut].to_owned();
    let options = texts
        .iter()
        .map(|t| {
            let rest = &t[stem.len()..];
            let opened = stem.ends_with(['(', '（', '[']);
            let rest = if opened { rest.strip_suffix([')', '）', ']']).unwrap_or(rest) } else { rest };
            rest.trim().to_owned()
        })
        .collect();
    (stem.trim_end_matches(['(', '（', '[', ':', '：', '—', '-', '_', '/', '.', ' ', '|']).to_owned(), options)
}

/// Whether a column is that of an option to which something is written: 其他 and words, of which there may be many.
fn takes_words(column: &ColumnInfo) -> bool {
    let title = column.header.last().map(|title| normal(title)).unwrap_or_default();
    let profile = &column.profile;
    lexicon().questions.other.iter().any(|word| title.ends_with(word.as_str())) && profile.numbers < profile.filled
}

/// Whether a column holds only 0/1 (or 是/否, Y) and the codes for skipped and blank.
fn is_flag(profile: &Profile, shape: Shape) -> bool {
    let Some(values) = &profile.distinct else { return false };
    values.iter().all(|(v, _)| {
        let v = value::halfwidth(v).to_ascii_lowercase();
        // `其他〖照顾孙辈〗` in the column of that option.
        v.ends_with(['〗', '】']) && v.contains(['〖', '【'])
            || matches!(v.as_str(), "0" | "1" | "0.0" | "1.0" | "-3" | "-2" | "true" | "false")
            || (shape != Shape::WjxNumber && matches!(v.as_str(), "y" | "n" | "yes" | "no" | "是" | "否" | "√"))
            || matches!(value::presence(&v), Presence::Missing | Presence::Skipped)
    })
}

/// Describes a question as a field.
pub(super) fn field(question: &Question, form: Form, table: &TableInfo) -> Field {
    let title = question.title.text.clone();
    let column = question.columns.first().and_then(|p| table.columns.iter().find(|c| c.index == p.index));
    let own = column.filter(|_| form == Form::Indicators).and_then(|c| reported_field(table, c));
    let mut field = Field {
        id: own.map_or_else(|| field_id(&title), str::to_owned),
        title,
        question: question.number,
        unit: question.title.unit.clone(),
        ..Field::default()
    };
    if question.options() > 0 {
        field.kind = FieldKind::Multi;
        field.role = Role::Multi;
        field.choices = question.columns.iter().filter_map(|p| p.option.clone()).map(choice).collect();
        field.unit = None;
        call(&mut field);
        return field;
    }
    let profile = &question.columns[0].profile;
    if form == Form::Questionnaire {
        describe_answer(&mut field, question, profile, table);
    } else {
        describe_column(&mut field, question, profile, form);
    }
    call(&mut field);
    if field.id == "previous"
        && let Some(said) = lexicon().reported.period(&normal(&field.title))
    {
        field.asked = Some(std::mem::replace(&mut field.title, said.to_owned()));
    }
    if question.title.year.is_some()
        && matches!(field.kind, FieldKind::Integer | FieldKind::Decimal)
        && field.role != Role::Year
    {
        field.year = question.title.year;
        field.series = Some(question.title.series.clone());
    }
    if !matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) {
        field.unit = None;
    }
    field
}

/// Calls a question by what it asks about and keeps what was asked. The id stays what the question gives: people's
/// corrections name it.
fn call(field: &mut Field) {
    let naming = &lexicon().naming;
    // A row of a matrix goes by the name of its question and its own words.
    let name = match matrix_row(&field.title) {
        Some((stem, row)) => naming.name(stem).map(|name| format!("{name}—{row}")),
        None => naming.name(&field.title),
    };
    if let Some(name) = name {
        let name = if field.role == Role::Scale { naming.degree(&name) } else { name };
        field.asked = Some(std::mem::replace(&mut field.title, name));
    }
}

/// The question and the row of a title that has both; a dash within brackets (1—5分) parts nothing.
fn matrix_row(title: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let dash = title.char_indices().find(|(_, c)| {
        depth += match c {
            '(' | '（' | '[' | '【' => 1,
            ')' | '）' | ']' | '】' => -1,
            _ => 0,
        };
        depth == 0 && *c == '—'
    });
    let (at, _) = dash?;
    let (stem, row) = (&title[..at], &title[at + '—'.len_utf8()..]);
    (!stem.is_empty() && !row.is_empty()).then_some((stem, row))
}

/// Questions whose short names are the same are told apart by what was asked.
pub(super) fn tell_apart(fields: &mut [Field]) {
    let mut uses: FxHashMap<String, u32> = FxHashMap::default();
    fields.iter().for_each(|f| *uses.entry(f.title.clone()).or_insert(0) += 1);
    for field in fields.iter_mut().filter(|f| uses[&f.title] > 1) {
        if let Some(asked) = field.asked.take() {
            field.title = asked;
        }
    }
}

/// A further table of the same dataset: what it adds to an inferred field.
pub(super) fn widen(field: &mut Field, question: &Question) {
    let Some(part) = question.columns.first() else { return };
    let p = &part.profile;
    match field.kind {
        FieldKind::Choice | FieldKind::Multi => {
            let asked = matches!(field.role, Role::Single | Role::Multi);
            let answers = if field.role == Role::Category && field.kind == FieldKind::Choice {
                classes(p)
            } else {
                labels(field.kind, p, asked)
            };
            for label in answers {
                if !field.choices.iter().any(|c| c.label == label) {
                    field.choices.push(choice(label));
                }
            }
            for option in question.columns.iter().filter_map(|p| p.option.clone()) {
                if !field.choices.iter().any(|c| c.label == option) {
                    field.choices.push(choice(option));
                }
            }
        }
        FieldKind::Integer if p.numbers > p.integers => field.kind = FieldKind::Decimal,
        _ => {}
    }
    if field.unit.is_none() && matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) {
        field.unit.clone_from(&part.unit);
    }
}

fn choice(label: String) -> Choice {
    Choice { label, ..Choice::default() }
}

/// Cleaned title as id: no blanks, no brackets' odd shapes.
fn field_id(title: &str) -> String {
    let id: String = title
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| if matches!(c, '|' | '/' | '\\' | '{' | '}' | '"' | '\'' | '`' | ',' | ';' | '.') { '_' } else { c })
        .take(60)
        .collect();
    if id.is_empty() { "未命名".to_owned() } else { id }
}

/// Distinct answers of a column in order of appearance, cleaned.
fn labels(kind: FieldKind, p: &Profile, asked: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |raw: &str| {
        // 无 is an answer to a question, but nothing in a ledger unless it recurs among classes.
        if !(value::presence(raw) == Presence::Value || asked && value::presence(raw) == Presence::None)
            || value::is_formula_error(raw)
        {
            return;
        }
        let text = value::clean_text(&without_brackets(raw)).into_owned();
        if !text.is_empty() && !out.contains(&text) {
            out.push(text);
        }
    };
    if kind == FieldKind::Multi {
        for (raw, _) in p.distinct.iter().flatten() {
            let outside = without_brackets(raw);
            match p.separator {
                Some(s) => outside.split(s).for_each(&mut add),
                None => add(&outside),
            }
        }
        if p.distinct.is_none() {
            p.parts.iter().flatten().for_each(|(part, _)| add(part));
        }
    } else {
        p.distinct.iter().flatten().for_each(|(raw, _)| add(raw));
    }
    out
}

/// Answers of a ledger's column that groups records: 无 is one of them where it recurs (无, 签约合作, 内设医疗机构).
fn classes(p: &Profile) -> Vec<String> {
    let recurs = |label: &str| {
        let given = p.distinct.iter().flatten().filter(|(raw, _)| value::clean_text(raw) == label);
        given.map(|(_, n)| n).sum::<u32>() >= 2
    };
    let mut answers = labels(FieldKind::Choice, p, true);
    answers.retain(|a| value::presence(a) == Presence::Value || recurs(a));
    answers
}

fn describe_answer(field: &mut Field, question: &Question, p: &Profile, table: &TableInfo) {
    let words = lexicon();
    let bare = normal(&question.title.text);
    let says = |list: &[String]| list.iter().any(|w| question.names.iter().any(|n| n.contains(w.as_str())));
    let purpose = words.purpose(&bare);
    if question.number.is_none()
        && (purpose == Some(Purpose::Role(Role::Meta)) || bare.starts_with('_') || is_meta_title(&bare))
    {
        field.role = Role::Meta;
        describe_values(field, p);
        return;
    }
    if purpose == Some(Purpose::Sensitive) {
        field.sensitive = true;
        return;
    }
    if purpose == Some(Purpose::Role(Role::Key)) && p.uscc > 0 {
        field.kind = FieldKind::Uscc;
        return;
    }
    // A number that hardly any two answers share stands for the answer; nothing is counted by it.
    if purpose == Some(Purpose::Role(Role::Key)) && p.filled > 2 && p.repeated() * 20 <= p.filled.max(40) {
        field.role = Role::Meta;
        return;
    }
    if purpose == Some(Purpose::Role(Role::Name)) && p.distinct.as_ref().is_none_or(|d| d.len() as u32 * 2 > p.filled) {
        field.role = Role::Name;
        return;
    }
    if field.unit.is_none() {
        field.unit = words.naming.unit(&field.title).map(str::to_owned);
    }
    let answers = labels(FieldKind::Choice, p, true);
    let k = answers.len() as u32;
    let multi = p.separator == Some('┋') && is_choosing(p)
        || (says(&words.questions.multi) && !says(&words.questions.single))
        || p.separator == Some('→')
        || (table.shape == Shape::Plain && is_list(p));
    // Where everybody puts all options in order, what is chosen says nothing; what comes first does.
    if p.separator == Some('→')
        && let Some(parts) = &p.parts
        && p.separated == p.filled
        && parts.iter().all(|(_, n)| *n == p.separated)
    {
        field.title.push_str("（排在首位）");
        field.kind = FieldKind::Choice;
        field.role = Role::Single;
        field.choices = parts.iter().map(|(part, _)| choice(value::clean_text(part).into_owned())).collect();
        return;
    }
    if multi && p.numbers < p.filled {
        field.kind = FieldKind::Multi;
        field.role = Role::Multi;
        field.choices = labels(FieldKind::Multi, p, true).into_iter().map(choice).collect();
        return;
    }
    if let Some(scale) = word_scale(&answers) {
        field.kind = FieldKind::Scale;
        field.role = Role::Scale;
        field.choices = scale
            .iter()
            .enumerate()
            .map(|(i, w)| Choice { label: w.clone(), code: Some((i + 1).to_string()), ..Choice::default() })
            .collect();
        return;
    }
    let coded = table.shape == Shape::WjxNumber;
    if p.filled > 0
        && p.integers == p.filled
        && let Some((title, choices)) = stated_codes(&field.title)
        && p.distinct.as_ref().is_some_and(|d| {
            d.iter().all(|(v, _)| {
                let v = value::halfwidth(v);
                coded && matches!(v.as_ref(), "-3" | "-2") || choices.iter().any(|c| c.code.as_deref() == Some(&*v))
            })
        })
    {
        let labels: Vec<String> = choices.iter().map(|c| c.label.clone()).collect();
        let rated = word_scale(&labels).is_some_and(|scale| scale == labels);
        field.title = title;
        (field.kind, field.role) =
            if rated { (FieldKind::Scale, Role::Scale) } else { (FieldKind::Choice, Role::Single) };
        field.choices = choices;
        return;
    }
    if let Some((least, most)) = stated_scale(&field.title, p) {
        field.kind = FieldKind::Scale;
        field.role = Role::Scale;
        field.min = Some(least.to_string());
        field.max = Some(most.to_string());
        return;
    }
    if p.filled > 0 && p.integers == p.filled {
        let values: Option<Vec<i64>> = p.distinct.as_ref().map(|d| {
            let mut v: Vec<i64> = d
                .iter()
                .filter_map(|(t, _)| value::halfwidth(t).parse().ok())
                .filter(|v| !(coded && matches!(v, -3 | -2)))
                .collect();
            v.sort_unstable();
            v
        });
        if let Some(values) = &values
            && let (Some(low), Some(high)) = (values.first(), values.last())
        {
            if *low >= 0 && *high <= 10 && says(&words.questions.scale) {
                field.kind = FieldKind::Scale;
                field.role = Role::Scale;
                if let Some((least, most)) = points(&field.title).filter(|(l, m)| l <= low && high <= m) {
                    field.min = Some(least.to_string());
                    field.max = Some(most.to_string());
                }
                return;
            }
            // Several columns of codes under one number are the rows of a matrix, or places in an order.
            if coded && *low >= 1 && *high <= 10 && question.number.is_some_and(|n| rows_of(table, n).len() > 1) {
                if question.number.is_some_and(|n| is_ranking(&rows_of(table, n))) {
                    field.kind = FieldKind::Integer;
                    field.role = Role::Other;
                } else {
                    field.kind = FieldKind::Scale;
                    field.role = Role::Scale;
                }
                return;
            }
            if coded && *low >= 1 && *high <= 60 && !says(&words.questions.open) && field.unit.is_none() {
                field.kind = FieldKind::Choice;
                field.role = Role::Single;
                field.choices = (1..=*high)
                    .map(|v| Choice { label: format!("第{v}项"), code: Some(v.to_string()), ..Choice::default() })
                    .collect();
                return;
            }
        }
    }
    if p.filled > 0 && (p.numbers + p.dates.min(p.numbers)) * 10 >= p.filled * 9 && p.numbers * 10 >= p.filled * 9 {
        describe_number(field, purpose, p);
        return;
    }
    if p.dates * 10 >= p.filled * 9 && p.filled > 0 {
        field.kind = FieldKind::Date;
        field.role = Role::Date;
        return;
    }
    if p.filled == 0 {
        field.role = if question.number.is_some() { Role::Open } else { Role::Other };
        return;
    }
    if purpose == Some(Purpose::Role(Role::Open)) && (p.longest > 6 || k * 2 > p.filled) {
        field.role = Role::Open;
        return;
    }
    let closed = p.distinct.is_some()
        && k <= 60
        && p.longest <= 80
        && (p.filled >= k * 2 || k <= 6 && p.filled > k && p.longest <= 30);
    let region = purpose == Some(Purpose::Role(Role::Region));
    if (closed || region && p.distinct.is_some()) && !says(&words.questions.open) {
        field.kind = FieldKind::Choice;
        field.role = if region { Role::Region } else { Role::Single };
        field.choices = answers.into_iter().map(choice).collect();
    } else {
        field.role = Role::Open;
    }
}

/// The meaning of codes that a question states in brackets, `您的性别（1男 2女）`, and the question without them.
fn stated_codes(title: &str) -> Option<(String, Vec<Choice>)> {
    let open = title.rfind(['(', '（', '[', '【'])?;
    let inner = title[open..].trim_start_matches(['(', '（', '[', '【']);
    let close = inner.find([')', '）', ']', '】'])?;
    if !inner[close..].trim_start_matches([')', '）', ']', '】']).trim_matches(['?', '？', '：', ':', ' ']).is_empty()
    {
        return None;
    }
    let text = value::halfwidth(&inner[..close]).into_owned();
    let mut choices: Vec<Choice> = Vec::new();
    let mut rest = text.as_str();
    loop {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        let digits = rest[start..].len() - rest[start..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // Codes count up; another number is part of an answer or of no list at all.
        let code: usize = rest[start..start + digits].parse().ok()?;
        if code != choices.len() + 1 {
            return None;
        }
        let after = &rest[start + digits..];
        let next = format!("{}", code + 1);
        let end = after
            .match_indices(&next)
            .map(|(i, _)| i)
            .find(|i| after[..*i].ends_with([' ', ',', ';', '、', '/', '|', '\u{3000}', '，', '；']))
            .unwrap_or(after.len());
        let label = after[..end].trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '=' | '.' | '、' | ':' | '-' | ',' | ';' | '/' | '|' | '，' | '；' | '：' | '—')
        });
        if label.is_empty() || label.starts_with('分') {
            return None;
        }
        choices.push(Choice { code: Some(code.to_string()), ..choice(label.to_owned()) });
        if end == after.len() {
            break;
        }
        rest = &after[end..];
    }
    let bare = title[..open].trim().trim_end_matches([':', '：']).trim();
    (choices.len() >= 2 && !bare.is_empty()).then(|| (bare.to_owned(), choices))
}

/// The ends of a scale that a question states: `（0-10分）`, `打几分（1～5分）`.
fn points(title: &str) -> Option<(i64, i64)> {
    let text = value::halfwidth(title);
    let told = text.match_indices('分').find_map(|(at, _)| points_before(&text[..at]));
    // 请打分（1-5）—薪酬待遇, 推荐的可能性（0-10）: nothing but the ends, where the question asks for points.
    let bare = || {
        let asks = lexicon().questions.scale.iter().any(|word| text.contains(word.as_str()));
        let inside = text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside);
        let ends = |c: char| c.is_ascii_digit() || "-~～—–至到 ".contains(c);
        inside.filter(|inside| asks && inside.chars().all(ends)).find_map(points_before)
    };
    told.or_else(bare)
}

fn points_before(before: &str) -> Option<(i64, i64)> {
    let number = |s: &str| s.chars().rev().take_while(char::is_ascii_digit).count();
    let most = &before[before.len() - number(before)..];
    let rest = before[..before.len() - most.len()].trim_end_matches(['-', '~', '～', '—', '–', '至', '到', ' ']);
    let least = &rest[rest.len() - number(rest)..];
    let (least, most) = (least.parse().ok()?, most.parse().ok()?);
    (least < most && most <= 100).then_some((least, most))
}

/// The ends of a scale of up to ten that a question states and nearly all answers keep to: one of a hundred that lies
/// outside (`55` for `5`) is an answer to look at, and no reason to add up what was given as points.
fn stated_scale(title: &str, p: &Profile) -> Option<(i64, i64)> {
    let (least, most) = points(title).filter(|(_, most)| p.filled > 0 && p.integers == p.filled && *most <= 10)?;
    let outside = p.distinct.as_ref()?.iter().filter(|(answer, _)| {
        !value::halfwidth(answer).parse::<i64>().is_ok_and(|answer| (least..=most).contains(&answer))
    });
    let outside: u32 = outside.map(|(_, n)| *n).sum();
    (outside > 0 && outside * 20 <= p.filled).then_some((least, most))
}

/// The columns of one question.
fn rows_of(table: &TableInfo, number: u32) -> Vec<&ColumnInfo> {
    let own = |c: &&ColumnInfo| c.header.last().and_then(|h| header::question(h)).is_some_and(|(n, _)| n == number);
    table.columns.iter().filter(own).collect()
}

/// Whether columns hold places in an order: as many places as columns, each given equally often.
fn is_ranking(columns: &[&ColumnInfo]) -> bool {
    let mut places = vec![0u32; columns.len()];
    for column in columns {
        let Some(values) = &column.profile.distinct else { return false };
        for (v, n) in values {
            match value::halfwidth(v).parse::<i64>() {
                Ok(-3 | -2) => {}
                Ok(v) if v >= 1 && v as usize <= places.len() => places[v as usize - 1] += n,
                _ => return false,
            }
        }
    }
    places[0] > 0 && places.iter().all(|n| *n == places[0])
}

fn is_meta_title(bare: &str) -> bool {
    [
        "submissiontime",
        "uuid",
        "id",
        "index",
        "start",
        "end",
        "today",
        "deviceid",
        "status",
        "tags",
        "notes",
        "submittedby",
        "validationstatus",
    ]
    .contains(&bare)
}

fn describe_column(field: &mut Field, question: &Question, p: &Profile, form: Form) {
    let words = lexicon();
    let bare = normal(&question.title.series);
    let mut purpose = words.purpose(&bare);
    // 其中：女生 below 在校学生 counts what 在校学生 does.
    if purpose.is_none()
        && question.names.iter().any(|n| words.rows.part.iter().any(|word| n.starts_with(normal(word).as_str())))
        && let Some((whole, _)) = bare.split_once('中')
    {
        purpose = words.purpose(whole).filter(|p| matches!(p, Purpose::Role(Role::Count | Role::Amount)));
        let unit = words.counted_in(whole).or_else(|| words.counted_noun(whole));
        if p.integers == p.numbers && field.unit.is_none() {
            field.unit = unit.map(str::to_owned);
        }
    }
    let role = match purpose {
        Some(Purpose::Sensitive) => {
            field.sensitive = true;
            return;
        }
        Some(Purpose::Role(role)) => Some(role),
        None => None,
    };
    // Mobile numbers give themselves away.
    if p.filled >= 3
        && p.numbers == p.filled
        && p.longest == 11
        && p.integers == p.filled
        && field.unit.is_none()
        && role.is_none()
        && p.distinct.as_ref().is_none_or(|d| d.iter().all(|(v, _)| v.starts_with('1')))
    {
        field.sensitive = true;
        return;
    }
    if p.uscc * 10 >= p.filled * 6 && p.uscc > 0 {
        field.kind = FieldKind::Uscc;
        field.role = if role == Some(Role::Key) || role.is_none() { Role::Key } else { Role::Other };
        return;
    }
    // A title that promises figures needs fewer of them to be believed; the rest are issues.
    let promised = field.unit.is_some() || matches!(role, Some(Role::Amount | Role::Count | Role::Rate));
    let figures = p.filled > 0 && p.numbers * 10 >= p.filled * if promised { 5 } else { 7 };
    match role {
        // In lists of indicators or documents 来源 and 备注 are content, the running number never is.
        Some(Role::Meta) if matches!(form, Form::Ledger | Form::Questionnaire) || bare.starts_with('序') => {
            field.role = Role::Meta;
            describe_values(field, p);
            return;
        }
        // A number of something that many records share is no name of theirs.
        Some(Role::Key) if p.repeats.unwrap_or(0) * 4 <= p.filled => {
            field.role = Role::Key;
            return;
        }
        Some(Role::Region) if !figures => {
            field.role = Role::Region;
            field.kind = if p.distinct.is_some() { FieldKind::Choice } else { FieldKind::Text };
            field.choices = labels(FieldKind::Choice, p, false).into_iter().map(choice).collect();
            return;
        }
        Some(Role::Name) if !figures => {
            field.role = Role::Name;
            return;
        }
        Some(Role::Year) if figures => {
            field.kind = FieldKind::Integer;
            field.role = Role::Year;
            field.unit = None;
            return;
        }
        Some(Role::Year | Role::Date) if (p.dates + p.numbers) * 2 >= p.filled => {
            field.kind = FieldKind::Date;
            field.role = Role::Date;
            return;
        }
        Some(Role::Open) if !figures => {
            // 主要产品 may be a list of few words, but is described, not counted.
            field.role = Role::Open;
            return;
        }
        _ => {}
    }
    if p.filled == 0 {
        match role {
            Some(Role::Amount) => {
                field.kind = FieldKind::Decimal;
                field.role = Role::Amount;
            }
            Some(Role::Count) => {
                field.kind = FieldKind::Integer;
                field.role = Role::Count;
            }
            Some(Role::Rate) => {
                field.kind = FieldKind::Decimal;
                field.role = Role::Rate;
            }
            _ => field.role = role.unwrap_or(Role::Other),
        }
        return;
    }
    if is_boolean(&bare, p) {
        field.kind = FieldKind::Bool;
        field.role = Role::Category;
        return;
    }
    if p.dates * 10 >= p.filled * 7 && p.numbers * 2 < p.filled {
        field.kind = FieldKind::Date;
        field.role = Role::Date;
        return;
    }
    if figures {
        let few = p.distinct.as_ref().is_some_and(|d| d.len() <= 12 && d.len() as u32 * 3 <= p.filled);
        if bare.ends_with("代码") || bare.ends_with("邮编") || bare.ends_with('号') || bare.ends_with("编码") {
            field.kind = if few { FieldKind::Choice } else { FieldKind::Text };
            field.role = if few { Role::Category } else { Role::Other };
            return;
        }
        if role == Some(Role::Category) && few && p.integers == p.numbers && field.unit.is_none() {
            field.kind = FieldKind::Choice;
            field.role = Role::Category;
            field.choices = classes(p).into_iter().map(choice).collect();
            return;
        }
        describe_number(field, purpose, p);
        return;
    }
    if is_list(p) {
        field.kind = FieldKind::Multi;
        field.role = Role::Multi;
        field.choices = labels(FieldKind::Multi, p, false).into_iter().map(choice).collect();
        return;
    }
    let answers = labels(FieldKind::Choice, p, false);
    let k = answers.len() as u32;
    let repeated = k > 0 && (p.filled >= k * 2 || k <= 8 && p.filled > k);
    let named = role == Some(Role::Category);
    if p.distinct.is_some()
        && k <= 120
        && p.longest <= 40
        && (repeated || named && p.filled >= 3 && p.filled >= k + k / 3)
    {
        field.kind = FieldKind::Choice;
        field.role = if role.is_none() && are_regions(&answers) { Role::Region } else { Role::Category };
        let answers = if field.role == Role::Category { classes(p) } else { answers };
        field.choices = answers.into_iter().map(choice).collect();
        return;
    }
    field.role = if p.longest > 30 { Role::Open } else { Role::Other };
}

/// Whether values are places by their endings: 东风镇, 红旗街道.
fn are_regions(answers: &[String]) -> bool {
    let regions = &lexicon().regions;
    let places = answers
        .iter()
        .filter(|a| {
            a.chars().count() >= 3
                && regions.ends.iter().any(|e| a.ends_with(e.as_str()))
                && !regions.never.iter().any(|n| a.ends_with(n.as_str()))
        })
        .count();
    answers.len() >= 2 && places * 10 >= answers.len() * 8
}

/// Role and kind of a column of figures.
fn describe_number(field: &mut Field, purpose: Option<Purpose>, p: &Profile) {
    let role = match purpose {
        Some(Purpose::Role(role)) => Some(role),
        _ => None,
    };
    if field.unit.is_none() && p.percents * 2 > p.filled {
        field.unit = Some("%".to_owned());
    }
    let whole = p.integers == p.numbers;
    if field.unit.is_none() && whole && matches!(role, Some(Role::Count | Role::Rate) | None) {
        let (words, title) = (lexicon(), normal(&field.title));
        let unit = words.counted_in(&title).or_else(|| words.counted_noun(&title));
        // 年龄 counts years that never add up; no other rate is counted in things.
        let unit = unit.filter(|u| role != Some(Role::Rate) || words.never_additive.contains(*u));
        field.unit = unit.map(str::to_owned);
    }
    let unit = field.unit.as_deref().and_then(value::unit);
    let never =
        unit.as_ref().is_some_and(|u| u.base.contains('/') || lexicon().never_additive.contains(u.base.as_str()));
    let counted = unit.as_ref().is_some_and(|u| {
        matches!(
            u.base.as_str(),
            "人" | "家"
                | "户"
                | "个"
                | "件"
                | "项"
                | "台"
                | "套"
                | "台套"
                | "辆"
                | "所"
                | "处"
                | "次"
                | "份"
                | "篇"
                | "座"
                | "场"
                | "人次"
                | "张"
                | "头"
                | "只"
                | "株"
                | "栋"
                | "间"
        )
    });
    field.role = match (role, never) {
        (_, true) | (Some(Role::Rate), _) => Role::Rate,
        (Some(Role::Count), _) => Role::Count,
        (Some(Role::Amount), _) => Role::Amount,
        (Some(Role::Year), _) => Role::Year,
        _ if counted => Role::Count,
        _ if unit.is_some() => Role::Amount,
        _ => Role::Other,
    };
    field.kind = if whole && field.role != Role::Amount && field.role != Role::Rate {
        FieldKind::Integer
    } else {
        FieldKind::Decimal
    };
}

/// Columns that are only described.
fn describe_values(field: &mut Field, p: &Profile) {
    if p.filled > 0 && p.dates * 10 >= p.filled * 8 && p.numbers < p.filled {
        field.kind = FieldKind::Date;
    } else if p.filled > 0 && p.numbers == p.filled && p.longest <= 9 {
        field.kind = if p.integers == p.numbers { FieldKind::Integer } else { FieldKind::Decimal };
    }
}

fn is_boolean(bare: &str, p: &Profile) -> bool {
    let Some(values) = &p.distinct else { return false };
    if values.len() > 6 {
        return false;
    }
    let asks = bare.contains("是否") || bare.starts_with("有无") || bare.ends_with("与否");
    let mut known = 0;
    let mut yes_no = true;
    // 无 stands for 否 only where 有 stands for 是; elsewhere it means that there is nothing.
    let has = values.iter().any(|(v, _)| value::halfwidth(v) == "有");
    for (v, n) in values {
        if value::presence(v) == Presence::None && !has {
            continue;
        }
        if value::boolean(v).is_some() {
            known += n;
            let v = value::halfwidth(v);
            yes_no &= matches!(v.as_ref(), "是" | "否" | "√" | "×" | "有" | "无" | "没有" | "TRUE" | "FALSE");
        } else if asks && matches!(value::halfwidth(v).as_ref(), "1" | "0") {
            known += n;
        }
    }
    known > 0 && if asks { known * 10 >= p.filled * 9 } else { yes_no && known * 50 >= p.filled * 49 }
}

/// Whether cells joined with ┋ are choices: options recur, the sentences of an open answer hardly do. In a handful of
/// answers nothing recurs yet; there lists of short words are choices.
fn is_choosing(p: &Profile) -> bool {
    let Some(parts) = p.parts.as_ref().filter(|parts| !parts.is_empty()) else { return false };
    let alone = |part: &str| -> u32 {
        p.distinct.iter().flatten().filter(|(v, _)| without_brackets(v).trim() == part).map(|(_, n)| n).sum()
    };
    let uses: Vec<u32> = parts.iter().map(|(part, n)| n + alone(part)).collect();
    let recurring: u32 = uses.iter().filter(|n| **n > 1).sum();
    let longest = parts.iter().map(|(part, _)| part.chars().count()).max().unwrap_or(0);
    recurring * 10 >= uses.iter().sum::<u32>() * 7 || p.filled < 12 && p.separated * 2 >= p.filled && longest <= 20
}

/// A column whose cells are lists of few recurring words.
fn is_list(p: &Profile) -> bool {
    let (Some(separator), Some(parts)) = (p.separator, &p.parts) else { return false };
    if separator == '┋' {
        return is_choosing(p);
    }
    let total: u32 = parts.iter().map(|(_, n)| n).sum();
    // Words that are chosen recombine; words of one name (信息传输、软件业) always come together.
    if let Some(values) = &p.distinct {
        let lists: Vec<&String> = values.iter().map(|(v, _)| v).filter(|v| v.contains(separator)).collect();
        let uses: usize = parts
            .iter()
            .map(|(part, _)| values.iter().filter(|(v, _)| v.split(separator).any(|x| x.trim() == part)).count())
            .sum();
        let listed =
            parts.iter().filter(|(part, _)| lists.iter().any(|v| v.split(separator).any(|x| x.trim() == part))).count();
        if lists.len() < 2 || uses * 2 < listed * 3 {
            return false;
        }
    }
    let longest = parts.iter().map(|(t, _)| t.chars().count()).max().unwrap_or(0);
    p.separated * 10 >= p.filled
        && parts.len() <= 60
        && total >= parts.len() as u32 * 3
        && longest <= 24
        && p.filled >= 5
}

/// The scale that the answers belong to.
fn word_scale(answers: &[String]) -> Option<&'static [String]> {
    if answers.len() < 2 {
        return None;
    }
    let words = lexicon();
    words
        .answer_scales
        .iter()
        .filter(|scale| answers.iter().all(|a| scale.contains(a)))
        .min_by_key(|scale| scale.len())
        .map(Vec::as_slice)
}

/// Key, name, counting unit of a dataset whose fields are all known.
pub(super) fn finish_dataset(schema: &mut DatasetSchema, group: &[usize], tables: &[TableInfo], plans: &[TablePlan]) {
    let words = lexicon();
    // Only the first name column names the record.
    let mut named = false;
    for field in &mut schema.fields {
        if field.role == Role::Name {
            if named {
                field.role = Role::Other;
            }
            named = true;
        }
    }
    // How often values of a field recur, over all tables.
    let repeats = |id: &str| -> (u32, u32) {
        let mut filled = 0;
        let mut again = 0;
        for &i in group {
            for c in &plans[i].columns {
                if c.field.as_deref() == Some(id)
                    && let Some(info) = tables[i].columns.iter().find(|x| x.index == c.index)
                {
                    filled += info.profile.filled;
                    again += info.profile.repeated();
                }
            }
        }
        (filled, again)
    };
    let rows: u32 = group.iter().map(|i| tables[*i].data_rows).sum();
    // Without a title that says so, the first column of ever different short texts names the records.
    let mut unnamed = false;
    if schema.form == Form::Ledger && !named {
        let first = schema.fields.iter().position(|f| {
            let (filled, again) = repeats(&f.id);
            f.kind == FieldKind::Text
                && f.role == Role::Other
                && !f.sensitive
                && filled * 10 >= rows * 9
                && again * 20 <= filled
        });
        if let Some(at) = first {
            schema.fields[at].role = Role::Name;
            unnamed = true;
        }
    }
    if schema.form == Form::Ledger {
        let year = schema.fields.iter().find(|f| f.role == Role::Year).map(|f| f.id.clone());
        let keys: Vec<String> = schema.fields.iter().filter(|f| f.role == Role::Key).map(|f| f.id.clone()).collect();
        let mut chosen = None;
        for id in &keys {
            let (filled, again) = repeats(id);
            // A code that is rarely given or often repeated identifies nothing.
            if filled * 10 >= rows * 6 && again * 4 <= filled {
                chosen = Some(vec![id.clone()]);
                break;
            }
            if filled * 10 >= rows * 6
                && let Some(year) = &year
            {
                chosen = Some(vec![id.clone(), year.clone()]);
                break;
            }
        }
        if chosen.is_none()
            && let Some(name) = schema.fields.iter().find(|f| f.role == Role::Name).map(|f| f.id.clone())
        {
            let (filled, again) = repeats(&name);
            // Persons may share a name; only firms and the like may not.
            let exact = unnamed && group.len() > 1;
            let person = unnamed || schema.field(&name).is_some_and(|f| f.title.ends_with("姓名"));
            if filled * 10 >= rows * 9 && !exact && if person { again == 0 } else { again * 10 <= filled } {
                let mut key = vec![name];
                key.extend(schema.fields.iter().find(|f| f.role == Role::Region).map(|f| f.id.clone()));
                chosen = Some(key);
            } else if filled * 10 >= rows * 9
                && let Some(year) = &year
            {
                chosen = Some(vec![name, year.clone()]);
            }
        }
        for field in &mut schema.fields {
            if field.role == Role::Key && !chosen.as_ref().is_some_and(|c| c.contains(&field.id)) {
                field.role = Role::Other;
            }
        }
        schema.key = chosen.unwrap_or_default();
    }
    let titles = schema
        .fields
        .iter()
        .filter(|f| f.role == Role::Name)
        .chain(schema.fields.iter().filter(|f| f.role == Role::Key))
        .map(|f| f.title.as_str())
        .chain([schema.title.as_str()])
        // Whose name is kept back (户主姓名) still says what a record is.
        .chain(schema.fields.iter().filter(|f| f.sensitive && f.title.ends_with("姓名")).map(|f| f.title.as_str()));
    let own = (schema.form == Form::Ledger).then(|| titles.into_iter().find_map(noun_of)).flatten();
    let (noun, classifier) = own.unwrap_or_else(|| match schema.form {
        Form::Ledger => words.fallback.ledger.clone(),
        Form::Questionnaire => words.fallback.questionnaire.clone(),
        Form::Indicators => words.fallback.indicators.clone(),
        Form::Documents => words.fallback.documents.clone(),
        Form::Targets => words.fallback.targets.clone(),
    });
    schema.noun = noun;
    schema.classifier = classifier;
}

/// What a title says one record is: a word of the lexicon, or what stands before 名称.
fn noun_of(title: &str) -> Option<(String, String)> {
    let words = lexicon();
    let bare = normal(title);
    if let Some(stem) = bare.strip_suffix("名称").or_else(|| bare.strip_suffix("全称")) {
        // 村（社区）: either may stand in a row.
        if let Some((outer, _)) = stem.split_once('(')
            && stem.ends_with(')')
            && stem.chars().count() <= 8
            && let Some((_, classifier)) = words.noun(outer)
        {
            return Some((stem.replace('(', "（").replace(')', "）"), classifier.to_owned()));
        }
        let known =
            words.noun(stem).filter(|(noun, _)| stem.ends_with(noun) || words.nouns.iter().any(|n| stem == n.word));
        if let Some((noun, classifier)) = known {
            // 合作社 in 农民合作社名称 names the record better with what precedes it, unless that is long.
            let noun = if stem.chars().count() <= 6 && stem.ends_with(noun) { stem } else { noun };
            return Some((noun.to_owned(), classifier.to_owned()));
        }
        if (2..=6).contains(&stem.chars().count()) && stem.chars().all(value::is_chinese) {
            let end = stem.chars().next_back().map(String::from).unwrap_or_default();
            let classifier = words.classifiers.get(&end).map_or("个", String::as_str);
            return Some((stem.to_owned(), classifier.to_owned()));
        }
    }
    // 工单编号 numbers what it is called after, if that has a classifier of its own.
    if let Some(stem) = bare.strip_suffix("编号").filter(|s| (2..=6).contains(&s.chars().count()))
        && words.noun(&bare).is_none()
        && let Some(classifier) = stem.chars().next_back().and_then(|end| words.classifiers.get(&String::from(end)))
    {
        return Some((stem.to_owned(), classifier.clone()));
    }
    words.noun(title).map(|(n, c)| (n.to_owned(), c.to_owned()))
}
