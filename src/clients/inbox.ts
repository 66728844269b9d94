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
  /** The next message that is done with has its effect already. */
  private passes = false
  private readonly messages: MessageTable

  constructor(messages: MessageTable) {
    this.messages = messages
  }

  has(message: number): boolean {
    return this.known.includes(this.originOf(message))
  }

  /** A fact said that the message which is done with next is a duplicate. */
  pass(): void {
    this.passes = true
  }

  /** A message is done with: whether it has an effect. Called while a fact is applied. */
  take(message: number, window: number): boolean {
    if (this.passes) {
      this.passes = false
      return false
    }
    if (window > 0) this.known.push(this.originOf(message))
    if (this.known.length > window) this.known.splice(0, this.known.length - window)
    return true
  }

  archive(io: Archive): void {
    io.list(this.known)
    this.passes = io.flag(this.passes)
  }

  private originOf(message: number): number {
    const parent = this.messages.parent(message)
    return parent === -1 ? message : parent
  }
}
