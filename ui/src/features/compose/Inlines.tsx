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
      case "footnote": {
        const words = wordsOf(i.content, (target) => names.get(target) ?? "");
        if (marked) {
          const n = words.split(marked.words).length - 1;
          const isNow = marked.current >= counter.n && marked.current < counter.n + n;
          counter.n += n;
          if (n > 0)
            return (
              <sup key={at} className={isNow ? "note-mark now" : "note-mark found"} title={words}>
                注
              </sup>
            );
        }
        return (
          <sup key={at} className="note-mark" title={words} data-footnote={JSON.stringify(i.content)}>
            注
          </sup>
        );
      }
    }
  });
});
