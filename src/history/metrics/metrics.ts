/**
 * The numbers of a run, node by node, folded from its facts in one pass. Waiting time: from a message's
 * arrival in the queue (or its append to the topic) to the beginning of each first work on it there; a
 * redelivery waits again from the same arrival. Sojourn time: from the birth of the message to the end of
 * the work on it. Utilisation: the share of simulated time, times concurrency, in which work was done;
 * time crashed counts as time without work.
 */
import type { Channel } from '../../brokers/amqp/channel.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { CONSUMER_FACTS } from '../../clients/consumer/facts.ts'
import type { NodeDoc } from '../../scenario/document.ts'
import type { NodeState } from '../frame.ts'
import type { History } from '../history.ts'
import { Level, Samples, type Spread } from './samples.ts'

/** Numbers of one node. Members that mean nothing for its kind are absent. */
export interface NodeMetrics {
  id: string
  kind: NodeDoc['kind']
  counts: Record<string, number>
  /** Ready messages of a queue, or messages in the hands of a client. */
  backlog?: { now: number; max: number; average: number }
  waiting?: Spread
  sojourn?: Spread
  /** 0 to 1. */
  utilisation?: number
  /** Finished (or published, or acknowledged) a simulated second. */
  throughput?: number
}

interface Tally {
  backlog: Level
  busy: Level
  waiting: Samples
  sojourn: Samples
  published: number
  redelivered: number
  rejected: number
  refused: number
  dropped: number
  appended: number
}

/** Folds the facts of what has been computed. `untilUs` is the moment at which the run is looked at. */
export function metricsOf(history: History, untilUs: number): NodeMetrics[] {
  const { live } = history
  const { facts } = live.records
  const tallies = new Map<string, Tally>(live.scenario.nodes.map(({ id }) => [id, tally()]))
  const fold = new Fold(history, tallies)
  facts.each(0, facts.countAt(untilUs), (timeUs, kind, node, message, aux) =>
    fold.fact(timeUs, kind, node, message, aux),
  )
  history.seek({ atUs: untilUs })
  const states = history.frame().nodes
  return live.scenario.nodes.map((doc, i) =>
    nodeMetrics(doc, states[i] as NodeState, tallies.get(doc.id) as Tally, untilUs),
  )
}

function tally(): Tally {
  return {
    backlog: new Level(),
    busy: new Level(),
    waiting: new Samples(),
    sojourn: new Samples(),
    published: 0,
    redelivered: 0,
    rejected: 0,
    refused: 0,
    dropped: 0,
    appended: 0,
  }
}

/** What has to be remembered between facts: when messages came where. */
class Fold {
  /** By `message * nodes + node`: arrival in a queue, and on its way to a client. */
  private readonly arrivedUs = new Map<number, number>()
  private readonly sentFromUs = new Map<number, number>()
  private readonly appendedUs = new Map<number, number>()
  private lastPublished = -1
  private readonly owners = new Map<number, string>()
  private readonly index = new Map<string, number>()
  private readonly nodes: number
  private readonly history: History
  private readonly tallies: Map<string, Tally>

  constructor(history: History, tallies: Map<string, Tally>) {
    this.history = history
    this.tallies = tallies
    this.nodes = history.live.scenario.nodes.length
    for (const [i, { id }] of history.live.scenario.nodes.entries()) this.index.set(id, i)
  }

