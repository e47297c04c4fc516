/** Conditions over facts: as rows that people choose, and in words. */

import type { KitView } from "../../backend/bindings/KitView";
import { titleOf } from "./pattern";

export const comparisons = [
  { value: "has", label: "有数据" },
  { value: "lacks", label: "没有数据" },
  { value: ">=", label: "不低于" },
  { value: ">", label: "大于" },
  { value: "<=", label: "不超过" },
  { value: "<", label: "小于" },
  { value: "=", label: "等于" },
  { value: "<>", label: "不等于" },
] as const;
export type Comparison = (typeof comparisons)[number]["value"];

export interface Term {
  fact: string;
  is: Comparison;
  value: string;
}

/** What must hold: all of the terms, or one of them. */
export interface Terms {
  join: "and" | "or";
  terms: Term[];
}

const number = String.raw`-?\d+(?:\.\d+)?`;
const compared = new RegExp(`^"([^"]+)"\\s*(>=|<=|<>|!=|>|<|=)\\s*(${number})$`);
const asked = /^(not\s+)?has\('([^']+)'\)$/;

/** The rows of a condition; `null` when it says more than rows can. */
export function termsOf(condition: string): Terms | null {
  const text = condition.trim();
  if (text === "") return { join: "and", terms: [] };
  const parts = text.split(/\s+(and|or)\s+/);
  const joins = new Set(parts.filter((_, at) => at % 2 === 1));
  if (joins.size > 1) return null;
  const terms: Term[] = [];
  for (const part of parts.filter((_, at) => at % 2 === 0)) {
    const has = asked.exec(part.trim());
    const than = compared.exec(part.trim());
    if (has) terms.push({ fact: has[2]!, is: has[1] ? "lacks" : "has", value: "" });
    else if (than) terms.push({ fact: than[1]!, is: (than[2] === "!=" ? "<>" : than[2]) as Comparison, value: than[3]! });
    else return null;
  }
  return { join: joins.has("or") ? "or" : "and", terms };
}

/** The condition that rows make. */
export const conditionOf = ({ join, terms }: Terms) =>
  terms
    .map(({ fact, is, value }) =>
      is === "has" ? `has('${fact}')` : is === "lacks" ? `not has('${fact}')` : `"${fact}" ${is} ${value || "0"}`,
    )
    .join(` ${join} `);

const words: Record<string, string> = {
  ">=": "不低于", "<=": "不超过", ">": "大于", "<": "小于", "=": "等于", "<>": "不等于", "!=": "不等于", and: "并且", or: "或者",
  not: "没有", "is not null": "有值", "is null": "没有值", in: "是",
};

/** A condition in words, with the titles of its facts or fields in place of their ids. */
export function spoken(condition: string, view: KitView, fields: ReadonlyMap<string, string> = new Map()): string {
  const titled = (id: string) => fields.get(id) ?? titleOf(id, view);
  const said = condition.replace(
    /(not\s+)?has\('([^']+)'\)|(not\s+)?has\((\w+), '([^']+)'\)|\bn\('([^']+)'\)|"([^"]+)"|'([^']*)'|is not null|is null|>=|<=|<>|!=|[<>=*]|[A-Za-z_]\w*/g,
    (whole, no?: string, fact?: string, noChoice?: string, field?: string, choice?: string, sample?: string, id?: string, text?: string) => {
      if (fact !== undefined) return `${no ? "没有" : "有"}“${titled(fact)}”`;
      if (field !== undefined) return `${titled(field)}${noChoice ? "没选" : "选了"}“${choice}”`;
      if (sample !== undefined) return `“${titled(sample)}”的样本`;
      if (id !== undefined) return titled(id);
      if (text !== undefined) return `“${text}”`;
      if (whole === "*") return "×";
      return words[whole] ?? fields.get(whole) ?? whole;
    },
  );
  // Chinese is set without the spaces of the formula, except around numbers.
  return said.replace(/(?<=[^\x00-\xff]) (?=[^\x00-\xff])/g, "");
}
