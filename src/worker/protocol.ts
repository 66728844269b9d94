/**
 * What the page and the engine say to each other. The engine may sit in a worker or, where none can
 * be had, on the page itself (`client.ts`): the same messages, the same answers.
 */
import type { Density, FactFilter, FactLine, Moment, Progress, Series } from '../history/answers.ts'
import type { Order } from '../history/runs.ts'
import type { QuestionName, Questions } from './answers/index.ts'

export type {
  Density,
  FactFilter,
  FactLine,
  Moment,
  Order,
  Progress,
  QuestionName,
  Questions,
  Series,
}

/** Names a run that is open: several may be, each with a canvas of its own. */
export type RunId = string

/** Flow coordinates of what the message layer draws on: one entry a node and a link of the scenario. */
export interface Geometry {
  nodes: { id: string; x: number; y: number; width: number; height: number }[]
  /** Cubic Bézier of each link: four points, x and y in turn. */
  links: { id: string; curve: number[] }[]
}

/** How the message layer looks onto the flow. */
export interface View {
  /** Translation and zoom of the flow, in CSS pixels. */
  x: number
  y: number
  zoom: number
  width: number
  height: number
  pixelRatio: number
}

/** How it is drawn. `palette` is `ui/theme.ts`'s, passed through as it is. */
export interface Look {
  palette: Record<string, unknown>
  /** Tokens rest in the middle of their link instead of travelling. */
  still: boolean
  /** Scenario id or message that is selected. */
  selectedNode: string | null
  selectedMessage: number | null
  /** Larger type and tokens, for a room. */
  large: boolean
}

/** What a canvas of a run is painted with: the message layer, or the run's lanes. */
export type Layer = 'messages' | 'lanes'

/** From the page to the engine: what should happen with one of the runs. */
export type Request = {
  run: RunId
} /** Computes a run under this name; it takes the place of the one before. */ & (
  | { type: 'open'; order: Order }
  | { type: 'ask'; id: number; name: QuestionName; ask: unknown }
  | { type: 'surface'; layer: Layer; canvas: OffscreenCanvas | null }
  | { type: 'geometry'; geometry: Geometry }
  | { type: 'look'; look: Look }
  /** Draw this moment under this view; the latest wins. One at a time is under way. */
  | { type: 'draw'; moment: Moment; view: View }
  | { type: 'close' }
)

/** From the engine to the page. */
export type Reply =
  /** The worker has loaded. */
  | { type: 'ready' }
  | { type: 'progress'; run: RunId; progress: Progress }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'failed'; id: number; sentence: string }
  /** The moment was drawn. */
  | { type: 'drawn'; run: RunId; timeUs: number; factIndex: number; view: View }
  /** Our own fault. */
  | { type: 'broken'; run: RunId; sentence: string }
