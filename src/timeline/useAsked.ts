/**
 * An answer about the run for the timeline: asked again when the run is another one or has grown, at most four times a
 * second. One question is under way at a time, so that an answer that takes long comes through while the run grows.
 */
import { useEffect, useRef, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { QuestionName, Questions, SessionState } from '../session/session.ts'
import { factCountOf, useCalm } from './useCalm.ts'
import { useRun } from './useRun.ts'

export interface Asked<N extends QuestionName> {
  answer: Questions[N]['answer']
  /** Whether it is about the run that is open, or still about the one before. */
  isOfThisRun: boolean
}

interface Subject {
  ask: unknown
  run: object
}

/**
 * `ask` must be the same object while the question is the same; null asks nothing. The answer before stays until the next
 * one is there, also that of another run.
 */
export function useAsked<N extends QuestionName>(
  name: N,
  ask: Questions[N]['ask'] | null,
): Asked<N> | null {
  const verbs = useVerbs()
  const run = useRun()
  const factCount = useCalm(factCountOf)
  const done = useSession(isDone)
  const [held, setHeld] = useState<{ run: object; answer: Questions[N]['answer'] } | null>(null)
  const underWay = useRef<Subject | null>(null)
  const isOld = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: more of the run is a reason to ask again
  useEffect(() => {
    if (ask === null) return
    const put = () => {
      const subject = { ask, run }
      underWay.current = subject
      isOld.current = false
      const take = (taken: typeof held) => {
        if (underWay.current !== subject) return
        underWay.current = null
        setHeld(taken)
        if (isOld.current) put()
      }
      verbs.ask(name, ask).then(
        (answer) => take({ run, answer }),
        // What cannot be answered leaves its place empty; the session says what broke.
        () => take(null),
      )
    }
    const { current } = underWay
    if (current?.ask === ask && current.run === run) isOld.current = true
    else put()
  }, [verbs, name, ask, run, factCount, done])

  useEffect(
    () => () => {
      underWay.current = null
    },
    [],
  )
  if (ask === null || held === null) return null
  return { answer: held.answer, isOfThisRun: held.run === run }
}

const isDone = (state: SessionState) => state.progress.done
