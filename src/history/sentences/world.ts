/** Sentences about links and about what a person did. */
import { PIPE_FACTS } from '../../engine/pipe.ts'
import type { Action } from '../../scenario/document.ts'
import { redisActText } from '../../scenario/redisActs.ts'
import { sourcingActText } from '../../scenario/sourcingActs.ts'
import { configName } from '../../scenario/topicConfigs.ts'
import { OP } from '../../scenario/wiring/ops.ts'
import { WORLD_FACTS } from '../../scenario/world.ts'
import type { FactContext, FactKinds } from './sentence.ts'

/** Operations that say what became of a message. */
const ANSWERS: readonly number[] = [
  OP.ack,
  OP.nack,
  OP.requeue,
  OP.confirmed,
  OP.refused,
  OP.returned,
  OP.reply,
  OP.delete,
  OP.term,
  OP.progress,
]

export const WORLD_SENTENCES: FactKinds = {
  [PIPE_FACTS.sent]: {
    name: 'sent',
    tone: 'link',
    sentence: (f) => `${parcel(f)} leaves on ${f.way(f.node)}.`,
  },
  [PIPE_FACTS.arrived]: {
    name: 'arrived',
    tone: 'link',
    sentence: (f) => `${parcel(f)} arrives by ${f.way(f.node)}.`,
  },
  [PIPE_FACTS.emptied]: {
    name: 'emptied',
    tone: 'fault',
    sentence: (f) =>
      `The connection ${f.name(f.node)} breaks; ${count(f.aux, 'parcel')} under way ${f.aux === 1 ? 'is' : 'are'} lost.`,
  },
  [PIPE_FACTS.latencyChanged]: {
    name: 'latencyChanged',
    tone: 'action',
    sentence: (f) => `${f.name(f.node)} now takes ${f.aux / 1000} ms.`,
  },
  [PIPE_FACTS.cut]: {
    name: 'cut',
    tone: 'fault',
    sentence: (f) => `The link ${f.name(f.node)} is cut.`,
  },
  [PIPE_FACTS.mended]: {
    name: 'mended',
    tone: 'action',
    sentence: (f) => `The link ${f.name(f.node)} works again.`,
  },
  [PIPE_FACTS.lost]: {
    name: 'lost',
    tone: 'fault',
    sentence: (f) => `${parcel(f)} is lost on ${f.way(f.node)}.`,
  },
  [PIPE_FACTS.lossArmed]: {
    name: 'lossArmed',
    tone: 'action',
    sentence: (f) => `What is sent next on ${f.name(f.node)} will be lost.`,
  },
  [PIPE_FACTS.dropped]: {
    name: 'takenAway',
    tone: 'fault',
    sentence: (f) => `${what(f.message, f.label)} is taken away on ${f.way(f.node)}.`,
  },
  [PIPE_FACTS.missed]: {
    name: 'missed',
    tone: 'link',
    sentence: (f) => `${what(f.message, f.label)} does not arrive by ${f.way(f.node)}.`,
  },
  [WORLD_FACTS.acted]: {
    name: 'acted',
    tone: 'action',
    sentence: (f) => describeAction(f.records.rowAt<Action>(f.aux), f.nameOfId, f.label),
  },
}

