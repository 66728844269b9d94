/** Event sourcing in plain TypeScript: an append-only list, a decision, and folds. */
import type { NodeDoc, Scenario } from '../../document.ts'
import { outletsOf, type Role, sourcesOf } from '../plan.ts'
import { line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented } from './clients.ts'
import { handlerName, publishStatement } from './publish.ts'
import { tsName, tsString, tsTemplate } from './text.ts'

/** The list of all events, with the check that makes two writers safe, and the stores themselves. */
export function writeStores(sheet: Sheet, stores: readonly NodeDoc[]): void {
  if (stores.length === 0) return
  const appended = on(stores, 'appended', 'streamCreated')
  const conflicted = on(stores, 'conflicted')
  writeTypes(sheet)
  sheet.add(
    'definitions',
    line('class EventStore {'),
    line('  readonly log: Stored[] = [] // only ever appended to'),
    line(''),
    line('  read(stream: string): Stored[] {'),
    line('    return this.log.filter((event) => event.stream === stream)'),
    line('  }'),
    line(''),
    line('  append(stream: string, expectedVersion: number, event: Event): void {'),
    line('    const version = this.read(stream).length - 1'),
    line('    if (version !== expectedVersion) {', ...conflicted),
    line(
      `      throw new Error(\`\${stream} is at version \${version}, not \${expectedVersion}\`)`,
      ...conflicted,
    ),
    line('    }'),
    line(
      '    this.log.push({ ...event, stream, version: version + 1, position: this.log.length })',
      ...appended,
    ),
    line('  }'),
    line('}'),
  )
  sheet.add(
    'definitions',
    ...stores.map((store) => line(`const ${storeName(sheet, store)} = new EventStore()`)),
  )
}

function writeTypes(sheet: Sheet): void {
  sheet.once('types', () =>
    sheet.add(
      'definitions',
      line('type Data = { id?: string; account?: string; balance?: number; amount?: number }'),
      line('type Event = { type: string; data: Data }'),
      line('type Stored = Event & { stream: string; version: number; position: number }'),
    ),
  )
}

/** What an account makes of an event. Everything that folds events uses it. */
function writeEvolve(sheet: Sheet): void {
  writeTypes(sheet)
  sheet.once('evolve', () =>
    sheet.add(
      'definitions',
      line('function evolve(balance: number, { type, data }: Event): number {'),
      line("  if (type === 'AccountCreated') return data.balance ?? 0"),
      line("  if (type === 'Deposited') return balance + (data.amount ?? 0)"),
      line("  if (type === 'Withdrawn') return balance - (data.amount ?? 0)"),
      line('  return balance'),
      line('}'),
    ),
  )
}

function writeDecide(sheet: Sheet): void {
  sheet.once('decide', () =>
    sheet.add(
      'definitions',
      line('type Command = { type: string; account?: string; amount?: number }'),
      line(''),
      line('function decide(command: Command, balance: number, isOpen: boolean): Event {'),
      line('  const { type, account, amount = 0 } = command'),
      line("  if (type === 'CreateAccount' && !isOpen) {"),
      line("    return { type: 'AccountCreated', data: { id: account, balance: 0 } }"),
      line('  }'),
      line("  if (type === 'Deposit' && isOpen) {"),
      line("    return { type: 'Deposited', data: { account, amount } }"),
      line('  }'),
      line("  if (type === 'Withdraw' && amount <= balance) {"),
      line("    return { type: 'Withdrawn', data: { account, amount } }"),
      line('  }'),
      line(`  throw new Error(\`\${type} is turned down: the balance is \${balance}\`)`),
      line('}'),
    ),
  )
}

