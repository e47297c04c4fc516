//! Conditions over records as people say them.

use report::expr::{self, Cmp, Expr, Op};
use survey::DatasetSchema;

/// A condition in words, with the titles of its fields; `None` when it is none.
pub(super) fn condition(text: &str, schema: &DatasetSchema) -> Option<String> {
    Some(said(&expr::parse(text).ok()?, schema))
}

fn said(e: &Expr, schema: &DatasetSchema) -> String {
    let say = |e: &Expr| said(e, schema);
    // Alternatives among things that all must hold are kept together.
    let part = |e: &Expr| match e {
        Expr::Or(..) => format!("（{}）", say(e)),
        _ => say(e),
    };
    match e {
        Expr::Name(id) => schema.field(id).map_or_else(|| id.clone(), |f| f.title.clone()),
        Expr::Number(n) => report::num::exact_text(&report::num::scaled(n.m, n.scale)),
        Expr::Text(text) => format!("“{text}”"),
        Expr::Bool(true) => "全部记录".to_owned(),
        Expr::Bool(false) => "没有记录".to_owned(),
        Expr::Not(inner) => match &**inner {
            Expr::IsNull(x) => format!("{}有值", say(x)),
            Expr::Call(name, args) if name == "has" => chosen(args, "没选", schema),
            Expr::In(x, list) => format!("{}不是{}", say(x), listed(list, schema)),
            inner => format!("不是（{}）", say(inner)),
        },
        Expr::And(a, b) => format!("{}，且{}", part(a), part(b)),
        Expr::Or(a, b) => format!("{}，或{}", say(a), say(b)),
        Expr::Compare(cmp, a, b) => {
            let word = match cmp {
                Cmp::Eq => "为",
                Cmp::Ne => "不为",
                Cmp::Lt => "小于",
                Cmp::Le => "不超过",
                Cmp::Gt => "大于",
                Cmp::Ge => "不低于",
            };
            format!("{}{word}{}", say(a), say(b))
        }
        Expr::Arith(op, a, b) => {
            let sign = match op {
                Op::Add => "+",
                Op::Sub => "−",
                Op::Mul => "×",
                Op::Div => "÷",
            };
            format!("{} {sign} {}", say(a), say(b))
        }
        Expr::Neg(x) => format!("−{}", say(x)),
        Expr::In(x, list) => format!("{}是{}", say(x), listed(list, schema)),
        Expr::IsNull(x) => format!("{}没有值", say(x)),
        Expr::Call(name, args) if name == "has" => chosen(args, "选了", schema),
        Expr::Call(name, args) => format!("{name}（{}）", args.iter().map(say).collect::<Vec<_>>().join("、")),
    }
}

fn chosen(args: &[Expr], verb: &str, schema: &DatasetSchema) -> String {
    match args {
        [field, option] => format!("{}{verb}{}", said(field, schema), said(option, schema)),
        args => args.iter().map(|e| said(e, schema)).collect::<Vec<_>>().join("、"),
    }
}

fn listed(list: &[Expr], schema: &DatasetSchema) -> String {
    let words: Vec<String> = list.iter().map(|e| said(e, schema)).collect();
    match words.as_slice() {
        [one] => one.clone(),
        words => format!("{}之一", words.join("、")),
    }
}
