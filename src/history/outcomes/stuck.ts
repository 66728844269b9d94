/**
 * What waits to the end while nobody takes any of it: messages of a queue, records that a group has not
 * been through, events that a projection or relay is behind with, commands of a handler. A line that
 * still moves, however slowly, is no case of this; nor is one that nothing reads at all.
 */
import type { Channel } from '../../brokers/amqp/channel.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { SQS_FACTS } from '../../brokers/sqs/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import { RELAY_FACTS } from '../../clients/relay/facts.ts'
import type { NodeDoc } from '../../scenario/document.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** Something waits this share of the run, up to its end, without being moved. */
const SHARE = 0.25

interface Line {
  /** Scenario id of who does not take from it. */
  node: string
  waiting: number
  /** When something last left while more remained, or the first came; and that fact. */
  sinceUs: number
  since: number
}

export class StuckDetector implements Detector {
  private readonly lines = new Map<string, Line>()
  /** Readers of each store, and groups of each topic, by its part. */
  private readonly readers: string[][]
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
    const { nodes, links } = context.world.scenario
    this.readers = nodes.map(({ id }) => {
      const to = links.filter(({ from }) => from === id).map((link) => context.placeOf(link.to))
      return [...new Set(to.map((place) => context.scopes.of(place)))]
    })
  }

  read(index: number, timeUs: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case AMQP_FACTS.enqueued:
      case SQS_FACTS.sent:
      case SQS_FACTS.visibilityOver:
        if (this.isRead(part)) this.put(`${part}`, part, index, timeUs)
        break
      case AMQP_FACTS.requeued:
      case AMQP_FACTS.requeuedAtBack: {
        const queue = (this.context.world.sim.parts[part] as Channel).queueOf(aux).node
        if (this.isRead(queue)) this.put(`${queue}`, queue, index, timeUs)
        break
      }
      case AMQP_FACTS.delivered:
      case AMQP_FACTS.got:
      case AMQP_FACTS.dropped:
      case AMQP_FACTS.expired:
      case AMQP_FACTS.forgotten:
      case SQS_FACTS.received:
      case SQS_FACTS.expired:
      case SQS_FACTS.movedToDeadLetters:
        this.take(`${part}`, index, timeUs, 1)
        break
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
      case SQS_FACTS.purged:
        this.take(`${part}`, index, timeUs, Number.POSITIVE_INFINITY)
        break
      case LOG_FACTS.appended: {
        const topic = this.context.placeOf(this.context.nodeOf(part))
        for (const group of this.readers[topic] ?? []) {
          this.put(`${group}/${part}`, topic, index, timeUs)
        }
        break
      }
      case EVENTSTORE_FACTS.appended:
        for (const reader of this.readers[part] ?? []) {
          this.put(reader, this.context.placeOf(reader), index, timeUs)
        }
        break
      default:
        this.readClient(index, timeUs, kind, part, message, aux)
    }
  }

  end(): void {
    const { context } = this
    const endUs = context.world.endUs
    for (const { node, waiting, sinceUs, since } of this.lines.values()) {
      if (waiting === 0 || sinceUs > endUs * (1 - SHARE)) continue
      const many = waiting === 1 ? 'one message waits' : `${waiting} messages wait`
      context.report({
        kind: 'stuck',
        factIndexes: [since],
        node,
        sentence: `At ${context.name(node)} ${many} to the end, and nobody takes any from here on.`,
      })
    }
  }

  private readClient(
    index: number,
    timeUs: number,
    kind: number,
    part: number,
    message: number,
    aux: number,
  ): void {
    const { records, world } = this.context
    const node = world.scenario.nodes[part]
    switch (kind) {
      case CLIENT_FACTS.received:
        if (node?.kind === 'commandHandler') this.put(node.id, part, index, timeUs)
        break
      case COMMAND_HANDLER_FACTS.accepted:
      case COMMAND_HANDLER_FACTS.rejected:
      case COMMAND_HANDLER_FACTS.lost:
        this.take(node?.id ?? '', index, timeUs, 1)
        break
      case CLIENT_FACTS.processed:
      case CLIENT_FACTS.failed:
        if (message === -1 || (kind === CLIENT_FACTS.failed && isRetried(node))) break
        if (node?.kind === 'projection') this.take(node.id, index, timeUs, 1)
        if (node?.kind === 'groupConsumer') {
          const progress = records.ints(part, 'progress').get(aux)
          const partition = records.ints(progress, 'partition').get(0)
          this.take(`${this.context.scopes.of(part)}/${partition}`, index, timeUs, 1)
        }
        break
      case RELAY_FACTS.relayed:
        this.take(node?.id ?? '', index, timeUs, 1)
        break
    }
  }

  /** A queue that no consumer is linked to only collects. */
  private isRead(queue: number): boolean {
    return (this.readers[queue] ?? []).length > 0
  }

  private put(id: string, place: number, index: number, timeUs: number): void {
    const line = this.lines.get(id)
    if (line === undefined) {
      const node = this.context.world.scenario.nodes[place]?.id ?? ''
      this.lines.set(id, { node, waiting: 1, sinceUs: timeUs, since: index })
      return
    }
    if (line.waiting === 0) {
      line.sinceUs = timeUs
      line.since = index
    }
    line.waiting++
  }

  /** What is read again after a crash was counted before: a line never falls below nothing. */
  private take(id: string, index: number, timeUs: number, count: number): void {
    const line = this.lines.get(id)
    if (!line) return
    line.waiting = Math.max(0, line.waiting - count)
    line.sinceUs = timeUs
    line.since = index
  }
}

function isRetried(node: NodeDoc | undefined): boolean {
  return node?.kind === 'groupConsumer' && node.onFailure === 'retry'
}
