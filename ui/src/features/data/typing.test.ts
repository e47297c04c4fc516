import { afterEach, expect, it, vi } from "vitest";
import { isTextEntry } from "../../components/keys";
import { makeTyping } from "./typing";

afterEach(() => document.body.replaceChildren());

function grid(isList = false) {
  const cell = document.createElement("div");
  cell.className = "ag-cell";
  cell.tabIndex = 0;
  const keys = vi.fn();
  cell.addEventListener("keydown", (event) => keys(event.key));
  document.body.append(cell);
  const [commit, openList] = [vi.fn(), vi.fn()];
  const typing = makeTyping({ targetOf: () => ({ place: "丙", isList }), commit, openList });
  cell.focus();
  typing.focused(cell);
  const { line } = typing;
  const press = (key: string, more: KeyboardEventInit = {}) =>
    line.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  const type = (text: string, isComposing = false) => {
    line.value += text;
    line.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing }));
  };
  const compose = (name: string) => line.dispatchEvent(new CompositionEvent(name, { bubbles: true }));
  return { cell, line, keys, commit, openList, press, type, compose };
}

it("has the focus before the first letter, so that the whole word is composed in it", () => {
  const { line, keys, commit, press, type, compose } = grid();
  expect(document.activeElement).toBe(line);
  expect(isTextEntry(line), "until then keys belong to the grid").toBe(false);
  press("ArrowDown");
  expect(keys).toHaveBeenLastCalledWith("ArrowDown");
  compose("compositionstart");
  type("ni", true);
  expect(isTextEntry(line)).toBe(true);
  // Enter confirms the word and then the cell.
  press("Enter", { isComposing: true });
  compose("compositionend");
  line.value = "你";
  expect(commit).not.toHaveBeenCalled();
  press("Enter");
  expect(commit).toHaveBeenCalledExactlyOnceWith("丙", "你");
  expect(keys).toHaveBeenCalledTimes(1);
});

it("keeps what was typed when the focus leaves, and drops it on Esc", () => {
  const { line, commit, press, type } = grid();
  type("12");
  press("Escape");
  expect(line.value).toBe("");
  type("13");
  line.blur();
  expect(commit).toHaveBeenCalledExactlyOnceWith("丙", "13");
});

it("opens the list of a cell that has one, after the input method is done", () => {
  const { line, commit, openList, type } = grid(true);
  type("shi", true);
  expect(openList).not.toHaveBeenCalled();
  type("是");
  expect(openList).toHaveBeenCalledExactlyOnceWith("丙");
  expect(line.value).toBe("");
  expect(commit).not.toHaveBeenCalled();
});
