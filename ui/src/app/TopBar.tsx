import { CheckOutlined, LoadingOutlined, LockOutlined, SearchOutlined, WarningOutlined } from "@ant-design/icons";
import { useIsMutating } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { showShortcut } from "../components/keys";
import { useIsLost } from "../components/tell";
import { readOnlyWords, useIsWritable } from "../components/writing";
import type { Action } from "./actions";

interface TopBarProps {
  /** Title of the open project. */
  title: string | null;
  path: string | null;
  actions: Map<string, Action>;
  isPreviewShown: boolean;
}

/** Title, undo and redo, saved state, search, and the switch of the page view. */
export function TopBar({ title, path, actions, isPreviewShown }: TopBarProps) {
  const isSaving = useIsMutating() > 0;
  const isLost = useIsLost();
  const isWritable = useIsWritable();
  const saveAs = actions.get("save-as");
  const button = (id: string, chosen = false) => {
    const action = actions.get(id);
    if (!action) return null;
    const key = action.shortcuts[0];
    const name = key ? `${action.label}（${showShortcut(key)}）` : action.label;
    return (
      <Tooltip title={action.obstacle ? `${name}　${action.obstacle}` : name} mouseEnterDelay={0.4}>
        <Button
          type={chosen ? "primary" : "text"}
          ghost={chosen}
          icon={action.icon}
          aria-label={action.label}
          aria-pressed={id === "preview" ? chosen : undefined}
          disabled={!action.enabled}
          onClick={action.perform}
        />
      </Tooltip>
    );
  };
  const search = actions.get("search");
  return (
    <header className="frame-top">
      <div className="frame-title" title={path ?? undefined}>
        {title ?? "研策"}
      </div>
      {title !== null && (
        <>
          <div className="frame-saved" role="status">
            {isSaving ? (
              <>
                <LoadingOutlined /> 正在处理…
              </>
            ) : isWritable && !isLost ? (
              <>
                <CheckOutlined /> 已自动保存
              </>
            ) : (
              <>
                <Tooltip
                  title={
                    isWritable
                      ? "最近一次改动没有存进工程文件。可以排除故障后重做一次，或另存到别处接着做。"
                      : `可以查看、核校和导出。${readOnlyWords}`
                  }
                >
                  <span className="frame-readonly">
                    {isWritable ? <WarningOutlined /> : <LockOutlined />} {isWritable ? "未能保存" : "只读"}
                  </span>
                </Tooltip>{" "}
                <Button size="small" onClick={saveAs?.perform}>
                  另存为…
                </Button>
              </>
            )}
          </div>
          {button("undo")}
          {button("redo")}
        </>
      )}
      <div className="frame-space" />
      <Button className="frame-search" icon={<SearchOutlined />} onClick={search?.perform}>
        搜索 <kbd>{search?.shortcuts[0] && showShortcut(search.shortcuts[0])}</kbd>
      </Button>
      {title !== null && (
        <>
          {button("print")}
          {button("preview", isPreviewShown)}
        </>
      )}
    </header>
  );
}
