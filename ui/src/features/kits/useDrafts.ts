import { useCallback, useSyncExternalStore } from "react";
import type { Subject } from "./parts";

type Drafts = Readonly<Record<string, Subject>>;

const stored = "kit-drafts";
const nothing: Drafts = {};
const watchers = new Set<() => void>();

/** Parts changed and not saved yet, by the kit of a project: neither looking elsewhere nor closing the window loses them. */
const drafts = new Map<string, Drafts>(read());

function read(): [string, Drafts][] {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? "[]") as [string, Drafts][];
  } catch {
    return [];
  }
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The drafts of one kit of one project, and the way to change them. */
export function useDrafts(of: string) {
  const present = useSyncExternalStore(watch, () => drafts.get(of) ?? nothing);
  const put = useCallback(
    (key: string, draft: Subject | undefined) => {
      const { [key]: _, ...others } = drafts.get(of) ?? nothing;
      const next = draft ? { ...others, [key]: draft } : others;
      if (Object.keys(next).length > 0) drafts.set(of, next);
      else drafts.delete(of);
      try {
        localStorage.setItem(stored, JSON.stringify([...drafts]));
      } catch {
        // A draft too large for the store is kept as long as the window is open.
      }
      for (const watcher of watchers) watcher();
    },
    [of],
  );
  return [present, put] as const;
}
