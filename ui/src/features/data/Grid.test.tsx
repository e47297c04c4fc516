import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { DatasetView } from "../../backend/bindings/DatasetView";
import type { FieldView } from "../../backend/bindings/FieldView";
import { fakeBackend } from "../../backend/testing";
import { renderPage } from "../../components/testing/render";
import { Grid } from "./Grid";
import { uncover } from "./uncover";

const field = (id: string, title: string) =>
  ({ id, title, kind: "decimal", role: "amount", unit: null, choices: [], filled: 1, missing: 0, summary: { kind: "empty" } }) as unknown as FieldView;

const dataset = {
  id: "d",
  title: "台账",
  form: "ledger",
  records: 1,
  fields: [field("a", "序号"), field("b", "2022年改造投资")],
} as unknown as DatasetView;

const row = { row: 0, record: "r", source_row: 5, cells: ["1", "2794500"], marks: [] };

function open(onBack: (() => void) | null = null) {
  fakeBackend({
    rows: () => ({ total: 1, rows: [row] }) as never,
    fact_rows: () => ({ dataset: "d", title: "改造投资合计", shown: "2794500", formula: "合计", records: 1, n: 1, missing: 0, total: 1, is_part: false, fields: [{ id: "b", title: "2022年改造投资" }], among: null, conditions: [] }),
  });
  return renderPage(
    <Grid dataset={dataset} version={1} fact={onBack && "f"} onLeaveFact={() => {}} onBack={onBack} goal={null} onArrived={() => {}} />,
  );
}

const box = (element: Element, left: number, right: number) =>
  vi.spyOn(element, "getBoundingClientRect").mockReturnValue({ left, right, width: right - left } as DOMRect);

it("scrolls on by what the scroll bar hides of a cell", async () => {
  const { container } = open();
  // Names that belong to the grid: another version may have others.
  const [scroller, bar] = await waitFor(() => {
    const found = [".ag-grid-viewport", ".ag-body-vertical-scroll"].map((name) => container.querySelector(name));
    expect(found.every(Boolean)).toBe(true);
    return found as [HTMLElement, HTMLElement];
  });
  const cell = await waitFor(() => {
    const found = scroller.querySelector('.ag-grid-scrolling-cells [col-id="b"]');
    expect(found).not.toBeNull();
    return found as HTMLElement;
  });
  box(bar, 992, 1008);
  box(cell, 809, 1008);
  uncover(container, "b");
  expect(scroller.scrollLeft).toBe(16);
});

it("of a number picked in the text leads back there", async () => {
  const back = vi.fn();
  open(back);
  await userEvent.click(await screen.findByRole("button", { name: "回到成文" }));
  expect(back).toHaveBeenCalledOnce();
});
