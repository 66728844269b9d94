/** Parameters of a cloud topic and of its subscriptions. */
import { filterProblem } from '../../scenario/schema/cloud.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { Quiet } from '../Readings.tsx'
import { type DesignProps, useChange } from './change.ts'
import { LimitField } from './LimitField.tsx'
import { atMost } from './texts.tsx'

const NO_TOPIC = ''

function whyNoFilter(text: string): string | undefined {
  const problem = filterProblem(text)
  if (problem !== null) return `It cannot be read: ${problem}.`
  return atMost(text, LIMITS.filterChars)
}

export function CloudTopicDesign() {
  return (
    <Quiet>It has no settings of its own. Link it to a subscription for each who listens.</Quiet>
  )
}

export function CloudSubscriptionDesign({ doc }: DesignProps<'cloudSubscription'>) {
  const change = useChange(doc)
  return (
    <>
      <Toggle
        label="Push"
        hint="It sends to its client, instead of being pulled."
        checked={doc.push ?? false}
        onChange={(push) => change({ push })}
      />
      <TextField
        code
        multiline
        label="Filter"
        hint={
          'Over the headers of messages. Google Pub/Sub: attributes.type = "order". Amazon SNS: {"type": ["order"], "price": [{"numeric": [">=", 100]}]}. Ctrl+Enter sets it.'
        }
        placeholder="everything"
        value={doc.filter ?? ''}
        validate={whyNoFilter}
        onCommit={(filter) => change({ filter: filter.trim() === '' ? undefined : filter })}
      />
      <NumberField
        inline
        label="Ack deadline"
        unit="ms"
        min={1}
        max={LIMITS.visibilityMs}
        value={doc.ackDeadlineMs ?? 10_000}
        onCommit={(ackDeadlineMs) => change({ ackDeadlineMs })}
      />
      <Toggle
        label="Message ordering"
        hint="Messages with the same key come in the order in which they were published."
        checked={doc.ordering ?? false}
        onChange={(ordering) => change({ ordering })}
      />
      <LimitField
        label="Retry after"
        value={doc.minBackoffMs}
        whenSet={1000}
        min={0}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(minBackoffMs) => change({ minBackoffMs })}
      />
      {doc.minBackoffMs !== undefined && (
        <NumberField
          inline
          label="doubled up to"
          unit="ms"
          min={0}
          max={LIMITS.delayMs}
          value={doc.maxBackoffMs ?? doc.minBackoffMs}
          onCommit={(maxBackoffMs) => change({ maxBackoffMs })}
        />
      )}
      <LimitField
        label="Keep messages for less than seven days"
        value={doc.retentionMs}
        whenSet={60_000}
        min={1}
        max={LIMITS.sqsRetentionMs}
        unit="ms"
        onCommit={(retentionMs) => change({ retentionMs })}
      />
      <DeadLetters doc={doc} />
    </>
  )
}

function DeadLetters({ doc }: DesignProps<'cloudSubscription'>) {
  const change = useChange(doc)
  const nodes = useSession((session) => session.scenario.nodes)
  const topics = nodes.filter((node) => node.kind === 'cloudTopic' && node.broker === doc.broker)
  return (
    <>
      <Select
        inline
        label="Dead-letter topic"
        value={doc.deadLetterTopic ?? NO_TOPIC}
        options={[
          { value: NO_TOPIC, label: 'none' },
          ...topics.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) =>
          change(
            id === NO_TOPIC
              ? { deadLetterTopic: undefined, maxDeliveryAttempts: undefined }
              : { deadLetterTopic: id },
          )
        }
      />
      {doc.deadLetterTopic !== undefined && (
        <NumberField
          inline
          label="after so many attempts"
          min={1}
          max={LIMITS.receiveCount}
          value={doc.maxDeliveryAttempts ?? 5}
          onCommit={(maxDeliveryAttempts) => change({ maxDeliveryAttempts })}
        />
      )}
    </>
  )
}
