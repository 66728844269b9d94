/** Wires those who act on events, and services with a database: what few scenarios have of event sourcing. */
import '../../../clients/commandHandler/furtherDomains.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import type { Outlet } from '../../../clients/client.ts'
import { ProcessManager } from '../../../clients/processManager/processManager.ts'
import { Relay } from '../../../clients/relay/relay.ts'
import { Service } from '../../../clients/service/service.ts'
import type { Part } from '../../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc } from '../../document.ts'
import { outletOn, type WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { eventsOp, OP } from '../ops.ts'
import { Groups } from '../storeGroups.ts'

export const parts: FamilyParts<'sourcing'> = {
  nodes: {
    processManager: (world, doc) => {
      const manager = new ProcessManager(world.sim, world.nodePart(doc.id), doc.id, doc)
      manager.domains = world.linksFrom(doc.id).map(({ to }) => {
        return world.node(to, 'commandHandler').domain
      })
      world.receiverSteps.push(() => manager.start())
      return manager
    },
    relay: (world, doc) => {
      const relay = new Relay(world.sim, world.nodePart(doc.id), doc)
      world.receiverSteps.push(() => relay.start())
      return relay
    },
    service: (world, doc) => {
      const service = new Service(world.sim, world.nodePart(doc.id), doc.id, doc)
      world.receiverSteps.push(() => service.start())
      world.onAct('sourcing', ({ node, act }) => {
        if (node !== doc.id) return
        const { relays } = service
        if (act.what === 'crashRelay') relays.crash(act.relay ?? 0)
        else if (act.what === 'restartRelay') relays.restart(act.relay ?? 0)
      })
      return service
    },
  },
  broker: wireFollowers,
  outlet: serviceOutlet,
}

/** Relays and process managers on the stores of a broker; its state is that of the persistent subscriptions. */
function wireFollowers(world: WiringContext, doc: BrokerDoc): Part {
  const groups = new Groups(world)
  for (const node of world.scenario.nodes) {
    if (node.kind !== 'eventStore' || node.broker !== doc.id) continue
    const store = world.part<EventStore>(node.id)
    for (const link of world.linksFrom(node.id)) {
      const kind = world.kindOf(link.to)
      if (kind === 'relay') wireRelay(world, store, link)
      if (kind !== 'processManager') continue
      groups.wire(store, link)
      actOn(world, groups, link.to)
    }
  }
  const { archive, owner } = groups
  const node = world.brokerPart(doc.id)
  world.owners.set(node, owner)
  return { node, apply() {}, archive }
}

function actOn(world: WiringContext, groups: Groups, id: string): void {
  const manager = world.part<ProcessManager>(id)
  world.onAct('sourcing', ({ node, act }) => {
    if (node !== id) return
    if (act.what === 'rewind') manager.rewind(act.to)
    else if (act.what === 'replayParked') groups.replayParked(id)
    else if (act.what === 'answerEvent') groups.answer(id, act)
  })
}

/** Store to relay: events forward, polls back. */
function wireRelay(world: WiringContext, store: EventStore, link: LinkDoc): void {
  const relay = world.part<Relay>(link.to)
  const { forward, back } = world.pipes(
    link,
    (_op, message, count, from) => relay.answer(message, from, count),
    (_op, _message, from, max) => {
      const count = store.readAll(from, max).length
      const message = count === 0 ? -1 : store.log.messageAt(from)
      forward.send(eventsOp(count), message, count, from)
    },
  )
  relay.connect({
    log: store.log,
    get keysDeleted() {
      return store.keysDeleted
    },
    poll: (from, max) => back?.send(OP.poll, -1, from, max),
    hangUp: () => forward.empty(),
  })
  world.onMend.set(link.id, () => relay.reconnected())
}

/** The outlet of a client that sends commands to a service. */
function serviceOutlet(world: WiringContext, link: LinkDoc): Outlet {
  const service = world.part<Service>(link.to)
  const { forward } = world.pipes(link, (_op, message) => service.receive(message))
  return outletOn(forward, OP.command)
}
