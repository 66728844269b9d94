/** Parameters of places, streams, JetStream consumers, subscribers and requesters. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { Quiet } from '../Readings.tsx'
import { ArrivalsField } from './ArrivalsField.tsx'
import { BodiesField } from './BodiesField.tsx'
import { type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'
import { atMost, ResultFields } from './texts.tsx'

export { NatsConsumerDesign } from './NatsConsumerDesign.tsx'

export function PlaceDesign({ doc }: DesignProps<'natsServer'> | DesignProps<'redisServer'>) {
  const what = doc.kind === 'redisServer' ? 'channels' : 'subjects'
  return (
    <Quiet>
      It has no settings: {what} come with what is published. Filters are written on its links.
    </Quiet>
  )
}

const RETENTION = [
  { value: 'limits', label: 'until a limit' },
  { value: 'interest', label: 'until all consumers settled it' },
  { value: 'workqueue', label: 'until one consumer settled it' },
] as const

export function NatsStreamDesign({ doc }: DesignProps<'natsStream'>) {
  const change = useChange(doc)
  const isLimited = [doc.maxMessages, doc.maxBytes].some((limit) => limit !== undefined)
  return (
    <>
      <Select
        inline
        label="Keeps a message"
        value={doc.retention ?? 'limits'}
        options={RETENTION}
        onChange={(retention) => change({ retention })}
      />
      <LimitField
        label="Most messages"
        value={doc.maxMessages}
        whenSet={10}
        min={1}
        max={LIMITS.queueLength}
        onCommit={(maxMessages) => change({ maxMessages })}
      />
      <LimitField
        label="Most messages of one subject"
        value={doc.maxMessagesPerSubject}
        whenSet={1}
        min={1}
        max={LIMITS.queueLength}
        onCommit={(maxMessagesPerSubject) => change({ maxMessagesPerSubject })}
      />
      <LimitField
        label="Most bytes"
        value={doc.maxBytes}
        whenSet={1000}
        min={1}
        max={LIMITS.queueBytes}
        unit="bytes"
        onCommit={(maxBytes) => change({ maxBytes })}
      />
      <LimitField
        label="Greatest age"
        value={doc.maxAgeMs}
        whenSet={10_000}
        min={100}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(maxAgeMs) => change({ maxAgeMs })}
      />
      {isLimited && (
        <Select
          inline
          label="When it is full"
          value={doc.discard ?? 'old'}
          options={[
            { value: 'old', label: 'the oldest goes' },
            { value: 'new', label: 'what comes is refused' },
          ]}
          onChange={(discard) => change({ discard })}
        />
      )}
      <NumberField
        inline
        label="Duplicate window"
        unit="ms"
        hint="How long it knows a Nats-Msg-Id again."
        min={100}
        max={LIMITS.delayMs}
        value={doc.duplicateWindowMs ?? 120_000}
        onCommit={(duplicateWindowMs) => change({ duplicateWindowMs })}
      />
      <Select
        inline
        label="Storage"
        value={doc.storage ?? 'file'}
        options={[
          { value: 'file', label: 'file' },
          { value: 'memory', label: 'memory, lost in a restart' },
        ]}
        onChange={(storage) => change({ storage })}
      />
    </>
  )
}

export function NatsSubscriberDesign({ doc }: DesignProps<'natsSubscriber'>) {
  const change = useChange(doc)
  const isDurable = useSession(({ scenario: { links, nodes } }) =>
    links.some(
      ({ from, to }) =>
        to === doc.id && nodes.find(({ id }) => id === from)?.kind === 'natsConsumer',
    ),
  )
  return (
    <>
      <SubscriberBasics doc={doc} />
      {isDurable ? <DurableFields doc={doc} /> : <CoreFields doc={doc} />}
      <SubscriberTexts doc={doc} />
      <TextField
        code
        label="Replies to requests with"
        placeholder="nothing"
        value={doc.replyWith ?? ''}
        validate={(text) => atMost(text, LIMITS.bodyChars)}
        onCommit={(text) => change({ replyWith: text === '' ? undefined : text })}
      />
    </>
  )
}

export function RedisSubscriberDesign({ doc }: DesignProps<'redisSubscriber'>) {
  return (
    <>
      <SubscriberBasics doc={doc} />
      <SubscriberTexts doc={doc} />
    </>
  )
}

type SubscriberProps = DesignProps<'natsSubscriber'> | DesignProps<'redisSubscriber'>

function SubscriberBasics({ doc }: SubscriberProps) {
  const change = useChange(doc)
  return (
    <>
      <DurationField
        label="Work on a message"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <LimitField
        label="Joins late"
        value={doc.joinMs}
        whenSet={5000}
        min={0}
        max={LIMITS.durationMs}
        unit="ms"
        onCommit={(joinMs) => change({ joinMs })}
      />
      <LimitField
        label="Its library keeps at most"
        value={doc.pendingMax}
        whenSet={5}
        min={1}
        max={LIMITS.queueLength}
        unit="messages"
        onCommit={(pendingMax) => change({ pendingMax })}
      />
    </>
  )
}

function SubscriberTexts({ doc }: SubscriberProps) {
  const change = useChange(doc)
  return <ResultFields doc={doc} change={change} />
}

function CoreFields({ doc }: DesignProps<'natsSubscriber'>) {
  const change = useChange(doc)
  return (
    <TextField
      inline
      label="Queue group"
      placeholder="none: it gets every message"
      value={doc.queueGroup ?? ''}
      validate={(text) => atMost(text, LIMITS.nameChars)}
      onCommit={(text) => change({ queueGroup: text === '' ? undefined : text })}
    />
  )
}

function DurableFields({ doc }: DesignProps<'natsSubscriber'>) {
  const change = useChange(doc)
  return (
    <>
      <NumberField
        inline
        label="Asks for at once"
        hint="Pull: the batch of one request."
        min={1}
        max={LIMITS.pollRecords}
        value={doc.batch ?? 1}
        onCommit={(batch) => change({ batch })}
      />
      <Select
        inline
        label="Acknowledges"
        value={doc.ackWhen ?? 'after'}
        options={[
          { value: 'after', label: 'after the work' },
          { value: 'before', label: 'before the work' },
          { value: 'never', label: 'never' },
        ]}
        onChange={(ackWhen) => change({ ackWhen })}
      />
      <LimitField
        label="Says that it is still at work"
        value={doc.progressEveryMs}
        whenSet={1000}
        min={1}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(progressEveryMs) => change({ progressEveryMs })}
      />
      <FailureRate value={doc.failureRate} onCommit={(failureRate) => change({ failureRate })} />
      {(doc.failureRate ?? 0) > 0 && <OnFailure doc={doc} />}
    </>
  )
}

function OnFailure({ doc }: DesignProps<'natsSubscriber'>) {
  const change = useChange(doc)
  const { onFailure = 'nak' } = doc
  return (
    <>
      <Select
        inline
        label="Then"
        value={onFailure}
        options={[
          { value: 'nak', label: 'nak: once more' },
          { value: 'term', label: 'term: never again' },
          { value: 'leave', label: 'say nothing' },
        ]}
        onChange={(next) => change({ onFailure: next })}
      />
      {onFailure === 'nak' && (
        <NumberField
          inline
          label="with a delay of"
          unit="ms"
          min={0}
          max={LIMITS.delayMs}
          value={doc.nakDelayMs ?? 0}
          onCommit={(nakDelayMs) => change({ nakDelayMs })}
        />
      )}
    </>
  )
}

export function RequesterDesign({ doc }: DesignProps<'natsRequester'>) {
  const change = useChange(doc)
  return (
    <>
      <ArrivalsField value={doc.arrivals} onCommit={(arrivals) => change({ arrivals })} />
      <BodiesField value={doc.bodies} of="request" onCommit={(bodies) => change({ bodies })} />
      <NumberField
        inline
        label="Waits for a reply"
        unit="ms"
        min={1}
        max={LIMITS.delayMs}
        value={doc.timeoutMs}
        onCommit={(timeoutMs) => change({ timeoutMs })}
      />
    </>
  )
}

/** What a producer to NATS may want of JetStream; shown among its promises. */
export function NatsProducerFields({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  return (
    <>
      <Toggle
        label="Waits for the stream's acknowledgement"
        checked={doc.confirms ?? false}
        onChange={(confirms) => change({ confirms })}
      />
      {doc.confirms && (
        <>
          <NumberField
            inline
            label="for at most"
            unit="ms"
            min={1}
            max={LIMITS.delayMs}
            value={doc.confirmTimeoutMs ?? 5000}
            onCommit={(confirmTimeoutMs) => change({ confirmTimeoutMs })}
          />
          <Select
            inline
            label="If none comes"
            value={doc.onNack ?? 'drop'}
            options={[
              { value: 'drop', label: 'give up' },
              { value: 'retry', label: 'publish again' },
            ]}
            onChange={(onNack) => change({ onNack })}
          />
        </>
      )}
      <Toggle
        label="Gives each message an id"
        hint="Nats-Msg-Id: a stream knows it again within its duplicate window."
        checked={doc.messageIds ?? false}
        onChange={(messageIds) => change({ messageIds })}
      />
    </>
  )
}
