/** A relay at the playhead: how far it has come, and what the store holds beyond that. */
import { CRASH_POINTS } from '../../clients/client.ts'
import { Relay } from '../../clients/relay/relay.ts'
import type { World } from '../../scenario/world.ts'
import type { RelayState } from '../sourcingStates.ts'
import { placeOf } from './storeBefore.ts'
import { clientBase } from './view.ts'

export function viewRelay(world: World, id: string): RelayState {
  const relay = world.part(id)
  if (!(relay instanceof Relay)) throw new Error(`${id} is no relay`)
  return {
    ...clientBase(id, relay),
    kind: 'relay',
    position: relay.position,
    ...placeOf(world, id, relay.position),
    relayed: relay.relayed,
    crashPoint: CRASH_POINTS[relay.crashPoint - 1] ?? null,
  }
}
