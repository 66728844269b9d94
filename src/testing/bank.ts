/** The article's bank account as a scenario, for tests: commands, a store, read models, and a relay. */
import type { NodeDoc, Scenario } from '../scenario/document.ts'

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
