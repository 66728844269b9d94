/**
 * What can be done to event stores and their followers at the playhead: rebuild, replay, delete, and each
 * point at which a process can crash between two writes.
 */
import { useState } from 'react'
import type { CrashPoint } from '../../clients/client.ts'
import type { SourcingAct } from '../../scenario/sourcingActs.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { ProcessRules, ProjectionRules, ServiceRules } from '../design/SourcingRules.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { Quiet } from '../Readings.tsx'
import styles from './acts.module.css'
import { useSetting } from './SettingActs.tsx'

export function ProjectionActs({ doc, state }: NowProps<'projection'>) {
  const act = useAct(doc.id)
  return (
    <>
      <div className={styles.buttons}>
        <Button disabled={state.crashed} onClick={() => act({ what: 'rebuild', how: 'inPlace' })}>
          Rebuild in place
        </Button>
        <Button
          disabled={state.crashed || state.building !== null}
          onClick={() => act({ what: 'rebuild', how: 'blueGreen' })}
        >
          Build a second table
        </Button>
      </div>
      <CrashPoints id={doc.id} points={PROJECTION_POINTS} disabled={state.crashed} />
    </>
  )
}

export function ProjectionSettingActs({ doc, state }: NowProps<'projection'>) {
  const set = useSetting(doc.id)
  return <ProjectionRules values={{ ...doc, ...state.changed }} onChange={set} />
}

export function ProcessManagerActs({ doc, state }: NowProps<'processManager'>) {
  const act = useAct(doc.id)
  return (
    <>
      <div className={styles.buttons}>
        {doc.group === undefined ? (
          <Button disabled={state.crashed} onClick={() => act({ what: 'rewind', to: 0 })}>
            React from the beginning again
          </Button>
        ) : (
          <Button disabled={!state.parked} onClick={() => act({ what: 'replayParked' })}>
            Replay parked events
          </Button>
        )}
      </div>
      <CrashPoints id={doc.id} points={PROCESS_POINTS} disabled={state.crashed} />
    </>
  )
}

export function ProcessManagerSettingActs({ doc, state }: NowProps<'processManager'>) {
  const set = useSetting(doc.id)
  return <ProcessRules values={{ ...doc, ...state.changed }} onChange={set} />
}

export function ServiceActs({ doc, state }: NowProps<'service'>) {
  const points = state.hasRelay ? OUTBOX_POINTS : TWO_WRITE_POINTS
  return <CrashPoints id={doc.id} points={points} disabled={state.crashed} />
}

export function ServiceSettingActs({ doc, state }: NowProps<'service'>) {
  const set = useSetting(doc.id)
  return <ServiceRules values={{ ...doc, ...state.changed }} onChange={set} />
}

export function EventStoreActs({ doc, state }: NowProps<'eventStore'>) {
  const act = useAct(doc.id)
  const [chosen, setChosen] = useState('')
  const persons = [
    ...new Set(doc.contents?.flatMap(({ events }) => events.flatMap(({ person = [] }) => person))),
  ]
  const names = state.streams.filter(({ deleted }) => deleted !== 'forGood').map(({ name }) => name)
  const stream = names.includes(chosen) ? chosen : names[0]
  if (stream === undefined) return <Quiet>There is no stream yet to act on.</Quiet>
  return (
    <>
      <Select
        inline
        label="Stream"
        value={stream}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={setChosen}
      />
      <div className={styles.buttons}>
        <Button onClick={() => act({ what: 'deleteStream', stream, forGood: false })}>
          Delete
        </Button>
        <Button onClick={() => act({ what: 'deleteStream', stream, forGood: true })}>
          Put a tombstone
        </Button>
        <Button onClick={() => act({ what: 'limitStream', stream, maxCount: 3, maxAgeMs: null })}>
          Keep 3 events
        </Button>
        <Button onClick={() => act({ what: 'copyStream', stream, to: `${stream}-v2` })}>
          Copy and transform
        </Button>
      </div>
      {persons.map((person) => (
        <Button key={person} onClick={() => act({ what: 'deleteKey', person })}>
          Delete the key of {person}
        </Button>
      ))}
    </>
  )
}

type Points = readonly { point: CrashPoint; label: string }[]

const PROJECTION_POINTS: Points = [
  { point: 'beforeEffect', label: 'position saved, rows not' },
  { point: 'afterEffect', label: 'rows written, position not' },
]
const PROCESS_POINTS: Points = [
  { point: 'afterEffect', label: 'it has reacted, position not saved' },
]
const TWO_WRITE_POINTS: Points = [
  { point: 'beforeEffect', label: 'before the first write' },
  { point: 'afterEffect', label: 'between the two writes' },
  { point: 'afterAck', label: 'after the second write' },
]
const OUTBOX_POINTS: Points = [
  { point: 'beforeEffect', label: 'before the transaction' },
  { point: 'afterEffect', label: 'after the transaction' },
  { point: 'beforeMark', label: 'published, not marked' },
]

/** Every interleaving of its writes with a crash, as a button. */
function CrashPoints(props: { id: string; points: Points; disabled: boolean }) {
  const session = useVerbs()
  return (
    <fieldset className={styles.points}>
      <legend>Crash it the next time that it is here</legend>
      <div className={styles.buttons}>
        {props.points.map(({ point, label }) => (
          <Button
            key={point}
            size="small"
            disabled={props.disabled}
            onClick={() => session.act({ do: 'crashAt', node: props.id, point })}
          >
            {label}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}

function useAct(node: string): (act: SourcingAct) => void {
  const session = useVerbs()
  return (act) => session.act({ do: 'sourcing', node, act })
}
