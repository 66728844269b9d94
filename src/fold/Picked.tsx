/** The event that is looked at: who knew of it when, and what led to it and came of it. */
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { bodyText, dataText } from '../base/dataText.ts'
import type { LogName } from '../session/folds.ts'
import { nameOf } from '../session/names.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Questions } from '../session/session.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { momentAfter } from './edge.ts'
import styles from './FoldView.module.css'
import { knowersOf } from './knowers.ts'
import type { FoldRoom, StoreEvent } from './room.ts'
import { useFolded } from './usePlace.ts'
import { laterText, timeText } from './words.ts'

export function Picked({ room }: { room: FoldRoom }) {
  const picked = useStore(room.store, (state) => state.picked)
  const log = useStore(room.store, (state) => state.log)
  const turn = useStore(room.store, (state) => state.turn)
  const event = useMemo(
    () => (log === 'run' && picked !== null && turn >= 0 ? room.events[picked] : undefined),
    [room, picked, log, turn],
  )
  if (log !== 'run' && picked !== null) {
    return <OtherEvent room={room} log={log} position={picked} />
  }
  if (!event) return log === 'run' ? <SelectedMessage /> : null
  return (
    <section className={styles.block} aria-label="Event">
      <h3 className={styles.heading}>
        {event.type}
        <span
          className={styles.beside}
        >{`event ${event.version} of ${event.stream}, position ${event.position}`}</span>
      </h3>
      <pre className={styles.body}>{bodyText(JSON.stringify(event.data))}</pre>
      <Knowers room={room} event={event} />
      <Causes key={event.message} message={event.message} />
    </section>
  )
}

/** A message that is selected elsewhere, an e-mail say: why it went out is asked here too. */
function SelectedMessage() {
  const message = useSession(({ selection }) => (selection?.type === 'message' ? selection.id : -1))
  const label = useSession((state) => state.looks.get(message)?.label)
  if (message === -1) return null
  return (
    <section className={styles.block} aria-label="Message">
      <h3 className={styles.heading}>{label ?? `Message ${message}`}</h3>
      <Causes key={message} message={message} />
    </section>
  )
}

interface OtherEventProps {
  room: FoldRoom
  log: LogName
  position: number
}

/** An event of a log that is not the run's: what it says, and what is said of it. */
function OtherEvent({ room, log, position }: OtherEventProps) {
  const { answer: event } = useFolded(room, 'eventAt', { log, position })
  if (!event || event.position !== position) return null
  const { type, stream, version, data, meta, timeUs } = event
  return (
    <section className={styles.block} aria-label="Event">
      <h3 className={styles.heading}>
        {type}
        <span
          className={styles.beside}
        >{`event ${version} of ${stream}, ${timeText(log, timeUs)}`}</span>
      </h3>
      <pre className={styles.body}>{bodyText(JSON.stringify(data))}</pre>
      {meta && (
        <>
          <h4 className={styles.subheading}>Metadata</h4>
          <pre className={styles.body}>{bodyText(JSON.stringify(meta))}</pre>
        </>
      )}
    </section>
  )
}

