import { CloseOutlined, DeleteOutlined, ExperimentOutlined, FileAddOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { Button, Skeleton, Tag, Tooltip } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import { host, useAct, useRead } from "../../backend";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { fileName, folderOf } from "../../components/paths";
import { useLongAct } from "../../components/useLongAct";
import { useOpenProject } from "../../components/useOpenProject";
import { Create } from "./Create";
import { Gallery } from "./Gallery";

/** What to begin with: a recent project, another file, the example, or a new project from a kit. */
export function Start({ project }: { project: ProjectInfo | null }) {
  const { place, moves, navigate } = useNavigation();
  const kits = useRead("kits", null);
  const [creating, setCreating] = useState<string | null>(null);
  const [path, setPath] = useState("");
  const open = useOpenProject();
  const example = useLongAct("open_example", "打开示例");

  const wanted = place.params?.start === "create";
  const first = kits.data?.[0]?.kit.id ?? null;
  useEffect(() => {
    if (wanted && first !== null) setCreating((kit) => kit ?? first);
  }, [wanted, first, moves]);

  const pick = async () => {
    const picked = await host.pickFile({ title: "打开工程", filters: [{ name: "研策工程", extensions: ["yance"] }] });
    if (picked !== null) open.mutate({ path: picked });
  };
  const openExample = (kit: string) => void example.run({ kit });
  const withExample = kits.data?.find((card) => card.has_example)?.kit;

  return (
    <section className="start" aria-label="开始">
      <aside className="start-side">
        <h1>研策</h1>
        <p className="quiet">调查数据到现状—问题—对策报告</p>
        <div className="start-acts">
          <Button type="primary" icon={<FileAddOutlined />} disabled={first === null} onClick={() => setCreating(first)}>
            新建工程…
          </Button>
          <Button icon={<FolderOpenOutlined />} onClick={() => void pick()}>
            打开工程…
          </Button>
          <Button
            icon={<ExperimentOutlined />}
            disabled={withExample === undefined}
            onClick={() => withExample !== undefined && openExample(withExample.id)}
          >
            打开示例{withExample && `：${withExample.name}`}
          </Button>
          {project && (
            <Button icon={<CloseOutlined />} onClick={() => navigate({ stage: "project" })}>
              回到当前工程
            </Button>
          )}
        </div>
        <form
          className="start-path"
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim()) open.mutate({ path: path.trim().replace(/^"(.*)"$/, "$1") });
          }}
        >
          <input
            aria-label="工程文件的路径"
            placeholder="或粘贴 .yance 文件的路径，按回车打开"
            value={path}
            spellCheck={false}
            onChange={(event) => setPath(event.target.value)}
          />
        </form>
        <Recent onOpen={(path) => open.mutate({ path })} />
      </aside>
      <div className="start-main">
        <h2>从报告套件新建</h2>
        <p className="quiet">套件规定要收集哪些数据、计算哪些指标、怎样判断问题和提出对策。选一个最接近的，之后都可以修改。</p>
        {kits.error && <Failure error={kits.error} onRetry={() => void kits.refetch()} />}
        {kits.isPending && <Skeleton active />}
        {kits.data && <Gallery cards={kits.data} onCreate={setCreating} onExample={openExample} />}
      </div>
      {creating !== null && kits.data && (
        <Create
          cards={kits.data}
          kit={creating}
          onKit={setCreating}
          onClose={() => {
            setCreating(null);
            if (wanted) navigate({ stage: "project", ...(project ? {} : { params: {} }) });
          }}
        />
      )}
      {example.dialog}
    </section>
  );
}

function Recent({ onOpen }: { onOpen: (path: string) => void }) {
  const recent = useRead("recent", null);
  const forget = useAct("forget_recent");
  if (!recent.data) return null;
  return (
    <>
      <h2>最近的工程</h2>
      {recent.data.length === 0 && (
        <p className="quiet">还没有打开过工程。第一次使用，可先打开示例，看看从数据到报告的全过程。</p>
      )}
      <ul className="recent">
        {recent.data.map((project) => (
          <li key={project.path}>
            <button type="button" disabled={!project.exists} title={project.path} onClick={() => onOpen(project.path)}>
              <span className="recent-title">
                {project.title}
                {!project.exists && <Tag>文件已移走</Tag>}
              </span>
              <span className="recent-note">
                {dayjs(project.opened).format("YYYY-MM-DD")}　{fileName(project.path)}　{folderOf(project.path)}
              </span>
            </button>
            <Tooltip title="从列表移去（不删除文件）">
              <Button
                type="text"
                size="small"
                aria-label={`从列表移去 ${project.title}`}
                icon={<DeleteOutlined />}
                onClick={() => forget.mutate({ path: project.path })}
              />
            </Tooltip>
          </li>
        ))}
      </ul>
    </>
  );
}
