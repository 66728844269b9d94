/**
 * Records of a topic that a group skips: it committed an offset beyond them, and none of its members ever
 * finished them. Judged at the end of the run, without what a member still has in hand; what a person
 * skipped by a seek is no loss.
 */
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import type { Progress } from '../../brokers/log/progress.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** What a group has said about a partition, by the part of its progress. */
interface Reading {
  /** Everything below is accounted for: handled, lost, or skipped by a person. */
  floor: number
  handled: Set<number>
  /** Offsets that were committed before they were handled, with the fact of the commit. */
  ahead: Map<number, number>
  /** The fact by which work on an offset was given up: the handler threw. */
  failed: Map<number, number>
}

export class LostRecordsDetector implements Detector {
  private readonly readings = new Map<number, Reading>()
  /** Fact of the last crash, by part of the client; and the client that committed, by the fact. */
  private readonly crashes: number[] = []
  private readonly committers = new Map<number, number>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case LOG_FACTS.reset:
      case LOG_FACTS.seeked:
        this.readingOf(part).floor = aux
        break
      case LOG_FACTS.committed:
        this.commit(index, part, aux)
        break
      case CLIENT_FACTS.processed:
      case CLIENT_FACTS.failed:
        this.handle(index, kind, part, message, aux)
        break
      case CLIENT_FACTS.crashed:
        this.crashes[part] = index
        break
    }
  }

  end(): void {
    const inHand = this.inHand()
    for (const [progress, { ahead, failed }] of this.readings) {
      for (const [offset, commit] of ahead) {
        if (!inHand.has(`${progress}/${offset}`)) this.report(progress, offset, commit, failed)
      }
    }
  }

  private commit(index: number, member: number, commit: number): void {
    const { records } = this.context
    const broker = records.ints(member, 'broker').get(0)
    const progress = records.ints(broker, 'commitProgress').get(commit)
    const offset = records.ints(broker, 'commitOffset').get(commit)
    const reading = this.readingOf(progress)
    for (let at = reading.floor; at < offset; at++) {
      if (!reading.handled.delete(at)) reading.ahead.set(at, index)
    }
    reading.floor = Math.max(reading.floor, offset)
    this.committers.set(index, this.context.placeOf(this.context.nodeOf(member)))
  }

  private handle(index: number, kind: number, part: number, message: number, place: number): void {
    const { records, world } = this.context
    if (message === -1 || world.scenario.nodes[part]?.kind !== 'groupConsumer') return
    const reading = this.readingOf(records.ints(part, 'progress').get(place))
    const offset = records.ints(part, 'offset').get(place)
    if (kind === CLIENT_FACTS.failed) reading.failed.set(offset, index)
    else if (!reading.ahead.delete(offset)) reading.handled.add(offset)
  }

  /** `progress/offset` of what members that run have in hand at the end. */
  private inHand(): Set<string> {
    const { records, world } = this.context
    const found = new Set<string>()
    for (const part of world.sim.parts) {
      if (!(part instanceof GroupConsumer) || part.isCrashed) continue
      for (let place = part.taken; place < part.received; place++) {
        const progress = records.ints(part.node, 'progress').get(place)
        found.add(`${progress}/${records.ints(part.node, 'offset').get(place)}`)
      }
    }
    return found
  }

  private report(
    progress: number,
    offset: number,
    commit: number,
    failed: ReadonlyMap<number, number>,
  ): void {
    const { context } = this
    const { partition, group } = context.world.sim.parts[progress] as Progress
    // Control records, what was compacted away and what a new leader does not have is no reader's.
    if (offset >= partition.end || !partition.isReadable(offset, true)) return
    const message = partition.messageAt(offset)
    // A control record is nobody's to process.
    if (message === -1) return
    const cause = failed.get(offset) ?? this.crashes[this.committers.get(commit) ?? -1]
    const why = failed.has(offset) ? 'its handler threw' : 'nobody has processed it'
    context.report({
      kind: 'lost',
      factIndexes: cause === undefined ? [commit] : [commit, cause],
      message,
      key: context.records.key(message),
      node: context.nodeOf(partition.node),
      sentence: `${context.label(message)} is lost to ${group.name}: the group has committed an offset beyond it, and ${why}.`,
    })
  }

  private readingOf(progress: number): Reading {
    const known = this.readings.get(progress)
    if (known) return known
    const made: Reading = { floor: 0, handled: new Set(), ahead: new Map(), failed: new Map() }
    this.readings.set(progress, made)
    return made
  }
}
