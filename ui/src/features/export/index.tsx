import { ExportOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Form, Radio, Select } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { asBackendError, type BackendError, host, type Request, type Response, useRead } from "../../backend";
import type { FontProfile } from "../../backend/bindings/FontProfile";
import type { Impose as ImposeRequest } from "../../backend/bindings/Impose";
import type { PdfStandard } from "../../backend/bindings/PdfStandard";
import type { PrintReport } from "../../backend/bindings/PrintReport";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { Dialog } from "../../components/Dialog";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { useHandle } from "../../components/handlers";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { PathField } from "../../components/PathField";
import { asFileName, folderOf, joinPath } from "../../components/paths";
import { tell } from "../../components/tell";
import { useLongAct } from "../../components/useLongAct";
import { useFormat } from "../../components/useFormat";
import { Formats } from "./Formats";
import { Impose } from "./Impose";
import { Preprint } from "./Preprint";
import "./export.css";

/** 导出: the report as PDF or on paper, its pages as pictures, its data and its evidence as workbooks. */
export default function ExportPage() {
  const { navigate } = useNavigation();
  const project = useRead("project", null).data;
  if (!project) return null;
  if (project.files.length === 0)
    return (
      <Page title="导出">
        <Empty
          icon={<ExportOutlined />}
          title="还没有可导出的报告"
          actions={
            <Button type="primary" onClick={() => navigate({ stage: "data" })}>
              导入数据
            </Button>
          }
        >
          先导入台账、问卷或指标表，报告随即生成，再到这里导出或打印。
        </Empty>
      </Page>
    );
  return <Exports key={project.path} project={project} />;
}

const standards: { value: PdfStandard; label: string; note: string }[] = [
  { value: "ua-1", label: "通用（PDF/UA）", note: "带标签和图表说明，读屏软件可读，适合印发和上网" },
  { value: "a-2b", label: "存档（PDF/A）", note: "适合归入档案，长期保存" },
  { value: "1.7", label: "普通（PDF 1.7）", note: "只供翻看和打印" },
];

const fontProfiles: { value: FontProfile; label: string; note: string }[] = [
  { value: "standard", label: "随程序的字体", note: "在任何一台电脑上排出的页面都一样" },
  { value: "system", label: "本机的公文字体", note: "有方正小标宋、仿宋_GB2312 等字体时使用，换电脑后版面可能变化" },
];

const ppis = [
  { value: 96, label: "96（看屏幕）" },
  { value: 150, label: "150（插入文稿）" },
  { value: 300, label: "300（印刷）" },
];

function Exports({ project }: { project: ProjectInfo }) {
  const { place, moves } = useNavigation();
  const folder = folderOf(project.path);
  const beside = (name: string) => joinPath(folder, name);
  const stem = asFileName(project.title) || "报告";

  const chosen = useFormat();
  const template = chosen.format?.id;
  const [standard, setStandard] = useState<PdfStandard>("ua-1");
  const [fonts, setFonts] = useState<FontProfile>("standard");
  const [ppi, setPpi] = useState(150);
  const [impose, setImpose] = useState<ImposeRequest | null>(null);

  const choice = { fonts, ...(template !== undefined && { template }) };
  const paper = impose !== null && { impose };
  const printing = useLongAct("export_pdf", "准备打印");
  const [unprinted, setUnprinted] = useState<string | null>(null);
  const print = async () => {
    try {
      const path = await host.printPath(stem);
      if (!(await printing.run({ ...choice, ...paper, path, standard: "1.7" }))) return;
      if ((await host.hasPrinter()) === false) return setUnprinted(path);
      await host.openPath(path);
      tell.done("已用系统的 PDF 程序打开，请在那里打印。", { label: "没有打开？找到文件", perform: () => reveal(path) });
    } catch (thrown) {
      tell.failure(asBackendError(thrown));
    }
  };
  useHandle("print", () => void print());

  // Ctrl+P on another stage leads here and means it.
  const asked = useRef(0);
  useEffect(() => {
    if (place.focus !== "print" || asked.current === moves) return;
    asked.current = moves;
    void print();
  });

  return (
    <Page title="导出" note="导出不改变工程；目标文件已存在时会被替换。">
      <div className="exports">
        <Formats chosen={chosen} />
        <Preprint template={template} />
        <Export
          name="export_pdf"
          title="报告 PDF"
          button="导出 PDF"
          path={beside(`${stem}.pdf`)}
          ending={{ name: "PDF 文件", extensions: ["pdf"] }}
          request={(path) => ({ ...choice, ...paper, path, standard })}
          made={(report) => ({ path: report.pdf ?? "", summary: `共 ${pagesOf(report)}`, report })}
          more={
            <Button icon={<PrinterOutlined />} onClick={() => void print()}>
              打印…
            </Button>
          }
        >
          <Choice label="文件格式" value={standard} options={standards} onChange={setStandard} />
          <Choice label="字体" value={fonts} options={fontProfiles} onChange={setFonts} />
          <Impose value={impose} onChange={setImpose} />
        </Export>
        <Export
          name="export_images"
          title="页面图片"
          button="导出图片"
          path={beside(`${stem}（图片）`)}
          folder
          request={(folder) => ({ ...choice, folder, ppi })}
          made={(report) => ({ path: folderOf(report.images[0] ?? ""), summary: `共 ${report.images.length} 张`, report })}
        >
          <Form.Item label="分辨率" htmlFor="export-ppi" extra="每页一张 PNG，可插入演示文稿或网页。">
            <Select id="export-ppi" value={ppi} onChange={setPpi} options={ppis} style={{ width: 220 }} />
          </Form.Item>
        </Export>
        <Export
          name="export_data"
          title="数据附件"
          note="整理好的记录，每个数据集一张工作表：更正已应用，重复已合并，个人信息已去除。"
          button="导出数据"
          path={beside(`${stem}（数据）.xlsx`)}
          ending={{ name: "Excel 工作簿", extensions: ["xlsx"] }}
          request={(path) => ({ path })}
          made={({ path }) => ({ path, summary: "" })}
        />
        <Export
          name="export_evidence"
          title="依据附件"
          note="每个数字的基数、缺失、算式和来源，每个问题的得分算式和判断标准，供审核时逐项核对。"
          button="导出依据"
          path={beside(`${stem}（依据）.xlsx`)}
          ending={{ name: "Excel 工作簿", extensions: ["xlsx"] }}
          request={(path) => ({ path })}
          made={({ path }) => ({ path, summary: "" })}
        />
      </div>
      {printing.dialog}
      {unprinted !== null && <NoPrinter path={unprinted} onClose={() => setUnprinted(null)} />}
    </Page>
  );
}