/** "Who knew what when?" */
function Knowers({ room, event }: { room: FoldRoom; event: StoreEvent }) {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const facts = useSession((state) => state.factIndex)
  const storeId = useStore(room.store, (state) => state.storeId)
  const turn = useStore(room.store, (state) => state.turn)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's lists grow with its turn
  const knowers = useMemo(() => knowersOf(room, event, storeId), [room, event, storeId, turn])
  return (
    <div className={styles.tableScroll}>
      <table className={styles.table}>
        <caption>Who knew of it when</caption>
        <tbody>
          {knowers.map((knower) => (
            <tr key={knower.node} className={facts > knower.factIndex ? undefined : styles.toCome}>
              <th scope="row">{nameOf(scenario, knower.node)}</th>
              <td>{knower.how}</td>
              <td>
                <button
                  type="button"
                  className={styles.moment}
                  onClick={() => session.seek(momentAfter(knower))}
                >
                  {timeText('run', knower.timeUs)}
                </button>
              </td>
              <td>{laterText(knower.timeUs - event.timeUs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Causation = Questions['causation']['answer']

/** "Why did this e-mail go out?": the first of the chain, and everything that came of it, as a tree. */
function Causes({ message }: { message: number }) {
  const session = useVerbs()
  const [isOpen, setOpen] = useState(false)
  const [tree, setTree] = useState<Causation | null>(null)
  const factCount = useSession((state) => state.progress.factCount)
  // biome-ignore lint/correctness/useExhaustiveDependencies: more facts may have more causes
  useEffect(() => {
    if (!isOpen) return
    let isOld = false
    session.ask('causation', { message }).then(
      (answer) => {
        if (!isOld) setTree(answer)
      },
      () => undefined,
    )
    return () => {
      isOld = true
    }
  }, [session, isOpen, message, factCount])
  return (
    <div>
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        What led to it, and what came of it
      </Button>
      {isOpen && tree && <Tree tree={tree} message={message} />}
    </div>
  )
}

function Tree({ tree, message }: { tree: Causation; message: number }) {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const path = useMemo(() => pathTo(tree, message), [tree, message])
  const place = (node: string, atUs: number, again = false) =>
    `${node === '' ? 'a person' : nameOf(scenario, node)}${again ? ' again' : ''}, ${timeText('run', atUs)}`
  const branch = ({ cause, made }: Branch) => (
    <li key={cause.look.id}>
      <button
        type="button"
        className={classes(styles.cause, path.has(cause.look.id) && styles.onPath)}
        aria-current={cause.look.id === message ? 'true' : undefined}
        onClick={() => {
          session.select({ type: 'message', id: cause.look.id })
          session.seek({ atUs: cause.bornUs })
        }}
      >
        <span className={styles.causeName}>{nameIn(cause)}</span>
        <span className={styles.causePlace}>{place(cause.source, cause.bornUs)}</span>
      </button>
      {cause.effects.length + made.length > 0 && (
        <ul className={styles.branches}>
          {cause.effects.map(({ node, text, atUs }, n) => (
            <li key={`${node} ${atUs}`}>
              <button
                type="button"
                className={styles.cause}
                onClick={() => {
                  session.select({ type: 'node', id: node })
                  session.seek({ atUs })
                }}
              >
                <span className={styles.effect}>{text}</span>
                <span className={styles.causePlace}>
                  {place(node, atUs, isAgain(cause.effects, n))}
                </span>
              </button>
            </li>
          ))}
          {made.map(branch)}
        </ul>
      )}
    </li>
  )
  return (
    <>
      <ul className={styles.tree} aria-label="Causation">
        {rootsOf(tree).map(branch)}
      </ul>
      <p className={styles.hint}>
        {tree.cut ? 'Only the first 200 are drawn. ' : ''}
        Each was made of the one that it is indented under, or done for it; all have the first one
        as their correlation.
      </p>
    </>
  )
}

/** A message with what was made of it. */
interface Branch {
  cause: Causation['messages'][number]
  made: Branch[]
}

/** The messages come one after the other, each before what was made of it. */
function rootsOf({ messages }: Causation): Branch[] {
  const roots: Branch[] = []
  const known = new Map<number, Branch>()
  for (const cause of messages) {
    const one: Branch = { cause, made: [] }
    known.set(cause.look.id, one)
    const siblings = known.get(cause.parent)?.made ?? roots
    siblings.push(one)
  }
  return roots
}

/** Whether the same node has done the same before. */
function isAgain(effects: Causation['messages'][number]['effects'], n: number): boolean {
  return effects.slice(0, n).some(({ node }) => node === effects[n]?.node)
}

/** An event goes by its type, a command by the type in it, anything else by its text. */
function nameIn({ key, body, look }: Causation['messages'][number]): string {
  try {
    const data = JSON.parse(body) as Record<string, unknown> | null
    if (typeof data === 'object' && data !== null) {
      const { type, ...rest } = data
      return `${typeof type === 'string' ? type : key} ${dataText(rest)}`.trim()
    }
  } catch {
    // It is no JSON, or too long to be whole.
  }
  return body || look.label
}

/** The message itself and all that it came of. */
function pathTo(tree: Causation, message: number): ReadonlySet<number> {
  const parents = new Map(tree.messages.map(({ look, parent }) => [look.id, parent]))
  const path = new Set<number>()
  for (let id = message; id >= 0; id = parents.get(id) ?? -1) path.add(id)
  return path
}
