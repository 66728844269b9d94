/**
 * What groups of Redis streams lost or left lying. An entry is lost to a group that was not given it before it went
 * (trimmed, XDEL), or if nobody ever finishes it and nobody can get it any more: acknowledged, forgotten with its
 * consumer, or only its id left. What stays pending to the end, because nobody claims it, is stuck. Left out: entries
 * that a person passes over with XGROUP SETID, and readers without a group, of which the server knows nothing.
 */
import { REDIS_STREAM_FACTS as FACTS } from '../../brokers/log/redisStreams/facts.ts'
import type { Consumer, Group } from '../../brokers/log/redisStreams/group.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { REDIS_CLIENT_FACTS as CLIENT } from '../../clients/redisConsumer/facts.ts'
import type { RedisConsumerSettings } from '../../clients/redisConsumer/settings.ts'
import type { Detector, OutcomeContext, OutcomeKind } from './outcome.ts'

/** An entry that a group gave out: the facts by which it was settled and by which whoever had it lost it; -1 while they did not happen. */
interface Copy {
  /** Part of the consumer under whose name it is pending. */
  consumer: number
  given: number
  givenUs: number
  settled: number
  why: string
  gone: number
}

/** A pending entry is stuck if it was not given to anybody for this share of the run, up to its end. */
const SHARE = 0.25