export function writeCommandHandler(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'commandHandler'>,
): void {
  const handler = role.docs[0]
  const store = outletsOf(scenario, role)[0]?.to
  const account = tsString(handler.stream.replace(/^account-/, ''))
  writeEvolve(sheet)
  writeDecide(sheet)
  if (!store) {
    const open = line(`function ${handlerName(sheet, handler)}(_sent: Command): void {`)
    const fail = line(
      "  console.log('there is no event store to append to')",
      ...on(role.docs, 'rejected'),
    )
    sheet.add('definitions', open, fail, line('}'))
    return
  }
  const log = storeName(sheet, store)
  sheet.add(
    'definitions',
    line(
      `function ${handlerName(sheet, handler)}(sent: Command): void {`,
      ...on(role.docs, 'received'),
    ),
    line(`  const command = { account: ${account}, ...sent }`),
    line(`  const stream = \`account-\${command.account}\``),
    line(`  const past = ${log}.read(stream)`, ...on(role.docs, 'loading', 'loaded')),
    line('  const balance = past.reduce(evolve, 0)', ...on(role.docs, 'loaded')),
    line('  try {'),
    line(
      '    const event = decide(command, balance, past.length > 0)',
      ...on(role.docs, 'started'),
    ),
    line(
      `    ${log}.append(stream, past.length - 1, event)`,
      ...on(role.docs, 'appending', 'accepted'),
    ),
    line('  } catch (error) {'),
    line('    console.log(String(error))', ...on(role.docs, 'rejected')),
    line('  }'),
    line('}'),
  )
}

/** The read model, computed from all events at the end of the program. */
export function writeProjection(sheet: Sheet, scenario: Scenario, role: Role<'projection'>): void {
  const projection = role.docs[0]
  const store = sourcesOf(scenario, role)[0]
  if (!store) return
  const folding = on(role.docs, 'processed')
  const rows = sheet.name(projection.view === 'counts' ? 'counts' : 'balances')
  const head = [
    line(`const ${rows} = new Map<string, number>()`),
    line(
      `for (const event of ${storeName(sheet, store)}.log) {`,
      ...on(role.docs, 'received', 'started'),
    ),
  ]
  if (projection.view === 'counts') {
    const count = `${rows}.set(event.type, (${rows}.get(event.type) ?? 0) + 1)`
    sheet.add(
      'actions',
      ...head,
      line(`  ${count}`, ...folding),
      line('}'),
      line(`console.log(${rows})`),
    )
    return
  }
  writeEvolve(sheet)
  const fold = line(
    `  ${rows}.set(event.stream, evolve(${rows}.get(event.stream) ?? 0, event))`,
    ...folding,
  )
  const print =
    projection.view === 'statement'
      ? [
          line(`  console.log(event.stream, event.type, ${rows}.get(event.stream))`, ...folding),
          line('}'),
        ]
      : [
          line('}'),
          line(`for (const balance of ${rows}.values()) {`),
          line(`  console.log(\`Current balance: \${balance}\`)`, ...folding),
          line('}'),
        ]
  sheet.add('actions', ...head, fold, ...print)
}

/** The relay publishes and only then moves its position: at least once. */
export function writeRelay(sheet: Sheet, scenario: Scenario, role: Role<'relay'>): void {
  const relay = role.docs[0]
  const store = sourcesOf(scenario, role)[0]
  if (!store) return
  const position = sheet.name(`${tsName(relay.id)}Position`)
  const lit = on(role.docs, 'relayed', 'published')
  const publish = outletsOf(scenario, role).map((outlet) =>
    publishStatement(sheet, outlet, relayText(relay.body), 'event.stream', lit),
  )
  const log = `${storeName(sheet, store)}.log`
  sheet.add(
    'actions',
    line(`let ${position} = 0`),
    line(`while (${position} < ${log}.length) {`, ...on(role.docs, 'polling', 'polled')),
    line(
      `  const batch = ${log}.slice(${position}, ${position} + ${relay.batch})`,
      ...on(role.docs, 'polled'),
    ),
    line('  for (const event of batch) {'),
    ...publish.map(indented).map(indented),
    line('  }'),
    line(`  ${position} += batch.length`, ...on(role.docs, 'saved')),
    line('}'),
  )
}

function relayText(template: string | undefined): string {
  if (template === undefined || template === '') {
    return 'JSON.stringify({ type: event.type, ...event.data })'
  }
  return tsTemplate(template, /\{(\w+)\}/, (name) => {
    if (name === 'data') return 'JSON.stringify(event.data)'
    if (['type', 'stream', 'version', 'position'].includes(name)) return `event.${name}`
    if (['id', 'account', 'balance', 'amount'].includes(name)) return `event.data.${name} ?? ''`
    return `''`
  })
}

function storeName(sheet: Sheet, store: NodeDoc): string {
  return sheet.nameOf(store, tsName(store.id))
}
