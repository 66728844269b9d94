/** What money the events of a run move, and which of them a message goes back to. */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { read } from '../../clients/commandHandler/schema.ts'
import { changeOf } from '../../clients/projection/views.ts'
import type { MessageTable } from '../../engine/messages.ts'

export class Worth {
  /** What all events so far come to: the money that should be there. */
  total = 0
  /** By event: by how much it changes the balance of its account, in euros. */
  private readonly amounts = new Map<number, number>()
  /** The facts by which they came, oldest first. */
  private readonly facts: number[] = []
  private readonly messages: MessageTable

  constructor(messages: MessageTable) {
    this.messages = messages
  }

  /** An event was appended by a fact, which matters to whoever goes back. A copy of another one moves nothing. */
  take(event: RecordedEvent, factIndex = -1): void {
    const { message } = event
    if (this.amounts.has(message) || this.amounts.has(this.messages.parent(message))) return
    const taken = read(event, 'tolerant')
    const amount = 'unreadable' in taken ? 0 : changeOf(taken)
    this.amounts.set(message, amount)
    this.facts.push(factIndex)
    this.total += amount
  }

  /** Takes back what facts from this one on have brought. */
  undo(factIndex: number): void {
    const { amounts, facts } = this
    const kept = facts.findIndex((fact) => fact >= factIndex)
    if (kept === -1) return
    facts.length = kept
    for (const event of [...amounts.keys()].slice(kept)) {
      this.total -= this.amountOf(event)
      amounts.delete(event)
    }
  }

  /** The events that moved money, oldest first, with what each moved. */
  *moving(): Iterable<[event: number, amount: number]> {
    for (const entry of this.amounts) if (entry[1] !== 0) yield entry
  }

  amountOf(event: number): number {
    return this.amounts.get(event) ?? 0
  }

  /** The event that a message was made of, by however many steps; -1 if it goes back to none. */
  eventOf(message: number): number {
    let at = message
    while (at >= 0 && !this.amounts.has(at)) at = this.messages.parent(at)
    return at
  }
}
