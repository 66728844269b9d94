/** Services with a database: node-postgres, two writes in either order, an outbox with its relay, or change data capture. */
import type { Scenario } from '../../document.ts'
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
  sheet.add('topology', ...tablesOf(rows, writes === 'outbox'))
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
      return [
        line('  const client = await database.connect()'),
        line('  try {'),
        line("    await client.query('BEGIN')"),
        indented(save('client')),
        line(
          `    await client.query('INSERT INTO ${rows}_outbox (body) VALUES ($1)', [${body}])`,
          ...lit,
        ),
        line("    await client.query('COMMIT')"),
        line('  } catch (error) {'),
        line("    await client.query('ROLLBACK')"),
        line('    throw error'),
        line('  } finally {'),
        line('    client.release()'),
        line('  }'),
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
  const { id, batch = 10, pollMs = 500 } = role.docs[0]
  const relay = sheet.name(`${tsName(id)}Relay`)
  sheet.add(
    'definitions',
    line(`async function ${relay}(): Promise<void> {`),
    line('  const { rows } = await database.query<{ id: string; body: string }>('),
    line(
      `    'SELECT id, body FROM ${rows}_outbox WHERE NOT published ORDER BY id LIMIT ${batch}',`,
      ...on(role.docs, 'relaying'),
    ),
    line('  )'),
    line('  for (const { body } of rows) {'),
    ...tell.map(indented).map(indented),
    line('  }'),
    line('  // A crash here publishes them once more.'),
    line('  const ids = rows.map(({ id }) => id)'),
    line(
      `  await database.query('UPDATE ${rows}_outbox SET published = true WHERE id = ANY($1)', [ids])`,
      ...on(role.docs, 'marked'),
    ),
    line('}'),
  )
  sheet.add('loops', line(`setInterval(() => void ${relay}(), ${pollMs})`))
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
      ...on(role.docs, 'relaying'),
    ),
    line("  if (entry.tag !== 'insert') return"),
    line("  const change = JSON.stringify({ op: 'insert', after: entry.new.body })"),
    ...tell.map(indented),
    line('  // A crash here publishes it once more.'),
    line(`  await ${log}.acknowledge(position)`, ...on(role.docs, 'marked')),
    line('})'),
    line(
      `await ${log}.subscribe(new PgoutputPlugin({ protoVersion: 1, publicationNames: ['${rows}'] }), '${rows}')`,
    ),
  )
}

/** Tells others: by every link out. */
function tellOf(sheet: Sheet, scenario: Scenario, role: Role<'service'>, body: string): Line[] {
  const lit = on(role.docs, 'announced', 'published')
  return outletsOf(scenario, role).map((outlet) => publishStatement(sheet, outlet, body, null, lit))
}

function tablesOf(rows: string, hasOutbox: boolean): Line[] {
  const create = (table: string, more: string) =>
    line(
      `await database.query('CREATE TABLE IF NOT EXISTS ${table} (id bigserial PRIMARY KEY, body text${more})')`,
    )
  return [
    create(rows, ''),
    ...(hasOutbox ? [create(`${rows}_outbox`, ', published boolean DEFAULT false')] : []),
  ]
}

/** A table's name: lower case, words and nothing else. */
function tableOf(id: string): string {
  return `rows_of_${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`
}
