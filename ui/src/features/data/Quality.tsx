import { Segmented, Tag, Tooltip } from "antd";
import { useState } from "react";
import type { DatasetView } from "../../backend/bindings/DatasetView";
import type { FieldView } from "../../backend/bindings/FieldView";
import { formWords, kindWords } from "./words";

const share = (part: number, whole: number) => (whole === 0 ? 0 : (part / whole) * 100);

/** How complete and how doubtful each field is. */
export function Quality({ datasets, onGo }: { datasets: DatasetView[]; onGo: (dataset: string) => void }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const dataset = datasets.find((d) => d.id === chosen) ?? datasets[0];
  if (!dataset) return null;
  const facts: [string, number][] = [
    ["记录", dataset.records],
    ["重复合并", dataset.duplicates],
    ["未计入", dataset.rejected],
    ["更正", dataset.corrections],
    ["错误", dataset.errors],
    ["存疑", dataset.warnings],
    ["提示", dataset.hints],
  ];
  return (
    <div className="quality">
      {datasets.length > 1 && (
        <Segmented
          value={dataset.id}
          onChange={setChosen}
          options={datasets.map((d) => ({ value: d.id, label: d.title }))}
        />
      )}
      <div className="quality-facts">
        <Tag>{formWords[dataset.form]}</Tag>
        {facts.map(([label, n]) => (
          <span key={label}>
            <span className="quiet">{label}</span> <b className="num">{n}</b>
          </span>
        ))}
        <a role="button" tabIndex={0} onClick={() => onGo(dataset.id)} onKeyDown={(e) => e.key === "Enter" && onGo(dataset.id)}>
          查看记录
        </a>
      </div>
      <table>
        <thead>
          <tr>
            <th>字段</th>
            <th>类型</th>
            <th>单位</th>
            <th>已填</th>
            <th>缺失</th>
            <th>问题</th>
            <th>更正</th>
            <th>分布</th>
          </tr>
        </thead>
        <tbody>
          {dataset.fields.map((field) => (
            <tr key={field.id}>
              <td>
                {field.title}
                {dataset.key.includes(field.id) && <Tag>识别码</Tag>}
                {field.required && !dataset.key.includes(field.id) && <Tag>必填</Tag>}
                {field.inferred && (
                  <Tooltip title="套件没有声明，按数据推断">
                    <Tag>推断</Tag>
                  </Tooltip>
                )}
                {field.sensitive && (
                  <Tooltip title="个人信息，不进入报告和导出">
                    <Tag>不外传</Tag>
                  </Tooltip>
                )}
              </td>
              <td>{kindWords[field.kind] ?? field.kind}</td>
              <td>{field.unit}</td>
              <td>
                <span className="quality-bar" aria-hidden>
                  <i style={{ width: `${share(field.filled, dataset.records)}%` }} />
                </span>
                <span className="num">{field.filled}</span>
              </td>
              <td className="num">
                {field.missing || <span className="quiet">0</span>}
                {field.skipped > 0 && <span className="quiet">（跳过 {field.skipped}）</span>}
              </td>
              <td className="num">{field.issues || <span className="quiet">0</span>}</td>
              <td className="num">{field.corrected || <span className="quiet">0</span>}</td>
              <td>
                <Distribution field={field} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Distribution({ field }: { field: FieldView }) {
  const { summary } = field;
  switch (summary.kind) {
    case "empty":
      return <span className="quiet">没有值</span>;
    case "numbers": {
      const top = Math.max(...summary.bars, 1);
      return (
        <span className="quality-numbers">
          {summary.bars.length > 0 && (
            <svg width={64} height={18} viewBox={`0 0 ${summary.bars.length * 4} 18`} preserveAspectRatio="none" aria-hidden>
              {summary.bars.map((n, at) => (
                <rect key={at} x={at * 4} width={3} y={18 - (n / top) * 18} height={(n / top) * 18} />
              ))}
            </svg>
          )}
          <span className="num quiet">
            {summary.min} ~ {summary.max}，中位 {summary.median}
            {summary.sum !== null && `，合计 ${summary.sum}`}
          </span>
        </span>
      );
    }
    case "dates":
      return (
        <span className="num quiet">
          {summary.min} 至 {summary.max}
        </span>
      );
    case "words":
      return field.kind === "text" || field.kind === "uscc" ? (
        <span className="quiet">{summary.distinct} 个不同的值</span>
      ) : (
        <span className="quiet quality-words">
          {summary.top.slice(0, 4).map(({ word, count }) => (
            <span key={word}>
              {word} <b className="num">{count}</b>
            </span>
          ))}
          {summary.distinct > 4 && `等 ${summary.distinct} 项`}
        </span>
      );
  }
}
