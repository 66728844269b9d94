/** A partitioned log without a scenario: clients are names, answers are written down, time is moved by hand. */

import { must } from '../base/assert.ts'
import { usFromMs } from '../base/time.ts'
import { LogBroker, type LogOptions } from '../brokers/log/broker.ts'
import type { Assignment, JoinRequest } from '../brokers/log/coordinator.ts'
import type { Member } from '../brokers/log/member.ts'
import type { Partition } from '../brokers/log/partition.ts'
import type { Progress } from '../brokers/log/progress.ts'
import type { Topic } from '../brokers/log/topic.ts'
import { Loader, Saver } from '../engine/archive.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'

const MAKER = 999

export interface JoinOptions extends Partial<Omit<JoinRequest, 'topics'>> {
  topics?: string[]
}

/** What a member was answered, in the order of time. */
export interface Answer {
  client: string
  assigned?: string[]
  /** `notifications/0@4` of each record. */
  batch?: string[]
  /** Name by which the next poll shows that the batch arrived. */
  first?: number
  refused?: number
}

export class LogRun {
  readonly records: Records
  readonly sim: Simulation
  readonly broker: LogBroker
  readonly answers: Answer[] = []
  private readonly options: Partial<LogOptions>

  constructor(options: Partial<LogOptions> = {}, records = new Records(), seed = 1) {
    this.options = options
    this.records = records
    this.sim = new Simulation(records, seed)
    this.broker = new LogBroker(
      this.sim,
      this.sim.nextNode(),
      {
        assigned: (member, row) => this.noteAssigned(member, row),
        batch: (member, _topic, _message, first, count) => this.noteBatch(member, first, count),
        refused: (member, code) => this.answers.push({ client: member.client, refused: code }),
      },
      options,
    )
  }

  topic(name = 'notifications'): Topic {
    return must(this.broker.topic(name), `topic ${name}`)
  }
  partition(index: number, topic = 'notifications'): Partition {
    return must(this.topic(topic).partitions[index], `partition ${index} of ${topic}`)
  }
  progress(group: string, index = 0, topic = 'notifications'): Progress {
    const known = must(this.broker.group(group), `group ${group}`)
    return must(this.broker.progress(known, this.partition(index, topic)), `progress of ${group}`)
  }
  member(client: string): Member {
    return must(this.broker.memberOf(client), `member ${client}`)
  }

  /** Writes a record and says where it went: `notifications/0@4`. */
  append(key: string | null, options: { topic?: string; partition?: number; maker?: number } = {}) {
    const { strings, messages } = this.records
    const keyId = key === null ? -1 : strings.id(key)
    const maker = options.maker ?? MAKER
    const body = strings.id('record {n}')
    const message = messages.addRow(this.sim.nowUs, body, messages.count, keyId, -1, -1, maker)
    const topic = this.topic(options.topic)
    const partition = this.broker.append(topic, message, keyId, options.partition)
    return `${partition.name}@${partition.end - 1}`
  }

  join(client: string, options: JoinOptions = {}): void {
    const { topics = ['notifications'], ...rest } = options
    this.broker.joinGroup({
      group: 'billing',
      client,
      incarnation: 1,
      sessionTimeoutUs: usFromMs(3000),
      rebalanceTimeoutUs: usFromMs(300_000),
      offsetReset: 'earliest',
      ...rest,
      topics: topics.map((name) => this.topic(name)),
    })
  }

  /** Polls with the member's present generation; the answer may come later. */
  poll(client: string, max = 100, waitMs = 500): void {
    const member = this.member(client)
    const { generation } = member.group
    this.broker.fetch(member, generation, this.lastBatchOf(client), max, usFromMs(waitMs))
  }

  /** Commits everything that the member was sent in a partition. */
  commit(client: string, index = 0, topic = 'notifications'): number {
    const member = this.member(client)
    const progress = this.progress(member.group.name, index, topic)
    return this.broker.commit(member, member.group.generation, progress, progress.position)
  }

  /** Everyone gives signs of life while the time goes on. */
  runMs(ms: number, alive: readonly string[] = []): void {
    const endUs = this.sim.nowUs + usFromMs(ms)
    for (let us = this.sim.nowUs; us < endUs; us += usFromMs(1000)) {
      for (const client of alive) {
        const member = this.member(client)
        this.broker.heartbeat(member, member.group.generation)
      }
      this.sim.runUntil(Math.min(endUs, us + usFromMs(1000)))
      this.sim.nowUs = Math.min(endUs, us + usFromMs(1000))
    }
  }

  /** Lets everything happen that is due now. */
  settle(): void {
    this.sim.runUntil(this.sim.nowUs)
  }

  /** Answers to a client since the last question, all of them if it is asked for the first time. */
  answersTo(client: string): Answer[] {
    return this.answers.filter((answer) => answer.client === client)
  }
  lastAnswer(client: string): Omit<Answer, 'client' | 'first'> | undefined {
    const last = this.answersTo(client).at(-1)
    if (!last) return undefined
    const { client: _client, first: _first, ...answer } = last
    return answer
  }

  /** Owners of the partitions: client or null. */
  owners(group: string, topic = 'notifications'): (string | null)[] {
    return this.topic(topic).partitions.map(({ index }) => {
      const { owner } = this.progress(group, index, topic)
      return owner === -1 ? null : this.broker.member(owner).client
    })
  }

  /** Node, message and aux of all facts of a kind. */
  facts(kind: number): { node: number; message: number; aux: number }[] {
    const found: { node: number; message: number; aux: number }[] = []
    const { facts } = this.records
    facts.each(0, facts.count, (_us, k, node, message, aux) => {
      if (k === kind) found.push({ node, message, aux })
    })
    return found
  }

  archive(): number[] {
    const saver = new Saver()
    this.broker.archive(saver)
    return [...saver.done()]
  }

  /** The archive of a broker that has only been shown the facts. */
  foldedArchive(): number[] {
    const viewed = new LogRun(this.options, this.records)
    for (let i = 0; i < this.records.facts.count; i++) viewed.sim.applyFact(i)
    return viewed.archive()
  }

  /** The archive of a broker that was restored from this one's. */
  restoredArchive(): number[] {
    const restored = new LogRun(this.options, this.records)
    const loader = new Loader(Uint8Array.from(this.archive()))
    restored.broker.archive(loader)
    loader.finish()
    return restored.archive()
  }

  private lastBatchOf(client: string): number {
    const answers = this.answersTo(client)
    const since = answers.slice(answers.findLastIndex((answer) => answer.assigned) + 1)
    return since.findLast((answer) => answer.batch && answer.batch.length > 0)?.first ?? -1
  }

  private noteAssigned(member: Member, row: number): void {
    const { progress, positions } = this.records.rowAt<Assignment>(row)
    const assigned = progress.map((part, i) => {
      return `${this.broker.progressAt(part).partition.name}@${positions[i]}`
    })
    this.answers.push({ client: member.client, assigned })
  }

  private noteBatch(member: Member, first: number, count: number): void {
    const { segments } = this.broker
    const batch: string[] = []
    for (let segment = first; batch.length < count; segment++) {
      const { partition } = this.broker.progressAt(segments.progressOf(segment))
      for (let i = 0; i < segments.lengthOf(segment); i++) {
        batch.push(`${partition.name}@${segments.fromOf(segment) + i}`)
      }
    }
    this.answers.push({ client: member.client, batch, first })
  }
}
