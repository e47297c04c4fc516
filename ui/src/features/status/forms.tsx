import type { ChartKind } from "../../backend/bindings/ChartKind";

/** A table, or a kind of chart. */
export type Form = "table" | ChartKind;

export const formNames: Record<Form, string> = {
  table: "表格",
  bar: "柱形图",
  "horizontal-bar": "条形图",
  "grouped-bar": "簇状柱形图",
  "stacked-bar": "堆积柱形图",
  line: "折线图",
  area: "面积图",
  radar: "雷达图",
  heat: "热力表",
  tiles: "分区图块",
  ring: "环形图",
  "target-path": "目标路径",
};

const rects = (list: [number, number, number, number, number?][]) =>
  list.map(([x, y, width, height, opacity = 1], index) => (
    <rect key={index} x={x} y={y} width={width} height={height} opacity={opacity} fill="currentColor" />
  ));

const pictures: Record<Form, React.ReactNode> = {
  table: (
    <>
      {rects([[4, 4, 32, 3, 0.5], [4, 10, 20, 2], [30, 10, 6, 2], [4, 15, 16, 2], [30, 15, 6, 2], [4, 20, 22, 2], [30, 20, 6, 2]])}
    </>
  ),
  bar: <>{rects([[6, 6, 6, 18], [17, 11, 6, 13], [28, 15, 6, 9]])}</>,
  "horizontal-bar": <>{rects([[4, 4, 32, 5], [4, 12, 22, 5], [4, 20, 12, 5]])}</>,
  "grouped-bar": <>{rects([[4, 8, 5, 16], [10, 12, 5, 12, 0.5], [22, 5, 5, 19], [28, 14, 5, 10, 0.5]])}</>,
  "stacked-bar": <>{rects([[6, 14, 7, 10], [6, 5, 7, 8, 0.5], [17, 17, 7, 7], [17, 5, 7, 11, 0.5], [28, 11, 7, 13], [28, 5, 7, 5, 0.5]])}</>,
  line: <polyline points="4,21 14,13 24,16 36,5" fill="none" stroke="currentColor" strokeWidth="2" />,
  area: <polygon points="4,24 4,18 14,11 24,14 36,5 36,24" fill="currentColor" opacity="0.6" />,
  radar: (
    <>
      <polygon points="20,3 31,11 27,24 13,24 9,11" fill="none" stroke="currentColor" opacity="0.5" />
      <polygon points="20,7 27,12 24,20 15,22 12,12" fill="currentColor" opacity="0.6" />
    </>
  ),
  heat: (
    <>
      {rects([[4, 4, 10, 6], [15, 4, 10, 6, 0.6], [26, 4, 10, 6, 0.3], [4, 11, 10, 6, 0.6], [15, 11, 10, 6, 0.3], [26, 11, 10, 6, 0.8]])}
      {rects([[4, 18, 10, 6, 0.3], [15, 18, 10, 6, 0.8], [26, 18, 10, 6, 0.5]])}
    </>
  ),
  tiles: <>{rects([[4, 4, 15, 9], [21, 4, 15, 9, 0.6], [4, 15, 15, 9, 0.5], [21, 15, 15, 9, 0.3]])}</>,
  ring: (
    <>
      <circle cx="20" cy="14" r="8" fill="none" stroke="currentColor" strokeWidth="5" opacity="0.4" />
      <circle cx="20" cy="14" r="8" fill="none" stroke="currentColor" strokeWidth="5" strokeDasharray="20 31" />
    </>
  ),
  "target-path": <polyline points="4,22 15,17 26,11 36,5" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2" />,
};

interface FormPickerProps {
  forms: readonly Form[];
  value: Form | null;
  onChoose: (form: Form) => void;
  label: string;
}

/** Forms as small pictures; the arrow keys move between them. */
export function FormPicker({ forms, value, onChoose, label }: FormPickerProps) {
  const move = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined || value === null) return;
    event.preventDefault();
    const next = (forms.indexOf(value) + step + forms.length) % forms.length;
    const form = forms[next];
    if (form === undefined) return;
    onChoose(form);
    event.currentTarget.querySelectorAll<HTMLButtonElement>("button")[next]?.focus();
  };
  return (
    <div className="forms" role="radiogroup" aria-label={label} onKeyDown={move}>
      {forms.map((form) => (
        <button
          key={form}
          type="button"
          role="radio"
          aria-checked={form === value}
          tabIndex={form === value || (value === null && form === forms[0]) ? 0 : -1}
          className="form"
          onClick={() => onChoose(form)}
        >
          <svg viewBox="0 0 40 28" width="40" height="28" aria-hidden="true">
            {pictures[form]}
          </svg>
          {formNames[form]}
        </button>
      ))}
    </div>
  );
}
