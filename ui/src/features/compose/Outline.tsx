import { CaretDownOutlined, CaretRightOutlined } from "@ant-design/icons";
import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { type Entry, numberOf } from "./outline";

interface OutlineProps {
  entries: Entry[];
  current: string | null;
  onGo: (id: string) => void;
}

/** Chapters and sections with what was changed in them. Arrow keys walk, Enter goes there. */
export const Outline = memo(function Outline({ entries, current, onGo }: OutlineProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLUListElement>(null);

  const shown = useMemo(() => {
    const out: (Entry & { hasInner: boolean; isOpen: boolean })[] = [];
    let hiddenBelow = Infinity;
    entries.forEach((entry, at) => {
      if (entry.level > hiddenBelow) {
        // Marks of what is folded away show at its heading.
        const fold = out.at(-1);
        if (fold) for (const mark of ["edited", "stale", "own"] as const) fold[mark] += entry[mark];
        return;
      }
      const isOpen = !closed.has(entry.id);
      hiddenBelow = isOpen ? Infinity : entry.level;
      out.push({ ...entry, isOpen, hasInner: (entries[at + 1]?.level ?? 0) > entry.level });
    });
    return out;
  }, [entries, closed]);

  const fold = (id: string, close: boolean) =>
    setClosed((before) => {
      const after = new Set(before);
      if (close) after.add(id);
      else after.delete(id);
      return after;
    });
  const press = (event: KeyboardEvent, entry: (typeof shown)[number]) => {
    const list = [...(tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
    const at = list.indexOf(event.currentTarget as HTMLElement);
    if (event.key === "ArrowDown") list[at + 1]?.focus();
    else if (event.key === "ArrowUp") list[at - 1]?.focus();
    else if (event.key === "ArrowRight" && entry.hasInner) fold(entry.id, false);
    else if (event.key === "ArrowLeft" && entry.hasInner) fold(entry.id, true);
    else if (event.key === "Enter") onGo(entry.id);
    else return;
    event.preventDefault();
  };
  const mark = (kind: "edited" | "stale" | "own", name: string, n: number) =>
    n > 0 && (
      <span className={`outline-mark ${kind}`} title={`${name} ${n} 处`} aria-label={`${name} ${n} 处`}>
        {kind === "stale" ? `复核${n}` : kind === "own" ? `自写${n}` : `改${n}`}
      </span>
    );
  return (
    <ul className="outline" role="tree" aria-label="提纲" ref={tree}>
      {shown.map((entry, at) => (
        <li
          key={entry.id}
          role="treeitem"
          aria-level={entry.level}
          aria-expanded={entry.hasInner ? entry.isOpen : undefined}
          aria-selected={entry.id === current}
          tabIndex={entry.id === current || (current === null && at === 0) ? 0 : -1}
          style={{ paddingLeft: 6 + (entry.level - 1) * 14 }}
          onClick={() => onGo(entry.id)}
          onKeyDown={(event) => press(event, entry)}
        >
          <span
            className="outline-fold"
            onClick={(event) => {
              if (!entry.hasInner) return;
              event.stopPropagation();
              fold(entry.id, entry.isOpen);
            }}
          >
            {entry.hasInner && (entry.isOpen ? <CaretDownOutlined /> : <CaretRightOutlined />)}
          </span>
          <span className="outline-title" title={numberOf(entry) + entry.title}>
            {numberOf(entry)}
            {entry.title}
          </span>
          {mark("stale", "需复核", entry.stale)}
          {mark("edited", "已改", entry.edited)}
          {mark("own", "自写", entry.own)}
        </li>
      ))}
    </ul>
  );
});
