/** Where a service that writes to two places told others something else than its own rows say. */
import { SERVICE_FACTS } from '../../../clients/service/facts.ts'
import type { Term } from '../term.ts'

/**
 * `missing(service)`: rows that nobody was told of, so far; `ghost(service)`: what others were told of and no row has.
 * While a command is at work one of them may be above 0: what counts is that it stays.
 */
export class Mismatch implements Term {
  readonly kinds = [SERVICE_FACTS.rowSaved, SERVICE_FACTS.announced]
  private readonly rows = new Set<number>()
  private readonly told = new Set<number>()
  /** Commands with a row of which others were told. */
  private both = 0
  private readonly place: number
  private readonly what: 'ghost' | 'missing'

  constructor(place: number, what: 'ghost' | 'missing') {
    this.place = place
    this.what = what
  }

  take(_timeUs: number, kind: number, part: number, command: number): boolean {
    if (part !== this.place) return false
    const [here, there] =
      kind === SERVICE_FACTS.rowSaved ? [this.rows, this.told] : [this.told, this.rows]
    if (here.has(command)) return false
    here.add(command)
    if (there.has(command)) this.both++
    return true
  }

  read(): number {
    return (this.what === 'ghost' ? this.told : this.rows).size - this.both
  }
}
