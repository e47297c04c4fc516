import type { ReactNode } from "react";

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

/** A stage's page: a head that stays and a body that scrolls. */
export function Page({ title, note, actions, flush = false, children }: PageProps) {
  return (
    <section className="page" aria-label={title}>
      <header className="page-head">
        <h1>{title}</h1>
        {note && <div className="page-note">{note}</div>}
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className={flush ? "page-body flush" : "page-body"}>{children}</div>
    </section>
  );
}
