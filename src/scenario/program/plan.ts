/**
 * Which programs a scenario is: what runs in one process, which clients run the same program, and what
 * each program declares on its broker before it starts.
 */
import type { LinkDoc, NodeDoc, Scenario } from '../document.ts'
import { type ClientKind, isClientKind, isPartKind, type PartKind } from '../kinds.ts'
import { isDeclaredByConsumer } from '../queueName.ts'

export type ClientDoc = Extract<NodeDoc, { kind: ClientKind }>
export type PartDoc = Extract<NodeDoc, { kind: PartKind }>
export type ClientOf<K extends ClientKind> = Extract<ClientDoc, { kind: K }>

/** One program that one or several nodes run: `docs[0]` speaks for all. */
export interface Role<K extends ClientKind = ClientKind> {
  docs: readonly [ClientOf<K>, ...ClientOf<K>[]]
}

/** A role of whatever kind. */
export interface AnyRole {
  docs: readonly [ClientDoc, ...ClientDoc[]]
}

export interface Process {
  name: string
  roles: Role[]
  /** What it declares, in order: exchanges, queues, topics. */
  parts: PartDoc[]
  stores: PartDoc[]
}

/** Where a client's messages go. */
export interface Outlet {
  link: LinkDoc
  to: NodeDoc
  /** Routing key that the link or the queue says; null: the message's own key. */
  key: string | null
  /** What a subject is where there is neither: the client's own name. */
  own: string
  /** Attributes of the first message, or the expression for those of each, where the place knows such. */
  attributes?: Record<string, string | { turn: string }>
  /** Those that are numbers in every message. */
  numbers?: ReadonlySet<string>
}

/** The programs of the whole scenario, or the one that a node runs or is declared by. */
export function planProcesses(scenario: Scenario, nodeId: string | null): Process[] {
  const groups = processGroups(scenario)
  if (nodeId === null && groups.length > 0) {
    return groups.map((nodes) => processOf(scenario, nodes))
  }
  if (nodeId === null) return [declaring(scenario.nodes)]
  const node = scenario.nodes.find(({ id }) => id === nodeId)
  if (!node) return []
  const group = groups.find((nodes) => nodes.includes(node))
  if (group) return [processOf(scenario, group, node)]
  return [declaring(withWhatItNames(scenario, node))]
}

/** A subscription is declared with its topic, and with the queue that it passes on to. */
function withWhatItNames({ links, nodes }: Scenario, node: NodeDoc): NodeDoc[] {
  if (node.kind !== 'cloudSubscription') return [node]
  const near = links.flatMap(({ from, to }) =>
    to === node.id ? [from] : from === node.id ? [to] : [],
  )
  return [node, ...nodes.filter(({ id }) => near.includes(id))]
}

/** A program that only declares parts of brokers. */
function declaring(nodes: readonly NodeDoc[]): Process {
  const parts = nodes.filter((node): node is PartDoc => isPartKind(node.kind))
  return {
    name: nodes[0]?.name ?? 'program',
    roles: [],
    parts: inOrder(new Set(parts)),
    stores: [],
  }
}

/** All of them as one, for where one process can do everything. */
export function mergeProcesses(name: string, processes: readonly Process[]): Process {
  return {
    name,
    roles: processes.flatMap(({ roles }) => roles),
    parts: inOrder(new Set(processes.flatMap(({ parts }) => parts))),
    stores: processes.flatMap(({ stores }) => stores),
  }
}

/** Whether one of its producers waits for publisher confirms. */
export function confirmsIn({ roles }: Process): boolean {
  return roles.some(({ docs: [doc] }) => {
    if (doc.kind === 'service') return doc.writes === 'outbox' || doc.writes === 'cdc'
    return doc.kind === 'producer' && doc.confirms === true
  })
}

/** What a whole scenario's program is called: by what it is about. */
export function mainName(scenario: Scenario): string {
  if (new Set(scenario.brokers.map(({ family }) => family)).size > 1) return 'main'
  const order: NodeDoc['kind'][] = [
    'queue',
    'sqsQueue',
    'topic',
    'mqttBroker',
    'cloudTopic',
    'commandHandler',
    'natsStream',
    'natsServer',
    'redisServer',
    'redisStream',
  ]
  const node = order
    .map((kind) => scenario.nodes.find((candidate) => candidate.kind === kind))
    .find((found) => found !== undefined)
  return node?.name ?? 'program'
}

