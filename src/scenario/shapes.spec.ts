/** Where things lie: nodes hold what is drawn in them, and links leave and arrive level. */
import { describe, expect, it } from 'vitest'
import { EXAMPLES } from './examples/index.ts'
import { NODE_KINDS } from './kinds.ts'
import { outline } from './outlines.ts'
import { newNode } from './placement.ts'
import {
  bodyBox,
  bufferSlots,
  cellCentre,
  type Grid,
  handlePoint,
  linkCurve,
  nodeSize,
  queueTray,
  STREAM,
  TITLE_HEIGHT,
  topicLanes,
  unackedShelf,
  windowStart,
  workRings,
} from './shapes.ts'
import { streamLayout, streamRows, streamStrip } from './streamStrips.ts'

const EMPTY = { nodes: [], links: [] }

function bodyOf(kind: 'queue' | 'consumer' | 'groupConsumer') {
  const scenario = EXAMPLES[0]?.scenario
  if (!scenario) throw new Error('no example')
  return bodyBox(nodeSize(newNode(kind, { ...scenario, ...EMPTY, brokers: [] }), EMPTY))
}

function centresOf(grid: Grid) {
  return Array.from({ length: grid.columns * grid.rows }, (_, i) =>
    cellCentre(grid, i, { x: 0, y: 0 }),
  )
}

describe('the insides of nodes', () => {
  it.each([0, 1, 6, 7, 20, 21, 64])(
    'given a queue with %i ready messages, then every cell of its tray is inside it',
    (count) => {
      const body = bodyOf('queue')
      for (const { x, y } of centresOf(queueTray(body, count))) {
        expect(x).toBeGreaterThan(body.x)
        expect(x).toBeLessThan(body.x + body.width)
        expect(y).toBeGreaterThan(body.y)
        expect(y).toBeLessThan(unackedShelf(body).y)
      }
    },
  )

  it('given a tray, then the next message lies furthest right in the first row', () => {
    const [next, second] = centresOf(queueTray(bodyOf('queue'), 3))
    expect(next?.x).toBeGreaterThan(second?.x ?? Number.POSITIVE_INFINITY)
    expect(next?.y).toBe(second?.y)
  })

  it('given a tray that fills, then it has room for all that a frame lists', () => {
    const body = bodyOf('queue')
    for (let count = 0; count <= 64; count++) {
      const { columns, rows } = queueTray(body, count)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
    }
  })

  it.each(['consumer', 'groupConsumer'] as const)(
    'given a %s, then rings and slots do not touch, however much it does at once',
    (kind) => {
      const body = bodyOf(kind)
      for (const concurrency of [1, 2, 3, 4, 100]) {
        const rings = workRings(body, concurrency)
        const slots = bufferSlots(body, concurrency)
        expect(rings.x + rings.columns * rings.cellWidth).toBeLessThanOrEqual(slots.x)
        expect(slots.x + slots.columns * slots.cellWidth).toBeLessThanOrEqual(body.x + body.width)
        expect(2 * rings.radius).toBeLessThan(rings.cellHeight)
      }
    },
  )

  it('given partitions and groups, then a topic grows by a lane each and every lane is inside', () => {
    const example = EXAMPLES.find(({ id }) => id === 'notifications')
    const topic = example?.scenario.nodes.find((node) => node.kind === 'topic')
    if (!example || topic?.kind !== 'topic') throw new Error('no topic')
    const body = bodyBox(nodeSize(topic, example.scenario))
    const lanes = topicLanes(body, topic.partitions)
    const last = lanes.top + (topic.partitions - 1) * lanes.laneHeight
    expect(last + lanes.railsTop + 2 * lanes.railHeight).toBeLessThan(body.y + body.height)
    const wider = nodeSize({ ...topic, partitions: topic.partitions + 1 }, example.scenario)
    expect(wider.height - body.height - body.y).toBeCloseTo(lanes.laneHeight)
  })

  it.each([3, 4, 6])(
    'given a topic made for two partitions, when it has %i, then each has a lane inside, apart from the next',
    (partitions) => {
      const example = EXAMPLES.find(({ id }) => id === 'adding-partitions')
      const topic = example?.scenario.nodes.find((node) => node.kind === 'topic')
      if (!example || topic?.kind !== 'topic') throw new Error('no topic')
      const body = bodyBox(nodeSize(topic, example.scenario))
      const lanes = topicLanes(body, partitions, 0, topic.partitions)
      expect(lanes.isTight).toBe(true)
      expect(lanes.railsTop + lanes.railHeight).toBeLessThan(lanes.laneHeight)
      const last = lanes.top + (partitions - 1) * lanes.laneHeight
      expect(last + lanes.railsTop + lanes.railHeight).toBeLessThan(body.y + body.height)
    },
  )

  it('given an event store, then each of its streams has a strip inside it', () => {
    const example = EXAMPLES.find(({ id }) => id === 'account')
    const store = example?.scenario.nodes.find((node) => node.kind === 'eventStore')
    if (!example || !store) throw new Error('no store')
    const body = bodyBox(nodeSize(store, example.scenario))
    expect(streamRows(body)).toBe(1)
    const strip = streamStrip(body, 0)
    expect(strip.foldTop).toBeLessThan(body.y + body.height)
    const right = strip.left + strip.columns * (strip.cardWidth + strip.gap) - strip.gap
    expect(right).toBeLessThan(body.x + body.width)
  })

  it.each([1, 2, 3])(
    'given a store of %i strips, then more streams than that have a line each, inside it',
    (rows) => {
      const body = { x: 0, y: 24, width: STREAM.width, height: rows * STREAM.height }
      expect(streamLayout(body, rows).strips).toBe(rows)
      const { strips, lines } = streamLayout(body, rows + 5)
      expect([strips, lines.count]).toEqual([rows - 1, 5])
      expect(lines.top).toBeGreaterThan(body.y + strips * STREAM.height)
      expect(lines.top + lines.count * lines.height).toBeLessThan(body.y + body.height)
    },
  )
})

