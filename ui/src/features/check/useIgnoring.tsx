import { Input } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { Dialog } from "../../components/Dialog";
import { isInputMethod } from "../../components/keys";

/** Reasons that come up again and again. */
const usual = ["口径或范围不同", "多选题，合计可超过 100%", "四舍五入所致", "引用原文，不改", "已与来源核对，无误"];

/** Asks why a finding is set aside. Without a reason nothing is. */
export function useIgnoring(memory: string): { ask(quote: string): Promise<string | null>; dialog: ReactNode } {
  const [quote, setQuote] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const answer = useRef<(reason: string | null) => void>(() => {});

  const close = (given: string | null) => {
    if (given === "") return;
    setQuote(null);
    answer.current(given);
  };
  const dialog = (
    <Dialog
      open={quote !== null}
      title="忽略这条意见"
      okText="忽略"
      cancelText="取消"
      width={460}
      okButtonProps={{ disabled: reason.trim() === "" }}
      onOk={() => close(reason.trim())}
      onCancel={() => close(null)}
    >
      <p className="quiet">“{quote}”　{memory}</p>
      <Input
        aria-label="忽略的原因"
        placeholder="为什么不用改"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => !isInputMethod(event) && close(reason.trim())}
        style={{ margin: "10px 0 8px" }}
      />
      <div className="check-usual">
        {usual.map((text) => (
          <button type="button" key={text} className="tag" onClick={() => setReason(text)}>
            {text}
          </button>
        ))}
      </div>
    </Dialog>
  );
  const ask = (quote: string) => {
    setReason("");
    setQuote(quote);
    return new Promise<string | null>((resolve) => {
      answer.current = resolve;
    });
  };
  return { ask, dialog };
}
