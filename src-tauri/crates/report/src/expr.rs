//! The small language of kits: SQL-style conditions and arithmetic, over the columns of a dataset or over facts.
//!
//! Text is parsed by the `sqlparser` crate and lowered to [`Expr`], which knows no SQL beyond what a kit may say.
//! Logic is three-valued as in SQL: a comparison with a missing value is unknown, and unknown rows belong neither to
//! the numerator nor to the base of a share.

use crate::num::{self, Exact};
use num_bigint::BigInt;
use num_traits::Zero;
use sqlparser::ast::{self, BinaryOperator as B, UnaryOperator as U};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use survey::dataset::{Column, ColumnData, Dataset, Rows};

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Name(String),
    Number(Decimal),
    Text(String),
    Bool(bool),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Compare(Cmp, Box<Expr>, Box<Expr>),
    Arith(Op, Box<Expr>, Box<Expr>),
    Neg(Box<Expr>),
    /// `x in (…)`
    In(Box<Expr>, Vec<Expr>),
    IsNull(Box<Expr>),
    /// `has(field, 'option')`, `has('fact')`, `n('fact')`.
    Call(String, Vec<Expr>),
}

/// A literal: `m × 10^-scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub m: i128,
    pub scale: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cmp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
}

impl Cmp {
    fn holds(self, o: Ordering) -> bool {
        match self {
            Cmp::Eq => o.is_eq(),
            Cmp::Ne => o.is_ne(),
            Cmp::Lt => o.is_lt(),
            Cmp::Le => o.is_le(),
            Cmp::Gt => o.is_gt(),
            Cmp::Ge => o.is_ge(),
        }
    }
}

/// Parses an expression. The error says in Chinese what is wrong; `(line, column)` are 1-based within the text.
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    let dialect = GenericDialect {};
    let fault = |e: sqlparser::parser::ParserError| ParseError::from_sql(&e.to_string());
    let mut parser = Parser::new(&dialect).with_recursion_limit(64).try_with_sql(text).map_err(fault)?;
    let expr = parser.parse_expr().map_err(fault)?;
    let rest = parser.peek_token();
    if rest.token != sqlparser::tokenizer::Token::EOF {
        return Err(ParseError {
            message: format!("多余的内容“{}”", rest.token),
            line: rest.span.start.line as u32,
            column: rest.span.start.column as u32,
        });
    }
    lower(&expr).map_err(|message| ParseError { message, line: 1, column: 1 })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub message: String,
    pub line: u32,
    pub column: u32,
}

impl ParseError {
    fn from_sql(message: &str) -> ParseError {
        let after = |key: &str| {
            message.split(key).nth(1).and_then(|t| {
                let digits: String = t.chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<u32>().ok()
            })
        };
        ParseError {
            message: format!("表达式有语法错误（{message}）"),
            line: after("Line: ").unwrap_or(1),
            column: after("Column: ").unwrap_or(1),
        }
    }
}

