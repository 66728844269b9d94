/** The same as `typescript/domainHandlers.ts`, in Python. */
import { CATEGORY_PREFIX } from '../../../brokers/eventstore/category.ts'
import { readFilter } from '../../../brokers/eventstore/filter.ts'
import { ANSWERS } from '../../../clients/processManager/processes.ts'
import type { Scenario } from '../../document.ts'
import { type FurtherDomain, KEYED } from '../domains.ts'
import type { AnyRole, Role } from '../plan.ts'
import { ASKINGS, askedBy, handlersAsked, notesOf } from '../processes.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented } from './clients.ts'
import { PYTHON_DECIDERS } from './deciders.ts'
import { handlerName } from './publish.ts'
import { pyName, pyString, pyTemplate } from './text.ts'

/** The decider of a domain, once. */
export function writeDecider(sheet: Sheet, domain: FurtherDomain): void {
  sheet.once(`decider ${domain}`, () => {
    const blocks = PYTHON_DECIDERS[domain].trim().split('\n\n\n')
    for (const block of blocks) sheet.add('definitions', ...block.split('\n').map((l) => line(l)))
  })
}

export function writeDomainHandler(
  sheet: Sheet,
  role: Role<'commandHandler'>,
  domain: FurtherDomain,
  log: string,
): void {
  const handler = role.docs[0]
  const { field, prefix } = KEYED[domain]
  const own = pyString(handler.stream.replace(new RegExp(`^${prefix}`), ''))
  writeDecider(sheet, domain)
  sheet.add(
    'definitions',
    line(`def ${handlerName(sheet, handler)}(command):`, ...on(role.docs, 'received')),
    line(`    command = {'${field}': ${own}, **command}`),
    line(`    stream = f"${prefix}{command['${field}']}"`),
    line('    state = None'),
    line(`    for event in ${log}.read(stream):`, ...on(role.docs, 'loading', 'loaded')),
    line(`        state = evolve_${domain}(state, event)`, ...on(role.docs, 'loaded')),
    line('    try:'),
    line(`        decided = decide_${domain}(command, state)`, ...on(role.docs, 'started')),
    line('    except ValueError as error:'),
    line('        print(error)', ...on(role.docs, 'rejected')),
    line('        return'),
    line('    for event in decided:'),
    line(
      `        ${log}.append(stream, len(${log}.read(stream)) - 1, event)`,
      ...on(role.docs, 'appending', 'accepted'),
    ),
  )
}

/** A process follows the log from its own position, which moves on after the reaction: at least once. */
export function writeProcess(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'processManager'>,
  log: string,
): void {
  const manager = role.docs[0]
  const { process, effect, failOn, remembers, group } = manager
  const name = sheet.nameOf(manager, pyName(manager.id))
  const position = sheet.name(`${name}_position`)
  const seen = sheet.name(`${name}_seen`)
  const work: Line[] =
    process === 'mailer'
      ? effectOf(sheet, role, effect ?? '{body}')
      : sendingOf(sheet, scenario, role, log)
  if (failOn) sheet.import('import json')
  const kept = group === undefined ? '' : '  # the store keeps it for the group'
  sheet.add(
    'definitions',
    ...notesOf(role.docs[0]).map((text) => line(`# ${text}`)),
    line(`${position} = 0${kept}`),
    ...(remembers ? [line(`${seen} = set()`)] : []),
  )
  sheet.add(
    'definitions',
    line(`def ${name}():`),
    line(`    global ${position}`),
    line(`    start = ${position}`),
    line(
      `    for event in ${logOf(log, manager.source)}[start:]:`,
      ...on(role.docs, 'received', 'started'),
    ),
    ...(failOn
      ? [
          line(
            `        if ${pyString(failOn)} in json.dumps(event['data'], separators=(',', ':')):`,
            ...on(role.docs, 'stopped', 'gaveBack'),
          ),
          line('            break'),
        ]
      : []),
    ...(remembers
      ? [
          line(`        if event['position'] not in ${seen}:`),
          ...work.map(indented).map(indented).map(indented),
          line(`        ${seen}.add(event['position'])`),
        ]
      : work.map(indented).map(indented)),
    line(
      manager.source ? `        ${position} += 1` : `        ${position} = event['position'] + 1`,
      ...on(role.docs, 'reacted', 'checkpointed'),
    ),
    line(`    return ${position} > start`),
  )
}

