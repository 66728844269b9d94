/**
 * The stream as a strip of events with the fold beneath: the state after each, with what the event changed lit.
 * The edge stands between what is folded and what is still to come. Commands that came to nothing stand where
 * that happened.
 */
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { dataText } from '../base/dataText.ts'
import type { Card } from '../session/folds.ts'
import { nameOf } from '../session/names.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FoldIcon } from '../ui/icons.ts'
import { Differences } from './Differences.tsx'
import { momentAfter } from './edge.ts'
import type { CommandMark, FoldRoom, KeepingMark } from './room.ts'
import styles from './Strip.module.css'
import { type FoldPlace, useFolded, useGoTo } from './usePlace.ts'
import { useReaders } from './useReaders.ts'
import { countText, eventsText, timeText } from './words.ts'

/** Cards before and after the edge: as many as one looks at. */
const BEFORE = 12
const AFTER = 8

interface StripProps {
  room: FoldRoom
  place: FoldPlace
  picked: number | null
  onPick: (position: number) => void
}

export function Strip({ room, place, picked, onPick }: StripProps) {
  const { log, stream, folded, total } = place
  // In steps, so that a drag asks for few windows.
  const from = Math.max(0, Math.floor((folded - BEFORE) / AFTER) * AFTER)
  const to = Math.min(total, from + BEFORE + 2 * AFTER)
  const { answer, problem } = useFolded(room, 'cards', { log, stream, from, to }, stream !== '')
  const cards = useMemo(
    () =>
      (answer ?? []).filter(
        (card) => card.stream === stream && card.version >= from && card.version < to,
      ),
    [answer, stream, from, to],
  )
  const parting = useParting(room, log)
  const lit = useStore(room.store, (state) => state.lit)
  const goTo = useGoTo(room, place)
  const facts = useSession((state) => state.factIndex)
  const { refused, keepings } = place
  const items = useMemo(
    () => itemsOf({ log, refused, keepings }, cards, { from, isLast: to === total }),
    [log, refused, keepings, cards, from, to, total],
  )
  // What came to nothing lies behind the playhead too, as the events do.
  const isPast = (item: Item) =>
    item.is === 'event' ? item.card.version < folded : item.mark.factIndex < facts
  const edgeAt = items.findLastIndex(isPast) + 1
  const scroller = useEdgeInView(`${folded} ${edgeAt} ${from} ${items.length} ${stream}`)
  const show = (item: Item) => {
    if (item.is === 'keeping') return <KeepingCard key={item.mark.factIndex} mark={item.mark} />
    if (item.is === 'refused') {
      const { mark } = item
      return <RefusedCard key={mark.factIndex} mark={mark} note={parting.get(mark.command) ?? ''} />
    }
    const { card } = item
    return (
      <EventCard
        key={`event ${card.position}`}
        card={card}
        isFolded={card.version < folded}
        isLast={card.version === folded - 1}
        isPicked={card.position === picked}
        isLit={lit.has(card.position)}
        note={parting.get(card.causation ?? -1) ?? ''}
        log={log}
        readers={<Readers room={room} position={card.position} />}
        onPick={() => {
          onPick(card.position)
          goTo(card.version + 1)
        }}
      />
    )
  }
  if (problem) return <p className={styles.problem}>{problem}</p>
  if (total === 0 && place.refused.length === 0) {
    return (
      <EmptyState title="No event yet" icon={FoldIcon}>
        Events appear here as they are appended to the store. Move the playhead on, or import a log.
      </EmptyState>
    )
  }
  return (
    <section
      ref={scroller}
      className={styles.strip}
      aria-label={`Events of ${stream}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long strip is scrolled by keyboard
      tabIndex={0}
    >
      <ol className={styles.cards}>
        {from > 0 && (
          <li className={styles.more}>
            <Button size="small" onClick={() => goTo(from)}>{`${eventsText(from)} before`}</Button>
          </li>
        )}
        {items.slice(0, edgeAt).map(show)}
        <Edge folded={folded} total={total} />
        {items.slice(edgeAt).map(show)}
        {to < total && (
          <li className={styles.more}>
            <Button size="small" onClick={() => goTo(Math.min(total, to + BEFORE))}>
              {`${eventsText(total - to)} after`}
            </Button>
          </li>
        )}
      </ol>
    </section>
  )
}

interface EventCardProps {
  card: Card
  isFolded: boolean
  isLast: boolean
  isPicked: boolean
  /** An answer is about it. */
  isLit: boolean
  /** What is to be said of it besides. */
  note: string
  log: FoldPlace['log']
  readers: ReactNode
  onPick: () => void
}

function EventCard(props: EventCardProps) {
  const { card, isFolded, isLast, isPicked, isLit, note, log, readers, onPick } = props
  const { type, data, version, timeUs } = card
  return (
    <li className={classes(styles.column, !isFolded && styles.toCome)}>
      <button
        type="button"
        className={classes(
          styles.card,
          isLast && styles.last,
          isPicked && styles.picked,
          isLit && styles.lit,
        )}
        data-lit={isLit}
        aria-current={isLast ? 'step' : undefined}
        aria-pressed={isPicked}
        aria-label={`Event ${version}: ${type}, ${dataText(data)}, at ${timeText(log, timeUs)}${isFolded ? '' : ', not folded yet'}`}
        onClick={onPick}
      >
        <span className={styles.head}>
          <span className={styles.type}>{type}</span>
          <span className={styles.version}>{countText(version)}</span>
        </span>
        <span className={styles.data}>{dataText(data)}</span>
        <span className={styles.time}>{timeText(log, timeUs)}</span>
      </button>
      {note !== '' && <p className={styles.parting}>{note}</p>}
      <div className={styles.state}>
        {isFolded ? (
          <Differences before={card.before} after={card.after} most={5} />
        ) : (
          <span>not folded yet</span>
        )}
      </div>
      <div className={styles.readers}>{readers}</div>
    </li>
  )
}

/** The readers of the store that stand at an event: the last one that they have worked in. */
function Readers({ room, position }: { room: FoldRoom; position: number }) {
  const readers = useReaders(room)
  const scenario = useSession((state) => state.scenario)
  return readers
    .filter((reader) => reader.position === position + 1)
    .map(({ node }) => (
      <span key={node} className={styles.reader}>
        {`${nameOf(scenario, node)} is here`}
      </span>
    ))
}

function Edge({ folded, total }: { folded: number; total: number }) {
  return (
    <li
      className={styles.edge}
      data-edge
      aria-label={`Up to here: ${countText(folded)} of ${eventsText(total)} folded`}
    />
  )
}

const NO_NOTES: ReadonlyMap<number, string> = new Map()

/** In the history of the person's decider, what the run made of each command that it decided otherwise. */
function useParting(room: FoldRoom, log: FoldPlace['log']): ReadonlyMap<number, string> {
  const verdicts = useStore(room.store, (state) => state.verdicts)
  return useMemo(() => {
    if (log !== 'decided' || verdicts === null) return NO_NOTES
    const others = verdicts.filter(({ isAlike }) => !isAlike)
    return new Map(
      others.map(({ mark, outcome }) => {
        const isBoth = mark.outcome === 'accepted' && 'events' in outcome
        const note = isBoth ? 'The run made other events.' : `The run ${mark.outcome} this.`
        return [mark.command, note]
      }),
    )
  }, [verdicts, log])
}

/** An event, or what happened between two without becoming one: a command that came to nothing, or what is kept no longer. */
type Item =
  | { is: 'event'; at: number; card: Card }
  | { is: 'refused'; at: number; mark: CommandMark }
  | { is: 'keeping'; at: number; mark: KeepingMark }

/** What is shown, in the order in which it happened. */
function itemsOf(
  { log, refused, keepings }: Pick<FoldPlace, 'log' | 'refused' | 'keepings'>,
  cards: readonly Card[],
  window: { from: number; isLast: boolean },
): Item[] {
  const events = cards.map((card): Item => ({ is: 'event', at: card.factIndex, card }))
  // In a log from a file nothing lies between events, and their order is that of the file.
  if (log === 'file') return events
  const first = window.from === 0 ? -1 : (cards[0]?.factIndex ?? -1)
  const last = window.isLast ? Number.MAX_SAFE_INTEGER : (cards.at(-1)?.factIndex ?? -1)
  const isHere = ({ factIndex }: { factIndex: number }) => factIndex > first && factIndex < last
  const between = [
    ...refused.filter(isHere).map((mark): Item => ({ is: 'refused', at: mark.factIndex, mark })),
    ...keepings.filter(isHere).map((mark): Item => ({ is: 'keeping', at: mark.factIndex, mark })),
  ]
  return [...events, ...between].toSorted((a, b) => a.at - b.at)
}

const KEEPING: Record<KeepingMark['what'], (name: string) => string> = {
  softDeleted: () => 'The stream is deleted softly: it cannot be read until it is written again.',
  tombstoned: () => 'The stream is deleted for good: it can neither be read nor written.',
  limited: () => 'What the stream keeps is limited from here on.',
  truncated: () => 'From here on the stream is read from a later or an earlier version ($tb).',
  keyDeleted: (name) => `The key of ${name} is deleted: what was encrypted with it is gone.`,
}

function KeepingCard({ mark }: { mark: KeepingMark }) {
  const session = useVerbs()
  const isPast = useSession((state) => state.factIndex > mark.factIndex)
  return (
    <li className={classes(styles.column, !isPast && styles.toCome)}>
      <button
        type="button"
        className={classes(styles.card, styles.keeping)}
        onClick={() => session.seek(momentAfter(mark))}
      >
        <span className={styles.keepingText}>{KEEPING[mark.what](mark.name)}</span>
        <span className={styles.time}>{timeText('run', mark.timeUs)}</span>
      </button>
    </li>
  )
}

function RefusedCard({ mark, note }: { mark: CommandMark; note: string }) {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const isPast = useSession((state) => state.factIndex > mark.factIndex)
  const name = (id: string) => nameOf(scenario, id)
  const { type, ...rest } = (
    typeof mark.body === 'object' && mark.body !== null ? mark.body : { type: String(mark.body) }
  ) as { type?: string }
  const isConflict = mark.outcome === 'conflicted'
  return (
    <li className={classes(styles.column, !isPast && styles.toCome)}>
      <button
        type="button"
        className={classes(styles.card, styles.refused)}
        onClick={() => session.seek(momentAfter(mark))}
      >
        <span className={styles.head}>
          <span className={styles.type}>{type}</span>
          <span className={styles.verdict}>{isConflict ? 'conflict' : 'rejected'}</span>
        </span>
        <span className={styles.data}>{dataText(rest)}</span>
        <span
          className={styles.time}
        >{`${name(mark.handler)}, ${timeText('run', mark.timeUs)}`}</span>
      </button>
      {note !== '' && <p className={styles.parting}>{note}</p>}
      <p className={styles.reason}>{isConflict ? conflictText(mark, name) : mark.reason}</p>
    </li>
  )
}

/** Both writers, and the version that each expected. */
function conflictText(mark: CommandMark, name: (id: string) => string): string {
  const loser = `${name(mark.handler)} expected ${versionText(mark.expected)}; the stream was at ${versionText(mark.actual)}.`
  if (!mark.winner) return loser
  const { node, expected } = mark.winner
  return `${loser} ${name(node)} had expected ${versionText(expected)} too and wrote first.`.replace(
    expected === mark.expected ? '' : ' too',
    '',
  )
}

function versionText(version: number): string {
  if (version === -2) return 'any version'
  return version === -1 ? 'no stream' : `version ${version}`
}

/** Keeps the edge in view as it moves; scrolls the strip alone. */
function useEdgeInView(key: string) {
  const scroller = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that the edge or the cards are others
  useEffect(() => {
    const strip = scroller.current
    const edge = strip?.querySelector<HTMLElement>('[data-edge]')
    if (!strip || !edge) return
    const left = edge.offsetLeft - strip.scrollLeft
    const isSeen = left > 160 && left < strip.clientWidth - 160
    // Near the beginning the strip stands at its beginning.
    const target = Math.max(0, edge.offsetLeft - strip.clientWidth * 0.6)
    if (!isSeen || target === 0) strip.scrollLeft = target
  }, [key])
  return scroller
}
