import { AuditOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { useState } from "react";
import { useRead } from "../../backend";
import { NotYet } from "../../components/NotYet";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { Coverage } from "./Coverage";
import { List } from "./List";
import { Targets } from "./Targets";
import "../../components/judge.css";
import "./measures.css";

type Tab = "list" | "coverage" | "targets";

/** 对策: measures by theme, what answers what, and the targets. `focus` names a measure, `params.tab` a tab. */
export default function MeasuresPage() {
  const { place } = useNavigation();
  const asked = place.stage === "measures" ? place.params?.tab : undefined;
  const [tab, setTab] = useState<Tab>(asked === "coverage" || asked === "targets" ? asked : "list");
  const read = useRead("measures", null);
  const view = read.data;
  if (!view) {
    return (
      <Page title="对策">
        <NotYet error={read.error} icon={<AuditOutlined />} onRetry={() => void read.refetch()}>
          导入数据、采用问题后，这里给出与问题对应的对策和目标测算。
        </NotYet>
      </Page>
    );
  }
  const told = view.measures.filter((m) => m.included);
  const open = view.findings.filter((f) => !f.answered).length;
  const idle = view.without_finding.length;
  const gaps = [open > 0 && `${open} 个问题没有对策`, idle > 0 && `${idle} 条对策没有对应的问题`].filter(Boolean);
  return (
    <Page
      title="对策"
      note={
        <>
          写入报告 {told.length} 条，回应 {view.findings.length - open} 个问题
          {gaps.length > 0 && <span className="measures-gap">　{gaps.join("，")}</span>}
        </>
      }
      actions={
        <Segmented
          value={tab}
          onChange={setTab}
          options={[
            { value: "list", label: "对策" },
            { value: "coverage", label: "对应表" },
            { value: "targets", label: `目标 ${view.targets.length}` },
          ]}
        />
      }
      flush={tab === "list"}
    >
      {tab === "list" && <List view={view} />}
      {tab === "coverage" && <Coverage view={view} />}
      {tab === "targets" && <Targets targets={view.targets} />}
    </Page>
  );
}
