/** A sentence pattern as people read it: its text, and its marks in words. */

import type { KitView } from "../../backend/bindings/KitView";

/** What a mark does: print a value, or open, divide and close an alternative or a repetition, or something unseen. */
export type MarkKind = "value" | "open" | "middle" | "close" | "quiet";
export type Piece = { t: "text"; v: string } | { t: "mark"; source: string; kind: MarkKind; label: string };

const markOf = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|\$\{[^}]*\}/g;

/** Whether a text has marks. */
export const hasMarks = (text: string) => text.search(markOf) >= 0;

/** Whether a text is one mark and nothing else. */
export const isMark = (text: string) => {
  const [first] = text.match(markOf) ?? [];
  return first === text;
};

// ---------------------------------------------------------------- expressions

type Expr =
  | { k: "text"; v: string }
  | { k: "number"; v: string }
  | { k: "name"; v: string }
  | { k: "list"; of: Expr[] }
  | { k: "call"; name: string; args: Expr[] }
  | { k: "part"; of: Expr; name: string }
  | { k: "at"; of: Expr; at: Expr | null; to?: Expr | null }
  | { k: "filter"; of: Expr; name: string; args: Expr[] }
  | { k: "test"; of: Expr; name: string; not: boolean }
  | { k: "not"; of: Expr }
  | { k: "two"; op: string; a: Expr; b: Expr }
  | { k: "choice"; then: Expr; when: Expr; otherwise: Expr | null };

const tokenOf = /\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|==|!=|<=|>=|\/\/|[-+*/%~<>=()[\]{}.,:|])/y;

class Unreadable extends Error {}

/** Reads one expression; throws when it is of no kind known here. */
class Reader {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(text: string) {
    tokenOf.lastIndex = 0;
    while (tokenOf.lastIndex < text.trimEnd().length) {
      const match = tokenOf.exec(text);
      if (!match) throw new Unreadable();
      this.tokens.push(match[1]!);
    }
  }

  get isDone() {
    return this.at === this.tokens.length;
  }
  private is(token: string) {
    return this.tokens[this.at] === token;
  }
  take(token: string) {
    if (!this.is(token)) return false;
    this.at += 1;
    return true;
  }
  private want(token: string) {
    if (!this.take(token)) throw new Unreadable();
  }
  name() {
    const token = this.tokens[this.at];
    if (!token || !/^[A-Za-z_]/.test(token)) throw new Unreadable();
    this.at += 1;
    return token;
  }

