import { CheckOutlined, LoadingOutlined, SearchOutlined } from "@ant-design/icons";
import { useIsMutating } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { showShortcut } from "../components/keys";
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
  const button = (id: string, chosen = false) => {
    const action = actions.get(id);
    if (!action) return null;
    const key = action.shortcuts[0];
    return (
      <Tooltip title={key ? `${action.label}（${showShortcut(key)}）` : action.label} mouseEnterDelay={0.4}>
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
            ) : (
              <>
                <CheckOutlined /> 已自动保存
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
