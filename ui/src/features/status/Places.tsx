import { DeleteOutlined, EyeInvisibleOutlined, FormOutlined, PlusOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button, Popover, Select, Tooltip } from "antd";
import { useState } from "react";
import { useAct, useRead } from "../../backend";
import type { IndicatorView } from "../../backend/bindings/IndicatorView";
import type { Use } from "../../backend/bindings/Use";
import { useNavigation } from "../../components/navigation";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { type Form, formNames, FormPicker } from "./forms";
import { sectionOptions } from "./sections";

const kindNames: Record<Use["kind"], string> = { paragraph: "文字", table: "表", chart: "图", "key-figure": "摘要数字" };

/** Where an indicator stands in the report, with what can be done about each place. */
export function Places({ view }: { view: IndicatorView }) {
  const { navigate } = useNavigation();
  const remove = useAct("remove");
  const revert = useAct("revert");
  const edit = useAct("edit");
  const busy = remove.isPending || revert.isPending || edit.isPending;
  return (
    <>
      <div className="judge-head">
        <h3>在报告中</h3>
        <Writes>
          <Put key={view.indicator.id} view={view} />
        </Writes>
      </div>
      {view.uses.length === 0 ? (
        <p className="judge-note">报告里还没有用到这项指标。</p>
      ) : (
        <table className="lines places">
          <tbody>
            {view.uses.map((use) => (
              <tr key={`${use.block} ${use.kind} ${use.text}`} className={use.hidden ? "quiet" : ""}>
                <td className="places-kind">
                  <span className={use.hidden ? "tag" : "tag strong"}>{use.form ? formNames[use.form] : kindNames[use.kind]}</span>
                </td>
                <td>
                  <div className="places-text">{use.text || "（无题）"}{use.kind === "paragraph" && "…"}</div>
                  <div className="judge-note">
                    {use.section_title}
                    {use.own && "　自己插入"}
                    {use.hidden && "　已移出报告"}
                  </div>
                </td>
                <td className="places-acts">
                  <Writes>
                    {use.forms.length > 1 && use.form && (
                      <Select
                        size="small"
                        aria-label="图形"
                        value={use.form}
                        disabled={busy}
                        popupMatchSelectWidth={false}
                        options={use.forms.map((form) => ({ value: form, label: formNames[form] }))}
                        onChange={(form) => edit.mutate({ target: use.block, change: { aspect: "form", value: form } })}
                      />
                    )}
                  </Writes>
                  {!use.hidden && use.kind !== "key-figure" && (
                    <Tooltip title="去成文">
                      <Button
                        size="small"
                        type="text"
                        aria-label="去成文"
                        icon={<FormOutlined />}
                        onClick={() => navigate({ stage: "compose", focus: use.block })}
                      />
                    </Tooltip>
                  )}
                  <Writes>
                    {use.kind !== "key-figure" &&
                      (use.hidden ? (
                        <Button
                          size="small"
                          disabled={busy}
                          icon={<RollbackOutlined />}
                          onClick={() => revert.mutate({ target: use.block, aspect: "hidden" })}
                        >
                          放入报告
                        </Button>
                      ) : (
                        <Button
                          size="small"
                          disabled={busy}
                          icon={use.own ? <DeleteOutlined /> : <EyeInvisibleOutlined />}
                          onClick={() => remove.mutate({ target: use.block })}
                        >
                          {use.own ? "删除" : "移出报告"}
                        </Button>
                      ))}
                  </Writes>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Puts a new table or chart of the indicator into a section. */
function Put({ view }: { view: IndicatorView }) {
  const [open, setOpen] = useState(false);
  const [chosenForm, setForm] = useState<Form | null>(null);
  const [chosenSection, setSection] = useState<string | null>(null);
  const document = useRead("document", null, { enabled: open });
  const { navigate } = useNavigation();
  const forms: Form[] = ["table", ...view.table.forms];
  const form = chosenForm && forms.includes(chosenForm) ? chosenForm : (forms[1] ?? "table");
  const options = document.data ? sectionOptions(document.data.document) : [];
  const section = chosenSection ?? view.suggested_section ?? options[0]?.value ?? null;
  const insert = useAct("insert", {
    onSuccess: (id) => {
      setOpen(false);
      const title = options.find((option) => option.value === section)?.title ?? "报告";
      tell.done(`已放入“${title}”`, { label: "去看看", perform: () => navigate({ stage: "compose", focus: id }) });
    },
  });
  const put = () => {
    if (section === null) return;
    const indicator = view.indicator.id;
    insert.mutate({
      after: section,
      block: { type: "drawing", indicator, form: form === "table" ? null : form, caption: "" },
    });
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="put">
          <div className="judge-note">形式</div>
          <FormPicker forms={forms} value={form} onChoose={setForm} label="形式" />
          <div className="judge-note">放在哪一节的开头</div>
          <Select
            aria-label="章节"
            value={section}
            loading={document.isPending}
            options={options}
            onChange={setSection}
            showSearch={{ optionFilterProp: "label" }}
          />
          <Button type="primary" block loading={insert.isPending} disabled={section === null} onClick={put}>
            放入报告
          </Button>
        </div>
      }
    >
      <Button size="small" icon={<PlusOutlined />} className="put-open">
        另作图表放入报告…
      </Button>
    </Popover>
  );
}