  choice(): Expr {
    const then = this.or();
    if (!this.take("if")) return then;
    const when = this.or();
    return { k: "choice", then, when, otherwise: this.take("else") ? this.choice() : null };
  }
  or(): Expr {
    let a = this.and();
    while (this.take("or")) a = { k: "two", op: "or", a, b: this.and() };
    return a;
  }
  private and(): Expr {
    let a = this.not();
    while (this.take("and")) a = { k: "two", op: "and", a, b: this.not() };
    return a;
  }
  private not(): Expr {
    return this.take("not") ? { k: "not", of: this.not() } : this.compared();
  }
  private compared(): Expr {
    let a = this.sum();
    for (;;) {
      const op = ["==", "!=", "<=", ">=", "<", ">", "in"].find((op) => this.take(op));
      if (op) a = { k: "two", op, a, b: this.sum() };
      else if (this.take("not")) {
        this.want("in");
        a = { k: "not", of: { k: "two", op: "in", a, b: this.sum() } };
      } else return a;
    }
  }
  private sum(): Expr {
    let a = this.product();
    for (;;) {
      const op = ["+", "-", "~"].find((op) => this.take(op));
      if (!op) return a;
      a = { k: "two", op, a, b: this.product() };
    }
  }
  private product(): Expr {
    let a = this.filtered();
    for (;;) {
      const op = ["*", "//", "/", "%"].find((op) => this.take(op));
      if (!op) return a;
      a = { k: "two", op, a, b: this.filtered() };
    }
  }
  private filtered(): Expr {
    let of = this.postfix();
    for (;;) {
      if (this.take("|")) of = { k: "filter", of, name: this.name(), args: this.take("(") ? this.list(")") : [] };
      else if (this.take("is")) of = { k: "test", of, not: this.take("not"), name: this.name() };
      else return of;
    }
  }
  private postfix(): Expr {
    let of = this.simple();
    for (;;) {
      if (this.take(".")) of = { k: "part", of, name: this.name() };
      else if (this.take("[")) {
        const at = this.is(":") ? null : this.choice();
        if (this.take(":")) of = { k: "at", of, at, to: this.is("]") ? null : this.choice() };
        else of = { k: "at", of, at };
        this.want("]");
      } else if (of.k === "name" && this.take("(")) of = { k: "call", name: of.v, args: this.list(")") };
      else return of;
    }
  }
  private list(end: string): Expr[] {
    const out: Expr[] = [];
    while (!this.take(end)) {
      // A named argument says by its value what it does.
      if (/^[A-Za-z_]/.test(this.tokens[this.at] ?? "") && this.tokens[this.at + 1] === "=") this.at += 2;
      out.push(this.choice());
      if (!this.is(end)) this.want(",");
    }
    return out;
  }
  private simple(): Expr {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Unreadable();
    if (this.take("(")) {
      const inner = this.choice();
      this.want(")");
      return inner;
    }
    if (this.take("[")) return { k: "list", of: this.list("]") };
    if (this.take("-")) {
      const of = this.postfix();
      if (of.k !== "number") throw new Unreadable();
      return { k: "number", v: `-${of.v}` };
    }
    this.at += 1;
    if (/^['"]/.test(token)) return { k: "text", v: token.slice(1, -1) };
    if (/^\d/.test(token)) return { k: "number", v: token };
    if (/^[A-Za-z_]/.test(token)) return { k: "name", v: token };
    throw new Unreadable();
  }
}

// ---------------------------------------------------------------- in words

const partWords: Record<string, string> = {
  label: "名称", title: "名称", heading: "标题", count: "数量", share: "占比", value: "数值", mean: "均值", high: "高分占比",
  total: "合计", n: "样本数", missing: "缺失数", as_of: "时点", u: "单位", unit: "单位", noun: "称呼", classifier: "量词",
  rank: "名次", source: "出处", from: "施行日期", kpi: "考核指标", lead: "牵头单位", support: "配合单位", horizon: "期限",
  precondition: "前提", basis: "依据", year: "年份", grade: "档次", target: "目标值", current: "现值", growth: "所需年均增速",
  step: "所需年均增量", text: "正文", form: "种类", id: "代号", cells: "各格", columns: "字段数", formula: "公式", evidence: "证据",
  counter: "反证", answers: "所回应的问题", number: "序号", rows: "行数", name: "名称", issuer: "发文机关", date: "日期",
  last_year: "最近一年", first_year: "最早一年", last: "最近一年的值", first: "最早一年的值", severity: "程度分", gap: "差距",
};
const nameWords: Record<string, string> = {
  subject: "报告对象", region: "地区", title: "报告标题", as_of: "数据截止日期", findings: "问题", measures: "对策",
  themes: "对策主题", targets: "目标", datasets: "数据集", policies: "政策文件", files: "数据文件", figures: "主要数字",
  gaps: "缺的资料", issue_kinds: "疑点种类", insufficient: "证据不足的问题", told: "写出的问题数", proposed: "写出的对策数",
  room: "篇幅余地", small_base: "最小样本", suppress_below: "隐去界限", refs: "所指图表", m: "本条对策", x: "本项", e: "本条证据",
};
/** Kinds of datasets, as patterns ask about them. */
const formWords: Record<string, string> = {
  ledger: "台账", questionnaire: "问卷", indicators: "指标表", documents: "文件清单", targets: "目标表",
};
const filterWords: Record<string, string> = {
  rise: "，写作增长或下降", change: "，写作增加或减少", points: "，写作提高或降低几个百分点", degree: "，写作多数、近半等",
  times: "，写作几倍", abs: "，不带正负号", cn: "，写作汉字数", length: "的个数", join: "，依次列出",
};
const opWords: Record<string, string> = {
  "==": "为", "!=": "不为", "<": "小于", "<=": "不超过", ">": "大于", ">=": "不低于", and: "且", or: "或", "~": "", "+": "+",
  "-": "−", "*": "×", "/": "÷", "//": "÷", "%": "除余",
};

type Scope = ReadonlyMap<string, string>;

/** The title of a fact; one that is made for each field or group is known by how its id is built. */
export function titleOf(id: string, view: KitView): string {
  // What is filled in for each field or group is told by a blank.
  const open = (text: string) => text.replace(/（?\$\{[^}]*\}）?/g, "…").replace(/^…(?=.)/, "");
  const known = view.facts[id]?.title;
  if (known && known !== id) return open(known);
  const shape = (text: string) => text.replace(/\$\{[^}]*\}/g, "*");
  const made = id.includes("${") && view.parts.indicators.find((one) => shape(one.id) === shape(id));
  return open(made ? made.title : id);
}

