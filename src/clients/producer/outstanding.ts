/** Messages that a producer does not know to be safe yet: it waits for their confirm, or will publish them again. */
import type { Archive } from '../../engine/archive.ts'

/** How it stands with a message: its confirm is waited for, it came back, or it is to be published again. */
export const STANDING = { awaited: 0, returned: 1, backingOff: 2 } as const

/** Words: message, attempts so far, standing. */
const WORDS = 3

export class Outstanding {
  private readonly words: number[] = []

  get count(): number {
    return this.words.length / WORDS
  }

  has(message: number): boolean {
    return this.find(message) !== -1
  }

  /** 0 for a message that it does not wait for. */
  attempts(message: number): number {
    const at = this.find(message)
    return at === -1 ? 0 : (this.words[at + 1] as number)
  }

  /** -1 for a message that it does not wait for. */
  standing(message: number): number {
    const at = this.find(message)
    return at === -1 ? -1 : (this.words[at + 2] as number)
  }

  /** A first attempt, or one more of a message that is known. */
  attempt(message: number): void {
    const at = this.find(message)
    if (at === -1) this.words.push(message, 1, STANDING.awaited)
    else {
      this.words[at + 1] = (this.words[at + 1] as number) + 1
      this.words[at + 2] = STANDING.awaited
    }
  }

  mark(message: number, standing: number): void {
    const at = this.find(message)
    if (at !== -1) this.words[at + 2] = standing
    else this.words.push(message, 1, standing)
  }

  settle(message: number): void {
    const at = this.find(message)
    if (at !== -1) this.words.splice(at, WORDS)
  }

  clear(): void {
    this.words.length = 0
  }

  archive(io: Archive): void {
    io.list(this.words)
  }

  /** The oldest are settled first, so the search is short. */
  private find(message: number): number {
    for (let i = 0; i < this.words.length; i += WORDS) if (this.words[i] === message) return i
    return -1
  }
}
