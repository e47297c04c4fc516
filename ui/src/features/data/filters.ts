import type { FieldFilter } from "../../backend/bindings/FieldFilter";
import type { Test } from "../../backend/bindings/Test";

/** A filter of one column as the grid keeps it. */
export interface ColumnFilter {
  type?: string;
  filter?: string | number | null;
  filterTo?: string | number | null;
  /** What was ticked in a list. */
  values?: string[];
}

const text = (value: string | number | null | undefined) =>
  value === null || value === undefined || value === "" ? null : String(value);

/** The grid's filters in the terms of the backend. Filters without a value are left out. */
export function filtersOf(model: Record<string, ColumnFilter>): FieldFilter[] {
  return Object.entries(model).flatMap(([field, { type, filter, filterTo, values }]): FieldFilter[] => {
    if (type === "oneOf") return values && values.length > 0 ? [{ field, test: { kind: "one-of", values } }] : [];
    const test = testOf(type ?? "contains", text(filter), text(filterTo));
    return test ? [{ field, test }] : [];
  });
}

function testOf(type: string, first: string | null, second: string | null): Test | null {
  switch (type) {
    case "blank":
      return { kind: "missing" };
    case "notBlank":
      return { kind: "filled" };
    case "doubtful":
    case "corrected":
      return { kind: type };
  }
  if (first === null) return null;
  switch (type) {
    case "equals":
      return { kind: "between", min: first, max: first };
    case "greaterThanOrEqual":
      return { kind: "between", min: first, max: null };
    case "lessThanOrEqual":
      return { kind: "between", min: null, max: first };
    case "inRange":
      return { kind: "between", min: first, max: second };
    default:
      return { kind: "contains", text: first };
  }
}
