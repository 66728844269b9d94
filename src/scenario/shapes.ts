/**
 * How large each node is, where its handles are and where things lie inside it, in flow coordinates.
 * Pure, so that the canvas, the message layer in the worker, automatic layout and tests agree to the pixel.
 */
import type { NodeDoc, NodeKind, NodeOf, Scenario } from './document.ts'

export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/** A rectangle; inside a node it counts from the node's top left corner. */
export interface Box extends Point, Size {}

/** Four points of a cubic Bézier, x and y in turn. */
export type Curve = [number, number, number, number, number, number, number, number]

/** The row above every silhouette on which name and kind are written. */
export const TITLE_HEIGHT = 26

/** A message at normal size. */
export const TOKEN: Size = { width: 28, height: 18 }

/** How far apart nodes stand in a tidy drawing: along the flow and across it. */
export const GAP: Point = { x: 96, y: 40 }

/** A place that keeps nothing: rows for the subjects that went through it. */
const PLACE: Size = { width: 224, height: 132 }

const BODY: Record<
  Exclude<NodeKind, 'topic' | 'eventStore' | 'mqttClient' | 'redisStream'>,
  Size
> = {
  producer: { width: 144, height: 64 },
  exchange: { width: 112, height: 96 },
  queue: { width: 240, height: 116 },
  consumer: { width: 224, height: 116 },
  sqsQueue: { width: 240, height: 116 },
  pollingConsumer: { width: 224, height: 116 },
  groupConsumer: { width: 224, height: 116 },
  commandHandler: { width: 208, height: 104 },
  projection: { width: 232, height: 124 },
  relay: { width: 136, height: 64 },
  processManager: { width: 224, height: 116 },
  service: { width: 232, height: 124 },
  mqttBroker: { width: 288, height: 164 },
  natsServer: PLACE,
  natsStream: { width: 240, height: 116 },
  natsConsumer: { width: 240, height: 116 },
  natsSubscriber: { width: 224, height: 116 },
  natsRequester: { width: 176, height: 88 },
  redisServer: PLACE,
  redisSubscriber: { width: 224, height: 116 },
  redisGroup: { width: 264, height: 152 },
  redisConsumer: { width: 224, height: 116 },
  redisReader: { width: 224, height: 116 },
  cloudTopic: { width: 144, height: 68 },
  cloudSubscription: { width: 240, height: 116 },
}

/** An MQTT client that only publishes, and one that is subscribed. */
const SENDER: Size = { width: 176, height: 92 }
const BOTH: Size = { width: 248, height: 148 }

const LANE = { head: 14, cells: 24, rail: 21, gap: 9, tightGap: 3, pad: 9, replica: 15 } as const
const TOPIC_WIDTH = 384
export const STREAM = { width: 468, height: 116, max: 3 } as const

/** The whole node, title included. Topics and event stores look at what is linked to them. */
export function nodeSize(node: NodeDoc, scenario: Pick<Scenario, 'nodes' | 'links'>): Size {
  const body = bodySize(node, scenario)
  return { width: body.width, height: TITLE_HEIGHT + body.height }
}

function bodySize(node: NodeDoc, scenario: Pick<Scenario, 'nodes' | 'links'>): Size {
  if (node.kind === 'topic') {
    const replicas = (node.replicationFactor ?? 1) - 1
    const lane = laneHeight(groupsOf(node.id, scenario).length) + replicas * LANE.replica
    return { width: TOPIC_WIDTH, height: 2 * LANE.pad - LANE.gap + node.partitions * lane }
  }
  if (node.kind === 'eventStore') {
    const rows = Math.min(STREAM.max, Math.max(1, streamsOf(node, scenario).length))
    return { width: STREAM.width, height: rows * STREAM.height }
  }
  if (node.kind === 'redisStream') {
    const groups = redisGroupsOf(node.id, scenario).length
    return { width: ENTRIES.width, height: ENTRIES.head + groups * ENTRIES.rail + ENTRIES.foot }
  }
  if (node.kind === 'mqttClient') return (node.subscriptions ?? []).length === 0 ? SENDER : BOTH
  return BODY[node.kind]
}

/** The groups that read a topic, in the order of the scenario. */
export function groupsOf(topic: string, scenario: Pick<Scenario, 'nodes' | 'links'>): string[] {
  const readers = new Set(scenario.links.filter((l) => l.from === topic).map((l) => l.to))
  const groups = new Set<string>()
  for (const node of scenario.nodes) {
    if (node.kind === 'groupConsumer' && readers.has(node.id)) groups.add(node.group)
  }
  return [...groups]
}

/** Ids of the groups of a Redis stream, in the order of the scenario. */
export function redisGroupsOf(
  stream: string,
  { nodes, links }: Pick<Scenario, 'nodes' | 'links'>,
): string[] {
  const behind = new Set(links.filter(({ from }) => from === stream).map(({ to }) => to))
  return nodes.filter(({ id, kind }) => kind === 'redisGroup' && behind.has(id)).map(({ id }) => id)
}

