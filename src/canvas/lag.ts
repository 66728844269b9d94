/** The layer is drawn a frame behind the view: until it has caught up, it is moved to where it belongs. */
import type { LiveSession } from '../session/react.tsx'
import type { View } from '../session/session.ts'
import type { Viewport } from './fit.ts'

/** How a layer that was drawn under one view must be transformed to lie right under another; '' if not at all. */
export function catchUp(drawn: Viewport, now: Viewport): string {
  const scale = now.zoom / drawn.zoom
  if (now.x === drawn.x && now.y === drawn.y && scale === 1) return ''
  return `translate(${now.x - drawn.x * scale}px, ${now.y - drawn.y * scale}px) scale(${scale})`
}

/** Keeps a layer in place; `viewNow` reads the present view and `subscribe` tells when it changes. */
export function keepInPlace(
  layer: HTMLElement,
  session: LiveSession,
  viewNow: () => Viewport,
  subscribe: (listener: () => void) => () => void,
): () => void {
  let drawn: View | null = null
  let before = ''
  const place = () => {
    if (!drawn) return
    const transform = catchUp(drawn, viewNow())
    if (transform !== before) layer.style.transform = transform
    before = transform
  }
  const stopDrawn = session.onView((view) => {
    drawn = view
    place()
  })
  const stopView = subscribe(place)
  return () => {
    stopDrawn()
    stopView()
  }
}
