import { FileSearchOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { host, useAct, useRead } from "../../backend";
import { isDraft } from "../../components/drops";
import { useNavigation } from "../../components/navigation";
import { NotYet } from "../../components/NotYet";
import { Page } from "../../components/Page";
import { asFileName, folderOf, joinPath } from "../../components/paths";
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
  useEffect(
    () =>
      host.onFiles((event) => {
        setOver(event.kind === "over");
        if (event.kind !== "drop" || !isDraft(event.paths)) return;
        latest.current();
        void foreign.file(event.paths[0] ?? "");
      }),
    [],
  );
  return isOver;
}

function OwnCheck({ tabs }: { tabs: ReactNode }) {
  const { navigate } = useNavigation();
  const read = useRead("check_report", null, { keepPrevious: true });
  const apply = useAct("apply_finding");
  const ignore = useAct("ignore_finding");
  const heed = useAct("heed_finding");
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
  return (
    <Page title="核校" note={tabs} actions={<Button onClick={() => setSaving(true)}>核校意见表…</Button>} flush>
      <Checked
        view={read.data}
        isBusy={apply.isPending || ignore.isPending || heed.isPending || read.isFetching}
        isReadOnly={!isWritable}
        onApply={({ key }) => apply.mutate({ key })}
        onIgnore={({ key }, reason) => ignore.mutate({ key, reason })}
        onHeed={({ key }) => heed.mutate({ key })}
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
