import { Fragment, memo, type ReactNode } from "react";
import type { Inline } from "../../backend/bindings/Inline";
import { wordsOf } from "./inline";

export interface Marked {
  words: string;
  /** Which match is the one looked at, counted over the whole block; none when negative. */
  current: number;
}

/** Counts matches while the pieces of a block are drawn one after another. */
export interface Counter {
  n: number;
}

/** Text with the words looked for set off. */
export function MarkedText({ text, marked, counter }: { text: string; marked?: Marked | undefined; counter: Counter }) {
  if (!marked || marked.words === "" || !text.includes(marked.words)) return text;
  return text.split(marked.words).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <mark className={counter.n++ === marked.current ? "now" : undefined}>{marked.words}</mark>}
      {part}
    </Fragment>
  ));
}

const holds = (content: readonly Inline[], words: string): boolean =>
  content.some((i) =>
    i.t === "footnote" ? holds(i.content, words) : (i.t === "text" || i.t === "strong") && i.v.includes(words),
  );

interface InlinesProps {
  content: readonly Inline[];
  names: ReadonlyMap<string, string>;
  marked?: Marked | undefined;
  counter?: Counter;
}

/** Content as text with its chips. */
export const Inlines = memo(function Inlines({ content, names, marked, counter = { n: 0 } }: InlinesProps): ReactNode {
  return content.map((i, at) => {
    switch (i.t) {
      case "text":
        return <MarkedText key={at} text={i.v} marked={marked} counter={counter} />;
      case "strong":
        return (
          <strong key={at}>
            <MarkedText text={i.v} marked={marked} counter={counter} />
          </strong>
        );
      case "fact":
        return (
          <span key={at} className="chip" data-fact={i.id} data-form={i.form} data-unit={i.unit}>
            {i.v}
          </span>
        );
      case "ref":
        return (
          <span key={at} className="ref" data-ref={i.target}>
            {names.get(i.target) ?? "（已删）"}
          </span>
        );
      case "footnote":
        return (
          <Fragment key={at}>
            <sup
              className="note-mark"
              title={wordsOf(i.content, (target) => names.get(target) ?? "")}
              data-footnote={JSON.stringify(i.content)}
            >
              注
            </sup>
            {/* While something is looked for in it, its text stands in the line, so that the place can be seen. */}
            {marked && holds(i.content, marked.words) && (
              <span className="note-words">
                〔<Inlines content={i.content} names={names} marked={marked} counter={counter} />〕
              </span>
            )}
          </Fragment>
        );
    }
  });
});
