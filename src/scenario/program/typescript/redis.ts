/** TypeScript programs for Redis streams: ioredis. A read that blocks holds its connection up, so each loop has its own. */
import type { NodeOf, Scenario } from '../../document.ts'
import type { Role } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import {
  GROUP_LIT,
  inboxNotes,
  killNotes,
  lateMs,
  lettersOf,
  mayThrow,
  NO_STREAM_SET_UP,
  readBy,
  STREAM_LIT,
  streamOfGroup,
} from '../redis.ts'
import type { Sheet } from '../sheet.ts'
import { indented, runBy, workOf } from './clients.ts'
import { joinsLate, placeWork } from './places.ts'
import { sleeps } from './schedule.ts'
import { capital, tsName, tsString } from './text.ts'

export function connectRedis(sheet: Sheet): void {
  sheet.importFrom('ioredis', 'Redis')
  sheet.once('redis', () => sheet.add('connections', line('const redis = new Redis()')))
}

/** Groups with their streams. One that is there stays as it is. */
export function createRedisGroups(
  sheet: Sheet,
  scenario: Scenario,
  parts: readonly (NodeOf<'redisStream'> | NodeOf<'redisGroup'>)[],
): void {
  const groups = parts.filter((part) => part.kind === 'redisGroup')
  const streams = parts.filter((part) => part.kind === 'redisStream')
  for (const stream of groups.length === 0 && sheet.form === 'own' ? streams : []) {
    sheet.add('topology', line(`// ${NO_STREAM_SET_UP}`, { node: stream.id, facts: STREAM_LIT }))
  }
  if (groups.length === 0) return
  connectRedis(sheet)
  for (const group of groups) {
    const stream = streamOfGroup(scenario, group)
    if (!stream) continue
    const at = `${tsString(stream.name)}, ${tsString(group.name)}, ${tsString(group.start ?? '$')}`
    sheet.add(
      'topology',
      ...madeLate(sheet, group),
      line(`await redis.xgroup('CREATE', ${at}, 'MKSTREAM').catch((error: Error) => {`, {
        node: group.id,
        facts: GROUP_LIT,
      }),
      line("  if (!error.message.startsWith('BUSYGROUP')) throw error"),
      line('})'),
    )
  }
}

function madeLate(sheet: Sheet, { createdAtMs }: NodeOf<'redisGroup'>): Line[] {
  if (createdAtMs === undefined) return []
  if (sheet.form !== 'own') return [line(`// In the run at ${createdAtMs / 1000} s:`)]
  sleeps(sheet)
  return [line(`await sleep(${createdAtMs}) // The group is made late.`)]
}

/** XADD, with what the stream says about trimming. */
export function addStatement(
  sheet: Sheet,
  stream: NodeOf<'redisStream'>,
  body: string,
  lit: readonly Lit[],
): Line {
  connectRedis(sheet)
  return line(`await redis.${addCall(stream, `'body', ${body}`)}`, ...lit, {
    node: stream.id,
    facts: STREAM_LIT,
  })
}

function addCall(stream: NodeOf<'redisStream'>, fields: string): string {
  const { maxLength, maxAgeMs, approximate } = stream
  const how = approximate ? "'~'" : "'='"
  const trim =
    maxLength !== undefined
      ? `'MAXLEN', ${how}, ${maxLength}, `
      : maxAgeMs !== undefined
        ? `'MINID', ${how}, String(Date.now() - ${maxAgeMs}), `
        : ''
  return `xadd(${tsString(stream.name)}, ${trim}'*', ${fields})`
}

function entryTypes(sheet: Sheet): void {
  sheet.once('redis entries', () =>
    sheet.add(
      'definitions',
      line('type Entry = [id: string, fields: string[] | null]'),
      line('type Answer = [key: string, entries: Entry[]][] | null'),
    ),
  )
}

