/** Inside a topic: a lane of records a partition, and under it, group by group, how far it has read and committed. */
import type {
  GroupState,
  PartitionState,
  SharedRecord,
  TopicState,
} from '../../../history/frame.ts'
import { type Box, type Lanes, TOKEN, topicLanes, windowStart } from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import { NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawToken, GHOST } from '../token.ts'
import { keptSide } from './keptSide.ts'

const OFFSET: Type = { size: 9, weight: 400, role: 'quiet', align: 'center' }
const LANE_NAME: Type = { size: 12, weight: 650, role: 'inkSoft', align: 'left' }
const GROUP_NAME: Type = { ...NOTE, size: 10, align: 'right' }
const OWNER: Type = { ...NOTE, size: 9 }
const MOVED: Type = { ...OWNER, weight: 650, role: 'accent' }
const WAITING: Type = { ...OWNER, weight: 650, role: 'warning' }
const LAG: Type = { ...NOTE, size: 10 }
const LAG_LIT: Type = { ...LAG, weight: 650, role: 'ink' }
/** The row of records moves on by so many at a time. */
const STEP = 3
/** So many of the offsets that are gone stay in sight. */
const EATEN = 2
/** How long it can be read who got a partition after a rebalance. */
const MOVED_US = 2_500_000

export function drawTopic(scene: Scene, state: TopicState, body: Box): void {
  const followers = Math.max(0, (state.partitions[0]?.kept?.replicas.length ?? 1) - 1)
  const { length } = state.partitions
  const lanes = topicLanes(body, length, followers, length - state.added)
  state.partitions.forEach((partition, p) => {
    const top = lanes.top + p * lanes.laneHeight
    const eaten = partition.kept ? Math.min(EATEN, partition.start) : 0
    const first = windowStart(partition.start - eaten, partition.end, lanes.columns, STEP)
    drawRecords(scene, partition, lanes, top, first)
    keptSide.drawings?.drawKept(scene, partition, { lanes, top, first })
    write(scene, `P${p}`, body.x + 14, top + lanes.cellsTop + lanes.cellsHeight / 2, LANE_NAME)
    const rails = Math.floor((lanes.laneHeight - lanes.railsTop) / lanes.railHeight)
    state.groups.slice(0, rails).forEach((group, g) => {
      const y = top + lanes.railsTop + g * lanes.railHeight + 7
      drawRail(scene, group, p, partition, lanes, y, first, body)
    })
  })
}

function drawRecords(
  scene: Scene,
  partition: PartitionState,
  lanes: Lanes,
  top: number,
  first: number,
): void {
  const { pen, inks } = scene
  const y = top + lanes.cellsTop + lanes.cellsHeight / 2
  pen.fillStyle = inks.surfaceSunken
  pen.beginPath()
  pen.roundRect(
    lanes.left - 3,
    top + lanes.cellsTop,
    lanes.columns * lanes.cellWidth + 6,
    lanes.cellsHeight,
    5,
  )
  pen.fill()
  keptSide.drawings?.drawBed(scene, partition, { lanes, top, first })
  const scale = Math.min((lanes.cellWidth - 3) / TOKEN.width, lanes.cellsHeight / TOKEN.height)
  for (const { offset, message, fate } of partition.records) {
    if (offset < first) continue
    const x = lanes.left + (offset - first + 0.5) * lanes.cellWidth
    const marks = fate?.transaction === 'aborted' || fate?.transaction === 'open' ? GHOST : 0
    if (!fate?.removed) drawToken(scene, message, x, y, scale, marks)
    write(scene, String(offset), x, top + 7, OFFSET)
  }
}

