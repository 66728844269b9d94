/**
 * The vocabulary: every word with what it takes, what it is a number of, what it means and how a term is made of it.
 * A new word is one entry here. Levels of nodes (`ready`, `unacked`, `processed` …) are words by themselves: a new
 * level in `metrics/levels.ts` needs nothing here.
 */
import type { NodeKind, NodeOf } from '../../scenario/document.ts'
import { isClientKind } from '../../scenario/kinds.ts'
import { levelsOf } from '../metrics/levels.ts'
import type { Statistic } from '../metrics/spread.ts'
import { timesOf } from '../metrics/times.ts'
import { downstream, hasMoney } from '../money/holdings.ts'
import type { Catalog } from './catalog.ts'
import type { Term, TermContext } from './term.ts'
import { EntryAge, GroupAge, QueueAge, ReaderAge } from './terms/age.ts'
import { JetStreamAge, SessionAge, SqsAge, SubscriptionAge } from './terms/ageElsewhere.ts'
import { Count, Rate } from './terms/counting.ts'
import { Cost, Crashed, Greatest, levelsAt, Utilisation } from './terms/levels.ts'
import { Mismatch } from './terms/mismatch.ts'
import { Money } from './terms/money.ts'
import { DETECTING, OutcomeCount } from './terms/outcomes.ts'
import { type Span, SpreadTerm } from './terms/spreads.ts'
import { Balance, Bytes, Cell, Folded } from './terms/state.ts'
import type { Unit } from './tokens.ts'

/** What a word takes between its brackets, in this order. A `?` at the end: it may be left out. */
export type Parameter = 'node' | 'node?' | 'kind' | 'key' | 'key?' | 'window?' | 'by?'

/** What was written there, resolved. */
export interface Values {
  /** Place of the node; -1 where none is named. */
  node: number
  /** Name of the group, where a group may stand for a node. */
  group: string | null
  kind: string
  key: string | null
  windowUs: number
  by: 'key' | 'all'
}

export interface Word {
  /** Other ways to write it. */
  also?: readonly string[]
  takes: readonly Parameter[]
  unit: Unit
  /** One sentence, for completion and for docs/conditions.md. */
  meaning: string
  /** Nodes that it can be asked of. */
  nodes?(catalog: Catalog): readonly number[]
  /** Whether a group's name may stand for the node. */
  groups?: boolean
  /** A kind of node without which there is no such number. */
  needs?: NodeKind
  make(context: TermContext, values: Values, catalog: Catalog): Term
}

const SECOND = 1_000_000
/** The window of `rate` where none is written. */
export const WINDOW_US = SECOND

