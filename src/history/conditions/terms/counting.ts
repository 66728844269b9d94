/** How often facts of a kind happened at a node, and how fast they come. */
import { kindsNamed } from '../../vocabulary.ts'
import type { Term, TermContext } from '../term.ts'

const US_IN_S = 1_000_000

/** `n(kind, node)`: facts of a kind so far, at any node where none is named. */
export class Count implements Term {
  readonly kinds: readonly number[]
  private count = 0
  private readonly context: TermContext
  private readonly place: number | null

  constructor(context: TermContext, kind: string, place: number | null) {
    this.context = context
    this.kinds = [...kindsNamed([kind])]
    this.place = place
  }

  take(_timeUs: number, _kind: number, part: number): void {
    if (this.place === null || this.context.placeOf(part) === this.place) this.count++
  }

  read(): number {
    return this.count
  }
}

/** `rate(kind, node, window)`: facts a second over the window that ends now. */
export class Rate implements Term {
  readonly kinds: readonly number[]
  readonly timed = true
  /** Moments inside the window, oldest at `first`, as a ring. */
  private times = new Float64Array(64)
  private first = 0
  private count = 0
  private readonly context: TermContext
  private readonly place: number | null
  private readonly windowUs: number

  constructor(context: TermContext, kind: string, place: number | null, windowUs: number) {
    this.context = context
    this.kinds = [...kindsNamed([kind])]
    this.place = place
    this.windowUs = windowUs
  }

  take(timeUs: number, _kind: number, part: number): void {
    if (this.place !== null && this.context.placeOf(part) !== this.place) return
    if (this.count === this.times.length) this.grow()
    this.times[(this.first + this.count++) & (this.times.length - 1)] = timeUs
  }

  read(nowUs: number): number {
    const { windowUs, times } = this
    const mask = times.length - 1
    while (this.count > 0 && (times[this.first & mask] as number) <= nowUs - windowUs) {
      this.first = (this.first + 1) & mask
      this.count--
    }
    return (this.count * US_IN_S) / windowUs
  }

  private grow(): void {
    const { times, first, count } = this
    const more = new Float64Array(times.length * 2)
    for (let i = 0; i < count; i++) more[i] = times[(first + i) & (times.length - 1)] as number
    this.times = more
    this.first = 0
  }
}
