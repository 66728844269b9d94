/** Sentences about Redis streams, their groups, and those who read them. */
import { REDIS_STREAM_FACTS as FACTS } from '../../brokers/log/redisStreams/facts.ts'
import type {
  Claim,
  ConsumerRow,
  GroupIds,
  GroupRow,
  Recovery,
} from '../../brokers/log/redisStreams/group.ts'
import { printId } from '../../brokers/log/redisStreams/id.ts'
import type { Wait } from '../../brokers/log/redisStreams/reader.ts'
import type { StreamIds, StreamRow } from '../../brokers/log/redisStreams/stream.ts'
import { REDIS_CLIENT_FACTS as CLIENT } from '../../clients/redisConsumer/facts.ts'
import type { FactContext, FactKinds } from './sentence.ts'

/** An entry of a stream as its id: `1500-0`. */
function idOf({ records }: FactContext, stream: number, position: number): string {
  const ms = records.times(stream, 'ms').get(position)
  return printId({ ms, seq: records.times(stream, 'seq').get(position) })
}

/** The link over which a client waits. */
function waiter(f: FactContext): string {
  const { client, group } = f.records.rowAt<Wait>(f.aux)
  return group ? group.consumer : f.nameOfId(client.slice(0, client.lastIndexOf('#')))
}

const STREAMS: FactKinds = {
  [FACTS.streamCreated]: {
    name: 'redisStreamCreated',
    tone: 'setup',
    sentence: (f) => `The key ${f.records.rowAt<StreamRow>(f.aux).key} holds a stream.`,
  },
  [FACTS.streamDeleted]: {
    name: 'redisStreamDeleted',
    tone: 'fault',
    sentence: (f) => `The stream ${f.name(f.node)} is deleted, with its groups.`,
  },
  [FACTS.added]: {
    name: 'entryAdded',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} adds ${f.label(f.message)} as ${idOf(f, f.node, f.aux)}.`,
  },
  [FACTS.trimmed]: {
    name: 'streamTrimmed',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} is trimmed: all entries up to ${idOf(f, f.node, f.aux - 1)} are gone, read or not.`,
  },
  [FACTS.deleted]: {
    name: 'entryDeleted',
    tone: 'action',
    sentence: (f) => `${f.label(f.message)} is deleted from ${f.name(f.node)} (XDEL).`,
  },
  [FACTS.idSet]: {
    name: 'streamIdSet',
    tone: 'action',
    sentence: (f) =>
      `The last id of ${f.name(f.node)} is ${printId(f.records.rowAt<StreamIds>(f.aux).last)} now.`,
  },
}

const GROUPS: FactKinds = {
  [FACTS.groupCreated]: {
    name: 'redisGroupCreated',
    tone: 'setup',
    sentence: (f) => {
      const { name, last, stream } = f.records.rowAt<GroupRow>(f.aux)
      return `The group ${name} reads ${f.name(stream)} from after ${printId(last)} on.`
    },
  },
  [FACTS.groupMadeAgain]: {
    name: 'redisGroupMadeAgain',
    tone: 'action',
    sentence: (f) =>
      `The group ${f.name(f.node)} is made again and reads on after ${printId(f.records.rowAt<GroupIds>(f.aux).last)}.`,
  },
  [FACTS.groupDestroyed]: {
    name: 'redisGroupDestroyed',
    tone: 'fault',
    sentence: (f) =>
      `The group ${f.name(f.node)} is destroyed, with its consumers and all that was pending.`,
  },
  [FACTS.recovered]: {
    name: 'redisGroupRecovered',
    tone: 'fault',
    sentence: (f) => {
      const { pendings } = f.records.rowAt<Recovery>(f.aux)
      const counts =
        pendings.length === 0
          ? ''
          : `, and ${pendings.length === 1 ? 'one pending entry has' : `${pendings.length} pending entries have`} the count of deliveries of before the last look at it`
      return `The append-only file does not say how many entries ${f.name(f.node)} has read${counts}.`
    },
  },
  [FACTS.groupMoved]: {
    name: 'redisGroupMoved',
    tone: 'action',
    sentence: (f) =>
      `${f.name(f.node)} stands after ${printId(f.records.rowAt<GroupIds>(f.aux).last)} now (XGROUP SETID). What is pending stays so.`,
  },
  [FACTS.consumerCreated]: {
    name: 'redisConsumerCreated',
    tone: 'link',
    sentence: (f) => {
      const { name, group } = f.records.rowAt<ConsumerRow>(f.aux)
      return `${f.name(group)} knows a consumer called ${name} from now on.`
    },
  },
  [FACTS.consumerDeleted]: {
    name: 'redisConsumerDeleted',
    tone: 'fault',
    sentence: (f) =>
      f.aux === 0
        ? `The group forgets the consumer ${f.name(f.node)}. Nothing was pending under its name.`
        : `The group forgets the consumer ${f.name(f.node)}, and with it the ${entries(f.aux)} pending under its name: nobody will be given ${f.aux === 1 ? 'it' : 'them'} any more.`,
  },
  [FACTS.seen]: {
    name: 'redisConsumerSeen',
    tone: 'link',
    sentence: (f) => `The server hears from ${f.name(f.node)}.`,
  },
  [FACTS.delivered]: {
    name: 'entryDelivered',
    tone: 'normal',
    sentence: (f) =>
      `${f.label(f.message)} is given to ${f.name(f.node)} and is pending until it is acknowledged.`,
  },
  [FACTS.handed]: {
    name: 'entryHanded',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is given to ${f.name(f.node)} with NOACK.`,
  },
  [FACTS.advanced]: {
    name: 'redisGroupAdvanced',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} has given out all up to ${f.label(f.message)}.`,
  },
  [FACTS.redelivered]: {
    name: 'entryRedelivered',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} is given ${f.label(f.message)} once more: it was pending under its name.`,
  },
  [FACTS.claimed]: {
    name: 'entryClaimed',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} takes ${f.label(f.message)} over, delivery ${f.records.rowAt<Claim>(f.aux).count}.`,
  },
  [FACTS.acked]: {
    name: 'entryAcked',
    tone: 'normal',
    sentence: (f) => `${f.label(f.message)} is acknowledged in ${f.name(f.node)}.`,
  },
  [FACTS.pendingDropped]: {
    name: 'pendingDropped',
    tone: 'normal',
    sentence: (f) =>
      `${f.name(f.node)} takes ${f.label(f.message)} off its pending list: the stream does not have it any more.`,
  },
  [FACTS.goneUnread]: {
    name: 'goneUnread',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} is gone before ${f.name(f.node)} was given it.`,
  },
  [FACTS.gonePending]: {
    name: 'gonePending',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} is gone while it is pending in ${f.name(f.node)}: only its id is left.`,
  },
  [FACTS.waitStarted]: {
    name: 'readBlocks',
    tone: 'link',
    sentence: (f) => `There is nothing to read for ${waiter(f)}: its read blocks.`,
  },
  [FACTS.waitServed]: {
    name: 'readUnblocked',
    tone: 'link',
    sentence: (f) => `The read of ${waiter(f)} has waited for this.`,
  },
  [FACTS.waitTimedOut]: {
    name: 'readTimedOut',
    tone: 'link',
    sentence: (f) => `The read of ${waiter(f)} has blocked long enough: it gets nothing.`,
  },
  [FACTS.waitRefused]: {
    name: 'readRefused',
    tone: 'fault',
    sentence: (f) => `The read of ${waiter(f)} is refused: what it reads is gone.`,
  },
  [FACTS.waitDropped]: {
    name: 'readDropped',
    tone: 'link',
    sentence: (f) => `The connection on which ${waiter(f)} waited is gone.`,
  },
}

