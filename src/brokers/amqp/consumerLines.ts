/**
 * A queue's consumers as rabbit_queue_consumers.erl (RabbitMQ 3.10) keeps them: in turn, those of higher
 * priority first; one that may take nothing more (its prefetch or its channel's is used up) is set aside when
 * its turn comes, and joins at the back when it may again. With a single active consumer only that one is
 * served.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import { Line } from './line.ts'

export class ConsumerLines {
  readonly turn = new Line()
  readonly aside = new Line()
  /** With x-single-active-consumer: the one that is served. */
  active: Consumer | null = null
  /** Parts of channels whose common prefetch was found used up here. */
  private readonly suspended: number[] = []
  private readonly singleActive: boolean

  constructor(singleActive: boolean) {
    this.singleActive = singleActive
  }

  get count(): number {
    return this.turn.count + this.aside.count
  }

  /** Those in turn, then those aside. */
  list(): Consumer[] {
    return [...this.turn.list(), ...this.aside.list()]
  }

  /**
   * Who is served next, or null. A channel whose common prefetch is used up is found out here; it is told
   * to `suspend`, which must end in `suspended`.
   */
  firstFree(suspend: (channel: Channel) => void): Consumer | null {
    if (this.singleActive) {
      const { active } = this
      const waits = active !== null && active.line === this.turn
      return waits && this.mayTake(active, suspend) ? active : null
    }
    for (let at = this.turn.first; at !== null; ) {
      if (this.mayTake(at, suspend)) return at
      // Suspending its channel may have set it aside, and others with it: then from the front again.
      at = at.line === this.turn ? at.behind : this.turn.first
    }
    return null
  }

  /** A delivery to a consumer: those before it in line could take nothing, and it goes to the back. */
  served(consumer: Consumer): void {
    if (this.singleActive) return
    const { turn } = this
    while (turn.first !== null && turn.first !== consumer) this.setAside(turn.first)
    turn.toBack(consumer)
  }

  /** While something is ready, whoever is first in line and may take nothing stands aside. */
  setBlockedAside(): void {
    if (this.singleActive) {
      const { active } = this
      if (active?.line === this.turn && this.isBlocked(active)) this.setAside(active)
      return
    }
    while (this.turn.first !== null && this.isBlocked(this.turn.first)) {
      this.setAside(this.turn.first)
    }
  }

  /** A delivery to a consumer is settled: it may take something again. */
  freed(consumer: Consumer): void {
    if (this.suspended.length > 0) this.callBack(consumer.channel)
    else if (consumer.line === this.aside) {
      this.aside.move(consumer, this.turn)
    }
  }

  /** Who consumes under the tag of a consumer that is gone. */
  heirOf(gone: Consumer): Consumer | undefined {
    return this.list().find(({ channel, tag }) => channel === gone.channel && tag === gone.tag)
  }

  isSuspended(channel: Channel): boolean {
    return this.suspended.includes(channel.node)
  }

  suspend(channel: number): void {
    this.suspended.push(channel)
  }

  lift(channel: Channel): void {
    this.suspended.splice(this.suspended.indexOf(channel.node), 1)
    this.callBack(channel)
  }

  leave(consumer: Consumer): void {
    this.turn.leave(consumer)
    this.aside.leave(consumer)
    if (this.active === consumer) this.active = null
    const others = this.list().some((other) => other.channel === consumer.channel)
    const at = this.suspended.indexOf(consumer.channel.node)
    if (!others && at !== -1) this.suspended.splice(at, 1)
  }

  /** Restored after the consumers themselves. */
  archive(io: Archive, consumerAt: (part: number) => Consumer): void {
    const turn = this.turn.list().map((consumer) => consumer.node)
    const aside = this.aside.list().map((consumer) => consumer.node)
    io.list(turn)
    io.list(aside)
    io.list(this.suspended)
    const active = io.int(this.active?.node ?? -1)
    if (!io.loading) return
    this.turn.clear()
    this.aside.clear()
    for (const part of turn) this.turn.append(consumerAt(part))
    for (const part of aside) this.aside.append(consumerAt(part))
    this.active = active === -1 ? null : consumerAt(active)
  }

  private mayTake(consumer: Consumer, suspend: (channel: Channel) => void): boolean {
    if (consumer.isFull) return false
    const { channel } = consumer
    if (channel.limit === 0) return true
    if (this.isSuspended(channel)) return false
    if (channel.volume < channel.limit) return true
    suspend(channel)
    return false
  }

  private isBlocked(consumer: Consumer): boolean {
    return consumer.isFull || (this.suspended.length > 0 && this.isSuspended(consumer.channel))
  }

  /** Consumers of a channel that may take something again join at the back, in their order. */
  private callBack(channel: Channel): void {
    for (const consumer of this.aside.list()) {
      if (consumer.channel !== channel || this.isBlocked(consumer)) continue
      this.aside.move(consumer, this.turn)
    }
  }

  private setAside(consumer: Consumer): void {
    this.turn.move(consumer, this.aside)
  }
}
