/**
 * Publisher confirms of a channel (rabbitmq.com/docs/confirms#publisher-confirms): every publish has a number,
 * and is answered once all the queues that it was routed to have taken it, with basic.nack if any of them
 * refused. Only copies that are still under way need to be remembered.
 */
import type { Archive } from '../../engine/archive.ts'
import { AMQP_FACTS } from './facts.ts'

/** Words of a publish that waits: message, sequence number, copies under way, copies refused. */
const STRIDE = 4

export class Confirms {
  isOn = false
  /** Number of the next publish. */
  next = 1
  private readonly waiting: number[] = []

  /** Sequence number of the oldest publish of a message that waits, 0 if none does. */
  sequenceOf(message: number): number {
    const at = this.find(message)
    return at === -1 ? 0 : (this.waiting[at + 1] as number)
  }

  /** Whether all copies of a publish have arrived. */
  isComplete(message: number): boolean {
    const at = this.find(message)
    return at !== -1 && this.waiting[at + 2] === 0
  }

  wasRefused(message: number): boolean {
    const at = this.find(message)
    return at !== -1 && (this.waiting[at + 3] as number) > 0
  }

  clear(): void {
    this.waiting.length = 0
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.confirmsSelected:
        this.isOn = true
        break
      case AMQP_FACTS.confirmAwaited:
        this.waiting.push(message, this.next, aux, 0)
        this.next++
        break
      case AMQP_FACTS.confirmStep: {
        const at = this.find(message)
        this.waiting[at + 2] = (this.waiting[at + 2] as number) - 1
        if (aux === 0) this.waiting[at + 3] = (this.waiting[at + 3] as number) + 1
        break
      }
      case AMQP_FACTS.confirmed:
      case AMQP_FACTS.nacked: {
        const at = this.find(message)
        if (at === -1) this.next = aux + 1
        else this.waiting.splice(at, STRIDE)
        break
      }
    }
  }

  archive(io: Archive): void {
    this.isOn = io.flag(this.isOn)
    this.next = io.int(this.next)
    io.list(this.waiting)
  }

  private find(message: number): number {
    for (let i = 0; i < this.waiting.length; i += STRIDE) if (this.waiting[i] === message) return i
    return -1
  }
}
