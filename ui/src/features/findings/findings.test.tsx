import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { FindingsView } from "../../backend/bindings/FindingsView";
import type { FindingView } from "../../backend/bindings/FindingView";
import { BackendError } from "../../backend/error";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import FindingsPage from ".";
import { lengthsText, moved, placed } from "./order";

const finding = (id: string, number: string | null, more: Partial<FindingView> = {}): FindingView => ({
  id,
  title: `问题${id}`,
  severity: "52.0",
  share: 0.52,
  grade: "较突出",
  status: "suggested",
  included: number !== null,
  number,
  section: number && `findings/${id}`,
  merged_into: null,
  local: true,
  arithmetic: "S=100×…=52.0",
  parts: [],
  evidence: [],
  counter: [],
  missing: [],
  criteria: [],
  heading: number === null ? null : { text: `标题${id}`, lengths: [3], fits: true },
  own_heading: false,
  headings: [],
  ...more,
});

const view: FindingsView = {
  findings: [
    finding("A", "一"),
    finding("B", "二"),
    finding("C", null, { severity: null, share: 0, grade: "证据不足", status: "insufficient", missing: ["订单数"] }),
  ],
  parallel: { lengths: [3], equal: true, proposal: {} },
  criteria: [],
  grades: [{ title: "突出", from: "60" }],
  limit: 6,
  doubts: { B: [{ dataset: "d", row: 8, field: "money", name: "甲厂", message: "产值：12000000万元 疑似用错单位", fix: "1200" }] },
};

it("moves and places within a list and no further", () => {
  expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
  const list = ["a", "b"];
  expect(moved(list, "a", -1)).toBe(list);
  expect(placed(["a", "b", "c"], "a", 2)).toEqual(["b", "c", "a"]);
  expect(lengthsText([6, 8])).toBe("6＋8字");
});

it("sends the whole new order with Alt and an arrow", async () => {
  const backend = fakeBackend({ findings: () => view, reorder: () => null });
  renderPage(<FindingsPage />);
  const list = await screen.findByRole("listbox", { name: "问题" });
  list.focus();
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(backend.calls.find((call) => call.name === "reorder")?.request).toEqual({ ids: ["B", "A"] });
});

it("accepts a finding, and taking it back clears the decision", async () => {
  const accepted = { ...view, findings: [finding("A", "一", { status: "accepted" })] };
  let now = view;
  const backend = fakeBackend(
    { findings: () => now, decide: () => ((now = accepted), null) },
    { changes: { decide: ["analysis"] } },
  );
  renderPage(<FindingsPage />);
  await userEvent.click(await screen.findByRole("button", { name: /接受$/, pressed: false }));
  await userEvent.click(await screen.findByRole("button", { name: /已接受/ }));
  const sent = backend.calls.filter((call) => call.name === "decide").map((call) => call.request);
  expect(sent).toEqual([
    { ids: ["A"], decision: "accepted" },
    { ids: ["A"], decision: null },
  ]);
});

it("folds what lacks evidence and says what is missing", async () => {
  fakeBackend({ findings: () => view });
  renderPage(<FindingsPage />);
  await screen.findByRole("listbox", { name: "问题" });
  expect(screen.queryByText("缺：订单数")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /证据不足 1 个/ }));
  await screen.findByText("缺：订单数");
});

it("marks an odd heading and offers to make all equal in one act", async () => {
  const odd: FindingsView = {
    ...view,
    findings: [
      finding("A", "一"),
      finding("B", "二", { heading: { text: "长标题B", lengths: [4], fits: false }, own_heading: true }),
    ],
    parallel: { lengths: [3], equal: false, proposal: { A: "标题A", B: "备选B" } },
  };
  const backend = fakeBackend({ findings: () => odd, set_headings: () => null });
  renderPage(<FindingsPage />);
  await userEvent.click(await screen.findByRole("button", { name: /标题句式/ }));
  const panel = within(await screen.findByRole("dialog"));
  await panel.findByText(/换 1 个标题即可对齐/);
  await userEvent.click(panel.getByRole("button", { name: "对齐" }));
  const sent = backend.calls.find((call) => call.name === "set_headings");
  expect(sent?.request).toEqual({ headings: { B: "备选B" } });
});

it("shows the kit's own threshold beside a changed one and gives it back", async () => {
  const criterion = {
    id: "line",
    title: "关注线",
    value: "25",
    own: "20",
    changed: true,
    unit: "%",
    valid: "2022",
    source: "公报",
    note: "",
    used_by: ["A"],
  };
  const backend = fakeBackend({ findings: () => ({ ...view, criteria: [criterion] }), set: () => null });
  renderPage(<FindingsPage />);
  await userEvent.click(await screen.findByRole("button", { name: /判断依据/ }));
  const panel = within(await screen.findByRole("dialog"));
  await panel.findByText(/套件：20%/);
  await userEvent.click(panel.getByRole("button", { name: "恢复" }));
  expect(backend.calls.find((call) => call.name === "set")?.request).toEqual({ values: { "criterion.line": "" } });
});

it("without data says where to go", async () => {
  const navigate = vi.fn();
  fakeBackend({ findings: () => Promise.reject(new BackendError("no-data", "没有数据", [])) });
  renderPage(<FindingsPage />, { navigate });
  await userEvent.click(await screen.findByRole("button", { name: /去导入数据/ }));
  expect(navigate).toHaveBeenCalledWith({ stage: "data" });
});

it("marks a finding that rests on a doubted figure, and settles it where its evidence is read", async () => {
  const backend = fakeBackend({ findings: () => view, settle: () => 1 });
  renderPage(<FindingsPage />);
  const marked = await screen.findByText("含 1 个存疑数值", { selector: ".doubt-mark" });
  const entry = marked.closest<HTMLElement>("[role=option]")!;
  expect(entry.dataset["id"]).toBe("B");
  expect(screen.queryByRole("region", { name: "存疑数值" })).toBeNull();
  await userEvent.click(entry);
  const doubt = await screen.findByRole("region", { name: "存疑数值" });
  await userEvent.click(within(doubt).getByRole("button", { name: "采用建议" }));
  expect(backend.calls.find((call) => call.name === "settle")?.request).toEqual({ dataset: "d", row: 8, field: "money", by: "suggested" });
});
