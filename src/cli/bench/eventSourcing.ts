/**
 * What a long history of one account costs: a fold of a million events, seeks in it, and read models made of it,
 * beside the same on plain objects in the same run.
 */
import { must } from '../../base/assert.ts'
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfStream } from '../../brokers/eventstore/folds.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import { account } from '../../clients/commandHandler/domains/account.ts'
import { ReadModel } from '../../clients/projection/readModel.ts'
import type { ViewName } from '../../clients/projection/settings.ts'
import { type Table, VIEWS } from '../../clients/projection/views.ts'
import { Random } from '../../engine/random.ts'
import { History } from '../../history/history.ts'
import { SCENARIO_FORMAT, type Scenario } from '../../scenario/document.ts'
import { interleave, median, medianRatio, type Place, quantile } from './rounds.ts'

const VIEWED: readonly ViewName[] = ['balance', 'months', 'fraud']
const STREAM = 'account-acc1'

interface Figure {
  what: string
  eventsPerSecond: number
  /** Against plain objects: above 1 is faster. */
  ratio: number
}

interface EventSourcingReport {
  place: string
  events: number
  figures: Figure[]
  seek: { p50Ms: number; p99Ms: number }
}

/** An account with so many events, all of them there when the run begins. */
function scenarioWith(events: number): Scenario {
  return {
    format: SCENARIO_FORMAT,
    title: 'A long account',
    seed: 1,
    durationMs: 1000,
    brokers: [{ id: 'store', family: 'eventstore' }],
    nodes: [
      {
        kind: 'eventStore',
        id: 'events',
        name: 'events',
        position: { x: 0, y: 0 },
        broker: 'store',
        contents: [
          {
            stream: STREAM,
            events: [{ type: 'AccountCreated', data: { id: 'acc1', balance: 0 } }],
          },
          {
            stream: STREAM,
            times: Math.ceil(events / 2),
            events: [
              { type: 'Deposited', data: { account: 'acc1', amount: 20 } },
              { type: 'Withdrawn', data: { account: 'acc1', amount: 10 } },
            ],
          },
        ],
      },
    ],
    links: [],
  }
}

export function measureEventSourcing(
  place: Place,
  events: number,
  rounds: number,
  seeks: number,
): EventSourcingReport {
  const history = new History(scenarioWith(events))
  while (history.advance());
  const store = history.live.part('events') as EventStore
  const plain = plainObjects(store)
  const figures = [
    compare('fold of the account', place, rounds, [
      () => folded(store),
      () => {
        let state = account.initialState()
        for (const event of plain) state = account.evolve(state, event)
        must(state, 'an account')
        return plain.length
      },
    ]),
    compare('rebuild of three read models', place, rounds, [
      () => rebuilt(store),
      () => {
        for (const view of VIEWED) {
          const table: Table = new Map()
          for (const event of plain) VIEWS[view].evolve(table, event)
        }
        return plain.length * VIEWED.length
      },
    ]),
  ]
  const random = new Random(1, 'seeks')
  const took = Array.from({ length: seeks }, () => {
    const factIndex = random.below(history.factCount)
    const startMs = place.nowMs()
    history.seek({ factIndex })
    return place.nowMs() - startMs
  })
  const report = {
    place: place.name,
    events: store.count,
    figures,
    seek: { p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) },
  }
  history.close()
  return report
}

export function eventSourcingTable({ place, events, figures, seek }: EventSourcingReport): string {
  const lines = figures.map(
    ({ what, eventsPerSecond, ratio }) =>
      `${what}: ${(eventsPerSecond / 1e6).toFixed(2)} M events/s, ${ratio.toFixed(2)} times the same on plain objects`,
  )
  const seeks = `seek: ${seek.p50Ms.toFixed(2)} ms at the median, ${seek.p99Ms.toFixed(2)} ms at p99`
  return [`${events} events of one account, ${place}`, ...lines, seeks].join('\n')
}

function compare(
  what: string,
  place: Place,
  rounds: number,
  contenders: readonly (() => number)[],
): Figure {
  const [ours = [], theirs = []] = interleave(place, rounds, contenders)
  return { what, eventsPerSecond: median(ours), ratio: medianRatio(ours, theirs) }
}

function folded(store: EventStore): number {
  const { initialState, evolve } = account
  const rules = { initialState, evolve, copy: (state: ReturnType<typeof initialState>) => state }
  const fold = foldOfStream(store.log, store.indexOf(STREAM), rules)
  must(fold.after(store.count), 'an account')
  return store.count
}

function rebuilt(store: EventStore): number {
  for (const view of VIEWED) {
    const model = new ReadModel(view, (from, to, lent) => store.log.events(from, to, lent))
    model.rows(store.count, 64)
  }
  return store.count * VIEWED.length
}

/** The same events as a program without a store would have them. */
function plainObjects({ count, log }: EventStore): RecordedEvent[] {
  return Array.from({ length: count }, (_, at) => {
    const event = log.event(at)
    return { ...event, data: { ...(event.data as object) } }
  })
}
