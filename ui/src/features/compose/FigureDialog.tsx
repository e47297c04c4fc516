import { Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { useRead } from "../../backend";
import type { Align } from "../../backend/bindings/Align";
import type { ChartKind } from "../../backend/bindings/ChartKind";
import type { OwnBlock } from "../../backend/bindings/OwnBlock";
import { Dialog } from "../../components/Dialog";
import { chartNames, kindsOf } from "./Figures";
import { alignOf, chartOf, emptyGrid, gridOf, gridOfChart, numberIn, tableOf } from "./grid";
import { GridField } from "./GridField";

export type Figure = Extract<OwnBlock, { type: "table" | "chart" | "drawing" }>;

export const emptyFigure = {
  table: (): Figure => ({
    type: "table",
    table: { id: "", caption: "", columns: [], header: [["", "", ""].map((v) => ({ v }))], rows: [], unit: null, source: null, notes: [] },
  }),
  chart: (): Figure => ({
    type: "chart",
    chart: { id: "", caption: "", kind: "bar", alt: "", unit: "", categories: [], series: [], reference: null, source: null, notes: [] },
  }),
  drawing: (form: ChartKind | null): Figure => ({ type: "drawing", indicator: "", form, caption: "" }),
};

interface FigureDialogProps {
  figure: Figure;
  isNew: boolean;
  onSave: (figure: Figure) => void;
  onClose: () => void;
}

/** Tables and charts of the author's own, typed or drawn from an indicator. */
export function FigureDialog(props: FigureDialogProps) {
  switch (props.figure.type) {
    case "table":
      return <TableDialog {...props} figure={props.figure} />;
    case "chart":
      return <ChartDialog {...props} figure={props.figure} />;
    case "drawing":
      return <DrawingDialog {...props} figure={props.figure} />;
  }
}

type DialogProps<T extends Figure["type"]> = FigureDialogProps & { figure: Extract<Figure, { type: T }> };

const frame = { cancelText: "取消", width: 720, style: { top: 56 }, transitionName: "", maskTransitionName: "", mask: { closable: false }, open: true } as const;
const layout = { layout: "horizontal", labelCol: { flex: "76px" }, wrapperCol: { flex: "1 1 0" }, colon: false } as const;
const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

function TableDialog({ figure, isNew, onSave, onClose }: DialogProps<"table">) {
  const { table } = figure;
  const [grid, setGrid] = useState(() => (table.rows.length === 0 ? emptyGrid(4, 3) : gridOf(table)));
  const [aligns, setAligns] = useState<(Align | undefined)[]>(() => table.columns.map((column) => column.align));
  const shown = (grid[0] ?? []).map((_, at) => aligns[at] ?? alignOf(grid, at));
  const [hasTotal, setTotal] = useState(table.rows.at(-1)?.total ?? false);
  const [caption, setCaption] = useState(table.caption);
  const [unit, setUnit] = useState(table.unit ?? "");
  const [source, setSource] = useState(table.source ?? "");
  const [notes, setNotes] = useState(table.notes.join("\n"));
  const isEmpty = grid.every((row) => row.every((cell) => cell.trim() === ""));
  const save = () =>
    onSave({
      type: "table",
      table: tableOf(grid, shown, hasTotal, {
        id: table.id,
        caption: caption.trim(),
        unit: orNull(unit),
        source: orNull(source),
        notes: linesOf(notes),
      }),
    });
  return (
    <Dialog {...frame} title={isNew ? "插入表格" : "编辑表格"} okText={isNew ? "插入" : "保存"} okButtonProps={{ disabled: isEmpty }} onOk={save} onCancel={onClose}>
      <Form {...layout}>
        <Form.Item label="表题"><Input aria-label="表题" value={caption} onChange={(e) => setCaption(e.target.value)} placeholder="编号由排版自动生成" /></Form.Item>
        <p className="quiet dialog-hint">首行为表头。可从 Excel 或 WPS 复制一片单元格，粘贴到任一格。Tab 到下一格，Ctrl+- 删除所在的行。表内数字由您负责，不随数据更新。</p>
        <GridField label="表格内容" grid={grid} onChange={setGrid} aligns={shown} onAligns={(next) => setAligns(next.map((align, at) => (align === shown[at] ? aligns[at] : align)))} least={{ rows: 2, columns: 1 }} />
        <Form.Item label=" "><Checkbox checked={hasTotal} onChange={(e) => setTotal(e.target.checked)}>末行为合计行</Checkbox></Form.Item>
        <Form.Item label="单位"><Input aria-label="单位" value={unit} onChange={(e) => setUnit(e.target.value)} placeholder="如：家、%" /></Form.Item>
        <Form.Item label="资料来源"><Input aria-label="资料来源" value={source} onChange={(e) => setSource(e.target.value)} /></Form.Item>
        <Form.Item label="注"><Input.TextArea aria-label="注" autoSize value={notes} onChange={(e) => setNotes(e.target.value)} placeholder="一行一条" /></Form.Item>
      </Form>
    </Dialog>
  );
}

function ChartDialog({ figure, isNew, onSave, onClose }: DialogProps<"chart">) {
  const { chart } = figure;
  const [grid, setGrid] = useState(() => (chart.series.length === 0 ? emptyGrid(4, 2) : gridOfChart(chart)));
  const [kind, setKind] = useState(chart.kind);
  const [caption, setCaption] = useState(chart.caption);
  const [unit, setUnit] = useState(chart.unit);
  const [source, setSource] = useState(chart.source ?? "");
  const [alt, setAlt] = useState(chart.alt);
  const filled = grid.filter((row, at) => at === 0 || row.some((cell) => cell.trim() !== ""));
  const wrong = filled.slice(1).flatMap((row) => row.slice(1)).filter((cell) => cell.trim() !== "" && numberIn(cell) === null);
  const hasValue = filled.slice(1).some((row) => row.slice(1).some((cell) => numberIn(cell) !== null));
  const kinds = kindsOf((grid[0]?.length ?? 0) - 1, filled.length - 1);
  const fitting = kinds.includes(kind) ? kind : (kinds[0] ?? "bar");
  const save = () =>
    onSave({
      type: "chart",
      chart: chartOf(filled, fitting, {
        id: chart.id,
        caption: caption.trim(),
        unit: unit.trim(),
        alt: alt.trim() || caption.trim(),
        source: orNull(source),
        reference: chart.reference,
        notes: chart.notes,
      }),
    });
  return (
    <Dialog {...frame} title={isNew ? "插入图" : "编辑图"} okText={isNew ? "插入" : "保存"} okButtonProps={{ disabled: !hasValue || wrong.length > 0 }} onOk={save} onCancel={onClose}>
      <Form {...layout}>
        <Form.Item label="图题"><Input aria-label="图题" value={caption} onChange={(e) => setCaption(e.target.value)} placeholder="编号由排版自动生成" /></Form.Item>
        <Form.Item label="图形">
          <Select<ChartKind> aria-label="图形" value={fitting} onChange={setKind} options={kinds.map((value) => ({ value, label: chartNames[value] }))} />
        </Form.Item>
        <p className="quiet dialog-hint">首列为类别，首行为系列名称，其余填数字。可从 Excel 或 WPS 粘贴。</p>
        <GridField label="图的数据" grid={grid} onChange={setGrid} least={{ rows: 2, columns: 2 }} />
        {wrong.length > 0 && <p className="warn" role="alert">“{wrong[0]}”不是数字，请改正后再保存。</p>}
        <Form.Item label="单位"><Input aria-label="单位" value={unit} onChange={(e) => setUnit(e.target.value)} /></Form.Item>
        <Form.Item label="资料来源"><Input aria-label="资料来源" value={source} onChange={(e) => setSource(e.target.value)} /></Form.Item>
        <Form.Item label="替代文字"><Input aria-label="替代文字" value={alt} onChange={(e) => setAlt(e.target.value)} placeholder="给看不见图的读者：图中说明了什么" /></Form.Item>
      </Form>
    </Dialog>
  );
}

function DrawingDialog({ figure, isNew, onSave, onClose }: DialogProps<"drawing">) {
  const [indicator, setIndicator] = useState(figure.indicator);
  const [form, setForm] = useState(figure.form);
  const [caption, setCaption] = useState(figure.caption);
  const drawables = useRead("drawables", null).data ?? [];
  const chosen = drawables.find((entry) => entry.id === indicator);
  const forms: (ChartKind | null)[] = [null, ...(chosen?.forms ?? [])];
  const fitting = forms.includes(form) ? form : (chosen?.forms[0] ?? null);
  return (
    <Dialog
      {...frame}
      width={560}
      title={isNew ? "插入指标图表" : "编辑指标图表"}
      okText={isNew ? "插入" : "保存"}
      okButtonProps={{ disabled: !chosen }}
      onOk={() => onSave({ type: "drawing", indicator, form: fitting, caption: caption.trim() })}
      onCancel={onClose}
    >
      <p className="quiet dialog-hint">按现有数据画成图表，数据变化时随之更新。</p>
      <Form {...layout}>
        <Form.Item label="指标">
          <Select
            aria-label="指标"
            showSearch={{ optionFilterProp: "label" }}
            placeholder="输入几个字查找"
            value={indicator === "" ? null : indicator}
            onChange={(id: string) => {
              setIndicator(id);
              if (isNew && form === null) setForm(drawables.find((entry) => entry.id === id)?.forms[0] ?? null);
            }}
            options={drawables.map((entry) => ({ value: entry.id, label: entry.title }))}
          />
        </Form.Item>
        <Form.Item label="形式">
          <Select<ChartKind | "table">
            aria-label="形式"
            disabled={!chosen}
            value={fitting ?? "table"}
            onChange={(value) => setForm(value === "table" ? null : value)}
            options={forms.map((value) => ({ value: value ?? "table", label: value ? chartNames[value] : "表格" }))}
          />
        </Form.Item>
        <Form.Item label="题名"><Input aria-label="题名" value={caption} onChange={(e) => setCaption(e.target.value)} placeholder={chosen?.title ?? "不填则用指标名称"} /></Form.Item>
      </Form>
    </Dialog>
  );
}
