/** Python programs of cloud topics: google-cloud-pubsub, and boto3 where a subscription passes on to a queue. */
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
import { attributeText, messageAttributes } from './places.ts'
import { strOf, type Text } from './publish.ts'
import { connectSqs, urlName } from './sqs.ts'
import { pyName, pyString, pyValue } from './text.ts'

/** The variable that holds a topic's or subscription's full name. */
export function pathName(sheet: Sheet, node: { id: string }): string {
  return sheet.nameOf(node, `${pyName(node.id)}_path`)
}

function connectPublisher(sheet: Sheet): void {
  sheet.once('pubsub publisher', () => {
    sheet.importFrom('google.cloud', 'pubsub_v1')
    const options = 'pubsub_v1.types.PublisherOptions(enable_message_ordering=True)'
    sheet.add('connections', line(`publisher = pubsub_v1.PublisherClient(${options})`))
  })
}

export function connectSubscriber(sheet: Sheet): void {
  sheet.once('pubsub subscriber', () => {
    sheet.importFrom('google.cloud', 'pubsub_v1')
    sheet.add('connections', line('subscriber = pubsub_v1.SubscriberClient()'))
  })
}

function connectSns(sheet: Sheet): void {
  sheet.once('sns', () => {
    sheet.import('import boto3')
    sheet.add('connections', line("sns = boto3.client('sns')"))
  })
}

export function createTopicsAndSubscriptions(
  sheet: Sheet,
  scenario: Scenario,
  parts: readonly PartDoc[],
): void {
  for (const topic of topicsNear(scenario, parts)) {
    const lit = { node: topic.id, facts: ['topicPublished'] }
    const path = pathName(sheet, topic)
    const name = pyString(topic.name)
    if (isSns(scenario, topic.broker)) {
      connectSns(sheet)
      sheet.add('topology', line(`${path} = sns.create_topic(Name=${name})['TopicArn']`, lit))
      continue
    }
    connectPublisher(sheet)
    const create = unlessThere(sheet, `publisher.create_topic(name=${path})`, lit)
    sheet.add('topology', line(`${path} = publisher.topic_path('my-project', ${name})`), ...create)
  }
  for (const each of subscriptionsNear(scenario, parts)) {
    if (isSns(scenario, each.broker)) subscribeQueue(sheet, scenario, each)
    else createSubscription(sheet, scenario, each)
  }
}

/** What is there already stays as it is. */
function unlessThere(sheet: Sheet, create: string, lit: Lit): Line[] {
  sheet.importFrom('google.api_core.exceptions', 'AlreadyExists')
  return [line('try:'), line(`    ${create}`, lit), line('except AlreadyExists:'), line('    pass')]
}

function createSubscription(
  sheet: Sheet,
  scenario: Scenario,
  doc: NodeOf<'cloudSubscription'>,
): void {
  const topic = topicOf(scenario, doc)
  if (!topic) return
  connectSubscriber(sheet)
  const path = pathName(sheet, doc)
  const facts = ['backlogged', 'filteredOut', 'deadlinePassed', 'cloudDeadLettered']
  const request = [`'name': ${path}`, `'topic': ${pathName(sheet, topic)}`]
  request.push(...termsOf(sheet, scenario, doc))
  const create = `subscriber.create_subscription(request={${request.join(', ')}})`
  const { beyond } = googleTerms(doc)
  sheet.add(
    'topology',
    ...(beyond === null ? [] : [line(`# ${beyond}`)]),
    ...(isPolicy(doc.filter ?? '') ? [line(`# ${NO_FILTER} ${inOneLine(doc.filter)}`)] : []),
    line(`${path} = subscriber.subscription_path('my-project', ${pyString(doc.name)})`),
    ...unlessThere(sheet, create, { node: doc.id, facts }),
  )
}