/** A consumer of a group: its handler, what it reads first, and its loop. */
export function writeRedisConsumer(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisConsumer'>,
): void {
  const read = readBy(scenario, role)
  if (!read?.group) return
  entryTypes(sheet)
  const { stream, group } = read
  const consumer = role.docs[0]
  const own = connectOwn(sheet, role)
  const handle = sheet.name(`handle${capital(tsName(consumer.id))}`)
  const ack = line(`await ${own}.xack(${tsString(stream.name)}, ${tsString(group.name)}, id)`, {
    node: group.id,
    facts: ['entryAcked'],
  })
  const work = workLines(sheet, scenario, role)
  const body =
    consumer.ack === 'before' ? [ack, ...work] : consumer.ack === 'after' ? [...work, ack] : work
  sheet.add(
    'definitions',
    line(`async function ${handle}([id, fields]: Entry) {`, ...on(role.docs, 'started')),
    line('  // What the stream has no more comes without fields.', ...on(role.docs, 'foundGone')),
    line(`  if (fields === null) return ${ack.text}`),
    ...[...setAside(scenario, role, own, stream, group, ack), ...body].map(indented),
    line('}'),
  )
  const each = eachEntry(role, handle)
  const place = { stream, group, own, name: consumerName(role) }
  const history = consumer.readsPending ? historyLines(role, place, each) : []
  addLoop(sheet, role, [
    ...ownStart(sheet, role, group),
    ...history,
    ...loopLines(role, place, each),
  ])
}

/** What an own program does and says before its loop. */
function ownStart(
  sheet: Sheet,
  role: Role<'redisConsumer'> | Role<'redisReader'>,
  group: NodeOf<'redisGroup'> | null,
): Line[] {
  if (sheet.form !== 'own') return []
  const notes = killNotes(role).map((note) => line(`// ${note}`))
  return [...notes, ...joinsLate(sheet, lateMs(group, role))]
}

interface Place {
  stream: NodeOf<'redisStream'>
  group: NodeOf<'redisGroup'>
  /** Its connection, and its name in the group, as expressions. */
  own: string
  name: string
}

function connectOwn(sheet: Sheet, role: Role<'redisConsumer'> | Role<'redisReader'>): string {
  sheet.importFrom('ioredis', 'Redis')
  const own = sheet.name(`${tsName(role.docs[0].id)}Redis`)
  sheet.add('connections', line(`const ${own} = new Redis()`))
  return own
}

/** Several programs have a name each. */
function consumerName(role: Role<'redisConsumer'>): string {
  return role.docs.length === 1 ? tsString(role.docs[0].name) : "process.argv[2] ?? ''"
}

function workLines(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisConsumer'> | Role<'redisReader'>,
): Line[] {
  const { failOn } = role.docs[0]
  const work = workOf(sheet, scenario, role, 'body')
  const effect = work.length > 0 ? work : [line('void body', ...on(role.docs, 'processed'))]
  const time = sheet.form === 'own' ? placeWork(sheet, role.docs[0], 'body') : []
  const notes = inboxNotes(role).map((note) => line(`// ${note}`))
  const done = [...time, ...notes, ...effect]
  const body = line("const body = fields[1] ?? ''")
  if (failOn === undefined) return [body, ...done]
  return [
    body,
    line(
      `if (body.includes(${tsString(failOn)})) throw new Error(body)`,
      ...on(role.docs, 'failed'),
    ),
    ...done,
  ]
}

function setAside(
  scenario: Scenario,
  role: Role<'redisConsumer'>,
  own: string,
  stream: NodeOf<'redisStream'>,
  group: NodeOf<'redisGroup'>,
  ack: Line,
): Line[] {
  const consumer = role.docs[0]
  if (consumer.maxDeliveries === undefined || consumer.ack === 'noack') return []
  const at = `${tsString(stream.name)}, ${tsString(group.name)}`
  const letters = lettersOf(scenario, consumer)
  const lit = on(role.docs, 'entrySetAside')
  const aside = letters
    ? line(
        `  await ${own}.multi().${addCall(letters, '...fields')}.xack(${at}, id).exec()`,
        ...lit,
        { node: letters.id, facts: STREAM_LIT },
      )
    : line(`  ${ack.text}`, ...lit)
  return [
    line(
      `const [pending] = (await ${own}.xpending(${at}, id, id, 1)) as [string, string, number, number][]`,
    ),
    line(`if (pending !== undefined && pending[3] > ${consumer.maxDeliveries}) {`),
    aside,
    line('  return'),
    line('}'),
  ]
}

function eachEntry(role: Role<'redisConsumer'>, handle: string): Line[] {
  const lit = on(role.docs, 'entriesTaken')
  if (!mayThrow(role)) {
    return [line(`for (const entry of entries) await ${handle}(entry)`, ...lit)]
  }
  return [
    line('for (const entry of entries) {', ...lit),
    line('  // What throws stays pending under its name.'),
    line(`  await ${handle}(entry).catch(console.error)`, ...on(role.docs, 'failed')),
    line('}'),
  ]
}