export class RedisStreamsDetector implements Detector {
  /** By part of the group, and message. */
  private readonly copies: (Map<number, Copy> | undefined)[] = []
  /** By part of a stream: the last fact by which entries went. */
  private readonly cuts: number[] = []
  /** By place of a client: the part of its group, -1 if it has none. */
  private readonly groups: readonly number[]
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
    const { nodes, links } = context.world.scenario
    this.groups = nodes.map(({ id, kind }) => {
      const link = kind === 'redisConsumer' ? links.find(({ to }) => to === id) : undefined
      return link ? context.placeOf(link.from) : -1
    })
  }

  read(index: number, timeUs: number, kind: number, part: number, message: number): void {
    switch (kind) {
      case FACTS.trimmed:
      case FACTS.deleted:
        this.cuts[part] = index
        break
      case FACTS.delivered:
      case FACTS.handed:
      case FACTS.redelivered:
      case FACTS.claimed:
        this.give(index, timeUs, part, message, kind === FACTS.handed)
        break
      case FACTS.acked:
        this.settle(part, message, index, 'acknowledged')
        break
      case FACTS.goneUnread:
        this.loseUnread(index, part, message)
        break
      case FACTS.gonePending:
      case FACTS.pendingDropped:
        this.settle(part, message, index, 'gone from the stream')
        break
      case FACTS.consumerDeleted:
        this.forgetConsumer(index, part)
        break
      case FACTS.groupDestroyed:
        for (const message of [...(this.copies[part]?.keys() ?? [])]) {
          this.settle(part, message, index, 'forgotten with its group')
        }
        break
      default:
        this.readClient(index, kind, part, message)
    }
  }

  end(): void {
    const { world } = this.context
    for (const [group, copies] of this.copies.entries()) {
      if (!copies) continue
      const stuck = new Map<number, Copy[]>()
      for (const [message, copy] of copies) {
        if (copy.settled !== -1) this.report('lost', group, message, copy)
        else if (copy.givenUs <= world.endUs * (1 - SHARE)) {
          stuck.set(copy.consumer, [...(stuck.get(copy.consumer) ?? []), copy])
        }
      }
      for (const [consumer, left] of stuck) this.reportStuck(group, consumer, left)
    }
  }

  private readClient(index: number, kind: number, client: number, message: number): void {
    const group = this.groups[client] ?? -1
    if (group === -1) return
    switch (kind) {
      case CLIENT_FACTS.processed:
        this.finish(group, message)
        break
      case CLIENT.gaveUp:
        this.giveUp(index, client, message)
        this.finish(group, message)
        break
      case CLIENT_FACTS.failed:
      case CLIENT.forgotten:
      case CLIENT.foundGone: {
        const copy = this.copies[group]?.get(message)
        if (!copy) break
        copy.gone = index
        this.judge(group, message, copy)
        break
      }
    }
  }

  private give(index: number, timeUs: number, part: number, message: number, noAck: boolean): void {
    const { group } = this.context.world.sim.parts[part] as Consumer
    const copies = this.copies[group.node] ?? new Map<number, Copy>()
    this.copies[group.node] = copies
    copies.set(message, {
      consumer: part,
      given: index,
      givenUs: timeUs,
      settled: noAck ? index : -1,
      why: 'given out with NOACK',
      gone: -1,
    })
  }

  /** Nobody will be given it any more. */
  private settle(group: number, message: number, index: number, why: string): void {
    const copy = this.copies[group]?.get(message)
    if (!copy || copy.settled !== -1) return
    copy.settled = index
    copy.why = why
    this.judge(group, message, copy)
  }

  /** Somebody had it, and will not finish it. */
  private judge(group: number, message: number, copy: Copy): void {
    if (copy.settled === -1 || copy.gone === -1) return
    this.report('lost', group, message, copy)
    this.copies[group]?.delete(message)
  }

  /** It had its effect; whatever is said of it from now on is no loss. */
  private finish(group: number, message: number): void {
    this.copies[group]?.delete(message)
  }

  private forgetConsumer(index: number, part: number): void {
    const { group, name } = this.context.world.sim.parts[part] as Consumer
    for (const [message, copy] of this.copies[group.node] ?? []) {
      if (copy.consumer === part) {
        this.settle(group.node, message, index, `forgotten with the consumer ${name}`)
      }
    }
  }

  private loseUnread(index: number, part: number, message: number): void {
    const { context } = this
    const { stream } = context.world.sim.parts[part] as Group
    const cut = this.cuts[stream.node]
    const node = context.nodeOf(part)
    context.report({
      kind: 'lost',
      factIndexes: cut === undefined ? [index] : [cut, index],
      message,
      key: context.records.key(message),
      node,
      sentence: `${context.label(message)} is lost to ${context.name(node)}: gone from ${stream.key} before the group was given it.`,
    })
  }

  private giveUp(index: number, client: number, message: number): void {
    const { context } = this
    const node = context.nodeOf(client)
    const { deadLetters } = context.world.scenario.nodes[client] as Partial<RedisConsumerSettings>
    const where = deadLetters === undefined ? 'acknowledges it' : 'sets it aside'
    const kind: OutcomeKind = deadLetters === undefined ? 'dropped' : 'deadLettered'
    context.report({
      kind,
      factIndexes: [index],
      message,
      key: context.records.key(message),
      node,
      sentence: `${context.name(node)} gives up on ${context.label(message)} and ${where}.`,
    })
  }

  private report(kind: OutcomeKind, group: number, message: number, copy: Copy): void {
    const { context } = this
    const name = context.name(context.nodeOf(group))
    context.report({
      kind,
      factIndexes: copy.gone === -1 ? [copy.settled] : [copy.settled, copy.gone],
      message,
      key: context.records.key(message),
      node: context.nodeOf(group),
      sentence: `${context.label(message)} is lost to ${name}: ${copy.why}, and nobody ever finishes it.`,
    })
  }

  private reportStuck(group: number, part: number, left: readonly Copy[]): void {
    const { context } = this
    const { name } = context.world.sim.parts[part] as Consumer
    const [many, them] =
      left.length === 1 ? ['one entry stays', 'it'] : [`${left.length} entries stay`, 'them']
    context.report({
      kind: 'stuck',
      factIndexes: [(left[0] as Copy).given],
      node: context.nodeOf(group),
      sentence: `In ${context.name(context.nodeOf(group))} ${many} pending for ${name} to the end: nobody claims ${them}.`,
    })
  }
}
