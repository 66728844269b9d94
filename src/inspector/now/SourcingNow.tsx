/** What is inside the parts and clients of an event-sourced system at the playhead: command handler, store, projection, relay. */

import { lazy, Suspense, useState } from 'react'
import { dataText } from '../../base/dataText.ts'
import type { StoreConflict } from '../../history/conflict.ts'
import type { StateOf } from '../../history/frame.ts'
import { useSession } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, MomentLink } from '../Selectable.tsx'
import { countText, momentText } from '../timeText.ts'
import { GroupOut } from './GroupOut.tsx'
import { Jobs, Unlisted } from './Jobs.tsx'
import { Ledger } from './Ledger.tsx'
import type { NowProps } from './nodeState.ts'
import styles from './SourcingNow.module.css'

const VERSION = 'The number of an event in its stream, from 0, without gaps.'
const FOLD =
  'The state after this event: all events of the stream up to it, applied one after the other.'
const POSITION = 'The number of an event in the whole store, from 0.'

const SHORT = 18

const LogKept = lazy(() => import('../erasure/LogKept.tsx'))

export function EventStoreNow({ doc, state }: NowProps<'eventStore'>) {
  const { streams, position } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Events', value: countText(position) },
          ...(state.conflictCount > 0
            ? [{ name: 'Conflicts', value: countText(state.conflictCount), lit: true }]
            : []),
        ]}
      />
      {state.conflicts.length > 0 && <Conflicts conflicts={state.conflicts} />}
      {streams.length === 0 && <Quiet>No stream yet. The first append makes one.</Quiet>}
      {streams.length > ALL_SHOWN ? (
        <Streams state={state} />
      ) : (
        streams.map((stream) => <Stream key={stream.name} stream={stream} />)
      )}
      {position > 0 && (
        <Suspense>
          <LogKept store={doc.id} />
        </Suspense>
      )}
    </>
  )
}

/** Of more streams than these, one is shown at a time. */
const ALL_SHOWN = 3

/** Every stream with what it adds up to, and the events of the one that is chosen: the one written to last at first. */
function Streams({ state }: { state: StateOf<'eventStore'> }) {
  const [chosen, setChosen] = useState('')
  const { streams, streamCount } = state
  const positionOf = ({ events }: (typeof streams)[number]) => events.at(-1)?.position ?? -1
  const newest = streams.reduce((a, b) => (positionOf(b) > positionOf(a) ? b : a))
  const stream = streams.find(({ name }) => name === chosen) ?? newest
  return (
    <>
      <Part title="Streams" aside={countText(streamCount)}>
        <Table
          label="Streams of the store"
          columns={[
            { name: 'Stream' },
            { name: 'V', number: true, meaning: VERSION },
            { name: 'Fold' },
          ]}
          rows={streams.map((each) => ({
            key: each.name,
            lit: each === stream,
            cells: [
              <Button
                key="name"
                size="small"
                variant="ghost"
                pressed={each === stream}
                onClick={() => setChosen(each.name)}
              >
                {each.name}
              </Button>,
              each.version,
              <Fold key="fold" text={dataText(each.folds.at(-1))} />,
            ],
          }))}
        />
        <Unlisted listed={streams.length} count={streamCount} />
      </Part>
      <Stream stream={stream} />
    </>
  )
}

/** Both writers of each conflict, and the version that each expected. */
function Conflicts({ conflicts }: { conflicts: readonly StoreConflict[] }) {
  const nameOf = useNames()
  return (
    <Part title="Conflicts" aside="newest first">
      <Rows label="Conflicts, newest first">
        {conflicts.map(
          ({ message, atUs, stream, expected, won, found, winning, winner, loser }) => (
            <li key={message} className={styles.rejected}>
              <span className={styles.head}>
                <MomentLink timeUs={atUs} />
                <span className={styles.reason}>{stream}</span>
              </span>
              <span className={styles.head}>
                {winning !== -1 && <MessageChip message={winning} />}
                <span>
                  {nameOf(winner)} expected {won} and was first
                </span>
              </span>
              <span className={styles.head}>
                <MessageChip message={message} />
                <span>
                  {nameOf(loser)} expected {expected}, found {found}
                </span>
              </span>
            </li>
          ),
        )}
      </Rows>
    </Part>
  )
}

