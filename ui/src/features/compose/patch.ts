import type { Block } from "../../backend/bindings/Block";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import type { Inline } from "../../backend/bindings/Inline";
import type { Section } from "../../backend/bindings/Section";

/** The text of a block as entries: one for a paragraph; `null` for tables and charts. */
export function itemsOf(block: Block): Inline[][] | null {
  if (block.type === "table" || block.type === "chart") return null;
  return block.type === "list" ? block.items : [block.content];
}

/** The document with another text in one block, shown until the backend's own answer is there. */
export function withText(view: DocumentView, id: string, items: Inline[][]): DocumentView {
  const blocks = (list: Block[]) =>
    list.map((block) => {
      if (block.id !== id || block.type === "table" || block.type === "chart") return block;
      return block.type === "list" ? { ...block, items } : { ...block, content: items[0] ?? [] };
    });
  const sections = (list: Section[]): Section[] =>
    list.map((section) => ({ ...section, blocks: blocks(section.blocks), sections: sections(section.sections) }));
  const { document } = view;
  return {
    ...view,
    document: {
      ...document,
      summary: { ...document.summary, blocks: blocks(document.summary.blocks) },
      sections: sections(document.sections),
    },
  };
}
