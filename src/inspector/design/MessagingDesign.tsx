/** Parameters of producer, exchange, queue and consumer. */
import { lazy, Suspense } from 'react'
import type { ProducerSettings } from '../../clients/producer/settings.ts'
import type { Scenario } from '../../scenario/document.ts'
import { headersFrom, headersText } from '../../scenario/headersText.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { ACK_WORDS, EXCHANGE_WORDS, optionsOf } from '../settingWords.ts'
import { ArrivalsField } from './ArrivalsField.tsx'
import { Batching } from './Batching.tsx'
import { BodiesField } from './BodiesField.tsx'
import { type DesignProps, useChange } from './change.ts'
import { DurationField } from './DurationField.tsx'
import { FailureRate } from './FailureRate.tsx'
import { LimitField } from './LimitField.tsx'
import { linesText, readLines } from './lines.ts'
import {
  ConsumerRules,
  ExchangeRules,
  ProducerPromises,
  QueueRules,
  QueueType,
} from './QueueFields.tsx'
import { ResultFields } from './texts.tsx'

const NatsProducerFields = lazy(async () => ({
  default: (await import('./PubSubDesign.tsx')).NatsProducerFields,
}))

export function ProducerDesign({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  const toRabbit = useSession(({ scenario }) => leadsToRabbit(doc.id, scenario))
  const toTopic = useSession(({ scenario }) => leadsToTopic(doc.id, scenario))
  const toNats = useSession(({ scenario }) => leadsToNats(doc.id, scenario))
  return (
    <>
      <ArrivalsField value={doc.arrivals} onCommit={(arrivals) => change({ arrivals })} />
      <BodiesField value={doc.bodies} of="message" onCommit={(bodies) => change({ bodies })} />
      <NumberField
        inline
        label="First {n}"
        min={0}
        max={LIMITS.arrivals}
        value={doc.firstNumber ?? 1}
        onCommit={(firstNumber) => change({ firstNumber })}
      />
      <Keys value={doc.keys ?? { kind: 'none' }} onCommit={(keys) => change({ keys })} />
      {toRabbit && <HeaderLines doc={doc} />}
      {toRabbit && <ProducerPromises doc={doc} />}
      {toTopic && <Batching doc={doc} />}
      {toNats && (
        <Suspense>
          <NatsProducerFields doc={doc} />
        </Suspense>
      )}
    </>
  )
}

function leadsToTopic(id: string, { links, nodes }: Scenario): boolean {
  const targets = links.filter(({ from }) => from === id).map(({ to }) => to)
  return nodes.some((n) => targets.includes(n.id) && n.kind === 'topic')
}

function leadsToRabbit(id: string, { links, nodes }: Scenario): boolean {
  const targets = links.filter(({ from }) => from === id).map(({ to }) => to)
  return nodes.some((n) => targets.includes(n.id) && (n.kind === 'exchange' || n.kind === 'queue'))
}

function leadsToNats(id: string, { links, nodes }: Scenario): boolean {
  const targets = links.filter(({ from }) => from === id).map(({ to }) => to)
  return nodes.some((node) => targets.includes(node.id) && node.kind === 'natsServer')
}

/** Headers and priorities, each used in turn. */
function HeaderLines({ doc }: DesignProps<'producer'>) {
  const change = useChange(doc)
  const priorities = doc.priorities?.join(', ') ?? ''
  return (
    <>
      <TextField
        code
        multiline
        label="Headers, one message a line"
        hint="As type=pdf, pages=3. Used in turn."
        value={linesText((doc.headers ?? []).map((each) => headersText(each)))}
        validate={(text) =>
          text.trim() === '' ? undefined : readLines(text, LIMITS.variants, 1000).problem
        }
        onCommit={(text) => {
          const lines = text.trim() === '' ? [] : text.split('\n')
          change({ headers: lines.length === 0 ? undefined : lines.map(headersFrom) })
        }}
      />
      <TextField
        inline
        code
        label="Priorities, in turn"
        placeholder="none"
        value={priorities}
        validate={(text) => (/^[\d, ]*$/.test(text) ? undefined : 'Give numbers, such as 0, 5.')}
        onCommit={(text) => {
          const numbers = text.split(/[, ]+/).flatMap((word) => (word === '' ? [] : Number(word)))
          change({ priorities: numbers.length === 0 ? undefined : numbers })
        }}
      />
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
    <>
      <Select
        inline
        label="Type"
        value={doc.type}
        options={optionsOf(EXCHANGE_WORDS)}
        hint={EXCHANGE_WORDS[doc.type].meaning}
        onChange={(type) =>
          change(type === 'default' ? { ...AS_IT_IS, type } : { hashHeader: undefined, type })
        }
      />
      <ExchangeRules doc={doc} />
    </>
  )
}

/** Nothing can be said of the default exchange. */
const AS_IT_IS = {
  durable: undefined,
  autoDelete: undefined,
  internal: undefined,
  alternate: undefined,
  hashHeader: undefined,
} as const

export function QueueDesign({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  return (
    <>
      <QueueType doc={doc} />
      {(doc.type ?? 'classic') === 'classic' && (
        <Toggle
          label="Durable"
          hint="A durable queue is still there after the broker restarts."
          checked={doc.durable ?? false}
          onChange={(durable) => change({ durable })}
        />
      )}
      {doc.type !== 'stream' && <LengthLimit doc={doc} />}
      <QueueRules doc={doc} />
    </>
  )
}

function LengthLimit({ doc }: DesignProps<'queue'>) {
  const change = useChange(doc)
  return (
    <>
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
            { value: 'reject-publish-dlx', label: 'reject it, and dead-letter it' },
          ]}
          onChange={(overflow) => change({ overflow })}
        />
      )}
    </>
  )
}

export function ConsumerDesign({ doc }: DesignProps<'consumer'>) {
  const change = useChange(doc)
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
      {((doc.failureRate ?? 0) > 0 || doc.failOn !== undefined) && (
        <Select
          inline
          label="Then"
          value={doc.onFailure ?? 'requeue'}
          options={[
            { value: 'requeue', label: 'nack, requeue' },
            { value: 'drop', label: 'nack, no requeue' },
            { value: 'crash', label: 'its process dies' },
          ]}
          onChange={(onFailure) => change({ onFailure })}
        />
      )}
      <ConsumerRules doc={doc} />
      <ResultFields doc={doc} change={change} />
    </>
  )
}

function prefetchHint({ ack, prefetch }: { ack: string; prefetch: number }): string {
  if (ack === 'auto') return 'Without acknowledgements there is nothing to limit.'
  return prefetch === 0
    ? '0 means no limit.'
    : 'Most unacknowledged messages that it holds. 0 means no limit.'
}
