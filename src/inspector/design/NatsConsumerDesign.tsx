/** Parameters of a durable consumer of JetStream: how it is read, when it is made, where it begins, how often it sends, what it refuses. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { type DesignProps, useChange } from './change.ts'
import { LimitField } from './LimitField.tsx'
import { atMost } from './texts.tsx'

const DELIVER = [
  { value: 'all', label: 'with the first message' },
  { value: 'last', label: 'with the last message' },
  { value: 'new', label: 'with what comes from then on' },
  { value: 'by_start_sequence', label: 'with a sequence' },
  { value: 'by_start_time', label: 'with a moment of the run' },
  { value: 'last_per_subject', label: 'with the last of each subject' },
] as const

export function NatsConsumerDesign({ doc }: DesignProps<'natsConsumer'>) {
  const change = useChange(doc)
  const acks = doc.ackPolicy !== 'none'
  return (
    <>
      <Select
        inline
        label="Subscribers"
        value={doc.push ? 'push' : 'pull'}
        options={[
          { value: 'pull', label: 'ask for messages (pull)' },
          { value: 'push', label: 'are sent messages (push)' },
        ]}
        onChange={(how) =>
          change({
            push: how === 'push' || undefined,
            ...(how === 'pull'
              ? { deliverGroup: undefined, idleHeartbeatMs: undefined }
              : {
                  maxWaiting: undefined,
                  maxRequestBatch: undefined,
                  maxRequestExpiresMs: undefined,
                }),
          })
        }
      />
      {doc.push && (
        <TextField
          inline
          label="Queue group"
          placeholder="none: each gets a copy"
          value={doc.deliverGroup ?? ''}
          validate={(text) => atMost(text, LIMITS.nameChars)}
          onCommit={(text) => change({ deliverGroup: text === '' ? undefined : text })}
        />
      )}
      <Beginning doc={doc} />
      <Select
        inline
        label="Ack policy"
        value={doc.ackPolicy ?? 'explicit'}
        options={[
          { value: 'explicit', label: 'explicit: each message' },
          { value: 'all', label: 'all: with those before it' },
          { value: 'none', label: 'none' },
        ]}
        onChange={(ackPolicy) => change({ ackPolicy })}
      />
      {acks && doc.backoffMs === undefined && (
        <NumberField
          inline
          label="Ack wait"
          unit="ms"
          min={1}
          max={LIMITS.delayMs}
          value={doc.ackWaitMs ?? 30_000}
          onCommit={(ackWaitMs) => change({ ackWaitMs })}
        />
      )}
      {acks && <Backoff doc={doc} />}
      {acks && (
        <LimitField
          label="Max deliver"
          value={doc.maxDeliver}
          whenSet={(doc.backoffMs?.length ?? 0) + 2}
          min={(doc.backoffMs?.length ?? 0) + 1}
          max={LIMITS.deliveries}
          onCommit={(maxDeliver) => change({ maxDeliver })}
        />
      )}
      {acks && (
        <NumberField
          inline
          label="Max ack pending"
          min={1}
          max={LIMITS.prefetch}
          value={doc.maxAckPending ?? 1000}
          onCommit={(maxAckPending) => change({ maxAckPending })}
        />
      )}
      <Toggle
        label="Sends headers only"
        checked={doc.headersOnly === true}
        onChange={(on) => change({ headersOnly: on || undefined })}
      />
      {doc.push ? <Heartbeat doc={doc} /> : <RequestLimits doc={doc} />}
    </>
  )
}

/** Push: how often it says that it has nothing to send. */
function Heartbeat({ doc }: DesignProps<'natsConsumer'>) {
  const change = useChange(doc)
  return (
    <LimitField
      label="Idle heartbeat"
      unit="ms"
      value={doc.idleHeartbeatMs}
      whenSet={2000}
      min={100}
      max={LIMITS.delayMs}
      onCommit={(idleHeartbeatMs) => change({ idleHeartbeatMs })}
    />
  )
}

