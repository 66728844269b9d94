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
  PAGE,
  shows,
  windowAround,
  withEarlier,
  withLater,
} from './factWindow.ts'
import { factCountOf, useCalm } from './useCalm.ts'
import { useBranch } from './useRun.ts'

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
  const { run, loaded, load } = useLoaded(filter)
  const { window, problem } = loaded
  const ready = loaded.run === run

  const facts = useCallback(
    (from: number, limit: number): Promise<FactLine[]> =>
      verbs.ask('facts', { from, limit, filter: run.filter }),
    [verbs, run],
  )
  useEffect(() => {
    if (ready && (!following || shows(window, factIndex, factCount))) return
    load(`around ${factIndex} of ${factCount}`, async () => {
      const count = verbs.store.getState().progress.factCount
      const [before, after] = await Promise.all([facts(factIndex, -PAGE), facts(factIndex, AHEAD)])
      return windowAround(factIndex, before, after, count)
    })
  }, [verbs, load, facts, ready, following, window, factIndex, factCount])

  const showEarlier = () => {
    if (!ready || window.from === 0) return
    load(`before ${window.from}`, async () =>
      withEarlier(window, await facts(window.from, -PAGE), PAGE),
    )
  }
  const showLater = () => {
    const count = verbs.store.getState().progress.factCount
    if (!ready || window.to >= count) return
    load(`after ${window.to} of ${count}`, async () =>
      withLater(window, await facts(window.to, PAGE), PAGE, count),
    )
  }
  return { window, ready, problem, showEarlier, showLater }
}

interface Run {
  filter: FactFilter
}

interface Loaded {
  run: Run | null
  window: FactWindow
  problem: string | null
}

/** What is loaded, and how to load something else unless it was the last thing asked of this run. */
function useLoaded(filter: FactFilter) {
  const branch = useBranch()
  const scenario = useSession((state) => state.scenario)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch or document is another run
  const run = useMemo<Run>(() => ({ filter }), [filter, branch, scenario])
  const [loaded, setLoaded] = useState<Loaded>({ run: null, window: emptyWindow, problem: null })
  const latest = useRef<{ run: Run; question: string; underWay: boolean } | null>(null)

  const load = useCallback(
    (question: string, ask: () => Promise<FactWindow>) => {
      const last = latest.current
      if (last?.run === run && (last.underWay || last.question === question)) return
      const mine = { run, question, underWay: true }
      latest.current = mine
      const end = (window: FactWindow, problem: string | null) => {
        if (latest.current !== mine) return
        mine.underWay = false
        setLoaded({ run, window, problem })
      }
      ask().then(
        (window) => end(window, null),
        (error: unknown) =>
          end(emptyWindow, error instanceof Error ? error.message : String(error)),
      )
    },
    [run],
  )
  return { run, loaded, load }
}
