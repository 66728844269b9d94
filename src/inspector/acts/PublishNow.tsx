/** Publishes a message at the playhead: one of the person's own with any properties, or a producer's next. */
import { type FormEvent, useState } from 'react'
import type { MessagePropertiesDoc, NodeDoc, NodeKind } from '../../scenario/document.ts'
import { headersFrom } from '../../scenario/headersText.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { PublishIcon } from '../../ui/icons.ts'
import { TextField } from '../../ui/TextField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import type { NowProps } from '../now/nodeState.ts'
import styles from './acts.module.css'

/** What a key is called by those who look at it; the others have none. */
const KEY_NAMES: Partial<Record<NodeKind, string>> = {
  exchange: 'Routing key',
  topic: 'Key',
  sqsQueue: 'Message group',
  natsServer: 'Subject',
  redisServer: 'Channel',
}

export function PublishNow({ doc, state }: NowProps<'producer'>) {
  const targets = useSession(({ scenario }) => {
    const ids = scenario.links.filter((link) => link.from === doc.id).map((link) => link.to)
    const nodes = scenario.nodes.filter(({ id }) => ids.includes(id))
    return nodes.map((node) => `${node.kind}${isFifo(node) ? ' fifo' : ''}`).join(',')
  })
  const kinds = targets.split(',').map((target) => target.split(' ')[0] as NodeKind)
  return (
    <PublishForm
      node={doc.id}
      example={doc.bodies.at(-1) ?? ''}
      keyName={kinds.map((kind) => KEY_NAMES[kind]).find((name) => name !== undefined)}
      ownNext
      rabbit={kinds.some((k) => k === 'exchange' || k === 'queue' || k === 'natsServer')}
      sqs={kinds.includes('sqsQueue') ? (targets.includes('fifo') ? 'fifo' : 'standard') : null}
      disabled={state.crashed}
    />
  )
}

/** A person puts a message straight into an exchange. */
export function PublishToExchange({ doc }: NowProps<'exchange'>) {
  return <PublishForm node={doc.id} keyName="Routing key" rabbit />
}

/** The same into a queue, by the default exchange. */
export function PublishToQueue({ doc }: NowProps<'queue'>) {
  return <PublishForm node={doc.id} rabbit />
}

/** The same into a queue that is polled. */
export function PublishToSqsQueue({ doc }: NowProps<'sqsQueue'>) {
  const sqs = isFifo(doc) ? 'fifo' : 'standard'
  return <PublishForm node={doc.id} sqs={sqs} keyName={doc.fifo ? 'Message group' : undefined} />
}

function isFifo(node: NodeDoc): boolean {
  return node.kind === 'sqsQueue' && node.fifo === true
}

interface FormProps {
  node: string
  example?: string
  keyName?: string | undefined
  /** Without a body it publishes its own next message. */
  ownNext?: boolean
  /** Messages of AMQP have properties. */
  rabbit?: boolean
  /** Those of SQS have a deduplication id, or a delay of their own. */
  sqs?: 'standard' | 'fifo' | null
  disabled?: boolean
}

function PublishForm(props: FormProps) {
  const { node, example = '', keyName, ownNext = false, rabbit = false, sqs = null } = props
  const session = useVerbs()
  const [body, setBody] = useState('')
  const [key, setKey] = useState('')
  const [more, setMore] = useState(false)
  const [properties, setProperties] = useState<MessagePropertiesDoc>({})
  const [mandatory, setMandatory] = useState(false)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const given = Object.keys(properties).length > 0
    session.act({
      do: 'publish',
      node,
      ...(body === '' ? {} : { body }),
      ...(key === '' ? {} : { key }),
      ...((more || sqs) && given ? { properties } : {}),
      ...(rabbit && more && mandatory ? { mandatory } : {}),
    })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        code
        label="Body"
        value={body}
        placeholder={ownNext ? 'its next one' : 'empty'}
        hint={
          example === '' ? undefined : <span className={styles.example}>Such as {example}</span>
        }
        onInput={setBody}
      />
      {keyName !== undefined && (
        <TextField
          code
          label={keyName}
          value={key}
          placeholder={ownNext ? 'its own' : 'empty'}
          onInput={setKey}
        />
      )}
      {rabbit && <Toggle label="With properties" checked={more} onChange={setMore} />}
      {rabbit && more && (
        <>
          <PropertyFields value={properties} onChange={setProperties} />
          <Toggle
            label="Mandatory: comes back if no queue takes it"
            checked={mandatory}
            onChange={setMandatory}
          />
        </>
      )}
      {sqs && <SqsFields type={sqs} value={properties} onChange={setProperties} />}
      <Button type="submit" icon={PublishIcon} disabled={props.disabled ?? false}>
        Publish now
      </Button>
    </form>
  )
}

const NUMBERS = [
  { name: 'priority', label: 'Priority' },
  { name: 'expiration', label: 'Expires after, ms' },
] as const
const TEXTS = [
  { name: 'messageId', label: 'Message id' },
  { name: 'correlationId', label: 'Correlation id' },
  { name: 'replyTo', label: 'Reply to the queue' },
] as const

interface FieldsProps {
  value: MessagePropertiesDoc
  onChange: (value: MessagePropertiesDoc) => void
}

/** The same properties with one of them changed, or without it. */
function withProperty(
  value: MessagePropertiesDoc,
  name: keyof MessagePropertiesDoc,
  given: unknown,
): MessagePropertiesDoc {
  const { [name]: _, ...rest } = value
  return given === undefined ? rest : { ...rest, [name]: given }
}

function asNumber(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined
}

/** A FIFO queue takes a deduplication id, a standard one a delay (SQS API reference, SendMessage). */
function SqsFields({ type, value, onChange }: FieldsProps & { type: 'standard' | 'fifo' }) {
  if (type === 'fifo') {
    return (
      <TextField
        code
        label="Deduplication id"
        value={value.deduplicationId ?? ''}
        onInput={(text) => onChange(withProperty(value, 'deduplicationId', text || undefined))}
      />
    )
  }
  return (
    <TextField
      inline
      code
      label="Hidden for, ms"
      placeholder="the queue's"
      value={value.delayMs === undefined ? '' : String(value.delayMs)}
      onInput={(text) => {
        const ms = asNumber(text)
        onChange(withProperty(value, 'delayMs', ms && Math.min(ms, DELAY_MAX_MS)))
      }}
    />
  )
}

/** DelaySeconds goes up to 15 minutes. */
const DELAY_MAX_MS = 900_000

function PropertyFields({ value, onChange }: FieldsProps) {
  const [headers, setHeaders] = useState('')
  const put = (name: keyof MessagePropertiesDoc, given: unknown) =>
    onChange(withProperty(value, name, given))
  return (
    <>
      <TextField
        code
        label="Headers"
        placeholder="type=pdf, pages=3"
        value={headers}
        onInput={(text) => {
          setHeaders(text)
          const read = headersFrom(text)
          put('headers', Object.keys(read).length === 0 ? undefined : read)
        }}
      />
      {NUMBERS.map(({ name, label }) => (
        <TextField
          key={name}
          inline
          code
          label={label}
          value={value[name] === undefined ? '' : String(value[name])}
          onInput={(text) => put(name, asNumber(text))}
        />
      ))}
      {TEXTS.map(({ name, label }) => (
        <TextField
          key={name}
          inline
          code
          label={label}
          value={value[name] ?? ''}
          onInput={(text) => put(name, text === '' ? undefined : text)}
        />
      ))}
      <Toggle
        label="Persistent"
        checked={value.persistent ?? false}
        onChange={(on) => put('persistent', on || undefined)}
      />
    </>
  )
}
