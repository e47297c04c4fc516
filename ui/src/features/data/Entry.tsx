import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Input, Segmented, Spin } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { type BackendError, useAct, useRead } from "../../backend";
import type { EntryTable } from "../../backend/bindings/EntryTable";
import type { FreeTable } from "../../backend/bindings/FreeTable";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { useSheet } from "./useSheet";

/** The sheet for a table that is not there yet. */
const fresh = "@new";

/**
 * Entry of small tables by hand: indicators, targets, policies; in a kit for any survey, tables whose columns the
 * author names.
 */
export function Entry() {
  const tables = useRead("entry_tables", null);
  const free = useRead("free_tables", null);
  const project = useRead("project", null).data?.path ?? "";
  const [chosen, setChosen] = useState<string | null>(null);
  // Another stage asks for a table of its own.
  const { place, moves } = useNavigation();
  const wanted = place.params?.tab === "entry" ? place.params.dataset : undefined;
  useEffect(() => {
    if (wanted !== undefined) setChosen(wanted);
  }, [wanted, moves]);
  const failed = tables.error ?? free.error;
  if (failed) return <Failure error={failed} onRetry={() => void Promise.all([tables.refetch(), free.refetch()])} />;
  if (!tables.data || free.data === undefined) return <Spin />;
  const own = free.data ?? [];
  const keys = [...tables.data.map((one) => one.dataset), ...own.map((one) => `@${one.name}`), ...(free.data ? [fresh] : [])];
  const current = chosen !== null && keys.includes(chosen) ? chosen : keys[0];
  if (current === undefined) return null;
  const table = tables.data.find((one) => one.dataset === current);
  const freeTable = own.find((one) => `@${one.name}` === current) ?? null;
  const draft = JSON.stringify([project, current]);
  const count = (rows: number) => (rows > 0 ? `（${rows}）` : "");
  return (
    <div className="entry">
      <Segmented
        value={current}
        onChange={setChosen}
        options={[
          ...tables.data.map((one) => ({ value: one.dataset, label: one.title + count(one.rows.length + one.imported.length) })),
          ...own.map((one) => ({ value: `@${one.name}`, label: one.name + count(one.rows.length - 1) })),
          ...(free.data ? [{ value: fresh, label: "新建一张表" }] : []),
        ]}
      />
      <Writes>
        {table ? (
          <Sheet key={current} table={table} draft={draft} />
        ) : (
          <FreeSheet
            key={current}
            table={freeTable}
            taken={own.map((one) => one.name)}
            draft={draft}
            onSaved={(name) => setChosen(`@${name}`)}
          />
        )}
      </Writes>
    </div>
  );
}

function Refusal({ failure, onClose }: { failure: BackendError | null; onClose: () => void }) {
  return (
    failure && (
      <Alert
        type="error"
        showIcon
        title={failure.message}
        description={failure.detail.length > 1 && <pre className="detail">{failure.detail.join("\n")}</pre>}
        closable={{ onClose }}
      />
    )
  );
}

interface FootProps {
  sheet: ReturnType<typeof useSheet>;
  isSaving: boolean;
  isReady?: boolean;
  onSave: () => void;
  onReset: () => void;
  children?: ReactNode;
}

function Foot({ sheet, isSaving, isReady = true, onSave, onReset, children }: FootProps) {
  return (
    <footer>
      <Button icon={<PlusOutlined />} onClick={sheet.addRows}>
        添加行
      </Button>
      {children}
      <span className="quiet">可从 Excel 复制整块后粘贴；回车、方向键换行，Tab 换列。</span>
      <span style={{ flex: 1 }} />
      <Button disabled={!sheet.isDirty} onClick={onReset}>
        放弃修改
      </Button>
      <Button type="primary" disabled={!sheet.isDirty || !isReady} loading={isSaving} onClick={onSave}>
        保存
      </Button>
    </footer>
  );
}

