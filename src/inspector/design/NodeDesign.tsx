/** The parameters of the selected node in the document: a change acts from the beginning and can be undone. */
import { type ComponentType, lazy, Suspense } from 'react'
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import { Button } from '../../ui/Button.tsx'
import { RemoveIcon } from '../../ui/icons.ts'
import { useEdit } from '../editing.ts'
import { late } from '../late.ts'
import type { DesignProps } from './change.ts'
import styles from './design.module.css'
import { GroupConsumerDesign, TopicDesign } from './LogDesign.tsx'
import { ConsumerDesign, ExchangeDesign, ProducerDesign, QueueDesign } from './MessagingDesign.tsx'
import {
  CommandHandlerDesign,
  EventStoreDesign,
  ProcessManagerDesign,
  ProjectionDesign,
  RelayDesign,
  ServiceDesign,
} from './SourcingDesign.tsx'
import { PollingConsumerDesign, SqsQueueDesign } from './SqsDesign.tsx'

const MqttBrokerDesign = lazy(() =>
  import('./MqttDesign.tsx').then((m) => ({ default: m.MqttBrokerDesign })),
)
const CloudTopicDesign = lazy(() =>
  import('./CloudDesign.tsx').then((m) => ({ default: m.CloudTopicDesign })),
)
const CloudSubscriptionDesign = lazy(() =>
  import('./CloudDesign.tsx').then((m) => ({ default: m.CloudSubscriptionDesign })),
)
const MqttClientDesign = lazy(() =>
  import('./MqttDesign.tsx').then((m) => ({ default: m.MqttClientDesign })),
)
const pubsub = () => import('./PubSubDesign.tsx')
const redis = () => import('./RedisDesign.tsx')

const DESIGN: { [K in NodeKind]: ComponentType<DesignProps<K>> } = {
  producer: ProducerDesign,
  exchange: ExchangeDesign,
  queue: QueueDesign,
  consumer: ConsumerDesign,
  sqsQueue: SqsQueueDesign,
  pollingConsumer: PollingConsumerDesign,
  topic: TopicDesign,
  groupConsumer: GroupConsumerDesign,
  eventStore: EventStoreDesign,
  commandHandler: CommandHandlerDesign,
  projection: ProjectionDesign,
  relay: RelayDesign,
  processManager: ProcessManagerDesign,
  service: ServiceDesign,
  mqttBroker: MqttBrokerDesign,
  mqttClient: MqttClientDesign,
  natsServer: late(async () => (await pubsub()).PlaceDesign),
  natsStream: late(async () => (await pubsub()).NatsStreamDesign),
  natsConsumer: late(async () => (await pubsub()).NatsConsumerDesign),
  natsSubscriber: late(async () => (await pubsub()).NatsSubscriberDesign),
  natsRequester: late(async () => (await pubsub()).RequesterDesign),
  redisServer: late(async () => (await pubsub()).PlaceDesign),
  redisSubscriber: late(async () => (await pubsub()).RedisSubscriberDesign),
  redisStream: late(async () => (await redis()).RedisStreamDesign),
  redisGroup: late(async () => (await redis()).RedisGroupDesign),
  redisConsumer: late(async () => (await redis()).RedisConsumerDesign),
  redisReader: late(async () => (await redis()).RedisReaderDesign),
  cloudTopic: CloudTopicDesign,
  cloudSubscription: CloudSubscriptionDesign,
}

export default function NodeDesign({ doc }: { doc: NodeDoc }) {
  const edit = useEdit()
  const Fields = DESIGN[doc.kind] as ComponentType<{ doc: NodeDoc }>
  return (
    <div className={styles.fields}>
      <Suspense>
        <Fields doc={doc} />
      </Suspense>
      <div className={styles.foot}>
        <Button
          variant="ghost"
          size="small"
          icon={RemoveIcon}
          onClick={() => edit({ edit: 'removeNode', id: doc.id })}
        >
          Remove from the scenario
        </Button>
      </div>
    </div>
  )
}
