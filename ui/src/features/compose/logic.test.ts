import { expect, it } from "vitest";
import type { Block } from "../../backend/bindings/Block";
import type { Document } from "../../backend/bindings/Document";
import { compare, wordsIn } from "./diff";
import { findAll, replaceOne } from "./find";
import { chartOf, numberIn, parseCells, pasteInto, tableOf } from "./grid";
import { entriesOf, namesOf, placeBeside, rowsOf } from "./outline";

const paragraph = (id: string, v: string): Block => ({
  type: "paragraph",
  id,
  content: [
    { t: "text", v },
    { t: "fact", v: "企业", id: "n" },
    { t: "footnote", content: [{ t: "text", v: `${v}注` }] },
  ],
});
const table = (id: string): Block => ({ type: "table", id, caption: `企业表${id}`, columns: [], header: [], rows: [], unit: null, source: null, notes: [] });
const section = (id: string, number: string, level: number, blocks: Block[], sections: Document["sections"] = [], appendix = false) => ({
  id,
  number,
  title: `企业${id}`,
  level,
  appendix,
  blocks,
  sections,
});
const document = {
  summary: { title: "摘要", key_figures: [], blocks: [] },
  sections: [
    section("a", "一、", 1, [paragraph("a/p", "企业多企业"), table("a/t")], [section("a/1", "（一）", 2, [table("a/1/t")])]),
    section("x", "附录一", 1, [table("x/t")], [], true),
  ],
  facts: {},
} as unknown as Document;
const view = { document, hidden: [{ id: "a/q", section: "a", after: null, text: "放下的话" }, { id: "b", section: "", after: "a", text: "放下的章" }] };

it("numbers tables as they are printed, those of appendices apart", () => {
  expect([...namesOf(document)]).toEqual([
    ["a", "第一章"],
    ["a/t", "表1"],
    ["a/1", "第一章（一）"],
    ["a/1/t", "表2"],
    ["x", "附录一"],
    ["x/t", "附表1"],
  ]);
});

it("shows what is left out at the foot of its section, and whole sections where they would be printed", () => {
  const hidden = [
    ...view.hidden,
    { id: "a/0", section: "a", after: "a", text: "第一节" },
    { id: "a/2", section: "a", after: "a/1", text: "最后一节" },
  ];
  const rows = rowsOf({ document, hidden }).map((row) => (row.kind === "hidden" ? row.hidden.map((h) => h.text).join() : row.id));
  expect(rows).toEqual(["summary", "a", "a/p", "a/t", "放下的话", "第一节", "a/1", "a/1/t", "最后一节", "放下的章", "x", "x/t"]);
});

it("counts marks under the heading they stand under", () => {
  const entries = entriesOf(rowsOf(view), { "a/p": "stale", a: "edited", "a/1/t": "own" });
  expect(entries.map(({ id, edited, stale, own }) => [id, edited, stale, own])).toEqual([
    ["summary", 0, 0, 0],
    ["a", 1, 1, 0],
    ["a/1", 0, 0, 1],
    ["x", 0, 0, 0],
  ]);
});

it("moves an own block behind what stands two before or one behind", () => {
  const rows = rowsOf(view);
  expect(placeBeside(rows, "a/t", -1)).toBe("a");
  expect(placeBeside(rows, "a/t", 1)).toBe("a/1");
  expect(placeBeside(rows, "x/t", 1)).toBeNull();
});

it("finds words in titles, texts, captions and footnotes, never in numbers", () => {
  const rows = rowsOf(view);
  // Heading 1, sentence 2 and its footnote 2, captions of three tables, headings of two more sections.
  expect(findAll(rows, "企业").map((match) => match.id)).toEqual(["a", "a/p", "a/p", "a/p", "a/p", "a/t", "a/1", "a/1/t", "x", "x/t"]);
  expect(findAll(rows, "")).toEqual([]);
});

