import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import { fakeBackend, type FakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import ComposePage from ".";

beforeEach(() => localStorage.clear());
Element.prototype.scrollIntoView ??= () => {};

const view = (): DocumentView =>
  ({
    document: {
      format: 1,
      meta: {},
      summary: { title: "摘要", key_figures: [], blocks: [] },
      sections: [
        {
          id: "a",
          number: "一、",
          title: "现状",
          level: 1,
          appendix: false,
          sections: [],
          blocks: [
            { type: "paragraph", id: "a/p", content: [{ t: "text", v: "共有" }, { t: "fact", v: "681", id: "n" }, { t: "text", v: "家企业。" }] },
            { type: "paragraph", id: "own/1", content: [{ t: "text", v: "自己写的企业。" }] },
          ],
        },
      ],
      facts: { n: { title: "企业数", value: "681", unit: "家", formula: "计数", source: "台账", n: 681, missing: 0, as_of: "2023年末" } },
    },
    states: { "own/1": "own" },
    reviews: [],
    hidden: [{ id: "a/q", section: "a", after: null, text: "放下的一段" }],
    own: { "own/1": { after: "a/p", rank: 0, block: { type: "paragraph", content: [] } } },
    gaps: ["缺研发投入"],
  }) as unknown as DocumentView;

function open(extra: Parameters<typeof fakeBackend>[0] = {}): FakeBackend & { edits: () => unknown[] } {
  const backend = fakeBackend({ document: view, edit: () => null, ...extra });
  renderPage(<ComposePage />);
  return { ...backend, edits: () => backend.calls.filter((call) => call.name === "edit").map((call) => call.request) };
}

it("shows the text, the outline with marks, and what is missing", async () => {
  open();
  await screen.findByText("681");
  expect(within(screen.getByRole("tree", { name: "提纲" })).getByText("一、现状")).toBeTruthy();
  expect(screen.getByLabelText("自写 1 处")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /待补/ }));
  await screen.findByText("缺研发投入");
});

it("saves what was typed in plain text with its number, once for a visit's pause", async () => {
  localStorage.setItem("compose-plain", "on");
  const backend = open();
  await userEvent.click(await screen.findByText(/家企业/));
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "编辑段落" });
  expect(field.value).toBe("共有〔1:681〕家企业。");
  fireEvent.change(field, { target: { value: "全市共有〔1:681〕家企业。" } });
  fireEvent.keyDown(field, { key: "Escape" });
  await waitFor(() => expect(backend.edits()).toHaveLength(1));
  expect(backend.edits()[0]).toMatchObject({
    target: "a/p",
    change: { aspect: "content", value: [{ v: "全市共有" }, { t: "fact", id: "n" }, { v: "家企业。" }] },
    visit: expect.any(String),
  });
  await screen.findByText(/全市共有/);
});

it("warns when a number's mark is damaged", async () => {
  localStorage.setItem("compose-plain", "on");
  open();
  await userEvent.click(await screen.findByText(/家企业/));
  const field = await screen.findByRole("textbox", { name: "编辑段落" });
  fireEvent.change(field, { target: { value: "共有〔1:999〕家企业。" } });
  expect((await screen.findByRole("alert")).textContent).toContain("1 处");
});

it("neither saves nor leaves while an input method is composing", async () => {
  localStorage.setItem("compose-plain", "on");
  const backend = open();
  await userEvent.click(await screen.findByText(/家企业/));
  const field = await screen.findByRole("textbox", { name: "编辑段落" });
  vi.useFakeTimers();
  try {
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: "qiye〔1:681〕" } });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    fireEvent.keyDown(field, { key: "Escape", isComposing: true });
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    expect(backend.edits()).toEqual([]);
    fireEvent.change(field, { target: { value: "企业〔1:681〕" } });
    fireEvent.compositionEnd(field);
    await act(() => vi.advanceTimersByTimeAsync(1_500));
    expect(backend.edits()).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

