/** What TipTap needs to know of numbers, references and footnotes: atoms inside the line. */
import { Node } from "@tiptap/core";
import type { Inline } from "../../backend/bindings/Inline";
import type { NameOf } from "./inline";

const atom = { group: "inline", inline: true, atom: true, selectable: true } as const;

/** A number of a fact. It can be taken out or copied, never typed over. */
export const FactNode = Node.create({
  name: "fact",
  ...atom,
  addAttributes: () => ({ id: {}, v: {}, form: { default: null }, unit: { default: null } }),
  parseHTML: () => [
    {
      tag: "span[data-fact]",
      getAttrs: (element) => ({
        id: element.dataset.fact,
        v: element.textContent,
        form: element.dataset.form || null,
        unit: element.dataset.unit || null,
      }),
    },
  ],
  renderHTML: ({ node }) => [
    "span",
    {
      class: "chip",
      "data-fact": node.attrs.id,
      ...(node.attrs.form && { "data-form": node.attrs.form }),
      ...(node.attrs.unit && { "data-unit": node.attrs.unit }),
    },
    String(node.attrs.v),
  ],
  renderText: ({ node }) => String(node.attrs.v),
});

/** A cross reference, shown by the name that the pages print. */
export const RefNode = Node.create<{ nameOf: NameOf }>({
  name: "ref",
  ...atom,
  addOptions: () => ({ nameOf: () => "" }),
  addAttributes: () => ({ target: {} }),
  parseHTML: () => [{ tag: "span[data-ref]", getAttrs: (element) => ({ target: element.dataset.ref }) }],
  renderHTML({ node }) {
    return ["span", { class: "ref", "data-ref": node.attrs.target }, this.options.nameOf(node.attrs.target) || "（已删）"];
  },
  renderText({ node }) {
    return this.options.nameOf(node.attrs.target);
  },
});

/** A footnote, shown as a mark; its text is edited in a window of its own. */
export const FootnoteNode = Node.create({
  name: "footnote",
  ...atom,
  addAttributes: () => ({ content: { default: [] } }),
  parseHTML: () => [
    {
      tag: "sup[data-footnote]",
      getAttrs: (element) => {
        try {
          return { content: JSON.parse(element.dataset.footnote ?? "[]") as Inline[] };
        } catch {
          return false;
        }
      },
    },
  ],
  renderHTML: ({ node }) => [
    "sup",
    { class: "note-mark", "data-footnote": JSON.stringify(node.attrs.content) },
    "注",
  ],
  renderText: () => "",
});
