import { SearchOutlined } from "@ant-design/icons";
import {
  AllCommunityModule,
  type CellClassParams,
  type ColDef,
  type GridApi,
  type IDatasource,
  ModuleRegistry,
  themeQuartz,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { Alert, Button, Checkbox, Input, type InputRef, Space } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { asBackendError, BackendError, call, useAct, useRead } from "../../backend";
import type { DatasetView } from "../../backend/bindings/DatasetView";
import type { FieldView } from "../../backend/bindings/FieldView";
import type { NewValue } from "../../backend/bindings/NewValue";
import type { RowsView } from "../../backend/bindings/RowsView";
import type { RowView } from "../../backend/bindings/RowView";
import { copyText } from "../../components/copy";
import { useHandle } from "../../components/handlers";
import { isInputMethod } from "../../components/keys";
import { tell } from "../../components/tell";
import { readOnlyWords, useIsWritable } from "../../components/writing";
import { ChoiceFilter } from "./ChoiceFilter";
import { edges, holds, parseCells, placePaste, type Range, writeCells } from "./cells";
import { basisWords, behindWords } from "./behind";
import { type ColumnFilter, filtersOf } from "./filters";
import { gridWords } from "./gridWords";
import { Provenance } from "./Provenance";
import { makeTyping } from "./typing";
import { uncover } from "./uncover";
import { useReason } from "./useReason";
import { kindWords } from "./words";

ModuleRegistry.registerModules([AllCommunityModule]);

const theme = themeQuartz.withParams({
  accentColor: "var(--accent)",
  backgroundColor: "var(--paper)",
  foregroundColor: "var(--ink)",
  headerBackgroundColor: "var(--desk)",
  borderColor: "var(--line)",
  rowHoverColor: "var(--desk)",
  fontFamily: "inherit",
  fontSize: 13,
  headerFontSize: 13,
  headerFontWeight: 600,
  spacing: 4,
  rowHeight: 28,
  headerHeight: 32,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  cellHorizontalPadding: 8,
});

/** Rows fetched at once. */
const block = 200;
/** Grids narrower than this have no room for a column that stands still beside the others. */
const roomy = 520;
/** Cells a copy takes at most. */
const copied = 200_000;

/** A cell typed into, and what stood there. */
interface Cell {
  row: number;
  record: string;
  field: string;
  before: string;
}

interface GridProps {
  dataset: DatasetView;
  /** Grows when the data may have changed. */
  version: number;
  /** Shows only the records behind this fact. */
  fact: string | null;
  onLeaveFact: () => void;
  /** Leads back to the text in which the fact was picked; `null` when it was not picked there. */
  onBack: (() => void) | null;
  /** A cell to go to; `moves` makes the same one again a new wish. */
  goal: { row: number; field: string | null; moves: number } | null;
  onArrived: () => void;
}

const defaults: ColDef<RowView> = {
  resizable: true,
  sortable: true,
  sortingOrder: ["asc", "desc", null],
  // Enter confirms a word of the input method first; Shift and arrows extend our own selection.
  suppressKeyboardEvent: ({ event, editing }) => isInputMethod(event) || (!editing && event.shiftKey && event.key in steps),
};

/** Kinds of fields whose values are few. */
const listed = (field: FieldView) =>
  ["choice", "multi", "bool"].includes(field.kind) && (field.choices.length > 0 || field.kind === "bool");

/** The values of which one is picked; `null` where a value is typed. */
function choicesOf({ kind, choices, inferred }: FieldView): readonly string[] | null {
  if (kind === "bool") return ["是", "否"];
  return kind === "choice" && choices.length > 0 && !inferred ? choices : null;
}

/** How a column is filtered: numbers by bounds, lists by ticking, everything else by what it contains. */
function filterOf(field: FieldView): ColDef<RowView> {
  if (listed(field)) {
    const values = field.kind === "bool" ? ["是", "否"] : field.choices;
    return { filter: ChoiceFilter, filterParams: { values } };
  }
  return {
    filter: numeric(field) ? "agNumberColumnFilter" : "agTextColumnFilter",
    filterParams: {
      maxNumConditions: 1,
      filterOptions: numeric(field)
        ? ["inRange", "greaterThanOrEqual", "lessThanOrEqual", "equals", "blank", "notBlank"]
        : ["contains", "blank", "notBlank"],
      debounceMs: 300,
    },
  };
}

/** Narrow enough to see many columns, wide enough for the head with its filter and for usual values. */
function widthOf(field: FieldView): number {
  const head = [...headOf(field)].reduce((sum, letter) => sum + (letter < "\u2e80" ? 7.5 : 13), 0) + 44;
  const [least, most] = field.role === "name" ? [220, 260] : field.kind === "uscc" ? [182, 220] : numeric(field) ? [96, 250] : [120, 220];
  return Math.round(Math.min(Math.max(head, least), most));
}

const headOf = (field: FieldView) => field.title + (field.unit ? `（${field.unit}）` : "");

const numeric = (field: FieldView) => ["integer", "decimal", "scale"].includes(field.kind);

/** The records of a dataset. Cells are corrected in place, never overwritten. */
export function Grid({ dataset, version, fact, onLeaveFact, onBack, goal, onArrived }: GridProps) {
  const api = useRef<GridApi<RowView> | null>(null);
  const search = useRef<InputRef>(null);
  const cells = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [typed, setTyped] = useState("");
  const [isDoubtful, setDoubtful] = useState(false);
  const [isReady, setReady] = useState(false);
  // Unknown until the grid has been laid out: a column pinned too early would be thrown out again.
  const [isRoomy, setRoomy] = useState(false);
  const [total, setTotal] = useState<number | null>(null);
  const [focus, setFocus] = useState<{ row: number; record: string; field: string } | null>(null);
  const range = useRef<Range | null>(null);
  const behind = useRead("fact_rows", { fact: fact ?? "" }, { enabled: fact !== null });
  const reason = useReason();
  const correct = useAct("correct");
  const isWritable = useIsWritable();
  const fields = dataset.fields;

  useHandle("find", () => search.current?.focus({ cursor: "all" }));

  // Typing asks the backend only after a pause.
  useEffect(() => {
    const wait = setTimeout(() => setText(typed), 200);
    return () => clearTimeout(wait);
  }, [typed]);

  const viewOf = useCallback(
    (filters: Record<string, ColumnFilter>, sort: { colId: string; sort: string }[]): RowsView => ({
      text,
      filters: filtersOf(filters),
      sort: sort[0] ? { field: sort[0].colId, descending: sort[0].sort === "desc" } : null,
      only_issues: isDoubtful,
      behind: fact,
    }),
    [text, isDoubtful, fact],
  );

  const source = useMemo<IDatasource>(
    () => ({
      getRows({ startRow, endRow, filterModel, sortModel, successCallback, failCallback }) {
        call("rows", {
          dataset: dataset.id,
          offset: startRow,
          limit: endRow - startRow,
          view: viewOf(filterModel as Record<string, ColumnFilter>, sortModel as { colId: string; sort: string }[]),
        })
          .then((page) => {
            setTotal(page.total);
            successCallback(page.rows, page.total);
            const grid = api.current;
            if (page.total === 0) grid?.showNoRowsOverlay();
            else grid?.hideOverlay();
          })
          .catch((thrown: unknown) => {
            failCallback();
            tell.failure(asBackendError(thrown));
          });
      },
    }),
    [dataset.id, viewOf],
  );

  // The cells stay where they are and are read anew.
  useEffect(() => {
    api.current?.refreshInfiniteCache();
  }, [version]);

  const columns = useMemo<ColDef<RowView>[]>(() => {
    const place: ColDef<RowView> = {
      colId: "\u0000row",
      headerName: "源行",
      headerTooltip: "在源文件工作表中的行号",
      width: 64,
      pinned: "left",
      sortable: false,
      valueGetter: ({ data }) => data?.source_row ?? "",
      cellClass: "grid-place",
    };
    // Serial numbers, times and addresses of a survey platform stand behind the answers.
    const late = (field: FieldView) => dataset.form === "questionnaire" && field.role === "meta";
    const placed = fields.map((field, at) => ({ field, at }));
    return [
      place,
      ...[...placed.filter(({ field }) => !late(field)), ...placed.filter(({ field }) => late(field))].map(({ field, at }): ColDef<RowView> => ({
        colId: field.id,
        headerName: headOf(field),
        headerTooltip: tooltipOf(field, dataset.records),
        width: widthOf(field),
        type: numeric(field) ? "rightAligned" : [],
        ...filterOf(field),
        // A record still being fetched cannot be corrected.
        editable: ({ data }) => isWritable && data?.cells !== undefined,
        ...(choicesOf(field) && { cellEditor: "agSelectCellEditor", cellEditorParams: { values: ["", ...(choicesOf(field) ?? [])] } }),
        valueGetter: ({ data }) => data?.cells?.[at] ?? "",
        valueFormatter: ({ data, value }) => String(value ?? "") || (data ? unreadOf(data, at) : ""),
        valueSetter: ({ data, newValue, oldValue }) => {
          const value = String(newValue ?? "").trim();
          if (data && value !== String(oldValue ?? "")) change.current([{ record: data.record, field: field.id, value }]);
          return false;
        },
        cellClassRules: {
          "cell-error": (cell: CellClassParams<RowView>) => markOf(cell, at)?.severity === "error",
          "cell-warning": (cell: CellClassParams<RowView>) => markOf(cell, at)?.severity === "warning",
          "cell-hint": (cell: CellClassParams<RowView>) => markOf(cell, at)?.severity === "hint",
          "cell-corrected": (cell: CellClassParams<RowView>) => markOf(cell, at)?.corrected ?? false,
          "cell-skipped": (cell: CellClassParams<RowView>) => markOf(cell, at)?.skipped ?? false,
          "cell-unread": ({ data }: CellClassParams<RowView>) => data !== undefined && unreadOf(data, at) !== "",
          "cell-chosen": (cell: CellClassParams<RowView>) =>
            isSeveral(range.current) && holds(range.current, cell.rowIndex, orderOf(cell.column.getColId())),
        },
      })),
    ];
    // Columns are made anew only when the fields are others.
  }, [dataset.id, dataset.form, dataset.records, isWritable, JSON.stringify(fields.map((f) => [f.id, f.title, f.unit, f.kind, f.choices.length]))]);

  useEffect(() => {
    const state = fields.filter((field) => field.role === "name").map((field) => ({ colId: field.id, pinned: isRoomy ? ("left" as const) : null }));
    api.current?.applyColumnState({ state });
  }, [columns, isRoomy, isReady]);

  const orderOf = (id: string) => api.current?.getAllDisplayedColumns().findIndex((column) => column.getColId() === id) ?? -1;
  const fieldAt = (column: number) => {
    const id = api.current?.getAllDisplayedColumns()[column]?.getColId();
    return fields.find((field) => field.id === id) ?? null;
  };

  const submit = async (cells: NewValue[]) => {
    const why = await reason.ask(cells.length);
    if (why === null) return;
    correct.mutate({ dataset: dataset.id, cells, reason: why });
  };
  const change = useRef(submit);
  const latest = useRef(fields);
  const accepts = useRef(isWritable);
  useEffect(() => {
    change.current = submit;
    latest.current = fields;
    accepts.current = isWritable;
  });

  const typing = useRef<ReturnType<typeof makeTyping<Cell>> | null>(null);
  typing.current ??= makeTyping<Cell>({
    targetOf: (cell) => {
      const row = Number(cell.closest("[row-index]")?.getAttribute("row-index") ?? -1);
      const data = api.current?.getDisplayedRowAtIndex(row)?.data;
      const field = latest.current.find((field) => field.id === cell.getAttribute("col-id"));
      // A record still being fetched cannot be corrected.
      if (!accepts.current || !data?.cells || !field) return null;
      const before = data.cells[latest.current.indexOf(field)] ?? "";
      return { place: { row, record: data.record, field: field.id, before }, isList: choicesOf(field) !== null };
    },
    commit: ({ record, field, before }, typed) => {
      const value = typed.trim();
      if (value !== before) void change.current([{ record, field, value }]);
    },
    openList: ({ row, field }) => api.current?.startEditingCell({ rowIndex: row, colKey: field }),
  });

  const repaint = () => api.current?.refreshCells({ force: true, suppressFlash: true });
  const select = (to: { row: number; column: number }, isExtending: boolean) => {
    const before = range.current;
    range.current = isExtending && before ? { from: before.from, to } : { from: to, to };
    if (isSeveral(before) || isSeveral(range.current)) repaint();
  };

  /** Rows of the present view, also those not on the screen. */
  const rowsOf = async (from: number, count: number) => {
    const grid = api.current;
    if (!grid) return [];
    const view = viewOf(
      grid.getFilterModel() as Record<string, ColumnFilter>,
      grid.getColumnState().flatMap((s) => (s.sort ? [{ colId: s.colId, sort: s.sort }] : [])),
    );
    const found: RowView[] = [];
    for (let offset = from; offset < from + count; offset += 500) {
      const limit = Math.min(500, from + count - offset);
      const page = await call("rows", { dataset: dataset.id, offset, limit, view });
      found.push(...page.rows);
      if (page.rows.length < limit) break;
    }
    return found;
  };

  /** The selected cells as text, `null` when there are none or too many. */
  const copy = (): Promise<string> | null => {
    if (!range.current) return null;
    const { top, bottom, left, right } = edges(range.current);
    if ((bottom - top + 1) * (right - left + 1) <= copied) return wordsOf(top, bottom, left, right);
    tell.failure(new BackendError("invalid-argument", `选中的单元格超过 ${copied} 个，请分几次复制。`));
    return null;
  };
  const wordsOf = async (top: number, bottom: number, left: number, right: number) => {
    const rows = await rowsOf(top, bottom - top + 1);
    const chosen = Array.from({ length: right - left + 1 }, (_, at) => fieldAt(left + at));
    const cells = rows.map((row) =>
      chosen.map((field) => (field ? (row.cells[fields.indexOf(field)] ?? null) : String(row.source_row))),
    );
    return writeCells(cells);
  };

  const paste = async (pasted: string) => {
    if (!range.current || total === null) return;
    if (!isWritable) return tell.failure(new BackendError("not-writable", readOnlyWords));
    const width = api.current?.getAllDisplayedColumns().length ?? 0;
    const placed = placePaste(parseCells(pasted), range.current, total, width);
    if (placed.length === 0) return;
    const first = Math.min(...placed.map((cell) => cell.row));
    const last = Math.max(...placed.map((cell) => cell.row));
    const rows = await rowsOf(first, last - first + 1);
    const cells = placed.flatMap(({ row, column, value }): NewValue[] => {
      const [target, field] = [rows[row - first], fieldAt(column)];
      if (!target || !field || (target.cells[fields.indexOf(field)] ?? "") === value.trim()) return [];
      return [{ record: target.record, field: field.id, value: value.trim() }];
    });
    if (cells.length === 0) tell.done("粘贴的内容与原有的相同。");
    else void submit(cells);
  };

  useEffect(() => {
    if (!goal || !api.current) return;
    const grid = api.current;
    setTyped("");
    setText("");
    setDoubtful(false);
    grid.setFilterModel(null);
    grid.applyColumnState({ defaultState: { sort: null } });
    const column = goal.field ?? fields[0]?.id;
    let isThere = false;
    // The row must be known to the grid before it can be shown.
    const go = () => {
      // Whoever has gone on to type elsewhere keeps the focus.
      if (isThere && isEditing(document.activeElement)) return;
      isThere = true;
      grid.ensureIndexVisible(goal.row, "middle");
      if (column !== undefined) {
        grid.ensureColumnVisible(column);
        uncover(cells.current, column);
        grid.setFocusedCell(goal.row, column);
      }
    };
    const waits = [50, 250, 700].map((wait) => setTimeout(go, wait));
    waits.push(setTimeout(onArrived, 800));
    return () => waits.forEach(clearTimeout);
  }, [goal?.moves, isReady]);

  // The columns that a number was computed from come first into view.
  const used = behind.data?.fields ?? [];
  const from = used.find((field) => fields.some(({ id }) => id === field.id))?.id;
  useEffect(() => {
    if (fact === null || from === undefined || !isReady) return;
    const wait = setTimeout(() => api.current?.ensureColumnVisible(from, "start"), 50);
    return () => clearTimeout(wait);
  }, [fact, from, isReady]);

  return (
    <div className="grid-page">
      <div className="grid-bar">
        <Input
          ref={search}
          allowClear
          size="small"
          prefix={<SearchOutlined />}
          placeholder="在所有列中查找"
          aria-label="查找"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="grid-search"
        />
        <Checkbox checked={isDoubtful} onChange={(event) => setDoubtful(event.target.checked)}>
          只看有疑问的
        </Checkbox>
        <span className="quiet num" role="status">
          {total === null ? "" : total === dataset.records ? `共 ${total} 条` : `${total} 条，共 ${dataset.records} 条`}
        </span>
        <span className="grid-legend quiet">
          <i className="cell-error" />错误
          <i className="cell-warning" />存疑
          <i className="cell-corrected" />已更正
        </span>
      </div>
      {fact !== null && (
        <Alert
          banner
          type="info"
          title={
            behind.data
              ? behindWords(behind.data)
              : (behind.error?.message ?? "正在查找记录…")
          }
          {...(behind.data && basisWords(behind.data) !== "" && { description: basisWords(behind.data) })}
          action={
            <Space size={6}>
              {onBack && (
                <Button size="small" type="primary" onClick={onBack}>
                  回到成文
                </Button>
              )}
              <Button size="small" onClick={onLeaveFact}>
                看全部记录
              </Button>
            </Space>
          }
        />
      )}
      <div className="grid-body">
        <div
          className="grid-cells"
          ref={cells}
          onFocus={(event) => typing.current?.focused(event.target)}
          onCopy={(event) => {
            if (isEditing(event.target)) return;
            event.preventDefault();
            const words = copy();
            if (words) void copyText(words).catch((thrown: unknown) => tell.failure(asBackendError(thrown)));
          }}
          onPaste={(event) => {
            if (isEditing(event.target)) return;
            event.preventDefault();
            void paste(event.clipboardData.getData("text/plain")).catch((thrown: unknown) =>
              tell.failure(asBackendError(thrown)),
            );
          }}
        >
          <AgGridReact<RowView>
            theme={theme}
            rowModelType="infinite"
            datasource={source}
            columnDefs={columns}
            defaultColDef={defaults}
            cacheBlockSize={block}
            // Rows drawn beyond the edges: each costs when one drags to a far place.
            rowBuffer={4}
            maxBlocksInCache={30}
            maxConcurrentDatasourceRequests={2}
            blockLoadDebounceMillis={60}
            infiniteInitialRowCount={Math.max(1, dataset.records)}
            getRowId={({ data }) => String(data.row)}
            localeText={gridWords}
            tooltipShowDelay={400}
            suppressMultiSort
            suppressColumnVirtualisation={fields.length < 15}
            stopEditingWhenCellsLoseFocus
            animateRows={false}
            overlayNoRowsTemplate="没有符合条件的记录"
            onGridReady={({ api: made }) => {
              api.current = made;
              setReady(true);
            }}
            onGridSizeChanged={({ clientWidth }) => {
              if (clientWidth === 0) return;
              setRoomy(clientWidth >= roomy);
              // Another width may have put the cell one is at out of sight.
              const at = api.current?.getFocusedCell();
              if (at) api.current?.ensureColumnVisible(at.column);
            }}
            onCellFocused={({ rowIndex, column }) => {
              if (rowIndex === null || column === null || typeof column === "string") return;
              const data = api.current?.getDisplayedRowAtIndex(rowIndex)?.data;
              const id = column.getColId();
              requestAnimationFrame(() => uncover(cells.current, id));
              if (!extending.current) select({ row: rowIndex, column: orderOf(column.getColId()) }, false);
              extending.current = false;
              if (data && !column.getColId().startsWith("\u0000"))
                setFocus({ row: data.row, record: data.record, field: column.getColId() });
            }}
            onCellMouseDown={({ event, rowIndex, column }) => {
              if (event instanceof MouseEvent && event.shiftKey && rowIndex !== null) {
                extending.current = true;
                select({ row: rowIndex, column: orderOf(column.getColId()) }, true);
              }
            }}
            onCellKeyDown={({ event }) => {
              if (!(event instanceof KeyboardEvent) || isInputMethod(event) || isEditing(event.target)) return;
              const step = steps[event.key];
              if (event.shiftKey && step && range.current) {
                event.preventDefault();
                const { row, column } = range.current.to;
                const width = api.current?.getAllDisplayedColumns().length ?? 1;
                const to = {
                  row: Math.min(Math.max(row + step[0], 0), Math.max((total ?? 1) - 1, 0)),
                  column: Math.min(Math.max(column + step[1], 0), width - 1),
                };
                select(to, true);
                api.current?.ensureIndexVisible(to.row);
              }
            }}
          />
        </div>
        <Provenance
          dataset={dataset}
          cell={focus}
          onCorrect={(value) => focus && void submit([{ record: focus.record, field: focus.field, value }])}
        />
      </div>
      {reason.dialog}
    </div>
  );
}

/** Set while the focus moves because a selection is being extended. */
const extending = { current: false };

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const isSeveral = (range: Range | null) =>
  range !== null && (range.from.row !== range.to.row || range.from.column !== range.to.column);

const isEditing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.dataset.idle === undefined &&
  (target.matches("input, textarea, select") || target.isContentEditable);

/** What the file says in a cell without a value. A record still being fetched has no marks. */
const unreadOf = (row: RowView, at: number) => row.marks?.find((mark) => mark.field === at)?.unread ?? "";

const markOf = (cell: CellClassParams<RowView>, at: number) => cell.data?.marks.find((mark) => mark.field === at);

function tooltipOf(field: FieldView, records: number): string {
  const lines = [
    `${field.title}　${kindWords[field.kind] ?? ""}${field.unit ? `，单位 ${field.unit}` : ""}`,
    `已填 ${field.filled} / ${records}，缺失 ${field.missing}${field.skipped > 0 ? `，跳过 ${field.skipped}` : ""}`,
  ];
  const { summary } = field;
  if (summary.kind === "numbers") {
    lines.push(`最小 ${summary.min}，中位 ${summary.median}，最大 ${summary.max}`);
    if (summary.sum !== null) lines.push(`合计 ${summary.sum}`);
  }
  if (summary.kind === "dates") lines.push(`${summary.min} 至 ${summary.max}`);
  if (summary.kind === "words" && field.kind !== "text" && field.kind !== "uscc")
    lines.push(...summary.top.slice(0, 5).map(({ word, count }) => `${word}　${count}`));
  if (field.issues > 0) lines.push(`问题单元格 ${field.issues} 处`);
  if (field.corrected > 0) lines.push(`已更正 ${field.corrected} 处`);
  return lines.join("\n");
}
