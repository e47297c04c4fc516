import { FolderOpenOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Input, Modal, Radio, Space, Switch } from "antd";
import { useEffect, useRef, useState } from "react";
import { type BackendError, host, useAct, useRead } from "../../backend";
import type { KitInfo } from "../../backend/bindings/KitInfo";
import type { KitPreview } from "../../backend/bindings/KitPreview";
import type { KitView } from "../../backend/bindings/KitView";
import type { PartKind } from "../../backend/bindings/PartKind";
import { Dialog } from "../../components/Dialog";
import { isKit, takeFiles, takeForWorkshop } from "../../components/drops";
import { Failure } from "../../components/Failure";
import { PathField } from "../../components/PathField";
import { joinPath } from "../../components/paths";
import { tell } from "../../components/tell";
import { Writes } from "../../components/writing";
import { keysInWords, placeOf } from "./parts";

const zip = [{ name: "报告套件", extensions: ["zip"] }];
const kindWords: Record<PartKind, string> = {
  field: "字段",
  indicator: "指标",
  criterion: "依据",
  rule: "规则",
  measure: "对策",
  slot: "句式",
  parameter: "参数",
  policy: "权重",
};
const differenceWords = { added: "新增", removed: "删去", changed: "改动" } as const;

/** Buttons that take kits in and give them out. */
export function Exchange({ view, kit, hasProject }: { view: KitView | undefined; kit: string | null; hasProject: boolean }) {
  const [offered, setOffered] = useState<{ path: string; preview: KitPreview } | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const preview = useAct("preview_kit");
  const look = async (path: string | null) => {
    if (path === null) return;
    const found = await preview.mutateAsync({ path }).catch(() => null);
    if (found) setOffered({ path, preview: found });
  };
  const take = useRef(look);
  useEffect(() => {
    take.current = look;
  });
  useEffect(
    () =>
      takeFiles("kits", (event) => {
        if (event.kind === "drop" && isKit(event.paths)) void take.current(event.paths[0] ?? null);
      }),
    [],
  );
  // What was let go over another page brought the author here.
  useEffect(() => void look(takeForWorkshop()), []);
  const [isTaking, setTaking] = useState(false);
  const [isGiving, setGiving] = useState(false);
  return (
    <Space size={6}>
      {view?.editable && <Button onClick={() => setKeeping(true)}>存为我的套件…</Button>}
      <Button onClick={() => setTaking(true)}>导入…</Button>
      <Button disabled={!view} onClick={() => setGiving(true)}>
        导出…
      </Button>
      {isTaking && !offered && (
        <Take isReading={preview.isPending} onLook={(path) => void look(path)} onClose={() => setTaking(false)} />
      )}
      {isGiving && view && <Give id={kit} name={view.kit.name} onClose={() => setGiving(false)} />}
      {offered && (
        <Offer
          {...offered}
          hasProject={hasProject}
          onClose={() => {
            setOffered(null);
            setTaking(false);
          }}
        />
      )}
      {isKeeping && view && <Keep kit={view.kit} path={null} onClose={() => setKeeping(false)} />}
    </Space>
  );
}

/** Asks which kit to look at: a zip or a folder, by its path or by the system's dialogs. */
function Take({ isReading, onLook, onClose }: { isReading: boolean; onLook: (path: string) => void; onClose: () => void }) {
  const [path, setPath] = useState("");
  const where = path.trim().replace(/^"(.*)"$/, "$1");
  const submit = () => where !== "" && onLook(where);
  return (
    <Dialog
      open
      title="导入报告套件"
      okText="查看"
      cancelText="取消"
      okButtonProps={{ disabled: where === "" }}
      confirmLoading={isReading}
      onOk={submit}
      onCancel={onClose}
    >
      <form
        className="kit-path"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PathField
          label="套件的路径"
          placeholder="zip 文件或文件夹的完整路径"
          value={path}
          onChange={setPath}
          browse={() => host.pickFile({ title: "导入报告套件", filters: zip })}
        />
        <Button
          icon={<FolderOpenOutlined />}
          onClick={() => void host.pickFolder({ title: "选择套件所在的文件夹" }).then((picked) => picked !== null && setPath(picked))}
        >
          选文件夹…
        </Button>
      </form>
      <p className="kit-hint">也可以把 zip 文件或文件夹拖进窗口。下一步先看内容和不同之处，再决定怎样用。</p>
    </Dialog>
  );
}

