import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { ChecklistItem } from "../../backend/bindings/ChecklistItem";
import type { CheckView } from "../../backend/bindings/CheckView";
import type { FormatsView } from "../../backend/bindings/FormatsView";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { BackendError } from "../../backend/error";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import CheckPage from ".";
import * as copies from "../../components/copy";
import { foreign } from "./foreign";
import { finding, number } from "./testing";

const text = "共200家，其中制造业50家，占30%。比上年增长5%，有所下降。";
const share = finding("占30%", text, {
  key: "k1",
  block: "own/1",
  expected: "25%",
  suggestion: { start: 16, end: 18, text: "25" },
});
const sign = finding("增长5%，有所下降", text, { key: "k2", kind: "升降", severity: "warning", block: "own/1" });

const view = (more: Partial<CheckView> = {}): CheckView => ({
  text,
  parts: [{ kind: "paragraph", level: 0, start: 0, end: Array.from(text).length, rows: [], block: "own/1", label: null }],
  findings: [share, sign],
  numbers: {
    total: 4,
    linked: 0,
    verified: 1,
    unverified: 3,
    exempt: 0,
    entries: [number("200家", text, { class: "verified", note: "验算" }), number("30%", text)],
  },
  correctable: false,
  ...more,
});

const formats = { formats: [{ id: "research-report", name: "研究报告" }] } as FormatsView;

const project = { path: "/甲.yance", title: "甲" } as ProjectInfo;
const own = { stage: "check", params: { view: "own" } } as const;
const preprint = { stage: "check", params: { view: "preprint" } } as const;
const others = { stage: "check", params: { view: "foreign" } } as const;

beforeEach(() => foreign.leave());

it("goes through the list by keys: down, to the place, ignore with a reason, apply", async () => {
  const navigate = vi.fn();
  const backend = fakeBackend(
    { project: () => project, check_report: () => view(), ignore_finding: () => null, apply_finding: () => null },
  );
  renderPage(<CheckPage />, { place: own, navigate });
  const list = await screen.findByRole("listbox", { name: "核校意见" });
  list.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("option", { selected: true }).textContent).toContain("有所下降");
  await userEvent.keyboard("{Enter}");
  expect(navigate).toHaveBeenCalledWith({ stage: "compose", focus: "own/1" });

  await userEvent.keyboard("i");
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByRole("textbox"), "口径不同{Enter}");
  await waitFor(() =>
    expect(backend.calls).toContainEqual({ name: "ignore_finding", request: { key: "k2", reason: "口径不同" } }),
  );

  list.focus();
  await userEvent.keyboard("{ArrowUp}a");
  await waitFor(() => expect(backend.calls).toContainEqual({ name: "apply_finding", request: { key: "k1" } }));
});

it("goes on by keys while the report is checked again, and puts back what did not come about", async () => {
  const refused = new BackendError("failed", "没有写成。");
  let checks = 0;
  const backend = fakeBackend(
    {
      project: () => project,
      check_report: () => (++checks === 2 ? new Promise<CheckView>(() => {}) : view({ findings: checks === 1 ? [share, sign] : [sign] })),
      apply_finding: () => null,
      ignore_finding: () => Promise.reject(refused),
    },
    { changes: { apply_finding: ["document"] } },
  );
  renderPage(<CheckPage />, { place: own });
  const list = await screen.findByRole("listbox", { name: "核校意见" });
  list.focus();
  await userEvent.keyboard("a");
  await screen.findByText(/正在重新核校/);
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await waitFor(() => expect(checks).toBe(2));
  await userEvent.keyboard("i");
  await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "引文{Enter}");
  await screen.findByText("没有写成。");
  expect(backend.calls.filter(({ name }) => name === "ignore_finding")).toHaveLength(1);
  await waitFor(() => expect(screen.getByRole("option").textContent).toContain("有所下降"));
  expect(checks).toBe(3);
});

it("does not apply what has no suggestion or cannot be written, and says why", async () => {
  const held = { ...share, obstacle: "这个数来自指标" };
  const backend = fakeBackend({ project: () => project, check_report: () => view({ findings: [held, sign] }) });
  renderPage(<CheckPage />, { place: own });
  const list = await screen.findByRole("listbox", { name: "核校意见" });
  list.focus();
  await userEvent.keyboard("a{ArrowDown}a");
  expect(screen.queryByRole("button", { name: /采用改法/ })).toBeNull();
  await userEvent.keyboard("{ArrowUp}");
  expect(screen.getByText("不能直接改：这个数来自指标")).toBeTruthy();
  expect(backend.calls.some(({ name }) => name === "apply_finding")).toBe(false);
});

