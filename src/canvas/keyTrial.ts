/** A key that a person tries on an exchange, or a subject on a server: the links that it would take light up. Nothing is published. */
import { create } from 'zustand'

export interface Trial {
  exchange: string
  /** Links that match. */
  links: ReadonlySet<string>
}

/** Null while no key is tried. */
export const useKeyTrial = create<{ trial: Trial | null }>(() => ({ trial: null }))

export function tryKey(trial: Trial | null): void {
  useKeyTrial.setState({ trial })
}
