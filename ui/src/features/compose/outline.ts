/** The document as a list of rows, with names of what can be referred to. */
import type { Block } from "../../backend/bindings/Block";
import type { Document } from "../../backend/bindings/Document";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import type { Hidden } from "../../backend/bindings/Hidden";
import type { Section } from "../../backend/bindings/Section";

export const summaryId = "summary";

/** A heading's number with what parts it from the title: 一、 and （一） bring their own, 附录一 needs a blank. */
export const numberOf = ({ number }: { number: string }) => (number === "" || /[、）)．.]$/.test(number) ? number : `${number}　`);

export type Row =
  | { kind: "heading"; id: string; number: string; title: string; level: number }
  | { kind: "block"; id: string; section: string; block: Block }
  | { kind: "hidden"; id: string; areSections: boolean; hidden: Hidden[] };

/**
 * Headings and blocks in reading order; blocks that are left out stand at the foot of their section, sections where
 * they would be printed.
 */
export function rowsOf({ document, hidden }: Pick<DocumentView, "document" | "hidden">): Row[] {
  const byPlace = new Map<string, Hidden[]>();
  const keyOf = (section: string, after: string | null) => JSON.stringify([section, after]);
  for (const entry of hidden) {
    const key = keyOf(entry.section, entry.after);
    byPlace.set(key, [...(byPlace.get(key) ?? []), entry]);
  }
  const rows: Row[] = [];
  const leftOut = (section: string, after: string | null) => {
    const key = keyOf(section, after);
    const list = byPlace.get(key);
    if (list) rows.push({ kind: "hidden", id: `hidden:${key}`, areSections: after !== null, hidden: list });
  };
  const blocks = (section: string, list: Block[]) => {
    for (const block of list) rows.push({ kind: "block", id: block.id, section, block });
    leftOut(section, null);
  };
  if (document.summary.title !== "" || document.summary.blocks.length > 0) {
    rows.push({ kind: "heading", id: summaryId, number: "", title: document.summary.title || "摘要", level: 1 });
    blocks(summaryId, document.summary.blocks);
  }
  const sections = (parent: string, list: Section[]) => {
    leftOut(parent, parent);
    for (const section of list) {
      rows.push({ kind: "heading", id: section.id, number: section.number, title: section.title, level: section.level });
      blocks(section.id, section.blocks);
      sections(section.id, section.sections);
      leftOut(parent, section.id);
    }
  };
  sections("", document.sections);
  return rows;
}

/** Names by which texts refer to tables, charts and sections, as the pages print them: 表3, 附图1, 第二章. */
export function namesOf(document: Document): Map<string, string> {
  const names = new Map<string, string>();
  const counted = { 表: 0, 图: 0, 附表: 0, 附图: 0 };
  const blocks = (list: Block[], isExtra: boolean) => {
    for (const { id, type } of list) {
      if (type !== "table" && type !== "chart") continue;
      const kind = type === "table" ? (isExtra ? "附表" : "表") : isExtra ? "附图" : "图";
      names.set(id, `${kind}${(counted[kind] += 1)}`);
    }
  };
  const sections = (list: Section[], depth: number, above: string, inAppendix: boolean) => {
    for (const section of list) {
      const isExtra = inAppendix || section.appendix;
      const bare = section.number.trim().replace(/、+$/, "");
      const name =
        bare === ""
          ? `“${section.title}”`
          : depth === 1 && !isExtra
            ? `第${bare}章`
            : above + (depth === 1 || isExtra ? bare : bare.replace(/\.+$/, ""));
      names.set(section.id, name);
      blocks(section.blocks, isExtra);
      sections(section.sections, depth + 1, bare === "" ? "" : name, isExtra);
    }
  };
  blocks(document.summary.blocks, false);
  sections(document.sections, 1, "", false);
  return names;
}

export interface Entry {
  id: string;
  number: string;
  title: string;
  level: number;
  edited: number;
  stale: number;
  own: number;
}

/** Lines of the outline with the marks of what stands under each heading itself. */
export function entriesOf(rows: Row[], states: DocumentView["states"]): Entry[] {
  const entries: Entry[] = [];
  for (const row of rows) {
    if (row.kind === "heading")
      entries.push({ id: row.id, number: row.number, title: row.title, level: row.level, edited: 0, stale: 0, own: 0 });
    const entry = entries.at(-1);
    const state = row.kind === "hidden" ? undefined : states[row.id];
    if (entry && state) entry[state] += 1;
  }
  return entries;
}

/** Where an own block goes to stand one place further up or down: what it then follows. `null` at the very end. */
export function placeBeside(rows: Row[], id: string, direction: -1 | 1): string | null {
  const places = rows.filter((row) => row.kind !== "hidden");
  const at = places.findIndex((row) => row.id === id);
  if (at < 0) return null;
  // Going up means following what stands before the one before.
  return places[direction === 1 ? at + 1 : at - 2]?.id ?? null;
}
