import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Popover, Select, Tooltip } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import type { KitView } from "../../backend/bindings/KitView";
import type { Rendered } from "../../backend/bindings/Rendered";
import type { SentencePart } from "../../backend/bindings/SentencePart";
import { FieldMessages } from "./Line";
import { spoken } from "./parts";

const roles = [
  { value: "claim", label: "定性" },
  { value: "evidence", label: "数据" },
  { value: "structure", label: "结构" },
  { value: "counter", label: "反证" },
  { value: "impact", label: "影响" },
];

interface SentencesProps {
  view: KitView;
  value: SentencePart[];
  onChange: (value: SentencePart[]) => void;
  rendered: Rendered[];
  editable: boolean;
  /** Sentences of a rule say what they do. */
  withRoles: boolean;
}

/** Sentences in their wordings, each with what it says now. */
export function Sentences({ view, value, onChange, rendered, editable, withRoles }: SentencesProps) {
  const set = (index: number, change: Partial<SentencePart>) =>
    onChange(value.map((sentence, at) => (at === index ? { ...sentence, ...change } : sentence)));
  const move = (index: number) => {
    const next = [...value];
    [next[index - 1], next[index]] = [next[index]!, next[index - 1]!];
    onChange(next);
  };
  return (
    <div className="kit-sentences">
      {value.map((sentence, index) => (
        <section key={index} className="kit-sentence" aria-label={`第 ${index + 1} 句`}>
          <header>
            <span className="quiet num">第 {index + 1} 句</span>
            {withRoles && (
              <Select
                size="small"
                aria-label="作用"
                value={sentence.role}
                options={roles}
                onChange={(role) => set(index, { role })}
                style={{ width: 84 }}
              />
            )}
            <Input
              size="small"
              aria-label="写这句的条件"
              className="kit-code"
              value={sentence.when}
              placeholder="有数据就写（可加条件）"
              onChange={(event) => set(index, { when: event.target.value })}
              spellCheck={false}
            />
            {editable && (
              <>
                <Tooltip title="上移">
                  <Button
                    size="small"
                    type="text"
                    aria-label="上移"
                    icon={<ArrowUpOutlined />}
                    disabled={index === 0}
                    onClick={() => move(index)}
                  />
                </Tooltip>
                <Tooltip title="删除这句">
                  <Button
                    size="small"
                    type="text"
                    aria-label="删除这句"
                    icon={<DeleteOutlined />}
                    onClick={() => onChange(value.filter((_, at) => at !== index))}
                  />
                </Tooltip>
              </>
            )}
          </header>
          {sentence.when && <div className="kit-hint">条件：{spoken(sentence.when, view)}</div>}
          <FieldMessages field={`sentence.${index}.when`} />
          <FieldMessages field={`sentence.${index}`} />
          {sentence.any.map((text, at) => (
            <Pattern
              key={at}
              view={view}
              field={`sentence.${index}.any.${at}`}
              label={`第 ${index + 1} 句的写法 ${at + 1}`}
              value={text}
              rendered={rendered}
              editable={editable}
              onChange={(next) => set(index, { any: sentence.any.map((t, i) => (i === at ? next : t)) })}
              {...(sentence.any.length > 1 && {
                onRemove: () => set(index, { any: sentence.any.filter((_, i) => i !== at) }),
              })}
            />
          ))}
          {editable && (
            <Button
              size="small"
              type="link"
              icon={<PlusOutlined />}
              onClick={() => set(index, { any: [...sentence.any, ""] })}
            >
              加一种写法
            </Button>
          )}
        </section>
      ))}
      {editable && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...value, { role: withRoles ? "evidence" : null, when: "", any: [""] }])}
        >
          加一句
        </Button>
      )}
    </div>
  );
}

interface PatternProps {
  view: KitView;
  field: string;
  label: string;
  value: string;
  rendered: Rendered[];
  editable: boolean;
  onChange: (value: string) => void;
  onRemove?: () => void;
  id?: string;
}

/** A sentence pattern with what it says in this project, and a way to put a number into it. */
export function Pattern({ view, field, label, value, rendered, editable, onChange, onRemove, id }: PatternProps) {
  const area = useRef<TextAreaRef>(null);
  const [isPicking, setPicking] = useState(false);
  const says = rendered.find((one) => one.field === field);
  const insert = (fact: string) => {
    setPicking(false);
    const box = area.current?.resizableTextArea?.textArea;
    const at = box?.selectionStart ?? value.length;
    const end = box?.selectionEnd ?? at;
    onChange(`${value.slice(0, at)}{{ f('${fact}') }}${value.slice(end)}`);
    box?.focus();
  };
  return (
    <div className="kit-pattern">
      <div className="kit-pattern-row">
        <Input.TextArea
          ref={area}
          {...(id !== undefined && { id })}
          aria-label={label}
          className="kit-code"
          autoSize={{ minRows: 1, maxRows: 10 }}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
        />
        {editable && (
          <div className="kit-pattern-acts">
            <Popover
              trigger="click"
              placement="bottomRight"
              open={isPicking}
              onOpenChange={setPicking}
              destroyOnHidden
              content={<FactPicker view={view} onPick={insert} />}
            >
              <Button size="small" type="text">
                插入数值
              </Button>
            </Popover>
            {onRemove && (
              <Button size="small" type="text" aria-label="删除这种写法" icon={<DeleteOutlined />} onClick={onRemove} />
            )}
          </div>
        )}
      </div>
      <FieldMessages field={field} />
      {says?.text && (
        <div className="kit-says selectable">
          <span className="quiet">现印作</span> {says.text}
        </div>
      )}
      {says?.lacks && <div className="kit-says quiet">{says.lacks}</div>}
    </div>
  );
}

/** Facts by title, with their values. */
function FactPicker({ view, onPick }: { view: KitView; onPick: (id: string) => void }) {
  const [words, setWords] = useState("");
  const field = useRef<InputRef>(null);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = Object.entries(view.facts)
    .filter(([id, hint]) => !id.includes("${") && wanted.every((word) => `${id} ${hint.title}`.toLowerCase().includes(word)))
    .sort(([, a], [, b]) => Number(b.shown !== null) - Number(a.shown !== null))
    .slice(0, 60);
  return (
    <div className="kit-picker">
      <Input
        ref={field}
        autoFocus
        aria-label="找指标"
        placeholder="按名称找指标"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="kit-picker-list" role="listbox" aria-label="指标">
        {found.map(([id, hint]) => (
          <button key={id} type="button" role="option" aria-selected={false} onClick={() => onPick(id)}>
            <span>{hint.title}</span>
            <span className="quiet num">{hint.shown ?? "无数据"}</span>
          </button>
        ))}
        {found.length === 0 && <div className="quiet kit-none">没有这样的指标</div>}
      </div>
    </div>
  );
}
