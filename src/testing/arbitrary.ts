/**
 * Valid scenarios and scripts for property tests: every kind of node and setting, small enough to run
 * in a moment. Messages only ever flow from earlier nodes to later ones, so that no run feeds itself.
 */
import fc from 'fast-check'
import type { Arrivals, Duration } from '../engine/distributions.ts'
import type { Action, LinkDoc, NodeDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { SCENARIO_FORMAT } from '../scenario/document.ts'
import { type ClientKind, isClientKind, isPartKind, NODE_KINDS } from '../scenario/kinds.ts'
import { hasSubject } from '../scenario/schema/filters.ts'
import { whyNotLinked } from '../scenario/schema/references.ts'
import { FIXED_SETTINGS } from '../scenario/schema/settings.ts'
import {
  type Body,
  brokerActs,
  consumerActs,
  GROUP_TERMS,
  memberActs,
  seeks,
} from './arbitraryActs.ts'
import { cloudDrafts } from './arbitraryCloud.ts'
import { batchingSettings, topicDrafts } from './arbitraryLogs.ts'
import { isMqttLink, lossOn, mqttActs, mqttSettings } from './arbitraryMqtt.ts'
import { exchangeDrafts, leadOn, queueDrafts } from './arbitraryParts.ts'
import {
  brokerFor,
  losses,
  PAUSED,
  placeDrafts,
  subjectLink,
  subscriberActs,
  subscriberSettings,
} from './arbitraryPubSub.ts'
import { sqsQueueDrafts } from './arbitraryQueues.ts'
import {
  entryWorkSettings,
  redisActs,
  redisConsumerSettings,
  redisDrafts,
} from './arbitraryRedis.ts'
import { sourcingActs, sourcingSettings } from './arbitrarySourcing.ts'

export interface ScenarioOptions {
  /** Kinds that may occur; all if not said. */
  kinds?: readonly NodeKind[]
  /** Nodes of just these kinds in this order, instead of any. */
  cast?: readonly NodeKind[]
  nodesMax?: number
  durationMinMs?: number
  durationMaxMs?: number
  /** Most messages of a producer. */
  messagesMax?: number
  /** Latencies of links in milliseconds; 0 to 300 if not said. */
  latencyMs?: fc.Arbitrary<number>
}

export interface Run {
  scenario: Scenario
  script: Action[]
  seed: number
}

/** A scenario that the validator accepts. */
export function scenarios(options: ScenarioOptions = {}): fc.Arbitrary<Scenario> {
  const { kinds = NODE_KINDS, nodesMax = 10, durationMaxMs = 20_000 } = options
  const latencyMs = options.latencyMs ?? fc.oneof(fc.constant(0), milliseconds(300))
  const draft = fc.constantFrom(...kinds).chain((kind) => drafts(options)[kind])
  const nodes = options.cast
    ? fc.tuple(...options.cast.map((kind) => drafts(options)[kind]))
    : fc.array(draft, { minLength: 1, maxLength: nodesMax, size: 'max' })
  return fc
    .record({
      seed: fc.maxSafeNat(),
      durationMs: fc.integer({ min: options.durationMinMs ?? 1000, max: durationMaxMs }),
      drafts: nodes,
      links: fc.array(
        fc.record({ from: fc.nat(nodesMax - 1), to: fc.nat(nodesMax - 1), latencyMs, key }),
        { maxLength: nodesMax * 3, size: 'max' },
      ),
    })
    .map((parts) => assemble(parts.seed, parts.durationMs, parts.drafts, parts.links))
}

/** A script that the validator accepts for this scenario. */
export function scripts(scenario: Scenario, actionsMax = 12): fc.Arbitrary<Action[]> {
  const possible = actions(scenario)
  if (possible.length === 0) return fc.constant([])
  const atUs = fc.integer({ min: 0, max: scenario.durationMs * 1000 })
  const action = fc.tuple(atUs, fc.oneof(...possible))
  return fc
    .array(action, { maxLength: actionsMax })
    .map((timed) => timed.map(([at, body]) => ({ atUs: at, ...body }) as Action))
    .map((script) => script.sort((a, b) => a.atUs - b.atUs))
}

/** A scenario with a script and a seed: all that a run depends on. */
export function runs(options: ScenarioOptions = {}): fc.Arbitrary<Run> {
  return scenarios(options).chain((scenario) =>
    fc.record({
      scenario: fc.constant(scenario),
      script: scripts(scenario),
      seed: fc.maxSafeNat(),
    }),
  )
}

/** A node before it has an id, a place and a broker. */
export type Draft = NodeDoc extends infer Node
  ? Node extends NodeDoc
    ? Omit<Node, 'id' | 'name' | 'position' | 'broker'> & { second: boolean }
    : never
  : never

const KEYS = ['a', 'b', 'c'] as const
const key = fc.constantFrom(...KEYS)

function milliseconds(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: max * 1000 }).map((us) => us / 1000)
}

