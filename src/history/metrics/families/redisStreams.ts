/** Numbers of Redis streams, of their groups, and of those who read them. */
import { REDIS_STREAM_FACTS as FACTS } from '../../../brokers/log/redisStreams/facts.ts'
import type { Consumer } from '../../../brokers/log/redisStreams/group.ts'
import type { Stream } from '../../../brokers/log/redisStreams/stream.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { EntryWorker } from '../../../clients/redisConsumer/entryWorker.ts'
import { REDIS_CLIENT_FACTS } from '../../../clients/redisConsumer/facts.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

/** Facts that are one more of something at the part that they are about. */
const COUNTED: Readonly<Record<number, string>> = {
  [FACTS.added]: 'added',
  [FACTS.deleted]: 'deleted',
  [REDIS_CLIENT_FACTS.gaveUp]: 'setAside',
}

const DROPPED: Readonly<Record<number, string>> = {
  [FACTS.goneUnread]: 'unread',
  [FACTS.gonePending]: 'pending',
  [REDIS_CLIENT_FACTS.foundGone]: 'gone',
  [REDIS_CLIENT_FACTS.forgotten]: 'crashed',
}

/** Facts about a consumer as the server knows it, which count at its group. */
const OF_GROUP: Readonly<Record<number, string>> = {
  [FACTS.delivered]: 'delivered',
  [FACTS.handed]: 'delivered',
  [FACTS.redelivered]: 'redelivered',
  [FACTS.claimed]: 'claimed',
}

export class RedisStreamsCounter implements Counter {
  private readonly trimmed: number[] = []
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    const counted = COUNTED[kind]
    const dropped = DROPPED[kind]
    const ofGroup = OF_GROUP[kind]
    if (counted !== undefined) this.meter(part)?.count(counted)
    else if (dropped !== undefined) this.meter(part)?.drop(dropped)
    else if (ofGroup !== undefined) this.groupOf(part)?.count(ofGroup)
    else this.countOther(timeUs, kind, part, message, aux)
  }

  private countOther(timeUs: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case FACTS.trimmed: {
        const { trimmedCount } = this.part<Stream>(part)
        this.meter(part)?.drop('trimmed', trimmedCount - (this.trimmed[part] ?? 0))
        this.trimmed[part] = trimmedCount
        break
      }
      case FACTS.consumerDeleted:
        this.groupOf(part)?.drop('consumerDeleted', aux)
        break
      case FACTS.acked: {
        const meter = this.meter(part)
        meter?.count('acked')
        meter?.sojourn.add(timeUs - this.context.world.records.messages.bornUs(message))
        break
      }
      case REDIS_CLIENT_FACTS.batchTaken:
        this.countBatch(part, aux)
        break
      default:
        this.countWork(timeUs, kind, part, message)
    }
  }

  private countBatch(part: number, answer: number): void {
    const { answers } = this.part<EntryWorker<never>>(part)
    const meter = this.meter(part)
    const count = answers.countOf(answer)
    meter?.count('received', count)
    for (let i = 0; i < count; i++) {
      if (answers.entryAt(answer, i).deliveries > 1) meter?.count('redelivered')
    }
  }

  private countWork(timeUs: number, kind: number, part: number, message: number): void {
    if (kind < CLIENT_FACTS.started || kind > CLIENT_FACTS.failed) return
    if (!(this.part(part) instanceof EntryWorker)) return
    const meter = this.meter(part)
    const bornUs = this.context.world.records.messages.bornUs(message)
    if (kind === CLIENT_FACTS.started) meter?.waiting.add(timeUs - bornUs)
    else meter?.count(kind === CLIENT_FACTS.processed ? 'processed' : 'failed')
    if (kind === CLIENT_FACTS.processed) meter?.sojourn.add(timeUs - bornUs)
  }

  private groupOf(consumer: number): NodeMeter | undefined {
    return this.meter(this.part<Consumer>(consumer).group.node)
  }

  private meter(part: number): NodeMeter | undefined {
    return this.context.meters[part]
  }

  private part<P>(part: number): P {
    return this.context.world.sim.parts[part] as P
  }
}
