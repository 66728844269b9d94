/**
 * Where the log is scrolled to: the current line is kept in view while following; otherwise the line that is being read
 * stays where it is when lines are added above it.
 */
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import type { LogPart } from './useFactWindow.ts'

/** So near to an edge more lines are asked for. */
const edgePx = 400

/** `followed` is the index of the line to keep in view, or null. */
export function useLogScroll(
  list: RefObject<HTMLElement | null>,
  part: LogPart,
  followed: number | null,
) {
  const anchor = useRef<{ index: string; topPx: number } | null>(null)
  const { lines } = part.window

  const remember = useCallback(() => {
    const box = list.current
    const row = box && rowsOf(box).find((row) => row.offsetTop + row.offsetHeight > box.scrollTop)
    anchor.current = row
      ? { index: row.dataset.index ?? '', topPx: row.offsetTop - box.scrollTop }
      : null
  }, [list])

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines are the reason to scroll
  useLayoutEffect(() => {
    const box = list.current
    if (!box) return
    if (followed !== null) keepInView(box, String(followed))
    else if (anchor.current) restore(box, anchor.current)
    remember()
  }, [list, remember, lines, followed])

  const checkEdges = () => {
    const box = list.current
    if (!box || followed !== null) return
    if (box.scrollTop < edgePx) part.showEarlier()
    else if (box.scrollHeight - box.scrollTop - box.clientHeight < edgePx) part.showLater()
  }
  const onScroll = () => {
    remember()
    checkEdges()
  }
  return { onScroll, checkEdges }
}

function rowsOf(box: HTMLElement): HTMLElement[] {
  return [...box.children] as HTMLElement[]
}

function rowOf(box: HTMLElement, index: string): HTMLElement | undefined {
  return rowsOf(box).find((row) => row.dataset.index === index)
}

function restore(box: HTMLElement, { index, topPx }: { index: string; topPx: number }): void {
  const row = rowOf(box, index)
  if (row) box.scrollTop = row.offsetTop - topPx
}

/** Scrolls only when the line leaves the middle of the box: the eye keeps its place. */
function keepInView(box: HTMLElement, index: string): void {
  const row = rowOf(box, index)
  if (!row) return
  const at = (row.offsetTop - box.scrollTop) / box.clientHeight
  if (at < 0.2 || at > 0.75) box.scrollTop = row.offsetTop - box.clientHeight * 0.6
}
