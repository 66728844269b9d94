/** Parts of the runs on event stores, with what most of them have in common. */
import type {
  CommandHandlerDoc,
  ContentsDoc,
  EventStoreDoc,
  LinkDoc,
  NodeDoc,
  ProducerDoc,
  ProjectionDoc,
  Scenario,
} from '../../document.ts'
import { type ExampleBody, inColumns, type RowsOfIds, type Unplaced } from '../example.ts'

type Rest<Doc> = Partial<Omit<Doc, 'kind' | 'id' | 'position'>>

export function sender(
  id: string,
  atMs: number[],
  bodies: string[],
  rest: Rest<ProducerDoc> = {},
): Unplaced {
  return { kind: 'producer', id, name: id, arrivals: { kind: 'trace', atMs }, bodies, ...rest }
}

/** Sends its bodies in turn, one every so often. */
export function steady(id: string, everyMs: number, firstMs: number, bodies: string[]): Unplaced {
  const arrivals = { kind: 'interval', every: { kind: 'fixed', ms: everyMs }, firstMs } as const
  return { kind: 'producer', id, name: id, arrivals, bodies }
}

export function handler(id: string, rest: Rest<CommandHandlerDoc> = {}): Unplaced {
  return {
    kind: 'commandHandler',
    id,
    name: id,
    domain: 'account',
    stream: 'account-acc1',
    service: { kind: 'fixed', ms: 200 },
    retries: 3,
    ...rest,
  }
}

export function store(contents?: ContentsDoc[]): Unplaced {
  const events: Omit<EventStoreDoc, 'position'> = {
    kind: 'eventStore',
    id: 'events',
    name: 'events',
    broker: 'store',
  }
  return contents ? { ...events, contents } : events
}

export function view(
  id: string,
  of: ProjectionDoc['view'],
  ms: number,
  rest: Rest<ProjectionDoc> = {},
): Unplaced {
  return { kind: 'projection', id, name: id, view: of, service: { kind: 'fixed', ms }, ...rest }
}

/** `from` to `to`, by ids. */
export function link(from: string, to: string, latencyMs: number, key?: string): LinkDoc {
  return { id: `${from}-${to}`, from, to, latencyMs, ...(key !== undefined && { key }) }
}

export const deposit = (amount: number, account = 'acc1', currency?: string): string =>
  JSON.stringify({ type: 'Deposit', account, amount, currency })
export const withdraw = (amount: number, account = 'acc1'): string =>
  JSON.stringify({ type: 'Withdraw', account, amount })
export const create = (account = 'acc1'): string =>
  JSON.stringify({ type: 'CreateAccount', account })

/** An account that is open when the run begins. */
export function openAccount(): ContentsDoc[] {
  return [
    {
      stream: 'account-acc1',
      events: [{ type: 'AccountCreated', data: { id: 'acc1', balance: 0 } }],
    },
  ]
}

/** An account with so many deposits of 20 and withdrawals of 10. */
export function longAccount(times: number): ContentsDoc[] {
  const stream = 'account-acc1'
  return [
    { stream, events: [{ type: 'AccountCreated', data: { id: 'acc1', balance: 0 } }] },
    {
      stream,
      times,
      events: [
        { type: 'Deposited', data: { account: 'acc1', amount: 20 } },
        { type: 'Withdrawn', data: { account: 'acc1', amount: 10 } },
      ],
    },
  ]
}

/** A run of these columns on one store, and whatever else it names; drawn in rows where they are given. */
export function run(
  about: string,
  durationMs: number,
  columns: Unplaced[][],
  links: LinkDoc[],
  brokers: Scenario['brokers'] = [],
  rows?: RowsOfIds,
): ExampleBody {
  const nodes: NodeDoc[] = inColumns(columns, links, rows)
  const isStored = nodes.some(({ kind }) => kind === 'eventStore')
  const own = isStored ? [{ id: 'store', family: 'eventstore' } as const] : []
  return { about, scenario: { seed: 1, durationMs, brokers: [...own, ...brokers], nodes, links } }
}
