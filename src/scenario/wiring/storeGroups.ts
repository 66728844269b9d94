/** Process managers on an event store: by a subscription of their own, or as members of a persistent one. */

import { usFromMs } from '../../base/time.ts'
import {
  type GroupSettings,
  PersistentSubscription,
} from '../../brokers/eventstore/persistentSubscription.ts'
import { sourceNamed } from '../../brokers/eventstore/source.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { ProcessManager } from '../../clients/processManager/processManager.ts'
import { PAGE_EVENTS } from '../../clients/projection/projection.ts'
import type { Archive } from '../../engine/archive.ts'
import type { LinkDoc, NodeOf } from '../document.ts'
import type { SourcingAct } from '../sourcingActs.ts'
import type { WiringContext } from './context.ts'
import { OP } from './ops.ts'

/** How a group is set up where its first member does not say: as KurrentDB does, in numbers that can be watched. */
function groupSettings(doc: NodeOf<'processManager'>): GroupSettings {
  const { source, bufferSize = 2, messageTimeoutMs = 10_000, maxRetryCount = 2 } = doc
  const messageTimeoutUs = usFromMs(messageTimeoutMs)
  return { source: sourceNamed(source), bufferSize, messageTimeoutUs, maxRetryCount }
}

/** What a member answers, as it travels. */
const ANSWERS = [null, 'retry', 'park', 'skip'] as const

export class Groups {
  /** By store and name of the group. */
  private readonly groups = new Map<string, PersistentSubscription>()
  /** By node id of a member. */
  private readonly ofMember = new Map<string, PersistentSubscription>()
  /** By part of a group: the store that it is of. */
  private readonly stores = new Map<number, string>()
  private readonly world: WiringContext

  constructor(world: WiringContext) {
    this.world = world
  }

  wire(store: EventStore, link: LinkDoc): void {
    const doc = this.world.node(link.to, 'processManager')
    if (doc.group === undefined) this.wireAlone(store, link)
    else this.wireMember(this.groupOf(store, link.from, doc), store, link)
  }

  replayParked(member: string): void {
    this.ofMember.get(member)?.replayParked()
  }

  /** A person answers in place of a member: what that says of it later is not heard any more. */
  answer(member: string, { message, how }: Extract<SourcingAct, { what: 'answerEvent' }>): void {
    const group = this.ofMember.get(member)
    const out = group?.out().find((each) => each.message === message)
    if (!group || !out) return
    if (how === 'ack') group.ack(out.delivery)
    else group.nack(out.delivery, how)
  }

  readonly archive = (io: Archive): void => {
    for (const group of this.groups.values()) group.archive(io)
  }

  readonly owner = (part: number): string | null => this.stores.get(part) ?? null

  private groupOf(
    store: EventStore,
    storeId: string,
    doc: NodeOf<'processManager'>,
  ): PersistentSubscription {
    const key = `${storeId}/${doc.group}`
    const known = this.groups.get(key)
    if (known) return known
    const { sim } = this.world
    const made = new PersistentSubscription(sim, sim.nextNode(), store, groupSettings(doc))
    this.groups.set(key, made)
    this.stores.set(made.node, storeId)
    return made
  }

  private wireAlone(store: EventStore, link: LinkDoc): void {
    const { world } = this
    const manager = world.part<ProcessManager>(link.to)
    const name = sourceNamed(manager.settings.source)
    store.follow(name)
    const channel = store.attach(({ message, count, live, token }) => {
      const op = count === 0 ? OP.reply : count === 1 ? OP.event : OP.batch
      forward.send(op, message, count, token * 2 + (live ? 1 : 0))
    })
    const { forward, back } = world.pipes(
      link,
      (_op, message, count, packed) => {
        manager.deliver({ message, count, live: packed % 2 === 1, token: packed >> 1 })
      },
      (op, _message, from, token) => {
        if (op === OP.subscribe)
          store.subscribe({ channel, stream: name, from, token }, PAGE_EVENTS)
        else if (op === OP.hangUp) store.unsubscribe(channel)
        else store.next(channel, PAGE_EVENTS)
      },
    )
    manager.connect({
      log: store.log,
      ...(name !== null && { source: store.source(name) }),
      subscribe: (from, token) => back?.send(OP.subscribe, -1, from, token),
      next: () => back?.send(OP.poll, -1, 0, 0),
      hangUp: () => {
        forward.empty()
        back?.send(OP.hangUp, -1, 0, 0)
      },
      answer: () => {},
    })
    world.onMend.set(link.id, () => manager.reconnected())
  }

  private wireMember(group: PersistentSubscription, store: EventStore, link: LinkDoc): void {
    const { world } = this
    const manager = world.part<ProcessManager>(link.to)
    this.ofMember.set(link.to, group)
    manager.group = group
    const member = group.attach(
      ({ number, message }) => forward.send(OP.event, message, number, 0),
      manager.node,
    )
    const { forward, back } = world.pipes(
      link,
      (_op, message, delivery) => manager.take(delivery, message),
      (op, _message, delivery, answer) => {
        if (op === OP.subscribe) group.join(member)
        else if (op === OP.hangUp) group.leave(member)
        else {
          const action = ANSWERS[answer] ?? null
          if (action === null) group.ack(delivery)
          else group.nack(delivery, action)
        }
      },
    )
    manager.connect({
      log: store.log,
      subscribe: () => back?.send(OP.subscribe, -1, 0, 0),
      next: () => {},
      hangUp: () => {
        forward.empty()
        back?.send(OP.hangUp, -1, 0, 0)
      },
      answer: (delivery, action) => {
        back?.send(action === null ? OP.ack : OP.nack, -1, delivery, ANSWERS.indexOf(action))
      },
    })
    world.onMend.set(link.id, () => manager.reconnected())
  }
}