export function outletsOf(scenario: Scenario, role: AnyRole): Outlet[] {
  const byId = new Map(scenario.nodes.map((node) => [node.id, node]))
  const client = role.docs[0]
  return scenario.links
    .filter(({ from }) => from === client.id)
    .flatMap((link) => {
      const to = byId.get(link.to)
      if (!to) return []
      const attributes = to.kind === 'cloudTopic' ? attributesOf(client) : {}
      const key = link.key ?? (to.kind === 'queue' ? to.name : null)
      return [{ link, to, key, own: client.name.replaceAll(/\s+/g, '-'), ...attributes }]
    })
}

function attributesOf(client: ClientDoc): Pick<Outlet, 'attributes' | 'numbers'> {
  const headers = client.kind === 'producer' ? (client.headers ?? []) : []
  const [first] = headers
  if (first === undefined) return {}
  const names = [...new Set(headers.flatMap((of) => Object.keys(of)))]
  const numbers = new Set(
    names.filter((name) => headers.every((of) => typeof (of[name] ?? 0) === 'number')),
  )
  const texts = Object.entries(first).map(([name, value]) => [name, String(value)])
  return { attributes: Object.fromEntries(texts) as Record<string, string>, numbers }
}

/** The nodes that a role reads from. */
export function sourcesOf(scenario: Scenario, role: AnyRole): NodeDoc[] {
  const from = new Set(
    scenario.links.filter(({ to }) => to === role.docs[0].id).map((link) => link.from),
  )
  return scenario.nodes.filter(({ id }) => from.has(id))
}

/** Clients that share an event store, or call a handler or a service, live in one process with it. */
function processGroups(scenario: Scenario): NodeDoc[][] {
  const group = new Map(scenario.nodes.map((node) => [node.id, [node]]))
  const kinds = new Map(scenario.nodes.map((node) => [node.id, node.kind]))
  for (const { from, to } of scenario.links) {
    const inProcess =
      kinds.get(to) === 'commandHandler' ||
      kinds.get(to) === 'service' ||
      kinds.get(to) === 'eventStore' ||
      kinds.get(from) === 'eventStore'
    const a = group.get(from)
    const b = group.get(to)
    if (!inProcess || !a || !b || a === b) continue
    a.push(...b)
    for (const { id } of b) group.set(id, a)
  }
  const groups = [...new Set(group.values())]
  const programs = groups.filter((nodes) =>
    nodes.some(({ kind }) => isClientKind(kind) || kind === 'eventStore'),
  )
  return sameProgramsJoined(scenario, programs)
}

/** Workers on the same queue under the same settings run the same program. */
function sameProgramsJoined(scenario: Scenario, groups: readonly NodeDoc[][]): NodeDoc[][] {
  const joined = new Map<string, NodeDoc[]>()
  for (const nodes of groups) {
    const only = nodes.length === 1 ? nodes[0] : undefined
    const same = only ? programKey(scenario, only) : `group ${nodes.map(({ id }) => id).join(' ')}`
    const known = joined.get(same)
    if (known) known.push(...nodes)
    else joined.set(same, [...nodes])
  }
  return [...joined.values()]
}

function programKey(scenario: Scenario, node: NodeDoc): string {
  const kinds: NodeDoc['kind'][] = [
    'consumer',
    'groupConsumer',
    'pollingConsumer',
    'natsSubscriber',
    'redisSubscriber',
    'redisConsumer',
    'redisReader',
  ]
  if (!kinds.includes(node.kind) || !('service' in node)) return node.id
  const { id, name: _name, position: _position, service: _service, ...rest } = node
  // When it dies is no setting of a program; how long its work takes is one of those that keep the run's time.
  const isOfRedis = node.kind === 'redisConsumer' || node.kind === 'redisReader'
  const settings = {
    ...rest,
    ...(isOfRedis && { service: node.service, crashAtMs: 0, restartAfterMs: 0 }),
  }
  const sources = scenario.links
    .filter(({ to }) => to === id)
    .map(({ from, key }) => [from, key ?? null])
  const targets = scenario.links
    .filter(({ from }) => from === id)
    .map(({ to, key }) => [to, key ?? null])
  return JSON.stringify([settings, sources, targets])
}

