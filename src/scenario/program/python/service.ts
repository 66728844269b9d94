/** Services with a database: psycopg2, two writes in either order, an outbox with its relay, or change data capture. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { flush, indented } from './clients.ts'
import { handlerName, publishStatement, type Text } from './publish.ts'
import { pyName, pyTemplate } from './text.ts'

const ADDRESS = 'dbname=service host=localhost'

export function writeService(sheet: Sheet, scenario: Scenario, role: Role<'service'>): void {
  const service = role.docs[0]
  const { writes, output = '{body}' } = service
  const rows = tableOf(service.id)
  sheet.import('import psycopg2')
  sheet.once('database', () =>
    sheet.add('connections', line(`database = psycopg2.connect('${ADDRESS}')`)),
  )
  sheet.add('topology', ...tablesOf(service, rows))
  const body = output === '{body}' ? 'body' : pyTemplate(output, /\{(body)\}/, () => 'body')
  const told = writes === 'cdc' ? 'change' : writes === 'outbox' ? 'row[1]' : body
  const tell = tellOf(sheet, scenario, role, { expression: told })
  if (sheet.confirms && sheet.has('amqp')) {
    sheet.once('confirm delivery', () => sheet.add('topology', line('channel.confirm_delivery()')))
  }
  const head = line(
    `def ${handlerName(sheet, service)}(body):`,
    ...on(role.docs, 'received', 'started'),
  )
  sheet.add('definitions', head, ...writesOf(role, rows, tell, body))
  if (writes === 'outbox') writeRelayOf(sheet, role, rows, tell)
  if (writes === 'cdc') writeCapture(sheet, role, rows, tell)
}

/** What it does with a command. `with database` is one transaction: committed at its end, or rolled back. */
function writesOf(
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
  body: string,
): Line[] {
  const { writes, writeMs = 100 } = role.docs[0]
  const lit = on(role.docs, 'rowSaved')
  const save = [
    line('    with database, database.cursor() as cursor:'),
    line(`        cursor.execute('INSERT INTO ${rows} (body) VALUES (%s)', [body])`, ...lit),
  ]
  const between = `${writeMs} ms in the run`
  switch (writes) {
    case 'databaseFirst':
      return [
        ...save,
        line(`    # A crash here (${between}) leaves a row that nobody is told of.`),
        ...tell.map(indented),
      ]
    case 'brokerFirst':
      return [
        ...tell.map(indented),
        line(`    # A crash here (${between}) leaves a message about a row that is not there.`),
        ...save,
      ]
    case 'cdc':
      return save
    case 'outbox':
      return [
        ...save,
        line(
          `        cursor.execute('INSERT INTO ${rows}_outbox (body) VALUES (%s)', [${body}])`,
          ...lit,
        ),
      ]
  }
}

/** The relay: published first, marked after that, so that a crash in between tells it again. */
function writeRelayOf(
  sheet: Sheet,
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
): void {
  const { id, pollMs = 500, relays = 1, claims = 'none' } = role.docs[0]
  const relay = sheet.name(`${pyName(id)}_relay`)
  const isLeased = relays > 1 && claims === 'lease'
  const inner = isLeased ? line : (text: string, ...lit: Lit[]) => line(`    ${text}`, ...lit)
  const told = tell.map(indented).map(indented)
  sheet.import('import time')
  sheet.add(
    'definitions',
    line(`def ${relay}():`),
    line('    with database, database.cursor() as cursor:'),
    ...takeOf(role, rows),
    inner('    for row in rows:'),
    ...(isLeased ? told : told.map(indented)),
    inner('    # A crash here publishes them once more.'),
    inner('    ids = [row[0] for row in rows]'),
    ...(isLeased ? [line('    with database, database.cursor() as cursor:')] : []),
    line(
      `        cursor.execute('UPDATE ${rows}_outbox SET published = true WHERE id = ANY(%s)', [ids])`,
      ...on(role.docs, 'marked', 'rowsMarked'),
    ),
  )
  sheet.add(
    'loops',
    ...(relays > 1 ? [line(`# In the run ${relays} processes do this at the same time.`)] : []),
    line('while True:'),
    line(`    ${relay}()`),
    line(`    time.sleep(${pollMs / 1000})`),
  )
}

