import { theme as antd, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";

export type Look = "light" | "dark";

/** Colours beside `app.css`, which holds the same ones for what antd does not draw. */
const palette = {
  light: { accent: "#a8242c", paper: "#ffffff", desk: "#f4f3f1", ink: "#1f1f1f", quiet: "#5f5d5a", line: "#e2dfdb" },
  dark: { accent: "#d0575d", paper: "#242426", desk: "#1a1a1c", ink: "#e6e4e1", quiet: "#a5a29d", line: "#3a3a3d" },
} as const;

const system = '"Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

export function themeOf(look: Look): ThemeConfig {
  const colours = palette[look];
  return {
    algorithm: look === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorSuccess: look === "dark" ? "#7fb08d" : "#3f7a52",
      colorWarning: look === "dark" ? "#e0a04a" : "#b26a00",
      colorError: look === "dark" ? "#ec7a75" : "#b3261e",
      // The shades antd derives from such muted colours are too dark to write on.
      colorSuccessBg: look === "dark" ? "#25332a" : "#eef4ef",
      colorWarningBg: look === "dark" ? "#38301f" : "#fbf3e3",
      colorErrorBg: look === "dark" ? "#3a2728" : "#fbeceb",
      colorInfoBg: look === "dark" ? "#252d38" : "#eef2f8",
      colorInfo: look === "dark" ? "#7c9cc4" : "#3f6a9e",
      colorLink: colours.accent,
      colorBgLayout: colours.desk,
      colorBgContainer: colours.paper,
      colorBgElevated: look === "dark" ? "#2b2b2e" : colours.paper,
      colorText: colours.ink,
      colorTextSecondary: colours.quiet,
      colorTextTertiary: colours.quiet,
      colorTextDescription: colours.quiet,
      colorBorder: look === "dark" ? "#4a4a4e" : "#cfcbc6",
      colorBorderSecondary: colours.line,
      fontFamily: system,
      fontSize: 14,
      fontSizeSM: 13,
      borderRadius: 3,
      // Denser than antd's own steps of 4, looser than its compact theme, which also shrinks the letters.
      sizeStep: 3,
      // By the step these two would be nothing: icons would touch the words beside them, tags each other.
      marginXXS: 4,
      paddingXXS: 4,
      controlHeight: 30,
      controlHeightSM: 26,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.16s",
      wireframe: false,
    },
    components: {
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8, headerBg: colours.desk },
      Tabs: { horizontalItemPadding: "8px 0" },
      Tooltip: { colorBgSpotlight: "#38373a" },
    },
  };
}

const key = "look";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

/** What the author chose, or `null` to follow the system. */
const chosen = (): Look | null => {
  const value = localStorage.getItem(key);
  return value === "light" || value === "dark" ? value : null;
};
const current = (): Look => chosen() ?? (dark.matches ? "dark" : "light");

function apply() {
  document.documentElement.dataset.look = current();
  for (const watcher of watchers) watcher();
}
dark.addEventListener("change", apply);
document.documentElement.dataset.look = current();

export function chooseLook(look: Look) {
  localStorage.setItem(key, look);
  apply();
}

export const useLook = (): Look =>
  useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, current);