/** Pull: what it refuses with 409. */
function RequestLimits({ doc }: DesignProps<'natsConsumer'>) {
  const change = useChange(doc)
  return (
    <>
      <NumberField
        inline
        label="Max waiting"
        min={1}
        max={LIMITS.prefetch}
        value={doc.maxWaiting ?? 512}
        onCommit={(maxWaiting) => change({ maxWaiting })}
      />
      <LimitField
        label="Max request batch"
        value={doc.maxRequestBatch}
        whenSet={10}
        min={1}
        max={LIMITS.prefetch}
        onCommit={(maxRequestBatch) => change({ maxRequestBatch })}
      />
      <LimitField
        label="Max request expires"
        unit="ms"
        value={doc.maxRequestExpiresMs}
        whenSet={5000}
        min={1}
        max={LIMITS.delayMs}
        onCommit={(maxRequestExpiresMs) => change({ maxRequestExpiresMs })}
      />
    </>
  )
}

/** When it is made and with which message it begins, how fast it catches up, and when it goes. */
function Beginning({ doc }: DesignProps<'natsConsumer'>) {
  const change = useChange(doc)
  return (
    <>
      <Select
        inline
        label="Begins"
        value={doc.deliverPolicy ?? 'all'}
        options={DELIVER}
        onChange={(deliverPolicy) =>
          change({
            deliverPolicy,
            startSequence: deliverPolicy === 'by_start_sequence' ? 1 : undefined,
            startTimeMs: deliverPolicy === 'by_start_time' ? 0 : undefined,
          })
        }
      />
      {doc.startSequence !== undefined && (
        <NumberField
          inline
          label="Sequence"
          min={1}
          max={LIMITS.queueLength}
          value={doc.startSequence}
          onCommit={(startSequence) => change({ startSequence })}
        />
      )}
      {doc.startTimeMs !== undefined && (
        <NumberField
          inline
          label="Moment"
          unit="ms"
          min={0}
          max={LIMITS.durationMs}
          value={doc.startTimeMs}
          onCommit={(startTimeMs) => change({ startTimeMs })}
        />
      )}
      <LimitField
        label="Is made late, at"
        unit="ms"
        value={doc.createdAtMs}
        whenSet={8000}
        min={0}
        max={LIMITS.durationMs}
        onCommit={(createdAtMs) => change({ createdAtMs })}
      />
      <Select
        inline
        label="Replays"
        value={doc.replayPolicy ?? 'instant'}
        options={[
          { value: 'instant', label: 'as fast as it can' },
          { value: 'original', label: 'at the pace of publishing' },
        ]}
        onChange={(replayPolicy) =>
          change({ replayPolicy: replayPolicy === 'instant' ? undefined : replayPolicy })
        }
      />
      <LimitField
        label="Goes when unused for"
        unit="ms"
        value={doc.inactiveThresholdMs}
        whenSet={10_000}
        min={100}
        max={LIMITS.delayMs}
        onCommit={(inactiveThresholdMs) => change({ inactiveThresholdMs })}
      />
    </>
  )
}

/** Waits before each redelivery, in place of one ack wait; max deliver must be greater than their number. */
function Backoff({ doc }: DesignProps<'natsConsumer'>) {
  const change = useChange(doc)
  return (
    <TextField
      inline
      code
      label="Backoff, ms"
      placeholder="none"
      value={doc.backoffMs?.join(', ') ?? ''}
      validate={(text) =>
        /^[\d, ]*$/.test(text) ? undefined : 'Give waits in ms, such as 1000, 4000.'
      }
      onCommit={(text) => {
        const waits = text
          .split(/[, ]+/)
          .flatMap((word) => (Number(word) > 0 ? [Number(word)] : []))
        const backoffMs = waits.slice(0, LIMITS.attempts)
        if (backoffMs.length === 0) change({ backoffMs: undefined })
        else change({ backoffMs, maxDeliver: Math.max(doc.maxDeliver ?? 0, backoffMs.length + 1) })
      }}
    />
  )
}
