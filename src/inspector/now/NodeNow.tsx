/** What is inside the selected node at the playhead, whatever its kind. */
import { type ComponentType, lazy, Suspense } from 'react'
import { dataText } from '../../base/dataText.ts'
import type { StateBase } from '../../history/frame.ts'
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import { configName } from '../../scenario/topicConfigs.ts'
import { Term } from '../../ui/Term.tsx'
import { late } from '../late.ts'
import { Quiet, Readings } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { countText } from '../timeText.ts'
import { GroupConsumerNow, TopicNow } from './LogNow.tsx'
import { ConsumerNow, ExchangeNow, ProducerNow, QueueNow } from './MessagingNow.tsx'
import { type NowProps, useNodeState } from './nodeState.ts'
import {
  CommandHandlerNow,
  EventStoreNow,
  ProcessManagerNow,
  ProjectionNow,
  RelayNow,
  ServiceNow,
} from './SourcingNow.tsx'
import { PollingConsumerNow, SqsQueueNow } from './SqsNow.tsx'

const MqttBrokerNow = lazy(() =>
  import('./MqttNow.tsx').then((m) => ({ default: m.MqttBrokerNow })),
)
const CloudTopicNow = lazy(() =>
  import('./CloudNow.tsx').then((m) => ({ default: m.CloudTopicNow })),
)
const CloudSubscriptionNow = lazy(() =>
  import('./CloudNow.tsx').then((m) => ({ default: m.CloudSubscriptionNow })),
)
const MqttClientNow = lazy(() =>
  import('./MqttNow.tsx').then((m) => ({ default: m.MqttClientNow })),
)
const pubsub = () => import('./PubSubNow.tsx')
const redis = () => import('./RedisNow.tsx')

const NOW: { [K in NodeKind]: ComponentType<NowProps<K>> } = {
  producer: ProducerNow,
  exchange: ExchangeNow,
  queue: QueueNow,
  consumer: ConsumerNow,
  sqsQueue: SqsQueueNow,
  pollingConsumer: PollingConsumerNow,
  topic: TopicNow,
  groupConsumer: GroupConsumerNow,
  eventStore: EventStoreNow,
  commandHandler: CommandHandlerNow,
  projection: ProjectionNow,
  relay: RelayNow,
  processManager: ProcessManagerNow,
  service: ServiceNow,
  mqttBroker: MqttBrokerNow,
  mqttClient: MqttClientNow,
  natsServer: late(async () => (await pubsub()).PlaceNow),
  natsStream: late(async () => (await pubsub()).NatsStreamNow),
  natsConsumer: late(async () => (await pubsub()).NatsConsumerNow),
  natsSubscriber: late(async () => (await pubsub()).SubscriberNow),
  natsRequester: late(async () => (await pubsub()).RequesterNow),
  redisServer: late(async () => (await pubsub()).PlaceNow),
  redisSubscriber: late(async () => (await pubsub()).SubscriberNow),
  redisStream: late(async () => (await redis()).RedisStreamNow),
  redisGroup: late(async () => (await redis()).RedisGroupNow),
  redisConsumer: late(async () => (await redis()).RedisConsumerNow),
  redisReader: late(async () => (await redis()).RedisReaderNow),
  cloudTopic: CloudTopicNow,
  cloudSubscription: CloudSubscriptionNow,
}

export function NodeNow({ doc }: { doc: NodeDoc }) {
  const state = useNodeState(doc)
  if (state === null) return <Quiet>The run has not reached this moment yet.</Quiet>
  // One kind is looked up with its own state and document; the compiler cannot pair them.
  const View = NOW[doc.kind] as ComponentType<{ doc: NodeDoc; state: typeof state }>
  const changed = Object.entries(state.changed)
  return (
    <>
      <Suspense>
        <View doc={doc} state={state} />
      </Suspense>
      {state.inbox && <InboxNow {...state.inbox} />}
      {changed.length > 0 && (
        <Part title="Changed by acts since the beginning">
          <Readings
            of={changed.map(([name, value]) => ({
              name: <code>{doc.kind === 'topic' ? configName(name) : name}</code>,
              value: doc.kind === 'topic' && value === null ? 'not set' : dataText(value),
            }))}
          />
        </Part>
      )}
    </>
  )
}

const INBOX =
  'A table in the database of the service, written in one transaction with the effect, and shared by all its instances. What lies further back than its window is forgotten, and would have its effect again.'

function InboxNow({ window, size, passed }: NonNullable<StateBase['inbox']>) {
  return (
    <Part title={<Term meaning={INBOX}>Inbox</Term>}>
      <Readings
        of={[
          { name: 'Remembers', value: `${countText(size)} of ${countText(window)}` },
          { name: 'Came again, no effect', value: countText(passed), lit: passed > 0 },
        ]}
      />
    </Part>
  )
}
