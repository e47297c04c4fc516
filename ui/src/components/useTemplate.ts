import { useSyncExternalStore } from "react";

const key = "template";
const watchers = new Set<() => void>();

/** The print template the author works with, the same in the page view and in exports; none means the usual one. */
export function useTemplate(): [string | undefined, (name: string) => void] {
  const name = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => localStorage.getItem(key) ?? undefined,
  );
  return [
    name,
    (name) => {
      localStorage.setItem(key, name);
      for (const watcher of watchers) watcher();
    },
  ];
}
