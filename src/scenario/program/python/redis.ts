/** Python programs for Redis streams: redis-py. */
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
import { joinsLate, placeWork, sleepOf } from './places.ts'
import { strOf, type Text } from './publish.ts'
import { secondsOf } from './schedule.ts'
import { pyName, pyString } from './text.ts'

export function connectRedis(sheet: Sheet): void {
  sheet.once('redis', () => {
    sheet.import('import redis')
    sheet.add('connections', line('r = redis.Redis(decode_responses=True)'))
  })
}

/** Groups with their streams. One that is there stays as it is. */
export function createRedisGroups(
  sheet: Sheet,
  scenario: Scenario,
  parts: readonly (NodeOf<'redisStream'> | NodeOf<'redisGroup'>)[],
): void {
  const groups = parts.filter((part) => part.kind === 'redisGroup')
  const streams = parts.filter((part) => part.kind === 'redisStream')
  const isAlone = groups.length === 0 && sheet.form === 'own'
  for (const stream of isAlone ? streams : []) {
    sheet.add('topology', line(`# ${NO_STREAM_SET_UP}`, { node: stream.id, facts: STREAM_LIT }))
  }
  if (groups.length === 0) return
  connectRedis(sheet)
  for (const group of groups) {
    const stream = streamOfGroup(scenario, group)
    if (!stream) continue
    const at = `${pyString(stream.name)}, ${pyString(group.name)}`
    sheet.add(
      'topology',
      ...madeLate(sheet, group),
      line('try:'),
      line(`    r.xgroup_create(${at}, id=${pyString(group.start ?? '$')}, mkstream=True)`, {
        node: group.id,
        facts: GROUP_LIT,
      }),
      line('except redis.ResponseError as error:'),
      line("    if not str(error).startswith('BUSYGROUP'):"),
      line('        raise'),
    )
  }
}

function madeLate(sheet: Sheet, { createdAtMs }: NodeOf<'redisGroup'>): Line[] {
  if (createdAtMs === undefined) return []
  const at = secondsOf(createdAtMs)
  if (sheet.form !== 'own') return [line(`# In the run at ${at} s:`)]
  return [line(`${sleepOf(sheet, false)}(${at})  # The group is made late.`)]
}

/** XADD, with what the stream says about trimming. */
export function addStatement(
  sheet: Sheet,
  stream: NodeOf<'redisStream'>,
  body: Text,
  lit: readonly Lit[],
): Line {
  connectRedis(sheet)
  return line(`r.${addCall(sheet, stream, `{'body': ${strOf(body)}}`)}`, ...lit, {
    node: stream.id,
    facts: STREAM_LIT,
  })
}

function addCall(sheet: Sheet, stream: NodeOf<'redisStream'>, fields: string): string {
  const { maxLength, maxAgeMs, approximate } = stream
  const how = approximate ? 'True' : 'False'
  if (maxAgeMs !== undefined) sheet.import('import time')
  const trim =
    maxLength !== undefined
      ? `, maxlen=${maxLength}, approximate=${how}`
      : maxAgeMs !== undefined
        ? `, minid=int(time.time() * 1000) - ${maxAgeMs}, approximate=${how}`
        : ''
  return `xadd(${pyString(stream.name)}, ${fields}${trim})`
}

/** A consumer of a group: its handler, what it reads first, and its loop. */
export function writeRedisConsumer(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisConsumer'>,
): void {
  const read = readBy(scenario, role)
  if (!read?.group) return
  connectRedis(sheet)
  const { stream, group } = read
  const consumer = role.docs[0]
  const handle = sheet.name(`handle_${pyName(consumer.id)}`)
  const isAcked = consumer.ack !== 'noack'
  const ack = line(`r.xack(${pyString(stream.name)}, ${pyString(group.name)}, entry_id)`, {
    node: group.id,
    facts: ['entryAcked'],
  })
  const work = workLines(sheet, scenario, role)
  const body = consumer.ack === 'before' ? [ack, ...work] : isAcked ? [...work, ack] : work
  sheet.add(
    'definitions',
    line(`def ${handle}(entry_id, fields):`, ...on(role.docs, 'started')),
    ...[...beforeWork(sheet, scenario, role, stream, group, ack), ...body].map(indented),
  )
  const name = consumerName(sheet, role)
  const each = eachEntry(role, handle)
  const from = `${pyString(group.name)}, ${name}, {${pyString(stream.name)}: `
  const lines = ownStart(sheet, role, group)
  if (consumer.readsPending) lines.push(...historyLines(role, from, each))
  sheet.add('loops', ...runBy(role), ...lines, ...loopLines(sheet, role, from, each, read))
}

/** What an own program does and says before its loop. */
function ownStart(
  sheet: Sheet,
  role: Role<'redisConsumer'> | Role<'redisReader'>,
  group: NodeOf<'redisGroup'> | null,
): Line[] {
  if (sheet.form !== 'own') return []
  const notes = killNotes(role).map((note) => line(`# ${note}`))
  return [...notes, ...joinsLate(sheet, lateMs(group, role), false)]
}

/** Several programs have a name each. */
function consumerName(sheet: Sheet, role: Role<'redisConsumer'>): string {
  if (role.docs.length === 1) return pyString(role.docs[0].name)
  sheet.import('import sys')
  return 'sys.argv[1]'
}

