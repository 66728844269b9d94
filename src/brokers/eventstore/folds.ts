/**
 * How a fold over stored events is asked for: of one stream, or of all of a store. Whoever knows a version
 * or a position may fold up to there; nothing else is needed, and nothing is changed by it.
 */
import type { EventLog, FoldedEvent } from './eventLog.ts'
import { type FoldRules, PrefixFold } from './prefixFold.ts'
import type { Source } from './source.ts'

/**
 * The fold of a stream: `after(n)` is the state after its first n events from version `first` on, which is
 * 0 unless the beginning of the stream is gone.
 */
export function foldOfStream<State>(
  log: EventLog,
  stream: number,
  rules: FoldRules<State, FoldedEvent>,
  first = 0,
): PrefixFold<State, FoldedEvent> {
  return new PrefixFold(rules, (from, to, lent) =>
    log.eventsOf(stream, first + from, first + to, lent),
  )
}

/**
 * The fold of all events of a store, or of those of a source: `after(position)` is the state before the event at
 * that position, or place in the source.
 */
export function foldOfAll<State>(
  log: EventLog,
  rules: FoldRules<State, FoldedEvent>,
  source?: Source,
): PrefixFold<State, FoldedEvent> {
  if (!source) return new PrefixFold(rules, (from, to, lent) => log.events(from, to, lent))
  return new PrefixFold(rules, (from, to, lent) => {
    const positions = Int32Array.from({ length: to - from }, (_, i) => source.positionAt(from + i))
    return log.eventsAt(positions, undefined, lent)
  })
}
