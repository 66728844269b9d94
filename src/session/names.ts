/** The names that people gave to nodes and links, and the words for what they did to them. */

import type { ActionBody, Scenario } from '../scenario/document.ts'
import { redisActText } from '../scenario/redisActs.ts'
import { sourcingActText } from '../scenario/sourcingActs.ts'
import { configName } from '../scenario/topicConfigs.ts'

/** The name of a node, or of a link as `shop → orders`; the id itself where the document has no such part. */
export function nameOf(scenario: Scenario, id: string): string {
  const node = scenario.nodes.find((candidate) => candidate.id === id)
  if (node) return node.name
  const link = scenario.links.find((candidate) => candidate.id === id)
  return link ? `${nameOf(scenario, link.from)} → ${nameOf(scenario, link.to)}` : id
}

/** What was done, as a label: `crash worker`, `set prefetch of worker to 1`. */
export function actionText(action: ActionBody, scenario: Scenario): string {
  const name = (id: string) => nameOf(scenario, id)
  switch (action.do) {
    case 'publish':
      return `publish ${action.body ?? 'one more'} from ${name(action.node)}`
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'purge':
      return `${action.do} ${name(action.node)}`
    case 'stall':
      return `${name(action.node)} works longer than max.poll.interval.ms`
    case 'commitNow':
      return `${name(action.node)} commits now`
    case 'consume':
      return `let ${name(action.node)} consume from now on`
    case 'crashAt':
      return `crash ${name(action.node)} ${POINT[action.point]}`
    case 'closeChannel':
      return `close the channel of ${name(action.node)}`
    case 'answer':
      return `${action.how} message ${action.message} at ${name(action.node)}`
    case 'drop':
      return `take message ${action.message} away`
    case 'poison':
      return `poison message ${action.message}`
    case 'restartBroker':
      return `restart the broker ${action.broker}`
    case 'set':
      return `set ${action.name} of ${name(action.node)} to ${plain(action.value)}`
    case 'slow':
      if (action.factor === 1) return `${name(action.node)} at its own pace`
      return `${name(action.node)} takes ${action.factor} times as long`
    case 'cut':
    case 'mend':
      return `${action.do} ${name(action.link)}`
    case 'settle':
      return `${action.how} message ${action.message} at ${name(action.node)}`
    case 'latency':
      return `${name(action.link)} takes ${action.ms} ms`
    case 'addPartitions':
      return `${action.count} more partitions for ${name(action.topic)}`
    case 'alterTopic':
      return action.value === null
        ? `take ${configName(action.name)} of ${name(action.topic)} away`
        : `set ${configName(action.name)} of ${name(action.topic)} to ${plain(action.value)}`
    case 'killBroker':
      return `kill broker ${action.index}`
    case 'startBroker':
      return `start broker ${action.index}`
    case 'isolateBroker':
      return `cut broker ${action.index} off`
    case 'rejoinBroker':
      return `let broker ${action.index} rejoin`
    case 'duplicateSend':
      return `send again from ${name(action.node)}`
    case 'sourcing':
      return `${name(action.node)}: ${sourcingActText(action.act)}`
    case 'redisStreams':
      return `${name(action.node)}: ${redisActText(action.act, name)}`
    case 'loseNext':
      return `lose the next packet on ${name(action.link)}`
    case 'goOffline':
      return `${name(action.node)} goes offline`
    case 'comeBack':
      return `${name(action.node)} comes back`
    case 'filter':
      return `filter ${action.filter} on ${name(action.link)}`
    case 'settleLease':
      return `${action.how} message ${action.message} at ${name(action.node)}`
    case 'publishMqtt':
      return `publish ${action.retain ? 'retained ' : ''}${action.body ?? 'one more'} from ${name(action.node)}`
    case 'seek':
      return `${action.group} reads ${name(action.topic)} from ${place(action.to)}`
    case 'seekMember':
      return `${name(action.node)} reads ${action.partition === undefined ? '' : `partition ${action.partition} `}from ${place(action.to)}`
  }
}

const POINT = {
  beforeEffect: 'before its next effect',
  afterEffect: 'after its next effect',
  afterAck: 'after its next ack',
  beforeMark: 'before it marks',
  beforePublish: 'before it publishes',
  midBatch: 'in mid batch',
  afterMark: 'after it has marked',
} as const

function place(to: Extract<ActionBody, { do: 'seek' }>['to']): string {
  if (typeof to === 'object') return `what was made from ${to.timeMs / 1000} s on`
  return typeof to === 'number' ? `offset ${to}` : `the ${to}`
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
