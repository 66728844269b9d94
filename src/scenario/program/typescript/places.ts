/**
 * Own programs of those who publish to places of pub/sub and listen there, in TypeScript: they keep the run's schedule, take
 * as long over their work, and fail as often.
 */
import type { Duration } from '../../../engine/distributions.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import { type Outlet, outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import { type Retry, retryOf } from '../schedule.ts'
import type { Sheet } from '../sheet.ts'
import { indented } from './clients.ts'
import { publishStatement } from './publish.ts'
import { bodyOf, durationOf, inTurn, keyOf, rhythmOf, sleeps } from './schedule.ts'
import { tsString, tsValue } from './text.ts'

/** Publishes what the producer publishes, when it does. */
export function writeScheduled(sheet: Sheet, scenario: Scenario, role: Role<'producer'>): void {
  const producer = role.docs[0]
  const outlets = outletsOf(scenario, role)
  const setUp: Line[] = []
  const body = bodyOf(setUp, producer)
  const key = keyOf(setUp, producer)
  const publish = outlets.map((outlet) => {
    const attributes = attributesOf(setUp, producer, outlet)
    const given = attributes === null ? outlet : { ...outlet, attributes }
    return outlet.to.kind === 'natsServer' && (producer.confirms || producer.messageIds)
      ? toStream(sheet, role, given, body, key)
      : publishStatement(sheet, given, body, key, on(role.docs, 'published'))
  })
  const { head, pause, before } = rhythmOf(setUp, producer)
  sleeps(sheet)
  sheet.add(
    'actions',
    ...setUp,
    ...before,
    line(head),
    ...[...pause, ...publish].map(indented),
    line('}'),
  )
  sheet.add('end', ...endOf(outlets))
}

/** What is published is on its way in the background; a connection that stays open keeps a program from ending. */
function endOf(outlets: readonly Outlet[]): Line[] {
  const kinds = new Set(outlets.map(({ to }) => to.kind))
  return [
    ...(kinds.has('natsServer') ? [line('await nc.drain()')] : []),
    ...(kinds.has('redisServer') || kinds.has('redisStream') ? [line('await redis.quit()')] : []),
    ...(kinds.has('topic') ? [line('await producer.disconnect()')] : []),
  ]
}

/** Attributes of cloud topics take turns, as headers do; null where all messages have the same. */
function attributesOf(
  setUp: Line[],
  { headers = [], firstNumber = 1 }: NodeOf<'producer'>,
  { to }: Outlet,
): NonNullable<Outlet['attributes']> | null {
  if (to.kind !== 'cloudTopic' || headers.length < 2) return null
  const names = [...new Set(headers.flatMap((of) => Object.keys(of)))]
  return Object.fromEntries(
    names.map((name) => {
      const values = headers.map((of) => String(of[name] ?? ''))
      return [name, { turn: `${inTurn(setUp, `${name}s`, values, firstNumber)}!` }]
    }),
  )
}

/** Waits for the stream's acknowledgement; what is not acknowledged in time is published again under its id. */
function toStream(
  sheet: Sheet,
  role: Role<'producer'>,
  outlet: Outlet,
  body: string,
  key: string | null,
): Line {
  const producer = role.docs[0]
  publishStatement(sheet, outlet, body, key, [], ', { timeout: 5000 }')
  sheet.once('publish to stream', () => writePublish(sheet, producer, retryOf(producer)))
  const subject = outlet.key === null ? (key ?? tsString(outlet.own)) : tsString(outlet.key)
  const id = producer.messageIds ? `, \`${producer.id}-\${n}\`` : ''
  return line(`await publish(${subject}, ${body}${id})`, ...on(role.docs, 'published'))
}

function writePublish(
  sheet: Sheet,
  { confirmTimeoutMs = 5000, messageIds }: NodeOf<'producer'>,
  retry: Retry | null,
): void {
  const [declared, passed] = messageIds ? ['msgID: string, ', 'msgID, '] : ['', '']
  const again = retry
    ? [
        line(
          `    if (attempt > ${retry.retries}) return console.log('Given up: no acknowledgement')`,
        ),
        line(`    await sleep(${retry.backoffMs} * ${retry.factor} ** (attempt - 1))`),
        line(`    await publish(subject, data, ${passed}attempt + 1)`),
      ]
    : [line("    console.log('Given up: no acknowledgement')")]
  sheet.add(
    'definitions',
    line(
      `async function publish(subject: string, data: string, ${declared}attempt = 1): Promise<void> {`,
    ),
    line('  try {'),
    line(`    await js.publish(subject, data, { ${passed}timeout: ${confirmTimeoutMs} })`),
    line('  } catch {'),
    ...again,
    line('  }'),
    line('}'),
  )
}

/** What a handler does before its effect: its work takes time, and some of it fails. */
export function placeWork(
  sheet: Sheet,
  { service, failureRate = 0 }: { service: Duration; failureRate?: number | undefined },
  message: string,
): Line[] {
  const setUp: Line[] = []
  const takes = service.kind === 'trace' && service.ms.length > 1
  const time = durationOf(setUp, 'services', service, 'begun++')
  sheet.add('definitions', ...setUp, ...(takes ? [line('let begun = 0')] : []))
  if (time !== '0') sleeps(sheet)
  return [
    ...(time === '0' ? [] : [line(`await sleep(${time})`)]),
    ...(failureRate > 0
      ? [line(`if (Math.random() < ${failureRate}) throw new Error(${message})`)]
      : []),
  ]
}

/** Joining late is part of a program: it waits. */
export function joinsLate(sheet: Sheet, joinMs: number | undefined): Line[] {
  if (!joinMs) return []
  sleeps(sheet)
  return [line(`await sleep(${joinMs}) // It joins late.`)]
}

/** Attributes as an object of texts, or of what SNS has in their place. */
export function attributesText(
  attributes: NonNullable<Outlet['attributes']>,
  wrap: (value: string, name: string) => string = (value) => value,
): string {
  const each = Object.entries(attributes).map(
    ([name, value]) =>
      `${/^\w+$/.test(name) ? name : tsValue(name)}: ${wrap(typeof value === 'string' ? tsString(value) : value.turn, name)}`,
  )
  return `{ ${each.join(', ')} }`
}
