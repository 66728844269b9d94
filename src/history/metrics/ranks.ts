/**
 * Counts by class with their running sums (a Fenwick tree), so that the class of any rank is found in a few steps
 * after every added value: what a quantile that is read at each fact rests on.
 */
export class Ranks {
  count = 0
  private tree = new Float64Array(1024)

  /** Adds `times` values of a class. */
  add(at: number, times = 1): void {
    while (at >= this.tree.length) this.grow()
    this.count += times
    const { tree } = this
    for (let i = at + 1; i <= tree.length; i += i & -i)
      tree[i - 1] = (tree[i - 1] as number) + times
  }

  /** The class of the value with `rank` values before it. */
  classOf(rank: number): number {
    const { tree } = this
    let at = 0
    let left = rank
    for (let step = tree.length; step > 0; step >>= 1) {
      const next = at + step
      if (next <= tree.length && (tree[next - 1] as number) <= left) {
        left -= tree[next - 1] as number
        at = next
      }
    }
    return at
  }

  /** Twice as many classes: the new root holds all that was counted. */
  private grow(): void {
    const { tree } = this
    const more = new Float64Array(tree.length * 2)
    more.set(tree)
    more[more.length - 1] = tree[tree.length - 1] as number
    this.tree = more
  }
}