it("leads from a mark in the text to its entry, and folds what is ignored", async () => {
  const ignored = { ...sign, ignored: "引文" };
  fakeBackend({ project: () => project, check_report: () => view({ findings: [share, ignored] }) });
  renderPage(<CheckPage />, { place: own });
  await screen.findByRole("listbox", { name: "核校意见" });
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "展开已忽略的 1 条" }));
  const draft = within(screen.getByRole("document", { name: "文稿" }));
  await userEvent.click(draft.getByText("增长5%，有所下降"));
  expect(screen.getByRole("option", { selected: true }).textContent).toContain("已忽略：引文");
  expect(screen.getByRole("button", { name: /恢复这条意见/ })).toBeTruthy();
});

it("filters by severity, and marks the numbers of a class when asked", async () => {
  fakeBackend({ project: () => project, check_report: () => view() });
  renderPage(<CheckPage />, { place: own });
  await userEvent.click(await screen.findByRole("button", { name: /错误\s*1/ }));
  expect(screen.getAllByRole("option")).toHaveLength(1);
  const draft = screen.getByRole("document", { name: "文稿" });
  expect(draft.querySelector(".number")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /未能核实\s*3/ }));
  expect(draft.querySelector(".number.unverified")?.textContent).toBe("30%");
  expect(draft.querySelector(".number.verified")).toBeNull();
});

it("checks pasted text without a project, applies, takes back and saves a copy", async () => {
  const right = text.replace("30%", "25%");
  const rightView = view({ text: right, findings: [], correctable: true });
  const backend = fakeBackend({
    project: () => null,
    check_draft: (request) => (request.kind === "text" && request.text === right ? rightView : view({ correctable: true })),
    save_draft: ({ path }) => ({ path, bytes: 1 }),
  });
  renderPage(<CheckPage />, { place: others });
  await userEvent.click(await screen.findByRole("textbox", { name: "要核校的文字" }));
  await userEvent.paste(text);
  await userEvent.click(screen.getByRole("button", { name: "核校文字" }));
  await userEvent.click(await screen.findByRole("button", { name: /采用改法/ }));
  await screen.findByText(/已改 1 处，未保存/);
  expect(backend.calls.at(-1)).toEqual({ name: "check_draft", request: { kind: "text", text: right } });

  await userEvent.click(screen.getByRole("button", { name: "撤回上一处改动" }));
  await userEvent.click(await screen.findByRole("button", { name: /采用改法/ }));
  await userEvent.click(await screen.findByRole("button", { name: "另存改正稿…" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /保\s*存/ }));
  await waitFor(() =>
    expect(backend.calls).toContainEqual({ name: "save_draft", request: { path: "/文档/核校稿.txt", text: right } }),
  );
});

it("goes on by keys while a draft is checked again, and makes one change after another", async () => {
  const second = finding("增长5%", text, { key: "k3", suggestion: { start: 24, end: 26, text: "6%" } });
  const once = text.replace("30%", "25%");
  let release = () => {};
  const backend = fakeBackend({
    project: () => null,
    check_draft: async (request) => {
      if (request.kind !== "text" || request.text !== once) return view({ findings: [share, second], correctable: true });
      await new Promise<void>((resolve) => (release = resolve));
      return view({ text: once, findings: [second], correctable: true });
    },
  });
  await foreign.file("/文稿/草案.txt");
  renderPage(<CheckPage />, { place: others });
  const list = await screen.findByRole("listbox", { name: "核校意见" });
  list.focus();
  await userEvent.keyboard("a");
  await screen.findByText(/正在重新核校/);
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await userEvent.keyboard("a");
  expect(screen.queryAllByRole("option")).toHaveLength(0);
  release();
  const twice = once.slice(0, 24) + "6%" + once.slice(26);
  await waitFor(() => expect(backend.calls.at(-1)).toEqual({ name: "check_draft", request: { kind: "text", text: twice } }));
});

it("only lists the findings of a file that is more than text, and ignores them for this check", async () => {
  fakeBackend({ project: () => null, check_draft: () => view() });
  await foreign.file("/文稿/别人.docx");
  renderPage(<CheckPage />, { place: others });
  await screen.findByText("别人.docx");
  expect(screen.getByText(/docx 和 pdf 只列出意见/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "另存改正稿…" })).toBeNull();
  expect(screen.queryByText(/a 采用/)).toBeNull();
  screen.getByRole("listbox", { name: "核校意见" }).focus();
  await userEvent.keyboard("a");
  await waitFor(() => expect(screen.getAllByText(/只列出意见，文件不会改动/).length).toBe(2));
  const written = vi.spyOn(copies, "copyText").mockResolvedValue();
  await userEvent.click(screen.getByRole("button", { name: /复制改法/ }));
  expect(written).toHaveBeenCalledWith("占25%");
  await userEvent.click(screen.getByRole("button", { name: /忽略…/ }));
  await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "另有口径{Enter}");
  await screen.findByRole("button", { name: "展开已忽略的 1 条" });
});

