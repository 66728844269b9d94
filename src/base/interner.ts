/** Strings as small integers, so that facts and messages hold numbers only. */
import { must } from './assert.ts'

/** Append-only: an id once given stays valid, and the same string always has the same id. */
export class Interner {
  private readonly ids = new Map<string, number>()
  private readonly strings: string[] = []
  /** Ids below `firstOwn` are those that the parent gave. */
  private readonly parent: Interner | null
  private readonly firstOwn: number

  constructor(parent: Interner | null = null, firstOwn = 0) {
    this.parent = parent
    this.firstOwn = firstOwn
  }

  /** The id of `text`, given now if it is new. */
  id(text: string): number {
    const known = this.find(text)
    if (known !== -1) return known
    const id = this.size
    this.strings.push(text)
    this.ids.set(text, id)
    return id
  }

  /** The id of `text`, -1 if it has none: asking gives none. */
  find(text: string): number {
    const own = this.ids.get(text)
    if (own !== undefined) return own
    const inherited = this.parent === null ? -1 : this.parent.find(text)
    return inherited < this.firstOwn ? inherited : -1
  }

  /** The string behind an id; `''` for -1, which stands for "none". */
  text(id: number): string {
    if (id === -1) return ''
    if (this.parent !== null && id < this.firstOwn) return this.parent.text(id)
    return must(this.strings[id - this.firstOwn], `string ${id}`)
  }

  get size(): number {
    return this.firstOwn + this.strings.length
  }

  /** An interner that knows the first `size` strings and goes its own way from there. */
  fork(size: number): Interner {
    // Where all that is wanted is the parent's own, the chain of parents grows no longer.
    if (this.parent !== null && size <= this.firstOwn) return this.parent.fork(size)
    return new Interner(this, size)
  }
}
