import type { MeasuresView } from "../../backend/bindings/MeasuresView";
import { Empty } from "../../components/Empty";
import { useNavigation } from "../../components/navigation";

/** What answers what: findings across, measures down, with the gaps on both sides. */
export function Coverage({ view }: { view: MeasuresView }) {
  const { navigate } = useNavigation();
  const measures = view.themes.flatMap((theme) => view.measures.filter((m) => m.included && m.theme === theme.id));
  if (view.findings.length === 0 && measures.length === 0) {
    return <Empty title="还没有可对应的内容">先在“问题”里采用问题。</Empty>;
  }
  const open = view.findings.filter((f) => !f.answered);
  const idle = measures.filter((m) => view.without_finding.includes(m.id));
  return (
    <>
      <p className={open.length + idle.length > 0 ? "measures-gap" : "judge-note"} role="status">
        {open.length + idle.length === 0
          ? "每个问题都有对策，每条对策都有对应的问题。"
          : [
              open.length > 0 && `没有对策的问题：${open.map((f) => f.heading).join("；")}。`,
              idle.length > 0 && `没有对应问题的对策：${idle.map((m) => m.title).join("；")}。`,
            ]
              .filter(Boolean)
              .join("")}
      </p>
      <div className="coverage-scroll">
        <table className="lines coverage">
          <thead>
            <tr>
              <th scope="col">对策</th>
              {view.findings.map((f) => (
                <th key={f.id} scope="col" className={f.answered ? "" : "gap"}>
                  <button type="button" className="fact-link" onClick={() => navigate({ stage: "findings", focus: f.id })}>
                    （{f.number}）{f.heading}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measures.map((m) => (
              <tr key={m.id} className={idle.includes(m) ? "gap" : ""}>
                <th scope="row">
                  {m.title}
                  <div className="judge-note">{m.lead.join("、") || "未定牵头单位"}</div>
                </th>
                {view.findings.map((f) => (
                  <td key={f.id} className={f.answered ? "" : "gap"}>
                    {m.answers.includes(f.id) && <span aria-label="对应">●</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">对策数</th>
              {view.findings.map((f) => (
                <td key={f.id} className={f.answered ? "num" : "gap num"}>
                  {measures.filter((m) => m.answers.includes(f.id)).length || "无"}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
