/**
 * A transactional channel (AMQP 0-9-1, 1.9; rabbitmq.com/docs/semantics#tx): publishes and answers wait for
 * tx.commit. A publish is routed when it is made; an answered delivery counts as unacknowledged until the
 * commit, and is open again after a rollback.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'
import type { Channel } from './channel.ts'
import { AMQP_FACTS } from './facts.ts'

/** Row behind `txPublished`. */
export interface HeldPublish {
  message: number
  exchange: number
  key: number
  queues: readonly number[]
  mandatory: boolean
}

export type Answer = 'ack' | 'requeue' | 'discard'

/** Row behind `txAnswered`. */
export interface HeldAnswer {
  answer: Answer
  tags: readonly number[]
}

export class Transaction {
  isOn = false
  /** Rows of what waits for the commit. */
  readonly publishes: number[] = []
  readonly answers: number[] = []
  /** Tags that were answered. */
  readonly heldTags: number[] = []

  /** A held tag is settled after all. Called while a fact is applied. */
  release(tag: number): void {
    const at = this.heldTags.indexOf(tag)
    if (at !== -1) this.heldTags.splice(at, 1)
  }

  clear(): void {
    this.publishes.length = 0
    this.answers.length = 0
  }

  apply(channel: Channel, records: Records, kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.txPublished:
        this.publishes.push(aux)
        break
      case AMQP_FACTS.txSelected:
        this.isOn = true
        break
      case AMQP_FACTS.txAnswered:
        this.answers.push(message)
        for (const tag of records.rowAt<HeldAnswer>(message).tags) {
          channel.tags.settle(tag)
          this.heldTags.push(tag)
        }
        break
      case AMQP_FACTS.txCommitted:
        this.clear()
        break
      case AMQP_FACTS.txRolledBack:
        for (const tag of this.heldTags) channel.tags.reopen(tag)
        this.heldTags.length = 0
        this.clear()
        break
    }
  }

  archive(io: Archive): void {
    this.isOn = io.flag(this.isOn)
    io.list(this.publishes)
    io.list(this.answers)
    io.list(this.heldTags)
  }
}
