/** TypeScript programs for queues of the SQS family: @aws-sdk/client-sqs. */
import type { NodeOf, Scenario } from '../../document.ts'
import { type Role, sourcesOf } from '../plan.ts'
import { type Line, type Lit, line, on } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { attributesOf, inOrderOfCreation, sqsName } from '../sqs.ts'
import { indented, runBy, workOf } from './clients.ts'
import { writeReceiver } from './cloudReceiver.ts'
import { tsName, tsString, tsValue } from './text.ts'

export function connectSqs(sheet: Sheet): void {
  sheet.once('sqs', () => {
    sheet.import("import { SQS } from '@aws-sdk/client-sqs'")
    sheet.add('connections', line('const sqs = new SQS()'))
  })
}

export function urlName(sheet: Sheet, queue: { id: string }): string {
  return sheet.nameOf(queue, `${tsName(queue.id)}Url`)
}

/** Creating a queue that is there with the same attributes gives its address. */
export function createSqsQueues(
  sheet: Sheet,
  scenario: Scenario,
  queues: readonly NodeOf<'sqsQueue'>[],
): void {
  connectSqs(sheet)
  const ordered = inOrderOfCreation(scenario, queues)
  sheet.add('topology', ...ordered.flatMap((queue) => createOne(sheet, scenario, queue)))
}

function createOne(sheet: Sheet, scenario: Scenario, queue: NodeOf<'sqsQueue'>): Line[] {
  const url = urlName(sheet, queue)
  const attributes = Object.entries(attributesOf(queue)).map(
    ([name, value]) => `${name}: ${tsValue(value)}`,
  )
  const lines: Line[] = []
  const letters = scenario.nodes.find(({ id }) => id === queue.deadLetters)
  if (letters) {
    const held = sheet.name(`${tsName(letters.id)}Attributes`)
    lines.push(
      line(
        `const ${held} = await sqs.getQueueAttributes({ QueueUrl: ${urlName(sheet, letters)}, AttributeNames: ['QueueArn'] })`,
      ),
    )
    attributes.push(
      `RedrivePolicy: JSON.stringify({ deadLetterTargetArn: ${held}.Attributes?.QueueArn, maxReceiveCount: ${queue.maxReceiveCount ?? 3} })`,
    )
  }
  const given = attributes.length > 0 ? `, Attributes: { ${attributes.join(', ')} }` : ''
  lines.push(
    line(
      `const { QueueUrl: ${url} } = await sqs.createQueue({ QueueName: ${tsString(sqsName(queue))}${given} })`,
      { node: queue.id, facts: ['stored', 'visibilityOver', 'movedToDeadLetters'] },
    ),
  )
  return lines
}

export function sendStatement(
  sheet: Sheet,
  queue: NodeOf<'sqsQueue'>,
  body: string,
  key: string | null,
  lit: readonly Lit[],
): Line {
  connectSqs(sheet)
  const group = queue.fifo ? `, MessageGroupId: ${key ?? "''"}` : ''
  const url = urlName(sheet, queue)
  return line(`await sqs.sendMessage({ QueueUrl: ${url}, MessageBody: ${body}${group} })`, ...lit, {
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
  const handle = `QueueUrl: ${url}, ReceiptHandle: message.ReceiptHandle`
  const remove = line(`await sqs.deleteMessage({ ${handle} })`, {
    node: queue.id,
    facts: ['deleted'],
  })
  const work = workOf(sheet, scenario, role, 'message.Body')
  const body: Line[] = []
  if (consumer.deleteWhen === 'before') body.push(remove, ...work)
  else if ((consumer.failureRate ?? 0) > 0) {
    const failed = on(role.docs, 'failed')
    const then =
      consumer.onFailure === 'release'
        ? line(`await sqs.changeMessageVisibility({ ${handle}, VisibilityTimeout: 0 })`, ...failed)
        : line('// It can be received again when its visibility timeout is over.', ...failed)
    body.push(line('try {'), ...[...work, remove].map(indented), line('} catch {'))
    body.push(indented(then), line('}'))
  } else body.push(...work, remove)
  sheet.add(
    'loops',
    ...runBy(role),
    line('for (;;) {'),
    indented(
      line(
        `const { Messages = [] } = await sqs.receiveMessage({ ${receiveOptions(url, consumer)} })`,
        ...on(role.docs, 'asked', 'batchTaken'),
      ),
    ),
    indented(line('for (const message of Messages) {', ...on(role.docs, 'started'))),
    ...body.map(indented).map(indented),
    indented(line('}')),
    line('}'),
  )
}

function receiveOptions(url: string, consumer: Role<'pollingConsumer'>['docs'][0]): string {
  const { maxMessages, waitTimeMs, visibilityTimeoutMs } = consumer
  const options = [`QueueUrl: ${url}`, `MaxNumberOfMessages: ${maxMessages}`]
  options.push(`WaitTimeSeconds: ${Math.ceil(waitTimeMs / 1000)}`)
  if (visibilityTimeoutMs !== undefined) {
    options.push(`VisibilityTimeout: ${Math.ceil(visibilityTimeoutMs / 1000)}`)
  }
  return options.join(', ')
}
