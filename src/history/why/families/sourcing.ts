/** Causes of what happens in event stores and to those who write to them and read from them. */
import { EVENTSTORE_FACTS, PERSISTENT_FACTS } from '../../../brokers/eventstore/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../../clients/commandHandler/facts.ts'
import { PROCESS_MANAGER_FACTS } from '../../../clients/processManager/facts.ts'
import { PROJECTION_FACTS } from '../../../clients/projection/facts.ts'
import { RELAY_FACTS } from '../../../clients/relay/facts.ts'
import { SERVICE_FACTS } from '../../../clients/service/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import {
  all,
  atOnce,
  causes,
  either,
  follows,
  here,
  message,
  type Rule,
  type RulesOf,
} from '../rule.ts'

const cameBy = either(message('it came by this'), follows)

/** An event comes of the command that it was decided on. */
const decided: Rule = (trail, fact) => {
  const command = trail.world.records.messages.parent(fact.message)
  const before = trail.latestAbout(command, fact.index)
  return before === null ? follows(trail, fact) : causes(before, 'this command asked for it')
}

/** The event that another writer appended to the same stream in between. */
const overtaken: Rule = (trail, fact) =>
  causes(
    trail.latest(
      fact.index,
      ({ kind, part }) => kind === EVENTSTORE_FACTS.appended && part === fact.part,
    ),
    'this was written in between',
  )

