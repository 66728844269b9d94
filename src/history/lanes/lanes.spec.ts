/** Lanes: what is said to be in a window is what a search through everything finds, and what the folded state holds. */
import '../../testing/seed.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { EXAMPLES, findExample } from '../../scenario/examples/index.ts'
import { type Run, runs } from '../../testing/arbitrary.ts'
import { systems } from '../../testing/systems.ts'
import { History } from '../history.ts'
import { flowOrder } from './flowOrder.ts'
import { FORM } from './lane.ts'
import { LaneIndex } from './laneIndex.ts'
import { columnEndUs, type Ribbon, type WindowAsk, WindowReader } from './laneWindow.ts'
import { OPEN, Spans } from './spans.ts'
import type { Strokes } from './strokes.ts'

function computed({ scenario, script, seed }: Run): History {
  const history = new History(scenario, script, { seed, factsMax: 30_000 })
  while (history.advance()) {}
  return history
}

function indexed(history: History, facts = 1_000): LaneIndex {
  const index = new LaneIndex(history)
  while (index.advance(facts)) {}
  return index
}

/** Strokes as plain rows, in an order of their own. */
function rowsOf(strokes: Strokes, keep = (_i: number) => true): string[] {
  const rows: string[] = []
  for (let i = 0; i < strokes.count; i++) {
    if (!keep(i)) continue
    const { startUs, endUs, message, form, fromLane, toLane, fromRow, toRow } = strokes
    rows.push(
      [startUs, endUs, message, form, fromLane, toLane, fromRow, toRow]
        .map((column) => column[i])
        .join(' '),
    )
  }
  return rows.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

const everything: WindowAsk = { fromUs: 0, toUs: 1e12, columns: 1_000_000, rows: 1_000_000 }

describe('given stretches that begin and end at random', () => {
  const spans = fc.array(fc.tuple(fc.nat(20), fc.nat(60), fc.boolean()), { maxLength: 300 })

  test('when a window is asked for, then exactly those that touch it are found, and counted', () => {
    fc.assert(
      fc.property(spans, fc.nat(2_000), fc.nat(400), (steps, fromUs, lengthUs) => {
        const { made, plain } = build(steps)
        const toUs = fromUs + lengthUs
        const found: number[] = []
        made.eachIn(fromUs, toUs, (i) => found.push(i))
        const expected = plain.flatMap(({ startUs, endUs }, i) =>
          startUs <= toUs && endUs >= fromUs ? [i] : [],
        )
        expect(found).toEqual(expected)
        expect(made.countIn(fromUs, toUs)).toBe(expected.length)
        const present = plain.filter((s) => s.startUs <= fromUs && s.endUs > fromUs).length
        expect(made.presentAt(fromUs)).toBe(present)
      }),
      { numRuns: 300 },
    )
  })
})

/** Begins a stretch a step; now and then one of those that are there ends. */
function build(steps: [number, number, boolean][]) {
  const made = new Spans()
  const plain: { startUs: number; endUs: number }[] = []
  const there: number[] = []
  let nowUs = 0
  for (const [stepUs, choice, ends] of steps) {
    nowUs += stepUs
    there.push(made.open(nowUs, choice, 0))
    plain.push({ startUs: nowUs, endUs: OPEN })
    for (let n = ends ? (choice % 3) + 1 : 0; n > 0 && there.length > 0; n--) {
      const [index = 0] = there.splice(choice % there.length, 1)
      nowUs += choice % 4
      made.close(index, nowUs)
      must(plain[index], 'stretch').endUs = nowUs
    }
  }
  return { made, plain }
}

describe('given a random run', () => {
  test('when a window is read, then it holds what a search through everything finds', () => {
    const shares = fc.tuple(fc.nat(1000), fc.nat(1000))
    fc.assert(
      fc.property(systems, shares, fc.integer({ min: 1, max: 40 }), (run, [a, b], columns) => {
        const history = computed(run)
        const index = indexed(history)
        // Strokes do not say which of two links between the same nodes they are of.
        const pairs = index.crossings.map(({ from, to }) => `${from} ${to}`)
        fc.pre(new Set(pairs).size === pairs.length)
        const endUs = run.scenario.durationMs * 1000
        const [fromUs, toUs] = [a, b]
          .sort((x, y) => x - y)
          .map((n) => Math.floor((n / 1000) * endUs))
        const ask = { fromUs: fromUs ?? 0, toUs: toUs ?? 0, columns, rows: 4 }
        const all = new WindowReader(index).read(everything)
        const { strokes, ribbons } = new WindowReader(index).read(ask)
        const found = rowsOf(strokes)
        for (const ribbon of ribbons) checkRibbon(all.strokes, ribbon, ask)
        const isRibboned = (i: number) => ribbons.some((ribbon) => isOf(all.strokes, i, ribbon))
        const expected = rowsOf(
          all.strokes,
          (i) => touches(index, all.strokes, i, ask) && !isRibboned(i),
        )
        expect(found).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  test('when its state is folded at a moment, then the lanes hold as much as it does', () => {
    fc.assert(
      fc.property(fc.oneof(systems, runs()), fc.nat(1000), (run, share) => {
        const history = computed(run)
        const index = indexed(history, 37)
        const atUs = Math.floor((share / 1000) * run.scenario.durationMs * 1000)
        if (atUs > history.computedUs) return
        checkAgainstState(history, index, atUs)
      }),
      { numRuns: 120 },
    )
  }, 60_000)
})

/** At a moment the lanes hold as much as the folded state does. */
function checkAgainstState(history: History, index: LaneIndex, atUs: number): void {
  history.seek({ atUs })
  const frame = history.frame()
  frame.nodes.forEach((node, i) => {
    const present = index.lanes[i]?.stays.presentAt(atUs)
    if (node.kind === 'queue') expect(present, node.id).toBe(node.readyCount)
    if (node.kind === 'consumer') expect(present, node.id).toBe(node.jobCount)
    if (node.kind === 'sqsQueue') {
      expect(present, node.id).toBe(node.availableCount + node.delayedCount)
    }
    if (node.kind === 'producer') expect(present, node.id).toBe(0)
  })
  const flying = new Map<string, number>()
  for (const { link, back } of frame.flights) {
    flying.set(`${link} ${back}`, (flying.get(`${link} ${back}`) ?? 0) + 1)
  }
  for (const { link, back, spans } of index.crossings) {
    expect(spans.presentAt(atUs)).toBe(flying.get(`${link} ${back}`) ?? 0)
  }
}

function lineOf(strokes: Strokes, i: number) {
  return {
    startUs: strokes.startUs[i] ?? 0,
    endUs: strokes.endUs[i] ?? 0,
    form: strokes.form[i] ?? 0,
    from: strokes.fromLane[i],
    to: strokes.toLane[i],
  }
}

/** Whether a stroke touches the window: what is on its way and not over counts as there. */
function touches(
  index: LaneIndex,
  strokes: Strokes,
  i: number,
  { fromUs, toUs }: WindowAsk,
): boolean {
  const { startUs, endUs, form } = lineOf(strokes, i)
  const isCrossing = form === FORM.message || form === FORM.answer
  const isUnderWay = isCrossing && endUs > index.lastReadUs
  return startUs <= toUs && (endUs >= fromUs || isUnderWay)
}

/** Whether a stroke is one of those that a ribbon counts. */
function isOf(strokes: Strokes, i: number, ribbon: Ribbon): boolean {
  const { form, from, to } = lineOf(strokes, i)
  if (from !== ribbon.fromLane || to !== ribbon.toLane) return false
  if (ribbon.what === 'crossings') return form === FORM.message || form === FORM.answer
  if (ribbon.what === 'written') return form === FORM.written
  if (ribbon.what === 'faults') return form === FORM.fault
  return form === FORM.waits || form === FORM.works
}

function checkRibbon(strokes: Strokes, ribbon: Ribbon, ask: WindowAsk): void {
  const { fromUs, toUs, columns } = ask
  let leftUs = fromUs
  for (let column = 0; column < columns; column++) {
    const rightUs = columnEndUs(fromUs, toUs, columns, column)
    let expected = 0
    for (let i = 0; i < strokes.count; i++) {
      if (!isOf(strokes, i, ribbon)) continue
      const { startUs, endUs } = lineOf(strokes, i)
      const isThere =
        ribbon.what === 'depth'
          ? startUs <= rightUs && endUs > rightUs
          : startUs >= leftUs && startUs <= rightUs
      if (isThere) expected++
    }
    expect(ribbon.counts[column], `${ribbon.what} in column ${column}`).toBe(expected)
    leftUs = rightUs + 1
  }
}

describe('given the examples', () => {
  test.each(EXAMPLES.map(({ id, scenario }) => [id, scenario] as const))(
    'when %s is folded at its moments, then its lanes hold as much',
    (_id, scenario) => {
      const history = computed({ scenario, script: [], seed: scenario.seed })
      const index = indexed(history)
      for (let n = 1; n <= 40; n++) {
        checkAgainstState(history, index, Math.floor((history.computedUs * n) / 40) - 1)
      }
    },
  )
})

describe('given the orders example', () => {
  const { scenario } = must(findExample('orders'), 'orders')
  const history = computed({ scenario, script: [], seed: scenario.seed })
  const index = indexed(history)

  test('when its lanes are ordered, then they follow the flow', () => {
    const kinds = flowOrder(scenario).map((i) => scenario.nodes[i]?.kind)
    expect(kinds).toEqual(['producer', 'exchange', 'queue', 'consumer'])
  })

  test('when one message is followed, then its stretches join end to end', () => {
    const life = new WindowReader(index).lifeOf(1)
    const steps = Array.from({ length: life.count }, (_, i) => ({
      ...lineOf(life, i),
      row: life.fromRow[i],
    })).sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs)
    const going = steps.filter(({ form }) => form !== FORM.answer)
    expect(going.map(({ form }) => form)).toEqual([
      FORM.message,
      FORM.message,
      FORM.waits,
      FORM.message,
      FORM.works,
    ])
    for (const [i, step] of going.slice(1).entries()) expect(step.startUs).toBe(going[i]?.endUs)
  })
})

describe('given workers that crash with what they hold', () => {
  const { scenario } = must(findExample('orders-workers'), 'orders-workers')
  const workers = scenario.nodes.filter(({ kind }) => kind === 'consumer')
  const crash = (node: string) => ({ atUs: 5_000_000, do: 'crash', node }) as const
  const script = workers.map(({ id }) => crash(id))
  const history = computed({ scenario, script, seed: scenario.seed })
  const index = indexed(history)
  const queue = scenario.nodes.findIndex(({ kind }) => kind === 'queue')

  test('when the broker takes back what was not acknowledged, then it waits in the queue again', () => {
    history.seek({ atUs: 8_000_000 })
    const state = history.frame().nodes[queue]
    expect(state?.kind === 'queue' && state.readyCount).toBeGreaterThan(3)
    expect(index.lanes[queue]?.stays.presentAt(8_000_000)).toBe(
      state?.kind === 'queue' && state.readyCount,
    )
  })

  test('when the workers are down, then nothing is in their hands', () => {
    for (const { id } of workers) {
      const lane = must(index.lanes[scenario.nodes.findIndex((node) => node.id === id)], 'lane')
      expect(lane.stays.presentAt(6_000_000)).toBe(0)
      expect(lane.downs.presentAt(6_000_000)).toBe(1)
    }
  })
})

describe('given nodes in a circle', () => {
  test('when they are ordered, then each is there once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }), (pairs) => {
        const { scenario } = must(findExample('orders'), 'orders')
        const [first] = scenario.nodes
        const nodes = Array.from({ length: 6 }, (_, i) => ({ ...must(first, 'node'), id: `n${i}` }))
        const links = pairs.map(([from, to], i) => ({
          id: `l${i}`,
          from: `n${from}`,
          to: `n${to}`,
          latencyMs: 0,
        }))
        const order = flowOrder({ ...scenario, nodes, links })
        expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
      }),
    )
  })
})
