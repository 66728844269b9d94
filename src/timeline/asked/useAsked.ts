/** An answer about the run for a lane under the track: asked again when the run is another one or has grown. */
import { useEffect, useRef, useState } from 'react'
import { useVerbs } from '../../session/react.tsx'
import type { QuestionName, Questions } from '../../session/session.ts'
import { factCountOf, useCalm } from '../useCalm.ts'
import { useRun } from '../useRun.ts'

/** `ask` must be the same object while the question is the same; null asks nothing. */
export function useAsked<N extends QuestionName>(
  name: N,
  ask: Questions[N]['ask'] | null,
): Questions[N]['answer'] | null {
  const verbs = useVerbs()
  const run = useRun()
  const factCount = useCalm(factCountOf)
  const [held, setHeld] = useState<{ ask: unknown; answer: Questions[N]['answer'] } | null>(null)
  const turn = useRef(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run or more of it is the reason to ask again
  useEffect(() => {
    if (ask === null) return
    const mine = ++turn.current
    verbs.ask(name, ask).then(
      (answer) => mine === turn.current && setHeld({ ask, answer }),
      // What cannot be answered leaves the lane empty; the panel says why.
      () => mine === turn.current && setHeld(null),
    )
  }, [verbs, name, ask, run, factCount])
  return ask !== null && held !== null ? held.answer : null
}
