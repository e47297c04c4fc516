import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { MeasuresView } from "../../backend/bindings/MeasuresView";
import type { MeasureView } from "../../backend/bindings/MeasureView";
import { BackendError } from "../../backend/error";
import { useAct } from "../../backend";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import MeasuresPage from ".";
import { lacks, themeGroups } from "./matrix";

const measure = (id: string, more: Partial<MeasureView> = {}): MeasureView => ({
  id,
  title: `对策${id}`,
  titles: [],
  theme: "t",
  answers: ["A"],
  text: "",
  lead: ["甲局"],
  support: [],
  kpi: "办结率",
  horizon: "近",
  horizon_shown: "1年内",
  precondition: "",
  instrument: "服务",
  basis: "",
  status: "suggested",
  included: true,
  block: `measures/t/${id}`,
  changed: [],
  ...more,
});

const view: MeasuresView = {
  themes: [{ id: "t", heading: "主题", section: "measures/t" }],
  measures: [
    measure("M1"),
    measure("M2", { answers: [], lead: [], status: "accepted" }),
    measure("M3", { included: false }),
    measure("M4", { included: false, answers: [] }),
  ],
  findings: [
    { id: "A", number: "一", heading: "标题甲", grade: "突出", answered: true },
    { id: "B", number: "二", heading: "标题乙", grade: "存在", answered: false },
  ],
  without_finding: ["M2"],
  targets: [],
  departments: ["甲局"],
};

it("keeps unmatched measures back until all are asked for", () => {
  const ids = (all: boolean) => themeGroups(view, all).map((g) => [g.told.map((m) => m.id), g.others.map((m) => m.id)]);
  expect(ids(false)).toEqual([[["M1", "M2"], ["M3"]]]);
  expect(ids(true)).toEqual([[["M1", "M2"], ["M3", "M4"]]]);
});

it("names the fields that are still empty", () => {
  expect(lacks(measure("M", { lead: [], kpi: " ", horizon: "" }))).toEqual(["牵头单位", "考核目标", "完成时限"]);
  expect(lacks(measure("M"))).toEqual([]);
});

it("says both gaps, in the head and in the table of what answers what", async () => {
  const navigate = vi.fn();
  fakeBackend({ measures: () => view });
  renderPage(<MeasuresPage />, { navigate });
  await screen.findByText(/1 个问题没有对策，1 条对策没有对应的问题/);
  await userEvent.click(screen.getByText("对应表"));
  await screen.findByText(/没有对策的问题：标题乙。没有对应问题的对策：对策M2。/);
  await userEvent.click(screen.getByRole("button", { name: "（二）标题乙" }));
  expect(navigate).toHaveBeenCalledWith({ stage: "findings", focus: "B" });
});

it("saves the field of a measure when it is left", async () => {
  const backend = fakeBackend({ measures: () => view, edit: () => null });
  renderPage(<MeasuresPage />);
  const field = await screen.findByRole("textbox", { name: "考核目标" });
  await userEvent.clear(field);
  await userEvent.type(field, "满意度");
  await userEvent.tab();
  expect(backend.calls.find((call) => call.name === "edit")?.request).toEqual({
    target: "M1",
    change: { aspect: "kpi", value: "满意度" },
  });
});

it("without targets says what table to bring", async () => {
  fakeBackend({ measures: () => view });
  renderPage(<MeasuresPage />);
  await userEvent.click(await screen.findByText("目标 0"));
  await screen.findByText("还没有目标");
});

function Undo() {
  const undo = useAct("undo");
  return <button onClick={() => undo.mutate(null)}>撤销</button>;
}

it("keeps no measures on the screen once the data are gone", async () => {
  let isThere = true;
  fakeBackend(
    {
      measures: () => (isThere ? view : Promise.reject(new BackendError("no-data", "还没有数据。"))),
      undo: () => ((isThere = false), "导入"),
    },
    { changes: { undo: ["analysis"] } },
  );
  renderPage(
    <>
      <MeasuresPage />
      <Undo />
    </>,
  );
  await screen.findByText(/写入报告 2 条/);
  await userEvent.click(screen.getByText("撤销"));
  await screen.findByText("还没有数据");
  expect(screen.queryByText(/写入报告/)).toBeNull();
});