/** One group in one partition: a line up to the commit, a thinner one up to what the next poll reads, the lag. */
function drawRail(
  scene: Scene,
  group: GroupState,
  p: number,
  partition: PartitionState,
  lanes: Lanes,
  y: number,
  first: number,
  body: Box,
): void {
  const at = group.partitions[p]
  if (!at) return
  const xOf = (offset: number) =>
    lanes.left + Math.max(0, Math.min(lanes.columns, offset - first)) * lanes.cellWidth
  const committed = Math.max(partition.start, at.committed)
  const position = at.position < 0 ? committed : at.position
  if (at.share) {
    for (const record of at.share) drawShared(scene, record, xOf(record.offset + 0.5), y, first)
  }
  if (at.position < 0 && group.phase === 'preparing') pause(scene, xOf(committed), lanes, y)
  line(scene, lanes.left, xOf(committed), y, 2.5, scene.inks.inkSoft)
  line(scene, xOf(committed), xOf(position), y, 1.25, scene.inks.quiet)
  if (at.position >= 0) marker(scene, xOf(position), y, false)
  if (at.pending >= 0) marker(scene, xOf(at.pending), y, false, true)
  if (at.committed >= 0) marker(scene, xOf(committed), y, true)
  write(scene, group.name, lanes.left - 8, y, GROUP_NAME, lanes.nameWidth - 18)
  const { text, type } = ownerText(group, at, scene.frame.timeUs)
  write(scene, text, lanes.left + 1, y + 9.5, type, lanes.columns * lanes.cellWidth)
  const lag = Math.max(0, partition.end - committed)
  const lagX = body.x + body.width - lanes.lagWidth + 2
  const isBehind = lag > 0 && at.oldestUs >= 0
  write(scene, `lag ${countText(lag)}`, lagX, isBehind ? y - 2 : y, lag > 0 ? LAG_LIT : LAG)
  // The same in time: how old the first record is that is not committed.
  if (isBehind) write(scene, durationText(scene.frame.timeUs - at.oldestUs), lagX, y + 9.5, OWNER)
}

function line(
  scene: Scene,
  from: number,
  to: number,
  y: number,
  width: number,
  colour: string,
): void {
  if (to <= from) return
  const { pen } = scene
  pen.beginPath()
  pen.moveTo(from, y)
  pen.lineTo(to, y)
  pen.lineCap = 'butt'
  pen.lineWidth = width
  pen.strokeStyle = colour
  pen.stroke()
}

/**
 * Solid: committed. Hollow: read up to here. Broken: to be committed when an open transaction is. All point at
 * the boundary before the offset.
 */
function marker(scene: Scene, x: number, y: number, solid: boolean, open = false): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x, y - 5)
  pen.lineTo(x + 4.25, y + 4)
  pen.lineTo(x - 4.25, y + 4)
  pen.closePath()
  pen.fillStyle = solid ? inks.inkSoft : inks.surfaceRaised
  pen.fill()
  pen.lineJoin = 'round'
  pen.lineWidth = 1.5
  pen.strokeStyle = open ? inks.accent : inks.inkSoft
  if (open) pen.setLineDash([2.5, 2])
  pen.stroke()
  pen.setLineDash([])
}

/** Whose it is: while the group rebalances who gave it up, for a while after it from whom to whom it went. */
function ownerText(
  group: GroupState,
  { member, before, leaving, share }: GroupState['partitions'][number],
  nowUs: number,
): { text: string; type: Type } {
  if (share) {
    const held = share.filter(({ state }) => state === 'acquired').length
    return { text: held === 0 ? 'shared' : `shared · ${held} acquired`, type: OWNER }
  }
  if (member === null) {
    const gone = before === null ? 'nobody reads' : `given up by ${before}`
    return { text: gone, type: group.phase === 'preparing' ? WAITING : OWNER }
  }
  if (leaving) return { text: `${member} is to give it up`, type: WAITING }
  const isNew = nowUs - group.completedUs < MOVED_US && before !== null && before !== member
  return isNew ? { text: `${before} → ${member}`, type: MOVED } : { text: member, type: OWNER }
}

/** Nobody reads on while the group rebalances: the way ahead is broken. */
function pause(scene: Scene, from: number, lanes: Lanes, y: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  const end = lanes.left + lanes.columns * lanes.cellWidth
  for (let x = from + 4; x < end; x += 9) {
    pen.moveTo(x, y)
    pen.lineTo(Math.min(x + 4, end), y)
  }
  pen.lineWidth = 2.5
  pen.strokeStyle = inks.warning
  pen.stroke()
}

/** A record of a share group: a ring while somebody has it, hollow when it came back, a bar when it is done. */
function drawShared(
  scene: Scene,
  { offset, state, count }: SharedRecord,
  x: number,
  y: number,
  first: number,
): void {
  if (offset < first) return
  const { pen, inks } = scene
  pen.beginPath()
  if (state === 'acknowledged' || state === 'archived') {
    pen.rect(x - 8, y - 1.25, 16, 2.5)
    pen.fillStyle = state === 'archived' ? inks.danger : inks.inkSoft
    pen.fill()
    return
  }
  pen.arc(x, y, 5, 0, Math.PI * 2)
  pen.lineWidth = 1.5
  pen.strokeStyle = state === 'acquired' ? inks.accent : inks.warning
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.stroke()
  if (count > 1) write(scene, String(count), x, y, OFFSET)
}
