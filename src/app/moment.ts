/** From a session to the moment that can be shared, and back. */
import { SCENARIO_FORMAT, type Scenario } from '../scenario/document.ts'
import type { SharedMoment, SharedView } from '../scenario/share/moment.ts'
import type { LiveSession } from '../session/react.tsx'
import type { SessionState, View } from '../session/session.ts'

declare const __APP_VERSION__: string

export const appVersion = __APP_VERSION__

/** The moment as the page tells it: time and fact belong together even while the next one is being drawn. */
export function momentOf(
  session: LiveSession,
  view: SharedView | null = null,
  hash = '',
): SharedMoment {
  const { scenario, exampleId, branches, branchId, selection, timeUs, factIndex } =
    session.store.getState()
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
    hash,
  }
}

/** The moment under the playhead, to the microsecond, with the hash of the run up to there. */
export async function hashedMoment(
  session: LiveSession,
  view: SharedView | null = null,
): Promise<SharedMoment> {
  const timeUs = Math.round(session.playhead().timeUs)
  await untilComputed(session, timeUs)
  const { frame } = await session.ask('frame', { atUs: timeUs })
  const told = momentOf(session, view)
  // Several facts may share the microsecond: then the page knows between which of them it stands.
  const factIndex =
    told.timeUs === timeUs ? Math.min(told.factIndex, frame.factIndex) : frame.factIndex
  const hash = await session.ask('hash', { factIndex })
  return { ...told, timeUs, factIndex, hash }
}

export function openMoment(session: LiveSession, moment: SharedMoment): void {
  const { exampleId, branches, branchId, timeUs, selection } = moment
  session.open(moment.scenario, { exampleId, branches, branchId, timeUs, selection })
}

/**
 * Once the run is computed up to the moment: stands exactly on its fact, and tells in one sentence if the
 * run is not the one that was shared.
 */
export async function verifyMoment(
  session: LiveSession,
  moment: SharedMoment,
): Promise<string | null> {
  const { scenario } = session.store.getState()
  await untilComputed(session, moment.timeUs)
  if (session.store.getState().scenario !== scenario) return null
  const { frame } = await session.ask('frame', { atUs: moment.timeUs })
  // Several facts may share a microsecond, and the moment may be between two of them.
  if (frame.factIndex > moment.factIndex) session.seek({ factIndex: moment.factIndex })
  if (moment.hash === '') return null
  const hash = await session.ask('hash', { factIndex: moment.factIndex })
  return hash === moment.hash ? null : differing(hash, moment)
}

function differing(hash: string, { hash: wanted, app }: SharedMoment): string {
  const runs = `This run has the hash ${shortHash(hash)}, the shared one had ${shortHash(wanted)}`
  return app === appVersion
    ? `${runs}: the two are not the same. Ask for the link again.`
    : `${runs}: it was made with Eventarium ${app}, and this is ${appVersion}, so what happens may differ.`
}

/** What is read out in a room: enough digits to notice a difference. */
export function shortHash(hash: string): string {
  return hash.slice(0, 6)
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

/** The middle of what is seen, in flow coordinates, and how large: what a link says of the view. */
export function sharedView({ x, y, zoom, width, height }: View): SharedView {
  return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom, zoom }
}

/** Where one begins who wants to build. */
export const emptyScenario: Scenario = {
  format: SCENARIO_FORMAT,
  title: 'Untitled',
  seed: 1,
  durationMs: 60_000,
  brokers: [],
  nodes: [],
  links: [],
}
