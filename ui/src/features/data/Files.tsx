import { DeleteOutlined } from "@ant-design/icons";
import { Button, Collapse, Popconfirm, Spin, Tag, Tooltip } from "antd";
import { useAct, useRead } from "../../backend";
import type { Mapping } from "../../backend/bindings/Mapping";
import { Failure } from "../../components/Failure";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { mappingsOf } from "./mappings";
import { PathLine } from "./PathLine";
import { TableMapping } from "./TableMapping";
import { reasonWords, sizeWords, timeWords } from "./words";

/** Imported files: what became of each, how its columns are read, and the decisions about them. */
export function Files({ onPaths }: { onPaths: (paths: string[]) => void }) {
  const view = useRead("files", null);
  const drop = useAct("drop_file", { onSuccess: (_, { name }) => tell.done(`已移除 ${name}，可撤销。`) });
  const map = useAct("map_columns");
  if (view.error) return <Failure error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <Spin />;
  const { files, mappings, choices } = view.data;
  const titleOf = (id: string | null) => choices.find((choice) => choice.id === id)?.title ?? id ?? "";
  const fieldOf = (m: Mapping) =>
    m.field === "" ? "不导入" : (choices.flatMap((c) => c.fields).find((f) => f.id === m.field)?.title ?? m.field ?? "");

  return (
    <div className="files">
      <Writes>
        <PathLine placeholder="再导入：粘贴文件路径，多个用分号隔开，按回车读取；同名文件替换旧版" onPaths={onPaths} />
      </Writes>
      <Collapse
        size="small"
        items={files.map((file) => ({
          key: file.name,
          label: (
            <span className="file-line">
              <b>{file.name}</b>
              {file.entered && <Tag>手工录入</Tag>}
              {file.tables.map((table, index) => (
                <Tag key={index} color={table.dataset ? "success" : "default"}>
                  {table.dataset ? `${titleOf(table.dataset)} ${table.data_rows} 行` : `${table.sheet} 未用`}
                </Tag>
              ))}
            </span>
          ),
          extra: (
            <span className="file-extra" onClick={(event) => event.stopPropagation()}>
              <Tooltip title={`SHA-256 ${file.sha256}`}>
                <span className="quiet num files-when">
                  {sizeWords(file.size)}　{timeWords(file.at)}
                </span>
              </Tooltip>
              <Writes>
                <Popconfirm
                  title={`移除 ${file.name}？`}
                  description="其中的记录不再计入报告；可以撤销。"
                  okText="移除"
                  cancelText="取消"
                  onConfirm={() => drop.mutate({ name: file.name })}
                >
                  <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={`移除 ${file.name}`}>
                    移除
                  </Button>
                </Popconfirm>
              </Writes>
            </span>
          ),
          children: file.tables.map((table, index) => (
            <section key={index} className="wizard-table">
              <h3>
                {table.sheet}
                {table.title && <span className="quiet">{table.title}</span>}
              </h3>
              {table.reason && <p className="wizard-reason">{table.reason}</p>}
              {table.excluded_rows.some((row) => row.reason !== "blank") && (
                <p className="quiet">
                  不计入：
                  {table.excluded_rows
                    .filter((row) => row.reason !== "blank")
                    .slice(0, 20)
                    .map((row) => `第 ${row.row} 行（${reasonWords[row.reason] ?? row.reason}）`)
                    .join("、")}
                </p>
              )}
              {table.columns.length > 0 && (
                <Writes>
                  <TableMapping
                    file={file.name}
                    table={table}
                    choices={choices}
                    decide={(decision) => {
                      const all = mappingsOf(mappings, decision);
                      const made = all.at(-1);
                      if (made) map.mutate({ mappings: [made] });
                    }}
                  />
                </Writes>
              )}
            </section>
          )),
        }))}
      />
      {mappings.length > 0 && (
        <section className="files-mappings">
          <h3>手工指定的对应关系</h3>
          <table>
            <tbody>
              {mappings.map((m, index) => (
                <tr key={index}>
                  <td>
                    {m.file ?? "所有文件"}
                    {m.sheet && ` · ${m.sheet}`}
                    {m.column && ` · ${m.column} 列`}
                  </td>
                  <td>
                    {m.dataset !== null && `作为 ${titleOf(m.dataset)}`}
                    {m.field !== null && `→ ${fieldOf(m)}`}
                    {m.unit !== null && `　单位 ${m.unit}`}
                  </td>
                  <td>
                    <Writes>
                      <Button
                        size="small"
                        type="link"
                        onClick={() => map.mutate({ mappings: [{ ...m, dataset: null, field: null, unit: null }] })}
                      >
                        恢复自动识别
                      </Button>
                    </Writes>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
