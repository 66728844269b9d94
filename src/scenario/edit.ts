/**
 * Edits of the scenario document: pure functions from one document to the next. An edit whose result
 * would not be a valid document is refused with a sentence, and the document stays as it was.
 */
import type { BrokerDoc, LinkDoc, NodeDoc, Position, Scenario } from './document.ts'
import { FAMILY_OF, isPartKind } from './kinds.ts'
import { type Refused, refuse } from './schema/problem.ts'
import { checkScenario, parseScenario } from './validate.ts'

export type Edit =
  /** A part of a broker that is not in the document yet brings that broker with it. */
  | { edit: 'addNode'; node: NodeDoc }
  /** Its links go with it, and its broker when it was the last part. */
  | { edit: 'removeNode'; id: string }
  /** Fields with the value `undefined` are taken away. `id` and `kind` stay as they are. */
  | { edit: 'changeNode'; id: string; changes: Record<string, unknown> }
  | { edit: 'moveNodes'; moves: { id: string; position: Position }[] }
  | { edit: 'addLink'; link: LinkDoc }
  | { edit: 'removeLink'; id: string }
  | { edit: 'changeLink'; id: string; changes: { [F in keyof LinkDoc]?: LinkDoc[F] | undefined } }
  | {
      edit: 'changeScenario'
      changes: {
        [F in 'title' | 'about' | 'seed' | 'durationMs' | 'beginsAt' | 'code' | 'fold']?:
          | Scenario[F]
          | undefined
      }
    }
  | { edit: 'replace'; scenario: Scenario }

export type Edited = { ok: true; scenario: Scenario } | Refused

/** The document after the edit. What the edit does not touch is the same object as before. */
export function applyEdit(scenario: Scenario, edit: Edit): Edited {
  if (edit.edit === 'replace') return parseScenario(edit.scenario)
  const edited = change(scenario, edit)
  if (!edited.ok) return edited
  const checked = checkScenario(edited.scenario)
  return checked.ok ? edited : inWords(checked, edited.scenario)
}

/** In the editor a node is known by its name, not by its place in the file. */
function inWords(refused: Refused, scenario: Scenario): Refused {
  const place = /^(nodes|links)\[(\d+)\]\.?/.exec(refused.sentence)
  if (!place) return refused
  const index = Number(place[2])
  const rest = refused.sentence.slice(place[0].length).trim()
  const link = scenario.links[index]
  const name = place[1] === 'nodes' ? scenario.nodes[index]?.name : `${link?.from} → ${link?.to}`
  return { ...refused, sentence: `${name}: ${rest}` }
}

function change(scenario: Scenario, edit: Exclude<Edit, { edit: 'replace' }>): Edited {
  switch (edit.edit) {
    case 'addNode':
      return addNode(scenario, edit.node)
    case 'removeNode':
      return removeNode(scenario, edit.id)
    case 'changeNode':
      return changeNode(scenario, edit.id, edit.changes)
    case 'moveNodes':
      return moveNodes(scenario, edit.moves)
    case 'addLink':
      return done({ ...scenario, links: [...scenario.links, edit.link] })
    case 'removeLink': {
      const links = scenario.links.filter(({ id }) => id !== edit.id)
      if (links.length === scenario.links.length) return missing('link', edit.id)
      return done({ ...scenario, links })
    }
    case 'changeLink': {
      const links = changeOne(scenario.links, edit.id, edit.changes)
      return links ? done({ ...scenario, links }) : missing('link', edit.id)
    }
    case 'changeScenario':
      return done(merge(scenario, edit.changes))
  }
}

function addNode(scenario: Scenario, node: NodeDoc): Edited {
  const nodes = [...scenario.nodes, node]
  if (!isPartKind(node.kind) || !('broker' in node)) return done({ ...scenario, nodes })
  if (scenario.brokers.some(({ id }) => id === node.broker)) return done({ ...scenario, nodes })
  const broker: BrokerDoc = { id: node.broker, family: FAMILY_OF[node.kind] }
  return done({ ...scenario, nodes, brokers: [...scenario.brokers, broker] })
}

