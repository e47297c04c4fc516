import { RollbackOutlined } from "@ant-design/icons";
import { Alert, App, Button, ConfigProvider, Popconfirm, Space, Spin } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useAct, useRead } from "../../backend";
import type { KitChange } from "../../backend/bindings/KitChange";
import type { KitCheck } from "../../backend/bindings/KitCheck";
import type { KitView } from "../../backend/bindings/KitView";
import type { VerdictChange } from "../../backend/bindings/VerdictChange";
import { Failure } from "../../components/Failure";
import { tell } from "../../components/tell";
import { useIsWritable } from "../../components/writing";
import { CaseTable, PartForm } from "./forms";
import { MessagesContext, ViewContext } from "./Line";
import { changeOf, type Entry, faultsElsewhere, fileSubject, placeOf, refOf, type Subject } from "./parts";

/** Pause in typing after which a change is tried. */
const PAUSE = 350;

interface EditorProps {
  view: KitView;
  /** Id of a kit of the gallery; `null` for the project's. */
  kit: string | null;
  entry: Entry;
  draft: Subject | undefined;
  onDraft: (draft: Subject | undefined) => void;
  go: (key: string) => void;
}

/** One part: its form, and what a change of it would do. */
export function Editor(props: EditorProps) {
  const { entry, kit } = props;
  const file = useRead("kit_file", { id: kit, path: entry.path ?? "" }, { enabled: entry.path !== undefined });
  const stored =
    entry.subject ?? (file.data && entry.path ? fileSubject(entry.path, file.data, entry.path.startsWith("base/")) : undefined);
  if (file.error) return <Failure error={file.error} onRetry={() => void file.refetch()} />;
  if (!stored) return <Spin delay={200} />;
  return <Form {...props} stored={stored} />;
}

