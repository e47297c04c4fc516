import { FileAddOutlined, SnippetsOutlined } from "@ant-design/icons";
import { Badge, Button, Spin, Tabs } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { asBackendError, BackendError, call, host, useRead } from "../../backend";
import type { SourceIn } from "../../backend/bindings/SourceIn";
import { isProject, takeFiles, takeForImport } from "../../components/drops";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { DropZone } from "./DropZone";
import { Entry } from "./Entry";
import { Files } from "./Files";
import { Issues } from "./Issues";
import { PasteTable } from "./PasteTable";
import { Quality } from "./Quality";
import { Wizard } from "./Wizard";
import "./data.css";

const Grid = lazy(() => import("./Grid").then((module) => ({ default: module.Grid })));

const filters = [
  { name: "调查数据", extensions: ["xlsx", "xls", "xlsb", "ods", "csv", "txt", "tsv", "html", "xml"] },
  { name: "所有文件", extensions: ["*"] },
];

const issuesTab = "@issues";
const qualityTab = "@quality";
const filesTab = "@files";
const entryTab = "@entry";

/**
 * 数据. `focus` or `params.fact` names a fact whose records are shown; `params` may also name `dataset`, `row` and
 * `field` of a cell, `back` for the block of the text to go back to, or a `tab` (`issues`, `quality`, `files`, `entry`).
 */
