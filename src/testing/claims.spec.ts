/** Every statement of the comparison is shown by its run: each is held against the frame of its moment and the facts before it. */
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import type { StateOf } from '../history/frame.ts'
import { History } from '../history/history.ts'
import { CLAIMS, claimsOf, PATTERNS, ROWS } from '../scenario/claims.ts'
import type { NodeKind } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import { parseScript } from '../scenario/validate.ts'
import { findVerdict, type Verdict } from '../scenario/verdicts.ts'
import { factTexts } from './factTexts.ts'

/** A claim's run, put at its moment. */
class Shown {
  readonly history: History
  private readonly frame
  /** `node kind body` of the facts up to the moment. */
  readonly facts: string[]

  constructor({ run }: Verdict) {
    const { scenario } = must(findExample(run.exampleId), run.exampleId)
    this.history = new History(scenario, run.script)
    while (this.history.live.sim.nowUs <= run.timeUs && this.history.advance());
    this.history.seek({ atUs: run.timeUs })
    this.frame = this.history.frame()
    this.facts = factTexts(this.history.live.records, this.frame.factIndex, (part) =>
      this.history.live.owner(part),
    )
  }

  node<K extends NodeKind>(kind: K, id: string): StateOf<K> {
    const state = this.frame.nodes.find((node) => node.id === id)
    expect(state?.kind, id).toBe(kind)
    return state as unknown as StateOf<K>
  }

  /** Bodies (or keys) of the messages that a client has processed, in that order. */
  processed(client: string, by: 'body' | 'key' = 'body'): string[] {
    const { records } = this.history.live
    return this.facts
      .filter((fact) => fact.startsWith(`${client} processed `))
      .map((fact) => Number(fact.split(' ')[2]))
      .map((message) => (by === 'body' ? records.body(message) : records.key(message)))
  }

  /** Bodies of what a client holds at the moment. */
  held(client: string): string[] {
    const state = this.frame.nodes.find((node) => node.id === client)
    const jobs = state && 'jobs' in state ? state.jobs : []
    return jobs.map(({ message }) => this.history.live.records.body(message))
  }

  happened(client: string, kind: string): number {
    return this.facts.filter((fact) => fact.startsWith(`${client} ${kind} `)).length
  }
}

const orders = (...numbers: number[]) => numbers.map((number) => `Order${number}`)
const balanceOf = (shown: Shown) => shown.node('projection', 'balance').rows[0]?.balance
const typesIn = (shown: Shown) =>
  shown.node('eventStore', 'events').streams[0]?.events.map(({ type }) => type)