describe('a row that grows', () => {
  it('given fewer than fit, then it begins at its first', () => {
    expect(windowStart(0, 0, 10, 3)).toBe(0)
    expect(windowStart(2, 12, 10, 3)).toBe(2)
  })

  it('given more than fit, then it moves on by steps, so that the latest is shown with room behind it', () => {
    expect(windowStart(0, 11, 10, 3)).toBe(3)
    expect(windowStart(0, 13, 10, 3)).toBe(3)
    expect(windowStart(0, 14, 10, 3)).toBe(6)
    for (let end = 0; end < 100; end++) {
      const start = windowStart(0, end, 10, 3)
      expect(end - start).toBeLessThanOrEqual(10)
      expect(end - start).toBeGreaterThanOrEqual(Math.min(end, 8))
    }
  })
})

describe('silhouettes and links', () => {
  it('given any kind, then its outline fills its body from edge to edge', () => {
    for (const kind of NODE_KINDS) {
      const points = outline(kind, { x: 10, y: 20, width: 200, height: 100 }, 3)
      const xs = points.filter((_, i) => i % 2 === 0)
      const ys = points.filter((_, i) => i % 2 === 1)
      expect([Math.min(...xs), Math.max(...xs)]).toEqual([10, 210])
      expect([Math.min(...ys), Math.max(...ys)]).toEqual([20, 120])
    }
  })

  it('given any kind, then no other has the same outline', () => {
    const box = { x: 0, y: 0, width: 200, height: 100 }
    const shapes = NODE_KINDS.map((kind) => outline(kind, box).join())
    const alike = NODE_KINDS.filter((_, i) => shapes.indexOf(shapes[i] ?? '') !== i)
    // A group consumer has a second outline behind it, a projection a table's head.
    // A JetStream consumer and a cloud subscription are trays as a queue is, with rails of their own; a cloud topic is
    // a place as an MQTT broker is.
    expect(alike).toEqual([
      'groupConsumer',
      'projection',
      'natsConsumer',
      'cloudTopic',
      'cloudSubscription',
    ])
  })

  const at = (x: number, y: number) => ({ x, y, width: 200, height: 100 })

  it('given a node further right, then the link goes level from right edge to left edge', () => {
    const from = at(0, 0)
    const to = at(300, 40)
    const curve = linkCurve(from, to)
    const [out, into] = [handlePoint(from, 'out'), handlePoint(to, 'in')]
    expect(curve.slice(0, 2)).toEqual([out.x, out.y])
    expect(curve.slice(6)).toEqual([300 + into.x, 40 + into.y])
    expect([curve[3], curve[5]]).toEqual([curve[1], curve[7]])
  })

  it('given a node below, then the link goes upright, straight where it can, beside the title', () => {
    expect(linkCurve(at(0, 0), at(0, 180))).toEqual([150, 100, 150, 153, 150, 153, 150, 206])
    const aside = linkCurve(at(0, 0), at(-190, 180))
    expect([aside[0], aside[6]]).toEqual([30, -20])
    expect([aside[2], aside[4]]).toEqual([aside[0], aside[6]])
  })

  it('given a node above, then the link leaves through the top of the silhouette', () => {
    const curve = linkCurve(at(0, 300), at(0, 0))
    expect([curve[1], curve[7]]).toEqual([300 + TITLE_HEIGHT, 100])
  })

  it('given a small node, then upright links meet it at its middle', () => {
    const small = { x: 500, y: 0, width: 112, height: 122 }
    expect(linkCurve(small, at(100, 300))[0]).toBe(556)
  })

  it('given a node that is neither right, below nor above, then the link goes round', () => {
    const curve = linkCurve(at(0, 0), at(-100, 20))
    expect(curve[2]).toBeGreaterThan(curve[0])
    expect(curve[4]).toBeLessThan(curve[6])
  })
})
