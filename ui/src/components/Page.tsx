import { type ReactNode, useEffect, useRef } from "react";

interface PageProps {
  title: string;
  /** One line beside the title: what is shown, how many. */
  note?: ReactNode;
  /** Buttons at the right of the head. */
  actions?: ReactNode;
  /** The body brings its own scrolling and edges, as a grid does. */
  flush?: boolean;
  children: ReactNode;
}

/**
 * A stage's page: a head that stays and a body that scrolls. Whoever comes here without anything focused, such as by a
 * key or out of a dialog, begins at what is marked `data-first`.
 */
export function Page({ title, note, actions, flush = false, children }: PageProps) {
  const page = useRef<HTMLElement>(null);
  const hasArrived = useRef(false);
  // After every drawing: what is marked may come only with the answer of the backend.
  useEffect(() => {
    if (hasArrived.current) return;
    const first = page.current?.querySelector<HTMLElement>("[data-first]");
    hasArrived.current = first != null || isFocused();
    if (!isFocused()) first?.focus({ preventScroll: true });
  });
  return (
    <section className="page" aria-label={title} ref={page}>
      <header className="page-head">
        <h1>{title}</h1>
        {note && <div className="page-note">{note}</div>}
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className={flush ? "page-body flush" : "page-body"}>{children}</div>
    </section>
  );
}

const isFocused = () => document.activeElement !== null && document.activeElement !== document.body;
