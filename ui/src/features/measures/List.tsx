import { useEffect, useState } from "react";
import type { MeasuresView } from "../../backend/bindings/MeasuresView";
import type { MeasureView } from "../../backend/bindings/MeasureView";
import { useAct } from "../../backend";
import { isInputMethod } from "../../components/keys";
import { entryId, showEntry } from "../../components/listbox";
import { useNavigation } from "../../components/navigation";
import { Fields } from "./Fields";
import { lacks, themeGroups } from "./matrix";

/** Measures by theme at the left, the fields of the chosen one at the right. */
export function List({ view }: { view: MeasuresView }) {
  const { place } = useNavigation();
  const wanted = place.stage === "measures" ? place.focus : undefined;
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(wanted ?? null), [wanted]);
  const [all, setAll] = useState(false);
  const reorder = useAct("reorder");
  const groups = themeGroups(view, all);
  const shown = groups.flatMap((g) => [...g.told, ...g.others]);
  const known = (id: string | null | undefined) => view.measures.find((m) => m.id === id);
  const current = known(chosen ?? wanted) ?? shown[0];
  // What is looked at stays so when an act moves it.
  const shownId = current?.id;
  useEffect(() => {
    if (chosen === null && shownId !== undefined) setChosen(shownId);
  }, [chosen, shownId]);
  const group = groups.find((g) => g.told.some((m) => m.id === current?.id));
  const order = group?.told.map((m) => m.id) ?? [];

  const move = (step: number) => {
    if (!current || reorder.isPending) return;
    const at = order.indexOf(current.id);
    const to = at + step;
    if (at < 0 || to < 0 || to >= order.length) return;
    const rest = order.filter((id) => id !== current.id);
    reorder.mutate({ ids: [...rest.slice(0, to), current.id, ...rest.slice(to)] });
  };
  const keys = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !current || isInputMethod(event)) return;
    event.preventDefault();
    if (event.altKey) return move(step);
    const next = shown[shown.findIndex((m) => m.id === current.id) + step];
    if (!next) return;
    setChosen(next.id);
    showEntry(event.currentTarget, next.id);
  };

  return (
    <div className="judge">
      <div className="judge-side">
        <div className="judge-list" role="listbox" aria-label="对策" tabIndex={0} data-first aria-activedescendant={current ? entryId(current.id) : undefined} onKeyDown={keys}>
          {groups.map((g) => (
            <div key={g.id} role="group" aria-label={g.heading}>
              <div className="judge-group">{g.heading}</div>
              {[...g.told, ...g.others].map((m) => (
                <Entry key={m.id} measure={m} selected={m.id === current?.id} onSelect={() => setChosen(m.id)} view={view} />
              ))}
            </div>
          ))}
          {shown.length === 0 && <p className="measures-none quiet">还没有对策。先在“问题”里采用问题，这里按问题配对策。</p>}
        </div>
        <button type="button" className="measures-all" aria-pressed={all} onClick={() => setAll(!all)}>
          {all ? "只看与问题对应的对策" : `显示套件的全部 ${view.measures.length} 条对策`}
        </button>
      </div>
      <div className="judge-main">
        {current && <Fields measure={current} view={view} place={order.indexOf(current.id)} last={order.length - 1} onMove={move} />}
      </div>
    </div>
  );
}

interface EntryProps {
  measure: MeasureView;
  view: MeasuresView;
  selected: boolean;
  onSelect: () => void;
}

function Entry({ measure: m, view, selected, onSelect }: EntryProps) {
  const answers = view.findings.filter((f) => m.answers.includes(f.id)).map((f) => `（${f.number}）`);
  const lacking = m.included ? lacks(m) : [];
  const state =
    m.status === "rejected" ? "不采用" : m.included ? (m.status === "accepted" ? "已接受" : "建议") : "备选";
  return (
    <div
      role="option"
      aria-selected={selected}
      id={entryId(m.id)}
      data-id={m.id}
      className={m.included ? "judge-entry measures-entry" : "judge-entry measures-entry out"}
      onClick={onSelect}
    >
      <span className="measures-title">{m.title}</span>
      <span className={m.included ? "tag strong" : "tag"}>{state}</span>
      <span className="judge-note">
        {answers.length > 0 ? `回应${answers.join("")}` : m.included ? <span className="measures-gap">没有对应的问题</span> : "未对应报告中的问题"}
        {"　"}
        {m.lead.join("、")}
      </span>
      <span className="judge-note">{lacking.length > 0 && <span className="measures-gap">缺{lacking.join("、")}</span>}</span>
    </div>
  );
}
