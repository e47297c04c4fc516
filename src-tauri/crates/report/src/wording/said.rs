//! What MiniJinja says of a pattern, in the language of those who write kits.

use minijinja::{Error, ErrorKind};

/// The fault of a pattern, in Chinese.
pub(super) fn chinese(e: &Error, pattern: &str) -> String {
    let detail = e.detail().unwrap_or_default();
    let name = quoted(detail);
    match e.kind() {
        ErrorKind::SyntaxError => syntax(detail),
        ErrorKind::UnknownFilter => format!("没有名为“{name}”的过滤器"),
        ErrorKind::UnknownFunction => format!("没有名为“{name}”的函数"),
        ErrorKind::UnknownTest => format!("没有名为“{name}”的判断"),
        ErrorKind::UnknownMethod => format!("不能这样调用（{detail}）"),
        ErrorKind::TooManyArguments => "给的参数太多".into(),
        ErrorKind::MissingArgument => "缺少参数".into(),
        ErrorKind::UndefinedError if is_id(detail) => format!("缺少“{detail}”"),
        ErrorKind::UndefinedError => match e.range().and_then(|range| pattern.get(range)).map(str::trim) {
            Some(piece) if !piece.is_empty() => format!("“{piece}”在这里没有值"),
            _ => "有一处引用在这里没有值".into(),
        },
        ErrorKind::OutOfFuel => "循环太多，超出一句话的限度".into(),
        ErrorKind::BadEscape => "引号里的反斜杠写法不对".into(),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => "句式里不能引用别的模板".into(),
        _ if is_chinese(detail) => detail.to_owned(),
        ErrorKind::InvalidOperation => format!("这样的运算做不了（{detail}）"),
        _ => format!("写法有误（{detail}）"),
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| c > '\u{2e80}')
}

/// Whether a detail is the id of what is absent: ids have no spaces unless a label in them has, sentences do.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && (is_chinese(text) || !text.contains(' '))
}

/// The name that `filter x is unknown` or `x is unknown` speaks of.
fn quoted(detail: &str) -> &str {
    let rest = ["filter ", "test ", "function "].iter().find_map(|kind| detail.strip_prefix(kind)).unwrap_or(detail);
    rest.split(' ').next().unwrap_or(rest).trim_matches('`')
}

fn syntax(detail: &str) -> String {
    if let Some((found, wanted)) = detail.strip_prefix("unexpected ").and_then(|rest| rest.split_once(", expected ")) {
        return match (found, wanted) {
            ("end of input", "end of block") => "句子到头了，还缺“%}”或 endif、endfor 等结束语句".into(),
            ("end of input", wanted) => format!("句子到头了，还缺{}", token(wanted)),
            (found, wanted) => format!("这里应当是{}，却是{}", token(wanted), token(found)),
        };
    }
    if let Some(found) = detail.strip_prefix("unknown ").and_then(|rest| rest.strip_suffix(", expected statement")) {
        return format!("{{% 后面应当是 if、for、set 等语句，却是{}", token(found));
    }
    if let Some(name) = detail.strip_prefix("unknown statement ") {
        return format!("没有“{name}”这种语句");
    }
    if let Some(name) = detail.strip_prefix("cannot assign to reserved variable name ") {
        return format!("“{name}”是保留的名称，不能赋值");
    }
    match detail {
        "unexpected input after expression" | "unexpected input after end of variable block" => {
            "表达式后面有多余的内容".into()
        }
        "unexpected end of string" => "引号没有成对".into(),
        "unexpected end of comment" => "注释 {# 没有用 #} 结束".into(),
        "unexpected end of raw block" => "raw 段没有用 endraw 结束".into(),
        "unexpected character" => "有不认识的字符；标点和引号要用半角的".into(),
        "Too many arguments in function call" => "给的参数太多".into(),
        "invalid float" | "invalid integer (too large)" | "'_' may not occur at end of number" => "数字写错了".into(),
        detail => match detail.strip_prefix("unexpected ") {
            Some(found) => format!("这里不该有{}", token(found)),
            None => format!("写法有误（{detail}）"),
        },
    }
}

/// A piece of a pattern as people call it; marks stand as they are written.
fn token(name: &str) -> String {
    let known = match name {
        "end of input" => "句子的结尾",
        "template-data" => "普通文字",
        "start of variable block" => "“{{”",
        "end of variable block" => "“}}”",
        "start of block" => "“{%”",
        "end of block" => "“%}”",
        "identifier" => "名称",
        "string" => "引号里的文字",
        "integer" | "float" => "数字",
        "identifier or integer" => "名称或数字",
        "expression" => "表达式",
        "comma" => "“,”",
        "assignment operator" => "“=”",
        "block keyword" => "if、for、set 等语句",
        name => return format!("“{}”", name.trim_matches('`')),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::check_syntax;
    use minijinja::{Environment, UndefinedBehavior, Value};

    #[test]
    fn faults_of_patterns_are_told_in_chinese_at_their_place() {
        for (pattern, says, place) in [
            ("共{{ f('n') ", "句子到头了，还缺“}}”", None),
            ("共{{ f('n) }}家", "引号没有成对", None),
            ("共{{ f(“n”) }}家", "有不认识的字符；标点和引号要用半角的", Some("“n")),
            ("共{{ }}家", "这里不该有“}}”", Some("}}")),
            ("共{{ a b }}家", "这里应当是“}}”，却是名称", Some("b }}")),
            ("{% if a %}多", "句子到头了，还缺“%}”或 endif、endfor 等结束语句", None),
            ("{% fi a %}", "没有“fi”这种语句", Some("fi")),
            ("{% 3 %}", "{% 后面应当是 if、for、set 等语句，却是数字", None),
            ("{% for x of y %}{% endfor %}", "这里应当是“in”，却是名称", Some("of")),
            ("{# 注释", "注释 {# 没有用 #} 结束", None),
            ("{{ a. }}", "这里应当是名称或数字，却是“}}”", Some("}}")),
        ] {
            let (said, at) = check_syntax(pattern).expect_err(pattern);
            assert_eq!(said, says, "{pattern}");
            if let Some(place) = place {
                assert!(at.is_some_and(|at| pattern[at..].starts_with(place)), "{pattern}: {at:?}");
            }
        }
        assert_eq!(check_syntax("共{{ f('n') }}家。"), Ok(()));
    }

    #[test]
    fn faults_that_show_only_with_data_are_told_in_chinese() {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        env.set_debug(true);
        for (pattern, says) in [
            ("共{{ foo }}家", "“foo”在这里没有值"),
            ("{% set x = {} %}{{ x.label }}", "“x.label”在这里没有值"),
            ("{{ 1|rize }}", "没有名为“rize”的过滤器"),
            ("{{ ff('n') }}", "没有名为“ff”的函数"),
            ("{% if 1 is odder %}{% endif %}", "没有名为“odder”的判断"),
        ] {
            let fault = env.render_str(pattern, Value::UNDEFINED).expect_err(pattern);
            assert_eq!(chinese(&fault, pattern), says, "{pattern}");
        }
        let divided = env.render_str("{{ 'a' / 2 }}", Value::UNDEFINED).expect_err("words cannot be divided");
        assert!(chinese(&divided, "{{ 'a' / 2 }}").starts_with("这样的运算做不了"));
    }
}
