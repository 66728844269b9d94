/** Inside a queue that is polled: what can be received, and below it what is in flight, each with the time that is left to it. */
import type { CloudSubscriptionState, SqsQueueState } from '../../../history/frame.ts'
import { type Box, QUEUE_RAIL, queueTray, unackedShelf } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { GHOST } from '../token.ts'
import { drawFarFigure, drawFigure, drawHeld, drawSlots } from './parts.ts'

type Polled = SqsQueueState | CloudSubscriptionState

const IN_FLIGHT_MAX = 4
const FAR_MAX = 2
/** A queue and a subscription have other words for the same. */
const WORDS = {
  sqsQueue: {
    waiting: 'available',
    delayed: 'delayed',
    out: 'in flight',
    asked: ', a receive waits',
  },
  cloudSubscription: {
    waiting: 'waiting',
    delayed: 'backing off',
    out: 'out',
    asked: ', a pull waits',
  },
} as const

const SECOND: Type = { ...FIGURE, size: 13 }

export function drawSqsQueue(scene: Scene, state: Polled, body: Box): void {
  const tray = queueTray({ ...body, width: body.width - 8 }, state.availableCount, scene.far)
  if (!scene.far && state.availableCount <= 6) drawSlots(scene, tray, state.available.length, 6)
  drawHeld(scene, tray, state.available)
  const words = WORDS[state.kind]
  const y = body.y + QUEUE_RAIL + 17
  const shelf = unackedShelf({ ...body, width: body.width - 8 })
  if (scene.far) {
    drawFarFigure(scene, countText(state.availableCount), words.waiting, body.x + 16, y + 9)
    drawHeld(scene, shelf, state.inFlight.slice(0, FAR_MAX), GHOST)
    return
  }
  const next = drawFigure(scene, countText(state.availableCount), words.waiting, body.x + 14, y)
  if (state.delayedCount > 0) {
    drawFigure(scene, countText(state.delayedCount), words.delayed, next, y, SECOND)
  }
  drawHeld(scene, shelf, state.inFlight.slice(0, IN_FLIGHT_MAX), GHOST)
  drawFoot(scene, state, body, y + 21)
}

function drawFoot(scene: Scene, state: Polled, body: Box, y: number): void {
  const words = WORDS[state.kind]
  const holders = [...new Set(state.inFlight.map((held) => held.by))]
  const held = holders.length === 0 ? '' : `, at ${holders.join(', ')}`
  const waits = state.waitingReceives > 0 && holders.length === 0 ? words.asked : ''
  const x = body.x + 14
  const count = countText(state.inFlightCount)
  write(scene, count, x, y, SECOND)
  const at = x + widthOf(scene, count, SECOND) + 4
  write(scene, `${words.out}${held}${waits}`, at, y + 1, NOTE, body.x + body.width - 12 - at)
}
