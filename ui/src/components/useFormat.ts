import { useSyncExternalStore } from "react";
import { type BackendError, useRead } from "../backend";
import type { FormatInfo } from "../backend/bindings/FormatInfo";
import type { FormatsView } from "../backend/bindings/FormatsView";

const key = "template";
const watchers = new Set<() => void>();

/** The format a new author starts with. */
const usual = "research-report";

export interface ChosenFormat {
  /** All formats and what was filled in for them; nothing until they are read. */
  view: FormatsView | undefined;
  /** The format the author works with; nothing until the formats are read. */
  format: FormatInfo | undefined;
  /** Why the formats could not be read. */
  error: BackendError | null;
  retry: () => void;
  choose: (id: string) => void;
}

/** The print format the author works with, the same in the page view, in 成文 and in 导出. */
export function useFormat(): ChosenFormat {
  const read = useRead("formats", null);
  const view = read.data;
  const name = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => localStorage.getItem(key) ?? usual,
  );
  const find = (id: string) => view?.formats.find((format) => format.id === id);
  return {
    view,
    // A template of one's own may be gone by now.
    format: find(name) ?? find(usual) ?? view?.formats[0],
    error: read.error,
    retry: () => void read.refetch(),
    choose: (id) => {
      localStorage.setItem(key, id);
      for (const watcher of watchers) watcher();
    },
  };
}
