/** Finding and replacing in the document, by the same rule as the backend: inside one run of text, never in numbers of the text. */
import type { Block } from "../../backend/bindings/Block";
import type { Change } from "../../backend/bindings/Change";
import type { Chart } from "../../backend/bindings/Chart";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import type { Inline } from "../../backend/bindings/Inline";
import type { Table } from "../../backend/bindings/Table";
import type { Row } from "./outline";

export interface Match {
  /** Block or section. */
  id: string;
  /** Which of the matches of that block or section, from 0: its title first, then its text. */
  nth: number;
  /** Whether it stands in what the program draws, which can be found and not replaced. */
  isFixed: boolean;
}

type Own = DocumentView["own"];

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

type Change1 = (text: string) => string;

/** A table with each text changed, in the order in which they are drawn; its title stands apart. */
function mapTable<T extends Table>(table: T, change: Change1): T {
  const unit = table.unit && change(table.unit);
  const header = table.header.map((row) => row.map((cell) => ({ ...cell, v: change(cell.v) })));
  const rows = table.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, v: change(cell.v) })) }));
  const notes = table.notes.map(change);
  return { ...table, unit, header, rows, notes, source: table.source && change(table.source) };
}

/** The same of a chart; its values are no text. */
function mapChart<T extends Chart>(chart: T, change: Change1): T {
  const unit = change(chart.unit);
  const categories = chart.categories.map(change);
  const series = chart.series.length > 1 ? chart.series.map((one) => ({ ...one, name: change(one.name) })) : chart.series;
  return { ...chart, unit, categories, series, source: chart.source && change(chart.source) };
}

/** How often `words` stand in what is drawn of a table or chart. */
function countDrawn(block: Block, words: string): number {
  let n = 0;
  const look = (text: string) => ((n += count(text, words)), text);
  if (block.type === "table") mapTable(block, look);
  else if (block.type === "chart") mapChart(block, look);
  return n;
}

/** Every place where `words` stands, in reading order. Of tables and charts only those typed by the author can be changed. */
export function findAll(rows: readonly Row[], words: string, own: Own = {}): Match[] {
  if (words === "") return [];
  const out: Match[] = [];
  for (const row of rows) {
    if (row.kind === "hidden") continue;
    const n =
      row.kind === "heading"
        ? count(row.title, words)
        : count(titleOf(row.block), words) +
          contentsOf(row.block).reduce((sum, content) => sum + countIn(content, words), 0);
    for (let nth = 0; nth < n; nth += 1) out.push({ id: row.id, nth, isFixed: false });
    if (row.kind !== "block") continue;
    const drawn = countDrawn(row.block, words);
    const isFixed = row.block.type !== own[row.id]?.block.type;
    for (let nth = n; nth < n + drawn; nth += 1) out.push({ id: row.id, nth, isFixed });
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
export function replaceOne(rows: readonly Row[], match: Match, words: string, by: string, own: Own = {}): Change | null {
  if (match.isFixed) return null;
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
  const typed = own[row.id]?.block;
  if (typed?.type === "table" || typed?.type === "chart") {
    const change = (text: string) => replaceText(text, words, by, left);
    const block =
      typed.type === "table" ? { ...typed, table: mapTable(typed.table, change) } : { ...typed, chart: mapChart(typed.chart, change) };
    return left.nth >= 0 ? null : { aspect: "own", value: { after: "", rank: 0, block } };
  }
  const before = contentsOf(block);
  const after = before.map((content) => replaceIn(content, words, by, left));
  if (left.nth >= 0) return null;
  return block.type === "list" ? { aspect: "items", value: after } : { aspect: "content", value: after[0] ?? [] };
}