function termsOf(sheet: Sheet, scenario: Scenario, doc: NodeOf<'cloudSubscription'>): string[] {
  const { deadlineS, retentionS, backoffMs, attempts } = googleTerms(doc)
  const terms = [`'ack_deadline_seconds': ${deadlineS}`]
  if (doc.ordering) terms.push("'enable_message_ordering': True")
  if (doc.filter && !isPolicy(doc.filter)) terms.push(`'filter': ${pyString(doc.filter)}`)
  if (doc.push) terms.push("'push_config': {'push_endpoint': 'https://example.com/push'}")
  if (retentionS !== null || backoffMs !== null) sheet.importFrom('datetime', 'timedelta')
  const span = (ms = 0) => `timedelta(seconds=${ms / 1000})`
  if (retentionS !== null) terms.push(`'message_retention_duration': ${span(retentionS * 1000)}`)
  if (backoffMs !== null) {
    const [least, most] = backoffMs
    terms.push(
      `'retry_policy': {'minimum_backoff': ${span(least)}, 'maximum_backoff': ${span(most)}}`,
    )
  }
  const letters = scenario.nodes.find(({ id }) => id === doc.deadLetterTopic)
  if (letters) {
    const policy = `'dead_letter_topic': ${pathName(sheet, letters)}, 'max_delivery_attempts': ${attempts}`
    terms.push(`'dead_letter_policy': {${policy}}`)
  }
  return terms
}

/** SNS knows queues of SQS; to a queue of RabbitMQ an endpoint of one's own has to pass on. */
function subscribeQueue(sheet: Sheet, scenario: Scenario, doc: NodeOf<'cloudSubscription'>): void {
  const topic = topicOf(scenario, doc)
  const queue = queueBehind(scenario, doc)
  if (!topic || !queue) return
  connectSns(sheet)
  const lit = { node: doc.id, facts: ['backlogged', 'filteredOut', 'forwarded'] }
  const policy = policyOf(doc.filter ?? '')
  if (policy === null) sheet.add('topology', line(`# ${NO_POLICY} ${inOneLine(doc.filter)}`))
  const isFiltered = policy !== null && Object.keys(policy).length > 0
  if (isFiltered) sheet.import('import json')
  const filter = isFiltered ? `, 'FilterPolicy': json.dumps(${pyValue(policy)})` : ''
  const attributes = `Attributes={'RawMessageDelivery': 'true'${filter}}`
  const given = `TopicArn=${pathName(sheet, topic)}`
  if (queue.kind !== 'sqsQueue') {
    const to = `Protocol='https', Endpoint='https://example.com/${queue.name}'`
    const why = `# An endpoint of one's own puts each message into the RabbitMQ queue ${queue.name}.`
    sheet.add('topology', line(why), line(`sns.subscribe(${given}, ${to}, ${attributes})`, lit))
    return
  }
  connectSqs(sheet)
  sheet.import('import json')
  const arn = pathName(sheet, doc)
  const asked = `QueueUrl=${urlName(sheet, queue)}, AttributeNames=['QueueArn']`
  const to = `Protocol='sqs', Endpoint=${arn}`
  sheet.add(
    'actions',
    line(`${arn} = sqs.get_queue_attributes(${asked})['Attributes']['QueueArn']`),
    line('# The queue lets the topic in.'),
    line(
      `sqs.set_queue_attributes(QueueUrl=${urlName(sheet, queue)}, Attributes={'Policy': json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'sns.amazonaws.com'}, 'Action': 'sqs:SendMessage', 'Resource': ${arn}, 'Condition': {'ArnEquals': {'aws:SourceArn': ${pathName(sheet, topic)}}}}]})})`,
    ),
    line(`sns.subscribe(${given}, ${to}, ${attributes})`, lit),
  )
}

export function publishToTopic(
  sheet: Sheet,
  topic: NodeOf<'cloudTopic'>,
  body: Text,
  key: Text | null,
  { attributes = {}, numbers }: Outlet,
  lit: readonly Lit[],
): Line {
  const path = pathName(sheet, topic)
  const names = Object.entries(attributes)
  if (sheet.has('sns')) {
    const told =
      names.length > 0 ? `, MessageAttributes=${messageAttributes(attributes, numbers)}` : ''
    return line(`sns.publish(TopicArn=${path}, Message=${strOf(body)}${told})`, ...lit)
  }
  const ordering = key === null ? '' : `, ordering_key=${strOf(key)}`
  const given = names.map(([name, text]) => `, ${pyName(name)}=${attributeText(text)}`).join('')
  const data = `${strOf(body)}.encode()`
  return line(`publisher.publish(${path}, ${data}${ordering}${given}).result()`, ...lit)
}
