/**
 * Keeps what is painted with what is looked at: one question to the engine's side at a time, the latest
 * window wins. Nothing here renders; the playhead and the veil are moved where they are.
 */
import type { LiveSession } from '../../session/react.tsx'
import { onPaletteChange } from '../../ui/theme.ts'
import { endUsOf } from '../useRun.ts'
import { followed, moved, readWindow, type TimeWindow, wholeRun, zoomed } from './timeWindow.ts'

const REST_MS = 200
const PIXEL_RATIO_MAX = 2
/** How far from a line a pointer may be that means it. */
const REACH_PX = 7

const controls = new WeakMap<LiveSession, LanesControl>()

/** The one of a session: its window is found again where it was left. */
export function lanesOf(session: LiveSession): LanesControl {
  const control = controls.get(session) ?? new LanesControl(session)
  controls.set(session, control)
  return control
}

class LanesControl {
  private window: TimeWindow
  private endUs: number
  private request = 0
  private isAsking = false
  private isWanted = false
  private box: HTMLElement | null = null
  private plot: HTMLElement | null = null
  private restTimer: ReturnType<typeof setTimeout> | undefined
  private readonly restListeners = new Set<(window: TimeWindow) => void>()
  readonly session: LiveSession

  constructor(session: LiveSession) {
    this.session = session
    this.endUs = endUsOf(session.store.getState())
    this.window = wholeRun(this.endUs)
    session.store.subscribe((state, before) => {
      // Without a frame, something else has just been opened.
      const isOther = state.frame === null && before.frame !== null
      if (isOther) this.window = wholeRun(this.endUs)
      this.keepEnd(endUsOf(state))
    })
  }

  /** The elements that scroll, that hold everything painted, and that take the canvas. */
  attach(box: HTMLElement, plot: HTMLElement, figure: HTMLElement): () => void {
    this.box = box
    this.plot = plot
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    figure.append(canvas)
    const { session } = this
    const detach = session.attachLanes(canvas)
    const observer = new ResizeObserver(() => this.repaint())
    observer.observe(plot)
    const repaint = () => this.repaint()
    box.addEventListener('scroll', repaint, { passive: true })
    const stops = [
      detach,
      onPaletteChange(repaint),
      session.onTick((timeUs) => this.follow(timeUs)),
      session.store.subscribe((state, before) => {
        const { progress, selection, scenario } = state
        if (
          progress !== before.progress ||
          selection !== before.selection ||
          scenario !== before.scenario
        ) {
          this.repaint()
        }
      }),
      () => box.removeEventListener('scroll', repaint),
      () => observer.disconnect(),
    ]
    this.setWindow(this.window)
    return () => {
      for (const stop of stops) stop()
      cancelAnimationFrame(this.request)
      this.request = 0
      clearTimeout(this.restTimer)
      canvas.remove()
      this.plot = null
    }
  }

  /** The run has another length: the window stays in it. */
  private keepEnd(endUs: number): void {
    if (endUs === this.endUs) return
    const isWhole = this.window.fromUs === 0 && this.window.toUs >= this.endUs
    this.endUs = endUs
    this.setWindow(isWhole ? wholeRun(endUs) : moved(this.window, 0, endUs))
  }

  zoom(factor: number, share?: number): void {
    const { timeUs } = this.session.playhead()
    const { fromUs, toUs } = this.window
    const own = (timeUs - fromUs) / (toUs - fromUs)
    const about = share ?? (own >= 0 && own <= 1 ? own : 0.5)
    this.setWindow(zoomed(this.window, factor, about, this.endUs))
  }

  /** Moves what is seen by so many pixels. */
  pan(dxPx: number, dyPx = 0): void {
    const { fromUs, toUs } = this.window
    if (dxPx !== 0) {
      this.setWindow(moved(this.window, (-dxPx * (toUs - fromUs)) / this.widthPx, this.endUs))
    }
    if (dyPx !== 0) this.box?.scrollBy(0, -dyPx)
  }

  /** The window of a text that `windowText` made; another text changes nothing. */
  showText(text: string): void {
    const window = readWindow(text, this.endUs)
    if (window) this.setWindow(window)
  }

  showAll(): void {
    this.setWindow(wholeRun(this.endUs))
  }

  toPlayhead(): void {
    const { timeUs } = this.session.playhead()
    const { fromUs, toUs } = this.window
    this.setWindow(moved(this.window, timeUs - (fromUs + toUs) / 2, this.endUs))
  }

  /** Calls back with the window whenever it has stood still for a moment. */
  onRest(listener: (window: TimeWindow) => void): () => void {
    this.restListeners.add(listener)
    listener(this.window)
    return () => this.restListeners.delete(listener)
  }

  timeAt(xPx: number): number {
    const { fromUs, toUs } = this.window
    return Math.round(fromUs + ((toUs - fromUs) * xPx) / this.widthPx)
  }

  shareAt(xPx: number): number {
    return Math.min(1, Math.max(0, xPx / this.widthPx))
  }

  /** What lies under a point of the plot. */
  hit(x: number, y: number) {
    return this.session.ask('lanesHit', { x, y, radius: REACH_PX })
  }

  private get widthPx(): number {
    return Math.max(1, this.plot?.clientWidth ?? 1)
  }

  private follow(timeUs: number): void {
    const next = followed(this.window, timeUs, this.endUs)
    if (next === this.window) this.placePlayhead(timeUs)
    else this.setWindow(next)
  }

  private setWindow(window: TimeWindow): void {
    this.window = window
    this.placePlayhead(this.session.playhead().timeUs)
    this.repaint()
    clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      for (const listener of this.restListeners) listener(window)
    }, REST_MS)
  }

  private placePlayhead(timeUs: number): void {
    const { plot } = this
    if (!plot) return
    const { fromUs, toUs } = this.window
    const x = ((timeUs - fromUs) / (toUs - fromUs)) * this.widthPx
    const playhead = plot.querySelector<HTMLElement>('[data-part=playhead]')
    const veil = plot.querySelector<HTMLElement>('[data-part=veil]')
    if (!playhead || !veil) return
    playhead.style.transform = `translateX(${Math.round(x)}px)`
    playhead.style.visibility = x < 0 || x > this.widthPx ? 'hidden' : 'visible'
    veil.style.transform = `translateX(${Math.round(Math.min(this.widthPx, Math.max(0, x)))}px)`
  }

  private repaint(): void {
    this.isWanted = true
    if (this.request !== 0 || this.isAsking || !this.plot) return
    this.request = requestAnimationFrame(() => {
      this.request = 0
      this.paint()
    })
  }

  private paint(): void {
    const { plot, box } = this
    if (!plot || !box || plot.clientWidth === 0) return
    this.isWanted = false
    this.isAsking = true
    const view = {
      ...this.window,
      width: plot.clientWidth,
      height: plot.clientHeight,
      scrollTop: box.scrollTop,
      pixelRatio: Math.min(PIXEL_RATIO_MAX, devicePixelRatio),
    }
    this.session.ask('lanes', view).then(
      ({ isBehind }) => {
        this.isAsking = false
        if (isBehind || this.isWanted) this.repaint()
      },
      () => {
        // A session that is broken says so itself.
        this.isAsking = false
      },
    )
  }
}

export type { LanesControl }
