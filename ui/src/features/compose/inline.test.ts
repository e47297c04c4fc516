import { expect, it } from "vitest";
import type { Inline } from "../../backend/bindings/Inline";
import { fromEditor, sameContent, tidy, toEditor, Tokens } from "./inline";

const names = new Map([
  ["a/t", "表3"],
  ["b/c", "图2"],
]);
const nameOf = (target: string) => names.get(target) ?? "";

const sentence: Inline[] = [
  { t: "text", v: "共有" },
  { t: "fact", v: "681", id: "n" },
  { t: "text", v: "家，增长" },
  { t: "fact", v: "12.3", id: "g", form: "magnitude", unit: "%" },
  { t: "text", v: "%（见" },
  { t: "ref", target: "a/t" },
  { t: "text", v: "）" },
  { t: "footnote", content: [{ t: "text", v: "不含" }, { t: "fact", v: "3", id: "m" }, { t: "text", v: "家停业企业。" }] },
  { t: "text", v: "依据〔2022〕45号，" },
  { t: "strong", v: "明显偏少" },
  { t: "text", v: "。" },
];

it("gives the same content back from the editor", () => {
  expect(fromEditor(toEditor([sentence]))).toEqual([sentence]);
});

it("gives the same content back from plain text", () => {
  const tokens = new Tokens(nameOf);
  const text = tokens.write([sentence]);
  expect(text).toBe("共有〔1:681〕家，增长〔2:12.3〕%（见〔3:表3〕）〔4:注：不含3家停业企业。〕依据〔2022〕45号，〔粗:明显偏少〕。");
  expect(tokens.read(text, "join")).toEqual({ items: [sentence], damaged: 0 });
});

it("makes text of a number that was typed over, and says so", () => {
  const tokens = new Tokens(nameOf);
  const text = tokens.write([sentence]).replace("681", "700");
  const { items, damaged } = tokens.read(text, "join");
  expect(damaged).toBe(1);
  expect(items[0]?.[0]).toEqual({ t: "text", v: "共有700家，增长" });
  expect(items[0]?.filter((i) => i.t === "fact")).toHaveLength(1);
});

it("makes text of a half-deleted token", () => {
  const tokens = new Tokens(nameOf);
  const { items } = tokens.read(tokens.write([sentence]).replace("〔1:681〕", "〔1:681"), "join");
  expect(items[0]?.[0]).toEqual({ t: "text", v: "共有〔1:681家，增长" });
});

it("keeps a copied token as a second number", () => {
  const tokens = new Tokens(nameOf);
  tokens.write([sentence]);
  const { items } = tokens.read("〔1:681〕和〔1:681〕", "join");
  expect(items[0]?.map((i) => i.t)).toEqual(["fact", "text", "fact"]);
});

it("takes lines for the entries of a list, and joins them for a paragraph", () => {
  const tokens = new Tokens(nameOf);
  expect(tokens.read("甲\n乙", "items").items).toEqual([[{ t: "text", v: "甲" }], [{ t: "text", v: "乙" }]]);
  expect(tokens.read("甲\n乙", "join").items).toEqual([[{ t: "text", v: "甲乙" }]]);
});

it("keeps strong words with brackets whole", () => {
  const content: Inline[] = [{ t: "strong", v: "国发〔2022〕45号" }];
  const tokens = new Tokens(nameOf);
  expect(tokens.read(tokens.write([content]), "join")).toEqual({ items: [content], damaged: 0 });
});

it("does not tell apart what reads the same", () => {
  expect(sameContent([{ t: "text", v: "甲乙" }], [{ t: "text", v: "甲" }, { t: "text", v: "" }, { t: "text", v: "乙" }])).toBe(true);
  expect(sameContent([{ t: "text", v: "甲" }], [{ t: "strong", v: "甲" }])).toBe(false);
});

/** Numbers that are the same in every run. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

it("loses nothing on either way, whatever the content", () => {
  const words = ["企业", "占比", "〔2022〕", "，", "1:2", "〕", "*", "a b", "〔", "注："];
  for (let seed = 1; seed <= 400; seed += 1) {
    const roll = dice(seed);
    const word = () => words[roll(words.length)] ?? "";
    const content = (depth: number): Inline[] =>
      Array.from({ length: roll(7) }, (): Inline => {
        switch (roll(depth > 0 ? 4 : 5)) {
          case 0:
            return { t: "strong", v: word() + word() };
          case 1:
            return { t: "fact", v: `${roll(999)}.${roll(9)}`, id: `f${roll(5)}`, ...(roll(2) ? { unit: "%" } : {}) };
          case 2:
            return { t: "ref", target: roll(2) ? "a/t" : "b/c" };
          case 3:
            return { t: "text", v: word() + word() };
          default:
            return { t: "footnote", content: content(depth + 1) };
        }
      });
    const items = Array.from({ length: 1 + roll(3) }, () => tidy(content(0)));
    expect(fromEditor(toEditor(items)), `seed ${seed}`).toEqual(items);
    const tokens = new Tokens(nameOf);
    expect(tokens.read(tokens.write(items), "items"), `seed ${seed}`).toEqual({ items, damaged: 0 });
  }
});
