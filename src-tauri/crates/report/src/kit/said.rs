//! What TOML and its types say of a kit's file, in the language of those who write kits.

/// The fault of a file's syntax or of a value, in Chinese. What is Chinese already stays.
pub fn chinese(message: &str) -> String {
    if message.chars().any(|c| c > '\u{2e80}') {
        return message.to_owned();
    }
    value(message).unwrap_or_else(|| syntax(message))
}

/// Faults of values: the wrong kind, names that are not known or missing.
fn value(message: &str) -> Option<String> {
    if let Some(name) = message.strip_prefix("missing field ") {
        return Some(format!("缺少{}", marked(name)));
    }
    if let Some(name) = message.strip_prefix("duplicate field ") {
        return Some(format!("{}写了两次", marked(name)));
    }
    for (kind, said) in [("unknown field ", "不认识的键"), ("unknown variant ", "不能是")] {
        if let Some(rest) = message.strip_prefix(kind) {
            let (name, known) = rest.split_once(", ")?;
            let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
            let known = if known.is_empty() { String::new() } else { format!("，可写：{}", known.join("、")) };
            return Some(format!("{said}{}{known}", marked(name)));
        }
    }
    if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) {
        let (found, wanted) = rest.rsplit_once(", expected ")?;
        return Some(format!("应当是{}，却是{}", wanted_kind(wanted), found_kind(found)));
    }
    if let Some(rest) = message.strip_prefix("invalid length ") {
        let (found, wanted) = rest.split_once(", expected ")?;
        return Some(format!("应当有{}，却有 {found} 项", length(wanted)));
    }
    message.starts_with("data did not match any variant").then(|| "写法不对，请对照套件格式的说明".to_owned())
}

/// `` `name` `` as “name”.
fn marked(name: &str) -> String {
    format!("“{}”", name.trim_matches('`'))
}

fn wanted_kind(wanted: &str) -> &str {
    match wanted {
        "a string" | "a borrowed string" | "string" => "引号里的文字",
        "a boolean" => " true 或 false",
        "a sequence" => "方括号里的一列值",
        "a map" => "一张表",
        "f32" | "f64" => "数字",
        w if w.starts_with("struct ") || w.starts_with("enum ") => "一张表",
        w if ["u8", "u16", "u32", "u64", "usize"].contains(&w) => "不小于 0 的整数",
        w if ["i8", "i16", "i32", "i64", "isize"].contains(&w) => "整数",
        w => w,
    }
}

fn found_kind(found: &str) -> String {
    let (kind, shown) = found.split_once(' ').unwrap_or((found, ""));
    let shown = shown.trim_start_matches("point ").trim_matches(['`', '"']);
    match kind {
        "boolean" => format!(" {shown}"),
        "integer" => format!("整数 {shown}"),
        "floating" => format!("小数 {shown}"),
        "string" => format!("文字“{shown}”"),
        "sequence" => "一列值".to_owned(),
        "map" => "一张表".to_owned(),
        _ => found.to_owned(),
    }
}

fn length(wanted: &str) -> String {
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { format!("规定的项数（{wanted}）") } else { format!(" {digits} 项") }
}