function useNames(): (id: string) => string {
  const nodes = useSession(({ scenario }) => scenario.nodes)
  return (id) => nodes.find((node) => node.id === id)?.name ?? 'a writer'
}

const DELETION = {
  no: '',
  softly: 'deleted',
  forGood: 'tombstone',
} as const

function Stream({ stream }: { stream: StateOf<'eventStore'>['streams'][number] }) {
  const { name, version, events, folds, deleted, first } = stream
  const kept = first > 0 && deleted === 'no' ? `read from ${first}` : DELETION[deleted]
  return (
    <Part
      title={`Stream ${name}`}
      aside={kept === '' ? `version ${version}` : `version ${version}, ${kept}`}
    >
      <Table
        label={`Events of stream ${name}`}
        columns={[
          { name: 'V', number: true, meaning: VERSION },
          { name: 'Event' },
          { name: 'Fold after', meaning: FOLD },
        ]}
        rows={events.map((event, index) => ({
          key: String(event.version),
          lit: index === events.length - 1,
          cells: [
            event.version,
            <span key="event" className={styles.event}>
              <MessageChip
                message={event.message}
                label={
                  event.schemaVersion > 1 ? `${event.type} v${event.schemaVersion}` : event.type
                }
              />
              <span className={styles.data}>{dataText(event.data)}</span>
            </span>,
            <Fold key="fold" text={dataText(folds[index])} />,
          ],
        }))}
      />
      <Unlisted listed={events.length} count={version + 1} />
    </Part>
  )
}

/** A short state stays on one line: it is what one reads down the column. */
function Fold({ text }: { text: string }) {
  return <span className={text.length <= SHORT ? styles.short : undefined}>{text}</span>
}

export function CommandHandlerNow({ state }: NowProps<'commandHandler'>) {
  const { jobs, jobCount, accepted, rejected, rejectedCount, conflicts } = state
  const newestFirst = [...rejected].reverse()
  return (
    <>
      <Readings
        of={[
          { name: 'Accepted', value: countText(accepted) },
          { name: 'Rejected', value: countText(rejectedCount), lit: rejectedCount > 0 },
          {
            name: (
              <Term meaning="Another writer appended first: the stream no longer had the expected version. The handler loads it again and decides anew.">
                Version conflicts
              </Term>
            ),
            value: countText(conflicts),
            lit: conflicts > 0,
          },
        ]}
      />
      {state.cost && (
        <Loading cost={state.cost} snapshot={state.snapshot} count={state.snapshots} />
      )}
      <Jobs jobs={jobs} count={jobCount} />
      {state.conflicted.length > 0 && <Conflicts conflicts={state.conflicted} />}
      {rejected.length > 0 && (
        <Part title="Rejected commands" aside={countText(rejectedCount)}>
          <Rows label="Rejected commands, newest first">
            {newestFirst.map(({ message, atUs, reason }) => (
              <li key={`${message}·${atUs}`} className={styles.rejected}>
                <span className={styles.head}>
                  <MomentLink timeUs={atUs} />
                  <MessageChip message={message} />
                </span>
                <span className={styles.reason}>{reason}</span>
              </li>
            ))}
          </Rows>
          <Unlisted listed={rejected.length} count={rejectedCount} />
        </Part>
      )}
    </>
  )
}

/** What it has cost to know the state before the last decision. */
function Loading(props: {
  cost: NonNullable<StateOf<'commandHandler'>['cost']>
  snapshot: StateOf<'commandHandler'>['snapshot']
  count: number
}) {
  const { cost, snapshot, count } = props
  return (
    <Part title="Cost of the last loading">
      <Readings
        of={[
          { name: 'Events folded', value: countText(cost.folded) },
          { name: 'Bytes read', value: countText(cost.bytes) },
          { name: 'Simulated time', value: `${countText(Math.round(cost.us / 1000))} ms` },
          {
            name: 'Begins with',
            value: cost.from === -1 ? 'the first event' : `snapshot of version ${cost.from}`,
          },
          { name: 'Snapshots kept', value: countText(count) },
          ...(snapshot
            ? [
                {
                  name: 'Newest snapshot',
                  value: `version ${snapshot.version}, ${snapshot.schema}, ${snapshot.bytes} bytes`,
                },
              ]
            : []),
        ]}
      />
    </Part>
  )
}

