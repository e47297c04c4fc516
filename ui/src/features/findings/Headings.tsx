import { CheckCircleOutlined } from "@ant-design/icons";
import { Alert, Button, Select } from "antd";
import { useAct } from "../../backend";
import type { FindingView } from "../../backend/bindings/FindingView";
import type { ParallelView } from "../../backend/bindings/ParallelView";
import { SettingField } from "../../components/SettingField";
import { lengthsText } from "./order";

/** Keeps the headings of one rank parallel: shows their lengths, marks odd ones, offers the kit's others. */
export function Headings({ findings, parallel }: { findings: FindingView[]; parallel: ParallelView }) {
  const set = useAct("set_headings");
  const proposal = Object.entries(parallel.proposal);
  const changes = proposal.filter(([id, text]) => findings.find((f) => f.id === id)?.heading?.text !== text);
  return (
    <div className="headings">
      {parallel.equal ? (
        <Alert
          type="success"
          showIcon
          icon={<CheckCircleOutlined />}
          title={findings.length > 1 ? `各标题都是 ${lengthsText(parallel.lengths)}，句式整齐。` : "只有一个标题，不需要对齐。"}
        />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={`多数标题为 ${lengthsText(parallel.lengths)}，标出的与之不齐。`}
          description={
            changes.length > 0
              ? `套件有等长的备选：换 ${changes.length} 个标题即可对齐。`
              : "套件没有能使各条等长的备选，请自行修改标出的标题。"
          }
          action={
            changes.length > 0 && (
              <Button
                type="primary"
                size="small"
                loading={set.isPending}
                onClick={() => set.mutate({ headings: Object.fromEntries(changes) })}
              >
                对齐
              </Button>
            )
          }
        />
      )}
      <ol className="headings-list">
        {findings.map(
          (f) =>
            f.heading && (
              <li key={f.id} className={f.heading.fits ? "" : "odd"}>
                <div className="headings-line">
                  <span className="quiet">（{f.number}）</span>
                  <SettingField
                    key={f.heading.text}
                    label={`标题（${f.number}）`}
                    value={f.heading.text}
                    onCommit={(text) =>
                      (text !== "" || f.own_heading) && set.mutate({ headings: { [f.id]: text === "" ? null : text } })
                    }
                  />
                  <span className={f.heading.fits ? "judge-note num" : "finding-odd num"}>{lengthsText(f.heading.lengths)}</span>
                </div>
                <div className="headings-line">
                  <Select
                    size="small"
                    aria-label={`备选（${f.number}）`}
                    value={null}
                    placeholder={`套件的备选 ${f.headings.length} 个`}
                    options={f.headings.map((h) => ({
                      value: h.text,
                      label: `${h.text}（${lengthsText(h.lengths)}${h.fits ? "，等长" : ""}）`,
                      disabled: h.text === f.heading?.text,
                    }))}
                    onChange={(text: string | null) => text && set.mutate({ headings: { [f.id]: text } })}
                  />
                  {f.own_heading && (
                    <Button size="small" type="link" onClick={() => set.mutate({ headings: { [f.id]: null } })}>
                      恢复套件标题
                    </Button>
                  )}
                </div>
              </li>
            ),
        )}
      </ol>
    </div>
  );
}
