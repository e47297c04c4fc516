/** Inline content between its three forms: as the backend has it, as TipTap edits it, as plain text with tokens. */
import type { JSONContent } from "@tiptap/core";
import type { Inline } from "../../backend/bindings/Inline";

/** The name under which a text refers to a block: 表3, 图2, 一、… */
export type NameOf = (target: string) => string;

/** What people read, references by name, footnotes left out. */
export function wordsOf(content: readonly Inline[], nameOf: NameOf = () => ""): string {
  return content
    .map((i) => (i.t === "ref" ? nameOf(i.target) : i.t === "footnote" ? "" : i.v))
    .join("");
}

/** Content in one canonical form: no empty pieces, neighbouring texts of one kind joined. */
export function tidy(content: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const i of content) {
    const last = out.at(-1);
    if ((i.t === "text" || i.t === "strong") && i.v === "") continue;
    if (i.t === "footnote") {
      const inner = tidy(i.content);
      if (inner.length > 0) out.push({ t: "footnote", content: inner });
    } else if (i.t === "text" && last?.t === "text") out[out.length - 1] = { t: "text", v: last.v + i.v };
    else if (i.t === "strong" && last?.t === "strong") out[out.length - 1] = { t: "strong", v: last.v + i.v };
    else out.push(i);
  }
  return out;
}

/** Whether two contents say the same with the same numbers. */
export const sameContent = (a: readonly Inline[], b: readonly Inline[]) =>
  JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));

export const sameItems = (a: readonly Inline[][], b: readonly Inline[][]) =>
  a.length === b.length && a.every((item, at) => sameContent(item, b[at] ?? []));

// ---------------------------------------------------------------- TipTap

function toNode(i: Inline): JSONContent {
  switch (i.t) {
    case "text":
      return { type: "text", text: i.v };
    case "strong":
      return { type: "text", text: i.v, marks: [{ type: "bold" }] };
    case "fact":
      return { type: "fact", attrs: { id: i.id, v: i.v, form: i.form ?? null, unit: i.unit ?? null } };
    case "ref":
      return { type: "ref", attrs: { target: i.target } };
    case "footnote":
      return { type: "footnote", attrs: { content: i.content } };
  }
}

/** A document of one paragraph, or of one for each entry of a list. */
export function toEditor(items: readonly (readonly Inline[])[]): JSONContent {
  const paragraph = (item: readonly Inline[]): JSONContent => {
    const content = tidy(item).map(toNode);
    return content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
  };
  return { type: "doc", content: (items.length > 0 ? items : [[]]).map(paragraph) };
}

function fromNode(node: JSONContent): Inline[] {
  const attrs = node.attrs ?? {};
  switch (node.type) {
    case "text":
      return [{ t: node.marks?.some((mark) => mark.type === "bold") ? "strong" : "text", v: node.text ?? "" }];
    case "fact":
      return [
        {
          t: "fact",
          v: String(attrs.v ?? ""),
          id: String(attrs.id ?? ""),
          ...(attrs.form ? { form: attrs.form } : {}),
          ...(attrs.unit ? { unit: String(attrs.unit) } : {}),
        },
      ];
    case "ref":
      return [{ t: "ref", target: String(attrs.target ?? "") }];
    case "footnote":
      return [{ t: "footnote", content: (attrs.content ?? []) as Inline[] }];
    default:
      return (node.content ?? []).flatMap(fromNode);
  }
}

/** Paragraphs of an editor's document. */
export function fromEditor(doc: JSONContent): Inline[][] {
  return (doc.content ?? []).map((paragraph) => tidy(fromNode(paragraph)));
}

// ---------------------------------------------------------------- plain text

const token = /〔(粗|\d+):([^〔〕]*)〕/g;
const bare = (text: string) => text.replace(/[〔〕\n]/g, "");

/** What the tokens of a plain text stand for. It grows when numbers are inserted; nothing is ever taken out. */
export class Tokens {
  private readonly kept: { inline: Inline; shown: string }[] = [];

  constructor(private readonly nameOf: NameOf) {}

  /** The token for a number, reference or footnote. */
  put(inline: Inline): string {
    const shown = bare(
      inline.t === "footnote"
        ? `注：${wordsOf(inline.content, this.nameOf).slice(0, 12)}`
        : inline.t === "ref"
          ? this.nameOf(inline.target)
          : inline.v,
    );
    const key = JSON.stringify(inline);
    let at = this.kept.findIndex((entry) => JSON.stringify(entry.inline) === key);
    if (at < 0) at = this.kept.push({ inline, shown }) - 1;
    return `〔${at + 1}:${shown}〕`;
  }

  /** Plain text, an entry of a list to a line. */
  write(items: readonly (readonly Inline[])[]): string {
    const one = (i: Inline) => {
      const brackets = i.t === "strong" && /[〔〕]/.test(i.v);
      if (i.t === "text") return i.v.replace(/\n/g, " ");
      if (i.t === "strong" && !brackets) return `〔粗:${i.v.replace(/\n/g, " ")}〕`;
      return this.put(i);
    };
    return items.map((item) => tidy(item).map(one).join("")).join("\n");
  }

  /** Reads plain text back. A token that was altered becomes text, and `damaged` counts it. */
  read(text: string, lines: "join" | "items"): { items: Inline[][]; damaged: number } {
    let damaged = 0;
    const line = (source: string): Inline[] => {
      const out: Inline[] = [];
      let at = 0;
      for (const match of source.matchAll(token)) {
        const [whole, key, shown] = match as unknown as [string, string, string];
        out.push({ t: "text", v: source.slice(at, match.index) });
        at = match.index + whole.length;
        if (key === "粗") out.push({ t: "strong", v: shown });
        else {
          const kept = this.kept[Number(key) - 1];
          if (kept?.shown === shown) out.push(kept.inline);
          else {
            // The digits stay as the author left them, as plain text: a number never changes unseen.
            damaged += 1;
            out.push({ t: "text", v: shown });
          }
        }
      }
      out.push({ t: "text", v: source.slice(at) });
      return tidy(out);
    };
    if (lines === "join") return { items: [line(text.replace(/\s*\n\s*/g, ""))], damaged };
    return { items: text.split("\n").map(line), damaged };
  }
}
