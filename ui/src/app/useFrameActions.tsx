import { useMemo } from "react";
import { BackendError, host, useAct } from "../backend";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { useHandlers } from "../components/handlers";
import type { Navigation } from "../components/navigation";
import { tell } from "../components/tell";
import { useOpenProject } from "../components/useOpenProject";
import { readOnlyWords } from "../components/writing";
import { type Action, icons } from "./actions";
import type { HelpPage } from "./Help";
import { railStages, stageRecords } from "./stages";
import { chooseLook, useLook } from "./theme";

interface FrameActionsOptions {
  project: ProjectInfo | null;
  navigation: Navigation;
  isPreviewShown: boolean;
  togglePreview: () => void;
  search: () => void;
  help: (page: HelpPage) => void;
}

/** The acts of the frame. Pages bring their own by `useHandle`. */
export function useFrameActions(options: FrameActionsOptions): Action[] {
  const { project, navigation, isPreviewShown, togglePreview, search, help } = options;
  const { navigate } = navigation;
  const { handled, run } = useHandlers();
  const look = useLook();
  const open = useOpenProject();
  const saveAs = useAct("save_as", { onSuccess: (info) => tell.done(`已另存为 ${info.path}，现在打开的是它。`) });
  const close = useAct("close_project");
  const undo = useAct("undo", { onSuccess: (label) => void (label && tell.done(`已撤销：${label}`)) });
  const redo = useAct("redo", { onSuccess: (label) => void (label && tell.done(`已重做：${label}`)) });
  const isBusy = undo.isPending || redo.isPending;

  return useMemo<Action[]>(() => {
    const hasProject = project !== null;
    const isWritable = project?.writable ?? true;
    const obstacle = isWritable ? {} : { obstacle: readOnlyWords };
    const undone = project?.undo[0];
    const redone = project?.redo[0];
    const act = (
      id: string,
      label: string,
      icon: Action["icon"],
      shortcuts: string[],
      enabled: boolean,
      perform: () => void,
    ): Action => ({ id, label, icon, shortcuts, enabled, perform });

    const pick = async () => {
      const path = await host.pickFile({ title: "打开工程", filters: [{ name: "研策工程", extensions: ["yance"] }] });
      if (path !== null) open.mutate({ path });
    };

    const pickCopy = async () => {
      if (!project) return;
      const path = await host.pickTarget({
        title: "另存为",
        filters: [{ name: "研策工程", extensions: ["yance"] }],
        path: project.path.replace(/(\.yance)?$/i, " 副本.yance"),
      });
      if (path !== null) saveAs.mutate({ path });
    };

    return [
      act("create", "新建工程…", icons.create, ["Ctrl+N"], true, () =>
        navigate({ stage: "project", params: { start: "create" } }),
      ),
      act("open", "打开工程…", icons.open, ["Ctrl+O"], true, () => void pick()),
      act("example", "打开示例…", icons.example, [], true, () =>
        navigate({ stage: "project", params: { start: "examples" } }),
      ),
      act("save", "保存", icons.save, ["Ctrl+S"], hasProject, () =>
        isWritable
          ? tell.done("已自动保存，每一步都即时写入工程文件。")
          : tell.failure(new BackendError("not-writable", readOnlyWords)),
      ),
      act("save-as", "另存为…", icons.saveAs, ["Ctrl+Shift+S"], hasProject, () => void pickCopy()),
      act("export", "导出…", icons.export, ["Ctrl+E"], hasProject, () => navigate({ stage: "export" })),
      act("print", "打印…", icons.print, ["Ctrl+P"], hasProject, () =>
        handled.has("print") ? run("print") : navigate({ stage: "export", focus: "print" }),
      ),
      act("close", "关闭工程", icons.close, ["Ctrl+W"], hasProject, () => close.mutate(null)),
      act("quit", "退出", icons.close, ["Ctrl+Q"], true, () => void host.quit()),
      {
        id: "undo",
        label: undone ? `撤销：${undone}` : "撤销",
        name: "撤销",
        icon: icons.undo,
        shortcuts: ["Ctrl+Z"],
        enabled: undone !== undefined && !isBusy && isWritable,
        ...obstacle,
        yieldsToText: true,
        perform: () => undo.mutate(null),
      },
      {
        id: "redo",
        label: redone ? `重做：${redone}` : "重做",
        name: "重做",
        icon: icons.redo,
        shortcuts: ["Ctrl+Y", "Ctrl+Shift+Z"],
        enabled: redone !== undefined && !isBusy && isWritable,
        ...obstacle,
        yieldsToText: true,
        perform: () => redo.mutate(null),
      },
      act("find", "查找", icons.find, ["Ctrl+F"], true, () => (handled.has("find") ? run("find") : search())),
      act("replace", "替换", icons.replace, ["Ctrl+H"], isWritable && handled.has("replace"), () => run("replace")),
      act("search", "搜索…", icons.find, ["Ctrl+K"], true, search),
      ...railStages.map((stage, index) =>
        act(
          `stage-${stage}`,
          stageRecords[stage].label,
          stageRecords[stage].icon,
          [`Ctrl+${index + 1}`],
          hasProject || stageRecords[stage].alone,
          () => navigate({ stage }),
        ),
      ),
      act("stage-kits", "报告套件", stageRecords.kits.icon, [], true, () => navigate({ stage: "kits" })),
      act(
        "preview",
        isPreviewShown ? "隐藏排版页面" : "显示排版页面",
        icons.preview,
        ["Ctrl+\\"],
        hasProject,
        togglePreview,
      ),
      act(
        "look",
        look === "dark" ? "改用浅色界面" : "改用深色界面",
        look === "dark" ? icons.light : icons.dark,
        [],
        true,
        () => chooseLook(look === "dark" ? "light" : "dark"),
      ),
      act("shortcuts", "快捷键", icons.keys, ["F1"], true, () => help("shortcuts")),
      act("diagnosis", "诊断…", icons.diagnosis, [], true, () => help("diagnosis")),
      act("about", "关于研策", icons.about, [], true, () => help("about")),
    ];
    // The mutate functions are stable.
  }, [project, navigate, handled, run, look, isPreviewShown, togglePreview, search, help, isBusy]);
}