export const REDIS_STREAM_SENTENCES: FactKinds = {
  ...STREAMS,
  ...GROUPS,
  [CLIENT.readAsked]: {
    name: 'entriesAsked',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} asks for new entries.`,
  },
  [CLIENT.historyAsked]: {
    name: 'historyAsked',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} asks for what is pending under its name.`,
  },
  [CLIENT.claimAsked]: {
    name: 'claimAsked',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} looks for idle entries of its group (XAUTOCLAIM).`,
  },
  [CLIENT.entryClaimAsked]: {
    name: 'entryClaimAsked',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} claims ${f.label(f.message)} (XCLAIM).`,
  },
  [CLIENT.answered]: {
    name: 'entriesAnswered',
    tone: 'link',
    sentence: (f) =>
      f.message === -1
        ? `Redis answers ${f.name(f.node)}: nothing.`
        : `Redis answers ${f.name(f.node)} with ${f.label(f.message)} and what goes with it.`,
  },
  [CLIENT.batchTaken]: {
    name: 'entriesTaken',
    tone: 'normal',
    sentence: (f) => {
      const count = f.records.ints(f.node, 'answerCount').get(f.aux)
      return count === 1
        ? `${f.name(f.node)} gets ${f.label(f.message)}.`
        : `${f.name(f.node)} gets ${count} entries, ${f.label(f.message)} first.`
    },
  },
  [CLIENT.nothingCame]: {
    name: 'noEntries',
    tone: 'link',
    sentence: (f) => `${f.name(f.node)} gets nothing.`,
  },
  [CLIENT.foundGone]: {
    name: 'foundGone',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} gets the id of ${f.label(f.message)} without its fields: the stream does not have it any more. It acknowledges it.`,
  },
  [CLIENT.gaveUp]: {
    name: 'entrySetAside',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} gives up on ${f.label(f.message)}: delivered too often, by its own rule.`,
  },
  [CLIENT.claimWished]: {
    name: 'claimWished',
    tone: 'action',
    sentence: (f) =>
      f.message === -1
        ? `${f.name(f.node)} will look for idle entries before it reads on.`
        : `${f.name(f.node)} will claim ${f.label(f.message)} before it reads on.`,
  },
  [CLIENT.reconnected]: {
    name: 'redisReconnected',
    tone: 'normal',
    sentence: (f) => `${f.name(f.node)} has a new connection to the server.`,
  },
  [CLIENT.refused]: {
    name: 'noGroup',
    tone: 'fault',
    sentence: (f) =>
      `${f.name(f.node)} is refused: its group is not there (NOGROUP). It asks again in a second.`,
  },
  [CLIENT.forgotten]: {
    name: 'entryForgotten',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} was in the memory of ${f.name(f.node)} when it crashed.`,
  },
}

function entries(count: number): string {
  return count === 1 ? 'entry' : `${count} entries`
}
