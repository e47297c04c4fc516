import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

/** Acts that a page can take over while it is shown, such as finding in its own list. */
export type HandledAct = "find" | "replace" | "print";

interface Handlers {
  /** Acts that somebody handles now. */
  handled: ReadonlySet<HandledAct>;
  run(act: HandledAct): void;
  set(act: HandledAct, perform: (() => void) | null): void;
}

const HandlersContext = createContext<Handlers>({ handled: new Set(), run: () => {}, set: () => {} });

export function HandlersProvider({ children }: { children: ReactNode }) {
  const performers = useRef(new Map<HandledAct, () => void>());
  const [handled, setHandled] = useState<ReadonlySet<HandledAct>>(new Set());
  const value = useMemo<Handlers>(
    () => ({
      handled,
      run: (act) => performers.current.get(act)?.(),
      set(act, perform) {
        if (perform) performers.current.set(act, perform);
        else performers.current.delete(act);
        setHandled((before) =>
          before.has(act) === performers.current.has(act) ? before : new Set(performers.current.keys()),
        );
      },
    }),
    [handled],
  );
  return <HandlersContext value={value}>{children}</HandlersContext>;
}

export const useHandlers = () => useContext(HandlersContext);

/** While mounted, `perform` answers the menu entry and the key of `act`. */
export function useHandle(act: HandledAct, perform: () => void) {
  const { set } = useHandlers();
  const latest = useRef(perform);
  useEffect(() => {
    latest.current = perform;
  });
  useEffect(() => {
    set(act, () => latest.current());
    return () => set(act, null);
    // `set` writes to one map for the life of the provider.
  }, [act]);
}
