import { expect, it } from "vitest";
import { conditionOf, spoken, termsOf } from "./conditions";
import { kitView } from "./testing";

const view = kitView();

it("says a condition in words", () => {
  for (const [condition, says] of [
    [`"rd" < 3 and has('org')`, "研发占比小于 3 并且有“机构占比”"],
    ["not has('org') or n('rd') >= 30", "没有“机构占比”或者“研发占比”的样本不低于 30"],
  ] as const)
    expect(spoken(condition, view)).toBe(says);
  const fields = new Map([["rd_org", "研发机构"], ["loan", "贷款"], ["q", "困难"]]);
  expect(spoken("rd_org <> '无' and loan is not null", view, fields)).toBe("研发机构不等于“无”并且贷款有值");
  expect(spoken("not has(q, '没有困难')", view, fields)).toBe("困难没选“没有困难”");
});

it("takes a condition apart into rows and puts it together again", () => {
  const condition = `not has('org') and "rd" >= -2.5`;
  const terms = termsOf(condition);
  expect(terms).toEqual({ join: "and", terms: [{ fact: "org", is: "lacks", value: "" }, { fact: "rd", is: ">=", value: "-2.5" }] });
  expect(conditionOf(terms!)).toBe(condition);
  expect(termsOf("")).toEqual({ join: "and", terms: [] });
  for (const complex of [`has('a') and (has('b') or has('c'))`, `has('a') and has('b') or has('c')`, `"a" > "b" * 2`])
    expect(termsOf(complex)).toBeNull();
});
