/** Causes of what happens in share groups. */
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { SHARE_FACTS } from '../../../brokers/log/share/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import { all, atOnce, either, follows, message, type RulesOf } from '../rule.ts'

const wasHeld = message('it was acquired here', SHARE_FACTS.acquired)

export const SHARE_CAUSES: RulesOf<typeof SHARE_FACTS> = {
  [SHARE_FACTS.started]: follows,
  [SHARE_FACTS.acquired]: all(
    either(
      message('it was available by this', SHARE_FACTS.released, SHARE_FACTS.lockTimedOut),
      message('it was written here', LOG_FACTS.appended),
    ),
    atOnce('this poll asked', PIPE_FACTS.arrived),
  ),
  [SHARE_FACTS.renewed]: either(wasHeld, follows),
  [SHARE_FACTS.accepted]: either(
    message('this was done', CLIENT_FACTS.processed),
    wasHeld,
    follows,
  ),
  [SHARE_FACTS.released]: either(message('its work failed', CLIENT_FACTS.failed), wasHeld, follows),
  [SHARE_FACTS.rejected]: either(message('its work failed', CLIENT_FACTS.failed), wasHeld, follows),
  [SHARE_FACTS.lockTimedOut]: either(wasHeld, follows),
  [SHARE_FACTS.archived]: either(
    message('it came back once more', SHARE_FACTS.released, SHARE_FACTS.lockTimedOut),
    follows,
  ),
  [SHARE_FACTS.answerRefused]: either(
    message('it was somebody else’s by then', SHARE_FACTS.lockTimedOut, SHARE_FACTS.released),
    follows,
  ),
}