fn lower(e: &ast::Expr) -> Result<Expr, String> {
    let boxed = |e: &ast::Expr| lower(e).map(Box::new);
    Ok(match e {
        ast::Expr::Identifier(i) => Expr::Name(i.value.clone()),
        ast::Expr::Nested(inner) => lower(inner)?,
        ast::Expr::Value(v) => match &v.value {
            ast::Value::Number(n, _) => Expr::Number(decimal(n).ok_or(format!("数“{n}”太长"))?),
            ast::Value::SingleQuotedString(s) => Expr::Text(s.clone()),
            ast::Value::Boolean(b) => Expr::Bool(*b),
            other => return Err(format!("不支持的值“{other}”")),
        },
        ast::Expr::UnaryOp { op: U::Not, expr } => Expr::Not(boxed(expr)?),
        ast::Expr::UnaryOp { op: U::Minus, expr } => Expr::Neg(boxed(expr)?),
        ast::Expr::UnaryOp { op: U::Plus, expr } => lower(expr)?,
        ast::Expr::IsNull(x) => Expr::IsNull(boxed(x)?),
        ast::Expr::IsNotNull(x) => Expr::Not(Box::new(Expr::IsNull(boxed(x)?))),
        ast::Expr::InList { expr, list, negated } => {
            let list = list.iter().map(lower).collect::<Result<_, _>>()?;
            negate(*negated, Expr::In(boxed(expr)?, list))
        }
        ast::Expr::Between { expr, negated, low, high } => {
            let x = lower(expr)?;
            let low = Expr::Compare(Cmp::Ge, Box::new(x.clone()), boxed(low)?);
            let high = Expr::Compare(Cmp::Le, Box::new(x), boxed(high)?);
            negate(*negated, Expr::And(Box::new(low), Box::new(high)))
        }
        ast::Expr::BinaryOp { left, op, right } => {
            let (l, r) = (boxed(left)?, boxed(right)?);
            let arith = |op, l, r| Expr::Arith(op, l, r);
            let compare = |c, l, r| Expr::Compare(c, l, r);
            match op {
                B::And => Expr::And(l, r),
                B::Or => Expr::Or(l, r),
                B::Eq => compare(Cmp::Eq, l, r),
                B::NotEq => compare(Cmp::Ne, l, r),
                B::Lt => compare(Cmp::Lt, l, r),
                B::LtEq => compare(Cmp::Le, l, r),
                B::Gt => compare(Cmp::Gt, l, r),
                B::GtEq => compare(Cmp::Ge, l, r),
                B::Plus => arith(Op::Add, l, r),
                B::Minus => arith(Op::Sub, l, r),
                B::Multiply => arith(Op::Mul, l, r),
                B::Divide => arith(Op::Div, l, r),
                other => return Err(format!("不支持的运算“{other}”")),
            }
        }
        ast::Expr::Function(f) => {
            let name = f.name.to_string().to_lowercase();
            let ast::FunctionArguments::List(list) = &f.args else { return Err(format!("函数 {name} 缺少参数")) };
            let mut args = Vec::new();
            for a in &list.args {
                match a {
                    ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(e)) => args.push(lower(e)?),
                    other => return Err(format!("不支持的参数“{other}”")),
                }
            }
            match (name.as_str(), args.len()) {
                ("has", 1 | 2) | ("n" | "missing", 1) => Expr::Call(name, args),
                _ => return Err(format!("没有函数 {name}（{} 个参数）", args.len())),
            }
        }
        other => return Err(format!("不支持的写法“{other}”")),
    })
}

fn negate(yes: bool, e: Expr) -> Expr {
    if yes { Expr::Not(Box::new(e)) } else { e }
}

fn decimal(text: &str) -> Option<Decimal> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let m = format!("{whole}{part}").parse().ok()?;
    Some(Decimal { m, scale: u8::try_from(part.len()).ok().filter(|s| *s <= 18)? })
}

impl Expr {
    /// Every field or fact named in the expression.
    pub fn names(&self) -> Vec<&str> {
        let mut out = Vec::new();
        self.walk(&mut out);
        out
    }
    fn walk<'a>(&'a self, out: &mut Vec<&'a str>) {
        match self {
            Expr::Name(n) => out.push(n),
            Expr::Number(_) | Expr::Text(_) | Expr::Bool(_) => {}
            Expr::Not(a) | Expr::Neg(a) | Expr::IsNull(a) => a.walk(out),
            Expr::And(a, b) | Expr::Or(a, b) | Expr::Compare(_, a, b) | Expr::Arith(_, a, b) => {
                a.walk(out);
                b.walk(out);
            }
            Expr::In(a, list) => {
                a.walk(out);
                list.iter().for_each(|e| e.walk(out));
            }
            Expr::Call(_, args) => match args.first() {
                Some(Expr::Text(t)) if args.len() == 1 => out.push(t),
                _ => args.iter().for_each(|e| e.walk(out)),
            },
        }
    }
}

// ---------------------------------------------------------------- over rows

/// Rows for which a condition holds, and rows for which it is known whether it holds.
#[derive(Debug, Clone)]
pub struct Selection {
    pub yes: Rows,
    pub known: Rows,
}

