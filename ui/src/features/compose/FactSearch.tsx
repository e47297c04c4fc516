import { Input, Select } from "antd";
import { type KeyboardEvent, useEffect, useState } from "react";
import { call, useRead } from "../../backend";
import type { FactOut } from "../../backend/bindings/FactOut";
import type { Inline } from "../../backend/bindings/Inline";
import type { ShownForm } from "../../backend/bindings/ShownForm";
import { asBackendError } from "../../backend/error";
import { Dialog } from "../../components/Dialog";
import { isInputMethod } from "../../components/keys";
import { tell } from "../../components/tell";

interface FactSearchProps {
  open: boolean;
  onPick: (content: Inline[]) => void;
  onClose: () => void;
}

type Form = ShownForm["form"];
const formNames: Partial<Record<Form, string>> = {
  value: "数值",
  magnitude: "数值（不带负号）",
  base: "有效记录数",
  missing: "缺失数",
};

/** 插入数字: the search over everything computed; what is picked goes into the text as a live number. */
export function FactSearch({ open, onPick, onClose }: FactSearchProps) {
  return (
    <Dialog open={open} onCancel={onClose} footer={null} title="插入数字" width={600} style={{ top: 72 }} transitionName="" maskTransitionName="">
      <Search onPick={onPick} onClose={onClose} />
    </Dialog>
  );
}

function Search({ onPick, onClose }: Omit<FactSearchProps, "open">) {
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState("");
  const [form, setForm] = useState<Form>("value");
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), 120);
    return () => clearTimeout(timer);
  }, [words]);
  const found = useRead("search_facts", { words: asked }, { keepPrevious: true }).data ?? [];

  const choose = async (fact: FactOut | undefined) => {
    if (!fact) return;
    try {
      const forms = await call("fact_forms", { target: fact.id });
      const shown = forms.find((shown) => shown.form === form) ?? forms[0];
      if (!shown) return;
      onClose();
      const number: Inline = {
        t: "fact",
        v: shown.v,
        id: fact.id,
        ...(shown.form === "value" ? {} : { form: shown.form }),
        ...(shown.unit === "" ? {} : { unit: shown.unit }),
      };
      onPick(shown.unit === "" ? [number] : [number, { t: "text", v: shown.unit }]);
    } catch (thrown) {
      tell.failure(asBackendError(thrown));
    }
  };
  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event)) return;
    if (event.key === "ArrowDown") setAt((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt((at) => Math.max(at - 1, 0));
    else if (event.key === "Enter") void choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={press}>
      <div className="fact-search">
        <Input
          aria-label="查找数字"
          placeholder="输入指标名称中的几个词，用空格隔开"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
        />
        <Select<Form>
          aria-label="插入哪个数"
          value={form}
          onChange={setForm}
          options={Object.entries(formNames).map(([value, label]) => ({ value: value as Form, label }))}
        />
      </div>
      <div className="fact-list" role="listbox" aria-label="找到的数字">
        {found.map((fact, index) => (
          <button
            type="button"
            key={fact.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseMove={() => setAt(index)}
            onClick={() => void choose(fact)}
          >
            <span className="fact-name">{fact.title}</span>
            <span className="quiet num">n={fact.n ?? "—"}</span>
            <b className="num">
              {fact.value}
              {fact.unit}
            </b>
          </button>
        ))}
        {found.length === 0 && <p className="quiet fact-none">没有找到。换几个词试试，或先在“数据”里导入。</p>}
      </div>
    </div>
  );
}
