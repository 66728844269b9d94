/** What is inside places, streams, JetStream consumers, subscribers and requesters at the playhead. */
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows, Table } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { LinkLink, MessageChip, MessageRow } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import { type NowProps, useFrameUs } from './nodeState.ts'

export function PlaceNow({ state }: NowProps<'natsServer'> | NowProps<'redisServer'>) {
  const { subjects } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Published', value: countText(state.published) },
          { name: 'Subscriptions now', value: countText(state.subscriptions) },
          {
            name: (
              <Term meaning="Messages for which nobody was subscribed at that moment. Nothing is kept of them.">
                To nobody
              </Term>
            ),
            value: countText(state.unheard),
            lit: state.unheard > 0,
          },
        ]}
      />
      <Part
        title={state.kind === 'redisServer' ? 'Channels seen' : 'Subjects seen'}
        aside={countText(subjects.length)}
      >
        {subjects.length === 0 ? (
          <Quiet>Nothing was published yet.</Quiet>
        ) : (
          <Table
            label="Seen so far"
            columns={[
              { name: state.kind === 'redisServer' ? 'Channel' : 'Subject' },
              { name: 'Count', number: true },
              { name: 'Copies', number: true, meaning: 'Copies that went out of the last one.' },
            ]}
            rows={subjects.map((seen) => ({
              key: seen.subject,
              lit: seen.copies === 0 && !seen.kept,
              cells: [
                <code key="subject">{seen.subject}</code>,
                countText(seen.count),
                seen.kept ? `${countText(seen.copies)}, kept` : countText(seen.copies),
              ],
            }))}
          />
        )}
      </Part>
    </>
  )
}

