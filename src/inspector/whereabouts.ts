/** Where a message is in a frame: the places that hold it and the links that it is on. */
import type { Frame } from '../history/frame.ts'
import type { Scenario } from '../scenario/document.ts'
import { spanText } from './timeText.ts'

export interface Whereabouts {
  /** Id of the node or link. */
  place: string
  type: 'node' | 'link'
  /** What it does there: `waits, 3rd`, `is worked on`. */
  words: string
  redelivered: boolean
}

export function whereIs(message: number, frame: Frame, scenario: Scenario): Whereabouts[] {
  return [...inNodes(message, frame), ...onLinks(message, frame, scenario)]
}

function inNodes(message: number, frame: Frame): Whereabouts[] {
  const found: Whereabouts[] = []
  const at = (place: string, words: string, redelivered = false) =>
    found.push({ place, type: 'node', words, redelivered })
  for (const node of frame.nodes) {
    switch (node.kind) {
      case 'queue': {
        const index = node.ready.findIndex((held) => held.message === message)
        const ready = node.ready[index]
        if (ready) at(node.id, index === 0 ? 'is next' : `waits behind ${index}`, ready.redelivered)
        const unacked = node.unacked.find((held) => held.message === message)
        if (unacked) at(node.id, 'is not acknowledged yet', unacked.redelivered)
        break
      }
      case 'cloudSubscription':
      case 'sqsQueue': {
        const index = node.available.findIndex((held) => held.message === message)
        const ready = node.available[index]
        if (ready) at(node.id, index === 0 ? 'is next' : `waits behind ${index}`, ready.redelivered)
        const hidden = node.inFlight.find((held) => held.message === message)
        if (hidden) {
          const left = spanText(Math.max(0, hidden.clock.untilUs - frame.timeUs))
          at(node.id, `is in flight, hidden for another ${left}`, hidden.redelivered)
        }
        break
      }
      case 'redisStream': {
        const kept = node.entries.find((each) => each.message === message && !each.gone)
        if (kept) at(node.id, `is kept as ${kept.entry}`)
        break
      }
      case 'redisGroup': {
        const sent = node.pending.find((held) => held.message === message)
        if (sent) {
          const idle = spanText(Math.max(0, frame.timeUs - sent.deliveredUs))
          at(node.id, `is pending for ${sent.by}, idle for ${idle}`, sent.redelivered)
        }
        break
      }
      case 'redisConsumer':
      case 'redisReader':
      case 'natsSubscriber':
      case 'redisSubscriber':
      case 'pollingConsumer':
      case 'consumer':
      case 'groupConsumer':
      case 'commandHandler':
      case 'processManager':
      case 'service':
      case 'projection': {
        const job = node.jobs.find((held) => held.message === message)
        if (job) at(node.id, job.state === 'working' ? 'is worked on' : 'waits', job.redelivered)
        break
      }
      case 'topic':
        node.partitions.forEach((partition, index) => {
          const record = partition.records.find((candidate) => candidate.message === message)
          if (record) at(node.id, `is in partition ${index} at offset ${record.offset}`)
        })
        break
      case 'eventStore':
        for (const stream of node.streams) {
          const event = stream.events.find((candidate) => candidate.message === message)
          if (event) at(node.id, `is in stream ${stream.name} as version ${event.version}`)
        }
        break
      case 'mqttBroker':
        for (const { topic, retained } of node.topics) {
          if (retained === message) at(node.id, `is the retained message of ${topic}`)
        }
        break
      case 'mqttClient': {
        const job = node.jobs.find((held) => held.message === message)
        if (job) at(node.id, job.state === 'working' ? 'is worked on' : 'waits', job.redelivered)
        const index = (node.session?.waiting ?? []).findIndex((held) => held.message === message)
        if (index !== -1) at(node.id, `waits in its session behind ${index}`)
        if (node.held.some((held) => held.message === message)) {
          at(node.id, 'is held until it is released')
        }
        if (node.missed.some((held) => held.message === message)) at(node.id, 'was missed here')
        if (node.unsent.some((held) => held.message === message)) {
          at(node.id, 'is not acknowledged to the end')
        }
        break
      }
      case 'natsStream': {
        const kept = node.kept.find((candidate) => candidate.message === message)
        if (kept) at(node.id, `is kept as sequence ${kept.sequence}`)
        break
      }
      case 'natsConsumer': {
        const sent = node.ackPending.find((held) => held.message === message)
        if (sent?.clock) {
          const left = spanText(Math.max(0, sent.clock.untilUs - frame.timeUs))
          at(node.id, `waits for its acknowledgement for another ${left}`, sent.redelivered)
        }
        break
      }
      case 'natsRequester': {
        const asked = node.awaited.some((held) => held.message === message)
        if (asked) at(node.id, 'waits for its reply')
        break
      }
      case 'natsServer':
      case 'redisServer':
      case 'producer':
      case 'cloudTopic':
      case 'exchange':
      case 'relay':
        break
    }
  }
  return found
}

function onLinks(message: number, frame: Frame, scenario: Scenario): Whereabouts[] {
  return frame.flights.flatMap((flight): Whereabouts[] => {
    const link = scenario.links[flight.link]
    if (link === undefined || flight.message !== message) return []
    const left = spanText(Math.max(0, flight.arriveUs - frame.timeUs))
    const words =
      flight.kind === 'message' ? `arrives in ${left}` : `its ${flight.kind} arrives in ${left}`
    return [{ place: link.id, type: 'link', words, redelivered: flight.redelivered }]
  })
}
