/** What event stores hold from the start, what a person does to them and to their followers, and who asks read models. */
import { ANY } from '../../brokers/eventstore/expectedVersion.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import { upcast } from '../../clients/commandHandler/schema.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import type { ContentsDoc } from '../document.ts'
import type { WiringContext } from './context.ts'
import { OP } from './ops.ts'

/** Writes what a store holds, before anybody reads it. */
export function fillStore(
  world: WiringContext,
  store: EventStore,
  contents: readonly ContentsDoc[],
): void {
  world.topologySteps.push(() => {
    for (const { stream, times = 1, events } of contents) {
      for (let i = 0; i < times; i++) {
        const written = events.map((event) => messageOf(world, store, event, -1))
        store.append(stream, ANY, written)
      }
    }
  })
}

/** What a person does to a store. */
export function actOnStore(world: WiringContext, store: EventStore, id: string): void {
  world.onAct('sourcing', ({ node, act }) => {
    if (node !== id) return
    if (act.what === 'append') {
      store.append(act.stream, act.expected, [messageOf(world, store, act, -1)])
    } else if (act.what === 'deleteStream') store.delete(act.stream, act.forGood)
    else if (act.what === 'deleteKey') store.deleteKey(act.person)
    else if (act.what === 'copyStream') copyStream(world, store, act.stream, act.to)
    else if (act.what === 'truncateStream')
      store.truncate({ stream: act.stream, before: act.before })
    else if (act.what === 'limitStream') {
      const { stream, maxCount, maxAgeMs } = act
      store.limit({ stream, maxCount, maxAgeUs: maxAgeMs === null ? null : maxAgeMs * 1000 })
    }
  })
}

/** What a person does to a projection. */
export function actOnProjection(world: WiringContext, projection: Projection, id: string): void {
  world.onAct('sourcing', ({ node, act }) => {
    if (node !== id || act.what !== 'rebuild') return
    projection.rebuild({ how: act.how, ...(act.view !== undefined && { view: act.view }) })
  })
}

/** A command handler asks the read models that it is linked to, as soon as a command is accepted. */
export function wireQueries(world: WiringContext, handler: CommandHandler, id: string): void {
  for (const link of world.linksFrom(id)) {
    if (world.kindOf(link.to) !== 'projection') continue
    const queries = () => world.part<Projection>(link.to).queries
    const asked = world.sim.records.ints(handler.node, `asked ${link.id}`)
    const { forward, back } = world.pipes(
      link,
      (_op, command, needs) => queries().ask(command, needs),
      () => {},
    )
    handler.onFinished((command, isAccepted) => {
      if (!isAccepted || handler.writtenTo === 0) return
      asked.put(command, 1)
      forward.send(OP.query, command, handler.writtenTo, 0)
    })
    world.topologySteps.push(() => {
      queries().onAnswered((command, lacks) => {
        if (asked.get(command) === 1) back?.send(OP.reply, command, lacks, 0)
      })
    })
  }
}

/** Copy and transform: a new stream with the events as they would be written today. The old one stays. */
function copyStream(world: WiringContext, store: EventStore, from: string, to: string): void {
  const positions = store.read(from, 0, 'forwards', Number.POSITIVE_INFINITY)
  if (positions.length === 0 || from === to) return
  const copies = positions.map((position) => {
    const { type, data, schemaVersion, message } = upcast(store.log.event(position))
    return messageOf(world, store, { type, data, schemaVersion }, message)
  })
  store.append(to, ANY, copies)
}

function messageOf(
  world: WiringContext,
  store: EventStore,
  event: {
    type: string
    data: unknown
    schemaVersion?: number
    person?: string
    personal?: string[]
  },
  parent: number,
): number {
  const { records } = world.sim
  const { messages, strings } = records
  const { schemaVersion = 1, person, personal } = event
  const metadata = {
    ...(schemaVersion > 1 && { schemaVersion }),
    ...(person !== undefined && { person, personal: personal ?? [] }),
  }
  return messages.add(world.sim.nowUs, {
    template: strings.id(JSON.stringify(event.data)),
    ordinal: messages.count + 1,
    key: strings.id(event.type),
    props: Object.keys(metadata).length === 0 ? -1 : records.row(metadata),
    parent,
    source: store.node,
  })
}
