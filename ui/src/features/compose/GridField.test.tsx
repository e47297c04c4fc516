import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import type { Grid } from "./grid";
import { GridField } from "./GridField";

function Field() {
  const [grid, setGrid] = useState<Grid>([["类别", "数量"], ["甲", "1"], ["乙", "2"]]);
  return <GridField label="表" grid={grid} onChange={setGrid} least={{ rows: 2, columns: 1 }} />;
}

const focused = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;

it("leads by Tab over the columns to the cells, from cell to cell, and then to a new row", async () => {
  render(<Field />);
  const way = [];
  for (let steps = 0; steps < 10; steps += 1) {
    await userEvent.tab();
    way.push(focused()?.trim());
  }
  expect(way).toEqual([
    "删除第 1 列", "删除第 2 列", "列", "表头第 1 列", "表头第 2 列",
    "第 1 行第 1 列", "第 1 行第 2 列", "第 2 行第 1 列", "第 2 行第 2 列", "加一行",
  ]);
});

it("takes the row out that the caret is in, but never the header nor the last row", async () => {
  render(<Field />);
  await userEvent.click(screen.getByLabelText("第 2 行第 2 列"));
  await userEvent.keyboard("{Control>}-{/Control}");
  expect(screen.queryByLabelText("第 2 行第 1 列")).toBeNull();
  expect(focused()).toBe("第 1 行第 2 列");
  await userEvent.keyboard("{Control>}-{/Control}");
  expect(screen.getByLabelText<HTMLInputElement>("第 1 行第 2 列").value).toBe("1");
});
