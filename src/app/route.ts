/**
 * Where the person is, by the address's fragment alone: it works under any path, in a frame and from any
 * file host, and no server sees it.
 */
import { useSyncExternalStore } from 'react'

export type Route =
  | { screen: 'home' }
  /** Every recorded case, played in this browser. */
  | { screen: 'conformance' }
  /** An example, at a moment of it if one is named. */
  | { screen: 'run'; exampleId: string; atUs: number | null }
  /** A statement of the comparison, with the run that shows it. */
  | { screen: 'claim'; claimId: string }
  /** Something of the person's own that this browser keeps. */
  | { screen: 'work'; workId: string }
  /** Somebody's moment, all of it in the fragment. */
  | { screen: 'moment'; fragment: string }
  | { screen: 'lost'; fragment: string }

export function readRoute(fragment: string): Route {
  if (fragment === '' || fragment === '#' || fragment === '#/') return { screen: 'home' }
  if (fragment === conformanceAddress) return { screen: 'conformance' }
  if (fragment.startsWith('#m=')) return { screen: 'moment', fragment }
  const match = /^#\/(run|claim|work)\/([\w-]{1,80})(?:\?t=(\d{1,12})ms)?$/.exec(fragment)
  const [, screen, id = '', ms] = match ?? []
  if (screen === 'run') {
    return { screen, exampleId: id, atUs: ms === undefined ? null : Number(ms) * 1000 }
  }
  if (screen === 'claim') return { screen, claimId: id }
  if (screen === 'work') return { screen, workId: id }
  return { screen: 'lost', fragment }
}

export const homeAddress = '#/'
export const conformanceAddress = '#/conformance'
export const runAddress = (exampleId: string) => `#/run/${exampleId}`
export const claimAddress = (claimId: string) => `#/claim/${claimId}`
export const workAddress = (workId: string) => `#/work/${workId}`

/** Goes there, with a way back. */
export function goTo(fragment: string): void {
  if (location.hash === fragment) return
  history.pushState(null, '', fragment)
  notify()
}

/** The same place under another address: the way back leads to where it led before. */
export function renameTo(fragment: string): void {
  history.replaceState(history.state, '', fragment)
  notify()
}

const listeners = new Set<() => void>()

function notify(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('hashchange', notify)
    addEventListener('popstate', notify)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    removeEventListener('hashchange', notify)
    removeEventListener('popstate', notify)
  }
}

/** The fragment of the present address, kept up to date. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => location.hash)
}