function historyLines(role: Role<'redisConsumer'>, place: Place, each: Line[]): Line[] {
  const { count } = role.docs[0]
  const { stream, group, own, name } = place
  return [
    line('// First what is pending under its name.'),
    line("for (let last = '0'; ; ) {"),
    line(
      `  const answer = (await ${own}.xreadgroup('GROUP', ${tsString(group.name)}, ${name}, 'COUNT', ${count}, 'STREAMS', ${tsString(stream.name)}, last)) as Answer`,
      ...on(role.docs, 'historyAsked'),
    ),
    line('  const entries = answer?.[0]?.[1] ?? []'),
    line('  if (entries.length === 0) break'),
    ...each.map(indented),
    line('  last = entries.at(-1)?.[0] ?? last'),
    line('}'),
  ]
}

function loopLines(role: Role<'redisConsumer'>, place: Place, each: Line[]): Line[] {
  const { count, blockMs, ack, claimEveryMs, minIdleMs = 0 } = role.docs[0]
  const { stream, group, own, name } = place
  const noAck = ack === 'noack' ? "'NOACK', " : ''
  const read = [
    line(
      `const answer = (await ${own}.xreadgroup('GROUP', ${tsString(group.name)}, ${name}, 'COUNT', ${count}, 'BLOCK', ${blockMs}, ${noAck}'STREAMS', ${tsString(stream.name)}, '>')) as Answer`,
      ...on(role.docs, 'entriesAsked', 'noEntries'),
    ),
    line('const entries = answer?.[0]?.[1] ?? []'),
    ...each,
  ]
  if (claimEveryMs === undefined) return [line('for (;;) {'), ...read.map(indented), line('}')]
  const at = `${tsString(stream.name)}, ${tsString(group.name)}, ${name}`
  return [
    line('let claimed = Date.now()'),
    line("let start = '0-0'"),
    line('for (;;) {'),
    line(`  if (start !== '0-0' || Date.now() - claimed >= ${claimEveryMs}) {`),
    line("    if (start === '0-0') claimed = Date.now()"),
    line(
      `    const [next, entries] = (await ${own}.xautoclaim(${at}, ${minIdleMs}, start, 'COUNT', ${count})) as [string, Entry[]]`,
      ...on(role.docs, 'claimAsked'),
    ),
    line('    start = next'),
    ...each.map(indented).map(indented),
    line('    continue'),
    line('  }'),
    ...read.map(indented),
    line('}'),
  ]
}

/** In a listing of everything, loops run side by side. */
function addLoop(
  sheet: Sheet,
  role: Role<'redisConsumer'> | Role<'redisReader'>,
  lines: readonly Line[],
): void {
  if (sheet.form === 'own') {
    sheet.add('loops', ...runBy(role), ...lines)
    return
  }
  sheet.add(
    'loops',
    ...runBy(role),
    line('void (async () => {'),
    ...lines.map(indented),
    line('})()'),
  )
}

/** A plain reader: it remembers how far it has come. */
export function writeRedisReader(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisReader'>,
): void {
  const read = readBy(scenario, role)
  if (!read) return
  entryTypes(sheet)
  const own = connectOwn(sheet, role)
  const { from, count, blockMs } = role.docs[0]
  const work = workLines(sheet, scenario, role)
  const guarded = mayThrow(role)
    ? [
        line('try {'),
        ...work.map(indented),
        line('} catch (error) {'),
        line('  console.error(error) // It goes on with the next one.', ...on(role.docs, 'failed')),
        line('}'),
      ]
    : work
  addLoop(sheet, role, [
    ...ownStart(sheet, role, null),
    line(`let last = ${tsString(from)}`),
    line('for (;;) {'),
    line(
      `  const answer = (await ${own}.xread('COUNT', ${count}, 'BLOCK', ${blockMs}, 'STREAMS', ${tsString(read.stream.name)}, last)) as Answer`,
      ...on(role.docs, 'entriesAsked', 'noEntries'),
    ),
    line(
      '  for (const [id, fields] of answer?.[0]?.[1] ?? []) {',
      ...on(role.docs, 'entriesTaken', 'started'),
    ),
    line('    last = id'),
    line('    if (fields === null) continue'),
    ...guarded.map(indented).map(indented),
    line('  }'),
    line('}'),
  ])
}
