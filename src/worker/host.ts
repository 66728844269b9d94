/**
 * The engine's side of the wall: holds the run that is open, computes it ahead in short slices, answers
 * questions about it and paints moments of it. It is the same in a worker and on the page.
 */
import { must } from '../base/assert.ts'
import { DensityCounter } from '../history/density.ts'
import { History } from '../history/history.ts'
import { lifeOf, listFacts, stepFrom } from '../history/lines.ts'
import { lookOf, looksOf } from '../history/looks.ts'
import { hashOfRun } from '../history/runHash.ts'
import { SeriesReader } from '../history/series.ts'
import { loadFonts } from './draw/fonts.ts'
import { createPainter } from './draw/painter.ts'
import type { Pen } from './draw/pen.ts'
import type {
  Geometry,
  Look,
  Moment,
  QuestionName,
  Questions,
  Reply,
  Request,
  View,
} from './protocol.ts'

/** Most facts of a run that a page keeps (16 bytes each, with as much again for messages). */
const FACTS_MAX = 4_000_000
/** The engine gives way after so many milliseconds, so that a seek never waits longer than a frame. */
const SLICE_MS = 4
const SLICE_FACTS = 2_000
const PROGRESS_MS = 100
/** Facts that one answer about numbers folds: the rest comes with the next. */
const SERIES_FACTS = 100_000

/** What the host needs of where it runs. */
export interface Place {
  post(reply: Reply): void
  /** Calls back soon, after what is waiting has had its turn. */
  soon(callback: () => void): void
  /** A clock for slices; never for what is computed. */
  nowMs(): number
}

/** A canvas to paint on: OffscreenCanvas, or the page's own. */
export interface Surface {
  width: number
  height: number
  getContext(kind: '2d'): unknown
}

export class Host {
  private history: History | null = null
  private density: DensityCounter | null = null
  private series: SeriesReader | null = null
  private surface: Surface | null = null
  private pen: Pen | null = null
  private readonly painter = createPainter()
  private geometry: Geometry | null = null
  private look: Look | null = null
  /** What was drawn last: it is drawn again when the typefaces have come. */
  private lastDraw: Extract<Request, { type: 'draw' }> | null = null
  private lastProgressMs = 0
  private pumping = false
  private readonly place: Place

  constructor(place: Place) {
    this.place = place
    loadFonts().then(
      () => this.lastDraw && this.paint(this.lastDraw.moment, this.lastDraw.view),
      () => {},
    )
  }

  /** Takes a request. Our own faults come back as `broken`, bad questions as `failed`. */
  handle(request: Request | { type: 'surface'; canvas: Surface | null }): void {
    try {
      this.take(request)
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      if (request.type === 'ask') this.place.post({ type: 'failed', id: request.id, sentence })
      else this.place.post({ type: 'broken', sentence })
    }
  }

  private take(request: Request | { type: 'surface'; canvas: Surface | null }): void {
    switch (request.type) {
      case 'open':
        this.open(request.order)
        return
      case 'ask':
        this.place.post({
          type: 'answer',
          id: request.id,
          answer: this.answer(request.name, request.ask),
        })
        return
      case 'surface':
        this.surface = request.canvas
        this.pen = request.canvas ? (request.canvas.getContext('2d') as Pen) : null
        return
      case 'geometry':
        this.geometry = request.geometry
        return
      case 'look':
        this.look = request.look
        return
      case 'draw':
        this.lastDraw = request
        this.draw(request.moment, request.view)
        return
      case 'close':
        this.lastDraw = null
        this.history?.close()
        this.history = null
        this.surface = null
        this.pen = null
        return
    }
  }

  private open(order: Extract<Request, { type: 'open' }>['order']): void {
    this.history?.close()
    this.history = new History(order.scenario, order.script, {
      seed: order.seed,
      factsMax: FACTS_MAX,
    })
    this.density = null
    this.series = null
    this.compute()
    this.place.post({ type: 'opened', progress: this.history.progress })
    this.pump()
  }

  /** Computes ahead for one slice; returns whether there is more. */
  private compute(): boolean {
    const { history, place } = this
    if (!history || history.done) return false
    const until = place.nowMs() + SLICE_MS
    while (place.nowMs() < until) if (!history.advance(SLICE_FACTS)) return false
    return true
  }

  private pump(): void {
    if (this.pumping) return
    this.pumping = true
    const turn = () => {
      const { history } = this
      let more = false
      try {
        more = this.compute()
      } catch (error) {
        this.place.post({ type: 'broken', sentence: String(error) })
      }
      const nowMs = this.place.nowMs()
      if (history && (!more || nowMs - this.lastProgressMs >= PROGRESS_MS)) {
        this.lastProgressMs = nowMs
        this.place.post({ type: 'progress', progress: history.progress })
      }
      if (more) this.place.soon(turn)
      else this.pumping = false
    }
    this.place.soon(turn)
  }

