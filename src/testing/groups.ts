/** A topic with consumer groups as a scenario, for tests: one producer, one topic, members by their names. */
import type { LogBroker } from '../brokers/log/broker.ts'
import { LOG_FACTS } from '../brokers/log/facts.ts'
import type { Topic } from '../brokers/log/topic.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { GroupConsumer } from '../clients/groupConsumer/groupConsumer.ts'
import type { GroupConsumerSettings } from '../clients/groupConsumer/settings.ts'
import type { ProducerSettings } from '../clients/producer/settings.ts'
import type { Scenario, Script } from '../scenario/document.ts'
import { SCENARIO_FORMAT } from '../scenario/document.ts'
import { World } from '../scenario/world.ts'

const position = { x: 0, y: 0 }

export interface GroupsOptions {
  seed?: number
  partitions?: number
  latencyMs?: number
  durationMs?: number
  /** Records one after another, this far apart, and how many. */
  everyMs?: number
  count?: number
  keys?: string[]
  arrivals?: ProducerSettings['arrivals']
  /** Settings of all members, and of each by its id. */
  all?: Partial<GroupConsumerSettings>
  members?: Record<string, Partial<GroupConsumerSettings>>
}

const SETTINGS: GroupConsumerSettings = {
  group: 'email',
  service: { kind: 'fixed', ms: 100 },
  maxPollRecords: 500,
  fetchMaxWaitMs: 500,
  commit: 'after',
  offsetReset: 'earliest',
}

/** Everything written to `notifications` is read by `members`, one link each: `poll-<id>`. */
export function groups(options: GroupsOptions = {}): Scenario {
  const { latencyMs = 10, members = { a: {} }, everyMs = 100 } = options
  const every = { kind: 'fixed', ms: everyMs } as const
  const ids = Object.keys(members)
  return {
    format: SCENARIO_FORMAT,
    title: 'groups',
    seed: options.seed ?? 1,
    durationMs: options.durationMs ?? 20_000,
    brokers: [{ id: 'kafka', family: 'log' }],
    nodes: [
      {
        kind: 'producer',
        id: 'site',
        name: 'site',
        position,
        arrivals: options.arrivals ?? { kind: 'interval', every, count: options.count ?? 10 },
        bodies: ['User {n}'],
        ...(options.keys && { keys: { kind: 'turn', of: options.keys } as const }),
      },
      {
        kind: 'topic',
        id: 'notifications',
        name: 'notifications',
        broker: 'kafka',
        partitions: options.partitions ?? 1,
        position,
      },
      ...ids.map((id) => ({
        kind: 'groupConsumer' as const,
        id,
        name: id,
        position,
        ...SETTINGS,
        ...options.all,
        ...members[id],
      })),
    ],
    links: [
      { id: 'send', from: 'site', to: 'notifications', latencyMs },
      ...ids.map((id) => ({ id: `poll-${id}`, from: 'notifications', to: id, latencyMs })),
    ],
  }
}

/** A scenario that has run to its end, and what there is to ask about it. */
export class GroupsRun {
  readonly world: World
  readonly topic: Topic
  readonly broker: LogBroker

  constructor(scenario: Scenario, script: Script = []) {
    this.world = new World(scenario)
    this.world.start(script)
    this.world.run(this.world.endUs)
    this.topic = this.world.part('notifications') as Topic
    this.broker = this.world.broker('kafka')
  }

  member(id: string): GroupConsumer {
    return this.world.part(id) as GroupConsumer
  }

  /** Bodies of what a member has processed, in the order of time. */
  processed(id: string): string[] {
    const { node } = this.member(id)
    return this.facts(CLIENT_FACTS.processed)
      .filter((fact) => fact.node === node)
      .map(({ message }) => this.world.records.body(message))
  }

  /** Bodies that were marked as having been through the group before. */
  redelivered(id: string): string[] {
    const member = this.member(id)
    const marked: string[] = []
    for (let place = 0; place < member.received; place++) {
      if (!member.isRedelivered(place)) continue
      marked.push(this.world.records.body(member.messageAt(place)))
    }
    return marked
  }

  /** Committed offset of each partition. */
  committed(name = 'email'): number[] {
    const group = this.broker.group(name)
    return this.topic.partitions.map((partition) => {
      return (group && this.broker.progress(group, partition)?.committed) ?? -1
    })
  }

  /** Times and offsets of the commits of a group, by whom. */
  commits(): { atMs: number; by: string; offset: number }[] {
    return this.facts(LOG_FACTS.committed).map(({ timeUs, node, aux }) => ({
      atMs: timeUs / 1000,
      by: this.world.owner(node),
      offset: this.broker.commits.offsetOf(aux),
    }))
  }

  facts(kind: number): { timeUs: number; node: number; message: number; aux: number }[] {
    const found: { timeUs: number; node: number; message: number; aux: number }[] = []
    const { facts } = this.world.records
    facts.each(0, facts.count, (timeUs, k, node, message, aux) => {
      if (k === kind) found.push({ timeUs, node, message, aux })
    })
    return found
  }
}
