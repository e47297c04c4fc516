import { memo } from "react";
import type { Chart } from "../../backend/bindings/Chart";
import type { ChartKind } from "../../backend/bindings/ChartKind";
import type { Table } from "../../backend/bindings/Table";
import { type Counter, type Marked, MarkedText } from "./Inlines";

interface Looked {
  marked?: Marked | undefined;
  counter?: Counter | undefined;
}

/** A text of a table or chart, with the words looked for set off. */
const textIn = ({ marked, counter }: Looked) =>
  marked && counter ? (text: string) => <MarkedText text={text} marked={marked} counter={counter} /> : (text: string) => text;

export const chartNames: Record<ChartKind, string> = {
  bar: "柱形图",
  "horizontal-bar": "条形图",
  "grouped-bar": "簇状柱形图",
  "stacked-bar": "堆积柱形图",
  line: "折线图",
  area: "面积图",
  radar: "雷达图",
  heat: "热力表",
  tiles: "分区图块",
  ring: "环形图",
  "target-path": "目标路径图",
};

/** Kinds of chart that can show the same series; tiles only where it is known which places lie where. */
export const kindsFor = (chart: Chart): ChartKind[] =>
  chart.kind === "target-path"
    ? ["target-path"]
    : kindsOf(chart.series.length, chart.categories.length).filter(
        (kind) => kind !== "tiles" || chart.kind === "tiles" || (chart.places?.length ?? 0) > 0,
      );

/** The same by the numbers of series and categories; the program judges alike. */
export const kindsOf = (series: number, categories: number): ChartKind[] =>
  series <= 1
    ? ["bar", "horizontal-bar", "line", "area", "ring", "tiles"]
    : categories >= 3
      ? ["grouped-bar", "stacked-bar", "line", "area", "heat", "radar"]
      : ["grouped-bar", "stacked-bar", "line", "heat"];

/** A table as it reads; the pages beside show how it prints. */
export const TableBody = memo(function TableBody({ table, ...looked }: { table: Table } & Looked) {
  const shown = textIn(looked);
  const align = (at: number) => table.columns[at]?.align ?? "left";
  return (
    <div className="figure-scroll">
      {table.unit && <div className="figure-unit">单位：{shown(table.unit)}</div>}
      <table className="figure-table">
        <thead>
          {table.header.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <th key={column} colSpan={cell.colspan ?? 1} rowSpan={cell.rowspan ?? 1}>
                  {shown(cell.v)}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at} className={row.total ? "total" : undefined}>
              {row.cells.map((cell, column) => (
                <td
                  key={column}
                  colSpan={cell.colspan ?? 1}
                  rowSpan={cell.rowspan ?? 1}
                  style={{ textAlign: align(column) }}
                  {...(cell.fact ? { "data-fact": cell.fact } : {})}
                >
                  {shown(cell.v)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.notes.map((note, at) => (
        <p className="figure-note" key={at}>
          注：{shown(note)}
        </p>
      ))}
      {table.source && <p className="figure-note">资料来源：{shown(table.source)}</p>}
    </div>
  );
});

/** The values of a chart with bars of their size: enough to know it by; its looks are those of the pages. */
export const ChartBody = memo(function ChartBody({ chart, ...looked }: { chart: Chart } & Looked) {
  const shown = textIn(looked);
  const largest = Math.max(
    Number.MIN_VALUE,
    ...chart.series.flatMap((series) => series.values.map((value) => Math.abs(value ?? 0))),
  );
  return (
    <div className="figure-chart">
      <div className="figure-unit">
        {chartNames[chart.kind]}
        {chart.unit && <>　单位：{shown(chart.unit)}</>}
      </div>
      {chart.categories.map((category, at) => (
        <div className="figure-bar" key={at}>
          <span className="figure-category" title={category}>
            {shown(category)}
          </span>
          <span className="figure-values">
            {chart.series.map((series, which) => (
              <span
                key={which}
                className="figure-value"
                {...(series.facts[at] ? { "data-fact": series.facts[at] } : {})}
                title={series.name}
              >
                <i
                  className={`shade-${which % 4}`}
                  style={{ width: `${(Math.abs(series.values[at] ?? 0) / largest) * 70}%` }}
                />
                {series.labels[at] ?? ""}
              </span>
            ))}
          </span>
        </div>
      ))}
      {chart.series.length > 1 && (
        <p className="figure-note">
          {chart.series.map((series, which) => (
            <span key={which} className="figure-key">
              <i className={`shade-${which % 4}`} /> {shown(series.name)}
            </span>
          ))}
        </p>
      )}
      {chart.source && <p className="figure-note">资料来源：{shown(chart.source)}</p>}
    </div>
  );
});