  private draw(moment: Moment, view: View): void {
    const reached = this.paint(moment, view)
    if (reached) this.place.post({ type: 'drawn', ...reached, view })
  }

  /** Paints a moment, telling nobody; returns where it is. */
  private paint(moment: Moment, view: View): { timeUs: number; factIndex: number } | null {
    const { history, geometry, look, pen, surface } = this
    if (!history) return null
    const reached = this.seek(history, moment)
    if (pen && surface && geometry && look && view.width > 0 && view.height > 0) {
      const width = Math.round(view.width * view.pixelRatio)
      const height = Math.round(view.height * view.pixelRatio)
      if (surface.width !== width) surface.width = width
      if (surface.height !== height) surface.height = height
      const frame = history.frame()
      const { records } = history.live
      const looks = new LooksOnDemand((id) => lookOf(records, id))
      this.painter.paint(pen, frame, looks, geometry, view, look)
    }
    return reached
  }

  /** Seeks; what is asked for beyond what is computed is computed first, as far as a slice goes. */
  private seek(history: History, moment: Moment): { timeUs: number; factIndex: number } {
    const behind =
      'atUs' in moment ? moment.atUs > history.computedUs : moment.factIndex > history.factCount
    if (behind) this.compute()
    return history.seek(moment)
  }

  private answer(name: QuestionName, ask: unknown): unknown {
    const history = must(this.history, 'an open run')
    return ANSWERS[name](this, history, ask as never)
  }

  /** For `ANSWERS`. */
  densityOf(history: History, slices: number): DensityCounter {
    if (this.density?.slices !== slices) this.density = new DensityCounter(history, slices)
    return this.density
  }
  seriesOf(history: History, node: string, slices: number) {
    if (this.series?.slices !== slices) this.series = new SeriesReader(history, slices)
    this.series.read(SERIES_FACTS)
    return this.series.of(node)
  }
  hit(x: number, y: number, radius: number) {
    return this.painter.hit(x, y, radius)
  }
}

type Answers = {
  [N in QuestionName]: (
    host: Host,
    history: History,
    ask: Questions[N]['ask'],
  ) => Questions[N]['answer']
}

const ANSWERS: Answers = {
  frame: (_host, history, moment) => {
    history.seek(moment)
    const frame = history.frame()
    return { frame, looks: looksOf(history.live.records, frame) }
  },
  facts: (_host, history, { from, limit, filter }) => listFacts(history, from, limit, filter),
  life: (_host, history, { message }) => {
    const { records } = history.live
    if (!(message >= 0 && message < records.messages.count)) {
      throw new Error(`There is no message ${message} in this run.`)
    }
    const parent = records.messages.parent(message)
    const children: number[] = []
    for (let id = message + 1; id < records.messages.count && children.length < 100; id++) {
      if (records.messages.parent(id) === message) children.push(id)
    }
    return {
      look: lookOf(records, message),
      body: records.body(message),
      parent,
      children,
      kin: [parent, ...children].filter((id) => id >= 0).map((id) => lookOf(records, id)),
      facts: lifeOf(history, message),
    }
  },
  density: (host, history, { slices }) => host.densityOf(history, slices).read(),
  series: (host, history, { node, slices }) => host.seriesOf(history, node, slices),
  hash: (_host, history, moment) => {
    // A hash is of all facts up to the moment: what is not computed yet is computed first.
    const behind = () =>
      'atUs' in moment ? moment.atUs > history.computedUs : moment.factIndex > history.factCount
    while (behind() && history.advance()) {}
    const { facts } = history.live.records
    const count = 'atUs' in moment ? facts.countAt(moment.atUs) : moment.factIndex
    return hashOfRun(history.live.records, Math.min(count, facts.count))
  },
  step: (_host, history, { from, steps, everything }) =>
    stepFrom(history, from, steps, everything ?? false),
  hit: (host, _history, { x, y, radius }) => host.hit(x, y, radius),
}

/** Looks of messages, made when a message is first drawn in a frame. */
class LooksOnDemand {
  private readonly known = new Map<number, ReturnType<typeof lookOf>>()
  private readonly make: (id: number) => ReturnType<typeof lookOf>
  constructor(make: (id: number) => ReturnType<typeof lookOf>) {
    this.make = make
  }
  get(id: number): ReturnType<typeof lookOf> {
    const known = this.known.get(id)
    if (known) return known
    const look = this.make(id)
    this.known.set(id, look)
    return look
  }
}
