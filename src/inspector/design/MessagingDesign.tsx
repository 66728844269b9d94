/** Parameters of producer, exchange, queue and consumer. */
import type { ProducerSettings } from '../../clients/producer/settings.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { ACK_WORDS, EXCHANGE_WORDS, optionsOf } from '../settingWords.ts'
import { ArrivalsField } from './ArrivalsField.tsx'
import { type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'
import { linesText, readLines } from './lines.ts'
import { EffectField, OutputField } from './texts.tsx'

export function ProducerDesign({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  return (
    <>
      <ArrivalsField value={doc.arrivals} onCommit={(arrivals) => change({ arrivals })} />
      <TextField
        code
        multiline
        label="Bodies, one a line"
        hint="Used in turn. {n} is the number of the message."
        value={linesText(doc.bodies)}
        validate={(text) => readLines(text, LIMITS.bodies, LIMITS.bodyChars).problem}
        onCommit={(text) =>
          change({ bodies: readLines(text, LIMITS.bodies, LIMITS.bodyChars).lines })
        }
      />
      <NumberField
        inline
        label="First {n}"
        min={0}
        max={LIMITS.arrivals}
        value={doc.firstNumber ?? 1}
        onCommit={(firstNumber) => change({ firstNumber })}
      />
      <Keys value={doc.keys ?? { kind: 'none' }} onCommit={(keys) => change({ keys })} />
    </>
  )
}

type KeysSetting = NonNullable<ProducerSettings['keys']>

const KEY_CHOICES: { value: KeysSetting['kind']; label: string }[] = [
  { value: 'none', label: 'none' },
  { value: 'turn', label: 'in turn' },
  { value: 'random', label: 'at random' },
]

function Keys(props: { value: KeysSetting; onCommit: (keys: KeysSetting) => void }) {
  const { value, onCommit } = props
  const of = value.kind === 'none' ? ['a', 'b', 'c'] : value.of
  return (
    <>
      <Select
        inline
        label="Keys"
        value={value.kind}
        options={KEY_CHOICES}
        onChange={(kind) => onCommit(kind === 'none' ? { kind } : { kind, of })}
      />
      {value.kind !== 'none' && (
        <TextField
          code
          multiline
          label="Keys, one a line"
          hint="In a topic, messages with the same key go to the same partition and keep their order."
          value={linesText(value.of)}
          validate={(text) => readLines(text, LIMITS.keys, LIMITS.keyChars).problem}
          onCommit={(text) => {
            const { lines } = readLines(text, LIMITS.keys, LIMITS.keyChars)
            if (lines) onCommit({ ...value, of: lines })
          }}
        />
      )}
    </>
  )
}

export function ExchangeDesign({ doc }: DesignProps<'exchange'>) {
  const change = useChange(doc)
  return (
    <Select
      inline
      label="Type"
      value={doc.type}
      options={optionsOf(EXCHANGE_WORDS)}
      hint={EXCHANGE_WORDS[doc.type].meaning}
      onChange={(type) => change({ type })}
    />
  )
}

export function QueueDesign({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  return (
    <>
      <Toggle
        label="Durable"
        hint="A durable queue is still there after the broker restarts."
        checked={doc.durable ?? false}
        onChange={(durable) => change({ durable })}
      />
      <LimitField
        label="Limit its length"
        value={doc.maxLength}
        whenSet={100}
        min={1}
        max={LIMITS.queueLength}
        unit="ready"
        onCommit={(maxLength) => change({ maxLength })}
      />
      {doc.maxLength !== undefined && (
        <Select
          inline
          label="When it is full"
          value={doc.overflow ?? 'drop-head'}
          options={[
            { value: 'drop-head', label: 'drop the oldest' },
            { value: 'reject-publish', label: 'reject the newest' },
          ]}
          onChange={(overflow) => change({ overflow })}
        />
      )}
    </>
  )
}

export function ConsumerDesign({ doc }: DesignProps<'consumer'>) {
  const change = useChange(doc)
  const publishes = useSession((session) => session.scenario.links.some((l) => l.from === doc.id))
  return (
    <>
      <DurationField
        label="Work on a message"
        value={doc.service}
        onCommit={(service) => change({ service })}
      />
      <Select
        inline
        label="Acknowledge"
        value={doc.ack}
        options={optionsOf(ACK_WORDS)}
        hint={ACK_WORDS[doc.ack].meaning}
        onChange={(ack) => change({ ack })}
      />
      <NumberField
        inline
        label="Prefetch"
        hint={prefetchHint(doc)}
        min={0}
        max={LIMITS.prefetch}
        value={doc.prefetch}
        onCommit={(prefetch) => change({ prefetch })}
      />
      <NumberField
        inline
        label="Work on at once"
        min={1}
        max={LIMITS.concurrency}
        value={doc.concurrency}
        onCommit={(concurrency) => change({ concurrency })}
      />
      <FailureRate value={doc.failureRate} onCommit={(failureRate) => change({ failureRate })} />
      {(doc.failureRate ?? 0) > 0 && (
        <Select
          inline
          label="Then"
          value={doc.onFailure ?? 'requeue'}
          options={[
            { value: 'requeue', label: 'nack, requeue' },
            { value: 'drop', label: 'nack, no requeue' },
          ]}
          onChange={(onFailure) => change({ onFailure })}
        />
      )}
      <EffectField value={doc.effect} onCommit={(effect) => change({ effect })} />
      {publishes && <OutputField value={doc.output} onCommit={(output) => change({ output })} />}
    </>
  )
}

function prefetchHint({ ack, prefetch }: { ack: string; prefetch: number }): string {
  if (ack === 'auto') return 'Without acknowledgements there is nothing to limit.'
  return prefetch === 0
    ? '0 means no limit.'
    : 'Most unacknowledged messages that it holds. 0 means no limit.'
}
