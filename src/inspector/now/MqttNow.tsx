/** What is inside an MQTT broker and one of its clients at the playhead. */
import { mqttFilterMatches } from '../../scenario/schema/mqtt.ts'
import { useSession } from '../../session/react.tsx'
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageChip, MessageRow } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import { type NowProps, useFrameUs } from './nodeState.ts'

export function MqttBrokerNow({ state }: NowProps<'mqttBroker'>) {
  return (
    <>
      <Readings
        of={[
          { name: 'Published', value: countText(state.published) },
          { name: 'Retained', value: countText(state.retainedCount) },
        ]}
      />
      <Part
        title={
          <Term meaning="A topic is a name. What is published to it goes to those who are subscribed at that moment; only a retained message stays.">
            Topics
          </Term>
        }
        aside={countText(state.topicCount)}
      >
        {state.topics.length === 0 ? (
          <Quiet>Nothing was published yet.</Quiet>
        ) : (
          <Rows label="Topics that messages came to">
            {state.topics.map(({ topic, published, matched, retained }) => (
              <li key={topic}>
                <code>{topic}</code>{' '}
                <Quiet>
                  {countText(published)} published, the latest for {countText(matched)}
                  {retained === -1 ? '; keeps nothing' : '; keeps '}
                </Quiet>
                {retained !== -1 && <MessageChip message={retained} />}
              </li>
            ))}
          </Rows>
        )}
        <Unlisted listed={state.topics.length} count={state.topicCount} />
      </Part>
      <Part
        title={
          <Term meaning="What the broker knows of a client by its id: its filters, and with QoS 1 and 2 what waits for it.">
            Sessions
          </Term>
        }
        aside={countText(state.sessions.length)}
      >
        {state.sessions.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Sessions">
            {state.sessions.map(({ client, connected, waiting, unanswered }) => (
              <li key={client}>
                {client}{' '}
                <Quiet>
                  {connected ? 'connected' : 'kept while it is away'}, {countText(waiting)} wait,{' '}
                  {countText(unanswered)} unanswered
                </Quiet>
              </li>
            ))}
          </Rows>
        )}
      </Part>
    </>
  )
}

export function MqttClientNow({ doc, state }: NowProps<'mqttClient'>) {
  const { session, filters } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Connection', value: state.away ?? 'online', lit: state.away !== null },
          state.publishes && { name: 'Published', value: countText(state.published) },
          filters.length > 0 && { name: 'Processed', value: countText(state.processed) },
          state.missedCount > 0 && {
            name: 'Missed',
            value: countText(state.missedCount),
            lit: true,
          },
        ]}
      />
      {filters.length > 0 && <MatchesNow filters={filters} />}
      {state.publishes && (doc.qos ?? 0) > 0 && (
        <HeldPart
          title="Not acknowledged to the end"
          held={state.unsent}
          count={state.unsentCount}
          empty="Nothing: the broker has answered for all."
        />
      )}
      {filters.length > 0 && <Jobs jobs={state.jobs} count={state.jobCount} />}
      {state.held.length > 0 && (
        <HeldPart title="Held until released (QoS 2)" held={state.held} count={state.held.length} />
      )}
      {filters.length > 0 && <SessionPart session={session} />}
      {state.missed.length > 0 && (
        <HeldPart title="Missed" held={state.missed} count={state.missedCount} />
      )}
      {filters.length > 0 && <Ledger effects={state.effects} total={effectCount(state)} />}
    </>
  )
}

/** Each filter with the topics it matches of those that were published to, and those of what is linked. */
function MatchesNow({ filters }: { filters: readonly string[] }) {
  const known = useSession(({ frame, scenario }) => {
    const seen = frame?.nodes.flatMap((node) =>
      node.kind === 'mqttBroker' ? node.topics.map(({ topic }) => topic) : [],
    )
    const to = scenario.nodes.flatMap((node) =>
      node.kind === 'mqttClient' ? (node.topics ?? []) : [],
    )
    return [...new Set([...(seen ?? []), ...to])].join('\n')
  })
  const topics = known === '' ? [] : known.split('\n')
  return (
    <Part title="Subscribed to" aside={countText(filters.length)}>
      <Rows label="Filters and the topics that they match">
        {filters.map((filter) => {
          const matched = topics.filter((topic) => mqttFilterMatches(filter, topic))
          return (
            <li key={filter}>
              <code>{filter}</code>{' '}
              <Quiet>
                {matched.length === 0
                  ? 'matches no topic here'
                  : `matches ${matched.slice(0, 6).join(', ')}${matched.length > 6 ? ` and ${matched.length - 6} more` : ''}`}
              </Quiet>
            </li>
          )
        })}
      </Rows>
    </Part>
  )
}

function SessionPart({ session }: { session: NowProps<'mqttClient'>['state']['session'] }) {
  const nowUs = useFrameUs()
  const title = (
    <Term meaning="Kept by the broker under the client id. What waits in it has QoS 1 or 2.">
      Session at the broker
    </Term>
  )
  if (session === null) {
    return (
      <Part title={title}>
        <Quiet>None: nothing is kept for it while it is away.</Quiet>
      </Part>
    )
  }
  return (
    <Part title={title} aside={countText(session.waitingCount)}>
      {session.ends && (
        <Quiet>
          Ends in {spanText(Math.max(0, session.ends.untilUs - nowUs))} unless it is back.
        </Quiet>
      )}
      {session.waiting.length === 0 ? (
        <Quiet>Nothing waits in it.</Quiet>
      ) : (
        <Rows label="Messages that wait in the session" ordered>
          {session.waiting.map((held) => (
            <MessageRow key={held.message} held={held} />
          ))}
        </Rows>
      )}
      <Unlisted listed={session.waiting.length} count={session.waitingCount} />
    </Part>
  )
}

function HeldPart(props: {
  title: string
  held: NowProps<'mqttClient'>['state']['missed']
  count: number
  empty?: string
}) {
  const { title, held, count, empty = 'None.' } = props
  return (
    <Part title={title} aside={countText(count)}>
      {held.length === 0 ? (
        <Quiet>{empty}</Quiet>
      ) : (
        <Rows label={title}>
          {held.map((each) => (
            <MessageRow key={each.message} held={each} />
          ))}
        </Rows>
      )}
      <Unlisted listed={held.length} count={count} />
    </Part>
  )
}
