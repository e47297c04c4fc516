import { Space } from "antd";
import { useState } from "react";
import { type BackendError, host, useAct } from "../../backend";
import type { CheckDraft } from "../../backend/bindings/CheckDraft";
import { Dialog } from "../../components/Dialog";
import { Failure } from "../../components/Failure";
import { PathField } from "../../components/PathField";
import { tell } from "../../components/tell";

interface SaveSheetProps {
  /** Where it goes unless the author says otherwise. */
  path: string;
  /** `null` for the project's own report. */
  draft: CheckDraft | null;
  /** Keys of findings of the draft that were set aside. */
  ignored: string[];
  onClose: () => void;
}

/** Writes 核校意见表: the findings and the ledger on paper, to file with the draft. */
export function SaveSheet({ path: usual, draft, ignored, onClose }: SaveSheetProps) {
  const [written, setWritten] = useState<string | null>(null);
  const [error, setError] = useState<BackendError | null>(null);
  const path = written ?? usual;
  const save = useAct("export_check", {
    onError: setError,
    onSuccess: ({ path }) => {
      tell.done("核校意见表已保存。", { label: "打开", perform: () => void host.openPath(path) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      title="核校意见表"
      okText="保存"
      cancelText="取消"
      width={560}
      confirmLoading={save.isPending}
      okButtonProps={{ disabled: path.trim() === "" }}
      onOk={() => {
        setError(null);
        save.mutate({ path, ignored, ...(draft && { draft }) });
      }}
      onCancel={onClose}
    >
      <Space orientation="vertical" size={10} style={{ width: "100%" }}>
        <span className="quiet">
          逐条列出意见、算式和位置，附数字台账，供修改和存档；已忽略的不列。文件名以 .pdf 结尾存成 PDF，以 .html 结尾存成网页。
        </span>
        <PathField
          label="意见表的位置"
          value={path}
          onChange={setWritten}
          browse={() =>
            host.pickTarget({
              title: "核校意见表保存在哪里",
              path,
              filters: [
                { name: "PDF 文件", extensions: ["pdf"] },
                { name: "网页", extensions: ["html"] },
              ],
            })
          }
        />
        {error && <Failure error={error} />}
      </Space>
    </Dialog>
  );
}
