/** What the search of the frame finds: acts, and everything in the project that has a place to go to. */
import { useDeferredValue, useMemo } from "react";
import { useRead } from "../backend";
import type { Block } from "../backend/bindings/Block";
import type { DocumentView } from "../backend/bindings/DocumentView";
import type { FactsOverview } from "../backend/bindings/FactsOverview";
import type { FindingsView } from "../backend/bindings/FindingsView";
import type { Inline } from "../backend/bindings/Inline";
import type { MeasuresView } from "../backend/bindings/MeasuresView";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import type { Section } from "../backend/bindings/Section";
import type { Place } from "../components/navigation";
import type { Action } from "./actions";

/** Other words for acts. */
const synonyms: Partial<Record<string, string>> = {
  create: "新项目 建立",
  open: "项目 文件",
  example: "样例 演示",
  save: "存盘",
  "save-as": "备份 副本 复制工程",
  export: "PDF 图片 PNG 附件 Excel 数据附件 依据 输出 生成报告",
  print: "打印机 纸张 小册子 印刷",
  undo: "后退 恢复 取消改动",
  redo: "恢复 前进",
  find: "搜索 定位",
  replace: "改词 批量修改",
  "stage-project": "设置 封面 标题 署名 日期 参数",
  "stage-data": "导入 上传 台账 问卷 表格 Excel CSV 单元格 更正 录入",
  "stage-status": "指标 统计 图表 数值",
  "stage-findings": "短板 判断 依据 标题句式",
  "stage-measures": "措施 建议 责任单位 目标 考核",
  "stage-compose": "正文 编辑 文稿 段落 写作",
  "stage-check": "校对 检查 数字 错误 印前",
  "stage-export": "PDF 图片 附件 输出",
  "stage-kits": "规则 指标定义 模板 句式",
  preview: "页面 预览 版面 排版",
  look: "主题 夜间 暗色 亮色 外观",
  shortcuts: "键盘 按键 帮助",
  diagnosis: "故障 字体 版本",
  about: "版本 许可 帮助",
};

export type HitKind = "操作" | "指标" | "问题" | "对策" | "正文" | "设置";

/** A line of the search. */
export interface Hit {
  key: string;
  kind: HitKind;
  label: string;
  /** Where it stands. */
  note?: string;
  /** The act behind it; everything else leads to a place. */
  act?: Action;
  place?: Place;
}

/** Hits of one kind shown beside those of others. */
const most = 6;

const asked = (words: string) => words.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
const holds = (text: string, words: readonly string[]) => {
  const within = text.toLowerCase();
  return words.every((word) => within.includes(word));
};

/** Acts whose name, or else whose other words, hold what was typed. */
export function findActs(actions: readonly Action[], text: string): Hit[] {
  const words = asked(text);
  const named = actions.filter((action) => holds(action.label, words));
  const meant = actions.filter((action) => !named.includes(action) && holds(`${action.label} ${synonyms[action.id] ?? ""}`, words));
  return [...named, ...meant].map((act) => ({ key: act.id, kind: "操作", label: act.label, act }));
}

const inlineText = (content: readonly Inline[]): string =>
  content.map((one) => ("v" in one ? one.v : one.t === "footnote" ? inlineText(one.content) : "")).join("");

function textOf(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "remark":
      return inlineText(block.content);
    case "note":
      return `${block.title} ${inlineText(block.content)}`;
    case "list":
      return block.items.map(inlineText).join(" ");
    case "table":
    case "chart":
      return block.caption;
  }
}

/** As much of a text as a line shows, beginning shortly before the first word looked for. */
function excerpt(text: string, words: readonly string[]): string {
  const at = text.toLowerCase().indexOf(words[0] ?? "");
  const from = at > 16 ? at - 8 : 0;
  return `${from > 0 ? "…" : ""}${text.slice(from, from + 44)}${text.length > from + 44 ? "…" : ""}`;
}

