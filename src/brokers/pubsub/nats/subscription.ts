/** A core NATS subscription: a pattern that a client listens to, alone or as a member of a queue group. */
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { NATS_FACTS as FACTS } from './facts.ts'
import { matchesSubject } from './subjects.ts'

/** Row behind `subscribed`. */
export interface SubscriptionRow {
  part: number
  client: string
  subject: string
  /** The queue group that it is a member of; `''` if none. */
  queue: string
}

interface SubscriptionContext {
  readonly sim: Simulation
  forgetListeners(): void
}

export class Subscription implements Part {
  alive = true
  delivered = 0
  /** It ends after so many deliveries; 0 = never. */
  limit = 0
  readonly node: number
  readonly client: string
  readonly subject: string
  readonly queue: string
  readonly row: number
  private readonly server: SubscriptionContext

  constructor(server: SubscriptionContext, row: number, made: SubscriptionRow) {
    this.server = server
    this.node = made.part
    this.client = made.client
    this.subject = made.subject
    this.queue = made.queue
    this.row = row
    server.sim.enlist(this)
  }

  get isSpent(): boolean {
    return this.alive && this.limit > 0 && this.delivered >= this.limit
  }
  matches(subject: string): boolean {
    return matchesSubject(this.subject, subject)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case FACTS.delivered:
        this.delivered++
        break
      case FACTS.limitSet:
        this.limit = aux
        break
      case FACTS.unsubscribed:
        this.alive = false
        this.server.forgetListeners()
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.delivered = io.int(this.delivered)
    this.limit = io.int(this.limit)
  }
}