/// Faults of TOML itself.
fn syntax(message: &str) -> String {
    let (what, wanted) = message.split_once(", expected ").unwrap_or((message, ""));
    // The mark that is missing, where there is one.
    let one = wanted.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|mark| !mark.contains('`'));
    let mark = one.map(|mark| format!("，这里应当有“{mark}”")).unwrap_or_default();
    let said = match what {
        "duplicate key" => "同一个键写了两次",
        "string values must be quoted" => "这里没有值，或文字没有放在英文引号里",
        "key with no value" | "missing assignment between key-value pairs" => "键后面没有等号和值",
        "missing value" | "missing value for key" => "等号后面没有值",
        "invalid value" => "值的写法不对",
        "invalid unquoted key" | "unquoted keys cannot be empty" | "invalid key-value pair" => {
            "键的写法不对：只用英文字母、数字、“-”和“_”，其余要加引号"
        }
        "unclosed table" | "unclosed array table" | "missing table open" => "方括号里的表名没有写完",
        "unclosed array" | "missing array opening" => "一列值的方括号没有成对",
        "unclosed inline table" | "missing inline table opening" => "花括号没有成对",
        "missing comma between array elements" | "missing comma between key-value pairs" => "两项之间缺少逗号",
        "extra comma in array" | "extra comma in inline table" => "多了一个逗号",
        "extra `=`" | "unexpected `=` in array" | "extra assignment between key-value pairs" => "多了一个等号",
        "missing key for inline table element" | "invalid inline table element" => "花括号里应当是“键 = 值”",
        "missing opening quote" => "引号没有成对",
        "unexpected key or value" | "unexpected content" => "这里有多余的内容",
        "unexpected leading zero"
        | "redundant numeric sign"
        | "unexpected sign"
        | "invalid float"
        | "invalid integer"
        | "invalid number" => "数字的写法不对",
        "invalid boolean" => return "只能写 true 或 false".to_owned(),
        "keys cannot be multi-line literal strings" | "keys cannot be multi-line basic strings" => "键不能是多行",
        "missing escaped value" | "too few unicode value digits" => "引号里的反斜杠写法不对",
        "carriage return must be followed by newline" => "换行符不对，请用普通的文本编辑器另存",
        what if what.starts_with("invalid") && what.contains("string") => "引号里的文字没有写完，或引号没有成对",
        what => return format!("写法有误（{what}）"),
    };
    format!("{said}{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    fn parsed(text: &str) -> String {
        chinese(text.parse::<toml::Table>().expect_err(text).message())
    }

    #[test]
    fn faults_of_syntax_are_told_in_chinese() {
        for (text, says) in [
            ("a = 1\na = 2", "同一个键写了两次"),
            ("a = 门槛", "这里没有值，或文字没有放在英文引号里"),
            ("a =", "这里没有值，或文字没有放在英文引号里"),
            ("a", "键后面没有等号和值，这里应当有“=”"),
            ("a == 1", "多了一个等号"),
            ("[a", "方括号里的表名没有写完，这里应当有“]”"),
            ("a = [1, 2", "一列值的方括号没有成对，这里应当有“]”"),
            ("a = [{ b = 1 } { c = 2 }]", "两项之间缺少逗号，这里应当有“,”"),
            ("a = [1,, 2]", "多了一个逗号"),
            ("a = { b = 1", "花括号没有成对，这里应当有“}”"),
            ("a = \"门槛", "引号里的文字没有写完，或引号没有成对，这里应当有“\"”"),
            ("a = \"\\q\"", "引号里的反斜杠写法不对"),
            ("a = 1 b = 2", "这里有多余的内容"),
            ("a = 1.5.2", "数字的写法不对"),
            ("a = tru", "只能写 true 或 false"),
            ("门槛 = 1", "键的写法不对：只用英文字母、数字、“-”和“_”，其余要加引号"),
        ] {
            assert_eq!(parsed(text), says, "{text}");
        }
    }

    #[test]
    fn faults_of_values_are_told_in_chinese() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Way {
            Higher,
            Lower,
        }
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct Part {
            title: String,
            #[serde(default)]
            decimals: u32,
            #[serde(default)]
            enabled: bool,
            #[serde(default)]
            names: Vec<String>,
            #[serde(default)]
            length: Option<[usize; 2]>,
            #[serde(default)]
            way: Option<Way>,
        }
        for (text, says) in [
            ("decimals = 1", "缺少“title”"),
            ("title = 3", "应当是引号里的文字，却是整数 3"),
            ("title = 'x'\ndecimals = 'y'", "应当是不小于 0 的整数，却是文字“y”"),
            ("title = 'x'\ndecimals = -1", "应当是不小于 0 的整数，却是整数 -1"),
            ("title = 'x'\nenabled = 1.5", "应当是 true 或 false，却是小数 1.5"),
            ("title = 'x'\nnames = true", "应当是方括号里的一列值，却是 true"),
            ("title = 'x'\nlength = [1]", "应当有 2 项，却有 1 项"),
            ("title = 'x'\nway = 'up'", "不能是“up”，可写：higher、lower"),
            ("title = 'x'\ncolour = 1", "不认识的键“colour”，可写：title、decimals、enabled、names、length、way"),
        ] {
            let table: toml::Table = text.parse().expect(text);
            let fault = table.try_into::<Part>().expect_err(text);
            assert_eq!(chinese(fault.message()), says, "{text}");
        }
        assert_eq!(chinese("条件写错了"), "条件写错了");
    }
}
