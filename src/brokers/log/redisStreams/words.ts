/** The words of a Redis command, read one after another; what does not fit is refused as Redis does it. */
import { RedisError } from './errors.ts'

export class Words {
  private next = 0
  private readonly words: readonly string[]
  constructor(words: readonly string[]) {
    this.words = words
  }

  get left(): number {
    return this.words.length - this.next
  }

  /** The next word, whatever it is. */
  take(): string {
    const word = this.words[this.next++]
    return word ?? refuseSyntax()
  }

  /** Takes the next word if it is this option. */
  takes(option: string): boolean {
    if (this.peek() !== option) return false
    this.next++
    return true
  }

  /** The next word in capitals, `''` at the end. */
  peek(): string {
    return (this.words[this.next] ?? '').toUpperCase()
  }

  number(): number {
    const word = this.take()
    if (!/^-?\d+$/.test(word)) {
      throw new RedisError('ERR value is not an integer or out of range')
    }
    return Number(word)
  }

  rest(): string[] {
    const rest = this.words.slice(this.next)
    this.next = this.words.length
    return rest
  }
}

export function refuseSyntax(): never {
  throw new RedisError('ERR syntax error')
}
