/** The document as a list of rows, with names of what can be referred to. */
import type { Block } from "../../backend/bindings/Block";
import type { Document } from "../../backend/bindings/Document";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import type { Hidden } from "../../backend/bindings/Hidden";
import type { Section } from "../../backend/bindings/Section";

export const summaryId = "summary";

export type Row =
  | { kind: "heading"; id: string; number: string; title: string; level: number }
  | { kind: "block"; id: string; section: string; block: Block }
  | { kind: "hidden"; id: string; section: string; hidden: Hidden[] };

/** Headings and blocks in reading order; what is left out stands at the foot of its section. */
export function rowsOf({ document, hidden }: Pick<DocumentView, "document" | "hidden">): Row[] {
  const bySection = new Map<string, Hidden[]>();
  for (const entry of hidden) bySection.set(entry.section, [...(bySection.get(entry.section) ?? []), entry]);
  const rows: Row[] = [];
  const foot = (section: string) => {
    const list = bySection.get(section);
    bySection.delete(section);
    if (list) rows.push({ kind: "hidden", id: `hidden:${section}`, section, hidden: list });
  };
  const blocks = (section: string, list: Block[]) => {
    for (const block of list) rows.push({ kind: "block", id: block.id, section, block });
    foot(section);
  };
  if (document.summary.title !== "" || document.summary.blocks.length > 0) {
    rows.push({ kind: "heading", id: summaryId, number: "", title: document.summary.title || "摘要", level: 1 });
    blocks(summaryId, document.summary.blocks);
  }
  const sections = (list: Section[]) => {
    for (const section of list) {
      rows.push({ kind: "heading", id: section.id, number: section.number, title: section.title, level: section.level });
      blocks(section.id, section.blocks);
      sections(section.sections);
    }
  };
  sections(document.sections);
  // Sections that are left out as a whole have no foot of their own.
  const rest = [...bySection.values()].flat();
  if (rest.length > 0) rows.push({ kind: "hidden", id: "hidden:", section: "", hidden: rest });
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
