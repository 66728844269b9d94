/** How messages are named and coloured wherever they appear. */
import { hashText } from '../base/hash.ts'
import type { Records } from '../engine/records.ts'
import type { Frame, MessageLook, NodeState } from './frame.ts'

const HUES = 8
const LABEL_MAX = 24

/** Cuts a text to `max` characters, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}

/** The same, but a number at the end stays: it tells messages apart. */
function shortenLabel(text: string): string {
  const number = text.length > LABEL_MAX ? /\d{1,6}\W?$/.exec(text)?.[0] : undefined
  return number === undefined
    ? shorten(text, LABEL_MAX)
    : shorten(text, LABEL_MAX - number.length) + number
}

/** The hue of everything with this key. */
export function hueOfKey(key: string): number {
  return (hashText(key) >>> 0) % HUES
}

/** The look of one message. Its hue is its key's; without a key, its own number's in turn. */
export function lookOf(records: Records, message: number): MessageLook {
  const key = records.key(message)
  const origin = rootOf(records, message)
  const hue = key !== '' ? hueOfKey(key) : records.messages.ordinal(origin) % HUES
  return { id: message, label: shortenLabel(labelOf(records, message)), key, hue }
}

/** Looks of all messages that a frame shows. */
export function looksOf(records: Records, frame: Frame): MessageLook[] {
  const ids = new Set<number>()
  const add = (message: number) => {
    if (message >= 0) ids.add(message)
  }
  for (const flight of frame.flights) add(flight.message)
  for (const node of frame.nodes) addShown(node, add)
  return [...ids].map((id) => lookOf(records, id))
}

/** What a message is called: its body, or the type of a JSON body with its numbers. */
export function labelOf(records: Records, message: number): string {
  const body = records.body(message)
  if (body === '') return 'an empty message'
  if (!body.startsWith('{')) return body
  const type = /"type"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? records.key(message)
  const amount = /"amount"\s*:\s*(-?[\d.]+)/.exec(body)?.[1]
  return amount === undefined ? type || body : `${type} ${amount}`
}

/** The first ancestor: what a message came from keeps its hue through relays and services. */
function rootOf(records: Records, message: number): number {
  let at = message
  for (let hops = 0; hops < 100; hops++) {
    const parent = records.messages.parent(at)
    if (parent === -1) return at
    at = parent
  }
  return at
}

function addShown(node: NodeState, add: (message: number) => void): void {
  switch (node.kind) {
    case 'producer':
      add(node.lastMessage)
      return
    case 'queue':
      for (const { message } of node.ready) add(message)
      for (const { message } of node.unacked) add(message)
      return
    case 'sqsQueue':
    case 'cloudSubscription':
      for (const { message } of node.available) add(message)
      for (const { message } of node.inFlight) add(message)
      return
    case 'topic':
      for (const { records } of node.partitions) for (const { message } of records) add(message)
      return
    case 'eventStore':
      for (const { events } of node.streams) for (const { message } of events) add(message)
      for (const { message, winning } of node.conflicts) {
        add(message)
        add(winning)
      }
      return
    case 'natsServer':
    case 'redisServer':
      for (const { lastMessage } of node.subjects) add(lastMessage)
      return
    case 'natsStream':
      for (const { message } of node.kept) add(message)
      return
    case 'natsConsumer':
      for (const { message } of [...node.next, ...node.ackPending, ...node.again]) add(message)
      return
    case 'natsSubscriber':
    case 'redisSubscriber':
      for (const { message } of [...node.jobs, ...node.effects, ...node.missed]) add(message)
      return
    case 'redisStream':
      for (const { message } of node.entries) add(message)
      for (const { pending } of node.groups) for (const { message } of pending) add(message)
      return
    case 'redisGroup':
      for (const { message } of [...node.ahead, ...node.pending]) add(message)
      return
    case 'redisConsumer':
    case 'redisReader':
      for (const { message } of [...node.jobs, ...node.effects]) add(message)
      return
    case 'natsRequester':
      for (const { message } of [...node.awaited, ...node.effects]) add(message)
      return
    case 'consumer':
    case 'pollingConsumer':
    case 'groupConsumer':
      for (const { message } of node.jobs) add(message)
      for (const { message } of node.effects) add(message)
      return
    case 'commandHandler':
      for (const { message } of node.jobs) add(message)
      for (const { message } of node.rejected) add(message)
      for (const { message, winning, command } of node.conflicted) {
        for (const each of [message, winning, command]) add(each)
      }
      return
    case 'processManager':
      for (const { message } of node.jobs) add(message)
      for (const { message } of node.effects) add(message)
      for (const message of [...node.waiting, ...node.stuck]) add(message)
      return
    case 'service':
      for (const { message } of node.jobs) add(message)
      for (const { message } of node.rows) add(message)
      return
    case 'projection':
      for (const { message } of node.jobs) add(message)
      return
    case 'mqttBroker':
      for (const { last, retained } of node.topics) {
        add(last)
        add(retained)
      }
      return
    case 'mqttClient':
      add(node.lastMessage)
      for (const list of [node.jobs, node.held, node.unsent, node.missed, node.effects]) {
        for (const { message } of list) add(message)
      }
      for (const { message } of node.session?.waiting ?? []) add(message)
      return
    case 'exchange':
    case 'cloudTopic':
    case 'relay':
      return
  }
}
