import { expect, it } from "vitest";
import type { KitView } from "../../backend/bindings/KitView";
import { changeOf, entriesOf, faultsAt, faultsElsewhere, find, freshMeasure, gist, placeOf } from "./parts";
import { kitView } from "./testing";

const view: KitView = kitView();

it("lists the parts of a section with marks of what is changed and what is off", () => {
  const rules = entriesOf(view, "rule");
  expect(rules.map(({ title, changed, off }) => [title, changed, off])).toEqual([
    ["投入不足", true, false],
    ["平台偏少", false, true],
  ]);
  expect(entriesOf(view, "settings")[0]!.title).toBe("评分权重与限额");
  expect(entriesOf(view, "file").map((entry) => entry.path)).toEqual(["kit.toml", "base/labels.toml"]);
});

it("finds parts by words of their content and keeps groups together", () => {
  expect(find(entriesOf(view, "rule"), "机构").map((entry) => entry.title)).toEqual(["平台偏少"]);
  expect(find(entriesOf(view, "rule"), "  ").length).toBe(2);
  expect(find(entriesOf(view, "criterion"), "办法 5").length).toBe(1);
});

it("stores a file without what only the window knows of it", () => {
  const change = changeOf({ kind: "file", path: "kit.toml", text: "x", original: "y", shared: false });
  expect(change).toEqual({ kind: "file", path: "kit.toml", text: "x" });
});

it("gives a new measure an id that is free", () => {
  const fresh = freshMeasure(view);
  expect(fresh.kind === "add-measure" && fresh.part.id).toBe("M3");
});

it("shows patterns in lists without their marks", () => {
  expect(gist("{% if a %}占{{ f('rd') }}{{ x }}。{% endif %}")).toBe("占…。");
});

it("shows faults without a field of their own above the form", () => {
  const fault = (field: string | null) => ({ file: "a", line: 1, column: 1, message: "坏", field });
  const faults = [fault(null), fault("when"), fault("case.0"), fault("headings.1.text")];
  expect(faultsElsewhere(faults).map(({ field }) => field)).toEqual([null, "case.0"]);
  expect(faultsAt(faults, "headings.1").length).toBe(1);
});

it("says where a fault is by the part and what of it, not by numbers alone", () => {
  expect(placeOf({ file: "findings/P1.toml", line: 7, field: "case.0" }, view)).toBe("规则“投入不足”的试算（findings/P1.toml 第 7 行）");
  expect(placeOf({ file: "criteria.csv", line: 7, field: null }, view)).toBe("依据（criteria.csv 第 7 行）");
  expect(placeOf({ file: "别的.toml", line: 1, field: null }, view)).toBe("别的.toml 第 1 行");
});

it("tells rules apart that share an id", () => {
  const twins = kitView();
  twins.parts.rules.push({ ...twins.parts.rules[0]!, file: "findings/P1-rate.toml" });
  expect(entriesOf(twins, "rule").map((entry) => entry.note)).toEqual(["P1", "P2", "P1-rate"]);
});
