const names: Record<string, string> = {
  "research-report": "研究报告",
  "official-document": "公文",
};

/** What a print template is called; one not known here goes by its own name. */
export const templateName = (template: string) => names[template] ?? template;