export const durations: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), ms: milliseconds(400) }),
  fc
    .tuple(milliseconds(200), milliseconds(200))
    .map(([a, b]) => ({ kind: 'uniform' as const, minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
  fc.record({ kind: fc.constant('exponential' as const), meanMs: positive(300) }),
  fc.record({
    kind: fc.constant('lognormal' as const),
    meanMs: positive(300),
    cv: fc.constantFrom(0.3, 1, 2.5),
  }),
  fc.record({
    kind: fc.constant('trace' as const),
    ms: fc.array(milliseconds(300), { minLength: 1, maxLength: 4 }),
  }),
)

function positive(max: number): fc.Arbitrary<number> {
  return milliseconds(max).map((ms) => Math.max(1, ms))
}

/** Pauses between arrivals: never zero. */
const pauses: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), ms: positive(1000) }),
  fc.record({ kind: fc.constant('exponential' as const), meanMs: positive(1000) }),
)

function arrivals(messagesMax: number): fc.Arbitrary<Arrivals> {
  const count = fc.integer({ min: 1, max: messagesMax })
  return fc.oneof(
    fc.record(
      {
        kind: fc.constant('interval' as const),
        every: pauses,
        count,
        firstMs: milliseconds(500),
      },
      { requiredKeys: ['kind', 'every', 'count'] },
    ),
    fc.record({
      kind: fc.constant('bursts' as const),
      size: fc.integer({ min: 1, max: 8 }),
      gapMs: milliseconds(5),
      everyMs: positive(2000),
      count,
    }),
    fc.record({
      kind: fc.constant('onOff' as const),
      every: pauses,
      onMs: positive(2000),
      offMs: milliseconds(2000),
      count,
    }),
    fc
      .array(milliseconds(5000), { maxLength: messagesMax })
      .map((atMs) => ({ kind: 'trace' as const, atMs: atMs.sort((a, b) => a - b) })),
    fc.constant({ kind: 'manual' as const }),
  )
}

const bodies = fc.array(
  fc.constantFrom(
    'Order{n}',
    'é 😀 {n}',
    '{"type":"CreateAccount","account":"acc1"}',
    '{"type":"Deposit","account":"acc1","amount":100}',
    '{"type":"Withdraw","account":"acc1","amount":50}',
    '{"type":"Deposit","account":"acc2","amount":7}',
    '',
  ),
  { minLength: 1, maxLength: 4 },
)

const failing = { failureRate: fc.constantFrom(0, 0.1, 0.5, 1) }
const texts = { effect: fc.constant('Did {body}'), output: fc.constantFrom('{body}!', 'fixed') }

