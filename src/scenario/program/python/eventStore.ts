/** Event sourcing in plain Python: an append-only list, a decision, and folds. */

import type { ViewName } from '../../../clients/projection/settings.ts'
import type { NodeDoc, Scenario } from '../../document.ts'
import { type AnyRole, outletsOf, type Role, sourcesOf } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { flush, indented } from './clients.ts'
import { logOf, writeCatchUp, writeDomainHandler, writeProcess } from './domainHandlers.ts'
import { handlerName, publishStatement, type Text } from './publish.ts'
import { pyName, pyString, pyTemplate, pyValue } from './text.ts'

/** The list of all events, with the check that makes two writers safe, and the stores themselves. */
export function writeStores(sheet: Sheet, stores: readonly NodeDoc[]): void {
  if (stores.length === 0) return
  const appended = on(stores, 'appended', 'streamCreated')
  const conflicted = on(stores, 'conflicted')
  sheet.add(
    'definitions',
    line('class EventStore:'),
    line('    def __init__(self):'),
    line('        self.log = []  # only ever appended to'),
    line(''),
    line('    def read(self, stream):'),
    line("        return [event for event in self.log if event['stream'] == stream]"),
    line(''),
    line('    def append(self, stream, expected_version, event):'),
    line('        version = len(self.read(stream)) - 1'),
    line('        if version != expected_version:', ...conflicted),
    line(
      '            raise RuntimeError(f"{stream} is at version {version}, not {expected_version}")',
      ...conflicted,
    ),
    line("        place = {'stream': stream, 'version': version + 1, 'position': len(self.log)}"),
    line('        self.log.append({**event, **place})', ...appended),
  )
  sheet.add(
    'definitions',
    ...stores.map((store) => line(`${storeName(sheet, store)} = EventStore()`)),
    ...stores.flatMap((store) => contentsOf(sheet, store)),
  )
}

/** What a store holds from the start. */
function contentsOf(sheet: Sheet, store: NodeDoc): Line[] {
  if (store.kind !== 'eventStore') return []
  const log = storeName(sheet, store)
  return (store.contents ?? []).flatMap(({ stream, times = 1, events }) => {
    const name = pyString(stream)
    const appends = events.map(({ type, data }) => {
      const event = `{'type': ${pyString(type)}, 'data': ${pyValue(data)}}`
      return line(`${log}.append(${name}, len(${log}.read(${name})) - 1, ${event})`)
    })
    return times === 1 ? appends : [line(`for _ in range(${times}):`), ...appends.map(indented)]
  })
}

/** What an account makes of an event. Everything that folds events uses it. */
function writeEvolve(sheet: Sheet): void {
  sheet.once('evolve', () =>
    sheet.add(
      'definitions',
      line('def evolve(balance, event):'),
      line("    if event['type'] == 'AccountCreated':"),
      line("        return event['data']['balance']"),
      line("    if event['type'] == 'Deposited':"),
      line("        return balance + event['data']['amount']"),
      line("    if event['type'] == 'Withdrawn':"),
      line("        return balance - event['data']['amount']"),
      line('    return balance'),
    ),
  )
}

