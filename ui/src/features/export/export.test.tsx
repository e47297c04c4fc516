import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { ChecklistItem } from "../../backend/bindings/ChecklistItem";
import type { FormatField } from "../../backend/bindings/FormatField";
import type { FormatInfo } from "../../backend/bindings/FormatInfo";
import type { FormatsView } from "../../backend/bindings/FormatsView";
import type { PrintReport } from "../../backend/bindings/PrintReport";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import type { Host } from "../../backend/host";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import ExportPage from ".";

const field = (key: string, label: string, more: Partial<FormatField> = {}): FormatField => ({
  key,
  name: key,
  label,
  kind: "text",
  choices: [],
  default: "",
  help: "",
  general: false,
  ...more,
});

const format = (id: string, name: string, more: Partial<FormatInfo> = {}): FormatInfo => ({
  id,
  name,
  purpose: `${name}的用途`,
  paper: "A4",
  width: 210,
  height: 297,
  content: "report",
  own: false,
  fields: [],
  ...more,
});

const view: FormatsView = {
  formats: [
    format("research-report", "研究报告"),
    format("letter", "便函", {
      own: true,
      fields: [
        field("number", "文号"),
        field("to", "收件", { kind: "list" }),
        field("manner", "方式", { kind: "choice", choices: [{ value: "", label: "不写" }, { value: "机要", label: "机要" }] }),
      ],
    }),
  ],
  general: [],
  values: { number: "某统[2026]5号" },
  remarks: {
    letter: [{ key: "number", message: "文号“某统[2026]5号”：年份用六角括号。", suggestion: "某统〔2026〕5号" }],
  },
  folder: "/家/yance/templates",
  faults: ["/家/yance/templates/坏.typ:3:5：排版出错"],
};

const project: ProjectInfo = {
  path: "/文档/甲.yance",
  title: "甲",
  subtitle: null,
  authors: [],
  org: null,
  as_of: "2024-12-31",
  date: null,
  kit: { id: "k", name: "套件", version: "1", description: "", parameters: [] },
  files: ["台账.xlsx"],
  parameters: {},
  place: null,
  writable: true,
  undo: [],
  redo: [],
};

const printed: PrintReport = {
  pdf: "/文档/甲.pdf",
  document: null,
  images: [],
  pages: 41,
  sheets: 11,
  template: "letter",
  standard: "1.7",
  warnings: [],
  missing_glyphs: [],
  gaps: [],
};

const checklist: ChecklistItem[] = [
  { key: "as-of", title: "截至日", state: "ok", words: "", by_hand: false, places: [], seen: null },
  { key: "sums", title: "合计", state: "fail", words: "合计 9 家：应为 10 家", by_hand: false, places: [{ id: "a/b", words: "合计 9 家", cell: null }], seen: null },
  { key: "people", title: "领导姓名", state: "attention", words: "请人核对：姓名、职务、排序", by_hand: true, places: [], seen: null },
];

const backend = (host: Partial<Host> = {}) =>
  fakeBackend({
    project: () => project,
    formats: () => view,
    set: () => null,
    export_pdf: () => printed,
    preprint: () => checklist,
  }, { host });

// A long form takes jsdom its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => localStorage.clear());

it("offers every format with what it is for, and tells own ones and their faults", async () => {
  backend();
  renderPage(<ExportPage />);
  // The roles of antd take jsdom seconds to find; words do not.
  expect((await screen.findByText("便函")).parentElement?.textContent).toContain("自有");
  expect(screen.getByText(/研究报告的用途/)).toBeTruthy();
  expect(screen.getByText("/家/yance/templates/坏.typ:3:5：排版出错")).toBeTruthy();
  expect(screen.getByText("/家/yance/templates")).toBeTruthy();
});

it("asks for what the chosen format needs and saves it under its name", async () => {
  const { calls } = backend();
  renderPage(<ExportPage />);
  await userEvent.click(await screen.findByText("便函"));
  const to = await screen.findByLabelText("收件", { selector: "textarea" });
  await userEvent.type(to, "甲局{enter}乙局");
  await userEvent.tab();
  await waitFor(() => expect(calls).toContainEqual({ name: "set", request: { values: { "format.to": "甲局\n乙局" } } }));
});

it("tells a doubtful value and writes the suggestion when asked", async () => {
  const { calls } = backend();
  renderPage(<ExportPage />);
  await userEvent.click(await screen.findByText("便函"));
  expect(await screen.findByText(/年份用六角括号/)).toBeTruthy();
  await userEvent.click(screen.getByText("改为“某统〔2026〕5号”"));
  await waitFor(() =>
    expect(calls).toContainEqual({ name: "set", request: { values: { "format.number": "某统〔2026〕5号" } } }),
  );
});

it("exports in the chosen format, put on sheets as asked", async () => {
  const { calls } = backend();
  renderPage(<ExportPage />);
  await userEvent.click(await screen.findByText("便函"));
  await userEvent.click(screen.getByText(/小册子/));
  const creep = screen.getByLabelText("每张内移", { selector: "input" });
  await userEvent.clear(creep);
  await userEvent.type(creep, "0.2");
  await userEvent.click(screen.getByText("导出 PDF"));
  expect(await screen.findByText(/共 41 页，11 张纸/)).toBeTruthy();
  expect(calls.find(({ name }) => name === "export_pdf")?.request).toEqual({
    path: "/文档/甲.pdf",
    template: "letter",
    standard: "ua-1",
    fonts: "standard",
    impose: { layout: "booklet", sheet: "a3", creep: 0.2 },
  });
});

it("falls back on the usual format when the chosen one is gone", async () => {
  localStorage.setItem("template", "gone");
  backend();
  renderPage(<ExportPage />);
  const usual = (await screen.findByText("研究报告")).closest("label")?.querySelector("input");
  expect(usual?.checked).toBe(true);
});

it("tells before printing what the checklist found, and leads to the place", async () => {
  const navigate = vi.fn();
  const { calls } = backend();
  renderPage(<ExportPage />, { navigate });
  expect((await screen.findByText(/1 项不符/)).textContent).toContain("1 项请人核对");
  expect(calls).toContainEqual({ name: "preprint", request: { template: "research-report" } });
  expect(screen.getByText(/合计 9 家：应为 10 家/)).toBeTruthy();
  await userEvent.click(screen.getByText("合计 9 家"));
  expect(navigate).toHaveBeenCalledWith({ stage: "compose", focus: "a/b" });
  await userEvent.click(screen.getByText("逐项查看"));
  expect(navigate).toHaveBeenCalledWith({ stage: "check", params: { view: "preprint" } });
});

it("says that there is no printer and offers the PDF", async () => {
  const opened: string[] = [];
  backend({ hasPrinter: async () => false, openPath: async (path) => void opened.push(path) });
  renderPage(<ExportPage />);
  await userEvent.click(await screen.findByText("打印…"));
  await screen.findByText("这台电脑上没有装打印机");
  expect(opened).toEqual([]);
  await userEvent.click(screen.getByText("打开 PDF"));
  expect(opened).toEqual(["/临时/甲.pdf"]);
});
