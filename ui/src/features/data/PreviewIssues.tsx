import { Collapse, Tag } from "antd";
import type { IssueReport } from "../../backend/bindings/IssueReport";
import type { TableReport } from "../../backend/bindings/TableReport";
import { reasonWords, type Severity, severityWords } from "./words";

const colours = { error: "error", warning: "warning", hint: "default" } as const;
const rank: Severity[] = ["error", "warning", "hint"];

export const SeverityTag = ({ severity }: { severity: Severity }) => (
  <Tag className="severity" color={colours[severity]}>{severityWords[severity]}</Tag>
);

const shown = 30;

/** What is doubtful in a table about to be imported, by kind; and the rows that are no records. */
export function PreviewIssues({ table }: { table: TableReport }) {
  const groups = new Map<string, IssueReport[]>();
  for (const issue of table.issues) groups.set(issue.code, [...(groups.get(issue.code) ?? []), issue]);
  const kinds = [...groups.entries()].sort(
    ([, a], [, b]) => rank.indexOf(worst(a)) - rank.indexOf(worst(b)) || b.length - a.length,
  );
  const excluded = table.excluded_rows.filter((row) => row.reason !== "blank");
  if (kinds.length === 0 && excluded.length === 0) return null;
  return (
    <Collapse
      size="small"
      ghost
      items={[
        ...kinds.map(([code, issues]) => ({
          key: code,
          label: (
            <span>
              <SeverityTag severity={worst(issues)} />
              {issues[0]?.title} <span className="quiet">{issues.length} 处</span>
            </span>
          ),
          children: (
            <ul className="issue-lines">
              {issues.slice(0, shown).map((issue, index) => (
                <li key={index}>
                  <span className="num quiet">
                    {issue.column ?? ""}
                    {issue.row ?? ""}
                  </span>{" "}
                  {issue.message}
                  {issue.raw && <span className="quiet">　原文：{issue.raw}</span>}
                </li>
              ))}
              {issues.length > shown && <li className="quiet">其余 {issues.length - shown} 处，导入后在“问题单元格”里逐一查看。</li>}
            </ul>
          ),
        })),
        ...(excluded.length > 0
          ? [
              {
                key: "excluded",
                label: (
                  <span>
                    <Tag className="severity">不计入</Tag>合计、注释等行 <span className="quiet">{excluded.length} 行</span>
                  </span>
                ),
                children: (
                  <p className="quiet">
                    {excluded
                      .slice(0, 60)
                      .map((row) => `第 ${row.row} 行（${reasonWords[row.reason] ?? row.reason}）`)
                      .join("、")}
                    {excluded.length > 60 && ` 等`}
                  </p>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

const worst = (issues: IssueReport[]): Severity => rank.find((s) => issues.some((issue) => issue.severity === s)) ?? "hint";