/** How a relay takes rows up: read, locked, or leased. */
function takeOf(role: Role<'service'>, rows: string): Line[] {
  const { batch = 10, relays = 1, claims = 'none', leaseMs = 5000 } = role.docs[0]
  const how = relays === 1 ? 'none' : claims
  const lit = on(role.docs, 'relaying', 'rowsTaken')
  const free = `SELECT id, body FROM ${rows}_outbox WHERE NOT published ORDER BY id LIMIT ${batch}`
  const fetched = line('        rows = cursor.fetchall()')
  if (how === 'none') return [line(`        cursor.execute('${free}')`, ...lit), fetched]
  if (how === 'lock') {
    return [
      line('        # Other relays skip these rows; a crash ends the transaction and its locks.'),
      line(`        cursor.execute('${free} FOR UPDATE SKIP LOCKED')`, ...lit),
      fetched,
    ]
  }
  const due = `SELECT id FROM ${rows}_outbox WHERE NOT published AND leased_until < now() ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED`
  return [
    line(
      '        # Other relays leave these rows alone until the lease runs out, even after a crash.',
    ),
    line(
      `        cursor.execute("UPDATE ${rows}_outbox SET leased_until = now() + interval '${leaseMs} ms'"`,
      ...lit,
    ),
    line(`                       " WHERE id IN (${due}) RETURNING id, body")`, ...lit),
    line('        rows = sorted(cursor.fetchall())'),
  ]
}

/** Change data capture: the database's own log is read; what is confirmed is not read again. */
function writeCapture(
  sheet: Sheet,
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
): void {
  sheet.import('import json')
  sheet.importFrom('psycopg2.extras', 'LogicalReplicationConnection')
  const capture = sheet.name(`capture_${pyName(role.docs[0].id)}`)
  sheet.add(
    'definitions',
    line(`def ${capture}(entry):`, ...on(role.docs, 'relaying')),
    line("    for each in json.loads(entry.payload)['change']:"),
    line(`        if each['kind'] != 'insert' or each['table'] != '${rows}':`),
    line('            continue'),
    line("        row = dict(zip(each['columnnames'], each['columnvalues']))"),
    line("        change = json.dumps({'op': 'insert', 'after': row['body']})"),
    ...tell.map(indented).map(indented),
    line('    # A crash here publishes it once more.'),
    line(
      '    entry.cursor.send_feedback(flush_lsn=entry.data_start, force=True)',
      ...on(role.docs, 'marked'),
    ),
  )
  sheet.add(
    'loops',
    line(`# Once: SELECT pg_create_logical_replication_slot('${rows}', 'wal2json');`),
    line(
      `log = psycopg2.connect('${ADDRESS}', connection_factory=LogicalReplicationConnection).cursor()`,
    ),
    line(`log.start_replication(slot_name='${rows}', decode=True)`),
    line(`log.consume_stream(${capture})`),
  )
}

/** Tells others: by every link out. */
function tellOf(sheet: Sheet, scenario: Scenario, role: Role<'service'>, body: Text): Line[] {
  const lit = on(role.docs, 'announced', 'published')
  const outlets = outletsOf(scenario, role)
  const told = outlets.map((outlet) => publishStatement(sheet, outlet, body, null, lit))
  return told.length === 0 ? [line('pass')] : [...told, ...flush(outlets)]
}

function tablesOf({ writes, relays = 1, claims }: NodeOf<'service'>, rows: string): Line[] {
  const create = (table: string, more: string) =>
    line(
      `    cursor.execute("CREATE TABLE IF NOT EXISTS ${table} (id bigserial PRIMARY KEY, body text${more})")`,
    )
  const leased = relays > 1 && claims === 'lease'
  const lease = leased ? ", leased_until timestamptz DEFAULT '-infinity'" : ''
  return [
    line('with database, database.cursor() as cursor:'),
    create(rows, ''),
    ...(writes === 'outbox'
      ? [create(`${rows}_outbox`, `, published boolean DEFAULT false${lease}`)]
      : []),
  ]
}

/** A table's name: lower case, words and nothing else. */
function tableOf(id: string): string {
  return `rows_of_${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`
}
