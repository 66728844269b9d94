/** Services with a database: node-postgres, two writes in either order, an outbox with its relay, or change data capture. */
import type { NodeOf, Scenario } from '../../document.ts'
import { outletsOf, type Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented } from './clients.ts'
import { handlerName, publishStatement } from './publish.ts'
import { tsName, tsTemplate } from './text.ts'

const ADDRESS = 'postgresql://localhost/service'

export function writeService(sheet: Sheet, scenario: Scenario, role: Role<'service'>): void {
  const service = role.docs[0]
  const { writes, output = '{body}' } = service
  const rows = tableOf(service.id)
  sheet.import("import pg from 'pg'")
  sheet.once('database', () =>
    sheet.add(
      'connections',
      line(`const database = new pg.Pool({ connectionString: '${ADDRESS}' })`),
    ),
  )
  sheet.add('topology', ...tablesOf(service, rows))
  const body = output === '{body}' ? 'body' : tsTemplate(output, /\{(body)\}/, () => 'body')
  // What lies in an outbox is made already.
  const told = writes === 'cdc' ? 'change' : writes === 'outbox' ? 'body' : body
  const tell = tellOf(sheet, scenario, role, told)
  const head = line(
    `async function ${handlerName(sheet, service)}(body: string): Promise<void> {`,
    ...on(role.docs, 'received', 'started'),
  )
  sheet.add('definitions', head, ...writesOf(role, rows, tell, body), line('}'))
  if (writes === 'outbox') writeRelayOf(sheet, role, rows, tell)
  if (writes === 'cdc') writeCapture(sheet, role, rows, tell)
}

/** What it does with a command. */
function writesOf(
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
  body: string,
): Line[] {
  const { writes, writeMs = 100 } = role.docs[0]
  const lit = on(role.docs, 'rowSaved')
  const save = (client: string) =>
    line(`  await ${client}.query('INSERT INTO ${rows} (body) VALUES ($1)', [body])`, ...lit)
  const between = `${writeMs} ms in the run`
  switch (writes) {
    case 'databaseFirst':
      return [
        save('database'),
        line(`  // A crash here (${between}) leaves a row that nobody is told of.`),
        ...tell.map(indented),
      ]
    case 'brokerFirst':
      return [
        ...tell.map(indented),
        line(`  // A crash here (${between}) leaves a message about a row that is not there.`),
        save('database'),
      ]
    case 'cdc':
      return [save('database')]
    case 'outbox':
      return inTransaction([
        save('client'),
        line(
          `  await client.query('INSERT INTO ${rows}_outbox (body) VALUES ($1)', [${body}])`,
          ...lit,
        ),
      ])
  }
}

/** One transaction: committed at its end, or rolled back. */
function inTransaction(lines: readonly Line[]): Line[] {
  return [
    line('  const client = await database.connect()'),
    line('  try {'),
    line("    await client.query('BEGIN')"),
    ...lines.map(indented),
    line("    await client.query('COMMIT')"),
    line('  } catch (error) {'),
    line("    await client.query('ROLLBACK')"),
    line('    throw error'),
    line('  } finally {'),
    line('    client.release()'),
    line('  }'),
  ]
}

/** The relay: published first, marked after that, so that a crash in between tells it again. */
function writeRelayOf(
  sheet: Sheet,
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
): void {
  const { id, pollMs = 500, relays = 1, claims = 'none' } = role.docs[0]
  const relay = sheet.name(`${tsName(id)}Relay`)
  const isLocked = relays > 1 && claims === 'lock'
  const publish = [
    ...takeOf(role, rows),
    line('  for (const { body } of rows) {'),
    ...tell.map(indented).map(indented),
    line('  }'),
    ...confirmed(sheet).map(indented),
    line('  // A crash here publishes them once more.'),
    line('  const ids = rows.map(({ id }) => id)'),
    line(
      `  await ${isLocked ? 'client' : 'database'}.query('UPDATE ${rows}_outbox SET published = true WHERE id = ANY($1)', [ids])`,
      ...on(role.docs, 'marked', 'rowsMarked'),
    ),
  ]
  sheet.add(
    'definitions',
    line(`async function ${relay}(): Promise<void> {`),
    ...(isLocked ? inTransaction(publish) : publish),
    line('}'),
  )
  sheet.import("import { setTimeout as sleep } from 'node:timers/promises'")
  sheet.add(
    'definitions',
    line(`async function ${relay}Forever(): Promise<void> {`),
    line('  for (;;) {'),
    line(`    await ${relay}()`),
    line(`    await sleep(${pollMs})`),
    line('  }'),
    line('}'),
  )
  const each = relays > 1 ? `for (let n = 0; n < ${relays}; n++) ` : ''
  sheet.add('loops', line(`${each}void ${relay}Forever()`))
}

