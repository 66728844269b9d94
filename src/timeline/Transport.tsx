/** The buttons of the timeline: to the start, a step back, play or pause, a step forward, to the end; and the speed. */
import { type MouseEvent, useMemo } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import {
  PauseIcon,
  PlayIcon,
  StepBackIcon,
  StepForwardIcon,
  ToEndIcon,
  ToStartIcon,
} from '../ui/icons.ts'
import { Select } from '../ui/Select.tsx'
import { choosable, speedText } from './speeds.ts'
import styles from './Transport.module.css'
import { obeyer } from './useTimelineKeys.ts'

export function Transport() {
  const verbs = useVerbs()
  const obey = useMemo(() => obeyer(verbs), [verbs])
  const step = (direction: 1 | -1) => (event: MouseEvent) =>
    obey(event.shiftKey ? { type: 'second', direction } : { type: 'step', facts: direction })
  return (
    <div className={styles.transport}>
      <IconButton
        icon={ToStartIcon}
        label="To the start"
        shortcut="Home"
        tooltipPlacement="top"
        onClick={() => obey({ type: 'start' })}
      />
      <IconButton
        icon={StepBackIcon}
        label="One fact back; with Shift one second"
        shortcut="←"
        tooltipPlacement="top"
        onClick={step(-1)}
      />
      <PlayButton />
      <IconButton
        icon={StepForwardIcon}
        label="One fact forward; with Shift one second"
        shortcut="→"
        tooltipPlacement="top"
        onClick={step(1)}
      />
      <IconButton
        icon={ToEndIcon}
        label="To the end"
        shortcut="End"
        tooltipPlacement="top"
        className={styles.toEnd}
        onClick={() => obey({ type: 'end' })}
      />
    </div>
  )
}

export function PlayButton() {
  const verbs = useVerbs()
  const playing = useSession((state) => state.playing)
  return (
    <IconButton
      icon={playing ? PauseIcon : PlayIcon}
      label={playing ? 'Pause' : 'Play'}
      shortcut="Space"
      tooltipPlacement="top"
      className={styles.play}
      onClick={() => verbs.toggle()}
    />
  )
}

export function Speed() {
  const verbs = useVerbs()
  const speed = useSession((state) => state.speed)
  return (
    <div className={styles.speed}>
      <Select
        label="Speed: simulated seconds a second"
        hideLabel
        value={String(speed)}
        options={choosable(speed).map((value) => ({
          value: String(value),
          label: speedText(value),
        }))}
        onChange={(value) => verbs.setSpeed(Number(value))}
      />
    </div>
  )
}
