import { Button, Input } from "antd";
import { useMemo, useState } from "react";
import { useAct } from "../../backend";
import type { CriterionView } from "../../backend/bindings/CriterionView";
import type { FindingView } from "../../backend/bindings/FindingView";
import { SettingField } from "../../components/SettingField";
import { Writes } from "../../components/writing";

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
            <CriterionRow key={c.id} criterion={c} usedBy={c.used_by.map((id) => titles.get(id) ?? id)} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="quiet">没有找到“{words}”。</p>}
    </>
  );
}

/** A benchmark with where it comes from, what it is used for, and its value to change. */
export function CriterionRow({ criterion: c, usedBy = [] }: { criterion: CriterionView; usedBy?: string[] }) {
  return (
    <tr>
      <td>
        {c.title}
        <div className="judge-note">{[c.valid, c.source, c.note].filter(Boolean).join("　")}</div>
        {usedBy.length > 0 && <div className="judge-note">用于：{usedBy.join("、")}</div>}
      </td>
      <td className="finding-criterion">
        <CriterionValue criterion={c} />
      </td>
    </tr>
  );
}

/** The value of a benchmark, editable; marked when it is not the kit's. */
function CriterionValue({ criterion: c }: { criterion: CriterionView }) {
  const set = useAct("set");
  const save = (value: string) => set.mutate({ values: { [`criterion.${c.id}`]: value } });
  return (
    <div className="criterion">
      <div className="criterion-value">
        <SettingField
          key={c.value}
          label={c.title}
          value={c.value ?? ""}
          placeholder="待填"
          onCommit={(text) => (text !== "" || c.changed) && save(text === c.own ? "" : text)}
        />
        <span>{c.unit}</span>
      </div>
      {c.changed && (
        <div className="judge-note">
          <span className="tag strong">已改</span>　套件：{c.own === "" ? "未给" : `${c.own}${c.unit}`}
          <Writes>
            <Button size="small" type="link" onClick={() => save("")}>
              恢复
            </Button>
          </Writes>
        </div>
      )}
    </div>
  );
}