function writeDecide(sheet: Sheet): void {
  sheet.once('decide', () =>
    sheet.add(
      'definitions',
      line('def decide(command, balance):'),
      line("    account = command['account']"),
      line("    if command['type'] == 'CreateAccount' and balance is None:"),
      line("        return {'type': 'AccountCreated', 'data': {'id': account, 'balance': 0}}"),
      line("    if command['type'] == 'Deposit' and balance is not None:"),
      line("        data = {'account': account, 'amount': command['amount']}"),
      line("        return {'type': 'Deposited', 'data': data}"),
      line("    if command['type'] == 'Withdraw' and command['amount'] <= (balance or 0):"),
      line("        data = {'account': account, 'amount': command['amount']}"),
      line("        return {'type': 'Withdrawn', 'data': data}"),
      line('    raise ValueError(f"{command[\'type\']} is turned down: the balance is {balance}")'),
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
  const account = handler.stream.replace(/^account-/, '')
  if (store && handler.domain !== 'account') {
    writeDomainHandler(sheet, role, handler.domain, storeName(sheet, store))
    return
  }
  writeEvolve(sheet)
  writeDecide(sheet)
  const lines = [
    line(`def ${handlerName(sheet, handler)}(command):`, ...on(role.docs, 'received')),
    line(`    command = {'account': ${pyString(account)}, **command}`),
  ]
  if (!store) {
    lines.push(
      line("    print('there is no event store to append to')", ...on(role.docs, 'rejected')),
    )
    sheet.add('definitions', ...lines)
    return
  }
  const log = storeName(sheet, store)
  lines.push(
    line(`    stream = f"account-{command['account']}"`),
    line(`    past = ${log}.read(stream)`, ...on(role.docs, 'loading', 'loaded')),
    line('    balance = None'),
    line('    for event in past:'),
    line('        balance = evolve(balance, event)', ...on(role.docs, 'loaded')),
    line('    try:'),
    line('        event = decide(command, balance)', ...on(role.docs, 'started')),
    line('    except ValueError as error:'),
    line('        print(error)', ...on(role.docs, 'rejected')),
    line('        return'),
    line(
      `    ${log}.append(stream, len(past) - 1, event)`,
      ...on(role.docs, 'appending', 'accepted'),
    ),
  )
  sheet.add('definitions', ...lines)
}

const ROWS: Record<ViewName, string> = {
  balance: 'balances',
  statement: 'balances',
  counts: 'counts',
  months: 'turnover',
  fraud: 'withdrawals',
  owners: 'owners',
  orders: 'order_states',
  stock: 'stock',
  seats: 'seats',
}

/** What a view makes of an event, where that is no fold of an account. */
function writeView(view: ViewName, rows: string): string[] | null {
  const kind = "event['type']"
  const add = (key: string, by: string) => `${rows}[${key}] = ${rows}.get(${key}, 0) + ${by}`
  switch (view) {
    case 'months':
      return [
        `if ${kind} in ('Deposited', 'Withdrawn'):`,
        `    ${add(kind, "event['data']['amount']")}`,
      ]
    case 'fraud':
      return [`if ${kind} == 'Withdrawn':`, `    ${add("event['stream']", '1')}`]
    case 'owners':
      return [`if ${kind} == 'AccountCreated':`, `    ${rows}[event['stream']] = event['data']`]
    case 'orders':
      return ["if 'order' in event['data']:", `    ${rows}[event['data']['order']] = ${kind}`]
    case 'stock':
      return [
        "if event['stream'].startswith('stock-'):",
        `    ${rows}[event['stream']] = {'latest': ${kind}, **event['data']}`,
      ]
    case 'seats':
      return [
        `if ${kind} == 'SeatBooked':`,
        `    ${rows}[event['data']['seat']] = event['data']['customer']`,
        `elif ${kind} == 'SeatCancelled':`,
        `    ${rows}.pop(event['data']['seat'], None)`,
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
  const log = logOf(storeName(sheet, store), projection.source)
  const rows = sheet.name(ROWS[projection.view])
  const loop = [
    line(`${rows} = {}`),
    line(`for event in ${log}:`, ...on(role.docs, 'received', 'started')),
  ]
  if (projection.view === 'counts') {
    const count = `${rows}[event['type']] = ${rows}.get(event['type'], 0) + 1`
    sheet.add('actions', ...loop, line(`    ${count}`, ...folding), line(`print(${rows})`))
    return
  }
  const view = writeView(projection.view, rows)
  if (view) {
    const named = view.map((text) => line(`    ${text}`, ...folding))
    sheet.add('actions', ...loop, ...named, line(`print(${rows})`))
    return
  }
  writeEvolve(sheet)
  loop.push(line("    stream = event['stream']"))
  loop.push(line(`    ${rows}[stream] = evolve(${rows}.get(stream), event)`, ...folding))
  const print =
    projection.view === 'statement'
      ? [line(`    print(stream, event['type'], ${rows}[stream])`, ...folding)]
      : [
          line(`for balance in ${rows}.values():`),
          line('    print(f"Current balance: {balance}")', ...folding),
        ]
  sheet.add('actions', ...loop, ...print)
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
  const outlets = outletsOf(scenario, role)
  const log = `${storeName(sheet, store)}.log`
  const position = sheet.name(`${pyName(relay.id)}_position`)
  const lit = on(role.docs, 'relayed', 'published')
  const key: Text = { expression: "event['stream']" }
  const publish = outlets.map((outlet) =>
    publishStatement(sheet, outlet, relayText(sheet, relay.body), key, lit),
  )
  const body = publish.length > 0 ? publish : [line('pass')]
  sheet.add(
    'actions',
    line(`${position} = 0`),
    line(
      `while batch := ${log}[${position}:${position} + ${relay.batch}]:`,
      ...on(role.docs, 'polling', 'polled'),
    ),
    line('    for event in batch:'),
    ...body.map(indented).map(indented),
    ...flush(outlets).map(indented),
    line(`    ${position} += len(batch)`, ...on(role.docs, 'saved')),
  )
}

function relayText(sheet: Sheet, template: string | undefined): Text {
  const isWhole = template === undefined || template === ''
  if (isWhole || template.includes('{data}')) sheet.import('import json')
  if (isWhole) return { expression: "json.dumps({'type': event['type'], **event['data']})" }
  const expression = pyTemplate(template, /\{(\w+)\}/, (name) => {
    if (name === 'data') return "json.dumps(event['data'])"
    if (['type', 'stream', 'version', 'position'].includes(name)) return `event['${name}']`
    return `event['data'].get('${name}', '')`
  })
  return { expression }
}

function storeName(sheet: Sheet, store: NodeDoc): string {
  return sheet.nameOf(store, pyName(store.id))
}
