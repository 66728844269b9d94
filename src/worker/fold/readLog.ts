/**
 * Reads a log of events from elsewhere: JSON lines or one JSON list, of plain events or of CloudEvents 1.0.
 * All of it is taken or none; what cannot be read is named by its line.
 */
import type { LoggedEvent } from './folding.ts'

export const EVENTS_MAX = 200_000
const CHARS_MAX = 128 << 20
/** Without a time of their own, events lie a second apart. */
const APART_US = 1_000_000

/** Data nests less deeply than this. */
const DEPTH_MAX = 64

/** `repeated` events have the id of one before them: they are kept, since the log has them. */
export type ReadLog =
  | { ok: true; events: LoggedEvent[]; repeated: number }
  | { ok: false; sentence: string }

/** The CloudEvents attributes that have a place of their own here. */
const TAKEN = new Set(['specversion', 'type', 'time', 'data', 'datacontenttype', 'subject'])
/** Fields of a plain line that are not its data. */
const FRAME = new Set(['type', 'stream', 'time', 'id', 'version', 'position', 'meta'])

class Refused extends Error {}

export function readLog(text: string): ReadLog {
  if (text.length > CHARS_MAX) {
    return { ok: false, sentence: 'The file is larger than 128 MB. Export a part of the log.' }
  }
  try {
    const { events, repeated } = /^\s*\[/.test(text) ? readList(text) : readLines(text)
    if (events.length === 0) {
      return { ok: false, sentence: 'The file holds no events. Give one JSON object a line.' }
    }
    return { ok: true, events, repeated }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, sentence: error.message }
  }
}

function readLines(text: string): Log {
  const log = new Log()
  let line = 0
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const next = end === -1 ? text.length : end
    line++
    const written = text.slice(at, next).trim()
    at = next + 1
    if (written === '') continue
    log.add(parsed(written, `Line ${line}`), `Line ${line}`)
  }
  return log
}

function readList(text: string): Log {
  const list = parsed(text, 'The file')
  const log = new Log()
  for (const [i, value] of (Array.isArray(list) ? list : []).entries())
    log.add(value, `Event ${i + 1}`)
  return log
}

function parsed(text: string, where: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    refuseInexact(text, where)
    return value
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(`${where} is not JSON. Mend it or take it out; nothing was imported.`)
  }
}

/** A number that JavaScript cannot hold would be another one here, and in the export. */
function refuseInexact(text: string, where: string): void {
  if (!/\d{16}|[eE]\+?\d{3}/.test(text)) return
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  for (const [written] of bare.matchAll(/-?\d[\d.eE+-]*/g)) {
    const isWhole = /^-?\d+$/.test(written)
    if (Number.isFinite(Number(written)) && !(isWhole && !Number.isSafeInteger(Number(written))))
      continue
    const shown = written.length > 24 ? `${written.slice(0, 20)}…` : written
    throw new Refused(
      `${where} has the number ${shown}, too large to be kept exactly. Write it as a text.`,
    )
  }
}

function isDeeper(value: unknown, than: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return than === 0 || Object.values(value).some((part) => isDeeper(part, than - 1))
}

class Log {
  repeated = 0
  private readonly ids = new Set<string>()
  readonly events: LoggedEvent[] = []
  private readonly sizes = new Map<string, number>()

  add(value: unknown, where: string): void {
    const position = this.events.length
    if (position === EVENTS_MAX) {
      throw new Refused(`There are more than ${EVENTS_MAX} events. Export a part of the log.`)
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refused(`${where} is no object. Write {"type":"Deposited","data":{…}}.`)
    }
    const fields = value as Record<string, unknown>
    const { type } = fields
    if (typeof type !== 'string' || type === '') {
      throw new Refused(`${where} has no type. Give it one, such as "type":"Deposited".`)
    }
    if (isDeeper(fields, DEPTH_MAX)) {
      throw new Refused(`${where} nests more than ${DEPTH_MAX} levels deep. Flatten its data.`)
    }
    const isCloud = 'specversion' in fields
    if (isCloud) checkCloudEvent(fields, where)
    else if (!['string', 'undefined'].includes(typeof fields.stream)) {
      throw new Refused(`${where} has a stream that is no text. Write "stream":"account-acc1".`)
    }
    const stream = streamOf(fields, isCloud)
    this.countId(fields, isCloud ? String(fields.source) : stream)
    const version = this.sizes.get(stream) ?? 0
    this.sizes.set(stream, version + 1)
    const meta = isCloud ? others(fields, TAKEN) : metaOf(fields)
    const event = {
      stream,
      type,
      data: isCloud ? cloudData(fields) : dataOf(fields),
      version,
      position,
    }
    const timeUs = timeOf(fields.time, where) ?? this.lastUs() + APART_US
    this.events.push({
      ...event,
      timeUs,
      message: -1,
      factIndex: -1,
      ...(Object.keys(meta).length > 0 ? { meta } : {}),
    })
  }

  /** CloudEvents are the same if source and id are; an event of a store if its id is, within its stream. */
  private countId({ id }: Record<string, unknown>, within: string): void {
    if (typeof id !== 'string') return
    const key = `${within}\n${id}`
    if (this.ids.has(key)) this.repeated++
    else this.ids.add(key)
  }

  private lastUs(): number {
    return this.events.at(-1)?.timeUs ?? -APART_US
  }
}

/** CloudEvents 1.0, "Required attributes": id, source, specversion, type. */
function checkCloudEvent(fields: Record<string, unknown>, where: string): void {
  if (fields.specversion !== '1.0') {
    const said = JSON.stringify(fields.specversion)
    throw new Refused(`${where} says specversion ${said}. Only CloudEvents 1.0 is read.`)
  }
  for (const name of ['id', 'source']) {
    if (typeof fields[name] !== 'string' || fields[name] === '') {
      throw new Refused(`${where} is a CloudEvent without ${name}. Give it one.`)
    }
  }
}

/** The subject says what an event is about; without one its source does. */
function streamOf(fields: Record<string, unknown>, isCloud: boolean): string {
  const named = isCloud ? [fields.subject, fields.source] : [fields.stream]
  const stream = named.find((name) => typeof name === 'string' && name !== '')
  return typeof stream === 'string' ? stream : 'events'
}

function cloudData(fields: Record<string, unknown>): unknown {
  if ('data' in fields) return fields.data
  return 'data_base64' in fields ? { data_base64: fields.data_base64 } : null
}

/** Without `data`, the fields beside the type are it. */
function dataOf(fields: Record<string, unknown>): unknown {
  return 'data' in fields ? fields.data : others(fields, FRAME)
}

function metaOf({ meta, id }: Record<string, unknown>): Record<string, unknown> {
  const said = typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>) : {}
  return id === undefined ? said : { id, ...said }
}

function others(fields: Record<string, unknown>, known: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !known.has(name)))
}

/** RFC 3339, or milliseconds since 1970. */
function timeOf(time: unknown, where: string): number | null {
  if (time === undefined || time === null) return null
  const ms =
    typeof time === 'number' ? time : typeof time === 'string' ? Date.parse(time) : Number.NaN
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    throw new Refused(`${where} has a time that cannot be read. Write "2026-11-26T14:03:00Z".`)
  }
  return Math.round(ms * 1000) + finerUs(time)
}

/** What a written time says below the millisecond, which `Date` leaves out. */
function finerUs(time: unknown): number {
  const digits = /\.\d{3}(\d{1,3})/.exec(typeof time === 'string' ? time : '')?.[1]
  return digits === undefined ? 0 : Number(digits.padEnd(3, '0'))
}
