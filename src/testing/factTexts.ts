/** Facts as short texts for tests: `worker processed 3`. */
import type { Records } from '../engine/records.ts'
import { factKind } from '../history/vocabulary.ts'

/** The first `count` facts as `owner kind message`. */
export function factTexts(
  { facts }: Records,
  count: number,
  owner: (part: number) => string,
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const { name } = factKind(facts.kind(i))
    return `${owner(facts.node(i))} ${name} ${facts.message(i)}`
  })
}
