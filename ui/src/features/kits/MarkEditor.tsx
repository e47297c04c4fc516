import { Extension, type JSONContent, Node } from "@tiptap/core";
import Document from "@tiptap/extension-document";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import type { Node as ProseNode } from "@tiptap/pm/model";
import { NodeSelection, Plugin } from "@tiptap/pm/state";
import { EditorContent, useEditor } from "@tiptap/react";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { KitView } from "../../backend/bindings/KitView";
import { orphans, type Piece, piecesOf, shownOf } from "./pattern";

/** A mark that is selected, and the way to change or remove it. */
export interface Chosen {
  source: string;
  label: string;
  replace: (source: string) => void;
}

export interface MarkEditorHandle {
  /** Puts marks around what is selected, or one where the caret is. */
  insert: (before: string, after?: string) => void;
}

interface MarkEditorProps {
  view: KitView;
  label: string;
  value: string;
  editable: boolean;
  onChange: (value: string) => void;
  onChoose?: (chosen: Chosen | null) => void;
  ref?: Ref<MarkEditorHandle>;
}

/** A mark of a pattern: one thing in the line, which is taken out or copied whole. */
const MarkNode = Node.create({
  name: "mark",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({ source: {}, label: { default: "" }, kind: { default: "value" } }),
  parseHTML: () => [
    {
      tag: "span[data-source]",
      getAttrs: (element) => ({
        source: element.dataset.source,
        label: element.dataset.label,
        kind: element.dataset.kind,
      }),
    },
  ],
  renderHTML: ({ node }) => [
    "span",
    {
      class: `kit-chip ${node.attrs.kind}`,
      title: node.attrs.source,
      "data-source": node.attrs.source,
      "data-label": node.attrs.label,
      "data-kind": node.attrs.kind,
    },
    shownOf({ t: "mark", ...node.attrs } as Extract<Piece, { t: "mark" }>),
  ],
  renderText: ({ node }) => String(node.attrs.source),
});

const nodesOf = (pattern: string, view: KitView): JSONContent[] =>
  piecesOf(pattern, view).map((piece) =>
    piece.t === "text" ? { type: "text", text: piece.v } : { type: "mark", attrs: { source: piece.source, label: piece.label, kind: piece.kind } },
  );

const documentOf = (pattern: string, view: KitView): JSONContent => {
  const content = nodesOf(pattern, view);
  return { type: "doc", content: [content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" }] };
};

function patternOf(doc: ProseNode): string {
  let out = "";
  doc.descendants((node) => {
    if (node.isText) out += node.text;
    else if (node.type.name === "mark") out += node.attrs.source;
  });
  return out;
}

/** An alternative loses its other marks with the first. */
const pairs = new Plugin({
  appendTransaction(transactions, _before, { doc, tr }) {
    if (!transactions.some((one) => one.docChanged)) return null;
    const marks: { at: number; size: number; source: string }[] = [];
    doc.descendants((node, at) => {
      if (node.type.name === "mark") marks.push({ at, size: node.nodeSize, source: node.attrs.source });
    });
    const lost = orphans(marks.map((mark) => mark.source));
    if (lost.length === 0) return null;
    for (const index of lost.reverse()) tr.delete(marks[index]!.at, marks[index]!.at + marks[index]!.size);
    return tr;
  },
});

/** A pattern as a sentence: text to type in, and marks in words that stand or go whole. */
export function MarkEditor({ view, label, value, editable, onChange, onChoose, ref }: MarkEditorProps) {
  const latest = useRef({ view, onChange, onChoose });
  useEffect(() => {
    latest.current = { view, onChange, onChoose };
  });
  const [written, setWritten] = useState(value);

  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editable,
    content: documentOf(value, view),
    parseOptions: { preserveWhitespace: "full" },
    extensions: [
      Document.extend({ content: "paragraph" }),
      Paragraph,
      Text,
      UndoRedo,
      MarkNode,
      Extension.create({
        name: "sentence",
        addProseMirrorPlugins: () => [pairs],
        // A sentence has no lines.
        addKeyboardShortcuts: () => ({ Enter: () => true, "Shift-Enter": () => true }),
      }),
    ],
    editorProps: {
      attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", spellcheck: "false" },
      transformPastedText: (text) => text.replace(/\s*\n\s*/g, ""),
    },
    onUpdate: ({ editor }) => {
      const now = patternOf(editor.state.doc);
      setWritten(now);
      latest.current.onChange(now);
    },
    onSelectionUpdate: ({ editor }) => {
      const { selection } = editor.state;
      const node = selection instanceof NodeSelection ? selection.node : null;
      if (node?.type.name !== "mark") return latest.current.onChoose?.(null);
      latest.current.onChoose?.({
        source: node.attrs.source,
        label: node.attrs.label,
        replace: (source) => {
          const { selection: now } = editor.state;
          if (!(now instanceof NodeSelection) || now.node.type.name !== "mark") return;
          const text = patternOf(editor.state.doc);
          const before = patternOf(editor.state.doc.cut(0, now.from));
          const next = `${before}${source}${text.slice(before.length + String(now.node.attrs.source).length)}`;
          // What follows may be said in other words now.
          editor.chain().setContent(documentOf(next, latest.current.view), { emitUpdate: true }).setNodeSelection(now.from).run();
        },
      });
    },
    // Marks that were typed become marks.
    onBlur: ({ editor }) => {
      const { doc } = editor.state;
      const next = documentOf(patternOf(doc), latest.current.view);
      if (JSON.stringify(next) !== JSON.stringify(doc.toJSON())) editor.commands.setContent(next, { emitUpdate: false });
    },
  });

  // Only what comes from elsewhere, such as undoing or giving a draft up, replaces what stands here.
  useEffect(() => {
    if (value === written) return;
    setWritten(value);
    editor.commands.setContent(documentOf(value, view), { emitUpdate: false });
    // The text that was typed here is known already.
  }, [value]);
  useEffect(() => editor.setEditable(editable, false), [editor, editable]);

  useImperativeHandle(
    ref,
    () => ({
      insert: (before, after) => {
        const { from, to } = editor.state.selection;
        const { doc } = editor.state;
        const [head, middle, tail] = [doc.cut(0, from), doc.slice(from, to).content, doc.cut(to)];
        let chosen = "";
        middle.descendants((node) => {
          if (node.isText) chosen += node.text;
          else if (node.type.name === "mark") chosen += node.attrs.source;
        });
        const next = `${patternOf(head)}${before}${after === undefined ? "" : `${chosen || "…"}${after}`}${patternOf(tail)}`;
        editor.chain().setContent(documentOf(next, latest.current.view), { emitUpdate: true }).focus(Math.min(from + 1, editor.state.doc.content.size)).run();
      },
    }),
    [editor],
  );

  return <EditorContent editor={editor} className={editable ? "kit-sentence-box" : "kit-sentence-box fixed"} />;
}
