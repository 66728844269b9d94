/** The parameters of each kind of client: in the document they lie in the node, in a script `set` changes one. */
import * as v from 'valibot'
import type { ClientKind } from '../kinds.ts'
import { amount, arrivals, duration, list, oneOf, text, whole } from './fields.ts'
import { LIMITS } from './limits.ts'

const body = text(0, LIMITS.bodyChars)
const key = text(0, LIMITS.keyChars)
const share = amount(0, 1)
const effect = v.exactOptional(text(0, LIMITS.effectChars))
const output = v.exactOptional(body)
const failureRate = v.exactOptional(share)
const keyList = list(key, 1, LIMITS.keys)

export const SETTINGS = {
  producer: {
    arrivals,
    bodies: list(body, 1, LIMITS.bodies),
    firstNumber: v.exactOptional(whole(0, LIMITS.arrivals)),
    keys: v.exactOptional(
      v.variant('kind', [
        v.strictObject({ kind: v.literal('none') }),
        v.strictObject({ kind: v.literal('turn'), of: keyList }),
        v.strictObject({ kind: v.literal('random'), of: keyList }),
      ]),
    ),
  },
  consumer: {
    service: duration,
    ack: oneOf(['auto', 'manual', 'early']),
    prefetch: whole(0, LIMITS.prefetch),
    concurrency: whole(1, LIMITS.concurrency),
    failureRate,
    onFailure: v.exactOptional(oneOf(['requeue', 'drop'])),
    effect,
    output,
  },
  groupConsumer: {
    group: text(1, LIMITS.nameChars),
    service: duration,
    maxPollRecords: whole(1, LIMITS.pollRecords),
    fetchMaxWaitMs: amount(1, LIMITS.waitMs),
    commit: oneOf(['before', 'after', 'auto']),
    commitEveryMs: v.exactOptional(amount(1, LIMITS.waitMs)),
    offsetReset: oneOf(['earliest', 'latest']),
    failureRate,
    effect,
    output,
  },
  commandHandler: {
    domain: oneOf(['account']),
    stream: text(1, LIMITS.nameChars),
    service: duration,
    retries: whole(0, LIMITS.retries),
  },
  projection: {
    view: oneOf(['balance', 'statement', 'counts']),
    service: duration,
  },
  relay: {
    pollMs: amount(1, LIMITS.waitMs),
    batch: whole(1, LIMITS.relayBatch),
    body: v.exactOptional(body),
    saveMs: v.exactOptional(amount(0, LIMITS.waitMs)),
  },
} as const satisfies Record<ClientKind, v.ObjectEntries>
