import { Collapse } from "antd";
import type { DatasetChoice } from "../../backend/bindings/DatasetChoice";
import type { ImportReport } from "../../backend/bindings/ImportReport";

/** What becomes of the records: added, changed, unchanged, removed, and which changed in what. */
export function Changes({ report, choices }: { report: ImportReport; choices: DatasetChoice[] }) {
  const touched = report.datasets.filter((d) => d.records > 0 || d.removed > 0);
  const titleOf = (dataset: string, field: string) =>
    choices.find((choice) => choice.id === dataset)?.fields.find((f) => f.id === field)?.title ?? field;
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
      <Collapse
        size="small"
        ghost
        items={touched
          .filter((d) => d.changes.length > 0)
          .map((d) => ({
            key: d.id,
            label: `${d.title}：变动的记录${d.changes.length < d.changed ? `（前 ${d.changes.length} 条）` : ""}`,
            children: (
              <ul className="issue-lines">
                {d.changes.map((change) => (
                  <li key={change.record}>
                    <span className="selectable">{change.record}</span>
                    <span className="quiet">　{change.fields.map((field) => titleOf(d.id, field)).join("、")}</span>
                  </li>
                ))}
              </ul>
            ),
          }))}
      />
    </div>
  );
}
