import { Alert, Input } from "antd";
import { useMemo, useState } from "react";
import type { SourceIn } from "../../backend/bindings/SourceIn";
import { Dialog } from "../../components/Dialog";
import { parseCells } from "./cells";

/** A table copied from a spreadsheet, as a source of an import. */
export function PasteTable({ onDone, onClose }: { onDone: (source: SourceIn) => void; onClose: () => void }) {
  const [name, setName] = useState("粘贴的表格");
  const [text, setText] = useState("");
  const cells = useMemo(() => parseCells(text), [text]);
  const width = Math.max(0, ...cells.map((row) => row.length));
  return (
    <Dialog
      open
      title="粘贴表格"
      okText="下一步"
      cancelText="取消"
      width={680}
      // A click beside the form must not throw away what was filled in.
      mask={{ closable: false }}
      okButtonProps={{ disabled: text.trim() === "" || name.trim() === "" }}
      onOk={() => onDone({ kind: "pasted", name: name.trim(), text })}
      onCancel={onClose}
    >
      <label className="paste-name">
        名称
        <Input value={name} onChange={(event) => setName(event.target.value)} aria-label="名称" />
      </label>
      <Input.TextArea
        data-first
        rows={12}
        aria-label="表格内容"
        placeholder="在 Excel 或 WPS 中选中表格（连同表头）复制，然后在这里按 Ctrl+V。"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        style={{ whiteSpace: "pre", fontFamily: "inherit" }}
      />
      {cells.length > 0 && (
        <Alert
          type="info"
          style={{ marginTop: 8 }}
          title={`${cells.length} 行 × ${width} 列。同名的表格会替换上一次粘贴的。`}
        />
      )}
    </Dialog>
  );
}