const shown = (opening: Promise<void>) => void opening.catch((thrown: unknown) => tell.failure(asBackendError(thrown)));
const reveal = (path: string) => shown(host.reveal(path));

/** What is left to do where there is no printer. */
function NoPrinter({ path, onClose }: { path: string; onClose: () => void }) {
  const then = (act: (path: string) => Promise<void>) => () => {
    shown(act(path));
    onClose();
  };
  return (
    <Dialog
      open
      title="这台电脑上没有装打印机"
      width={480}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          关闭
        </Button>,
        <Button key="reveal" onClick={then((path) => host.reveal(path))}>
          打开所在文件夹
        </Button>,
        <Button key="open" type="primary" data-first onClick={then((path) => host.openPath(path))}>
          打开 PDF
        </Button>,
      ]}
    >
      报告已排成 PDF。可以打开来看，或拷到有打印机的电脑上打印；装好打印机后，再点“打印…”即可。
    </Dialog>
  );
}

const pagesOf = ({ pages, sheets }: PrintReport) => (sheets === null ? `${pages} 页` : `${pages} 页，${sheets} 张纸`);

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; note: string }[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Form.Item label={label}>
      <Radio.Group
        className="choice"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        options={options.map(({ value, label, note }) => ({
          value,
          label: (
            <>
              {label}
              <span className="quiet">　{note}</span>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}

type ExportName = "export_pdf" | "export_images" | "export_data" | "export_evidence";

interface ExportProps<N extends ExportName> {
  name: N;
  title: string;
  note?: string;
  button: string;
  /** Where it goes unless the author says otherwise. */
  path: string;
  /** The target is a folder. */
  folder?: boolean;
  ending?: { name: string; extensions: string[] };
  request: (path: string) => Request<N>;
  made: (response: Response<N>) => Made;
  more?: ReactNode;
  children?: ReactNode;
}

interface Made {
  path: string;
  summary: string;
  report?: PrintReport;
}

/** One kind of export: its choices, its target, and what came of it. */
function Export<N extends ExportName>(props: ExportProps<N>) {
  const { name, title, note, button, folder = false, ending, request, made, more, children } = props;
  // Until somebody writes a path, it follows the title of the project.
  const [written, setWritten] = useState<string | null>(null);
  const [result, setResult] = useState<Made | null>(null);
  const [error, setError] = useState<BackendError | null>(null);
  const act = useLongAct(name, button, setError);
  const path = written ?? props.path;

  const run = async () => {
    setError(null);
    setResult(null);
    const response = await act.run(request(path));
    if (response !== null) setResult(made(response));
  };
  const browse = () =>
    folder
      ? host.pickFolder({ title: `${title}保存到哪个文件夹` })
      : host.pickTarget({ title: `${title}保存在哪里`, path, ...(ending && { filters: [ending] }) });

  return (
    <section className="export" aria-label={title}>
      <h2>{title}</h2>
      {note && <p className="quiet">{note}</p>}
      <Form layout="horizontal" labelCol={{ flex: "84px" }} wrapperCol={{ flex: "1 1 0" }} colon={false}>
        {children}
        <Form.Item label={folder ? "文件夹" : "保存为"} htmlFor={`${name}-path`}>
          <PathField id={`${name}-path`} label={`${title}的位置`} value={path} onChange={setWritten} browse={browse} />
        </Form.Item>
        <div className="export-acts">
          <Button type="primary" disabled={path.trim() === "" || act.isRunning} onClick={() => void run()}>
            {button}
          </Button>
          {more}
        </div>
      </Form>
      {error && <Failure error={error} onRetry={() => void run()} />}
      {result && <Result made={result} title={title} folder={folder} />}
      {act.dialog}
    </section>
  );
}

function Result({ made, title, folder }: { made: Made; title: string; folder: boolean }) {
  const remarks = made.report ? [...made.report.warnings, ...made.report.gaps.map((gap) => `待补：${gap}`)] : [];
  return (
    <div className="export-result" role="status">
      <span>
        {title}
        {/[a-z]$/i.test(title) && " "}已导出{made.summary && `，${made.summary}`}。
      </span>
      <span className="selectable quiet export-path">{made.path}</span>
      <span className="export-acts">
        <Button size="small" onClick={() => void host.openPath(made.path)}>
          打开
        </Button>
        {!folder && (
          <Button size="small" onClick={() => void host.reveal(made.path)}>
            打开所在文件夹
          </Button>
        )}
      </span>
      {remarks.length > 0 && (
        <details>
          <summary>{remarks.length} 条待补与提醒</summary>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
