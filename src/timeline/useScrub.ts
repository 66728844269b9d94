/**
 * Dragging over the track: every move of the pointer seeks, in both directions. A run that plays is held while it is
 * dragged and goes on afterwards. A finger that scrolls the page past the track moves nothing.
 */
import { type PointerEvent, type RefObject, useRef } from 'react'
import { clockText } from '../base/clockText.ts'
import { useVerbs } from '../session/react.tsx'
import { dragIntent } from './dragIntent.ts'
import { momentAt } from './scale.ts'
import { lastUsOf } from './useRun.ts'

/** Half of what the time under the pointer takes, so that it stays inside of the track. */
const hoverHalfPx = 34

interface Parts {
  area: RefObject<HTMLElement | null>
  hover: RefObject<HTMLElement | null>
  thumb: RefObject<HTMLElement | null>
}

interface Drag {
  fromX: number
  fromY: number
  /** Whether it has become clear that the track is meant. */
  meant: boolean
  /** Whether the run was playing, and goes on afterwards. */
  resume: boolean
}

export function useScrub({ area, hover, thumb }: Parts, endUs: number) {
  const verbs = useVerbs()
  const drag = useRef<Drag | null>(null)

  const momentUnder = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect()
    return box ? momentAt(event.clientX - box.left, box.width, endUs) : 0
  }
  const seek = (event: PointerEvent) => {
    const lastUs = lastUsOf(verbs.store.getState())
    verbs.seek({ atUs: Math.min(momentUnder(event), lastUs) })
  }
  const showHover = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect()
    const label = hover.current?.firstElementChild as HTMLElement | null
    if (!box || !hover.current || !label) return
    const x = Math.min(box.width, Math.max(0, event.clientX - box.left))
    const labelX = Math.min(box.width - hoverHalfPx, Math.max(hoverHalfPx, x))
    hover.current.style.transform = `translateX(${x}px)`
    label.style.translate = `calc(${labelX - x}px - 50%)`
    label.textContent = clockText(momentUnder(event))
    hover.current.dataset.shown = ''
  }
  const hideHover = () => delete hover.current?.dataset.shown
  const hold = () => {
    if (verbs.store.getState().playing) verbs.pause()
  }
  const release = () => {
    const { resume } = drag.current ?? { resume: false }
    drag.current = null
    // Dropped at the end it stays there; to play would begin anew.
    if (resume && verbs.playhead().timeUs < lastUsOf(verbs.store.getState())) verbs.play()
  }
  const end = () => {
    release()
    hideHover()
  }
  const follow = (event: PointerEvent, now: Drag) => {
    const intent = dragIntent(
      event.pointerType,
      event.clientX - now.fromX,
      event.clientY - now.fromY,
    )
    now.meant ||= intent === 'drag'
    if (now.meant) {
      hold()
      seek(event)
      showHover(event)
    } else if (intent === 'scroll') end()
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !event.isPrimary) return
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      thumb.current?.focus({ preventScroll: true })
      const resume = verbs.store.getState().playing
      drag.current = { fromX: event.clientX, fromY: event.clientY, meant: false, resume }
      follow(event, drag.current)
    },
    onPointerMove(event: PointerEvent) {
      if (drag.current) follow(event, drag.current)
      else if (event.pointerType !== 'touch') showHover(event)
    },
    onPointerUp(event: PointerEvent) {
      if (!drag.current) return
      seek(event)
      if (event.pointerType === 'touch') end()
      else release()
    },
    onPointerCancel: end,
    onPointerLeave: () => !drag.current && hideHover(),
  }
}
