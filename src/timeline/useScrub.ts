/**
 * Dragging over the track: every move of the pointer seeks, in both directions. A run that plays is held while it is
 * dragged and goes on afterwards. A finger that scrolls the page past the track moves nothing.
 */
import { type PointerEvent, type RefObject, useRef } from 'react'
import { useVerbs } from '../session/react.tsx'
import { momentAt } from './scale.ts'
import { clockText } from './timeText.ts'
import { lastUsOf } from './useRun.ts'

/** Half of what the time under the pointer takes, so that it stays inside of the track. */
const hoverHalfPx = 34

interface Parts {
  area: RefObject<HTMLElement | null>
  hover: RefObject<HTMLElement | null>
  thumb: RefObject<HTMLElement | null>
}

export function useScrub({ area, hover, thumb }: Parts, endUs: number) {
  const verbs = useVerbs()
  const drag = useRef<{ resume: boolean } | null>(null)

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
    label.textContent = clockText(momentUnder(event), true)
    hover.current.dataset.shown = ''
  }
  const hideHover = () => delete hover.current?.dataset.shown
  const hold = () => {
    if (verbs.store.getState().playing) verbs.pause()
  }
  const release = () => {
    if (drag.current?.resume) verbs.play()
    drag.current = null
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !event.isPrimary) return
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      thumb.current?.focus({ preventScroll: true })
      drag.current = { resume: verbs.store.getState().playing }
      if (event.pointerType === 'touch') return
      hold()
      seek(event)
    },
    onPointerMove(event: PointerEvent) {
      if (drag.current || event.pointerType !== 'touch') showHover(event)
      if (!drag.current) return
      hold()
      seek(event)
    },
    onPointerUp(event: PointerEvent) {
      if (!drag.current) return
      seek(event)
      release()
      if (event.pointerType === 'touch') hideHover()
    },
    onPointerCancel() {
      release()
      hideHover()
    },
    onPointerLeave: () => !drag.current && hideHover(),
  }
}
