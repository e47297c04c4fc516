import { WarningOutlined } from "@ant-design/icons";
import { Button, Drawer, Tag } from "antd";
import { useEffect, useState } from "react";
import { useAct, useRead } from "../../backend";
import type { FindingsView } from "../../backend/bindings/FindingsView";
import type { FindingView } from "../../backend/bindings/FindingView";
import { DoubtMark } from "../../components/Doubts";
import { isInputMethod } from "../../components/keys";
import { entryId, showEntry } from "../../components/listbox";
import { useNavigation } from "../../components/navigation";
import { NotYet } from "../../components/NotYet";
import { Page } from "../../components/Page";
import { useIsWritable, Writes } from "../../components/writing";
import { Criteria } from "./Criteria";
import { Detail } from "./Detail";
import { Headings } from "./Headings";
import { moved, placed } from "./order";
import "../../components/judge.css";
import "./findings.css";

/** 问题: findings in the order of the report at the left, the chosen one with its evidence at the right. */
export default function FindingsPage() {
  const read = useRead("findings", null);
  if (!read.data) {
    return (
      <Page title="问题">
        <NotYet error={read.error} icon={<WarningOutlined />} onRetry={() => void read.refetch()}>
          导入数据后，这里按程度列出发现的问题，每个问题附证据与反证。
        </NotYet>
      </Page>
    );
  }
  return <Findings view={read.data} />;
}

type Panel = "headings" | "criteria" | null;

function Findings({ view }: { view: FindingsView }) {
  const { place } = useNavigation();
  const wanted = place.stage === "findings" ? place.focus : undefined;
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(wanted ?? null), [wanted]);
  const [panel, setPanel] = useState<Panel>(null);
  const [showLacking, setShowLacking] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const isWritable = useIsWritable();
  const reorder = useAct("reorder");

  const told = view.findings.filter((f) => f.included);
  const merged = view.findings.filter((f) => f.merged_into !== null);
  const rest = view.findings.filter((f) => !f.included && f.merged_into === null);
  const candidates = rest.filter((f) => f.status === "suggested" || f.status === "accepted");
  const rejected = rest.filter((f) => f.status === "rejected");
  const lacking = rest.filter((f) => f.status === "insufficient");
  const slight = rest.filter((f) => f.status === "below");
  const groups: [string, FindingView[]][] = [
    [`写入报告（${told.length}）`, told],
    [`并入其他问题（${merged.length}）`, merged],
    [`可写而未写入（${candidates.length}）`, candidates],
    [`不采用（${rejected.length}）`, rejected],
  ];
  const folded: [string, FindingView[]][] = [
    [`未达到写入标准（${slight.length}）`, slight],
    [`证据不足，不成题（${lacking.length}）`, lacking],
  ];
  const shown = [...groups, ...(showLacking ? folded : [])].flatMap(([, list]) => list);
  const known = (id: string | null | undefined) => view.findings.find((f) => f.id === id);
  const current = known(chosen ?? wanted) ?? shown[0] ?? view.findings[0];
  // What is looked at stays so when an act moves it.
  const shownId = current?.id;
  useEffect(() => {
    if (chosen === null && shownId !== undefined) setChosen(shownId);
  }, [chosen, shownId]);
  const order = told.map((f) => f.id);

  const arrange = (ids: readonly string[]) => {
    if (ids !== order && !reorder.isPending) reorder.mutate({ ids: [...ids] });
  };
  const keys = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !current || isInputMethod(event)) return;
    event.preventDefault();
    if (event.altKey) return arrange(moved(order, current.id, step));
    const next = shown[shown.findIndex((f) => f.id === current.id) + step];
    if (!next) return;
    setChosen(next.id);
    showEntry(event.currentTarget, next.id);
  };
  const entry = (f: FindingView) => (
    <Entry
      key={f.id}
      finding={f}
      doubts={view.doubts[f.id]?.length ?? 0}
      host={known(f.merged_into)}
      selected={f.id === current?.id}
      onSelect={() => setChosen(f.id)}
      drag={
        f.included && isWritable
          ? {
              isOver: dragged !== null && dragged !== f.id,
              onStart: () => setDragged(f.id),
              onEnd: () => setDragged(null),
              onDrop: () => {
                if (dragged && dragged !== f.id) arrange(placed(order, dragged, order.indexOf(f.id)));
                setDragged(null);
              },
            }
          : null
      }
    />
  );
  const changed = view.criteria.filter((c) => c.changed).length;

  return (
    <Page
      title="问题"
      note={`写入报告 ${told.length} 个（至多自动选 ${view.limit} 个）。${view.grades.map((g) => `${g.from} 分以上“${g.title}”`).join("，")}`}
      actions={
        <>
          <Button onClick={() => setPanel("headings")}>
            标题句式
            {!view.parallel.equal && <Tag color="warning" className="inline-tag">不齐</Tag>}
          </Button>
          <Button onClick={() => setPanel("criteria")}>
            判断依据
            {changed > 0 && <Tag className="inline-tag">已改 {changed}</Tag>}
          </Button>
        </>
      }
      flush
    >
      <div className="judge">
        <div className="judge-side">
          <div className="findings-order judge-note">
            按程度分档排列，同档之内本级能够解决的在前，再按程度分从高到低；您调整过的次序优先。
            已接受的都写入，余下名额依次取建议的，同类问题有限额；合并后空出的名额不补。
          </div>
          <div className="judge-list" role="listbox" aria-label="问题" tabIndex={0} data-first aria-activedescendant={current ? entryId(current.id) : undefined} onKeyDown={keys}>
            {groups.map(
              ([title, list]) =>
                (list.length > 0 || list === told) && (
                  <div key={title} role="group" aria-label={title}>
                    <div className="judge-group">{title}</div>
                    {list.map(entry)}
                    {list.length === 0 && <p className="findings-none quiet">没有达到标准的问题。可在下面的问题中接受，或调整判断依据。</p>}
                  </div>
                ),
            )}
            {slight.length + lacking.length > 0 && (
              <button type="button" className="findings-more" aria-expanded={showLacking} onClick={() => setShowLacking(!showLacking)}>
                {showLacking ? "收起" : "展开"}：未达到标准 {slight.length} 个，证据不足 {lacking.length} 个
              </button>
            )}
            {showLacking &&
              folded.map(
                ([title, list]) =>
                  list.length > 0 && (
                    <div key={title} role="group" aria-label={title}>
                      <div className="judge-group">{title}</div>
                      {list.map(entry)}
                    </div>
                  ),
              )}
          </div>
          <div className="findings-foot judge-note">↑↓ 选择　Alt+↑↓ 调整次序，也可拖动</div>
        </div>
        <div className="judge-main">
          {current ? (
            <Detail
              key={current.id}
              finding={current}
              doubts={view.doubts[current.id] ?? []}
              hosts={told.filter((f) => f.id !== current.id && !merged.some((m) => m.merged_into === current.id))}
              host={known(current.merged_into)}
              place={order.indexOf(current.id)}
              last={order.length - 1}
              onMove={(step) => arrange(moved(order, current.id, step))}
              onHeadings={() => setPanel("headings")}
            />
          ) : (
            <p className="quiet">本套件没有可用于这些数据的问题规则。</p>
          )}
        </div>
      </div>
      <Drawer title="标题句式" open={panel === "headings"} onClose={() => setPanel(null)} size={620} destroyOnHidden>
        <Writes>
          <Headings findings={told} parallel={view.parallel} />
        </Writes>
      </Drawer>
      <Drawer title="判断依据" open={panel === "criteria"} onClose={() => setPanel(null)} size={720} destroyOnHidden>
        <Criteria criteria={view.criteria} findings={view.findings} />
      </Drawer>
    </Page>
  );
}

