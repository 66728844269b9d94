/** What a member of a group is in the scenario and its program's library cannot be: said in the program, not left out silently. */
import type { NodeOf } from '../document.ts'

/** group.min.session.timeout.ms of a broker that says nothing else. */
const LEAST_SESSION_MS = 6000

export function lacking(
  {
    protocol,
    assignor,
    staticMember,
    offsetReset,
    sessionTimeoutMs,
    maxPollIntervalMs,
  }: NodeOf<'groupConsumer'>,
  library: 'kafka-python' | 'kafkajs',
): string[] {
  const sentences: string[] = []
  if (protocol === 'share') {
    return [
      `${library} has no share consumer (KIP-932): this is a plain group. In Java it is KafkaShareConsumer, and each record is answered with acknowledge(record, ACCEPT), RELEASE, REJECT or, while it is worked on, RENEW.`,
    ]
  }
  if (protocol === 'consumer') {
    sentences.push(
      `${library} has no server-side protocol (KIP-848): with librdkafka it is group.protocol=consumer.`,
    )
  } else if (assignor === 'cooperative-sticky') {
    sentences.push(
      library === 'kafka-python'
        ? 'CooperativeStickyAssignor is there from kafka-python 3.0 on.'
        : `${library} has no cooperative assignor: with librdkafka it is partition.assignment.strategy=cooperative-sticky.`,
    )
  }
  if (sessionTimeoutMs !== undefined && sessionTimeoutMs < LEAST_SESSION_MS) {
    sentences.push(
      `Brokers refuse a session timeout below group.min.session.timeout.ms, which is ${LEAST_SESSION_MS} unless set.`,
    )
  }
  if (library === 'kafka-python') return sentences
  if (protocol !== 'consumer' && assignor !== 'cooperative-sticky' && assignor !== 'roundrobin') {
    sentences.push(`kafkajs has round-robin only, not ${assignor ?? 'range'}.`)
  }
  if (maxPollIntervalMs !== undefined) {
    sentences.push(
      'kafkajs has no max.poll.interval.ms: it sends heartbeats between records, so a record that takes longer than the session timeout costs the membership.',
    )
  }
  if (staticMember) sentences.push('kafkajs has no group.instance.id: each restart is a rebalance.')
  if (offsetReset === 'none') sentences.push('kafkajs has no auto.offset.reset=none.')
  return sentences
}
