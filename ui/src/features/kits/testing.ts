/** A small kit for tests of the workshop. */

import type { KitView } from "../../backend/bindings/KitView";
import type { RulePart } from "../../backend/bindings/RulePart";

const rule = (id: string, title: string, sentence: string, enabled = true): RulePart => ({
  id,
  title,
  file: `findings/${id}.toml`,
  enabled,
  local: true,
  headings: [{ text: `${title}，有待改进`, when: "" }],
  when: "",
  criteria: ["line"],
  source: "",
  gap: [{ fact: "rd", benchmark: "line", better: "higher", weight: 1 }],
  survey: [],
  extent: [],
  trend: [],
  needs: [],
  evidence: ["rd"],
  counter: [],
  sentence: [{ role: "claim", when: "", any: [sentence] }],
  brief: [],
  case: [
    {
      name: "成立",
      facts: [{ fact: "rd", value: "2", n: 60 }],
      grade: "突出",
      severity: "60.0",
      got_grade: "突出",
      got_severity: "60.0",
      passed: true,
    },
  ],
  template: false,
});

export const kitView = (): KitView => ({
  kit: { id: "demo", name: "示例套件", version: "1.0.0", description: "", parameters: [] },
  editable: true,
  parts: {
    datasets: [],
    indicators: [],
    criteria: [
      { id: "line", title: "门槛", value: "5", unit: "%", valid_from: "", valid_to: "", source: "《办法》", note: "" },
    ],
    rules: [rule("P1", "投入不足", "投入总体不足。"), rule("P2", "平台偏少", "机构偏少。", false)],
    measures: ["M1", "M2"].map((id) => ({
      id,
      theme: "t",
      titles: [`对策${id}`],
      text: "做事。",
      answers: ["P1"],
      instrument: "服务",
      lead: ["市局"],
      support: [],
      kpi: "户数",
      horizon: "近",
      precondition: "",
      basis: "",
    })),
    themes: [{ id: "t", heading: "主题" }],
    slots: [],
    policy: {
      small_base: 30,
      suppress_below: 3,
      weights: { gap: 40, survey: 30, extent: 20, trend: 10 },
      grades: [[60, "突出"]],
      max_findings: 6,
      max_measures_per_finding: 3,
      keywords: [],
    },
    parameters: [],
  },
  files: [
    { path: "kit.toml", lines: 9, shared: false },
    { path: "base/labels.toml", lines: 3, shared: true },
  ],
  changed: {
    parts: [{ part: { kind: "rule", id: "findings/P1.toml" }, title: "投入不足", difference: "changed", keys: ["headings"] }],
    files: [],
  },
  facts: { rd: { title: "研发占比", shown: "2.9%" }, org: { title: "机构占比", shown: null } },
  newer: false,
});
