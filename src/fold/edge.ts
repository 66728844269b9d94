/** Looking things up by the playhead: how many entries of a list, in the order of facts, lie before it. */

interface WithFact {
  readonly factIndex: number
}

/** How many of the entries have happened at a moment that `facts` facts lie before. */
export function countBefore(entries: readonly WithFact[], facts: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] as WithFact).factIndex < facts) low = middle + 1
    else high = middle
  }
  return low
}

/** The moment right after an entry's fact. */
export function momentAfter({ factIndex }: WithFact): { factIndex: number } {
  return { factIndex: factIndex + 1 }
}
