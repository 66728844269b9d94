/**
 * An inbox: what a client remembers of the last messages whose effects it has had, in one transaction with those
 * effects, so that a message which comes twice has its effect once. A copy that a relay has made of the same event
 * is the same message. What lies further back than the window is forgotten, and would have its effect again.
 */
import type { Archive } from '../engine/archive.ts'
import type { MessageTable } from '../engine/messages.ts'

export class Inbox {
  /** What was had, oldest first: the event that a message is a copy of, or the message itself. */
  private readonly known: number[] = []
  /** How many came again within the window. */
  passed = 0
  /** The next message that is done with has its effect already. */
  private passes = false
  /** How many it remembers; 0 = none. */
  window: number
  private readonly messages: MessageTable

  constructor(messages: MessageTable, window: number) {
    this.messages = messages
    this.window = window
  }

  /** How many it remembers now. */
  get size(): number {
    return this.known.length
  }

  has(message: number): boolean {
    return this.known.includes(originOf(this.messages, message))
  }

  /** A fact said that the message which is done with next is a duplicate. */
  pass(): void {
    this.passes = true
    this.passed++
  }

  /** A message is done with: whether it has an effect. Called while a fact is applied. */
  take(message: number): boolean {
    const { known, window } = this
    if (this.passes) {
      this.passes = false
      return false
    }
    if (window > 0) known.push(originOf(this.messages, message))
    if (known.length > window) known.splice(0, known.length - window)
    return true
  }

  archive(io: Archive): void {
    io.list(this.known)
    this.passes = io.flag(this.passes)
    this.passed = io.int(this.passed)
  }
}

/** What a message is a copy of, or was made of; itself if it is the first of its chain. */
export function originOf(messages: MessageTable, message: number): number {
  const parent = messages.parent(message)
  return parent === -1 ? message : parent
}
