/** Parameters of a queue of the SQS family and of a polling consumer. */
import { polledBy } from '../../scenario/polled.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { optionsOf, POLLED_WORDS } from '../settingWords.ts'
import { type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'
import { ResultFields } from './texts.tsx'

const NO_LETTERS = ''

export function SqsQueueDesign({ doc }: DesignProps<'sqsQueue'>) {
  const change = useChange(doc)
  return (
    <>
      <Toggle
        label="FIFO"
        hint="Keeps the order of each message group, which is the key of a message, and locks the group while one of its messages is in flight."
        checked={doc.fifo ?? false}
        onChange={(fifo) => change(fifo ? { fifo, contentDeduplication: true } : { fifo })}
      />
      {doc.fifo && (
        <Toggle
          label="Deduplicate by content"
          hint="The same body within five minutes is accepted and not stored again."
          checked={doc.contentDeduplication ?? false}
          onChange={(contentDeduplication) => change({ contentDeduplication })}
        />
      )}
      <NumberField
        inline
        label="Visibility timeout"
        unit="ms"
        min={0}
        max={LIMITS.visibilityMs}
        value={doc.visibilityTimeoutMs ?? 30_000}
        onCommit={(visibilityTimeoutMs) => change({ visibilityTimeoutMs })}
      />
      <LimitField
        label="Delay each message"
        value={doc.delayMs}
        whenSet={2000}
        min={0}
        max={LIMITS.sqsDelayMs}
        unit="ms"
        onCommit={(delayMs) => change({ delayMs })}
      />
      <LimitField
        label="Keep messages for less than four days"
        value={doc.retentionMs}
        whenSet={60_000}
        min={LIMITS.sqsRetentionMinMs}
        max={LIMITS.sqsRetentionMs}
        unit="ms"
        onCommit={(retentionMs) => change({ retentionMs })}
      />
      <Redrive doc={doc} />
      {!doc.fifo && <Unpromised doc={doc} />}
    </>
  )
}

function Redrive({ doc }: DesignProps<'sqsQueue'>) {
  const change = useChange(doc)
  const nodes = useSession((session) => session.scenario.nodes)
  const others = nodes.filter(
    (node) =>
      node.kind === 'sqsQueue' &&
      node.id !== doc.id &&
      node.broker === doc.broker &&
      (node.fifo ?? false) === (doc.fifo ?? false),
  )
  return (
    <>
      <Select
        inline
        label="Dead-letter queue"
        value={doc.deadLetters ?? NO_LETTERS}
        options={[
          { value: NO_LETTERS, label: 'none' },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) =>
          change(
            id === NO_LETTERS
              ? { deadLetters: undefined, maxReceiveCount: undefined }
              : { deadLetters: id },
          )
        }
      />
      {doc.deadLetters !== undefined && (
        <NumberField
          inline
          label="after so many receives"
          min={1}
          max={LIMITS.receiveCount}
          value={doc.maxReceiveCount ?? 3}
          onCommit={(maxReceiveCount) => change({ maxReceiveCount })}
        />
      )}
    </>
  )
}

/** What a standard queue does not promise, made frequent enough to be seen. */
function Unpromised({ doc }: DesignProps<'sqsQueue'>) {
  const change = useChange(doc)
  return (
    <>
      <LimitField
        label="Show duplicates"
        value={doc.duplicateRate}
        whenSet={0.05}
        min={0}
        max={1}
        step={0.01}
        unit="of deletions"
        onCommit={(duplicateRate) => change({ duplicateRate })}
      />
      <LimitField
        label="Show disorder"
        value={doc.disorderRate}
        whenSet={0.1}
        min={0}
        max={1}
        step={0.01}
        unit="of receives"
        onCommit={(disorderRate) => change({ disorderRate })}
      />
    </>
  )
}

export function PollingConsumerDesign({ doc }: DesignProps<'pollingConsumer'>) {
  const change = useChange(doc)
  const words = POLLED_WORDS[useSession(({ scenario }) => polledBy(doc.id, scenario))]
  return (
    <>
      <DurationField
        label="Work on a message"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      {words.most && (
        <NumberField
          inline
          label={words.most}
          min={1}
          max={LIMITS.receiveMessages}
          value={doc.maxMessages}
          onCommit={(maxMessages) => change({ maxMessages })}
        />
      )}
      {words.wait && (
        <NumberField
          inline
          label={words.wait}
          unit="ms"
          hint={
            doc.waitTimeMs === 0 ? '0 is short polling: an empty answer comes at once.' : undefined
          }
          min={0}
          max={LIMITS.receiveWaitMs}
          value={doc.waitTimeMs}
          onCommit={(waitTimeMs) => change({ waitTimeMs })}
        />
      )}
      <Select
        inline
        label={words.settle}
        value={doc.deleteWhen}
        options={optionsOf(words.when)}
        hint={words.when[doc.deleteWhen].meaning}
        onChange={(deleteWhen) => change({ deleteWhen })}
      />
      {words.extend && (
        <LimitField
          label={words.extend}
          value={doc.extendEveryMs}
          whenSet={2000}
          min={1}
          max={LIMITS.visibilityMs}
          unit="ms"
          onCommit={(extendEveryMs) => change({ extendEveryMs })}
        />
      )}
      <FailureRate value={doc.failureRate} onCommit={(failureRate) => change({ failureRate })} />
      {(doc.failureRate ?? 0) > 0 && (
        <Select
          inline
          label="Then"
          value={doc.onFailure ?? 'leave'}
          options={[
            { value: 'leave', label: words.leave },
            { value: 'release', label: words.release },
          ]}
          onChange={(onFailure) => change({ onFailure })}
        />
      )}
      <ResultFields doc={doc} change={change} />
    </>
  )
}
