/** Finding and replacing in the document, by the same rule as the backend: inside one run of text, never in numbers. */
import type { Block } from "../../backend/bindings/Block";
import type { Change } from "../../backend/bindings/Change";
import type { Inline } from "../../backend/bindings/Inline";
import type { Row } from "./outline";

export interface Match {
  /** Block or section. */
  id: string;
  /** Which of the matches of that block or section, from 0: its title first, then its text. */
  nth: number;
}

function count(text: string, words: string): number {
  return words === "" ? 0 : text.split(words).length - 1;
}

function countIn(content: readonly Inline[], words: string): number {
  return content.reduce(
    (sum, i) =>
      sum +
      (i.t === "text" || i.t === "strong" ? count(i.v, words) : i.t === "footnote" ? countIn(i.content, words) : 0),
    0,
  );
}

const titleOf = (block: Block) =>
  block.type === "table" || block.type === "chart" ? block.caption : block.type === "note" ? block.title : "";

const contentsOf = (block: Block): Inline[][] =>
  block.type === "list" ? block.items : block.type === "table" || block.type === "chart" ? [] : [block.content];

/** Every place where `words` stands, in reading order. */
export function findAll(rows: readonly Row[], words: string): Match[] {
  if (words === "") return [];
  const out: Match[] = [];
  for (const row of rows) {
    if (row.kind === "hidden") continue;
    const n =
      row.kind === "heading"
        ? count(row.title, words)
        : count(titleOf(row.block), words) +
          contentsOf(row.block).reduce((sum, content) => sum + countIn(content, words), 0);
    for (let nth = 0; nth < n; nth += 1) out.push({ id: row.id, nth });
  }
  return out;
}

/** Replaces only the `nth` of the places counted from the beginning; the rest of the counting is in `left`. */
function replaceIn(content: readonly Inline[], words: string, by: string, left: { nth: number }): Inline[] {
  return content.map((i) => {
    if (i.t === "footnote") return { t: "footnote", content: replaceIn(i.content, words, by, left) };
    if (i.t !== "text" && i.t !== "strong") return i;
    return { t: i.t, v: replaceText(i.v, words, by, left) };
  });
}

function replaceText(text: string, words: string, by: string, left: { nth: number }): string {
  const parts = text.split(words);
  const n = parts.length - 1;
  const at = left.nth;
  left.nth -= n;
  if (at < 0 || at >= n) return text;
  return parts.slice(0, at + 1).join(words) + by + parts.slice(at + 1).join(words);
}

/** The change that replaces one match, or `null` when it is not there any more. */
export function replaceOne(rows: readonly Row[], match: Match, words: string, by: string): Change | null {
  const row = rows.find((row) => row.id === match.id);
  const left = { nth: match.nth };
  if (row?.kind === "heading") {
    const title = replaceText(row.title, words, by, left);
    return title === row.title ? null : { aspect: "title", value: title };
  }
  if (row?.kind !== "block") return null;
  const { block } = row;
  const title = titleOf(block);
  const fresh = replaceText(title, words, by, left);
  if (left.nth < 0) return { aspect: "title", value: fresh };
  const before = contentsOf(block);
  const after = before.map((content) => replaceIn(content, words, by, left));
  if (left.nth >= 0) return null;
  return block.type === "list" ? { aspect: "items", value: after } : { aspect: "content", value: after[0] ?? [] };
}
