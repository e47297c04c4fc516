import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { FactsOverview } from "../../backend/bindings/FactsOverview";
import type { IndicatorView } from "../../backend/bindings/IndicatorView";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import StatusPage from ".";
import { sectionOptions } from "./sections";

const line = (id: string, shown: string | null) => ({
  fact: shown === null ? null : id,
  id,
  title: `指标${id}`,
  kind: "distribution" as const,
  dataset: "d",
  shown,
  groups: 2,
  by: null,
  apart: null,
  n: 40,
  missing: 3,
});

const overview: FactsOverview = {
  groups: [
    {
      id: "d",
      title: "台账",
      indicators: [
        { indicator: line("a", null), drawn: 1, told: 0, hidden: 0, doubts: 1 },
        { indicator: line("b", "12家"), drawn: 0, told: 0, hidden: 0, doubts: 0 },
      ],
    },
  ],
  total: 2,
  found: 2,
};

const indicator = (id: string): IndicatorView => ({
  indicator: line(id, null),
  group: "台账",
  table: {
    dimension: "区县",
    columns: ["数量（家）"],
    rows: [{ label: "甲区", cells: [{ v: "30", fact: `${id}/甲区/count` }], share: 1, total: false }],
    note: null,
    suppressed: false,
    forms: ["bar", "ring"],
  },
  formula: "Σ1",
  source: "台账",
  as_of: "2023年末",
  facts: [
    {
      id: `${id}/甲区/count`,
      title: "甲区",
      shown: "30家",
      n: null,
      missing: null,
      source: "",
      as_of: null,
      rows: 30,
    },
  ],
  doubts: id === "a" ? [{ dataset: "d", row: 8, field: "money", name: "甲厂", message: "产值：12000000万元 疑似用错单位", fix: "1200" }] : [],
  uses: [
    {
      block: "x/table/a",
      section: "x",
      section_title: "（一）总体",
      text: "分布表",
      kind: "table",
      form: null,
      forms: [],
      hidden: false,
      own: false,
    },
  ],
  suggested_section: "x",
});

const document = {
  document: { sections: [{ id: "x", number: "一、", title: "现状", sections: [{ id: "x/y", number: "（一）", title: "总体", sections: [] }] }] },
} as never;

const answers = {
  facts_overview: () => overview,
  indicator: ({ indicator: id }: { indicator: string }) => indicator(id),
  document: () => document,
};

it("shows the next indicator with the arrow key", async () => {
  fakeBackend(answers);
  renderPage(<StatusPage />);
  await screen.findByRole("article", { name: "指标a" });
  screen.getByRole("listbox", { name: "指标" }).focus();
  await userEvent.keyboard("{ArrowDown}");
  await screen.findByRole("article", { name: "指标b" });
});

it("marks an indicator that rests on a doubted figure, and settles it with one press", async () => {
  const backend = fakeBackend({ ...answers, settle: () => 1 });
  renderPage(<StatusPage />);
  const marked = await screen.findByText("含 1 个存疑数值", { selector: ".doubt-mark" });
  expect(marked.closest("[role=option]")?.getAttribute("data-id")).toBe("a");
  const doubt = await screen.findByRole("region", { name: "存疑数值" });
  within(doubt).getByText(/甲厂/);
  await userEvent.click(within(doubt).getByRole("button", { name: "按原值" }));
  expect(backend.calls.find((call) => call.name === "settle")?.request).toEqual({ dataset: "d", row: 8, field: "money", by: "kept" });
});

it("lets nothing be done to the indicator before while the next one is awaited", async () => {
  let give = () => {};
  const awaited = new Promise<void>((done) => (give = done));
  fakeBackend({ ...answers, indicator: ({ indicator: id }) => (id === "b" ? awaited.then(() => indicator(id)) : indicator(id)) });
  renderPage(<StatusPage />);
  const before = await screen.findByRole("article", { name: "指标a" });
  screen.getByRole("listbox", { name: "指标" }).focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(before.hasAttribute("inert")).toBe(true);
  give();
  expect((await screen.findByRole("article", { name: "指标b" })).hasAttribute("inert")).toBe(false);
});

it("leads from a value to the records behind it", async () => {
  const navigate = vi.fn();
  fakeBackend(answers);
  renderPage(<StatusPage />, { navigate });
  await userEvent.click(await screen.findByRole("button", { name: "30" }));
  expect(navigate).toHaveBeenCalledWith({ stage: "data", focus: "a/甲区/count" });
});

it("takes a table out of the report", async () => {
  const backend = fakeBackend({ ...answers, remove: () => null });
  renderPage(<StatusPage />);
  await userEvent.click(await screen.findByRole("button", { name: /移出报告/ }));
  expect(backend.calls.find((call) => call.name === "remove")?.request).toEqual({ target: "x/table/a" });
});

it("puts a drawing of the chosen form into the suggested section", async () => {
  const backend = fakeBackend({ ...answers, insert: () => "own/1" });
  renderPage(<StatusPage />);
  await userEvent.click(await screen.findByRole("button", { name: /另作图表/ }));
  await userEvent.click(await screen.findByRole("radio", { name: "环形图" }));
  const panel = within(await screen.findByRole("tooltip"));
  await userEvent.click(panel.getByRole("button", { name: "放入报告" }));
  expect(backend.calls.find((call) => call.name === "insert")?.request).toEqual({
    after: "x",
    block: { type: "drawing", indicator: "a", form: "ring", caption: "" },
  });
});

it("lists sections with lower ones indented", () => {
  const options = sectionOptions((document as { document: never }).document);
  expect(options.map((option) => option.label)).toEqual(["一、现状", "　（一）总体"]);
});
