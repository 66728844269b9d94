/**
 * Own programs of those who publish to places of pub/sub and listen there, in Python: they keep the run's schedule, take as
 * long over their work, and fail as often.
 */
import type { Duration } from '../../../engine/distributions.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { type Outlet, outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import { type Retry, retryOf } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { flush, indented } from './clients.ts'
import { publishStatement, strOf, type Text } from './publish.ts'
import { bodyOf, durationOf, keyOf, rhythmOf, secondsOf, Turns } from './schedule.ts'
import { pyString, pyValue } from './text.ts'

/** Publishes what the producer publishes, when it does. */
export function writeScheduled(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const producer = role.docs[0]
  const outlets = outletsOf(scenario, role)
  const isNats = outlets.some(({ to }) => to.kind === 'natsServer')
  const setUp: Line[] = []
  const each = new Turns(sheet, setUp)
  const body = bodyOf(each, producer)
  const key = keyOf(each, producer)
  const publish = outlets.map((outlet) => {
    const attributes = attributesOf(each, producer, outlet)
    const given = attributes === null ? outlet : { ...outlet, attributes }
    return isNats && (producer.confirms || producer.messageIds)
      ? toStream(sheet, role, given, body, key)
      : publishStatement(sheet, given, body, key, on(role.docs, 'published'))
  })
  const { head, pause, before } = rhythmOf(each, producer, sleepOf(sheet, isNats))
  sheet.add('actions', ...setUp, ...before, line(head), ...[...pause, ...publish].map(indented))
  // What is published is on its way in the background.
  if (isNats) sheet.add('end', line('await nc.drain()'))
  sheet.add('actions', ...flush(outlets))
}

/** The call by which a program waits. */
export function sleepOf(sheet: Sheet, isCoroutine: boolean): string {
  sheet.import(isCoroutine ? 'import asyncio' : 'import time')
  return isCoroutine ? 'await asyncio.sleep' : 'time.sleep'
}

/** Attributes of cloud topics take turns, as headers do; null where all messages have the same. */
function attributesOf(
  each: Turns,
  { headers = [] }: NodeOf<'producer'>,
  { to }: Outlet,
): NonNullable<Outlet['attributes']> | null {
  if (to.kind !== 'cloudTopic' || headers.length < 2) return null
  const names = [...new Set(headers.flatMap((of) => Object.keys(of)))]
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        turn: each.next(
          `${name}s`,
          headers.map((of) => String(of[name] ?? '')),
        ),
      },
    ]),
  )
}

/** Waits for the stream's acknowledgement; what is not acknowledged in time is published again under its id. */
function toStream(
  sheet: Sheet,
  role: Role<'producer'>,
  outlet: Outlet,
  body: Text,
  key: Text | null,
): Line {
  const producer = role.docs[0]
  publishStatement(sheet, outlet, body, key, [], 'channel', ', timeout=5')
  sheet.once('publish to stream', () => writePublish(sheet, producer, retryOf(producer)))
  const subject = outlet.key === null ? (key ?? { literal: outlet.own }) : { literal: outlet.key }
  const id = producer.messageIds ? `, {'Nats-Msg-Id': f"${producer.id}-{n}"}` : ''
  return line(
    `await publish(${strOf(subject)}, ${strOf(body)}.encode()${id})`,
    ...on(role.docs, 'published'),
  )
}

function writePublish(
  sheet: Sheet,
  { confirmTimeoutMs = 5000 }: NodeOf<'producer'>,
  retry: Retry | null,
): void {
  sheet.importFrom('nats.errors', 'TimeoutError')
  const again = retry
    ? [
        line(`        if attempt > ${retry.retries}:`),
        line("            print('Given up: no acknowledgement')"),
        line('            return'),
        line(
          `        await asyncio.sleep(${secondsOf(retry.backoffMs)} * ${retry.factor} ** (attempt - 1))`,
        ),
        line('        await publish(subject, data, headers, attempt + 1)'),
      ]
    : [line("        print('Given up: no acknowledgement')")]
  sheet.add(
    'definitions',
    line('async def publish(subject, data, headers=None, attempt=1):'),
    line('    try:'),
    line(
      `        await js.publish(subject, data, headers=headers, timeout=${confirmTimeoutMs / 1000})`,
    ),
    line('    except TimeoutError:'),
    ...again,
  )
}

/** What a handler does before its effect: its work takes time, and some of it fails. */
export function placeWork(
  sheet: Sheet,
  { service, failureRate = 0 }: { service: Duration; failureRate?: number | undefined },
  isCoroutine: boolean,
  message: string,
): Line[] {
  const setUp: Line[] = []
  const takes = durationOf(new Turns(sheet, setUp), 'services', service)
  sheet.add('definitions', ...setUp)
  const fails = failureRate > 0
  if (fails) sheet.import('import random')
  return [
    ...(takes === '0' ? [] : [line(`${sleepOf(sheet, isCoroutine)}(${takes})`)]),
    ...(fails
      ? [line(`if random.random() < ${failureRate}:`), line(`    raise RuntimeError(${message})`)]
      : []),
  ]
}

/** Joining late is part of a program: it waits. */
export function joinsLate(sheet: Sheet, joinMs: number | undefined, isCoroutine: boolean): Line[] {
  if (!joinMs) return []
  return [line(`${sleepOf(sheet, isCoroutine)}(${secondsOf(joinMs)})  # It joins late.`)]
}

/** A text or what is its turn. */
export function attributeText(value: string | { turn: string }): string {
  return typeof value === 'string' ? pyString(value) : value.turn
}

/** Attributes as SNS has them. */
export function messageAttributes(
  attributes: NonNullable<Outlet['attributes']>,
  numbers: Outlet['numbers'],
): string {
  const each = Object.entries(attributes).map(
    ([name, value]) =>
      `${pyValue(name)}: {'DataType': '${numbers?.has(name) ? 'Number' : 'String'}', 'StringValue': ${attributeText(value)}}`,
  )
  return `{${each.join(', ')}}`
}
