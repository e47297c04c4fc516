import { DatePicker, Form } from "antd";
import dayjs from "dayjs";
import { useAct, useRead } from "../../backend";
import { FormatFields } from "../../components/FormatFields";
import { SettingField } from "../../components/SettingField";
import { useFormat } from "../../components/useFormat";
import { Writes } from "../../components/writing";

/** 封面与基本信息: titles, dates, the kit's parameters and what the chosen format asks for; each is saved when left. */
export function CoverForm() {
  const project = useRead("project", null).data;
  const { view, format } = useFormat();
  const set = useAct("set");
  if (!project) return null;
  const own = format?.fields.filter((field) => !field.general) ?? [];
  const put = (key: string, value: string) => set.mutate({ values: { [key]: value } });
  const line = (key: string, label: string, value: string, placeholder = "", extra = "") => (
    <Form.Item key={key} label={label} htmlFor={`cover-${key}`} {...(extra !== "" && { extra })}>
      <SettingField id={`cover-${key}`} label={label} value={value} placeholder={placeholder} onCommit={(value) => put(key, value)} />
    </Form.Item>
  );
  const date = (key: string, label: string, value: string | null) => (
    <Form.Item label={label} htmlFor={`cover-${key}`}>
      <Writes>
        <DatePicker
          id={`cover-${key}`}
          value={value === null ? null : dayjs(value)}
          allowClear={key === "date"}
          onChange={(date) => put(key, date?.format("YYYY-MM-DD") ?? "")}
        />
      </Writes>
    </Form.Item>
  );
  return (
    <Form layout="vertical" className="cover-form">
      {line("title", "题名", project.title)}
      {line("subtitle", "副标题", project.subtitle ?? "", "没有可不填")}
      {line("org", "署名单位", project.org ?? "", "没有可不填")}
      {line("authors", "撰稿人", project.authors.join("、"), "多人用顿号隔开")}
      {date("date", "日期", project.date)}
      {date("as-of", "数据截至", project.as_of)}
      {view && <FormatFields fields={view.general} values={view.values} />}
      {project.kit.parameters.map((parameter) =>
        line(parameter.key, parameter.title, project.parameters[parameter.key] ?? "", parameter.default, parameter.description),
      )}
      {view && format && own.length > 0 && (
        <>
          <h3>{format.name}的填写项</h3>
          <FormatFields fields={own} values={view.values} remarks={view.remarks[format.id] ?? []} />
        </>
      )}
    </Form>
  );
}
