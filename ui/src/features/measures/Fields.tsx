import { ArrowDownOutlined, ArrowUpOutlined, CheckOutlined, CloseOutlined, FormOutlined } from "@ant-design/icons";
import { Button, Select, Space, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useAct } from "../../backend";
import type { Change } from "../../backend/bindings/Change";
import type { MeasuresView } from "../../backend/bindings/MeasuresView";
import type { MeasureView } from "../../backend/bindings/MeasureView";
import { SettingField } from "../../components/SettingField";
import { useNavigation } from "../../components/navigation";
import { Writes } from "../../components/writing";

interface FieldsProps {
  measure: MeasureView;
  view: MeasuresView;
  place: number;
  last: number;
  onMove: (step: number) => void;
}

const horizons = [
  { value: "近", label: "近期（1年内）" },
  { value: "中", label: "中期（1—3年）" },
  { value: "远", label: "远期（3年以上）" },
];

/** One measure: whether it is taken, and the fields an author fills in. */
export function Fields({ measure: m, view, place, last, onMove }: FieldsProps) {
  const { navigate } = useNavigation();
  const decide = useAct("decide");
  const edit = useAct("edit");
  const revert = useAct("revert");
  const change = (next: Change) => edit.mutate({ target: m.id, change: next });
  const decision = (next: "accepted" | "rejected") =>
    decide.mutate({ ids: [m.id], decision: m.status === next ? null : next });
  const answers = view.findings.filter((f) => m.answers.includes(f.id));
  const departments = view.departments.map((name) => ({ value: name, label: name }));

  const field = (label: string, aspect: string, key: string, control: ReactNode, empty: string | false) => (
    <div className="field">
      <div className="field-label">
        {label}
        {m.changed.includes(key) && (
          <Writes>
            <Button size="small" type="link" onClick={() => revert.mutate({ target: m.id, aspect })}>
              已改，恢复
            </Button>
          </Writes>
        )}
      </div>
      <div>
        <Writes>{control}</Writes>
        {empty !== false && <div className="measures-gap field-gap">{empty}</div>}
      </div>
    </div>
  );

  return (
    <article aria-label={m.title}>
      <div className="judge-head">
        <h2>{m.title}</h2>
        <span className="judge-note">
          {m.id}　{m.instrument}
        </span>
        <Space size={6} wrap>
          <Writes>
            <Space size={6} wrap>
              <Button
                type={m.status === "accepted" ? "primary" : "default"}
                aria-pressed={m.status === "accepted"}
                icon={<CheckOutlined />}
                disabled={decide.isPending}
                onClick={() => decision("accepted")}
              >
                {m.status === "accepted" ? "已接受" : "接受"}
              </Button>
              <Button
                danger={m.status === "rejected"}
                aria-pressed={m.status === "rejected"}
                icon={<CloseOutlined />}
                disabled={decide.isPending}
                onClick={() => decision("rejected")}
              >
                {m.status === "rejected" ? "已不采用" : "不采用"}
              </Button>
              {place >= 0 && (
                <Space.Compact>
                  <Tooltip title="在本主题内上移（Alt+↑）">
                    <Button aria-label="上移" icon={<ArrowUpOutlined />} disabled={place === 0} onClick={() => onMove(-1)} />
                  </Tooltip>
                  <Tooltip title="在本主题内下移（Alt+↓）">
                    <Button aria-label="下移" icon={<ArrowDownOutlined />} disabled={place === last} onClick={() => onMove(1)} />
                  </Tooltip>
                </Space.Compact>
              )}
            </Space>
          </Writes>
          {m.included && (
            <Tooltip title="去成文">
              <Button aria-label="去成文" icon={<FormOutlined />} onClick={() => navigate({ stage: "compose", focus: m.block })} />
            </Tooltip>
          )}
        </Space>
      </div>

      <p className="measures-text selectable">{m.text}</p>

      <h3>回应的问题</h3>
      {answers.length === 0 ? (
        <p className={m.included ? "measures-gap" : "judge-note"}>
          报告中没有与它对应的问题。{m.included && "可不采用，或到“问题”里接受相应的问题。"}
        </p>
      ) : (
        <ul className="measures-answers">
          {answers.map((f) => (
            <li key={f.id}>
              <button type="button" className="fact-link" onClick={() => navigate({ stage: "findings", focus: f.id })}>
                （{f.number}）{f.heading}
              </button>
              　<span className="tag">{f.grade}</span>
            </li>
          ))}
        </ul>
      )}

      <h3>责任与考核</h3>
      {field(
        "标题",
        "measure-title",
        "title",
        <SettingField
          key={`${m.id} ${m.title}`}
          label="对策标题"
          value={m.title}
          onCommit={(text) => text !== "" && change({ aspect: "measure-title", value: text })}
        />,
        false,
      )}
      {field(
        "牵头单位",
        "lead",
        "lead",
        <Select
          mode="tags"
          aria-label="牵头单位"
          value={m.lead}
          options={departments}
          tokenSeparators={["、", "，", ","]}
          placeholder="选择或输入单位，回车确认"
          onChange={(names: string[]) => change({ aspect: "lead", value: names })}
        />,
        m.included && m.lead.length === 0 && "没有牵头单位",
      )}
      {field(
        "配合单位",
        "support",
        "support",
        <Select
          mode="tags"
          aria-label="配合单位"
          value={m.support}
          options={departments}
          tokenSeparators={["、", "，", ","]}
          placeholder="可不填"
          onChange={(names: string[]) => change({ aspect: "support", value: names })}
        />,
        false,
      )}
      {field(
        "考核目标",
        "kpi",
        "kpi",
        <SettingField
          key={`${m.id} ${m.kpi}`}
          label="考核目标"
          value={m.kpi}
          rows={1}
          placeholder="可考核的指标和数值"
          onCommit={(text) => change({ aspect: "kpi", value: text })}
        />,
        m.included && m.kpi.trim() === "" && "没有考核目标",
      )}
      {field(
        "完成时限",
        "horizon",
        "horizon",
        <Select
          className="field-short"
          aria-label="完成时限"
          value={m.horizon || null}
          options={horizons}
          placeholder="选择时限"
          onChange={(value: string) => change({ aspect: "horizon", value })}
        />,
        m.included && m.horizon.trim() === "" && "没有完成时限",
      )}
      {m.precondition && field("前提条件", "", "", <p className="selectable">{m.precondition}</p>, false)}
      {m.basis && field("依据", "", "", <p className="selectable">{m.basis}</p>, false)}
    </article>
  );
}