function removeNode(scenario: Scenario, id: string): Edited {
  const removed = scenario.nodes.find((node) => node.id === id)
  if (!removed) return missing('node', id)
  const nodes = scenario.nodes
    .filter((node) => node !== removed)
    .map((node) => withoutMention(node, id))
  const links = scenario.links.filter(({ from, to }) => from !== id && to !== id)
  if (!('broker' in removed)) return done({ ...scenario, nodes, links })
  const used = nodes.some((node) => 'broker' in node && node.broker === removed.broker)
  const brokers = used
    ? scenario.brokers
    : scenario.brokers.filter((broker) => broker.id !== removed.broker)
  return done({ ...scenario, brokers, nodes, links })
}

/** A queue whose dead-letter queue or exchange goes has none, an exchange whose alternate goes neither. */
function withoutMention(node: NodeDoc, gone: string): NodeDoc {
  if (node.kind === 'sqsQueue' && node.deadLetters === gone) {
    return merge(node, { deadLetters: undefined, maxReceiveCount: undefined })
  }
  if (node.kind === 'queue' && node.deadLetterExchange === gone) {
    return merge(node, { deadLetterExchange: undefined, deadLetterKey: undefined })
  }
  if (node.kind === 'exchange' && node.alternate === gone) {
    return merge(node, { alternate: undefined })
  }
  if (node.kind === 'cloudSubscription' && node.deadLetterTopic === gone) {
    return merge(node, { deadLetterTopic: undefined, maxDeliveryAttempts: undefined })
  }
  if (node.kind === 'redisConsumer' && node.deadLetters === gone) {
    return merge(node, { deadLetters: undefined })
  }
  if (node.kind === 'producer' && node.replyTo === gone) return merge(node, { replyTo: undefined })
  return node
}

function changeNode(scenario: Scenario, id: string, changes: Record<string, unknown>): Edited {
  for (const field of ['id', 'kind']) {
    if (Object.hasOwn(changes, field)) {
      return refuse([field], 'of a node stays as it is; remove the node and add another')
    }
  }
  const nodes = changeOne(scenario.nodes, id, changes as Partial<NodeDoc>)
  if (!nodes) return missing('node', id)
  const old = scenario.nodes.find((node) => node.id === id)
  const fromDefault = old?.kind === 'exchange' && old.type === 'default'
  if (old?.kind !== 'exchange' || changes.type === undefined || changes.type === old.type) {
    return done({ ...scenario, nodes })
  }
  return done({ ...scenario, nodes, links: rebind(scenario, id, fromDefault, changes.type) })
}

/** The default exchange binds by the queue's name and keeps no keys: bindings keep their meaning as its type changes. */
function rebind(
  scenario: Scenario,
  exchange: string,
  fromDefault: boolean,
  type: unknown,
): LinkDoc[] {
  const names = new Map(scenario.nodes.map(({ id, name }) => [id, name]))
  return scenario.links.map((link) => {
    if (link.from !== exchange) return link
    const plain = type === 'headers' ? link : merge(link, { headers: undefined, match: undefined })
    if (type === 'default') return merge(plain, { key: undefined })
    if (type === 'x-consistent-hash') return merge(plain, { key: '1' })
    return fromDefault ? merge(plain, { key: names.get(link.to) }) : plain
  })
}

function moveNodes(
  scenario: Scenario,
  moves: readonly { id: string; position: Position }[],
): Edited {
  const to = new Map(moves.map(({ id, position }) => [id, position]))
  const nodes = scenario.nodes.map((node) => {
    const position = to.get(node.id)
    return position ? { ...node, position } : node
  })
  return done({ ...scenario, nodes })
}

/** The list with one item changed, or null if there is none of that id. */
function changeOne<T extends { id: string }>(
  items: readonly T[],
  id: string,
  changes: { [F in keyof T]?: T[F] | undefined },
): T[] | null {
  if (!items.some((item) => item.id === id)) return null
  return items.map((item) => (item.id === id ? merge(item, changes) : item))
}

/** A copy with the changes; `undefined` takes a field away. */
function merge<T extends object>(old: T, changes: { [F in keyof T]?: T[F] | undefined }): T {
  const fields = Object.entries({ ...old, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(fields) as T
}

function missing(what: string, id: string): Refused {
  return { ok: false, path: '', sentence: `There is no ${what} "${id}" any more; select another.` }
}

function done(scenario: Scenario): Edited {
  return { ok: true, scenario }
}
