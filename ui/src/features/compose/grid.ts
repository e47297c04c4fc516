/** Cells of tables and charts typed by hand. */
import type { Align } from "../../backend/bindings/Align";
import type { Chart } from "../../backend/bindings/Chart";
import type { ChartKind } from "../../backend/bindings/ChartKind";
import type { Table } from "../../backend/bindings/Table";

export type Grid = string[][];

/** Cells from a spreadsheet or a text with tabs. */
export function parseCells(text: string): Grid {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
}

/** Puts cells in at a place; the grid grows as far as they need. */
export function pasteInto(grid: Grid, row: number, column: number, cells: Grid): Grid {
  const width = Math.max(grid[0]?.length ?? 0, column + Math.max(0, ...cells.map((line) => line.length)));
  const height = Math.max(grid.length, row + cells.length);
  return Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (_, c) => cells[r - row]?.[c - column] ?? grid[r]?.[c] ?? ""),
  );
}

export const emptyGrid = (rows: number, columns: number): Grid =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => ""));

/** The first row is the header. */
export function gridOf(table: Table): Grid {
  const rows = [...table.header.map((row) => row), ...table.rows.map((row) => row.cells)];
  return rows.map((row) => row.map((cell) => cell.v));
}

export function tableOf(grid: Grid, aligns: Align[], hasTotal: boolean, rest: Omit<Table, "columns" | "header" | "rows">): Table {
  const cell = (v: string) => ({ v });
  const width = grid[0]?.length ?? 0;
  return {
    ...rest,
    columns: Array.from({ length: width }, (_, at) => ({ align: aligns[at] ?? "left", weight: 0 })),
    header: [(grid[0] ?? []).map(cell)],
    rows: grid.slice(1).map((row, at) => ({ cells: row.map(cell), total: hasTotal && at === grid.length - 2 })),
  };
}

/** The number a cell shows; thousands marks and a percent sign do not matter. `null` where there is none. */
export function numberIn(cell: string): number | null {
  const text = cell.replace(/[,，\s%％]/g, "").replace(/^[−－]/, "-");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
}

/** How a column stands when nobody says otherwise: numbers at the right. The first row is the header. */
export function alignOf(grid: Grid, column: number): Align {
  const cells = grid.slice(1).map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => numberIn(cell) !== null) ? "right" : "left";
}

/** The first column are categories, the first row names of series. */
export function chartOf(grid: Grid, kind: ChartKind, rest: Omit<Chart, "kind" | "categories" | "series">): Chart {
  const [names = [], ...rows] = grid;
  return {
    ...rest,
    kind,
    categories: rows.map((row) => row[0] ?? ""),
    series: names.slice(1).map((name, at) => ({
      name,
      values: rows.map((row) => numberIn(row[at + 1] ?? "")),
      labels: rows.map((row) => row[at + 1] ?? ""),
      facts: rows.map(() => null),
    })),
  };
}

export function gridOfChart(chart: Chart): Grid {
  return [
    ["", ...chart.series.map((series) => series.name)],
    ...chart.categories.map((category, at) => [category, ...chart.series.map((series) => series.labels[at] ?? "")]),
  ];
}
