/** Python programs for queues of the SQS family: boto3. */
import type { NodeOf, Scenario } from '../../document.ts'
import { type Role, sourcesOf } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { attributesOf, inOrderOfCreation, sqsName } from '../sqs.ts'
import { indented, runBy, workOf } from './clients.ts'
import { writeReceiver } from './cloudReceiver.ts'
import { strOf, type Text } from './publish.ts'
import { pyName, pyString, pyValue } from './text.ts'

export function connectSqs(sheet: Sheet): void {
  sheet.once('sqs', () => {
    sheet.import('import boto3')
    sheet.add('connections', line("sqs = boto3.client('sqs')"))
  })
}

/** The variable that holds a queue's address. */
export function urlName(sheet: Sheet, queue: { id: string }): string {
  return sheet.nameOf(queue, `${pyName(queue.id)}_url`)
}

/** Creating a queue that is there with the same attributes gives its address. */
export function createSqsQueues(
  sheet: Sheet,
  scenario: Scenario,
  queues: readonly NodeOf<'sqsQueue'>[],
): void {
  connectSqs(sheet)
  const ordered = inOrderOfCreation(scenario, queues)
  const lines = ordered.flatMap((queue) => createOne(sheet, scenario, queue))
  sheet.add('topology', ...lines)
}

function createOne(sheet: Sheet, scenario: Scenario, queue: NodeOf<'sqsQueue'>): Line[] {
  const url = urlName(sheet, queue)
  const attributes = Object.entries(attributesOf(queue)).map(
    ([name, value]) => `${pyString(name)}: ${pyValue(value)}`,
  )
  const lines: Line[] = []
  const letters = scenario.nodes.find(({ id }) => id === queue.deadLetters)
  if (letters) {
    sheet.import('import json')
    const arn = `${urlName(sheet, letters).replace(/_url$/, '')}_arn`
    lines.push(
      line(
        `${arn} = sqs.get_queue_attributes(QueueUrl=${urlName(sheet, letters)}, AttributeNames=['QueueArn'])['Attributes']['QueueArn']`,
      ),
    )
    attributes.push(
      `'RedrivePolicy': json.dumps({'deadLetterTargetArn': ${arn}, 'maxReceiveCount': ${queue.maxReceiveCount ?? 3}})`,
    )
  }
  const given = attributes.length > 0 ? `, Attributes={${attributes.join(', ')}}` : ''
  lines.push(
    line(`${url} = sqs.create_queue(QueueName=${pyString(sqsName(queue))}${given})['QueueUrl']`, {
      node: queue.id,
      facts: ['stored', 'visibilityOver', 'movedToDeadLetters'],
    }),
  )
  return lines
}

export function sendStatement(
  sheet: Sheet,
  queue: NodeOf<'sqsQueue'>,
  body: Text,
  key: Text | null,
  lit: readonly Lit[],
): Line {
  connectSqs(sheet)
  const group = queue.fifo ? `, MessageGroupId=${key === null ? "''" : strOf(key)}` : ''
  const url = urlName(sheet, queue)
  return line(`sqs.send_message(QueueUrl=${url}, MessageBody=${strOf(body)}${group})`, ...lit, {
    node: queue.id,
    facts: ['deduplicated', 'sendRefused'],
  })
}

/** The loop of a polling consumer: receive, work, delete. */
export function writePollingConsumer(
  sheet: Sheet,
  scenario: Scenario,
  role: Role<'pollingConsumer'>,
): void {
  const subscription = sourcesOf(scenario, role).find((node) => node.kind === 'cloudSubscription')
  if (subscription) {
    writeReceiver(sheet, scenario, role, subscription)
    return
  }
  const consumer = role.docs[0]
  const queue = sourcesOf(scenario, role).find((node) => node.kind === 'sqsQueue')
  if (!queue) return
  connectSqs(sheet)
  const url = urlName(sheet, queue)
  const handle = `QueueUrl=${url}, ReceiptHandle=message['ReceiptHandle']`
  const remove = line(`sqs.delete_message(${handle})`, { node: queue.id, facts: ['deleted'] })
  const work = workOf(sheet, scenario, role, "message['Body']", 'channel')
  const body: Line[] = []
  if (consumer.deleteWhen === 'before') body.push(remove, ...work)
  else if ((consumer.failureRate ?? 0) > 0) {
    const failed = on(role.docs, 'failed')
    const then =
      consumer.onFailure === 'release'
        ? line(`sqs.change_message_visibility(${handle}, VisibilityTimeout=0)`, ...failed)
        : line('pass  # It can be received again when its visibility timeout is over.', ...failed)
    body.push(line('try:'), ...[...work, remove].map(indented), line('except Exception:'))
    body.push(indented(then))
  } else body.push(...work, remove)
  sheet.add(
    'loops',
    ...runBy(role),
    line('while True:'),
    indented(
      line(
        `answer = sqs.receive_message(${receiveOptions(url, consumer)})`,
        ...on(role.docs, 'asked', 'batchTaken'),
      ),
    ),
    indented(line("for message in answer.get('Messages', []):", ...on(role.docs, 'started'))),
    ...body.map(indented).map(indented),
  )
}

function receiveOptions(url: string, consumer: Role<'pollingConsumer'>['docs'][0]): string {
  const { maxMessages, waitTimeMs, visibilityTimeoutMs } = consumer
  const options = [`QueueUrl=${url}`, `MaxNumberOfMessages=${maxMessages}`]
  options.push(`WaitTimeSeconds=${Math.ceil(waitTimeMs / 1000)}`)
  if (visibilityTimeoutMs !== undefined) {
    options.push(`VisibilityTimeout=${Math.ceil(visibilityTimeoutMs / 1000)}`)
  }
  return options.join(', ')
}
