/** Whether an action makes sense in a scenario: its node or link exists and is of a kind to which this can be done. */
import type * as v from 'valibot'
import type { Action, Family, NodeDoc, Scenario } from '../document.ts'
import { A_KIND, isClientKind, mayLose, SUBSCRIBER_KINDS } from '../kinds.ts'
import type { RedisAct } from '../redisActs.ts'
import type { SourcingAct } from '../sourcingActs.ts'
import { ALTERABLE } from '../topicConfigs.ts'
import { clusterSize } from '../topicSettings.ts'
import { filterProblem, takesFilters } from './cloud.ts'
import { isFiltered, whyNoFilter } from './filters.ts'
import { isMqttFilter, isMqttTopic, MQTT_FILTER_WANTED } from './mqtt.ts'
import { conform, type Path, type Refused, refuse } from './problem.ts'
import { refuseTiming } from './references.ts'
import { FIXED_SETTINGS, SETTINGS, TOPIC_ENTRIES } from './settings.ts'

/** Null if the action can be done in this scenario, else what is wrong with it. */
export function refuseAction(scenario: Scenario, action: Action, path: Path): Refused | null {
  switch (action.do) {
    case 'publish':
      return refuseNode(scenario, action.node, [...path, 'node'], PUBLISHED_TO)
    case 'pause':
    case 'resume':
      return refuseNode(scenario, action.node, [...path, 'node'], PAUSABLE)
    case 'crashAt':
      return refuseNode(scenario, action.node, [...path, 'node'], CRASHING)
    case 'cancel':
    case 'consume':
      return refuseNode(scenario, action.node, [...path, 'node'], ['consumer', 'groupConsumer'])
    case 'stall':
    case 'commitNow':
    case 'seekMember':
      return refuseNode(scenario, action.node, [...path, 'node'], ['groupConsumer'])
    case 'closeChannel':
    case 'answer':
      return refuseNode(scenario, action.node, [...path, 'node'], ['consumer'])
    case 'purge':
      return refuseNode(
        scenario,
        action.node,
        [...path, 'node'],
        ['queue', 'sqsQueue', 'natsStream'],
      )
    case 'poison':
      return null
    case 'drop':
      return refusePlace(scenario, action.at, [...path, 'at'])
    case 'restartBroker':
      return refuseRestart(scenario, action.broker, [...path, 'broker'])
    case 'crash':
    case 'restart':
    case 'slow':
      return refuseNode(scenario, action.node, [...path, 'node'])
    case 'set':
      return (
        refuseNode(scenario, action.node, [...path, 'node']) ?? refuseSet(scenario, action, path)
      )
    case 'loseNext':
      return refuseLoss(scenario, action.link, [...path, 'link'])
    case 'goOffline':
    case 'comeBack':
      return refuseNode(scenario, action.node, [...path, 'node'], [...SUBSCRIBER_KINDS])
    case 'settleLease':
      return refuseNode(scenario, action.node, [...path, 'node'], ['cloudSubscription'])
    case 'publishMqtt':
      return refusePublishing(scenario, action, path)
    case 'filter':
      return refuseFilter(scenario, action, path)
    case 'cut':
    case 'mend':
    case 'latency': {
      if (scenario.links.some(({ id }) => id === action.link)) return null
      return refuse([...path, 'link'], `is "${action.link}", which is no link; give a link's id`)
    }
    case 'sourcing':
      return (
        refuseNode(scenario, action.node, [...path, 'node'], ACTED_ON[action.act.what]) ??
        refuseRelay(scenario, action.node, action.act, path)
      )
    case 'redisStreams':
      return (
        refuseNode(scenario, action.node, [...path, 'node'], REDIS_ACTED_ON[action.act.what]) ??
        (action.act.what === 'claim'
          ? refuseNode(scenario, action.act.by, [...path, 'act', 'by'], ['redisConsumer'])
          : null)
      )
    case 'settle':
      return refuseNode(scenario, action.node, [...path, 'node'], ['natsSubscriber'])
    case 'seek':
      return refuseSeek(scenario, action, path)
    case 'addPartitions':
    case 'alterTopic':
      return refuseTopicAct(scenario, action, path)
    case 'killBroker':
    case 'startBroker':
    case 'isolateBroker':
    case 'rejoinBroker':
      return refuseClusterAct(scenario, action, path)
    case 'duplicateSend':
      return refuseNode(scenario, action.node, [...path, 'node'], ['producer'])
  }
}

function refuseRelay(
  { nodes }: Scenario,
  id: string,
  act: SourcingAct,
  path: Path,
): Refused | null {
  if (act.what !== 'crashRelay' && act.what !== 'restartRelay') return null
  const service = nodes.find((node) => node.id === id)
  const relays = (service?.kind === 'service' && service.relays) || 1
  const { relay = 0 } = act
  if (relay < relays) return null
  return refuse(
    [...path, 'act', 'relay'],
    `is ${relay}; give one below ${relays}, the number of relays`,
  )
}