/** Streams that a store has from the start, and those that are written where a command names none. */
function streamsOf(
  store: NodeOf<'eventStore'>,
  scenario: Pick<Scenario, 'nodes' | 'links'>,
): string[] {
  const writers = new Set(scenario.links.filter((l) => l.to === store.id).map((l) => l.from))
  const streams = new Set(store.contents?.map(({ stream }) => stream))
  for (const node of scenario.nodes) {
    if (node.kind === 'commandHandler' && writers.has(node.id)) streams.add(node.stream)
  }
  return [...streams]
}

/** The silhouette: all of the node below its title. */
export function bodyBox(size: Size): Box {
  return { x: 0, y: TITLE_HEIGHT, width: size.width, height: size.height - TITLE_HEIGHT }
}

/** Messages come in at the middle of the left edge of the silhouette and go out at the right. */
export function handlePoint(size: Size, side: 'in' | 'out'): Point {
  return { x: side === 'in' ? 0 : size.width, y: (TITLE_HEIGHT + size.height) / 2 }
}

/**
 * The curve of a link between two placed nodes: from the right edge of one to the left edge of the other,
 * or, where the other one stands below or above and not further right, from edge to edge up or down.
 */
export function linkCurve(from: Box, to: Box): Curve {
  const isRight = to.x >= from.x + from.width
  if (!isRight && to.y >= from.y + from.height) {
    return uprightCurve(from, from.y + from.height, to, to.y + TITLE_HEIGHT)
  }
  if (!isRight && from.y >= to.y + to.height) {
    return uprightCurve(from, from.y + TITLE_HEIGHT, to, to.y + to.height)
  }
  const out = handlePoint(from, 'out')
  const into = handlePoint(to, 'in')
  return curveBetween(from.x + out.x, from.y + out.y, to.x + into.x, to.y + into.y)
}

function uprightCurve(from: Box, y1: number, to: Box, y2: number): Curve {
  // From above it arrives to the right of the title.
  const isDown = y2 > y1
  const wanted = to.x + to.width * (isDown ? 0.75 : 0.5)
  const x1 = reachable(from, wanted)
  const x2 = reachable(to, isDown ? Math.max(x1, wanted) : x1)
  const reach = 0.5 * (y2 - y1)
  return [x1, y1, x1, y1 + reach, x2, y2 - reach, x2, y2]
}

/** How far from the corners of a node upright links stay. */
export const UPRIGHT_INSET = 30
/** Nodes up to this width are linked upright at their middle. */
export const SMALL_WIDTH = 120

/** Where on its upper or lower edge a node can be linked, nearest to `x`: a small one at its middle, where a diamond has its tip. */
function reachable(box: Box, x: number): number {
  if (box.width <= SMALL_WIDTH) return box.x + box.width / 2
  return Math.max(box.x + UPRIGHT_INSET, Math.min(x, box.x + box.width - UPRIGHT_INSET))
}

/** From a point to another, leaving and arriving level: the control points of React Flow's `getBezierPath`. */
export function curveBetween(x1: number, y1: number, x2: number, y2: number): Curve {
  const reach = x2 >= x1 ? 0.5 * (x2 - x1) : 0.25 * 25 * Math.sqrt(x1 - x2)
  return [x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2]
}

/** Every node's box and every link's curve: what the message layer draws on. */
export function scenarioGeometry(scenario: Pick<Scenario, 'nodes' | 'links'>): {
  nodes: (Box & { id: string })[]
  links: { id: string; curve: number[] }[]
} {
  const nodes = scenario.nodes.map((node) => ({
    id: node.id,
    ...node.position,
    ...nodeSize(node, scenario),
  }))
  const boxes = new Map(nodes.map((box) => [box.id, box]))
  const links = scenario.links.flatMap((link) => {
    const from = boxes.get(link.from)
    const to = boxes.get(link.to)
    return from && to ? [{ id: link.id, curve: linkCurve(from, to) as number[] }] : []
  })
  return { nodes, links }
}

/** Equal cells in rows. Cell 0 is top left, or top right when it fills from the right. */
export interface Grid extends Point {
  columns: number
  rows: number
  cellWidth: number
  cellHeight: number
  fromRight: boolean
}

/** Centre of a cell, written into `out`. */
export function cellCentre(grid: Grid, index: number, out: Point): Point {
  const column = index % grid.columns
  const row = (index - column) / grid.columns
  const across = grid.fromRight ? grid.columns - 1 - column : column
  out.x = grid.x + (across + 0.5) * grid.cellWidth
  out.y = grid.y + (row + 0.5) * grid.cellHeight
  return out
}

/**
 * The tray of a queue: what is delivered next lies at the right. Few lie large in one row, many small in
 * several; seen from far away, fewer are large.
 */
export function queueTray(body: Box, count: number, far = false): Grid {
  const inner = { x: body.x + 12, y: body.y + 8, width: body.width - 24, height: 48 }
  const [columns, rows] =
    far && count <= 4 ? [4, 1] : count <= 6 ? [6, 1] : count <= 20 ? [10, 2] : [16, 4]
  return {
    x: inner.x,
    y: inner.y,
    columns,
    rows,
    cellWidth: inner.width / columns,
    cellHeight: inner.height / rows,
    fromRight: true,
  }
}

