/** What a miniature passes on when it is opened: the moment it stood at, and where on the screen it was seen. */
import type { View } from '../session/session.ts'

export interface Handover {
  exampleId: string
  timeUs: number
  /** The miniature's box in the window, and the view in it. */
  box: { left: number; top: number; width: number; height: number }
  view: View
}

let passed: Handover | null = null

export function handOver(next: Handover): void {
  passed = next
}

/** Takes what was passed on for this example, once. */
export function takeHandover(exampleId: string): Handover | null {
  const taken = passed?.exampleId === exampleId ? passed : null
  passed = null
  return taken
}
