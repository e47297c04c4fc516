import { Button } from "antd";
import { useRef } from "react";
import type { CheckNumbers } from "../../backend/bindings/CheckNumbers";
import type { CheckSpan } from "../../backend/bindings/CheckSpan";
import { classNotes, classWords, type NumberClass, numberClasses } from "./marks";

interface LedgerProps {
  numbers: CheckNumbers;
  classes: ReadonlySet<NumberClass>;
  onClasses: (classes: ReadonlySet<NumberClass>) => void;
  onShow: (place: CheckSpan) => void;
}

/** 数字台账: how many numbers are vouched for and how; a class that is pressed is marked in the text. */
export function Ledger({ numbers, classes, onClasses, onShow }: LedgerProps) {
  const last = useRef(-1);
  const toggle = (one: NumberClass) => {
    const next = new Set(classes);
    if (!next.delete(one)) next.add(one);
    last.current = -1;
    onClasses(next);
  };
  const next = () => {
    const marked = numbers.entries.filter((entry) => classes.has(entry.class));
    const entry = marked.find((entry) => entry.start > last.current) ?? marked[0];
    if (!entry) return;
    last.current = entry.start;
    onShow(entry);
  };
  return (
    <div className="check-ledger" role="group" aria-label="数字台账">
      <span>
        全文 <b className="num">{numbers.total}</b> 个数
      </span>
      {numberClasses.filter((one) => one !== "linked" || numbers.linked > 0).map((one) => (
        <button
          type="button"
          key={one}
          className={`check-class ${one}`}
          aria-pressed={classes.has(one)}
          title={`${classNotes[one]}。点一下在文中标出`}
          onClick={() => toggle(one)}
        >
          {classWords[one]} <b className="num">{numbers[one]}</b>
        </button>
      ))}
      {classes.size > 0 && (
        <Button size="small" type="text" onClick={next}>
          下一处
        </Button>
      )}
    </div>
  );
}
