/** Drives the streams and Pub/Sub of the Redis families with the operations of traces recorded from Redis. */
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { isStreamCommand, perform, type Reply, WAITING } from '../log/redisStreams/command.ts'
import { shownSlices } from '../log/redisStreams/commands/entries.ts'
import { RedisError } from '../log/redisStreams/errors.ts'
import { printId } from '../log/redisStreams/id.ts'
import { RedisStreams } from '../log/redisStreams/server.ts'
import { RedisPubSub } from '../pubsub/redis/server.ts'
import { checkArguments } from './arguments.ts'
import { byText } from './compare.ts'
import { introspect, publish, refuseWhileSubscribed, unsubscribe } from './redisPubSub.ts'
import { type Driver, type Runner, Unknown } from './runner.ts'
import { isRecord, type Observation, type TraceStep } from './trace.ts'

type Copy = Record<string, string>

/** The clock starts at a moment of our days, so that automatic ids are greater than those made up. */
const EPOCH_MS = 1_700_000_000_000

export const REDIS: Runner = {
  broker: 'redis',
  start: () => new RedisDriver(),
  normal: (observation, step) => withoutAccidents(observation, step),
}

class RedisDriver implements Driver {
  private readonly sim = new Simulation(new Records(), 1)
  private deliveries: Record<string, Copy[]> = {}
  private replies: Record<string, unknown> = {}
  /** Automatic ids in order of appearance: `<id1>` is the first. */
  private readonly made: string[] = []
  private readonly streams = new RedisStreams(
    this.sim,
    this.sim.nextNode(),
    {
      answered: (client, slices) => {
        this.replies[client] = slices && shownSlices(this.streams, slices)
      },
      refused: (client, { code, message }) => {
        this.replies[client] = { error: { code, text: message } }
      },
    },
    { epochMs: EPOCH_MS },
  )
  private readonly pubsub = new RedisPubSub(this.sim, this.sim.nextNode(), {
    deliver: ({ client, name, isPattern }, channel, message) => {
      this.deliveries[client] ??= []
      this.deliveries[client].push({
        channel,
        body: this.sim.records.body(message),
        ...(isPattern && { pattern: name }),
      })
    },
  })

  step(step: TraceStep): Observation {
    this.deliveries = {}
    this.replies = {}
    const outcome = this.outcome(step)
    const streams = this.shownStreams()
    return this.named({
      ...outcome,
      ...(Object.keys(this.replies).length > 0 && { replies: this.replies }),
      ...(Object.keys(this.deliveries).length > 0 && { deliveries: this.deliveries }),
      ...(Object.keys(streams).length > 0 && { streams }),
    }) as Observation
  }

  private outcome(step: TraceStep): Observation {
    try {
      return this.perform(step)
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      return { error: { code: error.code, text: error.message } }
    }
  }

  private perform(step: TraceStep): Observation {
    checkArguments(step, ARGUMENTS)
    const client = String(step.conn ?? '')
    switch (step.op) {
      case 'connect':
        break
      case 'crash':
      case 'disconnect':
        this.pubsub.disconnect(client)
        this.streams.disconnect(client)
        break
      case 'restart':
        this.pubsub.restart()
        this.streams.restart()
        break
      case 'advance':
        this.advance(Number(step.ms) * 1000)
        break
      case 'subscribe':
        for (const name of texts(step.channels)) this.pubsub.subscribe(client, name)
        break
      case 'unsubscribe':
        if (step.channels || !step.patterns) {
          unsubscribe(this.pubsub, client, texts(step.channels), false)
        }
        if (step.patterns) unsubscribe(this.pubsub, client, texts(step.patterns), true)
        break
      case 'psubscribe':
        for (const name of texts(step.patterns)) this.pubsub.subscribe(client, name, true)
        break
      case 'cmd':
        return this.command(client, texts(step.cmd), step.blocks === true)
    }
    return {}
  }

  private command(client: string, sent: readonly string[], blocks: boolean): Observation {
    const words = sent.map((word) => this.unnamed(word))
    if (blocks) return this.blockingCommand(client, words)
    const answer = this.answer(client, words)
    if (answer === WAITING) {
      this.advance(timeoutUs(words))
      const { [client]: result, ...others } = this.replies
      this.replies = others
      return { result }
    }
    if (words[0]?.toUpperCase() === 'XADD' && words.includes('*')) {
      if (answer !== null) this.made.push(String(answer))
      // Automatic ids of different moments differ, also after the stream was deleted.
      this.advance(1000)
    }
    return { result: answer }
  }

  /** The step does not wait for the reply, so whatever comes at once is seen as a reply too. */
  private blockingCommand(client: string, words: readonly string[]): Observation {
    try {
      const answer = this.answer(client, words)
      if (answer !== WAITING) this.replies[client] = answer
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      this.replies[client] = { error: { code: error.code, text: error.message } }
    }
    return {}
  }

