/**
 * What a page may ask of Eventarium from outside, for embedders, tests and the curious: `window.eventarium`.
 * It reads and never changes anything.
 */
import type { SharedMoment } from '../scenario/share/moment.ts'
import type { LiveSession } from '../session/react.tsx'
import type { Questions } from '../session/session.ts'
import { momentOf, untilComputed } from './momentNow.ts'

export interface Eventarium {
  /** The scenario, script, branch and playhead that are seen now: what a link carries. */
  moment(): SharedMoment
  /** Hash of the run: of all of it, or up to a simulated time in microseconds. */
  hash(atUs?: number): Promise<string>
  /** What the canvas shows: up to which fact, and every message that is drawn, where and how. */
  drawn(): Promise<Questions['drawn']['answer']>
}

declare global {
  interface Window {
    eventarium?: Eventarium
  }
}

export function offerToEmbedders(session: LiveSession): void {
  window.eventarium = {
    moment: () => momentOf(session),
    hash: async (atUs = session.store.getState().scenario.durationMs * 1000) => {
      await untilComputed(session, atUs)
      return session.ask('hash', { atUs })
    },
    drawn: () => session.ask('drawn', undefined),
  }
}