const WORDS: Readonly<Record<string, Word>> = {
  backlog: {
    takes: ['node'],
    unit: 'number',
    meaning: 'What waits in a node or for it: ready messages, records behind, deliveries in hand.',
    nodes: (catalog) => catalog.backlogPlaces,
    make: (context, { node }) =>
      new Greatest(
        [node],
        levelsAt(context, node).filter(({ role }) => role === 'backlog'),
      ),
  },
  lag: {
    takes: ['node'],
    unit: 'number',
    meaning:
      'Records or events that a reader or group has not got through. Against a time, as in lag(billing) > 2s, it is the age of the oldest of them.',
    nodes: (catalog) => catalog.levelPlaces.get('lag') ?? [],
    groups: true,
    make: makeLag,
  },
  age: {
    takes: ['node'],
    unit: 'duration',
    meaning:
      'How long the oldest of what waits has waited: a ready message, a record, an event, what a subscription or a session has not got.',
    nodes: (catalog) => [
      ...catalog.placesOf('queue', ...(Object.keys(AGE_ELSEWHERE) as NodeKind[])),
      ...(catalog.levelPlaces.get('lag') ?? []),
    ],
    groups: true,
    make: makeAge,
  },
  n: {
    takes: ['kind', 'node?'],
    unit: 'number',
    meaning: 'How many facts of a kind there were so far, at a node or anywhere.',
    make: (context, { kind, node }) => new Count(context, kind, orAll(node)),
  },
  rate: {
    takes: ['kind', 'node?', 'window?'],
    unit: 'rate',
    meaning: 'Facts of a kind a second, over the last second or the window written.',
    make: (context, { kind, node, windowUs }) => new Rate(context, kind, orAll(node), windowUs),
  },
  duplicates: {
    also: ['dup'],
    takes: ['node?'],
    unit: 'number',
    meaning:
      'Effects that happened a second time, counted among all who share a queue or group: at one client or store, at the readers of a queue or topic, or anywhere.',
    make: (context, { node }) =>
      new OutcomeCount(context, 'duplicated', DETECTING.duplicated, orAll(node)),
  },
  outOfOrder: {
    also: ['ooo'],
    takes: ['node?', 'by?'],
    unit: 'number',
    meaning:
      'Messages that had their effect after one that their producer published later, under the same key (by=all: any key). "order violated by key" says that it is above 0.',
    make: (context, { node, by }) => {
      const detecting = by === 'key' ? DETECTING.outOfOrder : DETECTING.outOfOrderByAll
      return new OutcomeCount(context, 'outOfOrder', detecting, orAll(node))
    },
  },
  lost: {
    takes: ['node?'],
    unit: 'number',
    meaning:
      'Messages that were taken over and then were gone without having had their effect. Some are only known at the end of the run.',
    make: (context, { node }) => new OutcomeCount(context, 'lost', DETECTING.lost, orAll(node)),
  },
  dropped: {
    takes: ['node?'],
    unit: 'number',
    meaning:
      'Times that a broker let go of messages by a rule: no route, no room, a nack without requeue, a purge.',
    make: (context, { node }) =>
      new OutcomeCount(context, 'dropped', DETECTING.dropped, orAll(node)),
  },
  balance: {
    takes: ['key?'],
    needs: 'eventStore',
    unit: 'number',
    meaning:
      'The balance of an account as its events say; without a name the least of all accounts.',
    make: (context, { key }) => new Balance(context, key),
  },
  state: {
    takes: ['node', 'key'],
    unit: 'number',
    meaning: 'The number that a projection has in its row for a key.',
    nodes: (catalog) => catalog.placesOf('projection'),
    make: (context, { node, key }) => new Cell(context, node, key ?? ''),
  },
  money: {
    takes: ['node'],
    unit: 'number',
    meaning:
      'The money at a node: what the events of a store come to, what the rows of a read model of balances say, or what the events come to that the effects of a client go back to.',
    nodes: withMoney,
    make: (context, { node }) => new Money(context, node),
  },
  utilisation: {
    also: ['util'],
    takes: ['node'],
    unit: 'share',
    meaning: 'Share of its capacity that a client was at work, from the start until now.',
    nodes: (catalog) => catalog.workPlaces,
    make: (context, { node }) => new Utilisation(context, node),
  },
  cost: {
    takes: [],
    unit: 'duration',
    meaning: 'Consumer-seconds: how long consumers were up, times their places of work.',
    make: (context) => new Cost(context),
  },
  crashed: {
    takes: ['node'],
    unit: 'truth',
    meaning: 'Whether a client is down.',
    nodes: (catalog) => catalog.placesWhere(({ kind }) => isClientKind(kind)),
    make: (context, { node }) => new Crashed(context, node),
  },
  time: {
    takes: [],
    unit: 'duration',
    meaning: 'The moment itself, from the start of the run.',
    make: () => ({ timed: true, read: (nowUs) => nowUs }),
  },
  bytes: {
    takes: ['node'],
    unit: 'number',
    meaning: 'Bytes of the bodies written to a topic or an event store so far.',
    nodes: (catalog) => catalog.placesOf('topic', 'eventStore', 'redisStream'),
    make: (context, { node }) => new Bytes(context, node),
  },
  folded: {
    takes: ['node'],
    unit: 'number',
    meaning: 'Events that a command handler has read back so far to know its streams.',
    nodes: (catalog) => catalog.placesOf('commandHandler'),
    make: (_context, { node }) => new Folded(node),
  },
  ghost: {
    takes: ['node'],
    unit: 'number',
    meaning: 'Commands of which a service told others and has no row.',
    nodes: (catalog) => catalog.placesOf('service'),
    make: (_context, { node }) => new Mismatch(node, 'ghost'),
  },
  missing: {
    takes: ['node'],
    unit: 'number',
    meaning: 'Rows of a service of which nobody was told so far.',
    nodes: (catalog) => catalog.placesOf('service'),
    make: (_context, { node }) => new Mismatch(node, 'missing'),
  },
  ...spreads('wait', 'How long things waited until work on them began'),
  ...spreads(
    'e2e',
    'How long things took until they were done; at a consumer from when the message was published',
  ),
}

/** Every word that can be used in a scenario: those above, and the levels of its nodes. */
export function vocabularyOf(catalog: Catalog): Map<string, Word> {
  const words = new Map(Object.entries(WORDS))
  for (const [word, name] of catalog.levelNames) {
    if (words.has(word)) continue
    words.set(word, levelWord(word, name))
  }
  return words
}

