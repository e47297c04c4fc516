import { AppstoreOutlined, DeleteOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Popconfirm, Select, Spin } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useAct, useRead } from "../../backend";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { useHandle } from "../../components/handlers";
import { isInputMethod } from "../../components/keys";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { tell } from "../../components/tell";
import { useIsWritable } from "../../components/writing";
import { Editor } from "./Editor";
import { Exchange, Newer } from "./Exchange";
import "./kits.css";
import { type Entry, entriesOf, find, freshMeasure, type SectionId, sectionOf, sections, type Subject } from "./parts";
import { useDrafts } from "./useDrafts";

const OWN = "project";
const NEW = "add-measure:";

/** The kit workshop: the parts of the project's kit in forms, or those of a kit of the gallery to look at. */
export default function KitsPage() {
  const { place } = useNavigation();
  const project = useRead("project", null).data ?? null;
  const kits = useRead("kits", null).data;
  const [choice, setChoice] = useState<string | null>(null);
  const fallback = project ? OWN : (kits?.[0]?.kit.id ?? null);
  const known = choice === OWN ? project !== null : kits?.some((card) => card.kit.id === choice);
  const chosen = choice !== null && known ? choice : fallback;
  const kit = chosen === OWN ? null : chosen;
  const view = useRead("kit_view", { id: kit }, { enabled: chosen !== null, keepPrevious: false });

  const [section, setSection] = useState<SectionId>("rule");
  const [selected, setSelected] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const [drafts, setDraft] = useDrafts(`${project?.path ?? ""} ${kit ?? project?.kit.id ?? ""}`);
  const search = useRef<InputRef>(null);
  useHandle("find", () => search.current?.focus());

  const go = (key: string) => {
    const kind = key.slice(0, key.indexOf(":")) as Parameters<typeof sectionOf>[0] | "add-measure";
    setSection(kind === "add-measure" ? "measure" : sectionOf(kind));
    setWords("");
    setSelected(key);
  };
  // `kits#criterion:line` from elsewhere opens that part.
  useEffect(() => {
    if (place.stage === "kits" && place.focus) go(place.focus);
  }, [place]);

  const entries = useMemo(() => (view.data ? entriesOf(view.data, section) : []), [view.data, section]);
  const shown = useMemo(() => find(entries, words), [entries, words]);
  const fresh: Entry | null =
    selected === NEW && view.data
      ? { key: NEW, title: "新对策", note: "", group: "", changed: false, off: false, subject: drafts[NEW] ?? freshMeasure(view.data) }
      : null;
  const entry = fresh ?? entries.find((one) => one.key === selected) ?? shown[0];
  const forget = useAct("forget_kit", { onSuccess: () => tell.done("已移出我的套件；用它的工程不受影响。") });
  const own = kits?.find((card) => card.kit.id === kit)?.own ?? false;
  // Trials that took a new outcome along with a change are no changes of their own.
  const changed = view.data?.changed.parts.filter(({ keys }) => keys.some((key) => key !== "case")).length ?? 0;
  const isWritable = useIsWritable();

  if (kits && kits.length === 0 && !project)
    return (
      <Page title="报告套件">
        <Empty icon={<AppstoreOutlined />} title="没有可用的套件">
          可从“导入”收入一个套件。
        </Empty>
      </Page>
    );

  return (
    <Page
      title="报告套件"
      flush
      note={
        <Select
          aria-label="看哪个套件"
          value={chosen}
          onChange={setChoice}
          popupMatchSelectWidth={280}
          style={{ width: 236 }}
          options={[
            ...(project ? [{ value: OWN, label: `本工程的套件（${project.kit.name}）` }] : []),
            ...(kits ?? []).map((card) => ({
              value: card.kit.id,
              label: `${card.kit.name}${card.own ? "（我的）" : "（自带，只读）"}`,
            })),
          ]}
        />
      }
      actions={
        <>
          {own && kit && (
            <Popconfirm title="移出我的套件？用它的工程不受影响。" okText="移出" cancelText="不移" onConfirm={() => forget.mutate({ id: kit })}>
              <Button icon={<DeleteOutlined />}>移出</Button>
            </Popconfirm>
          )}
          <Exchange view={view.data} kit={kit} hasProject={project !== null} />
        </>
      }
    >
      {view.error && <div className="kit-pad"><Failure error={view.error} onRetry={() => void view.refetch()} /></div>}
      {view.isPending && !view.error && <div className="kit-pad"><Spin delay={200} /></div>}
      {view.data && (
        <div className="kit-shop">
          {view.data.newer && <Newer />}
          <div className="kit-columns">
            <nav className="kit-sections" aria-label="套件的各部分">
              {sections.map(({ id, label }) => (
                <button
                  key={id}
                  type="button"
                  aria-current={id === section ? "true" : undefined}
                  onClick={() => {
                    setSection(id);
                    setSelected(null);
                  }}
                >
                  {label}
                  <span className="num">{entriesOf(view.data, id).length}</span>
                </button>
              ))}
              <p className="kit-about">
                {view.data.kit.name} {view.data.kit.version}
                <br />
                {view.data.editable
                  ? changed > 0
                    ? `本工程已改 ${changed} 处`
                    : isWritable
                      ? "在这里的修改只影响本工程"
                      : "工程是只读的，套件不能修改"
                  : project
                    ? "只读；要修改请选本工程的套件"
                    : "只读；新建工程后可以修改"}
              </p>
            </nav>
            <div className="kit-list">
              <div className="kit-search">
                <Input
                  ref={search}
                  allowClear
                  prefix={<SearchOutlined />}
                  placeholder="查找"
                  aria-label="查找"
                  value={words}
                  onChange={(event) => setWords(event.target.value)}
                />
                {section === "measure" && view.data.editable && isWritable && (
                  <Button icon={<PlusOutlined />} aria-label="新增对策" title="新增对策" onClick={() => go(NEW)} />
                )}
              </div>
              <List entries={shown} selected={entry?.key ?? null} drafts={drafts} onSelect={setSelected} empty={empty(section, words)} />
            </div>
            <div className="kit-part">
              {entry ? (
                <Editor
                  key={entry.key}
                  view={view.data}
                  kit={kit}
                  entry={entry}
                  draft={drafts[entry.key]}
                  onDraft={(draft) => setDraft(entry.key, draft)}
                  go={(key) => {
                    if (entry.key === NEW) setDraft(NEW, undefined);
                    go(key);
                  }}
                />
              ) : (
                <Empty title={empty(section, words)} />
              )}
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}

function empty(section: SectionId, words: string): string {
  if (words.trim()) return "没有找到";
  return section === "field" ? "本套件不预设字段，各表的字段由程序推断" : "这一部分是空的";
}

interface ListProps {
  entries: Entry[];
  selected: string | null;
  drafts: Record<string, Subject>;
  onSelect: (key: string) => void;
  empty: string;
}

/** Parts of a section; arrow keys move along. */
function List({ entries, selected, drafts, onSelect, empty: nothing }: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const move = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || isInputMethod(event)) return;
    event.preventDefault();
    const next = entries[entries.findIndex((entry) => entry.key === selected) + step];
    if (!next) return;
    onSelect(next.key);
    box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  };
  return (
    <div className="kit-entries" ref={box} role="listbox" aria-label="各项" onKeyDown={move}>
      {entries.map((entry, index) => (
        <div key={entry.key} role="presentation">
          {entry.group && entry.group !== entries[index - 1]?.group && <div className="kit-group">{entry.group}</div>}
          <button
            type="button"
            role="option"
            data-key={entry.key}
            aria-selected={entry.key === selected}
            tabIndex={entry.key === selected ? 0 : -1}
            className={entry.off ? "off" : ""}
            onClick={() => onSelect(entry.key)}
          >
            <span className="kit-entry-title">{entry.title}</span>
            {drafts[entry.key] ? (
              <span className="kit-mark draft">未保存</span>
            ) : entry.changed ? (
              <span className="kit-mark">已改</span>
            ) : (
              <span className="quiet num kit-note">{entry.off ? "停用" : entry.note}</span>
            )}
          </button>
        </div>
      ))}
      {entries.length === 0 && <div className="kit-none quiet">{nothing}</div>}
    </div>
  );
}
