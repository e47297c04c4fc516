import { describe, expect, it } from "vitest";
import { basisWords, behindWords } from "./behind";
import { holds, parseCells, placePaste, writeCells } from "./cells";
import { filtersOf } from "./filters";
import { mappingsOf } from "./mappings";
import { sizeWords } from "./words";

describe("单元格的复制与粘贴", () => {
  it("reads what Excel and WPS put on the clipboard", () => {
    expect(parseCells("甲\t1\r\n乙\t2\r\n")).toEqual([
      ["甲", "1"],
      ["乙", "2"],
    ]);
    expect(parseCells('"两\n行"\t"说""好"""\n\t')).toEqual([
      ["两\n行", '说"好"'],
      ["", ""],
    ]);
    expect(parseCells("")).toEqual([]);
  });

  it("writes what it can read again", () => {
    const cells = [
      ["甲\t乙", 'a"b'],
      ["", "两\n行"],
    ];
    expect(parseCells(writeCells(cells))).toEqual(cells);
    expect(writeCells([["甲", null]])).toBe("甲\t");
  });

  it("pastes from the upper left corner and cuts off what sticks out", () => {
    const at = { from: { row: 3, column: 2 }, to: { row: 2, column: 1 } };
    expect(placePaste([["a", "b"], ["c", "d"]], at, 3, 9)).toEqual([
      { row: 2, column: 1, value: "a" },
      { row: 2, column: 2, value: "b" },
    ]);
  });

  it("fills the selection with a single cell", () => {
    const at = { from: { row: 0, column: 0 }, to: { row: 1, column: 1 } };
    expect(placePaste([["x"]], at, 9, 9)).toHaveLength(4);
    expect(holds(at, 1, 0)).toBe(true);
    expect(holds(at, 2, 0)).toBe(false);
  });
});

describe("筛选", () => {
  it("says to the backend what the grid was asked", () => {
    expect(
      filtersOf({
        name: { type: "contains", filter: "甲" },
        revenue: { type: "inRange", filter: 1, filterTo: 9 },
        staff: { type: "blank" },
        profit: { type: "greaterThanOrEqual", filter: 0 },
        empty: { type: "contains", filter: "" },
        kind: { type: "oneOf", values: ["公办", "民办公助"] },
        grade: { type: "oneOf", values: [] },
      }),
    ).toEqual([
      { field: "name", test: { kind: "contains", text: "甲" } },
      { field: "revenue", test: { kind: "between", min: "1", max: "9" } },
      { field: "staff", test: { kind: "missing" } },
      { field: "profit", test: { kind: "between", min: "0", max: null } },
      { field: "kind", test: { kind: "one-of", values: ["公办", "民办公助"] } },
    ]);
  });
});

describe("字段对应", () => {
  it("keeps one decision per place and frees a column with an empty one", () => {
    const place = { file: "台账.xlsx", sheet: "表", column: "C" };
    const first = mappingsOf([], { ...place, field: "revenue" });
    expect(first).toHaveLength(1);
    const second = mappingsOf(first, { ...place, unit: "元" });
    expect(second).toEqual([{ ...place, dataset: null, field: "revenue", unit: "元" }]);
    const freed = mappingsOf(second, { ...place, field: null, unit: null });
    expect(freed).toEqual([{ ...place, dataset: null, field: null, unit: null }]);
    const table = mappingsOf(freed, { file: "台账.xlsx", sheet: "表", column: null, dataset: "d" });
    expect(table).toHaveLength(2);
  });
});

it("sizes are told in the unit people expect", () => {
  expect([sizeWords(12), sizeWords(2048), sizeWords(3 << 20)]).toEqual(["12 B", "2 KB", "3.0 MB"]);
});

it("says of a share which records it takes of which, and what is left out", () => {
  const share = {
    dataset: "d",
    title: "没有机构的占比",
    shown: "12.5%",
    formula: "户数÷户数",
    records: 5,
    n: 40,
    missing: 3,
    total: 50,
    is_part: true,
    fields: [{ id: "org", title: "研发机构" }],
    among: "研发机构有值",
    conditions: ["研发机构为“无”", "区县为“东区”"],
  };
  expect(behindWords(share)).toBe("“没有机构的占比” = 12.5%：有效 40 条中的以下 5 条记录（另有 3 条缺失，全部 50 条）；户数÷户数");
  expect(basisWords(share)).toBe("用到的字段：研发机构；范围：研发机构有值；条件：研发机构为“无”，且区县为“东区”");
  const whole = { ...share, title: "户数", shown: "50户", records: 50, n: 50, missing: 0, is_part: false, fields: [], among: null, conditions: [] };
  expect(behindWords(whole)).toBe("“户数” = 50户：以下 50 条记录；户数÷户数");
  expect(basisWords(whole)).toBe("");
});
