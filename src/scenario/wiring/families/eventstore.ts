/** Wires event stores: command handlers that write to them, projections that read from them. */
import { sourceNamed } from '../../../brokers/eventstore/source.ts'
import { EventStore } from '../../../brokers/eventstore/store.ts'
import type { Push } from '../../../brokers/eventstore/subscription.ts'
import type { Outlet } from '../../../clients/client.ts'
import { type Answer, CommandHandler } from '../../../clients/commandHandler/commandHandler.ts'
import { Requests } from '../../../clients/commandHandler/requests.ts'
import { PAGE_EVENTS, Projection } from '../../../clients/projection/projection.ts'
import type { Part } from '../../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc } from '../../document.ts'
import { outletOn, type WiringContext } from '../context.ts'
import { type FamilyParts, partsOf } from '../family.ts'
import { eventsOp, OP } from '../ops.ts'
import { actOnProjection, actOnStore, fillStore, wireQueries } from '../sourcing.ts'

export const parts: FamilyParts<'eventstore'> = {
  nodes: {
    eventStore: (world, doc) => new EventStore(world.sim, world.nodePart(doc.id)),
    commandHandler: (world, doc) => {
      const handler = new CommandHandler(world.sim, world.nodePart(doc.id), doc.id, doc)
      wireQueries(world, handler, doc.id)
      return handler
    },
    projection: (world, doc) => {
      const projection = new Projection(world.sim, world.nodePart(doc.id), doc.id, doc)
      world.receiverSteps.push(() => projection.start())
      return projection
    },
  },
  broker: wireEventStoreBroker,
  // The only nodes of the family that take messages are command handlers.
  outlet: commandOutlet,
}

const ANSWERS: readonly Answer[] = ['loaded', 'appended', 'conflict']

/** Wires the stores of a broker. Each store keeps its own state; who follows it in another way has more. */
function wireEventStoreBroker(world: WiringContext, doc: BrokerDoc): Part {
  let isFollowed = false
  for (const node of world.scenario.nodes) {
    if (node.kind !== 'eventStore' || node.broker !== doc.id) continue
    const store = world.part<EventStore>(node.id)
    if (node.contents) fillStore(world, store, node.contents)
    actOnStore(world, store, node.id)
    for (const link of world.linksTo(node.id)) wireWriter(world, store, link)
    for (const link of world.linksFrom(node.id)) {
      const kind = world.kindOf(link.to)
      if (kind === 'projection') wireProjection(world, store, link)
      else isFollowed = true
    }
  }
  if (isFollowed) return partsOf('sourcing').broker(world, doc)
  return { node: world.brokerPart(doc.id), apply() {}, archive() {} }
}

/** The outlet of a client that sends commands to a command handler. */
function commandOutlet(world: WiringContext, link: LinkDoc): Outlet {
  const handler = world.part<CommandHandler>(link.to)
  const { forward } = world.pipes(link, (_op, message) => handler.receive(message))
  return outletOn(forward, OP.command)
}

/** Command handler to store: loads and appends forward, answers back. */
function wireWriter(world: WiringContext, store: EventStore, link: LinkDoc): void {
  const handler = world.part<CommandHandler>(link.from)
  const { forward, back } = world.pipes(
    link,
    (_op, command, request) => {
      const { answer, version } = serve(world, store, handler, request)
      back?.send(
        OP.reply,
        command,
        request,
        (version + 1) * ANSWERS.length + ANSWERS.indexOf(answer),
      )
    },
    (_op, _command, request, packed) => {
      const answer = ANSWERS[packed % ANSWERS.length] as Answer
      handler.answer(request, answer, Math.floor(packed / ANSWERS.length) - 1)
    },
  )
  handler.connect({
    log: store.log,
    ask(request) {
      const { kind, command } = handler.requests.get(request)
      forward.send(kind === 'load' ? OP.load : OP.append, command, request, 0)
    },
    hangUp: () => back?.empty(),
  })
  world.onMend.set(link.id, () => handler.reconnected())
}

function serve(
  world: WiringContext,
  store: EventStore,
  handler: CommandHandler,
  number: number,
): { answer: Answer; version: number } {
  const request = handler.requests.get(number)
  const stream = world.sim.records.strings.text(request.stream)
  if (request.kind === 'load') {
    handler.requests.putFirst(number, store.firstVersion(stream))
    return { answer: 'loaded', version: store.version(stream) }
  }
  const result = store.append(stream, request.expected, Requests.events(request))
  if (!result.ok && result.isTombstoned) handler.requests.refuse(number)
  const us = result.ok ? inlineUs(world, store, stream, Requests.events(request)) : 0
  if (result.ok && us > 0) handler.requests.delay(number, us, result.version)
  return result.ok
    ? { answer: 'appended', version: result.version }
    : { answer: 'conflict', version: result.actual }
}

/** How much longer an append takes because read models are written in its transaction. */
function inlineUs(
  world: WiringContext,
  store: EventStore,
  stream: string,
  events: readonly number[],
): number {
  let us = 0
  for (const { to } of world.linksFrom(world.scenario.nodes[store.node]?.id ?? '')) {
    const part = world.part(to)
    if (!(part instanceof Projection)) continue
    for (const event of events) {
      if (part.writesInline(stream, store.log.type(event))) us += part.inlineUs()
    }
  }
  return us
}

/** Store to projection: events forward; subscriptions and requests for the next page back. */
function wireProjection(world: WiringContext, store: EventStore, link: LinkDoc): void {
  const projection = world.part<Projection>(link.to)
  const name = sourceNamed(projection.settings.source)
  store.follow(name)
  actOnProjection(world, projection, link.to)
  const push: Push = ({ message, count, live, token }) => {
    // In the transaction of the append nothing is sent.
    if (projection.settings.mode === 'inline') projection.deliver({ message, count, live, token })
    else forward.send(eventsOp(count), message, count, token * 2 + (live ? 1 : 0))
  }
  const channel = store.attach(push)
  const { forward, back } = world.pipes(
    link,
    (_op, message, count, packed) => {
      projection.deliver({ message, count, live: packed % 2 === 1, token: packed >> 1 })
    },
    (op, _message, from, token) => {
      if (op === OP.subscribe) store.subscribe({ channel, stream: name, from, token }, PAGE_EVENTS)
      else if (op === OP.hangUp) store.unsubscribe(channel)
      else store.next(channel, PAGE_EVENTS)
    },
  )
  projection.connect({
    log: store.log,
    ...(name !== null && { source: store.source(name) }),
    get keysDeleted() {
      return store.keysDeleted
    },
    subscribe: (from, token) => back?.send(OP.subscribe, -1, from, token),
    next: () => back?.send(OP.poll, -1, 0, 0),
    hangUp: () => {
      forward.empty()
      back?.send(OP.hangUp, -1, 0, 0)
    },
  })
  world.onMend.set(link.id, () => projection.reconnected())
}