function words(e: Expr, view: KitView, scope: Scope): string {
  const say = (e: Expr) => words(e, view, scope);
  switch (e.k) {
    case "text":
      return `“${formWords[e.v] ?? e.v}”`;
    case "number":
      return e.v;
    case "name":
      return scope.get(e.v) ?? nameWords[e.v] ?? e.v;
    case "list":
      return e.of.map(say).join("、");
    case "call": {
      const [id] = e.args;
      if (e.name === "has") return `有${id ? quoted(id) : ""}`;
      if (e.name === "c" && id?.k === "text") return view.parts.criteria.find((one) => one.id === id.v)?.title ?? id.v;
      if (["f", "items", "shape", "all", "shapes"].includes(e.name) && id) return named(id);
      if (e.name === "ds") return "该数据集";
      throw new Unreadable();
    }
    case "part": {
      if (e.of.k === "name" && e.of.v === "p")
        return view.parts.parameters.find((one) => one.key === e.name)?.title ?? `参数 ${e.name}`;
      if (e.of.k === "name" && e.of.v === "loop")
        return e.name === "first" ? "是第一项" : e.name === "last" ? "是最后一项" : e.name === "length" ? "项数" : "项次";
      const of = say(e.of);
      if (e.name === "num") return of;
      if (e.name === "v") return `${of}，不带单位`;
      return `${of}的${partWords[e.name] ?? e.name.replace(/_num$/, "")}`;
    }
    case "at": {
      if (e.to !== undefined) {
        const to = e.to && say(e.to);
        if (e.of.k === "part" && e.of.name === "as_of" && to === "4") return `${say(e.of.of)}的年份`;
        const from = e.at ? say(e.at) : "0";
        return from === "0" && to ? `${say(e.of)}的前 ${to} 项` : `${say(e.of)}第 ${Number(from) + 1} 项${to ? `至第 ${to} 项` : "起"}`;
      }
      const at = e.at!;
      if (at.k !== "number") return `${say(e.of)}第 ${say(at)} 项`;
      const n = Number(at.v);
      return n < 0 ? `${say(e.of)}${n === -1 ? "末项" : `倒数第 ${-n} 项`}` : `${say(e.of)}第 ${n + 1} 项`;
    }
    case "filter":
      return `${say(e.of)}${filterWords[e.name] ?? ""}`;
    case "test":
      if (e.name !== "defined") throw new Unreadable();
      return `${e.not ? "没有" : "有"}${say(e.of)}`;
    case "not": {
      const { of } = e;
      if (of.k === "call" && of.name === "has") return `没有${of.args[0] ? quoted(of.args[0]) : ""}`;
      if (of.k === "two" && of.op === "in") return `${say(of.b)}不含${say(of.a)}`;
      const said = condition(of, view, scope);
      return said.startsWith("是") ? `不${said}` : said.startsWith("有") ? `没${said}` : `并非（${said}）`;
    }
    case "two": {
      if (e.op === "in") return e.b.k === "list" ? `${say(e.a)}是${say(e.b)}之一` : `${say(e.b)}含${say(e.a)}`;
      if (e.op === "<=" && e.a.k === "part" && e.a.of.k === "name" && e.a.of.v === "loop") return `是前 ${say(e.b)} 项`;
      if (e.op === "and" || e.op === "or") {
        const side = (one: Expr) => {
          const said = condition(one, view, scope);
          return one.k === "two" && one.op === "or" && e.op === "and" ? `（${said}）` : said;
        };
        return `${side(e.a)}${opWords[e.op]}${side(e.b)}`;
      }
      return `${say(e.a)}${opWords[e.op]}${say(e.b)}`;
    }
    case "choice":
      return `${condition(e.when, view, scope)}时${say(e.then)}${e.otherwise ? `，否则${say(e.otherwise)}` : ""}`;
  }

  function named(id: Expr): string {
    if (id.k === "text") return titleOf(id.v, view);
    return id.k === "name" ? (scope.get(id.v) ?? `指标 ${id.v}`) : "相应指标";
  }
  function quoted(id: Expr): string {
    return id.k === "text" ? `“${titleOf(id.v, view)}”` : named(id);
  }
}

