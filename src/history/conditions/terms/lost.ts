/** Messages that are gone for good without having been processed, as far as facts say so. */
import { AMQP_FACTS } from '../../../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../../clients/commandHandler/facts.ts'
import { QueueConsumer } from '../../../clients/consumer/consumer.ts'
import { isNoAck } from '../../../clients/consumer/delivery.ts'
import { CONSUMER_FACTS } from '../../../clients/consumer/facts.ts'
import { PIPE_FACTS, type Pipe } from '../../../engine/pipe.ts'
import { OP } from '../../../scenario/wiring/ops.ts'
import type { Term, TermContext } from '../term.ts'

/** Facts that are the end of one message. */
const GONE: ReadonlySet<number> = new Set([
  AMQP_FACTS.unroutable,
  AMQP_FACTS.rejected,
  AMQP_FACTS.dropped,
  AMQP_FACTS.refused,
  COMMAND_HANDLER_FACTS.lost,
  COMMAND_HANDLER_FACTS.unheard,
])

/**
 * `lost(node)`: what a queue or exchange dropped, refused, purged or could not route; what a consumer forgot that
 * the broker counted as acknowledged; what a producer sent into a cut link. Where no node is named, all of it.
 */
export class Lost implements Term {
  readonly kinds = [
    ...GONE,
    AMQP_FACTS.purged,
    AMQP_FACTS.queueDeleted,
    CLIENT_FACTS.started,
    CLIENT_FACTS.processed,
    CLIENT_FACTS.failed,
    CONSUMER_FACTS.forgotten,
    PIPE_FACTS.lost,
    PIPE_FACTS.emptied,
  ]
  private count = 0
  /** Begun by consumers that acknowledge before the work: by consumer, the deliveries. */
  private readonly early = new Map<number, Set<number>>()
  private readonly context: TermContext
  private readonly place: number | null

  constructor(context: TermContext, place: number | null) {
    this.context = context
    this.place = place
  }

  take(_timeUs: number, kind: number, part: number, _message: number, aux: number): void {
    if (!this.isAsked(part)) return
    if (GONE.has(kind)) this.count++
    else if (kind === AMQP_FACTS.purged || kind === AMQP_FACTS.queueDeleted) this.count += aux
    else if (kind === PIPE_FACTS.lost) this.count += aux === OP.publish ? 1 : 0
    else if (kind === PIPE_FACTS.emptied) this.count += this.publishesOf(part, aux)
    else this.follow(kind, part, aux)
  }

  read(): number {
    return this.count
  }

  private isAsked(part: number): boolean {
    return this.place === null || this.context.placeOf(part) === this.place
  }

  /** A consumer's work: what it forgets is lost if it was acknowledged already. */
  private follow(kind: number, part: number, delivery: number): void {
    const consumer = this.context.part(part)
    if (!(consumer instanceof QueueConsumer)) return
    const begun = this.early.get(part) ?? new Set<number>()
    this.early.set(part, begun)
    if (kind === CLIENT_FACTS.started) {
      if (consumer.settings.ack === 'early') begun.add(delivery)
      return
    }
    const wasEarly = begun.delete(delivery)
    if (kind === CONSUMER_FACTS.forgotten && (wasEarly || isNoAck(delivery))) this.count++
  }

  /** Published messages among the parcels that a broken connection took with it. */
  private publishesOf(part: number, parcels: number): number {
    const pipe = this.context.part<Pipe>(part)
    const ops = this.context.world.records.ints(part, 'op')
    let count = 0
    for (let at = (pipe?.sent ?? 0) - parcels; at < (pipe?.sent ?? 0); at++) {
      if (ops.get(at) === OP.publish) count++
    }
    return count
  }
}