const LAG =
  'Events in the store that are not in the read model yet. Until they are, the read model shows the past.'

export function ProjectionNow({ state }: NowProps<'projection'>) {
  const { rows, position, source, lag, jobs } = state
  return (
    <>
      <Readings
        of={[
          {
            name: <Term meaning={POSITION}>Events folded in</Term>,
            value: countText(position),
          },
          {
            name: (
              <Term meaning={source === '' ? LAG : `${LAG} Only those of ${source} count.`}>
                Lag
              </Term>
            ),
            value: countText(lag),
            lit: lag > 0,
          },
          ...troublesOf(state),
        ]}
      />
      {state.building && (
        <Part title="New table" aside={`at position ${state.building.position}`}>
          <ReadModelTable label="New table" rows={state.building.rows} />
        </Part>
      )}
      <Part title="Read model" aside={rows.length > 0 ? countText(rows.length) : undefined}>
        <ReadModelTable label="Read model" rows={rows} />
      </Part>
      <Jobs jobs={jobs} count={jobs.length} title="Being folded in" />
    </>
  )
}

function ReadModelTable(props: { label: string; rows: readonly Record<string, unknown>[] }) {
  const { label, rows } = props
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (rows.length === 0) return <Quiet>No row yet. The first event makes one.</Quiet>
  return (
    <Table
      label={label}
      columns={columns.map((name) => ({
        name,
        number: rows.every((row) => typeof row[name] === 'number'),
      }))}
      rows={rows.map((row, index) => ({
        key: String(index),
        cells: columns.map((name) => dataText(row[name])),
      }))}
    />
  )
}

/** What is wrong with its rows, and how those fared who asked for them. */
function troublesOf({ twice, missed, fresh, stale, waiting }: StateOf<'projection'>) {
  const readings = [
    { name: 'Counted twice', count: twice, lit: true },
    { name: 'Missed', count: missed, lit: true },
    { name: 'Fresh answers', count: fresh, lit: false },
    { name: 'Stale answers', count: stale, lit: true },
    { name: 'Queries that wait', count: waiting, lit: false },
  ]
  return readings
    .filter(({ count }) => count > 0)
    .map(({ name, count, lit }) => ({ name, value: countText(count), lit }))
}

export function ProcessManagerNow({ state }: NowProps<'processManager'>) {
  const { position, lag, sent, waiting, stuck, group, stopped } = state
  return (
    <>
      <Readings
        of={[
          { name: <Term meaning={POSITION}>Position</Term>, value: countText(position) },
          { name: 'Lag', value: countText(lag), lit: lag > 0 },
          ...(group
            ? [
                { name: 'In hand', value: countText(group.inFlight) },
                { name: 'To be tried again', value: countText(group.toRetry) },
              ]
            : [{ name: 'Commands sent', value: countText(sent) }]),
        ]}
      />
      {group && <GroupOut group={group} />}
      {group && (
        <Part title="Parked" aside={countText(group.parkedCount)}>
          {group.parkedCount === 0 ? (
            <Quiet>Nothing was given up.</Quiet>
          ) : (
            <Rows label="Parked events, oldest first">
              {group.parked.map((message) => (
                <li key={message}>
                  <MessageChip message={message} />
                </li>
              ))}
            </Rows>
          )}
        </Part>
      )}
      {stopped && <Quiet>It cannot work on the next event and waits there.</Quiet>}
      <Commands title="Sent, and nothing has followed" commands={waiting} />
      <Commands title="Given up: a person must see to them" commands={stuck} />
      <Jobs jobs={state.jobs} count={state.jobCount} title="To react to" />
      {(state.effectCount > 0 || sent === 0) && (
        <Ledger effects={state.effects} total={state.effectCount} />
      )}
    </>
  )
}

