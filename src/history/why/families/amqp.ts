/** Causes of what happens in AMQP brokers. */
import { AMQP_FACTS } from '../../../brokers/amqp/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import {
  all,
  atOnce,
  causes,
  either,
  follows,
  message,
  near,
  type Rule,
  type RulesOf,
  setUp,
} from '../rule.ts'

const cameBy = message('it came by this')
const inOrder = either(message('its turn came after this'), follows)

/** The binding by which an exchange gives copies to a queue; the default exchange needs none. */
function bound(exchange: number, queue: number, trail: Parameters<Rule>[0], index: number) {
  // Where a link leads straight to a queue, the broker's default exchange is on no node and has no bindings.
  if (exchange < 0) return []
  const found = trail.latestSetUp(
    index,
    ({ kind, part, aux }) =>
      (kind === AMQP_FACTS.bound || kind === AMQP_FACTS.boundByRow) &&
      part === exchange &&
      aux === queue,
  )
  return causes(found, 'this binding matched')
}

const freed: Rule = (trail, fact) => {
  const stored = message('', AMQP_FACTS.enqueued)(trail, fact)[0]
  // What is delivered in the microsecond in which it came had not to wait for anyone.
  if (stored && trail.at(stored.index).timeUs === fact.timeUs) return []
  return atOnce(
    'this freed a place',
    AMQP_FACTS.acked,
    AMQP_FACTS.rejected,
    AMQP_FACTS.consumerStarted,
    AMQP_FACTS.limitLifted,
  )(trail, fact)
}

/** It came back by an answer of its consumer, or because the consumer's connection went. */
const cameBack: Rule = all(
  either(
    atOnce('its consumer was gone', AMQP_FACTS.channelClosed, AMQP_FACTS.consumerCancelled),
    message('this answer asked for it', PIPE_FACTS.arrived),
    follows,
  ),
  message('it had been delivered', AMQP_FACTS.delivered, AMQP_FACTS.got),
)

const answered: Rule = either(message('this answer came', PIPE_FACTS.arrived), cameBy, follows)

export const AMQP_CAUSES: RulesOf<typeof AMQP_FACTS> = {
  [AMQP_FACTS.exchangeDeclared]: setUp,
  [AMQP_FACTS.queueDeclared]: setUp,
  [AMQP_FACTS.redeclared]: setUp,
  [AMQP_FACTS.bound]: setUp,
  [AMQP_FACTS.unbound]: setUp,
  [AMQP_FACTS.channelOpened]: setUp,
  [AMQP_FACTS.channelClosed]: either(
    atOnce('the connection ended', PIPE_FACTS.arrived),
    near('the broker heard nothing any more', PIPE_FACTS.cut),
    follows,
  ),
  [AMQP_FACTS.prefetchSet]: setUp,
  [AMQP_FACTS.consumerStarted]: setUp,
  [AMQP_FACTS.consumerCancelled]: follows,
  [AMQP_FACTS.routed]: all(cameBy, (trail, fact) => bound(fact.part, fact.aux, trail, fact.index)),
  [AMQP_FACTS.unroutable]: inOrder,
  [AMQP_FACTS.enqueued]: all(inOrder, (trail, fact) =>
    bound(fact.aux, fact.part, trail, fact.index),
  ),
  [AMQP_FACTS.delivered]: all(
    either(
      message(
        'it waited since this',
        AMQP_FACTS.enqueued,
        AMQP_FACTS.requeued,
        AMQP_FACTS.requeuedAtBack,
      ),
      inOrder,
    ),
    freed,
  ),
  [AMQP_FACTS.got]: inOrder,
  [AMQP_FACTS.acked]: answered,
  [AMQP_FACTS.requeued]: cameBack,
  [AMQP_FACTS.rejected]: answered,
  [AMQP_FACTS.dropped]: all(
    atOnce('this one took its place', AMQP_FACTS.enqueued, AMQP_FACTS.requeued),
    message('it waited since this'),
  ),
  [AMQP_FACTS.refused]: inOrder,
  [AMQP_FACTS.purged]: follows,
  [AMQP_FACTS.queueDeleted]: follows,
  [AMQP_FACTS.exchangeDeleted]: follows,
  [AMQP_FACTS.boundByRow]: setUp,
  [AMQP_FACTS.unboundByRow]: setUp,
  [AMQP_FACTS.expired]: message('it waited since this'),
  [AMQP_FACTS.deadLettered]: (trail, fact) => {
    const parent = trail.world.records.messages.parent(fact.message)
    const died = trail.latestAbout(parent, fact.index)
    return parent === -1 || died === null ? inOrder(trail, fact) : causes(died, 'so it died')
  },
  [AMQP_FACTS.deadLetterLost]: inOrder,
  [AMQP_FACTS.confirmed]: inOrder,
  [AMQP_FACTS.nacked]: inOrder,
  [AMQP_FACTS.confirmAwaited]: inOrder,
  [AMQP_FACTS.confirmStep]: inOrder,
  [AMQP_FACTS.confirmsSelected]: setUp,
  [AMQP_FACTS.txSelected]: setUp,
  [AMQP_FACTS.txPublished]: inOrder,
  [AMQP_FACTS.txAnswered]: follows,
  [AMQP_FACTS.txCommitted]: follows,
  [AMQP_FACTS.txRolledBack]: follows,
  [AMQP_FACTS.limitSet]: setUp,
  [AMQP_FACTS.limitReached]: follows,
  [AMQP_FACTS.limitLifted]: follows,
  [AMQP_FACTS.activated]: follows,
  [AMQP_FACTS.requeuedAtBack]: cameBack,
  [AMQP_FACTS.gaveUp]: cameBack,
  [AMQP_FACTS.rejectedToDeadLetter]: answered,
  [AMQP_FACTS.forgotten]: all(
    near('the broker restarted', AMQP_FACTS.restarted),
    message('it waited since this'),
  ),
  [AMQP_FACTS.recovered]: near('the broker restarted', AMQP_FACTS.restarted),
  [AMQP_FACTS.restarted]: follows,
  [AMQP_FACTS.publisherBlocked]: follows,
  [AMQP_FACTS.publishersFreed]: follows,
  [AMQP_FACTS.read]: inOrder,
  [AMQP_FACTS.readAcked]: answered,
  [AMQP_FACTS.returned]: inOrder,
  [AMQP_FACTS.queueExpired]: follows,
  [AMQP_FACTS.queueUsed]: follows,
  [AMQP_FACTS.queueCrashed]: follows,
  [AMQP_FACTS.passedBy]: inOrder,
  [AMQP_FACTS.answeredInVain]: answered,
  [AMQP_FACTS.publisherKnown]: follows,
  [AMQP_FACTS.passedOn]: inOrder,
  [AMQP_FACTS.autoSettled]: follows,
  [AMQP_FACTS.turnSet]: follows,
}