function workLines(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisConsumer'> | Role<'redisReader'>,
): Line[] {
  const { failOn } = role.docs[0]
  const work = workOf(sheet, scenario, role, "fields['body']", 'channel')
  const effect = work.length > 0 ? work : [line('pass', ...on(role.docs, 'processed'))]
  const time = sheet.form === 'own' ? placeWork(sheet, role.docs[0], false, "fields['body']") : []
  const notes = inboxNotes(role).map((note) => line(`# ${note}`))
  const done = [...time, ...notes, ...effect]
  if (failOn === undefined) return done
  return [
    line(`if ${pyString(failOn)} in fields['body']:`),
    line("    raise RuntimeError(fields['body'])", ...on(role.docs, 'failed')),
    ...done,
  ]
}

/** What is trimmed has no fields; what came too often is set aside. */
function beforeWork(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisConsumer'>,
  stream: NodeOf<'redisStream'>,
  group: NodeOf<'redisGroup'>,
  ack: Line,
): Line[] {
  const consumer = role.docs[0]
  const lines: Line[] = []
  if (consumer.readsPending) {
    lines.push(line('if not fields:', ...on(role.docs, 'foundGone')), indented(ack))
    lines.push(line('    return'))
  }
  if (consumer.maxDeliveries === undefined || consumer.ack === 'noack') return lines
  const at = `${pyString(stream.name)}, ${pyString(group.name)}`
  lines.push(
    line(`[pending] = r.xpending_range(${at}, min=entry_id, max=entry_id, count=1)`),
    line(`if pending['times_delivered'] > ${consumer.maxDeliveries}:`),
  )
  const letters = lettersOf(scenario, consumer)
  const lit = on(role.docs, 'entrySetAside')
  if (letters) {
    lines.push(
      line('    with r.pipeline(transaction=True) as both:'),
      line(`        both.${addCall(sheet, letters, 'fields')}`, ...lit, {
        node: letters.id,
        facts: STREAM_LIT,
      }),
      line(`        both.xack(${at}, entry_id)`),
      line('        both.execute()'),
    )
  } else lines.push(indented(line(ack.text, ...lit)))
  lines.push(line('    return'))
  return lines
}

function eachEntry(role: Role<'redisConsumer'>, handle: string): Line[] {
  const head = line('for entry_id, fields in entries:', ...on(role.docs, 'entriesTaken'))
  const call = `${handle}(entry_id, fields)`
  if (!mayThrow(role)) return [head, line(`    ${call}`)]
  return [
    head,
    line('    try:'),
    line(`        ${call}`),
    line('    except Exception:'),
    line('        pass  # It stays pending under its name.', ...on(role.docs, 'failed')),
  ]
}

function historyLines(role: Role<'redisConsumer'>, from: string, each: Line[]): Line[] {
  const { count } = role.docs[0]
  return [
    line("last = '0'  # First what is pending under its name."),
    line('while True:'),
    line(
      `    [[_, entries]] = r.xreadgroup(${from}last}, count=${count})`,
      ...on(role.docs, 'historyAsked'),
    ),
    line('    if not entries:'),
    line('        break'),
    ...each.map(indented),
    line('    last = entries[-1][0]'),
    line(''),
  ]
}

function loopLines(
  sheet: Sheet,
  role: Role<'redisConsumer'>,
  from: string,
  each: Line[],
  { stream, group }: NonNullable<ReturnType<typeof readBy>>,
): Line[] {
  const { count, blockMs, ack, claimEveryMs, minIdleMs = 0 } = role.docs[0]
  const noAck = ack === 'noack' ? ', noack=True' : ''
  const read = [
    line(
      `answer = r.xreadgroup(${from}'>'}, count=${count}, block=${blockMs}${noAck})`,
      ...on(role.docs, 'entriesAsked', 'noEntries'),
    ),
    line('entries = answer[0][1] if answer else []'),
  ]
  if (claimEveryMs === undefined) {
    return [line('while True:'), ...[...read, ...each].map(indented)]
  }
  sheet.import('import time')
  const at = `${pyString(stream.name)}, ${pyString(group?.name ?? '')}, ${consumerName(sheet, role)}`
  return [
    line("claimed, start = time.monotonic(), '0-0'"),
    line('while True:'),
    line(`    if start != '0-0' or time.monotonic() - claimed >= ${claimEveryMs / 1000}:`),
    line("        if start == '0-0':"),
    line('            claimed = time.monotonic()'),
    line(
      `        start, entries, _ = r.xautoclaim(${at}, min_idle_time=${minIdleMs}, start_id=start, count=${count})`,
      ...on(role.docs, 'claimAsked'),
    ),
    line('    else:'),
    ...read.map(indented).map(indented),
    ...each.map(indented),
  ]
}

/** A plain reader: it remembers how far it has come. */
export function writeRedisReader(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'redisReader'>,
): void {
  const read = readBy(scenario, role)
  if (!read) return
  connectRedis(sheet)
  const { from, count, blockMs } = role.docs[0]
  const key = pyString(read.stream.name)
  const work = workLines(sheet, scenario, role)
  const guarded = mayThrow(role)
    ? [
        line('try:'),
        ...work.map(indented),
        line('except Exception:'),
        line('    pass  # It goes on with the next one.', ...on(role.docs, 'failed')),
      ]
    : work
  sheet.add(
    'loops',
    ...runBy(role),
    ...ownStart(sheet, role, null),
    line(`last = ${pyString(from)}`),
    line('while True:'),
    line(
      `    answer = r.xread({${key}: last}, count=${count}, block=${blockMs})`,
      ...on(role.docs, 'entriesAsked', 'noEntries'),
    ),
    line(
      '    for entry_id, fields in answer[0][1] if answer else []:',
      ...on(role.docs, 'entriesTaken', 'started'),
    ),
    ...guarded.map(indented).map(indented),
    line('        last = entry_id'),
  )
}
