/**
 * Event-sourced programs as they are written for a real store: KurrentDB's client for Node.js
 * (`@kurrent/kurrentdb-client`), with the expected versions, subscriptions, filters and checkpoints of the scenario.
 * What a decider decides stands in the other programs; here it is imported. None of it was run against a server: the
 * compiler has checked it against the client's types (docs/generated-code.md).
 */
import type { NodeDoc, NodeOf, Scenario } from '../../document.ts'
import { type Line, line, on, type Program } from '../program.ts'
import { capital, tsName, tsString, tsTemplate } from '../typescript/text.ts'
import { File } from './file.ts'
import { readerLines } from './reader.ts'
import { followLines, subscribed } from './subscription.ts'

const STORE = 'kurrentdb://localhost:2113?tls=false'
type Writer<K extends NodeDoc['kind']> = (file: File, doc: NodeOf<K>, scenario: Scenario) => void

/** The program of a node on an event store, or of all of them; null where there is none. */
export function kurrentProgram(scenario: Scenario, nodeId: string | null): Program | null {
  const stores = new Set(scenario.nodes.flatMap((n) => (n.kind === 'eventStore' ? [n.id] : [])))
  const isOn = ({ id }: NodeDoc) =>
    scenario.links.some(
      ({ from, to }) => (from === id && stores.has(to)) || (to === id && stores.has(from)),
    )
  const nodes = scenario.nodes.filter(
    (node) => (nodeId === null || node.id === nodeId) && (stores.has(node.id) || isOn(node)),
  )
  const file = new File()
  for (const node of nodes) writeNode(file, node, scenario)
  if (file.isEmpty) return null
  const [only] = nodes
  const name = nodeId !== null && only ? tsName(only.name) : 'kurrent'
  return { title: `${name}.ts`, language: 'typescript', lines: file.lines(STORE) }
}

function writeNode(file: File, node: NodeDoc, scenario: Scenario): void {
  if (node.kind === 'eventStore') contents(file, node, scenario)
  else if (node.kind === 'commandHandler') commandHandler(file, node, scenario)
  else if (node.kind === 'projection') projection(file, node, scenario)
  else if (node.kind === 'relay') relay(file, node, scenario)
  else if (node.kind === 'processManager' && node.group === undefined) reactor(file, node, scenario)
  else if (node.kind === 'processManager') member(file, node, scenario)
}

/** What a store holds from the start. */
const contents: Writer<'eventStore'> = (file, { contents = [] }) => {
  for (const { stream, times = 1, events } of contents) {
    file.use('jsonEvent')
    const made = events.map(({ type, data, schemaVersion }) => {
      const metadata =
        schemaVersion === undefined ? '' : `, metadata: { schemaVersion: ${schemaVersion} }`
      return line(
        `  jsonEvent({ type: ${tsString(type)}, data: ${JSON.stringify(data)}${metadata} }),`,
      )
    })
    const append = [line(`await client.appendToStream(${tsString(stream)}, [`), ...made, line('])')]
    if (times === 1) file.add(...append)
    else file.add(line(`for (let i = 0; i < ${times}; i++) {`), ...append.map(indented), line('}'))
  }
}

