/** Asking why: what is asked is the session's, so that the panel tells it and the canvas draws it. */
import type { WhySubject } from '../history/answers.ts'
import type { LiveSession } from './react.tsx'

/** A node or link on the way that is explained, with the numbers of the steps that happened there. */
export interface PathMark {
  place: string
  steps: number[]
}

/** Asks why of a fact, a message or a number; null asks nothing. */
export function askWhy(session: LiveSession, subject: WhySubject | null): void {
  session.store.setState({ why: subject, path: [] })
}

/** Marks the places of a chain, step by step from 1. */
export function markPath(session: LiveSession, places: readonly string[]): void {
  const marks = new Map<string, PathMark>()
  places.forEach((place, at) => {
    if (place === '') return
    const mark = marks.get(place) ?? { place, steps: [] }
    mark.steps.push(at + 1)
    marks.set(place, mark)
  })
  session.store.setState({ path: [...marks.values()] })
}
