/** Event sourcing in plain TypeScript: an append-only list, a decision, and folds. */

import type { ViewName } from '../../../clients/projection/settings.ts'
import type { NodeDoc, Scenario } from '../../document.ts'
import { type AnyRole, outletsOf, type Role, sourcesOf } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented } from './clients.ts'
import { logOf, writeCatchUp, writeDomainHandler, writeProcess } from './domainHandlers.ts'
import { handlerName, publishStatement } from './publish.ts'
import { tsName, tsString, tsTemplate, tsValue } from './text.ts'

/** The list of all events, with the check that makes two writers safe, and the stores themselves. */
export function writeStores(sheet: Sheet, scenario: Scenario, stores: readonly NodeDoc[]): void {
  if (stores.length === 0) return
  const appended = on(stores, 'appended', 'streamCreated')
  const conflicted = on(stores, 'conflicted')
  writeTypes(sheet, scenario)
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
    ...stores.flatMap((store) => contentsOf(sheet, store)),
  )
}

/** What a store holds from the start. */
function contentsOf(sheet: Sheet, store: NodeDoc): Line[] {
  if (store.kind !== 'eventStore') return []
  const log = storeName(sheet, store)
  return (store.contents ?? []).flatMap(({ stream, times = 1, events }) => {
    const name = tsString(stream)
    const appends = events.map(({ type, data }) => {
      const event = `{ type: ${tsString(type)}, data: ${tsValue(data)} }`
      return line(`${log}.append(${name}, ${log}.read(${name}).length - 1, ${event})`)
    })
    if (times === 1) return appends
    return [line(`for (let n = 0; n < ${times}; n++) {`), ...appends.map(indented), line('}')]
  })
}

/** Whether only accounts are written to: then data and commands have few fields. */
function hasAccountsOnly({ nodes }: Scenario): boolean {
  return nodes.every((node) => node.kind !== 'commandHandler' || node.domain === 'account')
}

/** A further cell of data and commands, where somebody writes the second version of events. */
function currencyOf({ nodes }: Scenario): string {
  const says = nodes.some(
    (node) => node.kind === 'commandHandler' && (node.writes ?? 'v1') !== 'v1',
  )
  return says ? '; currency?: string' : ''
}

/** Further cells of what stores hold from the start. */
function othersOf({ nodes }: Scenario): string {
  const contents = nodes.flatMap((node) =>
    node.kind === 'eventStore' ? (node.contents ?? []) : [],
  )
  const cells = contents.flatMap(({ events }) =>
    events.flatMap(({ data }) => Object.keys(data ?? {})),
  )
  const others = new Set(cells.filter((cell) => !ACCOUNT_CELLS.includes(cell)))
  return [...others].map((cell) => `; ${cell}?: any`).join('')
}

const ACCOUNT_CELLS = ['id', 'account', 'balance', 'amount', 'currency']

function writeTypes(sheet: Sheet, scenario: Scenario): void {
  const data = hasAccountsOnly(scenario)
    ? `{ id?: string; account?: string; balance?: number; amount?: number${currencyOf(scenario)}${othersOf(scenario)} }`
    : 'Record<string, any>'
  sheet.once('types', () =>
    sheet.add(
      'definitions',
      line(`type Data = ${data}`),
      line('type Event = { type: string; data: Data }'),
      line('type Stored = Event & { stream: string; version: number; position: number }'),
      ...(hasAccountsOnly(scenario) ? [] : [line('type Command = Record<string, any>')]),
    ),
  )
}

