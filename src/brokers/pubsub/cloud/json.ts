/**
 * JSON as a person types it, read so that what is wrong has a place. The engines' own messages differ from browser
 * to browser, and most have none.
 */
import { FilterError } from './filterError.ts'

const SPACE = /[ \t\n\r]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them in a text.
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

export function readJson(text: string): unknown {
  const reader = new Reader(text)
  const value = reader.value()
  reader.end()
  return value
}

class Reader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  value(): unknown {
    this.take(SPACE)
    const found = this.take(TEXT) ?? this.take(NUMBER) ?? this.take(WORD)
    if (found !== null) return JSON.parse(found)
    if (this.takes('[')) return this.list(']', () => this.value())
    if (!this.takes('{')) return this.refuse('a value')
    const entries = this.list('}', () => this.entry())
    const names = entries.map(([name]) => name)
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) throw new FilterError(`"${twice}" stands twice in one object`)
    return Object.fromEntries(entries)
  }

  end(): void {
    this.take(SPACE)
    if (this.at < this.text.length) this.refuse('the end')
  }

  private entry(): [string, unknown] {
    this.take(SPACE)
    const name = this.take(TEXT) ?? this.refuse('a name in quotes')
    this.take(SPACE)
    if (!this.takes(':')) this.refuse('":"')
    return [JSON.parse(name) as string, this.value()]
  }

  private list<T>(close: string, one: () => T): T[] {
    const items: T[] = []
    this.take(SPACE)
    if (this.takes(close)) return items
    for (;;) {
      items.push(one())
      this.take(SPACE)
      if (this.takes(close)) return items
      if (!this.takes(',')) this.refuse(`"," or "${close}"`)
    }
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return null
    this.at += found[0].length
    return found[0]
  }

  private takes(letter: string): boolean {
    if (this.text[this.at] !== letter) return false
    this.at++
    return true
  }

  private refuse(wanted: string): never {
    const rest = this.text.slice(this.at, this.at + 12)
    const found = rest === '' ? 'it ends' : `stands ${JSON.stringify(rest)}`
    throw new FilterError(`${wanted} is wanted at character ${this.at + 1}, where ${found}`)
  }
}
