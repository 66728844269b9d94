/** A 64-bit running hash over integers and strings, equal in every JavaScript engine. */

/** Two 32-bit lanes with different multipliers (the scheme is MurmurHash3's mixing step, twice). */
export class Hash {
  private a = 0x9e3779b9 | 0
  private b = 0x85ebca6b | 0

  /** Mixes in one 32-bit integer. */
  int(value: number): this {
    this.a = Math.imul(this.a ^ value, 0xcc9e2d51)
    this.a = (this.a << 15) | (this.a >>> 17)
    this.b = Math.imul(this.b ^ (value + 0x7f4a7c15), 0x1b873593)
    this.b = (this.b << 13) | (this.b >>> 19)
    return this
  }

  /** Mixes in an integer up to 2^53. */
  long(value: number): this {
    return this.int(value | 0).int(Math.floor(value / 4294967296) | 0)
  }

  /** Mixes in a string with its length. */
  text(value: string): this {
    this.int(value.length)
    for (let i = 0; i < value.length; i++) this.int(value.charCodeAt(i))
    return this
  }

  /** Sixteen hexadecimal digits. */
  digest(): string {
    return hex(finish(this.a ^ this.b)) + hex(finish(this.b + Math.imul(this.a, 5)))
  }
}

function finish(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}

/** A 32-bit hash of a string, for seeds. */
export function hashText(text: string): number {
  let h = 0x811c9dc5 | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return finish(h)
}
