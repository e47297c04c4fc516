import { useRead } from "../../backend";
import type { IndicatorView } from "../../backend/bindings/IndicatorView";
import { Doubts } from "../../components/Doubts";
import { FactLink } from "../../components/FactLink";
import { Failure } from "../../components/Failure";
import { Places } from "./Places";

/** One indicator: its value or table, what it rests on, where it stands in the report. */
export function Detail({ indicator }: { indicator: string }) {
  const read = useRead("indicator", { indicator }, { keepPrevious: true });
  if (read.error) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return null;
  return <Shown view={read.data} inert={read.isPlaceholderData} />;
}

/** `inert` while another indicator was asked for: what is pressed then would act on the one that is left. */
function Shown({ view, inert }: { view: IndicatorView; inert: boolean }) {
  const { indicator: line, table } = view;
  const rowsOf = new Map(view.facts.map((fact) => [fact.id, fact.rows]));
  const hasBars = table.rows.some((row) => row.share > 0);
  const basis: [string, React.ReactNode][] = [
    ["有效样本", line.n ?? null],
    ["缺失", line.missing ?? null],
    ["时点", view.as_of],
    ["来源", view.source],
    ["计算方法", view.formula],
    ["说明", table.note],
  ];
  return (
    <article aria-label={line.title} inert={inert}>
      <div className="judge-head">
        <h2>
          {line.title}
          {line.by !== null && `（按${line.by}）`}
          {line.apart !== null && <span className="quiet">　{line.apart}</span>}
        </h2>
        {view.group && <span className="judge-note">{view.group}</span>}
      </div>
      {line.shown && line.fact && (
        <p className="status-value">
          <FactLink fact={line.fact} rows={rowsOf.get(line.fact) ?? null}>
            {line.shown}
          </FactLink>
        </p>
      )}
      {view.doubts.length > 0 && <Doubts doubts={view.doubts} />}
      <dl className="basis">
        {basis.map(
          ([name, value]) =>
            value !== null &&
            value !== "" && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="num selectable">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <Places view={view} />
      <h3>{line.kind === "single" ? "相关数值" : "各组"}</h3>
      <div className="status-table">
        <table className="lines">
          <thead>
            <tr>
              <th>{table.dimension}</th>
              {hasBars && <th className="status-bar" aria-hidden="true" />}
              {table.columns.map((column) => (
                <th key={column} className="n">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index} className={row.total ? "total" : ""}>
                <td className="selectable">{row.label}</td>
                {hasBars && (
                  <td className="status-bar">
                    {!row.total && (
                      <div className="bar">
                        <i style={{ width: `${row.share * 100}%` }} />
                      </div>
                    )}
                  </td>
                )}
                {row.cells.map((cell, at) => (
                  <td key={at} className="n">
                    {cell.fact && cell.v !== "" ? (
                      <FactLink fact={cell.fact} rows={rowsOf.get(cell.fact) ?? null}>
                        {cell.v}
                      </FactLink>
                    ) : (
                      cell.v || "—"
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.suppressed && <p className="judge-note">组内数量太少的数值不予列出。</p>}
    </article>
  );
}
