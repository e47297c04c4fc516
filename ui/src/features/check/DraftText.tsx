import { FormOutlined } from "@ant-design/icons";
import { memo, type ReactNode, useEffect, useMemo, useRef } from "react";
import type { CheckFinding } from "../../backend/bindings/CheckFinding";
import type { CheckNumber } from "../../backend/bindings/CheckNumber";
import type { CheckPart } from "../../backend/bindings/CheckPart";
import type { CheckSpan } from "../../backend/bindings/CheckSpan";
import type { CheckView } from "../../backend/bindings/CheckView";
import { classNotes, classWords, type NumberClass, type Piece, pieces, severityWords, within } from "./marks";

interface DraftTextProps {
  view: CheckView;
  chars: readonly string[];
  findings: readonly CheckFinding[];
  current: CheckFinding | null;
  /** Classes of numbers that are marked. */
  classes: ReadonlySet<NumberClass>;
  /** A place to bring into view; `at` makes asking again for the same place noticed. */
  wanted: { place: CheckSpan; at: number } | null;
  onSelect: (finding: CheckFinding) => void;
  /** Goes to a block of the project's own report. */
  onBlock: ((block: string) => void) | null;
}

const nothing: readonly never[] = [];

/** The text with its findings and numbers marked. */
export function DraftText({ view, chars, findings, current, classes, wanted, onSelect, onBlock }: DraftTextProps) {
  const root = useRef<HTMLDivElement>(null);
  const numbers = useMemo(() => view.numbers.entries.filter((e) => classes.has(e.class)), [view, classes]);
  const parts = useMemo(
    () => view.parts.map((part) => ({ part, findings: within(findings, part), numbers: within(numbers, part) })),
    [view, findings, numbers],
  );

  useEffect(() => {
    if (!wanted) return;
    const { place } = wanted;
    const part = view.parts.findIndex((part) => part.start <= place.start && place.start < Math.max(part.end, part.start + 1));
    const element = root.current?.querySelector(`[data-part="${part}"]`);
    const piece = [...(element?.querySelectorAll<HTMLElement>("[data-start]") ?? [])].find(
      (piece) => Number(piece.dataset.end) > place.start,
    );
    (piece ?? element)?.scrollIntoView?.({ block: "center" });
  }, [wanted, view]);

  return (
    <div className="draft selectable" ref={root} role="document" aria-label="文稿" tabIndex={0}>
      {parts.map(({ part, findings, numbers }, index) => {
        const isIn = current !== null && within([current], part).length > 0;
        const related = current ? within(current.related, part) : nothing;
        return (
          <Part
            key={index}
            index={index}
            part={part}
            chars={chars}
            findings={findings}
            numbers={numbers}
            current={isIn ? current.key : null}
            related={related.length > 0 ? related : nothing}
            onSelect={onSelect}
            onBlock={onBlock}
          />
        );
      })}
    </div>
  );
}

interface PartProps {
  index: number;
  part: CheckPart;
  chars: readonly string[];
  findings: readonly CheckFinding[];
  numbers: readonly CheckNumber[];
  current: string | null;
  related: readonly CheckSpan[];
  onSelect: (finding: CheckFinding) => void;
  onBlock: ((block: string) => void) | null;
}

const Part = memo(function Part({ index, part, chars, findings, numbers, current, related, onSelect, onBlock }: PartProps) {
  const text = (range: CheckSpan): ReactNode =>
    pieces(chars, range, within(findings, range), within(numbers, range), within(related, range)).map((piece, at) => (
      <Mark key={at} piece={piece} current={current} onSelect={onSelect} />
    ));
  const { block } = part;
  return (
    <div className={`draft-part ${part.kind} level-${Math.min(part.level, 4)}`} data-part={index}>
      {part.kind === "table" ? (
        <table>
          <tbody>
            {part.rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td key={column}>{text(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : part.kind === "heading" ? (
        <h3>{text(part)}</h3>
      ) : (
        <p>
          {part.label !== null && <span className="draft-label">{part.label}　</span>}
          {text(part)}
        </p>
      )}
      {onBlock && block !== null && (
        <button type="button" className="draft-go" tabIndex={-1} title="到成文中的这一段" onClick={() => onBlock(block)}>
          <FormOutlined aria-label="去成文" />
        </button>
      )}
    </div>
  );
});

interface MarkProps {
  piece: Piece;
  current: string | null;
  onSelect: (finding: CheckFinding) => void;
}

function Mark({ piece, current, onSelect }: MarkProps) {
  const { text, findings, number, isRelated } = piece;
  const chosen = findings.find((f) => f.key === current);
  const finding = chosen ?? findings[0];
  if (!finding && !number && !isRelated) return text;
  const names = [
    finding && `mark ${finding.severity}`,
    finding?.ignored != null && "ignored",
    chosen && "current",
    isRelated && "related",
    number && `number ${number.class}`,
  ];
  const told = [
    finding && `${severityWords[finding.severity]}：${finding.reason}`,
    number && `${classWords[number.class]}：${number.note || classNotes[number.class]}`,
  ];
  return (
    <span
      className={names.filter(Boolean).join(" ")}
      data-start={piece.start}
      data-end={piece.end}
      title={told.filter(Boolean).join("\n")}
      {...(finding && { onClick: () => onSelect(finding) })}
    >
      {text}
    </span>
  );
}
