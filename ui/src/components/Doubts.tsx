import { WarningOutlined } from "@ant-design/icons";
import { useState } from "react";
import type { DoubtedFigure } from "../backend/bindings/DoubtedFigure";
import { useNavigation } from "./navigation";
import { Settle } from "./Settle";
import "./doubts.css";

/** Shown before the rest is asked for. */
const few = 3;

/** The doubted figures that an indicator or a finding rests on, each with the way to its row and what can be decided about it. */
export function Doubts({ doubts }: { doubts: readonly DoubtedFigure[] }) {
  const { navigate } = useNavigation();
  const [isWhole, setWhole] = useState(false);
  return (
    <section className="doubts" aria-label="存疑数值">
      <h3>
        <WarningOutlined /> {words(doubts.length)}
      </h3>
      <ul>
        {(isWhole ? doubts : doubts.slice(0, few)).map(({ dataset, row, field, name, message, fix }) => (
          <li key={`${dataset}/${row}/${field}`}>
            <span>
              <button
                type="button"
                className="link"
                title="到数据中的这一格"
                onClick={() => navigate({ stage: "data", params: { dataset, row: String(row), field } })}
              >
                {name ?? `第 ${row + 1} 条记录`}
              </button>
              　<span className="selectable">{message}</span>
              {fix !== null && <span className="quiet">，建议改为 {fix}</span>}
            </span>
            <Settle cell={{ dataset, row, field }} fix={fix} keep />
          </li>
        ))}
      </ul>
      {doubts.length > few && (
        <button type="button" className="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "收起" : `其余 ${doubts.length - few} 个`}
        </button>
      )}
    </section>
  );
}

/** In a list: the entry rests on so many doubted figures. */
export function DoubtMark({ count }: { count: number }) {
  return (
    <span className="doubt-mark">
      <WarningOutlined /> {words(count)}
    </span>
  );
}

const words = (count: number) => `含 ${count} 个存疑数值`;
