import { BarChartOutlined, SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useRead } from "../../backend";
import type { IndicatorEntry } from "../../backend/bindings/IndicatorEntry";
import { DoubtMark } from "../../components/Doubts";
import { useHandle } from "../../components/handlers";
import { entryId, showEntry } from "../../components/listbox";
import { useNavigation } from "../../components/navigation";
import { NotYet } from "../../components/NotYet";
import { Page } from "../../components/Page";
import { Detail } from "./Detail";
import "../../components/judge.css";
import "./status.css";

/** 现状: indicators by dataset at the left, the chosen one at the right. `focus` names an indicator or one of its facts. */
export default function StatusPage() {
  const { place } = useNavigation();
  const wanted = place.stage === "status" ? place.focus : undefined;
  const [words, setWords] = useState("");
  const asked = useDeferredValue(words.trim());
  const search = useRef<InputRef>(null);
  useHandle("find", () => search.current?.focus({ cursor: "all" }));
  const read = useRead("facts_overview", { words: asked }, { keepPrevious: true });
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(null), [wanted]);
  const owner = useRead("fact", { fact: wanted ?? "" }, { enabled: wanted !== undefined });

  const overview = read.data;
  if (!overview) {
    return (
      <Page title="现状">
        <NotYet error={read.error} icon={<BarChartOutlined />} onRetry={() => void read.refetch()}>
          导入台账、问卷或指标表后，这里按数据列出各项指标。
        </NotYet>
      </Page>
    );
  }
  const entries = overview.groups.flatMap((group) => group.indicators);
  const ids = entries.map((entry) => entry.indicator.id);
  const current = chosen ?? (wanted && ids.includes(wanted) ? wanted : owner.data?.indicator) ?? ids[0] ?? null;
  const inReport = entries.filter((entry) => entry.drawn + entry.told > 0).length;

  const move = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const at = current === null ? -1 : ids.indexOf(current);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    const id = next === undefined ? undefined : ids[next];
    if (id === undefined) return;
    event.preventDefault();
    setChosen(id);
    showEntry(event.currentTarget, id);
  };

  return (
    <Page
      title="现状"
      note={`共 ${overview.total} 项指标${asked ? `，找到 ${overview.found} 项` : ""}；其中 ${inReport} 项已用于报告`}
      flush
    >
      <div className="judge">
        <div className="judge-side">
          <div className="judge-search">
            <Input
              ref={search}
              allowClear
              value={words}
              prefix={<SearchOutlined className="quiet" />}
              placeholder="查找指标、分组或数值"
              aria-label="查找指标"
              onChange={(event) => setWords(event.target.value)}
            />
          </div>
          <div className="judge-list" role="listbox" aria-label="指标" tabIndex={0} data-first aria-activedescendant={current ? entryId(current) : undefined} onKeyDown={move}>
            {overview.groups.map((group) => (
              <div key={group.id} role="group" aria-label={group.title || "综合测算"}>
                <div className="judge-group">
                  {group.title || "综合测算"}　<span className="num">{group.indicators.length}</span>
                </div>
                {group.indicators.map((entry) => (
                  <Entry
                    key={entry.indicator.id}
                    entry={entry}
                    selected={entry.indicator.id === current}
                    onSelect={() => setChosen(entry.indicator.id)}
                  />
                ))}
              </div>
            ))}
            {entries.length === 0 && <p className="status-none quiet">没有找到“{asked}”。可以少写几个字，或按分组名称查找。</p>}
          </div>
        </div>
        <div className="judge-main">{current !== null && <Detail indicator={current} />}</div>
      </div>
    </Page>
  );
}

const kindNames: Record<IndicatorEntry["indicator"]["kind"], string> = {
  single: "数值",
  distribution: "分布",
  grouped: "分组",
  crosstab: "交叉",
  "multi-choice": "多选",
  scale: "量表",
};

function Entry({ entry, selected, onSelect }: { entry: IndicatorEntry; selected: boolean; onSelect: () => void }) {
  const { indicator: line } = entry;
  const used = [
    entry.drawn > 0 && `${entry.drawn} 图表`,
    entry.told > 0 && `${entry.told} 处文字`,
    entry.hidden > 0 && `${entry.hidden} 处已移出`,
  ].filter((text) => text !== false);
  return (
    <div
      role="option"
      aria-selected={selected}
      id={entryId(line.id)}
      data-id={line.id}
      className="judge-entry status-entry"
      onClick={onSelect}
    >
      <span className="status-title">
        {line.title}
        {line.by !== null && `（按${line.by}）`}
        {line.apart !== null && <span className="quiet">　{line.apart}</span>}
      </span>
      <span className="status-shown num">{line.shown ?? (line.groups > 0 ? `${line.groups} 组` : "")}</span>
      <span className="judge-note">
        {kindNames[line.kind]}
        {line.n !== null && `　n=${line.n}`}
        {line.missing !== null && line.missing > 0 && `　缺失 ${line.missing}`}
      </span>
      <span className={used.length > 0 ? "status-used" : "judge-note status-used"}>{used.join("，") || "未用"}</span>
      {entry.doubts > 0 && <DoubtMark count={entry.doubts} />}
    </div>
  );
}