/** What a person did, in a few words: for the log, branches and marks. */
export function describeAction(
  action: Action,
  nameOf: (id: string) => string,
  labelOf: (message: number) => string = (message) => `message ${message}`,
): string {
  switch (action.do) {
    case 'publish':
      return action.body === undefined
        ? `You publish from ${nameOf(action.node)}.`
        : `You publish ${action.body} from ${nameOf(action.node)}.`
    case 'pause':
      return `You pause ${nameOf(action.node)}.`
    case 'resume':
      return `You let ${nameOf(action.node)} go on.`
    case 'crashAt':
      return `You make ${nameOf(action.node)} crash ${POINT_WORDS[action.point]}.`
    case 'cancel':
      return `You cancel the consumer ${nameOf(action.node)}.`
    case 'consume':
      return `You let ${nameOf(action.node)} consume from now on.`
    case 'stall':
      return `You let the next record of ${nameOf(action.node)} take longer than max.poll.interval.ms.`
    case 'commitNow':
      return `You let ${nameOf(action.node)} commit now.`
    case 'closeChannel':
      return `You close the channel of ${nameOf(action.node)}.`
    case 'answer':
      return `You ${ANSWER_WORDS[action.how]} ${labelOf(action.message)} in place of ${nameOf(action.node)}.`
    case 'drop':
      return `You take ${labelOf(action.message)} away from ${nameOf(action.at)}.`
    case 'poison':
      return `You poison ${labelOf(action.message)}.`
    case 'purge':
      return `You purge ${nameOf(action.node)}.`
    case 'restartBroker':
      return `You restart the broker ${action.broker}.`
    case 'crash':
      return `You crash ${nameOf(action.node)}.`
    case 'restart':
      return `You restart ${nameOf(action.node)}.`
    case 'set':
      return `You set ${action.name} of ${nameOf(action.node)} to ${plain(action.value)}.`
    case 'slow':
      return action.factor === 1
        ? `You let ${nameOf(action.node)} work at its normal pace.`
        : `You make ${nameOf(action.node)} take ${action.factor} times as long.`
    case 'cut':
      return `You cut ${nameOf(action.link)}.`
    case 'mend':
      return `You mend ${nameOf(action.link)}.`
    case 'latency':
      return `You set the latency of ${nameOf(action.link)} to ${action.ms} ms.`
    case 'addPartitions':
      return `You give ${nameOf(action.topic)} ${count(action.count, 'more partition')}.`
    case 'alterTopic':
      return action.value === null
        ? `You take ${configName(action.name)} of ${nameOf(action.topic)} away.`
        : `You set ${configName(action.name)} of ${nameOf(action.topic)} to ${plain(action.value)}.`
    case 'killBroker':
      return `You kill broker ${action.index}.`
    case 'startBroker':
      return `You start broker ${action.index} again.`
    case 'isolateBroker':
      return `You cut broker ${action.index} off from the others.`
    case 'rejoinBroker':
      return `You let broker ${action.index} reach the others again.`
    case 'duplicateSend':
      return `You send the last request of ${nameOf(action.node)} once more.`
    case 'sourcing':
      if (action.act.what === 'answerEvent') {
        return `You ${action.act.how === 'ack' ? 'acknowledge' : action.act.how} ${labelOf(action.act.message)} in place of ${nameOf(action.node)}.`
      }
      return `You let ${nameOf(action.node)} ${sourcingActText(action.act)}.`
    case 'redisStreams':
      return `At ${nameOf(action.node)} you ${redisActText(action.act, nameOf)}.`
    case 'loseNext':
      return `You have the next message on ${nameOf(action.link)} lost${action.way === 'back' ? ', on its way back' : ''}.`
    case 'settle':
      return `You ${SETTLE_WORDS[action.how]} ${labelOf(action.message)} in place of ${nameOf(action.node)}.`
    case 'goOffline':
      return `You take ${nameOf(action.node)} offline.`
    case 'comeBack':
      return `You let ${nameOf(action.node)} come back.`
    case 'settleLease':
      return `You ${LEASE_WORDS[action.how]} ${labelOf(action.message)} at ${nameOf(action.node)}.`
    case 'publishMqtt':
      return `You publish ${action.body ?? 'a message'}${action.retain ? ', retained,' : ''} from ${nameOf(action.node)}${action.topic === undefined ? '' : ` to ${action.topic}`}.`
    case 'filter':
      return `You change the filter of ${nameOf(action.link)} to ${action.filter}.`
    case 'seek':
      return `You move group ${action.group} on ${nameOf(action.topic)} to ${placeOf(action.to)}.`
    case 'seekMember':
      return `You move ${nameOf(action.node)}${action.partition === undefined ? '' : ` in partition ${action.partition}`} to ${placeOf(action.to)}.`
  }
}

function placeOf(to: Extract<Action, { do: 'seek' }>['to']): string {
  if (typeof to === 'object') return `the first record made at ${to.timeMs / 1000} s or later`
  return typeof to === 'number' ? `offset ${to}` : `the ${to}`
}

const POINT_WORDS = {
  beforeEffect: 'before its next effect',
  afterEffect: 'after its next effect',
  afterAck: 'after its next acknowledgement',
  beforeMark: 'after it has published, before it marks that',
  beforePublish: 'when it has read what to publish, before it publishes any',
  midBatch: 'when it has published a part of what it read',
  afterMark: 'after it has marked what it has published',
} as const

const LEASE_WORDS = {
  ack: 'acknowledge',
  nack: 'nack',
  extend: 'extend the ack deadline of',
} as const

const ANSWER_WORDS = { ack: 'acknowledge', nack: 'reject', requeue: 'requeue' } as const

const SETTLE_WORDS = {
  ack: 'acknowledge',
  nak: 'nak',
  term: 'terminate',
  progress: 'extend the ack wait of',
} as const

/** What travels: a message, or the answer to one. */
function parcel({ message, aux, label }: FactContext): string {
  return message !== -1 && ANSWERS.includes(aux)
    ? `The answer to ${label(message)}`
    : what(message, label)
}

function what(message: number, label: (message: number) => string): string {
  return message === -1 ? 'A request' : label(message)
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
