/**
 * Where one is in the log that is looked at: how many events of the stream are folded, and of the whole log. In
 * the run that is the playhead's; a log from a file has a place of its own.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { FoldQuestions, LoggedEvent, LogName } from '../session/folds.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { countBefore, momentAfter } from './edge.ts'
import type { CommandMark, FoldRoom, KeepingMark } from './room.ts'
import type { Verdict } from './verdicts.ts'

export interface FoldPlace {
  log: LogName
  stream: string
  /** Events of the stream that are folded, and that there are. */
  folded: number
  total: number
  /** Events of the whole log that are folded; null while that is not known. */
  count: number | null
  /** In the run, and as the person's decider has it: the events of this stream, and what came to nothing. */
  events: readonly LoggedEvent[]
  refused: readonly CommandMark[]
  /** What became of what is kept of the stream, or known of a person. */
  keepings: readonly KeepingMark[]
}

const NOTHING: readonly never[] = []

export function usePlace(room: FoldRoom): FoldPlace {
  const log = useStore(room.store, (state) => state.log)
  const turn = useStore(room.store, (state) => state.turn)
  const summary = useStore(room.store, (state) => state.summaries[state.log])
  const chosen = useStore(room.store, (state) => state.streams[state.log])
  const fileVersion = useStore(room.store, (state) => state.fileVersion)
  const verdicts = useStore(room.store, (state) => state.verdicts)
  const facts = useSession((state) => state.factIndex)
  const stream = chosen || (summary?.streams[0]?.name ?? '')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's lists grow with its turn
  const lists = useMemo(() => {
    if (log === 'file') return { events: NOTHING, refused: NOTHING, keepings: NOTHING }
    const ofStream = (event: { stream: string }) => event.stream === stream
    if (log === 'decided') {
      const refused = (verdicts ?? []).flatMap(refusedOf).filter(ofStream)
      return { events: room.decided.filter(ofStream), refused, keepings: NOTHING }
    }
    // A command that could not be read is about no stream, and stands in all of them.
    const isHere = (mark: CommandMark) => mark.stream === stream || mark.stream === ''
    const isRefused = (mark: CommandMark) => mark.outcome !== 'accepted' && isHere(mark)
    return {
      events: room.events.filter(ofStream),
      refused: room.commands.filter(isRefused),
      keepings: room.keepings.filter(({ what, name }) => what === 'keyDeleted' || name === stream),
    }
  }, [room, log, stream, turn, verdicts])
  const place = { log, stream, ...lists }
  const fileCount = useFileCount(room, log, stream, fileVersion)
  if (log === 'file') {
    const total = summary?.streams.find(({ name }) => name === stream)?.events ?? 0
    return { ...place, folded: Math.min(fileVersion, total), total, count: fileCount }
  }
  const folded = countBefore(lists.events, facts)
  const all = log === 'run' ? room.events : room.decided
  return { ...place, folded, total: lists.events.length, count: countBefore(all, facts) }
}

/** A command that the person's decider rejects, as it stands in the history that this makes. */
function refusedOf({ mark, outcome }: Verdict): CommandMark[] {
  if (!('rejected' in outcome)) return []
  return [{ ...mark, outcome: 'rejected', reason: outcome.rejected, events: 0 }]
}

/** How many events of the file lie up to a version of a stream. */
function useFileCount(room: FoldRoom, log: LogName, stream: string, version: number) {
  const { answer } = useFolded(
    room,
    'event',
    { log: 'file', stream, version: version - 1 },
    log === 'file',
  )
  if (version === 0) return 0
  return answer ? answer.position + 1 : null
}

interface Held<A, T = undefined> {
  answer: A | null
  problem: string | null
  /** What was told with the question that this answers. */
  told?: T
}

/** Asks one thing after the other; of what is asked meanwhile only the latest, so that a drag asks for little. */
class Asker {
  isGone = false
  private isAsking = false
  private next: (() => void) | null = null

  ask<A, T>(put: () => Promise<Held<A, T>>, hold: (held: Held<A, T>) => void): void {
    if (this.isAsking) {
      this.next = () => this.ask(put, hold)
      return
    }
    this.isAsking = true
    const end = (held: Held<A, T>) => {
      this.isAsking = false
      const { next } = this
      this.next = null
      if (!this.isGone) hold(held)
      next?.()
    }
    put().then(end, (error: unknown) => {
      end({ answer: null, problem: error instanceof Error ? error.message : String(error) })
    })
  }
}

/**
 * An answer of the worker: asked again when the question or what is folded is another. The one before stays until
 * then, so what is said beside it is told with the question.
 */
export function useFolded<N extends keyof FoldQuestions, T = undefined>(
  room: FoldRoom,
  name: N,
  ask: FoldQuestions[N]['ask'],
  isWanted = true,
  told?: T,
): Held<FoldQuestions[N]['answer'], T> {
  const turn = useStore(room.store, (state) => state.turn)
  const key = JSON.stringify(ask)
  const [held, setHeld] = useState<Held<FoldQuestions[N]['answer'], T>>({
    answer: null,
    problem: null,
  })
  const asker = useRef<Asker | null>(null)
  asker.current ??= new Asker()
  const latest = asker.current
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question, the turn what it is about
  useEffect(() => {
    latest.isGone = false
    if (isWanted)
      latest.ask(
        () =>
          room
            .ask(name, ask)
            .then((answer) => ({ answer, problem: null, ...(told !== undefined && { told }) })),
        setHeld,
      )
    return () => {
      latest.isGone = true
    }
  }, [room, name, key, turn, isWanted])
  return held
}

/** Goes where so many events of the stream are folded. */
export function useGoTo(room: FoldRoom, place: FoldPlace): (folded: number) => void {
  const session = useVerbs()
  return (folded) => {
    const to = Math.max(0, Math.min(folded, place.total))
    if (place.log === 'file') {
      room.store.setState({ fileVersion: to })
      return
    }
    const event = place.events[to - 1]
    session.seek(event ? momentAfter(event) : { factIndex: place.events[0]?.factIndex ?? 0 })
  }
}
