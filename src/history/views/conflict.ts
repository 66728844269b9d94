/** A conflict at an event store in words: both writers, and the version that each of them expected. */
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import { expectationText } from '../../brokers/eventstore/expectedVersion.ts'
import type { Conflict } from '../../brokers/eventstore/facts.ts'
import { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import type { World } from '../../scenario/world.ts'
import type { StoreConflict } from '../conflict.ts'

/** `message` is the first event of the append that was refused. */
export function viewConflict(
  world: World,
  log: EventLog,
  { stream, expected, actual, message, atUs }: Conflict & { message: number; atUs: number },
): StoreConflict {
  const { messages } = world.records
  // The event that the slower writer did not know of yet.
  const version = Math.min(Math.max(0, expected + 1), actual)
  const winning = version < 0 ? -1 : log.messageAt(log.positionAt(log.streamIndex(stream), version))
  const winner = winning === -1 ? '' : world.owner(messages.source(winning))
  return {
    stream,
    expected: expectationText(expected),
    won: expectationText(expectationOf(world, winner, winning) ?? version - 1),
    found: expectationText(actual),
    message,
    loser: world.owner(messages.source(message)),
    winning,
    winner,
    atUs,
  }
}

/** What the winner had expected, where that is known: of events from elsewhere it is not. */
function expectationOf(world: World, winner: string, event: number): number | null {
  const handler = winner === '' ? undefined : world.part(winner)
  return handler instanceof CommandHandler ? handler.expectationFor(event) : null
}
