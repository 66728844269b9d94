/** Whether a pointer that went down on the track means to drag it: a finger may only be scrolling the page past it. */

type DragIntent = 'drag' | 'scroll' | 'unsure'

/** A mouse or pen drags at once; a finger has decided once it has moved further one way than the other. */
export function dragIntent(pointerType: string, movedX: number, movedY: number): DragIntent {
  if (pointerType !== 'touch') return 'drag'
  const across = Math.abs(movedX)
  const along = Math.abs(movedY)
  if (Math.max(across, along) < 6) return 'unsure'
  return across >= along ? 'drag' : 'scroll'
}
