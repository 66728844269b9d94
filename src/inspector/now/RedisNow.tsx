/** What is inside a Redis stream, its groups, and those who read it at the playhead. */
import type { PendingEntry } from '../../history/redisStates.ts'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageRow, NodeLink } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import { type NowProps, useFrameUs } from './nodeState.ts'

const LAG =
  'Entries that were not given to anybody of the group. Redis cannot know it once an entry ahead was deleted, and after a restart not before the group has come to the end.'

export function RedisStreamNow({ state }: NowProps<'redisStream'>) {
  const newestFirst = state.entries.filter(({ gone }) => !gone).reverse()
  return (
    <>
      <Readings
        of={[
          { name: 'Length', value: countText(state.length) },
          { name: 'Added', value: countText(state.added) },
          { name: 'Last id', value: <code>{state.last}</code> },
          { name: 'Trimming', value: state.trimming ?? 'none' },
        ]}
      />
      {state.groups.length > 0 && (
        <Part title="Groups">
          <Table
            label="Groups of this stream"
            columns={[
              { name: 'Group' },
              { name: 'Last id' },
              { name: 'Pending', number: true },
              { name: 'Lag', number: true, meaning: LAG },
              {
                name: 'Lost',
                number: true,
                meaning:
                  'Entries that went before the group was given them, or while they were pending.',
              },
            ]}
            rows={state.groups.map((group) => ({
              key: group.name,
              lit: group.unreadGone + group.pendingGone > 0,
              cells: [
                group.node === null ? group.name : <NodeLink key="group" id={group.node} />,
                <code key="last">{group.last}</code>,
                countText(group.pendingCount),
                group.lag === null ? 'not known' : countText(group.lag),
                countText(group.unreadGone + group.pendingGone),
              ],
            }))}
          />
        </Part>
      )}
      <Part title="Entries" aside={countText(state.length)}>
        {newestFirst.length === 0 ? (
          <Quiet>The stream is empty.</Quiet>
        ) : (
          <Rows label="Entries, newest first">
            {newestFirst.map(({ position, entry, message }) => (
              <MessageRow key={position} held={{ message, redelivered: false }}>
                <code>{entry}</code>
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={newestFirst.length} count={state.length} />
      </Part>
    </>
  )
}

export function RedisGroupNow({ state }: NowProps<'redisGroup'>) {
  if (state.gone) {
    return <Quiet>It is not there at this moment: who reads for it is refused (NOGROUP).</Quiet>
  }
  return (
    <>
      <Readings
        of={[
          {
            name: (
              <Term meaning="All entries up to this id were given to somebody of the group.">
                Last delivered id
              </Term>
            ),
            value: <code>{state.last}</code>,
          },
          {
            name: <Term meaning={LAG}>Lag</Term>,
            value: state.lag === null ? 'not known' : countText(state.lag),
            lit: (state.lag ?? 0) > 0,
          },
          { name: 'Acknowledged', value: countText(state.acked) },
          state.unreadGone > 0 && {
            name: 'Gone before it was given them',
            value: countText(state.unreadGone),
            lit: true,
          },
          state.pendingGone > 0 && {
            name: 'Gone while pending',
            value: countText(state.pendingGone),
            lit: true,
          },
        ]}
      />
      <Part
        title={
          <Term meaning="Given out and not acknowledged. Nothing of it is given to anybody else by itself, however long it is idle: only a claim does that.">
            Pending entries
          </Term>
        }
        aside={countText(state.pendingCount)}
      >
        {state.pending.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Pending entries, oldest first">
            {state.pending.map((pending) => (
              <MessageRow key={pending.position} held={pending}>
                <Idle pending={pending} />
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={state.pending.length} count={state.pendingCount} />
      </Part>
      <Consumers state={state} />
    </>
  )
}

function Idle({ pending }: { pending: PendingEntry }) {
  const nowUs = useFrameUs()
  const { by, count, deliveredUs, gone } = pending
  const idle = spanText(Math.max(0, nowUs - deliveredUs))
  const times = count === 1 ? 'delivered once' : `delivered ${countText(count)} times`
  return gone
    ? `${by}, gone from the stream: only its id is left`
    : `${by}, ${times}, idle for ${idle}`
}

function Consumers({ state }: Pick<NowProps<'redisGroup'>, 'state'>) {
  const nowUs = useFrameUs()
  if (state.consumers.length === 0) {
    return (
      <Part title="Consumers">
        <Quiet>None was given anything yet.</Quiet>
      </Part>
    )
  }
  return (
    <Part title="Consumers" aside={countText(state.consumers.length)}>
      <Table
        label="Consumers that the group knows"
        columns={[
          { name: 'Consumer' },
          { name: 'Pending', number: true },
          { name: 'Heard of', meaning: 'How long ago it last read or claimed.' },
          { name: 'Read' },
        ]}
        rows={state.consumers.map(({ name, node, pending, seenUs, waits }) => ({
          key: name,
          lit: pending > 0 && !waits && nowUs - seenUs > 5_000_000,
          cells: [
            node === null ? name : <NodeLink key="name" id={node} />,
            countText(pending),
            `${spanText(Math.max(0, nowUs - seenUs))} ago`,
            waits ? 'blocks' : '–',
          ],
        }))}
      />
    </Part>
  )
}

export function RedisConsumerNow({ state }: NowProps<'redisConsumer'>) {
  return (
    <>
      <Readings
        of={[
          { name: 'At this moment', value: doing(state) },
          {
            name: (
              <Term meaning="Given to a consumer of this name and not acknowledged, whether its program still knows of it or not.">
                Pending under its name
              </Term>
            ),
            value: countText(state.pending),
            lit: state.pending > state.jobCount,
          },
          { name: 'Received', value: countText(state.received) },
          state.redelivered > 0 && {
            name: 'Of these again',
            value: countText(state.redelivered),
            lit: true,
          },
          state.failed > 0 && { name: 'Failed', value: countText(state.failed), lit: true },
          state.setAside > 0 && { name: 'Set aside', value: countText(state.setAside), lit: true },
          state.foundGone > 0 && {
            name: 'Came without fields',
            value: countText(state.foundGone),
            lit: true,
          },
        ]}
      />
      <Jobs jobs={state.jobs} count={state.jobCount} />
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}

export function RedisReaderNow({ state }: NowProps<'redisReader'>) {
  return (
    <>
      <Readings
        of={[
          { name: 'At this moment', value: doing(state) },
          { name: 'Last id', value: state.last === null ? 'none yet' : <code>{state.last}</code> },
          { name: 'Unread', value: countText(state.unread), lit: state.unread > 0 },
          { name: 'Received', value: countText(state.received) },
          state.failed > 0 && { name: 'Failed', value: countText(state.failed), lit: true },
        ]}
      />
      <Jobs jobs={state.jobs} count={state.jobCount} />
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}

function doing(
  state: Pick<NowProps<'redisConsumer'>['state'], 'crashed' | 'phase' | 'waits' | 'paused'>,
): string {
  if (state.crashed) return 'crashed'
  if (state.phase === 'out') return 'not started yet'
  if (state.phase === 'refused') return 'its group is not there, asks again soon'
  if (state.phase === 'working') return 'works'
  if (state.phase === 'history') return 'reads what is pending under its name'
  if (state.phase === 'claiming') return 'looks for idle entries'
  if (state.phase === 'reading') return state.waits ? 'its read blocks' : 'reads'
  return state.paused ? 'paused' : 'idle'
}
