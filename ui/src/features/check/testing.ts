/** Findings and numbers for tests, by the words they are about. */
import type { CheckFinding } from "../../backend/bindings/CheckFinding";
import type { CheckNumber } from "../../backend/bindings/CheckNumber";

function span(quote: string, text: string) {
  const start = Array.from(text.slice(0, text.indexOf(quote))).length;
  return { start, end: start + Array.from(quote).length };
}

export const finding = (quote: string, text: string, more: Partial<CheckFinding> = {}): CheckFinding => ({
  ...span(quote, text),
  key: quote,
  rule: "K01",
  kind: "占比",
  severity: "error",
  quote,
  expected: null,
  reason: `${quote}不对`,
  related: [],
  suggestion: null,
  obstacle: null,
  ignored: null,
  block: null,
  ...more,
});

export const number = (quote: string, text: string, more: Partial<CheckNumber> = {}): CheckNumber => ({
  ...span(quote, text),
  class: "unverified",
  note: "",
  ...more,
});