/** What a subscription reads of a store: all of it, what passes a filter, a stream, or a category by what stands before the first `-`. */
export function logOf(store: string, source = ''): string {
  if (source === '') return `${store}.log`
  const filter = readFilter(source)
  if (filter) {
    const prefixes = filter.prefixes.map(pyString).join(', ')
    return `[each for each in ${store}.log if each['${filter.by}'].startswith((${prefixes},))]`
  }
  if (!source.startsWith(CATEGORY_PREFIX)) return `${store}.read(${pyString(source)})`
  const category = pyString(source.slice(CATEGORY_PREFIX.length))
  return `[each for each in ${store}.log if each['stream'].split('-')[0] == ${category}]`
}

/** Lets all processes react until none of them has anything left to do. */
export function writeCatchUp(sheet: Sheet, roles: readonly AnyRole[]): void {
  if (roles.length === 0) return
  const calls = roles.map(({ docs: [doc] }) => `${sheet.nameOf(doc, pyName(doc.id))}()`)
  sheet.add('actions', line(`while any([${calls.join(', ')}]):`), line('    pass'))
}

function effectOf(sheet: Sheet, { docs }: Role<'processManager'>, effect: string): Line[] {
  if (effect.includes('{body}')) sheet.import('import json')
  const text = pyTemplate(effect, /\{(body)\}/, () => "json.dumps(event['data'])")
  return [line(`print(${text})`, ...on(docs, 'processed'))]
}

function sendingOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'processManager'>,
  log: string,
): Line[] {
  const manager = role.docs[0]
  const rules = sheet.name(`${pyName(manager.id)}_rules`)
  writeAsking(sheet)
  const cells = askedBy(manager.process).map(([event, ask]) => line(`    '${event}': ask_${ask},`))
  sheet.add('definitions', line(`${rules} = {`), ...cells, line('}'))
  const lit = on(role.docs, 'sent', 'commandSentAgain', 'commandSent')
  const send = handlersAsked(scenario, role).flatMap((handler) => [
    line(`    if domain_of(command) == ${pyString(handler.domain)}:`),
    line(`        ${handlerName(sheet, handler)}(command)`, ...lit),
  ])
  return [
    line("order = event['data'].get('order')"),
    line(`history = [each for each in ${log}.log if each['data'].get('order') == order]`),
    line("placed = [each for each in history if each['type'] == 'OrderPlaced']"),
    line(`ask = ${rules}.get(event['type'])`),
    line("command = ask(placed[0]['data']) if ask and placed else None"),
    line('# Nothing is asked for that has happened: events may come twice.'),
    line("if command and not any(each['type'] in answers[command['type']] for each in history):"),
    ...send,
  ]
}

/** What can be asked for an order, once. */
function writeAsking(sheet: Sheet): void {
  sheet.once('asking', () => {
    for (const { name, type, fields } of ASKINGS) {
      const given = fields.map(({ name: to, cell, text = '' }) => {
        return `'${to}': ${cell === undefined ? pyString(text) : `order['${cell}']`}`
      })
      sheet.add(
        'definitions',
        line(`def ask_${name}(order):`),
        line(`    return {'type': '${type}', ${given.join(', ')}}`),
      )
    }
    const ends = Object.entries(ANSWERS).map(([type, all]) =>
      line(`    '${type}': [${all.map((each) => pyString(each)).join(', ')}],`),
    )
    sheet.add('definitions', line('answers = {'), ...ends, line('}'))
    sheet.add(
      'definitions',
      line('def domain_of(command):'),
      line("    if command['type'].endswith('Stock'):"),
      line("        return 'inventory'"),
      line("    return 'order' if command['type'].endswith('Order') else 'payments'"),
    )
  })
}
