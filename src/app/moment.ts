/** From a session to the moment that can be shared, and back. */

import { clockText } from '../base/clockText.ts'
import type { Inset } from '../canvas/fit.ts'
import { SCENARIO_FORMAT, type Scenario } from '../scenario/document.ts'
import type { SharedMoment, SharedView } from '../scenario/share/moment.ts'
import { agreedFacts, differenceSentence, trailOf, trailPlaces } from '../scenario/share/trail.ts'
import type { LiveSession } from '../session/react.tsx'
import type { View } from '../session/session.ts'
import type { SetUp } from './keep/visit.ts'
import { appVersion, momentOf, untilComputed } from './momentNow.ts'

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
  const trail = trailOf(await hashesAt(session, trailPlaces(factIndex)))
  return { ...told, timeUs, factIndex, hash, trail }
}

/** The hashes of the run after so many facts each. */
function hashesAt(session: LiveSession, places: readonly number[]): Promise<string[]> {
  return Promise.all(places.map((factIndex) => session.ask('hash', { factIndex })))
}

/** At its moment; with what was set up around it since, if that is known. */
export function openMoment(
  session: LiveSession,
  moment: SharedMoment,
  setUp: SetUp = { ...moment, stopping: false },
): void {
  const { exampleId, branches, branchId, timeUs } = moment
  const { selection, condition, stopping, watches } = setUp
  const asked = { condition, stopping, watches }
  session.open(moment.scenario, { exampleId, branches, branchId, timeUs, selection, ...asked })
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
  return hash === moment.hash ? null : differing(session, hash, moment)
}

async function differing(
  session: LiveSession,
  hash: string,
  { hash: shared, trail, factIndex, app }: SharedMoment,
): Promise<string> {
  const hashes = await hashesAt(session, trailPlaces(factIndex))
  const agreed = agreedFacts(trail, factIndex, hashes)
  const until = agreed === null ? null : await session.ask('frame', { factIndex: agreed })
  return differenceSentence({
    here: shortHash(hash),
    shared: shortHash(shared),
    appHere: appVersion,
    appThere: app,
    agreedUntil: until && clockText(until.frame.timeUs),
  })
}

/** What is read out in a room: enough digits to notice a difference. */
export function shortHash(hash: string): string {
  return hash.slice(0, 6)
}

/** The middle of what is seen beside the panels, in flow coordinates, and how large: what a link says of the view. */
export function sharedView({ x, y, zoom, width, height }: View, covered: Inset): SharedView {
  const middleX = (covered.left + width - covered.right) / 2
  const middleY = (covered.top + height - covered.bottom) / 2
  return { x: (middleX - x) / zoom, y: (middleY - y) / zoom, zoom }
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
