import { Extension, type JSONContent } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";
import Document from "@tiptap/extension-document";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";
import { Fragment, type Node as ProseNode, Slice } from "@tiptap/pm/model";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useRef } from "react";
import type { EditorProps } from "./editor";
import { fromEditor, sameItems, toEditor } from "./inline";
import { FactNode, FootnoteNode, RefNode } from "./nodes";
import { useSaver } from "./useSaver";

/** All lines of what is pasted as one line. */
function oneLine(slice: Slice): Slice {
  const parts: ProseNode[] = [];
  const collect = (node: ProseNode) => {
    if (node.isTextblock) parts.push(...node.content.content);
    else if (node.isInline) parts.push(node);
    else node.forEach(collect);
  };
  slice.content.forEach(collect);
  return new Slice(Fragment.from(parts), 0, 0);
}

/**
 * The editor of one block. Nothing from outside ever replaces its content while it is open. ProseMirror keeps the keys
 * of an input method that is composing from the shortcuts below.
 */
export function RichEditor(props: EditorProps) {
  const { label, items, isList } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const saver = useSaver(items, sameItems, (items) => latest.current.onSave(items));

  const editor = useEditor({
    // The first keys must not get lost while React makes up its mind.
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    autofocus: "end",
    content: toEditor(items),
    extensions: [
      Document.extend({ content: isList ? "paragraph+" : "paragraph" }),
      Paragraph,
      Text,
      Bold,
      UndoRedo,
      FactNode,
      RefNode.configure({ nameOf: (target) => latest.current.nameOf(target) }),
      FootnoteNode,
      Extension.create({
        name: "keys",
        priority: 1000,
        addKeyboardShortcuts: () => ({
          Escape: () => {
            saver.flush();
            latest.current.onLeave(false);
            return true;
          },
          "Mod-Enter": () => {
            saver.flush();
            latest.current.onLeave(true);
            return true;
          },
          "Mod-/": () => {
            latest.current.onInsertNumber();
            return true;
          },
          "Shift-Enter": () => !isList,
          Enter: ({ editor }) => {
            if (isList) return false;
            const { from, to } = editor.state.selection;
            const { doc } = editor.state;
            const before = fromEditor({ type: "doc", content: [doc.cut(0, from).toJSON() as JSONContent] })[0] ?? [];
            const after = fromEditor({ type: "doc", content: [doc.cut(to).toJSON() as JSONContent] })[0] ?? [];
            // The split saves both halves as one step of undo.
            saver.hand([before], () => latest.current.onSplit(before, after));
            return true;
          },
        }),
      }),
    ],
    editorProps: {
      attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", spellcheck: "false" },
      transformPasted: (slice) => (isList ? slice : oneLine(slice)),
      handleDOMEvents: {
        compositionstart: () => saver.composing(true),
        compositionend: () => saver.composing(false),
      },
      handleClickOn(view, _pos, node, at) {
        if (node.type.name !== "footnote") return false;
        latest.current.onFootnote(node.attrs.content, (content) => {
          const current = view.state.doc.nodeAt(at);
          if (current?.type.name !== "footnote") return;
          const step =
            content.length === 0
              ? view.state.tr.delete(at, at + current.nodeSize)
              : view.state.tr.setNodeMarkup(at, undefined, { content });
          view.dispatch(step);
          view.focus();
        });
        return true;
      },
    },
    onUpdate: ({ editor }) => saver.change(fromEditor(editor.getJSON())),
    onBlur: () => saver.flush(),
  });

  useEffect(() => {
    latest.current.handle({
      insert: (content) => {
        const nodes = toEditor([content]).content?.[0]?.content ?? [];
        editor.chain().focus().insertContent(nodes).run();
      },
      toggleStrong: () => editor.chain().focus().toggleBold().run(),
      focus: () => editor.commands.focus(),
      flush: saver.flush,
    });
    return () => latest.current.handle(null);
  }, [editor, saver]);

  return <EditorContent editor={editor} className={isList ? "rich rich-list" : "rich"} />;
}