const commandHandler: Writer<'commandHandler'> = (file, doc) => {
  const { reads = 'old', retries, backoffMs = 0, expects = 'version', snapshotEvery = 0 } = doc
  const suffix = doc.domain === 'account' ? '' : capital(doc.domain)
  file.decider(`decide${suffix}`, `evolve${suffix}`)
  file.use('FORWARDS', 'jsonEvent', 'NO_STREAM', 'START', 'StreamNotFoundError')
  const isChecked = expects === 'version'
  file.use(isChecked ? 'WrongExpectedVersionError' : 'ANY')
  const reader = readerLines(file, reads)
  const taken = reader === null ? 'event' : `${reader}(event)`
  const fact = (...facts: string[]) => on([doc], ...facts)
  const schema = doc.writes === 'v2' ? ', metadata: { schemaVersion: 2 }' : ''
  file.type('type Revision = bigint | typeof NO_STREAM')
  const body: Line[] = [
    line(`  const stream = ${streamText(doc)}`),
    line('  let state: State = null', ...fact('loading')),
    line('  let revision: Revision = NO_STREAM'),
    ...(snapshotEvery > 0
      ? [
          line(
            `  // A snapshot every ${snapshotEvery} events: begin with it, and read from the revision behind it.`,
          ),
        ]
      : []),
    line('  try {'),
    line(
      '    const past = client.readStream(stream, { direction: FORWARDS, fromRevision: START })',
    ),
    line('    for await (const { event } of past) {', ...fact('loaded', 'read')),
    line('      if (!event) continue'),
    line(`      state = evolve${suffix}(state, ${taken} as Event)`),
    line('      revision = event.revision'),
    line('    }'),
    line('  } catch (error) {'),
    line('    if (!(error instanceof StreamNotFoundError)) throw error'),
    line('  }'),
    line(`  const events = decide${suffix}(command, state)`, ...fact('started', 'rejected')),
    line('  try {'),
    line(
      `    await client.appendToStream(stream, events.map(({ type, data }) => jsonEvent({ type, data${schema} })), {`,
      ...fact('appending'),
    ),
    line(`      streamState: ${isChecked ? 'revision' : 'ANY'},`),
    line('    })', ...fact('accepted')),
    line('  } catch (error) {'),
    ...(isChecked
      ? [
          line(
            '    // Somebody was faster: load again, since the decision may be another one now.',
          ),
          line(
            '    if (!(error instanceof WrongExpectedVersionError) || retriesLeft === 0) throw error',
            ...fact('versionConflict', 'conflicted'),
          ),
          ...(backoffMs > 0
            ? [
                line(
                  `    const backoffMs = ${backoffMs} * 2 ** (${retries} - retriesLeft)`,
                  ...fact('backingOff'),
                ),
                line('    await new Promise((resolve) => setTimeout(resolve, backoffMs))'),
              ]
            : []),
          line(`    await ${handlerName(doc)}(command, retriesLeft - 1)`),
        ]
      : [line('    throw error')]),
    line('  }'),
  ]
  file.add(
    line(
      `export async function ${handlerName(doc)}(command: Command, retriesLeft = ${isChecked ? retries : 0}): Promise<void> {`,
      ...fact('received'),
    ),
    ...body,
    line('}'),
  )
}

function streamText({ domain, stream }: NodeOf<'commandHandler'>): string {
  if (domain !== 'account') return tsString(stream)
  return `\`account-\${command.account ?? ${tsString(stream.replace(/^account-/, ''))}}\``
}

function handlerName({ name }: { name: string }): string {
  return `handle${capital(tsName(name))}`
}

const projection: Writer<'projection'> = (file, doc) => {
  const {
    checkpoint = 'with',
    idempotent = false,
    mode,
    reads = 'old',
    onUnreadable = 'stop',
  } = doc
  const source = subscribed(doc.source)
  const reader = readerLines(file, reads)
  const fact = (...facts: string[]) => on([doc], ...facts)
  file.readModel()
  const taken = reader === null ? 'event' : `${reader}(event)`
  const work = [
    ...(idempotent
      ? [line('    if (await readModel.has(event.id)) continue', ...fact('skipped'))]
      : []),
    line(`    await readModel.${doc.view}(${taken} as Event)`, ...fact('processed')),
  ]
  const save = line(
    `    await readModel.save(${tsString(doc.name)}, ${source.placeOf})`,
    ...fact('checkpointed'),
  )
  const steps: Line[] =
    checkpoint === 'before'
      ? [save, ...work]
      : checkpoint === 'after'
        ? [...work, save]
        : [
            line('    await readModel.transaction(async () => {'),
            ...[...work, save].map(indented).map(asReturn),
            line('    })'),
          ]
  const unreadable =
    reader !== null && onUnreadable === 'skip'
      ? [
          line('    // What it cannot read is left out.'),
          line(`    if (!canRead(event)) continue`, ...fact('leftOut')),
        ]
      : []
  if (unreadable.length > 0) file.canRead(reader ?? '')
  file.add(
    ...(mode === 'inline'
      ? [
          line(
            '// In the run this view is written with the append: KurrentDB has no transaction with another database.',
          ),
        ]
      : []),
    ...followLines(file, doc, source),
    ...unreadable,
    ...steps,
    line('  }'),
    line('}'),
  )
}

const relay: Writer<'relay'> = (file, doc, { nodes, links }) => {
  const target = nodes.find(({ id }) => links.some((l) => l.from === doc.id && l.to === id))
  const fact = (...facts: string[]) => on([doc], ...facts)
  file.readModel()
  file.publisher()
  file.use('FORWARDS')
  const body = tsTemplate(doc.body ?? '{data}', /\{(type|data)\}/, (what) =>
    what === 'type' ? 'event.type' : 'JSON.stringify(event.data)',
  )
  file.add(
    line(`export async function ${tsName(doc.name)}(): Promise<void> {`),
    line('  for (;;) {'),
    line(
      `    const fromPosition = await readModel.position(${tsString(doc.name)})`,
      ...fact('polling'),
    ),
    line(
      `    const page = client.readAll({ direction: FORWARDS, fromPosition, maxCount: ${doc.batch} })`,
    ),
    line('    for await (const { event } of page) {'),
    line("      if (!event || event.type.startsWith('$')) continue"),
    line(
      `      await publish(${tsString(target?.name ?? 'nowhere')}, ${body})${doc.confirms ? ' // resolved once the broker has confirmed it' : ''}`,
      ...fact('relayed'),
    ),
    line(`      await readModel.save(${tsString(doc.name)}, event.position)`, ...fact('saved')),
    line('    }'),
    line(`    await new Promise((resolve) => setTimeout(resolve, ${doc.pollMs}))`),
    line('  }'),
    line('}'),
  )
}

