/** A log that is kept, without a scenario: requests by hand, answers written down, time moved by hand. */
import { usFromMs } from '../base/time.ts'
import { DurableLog, keepingOf } from '../brokers/log/durable/durableLog.ts'
import type { PartitionKeeping } from '../brokers/log/durable/partitionKeeping.ts'
import { ANYONE, type Writer } from '../brokers/log/durable/producers.ts'
import type { TopicSettings } from '../brokers/log/keeping.ts'
import type { Partition } from '../brokers/log/partition.ts'
import { Records } from '../engine/records.ts'
import { LogRun } from './logRun.ts'

export class DurableRun {
  readonly log: LogRun
  /** `tag:code` of each answer. */
  readonly answers: string[] = []
  readonly ended: string[] = []
  private tag = 0
  private extension: DurableLog | null = null
  private readonly size: number

  constructor(size = 3, records = new Records()) {
    this.size = size
    this.log = new LogRun(
      {
        extend: (broker) => {
          this.extension = new DurableLog(
            broker,
            { size, sessionUs: usFromMs(1000) },
            {
              produced: (_client, tag, _message, code) => this.answers.push(`${tag}:${code}`),
              ended: (client) => this.ended.push(client),
            },
          )
          return this.extension
        },
      },
      records,
    )
  }

  get cluster(): DurableLog {
    return this.extension as DurableLog
  }
  get partition(): Partition {
    return this.log.partition(0)
  }
  get keeping(): PartitionKeeping {
    return keepingOf(this.partition)
  }

  withTopic(settings: TopicSettings, partitions = 1): this {
    this.log.broker.createTopic('notifications', partitions, undefined, settings)
    return this
  }

  /** A batch of so many records; returns its tag. */
  produce(
    bodies: readonly string[],
    options: { acks?: 0 | 1 | -1; writer?: Partial<Writer>; key?: string; partition?: number } = {},
  ): number {
    const { strings, messages } = this.log.records
    const key = options.key === undefined ? -1 : strings.id(options.key)
    const { nowUs } = this.log.sim
    this.cluster.produce({
      partition: this.log.partition(options.partition ?? 0),
      messages: bodies.map((body) =>
        messages.addRow(nowUs, strings.id(body), messages.count, key, -1, -1, 999),
      ),
      writer: { ...ANYONE, ...options.writer },
      acks: options.acks ?? -1,
      client: 0,
      tag: ++this.tag,
      transactionTimeoutUs: usFromMs(60_000),
    })
    return this.tag
  }

  wait(ms: number): void {
    this.log.runMs(ms)
  }

  /** Bodies of what is in a partition from its start on, `·` for what is no record, `!` before what was aborted. */
  contents(committedOnly = false, index = 0): string[] {
    const partition = this.log.partition(index)
    const { records } = this.log
    const listed: string[] = []
    const end = committedOnly ? partition.readEnd(true) : partition.end
    for (let offset = partition.start; offset < end; offset++) {
      const message = partition.messageAt(offset)
      const readable = partition.isReadable(offset, committedOnly)
      listed.push(readable ? records.body(message) : '·')
    }
    return listed
  }

  /** The same broker, folded from the facts alone. */
  folded(): DurableRun {
    const other = new DurableRun(this.size, this.log.records)
    const { facts } = this.log.records
    for (let i = 0; i < facts.count; i++) other.log.sim.applyFact(i)
    return other
  }
}
