import type { TableLook } from "../../backend/bindings/TableLook";

const roleWords = { title: "标题", unit: "单位", header: "表头", data: "数据", excluded: "不计入", unused: "未用" } as const;

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

interface SheetHeadProps {
  look: TableLook;
  /** Letters of the column to point out. */
  column?: string | null;
}

/** The head of a sheet as the file shows it, each row coloured by what it was taken for. */
export function SheetHead({ look, column = null }: SheetHeadProps) {
  if (look.rows.length === 0) return <p className="quiet">这张表在工作表的下方，这里不显示表头图样。</p>;
  return (
    <div className="sheet-head" tabIndex={0} aria-label="表头图样">
      <table>
        <thead>
          <tr>
            <th className="sheet-role" />
            <th />
            {Array.from({ length: look.width }, (_, index) => (
              <th key={index} className={letters(index) === column ? "pointed" : undefined}>
                {letters(index)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.map((row) => (
            <tr key={row.row} className={`sheet-${row.role}`}>
              <th className="sheet-role">{roleWords[row.role]}</th>
              <th>{row.row}</th>
              {cellsOf(row.cells, look.width, row.role).map((cell, index) => (
                <td key={index} colSpan={cell.span} className={letters(cell.at) === column ? "pointed" : undefined}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A title stands over the empty cells to its right, as it does in the sheet. */
function cellsOf(cells: string[], width: number, role: string) {
  const whole = Array.from({ length: width }, (_, at) => ({ at, text: cells[at] ?? "", span: 1 }));
  if (role !== "title" && role !== "unit") return whole;
  const out: typeof whole = [];
  for (const cell of whole) {
    const last = out.at(-1);
    if (cell.text === "" && last) last.span += 1;
    else out.push(cell);
  }
  return out;
}
