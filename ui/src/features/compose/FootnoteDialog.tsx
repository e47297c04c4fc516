import { Input } from "antd";
import { useMemo, useState } from "react";
import type { Inline } from "../../backend/bindings/Inline";
import { Dialog } from "../../components/Dialog";
import { type NameOf, Tokens } from "./inline";

interface FootnoteDialogProps {
  content: Inline[];
  nameOf: NameOf;
  onSave: (content: Inline[]) => void;
  onClose: () => void;
}

/** The text of a footnote. Emptied, the footnote goes. */
export function FootnoteDialog({ content, nameOf, onSave, onClose }: FootnoteDialogProps) {
  const tokens = useMemo(() => new Tokens(nameOf), []);
  const [text, setText] = useState(() => tokens.write([content]));
  const isNew = content.length === 0;
  const save = (text: string) => {
    onClose();
    onSave(tokens.read(text, "join").items[0] ?? []);
  };
  return (
    <Dialog
      open
      // A click beside the form must not throw away what was filled in.
      mask={{ closable: false }}
      title={isNew ? "插入脚注" : "脚注"}
      okText={isNew ? "插入" : "保存"}
      cancelText="取消"
      okButtonProps={{ disabled: isNew && text.trim() === "" }}
      onOk={() => save(text.trim())}
      onCancel={onClose}
      width={520}
      transitionName=""
      maskTransitionName=""
      footer={(_, { OkBtn, CancelBtn }) => (
        <div className="dialog-foot">
          {!isNew && (
            <button type="button" className="link-button" onClick={() => save("")}>
              删除脚注
            </button>
          )}
          <span />
          <CancelBtn />
          <OkBtn />
        </div>
      )}
    >
      <Input.TextArea
        aria-label="脚注文字"
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="如：数据来源、口径说明"
      />
    </Dialog>
  );
}