export default function DataPage() {
  const { place, moves, navigate } = useNavigation();
  const datasets = useRead("datasets", null);
  const files = useRead("files", null);
  const issues = useRead("issues", null);
  // A kit without tables to enter by hand has no place to do so.
  const declared = useRead("entry_tables", null).data?.length ?? 0;
  const free = useRead("free_tables", null).data ?? null;
  const isEnterable = declared > 0 || free !== null;
  const [sources, setSources] = useState<SourceIn[] | null>(null);
  const [isPasting, setPasting] = useState(false);
  const [isOver, setOver] = useState(false);
  const [tab, setTab] = useState<string | null>(null);
  const [goal, setGoal] = useState<{ dataset: string; row: number; field: string | null; moves: number } | null>(null);

  const fact = place.stage === "data" ? (place.focus ?? place.params?.fact ?? null) : null;
  const back = place.stage === "data" ? place.params?.back : undefined;
  const behind = useRead("fact_rows", { fact: fact ?? "" }, { enabled: fact !== null });

  const add = (more: SourceIn[]) => {
    if (more.length > 0) setSources((before) => [...(before ?? []), ...more.filter((s) => !(before ?? []).some((b) => same(b, s)))]);
  };
  const addPaths = (paths: string[]) => {
    if (paths.length === 0) return;
    // Only the program can tell a folder from a file.
    call("data_files", { paths }).then(
      ({ files, remarks }) => {
        add(files.map((path) => ({ kind: "file", path, sheets: [] })));
        for (const remark of remarks) tell.failure(new BackendError("unreadable-file", remark));
      },
      (thrown: unknown) => tell.failure(asBackendError(thrown)),
    );
  };
  const pick = () => void host.pickFiles({ title: "选择调查数据", filters }).then(addPaths);
  const pickFolder = () =>
    void host.pickFolder({ title: "选择调查数据所在的文件夹" }).then((path) => path !== null && addPaths([path]));

  useEffect(
    () =>
      takeFiles("data", (event) => {
        setOver(event.kind === "over");
        if (event.kind === "drop" && !isProject(event.paths)) addPaths(event.paths);
      }),
    [],
  );
  // What was let go over another page brought the author here.
  useEffect(() => addPaths(takeForImport()), []);

  // A wish from another stage: the records behind a number, a cell, a list.
  useEffect(() => {
    const { dataset, row, field, tab: wanted } = place.params ?? {};
    if (wanted !== undefined) setTab(`@${wanted}`);
    else if (dataset !== undefined) {
      setTab(dataset);
      if (row !== undefined) setGoal({ dataset, row: Number(row), field: field ?? null, moves });
    }
  }, [moves]);
  const behindDataset = behind.data?.dataset;
  useEffect(() => {
    if (fact !== null && behindDataset !== undefined) setTab(behindDataset);
  }, [fact, behindDataset, moves]);

  if (sources !== null)
    return (
      <>
        <Wizard
          sources={sources}
          setSources={(next) => setSources(next.length > 0 ? next : null)}
          add={pick}
          onDone={() => setSources(null)}
        />
        {isOver && <div className="drop-veil">松开即加入</div>}
      </>
    );

  const pasting = isPasting && (
    <PasteTable
      onClose={() => setPasting(false)}
      onDone={(source) => {
        setPasting(false);
        add([source]);
      }}
    />
  );
  const failure = datasets.error ?? files.error;
  if (failure)
    return (
      <Page title="数据">
        <Failure error={failure} onRetry={() => void Promise.all([datasets.refetch(), files.refetch()])} />
      </Page>
    );
  if (!datasets.data || !files.data)
    return (
      <Page title="数据">
        <Spin description="正在读取数据…" delay={300}>
          <div style={{ height: 120 }} />
        </Spin>
      </Page>
    );

  const isEmpty = files.data.files.length === 0;
  const full = datasets.data.filter((dataset) => dataset.records > 0);
  if (isEmpty && !(tab === entryTab && isEnterable))
    return (
      <Page title="数据">
        <DropZone isOver={isOver} pick={pick} pickFolder={pickFolder} paste={() => setPasting(true)} enter={isEnterable ? () => setTab(entryTab) : null} onPaths={addPaths} />
        {pasting}
      </Page>
    );

  const doubtful = issues.data?.filter((group) => group.severity !== "hint").reduce((sum, group) => sum + group.count, 0) ?? 0;
  const tabs = [
    ...full.map((dataset) => ({
      key: dataset.id,
      label: (
        <span>
          {dataset.title} <span className="quiet num">{dataset.records}</span>
        </span>
      ),
      children: (
        <Suspense fallback={null}>
          <Grid
            dataset={dataset}
            version={datasets.dataUpdatedAt}
            fact={behindDataset === dataset.id ? fact : null}
            onBack={back === undefined ? null : () => navigate({ stage: "compose", focus: back })}
            onLeaveFact={() => navigate({ stage: "data", params: { dataset: dataset.id } })}
            goal={goal?.dataset === dataset.id ? goal : null}
            onArrived={() => setGoal(null)}
          />
        </Suspense>
      ),
    })),
    {
      key: issuesTab,
      label: (
        <span>
          问题单元格 <Badge count={doubtful} overflowCount={9999} size="small" color="var(--accent)" />
        </span>
      ),
      children: (
        <Issues
          datasets={datasets.data}
          onGo={(dataset, row, field) => {
            setTab(dataset);
            setGoal((before) => ({ dataset, row, field, moves: (before?.moves ?? 0) + 1 }));
          }}
        />
      ),
    },
    { key: qualityTab, label: "数据质量", children: <Quality datasets={full} onGo={setTab} /> },
    ...(isEnterable ? [{ key: entryTab, label: "手工录入", children: <Entry /> }] : []),
    {
      key: filesTab,
      label: (
        <span>
          文件 <span className="quiet num">{files.data.files.length}</span>
        </span>
      ),
      children: <Files onPaths={addPaths} />,
    },
  ];
  const active = tabs.some((one) => one.key === tab) ? (tab ?? "") : (tabs[0]?.key ?? "");

  return (
    <Page
      title="数据"
      flush
      note={fact !== null && behind.error ? behind.error.message : undefined}
      actions={
        <>
          {back !== undefined && behind.error && (
            <Button onClick={() => navigate({ stage: "compose", focus: back })}>回到成文</Button>
          )}
          <Writes>
            <Button icon={<SnippetsOutlined />} onClick={() => setPasting(true)}>
              粘贴表格…
            </Button>
            <Button type="primary" icon={<FileAddOutlined />} onClick={pick}>
              导入文件…
            </Button>
          </Writes>
        </>
      }
    >
      <Tabs className="data-tabs" size="small" activeKey={active} onChange={setTab} items={tabs} destroyOnHidden />
      {isOver && <div className="drop-veil">松开即导入</div>}
      {pasting}
    </Page>
  );
}

const same = (a: SourceIn, b: SourceIn) => a.kind === "file" && b.kind === "file" && a.path === b.path;
