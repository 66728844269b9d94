/** The handle of the playhead: the slider that keyboards and screen readers know. Arrows go from fact to fact. */
import { type KeyboardEvent, type RefObject, useMemo } from 'react'
import { US_PER_S } from '../base/time.ts'
import { useVerbs } from '../session/react.tsx'
import { pageUs } from './scale.ts'
import styles from './Track.module.css'
import { useSpokenMoment } from './useSpokenMoment.ts'
import { obeyer, seekBy } from './useTimelineKeys.ts'

const directions: Record<string, 1 | -1> = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -1,
}

type ThumbProps = { endUs: number; thumb: RefObject<HTMLDivElement | null> }

export function Thumb({ endUs, thumb }: ThumbProps) {
  const verbs = useVerbs()
  const obey = useMemo(() => obeyer(verbs), [verbs])
  const [spoken, noteAct] = useSpokenMoment()

  const move = (event: KeyboardEvent): boolean => {
    const direction = directions[event.key]
    if (event.key === 'Home') obey({ type: 'start' })
    else if (event.key === 'End') obey({ type: 'end' })
    else if (!direction) return false
    else if (event.key.startsWith('Page')) seekBy(verbs, direction * pageUs(endUs))
    else if (event.shiftKey) obey({ type: 'second', direction })
    else obey({ type: 'step', facts: direction })
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ') obey({ type: 'toggle' })
    else if (!move(event)) return
    event.preventDefault()
    noteAct()
  }
  return (
    <div
      ref={thumb}
      role="slider"
      tabIndex={0}
      className={styles.thumb}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={endUs / US_PER_S}
      aria-valuenow={Math.min(spoken.timeUs, endUs) / US_PER_S}
      aria-valuetext={spoken.text}
      onKeyDown={onKeyDown}
    />
  )
}
