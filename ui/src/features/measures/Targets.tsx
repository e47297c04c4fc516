import { ImportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRead } from "../../backend";
import type { TargetView } from "../../backend/bindings/TargetView";
import { Empty } from "../../components/Empty";
import { useNavigation } from "../../components/navigation";

/** Targets with what they ask for, both readings of their pace, and the way there year by year. */
export function Targets({ targets }: { targets: TargetView[] }) {
  const { navigate } = useNavigation();
  // Not every kit has targets to enter.
  const table = useRead("entry_tables", null, { enabled: targets.length === 0 }).data?.find((one) => one.form === "targets");
  if (targets.length === 0) {
    return (
      <Empty
        title="还没有目标"
        actions={
          table && (
            <Button
              icon={<ImportOutlined />}
              onClick={() => navigate({ stage: "data", params: { tab: "entry", dataset: table.dataset } })}
            >
              去录入目标表
            </Button>
          )
        }
      >
        {table
          ? `导入或录入“${table.title}”（目标、目标值、单位、年份），这里测算缺口、所需增速和分年路径。`
          : "本套件没有目标表，不测算目标。"}
      </Empty>
    );
  }
  return (
    <div className="targets">
      {targets.map((target) => (
        <Target key={target.id} target={target} />
      ))}
    </div>
  );
}

/** Grades that call for a second look. */
const alarming = ["hard", "unrealistic", "below"];

function Target({ target: t }: { target: TargetView }) {
  const { navigate } = useNavigation();
  const numbers: [string, string | null][] = [
    ["现值", t.current],
    ["目标", t.target],
    ["缺口", t.gap],
    ["倍数", t.multiple],
    ["所需年均增速", t.growth],
    ["年均净增", t.step],
  ];
  return (
    <article className="target" aria-label={t.title}>
      <div className="judge-head">
        <h2>{t.title}</h2>
        {t.year !== null && <span className="judge-note num">{t.year} 年</span>}
        <span className={alarming.includes(t.grade_key) ? "tag solid target-grade" : "tag target-grade"}>{t.grade}</span>
      </div>
      <dl className="target-numbers">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">
              {value === null ? (
                <span className="quiet">—</span>
              ) : name === "现值" ? (
                <button type="button" className="fact-link num" onClick={() => navigate({ stage: "data", focus: `${t.id}/current` })}>
                  {value}
                </button>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
      {t.path.length > 1 && (
        <div className="path" role="img" aria-label={`分年路径：${t.path.map((s) => `${s.label}${s.shown}`).join("，")}`}>
          <svg viewBox={`0 0 ${t.path.length * 76} 104`} width={t.path.length * 76} height="104" aria-hidden="true">
            {t.path.map((step, index) => {
              const height = Math.max(2, step.share * 62);
              const x = index * 76;
              return (
                <g key={step.label}>
                  <rect
                    x={x + 22}
                    y={82 - height}
                    width="32"
                    height={height}
                    className={index === 0 ? "path-now" : index === t.path.length - 1 ? "path-end" : "path-step"}
                  />
                  <text x={x + 38} y={76 - height} textAnchor="middle" className="path-value">
                    {step.shown}
                  </text>
                  <text x={x + 38} y="98" textAnchor="middle" className="path-label">
                    {step.label.length > 6 ? "现值" : step.label}
                  </text>
                </g>
              );
            })}
            <line x1="8" x2={t.path.length * 76 - 8} y1="82.5" y2="82.5" className="path-axis" />
          </svg>
        </div>
      )}
      {t.readings.length > 0 && (
        <table className="lines">
          <thead>
            <tr>
              <th>读法</th>
              <th className="n">需要</th>
              <th className="n">历史</th>
              <th className="n">比值</th>
              <th>判级</th>
            </tr>
          </thead>
          <tbody>
            {t.readings.map((r) => (
              <tr key={r.title}>
                <td>{r.title}</td>
                <td className="n">{r.needed}</td>
                <td className="n">{r.past}</td>
                <td className="n">{r.ratio}</td>
                <td>{r.grade}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="judge-note target-note">
        {[
          t.reason,
          t.current_as_of && `现值时点：${t.current_as_of}`,
          t.current_source && `来源：${t.current_source}`,
          t.past_from && `历史起点：${t.past_from}`,
          t.department && `责任单位：${t.department}`,
          t.basis && `目标出处：${t.basis}`,
        ]
          .filter(Boolean)
          .join("　")}
      </p>
    </article>
  );
}
