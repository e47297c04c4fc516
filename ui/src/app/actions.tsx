import {
  CloseOutlined,
  CopyOutlined,
  ExperimentOutlined,
  ExportOutlined,
  EyeOutlined,
  FileAddOutlined,
  FolderOpenOutlined,
  InfoCircleOutlined,
  KeyOutlined,
  MedicineBoxOutlined,
  MoonOutlined,
  PrinterOutlined,
  RedoOutlined,
  SaveOutlined,
  SearchOutlined,
  SunOutlined,
  SwapOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { type ReactNode, useEffect, useMemo } from "react";
import { host, type MenuGroup } from "../backend";
import { isShortcut, isTextEntry, showShortcut } from "../components/keys";

/** One thing the author can do: menu entry, key and line of the search come from the same record. */
export interface Action {
  id: string;
  label: string;
  /** What it is called when the label says more, such as what would be undone. */
  name?: string;
  icon: ReactNode;
  /** Keys, the first of which is shown. */
  shortcuts: string[];
  enabled: boolean;
  /** Why it can do nothing now, where that is not plain. */
  obstacle?: string;
  /** Inside a text field the key belongs to the field. */
  yieldsToText?: boolean;
  perform(): void;
}

export const icons = {
  create: <FileAddOutlined />,
  open: <FolderOpenOutlined />,
  close: <CloseOutlined />,
  save: <SaveOutlined />,
  saveAs: <CopyOutlined />,
  undo: <UndoOutlined />,
  redo: <RedoOutlined />,
  print: <PrinterOutlined />,
  export: <ExportOutlined />,
  find: <SearchOutlined />,
  replace: <SwapOutlined />,
  preview: <EyeOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
  example: <ExperimentOutlined />,
  keys: <KeyOutlined />,
  diagnosis: <MedicineBoxOutlined />,
  about: <InfoCircleOutlined />,
};

/** Which acts stand in which menu; `null` is a line. */
const menus: { title: string; ids: (string | null)[] }[] = [
  { title: "文件", ids: ["create", "open", "example", null, "save", "save-as", "export", "print", null, "close", "quit"] },
  { title: "编辑", ids: ["undo", "redo", null, "find", "replace", "search"] },
  {
    title: "视图",
    ids: [
      "stage-project",
      "stage-data",
      "stage-status",
      "stage-findings",
      "stage-measures",
      "stage-compose",
      "stage-check",
      "stage-export",
      "stage-kits",
      null,
      "preview",
      "look",
    ],
  },
  { title: "帮助", ids: ["shortcuts", "diagnosis", "about"] },
];

export const menuTitles = menus.map(({ title }) => title);

/** The menu in which an act stands. */
export const titleOfMenu = (id: string) => menus.find(({ ids }) => ids.includes(id))?.title;

/** Keys of the records, wherever the focus is. */
export function useShortcuts(actions: Action[]) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const action = actions.find((action) => action.shortcuts.some((shortcut) => isShortcut(event, shortcut)));
      if (!action || (action.yieldsToText && isTextEntry(event.target))) return;
      // Also when it can do nothing now: the web view's own print or reload must not answer instead.
      event.preventDefault();
      // A dialog is answered first.
      const dialog = event.target instanceof Element ? event.target.closest('[role="dialog"]') : null;
      // One that has closed may still hold the focus.
      const isOpen = dialog !== null && dialog.getClientRects().length > 0;
      if (action.enabled && !isOpen) action.perform();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [actions]);
}

/** Keeps the window's menu in step with the records. */
export function useWindowMenu(actions: Action[]) {
  const groups = useMemo<MenuGroup[]>(() => {
    const byId = new Map(actions.map((action) => [action.id, action]));
    return menus.map(({ title, ids }) => ({
      title,
      entries: ids
        .filter((id) => id === null || byId.has(id))
        .map((id) => {
          const action = id === null ? null : byId.get(id);
          if (!action) return null;
          const key = action.shortcuts[0];
          return {
            id: action.id,
            // Keys are answered by the page, so that text fields keep theirs; the menu only tells them.
            text: key ? `${action.label}　${showShortcut(key)}` : action.label,
            enabled: action.enabled,
          };
        }),
    }));
  }, [actions]);
  useEffect(() => {
    const pick = (id: string) => actions.find((action) => action.id === id)?.perform();
    void host.setMenu(groups, pick).catch(() => {});
  }, [groups, actions]);
}
