/**
 * An answer of the engine in React. It is asked again when the run is another one (branch, document)
 * and, at most once a second, while the run is still being computed.
 */
import { useEffect, useRef, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Branch, QuestionName, Questions, SessionState } from '../session/session.ts'

const AGAIN_MS = 1000

export interface Answer<N extends QuestionName> {
  /** The latest answer about the same subject, null before the first. */
  answer: Questions[N]['answer'] | null
  /** Why there is none, in one sentence. */
  problem: string | null
}

/** The branch that is open. */
export function openBranch(state: SessionState): Branch | undefined {
  return state.branches.find((branch) => branch.id === state.branchId)
}

/**
 * Asks about `subject`: while that stays the same, the answer before stays until the next is there,
 * so that nothing flickers. `ask` may differ at each call; the latest one is used.
 */
export function useAnswer<N extends QuestionName>(
  name: N,
  subject: string,
  ask: Questions[N]['ask'],
): Answer<N> {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const branch = useSession(openBranch)
  const factCount = useSession((state) => state.progress.factCount)
  const done = useSession((state) => state.progress.done)
  const [held, setHeld] = useState<Answer<N> & { subject: string }>({ subject, ...nothing })
  const latest = useRef(ask)
  latest.current = ask
  /** The turn of what is held, of the last question, and of the last one that nothing before it may answer. */
  const turns = useRef({ held: 0, asked: 0, anew: 0 })
  const askedAtMs = useRef(Number.NEGATIVE_INFINITY)

  // Another subject or run is asked about at once; more facts of the same run wait their second.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run is read by the engine, not here
  useEffect(() => {
    askedAtMs.current = Number.NEGATIVE_INFINITY
    turns.current.anew = turns.current.asked
  }, [name, subject, scenario, branch, done])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new count of facts is what makes the answer old
  useEffect(() => {
    const put = () => {
      askedAtMs.current = performance.now()
      turns.current.asked += 1
      const mine = turns.current.asked
      // An answer that takes longer than a second is better than none while the run grows.
      const hold = (next: Answer<N>) => {
        const { held: last, anew } = turns.current
        if (mine <= Math.max(last, anew)) return
        turns.current.held = mine
        setHeld({ subject, ...next })
      }
      session.ask(name, latest.current).then(
        (answer) => hold({ answer, problem: null }),
        (reason: unknown) => hold({ answer: null, problem: sentenceOf(reason) }),
      )
    }
    const waitMs = askedAtMs.current + AGAIN_MS - performance.now()
    if (waitMs <= 0) {
      put()
      return
    }
    const timer = setTimeout(put, waitMs)
    return () => clearTimeout(timer)
  }, [session, name, subject, scenario, branch, factCount, done])

  return held.subject === subject ? held : nothing
}

const nothing = { answer: null, problem: null }

function sentenceOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