export const SOURCING_CAUSES: RulesOf<typeof EVENTSTORE_FACTS> &
  RulesOf<typeof PERSISTENT_FACTS> &
  RulesOf<typeof COMMAND_HANDLER_FACTS> &
  RulesOf<typeof PROJECTION_FACTS> &
  RulesOf<typeof PROCESS_MANAGER_FACTS> &
  RulesOf<typeof SERVICE_FACTS> &
  RulesOf<typeof RELAY_FACTS> = {
  [PROCESS_MANAGER_FACTS.subscribing]: follows,
  [PROCESS_MANAGER_FACTS.asking]: follows,
  [PROCESS_MANAGER_FACTS.received]: cameBy,
  [PROCESS_MANAGER_FACTS.caughtUp]: follows,
  [PROCESS_MANAGER_FACTS.reacted]: cameBy,
  [PROCESS_MANAGER_FACTS.sent]: decided,
  [PROCESS_MANAGER_FACTS.sentAgain]: cameBy,
  [PROCESS_MANAGER_FACTS.gaveUp]: cameBy,
  [PROCESS_MANAGER_FACTS.checkpointed]: follows,
  [PROCESS_MANAGER_FACTS.rewound]: follows,
  [PROCESS_MANAGER_FACTS.remembered]: cameBy,
  [PROCESS_MANAGER_FACTS.unroutable]: cameBy,
  [PROCESS_MANAGER_FACTS.handed]: cameBy,
  [PROCESS_MANAGER_FACTS.gaveBack]: cameBy,
  [PROCESS_MANAGER_FACTS.stopped]: cameBy,
  [SERVICE_FACTS.rowSaved]: cameBy,
  [SERVICE_FACTS.announced]: cameBy,
  [SERVICE_FACTS.finished]: cameBy,
  [SERVICE_FACTS.lost]: all(
    here('the process died', CLIENT_FACTS.crashed),
    message('it was in memory since this'),
  ),
  [SERVICE_FACTS.unheard]: all(
    message('it came by this'),
    here('the process was down since this', CLIENT_FACTS.crashed),
  ),
  [SERVICE_FACTS.relaying]: follows,
  [SERVICE_FACTS.marked]: follows,
  [SERVICE_FACTS.confirmed]: cameBy,
  [SERVICE_FACTS.unconfirmed]: cameBy,
  [SERVICE_FACTS.relayCrashed]: follows,
  [SERVICE_FACTS.relayRestarted]: follows,
  [SERVICE_FACTS.taken]: follows,
  [SERVICE_FACTS.markedBy]: follows,
  [SERVICE_FACTS.competitorCrashed]: follows,
  [SERVICE_FACTS.competitorRestarted]: follows,
  [EVENTSTORE_FACTS.streamCreated]: follows,
  [EVENTSTORE_FACTS.appended]: decided,
  [EVENTSTORE_FACTS.conflicted]: all(decided, overtaken),
  [EVENTSTORE_FACTS.repeated]: decided,
  [EVENTSTORE_FACTS.subscribed]: follows,
  [EVENTSTORE_FACTS.delivered]: either(
    message('it was written here', EVENTSTORE_FACTS.appended),
    follows,
  ),
  [EVENTSTORE_FACTS.caughtUp]: follows,
  [EVENTSTORE_FACTS.unsubscribed]: follows,
  [EVENTSTORE_FACTS.softDeleted]: follows,
  [EVENTSTORE_FACTS.tombstoned]: follows,
  [EVENTSTORE_FACTS.limited]: follows,
  [EVENTSTORE_FACTS.truncated]: follows,
  [EVENTSTORE_FACTS.refused]: decided,
  [EVENTSTORE_FACTS.keyDeleted]: follows,
  [PERSISTENT_FACTS.joined]: follows,
  [PERSISTENT_FACTS.left]: follows,
  [PERSISTENT_FACTS.dispatched]: cameBy,
  [PERSISTENT_FACTS.acked]: cameBy,
  [PERSISTENT_FACTS.retried]: cameBy,
  [PERSISTENT_FACTS.parked]: cameBy,
  [PERSISTENT_FACTS.skipped]: cameBy,
  [PERSISTENT_FACTS.timedOut]: cameBy,
  [PERSISTENT_FACTS.replayed]: follows,
  [PERSISTENT_FACTS.checkpointed]: follows,
  [COMMAND_HANDLER_FACTS.loading]: cameBy,
  [COMMAND_HANDLER_FACTS.loaded]: cameBy,
  [COMMAND_HANDLER_FACTS.appending]: either(
    message('it knew the stream by this', COMMAND_HANDLER_FACTS.loaded),
    cameBy,
  ),
  [COMMAND_HANDLER_FACTS.accepted]: cameBy,
  [COMMAND_HANDLER_FACTS.rejected]: cameBy,
  [COMMAND_HANDLER_FACTS.conflicted]: all(
    cameBy,
    here('the store refused it', EVENTSTORE_FACTS.conflicted),
  ),
  [COMMAND_HANDLER_FACTS.lost]: all(
    here('the process died', CLIENT_FACTS.crashed),
    message('it was in memory since this'),
  ),
  [COMMAND_HANDLER_FACTS.askedAgain]: either(
    atOnce('the link works again', PIPE_FACTS.mended),
    cameBy,
  ),
  [COMMAND_HANDLER_FACTS.unheard]: all(
    message('it came by this'),
    here('the process was down since this', CLIENT_FACTS.crashed),
  ),
  [COMMAND_HANDLER_FACTS.read]: cameBy,
  [COMMAND_HANDLER_FACTS.snapshotTaken]: follows,
  [COMMAND_HANDLER_FACTS.backingOff]: follows,
  [PROJECTION_FACTS.checkpointed]: follows,
  [PROJECTION_FACTS.skipped]: cameBy,
  [PROJECTION_FACTS.rebuilding]: follows,
  [PROJECTION_FACTS.rebuilt]: either(
    message('it was written here', EVENTSTORE_FACTS.appended),
    follows,
  ),
  [PROJECTION_FACTS.swapped]: follows,
  [PROJECTION_FACTS.stopped]: cameBy,
  [PROJECTION_FACTS.leftOut]: cameBy,
  [PROJECTION_FACTS.asked]: cameBy,
  [PROJECTION_FACTS.answered]: cameBy,
  [PROJECTION_FACTS.subscribing]: follows,
  [PROJECTION_FACTS.asking]: follows,
  [PROJECTION_FACTS.received]: cameBy,
  [PROJECTION_FACTS.caughtUp]: follows,
  [RELAY_FACTS.polling]: follows,
  [RELAY_FACTS.polled]: cameBy,
  [RELAY_FACTS.relayed]: all(
    message('it was written here', EVENTSTORE_FACTS.appended),
    here('this poll brought it', RELAY_FACTS.polled),
  ),
  [RELAY_FACTS.confirmed]: cameBy,
  [RELAY_FACTS.unconfirmed]: follows,
  [RELAY_FACTS.saved]: either(here('it came so far', RELAY_FACTS.relayed), follows),
}
