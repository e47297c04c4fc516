import { expect, it } from "vitest";
import type { ChecklistItem } from "../backend/bindings/ChecklistItem";
import { linesOf, standingOf, summary } from "./preprint";

const item = (state: ChecklistItem["state"], words = ""): ChecklistItem => ({
  key: words,
  title: "项",
  state,
  words,
  by_hand: false,
  places: [],
  seen: null,
});

it("tells what was found from what people look at", () => {
  const both = item("attention", "甲没有来源。\n请人核对：出处是否属实");
  expect(linesOf(both)).toEqual({ found: ["甲没有来源。"], hand: "出处是否属实" });
  expect(linesOf(item("ok"))).toEqual({ found: [], hand: null });
  const all = [both, item("attention", "请人核对：印章"), item("fail", "不等"), item("ok")];
  expect(all.map(standingOf)).toEqual(["doubt", "hand", "fail", "ok"]);
  expect(summary(all)).toEqual({ fail: 1, doubt: 1, hand: 1, seen: 0, ok: 1 });
});

it("counts a tick only as long as the document is the one looked at, and never for what is wrong", () => {
  const ticked = (state: ChecklistItem["state"], current: boolean) => ({ ...item(state, "请人核对：印章"), seen: { on: "2024-06-28", current } });
  expect(standingOf(ticked("attention", true))).toBe("seen");
  expect(standingOf(ticked("attention", false))).toBe("hand");
  expect(standingOf(ticked("fail", true))).toBe("fail");
});