impl Selection {
    fn constant(n: usize, value: bool) -> Selection {
        let all = full(n);
        Selection { yes: if value { all.clone() } else { Rows::with_capacity(n) }, known: all }
    }
    fn not(mut self) -> Selection {
        let mut yes = self.known.clone();
        yes.difference_with(&self.yes);
        self.yes = yes;
        self
    }
}

pub fn full(n: usize) -> Rows {
    let mut rows = Rows::with_capacity(n);
    rows.insert_range(..);
    rows
}

/// A dataset with the selections already computed on it, shared by every indicator.
pub struct Frame<'a> {
    pub data: &'a Dataset,
    cache: Mutex<HashMap<String, Arc<Selection>>>,
}

/// Row values as fractions `n/d` with `d > 0`.
#[derive(Debug, Clone, Copy)]
pub struct Frac {
    pub n: i128,
    pub d: i128,
}

impl Frac {
    pub fn exact(self) -> Exact {
        num::fraction(self.n, self.d)
    }
    /// The same number where it fits.
    pub fn of(v: &Exact) -> Option<Frac> {
        Some(Frac { n: i128::try_from(v.numer()).ok()?, d: i128::try_from(v.denom()).ok()? })
    }
    pub fn order(self, o: Frac) -> Ordering {
        // Values of one column share their denominator.
        if self.d == o.d {
            return self.n.cmp(&o.n);
        }
        match (self.n.checked_mul(o.d), o.n.checked_mul(self.d)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => (BigInt::from(self.n) * o.d).cmp(&(BigInt::from(o.n) * self.d)),
        }
    }
    fn combine(self, op: Op, o: Frac) -> Option<Frac> {
        let exact = |op: Op| {
            let (a, b) = (self.exact(), o.exact());
            let v = match op {
                Op::Add => a + b,
                Op::Sub => a - b,
                Op::Mul => a * b,
                Op::Div => num::div(&a, &b)?,
            };
            Frac::of(&v)
        };
        let quick = match op {
            Op::Add if self.d == o.d => self.n.checked_add(o.n).map(|n| Frac { n, d: self.d }),
            Op::Sub if self.d == o.d => self.n.checked_sub(o.n).map(|n| Frac { n, d: self.d }),
            Op::Mul => self.n.checked_mul(o.n).zip(self.d.checked_mul(o.d)).map(|(n, d)| Frac { n, d }),
            Op::Div if o.n == 0 => return None,
            Op::Div => self
                .n
                .checked_mul(o.d)
                .zip(self.d.checked_mul(o.n))
                .map(|(n, d)| if d < 0 { Frac { n: -n, d: -d } } else { Frac { n, d } }),
            _ => None,
        };
        quick.or_else(|| exact(op))
    }
}

fn column_frac(c: &Column, row: usize) -> Option<Frac> {
    if !c.valid.contains(row) {
        return None;
    }
    match &c.data {
        ColumnData::Number { scale, values } => {
            Some(Frac { n: i128::from(values.at(row)), d: 10i128.pow(u32::from(*scale)) })
        }
        ColumnData::Date { days, .. } => Some(Frac { n: i128::from(days[row]), d: 1 }),
        _ => None,
    }
}

impl<'a> Frame<'a> {
    pub fn new(data: &'a Dataset) -> Frame<'a> {
        Frame { data, cache: Mutex::new(HashMap::new()) }
    }

    /// Rows selected by a condition in text form, computed once.
    pub fn select(&self, text: &str) -> Result<Arc<Selection>, String> {
        if let Some(s) = self.cache.lock().expect("no panic while locked").get(text) {
            return Ok(s.clone());
        }
        let e = parse(text).map_err(|e| e.message)?;
        let s = Arc::new(self.eval(&e)?);
        self.cache.lock().expect("no panic while locked").insert(text.to_owned(), s.clone());
        Ok(s)
    }

    pub fn column(&self, field: &str) -> Result<&'a Column, String> {
        self.data.column(field).ok_or_else(|| format!("数据集“{}”没有字段“{field}”", self.data.schema.title))
    }

