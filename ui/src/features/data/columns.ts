import type { FieldView } from "../../backend/bindings/FieldView";

const year = /[（(]?\d{4}年(?:末|度)?[）)]?/g;

/**
 * The columns whose names stand in the title of a number, as 2022年改造投资 and 2024年改造投资 in 改造投资2022—2024年增长率:
 * those with the longest name, of several years only the years named, in the order of the table.
 */
export function columnsOf<F extends Pick<FieldView, "title">>(title: string, fields: readonly F[]): F[] {
  const named = fields
    .map((field) => ({ field, name: field.title.replace(year, ""), years: field.title.match(/\d{4}/g) ?? [] }))
    .filter(({ name }) => name.length >= 2 && title.includes(name));
  const longest = Math.max(...named.map(({ name }) => name.length));
  const best = named.filter(({ name }) => name.length === longest);
  const inYear = best.filter(({ years }) => years.every((year) => title.includes(year)));
  return (inYear.length > 0 ? inYear : best).map(({ field }) => field);
}
