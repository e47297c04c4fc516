/** `ids` with one of them moved by `step` places; the same list when it cannot move. */
export function moved(ids: readonly string[], id: string, step: number): readonly string[] {
  const at = ids.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  return placed(ids, id, to);
}

/** `ids` with one of them at the place `to`. */
export function placed(ids: readonly string[], id: string, to: number): readonly string[] {
  const rest = ids.filter((other) => other !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** Lengths of the halves of a heading as people count them: 6＋8字. */
export function lengthsText(lengths: readonly number[]): string {
  return `${lengths.join("＋")}字`;
}
