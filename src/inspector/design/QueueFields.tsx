/** Parameters of exchanges and queues of RabbitMQ beyond the first few: types, limits, times, dead letters. */
import type { NodeOf, QueueDoc } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { type DesignProps, useChange } from './change.ts'
import { LimitField } from './LimitField.tsx'
import { atMost } from './texts.tsx'

const NONE = ' '

const QUEUE_TYPES = {
  classic: 'One copy, in memory and on disk as it is declared.',
  quorum: 'Replicated and always durable. Counts how often it delivered a message.',
  stream: 'A log: messages stay after they were read, and each consumer has its own place.',
} as const

export function QueueType({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  const type = doc.type ?? 'classic'
  const options = (Object.keys(QUEUE_TYPES) as (keyof typeof QUEUE_TYPES)[]).map((value) => ({
    value,
    label: value,
  }))
  return (
    <Select
      inline
      label="Type"
      value={type}
      options={options}
      hint={QUEUE_TYPES[type]}
      onChange={(chosen) => change({ ...cleared(chosen), type: chosen })}
    />
  )
}

/** What a queue of another type cannot have goes with the change. */
function cleared(type: keyof typeof QUEUE_TYPES): Partial<Record<keyof QueueDoc, undefined>> {
  if (type === 'classic') return { deliveryLimit: undefined }
  const stored = {
    durable: undefined,
    autoDelete: undefined,
    exclusive: undefined,
    serverNamed: undefined,
    maxPriority: undefined,
  }
  if (type === 'quorum') return stored
  return {
    ...stored,
    maxLength: undefined,
    overflow: undefined,
    messageTtlMs: undefined,
    expiresMs: undefined,
    deadLetterExchange: undefined,
    deadLetterKey: undefined,
    deliveryLimit: undefined,
    singleActiveConsumer: undefined,
  }
}

/** To whom a queue belongs, and when it goes. */
function Belonging({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  return (
    <>
      <Toggle
        label="Auto-delete"
        hint="Gone when its last consumer is."
        checked={doc.autoDelete ?? false}
        onChange={(on) => change({ autoDelete: on || undefined })}
      />
      <Toggle
        label="Exclusive"
        hint="Its consumer's connection declares it and alone may use it; it goes when that connection ends."
        checked={doc.exclusive ?? false}
        onChange={(on) => change({ exclusive: on || undefined })}
      />
      <Toggle
        label="Server-named"
        hint="Its consumer declares it without a name; the broker calls it amq.gen-…"
        checked={doc.serverNamed ?? false}
        onChange={(on) => change({ serverNamed: on || undefined })}
      />
    </>
  )
}

/** Times, priorities, deliveries: what a type of queue can have. */
export function QueueRules({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  const type = doc.type ?? 'classic'
  if (type === 'stream') return null
  return (
    <>
      <LimitField
        label="Messages expire"
        value={doc.messageTtlMs}
        whenSet={10_000}
        min={0}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(messageTtlMs) => change({ messageTtlMs })}
      />
      <LimitField
        label="Limit its bytes"
        value={doc.maxBytes}
        whenSet={1000}
        min={1}
        max={LIMITS.queueBytes}
        unit="bytes"
        onCommit={(maxBytes) => change({ maxBytes })}
      />
      <DeadLetters doc={doc} />
      {type === 'classic' && (
        <LimitField
          label="Keep priorities apart"
          value={doc.maxPriority}
          whenSet={10}
          min={1}
          max={LIMITS.priority}
          unit="is the highest"
          onCommit={(maxPriority) => change({ maxPriority })}
        />
      )}
      {type === 'quorum' && (
        <LimitField
          label="Limit deliveries"
          value={doc.deliveryLimit}
          whenSet={3}
          min={0}
          max={LIMITS.deliveries}
          unit="times back"
          onCommit={(deliveryLimit) => change({ deliveryLimit })}
        />
      )}
      <Toggle
        label="Single active consumer"
        hint="One consumer is served; the next takes over when it is gone."
        checked={doc.singleActiveConsumer ?? false}
        onChange={(on) => change({ singleActiveConsumer: on || undefined })}
      />
      {type === 'classic' && <Belonging doc={doc} />}
      <LimitField
        label="Goes when nobody uses it"
        value={doc.expiresMs}
        whenSet={30_000}
        min={1}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(expiresMs) => change({ expiresMs })}
      />
    </>
  )
}

function DeadLetters({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  const exchanges = useExchanges(doc.broker)
  const options = [
    { value: NONE, label: 'none: they are gone' },
    { value: '', label: 'the default exchange' },
    ...exchanges
      .filter(({ type }) => type !== 'default')
      .map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <>
      <Select
        inline
        label="Dead letters to"
        value={doc.deadLetterExchange ?? NONE}
        options={options}
        onChange={(id) =>
          change(
            id === NONE
              ? { deadLetterExchange: undefined, deadLetterKey: undefined }
              : { deadLetterExchange: id },
          )
        }
      />
      {doc.deadLetterExchange !== undefined && (
        <TextField
          inline
          code
          label="under the key"
          placeholder="their own"
          value={doc.deadLetterKey ?? ''}
          validate={(text) => atMost(text, LIMITS.keyChars)}
          onCommit={(text) => change({ deadLetterKey: text === '' ? undefined : text })}
        />
      )}
    </>
  )
}

export function ExchangeRules({ doc }: DesignProps<'exchange'>) {
  const change = useChange(doc)
  const others = useExchanges(doc.broker).filter(
    ({ id, type }) => id !== doc.id && type !== 'default',
  )
  if (doc.type === 'default') return null
  return (
    <>
      {doc.type === 'x-consistent-hash' && (
        <TextField
          inline
          code
          label="Hash the header"
          placeholder="the routing key"
          value={doc.hashHeader ?? ''}
          validate={(text) => atMost(text, LIMITS.keyChars)}
          onCommit={(text) => change({ hashHeader: text === '' ? undefined : text })}
        />
      )}
      <Select
        inline
        label="What it cannot route to"
        value={doc.alternate ?? NONE}
        options={[
          { value: NONE, label: 'nowhere: it is gone' },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => change({ alternate: id === NONE ? undefined : id })}
      />
      <Toggle
        label="Durable"
        hint="Still there after the broker restarts."
        checked={doc.durable ?? true}
        onChange={(durable) => change({ durable })}
      />
      <Toggle
        label="Internal"
        hint="Clients may not publish to it, only other exchanges."
        checked={doc.internal ?? false}
        onChange={(on) => change({ internal: on || undefined })}
      />
    </>
  )
}

function useExchanges(broker: string): NodeOf<'exchange'>[] {
  const nodes = useSession((session) => session.scenario.nodes)
  return nodes.filter(
    (node): node is NodeOf<'exchange'> => node.kind === 'exchange' && node.broker === broker,
  )
}

/** What a producer does to be sure, and what its messages say of themselves. */
export function ProducerPromises({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  const queues = useSession((session) => session.scenario.nodes).filter(
    ({ kind }) => kind === 'queue',
  )
  const retries = doc.onNack === 'retry' || doc.onReturn === 'retry'
  return (
    <>
      <Toggle
        label="Publisher confirms"
        hint="The broker says when it has a message. Without them nobody knows what was lost on the way."
        checked={doc.confirms ?? false}
        onChange={(on) => change({ confirms: on || undefined })}
      />
      {doc.confirms && (
        <>
          <NumberField
            inline
            label="Wait for a confirm"
            unit="ms"
            min={1}
            max={LIMITS.delayMs}
            value={doc.confirmTimeoutMs ?? 5000}
            onCommit={(confirmTimeoutMs) => change({ confirmTimeoutMs })}
          />
          <Select
            inline
            label="Refused, or no answer"
            value={doc.onNack ?? 'drop'}
            options={GIVE_UP_OR_RETRY}
            onChange={(onNack) => change({ onNack })}
          />
        </>
      )}
      <Toggle
        label="Mandatory"
        hint="A message that no queue takes comes back."
        checked={doc.mandatory ?? false}
        onChange={(on) => change({ mandatory: on || undefined })}
      />
      {doc.mandatory && (
        <Select
          inline
          label="When it comes back"
          value={doc.onReturn ?? 'drop'}
          options={GIVE_UP_OR_RETRY}
          onChange={(onReturn) => change({ onReturn })}
        />
      )}
      {retries && <Retries doc={doc} />}
      <Toggle
        label="Persistent messages"
        hint="Kept by a durable queue when the broker restarts."
        checked={doc.persistent ?? false}
        onChange={(on) => change({ persistent: on || undefined })}
      />
      <LimitField
        label="Messages expire"
        value={doc.expirationMs}
        whenSet={5000}
        min={0}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(expirationMs) => change({ expirationMs })}
      />
      {queues.length > 0 && (
        <Select
          inline
          label="Replies to"
          value={doc.replyTo ?? NONE}
          options={[
            { value: NONE, label: 'it wants none' },
            ...queues.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => change({ replyTo: id === NONE ? undefined : id })}
        />
      )}
    </>
  )
}

const GIVE_UP_OR_RETRY = [
  { value: 'drop', label: 'gives it up' },
  { value: 'retry', label: 'tries again' },
] as const

function Retries({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  return (
    <>
      <NumberField
        inline
        label="Tries again"
        unit="times"
        min={0}
        max={LIMITS.attempts}
        value={doc.retries ?? 3}
        onCommit={(times) => change({ retries: times })}
      />
      <NumberField
        inline
        label="First after"
        unit="ms"
        min={1}
        max={LIMITS.delayMs}
        value={doc.backoffMs ?? 1000}
        onCommit={(backoffMs) => change({ backoffMs })}
      />
      <NumberField
        inline
        label="Each time as long"
        unit="times"
        min={1}
        max={10}
        step={0.1}
        value={doc.backoffFactor ?? 2}
        onCommit={(backoffFactor) => change({ backoffFactor })}
      />
      <NumberField
        inline
        label="Share left to chance"
        min={0}
        max={1}
        step={0.05}
        value={doc.jitter ?? 0}
        onCommit={(jitter) => change({ jitter })}
      />
    </>
  )
}

/** How a consumer subscribes, fails and comes back. */
export function ConsumerRules({ doc }: DesignProps<'consumer'>) {
  const change = useChange(doc)
  return (
    <>
      <Select
        inline
        label="The prefetch is for"
        value={doc.prefetchScope ?? 'consumer'}
        options={[
          { value: 'consumer', label: 'this consumer' },
          { value: 'channel', label: 'its whole channel' },
        ]}
        onChange={(prefetchScope) => change({ prefetchScope })}
      />
      <TextField
        inline
        code
        label="Always fails on"
        placeholder="nothing"
        value={doc.failOn ?? ''}
        validate={(text) => atMost(text, LIMITS.keyChars)}
        onCommit={(text) => change({ failOn: text === '' ? undefined : text })}
      />
      <LimitField
        label="Starts again after a crash"
        value={doc.restartAfterMs}
        whenSet={5000}
        min={0}
        max={LIMITS.delayMs}
        unit="ms"
        onCommit={(restartAfterMs) => change({ restartAfterMs })}
      />
      <LimitField
        label="Has a priority"
        value={doc.priority}
        whenSet={1}
        min={-1000}
        max={1000}
        onCommit={(priority) => change({ priority })}
      />
      <Toggle
        label="Exclusive"
        hint="Nobody else may consume from its queue."
        checked={doc.exclusive ?? false}
        onChange={(on) => change({ exclusive: on || undefined })}
      />
      <Toggle
        label="Replies"
        hint="What it publishes goes to the queue that the request names."
        checked={doc.reply ?? false}
        onChange={(on) => change({ reply: on || undefined })}
      />
    </>
  )
}
