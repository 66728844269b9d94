/**
 * What can be done to the selected node at the playhead; each act goes through the session and makes a
 * branch. The first acts are one click away at the top, changes of settings follow what is there to see.
 */
import { type ComponentType, lazy, Suspense } from 'react'
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import { isClientKind } from '../../scenario/kinds.ts'
import { useSession } from '../../session/react.tsx'
import { late } from '../late.ts'
import { type NowProps, useNodeState } from '../now/nodeState.ts'
import { Quiet } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { NodeLink } from '../Selectable.tsx'
import styles from './acts.module.css'
import { LifeActs } from './LifeActs.tsx'
import { MemberActs } from './MemberActs.tsx'
import { ProducerActs } from './ProducerActs.tsx'
import { PublishToExchange, PublishToQueue, PublishToSqsQueue } from './PublishNow.tsx'
import {
  CommandHandlerSettingActs,
  ConsumerSettingActs,
  GroupConsumerSettingActs,
  PollingConsumerSettingActs,
  RelaySettingActs,
} from './SettingActs.tsx'
import {
  EventStoreActs,
  ProcessManagerActs,
  ProcessManagerSettingActs,
  ProjectionActs,
  ProjectionSettingActs,
  RelayActs,
  ServiceActs,
  ServiceSettingActs,
} from './SourcingActs.tsx'
import { TopicActs } from './TopicActs.tsx'

const MqttClientActs = lazy(() =>
  import('./MqttActs.tsx').then((m) => ({ default: m.MqttClientActs })),
)
const MqttFilterActs = lazy(() =>
  import('./MqttActs.tsx').then((m) => ({ default: m.MqttFilterActs })),
)
const pubsub = () => import('./PubSubActs.tsx')
const redis = () => import('./RedisActs.tsx')

type ActsOf = { [K in NodeKind]: ComponentType<NowProps<K>> | null }

const FIRST: ActsOf = {
  producer: ProducerActs,
  exchange: PublishToExchange,
  queue: PublishToQueue,
  consumer: null,
  sqsQueue: PublishToSqsQueue,
  pollingConsumer: null,
  topic: null,
  groupConsumer: MemberActs,
  eventStore: null,
  commandHandler: null,
  projection: ProjectionActs,
  relay: RelayActs,
  processManager: ProcessManagerActs,
  service: ServiceActs,
  mqttBroker: late(async () => (await pubsub()).ServerActs),
  mqttClient: MqttClientActs,
  natsServer: late(async () => (await pubsub()).ServerActs),
  natsStream: late(async () => (await pubsub()).StreamActs),
  natsConsumer: null,
  natsSubscriber: late(async () => (await pubsub()).PresenceActs),
  natsRequester: late(async () => (await pubsub()).AskNow),
  redisServer: late(async () => (await pubsub()).ServerActs),
  redisSubscriber: late(async () => (await pubsub()).PresenceActs),
  redisStream: late(async () => (await redis()).RedisStreamActs),
  redisGroup: late(async () => (await redis()).RedisGroupActs),
  redisConsumer: late(async () => (await redis()).RedisConsumerActs),
  redisReader: null,
  cloudTopic: null,
  cloudSubscription: null,
}

const CHANGES: ActsOf = {
  producer: null,
  exchange: null,
  queue: null,
  consumer: ConsumerSettingActs,
  sqsQueue: null,
  pollingConsumer: PollingConsumerSettingActs,
  topic: TopicActs,
  groupConsumer: GroupConsumerSettingActs,
  eventStore: EventStoreActs,
  commandHandler: CommandHandlerSettingActs,
  projection: ProjectionSettingActs,
  relay: RelaySettingActs,
  processManager: ProcessManagerSettingActs,
  service: ServiceSettingActs,
  mqttBroker: null,
  mqttClient: MqttFilterActs,
  natsServer: null,
  natsStream: null,
  natsConsumer: null,
  natsSubscriber: late(async () => (await pubsub()).SubscriberChanges),
  natsRequester: null,
  redisServer: null,
  redisSubscriber: late(async () => (await pubsub()).SubscriberChanges),
  redisStream: null,
  redisGroup: null,
  redisConsumer: late(async () => (await redis()).RedisConsumerChanges),
  redisReader: late(async () => (await redis()).RedisReaderChanges),
  cloudTopic: null,
  cloudSubscription: null,
}

/** Who works on nothing: their work cannot be slowed. */
const SENDERS: readonly NodeKind[] = ['producer', 'natsRequester']

/** Publish, crash, restart, slow down. */
export function FirstActs({ doc }: { doc: NodeDoc }) {
  const state = useNodeState(doc)
  if (state === null) return null
  const Special = componentOf(FIRST, doc)
  const isClient = isClientKind(doc.kind)
  if (!isClient && !Special && !CHANGES[doc.kind]) return <ActNearby doc={doc} />
  if (!isClient && !Special) return null
  return (
    <div className={styles.acts}>
      {Special && (
        <Suspense>
          <Special doc={doc} state={state} />
        </Suspense>
      )}
      {isClient && <LifeActs state={state} works={!SENDERS.includes(doc.kind)} />}
    </div>
  )
}

/** What holds from the playhead on. */
export function ChangeActs({ doc }: { doc: NodeDoc }) {
  const state = useNodeState(doc)
  const Changes = componentOf(CHANGES, doc)
  if (state === null || Changes === null) return null
  return (
    <Part title="From now on">
      <div className={styles.acts}>
        <Suspense>
          <Changes doc={doc} state={state} />
        </Suspense>
      </div>
    </Part>
  )
}

type Any = ComponentType<{ doc: NodeDoc; state: NonNullable<ReturnType<typeof useNodeState>> }>

/** A kind is looked up with its own document and state; the compiler cannot pair them. */
function componentOf(acts: ActsOf, doc: NodeDoc): Any | null {
  return acts[doc.kind] as Any | null
}

function ActNearby({ doc }: { doc: NodeDoc }) {
  const links = useSession((session) => session.scenario.links)
  const near = new Set<string>()
  for (const link of links) {
    if (link.from === doc.id) near.add(link.to)
    if (link.to === doc.id) near.add(link.from)
  }
  if (near.size === 0) {
    return <Quiet>Nothing is connected to it. Draw a link on the canvas.</Quiet>
  }
  return (
    <Quiet>
      {doc.kind === 'cloudSubscription'
        ? 'What is out can be answered below. Act on what is connected: '
        : 'It does nothing by itself. Act on what is connected: '}
      {[...near].map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <NodeLink id={id} />
        </span>
      ))}
      .
    </Quiet>
  )
}