it("tells why a file cannot be read and stays where it was", async () => {
  fakeBackend({ project: () => null, check_draft: () => Promise.reject(new BackendError("unreadable-file", "图.png：只能核校文稿。")) });
  renderPage(<CheckPage />, { place: others });
  await userEvent.type(await screen.findByRole("textbox", { name: "文稿的路径" }), "/图.png{Enter}");
  expect(await screen.findByText("图.png：只能核校文稿。")).toBeTruthy();
  expect(screen.getByRole("textbox", { name: "要核校的文字" })).toBeTruthy();
});

it("writes the sheet of findings of the report, and of a changed draft from its text", async () => {
  const backend = fakeBackend({
    project: () => project,
    check_report: () => view(),
    check_draft: () => view({ correctable: true }),
    export_check: ({ path }) => ({ path, bytes: 1 }),
  });
  const { unmount } = renderPage(<CheckPage />, { place: own });
  await userEvent.click(await screen.findByRole("button", { name: "核校意见表…" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /保\s*存/ }));
  await waitFor(() =>
    expect(backend.calls).toContainEqual({
      name: "export_check",
      request: { path: "/甲（核校意见表）.pdf", ignored: [] },
    }),
  );
  unmount();
  await foreign.file("/文稿/草案.txt");
  await foreign.apply("k1");
  foreign.ignore("k2", "引文");
  renderPage(<CheckPage />, { place: others });
  await userEvent.click(await screen.findByRole("button", { name: "核校意见表…" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /保\s*存/ }));
  await waitFor(() =>
    expect(backend.calls).toContainEqual({
      name: "export_check",
      request: { path: "/文稿/草案（核校意见表）.pdf", draft: { kind: "text", text }, ignored: ["k2"] },
    }),
  );
});

it("goes through the list before printing, item by item, and leads to the places", async () => {
  const navigate = vi.fn();
  const lines = ["一", "二", "三", "四", "五"].map((n) => `第${n}处不等`);
  fakeBackend({
    project: () => project,
    formats: () => formats,
    preprint: () => [
      {
        key: "sums",
        title: "合计等于分项之和",
        state: "fail",
        words: lines.join("\n"),
        by_hand: false,
        places: [{ id: "own/1", words: "合计9家", cell: null }],
        seen: null,
      },
      { key: "seal", title: "签发页", state: "attention", words: "请人核对：印章", by_hand: true, places: [], seen: null },
    ],
  });
  renderPage(<CheckPage />, { place: preprint, navigate });
  await screen.findByText(/检查 2 项：1 项不符，0 项留意，1 项请人核对/);
  expect(screen.queryByText("第五处不等")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "其余 1 处" }));
  expect(screen.getByText("第五处不等")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "合计9家" }));
  expect(navigate).toHaveBeenCalledWith({ stage: "compose", focus: "own/1" });
});

it("ticks off what somebody looked at, and says when the report has changed since", async () => {
  const item = (key: string, seen: ChecklistItem["seen"]): ChecklistItem => ({
    key,
    title: key,
    state: "attention",
    words: "请人核对：姓名",
    by_hand: true,
    places: [],
    seen,
  });
  const { calls } = fakeBackend({
    project: () => project,
    formats: () => formats,
    preprint: () => [
      item("未看", null),
      item("已看", { on: "2024-06-28", current: true }),
      item("又改", { on: "2024-06-27", current: false }),
    ],
    tick_item: () => null,
  });
  renderPage(<CheckPage />, { place: preprint });
  await screen.findByText(/检查 3 项：0 项不符，0 项留意，2 项请人核对，\s*1 项已核对/);
  expect(screen.getByText("2024-06-27 核对过，之后文稿有改动，请再看")).toBeTruthy();
  const box = (title: string) => screen.getByRole<HTMLInputElement>("checkbox", { name: `${title}：已核对` });
  expect(["未看", "已看", "又改"].map((title) => box(title).checked)).toEqual([false, true, false]);
  await userEvent.click(box("又改"));
  await userEvent.click(box("已看"));
  expect(calls.filter((call) => call.name === "tick_item").map((call) => call.request)).toEqual([
    { template: "research-report", key: "又改", seen: true },
    { template: "research-report", key: "已看", seen: false },
  ]);
});
