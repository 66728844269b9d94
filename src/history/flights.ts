/** What is under way on links at the playhead, by the operation of each parcel. */
import { isRedelivered } from '../clients/consumer/delivery.ts'
import { PACKETS, packetName, readFlags } from '../clients/mqttClient/packets.ts'
import type { Pipe } from '../engine/pipe.ts'
import { OP } from '../scenario/wiring/ops.ts'
import type { World } from '../scenario/world.ts'
import type { Flight, LinkState } from './frame.ts'

const KINDS: Record<number, Flight['kind']> = {
  [OP.publish]: 'message',
  [OP.route]: 'message',
  [OP.deliver]: 'message',
  [OP.ack]: 'ack',
  [OP.nack]: 'nack',
  [OP.requeue]: 'nack',
  [OP.subscribe]: 'poll',
  [OP.hangUp]: 'poll',
  [OP.cancel]: 'poll',
  [OP.closeChannel]: 'poll',
  [OP.confirmed]: 'confirm',
  [OP.refused]: 'nack',
  [OP.returned]: 'nack',
  [OP.lost]: 'reply',
  [OP.poll]: 'poll',
  [OP.commit]: 'commit',
  [OP.member]: 'poll',
  [OP.addOffsets]: 'commit',
  [OP.batch]: 'batch',
  [OP.produce]: 'batch',
  [OP.produced]: 'confirm',
  [OP.notProduced]: 'nack',
  [OP.initProducer]: 'poll',
  [OP.endTransaction]: 'commit',
  [OP.assignment]: 'reply',
  [OP.command]: 'command',
  [OP.load]: 'poll',
  [OP.append]: 'append',
  [OP.reply]: 'reply',
  [OP.event]: 'event',
  [OP.checkpoint]: 'commit',
  [OP.receive]: 'poll',
  [OP.delete]: 'ack',
  [OP.visibility]: 'commit',
  [OP.nothing]: 'reply',
  [OP.answer]: 'message',
  [OP.ask]: 'poll',
  [OP.term]: 'nack',
  [OP.progress]: 'commit',
  [OP.status]: 'reply',
  [OP.noResponders]: 'nack',
  [OP.history]: 'poll',
  [OP.autoClaim]: 'poll',
  [OP.claim]: 'poll',
  [OP.setAside]: 'nack',
}

export function kindOfOp(op: number): Flight['kind'] {
  if (op === PACKETS.publish) return 'message'
  return KINDS[op] ?? (packetName(op) ? 'packet' : 'reply')
}

/** Most flights of one frame: more cannot be told apart, and the layer says how many there are. */
const FLIGHTS_MAX = 20_000

export function flightsOf(world: World): Flight[] {
  const flights: Flight[] = []
  for (let link = 0; link < world.links.length; link++) {
    const pipes = world.links[link]
    if (!pipes) continue
    addFlights(flights, link, false, pipes.forward)
    if (pipes.back) addFlights(flights, link, true, pipes.back)
  }
  return flights
}

export function linkStatesOf(world: World): LinkState[] {
  return world.links.map(({ forward, back }) => ({
    cut: forward.isCut,
    latencyUs: forward.latencyUs,
    lastUs: Math.max(forward.lastSentUs, back?.lastSentUs ?? -1),
    underWay: forward.underWay + (back?.underWay ?? 0),
  }))
}

function addFlights(flights: Flight[], link: number, back: boolean, pipe: Pipe): void {
  pipe.eachUnderWay((op, message, a, sentUs, arriveUs) => {
    if (flights.length >= FLIGHTS_MAX) return
    const count = op === OP.batch || op === OP.produce ? Math.max(1, a) : 1
    const isAgain = op === PACKETS.publish && readFlags(a).dup
    const redelivered = isAgain || (op === OP.deliver && isRedelivered(a))
    const kind = kindOfOp(op)
    const named = kind === 'packet' ? { name: packetName(op) ?? '' } : {}
    flights.push({ link, back, kind, message, count, sentUs, arriveUs, redelivered, ...named })
  })
}
