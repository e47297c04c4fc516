import { type CustomFilterProps, useGridFilter } from "ag-grid-react";
import { Button, Input } from "antd";
import { useState } from "react";
import type { ColumnFilter } from "./filters";

interface ChoiceFilterProps extends CustomFilterProps<unknown, unknown, ColumnFilter> {
  values: string[];
}

/** Above this many values a field to look for one is shown. */
const many = 10;

/** The filter of a column with few values: a list to tick. */
export function ChoiceFilter({ model, onModelChange, values }: ChoiceFilterProps) {
  const [words, setWords] = useState("");
  // The backend filters; the grid only shows what comes.
  useGridFilter({ doesFilterPass: () => true });
  const chosen = model?.values ?? [];
  const shown = values.filter((value) => value.includes(words.trim()));
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    onModelChange(next.length > 0 ? { type: "oneOf", values: next } : null);
  };
  const only = (type: "blank" | "notBlank", label: string) => (
    <Button
      size="small"
      type={model?.type === type ? "primary" : "default"}
      aria-pressed={model?.type === type}
      onClick={() => onModelChange(model?.type === type ? null : { type })}
    >
      {label}
    </Button>
  );
  return (
    <div className="choice-filter">
      {values.length > many && (
        <Input
          size="small"
          allowClear
          placeholder="查找选项"
          aria-label="查找选项"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div className="choice-filter-list" role="group" aria-label="选项">
        {shown.map((value) => (
          <label key={value}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{value}</span>
          </label>
        ))}
        {shown.length === 0 && <p className="quiet">没有这样的选项</p>}
      </div>
      <footer>
        {only("blank", "缺失")}
        {only("notBlank", "已填")}
        <Button size="small" type="link" disabled={model === null} onClick={() => onModelChange(null)}>
          清除
        </Button>
      </footer>
    </div>
  );
}
