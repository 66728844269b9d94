/** What is inside a cloud topic and a subscription at the playhead; what is out can be answered here by hand. */
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Term } from '../../ui/Term.tsx'
import styles from '../acts/acts.module.css'
import { Quiet, Readings, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageRow, NodeLink } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { Unlisted } from './Jobs.tsx'
import { type NowProps, useFrameUs } from './nodeState.ts'

export function CloudTopicNow({ state }: NowProps<'cloudTopic'>) {
  return (
    <>
      <Readings of={[{ name: 'Published', value: countText(state.published) }]} />
      <Quiet>It keeps nothing: each of its subscriptions does.</Quiet>
    </>
  )
}

export function CloudSubscriptionNow({ state }: NowProps<'cloudSubscription'>) {
  const { available, availableCount } = state
  const settled = state.delivery === 'queue' ? 'Passed on' : 'Acknowledged'
  return (
    <>
      <Readings
        of={[
          { name: settled, value: countText(state.settled) },
          state.changedFilter !== null && {
            name: 'Filter now',
            value: <code>{state.changedFilter}</code>,
            lit: true,
          },
          state.passedBy > 0 && { name: 'Filtered out', value: countText(state.passedBy) },
          state.waitingReceives > 0 && {
            name: 'Pulls that wait',
            value: countText(state.waitingReceives),
          },
          state.delayedCount > 0 && { name: 'Backing off', value: countText(state.delayedCount) },
          state.dead > 0 && { name: 'Dead-lettered', value: countText(state.dead), lit: true },
          state.expired > 0 && {
            name: 'Kept too long',
            value: countText(state.expired),
            lit: true,
          },
        ]}
      />
      <Out state={state} />
      <Part
        title={<Term meaning="Not sent, or sent and come back.">Waiting</Term>}
        aside={countText(availableCount)}
      >
        {available.length === 0 ? (
          <Quiet>Nothing waits.</Quiet>
        ) : (
          <Rows label="Messages that wait, the next one first" ordered>
            {available.map((held) => (
              <MessageRow key={held.message} held={held} />
            ))}
          </Rows>
        )}
        <Unlisted listed={available.length} count={availableCount} />
      </Part>
    </>
  )
}

function Out({ state }: Pick<NowProps<'cloudSubscription'>, 'state'>) {
  const nowUs = useFrameUs()
  const session = useVerbs()
  const settle = (message: number, how: 'ack' | 'nack' | 'extend') =>
    session.act({ do: 'settleLease', node: state.id, message, how })
  return (
    <Part
      title={
        <Term meaning="Given to a client and not settled: at its ack deadline it is sent again.">
          Out
        </Term>
      }
      aside={countText(state.inFlightCount)}
    >
      {state.inFlight.length === 0 ? (
        <Quiet>None.</Quiet>
      ) : (
        <Rows label="Messages that are out">
          {state.inFlight.map((held) => (
            <MessageRow
              key={held.message}
              held={held}
              below={
                <span className={styles.buttons}>
                  <Button size="small" onClick={() => settle(held.message, 'nack')}>
                    Nack
                  </Button>
                  <Button size="small" onClick={() => settle(held.message, 'extend')}>
                    Extend
                  </Button>
                  <Button size="small" onClick={() => settle(held.message, 'ack')}>
                    Acknowledge
                  </Button>
                </span>
              }
            >
              <NodeLink id={held.by} />, attempt {held.count}, ack deadline in{' '}
              {spanText(Math.max(0, held.clock.untilUs - nowUs))}
            </MessageRow>
          ))}
        </Rows>
      )}
      <Unlisted listed={state.inFlight.length} count={state.inFlightCount} />
    </Part>
  )
}
