/**
 * What the page and the engine say to each other. The engine may sit in a worker or, where none can
 * be had, on the page itself (`inProcess.ts`): the same messages, the same answers.
 */
import type { Density, FactFilter, FactLine, Moment, Progress, Series } from '../history/answers.ts'
import type { Frame, MessageLook } from '../history/frame.ts'
import type { Scenario, Script } from '../scenario/document.ts'

export type { Density, FactFilter, FactLine, Moment, Progress, Series }

/** A run to compute: the same order gives the same hash everywhere. */
export interface Order {
  scenario: Scenario
  script: Script
  seed: number
}

/** Questions about the run that is open. Each name with its argument and its answer. */
export interface Questions {
  /** Everything at a moment, and which messages it shows. */
  frame: { ask: Moment; answer: { frame: Frame; looks: MessageLook[] } }
  /** Facts before (`limit` < 0) or after an index, matching a filter. */
  facts: { ask: { from: number; limit: number; filter: FactFilter }; answer: FactLine[] }
  /** A message's whole life, with those of its ancestors and descendants. */
  life: {
    ask: { message: number }
    answer: {
      look: MessageLook
      body: string
      parent: number
      children: number[]
      /** Looks of its parent and children, which the frame may not show. */
      kin: MessageLook[]
      facts: FactLine[]
    }
  }
  density: { ask: { slices: number }; answer: Density }
  /** The numbers of a node over the run so far. */
  series: { ask: { node: string; slices: number }; answer: Series[] }
  /** The hash of the run up to a moment. */
  hash: { ask: Moment; answer: string }
  /** The moment `steps` facts (negative: back) from one; steps over set-up and pipe facts unless `everything`. */
  step: {
    ask: { from: number; steps: number; everything?: boolean }
    answer: { factIndex: number; timeUs: number }
  }
  /** What lies under a point of the canvas (flow coordinates) at the moment that was last drawn. */
  hit: {
    ask: { x: number; y: number; radius: number }
    answer: { message: number; node: string } | null
  }
}

export type QuestionName = keyof Questions

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

/** From the page to the engine. */
export type Request =
  | { type: 'open'; order: Order }
  | { type: 'ask'; id: number; name: QuestionName; ask: unknown }
  | { type: 'surface'; canvas: OffscreenCanvas | null }
  | { type: 'geometry'; geometry: Geometry }
  | { type: 'look'; look: Look }
  /** Draw this moment under this view; the latest wins. One at a time is under way. */
  | { type: 'draw'; moment: Moment; view: View }
  | { type: 'close' }

/** From the engine to the page. */
export type Reply =
  /** The worker has loaded. */
  | { type: 'ready' }
  | { type: 'opened'; progress: Progress }
  | { type: 'progress'; progress: Progress }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'failed'; id: number; sentence: string }
  /** The moment was drawn. */
  | { type: 'drawn'; timeUs: number; factIndex: number; view: View }
  | { type: 'broken'; sentence: string }
