/** The age of what waits at one node: what terms of that kind have in common. */
import type { Term, TermContext } from '../term.ts'

export abstract class PlaceAge implements Term {
  readonly timed = true
  protected readonly context: TermContext
  protected readonly place: number

  constructor(context: TermContext, place: number) {
    this.context = context
    this.place = place
  }

  abstract read(nowUs: number): number
}
