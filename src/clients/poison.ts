/** Messages that a person made ones that nobody can process. */
import type { MessageTable } from '../engine/messages.ts'

export class Poison {
  readonly messages: number[] = []
  private readonly table: MessageTable

  constructor(table: MessageTable) {
    this.table = table
  }

  /** Whether a message is one of them, or was dead-lettered from one. */
  has(message: number): boolean {
    return this.messages.length > 0 && this.isOneOrItsCopy(message)
  }

  private isOneOrItsCopy(message: number): boolean {
    const { messages, table } = this
    const template = table.template(message)
    if (template === -1) return false
    for (let at = message; at !== -1 && table.template(at) === template; ) {
      if (messages.includes(at)) return true
      at = table.parent(at)
    }
    return false
  }
}
