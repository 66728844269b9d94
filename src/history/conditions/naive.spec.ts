/**
 * Conditions against an evaluator that knows no increments: at each moment it takes the frame and the facts so far,
 * and counts anew.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios, scripts } from '../../testing/arbitrary.ts'
import type { Frame, NodeState } from '../frame.ts'
import { History } from '../history.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import { OutcomeContext } from '../outcomes/outcome.ts'
import { factKind } from '../vocabulary.ts'
import { openNumber, openScan } from './scan.ts'

const FACTS_MAX = 1_500

interface At {
  history: History
  frame: Frame
  /** Facts so far. */
  moment: number
}

type Naive = { text: string; value: (at: At) => number }

const runs = scenarios({ nodesMax: 7, messagesMax: 12, durationMaxMs: 6000 }).chain((scenario) =>
  fc.record({
    scenario: fc.constant(scenario),
    script: scripts(scenario, 6),
    seed: fc.maxSafeNat(),
  }),
)

/** Everything that can be asked of a scenario, each with how to count it from nothing. */
function numbersOf(history: History): Naive[] {
  const { nodes } = history.live.scenario
  const groups = new Set(nodes.flatMap((n) => (n.kind === 'groupConsumer' ? [n.group] : [])))
  const about = nodes.flatMap(({ id }, place): Naive[] => {
    const state = (at: At) => at.frame.nodes[place] as NodeState
    const say = (word: string, value: (state: NodeState, at: At) => number): Naive => ({
      text: `${word}("${id}")`,
      value: (at) => value(state(at), at),
    })
    switch (nodes[place]?.kind) {
      case 'queue':
        return [
          say('backlog', (s) => (s.kind === 'queue' ? s.readyCount : -1)),
          say('unacked', (s) => (s.kind === 'queue' ? s.unackedCount : -1)),
        ]
      case 'consumer':
        return [
          say('inHand', (s) => (s.kind === 'consumer' ? s.jobCount : -1)),
          say('duplicates', (_, at) => duplicates(at, place)),
          say('outOfOrder', (_, at) => inversions(at, place)),
        ]
      case 'groupConsumer':
        return [
          say('lag', (s) => (s.kind === 'groupConsumer' ? s.lag : -1)),
          say('duplicates', (_, at) => duplicates(at, place)),
        ]
      case 'topic':
        return [
          say('records', (s) =>
            s.kind === 'topic' ? s.partitions.reduce((sum, { end }) => sum + end, 0) : -1,
          ),
          say('bytes', (_, at) => bytesOf(at, place)),
        ]
      case 'redisGroup':
        return [say('pending', (s) => (s.kind === 'redisGroup' ? s.pendingCount : -1))]
      case 'redisStream':
        return [
          say('length', (s) => (s.kind === 'redisStream' ? s.length : -1)),
          say('bytes', (_, at) => bytesOf(at, place)),
        ]
      case 'redisConsumer':
        return [
          say('inHand', (s) => (s.kind === 'redisConsumer' ? s.jobCount : -1)),
          say('duplicates', (_, at) => duplicates(at, place)),
        ]
      case 'projection':
        return [say('lag', (s) => (s.kind === 'projection' ? s.lag : -1))]
      case 'eventStore':
        return [say('events', (s) => (s.kind === 'eventStore' ? s.position : -1))]
      case 'producer':
        return [say('published', (s) => (s.kind === 'producer' ? s.published : -1))]
      default:
        return []
    }
  })
  const kinds = ['published', 'processed', 'enqueued', 'appended', 'crashed']
  return [
    ...about,
    ...kinds.map((kind) => ({ text: `n(${kind})`, value: (at: At) => count(at, kind, 0) })),
    { text: 'rate(published, 500ms)', value: (at) => count(at, 'published', 500_000) * 2 },
    ...(nodes.some(({ kind }) => kind === 'eventStore')
      ? [{ text: 'balance', value: leastBalance }]
      : []),
    { text: 'time / 1ms', value: (at) => at.frame.timeUs / 1000 },
    ...[...groups]
      .filter((name) => openNumber(history.live, `lag("${name}")`).ok)
      .filter((name) => !nodes.some((node) => node.id === name || node.name === name))
      .map((name) => ({ text: `lag("${name}")`, value: (at: At) => groupLag(at, name) })),
  ]
}

function count({ history, moment, frame }: At, kind: string, windowUs: number): number {
  const { facts } = history.live.records
  let n = 0
  for (let i = 0; i < moment; i++) {
    if (factKind(facts.kind(i)).name !== kind) continue
    if (windowUs === 0 || facts.timeUs(i) > frame.timeUs - windowUs) n++
  }
  return n
}

/** Effects of a client and of all who share its queue or group, by the message that each repeats. */
function effects({ history, moment }: At, place: number): { origin: number; here: boolean }[] {
  const { facts } = history.live.records
  const context = new OutcomeContext(history.live, () => {})
  const scope = context.scopes.of(place)
  const found: { origin: number; here: boolean }[] = []
  for (let i = 0; i < moment; i++) {
    if (factKind(facts.kind(i)).name !== 'processed') continue
    if (context.scopes.of(facts.node(i)) !== scope) continue
    found.push({ origin: context.originOf(facts.message(i)), here: facts.node(i) === place })
  }
  return found
}

