import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { isInputMethod } from "../../components/keys";
import { parseCells } from "./cells";

const kept = "sheet-drafts";

/** What was typed and not saved yet, by project and table: neither looking elsewhere nor closing the window loses it. */
const drafts = new Map<string, string[][]>(read());

function read(): [string, string[][]][] {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? "[]") as [string, string[][]][];
  } catch {
    return [];
  }
}

function keep() {
  try {
    localStorage.setItem(kept, JSON.stringify([...drafts]));
  } catch {
    // A draft too large for the store is kept as long as the window is open.
  }
}

/** Empty rows kept below what is typed. */
const spare = 3;

interface SheetOptions {
  /** Names what is typed here, so that it is found again. */
  draft: string;
  /** What was saved. */
  stored: readonly string[][];
  /** Columns there are at least. */
  width: number;
  /** Whether pasting may bring more columns. */
  grows?: boolean;
}

/** A sheet of cells to type in: pasting fills cells from the focused one on, arrows and Enter go up and down. */
export function useSheet({ draft, stored, width, grows = false }: SheetOptions) {
  const blank = (columns: number) => Array.from({ length: columns }, () => "");
  const padded = (rows: readonly string[][]) => {
    const columns = Math.max(width, ...rows.map((row) => row.length));
    return [...rows.map((row) => [...row, ...blank(columns - row.length)]), ...Array.from({ length: spare }, () => blank(columns))];
  };
  const [rows, setRows] = useState(() => drafts.get(draft) ?? padded(stored));
  const [isDirty, setDirty] = useState(drafts.has(draft));
  const body = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (isDirty) drafts.set(draft, rows);
    else if (!drafts.delete(draft)) return;
    keep();
  }, [draft, rows, isDirty]);
  // Undo and redo change what was saved; unsaved typing stays.
  useEffect(() => {
    if (!isDirty) setRows(padded(stored));
  }, [stored]);

  const change = (make: (rows: string[][]) => string[][]) => {
    setDirty(true);
    setRows((before) => make(before.map((line) => [...line])));
  };
  const put = (row: number, column: number, cells: string[][]) =>
    change((after) => {
      const present = after[0]?.length ?? width;
      const wide = grows ? Math.max(present, ...cells.map((line) => column + line.length)) : present;
      for (const line of after) line.push(...blank(wide - line.length));
      cells.forEach((line, down) =>
        line.forEach((cell, over) => {
          while (after.length <= row + down) after.push(blank(wide));
          const target = after[row + down];
          if (target && column + over < wide) target[column + over] = cell;
        }),
      );
      const filled = after.findLastIndex((line) => line.some((cell) => cell.trim() !== "")) + 1;
      while (after.length < filled + spare) after.push(blank(wide));
      return after;
    });
  const press = (event: KeyboardEvent, row: number, column: number) => {
    if (isInputMethod(event)) return;
    const down = event.key === "ArrowDown" || event.key === "Enter";
    if (!down && event.key !== "ArrowUp") return;
    event.preventDefault();
    body.current?.querySelector<HTMLElement>(`[data-cell="${row + (down ? 1 : -1)}-${column}"]`)?.focus();
  };
  /** `titles` are those of a header that stands elsewhere: when it was copied along, it is left out. */
  const paste = (event: ClipboardEvent, row: number, column: number, titles: ReadonlySet<string>) => {
    const cells = parseCells(event.clipboardData.getData("text/plain"));
    if (cells.length <= 1 && (cells[0]?.length ?? 0) <= 1) return;
    event.preventDefault();
    const first = cells[0]?.filter((cell) => titles.has(cell.trim().replace(/（.*）$/, ""))).length ?? 0;
    put(row, column, first >= 2 ? cells.slice(1) : cells);
  };

  return {
    rows,
    isDirty,
    body,
    put,
    press,
    paste,
    removeRow: (at: number) =>
      change((rows) => [...rows.filter((_, index) => index !== at), blank(rows[0]?.length ?? width)]),
    addRows: () => setRows((before) => [...before, ...Array.from({ length: spare }, () => blank(before[0]?.length ?? width))]),
    addColumn: () => setRows((before) => before.map((row) => [...row, ""])),
    saved: () => setDirty(false),
    reset: () => {
      setRows(padded(stored));
      setDirty(false);
    },
  };
}