function Form({ view, entry, draft, onDraft, go, stored }: EditorProps & { stored: Subject }) {
  const { modal } = App.useApp();
  const subject = draft ?? stored;
  const storedText = JSON.stringify(stored);
  const isNew = subject.kind === "add-measure";
  const isDirty = isNew || JSON.stringify(subject) !== storedText;
  const editable = useIsWritable() && view.editable && !(subject.kind === "file" && subject.shared);

  const change = useMemo(() => changeOf(subject), [subject]);
  const tried = useSettled(change);
  const check = useRead(
    "check_kit_change",
    { change: tried, accept_cases: false },
    { enabled: editable && !(isNew && draft === undefined), keepPrevious: true },
  );
  // What was found of another part says nothing here.
  const isOwn = tried === change || (tried.kind === change.kind && sameTarget(tried, change));
  const found: KitCheck | undefined = isOwn ? check.data : undefined;

  const isSaved = useRef(false);
  useEffect(() => {
    if (!isSaved.current) return;
    isSaved.current = false;
    onDraft(undefined);
    // Only what is stored says that saving has arrived.
  }, [storedText]);

  const save = useAct("save_kit_change");
  const store = async (what: KitChange, acceptCases = false) => {
    const done = await save.mutateAsync({ change: what, accept_cases: acceptCases }).catch(() => null);
    if (!done) return;
    if (done.saved) {
      isSaved.current = true;
      if (isNew) go(`measure:${subject.part.id}`);
      else if (!done.differs) onDraft(undefined);
      tell.done("已保存到本工程的套件，可以撤销。");
    } else if (done.faults.length > 0) {
      tell.refused("还有要改的地方，没有保存。");
    } else if (done.failed.length > 0) {
      modal.confirm({
        title: `${done.failed.length} 组试算的结论会变`,
        width: 760,
        icon: null,
        content: (
          <>
            <p className="kit-hint">套件给规则备有几组假设的数据和应得的结论，用来防止改错。改动后，下面几组算出的结论与原定的不同。如果正是您要的，就按新结论保存。</p>
            <CaseTable cases={done.failed.map(({ title, case: one }) => ({ ...one, name: `${title}：${one.name}` }))} view={view} />
          </>
        ),
        okText: "按新结论保存",
        cancelText: "再看看",
        onOk: () => store(what, true),
      });
    }
  };

  const part = refOf(subject);
  const restore = (): KitChange | null =>
    subject.kind === "file" ? { kind: "restore-file", path: subject.path } : part && { kind: "restore", part };
  const faults = found?.faults ?? [];
  const elsewhere = subject.kind === "file" ? faults : faultsElsewhere(faults);
  const here = faults.length - elsewhere.length;
  const isRemovable = subject.kind === "measure";

  return (
    <div className="kit-editor">
      <header className="kit-editor-head">
        <h2>{isNew ? "新对策" : entry.title}</h2>
        {entry.changed && <span className="kit-mark">已改</span>}
        {isDirty && editable && <span className="kit-mark draft">未保存</span>}
        {editable && (
          <Space className="kit-editor-acts">
            {isRemovable && (
              <Popconfirm title="从本工程的套件里删除这条对策？" okText="删除" cancelText="不删" onConfirm={() => void store({ kind: "remove-measure", id: subject.part.id })}>
                <Button size="small">删除</Button>
              </Popconfirm>
            )}
            {entry.changed && !isDirty && restore() && (
              <Button size="small" icon={<RollbackOutlined />} onClick={() => void store(restore()!)}>
                恢复为套件原文
              </Button>
            )}
            {isDirty && (
              <Button size="small" onClick={() => onDraft(undefined)}>
                放弃
              </Button>
            )}
            <Button
              size="small"
              type="primary"
              disabled={!isDirty}
              loading={save.isPending}
              onClick={() => void store(change)}
            >
              保存修改
            </Button>
          </Space>
        )}
      </header>
      <div className="kit-editor-body">
        {isDirty && elsewhere.length > 0 && (
          <Alert
            type="error"
            title={subject.kind === "file" ? `有 ${elsewhere.length} 处错误，改好才能保存` : "这样改，套件别处会出错"}
            description={elsewhere.map((fault, index) => (
              <div key={index} className="selectable">
                {placeOf(fault, view)}：{fault.message}
              </div>
            ))}
          />
        )}
        {isDirty && here > 0 && <p className="kit-fault" role="status">下面有 {here} 处要改，改好才能保存。</p>}
        {isDirty && faults.length === 0 && found && <Effect check={found} view={view} />}
        <MessagesContext value={{ faults: isDirty ? faults : [], warnings: found?.warnings ?? [] }}>
          <ConfigProvider componentDisabled={!editable}>
            <ViewContext value={view}>
              <PartForm
                view={view}
                subject={subject}
                onChange={onDraft}
                rendered={found?.rendered ?? []}
                cases={isDirty ? (found?.cases ?? []) : []}
                editable={editable}
                go={go}
              />
            </ViewContext>
          </ConfigProvider>
        </MessagesContext>
      </div>
    </div>
  );
}

/** What a change does to the open project's findings and to the cases of rules. */
function Effect({ check, view }: { check: KitCheck; view: KitView }) {
  const moved = check.verdicts.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
  if (moved.length + check.failed.length === 0) return null;
  return (
    <section className="kit-effect" aria-label="改动的影响">
      {moved.length > 0 && (
        <>
          <h3>对本工程的影响</h3>
          <ul>
            {moved.map((one) => (
              <li key={one.rule}>
                {one.title}：<span className="quiet">{verdict(one.before)}</span> → <strong>{verdict(one.after)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      {check.failed.length > 0 && (
        <>
          <h3>{check.failed.length} 组试算的结论会变</h3>
          <CaseTable cases={check.failed.map(({ title, case: one }) => ({ ...one, name: `${title}：${one.name}` }))} view={view} />
        </>
      )}
    </section>
  );
}

function verdict(one: VerdictChange["before"]): string {
  if (!one) return "不判断";
  const score = one.severity === null ? "" : `（${one.severity} 分）`;
  return `${one.grade}${score}${one.included ? "，写入报告" : ""}`;
}

const sameTarget = (a: KitChange, b: KitChange) => {
  const target = (change: KitChange) =>
    "part" in change && "id" in change.part ? change.part.id : "path" in change ? change.path : change.kind;
  return target(a) === target(b);
};

/** A value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
