/** What an append-only log keeps at the playhead, and what it costs to erase somebody from it. */
import { useEffect, useState } from 'react'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { NodeLink } from '../Selectable.tsx'
import { countText } from '../timeText.ts'
import styles from './LogKept.module.css'

type Answer = Questions['erasure']['answer']
type Person = Answer['persons'][number]
type Copy = Person['copies'][number]

const HIDDEN =
  'Events of streams that were deleted, or of which only the last ones are kept. Reads leave them out; the log keeps their bytes, and $all still has them.'
const UNREADABLE =
  'Personal fields whose key is gone. No byte of the log has changed; nobody can read them.'

export default function LogKept({ store }: { store: string }) {
  const answer = useErasure(store)
  if (answer === null) return null
  const { hiddenEvents, keys, keysDeleted, snapshots, persons } = answer
  return (
    <>
      <Part title="What the log keeps">
        <Readings
          of={[
            { name: 'Bytes', value: countText(answer.bytes) },
            hiddenEvents > 0 && {
              name: <Term meaning={HIDDEN}>of it hidden from reads</Term>,
              value: `${countText(answer.hiddenBytes)} in ${eventsText(hiddenEvents)}`,
              lit: true,
            },
            keysDeleted > 0 && {
              name: <Term meaning={UNREADABLE}>of it unreadable</Term>,
              value: countText(answer.unreadableBytes),
              lit: true,
            },
            persons.length > 0 && {
              name: 'Keys',
              value: keysDeleted === 0 ? countText(keys) : `${keys} kept, ${keysDeleted} deleted`,
            },
            snapshots > 0 && {
              name: 'Snapshots beside it',
              value: `${countText(snapshots)}, ${countText(answer.snapshotBytes)} bytes`,
            },
          ]}
        />
      </Part>
      {persons.map((person) => (
        <PersonPart key={person.name} person={person} />
      ))}
    </>
  )
}

/** The answer for the moment of the frame, which changes at most four times a second. */
function useErasure(store: string): Answer | null {
  const session = useVerbs()
  const factIndex = useSession(({ frame }) => frame?.factIndex ?? 0)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    let isLatest = true
    session.ask('erasure', { store, factIndex }).then(
      (next) => isLatest && setAnswer(next),
      () => undefined,
    )
    return () => {
      isLatest = false
    }
  }, [session, store, factIndex])
  return answer
}

function PersonPart({ person }: { person: Person }) {
  const { name, hasKey, events, bytes, copies } = person
  const left = copies.length === 0 ? 'Nobody else holds it.' : 'Still says it in the clear:'
  return (
    <Part title={`Data of ${name}`} aside={hasKey ? 'key kept' : 'key deleted'}>
      <Quiet>
        {countText(bytes)} bytes in {eventsText(events)},{' '}
        {hasKey ? 'readable with the key' : 'kept, and read as nothing'}. {left}
      </Quiet>
      {copies.length > 0 && (
        <ul className={styles.copies} aria-label={`Copies of the data of ${name}`}>
          {copies.map((copy) => (
            <li key={`${copy.node}·${copy.what}`}>
              <NodeLink id={copy.node} />
              <span>{copyText(copy)}</span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function eventsText(count: number): string {
  return count === 1 ? '1 event' : `${countText(count)} events`
}

const WHAT: Record<Copy['what'], { one: string; many: string; ends: string }> = {
  rows: { one: 'row', many: 'rows', ends: 'rebuild it' },
  snapshots: { one: 'snapshot', many: 'snapshots', ends: 'throw them away' },
  records: { one: 'record', many: 'records', ends: 'kept until retention ends' },
  effects: { one: 'effect', many: 'effects', ends: 'nobody can take them back' },
}

function copyText({ what, count }: Copy): string {
  const { one, many, ends } = WHAT[what]
  return `${countText(count)} ${count === 1 ? one : many}: ${ends}`
}
