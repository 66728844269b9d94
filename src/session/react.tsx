/**
 * The session in React: one provider for each canvas (the home page has three), a hook for slices of
 * its state and one for its verbs.
 */
import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { must } from '../base/assert.ts'
import type { Session, SessionOptions, SessionState } from './session.ts'

/** A session with the store that holds its state. `createSession()` in `create.ts` makes one. */
export interface LiveSession extends Session {
  readonly store: StoreApi<SessionState>
  /**
   * A second session whose run the same engine computes: what both have in common is computed once. Its
   * playhead follows this one's; its canvas and selection are its own. It is closed before this one.
   */
  beside(name: string, options: SessionOptions): LiveSession
  /** Stops the clock, and the engine if this session began it. */
  close(): void
}

const SessionContext = createContext<LiveSession | null>(null)

export function SessionProvider(props: { session: LiveSession; children: ReactNode }) {
  return <SessionContext value={props.session}>{props.children}</SessionContext>
}

/** The verbs of the nearest session. Stable: never causes a render. */
export function useVerbs(): LiveSession {
  return must(useContext(SessionContext), 'SessionProvider')
}

/** A slice of the nearest session's state; renders only when that slice changes (Object.is). */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useVerbs().store, select)
}
