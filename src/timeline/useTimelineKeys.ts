/** Attaches the keys of the timeline to the window; the app does so once, a figure while it has the focus. */
import { useEffect } from 'react'
import { US_PER_S } from '../base/time.ts'
import { type LiveSession, useVerbs } from '../session/react.tsx'
import { nextSpeed } from './speeds.ts'
import { stepper } from './stepper.ts'
import { placeOf, type TimelineCommand, timelineCommand } from './timelineKeys.ts'
import { lastUsOf } from './useRun.ts'

export function useTimelineKeys(enabled = true): void {
  const verbs = useVerbs()
  useEffect(() => {
    if (!enabled) return
    const obey = obeyer(verbs)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const command = timelineCommand(event, placeOf(event.target as Element | null))
      if (!command || (command.type === 'toggle' && event.repeat)) return
      event.preventDefault()
      obey(command)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [verbs, enabled])
}

/** Turns the commands of keys and buttons into verbs. */
export function obeyer(verbs: LiveSession): (command: TimelineCommand) => void {
  const step = stepper(async (facts) => {
    await verbs.step(facts)
    await arrival(verbs)
  })
  return (command) => {
    switch (command.type) {
      case 'toggle':
        return verbs.toggle()
      case 'step':
        return step(command.facts)
      case 'second':
        return seekBy(verbs, command.direction * US_PER_S)
      case 'start':
        return verbs.seek({ atUs: 0 })
      case 'end':
        return verbs.seek({ atUs: lastUsOf(verbs.store.getState()) })
      case 'true':
        return void verbs.conditions.goTo(command.direction === 1 ? 'next' : 'previous')
      case 'speed':
        return verbs.setSpeed(nextSpeed(verbs.store.getState().speed, command.direction))
    }
  }
}

/** The playhead has moved: only then does the next step know where it starts from. */
function arrival(verbs: LiveSession): Promise<void> {
  return new Promise((resolve) => {
    const stop = verbs.onTick(() => {
      stop()
      resolve()
    })
  })
}

/** Goes some simulated time further or back, within the run. */
export function seekBy(verbs: LiveSession, deltaUs: number): void {
  const lastUs = lastUsOf(verbs.store.getState())
  const atUs = Math.round(verbs.playhead().timeUs + deltaUs)
  verbs.seek({ atUs: Math.min(lastUs, Math.max(0, atUs)) })
}
