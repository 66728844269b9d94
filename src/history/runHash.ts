/** The hash of a run: equal exactly when every fact and every message is equal, in every JavaScript engine. */
import { Hash } from '../base/hash.ts'
import type { Records } from '../engine/records.ts'

/** Hash of the first `factCount` facts and of the messages that they speak of. */
export function hashOfRun(records: Records, factCount = records.facts.count): string {
  const hash = new Hash()
  let messages = 0
  records.facts.each(0, factCount, (timeUs, kind, node, message, aux) => {
    hash
      .long(timeUs)
      .int((kind << 16) | node)
      .int(message)
      .int(aux)
    if (message >= messages && message < records.messages.count) messages = message + 1
  })
  const { messages: table, strings } = records
  for (let id = 0; id < messages; id++) {
    hash.int(table.ordinal(id)).int(table.parent(id)).int(table.source(id)).long(table.bornUs(id))
    hash.text(strings.text(table.template(id))).text(strings.text(table.key(id)))
  }
  return hash.digest()
}
