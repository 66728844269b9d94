/**
 * What must hold in every run of every scenario, checked from the facts alone by an oracle that shares
 * no code with the families. Each violation is one sentence with the fact that makes it.
 */
import type { ConsumerRow } from '../brokers/amqp/consumer.ts'
import { AMQP_FACTS } from '../brokers/amqp/facts.ts'
import { LOG_FACTS } from '../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { Records } from '../engine/records.ts'

/** Copies of one message in one queue. */
interface Copies {
  ready: Map<number, number>
  unacked: Map<number, number>
}

/** Checks a run and returns the sentences of what is violated; empty if all is well. */
export function violationsOf(records: Records): string[] {
  return [...queueViolations(records), ...timeViolations(records), ...offsetViolations(records)]
}

/** No message of a queue is lost or doubled except by a fact that says so; unacked never exceeds prefetch. */
function queueViolations(records: Records): string[] {
  const found: string[] = []
  const queues = new Map<number, Copies>()
  const consumers = new Map<number, { row: ConsumerRow; unacked: number }>()
  /** What each (channel, tag) stands for, and the next tag of each channel. */
  const open = new Map<string, { queue: number; message: number; consumer: number }>()
  const tags = new Map<number, number>()
  const copies = (queue: number): Copies => {
    const known = queues.get(queue)
    if (known) return known
    const made: Copies = { ready: new Map(), unacked: new Map() }
    queues.set(queue, made)
    return made
  }
  const take = (from: Map<number, number>, message: number, what: string) => {
    const count = from.get(message) ?? 0
    if (count === 0) found.push(`${what}: message ${message} is not there`)
    else if (count === 1) from.delete(message)
    else from.set(message, count - 1)
  }
  const put = (to: Map<number, number>, message: number) =>
    to.set(message, (to.get(message) ?? 0) + 1)
  const nextTag = (channel: number) => {
    const tag = tags.get(channel) ?? 1
    tags.set(channel, tag + 1)
    return tag
  }
  const settle = (channel: number, tag: number, what: string) => {
    const id = `${channel}/${tag}`
    const entry = open.get(id)
    open.delete(id)
    if (!entry) {
      found.push(`${what}: tag ${id} is not open`)
      return null
    }
    const consumer = consumers.get(entry.consumer)
    if (consumer) consumer.unacked--
    take(copies(entry.queue).unacked, entry.message, what)
    return entry
  }
  let index = 0
  records.facts.each(0, records.facts.count, (_timeUs, kind, node, message, aux) => {
    const at = `fact ${index++}`
    switch (kind) {
      case AMQP_FACTS.consumerStarted:
        consumers.set(aux, { row: records.rowAt<ConsumerRow>(message), unacked: 0 })
        break
      case AMQP_FACTS.enqueued:
        put(copies(node).ready, message)
        break
      case AMQP_FACTS.delivered: {
        take(copies(node).ready, message, `${at} delivered`)
        const consumer = consumers.get(aux)
        if (!consumer) {
          found.push(`${at} delivered to ${aux}, which never consumed`)
          break
        }
        const { row } = consumer
        const tag = nextTag(row.channel)
        if (row.noAck) break
        consumer.unacked++
        if (row.prefetch > 0 && consumer.unacked > row.prefetch) {
          found.push(`${at}: ${consumer.unacked} unacked above prefetch ${row.prefetch}`)
        }
        open.set(`${row.channel}/${tag}`, { queue: node, message, consumer: aux })
        put(copies(node).unacked, message)
        break
      }
      case AMQP_FACTS.acked:
      case AMQP_FACTS.rejected:
        settle(node, aux, `${at} settled`)
        break
      case AMQP_FACTS.requeued: {
        const entry = settle(node, aux, `${at} requeued`)
        if (entry) put(copies(entry.queue).ready, message)
        break
      }
      case AMQP_FACTS.dropped:
        take(copies(node).ready, message, `${at} dropped`)
        break
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
        copies(node).ready.clear()
        break
    }
  })
  return found
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
