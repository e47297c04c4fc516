import { Button, Input, Space } from "antd";
import { useEffect, useState } from "react";
import { useAct, useRead } from "../../backend";
import type { DatasetView } from "../../backend/bindings/DatasetView";
import { Failure } from "../../components/Failure";
import { isInputMethod } from "../../components/keys";
import { Settle } from "../../components/Settle";
import { useIsWritable, Writes } from "../../components/writing";
import { SeverityTag } from "./PreviewIssues";

interface ProvenanceProps {
  dataset: DatasetView;
  cell: { row: number; record: string; field: string } | null;
  onCorrect: (value: string) => void;
}

/** Where the value of the focused cell comes from, what is doubtful about it, and its correction. */
export function Provenance({ dataset, cell, onCorrect }: ProvenanceProps) {
  const view = useRead(
    "cell",
    { dataset: dataset.id, row: cell?.row ?? 0, field: cell?.field ?? "" },
    { enabled: cell !== null, keepPrevious: true },
  );
  const uncorrect = useAct("uncorrect");
  const isWritable = useIsWritable();
  const [value, setValue] = useState("");
  const data = cell === null ? undefined : view.data;
  useEffect(() => setValue(data?.value ?? ""), [data]);

  if (cell === null)
    return (
      <aside className="provenance idle" aria-label="单元格来源">
        <p className="quiet">选中一个单元格，这里显示它的来源、问题和更正。</p>
        <p className="quiet">
          {isWritable && "双击或按 F2、直接键入即可更正；"}Shift 加方向键选择区域，Ctrl+C 复制
          {isWritable && "，Ctrl+V 从 Excel 粘贴为更正"}。
        </p>
      </aside>
    );
  if (view.error)
    return (
      <aside className="provenance" aria-label="单元格来源">
        <Failure error={view.error} />
      </aside>
    );
  if (!data) return <aside className="provenance" aria-label="单元格来源" />;
  const fix = (text: string | null) => (text === null ? "（缺失）" : text);

  // Until the cell's own answer is there, a correction would put the text of the cell before into it.
  return (
    <aside className="provenance" aria-label="单元格来源" inert={view.isPlaceholderData}>
      <h3>{data.title}</h3>
      {data.name && <div className="quiet">{data.name}</div>}
      <div className="provenance-value selectable">
        {fix(data.value)} {data.value !== null && data.unit && <span className="quiet">{data.unit}</span>}
      </div>

      {data.correction && (
        <section>
          <h4>更正</h4>
          <dl>
            <dt>原值</dt>
            <dd className="selectable">{fix(data.correction.replaced)}</dd>
            <dt>原因</dt>
            <dd className="selectable">{data.correction.reason || "未填写"}</dd>
          </dl>
          <Writes>
            <Button
              size="small"
              loading={uncorrect.isPending}
              onClick={() => uncorrect.mutate({ dataset: dataset.id, cells: [{ record: data.record, field: data.field }] })}
            >
              撤回更正
            </Button>
          </Writes>
        </section>
      )}

      {data.issues.length > 0 && (
        <section>
          <h4>问题</h4>
          {data.issues.map((issue, index) => (
            <div key={index} className="provenance-issue">
              <SeverityTag severity={issue.severity} />
              <span className="selectable">{issue.message}</span>
              {issue.suggestion && <div className="quiet selectable">建议：{issue.suggestion}</div>}
            </div>
          ))}
          <Settle cell={{ dataset: dataset.id, row: cell.row, field: data.field }} {...data.ways} />
        </section>
      )}

      <section>
        <h4>{data.correction ? "再次更正" : "更正为"}</h4>
        <Writes>
          <Space.Compact block>
            <Input
              size="small"
              aria-label="更正为"
              value={value}
              placeholder="留空表示缺失"
              onChange={(event) => setValue(event.target.value)}
              onPressEnter={(event) => {
                if (!isInputMethod(event) && value.trim() !== (data.value ?? "")) onCorrect(value.trim());
              }}
            />
            <Button size="small" disabled={value.trim() === (data.value ?? "")} onClick={() => onCorrect(value.trim())}>
              更正
            </Button>
          </Space.Compact>
        </Writes>
      </section>

      <section>
        <h4>来源</h4>
        {data.origins.length === 0 && <p className="quiet">源文件中没有这一列。</p>}
        {data.origins.map((origin, index) => (
          <dl key={index}>
            <dt>文件</dt>
            <dd className="selectable">{origin.file}</dd>
            <dt>工作表</dt>
            <dd className="selectable">{origin.sheet}</dd>
            <dt>位置</dt>
            <dd>{origin.column ? `${origin.column}${origin.row}` : `取自工作表名称（第 ${origin.row} 行）`}</dd>
            {origin.header.length > 0 && (
              <>
                <dt>表头</dt>
                <dd className="selectable">{origin.header.join(" / ")}</dd>
              </>
            )}
            <dt>原文</dt>
            <dd className="selectable">{origin.raw === "" ? "（空）" : origin.raw}</dd>
            {origin.unit && (
              <>
                <dt>换算</dt>
                <dd>
                  原单位 {origin.unit}
                  {data.unit && `，换算为 ${data.unit}`}
                </dd>
              </>
            )}
          </dl>
        ))}
        {data.merged.length > 0 && (
          <>
            <h4>合并自</h4>
            {data.merged.map((row) => (
              <div key={row} className="quiet selectable">
                {row}
              </div>
            ))}
          </>
        )}
      </section>
    </aside>
  );
}
