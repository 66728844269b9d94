/**
 * The session in React: one provider for each canvas (the home page has three), a hook for slices of
 * its state and one for its verbs.
 */
import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { must } from '../base/assert.ts'
import type { Session, SessionState } from './session.ts'

/** A session with the store that holds its state. `createSession()` in `create.ts` makes one. */
export interface LiveSession extends Session {
  readonly store: StoreApi<SessionState>
  /** Stops the engine and the clock. */
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
