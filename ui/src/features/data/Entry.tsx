import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented, Spin } from "antd";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type BackendError, useAct, useRead } from "../../backend";
import type { EntryTable } from "../../backend/bindings/EntryTable";
import { Failure } from "../../components/Failure";
import { isInputMethod } from "../../components/keys";
import { tell } from "../../components/tell";
import { parseCells } from "./cells";

/** What was typed and not saved yet, by project and table: looking elsewhere meanwhile loses nothing. */
const drafts = new Map<string, string[][]>();

/** Entry of small tables by hand: indicators, targets, policies. */
export function Entry() {
  const tables = useRead("entry_tables", null);
  const project = useRead("project", null).data?.path ?? "";
  const [chosen, setChosen] = useState<string | null>(null);
  if (tables.error) return <Failure error={tables.error} onRetry={() => void tables.refetch()} />;
  if (!tables.data) return <Spin />;
  const table = tables.data.find((one) => one.dataset === chosen) ?? tables.data[0];
  if (!table) return null;
  return (
    <div className="entry">
      <Segmented
        value={table.dataset}
        onChange={setChosen}
        options={tables.data.map((one) => ({
          value: one.dataset,
          label: `${one.title}${one.rows.length + one.imported.length > 0 ? `（${one.rows.length + one.imported.length}）` : ""}`,
        }))}
      />
      <Sheet key={table.dataset} table={table} draft={JSON.stringify([project, table.dataset])} />
    </div>
  );
}

const spare = 3;

/** One table: what files brought is shown, what was entered can be edited; pasting fills cells from the focused one on. */
function Sheet({ table, draft }: { table: EntryTable; draft: string }) {
  const width = table.columns.length;
  const blank = () => Array.from({ length: width }, () => "");
  const padded = (rows: string[][]) => [...rows, ...Array.from({ length: spare }, blank)];
  const [rows, setRows] = useState(() => drafts.get(draft) ?? padded(table.rows));
  const [isDirty, setDirty] = useState(drafts.has(draft));
  const [failure, setFailure] = useState<BackendError | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const save = useAct("enter_table", {
    onError: setFailure,
    onSuccess: () => {
      setDirty(false);
      setFailure(null);
      tell.done(`${table.title}已保存。`);
    },
  });
  useEffect(() => {
    if (isDirty) drafts.set(draft, rows);
    else drafts.delete(draft);
  }, [draft, rows, isDirty]);
  // Undo and redo change what was entered; unsaved typing stays.
  useEffect(() => {
    if (!isDirty) setRows(padded(table.rows));
  }, [table.rows]);

  const put = (row: number, column: number, cells: string[][]) => {
    setDirty(true);
    setRows((before) => {
      const after = before.map((line) => [...line]);
      cells.forEach((line, down) =>
        line.forEach((cell, over) => {
          while (after.length <= row + down) after.push(blank());
          const target = after[row + down];
          if (target && column + over < width) target[column + over] = cell;
        }),
      );
      const filled = after.findLastIndex((line) => line.some((cell) => cell.trim() !== "")) + 1;
      while (after.length < filled + spare) after.push(blank());
      return after;
    });
  };
  const focus = (row: number, column: number) =>
    body.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus();
  const press = (event: KeyboardEvent, row: number, column: number) => {
    if (isInputMethod(event)) return;
    const down = event.key === "ArrowDown" || event.key === "Enter";
    if (!down && event.key !== "ArrowUp") return;
    event.preventDefault();
    focus(row + (down ? 1 : -1), column);
  };
  const paste = (event: ClipboardEvent, row: number, column: number) => {
    const cells = parseCells(event.clipboardData.getData("text/plain"));
    if (cells.length <= 1 && (cells[0]?.length ?? 0) <= 1) return;
    event.preventDefault();
    // A copied header is recognised and left out.
    const titles = new Set(table.columns.map((c) => c.title));
    const first = cells[0]?.filter((cell) => titles.has(cell.trim().replace(/（.*）$/, ""))).length ?? 0;
    put(row, column, first >= 2 ? cells.slice(1) : cells);
  };

  return (
    <div className="entry-sheet">
      {failure && (
        <Alert
          type="error"
          showIcon
          title={failure.message}
          description={failure.detail.length > 1 && <pre className="detail">{failure.detail.join("\n")}</pre>}
          closable={{ onClose: () => setFailure(null) }}
        />
      )}
      <div className="entry-scroll">
        <table>
          <thead>
            <tr>
              <th />
              {table.columns.map((column) => (
                <th key={column.field}>
                  {column.title}
                  {column.unit && <span className="quiet">（{column.unit}）</span>}
                  {column.required && <span className="entry-required">*</span>}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {table.imported.map((row, at) => (
              <tr key={`imported-${at}`} className="entry-imported" title={`来自 ${row.file}，请在该数据表中更正`}>
                <th>导入</th>
                {row.cells.map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
                <td />
              </tr>
            ))}
          </tbody>
          <tbody ref={body}>
            {rows.map((row, at) => (
              <tr key={at}>
                <th className="num">{at + 1}</th>
                {table.columns.map((column, index) => (
                  <td key={column.field}>
                    <input
                      data-cell={`${at}-${index}`}
                      aria-label={`第 ${at + 1} 行 ${column.title}`}
                      value={row[index] ?? ""}
                      {...(column.choices.length > 0 && { list: `choices-${table.dataset}-${column.field}` })}
                      onChange={(event) => put(at, index, [[event.target.value]])}
                      onKeyDown={(event) => press(event, at, index)}
                      onPaste={(event) => paste(event, at, index)}
                    />
                  </td>
                ))}
                <td>
                  <Button
                    size="small"
                    type="text"
                    tabIndex={-1}
                    aria-label={`删除第 ${at + 1} 行`}
                    icon={<DeleteOutlined />}
                    onClick={() => {
                      setDirty(true);
                      setRows((before) => before.filter((_, index) => index !== at).concat([blank()]));
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.columns
        .filter((column) => column.choices.length > 0)
        .map((column) => (
          <datalist key={column.field} id={`choices-${table.dataset}-${column.field}`}>
            {column.choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
        ))}
      <footer>
        <Button icon={<PlusOutlined />} onClick={() => setRows((before) => [...before, blank(), blank(), blank()])}>
          添加行
        </Button>
        <span className="quiet">可从 Excel 复制整块后粘贴；回车、方向键换行，Tab 换列。</span>
        <span style={{ flex: 1 }} />
        <Button
          disabled={!isDirty}
          onClick={() => {
            setRows(padded(table.rows));
            setDirty(false);
            setFailure(null);
          }}
        >
          放弃修改
        </Button>
        <Button
          type="primary"
          disabled={!isDirty}
          loading={save.isPending}
          onClick={() => save.mutate({ dataset: table.dataset, rows })}
        >
          保存
        </Button>
      </footer>
    </div>
  );
}