const PUBLISHED_TO: NodeDoc['kind'][] = [
  'producer',
  'exchange',
  'queue',
  'sqsQueue',
  'natsRequester',
  'redisStream',
]
const CRASHING: NodeDoc['kind'][] = [
  'consumer',
  'pollingConsumer',
  'projection',
  'processManager',
  'service',
  'relay',
  'mqttClient',
  'natsSubscriber',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
]
/** Whom each act of event sourcing is for. */
const ACTED_ON: Record<SourcingAct['what'], NodeDoc['kind'][]> = {
  rebuild: ['projection'],
  rewind: ['processManager'],
  replayParked: ['processManager'],
  answerEvent: ['processManager'],
  crashRelay: ['service'],
  restartRelay: ['service'],
  append: ['eventStore'],
  deleteStream: ['eventStore'],
  limitStream: ['eventStore'],
  truncateStream: ['eventStore'],
  deleteKey: ['eventStore'],
  copyStream: ['eventStore'],
}
/** Whom each act on Redis streams is for. */
const REDIS_ACTED_ON: Record<RedisAct['what'], NodeDoc['kind'][]> = {
  claim: ['redisGroup'],
  autoClaim: ['redisConsumer'],
  acknowledge: ['redisGroup'],
  deleteConsumer: ['redisGroup'],
  moveGroup: ['redisGroup'],
  destroyGroup: ['redisGroup'],
  createGroup: ['redisGroup'],
  trim: ['redisStream'],
  trimBefore: ['redisStream'],
  deleteEntry: ['redisStream'],
}
const PAUSABLE: NodeDoc['kind'][] = [
  'producer',
  'consumer',
  'pollingConsumer',
  'groupConsumer',
  'mqttClient',
  'natsRequester',
  'natsSubscriber',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
]
/** Families whose server can be stopped and started. */
const RESTARTABLE: readonly Family[] = ['amqp', 'mqtt', 'nats', 'redisPubsub', 'redisStreams']

/** A link, or a queue. */
function refusePlace(scenario: Scenario, at: string, path: Path): Refused | null {
  if (scenario.links.some(({ id }) => id === at)) return null
  return refuseNode(scenario, at, path, ['queue'])
}

function refuseRestart(scenario: Scenario, id: string, path: Path): Refused | null {
  const broker = scenario.brokers.find((known) => known.id === id)
  if (!broker) return refuse(path, `is "${id}", which is no broker; give a broker's id`)
  if (RESTARTABLE.includes(broker.family)) return null
  return refuse(
    path,
    `is "${id}" of the family "${broker.family}"; give one of the family "amqp" or "mqtt"`,
  )
}

function refuseNode(
  scenario: Scenario,
  id: string,
  path: Path,
  kinds?: NodeDoc['kind'][],
): Refused | null {
  const node = scenario.nodes.find((candidate) => candidate.id === id)
  if (!node) return refuse(path, `is "${id}", which is no node; give a node's id`)
  if (kinds ? kinds.includes(node.kind) : isClientKind(node.kind)) return null
  const wanted = kinds ? A_KIND[kinds[0] as NodeDoc['kind']] : 'a client (it is part of a broker)'
  return refuse(path, `is "${id}", ${A_KIND[node.kind]}; give ${wanted}`)
}

function refuseSet(
  scenario: Scenario,
  action: Extract<Action, { do: 'set' }>,
  path: Path,
): Refused | null {
  const node = scenario.nodes.find(({ id }) => id === action.node) as NodeDoc
  if (!isClientKind(node.kind)) return null
  const entries: v.ObjectEntries = SETTINGS[node.kind]
  const schema = Object.hasOwn(entries, action.name) ? entries[action.name] : undefined
  if (!schema) {
    const names = Object.keys(entries).join(', ')
    return refuse(
      [...path, 'name'],
      `is "${action.name}", which ${A_KIND[node.kind]} does not have; give one of ${names}`,
    )
  }
  if (FIXED_SETTINGS.has(action.name)) {
    return refuse(
      [...path, 'name'],
      `is "${action.name}", which stays as it is while ${A_KIND[node.kind]} runs; change the scenario instead`,
    )
  }
  if (
    node.kind === 'groupConsumer' &&
    action.name === 'commit' &&
    (action.value === 'transaction') !== (node.commit === 'transaction')
  ) {
    return refuse(
      [...path, 'value'],
      `is ${JSON.stringify(action.value)}; whether a member commits in transactions stays as it is while it runs, change the scenario instead`,
    )
  }
  const result = conform(schema as v.GenericSchema, action.value, [...path, 'value'])
  if (!result.ok) return result
  return refuseTiming(action.name, result.value, [...path, 'value'])
}

