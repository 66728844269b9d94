/** The moment that is seen now, without its hash: small, since every figure offers it to the page around it. */
import type { SharedMoment, SharedView } from '../scenario/share/moment.ts'
import type { LiveSession } from '../session/react.tsx'
import type { SessionState } from '../session/session.ts'
import { sharedStage } from './run/stageView.ts'

declare const __APP_VERSION__: string

export const appVersion = __APP_VERSION__

/** The moment as the page tells it: time and fact belong together even while the next one is being drawn. */
export function momentOf(
  session: LiveSession,
  view: SharedView | null = null,
  hash = '',
): SharedMoment {
  const { scenario, exampleId, branches, branchId, timeUs, factIndex, ...seen } =
    session.store.getState()
  const { selection, condition, watches } = seen
  return {
    app: appVersion,
    scenario,
    exampleId,
    branches,
    branchId,
    timeUs: Math.round(timeUs),
    factIndex,
    selection,
    view,
    stage: sharedStage(),
    condition,
    watches,
    hash,
    trail: '',
  }
}

/** Resolves when the run is computed past a moment, so that all its facts are there, or when it will come no further. */
export function untilComputed(session: LiveSession, timeUs: number): Promise<void> {
  const { store } = session
  const isThere = ({ progress }: SessionState) => progress.done || progress.computedUs > timeUs
  return new Promise((resolve) => {
    if (isThere(store.getState())) {
      resolve()
      return
    }
    const stop = store.subscribe((state) => {
      if (!isThere(state)) return
      stop()
      resolve()
    })
  })
}
