import { ArrowDownOutlined, ArrowUpOutlined, CheckOutlined, CloseOutlined, FormOutlined, MergeOutlined } from "@ant-design/icons";
import { Button, Dropdown, Space, Tooltip } from "antd";
import { useAct } from "../../backend";
import type { DoubtedFigure } from "../../backend/bindings/DoubtedFigure";
import type { FactLine } from "../../backend/bindings/FactLine";
import type { FindingView } from "../../backend/bindings/FindingView";
import { Doubts } from "../../components/Doubts";
import { FactLink } from "../../components/FactLink";
import { useNavigation } from "../../components/navigation";
import { SettingField } from "../../components/SettingField";
import { Writes } from "../../components/writing";
import { CriterionRow } from "./Criteria";
import { lengthsText } from "./order";

interface DetailProps {
  finding: FindingView;
  doubts: readonly DoubtedFigure[];
  /** Findings it could be merged into. */
  hosts: FindingView[];
  host: FindingView | undefined;
  /** Place in the report, −1 when it has none, and the last place. */
  place: number;
  last: number;
  onMove: (step: number) => void;
  onHeadings: () => void;
}

/** One finding: what to do with it, how its severity comes about, evidence beside counter-evidence. */
export function Detail({ finding: f, doubts, hosts, host, place, last, onMove, onHeadings }: DetailProps) {
  const { navigate } = useNavigation();
  const decide = useAct("decide");
  const edit = useAct("edit");
  const revert = useAct("revert");
  const headings = useAct("set_headings");
  const busy = decide.isPending || edit.isPending || revert.isPending;
  const judged = f.severity !== null;
  const decision = (next: "accepted" | "rejected") =>
    decide.mutate({ ids: [f.id], decision: f.status === next ? null : next });
  const section = f.section;

  return (
    <article aria-label={f.title}>
      <div className="judge-head">
        <h2>{f.title}</h2>
        {f.local && <span className="judge-note">本级可推动</span>}
        <Space size={6} wrap>
          <Writes>
            <Space size={6} wrap>
              <Button
                type={f.status === "accepted" ? "primary" : "default"}
                aria-pressed={f.status === "accepted"}
                icon={<CheckOutlined />}
                disabled={busy || !judged}
                onClick={() => decision("accepted")}
              >
                {f.status === "accepted" ? "已接受" : "接受"}
              </Button>
              <Button
                danger={f.status === "rejected"}
                aria-pressed={f.status === "rejected"}
                icon={<CloseOutlined />}
                disabled={busy}
                onClick={() => decision("rejected")}
              >
                {f.status === "rejected" ? "已不采用" : "不采用"}
              </Button>
              {host ? (
                <Button icon={<MergeOutlined />} disabled={busy} onClick={() => revert.mutate({ target: f.id, aspect: "merged-into" })}>
                  取消合并
                </Button>
              ) : (
                f.included && (
                  <Dropdown
                    trigger={["click"]}
                    disabled={busy || hosts.length === 0}
                    menu={{
                      items: hosts.map((h) => ({ key: h.id, label: `（${h.number}）${h.heading?.text ?? h.title}` })),
                      onClick: ({ key }) => edit.mutate({ target: f.id, change: { aspect: "merged-into", value: key } }),
                    }}
                  >
                    <Button icon={<MergeOutlined />}>合并到…</Button>
                  </Dropdown>
                )
              )}
              {place >= 0 && (
                <Space.Compact>
                  <Tooltip title="上移（Alt+↑）">
                    <Button aria-label="上移" icon={<ArrowUpOutlined />} disabled={place === 0} onClick={() => onMove(-1)} />
                  </Tooltip>
                  <Tooltip title="下移（Alt+↓）">
                    <Button aria-label="下移" icon={<ArrowDownOutlined />} disabled={place === last} onClick={() => onMove(1)} />
                  </Tooltip>
                </Space.Compact>
              )}
            </Space>
          </Writes>
          {section && (
            <Tooltip title="去成文">
              <Button aria-label="去成文" icon={<FormOutlined />} onClick={() => navigate({ stage: "compose", focus: section })} />
            </Tooltip>
          )}
        </Space>
      </div>

      {host && <p className="judge-note">在“{host.heading?.text ?? host.title}”一节里讲。</p>}
      {f.heading && (
        <div className="finding-heading">
          <span className="judge-note">标题</span>
          <SettingField
            key={f.heading.text}
            label="标题"
            value={f.heading.text}
            onCommit={(text) =>
              (text !== "" || f.own_heading) && headings.mutate({ headings: { [f.id]: text === "" ? null : text } })
            }
          />
          <span className={f.heading.fits ? "judge-note num" : "finding-odd num"}>{lengthsText(f.heading.lengths)}</span>
          {f.own_heading && (
            <Writes>
              <Button size="small" type="link" onClick={() => headings.mutate({ headings: { [f.id]: null } })}>
                恢复套件标题
              </Button>
            </Writes>
          )}
          <Button size="small" type="link" onClick={onHeadings}>
            备选与句式
          </Button>
        </div>
      )}

      {doubts.length > 0 && <Doubts doubts={doubts} />}

      <h3>程度{judged && <span className="finding-score num">{f.severity} 分　{f.grade}</span>}</h3>
      {judged ? (
        <p className="judge-note selectable num">{f.arithmetic}</p>
      ) : (
        <p>
          {f.missing.length > 0
            ? `证据不足，不成题。还缺：${f.missing.join("、")}。补充相应数据或在“判断依据”中填写数值后自动重算。`
            : "现有数据不符合成题的条件，不成题。"}
        </p>
      )}
      <table className="lines finding-parts">
        <tbody>
          {f.parts.map((part) => (
            <tr key={part.title} className={part.value === null ? "quiet" : ""}>
              <td className="finding-part">{part.title}</td>
              <td className="n">权重 {part.weight}</td>
              <td className="n">{part.value ?? "不计"}</td>
              <td className="finding-bar">
                <div className="bar">
                  <i style={{ width: `${part.share * 100}%` }} />
                </div>
              </td>
              <td>
                {part.facts.map(({ fact, against }) => (
                  <div key={fact.id}>
                    {fact.title} <Value fact={fact} />
                    {against && <span className="judge-note">　对照：{against}</span>}
                  </div>
                ))}
                {part.facts.length === 0 && <span className="judge-note">没有相应数据</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>

      <div className="finding-sides">
        <Side title="证据" facts={f.evidence} none="没有可列的证据。" />
        <Side title="反证" facts={f.counter} none={judged ? "现有数据没有反证。" : "没有可列的反证。"} />
      </div>

      {f.criteria.length > 0 && (
        <>
          <h3>依据</h3>
          <table className="lines">
            <tbody>
              {f.criteria.map((c) => (
                <CriterionRow key={c.id} criterion={c} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </article>
  );
}

function Side({ title, facts, none }: { title: string; facts: FactLine[]; none: string }) {
  return (
    <section>
      <h3>{title}</h3>
      {facts.length === 0 ? (
        <p className="judge-note">{none}</p>
      ) : (
        <table className="lines">
          <tbody>
            {facts.map((fact) => (
              <tr key={fact.id}>
                <td>
                  {fact.title}
                  <div className="judge-note">
                    {[fact.n !== null && `n=${fact.n}`, fact.as_of, fact.source].filter(Boolean).join("　")}
                  </div>
                </td>
                <td className="n">
                  <Value fact={fact} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const Value = ({ fact }: { fact: FactLine }) => (
  <strong>
    <FactLink fact={fact.id} rows={fact.rows}>
      {fact.shown}
    </FactLink>
  </strong>
);