/** Asks where a kit goes, as one zip or as a folder of its files. */
function Give({ id, name, onClose }: { id: string | null; name: string; onClose: () => void }) {
  const [isZip, setZip] = useState(true);
  const [folder, setFolder] = useState("");
  const [path, setPath] = useState<string | null>(null);
  const [error, setError] = useState<BackendError | null>(null);
  const give = useAct("export_kit", {
    onError: setError,
    onSuccess: (path) => {
      onClose();
      tell.done("套件已导出。", { label: "打开所在文件夹", perform: () => void host.reveal(path) });
    },
  });
  useEffect(() => {
    void host.documentsFolder().then((folder) => setFolder(folder ?? ""));
  }, []);
  const shown = path ?? (isZip ? joinPath(folder, `${name}.zip`) : folder);
  const submit = () => {
    setError(null);
    // Some systems leave the ending to the program.
    give.mutate({ id, path: isZip && !/\.zip$/i.test(shown) ? `${shown}.zip` : shown });
  };
  return (
    <Dialog
      open
      title={`导出套件：${name}`}
      okText="导出"
      cancelText="取消"
      okButtonProps={{ disabled: shown.trim() === "" }}
      confirmLoading={give.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <form
        className="kit-path"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Radio.Group
          value={isZip}
          options={[
            { value: true, label: "一个 zip 文件" },
            { value: false, label: "文件夹" },
          ]}
          onChange={({ target }) => {
            setZip(target.value as boolean);
            setPath(null);
          }}
        />
        <PathField
          label="导出到"
          value={shown}
          onChange={setPath}
          browse={() =>
            isZip
              ? host.pickTarget({ title: "导出报告套件", filters: zip, path: shown })
              : host.pickFolder({ title: "选择放套件的文件夹" })
          }
        />
        <button type="submit" hidden />
      </form>
      {error && <Failure error={error} />}
    </Dialog>
  );
}

/** A kit that was picked: what it is, how it differs, and the ways to take it. */
function Offer({ path, preview, hasProject, onClose }: { path: string; preview: KitPreview; hasProject: boolean; onClose: () => void }) {
  const [keepMine, setKeepMine] = useState(false);
  const [isNaming, setNaming] = useState(false);
  const adopt = useAct("adopt_kit", {
    onSuccess: () => {
      tell.done("已换用这个套件，可以撤销。");
      onClose();
    },
  });
  const keep = useAct("keep_kit", {
    onSuccess: (kit) => {
      tell.done(`“${kit.name}”已收入我的套件，新建工程时可选。`);
      onClose();
    },
  });
  const { kit } = preview;
  // A kit that is brought along with the program stays as it is; another of its id is kept under a name of its own.
  const isBuiltIn = useRead("kits", null).data?.some((card) => card.kit.id === kit?.id && !card.own) ?? false;
  const isSame = preview.diff !== null && preview.diff.files.length === 0;
  return (
    <Modal
      open
      width={720}
      title={kit ? `导入套件：${kit.name} ${kit.version}` : "这个套件有错，不能使用"}
      onCancel={onClose}
      footer={
        <Space>
          <Button onClick={onClose}>取消</Button>
          {kit && (
            <Button
              loading={keep.isPending}
              onClick={() => (isBuiltIn ? setNaming(true) : keep.mutate({ path, id: null, name: null, replace: preview.kept }))}
            >
              {isBuiltIn ? "收入我的套件…" : preview.kept ? "替换我的套件" : "收入我的套件"}
            </Button>
          )}
          {kit && hasProject && (
            <Writes>
              <Button
                type="primary"
                disabled={isSame}
                loading={adopt.isPending}
                onClick={() => adopt.mutate({ path, keep_mine: keepMine })}
              >
                用于本工程
              </Button>
            </Writes>
          )}
        </Space>
      }
    >
      {!kit && (
        <div className="kit-diff">
          {preview.faults.map((fault, index) => (
            <div key={index} className="selectable">
              {placeOf(fault)}：{fault.message}
            </div>
          ))}
        </div>
      )}
      {kit && (
        <>
          <p>{kit.description}</p>
          {preview.size && (
            <p className="kit-hint num">
              {preview.size[0]} 个指标、{preview.size[1]} 条规则、{preview.size[2]} 条对策
            </p>
          )}
          {preview.diff && <Differences preview={preview} same="与本工程正在用的套件相同。" />}
          {preview.mine.length > 0 && !isSame && <KeepMine count={preview.mine.length} value={keepMine} onChange={setKeepMine} />}
          {isNaming && (
            <Keep
              kit={kit}
              path={path}
              onClose={() => {
                setNaming(false);
                onClose();
              }}
            />
          )}
        </>
      )}
    </Modal>
  );
}

function KeepMine({ count, value, onChange }: { count: number; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Checkbox className="kit-keep" checked={value} onChange={(event) => onChange(event.target.checked)}>
      保留我在本工程里改过的 {count} 处
    </Checkbox>
  );
}

/** What would be different, by part; files where parts do not tell. */
function Differences({ preview, same }: { preview: KitPreview; same: string }) {
  const { diff } = preview;
  if (!diff) return null;
  if (diff.files.length === 0) return <p className="kit-hint">{same}</p>;
  return (
    <div className="kit-diff" role="list" aria-label="不同之处">
      {diff.parts.map((one) => (
        <div key={`${one.part.kind} ${one.part.id}`} role="listitem">
          <span className={`kit-difference ${one.difference}`}>{differenceWords[one.difference]}</span>
          <span className="quiet">{kindWords[one.part.kind]}</span> {one.title}
          {one.keys.length > 0 && <span className="quiet">（{keysInWords(one.keys)}）</span>}
        </div>
      ))}
      {diff.parts.length === 0 &&
        diff.files.map((one) => (
          <div key={one.path} role="listitem">
            <span className={`kit-difference ${one.difference}`}>{differenceWords[one.difference]}</span>
            <span className="quiet">文件</span> {one.path}
          </div>
        ))}
    </div>
  );
}

/** Says that the gallery has another version of the project's kit, and takes it when told to. */
export function Newer() {
  const newer = useRead("newer_kit", null).data;
  const [isOpen, setOpen] = useState(false);
  const [keepMine, setKeepMine] = useState(true);
  const adopt = useAct("adopt_kit", {
    onSuccess: () => {
      tell.done("套件已更新，可以撤销。");
      setOpen(false);
    },
  });
  if (!newer) return null;
  const count = newer.diff?.parts.length || newer.diff?.files.length || 0;
  return (
    <>
      <Alert
        className="kit-newer"
        type="info"
        title={`本工程用的套件与程序现有的${newer.kit ? `“${newer.kit.name}”${newer.kit.version}` : "同名套件"}有 ${count} 处不同。`}
        action={
          <Writes>
            <Button size="small" onClick={() => setOpen(true)}>
              查看并更新…
            </Button>
          </Writes>
        }
      />
      <Modal
        open={isOpen}
        width={720}
        title="更新本工程的套件"
        okText="更新"
        cancelText="暂不更新"
        confirmLoading={adopt.isPending}
        okButtonProps={{ disabled: newer.kit === null }}
        onOk={() => adopt.mutate({ path: null, keep_mine: keepMine && newer.mine.length > 0 })}
        onCancel={() => setOpen(false)}
      >
        <p className="kit-hint">更新后，指标、问题与正文按新套件重新计算；您对报告的修改不受影响，此步可以撤销。</p>
        <Differences preview={newer} same="" />
        {newer.mine.length > 0 && <KeepMine count={newer.mine.length} value={keepMine} onChange={setKeepMine} />}
      </Modal>
    </>
  );
}

/** Keeps a kit for new projects under an id and a name: the project's, or the one at `path`. */
function Keep({ kit, path, onClose }: { kit: KitInfo; path: string | null; onClose: () => void }) {
  const kits = useRead("kits", null).data ?? [];
  const [name, setName] = useState(`${kit.name}（修改）`);
  const [id, setId] = useState(`${kit.id}-2`);
  const [replace, setReplace] = useState(false);
  const taken = kits.find((card) => card.kit.id === id);
  const keep = useAct("keep_kit", {
    onSuccess: (kit) => {
      tell.done(`“${kit.name}”已收入我的套件，新建工程时可选。`);
      onClose();
    },
  });
  const isValid = /^[a-z0-9-]{1,64}$/.test(id) && name.trim() !== "" && (!taken || (taken.own && replace));
  return (
    <Dialog
      open
      title="存为我的套件"
      okText="存入"
      cancelText="取消"
      okButtonProps={{ disabled: !isValid }}
      confirmLoading={keep.isPending}
      onOk={() => keep.mutate({ path, id, name: name.trim(), replace })}
      onCancel={onClose}
    >
      <p className="kit-hint">
        {path === null
          ? "把本工程里改好的套件留作以后新建工程之用；本工程不受影响。"
          : "程序自带同一代号的套件，收入时另起名称和代号。"}
      </p>
      <div className="kit-keep-form">
        <label>
          名称
          <Input aria-label="名称" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          代号
          <Input aria-label="代号" value={id} spellCheck={false} onChange={(event) => setId(event.target.value.trim())} />
        </label>
        {!/^[a-z0-9-]*$/.test(id) && <div className="kit-fault">代号只能用小写字母、数字和连字符。</div>}
        {taken && !taken.own && <div className="kit-fault">这是程序自带套件的代号，请另起一个。</div>}
        {taken?.own && (
          <label className="kit-replace">
            <Switch size="small" checked={replace} onChange={setReplace} /> 替换已有的“{taken.kit.name}”
          </label>
        )}
      </div>
    </Dialog>
  );
}
