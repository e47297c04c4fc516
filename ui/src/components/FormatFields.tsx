import { Button, DatePicker, Form, Select } from "antd";
import dayjs from "dayjs";
import { useAct } from "../backend";
import type { FormatField } from "../backend/bindings/FormatField";
import type { FormatRemark } from "../backend/bindings/FormatRemark";
import { SettingField } from "./SettingField";
import { Writes } from "./writing";
import "./formatFields.css";

interface FormatFieldsProps {
  fields: readonly FormatField[];
  /** What is filled in, by field. */
  values: Readonly<Record<string, string | undefined>>;
  remarks?: readonly FormatRemark[];
}

/** What a print format asks for, as entries of a form; each is saved when its field is left. */
export function FormatFields({ fields, values, remarks = [] }: FormatFieldsProps) {
  const set = useAct("set");
  const put = (key: string, value: string) => set.mutate({ values: { [`format.${key}`]: value } });

  return fields.map((field) => {
    const id = `format-${field.key}`;
    const value = values[field.key] ?? "";
    const doubtful = remarks.filter((remark) => remark.key === field.key);
    return (
      <Form.Item
        key={field.key}
        label={field.label}
        htmlFor={id}
        extra={field.help !== "" && field.help}
        {...(doubtful.length > 0 && {
          validateStatus: "warning" as const,
          help: doubtful.map((remark) => (
            <Doubt key={remark.message} remark={remark} value={value} onMend={(mended) => put(field.key, mended)} />
          )),
        })}
      >
        <Writes>
          <Entry id={id} field={field} value={value} onChange={(value) => put(field.key, value)} />
        </Writes>
      </Form.Item>
    );
  });
}

/** A remark with the offer to write what it suggests. */
function Doubt({ remark, value, onMend }: { remark: FormatRemark; value: string; onMend: (value: string) => void }) {
  const { message, suggestion } = remark;
  // In a list only the doubtful entry is replaced.
  const wrong = /“(.*?)”/.exec(message)?.[1];
  const mended = suggestion === null ? null : wrong !== undefined && value.includes(wrong) ? value.replace(wrong, suggestion) : suggestion;
  return (
    <div>
      {message}
      {mended !== null && (
        <Button type="link" size="small" onClick={() => onMend(mended)}>
          改为“{suggestion}”
        </Button>
      )}
    </div>
  );
}

interface EntryProps {
  id: string;
  field: FormatField;
  value: string;
  onChange: (value: string) => void;
}

function Entry({ id, field, value, onChange }: EntryProps) {
  switch (field.kind) {
    case "choice":
      return (
        <Select
          id={id}
          aria-label={field.label}
          value={value === "" ? field.default : value}
          onChange={onChange}
          options={field.choices.map(({ value, label }) => ({ value, label }))}
        />
      );
    case "date":
      return (
        <DatePicker
          id={id}
          value={value === "" ? null : dayjs(value)}
          onChange={(date) => onChange(date?.format("YYYY-MM-DD") ?? "")}
        />
      );
    case "list":
      return (
        <SettingField id={id} label={field.label} value={value} placeholder={field.default || "一行一项"} rows={1} onCommit={onChange} />
      );
    case "text":
      return <SettingField id={id} label={field.label} value={value} placeholder={field.default} onCommit={onChange} />;
  }
}
