/** What did it cause? From a publication, a command or an append of each family to where its effects end. */
import { describe, expect, test } from 'vitest'
import { CLIENT_FACTS } from '../../clients/client.ts'
import type { Scenario } from '../../scenario/document.ts'
import type { ExampleId } from '../../scenario/examples/catalog.ts'
import { EXAMPLES, exampleCalled } from '../../scenario/examples/index.ts'
import { History } from '../history.ts'
import { lineOf } from '../lines.ts'
import { factKind } from '../vocabulary.ts'
import type { Steps } from './trail.ts'
import { Why } from './why.ts'

/** Longer than any of the stories below. */
const FACTS_MAX = 4_000

function computed(scenario: Scenario): History {
  const history = new History(scenario, [], { factsMax: FACTS_MAX })
  while (history.advance()) {}
  return history
}

function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

function publications(history: History, wanted: RegExp, most: number): number[] {
  const { facts } = history.live.records
  return Array.from({ length: history.factCount }, (_, i) => i)
    .filter((i) => facts.kind(i) === CLIENT_FACTS.published)
    .filter((i) => wanted.test(lineOf(history, i).sentence))
    .slice(0, most)
}

/** Of each family a publication, a command or an append, and how its story ends. */
const STORIES: readonly [ExampleId, RegExp, RegExp[]][] = [
  ['orders-workers', /Order123/, [/worker-1 has processed Order123/, /reaches the broker/]],
  ['retry', /Order1\./, [/because it was rejected/, /waits in waiting/, /has processed Order1/]],
  ['delivery-limit', /Order4/, [/dead-letter exchange, because it was returned too often/]],
  ['sqs-jobs', /Photo1\./, [/worker-1 has processed Photo1/, /deleted from jobs/]],
  ['notifications', /New user/, [/email has processed/, /analytics has processed/]],
  ['exactly-once', /Order 1\./, [/mail has processed Invoice for Order 1/, /mail-plain has proc/]],
  ['share-queue', /Order7/, [/worker-3 has processed Order7/, /worker-1 has processed Order7/]],
  [
    'redis-history',
    /Order1\./,
    [/anna has processed/, /ben has processed/, /acknowledged in pack/],
  ],
  ['redis-poison', /Order3/, [/ben gives up on Order3/, /orders-dead adds Order3/]],
  ['redis-claimed-twice', /Order1\./, [/ben has processed/, /anna has processed/, /eva has/]],
  ['redis-fire-and-forget', /Goal 1/, [/ticker has processed/, /app has processed/]],
  ['nats-broadcast', /Gold 101/, [/web has processed/, /mobile app has processed/, /passes/]],
  ['nats-request-reply', /book 1/, [/prices b has processed/, /shop has the reply/]],
  ['nats-work-queue', /Image1/, [/worker a has processed/, /JOBS lets go of Image1/]],
  ['mqtt-qos', /1 kWh/, [/at-most-once has proc/, /exactly-once has proc/, /done .* exactly-once/]],
  ['cloud-ack-deadline', /Photo2/, [/auditor has processed/, /resizer has processed Photo2/]],
  ['sns-fan-out', /Order1/, [/accountant has processed/, /packer has processed/, /deleted from/]],
  ['account', /Deposit 100/, [/takes Deposited as version/, /balance has processed Deposited/]],
  ['mailer-replay', /Deposit 100/, [/mailer has processed/, /balance has processed/]],
  ['mailer-group', /Deposit 50/, [/Deposited is parked/]],
  ['order-saga', /PlaceOrder/, [/StockReserved/, /OrderPaid/, /saga is done with StockShipped/]],
  ['outbox', /shop publishes Order1/, [/saves row 0/, /orders publishes/, /warehouse has proc/]],
  ['combined', /CreateAccount/, [/relay publishes/, /printer has processed Print Acc/]],
]

describe.each(STORIES)('given %s', (id, begins, ends) => {
  test('when what it caused is asked of its beginning, then its story is told to the end', () => {
    const history = computed(exampleCalled(id).scenario)
    const [index] = publications(history, begins, 1)
    if (index === undefined) throw new Error(`nothing begins with ${begins}`)
    const { steps, cut } = finished(new Why(history.live).effects(index))
    const told = steps.map((step) => lineOf(history, step.index).sentence)
    for (const end of ends) expect(told).toContainEqual(expect.stringMatching(end))
    expect(cut).toBe(false)
    // Polls, requests and heartbeats go on without it.
    expect(
      told.filter((line) => /polls\.$|heartbeat of|^A request (leaves|arr)/.test(line)),
    ).toEqual([])
  })
})

test('given each ready-made run, when what a message caused is asked of its publication, then nothing that became of it is missing', () => {
  for (const { id, scenario } of EXAMPLES) {
    const history = computed(scenario)
    const { facts, messages } = history.live.records
    const why = new Why(history.live)
    for (const index of publications(history, /./, 3)) {
      const first = facts.message(index)
      const isMadeOfIt = (message: number) => {
        let at = message
        while (at > first) at = messages.parent(at)
        return at === first
      }
      const { steps, cut } = finished(why.effects(index))
      const told = new Set(steps.map((step) => step.index))
      const last = cut ? (steps.at(-1)?.index ?? index) : history.factCount
      for (let at = index + 1; at < last; at++) {
        const message = facts.message(at)
        if (message < 0 || message >= messages.count || !isMadeOfIt(message)) continue
        if (factKind(facts.kind(at)).tone === 'setup') continue
        expect(told.has(at), `${id}: ${lineOf(history, at).sentence}`).toBe(true)
      }
    }
  }
})
