/** Words of the stage for what the backend names by codes. */

export const kindWords: Record<string, string> = {
  text: "文本",
  uscc: "信用代码",
  choice: "单选",
  multi: "多选",
  integer: "整数",
  decimal: "数值",
  date: "日期",
  bool: "是否",
  scale: "量表",
};

export const formWords: Record<string, string> = {
  ledger: "台账",
  questionnaire: "问卷",
  indicators: "汇总表",
  documents: "文件清单",
  targets: "目标表",
};

export const reasonWords: Record<string, string> = {
  total: "合计行",
  note: "注释行",
  blank: "空行",
  "repeated-header": "重复表头",
  section: "分节行",
};

export const severityWords = { error: "错误", warning: "存疑", hint: "提示" } as const;
export type Severity = keyof typeof severityWords;

/** `2026-09-03T04:05:06Z` on the author's clock, to the minute. */
export const timeWords = (at: string) => {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return Number.isNaN(date.getTime())
    ? at
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

export const sizeWords = (bytes: number) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
