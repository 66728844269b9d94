/**
 * What is wrong with a log itself, whoever reads it: a record that is in a topic twice, one that lies
 * behind a later one of its key (without keys: of its producer, in its partition), one that is gone although
 * its producer was told that it is safe, and records that went before a group came to them. Only topics
 * that are kept are looked at: the others write each record once, as it comes.
 */
import { DURABLE_FACTS, type Election } from '../../brokers/log/durable/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { Partition } from '../../brokers/log/partition.ts'
import { Progress } from '../../brokers/log/progress.ts'
import { PRODUCER_FACTS } from '../../clients/producer/facts.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** Where a record is: the fact that wrote it, its partition and offset. */
interface Place {
  index: number
  part: number
  offset: number
}

interface Latest {
  index: number
  message: number
}

export class KeptLogsDetector implements Detector {
  /** By topic and message; and by topic, producer and key the latest record in the log. */
  private readonly places = new Map<string, Place>()
  private readonly latest = new Map<string, Latest>()
  /** Messages that their producer knows to be safe, with the fact. */
  private readonly confirmed = new Map<number, number>()
  /** By progress: the offset that the group reads next; by partition: the last deletion. */
  private readonly positions = new Map<number, number>()
  private readonly deletions = new Map<number, number>()
  private records = 0
  private broken = 0
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(
    index: number,
    _timeUs: number,
    kind: number,
    part: number,
    message: number,
    aux: number,
  ): void {
    switch (kind) {
      case LOG_FACTS.appended:
        this.write(index, part, message, aux)
        break
      case PRODUCER_FACTS.confirmed:
        this.confirmed.set(message, index)
        break
      case DURABLE_FACTS.recordLost:
        this.lose(index, part, message)
        break
      case DURABLE_FACTS.leaderElected:
        this.cut(part, this.context.records.rowAt<Election>(aux).end)
        break
      case LOG_FACTS.trimmed:
      case DURABLE_FACTS.expired:
      case DURABLE_FACTS.oversized:
        this.deletions.set(part, index)
        break
      case LOG_FACTS.resumed:
      case LOG_FACTS.passedOver:
      case LOG_FACTS.refetched:
        this.positions.set(part, aux)
        break
      case LOG_FACTS.fetched:
        this.fetch(part, aux)
        break
      case LOG_FACTS.reset:
        this.jump(index, part, aux)
        break
    }
  }

  end(): void {}

  held(): string[] {
    if (this.records === 0 || this.broken > 0) return []
    return [`The log holds each of ${this.records} records once, and in the order of its key.`]
  }

  private write(index: number, part: number, message: number, offset: number): void {
    const partition = this.context.world.sim.parts[part]
    if (!(partition instanceof Partition) || partition.keeping === null) return
    this.records++
    const topic = partition.topic.node
    const id = `${topic}/${message}`
    const before = this.places.get(id)
    this.places.set(id, { index, part, offset })
    if (before) this.reportTwice(before, index, part, message, offset)
    else this.checkOrder(index, partition, message)
  }

  private checkOrder(index: number, partition: Partition, message: number): void {
    const { context } = this
    const { messages } = context.records
    const key = messages.key(message)
    const where = key === -1 ? partition.node : partition.topic.node
    const order = `${where}/${messages.source(message)}/${key}`
    const before = this.latest.get(order)
    if (before === undefined || before.message < message) {
      this.latest.set(order, { index, message })
      return
    }
    this.broken++
    const text = key === -1 ? '' : context.records.key(message)
    context.report({
      kind: 'outOfOrder',
      factIndexes: [before.index, index],
      message,
      key: text,
      node: context.nodeOf(partition.node),
      sentence: `${partition.name} holds ${context.label(message)}${text === '' ? '' : ` of key ${text}`} behind ${context.label(before.message)}, which was published later.`,
    })
  }

  private reportTwice(
    before: Place,
    index: number,
    part: number,
    message: number,
    offset: number,
  ): void {
    this.broken++
    const { context } = this
    const name = (at: number) => (context.world.sim.parts[at] as Partition).name
    context.report({
      kind: 'duplicated',
      factIndexes: [before.index, index],
      message,
      key: context.records.key(message),
      node: context.nodeOf(part),
      sentence: `${context.label(message)} is in the log twice: at offset ${before.offset} of ${name(before.part)} and at offset ${offset} of ${name(part)}.`,
    })
  }

  private lose(index: number, part: number, message: number): void {
    const confirmed = this.confirmed.get(message)
    if (confirmed === undefined) return
    const { context } = this
    context.report({
      kind: 'lost',
      factIndexes: [confirmed, index],
      message,
      key: context.records.key(message),
      node: context.nodeOf(part),
      sentence: `${context.label(message)} is lost: ${context.name(context.nodeOf(context.records.messages.source(message)))} was told that it is safe, and the next leader does not have it.`,
    })
  }

  /** What a new leader does not have may be written again, and is no duplicate then. */
  private cut(part: number, end: number): void {
    for (const [id, place] of this.places) {
      if (place.part === part && place.offset >= end) this.places.delete(id)
    }
    for (const [order, { index }] of this.latest) {
      const facts = this.context.records.facts
      if (facts.node(index) === part && facts.aux(index) >= end) this.latest.delete(order)
    }
  }

  private fetch(member: number, segment: number): void {
    const { records } = this.context
    const broker = records.ints(member, 'broker').get(0)
    const progress = records.ints(broker, 'segmentProgress').get(segment)
    const from = records.ints(broker, 'segmentFrom').get(segment)
    this.positions.set(progress, from + records.ints(broker, 'segmentLength').get(segment))
  }

  /** A group goes on at an offset beyond the one that it was to read next: what lay between is gone. */
  private jump(index: number, part: number, offset: number): void {
    const position = this.positions.get(part)
    this.positions.set(part, offset)
    const { context } = this
    const progress = context.world.sim.parts[part]
    if (position === undefined || offset <= position || !(progress instanceof Progress)) return
    const { partition, group } = progress
    const deletion = this.deletions.get(partition.node)
    if (deletion === undefined) return
    const count = offset - position
    const message = partition.messageAt(position)
    context.report({
      kind: 'lost',
      factIndexes: [deletion, index],
      message,
      key: message === -1 ? '' : context.records.key(message),
      node: context.nodeOf(partition.node),
      sentence: `${count === 1 ? '1 record' : `${count} records`} of ${partition.name}, from offset ${position} on, ${count === 1 ? 'is' : 'are'} lost to ${group.name}: deleted before the group came to ${count === 1 ? 'it' : 'them'}.`,
    })
  }
}
