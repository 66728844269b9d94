/** The shape of a scenario document, field by field. What one field says about another is in `references.ts`. */
import * as v from 'valibot'
import { SCENARIO_FORMAT } from '../document.ts'
import { amount, id, list, oneOf, text, whole } from './fields.ts'
import { LIMITS } from './limits.ts'
import { SETTINGS } from './settings.ts'

const coordinate = amount(-LIMITS.coordinate, LIMITS.coordinate)

const base = {
  id,
  name: text(1, LIMITS.nameChars),
  position: v.strictObject({ x: coordinate, y: coordinate }),
}

const part = { ...base, broker: id }

const yes = v.exactOptional(v.boolean('give true or false'))

const node = v.variant('kind', [
  v.strictObject({ kind: v.literal('producer'), ...base, ...SETTINGS.producer }),
  v.strictObject({
    kind: v.literal('exchange'),
    ...part,
    type: oneOf(['default', 'direct', 'fanout']),
  }),
  v.strictObject({
    kind: v.literal('queue'),
    ...part,
    durable: yes,
    maxLength: v.exactOptional(whole(1, LIMITS.queueLength)),
    overflow: v.exactOptional(oneOf(['drop-head', 'reject-publish'])),
  }),
  v.strictObject({ kind: v.literal('consumer'), ...base, ...SETTINGS.consumer }),
  v.strictObject({
    kind: v.literal('sqsQueue'),
    ...part,
    fifo: yes,
    contentDeduplication: yes,
    visibilityTimeoutMs: v.exactOptional(amount(0, LIMITS.visibilityMs)),
    delayMs: v.exactOptional(amount(0, LIMITS.sqsDelayMs)),
    retentionMs: v.exactOptional(amount(LIMITS.sqsRetentionMinMs, LIMITS.sqsRetentionMs)),
    deadLetters: v.exactOptional(id),
    maxReceiveCount: v.exactOptional(whole(1, LIMITS.receiveCount)),
    duplicateRate: v.exactOptional(amount(0, 1)),
    disorderRate: v.exactOptional(amount(0, 1)),
  }),
  v.strictObject({ kind: v.literal('pollingConsumer'), ...base, ...SETTINGS.pollingConsumer }),
  v.strictObject({ kind: v.literal('topic'), ...part, partitions: whole(1, LIMITS.partitions) }),
  v.strictObject({ kind: v.literal('groupConsumer'), ...base, ...SETTINGS.groupConsumer }),
  v.strictObject({ kind: v.literal('eventStore'), ...part }),
  v.strictObject({ kind: v.literal('commandHandler'), ...base, ...SETTINGS.commandHandler }),
  v.strictObject({ kind: v.literal('projection'), ...base, ...SETTINGS.projection }),
  v.strictObject({ kind: v.literal('relay'), ...base, ...SETTINGS.relay }),
])

const broker = v.strictObject({
  id,
  family: oneOf(['amqp', 'sqs', 'log', 'eventstore']),
})

const link = v.strictObject({
  id,
  from: id,
  to: id,
  latencyMs: amount(0, LIMITS.latencyMs),
  key: v.exactOptional(text(0, LIMITS.keyChars)),
})

export const scenarioSchema = v.strictObject({
  format: v.literal(SCENARIO_FORMAT, `give "${SCENARIO_FORMAT}"`),
  title: text(1, LIMITS.titleChars),
  about: v.exactOptional(text(0, LIMITS.aboutChars)),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  durationMs: amount(1, LIMITS.durationMs),
  code: v.exactOptional(oneOf(['python', 'typescript'])),
  brokers: list(broker, 0, LIMITS.brokers),
  nodes: list(node, 0, LIMITS.nodes),
  links: list(link, 0, LIMITS.links),
})

const target = text(1, LIMITS.idChars)
const atUs = whole(0, LIMITS.durationMs * 1000)

/** The shape of one action; `script.ts` checks it against the scenario. */
export const actionSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('publish'),
    atUs,
    node: target,
    body: v.exactOptional(text(0, LIMITS.bodyChars)),
    key: v.exactOptional(text(0, LIMITS.keyChars)),
  }),
  v.strictObject({ do: v.literal('crash'), atUs, node: target }),
  v.strictObject({ do: v.literal('restart'), atUs, node: target }),
  v.strictObject({
    do: v.literal('set'),
    atUs,
    node: target,
    name: text(1, 40),
    value: v.unknown(),
  }),
  v.strictObject({
    do: v.literal('slow'),
    atUs,
    node: target,
    factor: amount(LIMITS.slowMin, LIMITS.slowMax),
  }),
  v.strictObject({ do: v.literal('cut'), atUs, link: target }),
  v.strictObject({ do: v.literal('mend'), atUs, link: target }),
  v.strictObject({ do: v.literal('latency'), atUs, link: target, ms: amount(0, LIMITS.latencyMs) }),
  v.strictObject({
    do: v.literal('seek'),
    atUs,
    topic: target,
    group: text(1, LIMITS.nameChars),
    to: v.union(
      [oneOf(['beginning', 'end']), whole(0, Number.MAX_SAFE_INTEGER)],
      'give "beginning", "end" or an offset',
    ),
  }),
])

export const scriptSchema = list(actionSchema, 0, LIMITS.actions)