it("edits in the rich editor by keyboard alone", async () => {
  open();
  const block = (await screen.findByText(/自己写的/)).closest<HTMLElement>("[data-block]")!;
  block.focus();
  fireEvent.keyDown(block, { key: "Enter" });
  const field = await screen.findByRole("textbox", { name: "编辑段落" });
  expect(field.textContent).toBe("自己写的企业。");
  expect(screen.getByRole("button", { name: /插入数字/ })).toHaveProperty("disabled", false);
});

it("opens a dialog from a submenu by Enter, in its first field, and leads back to the paragraph", async () => {
  open();
  const block = (await screen.findByText(/自己写的/)).closest<HTMLElement>("[data-block]")!;
  block.focus();
  fireEvent.keyDown(block, { key: "F10", shiftKey: true });
  await userEvent.hover(await screen.findByText("在其后插入"));
  const item = (await screen.findByText("表格…")).closest("li")!;
  // What Enter does by itself would press whatever has the focus by then.
  expect(fireEvent.keyDown(item, { key: "Enter", keyCode: 13, which: 13 })).toBe(false);
  const caption = await screen.findByRole("textbox", { name: "表题" });
  await waitFor(() => expect(document.activeElement).toBe(caption));
  await userEvent.click(screen.getByRole("button", { name: "取消" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.activeElement).toBe(block);
});

it("finds, replaces one by an edit, and all by the backend", async () => {
  const backend = open({ replace_text: () => 2 });
  await screen.findByText("681");
  await userEvent.click(screen.getByRole("button", { name: "查找和替换" }));
  await userEvent.type(screen.getByRole("textbox", { name: "查找" }), "企业");
  await screen.findByText("1/2");
  await userEvent.type(screen.getByRole("textbox", { name: "替换为" }), "公司");
  await userEvent.click(screen.getByRole("button", { name: "下一个" }));
  await userEvent.click(screen.getByRole("button", { name: "替换" }));
  expect(backend.edits()[0]).toMatchObject({ target: "own/1", change: { value: [{ v: "自己写的公司。" }] } });
  await userEvent.click(screen.getByRole("button", { name: "全部替换" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "全部替换" }));
  await waitFor(() => expect(backend.calls.at(-1)).toEqual({ name: "replace_text", request: { find: "企业", with: "公司" } }));
});

it("puts back what was left out", async () => {
  const backend = open({ revert: () => null });
  await userEvent.click(await screen.findByText(/未放入报告（1）/));
  await userEvent.click(screen.getByRole("button", { name: "放回" }));
  expect(backend.calls.at(-1)).toEqual({ name: "revert", request: { target: "a/q", aspect: "hidden" } });
});

it("shows old, new and mine of a review and settles it", async () => {
  const review = {
    id: "a/p",
    aspect: "content",
    why: "changed" as const,
    old: [{ t: "text" as const, v: "共有600家。" }],
    new: [{ t: "text" as const, v: "共有681家。" }],
    mine: [{ t: "text" as const, v: "企业共681家。" }],
  };
  const backend = open({ document: () => ({ ...view(), reviews: [review] }), keep_mine: () => null, revert: () => null });
  await userEvent.click(await screen.findByRole("button", { name: /需复核/ }));
  const card = await screen.findByRole("article", { name: /复核：/ });
  expect(within(card).getByText("600")).toBeTruthy();
  await userEvent.click(within(card).getByRole("button", { name: "保留我的" }));
  expect(backend.calls.at(-1)).toEqual({ name: "keep_mine", request: { target: "a/p", aspect: "content" } });
});

it("opens no editor in a read-only project", async () => {
  localStorage.setItem("compose-plain", "on");
  fakeBackend({ document: view });
  renderPage(<ComposePage />, {}, { isWritable: false });
  const paragraph = await screen.findByText(/家企业/);
  await userEvent.click(paragraph);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: "标题：现状" })).toBeNull();
  fireEvent.contextMenu(paragraph);
  expect((await screen.findByRole("menuitem")).textContent).toContain("只读");
});

it("leads from a number to its records, and says where to come back", async () => {
  const navigate = vi.fn();
  fakeBackend({ document: view });
  renderPage(<ComposePage />, { navigate });
  await userEvent.click(await screen.findByText("681"));
  expect(navigate).toHaveBeenCalledWith({ stage: "data", focus: "n", params: { fact: "n", back: "a/p" } });
});
