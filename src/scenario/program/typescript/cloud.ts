/** TypeScript programs of cloud topics: @google-cloud/pubsub, or @aws-sdk/client-sns where they pass on to queues. */
import { isPolicy } from '../../../brokers/pubsub/cloud/policy.ts'
import type { NodeOf, Scenario } from '../../document.ts'
import {
  googleTerms,
  isSns,
  queueBehind,
  subscriptionsNear,
  topicOf,
  topicsNear,
} from '../cloud.ts'
import { inOneLine, NO_FILTER, NO_POLICY, policyOf } from '../filterPolicy.ts'
import type { Outlet, PartDoc } from '../plan.ts'
import { type Line, type Lit, line } from '../program.ts'
import type { Sheet } from '../sheet.ts'
import { attributesText } from './places.ts'
import { connectSqs, urlName } from './sqs.ts'
import { tsName, tsString, tsValue } from './text.ts'

/** The variable that holds a topic or subscription. */
export function handleOf(sheet: Sheet, node: { id: string }): string {
  return sheet.nameOf(node, tsName(node.id))
}

function connectSns(sheet: Sheet): void {
  sheet.once('sns', () => {
    sheet.import("import { SNS } from '@aws-sdk/client-sns'")
    sheet.add('connections', line('const sns = new SNS()'))
  })
}

export function createTopicsAndSubscriptions(
  sheet: Sheet,
  scenario: Scenario,
  parts: readonly PartDoc[],
): void {
  for (const topic of topicsNear(scenario, parts)) {
    createTopic(sheet, topic, isSns(scenario, topic.broker))
  }
  for (const each of subscriptionsNear(scenario, parts)) {
    if (isSns(scenario, each.broker)) subscribeQueue(sheet, scenario, each)
    else createSubscription(sheet, scenario, each)
  }
}

/** What is there already is taken as it is. */
function createTopic(sheet: Sheet, topic: NodeOf<'cloudTopic'>, sns: boolean): void {
  const lit = { node: topic.id, facts: ['topicPublished'] }
  const name = handleOf(sheet, topic)
  const quoted = tsString(topic.name)
  if (sns) {
    connectSns(sheet)
    const create = `await sns.createTopic({ Name: ${quoted} })`
    sheet.add('topology', line(`const { TopicArn: ${name} } = ${create}`, lit))
    return
  }
  sheet.once('pubsub', () => {
    sheet.import("import { PubSub } from '@google-cloud/pubsub'")
    sheet.add('connections', line('const pubsub = new PubSub()'))
  })
  sheet.add(
    'topology',
    line(`const ${name} = pubsub.topic(${quoted}, { messageOrdering: true })`),
    line(`await ${name}.get({ autoCreate: true })`, lit),
  )
}

function createSubscription(
  sheet: Sheet,
  scenario: Scenario,
  doc: NodeOf<'cloudSubscription'>,
): void {
  const topic = topicOf(scenario, doc)
  if (!topic) return
  const name = handleOf(sheet, doc)
  const facts = ['backlogged', 'filteredOut', 'deadlinePassed', 'cloudDeadLettered']
  const options = termsOf(sheet, scenario, doc).join(', ')
  const { beyond } = googleTerms(doc)
  sheet.add(
    'topology',
    ...(beyond === null ? [] : [line(`// ${beyond}`)]),
    ...(isPolicy(doc.filter ?? '') ? [line(`// ${NO_FILTER} ${inOneLine(doc.filter)}`)] : []),
    line(`const ${name} = ${handleOf(sheet, topic)}.subscription(${tsString(doc.name)})`),
    line(`if (!(await ${name}.exists())[0]) await ${name}.create({ ${options} })`, {
      node: doc.id,
      facts,
    }),
  )
}