/** What may be in each client's settings; the script draws new values from the same. */
function settingsOf(
  messagesMax: number,
): Record<ClientKind, Record<string, fc.Arbitrary<unknown>>> {
  return {
    mqttClient: { ...mqttSettings, arrivals: arrivals(messagesMax), bodies, service: durations },
    producer: {
      arrivals: arrivals(messagesMax),
      messageIds: fc.boolean(),
      bodies,
      firstNumber: fc.nat(1000),
      headers: fc.constantFrom([{ type: 'pdf' }], [{ type: 'pdf', n: 1 }, { type: 'png' }]),
      priorities: fc.constantFrom([0, 5], [3]),
      expirationMs: fc.constantFrom(0, 200, 3000),
      persistent: fc.boolean(),
      mandatory: fc.boolean(),
      confirms: fc.boolean(),
      confirmTimeoutMs: fc.constantFrom(200, 2000),
      onNack: fc.constantFrom('drop', 'retry'),
      onReturn: fc.constantFrom('drop', 'retry'),
      retries: fc.integer({ min: 0, max: 3 }),
      backoffMs: fc.constantFrom(100, 1000),
      jitter: fc.constantFrom(0, 0.5),
      ...batchingSettings,
      keys: fc.oneof(
        fc.constant({ kind: 'none' as const }),
        fc.record({
          kind: fc.constantFrom('turn' as const, 'random' as const),
          of: fc.array(key, { minLength: 1, maxLength: 3 }),
        }),
      ),
    },
    consumer: {
      service: durations,
      ack: fc.constantFrom('auto', 'manual', 'early'),
      prefetch: fc.integer({ min: 0, max: 4 }),
      concurrency: fc.integer({ min: 1, max: 3 }),
      ...failing,
      onFailure: fc.constantFrom('requeue', 'drop', 'crash'),
      restartAfterMs: fc.constantFrom(100, 2000),
      prefetchScope: fc.constantFrom('consumer', 'channel'),
      priority: fc.integer({ min: 0, max: 2 }),
      exclusive: fc.boolean(),
      inbox: fc.constantFrom(0, 2),
      offset: fc.constantFrom('first', 'last', 'next', 1),
      ...texts,
    },
    pollingConsumer: {
      service: durations,
      maxMessages: fc.integer({ min: 1, max: 10 }),
      waitTimeMs: fc.constantFrom(0, 1000, 20_000),
      pauseMs: fc.constantFrom(50, 500),
      visibilityTimeoutMs: fc.constantFrom(0, 300, 5000),
      extendEveryMs: fc.constantFrom(100, 1000),
      deleteWhen: fc.constantFrom('after', 'before'),
      ...failing,
      inbox: fc.constantFrom(0, 2),
      onFailure: fc.constantFrom('leave', 'release'),
      ...texts,
    },
    groupConsumer: {
      service: durations,
      maxPollRecords: fc.integer({ min: 1, max: 5 }),
      fetchMaxWaitMs: fc.constantFrom(1, 50, 500),
      commit: fc.constantFrom('before', 'after', 'auto'),
      commitEveryMs: fc.constantFrom(100, 1000),
      commitEveryRecords: fc.constantFrom(1, 4),
      offsetReset: fc.constantFrom('earliest', 'latest', 'none'),
      isolation: fc.constantFrom('read_uncommitted', 'read_committed'),
      restartAfterMs: fc.constantFrom(100, 2000),
      startAtMs: fc.constantFrom(0, 1500),
      closeAtMs: fc.constantFrom(3000, 9000),
      sessionTimeoutMs: fc.constantFrom(500, 3000),
      maxPollIntervalMs: fc.constantFrom(2000, 300_000),
      ...failing,
      inbox: fc.constantFrom(0, 2),
      onFailure: fc.constantFrom('skip', 'retry'),
      ...texts,
    },
    ...sourcingSettings(durations),
    natsSubscriber: subscriberSettings(durations),
    redisSubscriber: subscriberSettings(durations),
    redisConsumer: { ...entryWorkSettings(durations), ...redisConsumerSettings },
    redisReader: { ...entryWorkSettings(durations), from: fc.constantFrom('$', '0', '500-0') },
    natsRequester: {
      arrivals: arrivals(messagesMax),
      bodies,
      timeoutMs: fc.constantFrom(100, 2000),
      effect: fc.constant('Heard {body}'),
    },
  }
}

const REQUIRED: Record<ClientKind, string[]> = {
  producer: ['arrivals', 'bodies'],
  consumer: ['service', 'ack', 'prefetch', 'concurrency'],
  pollingConsumer: ['service', 'maxMessages', 'waitTimeMs', 'deleteWhen'],
  groupConsumer: ['service', 'maxPollRecords', 'fetchMaxWaitMs', 'commit', 'offsetReset'],
  commandHandler: ['service', 'retries'],
  projection: ['service'],
  relay: ['pollMs', 'batch'],
  processManager: ['service'],
  service: ['service', 'writes'],
  mqttClient: ['arrivals', 'bodies', 'service'],
  natsSubscriber: ['service'],
  natsRequester: ['arrivals', 'bodies', 'timeoutMs'],
  redisSubscriber: ['service'],
  redisConsumer: ['service', 'count', 'blockMs', 'ack'],
  redisReader: ['service', 'count', 'blockMs', 'from'],
}