/** Finds a word by any of the ways to write it. */
export function findWord(words: ReadonlyMap<string, Word>, text: string): [string, Word] | null {
  const known = words.get(text)
  if (known) return [text, known]
  for (const [name, word] of words) if (word.also?.includes(text)) return [name, word]
  return null
}

/** Stores, read models of balances, and clients that events of a store get to. */
function withMoney(catalog: Catalog): readonly number[] {
  const { scenario } = catalog
  const stores = scenario.nodes.filter(({ kind }) => kind === 'eventStore')
  const reached = new Set(stores.flatMap(({ id }) => [...downstream(scenario, id)]))
  return catalog.placesWhere(
    (doc) => doc.kind === 'eventStore' || (reached.has(doc.id) && hasMoney(doc)),
  )
}

function orAll(node: number): number | null {
  return node === -1 ? null : node
}

function levelWord(word: string, name: string): Word {
  return {
    takes: ['node'],
    unit: 'number',
    meaning: `The number "${name}" of a node, as the inspector shows it.`,
    nodes: (catalog) => catalog.levelPlaces.get(word) ?? [],
    make: (context, { node }) =>
      new Greatest(
        [node],
        levelsAt(context, node).filter((level) => level.name === name),
      ),
  }
}

function spreads(span: Span, meaning: string): Record<string, Word> {
  const word = (statistic: Statistic, of: string): [string, Word] => [
    `${span}.${statistic}`,
    {
      takes: ['node'],
      unit: 'duration',
      meaning: `${meaning}: ${of}, so far.`,
      nodes: (catalog) =>
        catalog.placesWhere((doc) =>
          timesOf(catalog.scenario, doc).includes(span === 'wait' ? 'waiting' : 'sojourn'),
        ),
      make: (context, { node }) => new SpreadTerm(context, node, span, statistic),
    },
  ]
  return Object.fromEntries([
    word('mean', 'the mean'),
    word('p50', 'the median'),
    word('p95', 'what 95 % stay below'),
    word('p99', 'what 99 % stay below'),
    word('max', 'the longest'),
  ])
}

/** The levels `lag of <group>` at every topic it reads, or those of the node. */
function makeLag(context: TermContext, { node, group }: Values, catalog: Catalog): Term {
  const { world } = context
  if (group !== null) {
    const topics = (catalog.groups.get(group) ?? []).map(({ topic }) => topic)
    const levels = topics.flatMap((topic) =>
      levelsOf(world, catalog.node(topic)).filter(({ name }) => name === `lag of ${group}`),
    )
    return new Greatest(topics, levels)
  }
  const levels = levelsAt(context, node).filter(({ name }) => /^lag( of |$)/.test(name))
  return new Greatest([node], levels)
}

/** Kinds of nodes in which something waits that is no queue of AMQP and no log. */
const AGE_ELSEWHERE: Partial<Record<NodeKind, new (context: TermContext, node: number) => Term>> = {
  sqsQueue: SqsAge,
  cloudSubscription: SubscriptionAge,
  natsConsumer: JetStreamAge,
  mqttBroker: SessionAge,
}

function makeAge(context: TermContext, { node, group }: Values, catalog: Catalog): Term {
  if (group !== null) {
    const topics = (catalog.groups.get(group) ?? []).map(({ topic }) => topic)
    return new GroupAge(context, topics, [group])
  }
  const doc = catalog.node(node)
  if (doc.kind === 'queue') return new QueueAge(context, node)
  if (doc.kind === 'topic') {
    const groups = [...catalog.groups].filter(([, at]) => at.some(({ topic }) => topic === node))
    return new GroupAge(
      context,
      [node],
      groups.map(([name]) => name),
    )
  }
  if (doc.kind === 'groupConsumer') {
    const { group: name } = doc as NodeOf<'groupConsumer'>
    const topics = (catalog.groups.get(name) ?? []).map(({ topic }) => topic)
    return new GroupAge(context, topics, [name])
  }
  if (doc.kind === 'redisGroup') return new EntryAge(context, node)
  const Elsewhere = AGE_ELSEWHERE[doc.kind]
  if (Elsewhere) return new Elsewhere(context, node)
  return new ReaderAge(context, storeOf(catalog, node), node)
}

/** Place of the event store that a projection or relay reads, -1 if it has no link. */
function storeOf(catalog: Catalog, reader: number): number {
  const { links, nodes } = catalog.scenario
  const link = links.find(({ to }) => to === catalog.node(reader).id)
  return nodes.findIndex(({ id, kind }) => id === link?.from && kind === 'eventStore')
}
