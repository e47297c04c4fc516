import { Button } from "antd";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { FactNote } from "../../backend/bindings/FactNote";

interface FactCardProps {
  /** Where chips are; one card serves all of them. */
  within: RefObject<HTMLElement | null>;
  facts: Readonly<Record<string, FactNote | undefined>>;
  onRows: (fact: string) => void;
}

/** What a number is made of, shown while the pointer rests on it. */
export function FactCard({ within, facts, onRows }: FactCardProps) {
  const [shown, setShown] = useState<{ id: string; x: number; y: number; above: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const box = within.current;
    if (!box) return;
    const over = (event: MouseEvent) => {
      const chip = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-fact]") : null;
      clearTimeout(timer.current);
      if (!chip) {
        timer.current = setTimeout(() => setShown(null), 200);
        return;
      }
      timer.current = setTimeout(() => {
        const { left, top, bottom } = chip.getBoundingClientRect();
        const above = bottom > window.innerHeight - 260;
        const id = chip.dataset.fact ?? "";
        setShown({ id, x: Math.min(left, window.innerWidth - 380), y: above ? top - 6 : bottom + 6, above });
      }, 300);
    };
    const away = () => {
      clearTimeout(timer.current);
      setShown(null);
    };
    box.addEventListener("mouseover", over);
    box.addEventListener("scroll", away, true);
    box.addEventListener("keydown", away);
    return () => {
      clearTimeout(timer.current);
      box.removeEventListener("mouseover", over);
      box.removeEventListener("scroll", away, true);
      box.removeEventListener("keydown", away);
    };
  }, [within]);

  const fact = shown && facts[shown.id];
  if (!shown || !fact) return null;
  const lines: [string, string | null][] = [
    ["算法", fact.formula],
    ["有效记录", fact.n === null ? null : `${fact.n}`],
    ["缺失", fact.missing === null ? null : `${fact.missing}`],
    ["来源", fact.source],
    ["截至", fact.as_of],
  ];
  return (
    <div
      className="fact-card"
      role="tooltip"
      style={{ left: shown.x, ...(shown.above ? { bottom: window.innerHeight - shown.y } : { top: shown.y }) }}
      onMouseEnter={() => clearTimeout(timer.current)}
      onMouseLeave={() => setShown(null)}
    >
      <div className="fact-title">{fact.title}</div>
      <div className="fact-value num">
        {fact.value}
        <span>{fact.unit}</span>
      </div>
      <dl>
        {lines.map(([name, text]) =>
          text ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Button size="small" type="link" onMouseDown={(event) => event.preventDefault()} onClick={() => onRows(shown.id)}>
        查看背后的记录
      </Button>
    </div>
  );
}
