/** Command handlers of the domains besides the account, the processes between them, and the views of both. */
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
import { TS_DECIDERS } from './deciders.ts'
import { handlerName } from './publish.ts'
import { capital, tsName, tsString, tsTemplate } from './text.ts'

/** The decider of a domain, once. */
export function writeDecider(sheet: Sheet, domain: FurtherDomain): void {
  sheet.once(`decider ${domain}`, () => {
    const blocks = TS_DECIDERS[domain].trim().split('\n\n')
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
  const own = tsString(handler.stream.replace(new RegExp(`^${prefix}`), ''))
  writeDecider(sheet, domain)
  sheet.add(
    'definitions',
    line(
      `function ${handlerName(sheet, handler)}(sent: Command): void {`,
      ...on(role.docs, 'received'),
    ),
    line(`  const command: Command = { ${field}: ${own}, ...sent }`),
    line(`  const stream = \`${prefix}\${command.${field}}\``),
    line(`  const past = ${log}.read(stream)`, ...on(role.docs, 'loading', 'loaded')),
    line(`  const state = past.reduce(evolve${capital(domain)}, null)`, ...on(role.docs, 'loaded')),
    line('  try {'),
    line(
      `    for (const event of decide${capital(domain)}(command, state)) {`,
      ...on(role.docs, 'started'),
    ),
    line(
      `      ${log}.append(stream, ${log}.read(stream).length - 1, event)`,
      ...on(role.docs, 'appending', 'accepted'),
    ),
    line('    }'),
    line('  } catch (error) {'),
    line('    console.log(String(error))', ...on(role.docs, 'rejected')),
    line('  }'),
    line('}'),
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
  const name = sheet.nameOf(manager, tsName(manager.id))
  const position = sheet.name(`${name}Position`)
  const work: Line[] =
    process === 'mailer'
      ? effectOf(role, effect ?? '{body}')
      : sendingOf(sheet, scenario, role, log)
  const seen = sheet.name(`${name}Seen`)
  sheet.add(
    'definitions',
    ...notesOf(role.docs[0]).map((text) => line(`// ${text}`)),
    line(`let ${position} = 0${group === undefined ? '' : ' // the store keeps it for the group'}`),
    ...(remembers ? [line(`const ${seen} = new Set<number>()`)] : []),
    line(''),
    line(`function ${name}(): boolean {`),
    line(`  const from = ${position}`),
    line(
      `  for (const event of ${logOf(log, manager.source)}.slice(from)) {`,
      ...on(role.docs, 'received', 'started'),
    ),
    ...(failOn
      ? [
          line(
            `    if (JSON.stringify(event.data).includes(${tsString(failOn)})) break`,
            ...on(role.docs, 'stopped', 'gaveBack'),
          ),
        ]
      : []),
    ...(remembers
      ? [
          line(`    if (!${seen}.has(event.position)) {`),
          ...work.map(indented).map(indented).map(indented),
          line('    }'),
          line(`    ${seen}.add(event.position)`),
        ]
      : work.map(indented).map(indented)),
    line(
      manager.source ? `    ${position}++` : `    ${position} = event.position + 1`,
      ...on(role.docs, 'reacted', 'checkpointed'),
    ),
    line('  }'),
    line(`  return ${position} > from`),
    line('}'),
  )
}

/** What a subscription reads of a store: all of it, what passes a filter, a stream, or a category by what stands before the first `-`. */
export function logOf(store: string, source = ''): string {
  if (source === '') return `${store}.log`
  const filter = readFilter(source)
  if (filter) {
    const prefixes = filter.prefixes.map(tsString).join(', ')
    return `${store}.log.filter((each) => [${prefixes}].some((prefix) => each.${filter.by}.startsWith(prefix)))`
  }
  if (!source.startsWith(CATEGORY_PREFIX)) return `${store}.read(${tsString(source)})`
  const category = tsString(source.slice(CATEGORY_PREFIX.length))
  return `${store}.log.filter((each) => each.stream.split('-')[0] === ${category})`
}

/** Lets all processes react until none of them has anything left to do. */
export function writeCatchUp(sheet: Sheet, roles: readonly AnyRole[]): void {
  if (roles.length === 0) return
  const calls = roles.map(({ docs: [doc] }) => `${sheet.nameOf(doc, tsName(doc.id))}()`)
  sheet.add('actions', line(`while ([${calls.join(', ')}].includes(true)) {}`))
}

function effectOf({ docs }: Role<'processManager'>, effect: string): Line[] {
  const text = tsTemplate(effect, /\{(body)\}/, () => 'JSON.stringify(event.data)')
  return [line(`console.log(${text})`, ...on(docs, 'processed'))]
}

function sendingOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'processManager'>,
  log: string,
): Line[] {
  const manager = role.docs[0]
  const rules = sheet.name(`${tsName(manager.id)}Rules`)
  writeAsking(sheet)
  const cells = askedBy(manager.process).map(([event, ask]) => line(`  ${event}: ask.${ask},`))
  sheet.add(
    'definitions',
    line(`const ${rules}: Record<string, (order: Data) => Command> = {`),
    ...cells,
    line('}'),
  )
  const lit = on(role.docs, 'sent', 'commandSentAgain', 'commandSent')
  const send = handlersAsked(scenario, role).map((handler) => {
    const name = handlerName(sheet, handler)
    return line(`  if (domainOf(command) === ${tsString(handler.domain)}) ${name}(command)`, ...lit)
  })
  return [
    line(`const history = ${log}.log.filter(({ data }) => data.order === event.data.order)`),
    line("const placed = history.find(({ type }) => type === 'OrderPlaced')"),
    line(`const command = placed && ${rules}[event.type]?.(placed.data)`),
    line('// Nothing is asked for that has happened: events may come twice.'),
    line('if (command && !history.some(({ type }) => answers[command.type]?.includes(type))) {'),
    ...send,
    line('}'),
  ]
}

/** What can be asked for an order, once. */
function writeAsking(sheet: Sheet): void {
  sheet.once('asking', () => {
    const asks = ASKINGS.map(({ name, type, fields }) => {
      const given = fields.map(({ name: to, cell, text = '' }) =>
        to === cell ? to : `${to}: ${cell ?? tsString(text)}`,
      )
      const taken = fields.flatMap(({ cell = [] }) => cell).join(', ')
      const command = `{ type: '${type}', ${given.join(', ')} }`
      return line(`  ${name}: ({ ${taken} }: Data): Command => (${command}),`)
    })
    sheet.add('definitions', line('const ask = {'), ...asks, line('}'))
    const ends = Object.entries(ANSWERS).map(([type, all]) =>
      line(`  ${type}: [${all.map((each) => tsString(each)).join(', ')}],`),
    )
    sheet.add(
      'definitions',
      line('const answers: Record<string, string[]> = {'),
      ...ends,
      line('}'),
    )
    sheet.add(
      'definitions',
      line('function domainOf({ type }: Command): string {'),
      line("  if (type.endsWith('Stock')) return 'inventory'"),
      line("  return type.endsWith('Order') ? 'order' : 'payments'"),
      line('}'),
    )
  })
}