    fn eval(&self, e: &Expr) -> Result<Selection, String> {
        let n = self.data.n;
        Ok(match e {
            Expr::Bool(b) => Selection::constant(n, *b),
            Expr::Not(a) => self.eval(a)?.not(),
            Expr::And(a, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                // Known when both are known or either is known to be false.
                let (mut na, mut nb) = (a.known.clone(), b.known.clone());
                na.difference_with(&a.yes);
                nb.difference_with(&b.yes);
                let mut known = a.known;
                known.intersect_with(&b.known);
                known.union_with(&na);
                known.union_with(&nb);
                let mut yes = a.yes;
                yes.intersect_with(&b.yes);
                Selection { yes, known }
            }
            Expr::Or(a, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                let mut yes = a.yes;
                yes.union_with(&b.yes);
                let mut known = a.known;
                known.intersect_with(&b.known);
                known.union_with(&yes);
                Selection { yes, known }
            }
            Expr::IsNull(x) => {
                let valid = match &**x {
                    Expr::Name(f) => self.column(f)?.valid.clone(),
                    other => self.numeric(other)?.valid(n),
                };
                let mut yes = full(n);
                yes.difference_with(&valid);
                Selection { yes, known: full(n) }
            }
            Expr::Name(f) => {
                // A bare name is a yes/no field.
                self.match_labels(self.column(f)?, &|l| l == "是" || l == "true")?
            }
            Expr::In(x, list) => {
                if let (Expr::Name(f), true) = (&**x, list.iter().all(|i| matches!(i, Expr::Text(_)))) {
                    let wanted: Vec<&str> = list
                        .iter()
                        .filter_map(|i| if let Expr::Text(t) = i { Some(t.as_str()) } else { None })
                        .collect();
                    return self.match_labels(self.column(f)?, &|l| wanted.contains(&l));
                }
                let mut out = Selection::constant(n, false);
                for item in list {
                    let one = self.eval(&Expr::Compare(Cmp::Eq, x.clone(), Box::new(item.clone())))?;
                    out.yes.union_with(&one.yes);
                    out.known.intersect_with(&one.known);
                }
                out.known.union_with(&out.yes);
                out
            }
            Expr::Compare(cmp, a, b) => self.compare(*cmp, a, b)?,
            Expr::Call(name, args) if name == "has" => {
                let [Expr::Name(f), Expr::Text(option)] = args.as_slice() else {
                    return Err("has 的写法是 has(字段, '选项')".into());
                };
                let c = self.column(f)?;
                match &c.data {
                    ColumnData::Multi { dict, chosen } => {
                        let yes = dict.iter().position(|d| d == option).map(|i| chosen[i].clone());
                        let mut yes = yes.unwrap_or_else(|| Rows::with_capacity(n));
                        yes.grow(n);
                        yes.intersect_with(&c.valid);
                        Selection { yes, known: c.valid.clone() }
                    }
                    _ => self.match_labels(c, &|l| l == option)?,
                }
            }
            other => return Err(format!("“{other:?}”不是条件")),
        })
    }

    fn match_labels(&self, c: &Column, wanted: &dyn Fn(&str) -> bool) -> Result<Selection, String> {
        let ColumnData::Coded { codes, dict } = &c.data else { return Err("该字段不能与文字比较".into()) };
        let hit: Vec<bool> = dict.iter().map(wanted).collect();
        let mut yes = Rows::with_capacity(self.data.n);
        for row in c.valid.ones() {
            if hit[codes[row] as usize] {
                yes.insert(row);
            }
        }
        Ok(Selection { yes, known: c.valid.clone() })
    }

