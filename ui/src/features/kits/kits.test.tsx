import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { fakeBackend } from "../../backend/testing";
import type { KitCheck } from "../../backend/bindings/KitCheck";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { renderPage } from "../../components/testing/render";
import KitsPage from ".";
import { kitView } from "./testing";

const check = (change: Partial<KitCheck> = {}): KitCheck => ({
  faults: [],
  warnings: [],
  failed: [],
  cases: [],
  verdicts: [],
  rendered: [],
  differs: true,
  saved: false,
  ...change,
});
let projects = 0;

function workshop(checked: KitCheck, saved = checked, view = kitView()) {
  // What is typed in one project is not found in another.
  const project = { path: `/工程${++projects}.yance`, title: "甲", kit: kitView().kit } as ProjectInfo;
  return fakeBackend({
    project: () => project,
    kits: () => [],
    kit_view: () => view,
    newer_kit: () => null,
    check_kit_change: () => checked,
    save_kit_change: () => saved,
  });
}

it("tries a change while it is typed and shows what is wrong at its field, keeping the text", async () => {
  const fault = { file: "findings/P1.toml", line: 7, column: 3, message: "句式有误", field: "sentence.0.any.0" };
  const { calls } = workshop(check({ faults: [fault] }));
  renderPage(<KitsPage />);
  const box = await screen.findByLabelText("第 1 句的写法 1", {}, { timeout: 15_000 });
  await userEvent.type(box, "坏");
  expect(await screen.findByText(/句式有误/, {}, { timeout: 15_000 })).toBeTruthy();
  expect(screen.queryByText(/findings.P1.toml/)).toBeNull();
  expect(screen.getAllByText("未保存").length).toBeGreaterThan(0);
  await userEvent.click(screen.getByText("保存修改"));
  await waitFor(() => expect(calls.some((call) => call.name === "save_kit_change")).toBe(true));
  expect((box as HTMLTextAreaElement).value).toBe("投入总体不足。坏");
  const told = await screen.findByText("还有要改的地方，没有保存。");
  expect(told.closest(".ant-message-warning")).not.toBeNull();
});

it("shows a sentence with its marks in words, and as it is written only when asked", async () => {
  const view = kitView();
  view.parts.rules[0]!.sentence[0] = { role: "claim", when: "not has('org')", any: ["占{{ f('rd') }}{% if has('org') %}，另有{{ f('org') }}{% endif %}。"] };
  workshop(check(), check(), view);
  renderPage(<KitsPage />);
  const box = await screen.findByLabelText("第 1 句的写法 1", {}, { timeout: 15_000 });
  expect(box.textContent).toBe("占〔研发占比〕【如果有“机构占比”：，另有〔机构占比〕】。");
  expect(screen.getByText("条件：没有“机构占比”")).toBeTruthy();
  await userEvent.click(screen.getByText("高级：看原文"));
  expect((screen.getByLabelText("第 1 句的写法 1") as HTMLTextAreaElement).value).toContain("{% if has('org') %}");
});

it("asks before cases take a new outcome, and then says so to the backend", async () => {
  const failed = { rule: "P1", title: "投入不足", case: { ...kitView().parts.rules[0]!.case[0]!, got_grade: "存在", passed: false } };
  const { calls } = workshop(check({ failed: [failed] }));
  renderPage(<KitsPage />);
  await userEvent.type(await screen.findByLabelText("标题 1", {}, { timeout: 15_000 }), "改");
  await userEvent.click(screen.getByText("保存修改"));
  await userEvent.click(await screen.findByText("按新结论保存", {}, { timeout: 15_000 }));
  await waitFor(() => {
    const saves = calls.filter((call) => call.name === "save_kit_change").map((call) => call.request as { accept_cases: boolean });
    expect(saves.map((save) => save.accept_cases)).toEqual([false, true]);
  });
});

it("keeps what was typed in one part while another is looked at", async () => {
  workshop(check());
  renderPage(<KitsPage />);
  await userEvent.type(await screen.findByLabelText("标题 1", {}, { timeout: 15_000 }), "改");
  await userEvent.click(screen.getByText("平台偏少"));
  expect(await screen.findByDisplayValue("平台偏少，有待改进", {}, { timeout: 15_000 })).toBeTruthy();
  await userEvent.click(screen.getByText("投入不足", { selector: ".kit-entry-title" }));
  expect(await screen.findByDisplayValue("投入不足，有待改进改", {}, { timeout: 15_000 })).toBeTruthy();
});

it("keeps what was typed while another stage is looked at, until it is given up", async () => {
  workshop(check());
  const { unmount } = renderPage(<KitsPage />);
  await userEvent.type(await screen.findByLabelText("标题 1", {}, { timeout: 15_000 }), "改");
  unmount();
  renderPage(<KitsPage />);
  expect(await screen.findByDisplayValue("投入不足，有待改进改", {}, { timeout: 15_000 })).toBeTruthy();
  await userEvent.click(screen.getByText("放弃"));
  expect(await screen.findByDisplayValue("投入不足，有待改进", {}, { timeout: 15_000 })).toBeTruthy();
  expect(JSON.parse(localStorage.getItem("kit-drafts") ?? "[]").some(([of]: [string]) => of.startsWith(`/工程${projects}.`))).toBe(false);
});

it("shows a kit of the gallery without ways to change it when there is no project", async () => {
  const card = { kit: kitView().kit, datasets: [], indicators: 1, rules: 2, measures: 2, has_example: false, own: false };
  fakeBackend({
    project: () => null,
    kits: () => [card],
    kit_view: () => ({ ...kitView(), editable: false }),
  });
  renderPage(<KitsPage />);
  expect(((await screen.findByLabelText("标题 1", {}, { timeout: 15_000 })) as HTMLInputElement).disabled).toBe(true);
  expect(screen.queryByText("保存修改")).toBeNull();
});
