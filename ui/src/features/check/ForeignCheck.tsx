import { Button, Input, Space } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { type BackendError, host, useAct } from "../../backend";
import { Dialog } from "../../components/Dialog";
import { Failure } from "../../components/Failure";
import { Page } from "../../components/Page";
import { PathField } from "../../components/PathField";
import { joinPath, withEnding } from "../../components/paths";
import { tell } from "../../components/tell";
import { Checked } from "./Checked";
import { type Foreign, foreign, useForeign, useForeignBusy } from "./foreign";
import { copyName } from "./marks";
import { SaveSheet } from "./SaveSheet";

const drafts = [{ name: "文稿", extensions: ["docx", "pdf", "txt", "md"] }];

/** 检查外来文稿: any draft, checked by itself. */
export function ForeignCheck({ tabs }: { tabs: ReactNode }) {
  const draft = useForeign();
  return draft ? <CheckedDraft draft={draft} tabs={tabs} /> : <Choose tabs={tabs} />;
}

/** Before there is a draft: everything that can bring one. */
function Choose({ tabs }: { tabs: ReactNode }) {
  const isBusy = useForeignBusy();
  const [path, setPath] = useState("");
  const [text, setText] = useState("");
  const pick = () => host.pickFile({ title: "选择要核校的文稿", filters: drafts });
  return (
    <Page title="核校" note={tabs}>
      <div className="check-choose">
        <section aria-label="文稿文件">
          <h2>文稿文件</h2>
          <p className="quiet">docx、pdf、txt、md；也可以把文件拖进窗口。原文件不会改动。</p>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (path.trim() !== "") void foreign.file(path.trim());
            }}
          >
            <PathField label="文稿的路径" value={path} onChange={setPath} browse={pick} placeholder="文稿的完整路径" />
            <Button type="primary" htmlType="submit" loading={isBusy} disabled={path.trim() === ""}>
              核校文件
            </Button>
          </form>
        </section>
        <section aria-label="粘贴文字">
          <h2>粘贴文字</h2>
          <Input.TextArea
            aria-label="要核校的文字"
            value={text}
            placeholder="从 Word、WPS 或网页复制一段文字，粘贴到这里；表格粘贴后仍按表格核对"
            autoSize={{ minRows: 9, maxRows: 16 }}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="primary" loading={isBusy} disabled={text.trim() === ""} onClick={() => void foreign.text(text)}>
            核校文字
          </Button>
        </section>
        <p className="quiet check-about">
          只凭文稿自身核对：分项与合计、占比、增减与增速、倍数、位次、同名异值、用词与数字、单位与文号写法等。文稿没有给出依据的数不作判断。
        </p>
      </div>
    </Page>
  );
}

function CheckedDraft({ draft, tabs }: { draft: Foreign; tabs: ReactNode }) {
  const isBusy = useForeignBusy();
  const [isSaving, setSaving] = useState(false);
  const [isSheet, setSheet] = useState(false);
  const folder = useDocuments();
  const { view, past } = draft;
  // Reasons given in this check lie over what the check says.
  const shown = {
    ...view,
    findings: view.findings.filter((f) => !draft.applying.includes(f.key)).map((f) => ({
      ...f,
      ignored: draft.ignored[f.key] ?? null,
      obstacle: f.suggestion && !view.correctable ? "docx 和 pdf 只列出意见，文件不会改动；请复制改法，在原文稿中改。" : f.obstacle,
    })),
  };
  const name = draft.path?.split(/[\\/]/).at(-1) ?? "粘贴的文字";
  return (
    <Page
      title="核校"
      note={
        <span className="check-note">
          {tabs}
          <span className="check-file" title={draft.path ?? undefined}>
            {name}
          </span>
          <span className="num">
            {view.text.length.toLocaleString("zh-CN")} 字{past.length > 0 && `，已改 ${past.length} 处`}
            {!draft.isSaved && "，未保存"}
          </span>
        </span>
      }
      actions={
        <>
          {past.length > 0 && (
            <Button disabled={isBusy} onClick={() => void foreign.back()}>
              撤回上一处改动
            </Button>
          )}
          {view.correctable && (
            <Button type={draft.isSaved ? "default" : "primary"} onClick={() => setSaving(true)}>
              另存改正稿…
            </Button>
          )}
          <Button onClick={() => setSheet(true)}>核校意见表…</Button>
          <Button onClick={foreign.leave}>换一份文稿</Button>
        </>
      }
      flush
    >
      <Checked
        key={draft.path ?? "pasted"}
        view={shown}
        isChecking={isBusy}
        onApply={({ key }) => void foreign.apply(key)}
        onIgnore={({ key }, reason) => foreign.ignore(key, reason)}
        onHeed={({ key }) => foreign.heed(key)}
        onBlock={null}
        clean="没有发现矛盾。未能核实的数字可在右边标出，对照来源。"
        memory="只在这一次核校中有效。"
      />
      {isSaving && <SaveCopy draft={draft} folder={folder} onClose={() => setSaving(false)} />}
      {isSheet && (
        <SaveSheet
          path={withEnding(draft.path ?? joinPath(folder, "文稿.txt"), "（核校意见表）.pdf")}
          draft={
            draft.path !== null && past.length === 0
              ? { kind: "file", path: draft.path }
              : { kind: "text", text: view.text }
          }
          ignored={Object.keys(draft.ignored)}
          onClose={() => setSheet(false)}
        />
      )}
    </Page>
  );
}

/** Where files go that come from no other file. */
function useDocuments(): string {
  const [folder, setFolder] = useState("");
  useEffect(() => void host.documentsFolder().then((folder) => setFolder(folder ?? "")), []);
  return folder;
}

/** Saves the corrected text beside the draft it came from. */
function SaveCopy({ draft, folder, onClose }: { draft: Foreign; folder: string; onClose: () => void }) {
  const [written, setWritten] = useState<string | null>(null);
  const [error, setError] = useState<BackendError | null>(null);
  const path = written ?? (draft.path === null ? joinPath(folder, "核校稿.txt") : copyName(draft.path));
  const save = useAct("save_draft", {
    onError: setError,
    onSuccess: ({ path }) => {
      foreign.saved();
      tell.done("改正稿已保存。", { label: "打开所在文件夹", perform: () => void host.reveal(path) });
      onClose();
    },
  });
  const run = () => {
    setError(null);
    save.mutate({ path, text: draft.view.text, ...(draft.path !== null && { source: draft.path }) });
  };
  return (
    <Dialog
      open
      title="另存改正稿"
      okText="保存"
      cancelText="取消"
      width={560}
      confirmLoading={save.isPending}
      okButtonProps={{ disabled: path.trim() === "" }}
      onOk={run}
      onCancel={onClose}
    >
      <Space orientation="vertical" size={10} style={{ width: "100%" }}>
        <span className="quiet">原稿不动，改好的文字存成另一个文件（UTF-8）。</span>
        <PathField
          label="改正稿的位置"
          value={path}
          onChange={setWritten}
          browse={() => host.pickTarget({ title: "改正稿保存在哪里", path })}
        />
        {error && <Failure error={error} />}
      </Space>
    </Dialog>
  );
}
