import { FileExcelOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Empty, Radio, Space, Spin, Tabs, Tag } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { asBackendError, type BackendError, call, cancel } from "../../backend";
import type { FileReport } from "../../backend/bindings/FileReport";
import type { ImportPreview } from "../../backend/bindings/ImportPreview";
import type { Mapping } from "../../backend/bindings/Mapping";
import type { Progress } from "../../backend/bindings/Progress";
import type { SourceIn } from "../../backend/bindings/SourceIn";
import type { TableReport } from "../../backend/bindings/TableReport";
import { Failure } from "../../components/Failure";
import { Page } from "../../components/Page";
import { tell } from "../../components/tell";
import { progressText, useLongAct } from "../../components/useLongAct";
import { Writes } from "../../components/writing";
import { AsOf } from "./AsOf";
import { Changes } from "./Changes";
import { mappingsOf } from "./mappings";
import { PreviewIssues } from "./PreviewIssues";
import { SheetHead } from "./SheetHead";
import { TableMapping } from "./TableMapping";

interface WizardProps {
  sources: SourceIn[];
  setSources: (sources: SourceIn[]) => void;
  add: () => void;
  onDone: () => void;
}

const nameOf = (source: SourceIn) => (source.kind === "file" ? source.path.replace(/^.*[\\/]/, "") : source.name);

/** Whether a table is taken as data and there is any. */
const hasRows = (table: TableReport) => table.dataset !== null && table.data_rows > 0;

const isFilled = (file: FileReport) => file.tables.some(hasRows);

/** How many of the files bring something; a file without rows is no failure, but brings nothing either. */
function countWords(files: FileReport[], refused: number): string {
  const filled = files.filter(isFilled).length;
  const empty = files.length - filled;
  return [`${filled} 个文件可以导入`, empty > 0 && `${empty} 个没有数据`, refused > 0 && `${refused} 个不能导入`].filter(Boolean).join("，");
}

/** Shows what an import would do, lets every decision be changed, and carries it out. */
export function Wizard({ sources, setSources, add, onDone }: WizardProps) {
  const [mappings, setMappings] = useState<Mapping[]>([]);
  /** Whether an earlier file makes way for the one that seems to be its new version, by the earlier file's name. */
  const [makesWay, setMakesWay] = useState<Record<string, boolean>>({});
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [failure, setFailure] = useState<BackendError | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isReading, setReading] = useState(true);
  const [tries, setTries] = useState(0);
  const act = useLongAct("import", "正在导入");
  const latest = useRef(0);
  const pending = useRef(0);

  const replaces = useMemo(() => Object.keys(makesWay).filter((name) => makesWay[name]), [makesWay]);

  useEffect(() => {
    const mine = ++latest.current;
    // What is still being read no longer matters.
    if (pending.current > 0) void cancel().catch(() => {});
    pending.current += 1;
    setReading(true);
    setFailure(null);
    call("preview_import", { sources, mappings, replaces }, { onProgress: (p) => mine === latest.current && setProgress(p) })
      .then((answer) => mine === latest.current && setPreview(answer))
      .catch((thrown: unknown) => mine === latest.current && setFailure(asBackendError(thrown)))
      .finally(() => {
        pending.current -= 1;
        if (mine !== latest.current) return;
        setReading(false);
        setProgress(null);
      });
  }, [sources, mappings, replaces, tries]);

  const refused = preview?.refused ?? [];
  const files = preview?.report?.files ?? [];
  const fresh = files.filter((file) => file.status !== "unchanged" || mappings.some((m) => m.file === file.file));
  const versions = files.flatMap((file) => (file.version ? [{ file: file.file, ...file.version }] : []));
  const undecided = versions.some((version) => makesWay[version.of] === undefined);
  const nothing = !isReading && preview !== null && fresh.length === 0;

  const confirm = async () => {
    const good = sources.filter((_, at) => !refused.some((r) => r.source === at));
    const report = await act.run({ sources: good, mappings, replaces });
    if (report === null) return;
    const records = report.datasets.reduce((sum, d) => sum + d.added + d.changed, 0);
    tell.done(`已导入 ${report.files.filter(isFilled).length} 个文件，新增或变动 ${records} 条记录。`);
    onDone();
  };

  return (
    <Page
      title="导入数据"
      flush
      note={preview ? countWords(files, refused.length) : undefined}
      actions={
        <>
          <Button icon={<PlusOutlined />} onClick={add} disabled={act.isRunning}>
            再加文件…
          </Button>
          <Button
            onClick={() => {
              if (isReading) void cancel();
              onDone();
            }}
          >
            取消
          </Button>
          <Writes>
            <Button type="primary" disabled={isReading || !fresh.some(isFilled) || undecided} onClick={() => void confirm()}>
              确认导入
            </Button>
          </Writes>
        </>
      }
    >
      <div className="wizard">
        {failure && failure.code !== "cancelled" && <Failure error={failure} onRetry={() => setTries((n) => n + 1)} />}
        {refused.length > 0 && (
          <div className="wizard-refused">
            {refused.map((one) => (
              <Alert
                key={one.source}
                type="error"
                showIcon
                title={
                  <>
                    <strong>{one.name}：不能导入</strong>　{one.message}
                    {/\.zip$/i.test(one.name) && "。报告套件请在左下角的“报告套件”中导入"}
                  </>
                }
                action={
                  <Button size="small" type="text" onClick={() => setSources(sources.filter((_, at) => at !== one.source))}>
                    移出
                  </Button>
                }
              />
            ))}
            {refused.length > 1 && (
              <Button size="small" onClick={() => setSources(sources.filter((_, at) => !refused.some((r) => r.source === at)))}>
                移出这 {refused.length} 个
              </Button>
            )}
          </div>
        )}
        {nothing && files.length > 0 && (
          <Alert type="info" showIcon title="这些文件的内容与工程中已有的完全相同，不必再导入。" />
        )}
        {preview && fresh.length > 0 && <AsOf newest={preview.newest_year} onTaken={() => setTries((n) => n + 1)} />}
        {versions.map((version) => (
          <Alert
            key={version.file}
            type={makesWay[version.of] === undefined ? "warning" : "info"}
            showIcon
            title={`“${version.file}”像是“${version.of}”的更新版`}
            description={
              <>
                <p>
                  两个文件列名相同，{version.records} 条记录中有 {version.shared} 条是同一批。两份都计入，同一记录可能重复计算，或留下已取消的记录。
                </p>
                <Radio.Group
                  aria-label={`怎样处理“${version.of}”`}
                  value={makesWay[version.of]}
                  options={[
                    { value: true, label: `替换“${version.of}”` },
                    { value: false, label: "两份都保留" },
                  ]}
                  onChange={(event) => setMakesWay((before) => ({ ...before, [version.of]: event.target.value as boolean }))}
                />
              </>
            }
          />
        ))}
        {isReading && (
          <div className="wizard-reading" role="status">
            <Spin size="small" /> {progressText(progress)}
          </div>
        )}
        {preview?.report && (
          <Tabs
            size="small"
            items={files
              .map((file) => ({
                key: file.file,
                label: (
                  <Space size={4}>
                    <FileExcelOutlined />
                    {file.file}
                    {file.status === "replaced" && <Tag color="warning">替换旧版</Tag>}
                    {file.status === "unchanged" && <Tag>内容相同</Tag>}
                  </Space>
                ),
                children: (
                  <FileStep
                    file={file}
                    preview={preview}
                    sources={sources}
                    setSources={setSources}
                    decide={(decision) => setMappings((before) => mappingsOf(before, decision))}
                  />
                ),
              }))
              .concat([
                {
                  key: "@changes",
                  label: <Space size={4}>变动一览</Space>,
                  children: <Changes report={preview.report} choices={preview.choices} />,
                },
              ])}
          />
        )}
        {!isReading && preview !== null && preview.report === null && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有可以导入的文件。换一个文件，或取消后重试。" />
        )}
      </div>
      {act.dialog}
    </Page>
  );
}