/** What an account makes of an event. Everything that folds events uses it. */
function writeEvolve(sheet: Sheet, scenario: Scenario): void {
  writeTypes(sheet, scenario)
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

function writeDecide(sheet: Sheet, scenario: Scenario): void {
  const type = line(
    `type Command = { type: string; account?: string; amount?: number${currencyOf(scenario)} }`,
  )
  const more = currencyOf(scenario) === '' ? '' : ', ...(currency && { currency })'
  sheet.once('decide', () =>
    sheet.add(
      'definitions',
      ...(hasAccountsOnly(scenario) ? [type, line('')] : []),
      line('function decide(command: Command, balance: number, isOpen: boolean): Event {'),
      line(`  const { type, account, amount = 0${more === '' ? '' : ', currency'} } = command`),
      line("  if (type === 'CreateAccount' && !isOpen) {"),
      line("    return { type: 'AccountCreated', data: { id: account, balance: 0 } }"),
      line('  }'),
      line("  if (type === 'Deposit' && isOpen) {"),
      line(`    return { type: 'Deposited', data: { account, amount${more} } }`),
      line('  }'),
      line("  if (type === 'Withdraw' && amount <= balance) {"),
      line(`    return { type: 'Withdrawn', data: { account, amount${more} } }`),
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
  const store = outletsOf(scenario, role).find(({ to }) => to.kind === 'eventStore')?.to
  const account = tsString(handler.stream.replace(/^account-/, ''))
  if (store && handler.domain !== 'account') {
    writeDomainHandler(sheet, role, handler.domain, storeName(sheet, store))
    return
  }
  writeEvolve(sheet, scenario)
  writeDecide(sheet, scenario)
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

const ROWS: Record<ViewName, string> = {
  balance: 'balances',
  statement: 'balances',
  counts: 'counts',
  months: 'turnover',
  fraud: 'withdrawals',
  owners: 'owners',
  orders: 'orderStates',
  stock: 'stock',
  seats: 'seats',
}

function isNumber(view: ViewName): boolean {
  return ['balance', 'statement', 'counts', 'months', 'fraud'].includes(view)
}

/** What a view makes of an event, where that is no fold of an account. */
function writeView(view: ViewName, rows: string): string[] | null {
  const add = (key: string, by: string) => `${rows}.set(${key}, (${rows}.get(${key}) ?? 0) + ${by})`
  switch (view) {
    case 'months':
      return [
        "if (event.type === 'Deposited' || event.type === 'Withdrawn') {",
        `  ${add('event.type', '(event.data.amount ?? 0)')}`,
        '}',
      ]
    case 'fraud':
      return ["if (event.type === 'Withdrawn') {", `  ${add('event.stream', '1')}`, '}']
    case 'owners':
      return [
        "if (event.type === 'AccountCreated') {",
        `  ${rows}.set(event.stream, { ...event.data })`,
        '}',
      ]
    case 'orders':
      return [
        'const { order } = event.data as { order?: string }',
        `if (order !== undefined) ${rows}.set(order, event.type)`,
      ]
    case 'stock':
      return [
        "if (event.stream.startsWith('stock-')) {",
        `  ${rows}.set(event.stream, { latest: event.type, ...event.data })`,
        '}',
      ]
    case 'seats':
      return [
        'const { seat, customer } = event.data as { seat?: number; customer?: string }',
        `if (event.type === 'SeatBooked') ${rows}.set(String(seat), customer)`,
        `if (event.type === 'SeatCancelled') ${rows}.delete(String(seat))`,
      ]
    default:
      return null
  }
}

/** The read model, computed from all events at the end of the program. */
export function writeProjection(sheet: Sheet, scenario: Scenario, role: Role<'projection'>): void {
  const projection = role.docs[0]
  const store = sourcesOf(scenario, role).find(({ kind }) => kind === 'eventStore')
  if (!store) return
  const folding = on(role.docs, 'processed')
  const rows = sheet.name(ROWS[projection.view])
  const head = [
    line(`const ${rows} = new Map<string, ${isNumber(projection.view) ? 'number' : 'any'}>()`),
    line(
      `for (const event of ${logOf(storeName(sheet, store), projection.source)}) {`,
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
  const view = writeView(projection.view, rows)
  if (view) {
    const named = view.map((text) => line(`  ${text}`, ...folding))
    sheet.add('actions', ...head, ...named, line('}'), line(`console.log(${rows})`))
    return
  }
  writeEvolve(sheet, scenario)
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

export function writeProcessManager(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'processManager'>,
): void {
  const store = sourcesOf(scenario, role)[0]
  if (store) writeProcess(sheet, scenario, role, storeName(sheet, store))
}

/** All processes of a program react until nothing is left to do; before anybody reads what came of it. */
export function catchUp(sheet: Sheet, roles: readonly AnyRole[]): void {
  writeCatchUp(
    sheet,
    roles.filter(({ docs: [doc] }) => doc.kind === 'processManager'),
  )
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
