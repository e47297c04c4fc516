//! The names that patterns can use, with what they mean to those who write kits.

use super::check_syntax;
use minijinja::Environment;
use std::collections::BTreeSet;

/// Functions of patterns.
const FUNCTIONS: [&str; 12] =
    ["f", "has", "all", "shapes", "c", "items", "shape", "ds", "range", "dict", "namespace", "debug"];

/// Names with their meaning.
pub(crate) type Names = &'static [(&'static str, &'static str)];

/// Known wherever a pattern stands.
pub(crate) const ALWAYS: Names = &[
    ("subject", "报告对象"),
    ("region", "地区"),
    ("title", "报告标题"),
    ("as_of", "数据截止日期"),
    ("p", "参数，如 p.region"),
    ("small_base", "最小样本"),
    ("suppress_below", "隐去界限"),
];

/// Known once findings and measures are, that is while a report is composed.
pub(crate) const COMPOSED: Names = &[
    ("findings", "各问题"),
    ("insufficient", "证据不足的问题"),
    ("measures", "各对策"),
    ("themes", "对策的各主题"),
    ("targets", "各目标"),
    ("gaps", "缺的资料"),
    ("policies", "政策文件"),
    ("files", "数据文件"),
    ("datasets", "各数据集"),
    ("issue_kinds", "问题单元格的种类"),
    ("room", "短文稿的余地"),
    ("figures", "主要数字"),
    ("told", "短文稿写出的问题数"),
    ("proposed", "短文稿写出的对策数"),
];

/// Known only in the slot of this id.
pub(crate) fn of_slot(id: &str) -> Names {
    match id {
        "refs" => &[("refs", "所指的图表")],
        "target-sentence" => &[("t", "这个目标")],
        "measure-sentence" | "proposal-sentence" | "proposal-line" => &[("m", "这条对策")],
        _ if id.starts_with("slide-measure-") => &[("m", "这条对策")],
        "finding-brief" => &[("x", "这个问题")],
        "evidence-note" => &[("e", "这个问题的证据")],
        "slide-evidence" => &[("e", "这条证据")],
        _ if id.starts_with("further-") => &[("id", "这项指标"), ("title", "这项指标的名称")],
        _ => &[],
    }
}

/// Names that a pattern uses and does not give a value itself.
pub(crate) fn used(pattern: &str) -> BTreeSet<String> {
    if check_syntax(pattern).is_err() {
        return BTreeSet::new();
    }
    let env = Environment::new();
    let names = env.template_from_str(pattern).map(|t| t.undeclared_variables(false)).unwrap_or_default();
    names.into_iter().filter(|n| !FUNCTIONS.contains(&n.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_given_in_the_pattern_and_functions_are_not_asked_for() {
        let pattern =
            "{% set g = items('a') %}{% for x in g %}{{ x.label }}{{ loop.index }}{{ y.v }}{% endfor %}{{ f(z) }}";
        assert_eq!(used(pattern), BTreeSet::from(["y".to_owned(), "z".to_owned()]));
        assert!(used("{{ broken").is_empty());
    }
}
