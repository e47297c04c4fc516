import { Button, Modal, Space, Spin } from "antd";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { asBackendError, type BackendError, call, cancel, type Name, type Request, type Response } from "../backend";
import type { Progress } from "../backend/bindings/Progress";
import { tell } from "./tell";

/** What a step of a long act says to the author. */
export function progressText(progress: Progress | null): string {
  switch (progress?.step) {
    case undefined:
      return "正在准备…";
    case "reading":
      return `正在读取 ${progress.file}，已读 ${progress.rows} 行`;
    case "assembling":
      return `正在整理数据，已处理 ${progress.rows} 行`;
    case "saving":
      return "正在写入工程文件…";
    case "computing":
      return "正在计算指标、问题与对策…";
    case "typesetting":
      return "正在排版…";
  }
}

export interface LongAct<N extends Name> {
  /** Resolves to `null` when the act failed or was stopped; a failure has then been told. */
  run(request: Request<N>): Promise<Response<N> | null>;
  isRunning: boolean;
  progress: Progress | null;
  /** The dialog that shows progress and stops the act; render it once. */
  dialog: ReactNode;
}

/** An act that takes a while: a dialog with what it is doing and a way to stop it. */
export function useLongAct<N extends Name>(
  name: N,
  title: string,
  onError: (error: BackendError) => void = tell.failure,
): LongAct<N> {
  const [isRunning, setRunning] = useState(false);
  const [isShown, setShown] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);

  // What asked for the act has the focus again when the dialog has gone, so that keys go on working.
  const asked = useRef<Element | null>(null);

  const run = useCallback(
    async (request: Request<N>) => {
      asked.current = document.activeElement;
      setRunning(true);
      // What is done at once needs no dialog that flashes up.
      const patience = setTimeout(() => setShown(true), 300);
      setStopping(false);
      setProgress(null);
      try {
        return await call(name, request, { onProgress: setProgress });
      } catch (thrown) {
        const error = asBackendError(thrown);
        if (error.code !== "cancelled") onError(error);
        return null;
      } finally {
        clearTimeout(patience);
        setShown(false);
        setRunning(false);
      }
    },
    [name, onError],
  );

  const dialog = (
    <Modal
      open={isShown}
      destroyOnHidden
      afterClose={() => asked.current instanceof HTMLElement && asked.current.focus({ preventScroll: true })}
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={420}
      footer={
        <Button
          disabled={isStopping}
          onClick={() => {
            setStopping(true);
            void cancel().catch(() => {});
          }}
        >
          {isStopping ? "正在停止…" : "取消"}
        </Button>
      }
    >
      <Space role="status">
        <Spin size="small" />
        {progressText(progress)}
      </Space>
    </Modal>
  );
  return { run, isRunning, progress, dialog };
}
