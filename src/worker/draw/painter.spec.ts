/** What is painted is a function of the moment alone, tells messages apart, and can be clicked. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Flight, Frame } from '../../history/frame.ts'
import { History } from '../../history/history.ts'
import { lookOf } from '../../history/looks.ts'
import type { Scenario } from '../../scenario/document.ts'
import { EXAMPLES, exampleCalled } from '../../scenario/examples/index.ts'
import { scenarioGeometry } from '../../scenario/shapes.ts'
import { createFakePen } from '../../testing/fakePen.ts'
import { loadFamilies } from '../families.ts'
import type { Look, View } from '../protocol.ts'
import type { DrawnToken } from './drawn.ts'
import { createPainter, type Painter } from './painter.ts'
import type { Pen } from './pen.ts'

const mm1 = exampleCalled('mm1')
const orders = exampleCalled('orders')
const ordersWorkers = exampleCalled('orders-workers')

const roles = ['canvas', 'surface', 'surfaceRaised', 'surfaceSunken', 'ink', 'inkSoft', 'quiet']
const more = ['line', 'lineStrong', 'accent', 'danger', 'dangerSoft', 'warning', 'ok', 'lit']
const palette: Record<string, unknown> = {
  ...Object.fromEntries([...roles, ...more].map((role) => [role, role])),
  litInk: 'litInk',
  messageInk: 'messageInk',
  message: ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
  fontUi: 'ui',
  fontCode: 'code',
}
const LOOK: Look = {
  palette,
  still: false,
  selectedNode: null,
  selectedMessage: null,
  large: false,
}
const VIEW: View = { x: 0, y: 300, zoom: 1, width: 1400, height: 700, pixelRatio: 1 }

interface Painted {
  tokens: DrawnToken[]
  log: string
  painter: Painter
}

beforeAll(async () => {
  for (const { scenario } of EXAMPLES) await loadFamilies(scenario)
})

/** A run that can be painted at any moment, always by the same painter. */
function runOf(scenario: Scenario) {
  const history = new History(scenario, [], { factsMax: 30_000 })
  while (history.advance());
  const painter = createPainter()
  const geometry = scenarioGeometry(scenario)
  const looks = { get: (id: number) => lookOf(history.live.records, id) }
  const paint = (frame: Frame, view: Partial<View> = {}, look: Partial<Look> = {}): Painted => {
    const { pen, log } = createFakePen()
    const whole = { ...VIEW, ...view }
    painter.paint(pen as unknown as Pen, frame, looks, geometry, whole, { ...LOOK, ...look })
    return { tokens: painter.tokenList(), log: log.join('\n'), painter }
  }
  return {
    history,
    geometry,
    paint,
    frameAt: (atUs: number) => {
      history.seek({ atUs })
      return history.frame()
    },
  }
}

function flight(over: Partial<Flight>): Flight {
  return {
    link: 0,
    back: false,
    kind: 'message',
    message: 0,
    count: 1,
    sentUs: 0,
    arriveUs: 1_000_000,
    redelivered: false,
    ...over,
  }
}

/** A frame of the orders with these flights, half a second in. */
function withFlights(flights: Flight[]) {
  const run = runOf(orders.scenario)
  return { run, frame: { ...run.frameAt(20_000_000), timeUs: 500_000, flights } }
}

describe('purity', () => {
  it.each(EXAMPLES.map((example) => [example.id, example.scenario] as const))(
    'given %s painted forth and back, then every moment looks the same both times',
    (_id, scenario) => {
      const run = runOf(scenario)
      const times = Array.from({ length: 24 }, (_, i) => 400_000 + i * 437_000)
      const forth = times.map((time) => run.paint(run.frameAt(time)))
      const back = times.toReversed().map((time) => run.paint(run.frameAt(time)))
      back.reverse()
      expect(back.map(({ tokens }) => tokens)).toEqual(forth.map(({ tokens }) => tokens))
      expect(back.map(({ log }) => log)).toEqual(forth.map(({ log }) => log))
    },
  )

  it('given another painter, then it paints the same', () => {
    const [one, other] = [runOf(ordersWorkers.scenario), runOf(ordersWorkers.scenario)]
    one.paint(one.frameAt(3_000_000))
    const time = 9_200_000
    expect(one.paint(one.frameAt(time)).log).toBe(other.paint(other.frameAt(time)).log)
  })

  it('given a later moment, then it looks different', () => {
    const run = runOf(orders.scenario)
    expect(run.paint(run.frameAt(1_200_000)).log).not.toBe(run.paint(run.frameAt(1_250_000)).log)
  })
})

