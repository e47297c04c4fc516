import { Collapse } from "antd";
import type { ChangedRecord } from "../../backend/bindings/ChangedRecord";
import type { DatasetChoice } from "../../backend/bindings/DatasetChoice";
import type { DatasetReport } from "../../backend/bindings/DatasetReport";
import type { ImportReport } from "../../backend/bindings/ImportReport";

/** What becomes of the records: added, changed, unchanged, removed, and which changed in what. */
export function Changes({ report, choices }: { report: ImportReport; choices: DatasetChoice[] }) {
  const touched = report.datasets.filter((d) => d.records > 0 || d.removed > 0);
  const titleOf = (dataset: string, field: string) =>
    choices.find((choice) => choice.id === dataset)?.fields.find((f) => f.id === field)?.title ?? field;
  const plain = (records: string[]) => records.map((record) => ({ record, fields: [] }));
  const lists = (d: DatasetReport) => [
    list(d, "新增", d.added, plain(d.new), titleOf),
    list(d, "变动", d.changed, d.changes, titleOf),
    list(d, "移除", d.removed, plain(d.gone), titleOf),
  ];
  return (
    <div className="changes">
      <table>
        <thead>
          <tr>
            <th>数据集</th>
            <th>新增</th>
            <th>变动</th>
            <th>不变</th>
            <th>移除</th>
            <th>重复合并</th>
            <th>未计入</th>
            <th>导入后共</th>
          </tr>
        </thead>
        <tbody>
          {touched.map((d) => (
            <tr key={d.id}>
              <th>{d.title}</th>
              {[d.added, d.changed, d.unchanged, d.removed, d.duplicates, d.rejected, d.records].map((n, at) => (
                <td key={at} className={n === 0 ? "num quiet" : "num"}>
                  {n}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Collapse size="small" ghost items={touched.flatMap(lists).filter((item) => item !== null)} />
    </div>
  );
}

/** Those of the records added, changed or removed that are named. */
function list(
  dataset: DatasetReport,
  what: string,
  all: number,
  named: ChangedRecord[],
  titleOf: (dataset: string, field: string) => string,
) {
  if (named.length === 0) return null;
  return {
    key: `${dataset.id}/${what}`,
    label: `${dataset.title}：${what}的记录${named.length < all ? `（前 ${named.length} 条）` : ""}`,
    children: (
      <ul className="issue-lines">
        {named.map(({ record, fields }, at) => (
          <li key={at}>
            <span className="selectable">{record}</span>
            {fields.length > 0 && <span className="quiet">　{fields.map((field) => titleOf(dataset.id, field)).join("、")}</span>}
          </li>
        ))}
      </ul>
    ),
  };
}
