/** When a condition was true: spans of moments, kept as two integers each. */
import { IntColumn } from '../../base/column.ts'

/** From the moment after which it was true to the last one at which it still was; moments count facts. */
export interface Span {
  from: number
  to: number
}

export class Spans {
  count = 0
  isOpen = false
  private readonly froms = new IntColumn()
  private readonly tos = new IntColumn()
  /** The latest moment at which an open span is known to hold. */
  private latest = 0

  /** Its truth at a moment, later than those before. */
  set(moment: number, isTrue: boolean): void {
    if (isTrue === this.isOpen) return
    if (isTrue) this.froms.put(this.count++, moment)
    else if (this.froms.get(this.count - 1) === moment) this.count--
    else this.tos.put(this.count - 1, moment - 1)
    this.isOpen = isTrue
  }

  /** Nothing changed up to a moment. */
  reach(moment: number): void {
    this.latest = moment
  }

  at(index: number): Span {
    const isLast = index === this.count - 1
    const to = isLast && this.isOpen ? this.latest : this.tos.get(index)
    return { from: this.froms.get(index), to }
  }

  /** Index of the first span that begins after a moment; `count` if none does. */
  firstAfter(moment: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.froms.get(middle) <= moment) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The span that holds at a moment, or null. */
  around(moment: number): Span | null {
    const index = this.firstAfter(moment) - 1
    if (index < 0) return null
    const span = this.at(index)
    return span.to >= moment ? span : null
  }
}
