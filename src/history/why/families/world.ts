/** Causes of what happens on links, and of what a person does. */
import { AMQP_FACTS } from '../../../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import { WORLD_FACTS } from '../../../scenario/world.ts'
import {
  acted,
  all,
  atOnce,
  begins,
  causes,
  either,
  follows,
  near,
  type Rule,
  type RulesOf,
} from '../rule.ts'
import type { Fact, Trail } from '../trail.ts'

/** What put a parcel on its link: the fact about the same message just before, or what happened at its near end. */
const handedOver: Rule = either(
  (trail, fact) =>
    fact.message < 0
      ? []
      : causes(
          trail.atOnce(
            fact.index,
            (other) => other.message === fact.message && trail.isAboutMessage(other),
          ),
          'this sent it',
        ),
  atOnce('this sent it', CLIENT_FACTS.crashed, CLIENT_FACTS.restarted, PIPE_FACTS.mended),
  follows,
)

/** Parcels leave a pipe in the order in which they came: the pipe's own columns say when this one was sent. */
const left: Rule = (trail, fact) => {
  const { records } = trail.world
  const sentUs = sentAt(trail, fact)
  const sent = trail.latest(
    sentUs === null ? fact.index : Math.min(fact.index, records.facts.countAt(sentUs)),
    (other) =>
      other.part === fact.part &&
      other.kind === PIPE_FACTS.sent &&
      other.message === fact.message &&
      other.aux === fact.aux,
  )
  return causes(sent, 'it left here')
}

/** When the parcel that arrives was sent; null if the columns no longer say. */
function sentAt({ world }: Trail, { part, timeUs, message, aux }: Fact): number | null {
  const { records } = world
  const arriveUs = records.times(part, 'arriveUs')
  const messages = records.ints(part, 'message')
  const ops = records.ints(part, 'op')
  const pipe = world.sim.parts[part] as unknown as { sent?: number } | undefined
  let low = 0
  let high = pipe?.sent ?? 0
  const count = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (arriveUs.get(middle) < timeUs) low = middle + 1
    else high = middle
  }
  for (let at = low; at < count && arriveUs.get(at) === timeUs; at++) {
    if (messages.get(at) === message && ops.get(at) === aux) {
      return records.times(part, 'sentUs').get(at)
    }
  }
  return null
}

export const WORLD_CAUSES: RulesOf<typeof PIPE_FACTS> & RulesOf<typeof WORLD_FACTS> = {
  [WORLD_FACTS.acted]: begins,
  [PIPE_FACTS.sent]: handedOver,
  [PIPE_FACTS.arrived]: left,
  [PIPE_FACTS.emptied]: either(
    acted,
    atOnce('the connection broke', CLIENT_FACTS.crashed, PIPE_FACTS.cut, AMQP_FACTS.channelClosed),
    follows,
  ),
  [PIPE_FACTS.latencyChanged]: acted,
  [PIPE_FACTS.cut]: acted,
  [PIPE_FACTS.mended]: acted,
  [PIPE_FACTS.dropped]: acted,
  [PIPE_FACTS.missed]: near('it was taken away here', PIPE_FACTS.dropped),
  [PIPE_FACTS.lossArmed]: acted,
  [PIPE_FACTS.lost]: all(
    handedOver,
    near('the link loses it', PIPE_FACTS.cut, PIPE_FACTS.lossArmed),
  ),
}
