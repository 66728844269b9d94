/** What is wrong with a condition: where it is, and one sentence that says what is expected there. */

/** A stretch of the text, from a column up to, not including, another; columns count from 0. */
export interface Place {
  from: number
  to: number
}

export interface Problem extends Place {
  sentence: string
}

/** Thrown while a condition is read; `readCondition` turns it into a result. */
export class ConditionError extends Error {
  readonly problem: Problem

  constructor({ from, to }: Place, sentence: string) {
    super(sentence)
    this.problem = { from, to, sentence }
  }
}

/** The one of `known` that is closest to what was written, if it is close at all. */
export function closest(written: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestOff = Math.max(1, Math.floor(written.length / 3)) + 1
  for (const word of known) {
    const off = distance(written.toLowerCase(), word.toLowerCase())
    if (off < bestOff) {
      best = word
      bestOff = off
    }
  }
  return best
}

/** ` Did you mean backlog?`, or nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const word = closest(written, known)
  return word === null ? '' : ` Did you mean ${word}?`
}

/** Letters to insert, take out, replace or swap (Damerau–Levenshtein, neighbours only). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] as number) + 1)
      }
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
