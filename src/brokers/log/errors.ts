/** Error codes of the Kafka protocol that this family answers with (kafka.apache.org/protocol, "Error Codes"). */
export const LOG_ERRORS = {
  none: 0,
  offsetOutOfRange: 1,
  leaderNotAvailable: 5,
  networkException: 13,
  notEnoughReplicas: 19,
  notEnoughReplicasAfterAppend: 20,
  illegalGeneration: 22,
  unknownMemberId: 25,
  rebalanceInProgress: 27,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  concurrentTransactions: 51,
  invalidRecord: 87,
  fencedInstanceId: 82,
} as const

/** An operation that names what is not there, or asks for what cannot be: the caller's mistake. */
export class LogError extends Error {
  override name = 'LogError'
}