/** Headings and blocks of the report. */
export function findInDocument({ document }: DocumentView, text: string): Hit[] {
  const words = asked(text);
  const hits: Hit[] = [];
  const hit = (id: string, label: string, note?: string) =>
    hits.push({ key: id, kind: "正文", label, place: { stage: "compose", focus: id }, ...(note !== undefined && { note }) });
  const blocks = (list: readonly Block[], title: string) => {
    for (const block of list) {
      const text = textOf(block);
      if (holds(text, words)) hit(block.id, excerpt(text, words), title);
    }
  };
  const walk = (sections: readonly Section[]) => {
    for (const section of sections) {
      const title = `${section.number}${section.title}`;
      if (holds(title, words)) hit(section.id, title);
      blocks(section.blocks, title);
      walk(section.sections);
    }
  };
  blocks(document.summary.blocks, document.summary.title);
  walk(document.sections);
  return hits;
}

const findIndicators = ({ groups }: FactsOverview): Hit[] =>
  groups.flatMap((group) =>
    group.indicators.map(({ indicator }) => ({
      key: `indicator ${indicator.id}`,
      kind: "指标" as const,
      label: indicator.by === null ? indicator.title : `${indicator.title}（按${indicator.by}）`,
      note: indicator.shown ?? group.title,
      place: { stage: "status", focus: indicator.id } as const,
    })),
  );

const findFindings = ({ findings }: FindingsView, text: string): Hit[] =>
  findings
    .filter((f) => holds(`${f.title} ${f.heading?.text ?? ""}`, asked(text)))
    .map((f) => ({ key: `finding ${f.id}`, kind: "问题", label: f.heading?.text ?? f.title, note: f.grade, place: { stage: "findings", focus: f.id } }));

const findMeasures = ({ measures }: MeasuresView, text: string): Hit[] =>
  measures
    .filter((m) => holds(`${m.title} ${m.lead.join(" ")}`, asked(text)))
    .map((m) => ({ key: `measure ${m.id}`, kind: "对策", label: m.title, note: m.lead.join("、"), place: { stage: "measures", focus: m.id } }));

/** Settings of the project with their values. */
export function findSettings(project: ProjectInfo, text: string): Hit[] {
  const settings: [string, string, string][] = [
    ["title", "报告标题", project.title],
    ["subtitle", "副标题", project.subtitle ?? ""],
    ["org", "署名单位", project.org ?? ""],
    ["authors", "撰稿人", project.authors.join("、")],
    ["as-of", "数据截至", project.as_of],
    ["date", "印制日期", project.date ?? ""],
    ...project.kit.parameters.map(({ key, title, default: usual }): [string, string, string] => [key, title, project.parameters[key] ?? usual]),
  ];
  return settings
    .filter(([, title, value]) => holds(`${title} ${value}`, asked(text)))
    .map(([key, label, note]) => ({ key: `setting ${key}`, kind: "设置", label, note, place: { stage: "project", focus: key } }));
}

/** What the words find, by kind; without words the acts. */
export function useSearch(actions: readonly Action[], project: ProjectInfo | null, words: string): Hit[] {
  const text = useDeferredValue(words.trim());
  const enabled = project !== null && project.files.length > 0 && text !== "";
  const indicators = useRead("facts_overview", { words: text }, { enabled }).data;
  const findings = useRead("findings", null, { enabled }).data;
  const measures = useRead("measures", null, { enabled }).data;
  const document = useRead("document", null, { enabled }).data;
  return useMemo(() => {
    const acts = findActs(actions, words);
    if (words.trim() === "") return acts;
    return [
      acts,
      project && text !== "" ? findSettings(project, text) : [],
      enabled && indicators ? findIndicators(indicators) : [],
      enabled && findings ? findFindings(findings, text) : [],
      enabled && measures ? findMeasures(measures, text) : [],
      enabled && document ? findInDocument(document, text) : [],
    ].flatMap((list) => list.slice(0, most));
  }, [actions, project, words, text, enabled, indicators, findings, measures, document]);
}
