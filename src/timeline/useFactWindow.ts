/**
 * Keeps the part of the log that is on the page: around the playhead while following, and a page more at either edge as
 * the reader scrolls there. One question of a run is under way at a time, and none is asked twice.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { FactFilter, FactLine } from '../session/session.ts'
import {
  AHEAD,
  emptyWindow,
  type FactWindow,
  nextQuestion,
  PAGE,
  windowAround,
  withEarlier,
  withLater,
} from './factWindow.ts'
import { factCountOf, useCalm } from './useCalm.ts'
import { useRun } from './useRun.ts'

export interface LogPart {
  window: FactWindow
  /** False while the lines are still those of another run or filter. */
  ready: boolean
  /** Why they could not be had. */
  problem: string | null
  showEarlier: () => void
  showLater: () => void
}

/** `filter` must be the same object as long as it means the same. */
export function useFactWindow(filter: FactFilter, following: boolean): LogPart {
  const verbs = useVerbs()
  const factIndex = useSession((state) => state.factIndex)
  const factCount = useCalm(factCountOf)
  const { loaded, ready, load } = useLoaded(filter)
  const { window, problem } = loaded

  const facts = useCallback(
    (from: number, limit: number): Promise<FactLine[]> =>
      verbs.ask('facts', { from, limit, filter }),
    [verbs, filter],
  )
  // After an answer: what is known by then of this run is no more than what was looked at.
  const knownCount = useCallback(() => verbs.store.getState().progress.factCount, [verbs])
  const showAround = useCallback(() => {
    const { factIndex: at, progress } = verbs.store.getState()
    load(`around ${at} of ${progress.factCount}`, async () => {
      const [before, after] = await Promise.all([facts(at, -PAGE), facts(at, AHEAD)])
      return windowAround(at, before, after, knownCount())
    })
  }, [verbs, knownCount, load, facts])
  const showEarlier = useCallback(() => {
    if (!ready || window.from === 0) return
    load(`before ${window.from}`, async () =>
      withEarlier(window, await facts(window.from, -PAGE), PAGE),
    )
  }, [load, facts, ready, window])
  const showLater = useCallback(() => {
    const count = knownCount()
    if (!ready || window.to >= count) return
    load(`after ${window.to} of ${count}`, async () => {
      const later = await facts(window.to, PAGE)
      return withLater(window, later, PAGE, knownCount())
    })
  }, [knownCount, load, facts, ready, window])

  useEffect(() => {
    if (!ready) return showAround()
    // With nothing to read yet, the search goes on through the run.
    if (!following && window.lines.length > 0) return
    const next = nextQuestion(window, factIndex, factCount)
    if (next === 'around') showAround()
    else if (next === 'earlier') showEarlier()
    else if (next === 'later') showLater()
  }, [ready, following, window, factIndex, factCount, showAround, showEarlier, showLater])

  return { window, ready, problem, showEarlier, showLater }
}

interface Loaded {
  /** The run and filter that it belongs to. */
  of: object | null
  window: FactWindow
  problem: string | null
}

/** What is loaded, and how to load something else unless it was the last thing asked. */
function useLoaded(filter: FactFilter) {
  const run = useRun()
  const [restarts, setRestarts] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a restart all is asked again
  const of = useMemo(() => ({ run, filter }), [run, filter, restarts])
  const [loaded, setLoaded] = useState<Loaded>({ of: null, window: emptyWindow, problem: null })
  const latest = useRef({ of: {}, question: '', underWay: false })

  const load = useCallback(
    (question: string, ask: () => Promise<FactWindow>) => {
      const last = latest.current
      if (last.of === of && (last.underWay || last.question === question)) return
      const mine = { of, question, underWay: true }
      latest.current = mine
      const end = (window: FactWindow, problem: string | null) => {
        if (latest.current !== mine) return
        mine.underWay = false
        setLoaded({ of, window, problem })
      }
      ask().then(
        (window) => end(window, null),
        (error: Error) => {
          // The run was opened anew under the question.
          if (error.name === 'Stale') setRestarts((count) => count + 1)
          else end(emptyWindow, error.message)
        },
      )
    },
    [of],
  )
  return { loaded, ready: loaded.of === of, load }
}
