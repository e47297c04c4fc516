import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Popover, Select } from "antd";
import { useState } from "react";
import type { KitView } from "../../backend/bindings/KitView";
import { comparisons, conditionOf, spoken, type Term, termsOf } from "./conditions";
import { titleOf } from "./pattern";

interface ConditionProps {
  view: KitView;
  label: string;
  /** What is said where there is no condition. */
  none: string;
  value: string;
  editable: boolean;
  onChange: (value: string) => void;
}

/** A condition over facts in words; its rows are chosen, and whoever knows the language may write it. */
export function Condition({ view, label, none, value, editable, onChange }: ConditionProps) {
  const [isOpen, setOpen] = useState(false);
  const said = value ? `条件：${spoken(value, view)}` : none;
  return (
    <div className="kit-condition">
      <span className={value ? "selectable" : "quiet"} title={value || undefined}>
        {said}
      </span>
      {editable && (
        <Popover
          trigger="click"
          placement="bottomRight"
          open={isOpen}
          onOpenChange={setOpen}
          destroyOnHidden
          content={<ConditionForm view={view} label={label} value={value} onChange={onChange} />}
        >
          <Button size="small" type="link" className="kit-link" aria-label={`改${label}`}>
            {value ? "改条件…" : "加条件…"}
          </Button>
        </Popover>
      )}
    </div>
  );
}

function ConditionForm({ view, label, value, onChange }: Pick<ConditionProps, "view" | "label" | "value" | "onChange">) {
  const found = termsOf(value);
  const facts = Object.entries(view.facts)
    .filter(([id]) => !id.includes("${"))
    .map(([id, hint]) => ({ value: id, label: hint.shown ? `${hint.title}（${hint.shown}）` : hint.title, has: hint.shown !== null }))
    .sort((a, b) => Number(b.has) - Number(a.has));
  const put = (terms: Term[], join = found?.join ?? "and") => onChange(conditionOf({ join, terms }));
  const set = (index: number, change: Partial<Term>) =>
    put(found!.terms.map((term, at) => (at === index ? { ...term, ...change } : term)));
  return (
    <div className="kit-condition-form" role="group" aria-label={label}>
      {found === null && <p className="kit-hint">这个条件比较复杂，只能改原文：{spoken(value, view)}。</p>}
      {found && found.terms.length > 1 && (
        <Select
          size="small"
          aria-label="几项的关系"
          value={found.join}
          options={[
            { value: "and", label: "下面各项都要成立" },
            { value: "or", label: "下面有一项成立即可" },
          ]}
          onChange={(join) => put(found.terms, join)}
        />
      )}
      {found?.terms.map((term, index) => (
        <div key={index} className="kit-term">
          <Select
            size="small"
            showSearch={{ optionFilterProp: "label" }}
            aria-label={`第 ${index + 1} 项的指标`}
            popupMatchSelectWidth={380}
            value={term.fact}
            options={facts.some((fact) => fact.value === term.fact) ? facts : [{ value: term.fact, label: titleOf(term.fact, view), has: true }, ...facts]}
            onChange={(fact) => set(index, { fact })}
          />
          <Select
            size="small"
            aria-label={`第 ${index + 1} 项怎样算成立`}
            style={{ width: 100 }}
            value={term.is}
            options={[...comparisons]}
            onChange={(is) => set(index, { is })}
          />
          {term.is !== "has" && term.is !== "lacks" && (
            <InputNumber
              size="small"
              aria-label={`第 ${index + 1} 项相比的数`}
              stringMode
              style={{ width: 90 }}
              value={term.value}
              onChange={(value) => set(index, { value: String(value ?? "") })}
            />
          )}
          <Button
            size="small"
            type="text"
            aria-label={`删除第 ${index + 1} 项`}
            icon={<DeleteOutlined />}
            onClick={() => put(found.terms.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {found && (
        <Button
          size="small"
          type="link"
          className="kit-link"
          icon={<PlusOutlined />}
          disabled={facts.length === 0}
          onClick={() => put([...found.terms, { fact: facts[0]!.value, is: "has", value: "" }])}
        >
          加一项
        </Button>
      )}
      <label className="kit-condition-source">
        <span className="quiet">高级：原文</span>
        <Input
          size="small"
          className="kit-code"
          aria-label={`${label}的原文`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
        />
      </label>
    </div>
  );
}