/** A wildcard is for those who subscribe; an MQTT client publishes to its own broker. */
function refusePublishing(
  scenario: Scenario,
  action: Extract<Action, { do: 'publishMqtt' }>,
  path: Path,
): Refused | null {
  const refused = refuseNode(scenario, action.node, [...path, 'node'], ['mqttClient'])
  if (refused || action.topic === undefined || isMqttTopic(action.topic)) return refused
  return refuse([...path, 'topic'], 'has a wildcard; give a topic without + and #')
}

/** Only links of pub/sub lose a single message. */
function refuseLoss(scenario: Scenario, id: string, path: Path): Refused | null {
  const kind = (node: string | undefined) => scenario.nodes.find((n) => n.id === node)?.kind
  const link = scenario.links.find((each) => each.id === id)
  const [from, to] = [kind(link?.from), kind(link?.to)]
  if (from !== undefined && to !== undefined && mayLose(from, to)) return null
  return refuse(path, `is "${id}"; give a link of a server of pub/sub, or cut this one`)
}

/** Only a subscription has a filter that can be changed. */
function refuseFilter(
  scenario: Scenario,
  action: Extract<Action, { do: 'filter' }>,
  path: Path,
): Refused | null {
  const link = scenario.links.find(({ id }) => id === action.link)
  const isOfMqtt = scenario.nodes.some(
    ({ id, kind }) => kind === 'mqttClient' && (id === link?.from || id === link?.to),
  )
  if (isOfMqtt) {
    return isMqttFilter(action.filter) ? null : refuse([...path, 'filter'], MQTT_FILTER_WANTED)
  }
  const from = scenario.nodes.find(({ id }) => id === link?.from)
  const to = scenario.nodes.find(({ id }) => id === link?.to)
  if (link && to?.kind === 'cloudSubscription') {
    if (!takesFilters(scenario, link)) {
      const why =
        'Google Pub/Sub keeps the filter that a subscription was made with; link another one'
      return refuse([...path, 'link'], `is "${action.link}"; ${why}`)
    }
    const problem = filterProblem(action.filter)
    return problem === null ? null : refuse([...path, 'filter'], `cannot be read: ${problem}`)
  }
  if (!link || !from || !to || !isFiltered(from.kind, to.kind)) {
    return refuse([...path, 'link'], `is "${action.link}"; give the link of a subscription`)
  }
  const why = whyNoFilter(from.kind, action.filter)
  return why === null ? null : refuse([...path, 'filter'], why)
}

function refuseSeek(
  scenario: Scenario,
  action: Extract<Action, { do: 'seek' }>,
  path: Path,
): Refused | null {
  const refused = refuseNode(scenario, action.topic, [...path, 'topic'], ['topic'])
  if (refused) return refused
  const readers = new Set(
    scenario.links.filter(({ from }) => from === action.topic).map(({ to }) => to),
  )
  const known = scenario.nodes.some(
    (node) => node.kind === 'groupConsumer' && node.group === action.group && readers.has(node.id),
  )
  if (known) return null
  return refuse([...path, 'group'], `is "${action.group}", which does not read this topic`)
}

function refuseTopicAct(
  scenario: Scenario,
  action: Extract<Action, { do: 'addPartitions' | 'alterTopic' }>,
  path: Path,
): Refused | null {
  const refused = refuseNode(scenario, action.topic, [...path, 'topic'], ['topic'])
  if (refused || action.do === 'addPartitions') return refused
  const name = ALTERABLE.find((known) => known === action.name)
  if (!name) {
    return refuse(
      [...path, 'name'],
      `is "${action.name}", which cannot be changed while a topic is there; give one of ${ALTERABLE.join(', ')}`,
    )
  }
  // Null takes the setting away, and Kafka's own default holds again.
  if (action.value === null) return null
  const result = conform(TOPIC_ENTRIES[name] as v.GenericSchema, action.value, [...path, 'value'])
  return result.ok ? null : result
}

function refuseClusterAct(
  scenario: Scenario,
  action: Extract<Action, { do: 'killBroker' | 'startBroker' | 'isolateBroker' | 'rejoinBroker' }>,
  path: Path,
): Refused | null {
  const broker = scenario.brokers.find(({ id }) => id === action.broker)
  if (broker?.family !== 'log') {
    return refuse([...path, 'broker'], `is "${action.broker}", which is no log; give a log's id`)
  }
  const size = clusterSize(scenario, broker)
  if (action.index < size) return null
  return refuse(
    [...path, 'index'],
    `is ${action.index}, but the cluster has ${size}; give a number below that`,
  )
}
