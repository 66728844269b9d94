/** What is inside a queue of the SQS family and a polling consumer at the playhead. */
import { Term } from '../../ui/Term.tsx'
import { Quiet, Readings, Rows } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { MessageRow, NodeLink } from '../Selectable.tsx'
import { countText, spanText } from '../timeText.ts'
import { Jobs, Unlisted } from './Jobs.tsx'
import { effectCount, Ledger } from './Ledger.tsx'
import { type NowProps, useFrameUs } from './nodeState.ts'

export function SqsQueueNow({ state }: NowProps<'sqsQueue'>) {
  const nowUs = useFrameUs()
  const { available, availableCount, inFlight, inFlightCount } = state
  return (
    <>
      <Readings
        of={[
          { name: 'Received', value: countText(state.received) },
          { name: 'Deleted', value: countText(state.deleted) },
          { name: 'Receives that wait', value: countText(state.waitingReceives) },
          state.delayedCount > 0 && { name: 'Delayed', value: countText(state.delayedCount) },
          { name: 'Dead-lettered', value: countText(state.moved), lit: state.moved > 0 },
          state.lost > 0 && { name: 'Lost', value: countText(state.lost), lit: true },
        ]}
      />
      <Part
        title={
          <Term meaning="Can be received now, unless its message group is locked.">Available</Term>
        }
        aside={countText(availableCount)}
      >
        {available.length === 0 ? (
          <Quiet>Nothing can be received.</Quiet>
        ) : (
          <Rows label="Available messages, next to be received first" ordered>
            {available.map((held) => (
              <MessageRow key={held.message} held={held} />
            ))}
          </Rows>
        )}
        <Unlisted listed={available.length} count={availableCount} />
      </Part>
      <Part
        title={
          <Term meaning="Received and not deleted: hidden from every receive until the visibility timeout is over.">
            In flight
          </Term>
        }
        aside={countText(inFlightCount)}
      >
        {inFlight.length === 0 ? (
          <Quiet>None.</Quiet>
        ) : (
          <Rows label="Messages in flight">
            {inFlight.map((held) => (
              <MessageRow key={held.message} held={held}>
                <NodeLink id={held.by} />, receive {held.count}, hidden for{' '}
                {spanText(Math.max(0, held.clock.untilUs - nowUs))}
              </MessageRow>
            ))}
          </Rows>
        )}
        <Unlisted listed={inFlight.length} count={inFlightCount} />
      </Part>
    </>
  )
}

export function PollingConsumerNow({ state }: NowProps<'pollingConsumer'>) {
  return (
    <>
      <Jobs jobs={state.jobs} count={state.jobCount} most={state.maxMessages} />
      <Readings
        of={[
          { name: 'Processed', value: countText(state.processed) },
          { name: 'Failed', value: countText(state.failed), lit: state.failed > 0 },
          state.polled !== 'pushed' && { name: 'Empty answers', value: countText(state.empty) },
        ]}
      />
      <Ledger effects={state.effects} total={effectCount(state)} />
    </>
  )
}