/** The rail between a queue's tray and its shelf, from the top of the body. */
export const QUEUE_RAIL = 64

/** The shelf under a queue's tray: delivered and not yet acknowledged. */
export function unackedShelf(body: Box): Grid {
  return {
    x: body.x + 12,
    y: body.y + QUEUE_RAIL + 5,
    columns: 6,
    rows: 1,
    cellWidth: (body.width - 24) / 6,
    cellHeight: 24,
    fromRight: true,
  }
}

/** The places of a consumer where work is done: a ring each. */
export function workRings(body: Box, concurrency: number): Grid & { radius: number } {
  const columns = Math.max(1, Math.min(4, concurrency))
  const cell = columns === 1 ? 56 : columns === 2 ? 50 : 38
  return {
    x: body.x + 14,
    y: body.y + 6,
    columns,
    rows: 1,
    cellWidth: cell,
    cellHeight: 54,
    fromRight: false,
    radius: columns === 1 ? 23 : columns === 2 ? 21 : 16,
  }
}

/** The slots of a consumer for messages that wait in its hands, to the right of its rings; in one row under a line of words, if there is one. */
export function bufferSlots(body: Box, concurrency: number, underLine = false): Grid {
  const rings = workRings(body, concurrency)
  const x = rings.x + rings.columns * rings.cellWidth + 4
  const width = body.x + body.width - 10 - x
  const columns = Math.max(1, Math.floor(width / 34))
  return {
    x,
    y: rings.y + (underLine ? 27 : 4),
    columns,
    rows: underLine ? 1 : 2,
    cellWidth: 34,
    cellHeight: 23,
    fromRight: false,
  }
}

function laneHeight(groups: number): number {
  return LANE.head + LANE.cells + groups * LANE.rail + LANE.gap
}

/** The rows of topics inside a place. */
export function placeRows(body: Box): Grid {
  return {
    x: body.x + 14,
    y: body.y + 26,
    columns: 1,
    rows: 5,
    cellWidth: body.width - 28,
    cellHeight: 22,
    fromRight: false,
  }
}

/** Under what a subscriber works on: what its session keeps for it at the left, ghosts of what it missed at the right. */
export const ABSENCE_SHELF = 66

/** A Redis stream: a strip of entries under their ids, and below it a rail a group. */
export const ENTRIES = { width: 456, head: 58, rail: 34, foot: 26 } as const

/** A topic: one lane a partition, its records in cells, and under them one rail a group. */
export interface Lanes {
  /** More partitions than the node was made for: lanes are low, and offsets have no room. */
  isTight: boolean
  /** Column for names at the left, and for lags at the right. */
  nameWidth: number
  lagWidth: number
  columns: number
  cellWidth: number
  laneHeight: number
  /** From a lane's top: numbers of offsets, records, first rail. */
  cellsTop: number
  cellsHeight: number
  railsTop: number
  railHeight: number
  /** Below the records: a row for each follower. */
  replicasTop: number
  replicaHeight: number
  /** Top of lane 0. */
  top: number
  left: number
}

/** Partitions that were added since the design share the room: their lanes are lower. */
export function topicLanes(
  body: Box,
  partitions: number,
  followers = 0,
  designed = partitions,
): Lanes {
  const nameWidth = 66
  const lagWidth = 50
  const cellWidth = 26
  const height = body.height - 2 * LANE.pad + LANE.gap
  const laneHeight = height / Math.max(1, partitions)
  // With more partitions than the node was made for lanes are lower: offsets go, the rest shares what is left.
  const isTight = partitions > designed
  const wanted = height / Math.max(1, designed) - LANE.head - LANE.gap
  const low = isTight ? Math.min(1, (laneHeight - LANE.tightGap) / wanted) : 1
  const head = isTight ? 0 : LANE.head
  const records = head + LANE.cells * low
  return {
    isTight,
    nameWidth,
    lagWidth,
    columns: Math.floor((body.width - nameWidth - lagWidth) / cellWidth),
    cellWidth,
    laneHeight,
    cellsTop: head,
    cellsHeight: LANE.cells * low,
    replicasTop: records,
    replicaHeight: LANE.replica * low,
    railsTop: records + followers * LANE.replica * low,
    railHeight: LANE.rail * low,
    top: body.y + LANE.pad,
    left: body.x + nameWidth,
  }
}

/**
 * The first of a growing row (offsets, versions) that is shown when `columns` fit. The row moves on by
 * `step` at a time, so that there is room for it to be seen growing to the right.
 */
export function windowStart(first: number, end: number, columns: number, step: number): number {
  const over = end - first - columns
  if (over <= 0) return first
  return first + Math.ceil(over / step) * step
}

/** The rows of a projection's table below its head. */
export function tableRows(body: Box): Grid {
  return {
    x: body.x,
    y: body.y + 24,
    columns: 1,
    rows: 4,
    cellWidth: body.width,
    cellHeight: 19,
    fromRight: false,
  }
}
