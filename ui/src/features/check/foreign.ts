import { useSyncExternalStore } from "react";
import { asBackendError, call } from "../../backend";
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
  /** Keys of findings whose change is under way: they count as settled. */
  applying: readonly string[];
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

let last: Promise<unknown> = Promise.resolve();

/** Does one thing after another: what is asked for meanwhile waits, and is not lost. */
function working<T>(work: () => Promise<T>): Promise<T | null> {
  const run = async () => {
    try {
      return await work();
    } catch (thrown) {
      tell.failure(asBackendError(thrown));
      return null;
    }
  };
  isBusy = true;
  set(present);
  const mine = last.then(run);
  last = mine;
  return mine.finally(() => {
    if (last !== mine) return;
    isBusy = false;
    set(present);
  });
}

const fresh = (path: string | null, view: CheckView): Foreign => ({ path, view, ignored: {}, past: [], isSaved: true, applying: [] });

export const foreign = {
  /** Reads and checks a file. */
  file: (path: string) =>
    working(async () => {
      const view = await call("check_draft", { kind: "file", path });
      set(fresh(path, view));
    }),
  /** Checks pasted text. */
  text: (text: string) =>
    working(async () => {
      const view = await call("check_draft", { kind: "text", text });
      set(fresh(null, view));
    }),
  /** Makes the change that a finding of this key suggests, and checks anew. */
  apply(key: string) {
    if (present) set({ ...present, applying: [...present.applying, key] });
    return working(async () => {
      try {
        // Another draft may have been taken meanwhile; what an earlier change has settled is there no longer.
        if (!present?.applying.includes(key)) return;
        const change = present.view.findings.find((finding) => finding.key === key)?.suggestion;
        if (!change) return;
        const { text } = present.view;
        const view = await call("check_draft", { kind: "text", text: replaced(text, change) });
        if (present) set({ ...present, view, past: [...present.past, text], isSaved: false });
      } finally {
        if (present) set({ ...present, applying: present.applying.filter((one) => one !== key) });
      }
    });
  },
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