export function NatsStreamNow({ state }: NowProps<'natsStream'>) {
  if (state.gone) return <Quiet>It does not exist at this moment.</Quiet>
  const newestFirst = [...state.kept].reverse()
  return (
    <>
      <Readings
        of={[
          { name: 'First sequence', value: countText(state.first) },
          { name: 'Last sequence', value: countText(state.last) },
          { name: 'Bytes', value: countText(state.bytes) },
          state.limited > 0 && {
            name: 'Gone by a limit',
            value: countText(state.limited),
            lit: true,
          },
          state.settled > 0 && { name: 'Gone as settled', value: countText(state.settled) },
          state.duplicates > 0 && {
            name: (
              <Term meaning="Messages with a Nats-Msg-Id that came before within the duplicate window. They are acknowledged and not stored again.">
                Duplicates
              </Term>
            ),
            value: countText(state.duplicates),
          },
          state.refused > 0 && { name: 'Refused', value: countText(state.refused), lit: true },
        ]}
      />
      <Part title="Kept" aside={countText(state.count)}>
        {newestFirst.length === 0 ? (
          <Quiet>The stream is empty.</Quiet>
        ) : (
          <Rows label="Kept messages, newest first">
            {newestFirst.map(({ sequence, message }) => (
              <MessageRow key={sequence} held={{ message, redelivered: false }}>
                sequence {sequence}
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={newestFirst.length} count={state.count} />
      </Part>
    </>
  )
}

export function NatsConsumerNow({ state }: NowProps<'natsConsumer'>) {
  const nowUs = useFrameUs()
  if (state.gone) return <Quiet>It does not exist at this moment.</Quiet>
  return (
    <>
      <Readings
        of={[
          { name: 'Filter', value: <code>{state.filter}</code> },
          { name: 'Pending', value: countText(state.pending) },
          { name: 'Acknowledged', value: countText(state.acked) },
          {
            name: (
              <Term meaning="All messages of the stream up to this sequence are settled.">
                Ack floor
              </Term>
            ),
            value: countText(state.floor),
          },
          { name: 'Redelivered', value: countText(state.redelivered), lit: state.redelivered > 0 },
          state.gaveUp > 0 && {
            name: (
              <Term meaning="Sent as often as max deliver allows. There is no dead-letter queue: they stay in the stream.">
                Given up
              </Term>
            ),
            value: countText(state.gaveUp),
            lit: true,
          },
          state.push
            ? { name: 'Someone listens', value: state.active ? 'yes' : 'no' }
            : { name: 'Pulls that wait', value: countText(state.waitingPulls) },
          state.stalled && { name: 'Max ack pending', value: 'reached', lit: true },
          state.headersOnly && {
            name: (
              <Term meaning="Messages come without their bodies. The header Nats-Msg-Size says how large each is.">
                Sends
              </Term>
            ),
            value: 'headers only',
          },
        ]}
      />
      <Part
        title={
          <Term meaning="Sent and not settled. What is not acknowledged when its ack wait is over goes out again.">
            Ack pending
          </Term>
        }
        aside={countText(state.ackPendingCount)}
      >
        {state.ackPending.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Messages not acknowledged">
            {state.ackPending.map((held) => (
              <MessageRow key={held.sequence} held={held}>
                delivery {held.count}, goes out again in{' '}
                {spanText(Math.max(0, (held.clock?.untilUs ?? nowUs) - nowUs))}
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={state.ackPending.length} count={state.ackPendingCount} />
      </Part>
    </>
  )
}

export function SubscriberNow({ state }: NowProps<'natsSubscriber'> | NowProps<'redisSubscriber'>) {
  const nowUs = useFrameUs()
  const filters = Object.entries(state.filters)
  const heardUs = state.kind === 'natsSubscriber' ? state.heardUs : null
  return (
    <>
      <Readings
        of={[
          {
            name: 'Connection',
            value: state.online ? 'online' : state.joined ? 'offline' : 'not joined yet',
            lit: !state.online,
          },
          { name: 'Received', value: countText(state.received) },
          state.redelivered > 0 && {
            name: 'Of these again',
            value: countText(state.redelivered),
            lit: true,
          },
          { name: 'Missed', value: countText(state.missedCount), lit: state.missedCount > 0 },
          state.failed > 0 && { name: 'Failed', value: countText(state.failed), lit: true },
          heardUs !== null && {
            name: (
              <Term meaning="Its consumer sends a heartbeat when it has nothing else to send. After two that are missing something is wrong.">
                Last heard
              </Term>
            ),
            value: `${spanText(nowUs - heardUs)} ago`,
            lit: state.kind === 'natsSubscriber' && state.unheard,
          },
          ...filters.map(([link, filter]) => ({
            name: <LinkLink id={link} />,
            value: <code>{filter}</code>,
          })),
        ]}
      />
      {state.missed.length > 0 && <MissedRows state={state} />}
      <Jobs jobs={state.jobs} count={state.jobCount} />
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}

function MissedRows({
  state,
}: Pick<NowProps<'natsSubscriber'> | NowProps<'redisSubscriber'>, 'state'>) {
  const newestFirst = [...state.missed].reverse()
  return (
    <Part title="Passed it by" aside={countText(state.missedCount)}>
      <Rows label="Messages that it missed, newest first">
        {newestFirst.map(({ message, why }) => (
          <MessageRow key={message} held={{ message, redelivered: false }}>
            {why}
          </MessageRow>
        ))}
      </Rows>
      <Unlisted listed={newestFirst.length} count={state.missedCount} />
    </Part>
  )
}

export function RequesterNow({ state }: NowProps<'natsRequester'>) {
  const nowUs = useFrameUs()
  return (
    <>
      <Readings
        of={[
          { name: 'Requests', value: countText(state.published) },
          { name: 'Replies', value: countText(state.replied) },
          {
            name: (
              <Term meaning="Nobody was subscribed, so the server said so at once (503).">
                No responders
              </Term>
            ),
            value: countText(state.noResponders),
            lit: state.noResponders > 0,
          },
          { name: 'Timed out', value: countText(state.timedOut), lit: state.timedOut > 0 },
          state.ignored > 0 && { name: 'Replies ignored', value: countText(state.ignored) },
        ]}
      />
      <Part title="Waits for the reply to" aside={countText(state.awaitedCount)}>
        {state.awaited.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Requests without a reply">
            {state.awaited.map(({ message, clock }) => (
              <li key={message}>
                <MessageChip message={message} />{' '}
                <Quiet>for another {spanText(Math.max(0, clock.untilUs - nowUs))}</Quiet>
              </li>
            ))}
          </Rows>
        )}
      </Part>
      <Ledger effects={state.effects} total={state.replied} />
    </>
  )
}
