/** Python programs of those who pull from a subscription, or are pushed to. */
import type { NodeOf, Scenario } from '../../document.ts'
import { googleTerms } from '../cloud.ts'
import type { Role } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { indented, runBy, workOf } from './clients.ts'
import { connectSubscriber, pathName } from './cloud.ts'
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

function writePuller(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'pollingConsumer'>,
  subscription: NodeOf<'cloudSubscription'>,
): void {
  const client = role.docs[0]
  connectSubscriber(sheet)
  const path = pathName(sheet, subscription)
  const handle = `'subscription': ${path}, 'ack_ids': [received.ack_id]`
  const move = (s: number) =>
    `subscriber.modify_ack_deadline(request={${handle}, 'ack_deadline_seconds': ${s}})`
  const lit = { node: subscription.id, facts: ['leaseAcknowledged'] }
  const ack = line(`subscriber.acknowledge(request={${handle}})`, lit)
  const text = 'received.message.data.decode()'
  const work = [
    ...(sheet.form === 'own' ? placeWork(sheet, client, false, text) : []),
    ...workOf(sheet, scenario, role, text, 'channel'),
  ]
  const body: Line[] =
    client.extendEveryMs === undefined ? [] : [line(move(googleTerms(subscription).deadlineS))]
  if (client.deleteWhen === 'before') body.push(ack, ...work)
  else if ((client.failureRate ?? 0) > 0) {
    const then =
      client.onFailure === 'release' ? move(0) : 'pass  # It comes again after its deadline.'
    body.push(line('try:'), ...[...work, ack].map(indented), line('except Exception:'))
    body.push(indented(line(then, ...on(role.docs, 'failed'))))
  } else body.push(...work, ack)
  const request = `{'subscription': ${path}, 'max_messages': ${client.maxMessages}}`
  const pull = line(
    `answer = subscriber.pull(request=${request})`,
    ...on(role.docs, 'asked', 'batchTaken'),
  )
  const each = line('for received in answer.received_messages:', ...on(role.docs, 'started'))
  const loop = [line('while True:'), indented(pull), indented(each)]
  sheet.add('loops', ...runBy(role), ...loop, ...body.map(indented).map(indented))
}

/** An answer of 2xx is the acknowledgement. */
function writeEndpoint(sheet: Sheet, scenario: Scenario, role: Role<'pollingConsumer'>): void {
  sheet.import('import base64')
  sheet.import('import json')
  sheet.importFrom('http.server', 'BaseHTTPRequestHandler')
  sheet.importFrom('http.server', 'HTTPServer')
  const name = sheet.name('Endpoint')
  const handling = [
    line("envelope = json.loads(self.rfile.read(int(self.headers['Content-Length'])))"),
    line("body = base64.b64decode(envelope['message']['data'])", ...on(role.docs, 'started')),
    ...(sheet.form === 'own' ? placeWork(sheet, role.docs[0], false, 'body.decode()') : []),
    ...workOf(sheet, scenario, role, 'body.decode()', 'channel'),
    line('self.send_response(204)'),
    line('self.end_headers()'),
  ]
  sheet.add(
    'definitions',
    line(`class ${name}(BaseHTTPRequestHandler):`, ...on(role.docs, 'batchTaken')),
    indented(line('def do_POST(self):')),
    ...handling.map(indented).map(indented),
  )
  sheet.add('loops', line(`HTTPServer(('', 8080), ${name}).serve_forever()`))
}
