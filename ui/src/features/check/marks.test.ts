import { expect, it } from "vitest";
import { copyName, counts, listed, pieces, replaced, suggested } from "./marks";
import { finding, number } from "./testing";

const text = "𠮷共200家，其中制造业50家，占30%。";
const chars = Array.from(text);

it("cuts the text where marks begin and end, counting characters", () => {
  const share = finding("占30%", text);
  const part = finding("其中制造业50家，占30%", text, { severity: "warning" });
  const cut = pieces(chars, { start: 0, end: chars.length }, [part, share], [number("200家", text)], [part]);
  expect(cut.map((piece) => piece.text)).toEqual(["𠮷共", "200家", "，", "其中制造业50家，", "占30%", "。"]);
  expect(cut.map((piece) => piece.findings.map((f) => f.severity))).toEqual([[], [], [], ["warning"], ["error", "warning"], []]);
  expect(cut.map((piece) => piece.number?.class ?? null)).toEqual([null, "unverified", null, null, null, null]);
  expect(cut.map((piece) => piece.isRelated)).toEqual([false, false, false, true, true, false]);
  expect([cut[4]?.start, cut[4]?.end]).toEqual([16, 20]);
});

it("keeps to the range asked for", () => {
  const all = finding(text, text);
  expect(pieces(chars, { start: 2, end: 6 }, [all], [], [])).toMatchObject([{ text: "200家", findings: [all] }]);
  expect(pieces(chars, { start: 3, end: 3 }, [], [], [])).toEqual([]);
});

it("lists what is asked for and sets the ignored apart", () => {
  const a = finding("占30%", text);
  const b = finding("50家", text, { severity: "hint", kind: "单位" });
  const c = finding("200家", text, { ignored: "引文" });
  expect(listed([a, b, c], { without: new Set(), kinds: [] })).toEqual({ open: [a, b], ignored: [c] });
  expect(listed([a, b, c], { without: new Set(["hint"]), kinds: ["占比"] })).toEqual({ open: [a], ignored: [c] });
  expect(counts(["x", "y", "x"])).toEqual(new Map([["x", 2], ["y", 1]]));
});

it("writes a suggestion into the text and shows it in its words", () => {
  const at = chars.indexOf("3");
  const change = { start: at, end: at + 2, text: "25" };
  expect(replaced(text, change)).toBe("𠮷共200家，其中制造业50家，占25%。");
  expect(suggested(chars, finding("占30%", text, { suggestion: change }))).toEqual({ before: "占30%", after: "占25%" });
  expect(suggested(chars, finding("占30%", text))).toBeNull();
});

it("names a copy after the draft", () => {
  expect(copyName("/文/报告.txt")).toBe("/文/报告（核校）.txt");
  expect(copyName("C:\\文.稿\\草案")).toBe("C:\\文.稿\\草案（核校）.txt");
});