describe('messages under way', () => {
  it('given half of the time, then the token is in the middle of its link', () => {
    const { run, frame } = withFlights([flight({})])
    const { tokens } = run.paint(frame)
    const [x1 = 0, y1 = 0, , , , , x2 = 0] = run.geometry.links[0]?.curve ?? []
    expect(tokens.filter(({ node }) => node < 0)).toEqual([
      { message: 0, form: 'token', x: (x1 + x2) / 2, y: y1, node: -1 },
    ])
  })

  it('given an acknowledgement, then it goes against the arrow as a mark beside the line', () => {
    const { run, frame } = withFlights([
      flight({ link: 2, back: true, kind: 'ack', sentUs: 0, arriveUs: 2_000_000 }),
    ])
    const [mark] = run.paint(frame).tokens.filter(({ form }) => form === 'mark')
    const [x1 = 0, y1 = 0, , , , , x2 = 0] = run.geometry.links[2]?.curve ?? []
    expect(mark?.x).toBeCloseTo(x1 + 0.75 * (x2 - x1), 1)
    expect(mark?.y).toBeLessThan(y1)
  })

  it('given stillness, then tokens rest in the middle, and time does not move them', () => {
    const { run, frame } = withFlights([flight({}), flight({ message: 1, sentUs: 300_000 })])
    const early = run.paint(frame, {}, { still: true })
    const late = run.paint({ ...frame, timeUs: 700_000 }, {}, { still: true })
    const tokensOf = (painted: Painted) => painted.tokens.filter(({ node }) => node < 0)
    expect(tokensOf(late)).toEqual(tokensOf(early))
    expect(early.log).toContain('"×2"')
  })

  it('given more than can be told apart, then they are a ribbon with their number', () => {
    const crowd = Array.from({ length: 200 }, (_, i) =>
      flight({ message: i % 18, sentUs: -i * 2000, arriveUs: 1_000_000 - i * 2000 }),
    )
    const { run, frame } = withFlights(crowd)
    const { tokens, log } = run.paint(frame)
    expect(tokens.filter(({ form }) => form === 'ribbon')).toHaveLength(200)
    expect(log).toContain('"×200"')
  })

  it('given some thousands on the canvas, then those that can be told apart are dots', () => {
    const many = Array.from({ length: 6000 }, (_, i) =>
      flight({ message: i % 18, link: i % 3, sentUs: -i * 80, arriveUs: 1_000_000 - i * 80 }),
    )
    const { run, frame } = withFlights(many)
    const near = run.paint(frame, { zoom: 1 })
    expect(near.tokens.filter(({ form }) => form === 'ribbon')).toHaveLength(6000)
    const wide = run.geometry.links.map((link) => ({
      ...link,
      curve: [0, 0, 50_000, 0, 150_000, 0, 200_000, 0],
    }))
    const painter = createPainter()
    const looks = { get: () => undefined }
    const { pen } = createFakePen()
    const geometry = { ...run.geometry, links: wide }
    painter.paint(pen as unknown as Pen, frame, looks, geometry, VIEW, LOOK)
    expect(painter.tokenList().filter(({ form }) => form === 'dot')).toHaveLength(6000)
  })

  it('given a poll, then its link is not lit; given a message that just left, then it is', () => {
    const lit = (flights: Flight[]) => withFlights(flights)
    const poll = lit([flight({ back: true, kind: 'poll', sentUs: 450_000 })])
    expect(poll.run.paint(poll.frame).log).not.toContain('strokeStyle = "lit"')
    const message = lit([flight({ sentUs: 450_000 })])
    expect(message.run.paint(message.frame).log).toContain('strokeStyle = "lit"')
  })
})

describe('what lies under the pointer', () => {
  it('given a token, then it is hit within its size and the radius, and not beyond', () => {
    const { run, frame } = withFlights([flight({ message: 5 })])
    const { painter, tokens } = run.paint(frame)
    const token = tokens.find(({ node }) => node < 0)
    if (!token) throw new Error('no token')
    expect(painter.hit(token.x + 10, token.y, 4)).toEqual({ message: 5, node: '' })
    expect(painter.hit(token.x + 30, token.y, 4)).toBeNull()
  })

  it('given a node and no message there, then the node is hit', () => {
    const run = runOf(orders.scenario)
    const { painter } = run.paint(run.frameAt(0))
    const queue = run.geometry.nodes.find(({ id }) => id === 'orders')
    if (!queue) throw new Error('no queue')
    expect(painter.hit(queue.x + 5, queue.y + 5, 2)).toEqual({ message: -1, node: 'orders' })
  })

  it('given a message in a queue, then it is hit there', () => {
    const run = runOf(mm1.scenario)
    for (let atUs = 5_000_000; atUs < 555_000_000; atUs += 700_000) {
      const frame = run.frameAt(atUs)
      const queue = frame.nodes.find((node) => node.kind === 'queue')
      if (queue?.kind !== 'queue' || queue.ready.length === 0) continue
      const { painter, tokens } = run.paint(frame)
      const held = tokens.find(({ message }) => message === queue.ready[0]?.message)
      expect(painter.hit(held?.x ?? 0, held?.y ?? 0, 1)).toEqual({
        message: held?.message,
        node: 'line',
      })
      return
    }
    throw new Error('the queue was never filled')
  })
})

