/**
 * Counts by class, with a mark at each share that is asked for. A mark stands in the class of the value of its rank and
 * knows how many lie below; a new value moves it by a class now and then, so that a quantile can be read at each fact.
 */

/** Stands in the class of one rank. */
class Mark {
  at = 0
  /** Values in the classes before. */
  below = 0
  readonly share: number

  constructor(share: number) {
    this.share = share
  }
}

export class Ranks {
  count = 0
  private sizes = new Float64Array(1024)
  private readonly marks: Mark[] = []

  /** Adds `times` values of a class. */
  add(at: number, times = 1): void {
    while (at >= this.sizes.length) this.grow()
    this.count += times
    this.sizes[at] = (this.sizes[at] as number) + times
    const { marks } = this
    for (let i = 0; i < marks.length; i++) {
      const mark = marks[i] as Mark
      if (at < mark.at) mark.below += times
    }
  }

  /** The class of the value that has `rank` values before it; a mark for `share` is kept near it. */
  classOf(share: number, rank: number): number {
    const { sizes } = this
    const mark = this.markOf(share)
    while (mark.below > rank) {
      mark.at--
      mark.below -= sizes[mark.at] as number
    }
    while (mark.below + (sizes[mark.at] as number) <= rank) {
      mark.below += sizes[mark.at] as number
      mark.at++
    }
    return mark.at
  }

  private markOf(share: number): Mark {
    const known = this.marks.find((mark) => mark.share === share)
    if (known) return known
    const made = new Mark(share)
    this.marks.push(made)
    return made
  }

  private grow(): void {
    const sizes = new Float64Array(this.sizes.length * 2)
    sizes.set(this.sizes)
    this.sizes = sizes
  }
}
