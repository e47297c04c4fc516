/** Rectangles of cells: what is copied out and pasted in, as spreadsheet programs write it on the clipboard. */

/** Lines and tabs, with quoted cells that may hold either. A last empty line is the end of the line before. */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const clean = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < clean.length; at++) {
    const letter = clean[at];
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (clean[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === "\t") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += letter;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** The same, written. */
export const writeCells = (rows: readonly (readonly (string | null)[])[]) =>
  rows
    .map((row) =>
      row
        .map((cell) => (cell === null ? "" : /[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join("\t"),
    )
    .join("\n");

export interface Corner {
  row: number;
  column: number;
}

/** Two corners of a selection. */
export interface Range {
  from: Corner;
  to: Corner;
}

export const edges = ({ from, to }: Range) => ({
  top: Math.min(from.row, to.row),
  bottom: Math.max(from.row, to.row),
  left: Math.min(from.column, to.column),
  right: Math.max(from.column, to.column),
});

export const holds = (range: Range | null, row: number, column: number) => {
  if (range === null) return false;
  const { top, bottom, left, right } = edges(range);
  return row >= top && row <= bottom && column >= left && column <= right;
};

/**
 * Where pasted cells go: from the upper left corner of the selection on; one cell fills the whole selection, as in
 * spreadsheet programs. What would stick out is cut off.
 */
export function placePaste(cells: string[][], range: Range, rows: number, columns: number) {
  const { top, bottom, left, right } = edges(range);
  const only = cells.length === 1 && cells[0]?.length === 1 ? (cells[0][0] ?? "") : null;
  const placed: { row: number; column: number; value: string }[] = [];
  if (only !== null) {
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) placed.push({ row, column, value: only });
    return placed;
  }
  cells.forEach((line, down) =>
    line.forEach((value, over) => {
      const [row, column] = [top + down, left + over];
      if (row < rows && column < columns) placed.push({ row, column, value });
    }),
  );
  return placed;
}