function Commands({ title, commands }: { title: string; commands: readonly number[] }) {
  if (commands.length === 0) return null
  return (
    <Part title={title} aside={countText(commands.length)}>
      <Rows label={title}>
        {commands.map((message) => (
          <li key={message}>
            <MessageChip message={message} />
          </li>
        ))}
      </Rows>
    </Part>
  )
}

const GHOST =
  'Others were told of a command of which there is no row: a crash came between the writes.'
const MISSING = 'There is a row, and nobody was told: a crash came between the writes.'

export function ServiceNow({ state }: NowProps<'service'>) {
  const { rowCount, announced, marked, hasRelay, missing, ghosts, twice } = state
  const open = hasRelay ? 'to publish' : 'nobody was told'
  return (
    <>
      <Readings
        of={[
          { name: 'Rows', value: countText(rowCount) },
          { name: 'Messages published', value: countText(announced) },
          ...(hasRelay ? [{ name: 'Marked as published', value: countText(marked) }] : []),
          ...(state.relays.length === 1 && state.relays[0]?.down
            ? [{ name: 'Relay', value: 'crashed', lit: true }]
            : []),
          {
            name: <Term meaning={MISSING}>Not told of</Term>,
            value: countText(missing),
            lit: missing > 0,
          },
          { name: <Term meaning={GHOST}>Ghosts</Term>, value: countText(ghosts), lit: ghosts > 0 },
          { name: 'Told twice', value: countText(twice), lit: twice > 0 },
        ]}
      />
      {hasRelay && state.relays.length > 1 && (
        <Part title="Relays" aside={countText(state.relays.length)}>
          <Table
            label="Relays"
            columns={[{ name: 'Relay' }, { name: 'Rows' }, { name: 'State' }]}
            rows={state.relays.map((relay, number) => ({
              key: String(number),
              lit: relay.down,
              cells: [number + 1, <TakenRows key="rows" rows={relay.rows} />, relayText(relay)],
            }))}
          />
        </Part>
      )}
      <Part title="Database" aside={countText(rowCount)}>
        {state.rows.length === 0 ? (
          <Quiet>No row yet.</Quiet>
        ) : (
          <Table
            label="Rows of the database"
            columns={[{ name: 'Row' }, { name: 'Others' }]}
            rows={state.rows.map(({ message, told }, index) => ({
              key: String(index),
              lit: told === 0,
              cells: [
                <MessageChip key="row" message={message} />,
                told === 0 ? open : told === 1 ? 'told' : `told ${told} times`,
              ],
            }))}
          />
        )}
      </Part>
      <Jobs jobs={state.jobs} count={state.jobCount} />
    </>
  )
}

/** The rows that a relay has taken up: the first few, and how many more. */
function TakenRows({ rows }: { rows: readonly number[] }) {
  if (rows.length === 0) return <>none</>
  const more = rows.length - TAKEN_SHOWN
  return (
    <>
      {rows.slice(0, TAKEN_SHOWN).map((message, at) => (
        <MessageChip key={String(at)} message={message} />
      ))}
      {more > 0 && ` and ${countText(more)} more`}
    </>
  )
}

const TAKEN_SHOWN = 2

function relayText({ down, publishing, untilUs }: StateOf<'service'>['relays'][number]): string {
  const lease = untilUs === -1 ? '' : `, leased until ${momentText(untilUs)}`
  return `${down ? 'crashed' : publishing ? 'marks next' : 'rests'}${lease}`
}

export function RelayNow({ state }: NowProps<'relay'>) {
  const { position, lag, relayed } = state
  return (
    <Readings
      of={[
        { name: 'Relayed', value: countText(relayed) },
        {
          name: (
            <Term meaning="It continues from here after a crash. What it published and had not yet remembered, it publishes again.">
              Position
            </Term>
          ),
          value: countText(position),
        },
        {
          name: <Term meaning="Events in the store that it has not relayed yet.">Lag</Term>,
          value: countText(lag),
        },
      ]}
    />
  )
}
