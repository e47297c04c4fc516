/** Differences of two texts by words, for reading side by side. */

export interface Piece {
  text: string;
  /** Stands in this text and not in the other one. */
  isDifferent: boolean;
}

const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter("zh", { granularity: "word" }) : null;

/** Words of a Chinese or Latin text; numbers with their sign and decimals stay whole. */
export function wordsIn(text: string): string[] {
  const parts = segmenter ? [...segmenter.segment(text)].map((part) => part.segment) : [...text];
  const out: string[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    const continues = last !== undefined && /[\d.,%−-]$/.test(last) && /^[\d.,%]/.test(part);
    if (continues) out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}

/** Longest table of lengths that is worth filling; beyond it the middle counts as different. */
const limit = 4_000_000;

/** Both texts in pieces; joined, the pieces of each give its text again. */
export function compare(before: string, after: string): [Piece[], Piece[]] {
  const a = wordsIn(before);
  const b = wordsIn(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const sameLeft = new Set<number>();
  const sameRight = new Set<number>();
  const width = right.length + 1;
  if (left.length * right.length <= limit) {
    const lengths = new Uint32Array((left.length + 1) * width);
    for (let i = left.length - 1; i >= 0; i -= 1)
      for (let j = right.length - 1; j >= 0; j -= 1)
        lengths[i * width + j] =
          left[i] === right[j]
            ? lengths[(i + 1) * width + j + 1]! + 1
            : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    for (let i = 0, j = 0; i < left.length && j < right.length; ) {
      if (left[i] === right[j]) {
        sameLeft.add(i++);
        sameRight.add(j++);
      } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
      else j += 1;
    }
  }
  const pieces = (words: string[], isSame: (at: number) => boolean): Piece[] => {
    const out: Piece[] = [];
    words.forEach((text, at) => {
      const isDifferent = !isSame(at);
      const last = out.at(-1);
      if (last?.isDifferent === isDifferent) last.text += text;
      else out.push({ text, isDifferent });
    });
    return out;
  };
  const outside = (at: number, length: number) => at < start || at >= length - end;
  return [
    pieces(a, (at) => outside(at, a.length) || sameLeft.has(at - start)),
    pieces(b, (at) => outside(at, b.length) || sameRight.has(at - start)),
  ];
}
