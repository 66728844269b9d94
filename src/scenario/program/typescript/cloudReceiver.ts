/** TypeScript programs of those who pull from a subscription, or are pushed to. */
import type { NodeOf, Scenario } from '../../document.ts'
import type { Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented, runBy, workOf } from './clients.ts'
import { handleOf } from './cloud.ts'
import { placeWork } from './places.ts'

export function writeReceiver(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'pollingConsumer'>,
  subscription: NodeOf<'cloudSubscription'>,
): void {
  if (subscription.push) writeEndpoint(sheet, scenario, role)
  else writePuller(sheet, scenario, role, subscription)
}

/** The library keeps a pull open, and extends deadlines by itself while a handler works. */
function writePuller(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'pollingConsumer'>,
  subscription: NodeOf<'cloudSubscription'>,
): void {
  const handler = `${handleOf(sheet, subscription)}.on('message', async (message) => {`
  const facts = on(role.docs, 'asked', 'batchTaken', 'started')
  const body = handlingOf(sheet, scenario, role, subscription).map(indented)
  sheet.add('loops', ...runBy(role), line(handler, ...facts), ...body, line('})'))
}

function handlingOf(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'pollingConsumer'>,
  { id }: NodeOf<'cloudSubscription'>,
): Line[] {
  const { deleteWhen, failureRate = 0, onFailure } = role.docs[0]
  const ack = line('message.ack()', { node: id, facts: ['leaseAcknowledged'] })
  const text = 'message.data.toString()'
  const work = [
    ...(sheet.form === 'own' ? placeWork(sheet, role.docs[0], text) : []),
    ...workOf(sheet, scenario, role, text),
  ]
  if (deleteWhen === 'before') return [ack, ...work]
  if (failureRate === 0) return [...work, ack]
  const then = onFailure === 'release' ? 'message.nack()' : '// It comes again after its deadline.'
  const failed = line(then, ...on(role.docs, 'failed'))
  const tried = [...work, ack].map(indented)
  return [line('try {'), ...tried, line('} catch {'), indented(failed), line('}')]
}

/** An answer of 2xx is the acknowledgement. */
function writeEndpoint(sheet: Sheet, scenario: Scenario, role: Role<'pollingConsumer'>): void {
  sheet.import("import { createServer } from 'node:http'")
  const handling = [
    line('const chunks: Buffer[] = []'),
    line('for await (const chunk of request) chunks.push(chunk)'),
    line('const envelope = JSON.parse(Buffer.concat(chunks).toString())'),
    line("const data = Buffer.from(envelope.message.data, 'base64')", ...on(role.docs, 'started')),
    ...(sheet.form === 'own' ? placeWork(sheet, role.docs[0], 'data.toString()') : []),
    ...workOf(sheet, scenario, role, 'data.toString()'),
    line('response.writeHead(204).end()'),
  ]
  const open = line('createServer(async (request, response) => {', ...on(role.docs, 'batchTaken'))
  sheet.add('loops', open, ...handling.map(indented), line('}).listen(8080)'))
}
