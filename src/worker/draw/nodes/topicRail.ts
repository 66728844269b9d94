/** How far a group has come in one partition: what it has committed, what it has read, what it is behind by, and whose it is. */
import type { GroupState, PartitionState, SharedRecord } from '../../../history/frame.ts'
import { lagIn } from '../../../history/lag.ts'
import type { Box, Lanes } from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import { NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'

export const OFFSET: Type = { size: 9, weight: 400, role: 'quiet', align: 'center' }
const GROUP_NAME: Type = { ...NOTE, size: 10, align: 'right' }
const OWNER: Type = { ...NOTE, size: 9 }
const MOVED: Type = { ...OWNER, weight: 650, role: 'accent' }
const WAITING: Type = { ...OWNER, weight: 650, role: 'warning' }
const LAG: Type = { ...NOTE, size: 10 }
const LAG_LIT: Type = { ...LAG, weight: 650, role: 'ink' }
const BEFORE: Type = { size: 9, weight: 650, role: 'inkSoft', align: 'left' }
/** How long it can be read who got a partition after a rebalance. */
const MOVED_US = 2_500_000
/** A second line is so much of a rail's height below the first, and needs so much height. */
const BELOW = 0.45
const LEAST_OF_TWO = 13

type Place = GroupState['partitions'][number]

/** Where a rail lies: the lane that it is under, its height, and the first offset in sight. */
interface RailPlace {
  partition: PartitionState
  lanes: Lanes
  y: number
  first: number
  body: Box
}

/** What a marker stands for: solid, hollow, broken. */
type Mark = 'committed' | 'position' | 'pending'

/**
 * A line up to the commit, a thinner one up to what the next poll reads, dots up to the end: the lag. What lies
 * before the first offset in sight points there, with its offset.
 */
export function drawRail(scene: Scene, group: GroupState, at: Place, place: RailPlace): void {
  const { partition, lanes, y, first } = place
  const xOf = (offset: number) =>
    lanes.left + Math.max(0, Math.min(lanes.columns, offset - first)) * lanes.cellWidth
  const committed = Math.max(partition.start, at.committed)
  const position = at.position < 0 ? committed : at.position
  if (at.share) {
    for (const record of at.share) drawShared(scene, record, xOf(record.offset + 0.5), y, first)
  }
  const marks: [Mark, number][] = []
  if (at.position >= 0) marks.push(['position', position])
  if (at.pending >= 0) marks.push(['pending', at.pending])
  if (at.committed >= 0) marks.push(['committed', committed])
  const from = marksBefore(scene, marks, place)
  const isPaused = at.position < 0 && group.phase === 'preparing'
  if (isPaused) pause(scene, Math.max(from, xOf(committed)), lanes, y)
  else if (!at.share) dots(scene, Math.max(from, xOf(position)), xOf(partition.end), y)
  line(scene, lanes.left, xOf(committed), y, 2.5, scene.inks.inkSoft)
  line(scene, Math.max(from, xOf(committed)), xOf(position), y, 1.25, scene.inks.quiet)
  for (const [mark, offset] of marks) if (offset >= first) marker(scene, xOf(offset), y, mark)
  write(scene, group.name, lanes.left - 8, y, GROUP_NAME, lanes.nameWidth - 18)
  if (lanes.railHeight >= LEAST_OF_TWO) {
    const { text, type } = ownerText(group, at, scene.frame.timeUs)
    const below = y + lanes.railHeight * BELOW
    write(scene, text, lanes.left + 1, below, type, lanes.columns * lanes.cellWidth)
  }
  drawLag(scene, at, place)
}

function drawLag(
  scene: Scene,
  { committed, oldestUs }: Place,
  { partition, lanes, y, body }: RailPlace,
): void {
  const lag = lagIn(committed, partition.start, partition.end, partition.kept?.highWatermark)
  const x = body.x + body.width - lanes.lagWidth + 2
  const isBehind = lag > 0 && oldestUs >= 0 && !lanes.isTight
  write(scene, `lag ${countText(lag)}`, x, isBehind ? y - 2 : y, lag > 0 ? LAG_LIT : LAG)
  // The same in time: how old the first record is that is not committed.
  if (isBehind)
    write(
      scene,
      durationText(scene.frame.timeUs - oldestUs),
      x,
      y + lanes.railHeight * BELOW,
      OWNER,
    )
}

/** Markers before the first offset in sight, in their order, each with its offset; returns where they end. */
function marksBefore(
  scene: Scene,
  marks: readonly [Mark, number][],
  { lanes, y, first }: RailPlace,
): number {
  // Of two at one offset the committed one stays: it is last in `marks`.
  const before = marks
    .filter(([, offset]) => offset < first)
    .toReversed()
    .toSorted((a, b) => a[1] - b[1])
  let x = lanes.left
  let last = -1
  for (const [mark, offset] of before) {
    // Where all is committed that was read, one marker says both.
    if (offset === last) continue
    last = offset
    marker(scene, x + 5, y, mark, true)
    const text = countText(offset)
    write(scene, text, x + 12, y, BEFORE)
    x += widthOf(scene, text, BEFORE) + 18
  }
  return x
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

/** Up to the end of the log: what the group has not read yet. */
function dots({ pen, inks }: Scene, from: number, to: number, y: number): void {
  if (to - from < 8) return
  pen.beginPath()
  for (let x = from + 7; x < to; x += 5) {
    pen.moveTo(x, y)
    pen.lineTo(Math.min(x + 1.5, to), y)
  }
  pen.lineCap = 'butt'
  pen.lineWidth = 1.5
  pen.strokeStyle = inks.quiet
  pen.stroke()
}

/**
 * Solid: committed. Hollow: read up to here. Broken: to be committed when an open transaction is. All point at
 * the boundary before the offset, or to the left where it is out of sight.
 */
function marker(scene: Scene, x: number, y: number, mark: Mark, toTheLeft = false): void {
  const { pen, inks } = scene
  const isOpen = mark === 'pending'
  pen.beginPath()
  if (toTheLeft) {
    pen.moveTo(x - 4.5, y)
    pen.lineTo(x + 4, y - 4.25)
    pen.lineTo(x + 4, y + 4.25)
  } else {
    pen.moveTo(x, y - 5)
    pen.lineTo(x + 4.25, y + 4)
    pen.lineTo(x - 4.25, y + 4)
  }
  pen.closePath()
  pen.fillStyle = mark === 'committed' ? inks.inkSoft : inks.surfaceRaised
  pen.fill()
  pen.lineJoin = 'round'
  pen.lineWidth = 1.5
  pen.strokeStyle = isOpen ? inks.accent : inks.inkSoft
  if (isOpen) pen.setLineDash([2.5, 2])
  pen.stroke()
  pen.setLineDash([])
}

/** Whose it is: while the group rebalances who gave it up, for a while after it from whom to whom it went. */
function ownerText(
  group: GroupState,
  { member, before, leaving, share }: Place,
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
