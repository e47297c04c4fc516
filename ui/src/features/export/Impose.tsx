import { Form, InputNumber, Radio, Select } from "antd";
import type { Impose as Request } from "../../backend/bindings/Impose";

interface ImposeProps {
  value: Request | null;
  onChange: (value: Request | null) => void;
}

const layouts = [
  { value: "none", label: "不拼版", note: "一页一面，按原来的大小" },
  { value: "booklet", label: "骑马订小册子", note: "页序排好，对折装订；不足四的倍数补空白页" },
  { value: "two-up", label: "一面两页", note: "按阅读顺序并排，省纸" },
  { value: "duplex", label: "双面", note: "一面一页，末尾补足一张" },
] as const;

type Turn = "natural" | "long" | "short";
type Layout = (typeof layouts)[number]["value"];

/** 拼版: how pages come onto sheets of paper. */
export function Impose({ value, onChange }: ImposeProps) {
  const layout: Layout = value?.layout ?? "none";
  const change = (more: Partial<Request>) => value && onChange({ ...value, ...more });
  const isDouble = layout === "booklet" || layout === "two-up";
  const turn: Turn = value?.turn ?? "natural";
  return (
    <Form.Item
      label="拼版"
      {...(layout !== "none" && { extra: "拼好的文件供印刷：不带标签、书签和链接。打印时选“实际大小”，不要缩放。" })}
    >
      <Radio.Group
        className="choice"
        aria-label="拼版"
        value={layout}
        onChange={(event) => {
          const layout = event.target.value as Layout;
          onChange(layout === "none" ? null : { layout, sheet: value?.sheet ?? "a3", creep: layout === "booklet" ? (value?.creep ?? 0) : 0 });
        }}
        options={layouts.map(({ value, label, note }) => ({
          value,
          label: (
            <>
              {label}
              <span className="quiet">　{note}</span>
            </>
          ),
        }))}
      />
      {value && (
        <div className="impose">
          {isDouble && (
            <label>
              纸张
              <Select
                aria-label="纸张"
                value={value.sheet}
                onChange={(sheet) => change({ sheet })}
                options={[
                  { value: "a3", label: "A3" },
                  { value: "a4", label: "A4（缩小）" },
                ]}
              />
            </label>
          )}
          {layout === "booklet" && (
            <label>
              每张内移
              <InputNumber
                aria-label="每张内移"
                min={0}
                max={2}
                step={0.1}
                value={value.creep}
                onChange={(creep) => change({ creep: creep ?? 0 })}
                suffix="毫米"
              />
            </label>
          )}
          <label>
            双面打印
            <Select<Turn>
              aria-label="双面打印"
              value={turn}
              onChange={(turn) => {
                const { turn: _, ...rest } = value;
                onChange(turn === "natural" ? rest : { ...rest, turn });
              }}
              options={[
                { value: "natural", label: "按装订方向翻转" },
                { value: "long", label: "打印机沿长边翻转" },
                { value: "short", label: "打印机沿短边翻转" },
              ]}
            />
          </label>
        </div>
      )}
    </Form.Item>
  );
}