interface FileStepProps {
  file: FileReport;
  preview: ImportPreview;
  sources: SourceIn[];
  setSources: (sources: SourceIn[]) => void;
  decide: Parameters<typeof TableMapping>[0]["decide"];
}

function FileStep({ file, preview, sources, setSources, decide }: FileStepProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const at = sources.findIndex((source) => nameOf(source) === file.file || file.file.endsWith(`/${nameOf(source)}`));
  const source = sources[at];
  const asked = source?.kind === "file" ? source.sheets : [];
  // Sheets seen while all were asked for and whether they hold data, so that one left out can be taken in again.
  const seen = useRef(new Map<string, boolean>());
  const sheets = useMemo(() => {
    for (const { sheet } of file.tables) seen.current.set(sheet, file.tables.some((table) => table.sheet === sheet && hasRows(table)));
    return [...seen.current.keys()];
  }, [file]);
  const usable = sheets.filter((sheet) => seen.current.get(sheet));
  const chosen = (asked.length > 0 ? asked : usable).filter((sheet) => usable.includes(sheet));

  return (
    <div>
      {source?.kind === "file" && sheets.length > 1 && (
        <div className="wizard-sheets">
          <span className="quiet">导入工作表</span>
          <Checkbox.Group
            options={sheets.map((sheet) => ({ label: sheet, value: sheet, disabled: !usable.includes(sheet) }))}
            value={chosen}
            onChange={(picked) => {
              if (picked.length === 0) return;
              const all = picked.length === usable.length;
              setSources(sources.map((s, i) => (i === at && s.kind === "file" ? { ...s, sheets: all ? [] : picked } : s)));
            }}
          />
        </div>
      )}
      {file.tables.map((table, index) => {
        const look = preview.looks.find((one) => one.file === file.file && one.table === index);
        const dataset = preview.choices.find((choice) => choice.id === table.dataset);
        return (
          <section key={index} className="wizard-table" aria-label={`工作表 ${table.sheet}`}>
            <h3>
              {table.sheet}
              {dataset ? <Tag color="success">{dataset.title}</Tag> : <Tag>不作为数据</Tag>}
              {table.title && table.title !== dataset?.title && <span className="quiet">{table.title}</span>}
            </h3>
            {table.reason && <p className="wizard-reason">{table.reason}</p>}
            {look && (look.rows.length > 0 || hasRows(table)) && <SheetHead look={look} column={pointed} />}
            {table.columns.length > 0 && (
              <TableMapping file={file.file} table={table} choices={preview.choices} decide={decide} onPoint={setPointed} />
            )}
            <PreviewIssues table={table} />
          </section>
        );
      })}
    </div>
  );
}