function termsOf(sheet: Sheet, scenario: Scenario, doc: NodeOf<'cloudSubscription'>): string[] {
  const { deadlineS, retentionS, backoffMs, attempts } = googleTerms(doc)
  const terms = [`ackDeadlineSeconds: ${deadlineS}`]
  if (doc.ordering) terms.push('enableMessageOrdering: true')
  if (doc.filter && !isPolicy(doc.filter)) terms.push(`filter: ${tsString(doc.filter)}`)
  if (doc.push) terms.push("pushEndpoint: 'https://example.com/push'")
  if (retentionS !== null) terms.push(`messageRetentionDuration: ${span(retentionS * 1000)}`)
  if (backoffMs !== null) {
    const [least, most] = backoffMs
    terms.push(`retryPolicy: { minimumBackoff: ${span(least)}, maximumBackoff: ${span(most)} }`)
  }
  const letters = scenario.nodes.find(({ id }) => id === doc.deadLetterTopic)
  if (letters) {
    const policy = `deadLetterTopic: ${handleOf(sheet, letters)}.name, maxDeliveryAttempts: ${attempts}`
    terms.push(`deadLetterPolicy: { ${policy} }`)
  }
  return terms
}

/** A duration as the API has it: whole seconds, and what is beyond. */
function span(ms = 0): string {
  const nanos = (ms % 1000) * 1_000_000
  return `{ seconds: ${Math.floor(ms / 1000)}${nanos === 0 ? '' : `, nanos: ${nanos}`} }`
}

/** SNS knows queues of SQS; to a queue of RabbitMQ an endpoint of one's own has to pass on. */
function subscribeQueue(sheet: Sheet, scenario: Scenario, doc: NodeOf<'cloudSubscription'>): void {
  const topic = topicOf(scenario, doc)
  const queue = queueBehind(scenario, doc)
  if (!topic || !queue) return
  connectSns(sheet)
  const lit = { node: doc.id, facts: ['backlogged', 'filteredOut', 'forwarded'] }
  const policy = policyOf(doc.filter ?? '')
  if (policy === null) sheet.add('topology', line(`// ${NO_POLICY} ${inOneLine(doc.filter)}`))
  const isFiltered = policy !== null && Object.keys(policy).length > 0
  const filter = isFiltered ? `, FilterPolicy: JSON.stringify(${tsValue(policy)})` : ''
  const attributes = `Attributes: { RawMessageDelivery: 'true'${filter} }`
  const given = `TopicArn: ${handleOf(sheet, topic)}`
  if (queue.kind !== 'sqsQueue') {
    const to = `Protocol: 'https', Endpoint: 'https://example.com/${queue.name}'`
    const why = `// An endpoint of one's own puts each message into the RabbitMQ queue ${queue.name}.`
    const call = `await sns.subscribe({ ${given}, ${to}, ${attributes} })`
    sheet.add('topology', line(why), line(call, lit))
    return
  }
  connectSqs(sheet)
  const arn = handleOf(sheet, doc)
  const asked = `QueueUrl: ${urlName(sheet, queue)}, AttributeNames: ['QueueArn']`
  const to = `Protocol: 'sqs', Endpoint: ${arn}`
  sheet.add(
    'actions',
    line(`const ${arn} = (await sqs.getQueueAttributes({ ${asked} })).Attributes?.QueueArn`),
    line('// The queue lets the topic in.'),
    line(
      `await sqs.setQueueAttributes({ QueueUrl: ${urlName(sheet, queue)}, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: ${arn}, Condition: { ArnEquals: { 'aws:SourceArn': ${handleOf(sheet, topic)} } } }] }) } })`,
    ),
    line(`await sns.subscribe({ ${given}, ${to}, ${attributes} })`, lit),
  )
}

export function publishToTopic(
  sheet: Sheet,
  topic: NodeOf<'cloudTopic'>,
  body: string,
  key: string | null,
  { attributes = {}, numbers }: Outlet,
  lit: readonly Lit[],
): Line {
  const name = handleOf(sheet, topic)
  const names = Object.entries(attributes)
  if (sheet.has('sns')) {
    const typed = attributesText(
      attributes,
      (value, name) =>
        `{ DataType: '${numbers?.has(name) ? 'Number' : 'String'}', StringValue: ${value} }`,
    )
    const told = names.length > 0 ? `, MessageAttributes: ${typed}` : ''
    return line(`await sns.publish({ TopicArn: ${name}, Message: ${body}${told} })`, ...lit)
  }
  const ordering = key === null ? '' : `, orderingKey: ${key}`
  const given = names.length === 0 ? '' : `, attributes: ${attributesText(attributes)}`
  const message = `{ data: Buffer.from(${body})${ordering}${given} }`
  return line(`await ${name}.publishMessage(${message})`, ...lit)
}
