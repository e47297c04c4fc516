import { useSyncExternalStore } from "react";
import { asBackendError, call } from "../../backend";
import type { CheckReplacement } from "../../backend/bindings/CheckReplacement";
import type { CheckView } from "../../backend/bindings/CheckView";
import { tell } from "../../components/tell";
import { replaced } from "./marks";

/** A draft of others under check. It stays while the author looks elsewhere, until another is taken. */
export interface Foreign {
  /** Where it was read from; `null` for pasted text. */
  path: string | null;
  view: CheckView;
  /** Reasons by key for findings set aside: for this check only. */
  ignored: Readonly<Record<string, string>>;
  /** Texts before each change, oldest first. */
  past: readonly string[];
  isSaved: boolean;
}

let present: Foreign | null = null;
let isBusy = false;
const watchers = new Set<() => void>();

function set(next: Foreign | null) {
  present = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const useForeign = () => useSyncExternalStore(watch, () => present);
export const useForeignBusy = () => useSyncExternalStore(watch, () => isBusy);

async function working<T>(work: () => Promise<T>): Promise<T | null> {
  if (isBusy) return null;
  isBusy = true;
  set(present);
  try {
    return await work();
  } catch (thrown) {
    tell.failure(asBackendError(thrown));
    return null;
  } finally {
    isBusy = false;
    set(present);
  }
}

export const foreign = {
  /** Reads and checks a file. */
  file: (path: string) =>
    working(async () => {
      const view = await call("check_draft", { kind: "file", path });
      set({ path, view, ignored: {}, past: [], isSaved: true });
    }),
  /** Checks pasted text. */
  text: (text: string) =>
    working(async () => {
      const view = await call("check_draft", { kind: "text", text });
      set({ path: null, view, ignored: {}, past: [], isSaved: true });
    }),
  /** Makes the change a finding suggests, and checks anew. */
  apply: (change: CheckReplacement) =>
    working(async () => {
      if (!present) return;
      const { text } = present.view;
      const view = await call("check_draft", { kind: "text", text: replaced(text, change) });
      set({ ...present, view, past: [...present.past, text], isSaved: false });
    }),
  /** Takes the last change back. */
  back: () =>
    working(async () => {
      const text = present?.past.at(-1);
      if (!present || text === undefined) return;
      const view = await call("check_draft", { kind: "text", text });
      set({ ...present, view, past: present.past.slice(0, -1), isSaved: present.past.length === 1 });
    }),
  ignore(key: string, reason: string) {
    if (present) set({ ...present, ignored: { ...present.ignored, [key]: reason } });
  },
  heed(key: string) {
    if (!present) return;
    const { [key]: _, ...ignored } = present.ignored;
    set({ ...present, ignored });
  },
  saved() {
    if (present) set({ ...present, isSaved: true });
  },
  leave: () => set(null),
};
