/** What goes between a Redis server and the clients of its streams: commands against the arrow, replies with it. */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import type { Group } from '../../../brokers/log/redisStreams/group.ts'
import { type EntryId, MIN_ID, parseId } from '../../../brokers/log/redisStreams/id.ts'
import type { ReadRequest, Slice, StreamsWire } from '../../../brokers/log/redisStreams/reader.ts'
import type { ClaimRequest, RedisStreams } from '../../../brokers/log/redisStreams/server.ts'
import {
  APPROXIMATE_LIMIT,
  type Stream,
  type Trim,
} from '../../../brokers/log/redisStreams/stream.ts'
import type { SentEntry } from '../../../clients/redisConsumer/answers.ts'
import { NO_WALK, RedisConsumer } from '../../../clients/redisConsumer/redisConsumer.ts'
import type { RedisReader } from '../../../clients/redisConsumer/redisReader.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { LinkDoc, NodeOf } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import { OP } from '../ops.ts'
import { connectionName, connectionOf } from './subscribing.ts'

/** A client and the link over which it talks to the server; `group` is null for a plain reader. */
interface Way {
  link: LinkDoc
  client: RedisConsumer | RedisReader
  /** Its own name, that of its stream, and its group. */
  name: string
  key: string
  group: NodeOf<'redisGroup'> | null
  forward: Pipe
}

/** XADD with what the stream says about trimming. */
export function addTo(server: RedisStreams, doc: NodeOf<'redisStream'>, message: number): void {
  server.add(doc.name, 'auto', message, trimOf(server, doc))
}

function trimOf(server: RedisStreams, doc: NodeOf<'redisStream'>): Trim | undefined {
  const { maxLength, maxAgeMs, approximate = false } = doc
  const limit = approximate ? APPROXIMATE_LIMIT : 0
  if (maxLength !== undefined) {
    return { by: 'MAXLEN', length: maxLength, id: MIN_ID, approximate, limit }
  }
  if (maxAgeMs === undefined) return undefined
  const ms = Math.max(0, server.nowMs - Math.floor(maxAgeMs))
  return { by: 'MINID', length: 0, id: { ms, seq: 0 }, approximate, limit }
}

export class RedisTraffic implements StreamsWire {
  server!: RedisStreams
  /** By link, and by scenario id of the client. */
  private readonly ways = new Map<string, Way>()
  private readonly byClient = new Map<string, Way>()
  private readonly world: WiringContext

  constructor(world: WiringContext) {
    this.world = world
  }

  connectConsumer(link: LinkDoc, group: NodeOf<'redisGroup'>): void {
    const client = this.world.part<RedisConsumer>(link.to)
    const source = this.world.linksTo(group.id)[0]
    const key = source ? this.world.node(source.from).name : ''
    const { way, back } = this.connect(link, client, key, group)
    client.port = {
      read: (connection) => back.send(OP.poll, -1, connection, 0),
      readPending: (connection, from) => back.send(OP.history, -1, connection, from),
      autoClaim: (connection, from) => back.send(OP.autoClaim, -1, connection, from),
      claim: (connection, message, at) => back.send(OP.claim, message, connection, at),
      acknowledge: (message, at) => back.send(OP.ack, message, 0, at),
      setAside: (message, at) => back.send(OP.setAside, message, 0, at),
      hangUp: (connection) => hangUp(way, back, connection),
    }
  }

  connectReader(link: LinkDoc): void {
    const client = this.world.part<RedisReader>(link.to)
    const { way, back } = this.connect(link, client, this.world.node(link.from).name, null)
    client.port = {
      read: (connection, from) => back.send(OP.poll, -1, connection, from),
      hangUp: (connection) => hangUp(way, back, connection),
    }
  }

  /** All connections broke with the server: clients connect anew. */
  serverRestarted(): void {
    for (const { forward } of this.ways.values()) forward.empty()
    for (const { client } of this.ways.values()) client.reconnect()
  }

  /** A consumer has something else to ask for: if it waits, its wait ends (CLIENT UNBLOCK). */
  claimNext(id: string, message: number, position: number): void {
    const way = this.byClient.get(id)
    if (!way || !(way.client instanceof RedisConsumer)) return
    way.client.wishToClaim(message, position)
    this.server.unblock(connectionName(way.link.id, way.client.connection))
  }

  // ——— replies ———

  answered(client: string, slices: Slice[] | null): void {
    const { link, connection } = connectionOf(client)
    this.reply(must(this.ways.get(link), link), connection, slices?.[0] ?? null)
  }

  /** Its group is gone, with what it read. */
  refused(client: string): void {
    const { link, connection } = connectionOf(client)
    this.refuse(must(this.ways.get(link), link), connection)
  }

  /** NOGROUP, to somebody who waits for an answer. A group that is of no stream is not finished: nobody answers. */
  private refuse({ key, forward }: Way, connection: number): void {
    if (key !== '') forward.send(OP.refused, -1, connection, 0)
  }