/** A process manager with a subscription of its own: its place is its own to keep. */
const reactor: Writer<'processManager'> = (file, doc) => {
  const source = subscribed(doc.source)
  const fact = (...facts: string[]) => on([doc], ...facts)
  file.readModel()
  file.react()
  file.add(
    ...followLines(file, doc, source),
    ...(doc.remembers
      ? [line('    if (await readModel.has(event.id)) continue', ...fact('remembered'))]
      : []),
    line(
      `    await react(${tsString(doc.process)}, event as Event)`,
      ...fact('processed', 'sent', 'reacted'),
    ),
    line(
      `    await readModel.save(${tsString(doc.name)}, ${source.placeOf})`,
      ...fact('checkpointed'),
    ),
    line('  }'),
    line('}'),
  )
}

/** A member of a persistent subscription: its place is kept by the store, and each event is answered. */
const member: Writer<'processManager'> = (file, doc, scenario) => {
  const { group = '', bufferSize = 2, messageTimeoutMs = 10_000, maxRetryCount = 2 } = doc
  const source = subscribed(doc.source)
  const fact = (...facts: string[]) => on([doc], ...facts)
  const kind = source.kind === 'all' ? 'All' : 'Stream'
  const settings = `persistentSubscriptionTo${kind}SettingsFromDefaults`
  const ends = source.kind === 'all' ? '' : `${tsString(source.name)}, `
  const filter = source.filter(file)
  file.use(settings, 'START')
  file.react()
  const others = scenario.nodes.filter(
    (node) => node.kind === 'processManager' && node.group === group && node.id !== doc.id,
  )
  file.once(`group ${group}`, () =>
    file.add(
      line(
        `// Once, by whoever sets the group up${others.length > 0 ? `; ${others.map(({ name }) => name).join(' and ')} ${others.length > 1 ? 'join' : 'joins'} it too` : ''}.`,
      ),
      line(`await client.createPersistentSubscriptionTo${kind}(`),
      line(`  ${ends}${tsString(group)},`),
      line(`  ${settings}({`),
      line('    startFrom: START,'),
      line(`    messageTimeout: ${messageTimeoutMs},`),
      line(`    maxRetryCount: ${maxRetryCount},`),
      ...(source.usesLink ? [line('    resolveLinkTos: true,')] : []),
      line('  }),'),
      ...(filter === '' ? [] : [line(`  { ${filter} },`)]),
      line(')'),
    ),
  )
  const fails = doc.failOn
    ? [
        line('    try {'),
        line(
          `      await react(${tsString(doc.process)}, resolved.event as Event)`,
          ...fact('processed'),
        ),
        line('      await subscription.ack(resolved)', ...fact('reacted')),
        line('    } catch (error) {', ...fact('gaveBack')),
        line(
          `      await subscription.nack(${tsString(doc.onFail ?? 'retry')}, String(error), resolved)`,
          ...fact('gaveBack'),
        ),
        line('    }'),
      ]
    : [
        line(
          `    await react(${tsString(doc.process)}, resolved.event as Event)`,
          ...fact('processed'),
        ),
        line('    await subscription.ack(resolved)', ...fact('reacted')),
      ]
  file.add(
    line(`export async function ${tsName(doc.name)}(): Promise<void> {`),
    line(
      `  const subscription = client.subscribeToPersistentSubscriptionTo${kind}(${ends}${tsString(group)}, { bufferSize: ${bufferSize} })`,
      ...fact('subscribing'),
    ),
    line('  for await (const resolved of subscription) {', ...fact('handed')),
    line('    if (!resolved.event) continue'),
    ...fails,
    line('  }'),
    line('}'),
    line(''),
    line(
      `// Parked events go out again: await client.replayParkedMessagesTo${kind}(${ends}${tsString(group)})`,
    ),
  )
}

function indented({ text, ...rest }: Line): Line {
  return { ...rest, text: `  ${text}` }
}

/** In a transaction the loop is not ours to go on with. */
function asReturn({ text, ...rest }: Line): Line {
  return { ...rest, text: text.replace(/ continue$/, ' return') }
}
