/**
 * The money that should be there against the money that is: at the playhead, with what makes the difference, and over
 * the run so far. One reading for the run and one for the playhead, which goes back with it.
 */
import { PIPE_FACTS } from '../../engine/pipe.ts'
import type { MessageLook } from '../../history/frame.ts'
import type { History } from '../../history/history.ts'
import { carriesMessage, lineOf } from '../../history/lines.ts'
import { lookOf } from '../../history/looks.ts'
import { type MoneyPlace, MoneyTrail } from '../../history/money/moneyTrail.ts'
import { upstream } from '../../history/money/upstream.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Facts that are looked at on the way back for the latest one about something that is missing. */
const BACK_MAX = 60_000

/** The latest that happened to what is missing somewhere. */
interface LastSeen {
  factIndex: number
  timeUs: number
  sentence: string
  /** Something went wrong with it: it will not come by itself. */
  isFault: boolean
}

interface Money {
  places: (MoneyPlace & { lastSeen: (LastSeen | null)[] })[]
  /** When each of the differences that were counted again was. */
  timesUs: Record<number, number>
  looks: MessageLook[]
  endUs: number
}

interface Readings {
  whole: MoneyTrail
  atPlayhead: MoneyTrail
}

const readings = new WeakMap<History, Map<string, Readings>>()

export function* answerMoney(
  { history }: Asked,
  ask: { store: string; factIndex: number; columns: number },
): Generator<undefined, Money, undefined> {
  const { live } = history
  const until = Math.min(ask.factIndex, history.factCount)
  const { whole, atPlayhead } = readingsOf(history, ask.store, until)
  yield* reading(atPlayhead, until)
  yield* reading(whole, history.factCount)
  const courses = new Map(whole.result(ask.columns).map(({ node, course }) => [node, course]))
  const places = atPlayhead.result(1).map((place) => {
    return { ...place, course: courses.get(place.node) ?? place.course }
  })
  const found: Money['places'] = []
  for (const place of places) {
    found.push({ ...place, lastSeen: yield* lastSeenOf(history, place, until) })
  }
  const differences = places.flatMap((place) => place.differences)
  const facts = differences.flatMap(({ factIndex }) => (factIndex === -1 ? [] : [factIndex]))
  return {
    places: found,
    timesUs: Object.fromEntries(facts.map((at) => [at, live.records.facts.timeUs(at)])),
    looks: differences.map(({ message }) => lookOf(live.records, message)),
    endUs: live.endUs,
  }
}

function readingsOf(history: History, store: string, until: number): Readings {
  const ofRun = readings.get(history) ?? new Map<string, Readings>()
  readings.set(history, ofRun)
  const fresh = () => new MoneyTrail(history.live, store)
  const known = ofRun.get(store) ?? { whole: fresh(), atPlayhead: fresh() }
  known.atPlayhead.goBack(until)
  ofRun.set(store, known)
  return known
}

function* reading(trail: MoneyTrail, until: number): Generator<undefined, void, undefined> {
  while (trail.read(until, STEP_FACTS)) yield
}

/** For each difference that is a gap: the latest fact about it on the way to the place. */
function* lastSeenOf(
  history: History,
  { node, differences }: MoneyPlace,
  until: number,
): Generator<undefined, (LastSeen | null)[], undefined> {
  const { live } = history
  const { facts, messages } = live.records
  const way = upstream(live.scenario, node)
  const open = new Set(differences.flatMap((each) => (each.times === 0 ? [each.message] : [])))
  const seen = new Map<number, LastSeen>()
  const first = Math.max(0, until - BACK_MAX)
  for (let index = until - 1; index >= first && open.size > 0; index--) {
    if (index % STEP_FACTS === 0) yield
    if (!carriesMessage(facts.kind(index))) continue
    let at = facts.message(index)
    while (at >= 0 && !open.has(at)) at = messages.parent(at)
    if (at < 0 || !way.has(live.owner(facts.node(index)))) continue
    open.delete(at)
    const broken = facts.kind(index) === PIPE_FACTS.sent ? breakAfter(history, index, until) : -1
    seen.set(at, lastSeen(history, broken === -1 ? index : broken))
  }
  return differences.map(({ message }) => seen.get(message) ?? null)
}

function lastSeen(history: History, index: number): LastSeen {
  const { timeUs, sentence, tone } = lineOf(history, index)
  return { factIndex: index + 1, timeUs, sentence, isFault: tone === 'fault' }
}

/** What left and neither arrived nor was lost by itself may have been lost with its connection. */
function breakAfter({ live }: History, sent: number, until: number): number {
  const { facts } = live.records
  const pipe = facts.node(sent)
  for (let index = sent + 1; index < Math.min(until, sent + BACK_MAX); index++) {
    if (facts.kind(index) === PIPE_FACTS.emptied && facts.node(index) === pipe) return index
  }
  return -1
}
