/** What the workshop lists: the parts of a kit in sections, their marks, and the change each form makes. */

import type { KitChange } from "../../backend/bindings/KitChange";
import type { KitFileText } from "../../backend/bindings/KitFileText";
import type { KitView } from "../../backend/bindings/KitView";
import type { PartFault } from "../../backend/bindings/PartFault";
import type { PartKind } from "../../backend/bindings/PartKind";
import type { RulePart } from "../../backend/bindings/RulePart";
import type { PartRef } from "../../backend/bindings/PartRef";

export const sections = [
  { id: "field", label: "字段" },
  { id: "indicator", label: "指标" },
  { id: "criterion", label: "依据" },
  { id: "rule", label: "问题规则" },
  { id: "measure", label: "对策" },
  { id: "slot", label: "句式" },
  { id: "settings", label: "参数与权重" },
  { id: "file", label: "文件" },
] as const;
export type SectionId = (typeof sections)[number]["id"];

/** Everything a form can be opened on. */
export type Subject =
  | Exclude<KitChange, { kind: "restore" | "restore-file" | "restore-all" | "remove-measure" | "file" }>
  | { kind: "file"; path: string; text: string; original: string | null; shared: boolean };

/** One line of a section. */
export interface Entry {
  key: string;
  title: string;
  note: string;
  group: string;
  changed: boolean;
  /** Switched off. */
  off: boolean;
  /** Missing for a file, whose text is read when it is opened. */
  subject?: Subject;
  path?: string;
}

const keyOf = (kind: string, id: string) => `${kind}:${id}`;

/** The part as the backend names it; `null` for files and parts that are not stored yet. */
export function refOf(subject: Subject): PartRef | null {
  switch (subject.kind) {
    case "file":
    case "add-measure":
      return null;
    case "field":
      return { kind: "field", id: `${subject.dataset}/${subject.part.id}` };
    case "policy":
      return { kind: "policy", id: "" };
    case "parameter":
      return { kind: "parameter", id: subject.part.key };
    default:
      return { kind: subject.kind, id: subject.part.id };
  }
}

/** The change that stores what stands in a form. */
export function changeOf(subject: Subject): KitChange {
  return subject.kind === "file" ? { kind: "file", path: subject.path, text: subject.text } : subject;
}

export const fileSubject = (path: string, file: KitFileText, shared: boolean): Subject => ({
  kind: "file",
  path,
  text: file.text,
  original: file.original,
  shared,
});

/** A pattern or a condition without its marks, short enough for a list. */
export const gist = (pattern: string) =>
  pattern
    .replace(/\{%.*?%\}/g, "")
    .replace(/\{\{.*?\}\}/g, "…")
    .replace(/…+/g, "…");

export function entriesOf(view: KitView, section: SectionId): Entry[] {
  const changed = new Set(view.changed.parts.map(({ part }) => keyOf(part.kind, part.id)));
  const entry = (kind: PartKind, id: string, title: string, note: string, group: string, subject: Subject): Entry => {
    const key = keyOf(kind, id);
    return { key, title, note, group, changed: changed.has(key), off: false, subject };
  };
  const { parts } = view;
  switch (section) {
    case "field":
      return parts.datasets.flatMap((dataset) =>
        dataset.fields.map((part) =>
          entry("field", `${dataset.id}/${part.id}`, part.title, part.unit, dataset.title, {
            kind: "field",
            dataset: dataset.id,
            part,
          }),
        ),
      );
    case "indicator":
      return parts.indicators.map((part) =>
        entry("indicator", part.id, gist(part.title.replace(/\$\{.*?\}/g, "…")), view.facts[part.id]?.shown ?? gist(part.unit.replace(/\$\{.*?\}/g, "")), "", {
          kind: "indicator",
          part,
        }),
      );
    case "criterion":
      return parts.criteria.map((part) =>
        entry("criterion", part.id, part.title, part.value ? `${part.value}${part.unit}` : "待填", "", {
          kind: "criterion",
          part,
        }),
      );
    case "rule": {
      // Rules that share an id are told apart by their files.
      const name = (part: RulePart) =>
        parts.rules.filter((one) => one.id === part.id).length > 1 ? part.file.replace(/^.*\/|\.toml$/g, "") : part.id;
      return parts.rules.map((part) => ({
        ...entry("rule", part.file, part.title, name(part), "", { kind: "rule", part }),
        off: !part.enabled,
      }));
    }
    case "measure": {
      const themes = new Map(parts.themes.map((theme) => [theme.id, theme.heading]));
      return parts.measures.map((part) =>
        entry("measure", part.id, part.titles[0] ?? part.id, part.id, themes.get(part.theme) ?? part.theme, {
          kind: "measure",
          part,
        }),
      );
    }
    case "slot":
      return parts.slots.map((part) =>
        entry(
          "slot",
          part.id,
          gist(part.sentence[0]?.any[0] ?? part.id).slice(0, 40),
          "",
          part.used[0] ?? "其他句式",
          { kind: "slot", part },
        ),
      );
    case "settings":
      return [
        entry("policy", "", "评分权重与限额", "", "", { kind: "policy", part: parts.policy }),
        ...parts.parameters.map((part) =>
          entry("parameter", part.key, part.title, part.default, "参数", { kind: "parameter", part }),
        ),
      ];
    case "file": {
      const files = new Set(view.changed.files.map((file) => file.path));
      return view.files.map((file) => ({
        key: keyOf("file", file.path),
        title: file.path,
        note: `${file.lines} 行`,
        group: file.shared ? "公共部分（只读）" : "",
        changed: files.has(file.path),
        off: false,
        path: file.path,
      }));
    }
  }
}

