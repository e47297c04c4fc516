import type { Mapping } from "../../backend/bindings/Mapping";

export type Decision = Pick<Mapping, "file" | "sheet" | "column"> & Partial<Pick<Mapping, "dataset" | "field" | "unit">>;

/** Decisions with one more: it is joined to an earlier one about the same table or column. */
export function mappingsOf(before: readonly Mapping[], decision: Decision): Mapping[] {
  const isSame = (m: Mapping) => m.file === decision.file && m.sheet === decision.sheet && m.column === decision.column;
  const earlier = before.find(isSame);
  const blank: Mapping = { file: null, sheet: null, dataset: null, column: null, field: null, unit: null };
  return [...before.filter((m) => !isSame(m)), { ...blank, ...earlier, ...decision }];
}
