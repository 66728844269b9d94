/** Thousands under way: drawn from columns they are the very tokens that a frame's flights are, each in its place. */

import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { FlightColumns } from '../../history/flightColumns.ts'
import { History } from '../../history/history.ts'
import { lookOf } from '../../history/looks.ts'
import type { Scenario } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { scenarioGeometry } from '../../scenario/shapes.ts'
import { createFakePen } from '../../testing/fakePen.ts'
import { arcTable, spotAt } from './curve.ts'
import { DOTS_ABOVE } from './density.ts'
import type { DrawnToken } from './drawn.ts'
import { shareOf } from './flights.ts'
import { HueTable } from './hues.ts'
import { createPainter, type Multitude } from './painter.ts'
import type { Pen } from './pen.ts'

const ordersFanout = exampleCalled('orders-fanout')

const roles = ['canvas', 'surface', 'surfaceRaised', 'surfaceSunken', 'ink', 'inkSoft', 'quiet']
const more = ['line', 'lineStrong', 'accent', 'danger', 'dangerSoft', 'warning', 'ok', 'lit']
const palette = {
  ...Object.fromEntries([...roles, ...more].map((role) => [role, role])),
  ...{ litInk: 'litInk', messageInk: 'messageInk', fontUi: 'ui', fontCode: 'code' },
  message: ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
}
const look = { palette, still: false, selectedNode: null, selectedMessage: null, large: false }

/** The fan-out with an order every four milliseconds on links of two seconds. */
function crowded(): Scenario {
  const { scenario } = ordersFanout
  const every = { kind: 'fixed', ms: 4 } as const
  return {
    ...scenario,
    durationMs: 12_000,
    links: scenario.links.map((link) => ({ ...link, latencyMs: 2_000 })),
    nodes: scenario.nodes.map((node) => {
      if (node.kind === 'producer') return { ...node, arrivals: { kind: 'interval', every } }
      if (node.kind !== 'consumer') return node
      return { ...node, prefetch: 0, concurrency: 100, service: { kind: 'fixed', ms: 1 } }
    }),
  }
}

const scenario = crowded()
const history = new History(scenario)
while (history.advance());
history.seek({ atUs: 9_000_500 })
const frame = history.frame()
const geometry = scenarioGeometry(scenario)
const looks = { get: (id: number) => lookOf(history.live.records, id) }

/** What is drawn on links. `zoom` decides whether there is room for dots. */
function tokensAt(zoom: number, multitude?: Multitude): DrawnToken[] {
  const painter = createPainter()
  const { pen } = createFakePen()
  const view = { x: 0, y: 0, zoom, width: 1400, height: 700, pixelRatio: 1 }
  const seen = multitude ? { ...frame, flights: [] } : frame
  painter.paint(pen as unknown as Pen, seen, looks, geometry, view, look, multitude)
  return painter.tokenList().filter(({ node }) => node === -1)
}

function columnsOf(): Multitude {
  const flights = new FlightColumns()
  flights.fill(history.viewed)
  return { flights, hues: new HueTable((id) => lookOf(history.live.records, id).hue) }
}

describe('given thousands of messages under way', () => {
  test.each([0.2, 1, 2.5])(
    'when they are drawn from columns at zoom %s, then they are the frame’s',
    (zoom) => {
      const { flights } = columnsOf()
      expect(flights.tokens).toBeGreaterThan(DOTS_ABOVE)
      expect(flights.count).toBe(frame.flights.length)
      expect(tokensAt(zoom, columnsOf())).toEqual(tokensAt(zoom))
    },
  )

  test('when they are drawn, then each message is there, where it is on its link', () => {
    const drawn = tokensAt(1, columnsOf())
    expect(drawn).toHaveLength(frame.flights.length)
    const tables = geometry.links.map(({ curve }) => arcTable(curve))
    for (const each of frame.flights.filter(({ kind }) => kind === 'message')) {
      const table = must(tables[each.link], 'road')
      const { x, y } = spotAt(table, shareOf(each, frame.timeUs), { x: 0, y: 0, dx: 0, dy: 0 })
      const there = drawn.some(
        (token) =>
          token.message === each.message &&
          Math.abs(token.x - x) < 0.01 &&
          Math.abs(token.y - y) < 0.01,
      )
      expect(there, `message ${each.message}`).toBe(true)
    }
  })

  test('when some have gone since the last time, then the columns hold those that are there', () => {
    const { flights } = columnsOf()
    flights.take(frame.flights.slice(0, 10))
    expect([flights.count, flights.kind(0)]).toEqual([10, frame.flights[0]?.kind])
  })
})
