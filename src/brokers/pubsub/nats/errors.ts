/** Refusals of JetStream's API with their numbers (docs.nats.io/reference/reference-protocols/nats_api_reference). */

import { STORE_FAILED } from './facts.ts'

/** By error code: the status that goes with it, and the words. */
export const JS_ERRORS = {
  badRequest: [10003, 400, 'bad request'],
  consumerCreate: [10012, 500, 'consumer cannot be changed that way'],
  consumerNameExists: [10013, 400, 'consumer name already in use'],
  consumerNotFound: [10014, 404, 'consumer not found'],
  maximumConsumers: [10026, 400, 'maximum consumers limit reached'],
  noMessageFound: [10037, 404, 'no message found'],
  sequenceNotFound: [10043, 400, 'sequence not found'],
  streamGeneral: [10051, 500, 'no message found'],
  streamInvalidConfig: [10052, 500, 'stream configuration is invalid'],
  messageTooLarge: [10054, 400, 'message size exceeds maximum allowed'],
  messageDeleteFailed: [10057, 500, 'message cannot be deleted'],
  streamNameExists: [10058, 400, 'stream name already in use with a different configuration'],
  streamNotFound: [10059, 404, 'stream not found'],
  streamNotMatch: [10060, 400, 'expected stream does not match'],
  subjectsOverlap: [10065, 400, 'subjects overlap with an existing stream'],
  wrongLastMessageId: [10070, 400, 'wrong last msg ID'],
  wrongLastSequence: [10071, 400, 'wrong last sequence'],
  storeFailed: [STORE_FAILED, 503, 'maximum messages exceeded'],
  deliverToWildcards: [10079, 400, 'consumer deliver subject has wildcards'],
  pushMaxWaiting: [10080, 400, 'consumer in push mode can not set max waiting'],
  deliverCycle: [10081, 400, 'consumer deliver subject forms a cycle'],
  maxPendingNeedsAck: [10082, 400, 'consumer requires ack policy for max ack pending'],
  smallHeartbeat: [10083, 400, 'consumer idle heartbeat needs to be >= 100ms'],
  pullRequiresAck: [10084, 400, 'consumer in pull mode requires ack policy'],
  pullRateLimit: [10086, 400, 'consumer in pull mode can not have rate limit set'],
  maxWaitingNegative: [10087, 400, 'consumer max waiting needs to be positive'],
  heartbeatNeedsPush: [10088, 400, 'consumer idle heartbeat requires a push based consumer'],
  flowControlNeedsPush: [10089, 400, 'consumer flow control requires a push based consumer'],
  filterNotSubset: [10093, 400, 'consumer filter subject is not a valid subset'],
  invalidPolicy: [10094, 400, 'consumer delivery policy does not fit'],
  workQueueExplicitAck: [10098, 400, 'workqueue stream requires explicit ack'],
  workQueueUnfiltered: [
    10099,
    400,
    'multiple non-filtered consumers not allowed on workqueue stream',
  ],
  workQueueNotUnique: [10100, 400, 'filtered consumer not unique on workqueue stream'],
  workQueueDeliverAll: [10101, 400, 'consumer must be deliver all on workqueue stream'],
  badDurableName: [10103, 400, "durable name can not contain '.', '*', '>'"],
  flowControlHeartbeat: [10108, 400, 'consumer with flow control also needs heartbeats'],
  purgeFailed: [10110, 500, 'purge not permitted'],
  rollupFailed: [10111, 500, 'rollup not permitted'],
  invalidDeliverSubject: [10112, 400, 'invalid push consumer deliver subject'],
  maxBatch: [10114, 400, 'consumer max request batch needs to be > 0'],
  maxExpires: [10115, 400, 'consumer max request expires needs to be >= 1ms'],
  maxDeliverBackoff: [10116, 400, 'max deliver is required to be > length of backoff values'],
} as const

export class JetStreamError extends Error {
  override name = 'JetStreamError'
  readonly errCode: number
  readonly code: number

  constructor(which: keyof typeof JS_ERRORS) {
    const [errCode, code, text] = JS_ERRORS[which]
    super(text)
    this.errCode = errCode
    this.code = code
  }
}
