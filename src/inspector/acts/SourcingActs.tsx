/**
 * What can be done to event stores and their followers at the playhead: rebuild, replay, delete, and each
 * point at which a process can crash between two writes.
 */
import { useState } from 'react'
import type { CrashPoint } from '../../clients/client.ts'
import type { ProjectionSettings } from '../../clients/projection/settings.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import type { SourcingAct } from '../../scenario/sourcingActs.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Ms } from '../design/DurationField.tsx'
import { ProcessRules, ProjectionRules, ServiceRules } from '../design/SourcingRules.tsx'
import type { NowProps } from '../now/nodeState.ts'
import { Quiet } from '../Readings.tsx'
import { AppendByHand } from './AppendByHand.tsx'
import styles from './acts.module.css'
import { useSetting } from './SettingActs.tsx'

export function ProjectionActs({ doc, state }: NowProps<'projection'>) {
  const act = useAct(doc.id)
  const { checkpoint = 'with' } = { ...doc, ...state.changed }
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
      <CrashPoints
        id={doc.id}
        points={PROJECTION_POINTS[checkpoint]}
        armed={state.crashPoint}
        disabled={state.crashed}
      />
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
          <Button
            disabled={!state.group?.parkedCount}
            onClick={() => act({ what: 'replayParked' })}
          >
            Replay parked events
          </Button>
        )}
      </div>
      <CrashPoints
        id={doc.id}
        points={PROCESS_POINTS}
        armed={state.crashPoint}
        disabled={state.crashed}
      />
    </>
  )
}

export function ProcessManagerSettingActs({ doc, state }: NowProps<'processManager'>) {
  const set = useSetting(doc.id)
  return <ProcessRules values={{ ...doc, ...state.changed }} onChange={set} />
}

export function ServiceActs({ doc, state }: NowProps<'service'>) {
  const act = useAct(doc.id)
  const { crashed, hasRelay, relays } = state
  const shared = { id: doc.id, armed: state.crashPoint }
  if (!hasRelay) return <CrashPoints {...shared} points={TWO_WRITE_POINTS} disabled={crashed} />
  return (
    <>
      <CrashPoints {...shared} points={TRANSACTION_POINTS} disabled={crashed} />
      <CrashPoints
        {...shared}
        title={
          relays.length === 1
            ? 'Crash its relay alone the next time that it has'
            : 'Crash the next relay that has'
        }
        points={RELAY_POINTS}
        disabled={crashed || relays.every(({ down }) => down)}
      />
      <div className={styles.buttons}>
        {relays.map(({ down }, number) => {
          const [which, relay] =
            relays.length === 1 ? ['the relay', {}] : [`relay ${number + 1}`, { relay: number }]
          return down ? (
            <Button key={which} onClick={() => act({ what: 'restartRelay', ...relay })}>
              Restart {which}
            </Button>
          ) : (
            <Button
              key={which}
              disabled={crashed}
              onClick={() => act({ what: 'crashRelay', ...relay })}
            >
              Crash {which} now
            </Button>
          )
        })}
      </div>
    </>
  )
}

export function RelayActs({ doc, state }: NowProps<'relay'>) {
  return (
    <CrashPoints
      id={doc.id}
      title="Crash it the next time that it has"
      points={RELAY_POINTS}
      armed={state.crashPoint}
      disabled={state.crashed}
    />
  )
}

export function ServiceSettingActs({ doc, state }: NowProps<'service'>) {
  const set = useSetting(doc.id)
  return <ServiceRules values={{ ...doc, ...state.changed }} onChange={set} />
}