function drafts(options: ScenarioOptions): Record<NodeKind, fc.Arbitrary<Draft>> {
  const settings = settingsOf(options.messagesMax ?? 30)
  const client = (kind: ClientKind, fixed: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.record(
      { kind: fc.constant(kind), second: fc.boolean(), ...fixed, ...settings[kind] },
      { requiredKeys: ['kind', 'second', ...Object.keys(fixed), ...REQUIRED[kind]] as never[] },
    ) as unknown as fc.Arbitrary<Draft>
  return {
    producer: client('producer'),
    consumer: client('consumer'),
    groupConsumer: client('groupConsumer', {
      group: fc.constantFrom('g1', 'g2', ...Object.keys(GROUP_TERMS)),
    }).map((draft) => {
      const { group } = draft as unknown as { group: string }
      return { ...draft, ...GROUP_TERMS[group] }
    }),
    pollingConsumer: client('pollingConsumer'),
    commandHandler: client('commandHandler', {
      domain: fc.constantFrom('account', 'payments', 'order', 'inventory', 'seats'),
      stream: fc.constantFrom('account-acc1', 'account-acc2'),
    }),
    projection: client('projection', { view: fc.constantFrom('balance', 'statement', 'counts') }),
    relay: client('relay'),
    processManager: client('processManager', {
      process: fc.constantFrom('mailer', 'orderSaga', 'stockPolicy', 'orderPolicy'),
    }),
    service: client('service'),
    exchange: exchangeDrafts,
    queue: queueDrafts,
    sqsQueue: sqsQueueDrafts,
    topic: topicDrafts,
    eventStore: fc.record({ kind: fc.constant('eventStore' as const), second: fc.boolean() }),
    mqttBroker: fc.record({ kind: fc.constant('mqttBroker' as const), second: fc.boolean() }),
    mqttClient: client('mqttClient'),
    ...placeDrafts,
    natsSubscriber: client('natsSubscriber'),
    natsRequester: client('natsRequester'),
    redisSubscriber: client('redisSubscriber'),
    ...redisDrafts,
    redisConsumer: client('redisConsumer'),
    redisReader: client('redisReader'),
    ...cloudDrafts,
  }
}

interface LinkDraft {
  from: number
  to: number
  latencyMs: number
  key: string
}

function assemble(
  seed: number,
  durationMs: number,
  nodeDrafts: readonly Draft[],
  linkDrafts: readonly LinkDraft[],
): Scenario {
  const scenario: Scenario = {
    format: SCENARIO_FORMAT,
    title: 'Drawn at random',
    seed,
    durationMs,
    brokers: [],
    nodes: [],
    links: [],
  }
  for (const draft of nodeDrafts) scenario.nodes.push(nodeFrom(draft, scenario))
  for (const node of scenario.nodes) leadOn(node, scenario)
  for (const draft of linkDrafts) {
    const link = linkFrom(draft, scenario)
    if (link) scenario.links.push(link)
  }
  return scenario
}

function nodeFrom({ second, ...draft }: Draft, scenario: Scenario): NodeDoc {
  const index = scenario.nodes.length
  const id = `${draft.kind}${index}`
  const position = { x: (index % 5) * 300, y: Math.floor(index / 5) * 200 }
  const node = { ...draft, id, name: id, position } as NodeDoc
  if (!isPartKind(node.kind) || !('broker' in node || isPartKind(node.kind))) return node
  const part = node as Extract<NodeDoc, { broker: string }>
  part.broker = brokerFor(part, second, scenario)
  if (part.kind === 'exchange' && part.type === 'default' && hasDefault(part.broker, scenario)) {
    part.type = 'direct'
  }
  return part
}

function hasDefault(broker: string, { nodes }: Scenario): boolean {
  return nodes.some((n) => n.kind === 'exchange' && n.type === 'default' && n.broker === broker)
}

/** The link if there may be one; only from earlier to later nodes. */
function linkFrom(draft: LinkDraft, scenario: Scenario): LinkDoc | null {
  const { nodes, links } = scenario
  const [i, j] = [draft.from % nodes.length, draft.to % nodes.length]
  const from = nodes[Math.min(i, j)]
  const to = nodes[Math.max(i, j)]
  if (!from || !to || from === to || whyNotLinked(scenario, from, to) !== null) return null
  const link = { id: `link${links.length}`, from: from.id, to: to.id, latencyMs: draft.latencyMs }
  if (from.kind === 'exchange') {
    if (from.type === 'default') return link
    if (from.type === 'headers') {
      const headed = { ...link, headers: { type: draft.key === 'a' ? 'pdf' : 'png' } }
      const isTwin = links.some((l) => l.from === from.id && l.to === to.id)
      return isTwin ? null : headed
    }
    if (from.type === 'x-consistent-hash') return { ...link, key: draft.key === 'a' ? '1' : '2' }
    const isTaken = links.some((l) => l.from === from.id && l.to === to.id && l.key === draft.key)
    return isTaken ? null : { ...link, key: draft.key }
  }
  if (hasSubject(from.kind, to.kind)) return subjectLink(link, from.kind, draft.key, scenario)
  if (to.kind !== 'exchange') return link
  return { ...link, key: to.type === 'default' ? laterQueue(nodes, to.id) : draft.key }
}

/** The default exchange reaches every queue by name: here only one that comes after it. */
function laterQueue(nodes: readonly NodeDoc[], exchange: string): string {
  const after = nodes.slice(nodes.findIndex(({ id }) => id === exchange))
  return after.find(({ kind }) => kind === 'queue')?.name ?? 'nowhere'
}

function actions(scenario: Scenario): fc.Arbitrary<Body>[] {
  const factor = fc.constantFrom(0.1, 1, 3)
  const possible: fc.Arbitrary<Body>[] = []
  for (const node of scenario.nodes) {
    possible.push(...redisActs(node, scenario))
    if (!isClientKind(node.kind)) continue
    const at = fc.constant(node.id)
    possible.push(
      fc.record({ do: fc.constant('crash' as const), node: at }),
      fc.record({ do: fc.constant('restart' as const), node: at }),
      fc.record({ do: fc.constant('slow' as const), node: at, factor }),
      settingChange(node.id, node.kind),
    )
    if (node.kind === 'consumer') possible.push(...consumerActs(node.id))
    if (node.kind === 'groupConsumer') possible.push(memberActs(node.id))
    possible.push(...subscriberActs(node))
    if (PAUSED.has(node.kind)) {
      possible.push(
        fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), node: at }),
      )
    }
    if (node.kind === 'mqttClient') possible.push(...mqttActs(node.id))
    if (node.kind === 'producer') {
      const publish = {
        do: fc.constant('publish' as const),
        node: at,
        body: fc.constant('now'),
        key,
      }
      possible.push(fc.record(publish, { requiredKeys: ['do', 'node'] }))
    }
  }
  for (const { id } of scenario.links) {
    const link = fc.constant(id)
    if (isMqttLink(scenario, id)) possible.push(lossOn(id))
    possible.push(
      fc.record({ do: fc.constant('cut' as const), link }),
      fc.record({ do: fc.constant('mend' as const), link }),
      fc.record({ do: fc.constant('latency' as const), link, ms: milliseconds(200) }),
    )
  }
  return [
    ...possible,
    ...brokerActs(scenario),
    ...losses(scenario),
    ...seeks(scenario),
    ...sourcingActs(scenario),
  ]
}

function settingChange(node: string, kind: ClientKind): fc.Arbitrary<Body> {
  const possible = Object.entries(settingsOf(10)[kind]).filter(
    ([name]) => !FIXED_SETTINGS.has(name),
  )
  const changes = possible.map(([name, values]) =>
    fc.record({
      do: fc.constant('set' as const),
      node: fc.constant(node),
      name: fc.constant(name),
      value: values,
    }),
  )
  return fc.oneof(...changes)
}
