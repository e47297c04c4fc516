import { Input } from "antd";
import { Dialog } from "../../components/Dialog";
import { isInputMethod } from "../../components/keys";
import { type ReactNode, useRef, useState } from "react";

const key = "correction-reason";

/** Asks why values are corrected; the last answer stands ready and Enter confirms it. */
export function useReason(): { ask(cells: number): Promise<string | null>; dialog: ReactNode } {
  const [open, setOpen] = useState<number | null>(null);
  const [reason, setReason] = useState(() => localStorage.getItem(key) ?? "");
  const answer = useRef<(reason: string | null) => void>(() => {});

  const close = (given: string | null) => {
    setOpen(null);
    if (given !== null) localStorage.setItem(key, given);
    answer.current(given);
  };
  const dialog = (
    <Dialog
      open={open !== null}
      title={open === 1 ? "更正原因" : `更正 ${open ?? 0} 个单元格`}
      okText="更正"
      cancelText="取消"
      width={420}
      onOk={() => close(reason.trim())}
      onCancel={() => close(null)}
    >
      <p className="quiet">原始数据不会改动，更正覆盖在上面，可随时撤回。</p>
      <Input
        aria-label="更正原因"
        placeholder="例如：电话核实、对照营业执照"
        value={reason}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={(event) => !isInputMethod(event) && close(reason.trim())}
        style={{ marginTop: 8 }}
      />
    </Dialog>
  );
  const ask = (cells: number) =>
    new Promise<string | null>((resolve) => {
      answer.current = resolve;
      setOpen(cells);
    });
  return { ask, dialog };
}
