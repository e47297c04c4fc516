import type { Document } from "../../backend/bindings/Document";
import type { Section } from "../../backend/bindings/Section";

export interface SectionOption {
  value: string;
  label: string;
  /** Number and title, without indent. */
  title: string;
}

/** Sections of the report as a list to choose from, lower ones indented. */
export function sectionOptions(document: Document): SectionOption[] {
  const out: SectionOption[] = [];
  const walk = (list: readonly Section[], depth: number) => {
    for (const section of list) {
      const title = section.number + section.title;
      out.push({ value: section.id, label: "　".repeat(depth) + title, title });
      walk(section.sections, depth + 1);
    }
  };
  walk(document.sections, 0);
  return out;
}
