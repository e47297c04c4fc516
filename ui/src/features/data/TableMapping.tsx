import { Input, Select, Tag, Tooltip } from "antd";
import type { ColumnReport } from "../../backend/bindings/ColumnReport";
import type { DatasetChoice } from "../../backend/bindings/DatasetChoice";
import type { TableReport } from "../../backend/bindings/TableReport";
import { isInputMethod } from "../../components/keys";
import type { Decision } from "./mappings";
import { kindWords } from "./words";

interface TableMappingProps {
  file: string;
  table: TableReport;
  choices: DatasetChoice[];
  decide: (decision: Decision) => void;
  onPoint?: (column: string | null) => void;
}

const automatic = "\u0000";

/** Which dataset a table goes to and which field each column is; every line can be decided by hand. */
export function TableMapping({ file, table, choices, decide, onPoint }: TableMappingProps) {
  const declared = choices.filter((choice) => choice.declared);
  const dataset = choices.find((choice) => choice.id === table.dataset);
  const place = { file, sheet: table.sheet };
  const taken = new Set(table.columns.flatMap((column) => column.field ?? []));
  return (
    <div className="mapping">
      <div className="mapping-head">
        <label>
          作为
          <Select
            size="small"
            aria-label={`工作表“${table.sheet}”作为`}
            value={table.dataset ?? undefined}
            placeholder="不导入"
            style={{ minWidth: 200 }}
            onChange={(id) => decide({ ...place, column: null, dataset: id === automatic ? null : id })}
            options={[
              { value: automatic, label: "自动识别" },
              ...declared.map((choice) => ({ value: choice.id, label: choice.title })),
              ...(dataset && !dataset.declared ? [{ value: dataset.id, label: dataset.title, disabled: true }] : []),
            ]}
          />
        </label>
        <span className="quiet">
          表头第 {table.header_rows.join("、") || "—"} 行，数据 {table.data_rows} 行
          {table.unit && `，表中单位：${table.unit}`}
        </span>
      </div>
      {dataset && (
        <div className="mapping-list" onMouseLeave={() => onPoint?.(null)}>
          <table>
            <thead>
              <tr>
                <th>列</th>
                <th>表头</th>
                <th>对应字段</th>
                <th>类型</th>
                <th>填报单位</th>
                <th>把握</th>
              </tr>
            </thead>
            <tbody>
              {table.columns.map((column) => (
                <tr key={column.column} onMouseEnter={() => onPoint?.(column.column)}>
                  <td className="num">{column.column}</td>
                  <td className="mapping-header" title={column.header.join(" / ")}>
                    {column.header.join(" / ") || <span className="quiet">（无表头）</span>}
                  </td>
                  <td>
                    <FieldSelect column={column} dataset={dataset} taken={taken} decide={(d) => decide({ ...place, ...d })} />
                  </td>
                  <td>{column.type ? (kindWords[column.type] ?? column.type) : ""}</td>
                  <td>
                    {(column.type === "decimal" || column.type === "integer") && (
                      <UnitField
                        key={column.unit ?? ""}
                        column={column}
                        onChange={(unit) => decide({ ...place, column: column.column, unit })}
                      />
                    )}
                  </td>
                  <td>
                    <Confidence column={column} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

interface FieldSelectProps {
  column: ColumnReport;
  dataset: DatasetChoice;
  taken: ReadonlySet<string>;
  decide: (decision: { column: string; field: string | null }) => void;
}

function FieldSelect({ column, dataset, taken, decide }: FieldSelectProps) {
  return (
    <Select
      size="small"
      showSearch={{ optionFilterProp: "label" }}
      aria-label={`${column.column} 列对应字段`}
      value={column.field ?? ""}
      style={{ width: 220 }}
      onChange={(field) => decide({ column: column.column, field: field === automatic ? null : field })}
      options={[
        { value: automatic, label: "自动识别" },
        { value: "", label: "不导入此列" },
        ...dataset.fields.map((field) => ({
          value: field.id,
          label: field.title + (field.unit ? `（${field.unit}）` : "") + (taken.has(field.id) && field.id !== column.field ? " · 已对应" : ""),
        })),
      ]}
    />
  );
}

function UnitField({ column, onChange }: { column: ColumnReport; onChange: (unit: string) => void }) {
  return (
    <Input
      size="small"
      aria-label={`${column.column} 列填报单位`}
      defaultValue={column.unit ?? ""}
      style={{ width: 76 }}
      onPressEnter={(event) => !isInputMethod(event) && event.currentTarget.blur()}
      onBlur={(event) => {
        const unit = event.target.value.trim();
        if (unit !== "" && unit !== (column.unit ?? "")) onChange(unit);
      }}
    />
  );
}

function Confidence({ column }: { column: ColumnReport }) {
  if (column.field === null) return <span className="quiet">不导入</span>;
  if (column.confidence >= 0.999) return <Tag>确定</Tag>;
  if (column.confidence >= 0.75) return <Tag color="success">高</Tag>;
  return (
    <Tooltip title="套件里没有同名字段，按列名和内容推断，请核对。">
      <Tag color="warning">待核对</Tag>
    </Tooltip>
  );
}
