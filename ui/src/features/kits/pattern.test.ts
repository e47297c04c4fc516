import { expect, it } from "vitest";
import { kitView } from "./testing";
import { factOf, hasMarks, isMark, orphans, piecesOf, readable, withFact } from "./pattern";

const view = kitView();

it("says values, conditions and repetitions of a sentence in words", () => {
  for (const [pattern, says] of [
    ["占{{ f('rd') }}。", "占〔研发占比〕。"],
    ["{{ f('rd').as_of[:4] }}年占{{ f('rd')|points }}", "〔研发占比的年份〕年占〔研发占比，写作提高或降低几个百分点〕"],
    ["{% if has('org') %}有{{ f('org') }}{% else %}没有{% endif %}。", "【如果有“机构占比”：有〔机构占比〕｜否则：没有】。"],
    ["{% if not has('org') and f('rd').num >= 40 %}甲{% endif %}", "【如果没有“机构占比”且研发占比不低于40：甲】"],
    [
      "{% for i in items('rd') if '没有' not in i.label %}{% if loop.index <= 3 %}{% if not loop.first %}、{% endif %}{{ i.label }}占{{ i.share }}{% endif %}{% endfor %}",
      "【对研发占比的每一项（只取该项的名称不含“没有”的）：【如果是前 3 项：【如果不是第一项：、】〔该项的名称〕占〔该项的占比〕】】",
    ],
    ["{% set g = items('rd') %}{{ g[0].label }}和{{ g[-1].label }}", "〔记 g 为研发占比〕〔研发占比第 1 项的名称〕和〔研发占比末项的名称〕"],
    ["依据{{ c('line').source }}，{{ region }}", "依据〔门槛的出处〕，〔地区〕"],
    ["{% if measures %}共{{ measures|length|cn }}条{% endif %}", "【如果有对策：共〔对策的个数，写作汉字数〕条】"],
    ["${d.noun}共{{ f('${d.id}.sum') }}", "〔称呼〕共〔.sum〕"],
    // What is of no kind known here stays as it is written.
    ["{{ a ? b }}", "〔a ? b〕"],
  ] as const)
    expect(readable(pattern, view)).toBe(says);
});

it("gives the pattern back letter by letter", () => {
  const pattern = "甲{% if a %}乙{{ f('rd') }}{% endif %}${d.noun}丙{# 注 #}";
  expect(piecesOf(pattern, view).map((piece) => (piece.t === "text" ? piece.v : piece.source)).join("")).toBe(pattern);
  expect([hasMarks("甲"), hasMarks(pattern), isMark("{{ x }}"), isMark("{{ x }}{{ y }}")]).toEqual([false, true, true, false]);
});

it("knows which marks have lost their other half", () => {
  expect(orphans(["{% if a %}", "{{ x }}", "{% else %}", "{% endif %}"])).toEqual([]);
  expect(orphans(["{% if a %}", "{% for x in y %}", "{% endif %}"])).toEqual([1]);
  expect(orphans(["{% else %}", "{% endif %}"])).toEqual([0, 1]);
  expect(orphans(["{% if a %}", "{% else %}"])).toEqual([0, 1]);
});

it("puts another fact in place of the one a mark speaks of", () => {
  expect(factOf("{% if has('rd') and f('rd').num > 3 %}")).toBe("rd");
  expect(factOf("{% if has('rd') and has('org') %}")).toBeNull();
  expect(withFact("{{ f('rd')|rise }}", "org")).toBe("{{ f('org')|rise }}");
});
