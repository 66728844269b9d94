/** Strings as small integers, so that facts and messages hold numbers only. */
import { must } from './assert.ts'

/** Append-only: an id once given stays valid, and the same string always has the same id. */
export class Interner {
  private readonly ids = new Map<string, number>()
  private readonly strings: string[] = []

  /** The id of `text`, given now if it is new. */
  id(text: string): number {
    const known = this.ids.get(text)
    if (known !== undefined) return known
    const id = this.strings.length
    this.strings.push(text)
    this.ids.set(text, id)
    return id
  }

  /** The string behind an id; `''` for -1, which stands for "none". */
  text(id: number): string {
    return id === -1 ? '' : must(this.strings[id], `string ${id}`)
  }

  get size(): number {
    return this.strings.length
  }
}