function duplicates(at: At, place: number): number {
  const all = effects(at, place)
  return all.filter(
    ({ origin, here }, i) => here && all.slice(0, i).some((before) => before.origin === origin),
  ).length
}

/** First effects with an earlier first effect of a later message of the same producer and key. */
function inversions(at: At, place: number): number {
  const { messages } = at.history.live.records
  const all = effects(at, place)
  const firsts = all.filter(
    ({ origin }, i) => all.findIndex((other) => other.origin === origin) === i,
  )
  const isAlike = (a: number, b: number) =>
    messages.key(a) === messages.key(b) && messages.source(a) === messages.source(b)
  return firsts.filter(
    ({ origin, here }, i) =>
      here &&
      firsts.slice(0, i).some((before) => isAlike(before.origin, origin) && before.origin > origin),
  ).length
}

function bytesOf({ history, moment }: At, place: number): number {
  const { facts } = history.live.records
  const id = history.live.scenario.nodes[place]?.id
  let bytes = 0
  for (let i = 0; i < moment; i++) {
    if (!['appended', 'entryAdded'].includes(factKind(facts.kind(i)).name)) continue
    if (history.live.owner(facts.node(i)) !== id) continue
    bytes += new TextEncoder().encode(history.live.records.body(facts.message(i))).length
  }
  return bytes
}

function leastBalance({ frame }: At): number {
  const balances = frame.nodes.flatMap((node) =>
    node.kind === 'eventStore'
      ? node.streams.flatMap(({ folds }) => {
          const last = folds.at(-1) as { balance?: number } | null | undefined
          return last?.balance === undefined ? [] : [last.balance]
        })
      : [],
  )
  return balances.length === 0 ? Number.NaN : Math.min(...balances)
}

/** The greatest over the topics from which a link leads to a member of the group. */
function groupLag({ history, frame }: At, name: string): number {
  const { nodes, links } = history.live.scenario
  const members = nodes.filter((n) => n.kind === 'groupConsumer' && n.group === name)
  const read = links.filter(({ to }) => members.some(({ id }) => id === to)).map(({ from }) => from)
  const lags = frame.nodes.flatMap((node) => {
    if (node.kind !== 'topic' || !read.includes(node.id)) return []
    const group = node.groups.find((g) => g.name === name)
    return [
      node.partitions.reduce((sum, { start, end }, i) => {
        return sum + end - Math.max(start, group?.partitions[i]?.committed ?? -1)
      }, 0),
    ]
  })
  return Math.max(...lags)
}

describe('given any run', () => {
  test('when a condition is asked, then it is true exactly where a count from nothing at every fact says so', () => {
    fc.assert(
      fc.property(
        runs,
        fc.nat(),
        fc.nat(6),
        fc.constantFrom('>', '<=', '='),
        (run, pick, limit, op) => {
          const history = new History(run.scenario, run.script, {
            seed: run.seed,
            factsMax: FACTS_MAX,
          })
          while (history.advance()) {}
          const numbers = numbersOf(history)
          const asked = [0, 1, 2].map((k) => numbers[(pick + k * 7) % numbers.length] as Naive)
          const scans = asked.map(({ text }) => {
            const opened = openScan(history.live, `${text} ${op} ${limit}`)
            if (!opened.ok) throw new Error(`${text}: ${opened.problem.sentence}`)
            while (opened.value.read(97)) {}
            return opened.value
          })
          const step = Math.max(1, Math.floor(history.factCount / 600))
          for (let moment = 0; moment <= history.factCount; moment += step) {
            history.seek({ factIndex: moment })
            const at = { history, frame: history.frame(), moment }
            asked.forEach(({ text, value }, i) => {
              const naive = compare(value(at), op, limit)
              const isTrue = scans[i]?.spans.around(moment) !== null
              if (isTrue !== naive) {
                throw new Error(`${text} ${op} ${limit} at moment ${moment}: naive ${value(at)}`)
              }
            })
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  test('when times of work are asked, then they are those of the run’s numbers', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const history = new History(run.scenario, run.script, {
          seed: run.seed,
          factsMax: FACTS_MAX,
        })
        while (history.advance()) {}
        const meter = new RunMeter(history.live)
        meter.read()
        for (const { node, sojourn } of meter.numbers(history.live.endUs).nodes) {
          const opened = openNumber(history.live, `e2e.p95("${node}")`)
          if (!opened.ok) continue
          const { follower } = opened.value
          while (follower.follow(50, () => {})) {}
          const us = follower.reads[0]?.(0) ?? Number.NaN
          if (sojourn === null) expect(us).toBeNaN()
          else expect(Math.abs(us - sojourn.p95Ms * 1000)).toBeLessThanOrEqual(1 + us / 500)
        }
      }),
      { numRuns: 40 },
    )
  })
})

function compare(value: number, op: string, limit: number): boolean {
  if (op === '>') return value > limit
  return op === '=' ? value === limit : value <= limit
}
