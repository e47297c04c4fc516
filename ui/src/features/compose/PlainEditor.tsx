import { Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { isInputMethod } from "../../components/keys";
import type { EditorProps } from "./editor";
import { sameItems, Tokens } from "./inline";
import { useSaver } from "./useSaver";

/** The editor of one block as plain text, where numbers are tokens: for input methods that fail in rich text. */
export function PlainEditor(props: EditorProps) {
  const { label, items, isList, nameOf } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const tokens = useMemo(() => new Tokens(nameOf), []);
  const [text, setText] = useState(() => tokens.write(items));
  const [damaged, setDamaged] = useState(0);
  const field = useRef<TextAreaRef>(null);
  const saver = useSaver(items, sameItems, (items) => latest.current.onSave(items));
  const read = (text: string) => tokens.read(text, isList ? "items" : "join");

  const change = (text: string) => {
    setText(text);
    const now = read(text);
    setDamaged(now.damaged);
    saver.change(now.items);
  };
  const replaceSelection = (make: (selected: string) => string) => {
    const area = field.current?.resizableTextArea?.textArea;
    if (!area) return;
    const { selectionStart, selectionEnd, value } = area;
    const inserted = make(value.slice(selectionStart, selectionEnd));
    area.focus();
    // Through the field's own editing, so that its Ctrl+Z takes it back.
    area.setSelectionRange(selectionStart, selectionEnd);
    if (!document.execCommand?.("insertText", false, inserted))
      change(value.slice(0, selectionStart) + inserted + value.slice(selectionEnd));
  };

  useEffect(() => {
    latest.current.handle({
      insert: (content) => replaceSelection(() => tokens.write([content])),
      toggleStrong: () => replaceSelection((selected) => (selected === "" ? "" : `〔粗:${selected}〕`)),
      focus: () => field.current?.focus(),
      flush: saver.flush,
    });
    return () => latest.current.handle(null);
  }, [saver]);

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isInputMethod(event)) return;
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === "Escape" || (event.key === "Enter" && isMod)) {
      saver.flush();
      props.onLeave(event.key === "Enter");
    } else if (event.key === "/" && isMod) props.onInsertNumber();
    else if (event.key === "b" && isMod) replaceSelection((s) => (s === "" ? "" : `〔粗:${s}〕`));
    else if (event.key === "Enter" && !isList) {
      const { selectionStart, selectionEnd, value } = event.currentTarget;
      const before = read(value.slice(0, selectionStart)).items;
      const after = read(value.slice(selectionEnd)).items[0] ?? [];
      saver.hand(before, () => latest.current.onSplit(before[0] ?? [], after));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="plain">
      <Input.TextArea
        ref={field}
        autoFocus
        aria-label={label}
        autoSize={{ minRows: 2 }}
        value={text}
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
        onCompositionStart={() => saver.composing(true)}
        onCompositionEnd={() => saver.composing(false)}
        onBlur={saver.flush}
      />
      <p className={damaged > 0 ? "plain-note warn" : "plain-note"} role={damaged > 0 ? "alert" : undefined}>
        {damaged > 0
          ? `有 ${damaged} 处〔〕标记被改动，已作为普通文字，不再随数据更新。可按 Ctrl+Z 撤回，或用“插入数字”重新插入。`
          : `〔〕内是数字、引用和脚注的标记，请整体保留或删除。${isList ? "一行一条。" : ""}`}
      </p>
    </div>
  );
}