it("replaces just the match looked at", () => {
  const rows = rowsOf(view);
  expect(replaceOne(rows, { id: "a/p", nth: 1, isFixed: false }, "企业", "公司")).toMatchObject({
    aspect: "content",
    value: [{ v: "企业多公司" }, { v: "企业" }, { content: [{ v: "企业多企业注" }] }],
  });
  expect(replaceOne(rows, { id: "a/p", nth: 2, isFixed: false }, "企业", "公司")).toMatchObject({
    value: [{ v: "企业多企业" }, { v: "企业" }, { content: [{ v: "公司多企业注" }] }],
  });
  expect(replaceOne(rows, { id: "a/t", nth: 0, isFixed: false }, "企业", "公司")).toEqual({ aspect: "title", value: "公司表a/t" });
  expect(replaceOne(rows, { id: "a", nth: 0, isFixed: false }, "企业", "公司")).toEqual({ aspect: "title", value: "公司a" });
  expect(replaceOne(rows, { id: "a/p", nth: 9, isFixed: false }, "企业", "公司")).toBeNull();
});

it("finds words in the cells of tables, and replaces them only in those typed by the author", () => {
  const cells = (id: string) => ({
    ...table(id),
    caption: "",
    header: [[{ v: "类别" }, { v: "企业数" }]],
    rows: [{ cells: [{ v: "小企业" }, { v: "3" }], total: false }],
    notes: ["企业按规模分"],
  });
  const blocks = [cells("a/made"), cells("own/typed")] as unknown as Block[];
  const summary = { title: "摘要", key_figures: [], blocks: [] };
  const rows = rowsOf({ document: { summary, sections: [{ ...section("a", "一、", 1, blocks), title: "" }], facts: {} } as unknown as Document, hidden: [] });
  const own = { "own/typed": { after: "", rank: 0, block: { type: "table" as const, table: cells("own/typed") as never } } };
  const found = findAll(rows, "企业", own);
  expect(found.map(({ id, nth, isFixed }) => [id, nth, isFixed])).toEqual([
    ["a/made", 0, true], ["a/made", 1, true], ["a/made", 2, true],
    ["own/typed", 0, false], ["own/typed", 1, false], ["own/typed", 2, false],
  ]);
  expect(replaceOne(rows, found[1]!, "企业", "公司", own)).toBeNull();
  expect(replaceOne(rows, found[4]!, "企业", "公司", own)).toMatchObject({
    aspect: "own",
    value: { block: { table: { header: [[{ v: "类别" }, { v: "企业数" }]], rows: [{ cells: [{ v: "小公司" }, { v: "3" }] }], notes: ["企业按规模分"] } } },
  });
});

it("sets off what differs and keeps both texts whole", () => {
  const [before, after] = compare("共有企业681家，占55.3%。", "共有企业700家，占55.3%。");
  expect(before.filter((piece) => piece.isDifferent).map((piece) => piece.text)).toEqual(["681"]);
  expect(after.filter((piece) => piece.isDifferent).map((piece) => piece.text)).toEqual(["700"]);
  expect(after.map((piece) => piece.text).join("")).toBe("共有企业700家，占55.3%。");
  expect(compare("", "全新")[1]).toEqual([{ text: "全新", isDifferent: true }]);
  expect(compare("同", "同")[0]).toEqual([{ text: "同", isDifferent: false }]);
});

it("keeps numbers whole when comparing", () => {
  expect(wordsIn("增长12.35%。")).toContain("12.35%");
});

it("takes cells from a spreadsheet and grows the grid", () => {
  const cells = parseCells("甲\t1\r\n乙\t2\r\n");
  expect(cells).toEqual([["甲", "1"], ["乙", "2"]]);
  expect(pasteInto([["", ""], ["", ""]], 1, 1, cells)).toEqual([["", "", ""], ["", "甲", "1"], ["", "乙", "2"]]);
});

it("reads numbers as people write them", () => {
  expect(["1,234", "55.3%", "−3", " 0.5 ", "3家", ""].map(numberIn)).toEqual([1234, 55.3, -3, 0.5, null, null]);
});

it("makes a table with a total row and a chart with series of a grid", () => {
  const grid = [["类别", "数量"], ["甲", "1"], ["合计", "1"]];
  const made = tableOf(grid, ["left", "right"], true, { id: "", caption: "题", unit: null, source: null, notes: [] });
  expect(made.rows.map((row) => row.total)).toEqual([false, true]);
  expect(made.columns.map((column) => column.align)).toEqual(["left", "right"]);
  const chart = chartOf(grid, "bar", { id: "", caption: "", alt: "", unit: "", reference: null, source: null, notes: [] });
  expect(chart.series).toEqual([{ name: "数量", values: [1, 1], labels: ["1", "1"], facts: [null, null] }]);
});
