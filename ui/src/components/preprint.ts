import type { ChecklistItem } from "../backend/bindings/ChecklistItem";
import type { ChecklistPlace } from "../backend/bindings/ChecklistPlace";
import type { Place } from "./navigation";

/** How an item of 打印前核校单 stands, told apart by who settles it; `seen` when somebody has. */
export type Standing = "fail" | "doubt" | "hand" | "seen" | "ok";

export const standingWords: Record<Standing, string> = {
  fail: "不符",
  doubt: "留意",
  hand: "请人核对",
  seen: "已核对",
  ok: "无碍",
};

const hand = "请人核对：";

/** What was found, line by line, and what only people can tell. */
export function linesOf({ words }: ChecklistItem): { found: string[]; hand: string | null } {
  const lines = words.split("\n").filter((line) => line !== "");
  const asked = lines.find((line) => line.startsWith(hand));
  return { found: lines.filter((line) => line !== asked), hand: asked?.slice(hand.length) ?? null };
}

export function standingOf(item: ChecklistItem): Standing {
  if (item.state === "fail") return "fail";
  if (item.state === "ok") return "ok";
  if (item.seen?.current) return "seen";
  return linesOf(item).found.length > 0 ? "doubt" : "hand";
}

/** How many items stand how. */
export function summary(items: readonly ChecklistItem[]): Record<Standing, number> {
  const count: Record<Standing, number> = { fail: 0, doubt: 0, hand: 0, seen: 0, ok: 0 };
  for (const item of items) count[standingOf(item)] += 1;
  return count;
}

/** Where an item is looked at: in the text, or in the data for a figure that was doubted there. */
export const placeOf = ({ id, cell }: ChecklistPlace): Place =>
  cell
    ? { stage: "data", params: { dataset: cell.dataset, row: String(cell.row), field: cell.field } }
    : { stage: "compose", focus: id };

export const placeHint = ({ cell }: ChecklistPlace) => (cell ? "到数据中的这一格" : "到成文中的这一处");
