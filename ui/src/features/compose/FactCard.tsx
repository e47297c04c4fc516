import { Button } from "antd";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { FactNote } from "../../backend/bindings/FactNote";

interface FactCardProps {
  /** Where chips are; one card serves all of them. */
  within: RefObject<HTMLElement | null>;
  facts: Readonly<Record<string, FactNote | undefined>>;
  onRows: (fact: string, chip: HTMLElement) => void;
}

/** What a number is made of, shown while the pointer rests on it. */
export function FactCard({ within, facts, onRows }: FactCardProps) {
  const [shown, setShown] = useState<{ id: string; chip: HTMLElement; x: number; y: number; above: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const box = within.current;
    if (!box) return;
    const over = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const chip = target?.closest<HTMLElement>("[data-fact]");
      clearTimeout(timer.current);
      if (target?.closest(".fact-card")) return;
      if (!chip) {
        timer.current = setTimeout(() => setShown(null), 200);
        return;
      }
      timer.current = setTimeout(() => {
        // The text may have been drawn anew meanwhile.
        if (!chip.isConnected) return;
        const { left, top, bottom } = chip.getBoundingClientRect();
        const above = bottom > window.innerHeight - 260;
        const id = chip.dataset.fact ?? "";
        setShown({ id, chip, x: Math.min(left, window.innerWidth - 380), y: above ? top - 6 : bottom + 6, above });
      }, 300);
    };
    const away = () => {
      clearTimeout(timer.current);
      setShown(null);
    };
    box.addEventListener("mouseover", over);
    box.addEventListener("scroll", away, true);
    // Leaving the text, writing in it or opening it: a card that stays covers what is read next.
    box.addEventListener("mouseleave", away);
    box.addEventListener("keydown", away);
    const press = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest(".fact-card"))) away();
    };
    box.addEventListener("mousedown", press);
    window.addEventListener("blur", away);
    return () => {
      clearTimeout(timer.current);
      box.removeEventListener("mouseover", over);
      box.removeEventListener("scroll", away, true);
      box.removeEventListener("mouseleave", away);
      box.removeEventListener("keydown", away);
      box.removeEventListener("mousedown", press);
      window.removeEventListener("blur", away);
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
      <Button size="small" type="link" onMouseDown={(event) => event.preventDefault()} onClick={() => onRows(shown.id, shown.chip)}>
        查看背后的记录
      </Button>
    </div>
  );
}
