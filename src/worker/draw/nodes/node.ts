/** The inside of a node of any kind, and what faults do to it. */
import type { NodeState, StateOf } from '../../../history/frame.ts'
import type { NodeKind } from '../../../scenario/document.ts'
import type { LateKind } from '../../../scenario/late.ts'
import { type Box, TITLE_HEIGHT } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'
import { drawConsumer } from './consumer.ts'
import { drawExchange } from './exchange.ts'
import { lateDrawing } from './family.ts'
import { drawCrack, drawVeil } from './faults.ts'
import { drawBadge } from './parts.ts'
import { drawProducer } from './producer.ts'
import { drawQueue } from './queue.ts'

export function drawNode(scene: Scene, state: NodeState, box: Box): void {
  const body: Box = {
    x: box.x,
    y: box.y + TITLE_HEIGHT,
    width: box.width,
    height: box.height - TITLE_HEIGHT,
  }
  const gone = 'gone' in state && state.gone
  const away = state.crashed || ('online' in state && !state.online)
  if (away) drawVeil(scene, state, body)
  scene.pen.globalAlpha = away ? 0.55 : gone ? 0.25 : 1
  drawInside(scene, state, body)
  scene.pen.globalAlpha = 1
  if (state.crashed) drawCrack(scene, body)
  const right = body.x + body.width - 8
  const badge = badgeOf(state)
  if (state.crashed) drawBadge(scene, 'crashed', right, body.y, true)
  else if (badge) drawBadge(scene, badge.text, right, body.y, badge.grave)
  else if (state.slow !== 1) drawBadge(scene, `slow ×${state.slow}`, right, body.y, false)
}

/** What is to be said of its state besides what is drawn inside it. */
function badgeOf(state: NodeState): { text: string; grave: boolean } | null {
  if ('gone' in state && state.gone) {
    return { text: state.kind.startsWith('nats') ? 'not there' : 'deleted', grave: true }
  }
  if ('lostCode' in state && state.lostCode >= 0) {
    const text = state.lostCode === 0 ? 'queue is gone' : `channel closed ${state.lostCode}`
    return { text, grave: true }
  }
  if ('away' in state && state.away !== null) return { text: state.away, grave: false }
  if ('online' in state && !state.online) {
    return { text: state.joined ? 'offline' : 'not joined', grave: false }
  }
  if ('crashPoint' in state && state.crashPoint !== null) {
    return { text: POINT[state.crashPoint], grave: true }
  }
  return 'paused' in state && state.paused ? { text: 'paused', grave: false } : null
}

const POINT = {
  beforeEffect: 'crashes before effect',
  afterEffect: 'crashes after effect',
  afterAck: 'crashes after ack',
  beforeMark: 'crashes before the mark',
} as const

type EarlyKind = Exclude<NodeKind, LateKind>

const INSIDE: { [K in EarlyKind]: (scene: Scene, state: StateOf<K>, body: Box) => void } = {
  producer: drawProducer,
  exchange: drawExchange,
  queue: drawQueue,
  consumer: drawConsumer,
}

function drawInside(scene: Scene, state: NodeState, body: Box): void {
  const { kind } = state
  const draw = kind in INSIDE ? INSIDE[kind as EarlyKind] : lateDrawing(kind as LateKind)
  ;(draw as (scene: Scene, state: NodeState, body: Box) => void)(scene, state, body)
}
