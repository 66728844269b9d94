/** Runs on services that write to a database and to a broker: what a crash in between leaves, and the outbox. */
import type { ServiceDoc } from '../../document.ts'
import type { ExampleBody, Unplaced } from '../example.ts'
import { link, run, steady } from './sourcingParts.ts'

function service(id: string, writes: ServiceDoc['writes'], rest: Partial<ServiceDoc>): Unplaced {
  const base = { kind: 'service', id, name: id, service: { kind: 'fixed', ms: 300 } } as const
  return { ...base, writes, writeMs: 500, crashEvery: 3, restartAfterMs: 900, ...rest }
}

function queue(id: string): Unplaced {
  return { kind: 'queue', id, name: id, broker: 'rabbitmq' }
}

function worker(id: string, effect: string): Unplaced {
  return {
    kind: 'consumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: 400 },
    ack: 'manual',
    prefetch: 1,
    concurrency: 1,
    effect,
  }
}

const RABBIT = [{ id: 'rabbitmq', family: 'amqp' } as const]

export const dualWrites: ExampleBody = run(
  'Both services write twice for each order, and die at every third one between the two writes. Above, the database comes first: there are orders that the warehouse never hears of. Below, the broker comes first: it packs orders that are not there. Try: give one of them an outbox.',
  60_000,
  [
    [steady('shop', 2500, 1000, ['Order{n}']), steady('market', 2500, 1500, ['Sale{n}'])],
    [
      service('database-first', 'databaseFirst', { name: 'database first' }),
      service('broker-first', 'brokerFirst', { name: 'broker first' }),
    ],
    [queue('orders'), queue('sales')],
    [worker('warehouse', 'Packing: {body}'), worker('depot', 'Packing: {body}')],
  ],
  [
    link('shop', 'database-first', 300),
    link('market', 'broker-first', 300),
    link('database-first', 'orders', 400),
    link('broker-first', 'sales', 400),
    link('orders', 'warehouse', 300),
    link('sales', 'depot', 300),
  ],
  RABBIT,
  [
    [['shop'], ['database-first']],
    [['orders'], ['warehouse']],
    [['market'], ['broker-first']],
    [['sales'], ['depot']],
  ],
)

export const outbox: ExampleBody = run(
  'Row and message are one transaction, and a relay publishes what is not marked. It dies after every fifth message before it can mark what it has published: no order is missing, none is a ghost, and some are told twice. Try: crash it at each of its points, let it read the database’s own log instead, and give the warehouse an inbox of 20: it packs nothing twice. Cut the link to placed: what is under way is lost, until the relay waits for confirms.',
  60_000,
  [
    [steady('shop', 2500, 1000, ['Order{n}'])],
    [
      service('orders-service', 'outbox', {
        name: 'orders',
        pollMs: 4000,
        batch: 2,
        markMs: 500,
        crashEvery: 5,
      }),
    ],
    [queue('placed')],
    [worker('warehouse', 'Packing: {body}')],
  ],
  [
    link('shop', 'orders-service', 300),
    link('orders-service', 'placed', 400),
    link('placed', 'warehouse', 300),
  ],
  RABBIT,
)

export const outboxRelays: ExampleBody = run(
  'Two relays look into one outbox, so that one may die. Marking takes longer than the other needs to look, so it finds rows that are published and not marked: every order is told twice, and nobody has crashed. Try: let a relay lock the rows that it takes, then crash it while it holds some. Go back and let it lease them: the other waits until the lease runs out. Then make the lease shorter than marking takes.',
  60_000,
  [
    [steady('shop', 2500, 1000, ['Order{n}'])],
    [
      service('orders-service', 'outbox', {
        name: 'orders',
        pollMs: 1600,
        markMs: 1000,
        relays: 2,
        crashEvery: 0,
      }),
    ],
    [queue('placed')],
    [worker('warehouse', 'Packing: {body}')],
  ],
  [
    link('shop', 'orders-service', 300),
    link('orders-service', 'placed', 400),
    link('placed', 'warehouse', 300),
  ],
  RABBIT,
)
