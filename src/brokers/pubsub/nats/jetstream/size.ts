/** Bytes that a message takes up in a stream, for its byte limit: as the 2.9 server counts them. */
import type { Records } from '../../../../engine/records.ts'
import type { NatsProps } from './stream.ts'

const MEMORY_OVERHEAD = 16
/** Length, sequence, time, length of the subject; the checksum at the end. */
const FILE_OVERHEAD = 22 + 8
const FILE_HEADERS_OVERHEAD = 4

export function messageBytes(
  records: Records,
  message: number,
  storage: 'memory' | 'file',
): number {
  const headers = headerBytes(records, message)
  const content = textBytes(records.key(message)) + headers + textBytes(records.body(message))
  if (storage === 'memory') return content + MEMORY_OVERHEAD
  return content + FILE_OVERHEAD + (headers > 0 ? FILE_HEADERS_OVERHEAD : 0)
}

/** Headers and body alone. */
export function payloadBytes(records: Records, message: number): number {
  return headerBytes(records, message) + textBytes(records.body(message))
}

/** `NATS/1.0`, a line for each header, an empty line. */
function headerBytes(records: Records, message: number): number {
  const props = records.messages.props(message)
  if (props === -1) return 0
  const { headers = {} } = records.rowAt<Partial<NatsProps>>(props)
  let bytes = 'NATS/1.0\r\n\r\n'.length
  for (const [name, value] of Object.entries(headers)) {
    bytes += textBytes(name) + textBytes(String(value)) + ': \r\n'.length
  }
  return bytes
}

/** Bytes of a text in UTF-8. */
export function textBytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) as number
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
