/**
 * Message properties: the row behind `MessageRow.props`, written when the message is published and never
 * changed (AMQP 0-9-1, 1.8.3 "basic"; rabbitmq.com/docs/publishers#message-properties).
 */
import { utf8 } from '../../base/utf8.ts'
import type { Records } from '../../engine/records.ts'

/** A value in a header table. */
export type HeaderValue =
  | string
  | number
  | boolean
  | null
  | readonly HeaderValue[]
  | { readonly [name: string]: HeaderValue }
export type Headers = Readonly<Record<string, HeaderValue>>

export interface MessageProperties {
  headers?: Headers
  /** Time to live in milliseconds, as text. */
  expiration?: string
  priority?: number
  /** 2 = persistent; absent or 1 = transient. */
  deliveryMode?: number
  messageId?: string
  correlationId?: string
  replyTo?: string
  contentType?: string
  type?: string
  appId?: string
  /** Keys of a BCC header that a dead-lettered copy still goes to; no client sets this. */
  blindKeys?: readonly string[]
}

/** The longest time that the broker accepts: ten years in milliseconds (`rabbit_misc:check_expiry`). */
export const EXPIRY_MAX_MS = 315_360_000_000

export function propertiesOf(records: Records, message: number): MessageProperties | null {
  const row = records.messages.props(message)
  return row === -1 ? null : records.rowAt<MessageProperties>(row)
}

/**
 * What is wrong with the properties, or null. RabbitMQ closes the channel with 406 when expiration is not a
 * non-negative integer (rabbitmq.com/docs/ttl#per-message-ttl-in-publishers), CC and BCC are not lists
 * (rabbitmq.com/docs/sender-selected), or the delivery mode is neither 1 nor 2.
 */
export function propertiesProblem(properties: MessageProperties): string | null {
  const { deliveryMode, expiration, headers } = properties
  if (deliveryMode !== undefined && deliveryMode !== 1 && deliveryMode !== 2) {
    return `unknown delivery mode ${deliveryMode}`
  }
  if (expiration !== undefined) {
    if (!/^[+-]?\d+$/.test(expiration)) return `invalid expiration '${expiration}'`
    const ms = Number(expiration)
    if (ms < 0 || ms > EXPIRY_MAX_MS) return `expiration ${expiration} is out of range`
  }
  for (const name of ['CC', 'BCC']) {
    if (headers?.[name] !== undefined && !Array.isArray(headers[name])) {
      return `header ${name} must be a list of routing keys`
    }
  }
  return null
}

/** Further routing keys of a message: its CC and BCC headers (rabbitmq.com/docs/sender-selected). */
export function extraKeys(properties: MessageProperties | null): readonly string[] {
  if (!properties) return NONE
  const { headers, blindKeys } = properties
  const listed = headers ? [...copyKeys(headers), ...textsIn(headers.BCC)] : NONE
  return blindKeys ? [...listed, ...blindKeys] : listed
}

/** The keys that receivers see: CC without BCC. */
export function copyKeys(headers: Headers | undefined): readonly string[] {
  return headers ? textsIn(headers.CC) : NONE
}

/** Headers as a receiver gets them: BCC is taken off before the message is stored. */
export function visibleHeaders(properties: MessageProperties | null): Headers | null {
  const headers = properties?.headers
  if (!headers) return null
  if (headers.BCC === undefined) return headers
  const { BCC: _, ...visible } = headers
  return visible
}

/** Bytes of a message's body, which is what x-max-length-bytes counts (rabbitmq.com/docs/maxlength). */
export function bodyBytes(records: Records, message: number): number {
  return utf8(records.body(message)).length
}

function textsIn(value: HeaderValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : NONE
}

const NONE: readonly string[] = []
