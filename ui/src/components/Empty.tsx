import type { ReactNode } from "react";

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  /** What the author can do now. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Says that there is nothing yet, why, and what to do next. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className="empty">
      {icon && <div className="empty-icon">{icon}</div>}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}
