/** The hash of a run: equal exactly when every fact and every message is equal, in every JavaScript engine. */
import { Hash } from '../base/hash.ts'
import type { Records } from '../engine/records.ts'
import { carriesMessage } from './lines.ts'

/** Hash of the first `factCount` facts and of the messages that they speak of. */
export function hashOfRun(records: Records, factCount = records.facts.count): string {
  const steps = hashInSteps(records, factCount, Number.POSITIVE_INFINITY)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, yielding after every `stepFacts` facts or messages. */
export function* hashInSteps(
  records: Records,
  factCount: number,
  stepFacts: number,
): Generator<undefined, string, undefined> {
  const hash = new Hash()
  let messages = 0
  for (let from = 0; from < factCount; from += stepFacts) {
    const to = Math.min(factCount, from + stepFacts)
    records.facts.each(from, to, (timeUs, kind, node, message, aux) => {
      hash
        .long(timeUs)
        .int((kind << 16) | node)
        .int(message)
        .int(aux)
      // Set-up facts name a row there: counted as a message, it would make a hash depend on what comes later.
      if (message >= messages && carriesMessage(kind)) messages = message + 1
    })
    yield
  }
  for (let from = 0; from < messages; from += stepFacts) {
    hashMessages(hash, records, from, Math.min(messages, from + stepFacts))
    yield
  }
  return hash.digest()
}

function hashMessages(hash: Hash, records: Records, from: number, to: number): void {
  const { messages: table, strings } = records
  for (let id = from; id < to; id++) {
    hash.int(table.ordinal(id)).int(table.parent(id)).int(table.source(id)).long(table.bornUs(id))
    hash.text(strings.text(table.template(id))).text(strings.text(table.key(id)))
  }
}