export function EventStoreActs({ doc, state }: NowProps<'eventStore'>) {
  const act = useAct(doc.id)
  const [chosen, setChosen] = useState('')
  const [before, setBefore] = useState(2)
  const [maxCount, setMaxCount] = useState(3)
  const [maxAgeMs, setMaxAgeMs] = useState(10_000)
  const persons = [
    ...new Set(doc.contents?.flatMap(({ events }) => events.flatMap(({ person = [] }) => person))),
  ]
  const names = state.streams.filter(({ deleted }) => deleted !== 'forGood').map(({ name }) => name)
  const stream = names.includes(chosen) ? chosen : names[0]
  if (stream === undefined) {
    return (
      <>
        <AppendByHand state={state} />
        <Quiet>There is no stream yet to act on.</Quiet>
      </>
    )
  }
  const limit = (limits: { maxCount: number | null; maxAgeMs: number | null }) =>
    act({ what: 'limitStream', stream, ...limits })
  return (
    <>
      <AppendByHand state={state} />
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
        <Button onClick={() => act({ what: 'copyStream', stream, to: `${stream}-v2` })}>
          Copy and transform
        </Button>
      </div>
      <NumberField
        inline
        label="First version to read ($tb)"
        min={0}
        max={LIMITS.arrivals}
        value={before}
        onCommit={setBefore}
      />
      <div className={styles.buttons}>
        <Button onClick={() => act({ what: 'truncateStream', stream, before })}>
          {before === 0 ? 'Read from the beginning' : `Leave out what is before ${before}`}
        </Button>
      </div>
      <NumberField
        inline
        label="Events to keep ($maxCount)"
        min={1}
        max={LIMITS.queueLength}
        value={maxCount}
        onCommit={setMaxCount}
      />
      <Ms
        label="Time to keep ($maxAge)"
        value={maxAgeMs}
        least={1}
        most={LIMITS.delayMs}
        onCommit={setMaxAgeMs}
      />
      <div className={styles.buttons}>
        <Button onClick={() => limit({ maxCount, maxAgeMs: null })}>Keep {maxCount} events</Button>
        <Button onClick={() => limit({ maxCount: null, maxAgeMs })}>
          Keep {maxAgeMs / 1000} s
        </Button>
        <Button onClick={() => limit({ maxCount, maxAgeMs })}>
          Keep {maxCount} events of {maxAgeMs / 1000} s
        </Button>
        <Button onClick={() => limit({ maxCount: null, maxAgeMs: null })}>Keep all</Button>
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

/** By when it saves its position: with its rows there is nothing between the two. */
const PROJECTION_POINTS: Record<NonNullable<ProjectionSettings['checkpoint']>, Points> = {
  with: [{ point: 'afterEffect', label: 'rows and position written' }],
  before: [
    { point: 'beforeEffect', label: 'position saved, rows not' },
    { point: 'afterEffect', label: 'position and rows written' },
  ],
  after: [{ point: 'afterEffect', label: 'rows written, position not' }],
}
const PROCESS_POINTS: Points = [
  { point: 'afterEffect', label: 'it has reacted, position not saved' },
]
const TWO_WRITE_POINTS: Points = [
  { point: 'beforeEffect', label: 'before the first write' },
  { point: 'afterEffect', label: 'between the two writes' },
  { point: 'afterAck', label: 'after the second write' },
]
const TRANSACTION_POINTS: Points = [
  { point: 'beforeEffect', label: 'before the transaction' },
  { point: 'afterEffect', label: 'after the transaction' },
]
const RELAY_POINTS: Points = [
  { point: 'beforePublish', label: 'read, nothing published' },
  { point: 'midBatch', label: 'published a part' },
  { point: 'beforeMark', label: 'published all, marked none' },
  { point: 'afterMark', label: 'published and marked' },
]

/** Every interleaving of its writes with a crash, as a button. */
function CrashPoints(props: {
  id: string
  title?: string
  points: Points
  /** The point at which it will crash already. */
  armed: CrashPoint | null
  disabled: boolean
}) {
  const session = useVerbs()
  return (
    <fieldset className={styles.points}>
      <legend>{props.title ?? 'Crash it the next time that it is here'}</legend>
      <div className={styles.buttons}>
        {props.points.map(({ point, label }) => (
          <Button
            key={point}
            size="small"
            pressed={props.armed === point}
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
