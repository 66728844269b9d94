/**
 * Messages that were lost on a link: cut while they were under way, sent into the cut, or taken off by hand.
 * A message that somebody still keeps (it is sent again, or redelivered) is not lost.
 */

import { TERMS } from '../clients/client.ts'
import { QueueConsumer } from '../clients/consumer/consumer.ts'
import { isNoAck } from '../clients/consumer/delivery.ts'
import { Producer } from '../clients/producer/producer.ts'
import { PIPE_FACTS, Pipe } from '../engine/pipe.ts'
import type { LinkDoc, NodeKind } from '../scenario/document.ts'
import { OP } from '../scenario/wiring/ops.ts'
import type { World } from '../scenario/world.ts'

interface Loss {
  message: number
  /** Id of the link. */
  at: string
  reason: string
}

/** What keeps a message once it has got there; nobody sends it again, unless its producer waits for a confirm. */
const KEPT_BY: ReadonlySet<NodeKind | undefined> = new Set([
  'exchange',
  'queue',
  'sqsQueue',
  'redisStream',
])
/** What keeps nothing: a message lost on its way to it, or from it, is lost, unless its producer waits for a confirm. */
const PLACES: ReadonlySet<NodeKind | undefined> = new Set(['natsServer', 'redisServer'])

export class LinkLosses {
  private readonly world: World
  /** By pipe: how many parcels it had sent before the facts that were passed. */
  private readonly sentBefore = new Map<number, number>()

  constructor(world: World) {
    this.world = world
  }

  /** Goes back over one fact about a pipe, latest first, and says what was lost by it. */
  passBack(index: number): Loss[] {
    const { facts } = this.world.records
    const pipe = this.world.sim.parts[facts.node(index)]
    if (!(pipe instanceof Pipe)) return []
    const sent = this.sentBefore.get(pipe.node) ?? pipe.sent
    const [message, aux] = [facts.message(index), facts.aux(index)]
    switch (facts.kind(index)) {
      case PIPE_FACTS.sent:
        this.sentBefore.set(pipe.node, sent - 1)
        return []
      case PIPE_FACTS.lost:
        return this.lossOf(pipe, aux, message, null, 'link cut')
      case PIPE_FACTS.dropped: {
        const { op, a } = pipe.parcel(aux)
        return this.lossOf(pipe, op, message, a, 'taken off')
      }
      case PIPE_FACTS.emptied: {
        const parcels = Array.from({ length: aux }, (_, i) => pipe.parcel(sent - 1 - i))
        return parcels.flatMap(({ op, message: lost, a }) =>
          this.lossOf(pipe, op, lost, a, 'connection lost'),
        )
      }
      default:
        return []
    }
  }

  /** `terms`: what the parcel said of itself; null where nobody wrote it down. */
  private lossOf(
    pipe: Pipe,
    op: number,
    message: number,
    terms: number | null,
    reason: string,
  ): Loss[] {
    const { scenario } = this.world
    const at = this.world.owner(pipe.node)
    const link = scenario.links.find(({ id }) => id === at)
    if (!link || !this.isGone(link, op, terms)) return []
    return [{ message, at, reason }]
  }

  private isGone(link: LinkDoc, op: number, terms: number | null): boolean {
    if (op === OP.route) return true
    if (op === OP.publish) {
      const to = this.kindOf(link.to)
      if (!KEPT_BY.has(to) && !PLACES.has(to)) return false
      const from = this.world.part(link.from)
      const confirms = from instanceof Producer && from.settings.confirms === true
      return terms === null ? !confirms : (terms & TERMS.confirm) === 0
    }
    if (op !== OP.deliver) return false
    if (terms !== null) return isNoAck(terms)
    if (PLACES.has(this.kindOf(link.from))) return true
    const to = this.world.part(link.to)
    return to instanceof QueueConsumer && to.settings.ack === 'auto'
  }

  private kindOf(id: string): NodeKind | undefined {
    return this.world.scenario.nodes.find((node) => node.id === id)?.kind
  }
}
