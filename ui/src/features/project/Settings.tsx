import { CloseOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { Button, DatePicker, Form } from "antd";
import dayjs from "dayjs";
import { useEffect } from "react";
import { host, useAct, useRead } from "../../backend";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { FormatFields } from "../../components/FormatFields";
import { useNavigation } from "../../components/navigation";
import { fileName } from "../../components/paths";
import { Page } from "../../components/Page";
import { SettingField } from "../../components/SettingField";
import { Writes } from "../../components/writing";

/** Titles, dates and parameters of the open project; each is saved when its field is left. */
export function Settings({ project }: { project: ProjectInfo }) {
  const { place, moves, navigate } = useNavigation();
  // The search leads to a setting.
  useEffect(() => {
    if (place.focus !== undefined) document.getElementById(`set-${place.focus}`)?.focus();
  }, [place.focus, moves]);
  const formats = useRead("formats", null).data;
  const set = useAct("set");
  const close = useAct("close_project");
  const put = (key: string, value: string) => set.mutate({ values: { [key]: value } });

  const line = (key: string, label: string, value: string, placeholder = "", extra?: string) => (
    <Form.Item label={label} htmlFor={`set-${key}`} extra={extra} key={key}>
      <SettingField
        id={`set-${key}`}
        label={label}
        value={value}
        placeholder={placeholder}
        onCommit={(value) => put(key, value)}
      />
    </Form.Item>
  );
  const date = (key: string, label: string, value: string | null, extra: string) => (
    <Form.Item label={label} htmlFor={`set-${key}`} extra={extra}>
      <Writes>
        <DatePicker
          id={`set-${key}`}
          value={value === null ? null : dayjs(value)}
          allowClear={key === "date"}
          onChange={(date) => put(key, date?.format("YYYY-MM-DD") ?? "")}
        />
      </Writes>
    </Form.Item>
  );

  return (
    <Page
      title="项目"
      note={<span title={project.path}>{fileName(project.path)}</span>}
      actions={
        <>
          <Button icon={<FolderOpenOutlined />} onClick={() => navigate({ stage: "project", params: { start: "open" } })}>
            新建或打开其他…
          </Button>
          <Button icon={<CloseOutlined />} onClick={() => close.mutate(null)}>
            关闭工程
          </Button>
        </>
      }
    >
      <div className="settings-box">
      <div className="settings">
        <Form layout="horizontal" labelCol={{ flex: "132px" }} wrapperCol={{ flex: "1 1 0" }} colon={false}>
          <h2>封面</h2>
          {line("title", "报告标题", project.title)}
          {line("subtitle", "副标题", project.subtitle ?? "", "没有可不填")}
          {line("org", "署名单位", project.org ?? "", "没有可不填")}
          {line("authors", "撰稿人", project.authors.join("、"), "多人用顿号隔开")}
          {date("as-of", "数据截至", project.as_of, "依据和政策按这一天是否有效来选用。")}
          {date("date", "印制日期", project.date, "印在封面上；不填则印数据截至日。")}
          {formats && <FormatFields fields={formats.general} values={formats.values} />}
          {project.kit.parameters.length > 0 && <h2>本套件的参数</h2>}
          {project.kit.parameters.map((parameter) =>
            line(
              parameter.key,
              parameter.title,
              project.parameters[parameter.key] ?? "",
              parameter.default,
              parameter.description,
            ),
          )}
        </Form>
        <aside className="settings-side">
          <h2>报告套件</h2>
          <p>
            {project.kit.name} <span className="quiet num">{project.kit.version}</span>
          </p>
          <p className="quiet">{project.kit.description}</p>
          <Button size="small" onClick={() => navigate({ stage: "kits" })}>
            查看与修改套件
          </Button>
          <h2>数据文件</h2>
          {project.files.length === 0 ? (
            <>
              <p className="quiet">还没有导入数据。</p>
              <Button size="small" type="primary" onClick={() => navigate({ stage: "data" })}>
                导入数据
              </Button>
            </>
          ) : (
            <ul className="file-list">
              {project.files.map((file) => (
                <li key={file} className="selectable">
                  {file}
                </li>
              ))}
            </ul>
          )}
          <h2>工程文件</h2>
          <p className="quiet">一个文件存下全部数据、判断和文稿，每一步都已写入；复制它就是备份。</p>
          <Button size="small" onClick={() => void host.reveal(project.path)}>
            在文件夹中显示
          </Button>
        </aside>
      </div>
      </div>
    </Page>
  );
}
