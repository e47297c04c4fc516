import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import type { ClipboardEvent, KeyboardEvent } from "react";
import type { Align } from "../../backend/bindings/Align";
import { isInputMethod } from "../../components/keys";
import { type Grid, parseCells, pasteInto } from "./grid";

interface GridFieldProps {
  label: string;
  grid: Grid;
  onChange: (grid: Grid) => void;
  aligns?: Align[];
  onAligns?: (aligns: Align[]) => void;
  /** Fewest columns and rows, the header included. */
  least: { rows: number; columns: number };
}

/** A small grid of text cells: typed, or pasted from a spreadsheet. Tab goes from cell to cell, Enter down, Ctrl+- takes a row out. */
export function GridField({ label, grid, onChange, aligns, onAligns, least }: GridFieldProps) {
  const width = grid[0]?.length ?? 0;
  const put = (row: number, column: number, text: string) =>
    onChange(grid.map((cells, r) => (r === row ? cells.map((cell, c) => (c === column ? text : cell)) : cells)));
  const paste = (event: ClipboardEvent, row: number, column: number) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    onChange(pasteInto(grid, row, column, parseCells(text)));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    if (isInputMethod(event)) return;
    const cellAt = (row: number) => event.currentTarget.closest("table")?.querySelector<HTMLInputElement>(`[data-cell="${row}:${column}"]`);
    if (event.key === "-" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (row === 0 || grid.length <= least.rows) return;
      // The row below takes its place; behind the last one stands the one above.
      if (row === grid.length - 1) cellAt(row - 1)?.focus();
      return onChange(grid.filter((_, at) => at !== row));
    }
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = cellAt(row + step);
    if (next) next.focus();
    else if (event.key === "Enter") onChange([...grid, Array.from({ length: width }, () => "")]);
  };
  return (
    <div className="grid-field">
      <table aria-label={label}>
        <thead>
          <tr>
            {Array.from({ length: width }, (_, column) => (
              <th key={column}>
                {aligns && onAligns && (
                  <Select<Align>
                    size="small"
                    variant="borderless"
                    aria-label={`第 ${column + 1} 列对齐`}
                    value={aligns[column] ?? "left"}
                    onChange={(align) => onAligns(Array.from({ length: width }, (_, at) => (at === column ? align : (aligns[at] ?? "left"))))}
                    options={[
                      { value: "left", label: "左" },
                      { value: "center", label: "中" },
                      { value: "right", label: "右" },
                    ]}
                  />
                )}
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`删除第 ${column + 1} 列`}
                  disabled={width <= least.columns}
                  onClick={() => {
                    onChange(grid.map((cells) => cells.filter((_, at) => at !== column)));
                    onAligns?.((aligns ?? []).filter((_, at) => at !== column));
                  }}
                />
              </th>
            ))}
            <th>
              <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => onChange(grid.map((cells) => [...cells, ""]))}>
                列
              </Button>
            </th>
          </tr>
        </thead>
        <tbody>
          {grid.map((cells, row) => (
            <tr key={row} className={row === 0 ? "head" : undefined}>
              {cells.map((cell, column) => (
                <td key={column}>
                  <input
                    data-cell={`${row}:${column}`}
                    aria-label={row === 0 ? `表头第 ${column + 1} 列` : `第 ${row} 行第 ${column + 1} 列`}
                    value={cell}
                    style={{ textAlign: aligns?.[column] ?? "left" }}
                    onChange={(event) => put(row, column, event.target.value)}
                    onPaste={(event) => paste(event, row, column)}
                    onKeyDown={(event) => press(event, row, column)}
                  />
                </td>
              ))}
              <td>
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={row === 0 ? "删除表头" : `删除第 ${row} 行`}
                  title={row === 0 ? undefined : "删除这一行（在格中按 Ctrl+-）"}
                  // By keys a row is taken out from within: Tab leads from cell to cell.
                  tabIndex={-1}
                  disabled={row === 0 || grid.length <= least.rows}
                  onClick={() => onChange(grid.filter((_, at) => at !== row))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...grid, Array.from({ length: width }, () => "")])}>
        加一行
      </Button>
    </div>
  );
}
