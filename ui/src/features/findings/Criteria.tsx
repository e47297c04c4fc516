import { Button, Input } from "antd";
import { useMemo, useState } from "react";
import { useAct } from "../../backend";
import type { CriterionView } from "../../backend/bindings/CriterionView";
import type { FindingView } from "../../backend/bindings/FindingView";
import { SettingField } from "../../components/SettingField";

/** Every benchmark of the kit, with the author's value where it differs. */
export function Criteria({ criteria, findings }: { criteria: CriterionView[]; findings: FindingView[] }) {
  const [words, setWords] = useState("");
  const titles = useMemo(() => new Map(findings.map((f) => [f.id, f.title])), [findings]);
  const shown = criteria.filter((c) => (c.title + c.source).includes(words.trim()));
  return (
    <>
      <p className="judge-note">改动只用于本工程，改后程度分、等级和正文自动重算；清空即恢复套件的数值。</p>
      <Input
        className="criteria-search"
        allowClear
        placeholder="查找依据"
        aria-label="查找依据"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <table className="lines">
        <tbody>
          {shown.map((c) => (
            <tr key={c.id}>
              <td>
                {c.title}
                <div className="judge-note">
                  {[c.valid, c.source, c.note].filter(Boolean).join("　")}
                </div>
                {c.used_by.length > 0 && (
                  <div className="judge-note">用于：{c.used_by.map((id) => titles.get(id) ?? id).join("、")}</div>
                )}
              </td>
              <td className="finding-criterion">
                <CriterionValue criterion={c} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="quiet">没有找到“{words}”。</p>}
    </>
  );
}

/** The value of a benchmark, editable; marked when it is not the kit's. */
export function CriterionValue({ criterion: c }: { criterion: CriterionView }) {
  // A value that was cleared shows the kit's again, also when that changes nothing.
  const [saves, setSaves] = useState(0);
  const set = useAct("set", { onSuccess: () => setSaves((n) => n + 1) });
  const save = (value: string) => set.mutate({ values: { [`criterion.${c.id}`]: value } });
  return (
    <div className="criterion">
      <div className="criterion-value">
        <SettingField
          key={`${saves} ${c.value}`}
          label={c.title}
          value={c.value ?? ""}
          placeholder="待填"
          onCommit={(text) => save(text === c.own ? "" : text)}
        />
        <span>{c.unit}</span>
      </div>
      {c.changed && (
        <div className="judge-note">
          <span className="tag strong">已改</span>　套件：{c.own === "" ? "未给" : `${c.own}${c.unit}`}
          <Button size="small" type="link" onClick={() => save("")}>
            恢复
          </Button>
        </div>
      )}
    </div>
  );
}