describe('faults', () => {
  it('given a crashed consumer, then it is veiled, cracked and named', () => {
    const run = runOf(orders.scenario)
    const frame = run.frameAt(1_000_000)
    const nodes = frame.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, crashed: true } : node,
    )
    expect(run.paint(frame).log).not.toContain('"crashed"')
    expect(run.paint({ ...frame, nodes }).log).toContain('"crashed"')
  })

  it('given a link that has no place yet, then the rest is painted', () => {
    const { run, frame } = withFlights([flight({ link: 9 }), flight({})])
    expect(run.paint(frame).tokens.filter(({ node }) => node < 0)).toHaveLength(1)
  })
})

describe('given a telephone’s view of a run on lossy links', () => {
  const run = runOf(exampleCalled('mqtt-qos').scenario)
  const at = (us: number) => run.paint(run.frameAt(us), { zoom: 0.44 }).log

  it('when packets of a handshake are under way, then each says its name', () => {
    expect(at(14_200_000)).toContain('PUBREC')
    expect(at(14_200_000)).toContain('CONNECT')
  })

  it('when one has missed readings and is there, then it says what it has done and what it missed', () => {
    expect(at(14_200_000)).toContain('missed')
    expect(at(14_200_000)).toContain('done')
  })

  it('when it is so far away that a name is longer than its link, then a dot stands for it', () => {
    expect(run.paint(run.frameAt(14_200_000), { zoom: 0.1 }).log).not.toContain('PUBREC')
  })
})

it('given a telephone’s view of who has not joined yet, then what it missed are ghosts with their names', () => {
  const run = runOf(exampleCalled('nats-broadcast').scenario)
  const { tokens } = run.paint(run.frameAt(8_200_000), { zoom: 0.44 })
  expect(tokens.filter(({ form }) => form === 'ghost').length).toBe(3)
})

describe('what came to nothing', () => {
  const run = runOf(exampleCalled('account-two-writers').scenario)
  const cardAt = (atUs: number, view: Partial<View> = {}) => {
    const { tokens, log, painter } = run.paint(run.frameAt(atUs), { x: 0, y: 100, ...view })
    return { card: tokens.find(({ form }) => form === 'card'), log, painter }
  }

  it('given a conflict, then a card at the handler names both writers and what each expected', () => {
    const { card, log, painter } = cardAt(17_500_000)
    expect(log).toMatch(/"web /)
    expect(log).toMatch(/"expected 2, found 3"/)
    expect(log).toMatch(/"cash/)
    expect(log).toMatch(/"expected 2, was first"/)
    expect(painter.hit(card?.x ?? 0, card?.y ?? 0, 6)).toEqual({
      ...{ message: card?.message, node: 'web-shop' },
    })
  })

  it('given a rejection, then the card has its reason, and from far away one word that is clicked too', () => {
    expect(cardAt(19_000_000).log).toMatch(/"The balance is 70: 90 cannot/)
    const { card, log, painter } = cardAt(19_000_000, { zoom: 0.36 })
    expect(log).toMatch(/"rejected"/)
    expect(painter.hit(card?.x ?? 0, card?.y ?? 0, 6)?.message).toBe(card?.message)
  })

  it('given nothing of the kind yet, then there is no card', () => {
    expect(cardAt(8_000_000).card).toBeUndefined()
  })
})

describe('a topic whose group is far behind', () => {
  it('given marks before the first offset in sight, then their offsets are written, with the lag', () => {
    const run = runOf(exampleCalled('hot-key').scenario)
    const { log } = run.paint(run.frameAt(30_000_000))
    const written = log.split('\n').filter((line) => line.startsWith('fillText'))
    const says = (text: string) => written.some((line) => line.startsWith(`fillText "${text}" `))
    // Committed 22, read up to 25, of 62.
    expect([says('22'), says('25'), says('lag 40')]).toEqual([true, true, true])
  })
})