/** What each run must show. A claim without an entry here fails. */
const SHOWN: Record<string, (shown: Shown) => void> = {
  'queue-communication': (shown) => {
    expect(shown.node('exchange', 'default').routed).toBe(1)
    expect(shown.node('queue', 'orders').delivered).toBe(0)
  },
  'queue-consumers': (shown) => {
    const [job] = shown.node('consumer', 'worker-2').jobs
    expect(shown.held('worker-2')[0]).toBe('Order125')
    expect(job?.redelivered).toBe(true)
    expect(shown.node('consumer', 'worker-1').crashed).toBe(true)
  },
  'queue-ordering': (shown) => {
    expect(shown.processed('worker-2')).toEqual(orders(124))
    expect(shown.processed('worker-1')).toEqual([])
  },
  'queue-use': (shown) => {
    expect(shown.held('worker')).toEqual(orders(123))
    expect(shown.node('consumer', 'worker').jobs[0]?.state).toBe('working')
  },
  'queue-delivery': (shown) => {
    expect(shown.processed('worker')).toEqual(orders(124))
    expect(shown.node('queue', 'orders').readyCount).toBe(0)
    expect(shown.held('worker')).not.toContain('Order123')
  },
  'queue-order-kept': (shown) => {
    expect(shown.processed('worker-2')).toEqual(orders(124, 126, 125))
  },
  'queue-decouples': (shown) => {
    expect(shown.node('consumer', 'worker').crashed).toBe(true)
    expect(shown.node('queue', 'orders').readyCount).toBeGreaterThanOrEqual(2)
  },
  'queue-one-consumer': (shown) => {
    expect(shown.held('billing')).toEqual(orders(123))
    expect(shown.held('shipping')).toEqual(orders(123))
  },
  'queue-scaling': (shown) => {
    expect(shown.node('queue', 'orders').readyCount).toBeGreaterThan(8)
  },
  'queue-bottleneck': (shown) => {
    expect(shown.node('queue', 'line').readyCount).toBe(29)
  },
  'pubsub-communication': (shown) => {
    expect(shown.held('email')).toEqual(['New user registered'])
    expect(shown.node('groupConsumer', 'email').jobs[0]?.message).toBe(
      shown.node('groupConsumer', 'analytics').jobs[0]?.message,
    )
  },
  'pubsub-consumers': (shown) => {
    expect(shown.node('groupConsumer', 'analytics').crashed).toBe(true)
    expect(shown.processed('analytics')).toHaveLength(1)
    expect(shown.processed('email').length).toBeGreaterThanOrEqual(5)
  },
  'pubsub-ordering': (shown) => {
    for (const { records } of shown.node('topic', 'notifications').partitions) {
      const made = records.map(({ message }) => message)
      expect(made).toEqual([...made].sort((a, b) => a - b))
    }
    const keys = shown
      .node('topic', 'notifications')
      .partitions.map(
        ({ records }) =>
          new Set(records.map(({ message }) => shown.history.live.records.key(message))),
      )
    const all = keys.flatMap((set) => [...set])
    expect(new Set(all).size).toBe(all.length)
  },
  'pubsub-use': (shown) => {
    expect(shown.node('groupConsumer', 'email').jobs[0]?.state).toBe('working')
  },
  'pubsub-multiple': (shown) => {
    expect(shown.processed('analytics')).toHaveLength(1)
    expect(shown.processed('email')).toHaveLength(0)
    expect(shown.node('groupConsumer', 'email').jobs[0]?.state).toBe('working')
  },
  'pubsub-scalable': (shown) => {
    expect(shown.node('groupConsumer', 'email-3').assigned).toEqual([])
    expect(shown.processed('email-1').length * shown.processed('email-2').length).toBeGreaterThan(3)
  },
  'pubsub-realtime': (shown) => {
    expect(shown.processed('email')).toHaveLength(3)
    expect(shown.processed('analytics')).toHaveLength(1)
  },
  'pubsub-no-order': (shown) => {
    expect(shown.processed('email-1')).toContain('User 4 registered')
    expect(shown.processed('email-2')).not.toContain('User 3 registered')
  },
  'pubsub-setup': (shown) => {
    const topic = shown.node('topic', 'notifications')
    const group = must(
      topic.groups.find(({ name }) => name === 'analytics'),
      'group',
    )
    expect(shown.happened('notifications', 'seeked')).toBe(3)
    // One before the crash, one after the restart: four of the six in between are behind its offsets.
    expect(shown.processed('analytics')).toHaveLength(2)
    const behind = group.partitions.reduce((sum, { committed }) => sum + committed, 0)
    expect(behind - 1).toBe(4)
  },
  'pubsub-duplicates': (shown) => {
    const keys = shown.processed('email', 'key')
    expect(keys).toEqual(['alice', 'bob', 'alice', 'bob'])
    expect(shown.node('groupConsumer', 'email').effects.map(({ times }) => times)).toEqual([
      1, 1, 2, 2,
    ])
  },
  'events-communication': (shown) => {
    expect(typesIn(shown)).toEqual(['AccountCreated', 'Deposited', 'Withdrawn'])
  },
  'events-consumers': (shown) => {
    expect(shown.held('account')[0]).toContain('Withdraw')
    expect(shown.happened('account', 'loaded')).toBe(3)
  },
  'events-ordering': (shown) => {
    expect(typesIn(shown)).toEqual(['AccountCreated', 'Deposited'])
    expect(shown.happened('events', 'conflicted')).toBe(1)
  },
  'events-use': (shown) => expect(balanceOf(shown)).toBe(100),
  'events-audit': (shown) => {
    expect(typesIn(shown)).toHaveLength(3)
    expect(shown.node('commandHandler', 'account').rejected).toHaveLength(1)
  },
  'events-time-travel': (shown) => expect(balanceOf(shown)).toBe(0),
  'events-cqrs': (shown) => {
    expect(typesIn(shown)).toEqual(['AccountCreated', 'Deposited'])
    expect(balanceOf(shown)).toBe(0)
  },
  'events-replay': (shown) => {
    expect(shown.node('projection', 'balance').lag).toBeGreaterThan(40)
  },
  'events-storage': (shown) => {
    expect(shown.node('eventStore', 'events').position).toBe(170)
    expect(shown.node('projection', 'balance').rows).toHaveLength(1)
  },
  'events-schema': (shown) => {
    expect(typesIn(shown)).toHaveLength(5)
    expect(balanceOf(shown)).toBe(50)
  },
}

describe('the comparison', () => {
  it('given the table, then each pattern has one cell a row and three pros and cons', () => {
    for (const { id } of PATTERNS) {
      expect(ROWS.map((row) => claimsOf(id, row.id).length)).toEqual([1, 1, 1, 1, 3, 3])
    }
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length)
    expect(Object.keys(SHOWN)).toEqual(CLAIMS.map(({ id }) => id))
  })

  it.each(CLAIMS.map(({ id }) => [id, must(findVerdict(id), id)] as const))(
    'given %s, then its run is valid and shows it',
    (id, claim) => {
      const { scenario } = must(findExample(claim.run.exampleId), claim.run.exampleId)
      expect(parseScript(claim.run.script, scenario).ok).toBe(true)
      expect(scenario.nodes.map((node) => node.id)).toContain(claim.run.selection.id)
      expect(claim.run.timeUs).toBeLessThan(scenario.durationMs * 1000)
      must(SHOWN[id], `what ${id} shows`)(new Shown(claim))
    },
  )
})
