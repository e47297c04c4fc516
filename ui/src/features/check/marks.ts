import type { CheckFinding } from "../../backend/bindings/CheckFinding";
import type { CheckNumber } from "../../backend/bindings/CheckNumber";
import type { CheckReplacement } from "../../backend/bindings/CheckReplacement";
import type { CheckSpan } from "../../backend/bindings/CheckSpan";

export type Severity = CheckFinding["severity"];
export type NumberClass = CheckNumber["class"];

export const severities: Severity[] = ["error", "warning", "hint"];
export const severityWords: Record<Severity, string> = { error: "错误", warning: "警告", hint: "提示" };

export const numberClasses: NumberClass[] = ["linked", "verified", "unverified", "exempt"];
export const classWords: Record<NumberClass, string> = {
  linked: "出自工程",
  verified: "复算相符",
  unverified: "未能核实",
  exempt: "不是数量",
};
export const classNotes: Record<NumberClass, string> = {
  linked: "来自指标，数据改动时随之更新",
  verified: "由文中其他数字可以复算出它",
  unverified: "文中没有可以复算它的数字，请对照来源",
  exempt: "日期、文号、序号等",
};

/** A stretch of the text that is marked alike. */
export interface Piece extends CheckSpan {
  text: string;
  /** Findings that cover it, the gravest first. */
  findings: CheckFinding[];
  number: CheckNumber | null;
  /** It belongs to a place that the chosen finding speaks of. */
  isRelated: boolean;
}

const overlaps = (a: CheckSpan, b: CheckSpan) => a.start < b.end && b.start < a.end;

/** Marks within a range. */
export function within<T extends CheckSpan>(marks: readonly T[], range: CheckSpan): T[] {
  return marks.filter((mark) => overlaps(mark, range));
}

/** Divides a range of the text where marks begin and end. `chars` are the characters of the whole text. */
export function pieces(
  chars: readonly string[],
  range: CheckSpan,
  findings: readonly CheckFinding[],
  numbers: readonly CheckNumber[],
  related: readonly CheckSpan[],
): Piece[] {
  const cuts = new Set([range.start, range.end]);
  for (const { start, end } of [...findings, ...numbers, ...related])
    for (const cut of [start, end]) if (cut > range.start && cut < range.end) cuts.add(cut);
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const span = { start: edges[index] ?? end, end };
    return {
      ...span,
      text: chars.slice(span.start, span.end).join(""),
      findings: within(findings, span).sort((a, b) => rank(a) - rank(b) || a.end - a.start - (b.end - b.start)),
      number: within(numbers, span)[0] ?? null,
      isRelated: related.some((place) => overlaps(place, span)),
    };
  });
}

const rank = (finding: CheckFinding) => severities.indexOf(finding.severity) + (finding.ignored === null ? 0 : 10);

export interface Filter {
  /** Severities that are left out. */
  without: ReadonlySet<Severity>;
  /** Sorts that are shown; all when empty. */
  kinds: readonly string[];
}

/** Findings to look at, and those set aside, in the order of the text. */
export function listed(findings: readonly CheckFinding[], { without, kinds }: Filter) {
  const shown = findings.filter((f) => !without.has(f.severity) && (kinds.length === 0 || kinds.includes(f.kind)));
  return { open: shown.filter((f) => f.ignored === null), ignored: shown.filter((f) => f.ignored !== null) };
}

/** How many of something there are, by what it is. */
export function counts<K extends string>(items: readonly K[]): Map<K, number> {
  const found = new Map<K, number>();
  for (const item of items) found.set(item, (found.get(item) ?? 0) + 1);
  return found;
}

/** The text with a replacement made. */
export function replaced(text: string, { start, end, text: put }: CheckReplacement): string {
  const chars = Array.from(text);
  return [...chars.slice(0, start), put, ...chars.slice(end)].join("");
}

/** The words of a finding before and after its suggestion. */
export function suggested(chars: readonly string[], finding: CheckFinding): { before: string; after: string } | null {
  const { suggestion } = finding;
  if (!suggestion) return null;
  const start = Math.min(finding.start, suggestion.start);
  const end = Math.max(finding.end, suggestion.end);
  const text = (from: number, to: number) => chars.slice(from, to).join("");
  return {
    before: text(start, end),
    after: text(start, suggestion.start) + suggestion.text + text(suggestion.end, end),
  };
}

/** `报告（核校）.txt` for `报告.txt`. */
export function copyName(path: string): string {
  return path.replace(/(\.[^.\\/]*)?$/, (ending) => `（核校）${ending === "" ? ".txt" : ending}`);
}