function processOf(scenario: Scenario, nodes: readonly NodeDoc[], main?: NodeDoc): Process {
  const clients = scenario.nodes.filter(
    (node): node is ClientDoc => nodes.includes(node) && isClientKind(node.kind),
  )
  const isOneProgram =
    clients.length > 1 && new Set(clients.map((node) => programKey(scenario, node))).size === 1
  const roles = isOneProgram ? [roleOf(clients)] : clients.map((client) => roleOf([client]))
  const stores = nodes.filter((node): node is PartDoc => node.kind === 'eventStore')
  const handler = nodes.find(({ kind }) => kind === 'commandHandler')
  const name = (main ?? handler ?? clients[0] ?? nodes[0])?.name ?? 'program'
  return { name, roles, parts: partsOf(scenario, clients), stores }
}

function roleOf(clients: readonly ClientDoc[]): Role {
  return { docs: clients as unknown as Role['docs'] }
}

/** The parts next to some clients, and for an exchange the queues bound to it. */
function partsOf(scenario: Scenario, clients: readonly ClientDoc[]): PartDoc[] {
  const byId = new Map(scenario.nodes.map((node) => [node.id, node]))
  const ids = new Set(clients.map(({ id }) => id))
  const near = new Set<NodeDoc | undefined>()
  for (const { from, to } of scenario.links) {
    if (ids.has(from)) near.add(byId.get(to))
    if (ids.has(to)) near.add(byId.get(from))
  }
  const publishesTo = (server: string) =>
    scenario.links.some(({ from, to }) => ids.has(from) && to === server)
  for (let before = -1; near.size > before; ) {
    before = near.size
    for (const { from, to } of scenario.links) {
      const exchange = byId.get(from)
      const bound = byId.get(to)
      // A subscription needs its topic; who reads a queue declares the subscription that fills it.
      if (exchange?.kind === 'cloudTopic' && near.has(bound)) near.add(exchange)
      if (exchange?.kind === 'cloudSubscription' && near.has(bound)) near.add(exchange)
      if (exchange?.kind !== 'exchange') continue
      if (near.has(exchange)) near.add(bound)
      else if (near.has(bound) && exchange.type !== 'default') near.add(exchange)
    }
    for (const node of near) for (const id of namedBy(node)) near.add(byId.get(id))
    for (const { from, to } of scenario.links) {
      const [part, next] = [byId.get(from), byId.get(to)]
      // A durable needs its stream, and who publishes to a server wants its streams to be there.
      const isRead = next?.kind === 'natsConsumer' || next?.kind === 'redisGroup'
      if (isRead && near.has(next)) near.add(part)
      if (next?.kind === 'natsStream' && part?.kind === 'natsServer' && publishesTo(part.id)) {
        near.add(next)
      }
    }
  }
  near.delete(undefined)
  const consumed = new Set(scenario.links.filter(({ to }) => ids.has(to)).map(({ from }) => from))
  const parts = scenario.nodes.filter((node) => {
    if (!near.has(node) || !isPartKind(node.kind)) return false
    // Of others nobody else can declare, or even name, their own queue.
    return node.kind !== 'queue' || !isDeclaredByConsumer(node) || consumed.has(node.id)
  })
  return inOrder(new Set(parts as PartDoc[]))
}

/** Exchanges and queues that a part or a producer names without a link. */
function namedBy(node: NodeDoc | undefined): string[] {
  if (node?.kind === 'queue' && node.deadLetterExchange) return [node.deadLetterExchange]
  if (node?.kind === 'exchange' && node.alternate !== undefined) return [node.alternate]
  return []
}

function inOrder(parts: ReadonlySet<PartDoc>): PartDoc[] {
  // Of places there is nothing to declare: they stand for themselves where there is nothing else.
  const places = [...parts].filter(({ kind }) => kind === 'natsServer' || kind === 'redisServer')
  if (places.length === parts.size) return places
  const order: PartKind[] = [
    'exchange',
    'queue',
    'sqsQueue',
    'topic',
    'mqttBroker',
    'natsStream',
    'natsConsumer',
    'redisStream',
    'redisGroup',
    'cloudTopic',
    'cloudSubscription',
  ]
  return order.flatMap((kind) => [...parts].filter((part) => part.kind === kind))
}
