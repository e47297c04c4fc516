import type { FactRows } from "../../backend/bindings/FactRows";

/** What a number says of the records it was computed from: how many of which, with how many left out. */
export function behindWords({ title, shown, formula, records, n, missing, total, is_part }: FactRows): string {
  const of = is_part && n !== null ? `有效 ${n} 条中的以下 ${records} 条` : `以下 ${records} 条`;
  const left = missing !== null && missing > 0 ? `另有 ${missing} 条缺失` : "";
  const counted = (n ?? records) + (missing ?? 0);
  const all = counted < total && records < total ? `全部 ${total} 条` : "";
  const aside = [left, all].filter(Boolean).join("，");
  return `“${title}” = ${shown}：${of}记录${aside && `（${aside}）`}${formula && `；${formula}`}`;
}

/** Which fields and which condition the records answer; empty where a number says neither. */
export function basisWords({ fields, conditions, among }: FactRows): string {
  const parts = [
    fields.length > 0 ? `用到的字段：${fields.map((field) => field.title).join("、")}` : "",
    among ? `范围：${among}` : "",
    conditions.length > 0 ? `条件：${conditions.join("，且")}` : "",
  ];
  return parts.filter(Boolean).join("；");
}
