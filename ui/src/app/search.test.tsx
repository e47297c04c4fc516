import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import type { DocumentView } from "../backend/bindings/DocumentView";
import type { FactsOverview } from "../backend/bindings/FactsOverview";
import type { FindingsView } from "../backend/bindings/FindingsView";
import type { MeasuresView } from "../backend/bindings/MeasuresView";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { fakeBackend } from "../backend/testing";
import { renderPage } from "../components/testing/render";
import type { Action } from "./actions";
import { Palette } from "./Palette";
import { findActs } from "./search";

beforeAll(() => {
  Element.prototype.scrollIntoView ??= () => {};
});

const action = (id: string, label: string, perform = () => {}): Action => ({ id, label, icon: null, shortcuts: [], enabled: true, perform });
const actions = [action("print", "打印…"), action("export", "导出…"), action("look", "改用深色界面")];

it("finds acts by other words, those that are named so first", () => {
  expect(findActs(actions, "pdf").map((hit) => hit.key)).toEqual(["export"]);
  expect(findActs(actions, "夜间").map((hit) => hit.key)).toEqual(["look"]);
  expect(findActs([...actions, action("stage-check", "印前检查")], "印").map((hit) => hit.key)).toEqual(["print", "stage-check"]);
  expect(findActs(actions, "")).toHaveLength(3);
});

const project = {
  files: ["台账.csv"],
  title: "科技企业报告",
  authors: [],
  as_of: "2023-12-31",
  kit: { parameters: [{ key: "region", title: "地区", default: "兰州市", description: "" }] },
  parameters: {},
} as unknown as ProjectInfo;

const answers = {
  facts_overview: () =>
    ({
      groups: [{ id: "d", title: "企业台账", indicators: [{ indicator: { id: "rd", title: "研发费用", by: null, shown: "3亿元" } }] }],
    }) as unknown as FactsOverview,
  findings: () =>
    ({ findings: [{ id: "low-rd", title: "研发投入不足", heading: null, grade: "突出" }] }) as unknown as FindingsView,
  measures: () => ({ measures: [{ id: "m", title: "加大研发补助", lead: ["科技局"] }] }) as unknown as MeasuresView,
  document: () =>
    ({
      document: {
        summary: { title: "摘要", blocks: [] },
        sections: [
          {
            id: "status",
            number: "一、",
            title: "发展现状",
            sections: [],
            blocks: [{ type: "paragraph", id: "status/p", content: [{ t: "text", v: "全市企业研发费用合计" }, { t: "fact", v: "3", id: "rd" }] }],
          },
        ],
      },
    }) as unknown as DocumentView,
};

it("finds what is in the project, by kind, and goes there", async () => {
  fakeBackend(answers);
  const navigate = vi.fn();
  const close = vi.fn();
  renderPage(<Palette open actions={actions} project={project} onClose={close} />, { navigate });
  await userEvent.type(await screen.findByRole("combobox"), "研发");
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(4));
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
    "研发费用3亿元",
    "研发投入不足突出",
    "加大研发补助科技局",
    "全市企业研发费用合计3一、发展现状",
  ]);
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
  expect(navigate).toHaveBeenCalledWith({ stage: "compose", focus: "status/p" });
  expect(close).toHaveBeenCalled();
});

it("leads to a setting by its name or its value", async () => {
  fakeBackend(answers);
  const navigate = vi.fn();
  renderPage(<Palette open actions={actions} project={project} onClose={() => {}} />, { navigate });
  await userEvent.type(await screen.findByRole("combobox"), "兰州");
  await waitFor(() => expect(screen.getAllByRole("option")[0]?.textContent).toBe("地区兰州市"));
  await userEvent.keyboard("{Enter}");
  expect(navigate).toHaveBeenCalledWith({ stage: "project", focus: "region" });
});