/** A condition in words: that something is there, where nothing is asked of it. */
function condition(e: Expr, view: KitView, scope: Scope): string {
  const said = words(e, view, scope);
  const isValue = e.k === "name" || e.k === "at" || e.k === "filter" || (e.k === "part" && !(e.of.k === "name" && e.of.v === "loop")) || (e.k === "call" && e.name !== "has");
  return isValue ? `有${said}` : said;
}

/** The marks of a pattern in words, its text between them. */
export function piecesOf(pattern: string, view: KitView): Piece[] {
  const out: Piece[] = [];
  const scope = new Map<string, string>();
  let at = 0;
  for (const match of pattern.matchAll(markOf)) {
    if (match.index > at) out.push({ t: "text", v: pattern.slice(at, match.index) });
    at = match.index + match[0].length;
    out.push(mark(match[0], view, scope));
  }
  if (at < pattern.length) out.push({ t: "text", v: pattern.slice(at) });
  return out;
}

function mark(source: string, view: KitView, scope: Map<string, string>): Piece {
  const piece = (kind: MarkKind, label: string): Piece => ({ t: "mark", source, kind, label });
  const inner = (source.startsWith("${") ? source.slice(2, -1) : source.slice(2, -2)).replace(/^-|-$/g, "").trim();
  if (source.startsWith("{#")) return piece("quiet", `注：${inner}`);
  if (source.startsWith("${")) return piece("value", filled(inner));
  // Names filled in before anything is read stand for themselves.
  const read = <T>(text: string, take: (reader: Reader) => T): T => {
    const reader = new Reader(text.replace(/\$\{([^}]*)\}/g, (whole, _, at: number) => (isQuoted(text, at) ? whole : "x")));
    const taken = take(reader);
    if (!reader.isDone) throw new Unreadable();
    return taken;
  };
  if (source.startsWith("{{")) {
    try {
      return piece("value", read(inner, (reader) => words(reader.choice(), view, scope)));
    } catch {
      return piece("value", inner);
    }
  }
  const [verb = ""] = inner.split(/\s/, 1);
  const rest = inner.slice(verb.length).trim();
  const kind: MarkKind = verb === "if" || verb === "for" ? "open" : verb === "elif" || verb === "else" ? "middle" : verb.startsWith("end") ? "close" : "quiet";
  try {
    switch (verb) {
      case "if":
        return piece(kind, `如果${read(rest, (reader) => condition(reader.choice(), view, scope))}：`);
      case "elif":
        return piece(kind, `或者${read(rest, (reader) => condition(reader.choice(), view, scope))}：`);
      case "else":
        return piece(kind, "否则：");
      case "for":
        return piece(
          kind,
          read(rest, (reader) => {
            const name = reader.name();
            if (!reader.take("in")) throw new Unreadable();
            const list = words(reader.or(), view, scope);
            scope.set(name, "该项");
            const only = reader.take("if") ? `（只取${condition(reader.choice(), view, scope)}的）` : "";
            return `对${list}的每一项${only}：`;
          }),
        );
      case "set":
        return piece(
          kind,
          read(rest, (reader) => {
            const name = reader.name();
            if (!reader.take("=")) throw new Unreadable();
            const value = words(reader.choice(), view, scope);
            scope.set(name, value.length <= 24 ? value : name);
            return `记 ${name} 为${value}`;
          }),
        );
    }
  } catch {
    // What cannot be said in words stands as it is written.
    return piece(kind, kind === "quiet" ? inner : `${verb === "if" ? "如果" : verb === "elif" ? "或者" : "逐项"} ${rest}：`);
  }
  return piece(kind, kind === "close" ? "" : inner);
}

