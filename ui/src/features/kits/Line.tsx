import { createContext, type ReactNode, useContext, useId } from "react";
import type { KitView } from "../../backend/bindings/KitView";
import type { PartFault } from "../../backend/bindings/PartFault";
import { faultsAt } from "./parts";

interface Messages {
  faults: PartFault[];
  warnings: PartFault[];
}

/** The kit whose part is shown. */
export const ViewContext = createContext<KitView | null>(null);

export const MessagesContext = createContext<Messages>({ faults: [], warnings: [] });

/** The faults and warnings of one field, under it. */
export function FieldMessages({ field }: { field: string }) {
  const { faults, warnings } = useContext(MessagesContext);
  const own = faultsAt(faults, field);
  const mild = faultsAt(warnings, field);
  if (own.length + mild.length === 0) return null;
  return (
    <div className="kit-messages" role="alert">
      {own.map((fault, index) => (
        <div key={index} className="kit-fault">
          {fault.message}
        </div>
      ))}
      {mild.map((fault, index) => (
        <div key={index} className="kit-warning">
          {fault.message}
        </div>
      ))}
    </div>
  );
}

interface LineProps {
  label: string;
  /** What the field does, in a sentence. */
  hint?: ReactNode;
  /** Path of the field in its part, for messages. */
  field: string;
  children: (id: string) => ReactNode;
}

/** One line of a form: label, control, what it does, what is wrong with it. */
export function Line({ label, hint, field, children }: LineProps) {
  const id = useId();
  return (
    <div className="kit-line">
      <label htmlFor={id}>{label}</label>
      <div className="kit-control">
        {children(id)}
        <FieldMessages field={field} />
        {hint && <div className="kit-hint">{hint}</div>}
      </div>
    </div>
  );
}