  fact(timeUs: number, kind: number, node: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.enqueued:
        this.of(node)?.backlog.change(1, timeUs)
        this.arrivedUs.set(message * this.nodes + node, timeUs)
        return
      case AMQP_FACTS.delivered:
        this.of(node)?.backlog.change(-1, timeUs)
        this.send(node, message, aux)
        return
      case AMQP_FACTS.got:
        this.of(node)?.backlog.change(-1, timeUs)
        return
      case AMQP_FACTS.requeued:
        this.requeued(node, aux, timeUs)
        return
      case AMQP_FACTS.rejected:
        this.count(this.queueOf(node, aux), 'rejected')
        return
      case AMQP_FACTS.dropped:
        this.of(node)?.backlog.change(-1, timeUs)
        this.count(node, 'dropped')
        return
      case AMQP_FACTS.refused:
        this.count(node, 'refused')
        return
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
        this.of(node)?.backlog.change(-aux, timeUs)
        return
      case LOG_FACTS.appended:
        this.count(node, 'appended')
        this.appendedUs.set(message, timeUs)
        return
      case CLIENT_FACTS.published:
        // A message that goes out on several links was published once.
        if (message !== this.lastPublished) this.count(node, 'published')
        this.lastPublished = message
        return
      case CLIENT_FACTS.started:
        this.started(node, message, timeUs)
        return
      case CLIENT_FACTS.processed:
      case CLIENT_FACTS.failed:
        this.ended(node, message, timeUs, kind === CLIENT_FACTS.processed)
        return
      case CLIENT_FACTS.crashed: {
        const busy = this.of(node)?.busy
        busy?.change(-busy.now, timeUs)
        return
      }
      case CONSUMER_FACTS.forgotten:
        return
    }
  }

  private started(node: number, message: number, timeUs: number): void {
    const known = this.of(node)
    if (!known) return
    known.busy.change(1, timeUs)
    const key = message * this.nodes + node
    const sinceUs = this.sentFromUs.get(key) ?? this.appendedUs.get(message)
    this.sentFromUs.delete(key)
    if (sinceUs !== undefined) known.waiting.add(timeUs - sinceUs)
  }

  private ended(node: number, message: number, timeUs: number, processed: boolean): void {
    const known = this.of(node)
    if (!known) return
    if (known.busy.now > 0) known.busy.change(-1, timeUs)
    const { messages } = this.history.live.records
    if (processed && message >= 0) known.sojourn.add(timeUs - messages.bornUs(message))
  }

  private send(queue: number, message: number, consumer: number): void {
    const client = this.index.get(this.ownerOf(consumer))
    const sinceUs = this.arrivedUs.get(message * this.nodes + queue)
    if (client !== undefined && sinceUs !== undefined) {
      this.sentFromUs.set(message * this.nodes + client, sinceUs)
    }
  }

  private requeued(channel: number, tag: number, timeUs: number): void {
    const known = this.of(this.queueOf(channel, tag))
    known?.backlog.change(1, timeUs)
    if (known) known.redelivered++
  }

  private queueOf(channel: number, tag: number): number {
    return (this.history.live.sim.parts[channel] as Channel).queueOf(tag).node
  }

  private count(node: number, name: 'published' | 'rejected' | 'refused' | 'dropped' | 'appended') {
    const known = this.of(node)
    if (known) known[name]++
  }

  private of(part: number): Tally | undefined {
    return this.tallies.get(this.ownerOf(part))
  }

  private ownerOf(part: number): string {
    const known = this.owners.get(part)
    if (known !== undefined) return known
    const owner = this.history.live.owner(part)
    this.owners.set(part, owner)
    return owner
  }
}

function nodeMetrics(doc: NodeDoc, state: NodeState, known: Tally, untilUs: number): NodeMetrics {
  const base = { id: doc.id, kind: doc.kind }
  const perSecond = (count: number) => (untilUs <= 0 ? 0 : count / (untilUs / 1e6))
  const work = (concurrency: number, done: number) => ({
    waiting: known.waiting.spread(),
    sojourn: known.sojourn.spread(),
    utilisation: known.busy.average(untilUs) / concurrency,
    throughput: perSecond(done),
  })
  switch (state.kind) {
    case 'producer':
      return {
        ...base,
        counts: { published: state.published },
        throughput: perSecond(state.published),
      }
    case 'exchange':
      return { ...base, counts: { routed: state.routed, unroutable: state.unroutable } }
    case 'queue': {
      const { now, max } = known.backlog
      return {
        ...base,
        counts: {
          delivered: state.delivered,
          acked: state.acked,
          unacked: state.unackedCount,
          redelivered: known.redelivered,
          'dead-lettered': 0,
          'dropped (maxLength)': known.dropped,
          'dropped (rejected)': known.rejected,
          'refused (full)': known.refused,
        },
        backlog: { now, max, average: known.backlog.average(untilUs) },
        throughput: perSecond(state.acked),
      }
    }
    case 'consumer':
      return {
        ...base,
        counts: {
          processed: state.processed,
          failed: state.failed,
          published: known.published,
          inHand: state.jobCount,
        },
        ...work(state.concurrency, state.processed),
      }
    case 'groupConsumer':
      return {
        ...base,
        counts: {
          processed: state.processed,
          failed: state.failed,
          published: known.published,
          inHand: state.jobCount,
          lag: state.lag,
        },
        ...work(1, state.processed),
      }
    case 'topic':
      return {
        ...base,
        counts: { appended: known.appended },
        throughput: perSecond(known.appended),
      }
    case 'eventStore':
      return {
        ...base,
        counts: { appended: state.position, streams: state.streams.length },
        throughput: perSecond(state.position),
      }
    case 'commandHandler':
      return {
        ...base,
        counts: {
          accepted: state.accepted,
          rejected: state.rejected.length,
          conflicts: state.conflicts,
          inHand: state.jobCount,
        },
        throughput: perSecond(state.accepted),
      }
    case 'projection':
      return { ...base, counts: { position: state.position, lag: state.lag } }
    case 'relay':
      return {
        ...base,
        counts: { relayed: state.relayed, lag: state.lag },
        throughput: perSecond(state.relayed),
      }
  }
}