    fn compare(&self, cmp: Cmp, a: &Expr, b: &Expr) -> Result<Selection, String> {
        let n = self.data.n;
        if let (Expr::Name(f), Expr::Text(t)) = (a, b) {
            let c = self.column(f)?;
            if let ColumnData::Date { days, .. } = &c.data {
                let date = t.parse::<chrono::NaiveDate>().map_err(|_| format!("“{t}”不是日期（写作 2023-12-31）"))?;
                let day = (date - chrono::NaiveDate::default()).num_days();
                return Ok(select_rows(c, |r| cmp.holds(i64::from(days[r]).cmp(&day))));
            }
            return match cmp {
                Cmp::Eq => self.match_labels(c, &|l| l == t),
                Cmp::Ne => self.match_labels(c, &|l| l != t),
                _ => Err(format!("文字“{t}”只能用 = 或 <> 比较")),
            };
        }
        if let (Expr::Name(f), Expr::Bool(wanted), Cmp::Eq | Cmp::Ne) = (a, b, cmp) {
            let yes = self.eval(&Expr::Name(f.clone()))?;
            return Ok(if *wanted == (cmp == Cmp::Eq) { yes } else { yes.not() });
        }
        // The common case, a column against a literal, compares whole numbers.
        if let (Expr::Name(f), Expr::Number(d)) = (a, b) {
            let c = self.column(f)?;
            if let ColumnData::Number { scale, values } = &c.data {
                let up = u32::from((*scale).max(d.scale));
                let (kc, kd) = (10i128.pow(up - u32::from(*scale)), 10i128.pow(up - u32::from(d.scale)));
                if let Some(limit) = d.m.checked_mul(kd) {
                    return Ok(select_rows(c, |r| cmp.holds((i128::from(values.at(r)) * kc).cmp(&limit))));
                }
            }
        }
        let (a, b) = (self.numeric(a)?, self.numeric(b)?);
        let (mut yes, mut known) = (Rows::with_capacity(n), Rows::with_capacity(n));
        for row in 0..n {
            if let (Some(x), Some(y)) = (a.at(row), b.at(row)) {
                known.insert(row);
                if cmp.holds(x.order(y)) {
                    yes.insert(row);
                }
            }
        }
        Ok(Selection { yes, known })
    }

    /// Prepares a numeric expression for evaluation row by row.
    pub fn numeric(&self, e: &Expr) -> Result<Numeric<'a>, String> {
        Ok(match e {
            Expr::Name(f) => {
                let c = self.column(f)?;
                if !matches!(c.data, ColumnData::Number { .. } | ColumnData::Date { .. }) {
                    return Err(format!("字段“{f}”不是数值"));
                }
                Numeric::Column(c)
            }
            Expr::Number(d) => Numeric::Constant(Frac { n: d.m, d: 10i128.pow(u32::from(d.scale)) }),
            Expr::Neg(a) => {
                Numeric::Arith(Op::Sub, Box::new(Numeric::Constant(Frac { n: 0, d: 1 })), Box::new(self.numeric(a)?))
            }
            Expr::Arith(op, a, b) => Numeric::Arith(*op, Box::new(self.numeric(a)?), Box::new(self.numeric(b)?)),
            other => return Err(format!("“{other:?}”不是数值")),
        })
    }
}

fn select_rows(c: &Column, test: impl Fn(usize) -> bool) -> Selection {
    let mut yes = Rows::with_capacity(c.valid.len());
    for row in c.valid.ones() {
        if test(row) {
            yes.insert(row);
        }
    }
    Selection { yes, known: c.valid.clone() }
}

/// A numeric expression bound to its columns.
pub enum Numeric<'a> {
    Column(&'a Column),
    Constant(Frac),
    Arith(Op, Box<Numeric<'a>>, Box<Numeric<'a>>),
}

