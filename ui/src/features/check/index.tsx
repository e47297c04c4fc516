import { FileSearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Segmented } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type BackendError, keyOf, useAct, useRead } from "../../backend";
import type { CheckFinding } from "../../backend/bindings/CheckFinding";
import type { CheckView } from "../../backend/bindings/CheckView";
import { isDraft, takeFiles, takeForCheck } from "../../components/drops";
import { useNavigation } from "../../components/navigation";
import { NotYet } from "../../components/NotYet";
import { Page } from "../../components/Page";
import { asFileName, folderOf, joinPath } from "../../components/paths";
import { tell } from "../../components/tell";
import { useIsWritable } from "../../components/writing";
import { Checked } from "./Checked";
import { foreign } from "./foreign";
import { ForeignCheck } from "./ForeignCheck";
import { Preprint } from "./Preprint";
import { SaveSheet } from "./SaveSheet";
import "../../components/judge.css";
import "./check.css";

type View = "own" | "preprint" | "foreign";

/** 核校: the numbers of the project's own report, or of anybody's draft. */
export default function CheckPage() {
  const { place, navigate } = useNavigation();
  const project = useRead("project", null).data ?? null;
  const wanted = place.stage === "check" ? place.params?.view : undefined;
  const view: View =
    project === null || wanted === "foreign" ? "foreign" : wanted === "preprint" ? "preprint" : "own";
  const tabs = (
    <Segmented<View>
      aria-label="核校什么"
      value={view}
      onChange={(view) => navigate({ stage: "check", params: { view } })}
      options={[
        { value: "own", label: "本报告", disabled: project === null },
        { value: "preprint", label: "印前检查", disabled: project === null },
        { value: "foreign", label: "外来文稿" },
      ]}
    />
  );
  const isOver = useDraftDrops(() => navigate({ stage: "check", params: { view: "foreign" } }));
  return (
    <>
      {view === "own" && <OwnCheck tabs={tabs} />}
      {view === "preprint" && <Preprint tabs={tabs} />}
      {view === "foreign" && <ForeignCheck tabs={tabs} />}
      {isOver && <div className="drop-veil">松开即核校</div>}
    </>
  );
}

/** Checks a draft that is let go over the page; gives whether files are held over it. */
function useDraftDrops(lead: () => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(lead);
  useEffect(() => {
    latest.current = lead;
  });
  const check = (path: string) => {
    latest.current();
    void foreign.file(path);
  };
  useEffect(
    () =>
      takeFiles("check", (event) => {
        setOver(event.kind === "over");
        if (event.kind === "drop" && isDraft(event.paths)) check(event.paths[0] ?? "");
      }),
    [],
  );
  // What was let go before the page was there.
  useEffect(() => {
    const kept = takeForCheck();
    if (kept !== null) check(kept);
  }, []);
  return isOver;
}

function OwnCheck({ tabs }: { tabs: ReactNode }) {
  const { navigate } = useNavigation();
  const read = useRead("check_report", null, { keepPrevious: true });
  const queries = useQueryClient();
  // What did not come about must not stay out of the list.
  const onError = (error: BackendError) => {
    tell.failure(error);
    void read.refetch();
  };
  const apply = useAct("apply_finding", { onError });
  const ignore = useAct("ignore_finding", { onError });
  const heed = useAct("heed_finding", { onError });
  const project = useRead("project", null).data;
  const isWritable = useIsWritable();
  const [isSaving, setSaving] = useState(false);
  if (!read.data) {
    return (
      <Page title="核校" note={tabs}>
        <NotYet error={read.error} icon={<FileSearchOutlined />} onRetry={() => void read.refetch()}>
          导入数据后，这里核对报告中的每个数字；也可以不建工程，直接核校外来文稿。
        </NotYet>
      </Page>
    );
  }
  /** Shows at once what an act makes of a finding, so that the list goes on while the report is checked again. */
  const settle = async (key: string, change: (finding: CheckFinding) => CheckFinding | null) => {
    const shown = keyOf("check_report", null);
    // A check under way does not know of the act yet.
    await queries.cancelQueries({ queryKey: shown });
    queries.setQueryData<CheckView>(shown, (view) => view && { ...view, findings: view.findings.flatMap((f) => (f.key === key ? (change(f) ?? []) : f)) });
  };
  return (
    <Page title="核校" note={tabs} actions={<Button onClick={() => setSaving(true)}>核校意见表…</Button>} flush>
      <Checked
        view={read.data}
        isChecking={apply.isPending || ignore.isPending || heed.isPending || read.isFetching}
        isReadOnly={!isWritable}
        onApply={({ key }) => void settle(key, () => null).then(() => apply.mutate({ key }))}
        onIgnore={({ key }, reason) =>
          void settle(key, (f) => ({ ...f, ignored: reason })).then(() => ignore.mutate({ key, reason }))
        }
        onHeed={({ key }) => void settle(key, (f) => ({ ...f, ignored: null })).then(() => heed.mutate({ key }))}
        onBlock={(focus) => navigate({ stage: "compose", focus })}
        clean="没有发现矛盾。未能核实的数字可在右边标出，对照来源。"
        memory="原因记在工程里，可以撤销。"
      />
      {isSaving && project && (
        <SaveSheet
          path={joinPath(folderOf(project.path), `${asFileName(project.title) || "报告"}（核校意见表）.pdf`)}
          draft={null}
          ignored={[]}
          onClose={() => setSaving(false)}
        />
      )}
    </Page>
  );
}