/** How a relay takes rows up: read, locked, or leased. */
function takeOf(role: Role<'service'>, rows: string): Line[] {
  const { batch = 10, relays = 1, claims = 'none', leaseMs = 5000 } = role.docs[0]
  const how = relays === 1 ? 'none' : claims
  const lit = on(role.docs, 'relaying', 'rowsTaken')
  const query = (client: string, text: string) => [
    line(`  const { rows } = await ${client}.query<{ id: string; body: string }>(`),
    line(`    ${text},`, ...lit),
    line('  )'),
  ]
  const free = `SELECT id, body FROM ${rows}_outbox WHERE NOT published ORDER BY id LIMIT ${batch}`
  if (how === 'none') return query('database', `'${free}'`)
  if (how === 'lock') {
    const skip = line(
      '  // Other relays skip these rows; a crash ends the transaction and its locks.',
    )
    return [skip, ...query('client', `'${free} FOR UPDATE SKIP LOCKED'`)]
  }
  const due = `SELECT id FROM ${rows}_outbox WHERE NOT published AND leased_until < now() ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED`
  return [
    line('  // Other relays leave these rows alone until the lease runs out, even after a crash.'),
    ...query(
      'database',
      `\`UPDATE ${rows}_outbox SET leased_until = now() + interval '${leaseMs} ms'\n      WHERE id IN (${due}) RETURNING id, body\``,
    ),
    line('  rows.sort((a, b) => Number(a.id) - Number(b.id))'),
  ]
}

/** What is published is with the broker before it is marked. */
function confirmed(sheet: Sheet): Line[] {
  return sheet.has('amqp') ? [line('await channel.waitForConfirms()')] : []
}

/** Change data capture: the database's own log is read; what is acknowledged is not read again. */
function writeCapture(
  sheet: Sheet,
  role: Role<'service'>,
  rows: string,
  tell: readonly Line[],
): void {
  sheet.importFrom('pg-logical-replication', 'LogicalReplicationService')
  sheet.importFrom('pg-logical-replication', 'PgoutputPlugin')
  const log = sheet.name(`${tsName(role.docs[0].id)}Log`)
  sheet.add(
    'loops',
    line(`// Once: CREATE PUBLICATION ${rows} FOR TABLE ${rows};`),
    line(`// SELECT pg_create_logical_replication_slot('${rows}', 'pgoutput');`),
    line(`const ${log} = new LogicalReplicationService(`),
    line(`  { connectionString: '${ADDRESS}' },`),
    line('  { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } },'),
    line(')'),
    line(
      `${log}.on('data', async (position: string, entry: any) => {`,
      ...on(role.docs, 'relaying', 'rowsTaken'),
    ),
    line("  if (entry.tag === 'insert') {"),
    line("    const change = JSON.stringify({ op: 'insert', after: entry.new.body })"),
    ...tell.map(indented).map(indented),
    ...confirmed(sheet).map(indented).map(indented),
    line('  }'),
    line('  // A crash here publishes it once more.'),
    line(
      `  if (entry.tag === 'commit') await ${log}.acknowledge(position)`,
      ...on(role.docs, 'marked', 'rowsMarked'),
    ),
    line('})'),
    line(
      `void ${log}.subscribe(new PgoutputPlugin({ protoVersion: 1, publicationNames: ['${rows}'] }), '${rows}')`,
    ),
  )
}

/** Tells others: by every link out. */
function tellOf(sheet: Sheet, scenario: Scenario, role: Role<'service'>, body: string): Line[] {
  const lit = on(role.docs, 'announced', 'published')
  return outletsOf(scenario, role).map((outlet) => publishStatement(sheet, outlet, body, null, lit))
}

function tablesOf({ writes, relays = 1, claims }: NodeOf<'service'>, rows: string): Line[] {
  const create = (table: string, more: string) =>
    line(
      `await database.query("CREATE TABLE IF NOT EXISTS ${table} (id bigserial PRIMARY KEY, body text${more})")`,
    )
  const leased = relays > 1 && claims === 'lease'
  const lease = leased ? ", leased_until timestamptz DEFAULT '-infinity'" : ''
  return [
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