impl Numeric<'_> {
    /// Value at a row; `None` when any part is missing, or on division by zero.
    pub fn at(&self, row: usize) -> Option<Frac> {
        match self {
            Numeric::Column(c) => column_frac(c, row),
            Numeric::Constant(v) => Some(*v),
            Numeric::Arith(op, a, b) => a.at(row)?.combine(*op, b.at(row)?),
        }
    }

    pub fn valid(&self, n: usize) -> Rows {
        if let Numeric::Column(c) = self {
            return c.valid.clone();
        }
        let mut rows = Rows::with_capacity(n);
        (0..n).filter(|&r| self.at(r).is_some()).for_each(|r| rows.insert(r));
        rows
    }

    /// Exact sum over rows, all of which must be valid.
    pub fn sum(&self, rows: &Rows) -> Exact {
        if let Numeric::Column(Column { data: ColumnData::Number { scale, values }, .. }) = self {
            // An i64 for each of at most 2^32 rows cannot overflow an i128.
            let total: i128 = rows.ones().map(|r| i128::from(values.at(r))).sum();
            return num::scaled(total, *scale);
        }
        let mut by_denominator: HashMap<i128, BigInt> = HashMap::new();
        for f in rows.ones().filter_map(|r| self.at(r)) {
            *by_denominator.entry(f.d).or_default() += f.n;
        }
        let mut parts: Vec<_> = by_denominator.into_iter().collect();
        parts.sort_unstable();
        parts.into_iter().fold(Exact::zero(), |acc, (d, n)| acc + Exact::new(n, BigInt::from(d)))
    }

    /// Rows with their values; rows without one are left out.
    pub fn values(&self, rows: &Rows) -> Vec<(usize, Frac)> {
        rows.ones().filter_map(|r| Some((r, self.at(r)?))).collect()
    }
}

// ---------------------------------------------------------------- over facts

/// What conditions over facts can ask.
pub trait FactSource {
    fn value(&self, id: &str) -> Option<Exact>;
    fn n(&self, id: &str) -> Option<u64>;
    fn missing(&self, id: &str) -> Option<u64>;
}

/// Truth of a condition over facts; `None` when unknown.
pub fn truth(e: &Expr, facts: &dyn FactSource) -> Option<bool> {
    match e {
        Expr::Bool(b) => Some(*b),
        Expr::Not(a) => truth(a, facts).map(|b| !b),
        Expr::And(a, b) => match (truth(a, facts), truth(b, facts)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Expr::Or(a, b) => match (truth(a, facts), truth(b, facts)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Expr::IsNull(x) => Some(amount(x, facts).is_none()),
        // Two texts: what a loop has filled in on either side.
        Expr::Compare(cmp, a, b) if matches!((&**a, &**b), (Expr::Text(_), Expr::Text(_))) => match (&**a, &**b) {
            (Expr::Text(a), Expr::Text(b)) => Some(cmp.holds(a.cmp(b))),
            _ => None,
        },
        Expr::Compare(cmp, a, b) => Some(cmp.holds(amount(a, facts)?.cmp(&amount(b, facts)?))),
        Expr::In(x, list) => {
            let x = amount(x, facts)?;
            Some(list.iter().any(|i| amount(i, facts).as_ref() == Some(&x)))
        }
        Expr::Call(name, args) if name == "has" => match args.as_slice() {
            [Expr::Text(id) | Expr::Name(id)] => Some(facts.value(id).is_some()),
            _ => None,
        },
        _ => None,
    }
}

/// Value of an arithmetic expression over facts.
pub fn amount(e: &Expr, facts: &dyn FactSource) -> Option<Exact> {
    match e {
        Expr::Name(id) => facts.value(id),
        Expr::Number(d) => Some(num::scaled(d.m, d.scale)),
        Expr::Neg(a) => amount(a, facts).map(|v| -v),
        Expr::Arith(op, a, b) => {
            let (a, b) = (amount(a, facts)?, amount(b, facts)?);
            match op {
                Op::Add => Some(a + b),
                Op::Sub => Some(a - b),
                Op::Mul => Some(a * b),
                Op::Div => num::div(&a, &b),
            }
        }
        Expr::Call(name, args) => match (name.as_str(), args.as_slice()) {
            ("n", [Expr::Text(id) | Expr::Name(id)]) => facts.n(id).map(|n| num::int(i128::from(n))),
            ("missing", [Expr::Text(id) | Expr::Name(id)]) => facts.missing(id).map(|n| num::int(i128::from(n))),
            _ => None,
        },
        _ => None,
    }
}
