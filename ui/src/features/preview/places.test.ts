import { expect, it } from "vitest";
import { blockAt } from "./places";

const places = [
  { id: "a", page: 3, x: 80, y: 100 },
  { id: "a/1", page: 3, x: 80, y: 100 },
  { id: "b", page: 3, x: 80, y: 400 },
  { id: "c", page: 5, x: 80, y: 90 },
];

it("gives the innermost block that begins before the point", () => {
  expect(blockAt(places, { page: 3, y: 250 })).toBe("a/1");
  expect(blockAt(places, { page: 3, y: 398 })).toBe("b");
});

it("follows a block over to the next page", () => {
  expect(blockAt(places, { page: 4, y: 700 })).toBe("b");
  expect(blockAt(places, { page: 5, y: 50 })).toBe("b");
});

it("finds nothing on the cover", () => {
  expect(blockAt(places, { page: 1, y: 300 })).toBeNull();
});
