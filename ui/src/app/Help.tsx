import { CopyOutlined } from "@ant-design/icons";
import { Alert, Button, Modal, Spin } from "antd";
import type { ReactNode } from "react";
import { asBackendError, host, useRead } from "../backend";
import type { Examination } from "../backend/bindings/Examination";
import { copyText } from "../components/copy";
import { Failure } from "../components/Failure";
import { showShortcut } from "../components/keys";
import { tell } from "../components/tell";
import { type Action, menuTitles, titleOfMenu } from "./actions";
import mark from "./mark.svg";

/** Keys that pages answer themselves, where they are not acts of the frame. */
const pageKeys: { title: string; keys: [string, string][] }[] = [
  {
    title: "数据表格",
    keys: [
      ["方向键", "移动单元格"],
      ["Shift+方向键", "选择区域"],
      ["Enter 或 F2", "更正单元格"],
      ["Ctrl+C　Ctrl+V", "复制、粘贴区域（可与 Excel、WPS 互通）"],
    ],
  },
  {
    title: "列表（现状、问题、对策）",
    keys: [
      ["↑　↓", "上一项、下一项"],
      ["Alt+↑　Alt+↓", "调整次序"],
    ],
  },
  {
    title: "核校意见",
    keys: [
      ["↑　↓", "上一条、下一条"],
      ["Enter", "到成文中的那一段"],
      ["a", "采用改法"],
      ["i", "忽略（写明原因）或恢复"],
    ],
  },
  {
    title: "成文",
    keys: [
      ["↑　↓", "上一段、下一段"],
      ["Enter", "编辑这一段；编辑中为拆成两段"],
      ["Shift+F10", "这一段的操作"],
      ["Esc", "写完，退出编辑"],
      ["Ctrl+Enter", "写完，编辑下一段"],
      ["Ctrl+/", "插入数字"],
      ["Ctrl+B", "加粗"],
    ],
  },
];

/** Pages of the menu 帮助. */
export type HelpPage = "shortcuts" | "diagnosis" | "about";

/** All keys, those of the frame by menu. */
export function Shortcuts({ actions, onClose }: { actions: Action[]; onClose: () => void }) {
  const groups = menuTitles
    .map((title) => ({
      title,
      keys: actions
        .filter((action) => action.shortcuts.length > 0 && titleOfMenu(action.id) === title)
        .map((action): [string, string] => [action.shortcuts.map(showShortcut).join("　"), action.name ?? action.label]),
    }))
    .concat(pageKeys)
    .filter(({ keys }) => keys.length > 0);
  return (
    <Modal open title="快捷键" width={980} style={{ top: 40 }} footer={null} onCancel={onClose}>
      <div className="help-keys">
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key + what}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** What the program finds on this machine, to read and to send to whoever helps. */
export function Diagnosis({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useRead("examine", null);
  const lines = data ? linesOf(data) : [];
  const copy = () =>
    void copyText([...lines.map(([name, text]) => `${name}：${text}`), ...(data?.faults ?? [])].join("\n")).then(() =>
      tell.done("已复制诊断内容。"),
    );
  return (
    <Modal
      open
      title="诊断"
      width={680}
      onCancel={onClose}
      footer={
        <>
          <Button icon={<CopyOutlined />} disabled={!data} onClick={copy}>
            复制
          </Button>
          <Button type="primary" onClick={onClose}>
            关闭
          </Button>
        </>
      }
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Spin />}
      {data && (
        <div className="help-diagnosis">
          {data.faults.length === 0 ? (
            <Alert type="success" showIcon title="没有发现问题，可以正常制作报告。" />
          ) : (
            data.faults.map((fault) => <Alert key={fault} type="error" showIcon title={fault} />)
          )}
          <dl className="selectable">
            {lines.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Modal>
  );
}

/** What the program is, which version, under which licences, and where data lie. */
export function About({ project, onClose }: { project: string | null; onClose: () => void }) {
  const found = useRead("examine", null).data;
  const folder = found?.working_folder ?? null;
  const facts: [string, ReactNode][] = [
    ["工程文件", project ?? "在您新建时选定的位置，一个文件存下全部数据、判断和文稿。"],
    [
      "程序数据",
      <>
        {folder ?? "…"}
        {folder !== null && (
          <Button size="small" type="link" onClick={() => void host.openPath(folder).catch((thrown: unknown) => tell.failure(asBackendError(thrown)))}>
            打开文件夹
          </Button>
        )}
        <div className="quiet">最近的工程、示例和您收入的套件；移走工程文件不受影响。</div>
      </>,
    ],
    ["联网", "从不。读取、计算和排版都在本机完成。"],
    ["许可", "MIT 或 Apache-2.0，任选其一。所用的第三方软件和字体各有许可，列在程序所带的 THIRD-PARTY.md 里。"],
  ];
  return (
    <Modal open title="关于研策" width={560} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>关闭</Button>}>
      <div className="help-about">
        <header>
          <img src={mark} alt="" draggable={false} />
          <div>
            <h2>
              研策 <span className="quiet num">{found && `版本 ${found.version}`}</span>
            </h2>
            <p>由台账、问卷和指标表写成“现状—问题—对策”研究报告，每个数字都能查到来源。</p>
          </div>
        </header>
        <dl className="selectable">
          {facts.map(([name, what]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  );
}

function linesOf(found: Examination): [string, string][] {
  const list = (items: string[]) => (items.length > 0 ? items.join("；") : "无");
  return [
    ["版本", found.version],
    ["工程文件格式", `${found.project_format}`],
    ["程序位置", found.program ?? "不明"],
    ["字体文件夹", found.fonts ?? "没有找到"],
    ["替代字体", list(found.stand_ins)],
    ["版式模板", list(found.templates)],
    ["报告套件", list(found.kits)],
    ["程序数据文件夹", `${found.working_folder ?? "不明"}${found.writable ? "（可写）" : "（不可写）"}`],
  ];
}
