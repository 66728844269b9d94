/** What is inside the parts and clients of an event-sourced system at the playhead: command handler, store, projection, relay. */

import { dataText } from '../../base/dataText.ts'
import type { StateOf } from '../../history/frame.ts'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, MomentLink } from '../Selectable.tsx'
import { countText } from '../timeText.ts'
import { Jobs, Unlisted } from './Jobs.tsx'
import type { NowProps } from './nodeState.ts'
import styles from './SourcingNow.module.css'

const VERSION = 'The number of an event in its stream, from 0, without gaps.'
const FOLD =
  'The state after this event: all events of the stream up to it, applied one after the other.'
const POSITION = 'The number of an event in the whole store, from 0.'

const SHORT = 18

export function EventStoreNow({ state }: NowProps<'eventStore'>) {
  const { streams, position } = state
  return (
    <>
      <Readings of={[{ name: 'Events', value: countText(position) }]} />
      {streams.length === 0 && <Quiet>No stream yet. The first append makes one.</Quiet>}
      {streams.map((stream) => (
        <Stream key={stream.name} stream={stream} />
      ))}
    </>
  )
}

function Stream({ stream }: { stream: StateOf<'eventStore'>['streams'][number] }) {
  const { name, version, events, folds } = stream
  return (
    <Part title={`Stream ${name}`} aside={`version ${version}`}>
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
              <MessageChip message={event.message} label={event.type} />
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
  const { jobs, jobCount, accepted, rejected, conflicts } = state
  const newestFirst = [...rejected].reverse()
  return (
    <>
      <Readings
        of={[
          { name: 'Accepted', value: countText(accepted) },
          { name: 'Rejected', value: countText(rejected.length), lit: rejected.length > 0 },
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
      <Jobs jobs={jobs} count={jobCount} />
      {rejected.length > 0 && (
        <Part title="Rejected commands">
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
        </Part>
      )}
    </>
  )
}

export function ProjectionNow({ state }: NowProps<'projection'>) {
  const { rows, position, lag, jobs } = state
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
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
              <Term meaning="Events in the store that are not in the read model yet. Until they are, the read model shows the past.">
                Lag
              </Term>
            ),
            value: countText(lag),
            lit: lag > 0,
          },
        ]}
      />
      <Part title="Read model" aside={rows.length > 0 ? countText(rows.length) : undefined}>
        {rows.length === 0 ? (
          <Quiet>No row yet. The first event makes one.</Quiet>
        ) : (
          <Table
            label="Read model"
            columns={columns.map((name) => ({
              name,
              number: rows.every((row) => typeof row[name] === 'number'),
            }))}
            rows={rows.map((row, index) => ({
              key: String(index),
              cells: columns.map((name) => dataText(row[name])),
            }))}
          />
        )}
      </Part>
      <Jobs jobs={jobs} count={jobs.length} title="Being folded in" />
    </>
  )
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