interface Drag {
  isOver: boolean;
  onStart: () => void;
  onEnd: () => void;
  onDrop: () => void;
}

interface EntryProps {
  finding: FindingView;
  /** Doubted figures that it rests on. */
  doubts: number;
  host: FindingView | undefined;
  selected: boolean;
  onSelect: () => void;
  drag: Drag | null;
}

function Entry({ finding: f, doubts, host, selected, onSelect, drag }: EntryProps) {
  return (
    <div
      role="option"
      aria-selected={selected}
      id={entryId(f.id)}
      data-id={f.id}
      className="judge-entry findings-entry"
      draggable={drag !== null}
      onClick={onSelect}
      {...(drag && {
        onDragStart: (event: React.DragEvent) => {
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", f.id);
          drag.onStart();
        },
        onDragEnd: drag.onEnd,
        onDragOver: (event: React.DragEvent) => drag.isOver && event.preventDefault(),
        onDrop: (event: React.DragEvent) => {
          event.preventDefault();
          drag.onDrop();
        },
      })}
    >
      <span className="findings-number">{f.number && `（${f.number}）`}</span>
      <span className="findings-title">{f.heading?.text ?? f.title}</span>
      <Grade finding={f} />
      <span />
      <span className="findings-line">
        {f.severity !== null ? (
          <>
            <span className="bar">
              <i style={{ width: `${f.share * 100}%` }} />
            </span>
            <span className="num findings-score">{f.severity}</span>
          </>
        ) : (
          <span className="judge-note findings-lack">{f.missing.length > 0 ? `缺：${f.missing.join("、")}` : "条件不成立"}</span>
        )}
      </span>
      <span className={host ? "judge-note findings-state findings-host" : "judge-note findings-state"}>
        {host ? `并入“${host.title}”` : f.status === "accepted" ? "已接受" : f.status === "suggested" ? "建议" : ""}
      </span>
      {doubts > 0 && <DoubtMark count={doubts} />}
    </div>
  );
}

/** Grade of a finding, the weightier the stronger. */
function Grade({ finding: f }: { finding: FindingView }) {
  const weight = f.severity === null ? "tag" : f.share >= 0.6 ? "tag solid" : f.share >= 0.4 ? "tag strong" : "tag";
  return <span className={weight}>{f.grade}</span>;
}
