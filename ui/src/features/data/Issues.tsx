import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Pagination, Popconfirm, Spin, Tooltip } from "antd";
import { useState } from "react";
import { useAct, useRead } from "../../backend";
import type { DatasetView } from "../../backend/bindings/DatasetView";
import type { IssueItem } from "../../backend/bindings/IssueItem";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Settle } from "../../components/Settle";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { SeverityTag } from "./PreviewIssues";

interface IssuesProps {
  datasets: DatasetView[];
  onGo: (dataset: string, row: number, field: string | null) => void;
}

const page = 50;

/** Doubtful cells by kind, with the way to each of them. */
export function Issues({ datasets, onGo }: IssuesProps) {
  const groups = useRead("issues", null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const code = groups.data?.some((group) => group.code === chosen) ? chosen : (groups.data?.[0]?.code ?? null);
  const items = useRead(
    "issue_items",
    { code, dataset: null, offset: at * page, limit: page },
    { enabled: code !== null, keepPrevious: true },
  );
  const apply = useAct("apply_suggestions", { onSuccess: (n) => tell.done(`已按建议更正 ${n} 处，可撤销。`) });

  if (groups.error) return <Failure error={groups.error} onRetry={() => void groups.refetch()} />;
  if (!groups.data) return <Spin />;
  if (groups.data.length === 0)
    return (
      <Empty icon={<CheckCircleOutlined />} title="没有问题单元格">
        所有单元格都已读取，没有需要核对的。
      </Empty>
    );
  const group = groups.data.find((one) => one.code === code);
  const titleOf = (id: string | null) => datasets.find((d) => d.id === id)?.title ?? "";
  const go = (item: IssueItem) =>
    item.dataset !== null && item.record_row !== null && onGo(item.dataset, item.record_row, item.field);

  return (
    <div className="issues">
      <div className="issue-kinds" role="listbox" aria-label="问题类别">
        {groups.data.map((one) => (
          <button
            key={one.code}
            type="button"
            role="option"
            aria-selected={one.code === code}
            className="issue-kind"
            onClick={() => {
              setChosen(one.code);
              setAt(0);
            }}
          >
            <SeverityTag severity={one.severity} />
            <span>{one.title}</span>
            <span className="num">{one.count}</span>
          </button>
        ))}
      </div>
      <div className="issue-items">
        {group && (
          <header>
            <div>
              <h3>
                {group.title} <span className="quiet num">{group.count} 处</span>
              </h3>
              <div className="quiet">{group.treatment}</div>
            </div>
            {group.fixable > 0 && (
              <Writes>
                <Popconfirm
                  title={`按建议更正 ${group.fixable} 处？`}
                  description="作为一步操作，可以撤销。"
                  okText="更正"
                  cancelText="取消"
                  onConfirm={() => apply.mutate({ code: group.code, dataset: null })}
                >
                  <Button size="small" loading={apply.isPending}>
                    采纳全部建议（{group.fixable}）
                  </Button>
                </Popconfirm>
              </Writes>
            )}
          </header>
        )}
        {items.error && <Failure error={items.error} />}
        <div className="issue-table">
          <table>
            <thead>
              <tr>
                <th>位置</th>
                <th>说明</th>
                <th>原文</th>
                <th>建议</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {items.data?.items.map((item, index) => (
                <tr key={index} onDoubleClick={() => go(item)}>
                  <td>
                    <Tooltip title={`${item.file} · ${item.sheet}`}>
                      <span className="num">
                        {item.row !== null ? `${item.column ?? ""}${item.row}` : (item.column ?? "—")}
                      </span>
                    </Tooltip>
                    <div className="quiet issue-place">{item.sheet || item.file || titleOf(item.dataset)}</div>
                  </td>
                  <td className="selectable">{item.message}</td>
                  <td className="selectable issue-raw">{item.raw}</td>
                  <td className="selectable quiet issue-suggestion">{item.suggestion}</td>
                  <td>
                    {item.record_row !== null && (
                      <span className="settle">
                        {item.dataset !== null && item.field !== null && (
                          <Settle cell={{ dataset: item.dataset, row: item.record_row, field: item.field }} {...item.ways} />
                        )}
                        <Button size="small" type="link" onClick={() => go(item)}>
                          去更正
                        </Button>
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {(items.data?.total ?? 0) > page && (
          <Pagination
            size="small"
            current={at + 1}
            pageSize={page}
            total={items.data?.total ?? 0}
            showSizeChanger={false}
            onChange={(n) => setAt(n - 1)}
          />
        )}
      </div>
    </div>
  );
}
