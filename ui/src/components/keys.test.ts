import { expect, it } from "vitest";
import { isShortcut, isTextEntry } from "./keys";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

it("matches a key with exactly its modifiers", () => {
  expect(isShortcut(press({ key: "z", ctrlKey: true }), "Ctrl+Z")).toBe(true);
  expect(isShortcut(press({ key: "Z", ctrlKey: true, shiftKey: true }), "Ctrl+Z")).toBe(false);
  expect(isShortcut(press({ key: "Z", ctrlKey: true, shiftKey: true }), "Ctrl+Shift+Z")).toBe(true);
  expect(isShortcut(press({ key: "z" }), "Ctrl+Z")).toBe(false);
});

it("leaves keys to an input method that is composing", () => {
  expect(isShortcut(press({ key: "z", ctrlKey: true, isComposing: true }), "Ctrl+Z")).toBe(false);
});

it("knows where typing goes", () => {
  const input = document.createElement("input");
  expect(isTextEntry(input)).toBe(true);
  input.type = "checkbox";
  expect(isTextEntry(input)).toBe(false);
  expect(isTextEntry(document.createElement("button"))).toBe(false);
});
