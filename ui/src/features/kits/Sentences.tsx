import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Popover, Select, Tooltip } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import type { KitView } from "../../backend/bindings/KitView";
import type { Rendered } from "../../backend/bindings/Rendered";
import type { SentencePart } from "../../backend/bindings/SentencePart";
import { Condition } from "./Condition";
import { FieldMessages } from "./Line";
import { type Chosen, MarkEditor, type MarkEditorHandle } from "./MarkEditor";
import { factOf, hasMarks, isMark, isWhole, withFact } from "./pattern";

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
            <Condition
              view={view}
              label="写这句的条件"
              none="有数据就写"
              value={sentence.when}
              editable={editable}
              onChange={(when) => set(index, { when })}
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

/** A sentence pattern with what it says in this project, and a way to put a number or a condition into it. */
export function Pattern({ view, field, label, value, rendered, editable, onChange, onRemove, id }: PatternProps) {
  const area = useRef<TextAreaRef>(null);
  const marks = useRef<MarkEditorHandle>(null);
  const [picking, setPicking] = useState<"number" | "condition" | null>(null);
  const [isSource, setSource] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const says = rendered.find((one) => one.field === field);
  // What cannot stand as a sentence, a mark without its other half, is mended as it is written.
  const isSentence = !isSource && hasMarks(value) && isWhole(value);

  const insert = (fact: string) => {
    const isCondition = picking === "condition";
    setPicking(null);
    const [before, after] = isCondition ? [`{% if has('${fact}') %}`, "{% endif %}"] : [`{{ f('${fact}') }}`];
    if (isSentence) return marks.current?.insert(before!, after);
    const box = area.current?.resizableTextArea?.textArea;
    const at = box?.selectionStart ?? value.length;
    const end = box?.selectionEnd ?? at;
    const inner = after === undefined ? "" : `${value.slice(at, end) || "…"}${after}`;
    onChange(`${value.slice(0, at)}${before}${inner}${value.slice(end)}`);
    box?.focus();
  };
  const picker = (kind: "number" | "condition", title: string, tip: string) => (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={picking === kind}
      onOpenChange={(open) => setPicking(open ? kind : null)}
      destroyOnHidden
      content={<FactPicker view={view} onPick={insert} />}
    >
      <Button size="small" type="text" title={tip}>
        {title}
      </Button>
    </Popover>
  );
  return (
    <div className="kit-pattern">
      <div className="kit-pattern-row">
        {isSentence ? (
          <MarkEditor ref={marks} view={view} label={label} value={value} editable={editable} onChange={onChange} onChoose={setChosen} />
        ) : (
          <Input.TextArea
            ref={area}
            {...(id !== undefined && { id })}
            aria-label={label}
            className={hasMarks(value) ? "kit-code" : ""}
            autoSize={{ minRows: 1, maxRows: 10 }}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            spellCheck={false}
          />
        )}
        {editable && onRemove && (
          <Button size="small" type="text" aria-label="删除这种写法" icon={<DeleteOutlined />} onClick={onRemove} />
        )}
      </div>
      {isSentence && editable && chosen && <ChosenMark key={chosen.source} view={view} chosen={chosen} />}
      <FieldMessages field={field} />
      {says?.text && says.text !== value.trim() && (
        <div className="kit-says selectable">
          <span className="quiet">现印作</span> {says.text}
        </div>
      )}
      {says?.lacks && <div className="kit-says quiet">{says.lacks}</div>}
      <div className="kit-pattern-acts">
        {editable && picker("number", "插入数值", "在光标处插入一个由程序填写的数")}
        {editable && picker("condition", "插入条件", "选中的文字只在有某项指标时才写")}
        {hasMarks(value) && (
          <Button size="small" type="text" aria-pressed={isSource} onClick={() => setSource(!isSource)} title="供熟悉句式写法的人直接改">
            {isSource ? "按句子看" : "高级：看原文"}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What the selected mark of a sentence stands for, and ways to change it. */
function ChosenMark({ view, chosen }: { view: KitView; chosen: Chosen }) {
  const [source, setSource] = useState(chosen.source);
  const [isPicking, setPicking] = useState(false);
  const fact = factOf(chosen.source);
  const shown = fact === null ? null : view.facts[fact]?.shown;
  return (
    <div className="kit-chosen" role="group" aria-label="选中的标记">
      <span>
        {chosen.label || "到此为止"}
        {shown && <span className="quiet num"> 现值 {shown}</span>}
      </span>
      {fact !== null && (
        <Popover
          trigger="click"
          placement="bottomLeft"
          open={isPicking}
          onOpenChange={setPicking}
          destroyOnHidden
          content={
            <FactPicker
              view={view}
              onPick={(id) => {
                setPicking(false);
                chosen.replace(withFact(chosen.source, id));
              }}
            />
          }
        >
          <Button size="small">换成别的指标…</Button>
        </Popover>
      )}
      <Input
        size="small"
        className="kit-code"
        aria-label="标记的原文"
        value={source}
        spellCheck={false}
        status={isMark(source) ? "" : "error"}
        onChange={(event) => setSource(event.target.value)}
        onBlur={() => isMark(source) && source !== chosen.source && chosen.replace(source)}
        onPressEnter={() => isMark(source) && chosen.replace(source)}
      />
    </div>
  );
}

/** Facts by title, with their values. */
export function FactPicker({ view, onPick }: { view: KitView; onPick: (id: string) => void }) {
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