  private answer(client: string, words: readonly string[]): Reply | typeof WAITING {
    const [name = '', ...rest] = words
    refuseWhileSubscribed(this.pubsub, client, name)
    if (isStreamCommand(name)) {
      return perform(this.streams, words, { client, message: (fields) => this.message(fields) })
    }
    switch (name.toUpperCase()) {
      case 'PUBLISH':
        return publish(this.pubsub, rest, (body) => this.message(['body', body]))
      case 'PUBSUB':
        return introspect(this.pubsub, rest)
      case 'PING':
        return this.pong(client, rest)
    }
    throw new Unknown(`command ${name} is not known`)
  }

  /** A subscribed connection is answered with a message of its own kind. */
  private pong(client: string, [text]: readonly string[]): Reply {
    const isSubscribed = this.pubsub.live.some((each) => each.client === client)
    return isSubscribed ? ['pong', text ?? ''] : (text ?? 'PONG')
  }

  private message(fields: readonly string[]): number {
    const { records } = this.sim
    const isBody = fields.length === 2 && fields[0] === 'body'
    return records.messages.add(this.sim.nowUs, {
      template: records.strings.id(String(fields[1])),
      ordinal: 1,
      key: -1,
      props: isBody ? -1 : records.row({ fields }),
      parent: -1,
      source: -1,
    })
  }

  private advance(us: number): void {
    const until = this.sim.nowUs + us
    this.sim.runUntil(until)
    this.sim.nowUs = until
  }

  private shownStreams(): Record<string, unknown> {
    const shown: Record<string, unknown> = {}
    for (const stream of this.streams.streams) {
      if (!stream.alive) continue
      const groups: Record<string, unknown> = {}
      for (const group of this.streams.groupsOf(stream)) {
        const { name, pendingCount, last, consumers } = group
        const pending = consumers.map((consumer) => [consumer.name, consumer.pending])
        groups[name] = {
          pending: pendingCount,
          lastDelivered: printId(last),
          consumers: Object.fromEntries(pending),
        }
      }
      shown[stream.key] = { length: stream.length, groups }
    }
    return shown
  }

  /** Automatic ids by the names that traces give them. */
  private named(value: unknown): unknown {
    if (typeof value === 'string') {
      const index = this.made.indexOf(value)
      return index === -1 ? value : `<id${index + 1}>`
    }
    if (Array.isArray(value)) return value.map((item) => this.named(item))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.named(v)]))
  }

  private unnamed(word: string): string {
    return word.replace(/<id(\d+)>/, (_, number) => this.made[Number(number) - 1] ?? '')
  }
}

const ARGUMENTS: Record<string, readonly string[]> = {
  connect: ['conn'],
  disconnect: ['conn'],
  crash: ['conn'],
  restart: [],
  advance: ['ms'],
  subscribe: ['conn', 'channels'],
  unsubscribe: ['conn', 'channels', 'patterns'],
  psubscribe: ['conn', 'patterns'],
  cmd: ['conn', 'cmd', 'blocks'],
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function timeoutUs(words: readonly string[]): number {
  const at = words.findIndex((word) => word.toUpperCase() === 'BLOCK')
  return Number(words[at + 1] ?? 0) * 1000
}

/** Idle times and the order of copies of one PUBLISH are accidents; XINFO shows more of them. */
function withoutAccidents(observation: Observation, step: TraceStep): Observation {
  const words = texts(step.cmd).map((word) => word.toUpperCase())
  switch (words[0]) {
    case 'XPENDING':
      return { ...observation, result: withoutIdle(observation.result) }
    case 'XINFO':
      return { ...observation, result: withoutTimes(observation.result) }
    case 'PUBLISH':
      return withoutOrder(observation)
    case 'PUBSUB':
      return words[1] === 'CHANNELS' ? withSortedResult(observation) : observation
  }
  return observation
}

function withoutIdle(result: unknown): unknown {
  if (!Array.isArray(result)) return result
  return result.map((row) =>
    Array.isArray(row) && row.length === 4 ? [row[0], row[1], '<idle>', row[3]] : row,
  )
}

/** Fields of XINFO that show a clock or how Redis lays a stream out in memory. */
const ACCIDENTS = new Set(['idle', 'inactive', 'seen-time', 'radix-tree-keys', 'radix-tree-nodes'])

function withoutTimes(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((item, i) => {
    if (ACCIDENTS.has(String(value[i - 1]))) return '<accident>'
    // In pending lists of XINFO STREAM FULL the time of delivery stands between id and count.
    if (typeof item === 'number' && item > 1_000_000_000_000) return '<time>'
    return withoutTimes(item)
  })
}

/** Redis lists channels in the order of a hash table. */
function withSortedResult(observation: Observation): Observation {
  const { result } = observation
  return Array.isArray(result)
    ? { ...observation, result: result.map(String).toSorted(byText) }
    : observation
}

function withoutOrder(observation: Observation): Observation {
  if (!isRecord(observation.deliveries)) return observation
  const sorted = Object.entries(observation.deliveries).map(([client, copies]) => {
    const keys = (copies as Copy[]).map(({ channel, body, pattern }) =>
      JSON.stringify([channel, body, pattern ?? null]),
    )
    return [client, keys.toSorted(byText)]
  })
  return { ...observation, deliveries: Object.fromEntries(sorted) }
}
