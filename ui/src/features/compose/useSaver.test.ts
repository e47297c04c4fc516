import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useSaver } from "./useSaver";

/** A backend that answers when told to. */
function pending() {
  const waiting: { value: string; done(): Promise<void>; fail(): Promise<void> }[] = [];
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  const save = (value: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({
        value,
        done: () => (resolve(), settled()),
        fail: () => (reject(new Error("坏")), settled()),
      });
    });
  return { waiting, save };
}

const saverOf = (save: (value: string) => Promise<void>) =>
  renderHook(() => useSaver<string>("原文", (a, b) => a === b, save)).result.current;

it("hands a text over after what is being saved, and saves it no second time", async () => {
  const { waiting, save } = pending();
  const saver = saverOf(save);
  saver.change("原文加");
  saver.flush();
  const split: string[] = [];
  saver.hand("原", async () => void split.push("分"));
  expect([waiting.length, split]).toEqual([1, []]);
  await waiting[0]?.done();
  expect(split).toEqual(["分"]);
  saver.flush();
  expect(waiting.map((one) => one.value)).toEqual(["原文加"]);
});

it("still wants the whole text when it could not be handed over", async () => {
  const { waiting, save } = pending();
  const saver = saverOf(save);
  saver.change("原文加");
  const handed = pending();
  saver.hand("原", () => handed.save("分"));
  await handed.waiting[0]?.fail();
  saver.flush();
  expect(waiting.map((one) => one.value)).toEqual(["原文加"]);
});

it("hands over also when the save before it failed", async () => {
  const { waiting, save } = pending();
  const saver = saverOf(save);
  saver.change("原文加");
  saver.flush();
  const split: string[] = [];
  saver.hand("原", async () => void split.push("分"));
  await waiting[0]?.fail();
  expect(split).toEqual(["分"]);
});
