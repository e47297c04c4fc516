import type { MeasuresView } from "../../backend/bindings/MeasuresView";
import type { MeasureView } from "../../backend/bindings/MeasureView";

/** Measures of one theme, those in the report first and in its order. */
export interface ThemeGroup {
  id: string;
  heading: string;
  section: string;
  told: MeasureView[];
  /** Matched to a finding of the report, or decided on, and not in the report. */
  others: MeasureView[];
}

/** Measures by theme. With `all`, those that answer nothing in the report as well. */
export function themeGroups(view: MeasuresView, all: boolean): ThemeGroup[] {
  const known = new Set(view.themes.map((theme) => theme.id));
  const strays = view.measures.filter((m) => !known.has(m.theme)).map((m) => m.theme);
  const themes = [
    ...view.themes,
    ...[...new Set(strays)].map((id) => ({ id, heading: id, section: "" })),
  ];
  return themes
    .map(({ id, heading, section }) => {
      const mine = view.measures.filter((m) => m.theme === id);
      return {
        id,
        heading,
        section,
        told: mine.filter((m) => m.included),
        others: mine.filter((m) => !m.included && (all || m.answers.length > 0 || m.status !== "suggested")),
      };
    })
    .filter((group) => group.told.length + group.others.length > 0);
}

/** What the author still has to fill in of a measure of the report. */
export function lacks(measure: MeasureView): string[] {
  return [
    measure.lead.length === 0 && "牵头单位",
    measure.kpi.trim() === "" && "考核目标",
    measure.horizon.trim() === "" && "完成时限",
  ].filter((name) => name !== false);
}
