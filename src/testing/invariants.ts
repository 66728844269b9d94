/**
 * What must hold in every run of every scenario, checked from the facts alone by an oracle that shares
 * no code with the families. Each violation is one sentence with the fact that makes it.
 */
import { DURABLE_FACTS, type Election } from '../brokers/log/durable/facts.ts'
import { LOG_FACTS } from '../brokers/log/facts.ts'
import type { MemberRow } from '../brokers/log/member.ts'
import { SHARE_FACTS } from '../brokers/log/share/facts.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { Records } from '../engine/records.ts'
import { AmqpAccounts } from './amqpAccounts.ts'

/** Checks a run and returns the sentences of what is violated; empty if all is well. */
export function violationsOf(records: Records): string[] {
  return [
    ...new AmqpAccounts(records).violations,
    ...timeViolations(records),
    ...offsetViolations(records),
    ...shareViolations(records),
    ...watermarkViolations(records),
    ...transactionViolations(records),
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
    if (WRITTEN.has(kind)) {
      const end = ends.get(node) ?? 0
      if (aux !== end) found.push(`${at}: offset ${aux} where ${end} is next`)
      ends.set(node, aux + 1)
    } else if (kind === DURABLE_FACTS.leaderElected) {
      ends.set(node, records.rowAt<Election>(aux).end)
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

/** Control records take offsets as records do. */
const WRITTEN = new Set<number>([
  LOG_FACTS.appended,
  DURABLE_FACTS.commitMarker,
  DURABLE_FACTS.abortMarker,
])

/**
 * No group is sent or commits what is not below the high watermark, as long as every election is clean. A
 * partition without replicas has its end as its watermark.
 */
function watermarkViolations(records: Records): string[] {
  const found: string[] = []
  const marks = new Map<number, number>()
  const kept = new Set<number>()
  const unclean = new Set<number>()
  let index = 0
  const check = (at: string, progress: number, to: number, what: string) => {
    const partition = records.ints(progress, 'partition').get(0)
    const mark = marks.get(partition) ?? 0
    if (to > mark && !unclean.has(partition)) {
      found.push(`${at}: ${what} offset ${to} where the high watermark is ${mark}`)
    }
  }
  records.facts.each(0, records.facts.count, (_timeUs, kind, node, _message, aux) => {
    const at = `fact ${index++}`
    if (kind === DURABLE_FACTS.watermarkAdvanced) {
      kept.add(node)
      marks.set(node, aux)
    } else if (kind === DURABLE_FACTS.leaderElected) {
      const { clean, highWatermark } = records.rowAt<Election>(aux)
      const mark = marks.get(node) ?? 0
      if (!clean) unclean.add(node)
      else if (highWatermark < mark) found.push(`${at}: the high watermark falls from ${mark}`)
      marks.set(node, highWatermark)
    } else if (kind === LOG_FACTS.appended && !kept.has(node)) marks.set(node, aux + 1)
    else if (kind === LOG_FACTS.committed) {
      const broker = records.ints(node, 'broker').get(0)
      const progress = records.ints(broker, 'commitProgress').get(aux)
      check(at, progress, records.ints(broker, 'commitOffset').get(aux), 'committed')
    } else if (kind === LOG_FACTS.offsetCommitted) {
      check(at, node, aux, 'committed in a transaction')
    } else if (kind === LOG_FACTS.fetched) {
      const broker = records.ints(node, 'broker').get(0)
      const progress = records.ints(broker, 'segmentProgress').get(aux)
      const from = records.ints(broker, 'segmentFrom').get(aux)
      const length = records.ints(broker, 'segmentLength').get(aux)
      check(at, progress, from + length, 'sent up to')
    }
  })
  return found
}

/** What an entry of a partition is to those who read committed records only. */
type Standing = 'plain' | 'open' | 'committed' | 'aborted' | 'marker'

/**
 * Who reads committed records only is sent none of a transaction that is open or aborted: what each entry is follows
 * from the control records after it. Partitions that had an unclean election lose records, and are left out.
 */
function transactionViolations(records: Records): string[] {
  const found: string[] = []
  const logs = new Map<number, { standing: Standing; producer: number }[]>()
  const entries = new Map<number, number>()
  const careful = new Set<number>()
  const unclean = new Set<number>()
  let index = 0
  records.facts.each(0, records.facts.count, (_timeUs, kind, node, _message, aux) => {
    const at = `fact ${index++}`
    if (WRITTEN.has(kind)) {
      const log = logs.get(node) ?? []
      logs.set(node, log)
      const entry = entries.get(node) ?? 0
      entries.set(node, entry + 1)
      const producer = records.ints(node, 'producerId').get(entry) | 0
      if (kind === LOG_FACTS.appended) {
        const isPlain = (records.ints(node, 'entryKind').get(entry) | 0) === 0
        log[aux] = { standing: isPlain ? 'plain' : 'open', producer }
        return
      }
      const standing = kind === DURABLE_FACTS.commitMarker ? 'committed' : 'aborted'
      for (const each of log) {
        if (each.standing === 'open' && each.producer === producer) each.standing = standing
      }
      log[aux] = { standing: 'marker', producer }
    } else if (kind === DURABLE_FACTS.leaderElected) {
      const { clean, end } = records.rowAt<Election>(aux)
      if (!clean) unclean.add(node)
      logs.get(node)?.splice(end)
    } else if (kind === LOG_FACTS.memberAdded) {
      const { part, isolation } = records.rowAt<MemberRow>(aux)
      if (isolation === 'read_committed') careful.add(part)
    } else if (kind === LOG_FACTS.fetched && careful.has(node)) {
      const broker = records.ints(node, 'broker').get(0)
      const progress = records.ints(broker, 'segmentProgress').get(aux)
      const partition = records.ints(progress, 'partition').get(0)
      if (unclean.has(partition)) return
      const from = records.ints(broker, 'segmentFrom').get(aux)
      const to = from + records.ints(broker, 'segmentLength').get(aux)
      for (let offset = from; offset < to; offset++) {
        const standing = logs.get(partition)?.[offset]?.standing ?? 'plain'
        if (standing === 'open' || standing === 'aborted') {
          found.push(`${at}: a reader of committed records is sent offset ${offset}, ${standing}`)
        }
      }
    }
  })
  return found
}

/** In a share group one member at a time has a record, and nobody gets it more often than is allowed. */
function shareViolations(records: Records): string[] {
  const found: string[] = []
  const limits = new Map<number, number>()
  const holders = new Map<string, number>()
  const deliveries = new Map<string, number>()
  let index = 0
  records.facts.each(0, records.facts.count, (_timeUs, kind, node, _message, aux) => {
    const at = `fact ${index++}`
    if (kind === LOG_FACTS.memberAdded) {
      const { part, deliveryLimit = 5 } = records.rowAt<MemberRow>(aux)
      limits.set(part, deliveryLimit)
    } else if (kind === SHARE_FACTS.acquired) {
      const broker = records.ints(node, 'broker').get(0)
      const progress = records.ints(broker, 'shareProgress').get(aux)
      const record = `${progress}@${records.ints(broker, 'shareOffset').get(aux)}`
      const holder = holders.get(record)
      if (holder !== undefined) found.push(`${at}: ${record} is held by ${holder} and by ${node}`)
      holders.set(record, node)
      const count = (deliveries.get(record) ?? 0) + 1
      deliveries.set(record, count)
      if (count > (limits.get(node) ?? 5))
        found.push(`${at}: ${record} is delivered ${count} times`)
    } else if (LET_GO.has(kind)) holders.delete(`${node}@${aux}`)
    // The group was moved: everything begins anew.
    else if (kind === LOG_FACTS.seeked) {
      for (const kept of [holders, deliveries]) {
        for (const record of [...kept.keys()])
          if (record.startsWith(`${node}@`)) kept.delete(record)
      }
    }
  })
  return found
}

const LET_GO = new Set<number>([
  SHARE_FACTS.accepted,
  SHARE_FACTS.released,
  SHARE_FACTS.rejected,
  SHARE_FACTS.lockTimedOut,
])