/** Whether a place in a text stands inside quotes. */
const isQuoted = (text: string, at: number) => (text.slice(0, at).match(/'/g) ?? []).length % 2 === 1;

/** `${d.noun}` in words. */
function filled(inner: string): string {
  const [owner = "", part = ""] = inner.split(".");
  return part === "" ? owner : `${partWords[part] ?? part}`;
}

/** A pattern in words on one line: values in 〔〕, alternatives in 【】. */
export const readable = (pattern: string, view: KitView) =>
  piecesOf(pattern, view)
    .map((piece) => (piece.t === "text" ? piece.v : shownOf(piece)))
    .join("");

/** A mark as it stands in a sentence. */
export function shownOf({ kind, label }: Extract<Piece, { t: "mark" }>): string {
  switch (kind) {
    case "value":
      return `〔${label}〕`;
    case "open":
      return `【${label}`;
    case "middle":
      return `｜${label}`;
    case "close":
      return "】";
    case "quiet":
      return `〔${label}〕`;
  }
}

/** Which marks of a sentence have lost their other half, by their places among the marks. */
export function orphans(sources: readonly string[]): number[] {
  const out: number[] = [];
  const open: { verb: string; at: number; parts: number[] }[] = [];
  sources.forEach((source, at) => {
    const verb = /^\{%-?\s*(\w+)/.exec(source)?.[1] ?? "";
    const isBlockSet = verb === "set" && !source.includes("=");
    if (verb === "if" || verb === "for" || isBlockSet) open.push({ verb, at, parts: [] });
    else if (verb === "elif" || verb === "else") {
      const last = open.at(-1);
      if (last) last.parts.push(at);
      else out.push(at);
    } else if (verb.startsWith("end")) {
      const match = open.findLastIndex((one) => `end${one.verb}` === verb);
      if (match < 0) out.push(at);
      else for (const lost of open.splice(match).slice(1)) out.push(lost.at, ...lost.parts);
    }
  });
  for (const lost of open) out.push(lost.at, ...lost.parts);
  return out.sort((a, b) => a - b);
}

/** The fact that a mark speaks of, when it is one by name. */
export function factOf(source: string): string | null {
  const ids = [...source.matchAll(/\b(?:f|has|items|shape)\('([^']+)'\)/g)].map(([, id]) => id!);
  return ids.length > 0 && new Set(ids).size === 1 && !ids[0]!.includes("${") ? ids[0]! : null;
}

/** The same mark about another fact. */
export const withFact = (source: string, id: string) =>
  source.replace(/\b(f|has|items|shape)\('[^']+'\)/g, (_, call: string) => `${call}('${id}')`);

/** Whether every mark of a pattern has its other half. */
export const isWhole = (pattern: string) => orphans(pattern.match(markOf) ?? []).length === 0;
