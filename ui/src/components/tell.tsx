import { CopyOutlined } from "@ant-design/icons";
import { App, Button, Space } from "antd";
import { useEffect, useSyncExternalStore } from "react";
import { onChanged } from "../backend/client";
import { BackendError } from "../backend/error";
import { copyText } from "./copy";

/** What to do next, offered beside a message. */
interface Offer {
  label: string;
  perform(): void;
}

type Telling = { kind: "failure"; error: BackendError; act?: Offer } | { kind: "done"; text: string; act?: Offer } | { kind: "refused"; text: string };

let listener: ((telling: Telling) => void) | null = null;

/** What says that an act was not stored. */
const unstored = new Set<string>(["not-writable", "disk-full"]);
/** That, and a project that another window holds: not to be overlooked. */
const lasting = new Set<string>([...unstored, "in-use"]);

const loss = { isLost: false, watchers: new Set<() => void>() };
const setLost = (isLost: boolean) => {
  loss.isLost = isLost;
  for (const watcher of loss.watchers) watcher();
};
// Whatever is stored after that, or another project, ends it.
onChanged(() => setLost(false));

/** Whether the last act could not be stored. */
export const useIsLost = () =>
  useSyncExternalStore(
    (watcher) => {
      loss.watchers.add(watcher);
      return () => loss.watchers.delete(watcher);
    },
    () => loss.isLost,
  );

/** Short messages to the author from anywhere; the frame shows them. */
export const tell = {
  failure(error: BackendError, act?: Offer) {
    // Stopping on request is no failure.
    if (error.code === "cancelled") return;
    if (unstored.has(error.code)) setLost(true);
    listener?.({ kind: "failure", error, ...(act && { act }) });
  },
  /** Something was not done because of what the page shows beside it. */
  refused(text: string) {
    listener?.({ kind: "refused", text });
  },
  /** Something is done; `act` offers what to do next, such as opening a folder. */
  done(text: string, act?: Offer) {
    listener?.({ kind: "done", text, ...(act && { act }) });
  },
};

/** What an error says, with its detail, as one text. */
export const wordsOf = (error: BackendError) => [error.message, ...error.detail].join("\n");


/** Shows what `tell` is given. Once in the frame, inside antd's `App`. */
export function Teller() {
  const { notification, message } = App.useApp();
  useEffect(() => {
    listener = (telling) => {
      if (telling.kind === "failure") {
        const { error, act } = telling;
        notification.error({
          title: error.message,
          description: error.detail.length > 0 && <pre className="detail">{error.detail.join("\n")}</pre>,
          actions: (
            <Space size={6}>
              {act && (
                <Button
                  size="small"
                  type="primary"
                  onClick={() => {
                    notification.destroy(error.message);
                    act.perform();
                  }}
                >
                  {act.label}
                </Button>
              )}
              <Button size="small" icon={<CopyOutlined />} onClick={() => void copyText(wordsOf(error))}>
                复制
              </Button>
            </Space>
          ),
          // The same failure again replaces the first instead of piling up.
          key: error.message,
          duration: lasting.has(error.code) ? 0 : 12,
          role: "alert",
        });
      } else if (telling.kind === "refused") void message.warning(telling.text);
      else if (telling.act) {
        const { text, act } = telling;
        notification.success({
          title: text,
          key: text,
          duration: 8,
          actions: (
            <Button
              size="small"
              onClick={() => {
                notification.destroy(text);
                act.perform();
              }}
            >
              {act.label}
            </Button>
          ),
        });
      } else void message.success(telling.text);
    };
    return () => {
      listener = null;
    };
  }, [notification, message]);
  return null;
}