  private reply(way: Way, connection: number, slice: Slice | null, next = NO_WALK): void {
    const group = slice && this.groupOf(way)
    const sent = slice
      ? slice.positions.map((position) => entryAt(slice.stream, group, position))
      : []
    const answer = way.client.bookAnswer(connection, sent, next)
    const op = sent.length > 0 ? OP.batch : OP.nothing
    way.forward.send(op, sent[0]?.message ?? -1, sent.length, answer)
  }

  // ——— commands ———

  private hear(way: Way, op: number, message: number, connection: number, at: number): void {
    const { server } = this
    switch (op) {
      case OP.poll:
        this.read(way, connection, way.group ? 'new' : this.startOf(way, at), blockUsOf(way))
        return
      case OP.history:
        this.read(way, connection, this.idBefore(way, at), -1)
        return
      case OP.hangUp:
        server.disconnect(connectionName(way.link.id, connection))
        return
    }
    const group = this.groupOf(way)
    if (!group) {
      if (op === OP.autoClaim || op === OP.claim) this.refuse(way, connection)
      return
    }
    const id = group.stream.idAt(at)
    if (op === OP.autoClaim) this.autoClaim(way, group, connection, at)
    else if (op === OP.claim) {
      const positions = server.claim(group, [id], claimBy(way, 0, server))
      this.reply(way, connection, { stream: group.stream, positions })
    } else {
      if (op === OP.setAside) this.addDeadLetter(way, message)
      server.acknowledge(group, [id])
    }
  }

  private read(way: Way, connection: number, from: EntryId | 'new', blockUs: number): void {
    const { key, group, link, client, name } = way
    const request: ReadRequest = {
      client: connectionName(link.id, connection),
      keys: [key],
      from: [from],
      count: client.settings.count,
      blockUs,
      ...(group && { group: { name: group.name, consumer: name, noAck: isNoAck(way) } }),
    }
    if (group && !this.groupOf(way)) {
      this.refuse(way, connection)
      return
    }
    const slices = this.server.read(request)
    if (slices !== 'waiting') this.reply(way, connection, slices?.[0] ?? null)
  }

  private autoClaim(way: Way, group: Group, connection: number, from: number): void {
    const { server } = this
    const { stream } = group
    const { settings } = way.client as RedisConsumer
    const request = claimBy(way, usFromMs(settings.minIdleMs ?? 0), server)
    const start = from === 0 ? MIN_ID : stream.idAt(from)
    const { next, claimed } = server.autoClaim(group, start, settings.count, request)
    const goOn = next === null ? -1 : stream.positionFrom(next)
    this.reply(way, connection, { stream, positions: claimed }, goOn)
  }

  private addDeadLetter(way: Way, message: number): void {
    const { deadLetters } = (way.client as RedisConsumer).settings
    if (deadLetters === undefined) return
    addTo(this.server, this.world.node(deadLetters, 'redisStream'), message)
  }

  /** Where a reader begins, or goes on. */
  private startOf(way: Way, at: number): EntryId | 'new' {
    const { from } = (way.client as RedisReader).settings
    if (at >= 0) return this.idBefore(way, at)
    return from === '$' ? 'new' : parseId(from)
  }

  /** The id to name so that the entry at a position is the first one that comes. */
  private idBefore({ key }: Way, at: number): EntryId {
    return at === 0 ? MIN_ID : must(this.server.stream(key), key).idAt(at - 1)
  }

  private groupOf({ key, group }: Way): Group | null {
    const stream = this.server.stream(key)
    return (group && stream && this.server.group(stream, group.name)) ?? null
  }

  private connect(
    link: LinkDoc,
    client: RedisConsumer | RedisReader,
    key: string,
    group: NodeOf<'redisGroup'> | null,
  ): { way: Way; back: Pipe } {
    const { forward, back } = this.world.pipes(
      link,
      (op, _message, a, answer) => {
        if (op === OP.refused) client.refuse(a)
        else client.receive(answer)
      },
      (op, message, connection, at) => this.hear(way, op, message, connection, at),
    )
    const { name } = this.world.node(link.to)
    const way: Way = { link, client, name, key, group, forward }
    this.ways.set(link.id, way)
    this.byClient.set(link.to, way)
    this.world.onMend.set(link.id, () => client.reconnect())
    return { way, back: must(back, link.id) }
  }
}

function hangUp({ forward }: Way, back: Pipe, connection: number): void {
  forward.empty()
  back.send(OP.hangUp, -1, connection, 0)
}

function blockUsOf({ client }: Way): number {
  return usFromMs(client.settings.blockMs)
}

function isNoAck({ client }: Way): boolean {
  return 'ack' in client.settings && client.settings.ack === 'noack'
}

function claimBy({ name }: Way, minIdleUs: number, { sim }: RedisStreams): ClaimRequest {
  return {
    consumer: name,
    minIdleUs,
    deliveredUs: sim.nowUs,
    count: -1,
    justId: false,
    force: false,
  }
}

/** An entry as it is sent: without fields if the stream does not have it any more. */
function entryAt(stream: Stream, group: Group | null, position: number): SentEntry {
  const isThere = stream.isThere(position)
  const deliveries = isThere ? (group?.pendingAt(position)?.count ?? 1) : 0
  return { message: stream.messageAt(position), position, deliveries }
}
