/**
 * What must hold in every run of every scenario, checked from the facts alone by an oracle that shares
 * no code with the families. Each violation is one sentence with the fact that makes it.
 */
import { LOG_FACTS } from '../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { Records } from '../engine/records.ts'
import { AmqpAccounts } from './amqpAccounts.ts'

/** Checks a run and returns the sentences of what is violated; empty if all is well. */
export function violationsOf(records: Records): string[] {
  return [
    ...new AmqpAccounts(records).violations,
    ...timeViolations(records),
    ...offsetViolations(records),
  ]
}

/** Time never goes back, and no client works while it is crashed. */
function timeViolations(records: Records): string[] {
  const found: string[] = []
  const crashed = new Set<number>()
  let lastUs = 0
  let index = 0
  records.facts.each(0, records.facts.count, (timeUs, kind, node) => {
    const at = `fact ${index++}`
    if (timeUs < lastUs) found.push(`${at} goes back in time`)
    lastUs = timeUs
    if (kind === CLIENT_FACTS.crashed) crashed.add(node)
    else if (kind === CLIENT_FACTS.restarted) crashed.delete(node)
    else if (crashed.has(node) && WORK.has(kind)) found.push(`${at}: a crashed client works`)
  })
  return found
}

const WORK = new Set<number>([
  CLIENT_FACTS.started,
  CLIENT_FACTS.processed,
  CLIENT_FACTS.failed,
  CLIENT_FACTS.published,
])

/** Offsets of a partition have no gaps, and a partition has one owner in a group at a time. */
function offsetViolations(records: Records): string[] {
  const found: string[] = []
  const ends = new Map<number, number>()
  const owners = new Map<number, number>()
  let index = 0
  records.facts.each(0, records.facts.count, (_timeUs, kind, node, _message, aux) => {
    const at = `fact ${index++}`
    if (kind === LOG_FACTS.appended) {
      const end = ends.get(node) ?? 0
      if (aux !== end) found.push(`${at}: offset ${aux} where ${end} is next`)
      ends.set(node, aux + 1)
    } else if (kind === LOG_FACTS.assigned) {
      const owner = owners.get(node)
      if (owner !== undefined) found.push(`${at}: part ${node} is owned by ${owner} and by ${aux}`)
      owners.set(node, aux)
    } else if (kind === LOG_FACTS.revoked) {
      owners.delete(node)
    }
  })
  return found
}
