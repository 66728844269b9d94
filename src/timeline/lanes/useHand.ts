/**
 * The hand on the lanes: dragging moves the window, the wheel zooms about the pointer, two fingers do both;
 * a click selects the message under it, and on the ruler it moves the playhead.
 */
import { type PointerEvent, type RefObject, useEffect, useMemo } from 'react'
import { RULER_PX } from '../../history/lanes/layout.ts'
import type { LanesControl } from './control.ts'

const CLICK_PX = 4
/** How much a notch of the wheel zooms. */
const WHEEL = 0.0018

interface Point {
  x: number
  y: number
}

export function useHand(control: LanesControl, figure: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = figure.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const unit = event.deltaMode === 1 ? 16 : 1
      if (event.shiftKey) return control.pan(-(event.deltaX || event.deltaY) * unit)
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return control.pan(-event.deltaX * unit)
      const { left } = element.getBoundingClientRect()
      const factor = Math.exp(-event.deltaY * unit * WHEEL)
      control.zoom(factor, control.shareAt(event.clientX - left))
    }
    // React's own wheel listeners are passive and could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [control, figure])
  return useMemo(() => handlers(control), [control])
}

function handlers(control: LanesControl) {
  const down = new Map<number, Point>()
  let isDrag = false
  let isSeek = false
  let start: Point = { x: 0, y: 0 }
  const hover = new Hover(control)

  const pointIn = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const seek = (at: Point) => control.session.seek({ atUs: control.timeAt(at.x) })

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const at = pointIn(event)
      down.set(event.pointerId, at)
      hover.hide(event.currentTarget)
      if (down.size > 1) {
        isDrag = true
        return
      }
      start = at
      isDrag = false
      isSeek = at.y < RULER_PX
      if (isSeek) seek(at)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const before = down.get(event.pointerId)
      const at = pointIn(event)
      if (!before) {
        if (event.pointerType !== 'touch') hover.at(event.currentTarget, at)
        return
      }
      down.set(event.pointerId, at)
      if (isSeek) return seek(at)
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
      if (other) return pinch(control, before, at, other)
      isDrag ||= Math.hypot(at.x - start.x, at.y - start.y) > CLICK_PX
      if (isDrag) control.pan(at.x - before.x, at.y - before.y)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const wasDown = down.delete(event.pointerId)
      if (!wasDown || isDrag || isSeek || down.size > 0) return
      const at = pointIn(event)
      control.hit(at.x, at.y).then(
        (look) => control.session.select(look ? { type: 'message', id: look.id } : null),
        () => {},
      )
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      down.delete(event.pointerId)
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      hover.hide(event.currentTarget)
    },
  }
}

/** One of two fingers moved: the window follows their middle and their distance. */
function pinch(control: LanesControl, before: Point, at: Point, other: Point): void {
  const distance = (point: Point) => Math.max(24, Math.abs(point.x - other.x))
  const middle = (at.x + other.x) / 2
  control.pan((at.x - before.x) / 2)
  control.zoom(distance(at) / distance(before), control.shareAt(middle))
}

/** The name of the message under a resting pointer; one question at a time, the latest place wins. */
class Hover {
  private wanted: { element: HTMLElement; at: Point } | null = null
  private isAsking = false
  private readonly control: LanesControl

  constructor(control: LanesControl) {
    this.control = control
  }

  at(element: HTMLElement, at: Point): void {
    this.wanted = { element, at }
    if (!this.isAsking) this.ask()
  }

  hide(element: HTMLElement): void {
    this.wanted = null
    show(element, null, { x: 0, y: 0 })
  }

  private ask(): void {
    const { wanted } = this
    if (!wanted) return
    this.wanted = null
    this.isAsking = true
    const { element, at } = wanted
    this.control.hit(at.x, at.y).then(
      (look) => {
        this.isAsking = false
        show(element, look?.label ?? null, at)
        this.ask()
      },
      () => {
        this.isAsking = false
      },
    )
  }
}

function show(element: HTMLElement, label: string | null, at: Point): void {
  const hover = element.parentElement?.querySelector<HTMLElement>('[data-part=hover]')
  if (!hover) return
  element.style.cursor = label === null ? '' : 'pointer'
  hover.hidden = label === null
  if (label === null) return
  hover.textContent = label
  hover.style.transform = `translate(${at.x + 12}px, ${at.y + 12}px)`
}
