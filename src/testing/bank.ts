/** The article's bank account as a scenario, for tests: commands, a store, read models, and a relay. */
import type { RecordedEvent } from '../brokers/eventstore/eventLog.ts'
import type { EventStore } from '../brokers/eventstore/store.ts'
import type { CommandHandler } from '../clients/commandHandler/commandHandler.ts'
import { account } from '../clients/commandHandler/domains/account.ts'
import type { Projection } from '../clients/projection/projection.ts'
import { RELAY_FACTS } from '../clients/relay/facts.ts'
import type { Relay } from '../clients/relay/relay.ts'
import type { Records } from '../engine/records.ts'
import type { NodeDoc, Scenario, Script } from '../scenario/document.ts'
import { World } from '../scenario/world.ts'

const position = { x: 0, y: 0 }

/** The commands that lead to the article's events. */
export const ARTICLE_COMMANDS = [
  '{"type":"CreateAccount","account":"acc1"}',
  '{"type":"Deposit","account":"acc1","amount":100}',
  '{"type":"Withdraw","account":"acc1","amount":50}',
]

export interface BankOptions {
  seed?: number
  /** Latency of every link. */
  latencyMs?: number
  /** Bodies that each teller sends in turn, one every `everyMs`. */
  tellers?: string[][]
  everyMs?: number
  serviceMs?: { minMs: number; maxMs: number }
  retries?: number
  durationMs?: number
}

/** One producer and one command handler a teller, all of them on one store. */
export function bank(options: BankOptions = {}): Scenario {
  const { seed = 1, latencyMs = 10, tellers = [ARTICLE_COMMANDS], everyMs = 1000 } = options
  const service = { kind: 'uniform', ...(options.serviceMs ?? { minMs: 5, maxMs: 20 }) } as const
  const arrivals = { kind: 'interval', every: { kind: 'fixed', ms: everyMs } } as const
  const writers = tellers.flatMap((bodies, i): NodeDoc[] => [
    {
      id: `teller${i}`,
      kind: 'producer',
      name: `teller ${i}`,
      position,
      arrivals: { ...arrivals, count: bodies.length },
      bodies,
    },
    {
      id: `accounts${i}`,
      kind: 'commandHandler',
      name: 'accounts',
      position,
      domain: 'account',
      stream: 'account-acc1',
      service,
      retries: options.retries ?? 3,
    },
  ])
  const nodes: NodeDoc[] = [
    ...writers,
    { id: 'store', kind: 'eventStore', name: 'events', broker: 'kurrent', position },
    { id: 'balance', kind: 'projection', name: 'balances', position, view: 'balance', service },
    {
      id: 'statement',
      kind: 'projection',
      name: 'statement',
      position,
      view: 'statement',
      service,
    },
    { id: 'relay', kind: 'relay', name: 'relay', position, pollMs: 100, batch: 10, saveMs: 50 },
    { id: 'mail', kind: 'queue', name: 'mail', broker: 'rabbit', position },
  ]
  const links = [
    ...tellers.flatMap((_, i) => [
      [`teller${i}`, `accounts${i}`],
      [`accounts${i}`, 'store'],
    ]),
    ['store', 'balance'],
    ['store', 'statement'],
    ['store', 'relay'],
    ['relay', 'mail'],
  ].map(([from = '', to = '']) => ({ id: `${from}-${to}`, from, to, latencyMs }))
  return {
    format: 'eventarium-scenario/1',
    title: 'bank',
    seed,
    durationMs: options.durationMs ?? 10_000,
    brokers: [
      { id: 'kurrent', family: 'eventstore' },
      { id: 'rabbit', family: 'amqp' },
    ],
    nodes,
    links,
  }
}

/** A bank that has run to its end (or, on the records of another run, waits for facts), and what there is to ask about it. */
export class BankRun {
  readonly world: World
  readonly store: EventStore

  constructor(scenario: Scenario, script: Script = [], records?: Records) {
    this.world = new World(scenario, records)
    if (records === undefined) {
      this.world.start(script)
      this.world.run(this.world.endUs)
    }
    this.store = this.world.part('store') as EventStore
  }

  events(): RecordedEvent[] {
    return this.store.readAll(0, this.store.count).map((at) => this.store.log.event(at))
  }

  /** The balance of `acc1` after each of its events. */
  balances(): (number | undefined)[] {
    const positions = this.store.read('account-acc1', 0, 'forwards', this.store.count)
    let state = account.initialState()
    return positions.map((position) => {
      state = account.evolve(state, this.store.log.event(position))
      return state?.balance
    })
  }

  handler(teller: number): CommandHandler {
    return this.world.part(`accounts${teller}`) as CommandHandler
  }

  rejections(teller: number): string[] {
    const handler = this.handler(teller)
    return Array.from({ length: handler.rejections }, (_, i) => handler.rejection(i).reason)
  }

  projection(id: 'balance' | 'statement'): Projection {
    return this.world.part(id) as Projection
  }

  relay(): Relay {
    return this.world.part('relay') as Relay
  }

  /** Positions of the events in the order in which the relay published them. */
  relayed(): number[] {
    const { facts } = this.world.records
    return this.facts(RELAY_FACTS.relayed).map((at) =>
      this.store.log.firstPosition(facts.message(at)),
    )
  }

  /** Indexes of the facts of a kind. */
  facts(kind: number): number[] {
    const { facts } = this.world.records
    const found: number[] = []
    for (let at = 0; at < facts.count; at++) if (facts.kind(at) === kind) found.push(at)
    return found
  }
}