/** One table: what files brought is shown, what was entered can be edited. */
function Sheet({ table, draft }: { table: EntryTable; draft: string }) {
  const sheet = useSheet({ draft, stored: table.rows, width: table.columns.length });
  const [failure, setFailure] = useState<BackendError | null>(null);
  const save = useAct("enter_table", {
    onError: setFailure,
    onSuccess: () => {
      sheet.saved();
      setFailure(null);
      tell.done(`${table.title}已保存。`);
    },
  });
  const titles = new Set(table.columns.map((c) => c.title));

  return (
    <div className="entry-sheet">
      <Refusal failure={failure} onClose={() => setFailure(null)} />
      <div className="entry-scroll">
        <table ref={sheet.body}>
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
          <tbody>
            {sheet.rows.map((row, at) => (
              <tr key={at}>
                <th className="num">{at + 1}</th>
                {table.columns.map((column, index) => (
                  <td key={column.field}>
                    <input
                      data-cell={`${at}-${index}`}
                      aria-label={`第 ${at + 1} 行 ${column.title}`}
                      value={row[index] ?? ""}
                      {...(column.choices.length > 0 && { list: `choices-${table.dataset}-${column.field}` })}
                      onChange={(event) => sheet.put(at, index, [[event.target.value]])}
                      onKeyDown={(event) => sheet.press(event, at, index)}
                      onPaste={(event) => sheet.paste(event, at, index, titles)}
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
                    onClick={() => sheet.removeRow(at)}
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
      <Foot
        sheet={sheet}
        isSaving={save.isPending}
        onSave={() => save.mutate({ dataset: table.dataset, rows: sheet.rows })}
        onReset={() => {
          sheet.reset();
          setFailure(null);
        }}
      />
    </div>
  );
}

interface FreeSheetProps {
  /** `null` for one that is not there yet. */
  table: FreeTable | null;
  /** Names that are taken. */
  taken: readonly string[];
  draft: string;
  onSaved: (name: string) => void;
}

/** A table whose columns the author names in its first row; the fields are inferred as from a file. */
function FreeSheet({ table, taken, draft, onSaved }: FreeSheetProps) {
  const [name, setName] = useState(table?.name ?? "调查表");
  const sheet = useSheet({ draft, stored: table?.rows ?? nothing, width: 6, grows: true });
  const [failure, setFailure] = useState<BackendError | null>(null);
  const save = useAct("enter_free_table", {
    onError: setFailure,
    onSuccess: () => {
      sheet.saved();
      setFailure(null);
      tell.done(`${name}已保存。`);
      onSaved(name);
    },
  });
  const isTaken = table === null && taken.includes(name);
  const [header = [], ...rows] = sheet.rows;
  const cell = (row: number, column: number, value: string, label: string, placeholder?: string) => (
    <input
      data-cell={`${row}-${column}`}
      aria-label={label}
      value={value}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(event) => sheet.put(row, column, [[event.target.value]])}
      onKeyDown={(event) => sheet.press(event, row, column)}
      onPaste={(event) => sheet.paste(event, row, column, noTitles)}
    />
  );
  return (
    <div className="entry-sheet">
      {table === null && (
        <label className="entry-name">
          表名
          <Input
            aria-label="表名"
            value={name}
            status={isTaken ? "error" : ""}
            onChange={(event) => setName(event.target.value.trim())}
          />
          {isTaken && <span className="entry-required">已有这个名称的表，请另起一个。</span>}
        </label>
      )}
      <Refusal failure={failure} onClose={() => setFailure(null)} />
      <div className="entry-scroll">
        <table ref={sheet.body}>
          <thead>
            <tr>
              <th>列名</th>
              {header.map((title, column) => (
                <th key={column} className="entry-title">
                  {cell(0, column, title, `第 ${column + 1} 列的列名`, examples[column])}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                <th className="num">{at + 1}</th>
                {row.map((value, column) => (
                  <td key={column}>{cell(at + 1, column, value, `第 ${at + 1} 行 ${header[column] || `第 ${column + 1} 列`}`)}</td>
                ))}
                <td>
                  <Button
                    size="small"
                    type="text"
                    tabIndex={-1}
                    aria-label={`删除第 ${at + 1} 行`}
                    icon={<DeleteOutlined />}
                    onClick={() => sheet.removeRow(at + 1)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">第一行写列名，单位写在括号里，如“职工人数（人）”；字段的类型由填写的内容推断。与已导入的表列名相同时，记录并入那张表。</p>
      <Foot
        sheet={sheet}
        isSaving={save.isPending}
        isReady={name !== "" && !isTaken}
        onSave={() => save.mutate({ name, rows: sheet.rows })}
        onReset={() => {
          sheet.reset();
          setFailure(null);
        }}
      >
        <Button icon={<PlusOutlined />} onClick={sheet.addColumn}>
          添加列
        </Button>
      </Foot>
    </div>
  );
}

const nothing: string[][] = [];
const noTitles: ReadonlySet<string> = new Set();
/** Shown where nothing is typed yet. */
const examples = ["编号", "名称", "类别", "数值（单位）"];
