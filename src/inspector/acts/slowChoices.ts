/** How many times as long work may be made to take with one click. */
const OFFERED = [1, 2, 5, 10]

/** What is offered, together with what holds now. */
export function slowChoices(now: number): number[] {
  return OFFERED.includes(now) ? OFFERED : [...OFFERED, now].sort((a, b) => a - b)
}