/** Entries whose texts hold every word asked for, groups kept together in the order of their first entry. */
export function find(entries: Entry[], words: string): Entry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (entry: Entry) => {
    const text = [entry.title, entry.note, entry.group, entry.key, JSON.stringify(entry.subject ?? "")].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return entries.filter(holds).sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

export const sectionOf = (kind: PartKind | "file"): SectionId =>
  kind === "parameter" || kind === "policy" ? "settings" : kind;

/** What stands in a file of a kit. */
const fileWords: Record<string, string> = {
  "kit.toml": "套件与权重", "survey.toml": "字段", "indicators.toml": "指标", "criteria.csv": "依据", "measures.csv": "对策",
  "outline.toml": "提纲", "wording.toml": "句式", "labels.toml": "标签",
};

/** A fault's place, as people look it up: the part and what of it, then the file and its line. */
export function placeOf({ file, line, field }: Pick<PartFault, "file" | "line"> & { field?: string | null }, view?: KitView): string {
  const rule = view?.parts.rules.find((rule) => rule.file === file);
  const part = rule ? `规则“${rule.title}”` : (fileWords[file.slice(file.lastIndexOf("/") + 1)] ?? (file.includes("findings/") ? "规则" : ""));
  const key = keyWords[field?.split(".")[0] ?? ""] ?? "";
  const words = [part, key].filter(Boolean).join("的");
  return words === "" ? `${file} 第 ${line} 行` : `${words}（${file} 第 ${line} 行）`;
}

/** Fields that forms draw; a heading stands for its text and its condition. */
const drawn =
  /^(title|titles|aliases|unit|min|max|required|where|decimals|formula|note|value|source|valid_from|valid_to|enabled|local|headings(\.\d+)?|when|criteria|gap\.\d+\.benchmark|brief(\.\d+)?|sentence(\.\d+(\.when|\.any\.\d+)?)?|id|answers|theme|text|lead|support|kpi|horizon|instrument|precondition|basis|weights|grades|small_base|suppress_below|max_findings|max_measures_per_finding|default|description)$/;
const fieldOf = (fault: PartFault) => fault.field?.replace(/^(headings\.\d+)\..*$/, "$1") ?? null;

/** Faults of one field of a form. */
export const faultsAt = (faults: PartFault[], field: string) => faults.filter((fault) => fieldOf(fault) === field);

/** Faults that no field of a form shows. */
export const faultsElsewhere = (faults: PartFault[]) => faults.filter((fault) => !drawn.test(fieldOf(fault) ?? ""));

/** A measure to begin with, under an id that is free. */
export function freshMeasure(view: KitView): Subject {
  const taken = new Set(view.parts.measures.map((measure) => measure.id));
  let number = view.parts.measures.length + 1;
  while (taken.has(`M${number}`)) number += 1;
  return {
    kind: "add-measure",
    part: {
      id: `M${number}`,
      theme: view.parts.themes[0]?.id ?? "",
      titles: [],
      text: "",
      answers: [],
      instrument: "服务",
      lead: [],
      support: [],
      kpi: "",
      horizon: "近",
      precondition: "",
      basis: "",
    },
  };
}

const keyWords: Record<string, string> = {
  title: "名称", titles: "短题", headings: "标题", brief: "短句", when: "条件", sentence: "句子", text: "正文", any: "写法", unit: "单位",
  value: "数值", valid_from: "施行日期", valid_to: "失效日期", source: "出处", note: "说明", aliases: "表头别名", min: "最小值",
  max: "最大值", required: "必填", choices: "选项", gap: "差距", survey: "问卷", extent: "覆盖面", trend: "趋势", case: "试算",
  criteria: "依据", enabled: "启用", local: "本级", evidence: "证据", counter: "反证", needs: "所需数据", lead: "牵头单位",
  support: "配合单位", kpi: "考核指标", horizon: "期限", answers: "回应的问题", precondition: "前提", basis: "政策依据",
  theme: "主题", instrument: "手段", weights: "权重", grades: "分档", default: "默认值", description: "说明", where: "筛选",
  formula: "公式", decimals: "小数位", details: "算法", kind: "种类", role: "用途", dataset: "数据集", template: "展开", file: "文件",
  small_base: "最小样本", suppress_below: "隐去界限", max_findings: "问题上限", max_measures_per_finding: "对策上限",
};

/** What of a part is different, in words. */
export const keysInWords = (keys: string[]) => keys.map((key) => keyWords[key] ?? key).join("、");
