/**
 * What a topic that is kept shows besides its records: followers as thinner lanes, the high watermark and
 * the last stable offset across them, transactions as brackets, holes, what retention took, segments.
 */
import type { PartitionState } from '../../../history/frame.ts'
import type { KeptState, ReplicaState } from '../../../history/kept.ts'
import type { Lanes } from '../../../scenario/shapes.ts'
import { hueOf } from '../inks.ts'
import { NOTE, type Scene, type Type, write } from '../scene.ts'

const BROKER: Type = { ...NOTE, size: 10, align: 'right' }
const STANDING: Type = { ...NOTE, size: 9.5 }
const STANDING_BAD: Type = { ...STANDING, weight: 650, role: 'danger' }
const LEADS: Type = { ...NOTE, size: 10, weight: 650, role: 'inkSoft', align: 'right' }
const MARK: Type = { size: 8.5, weight: 650, role: 'accent', align: 'center' }
const STABLE: Type = { ...MARK, role: 'warning' }
const CONTROL: Type = { size: 10, weight: 650, role: 'ok', align: 'center' }
const CONTROL_ABORT: Type = { ...CONTROL, role: 'danger' }

/** Where an offset's cell begins, within the window that begins at `first`. */
export interface Window {
  lanes: Lanes
  top: number
  first: number
}

export function xOf({ lanes, first }: Window, offset: number): number {
  return lanes.left + Math.max(0, Math.min(lanes.columns, offset - first)) * lanes.cellWidth
}

/** Under the tokens: what is gone, holes, segments. */
export function drawBed(scene: Scene, partition: PartitionState, window: Window): void {
  const { kept, start, records } = partition
  if (!kept) return
  const { lanes, top, first } = window
  const { pen, inks } = scene
  const y = top + lanes.cellsTop
  pen.strokeStyle = inks.quiet
  pen.lineWidth = 1
  pen.setLineDash([2, 2.5])
  for (let offset = first; offset < start; offset++) {
    hole(scene, xOf(window, offset), y, lanes)
  }
  for (const { offset, fate } of records) {
    if (fate?.removed && offset >= first) hole(scene, xOf(window, offset), y, lanes)
  }
  pen.setLineDash([])
  if (start > first) tear(scene, xOf(window, start), y, lanes.cellsHeight)
  pen.strokeStyle = inks.line
  pen.lineWidth = 1.5
  pen.beginPath()
  for (const base of kept.segments) {
    if (base <= Math.max(first, start) || base > first + lanes.columns) continue
    pen.moveTo(xOf(window, base), y - 3)
    pen.lineTo(xOf(window, base), y + lanes.cellsHeight + 3)
  }
  pen.stroke()
}

function hole({ pen }: Scene, x: number, y: number, lanes: Lanes): void {
  pen.beginPath()
  pen.roundRect(x + 4, y + 5, lanes.cellWidth - 8, lanes.cellsHeight - 10, 4)
  pen.stroke()
}

/** Retention has eaten up to here. */
function tear({ pen, inks }: Scene, x: number, y: number, height: number): void {
  pen.beginPath()
  pen.moveTo(x, y)
  for (let i = 1; i <= 6; i++) pen.lineTo(x + (i % 2 === 0 ? 0 : -4), y + (i * height) / 6)
  pen.lineWidth = 1.75
  pen.strokeStyle = inks.warning
  pen.stroke()
}

/** Over the tokens: control records, brackets, watermarks, followers. */
export function drawKept(scene: Scene, partition: PartitionState, window: Window): void {
  const { kept } = partition
  if (!kept) return
  const { lanes, top, first } = window
  const middle = top + lanes.cellsTop + lanes.cellsHeight / 2
  for (const { offset, commit } of kept.control) {
    if (offset < first) continue
    const x = xOf(window, offset) + lanes.cellWidth / 2
    controlRecord(scene, x, middle, commit)
  }
  drawBrackets(scene, partition, window)
  if (kept.replicas.length > 1) {
    if (kept.leader !== -1) write(scene, `b${kept.leader}`, lanes.left - 8, middle, LEADS)
    const right = lanes.left + lanes.columns * lanes.cellWidth + 6
    write(scene, leaderText(kept), right, middle, kept.isAvailable ? STANDING : STANDING_BAD)
    const followers = kept.replicas.filter(({ leads }) => !leads)
    const isLeaderCut = kept.replicas.some(({ leads, cut }) => leads && cut)
    followers.forEach((replica, i) => {
      const y = top + lanes.replicasTop + (i + 0.5) * lanes.replicaHeight
      drawFollower(scene, partition, replica, window, y)
      if (kept.leader === -1 || !kept.isAvailable || replica.down) return
      drawFetching(scene, replica, lanes.left - LINK, middle, y, isLeaderCut || replica.cut)
    })
  }
  drawWatermarks(scene, partition, kept, window)
}

function leaderText({ leader, isAvailable }: KeptState): string {
  if (leader === -1) return 'no leader'
  return isAvailable ? 'leads' : 'down'
}

function controlRecord(scene: Scene, x: number, y: number, commit: boolean): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x, y - 8)
  pen.lineTo(x + 8, y)
  pen.lineTo(x, y + 8)
  pen.lineTo(x - 8, y)
  pen.closePath()
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.strokeStyle = commit ? inks.ok : inks.danger
  pen.lineWidth = 1.5
  pen.stroke()
  write(scene, commit ? 'C' : 'A', x, y, commit ? CONTROL : CONTROL_ABORT)
}

/** A bracket over the records of one transaction: broken while it is open, closed, or struck out. */
function drawBrackets(scene: Scene, partition: PartitionState, window: Window): void {
  const { lanes, top, first } = window
  let from = -1
  let producer = -1
  let state: string | undefined
  let last = -1
  const y = top + lanes.cellsTop - 1
  const close = () => {
    if (from === -1 || last < first) return
    bracket(scene, xOf(window, from) + 3, xOf(window, last + 1) - 3, y, state ?? 'open')
  }
  for (const { offset, fate } of partition.records) {
    const isSame = fate?.producer === producer && fate.transaction === state && last === offset - 1
    if (from !== -1 && isSame) {
      last = offset
      continue
    }
    close()
    from = fate?.transaction === undefined ? -1 : offset
    producer = fate?.producer ?? -1
    state = fate?.transaction
    last = offset
  }
  close()
}

function bracket(scene: Scene, from: number, to: number, y: number, state: string): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(from, y + 4)
  pen.lineTo(from, y)
  pen.lineTo(to, y)
  pen.lineTo(to, y + 4)
  pen.lineWidth = 1.75
  pen.lineJoin = 'round'
  pen.strokeStyle = state === 'open' ? inks.accent : state === 'aborted' ? inks.danger : inks.ok
  if (state === 'open') pen.setLineDash([3, 2.5])
  pen.stroke()
  pen.setLineDash([])
  if (state !== 'aborted') return
  pen.beginPath()
  pen.moveTo(from, y + 19)
  pen.lineTo(to, y + 9)
  pen.lineWidth = 1.5
  pen.stroke()
}

/** Left of the lanes and of the names of their brokers. */
const LINK = 27
const CROSS = 3

/** What a follower copies comes down from the leader; cut off, nothing does. */
function drawFetching(
  scene: Scene,
  { inSync }: ReplicaState,
  x: number,
  from: number,
  to: number,
  isCut: boolean,
): void {
  const { pen, inks } = scene
  const middle = (from + 8 + to) / 2
  pen.beginPath()
  pen.moveTo(x, from + 8)
  if (isCut) {
    pen.lineTo(x, middle - CROSS - 1)
    pen.moveTo(x, Math.min(to, middle + CROSS + 1))
  }
  pen.lineTo(x, to)
  pen.lineTo(x + 4, to)
  pen.lineWidth = 1.25
  pen.lineJoin = 'round'
  pen.strokeStyle = isCut ? inks.danger : inSync ? inks.quiet : inks.warning
  pen.stroke()
  if (!isCut) return
  pen.beginPath()
  pen.moveTo(x - CROSS, middle - CROSS)
  pen.lineTo(x + CROSS, middle + CROSS)
  pen.moveTo(x + CROSS, middle - CROSS)
  pen.lineTo(x - CROSS, middle + CROSS)
  pen.lineWidth = 1.5
  pen.stroke()
}

/** A follower: small marks in the hues of what it has, as far as it is, and how it stands. */
function drawFollower(
  scene: Scene,
  partition: PartitionState,
  replica: ReplicaState,
  window: Window,
  y: number,
): void {
  const { lanes, first } = window
  const { pen, inks } = scene
  const height = lanes.replicaHeight - 6
  const isGone = replica.down || replica.cut
  pen.globalAlpha *= replica.down ? 0.4 : 1
  pen.fillStyle = inks.surfaceSunken
  pen.beginPath()
  const width = lanes.columns * lanes.cellWidth + 6
  pen.roundRect(lanes.left - 3, y - height / 2 - 1, width, height + 2, 3)
  pen.fill()
  for (const { offset, message, fate } of partition.records) {
    if (offset < first || offset >= replica.end || fate?.removed) continue
    pen.fillStyle = hueOf(inks, scene.looks.get(message)?.hue ?? 0)
    pen.fillRect(xOf(window, offset) + 6, y - height / 2, lanes.cellWidth - 12, height)
  }
  pen.globalAlpha = 1
  write(scene, `b${replica.broker}`, lanes.left - 8, y, BROKER)
  const right = lanes.left + lanes.columns * lanes.cellWidth + 6
  const standing = replica.down
    ? 'down'
    : replica.cut
      ? 'cut off'
      : replica.inSync
        ? 'in sync'
        : 'behind'
  write(scene, standing, right, y, isGone || !replica.inSync ? STANDING_BAD : STANDING)
}

/** Up to where consumers may read, and up to where those that read committed records do. */
function drawWatermarks(
  scene: Scene,
  partition: PartitionState,
  kept: KeptState,
  window: Window,
): void {
  const { lanes, top, first } = window
  const isVisible = (offset: number) => offset >= first && offset <= first + lanes.columns
  const bottom = top + lanes.railsTop - 1
  const { highWatermark, lastStable } = kept
  if (highWatermark < 0) return
  const isReplicated = kept.replicas.length > 1
  if (isReplicated && isVisible(highWatermark)) {
    mark(scene, xOf(window, highWatermark), top + 2, bottom, false)
    if (highWatermark < partition.end || lastStable === highWatermark) {
      write(scene, 'HW', xOf(window, highWatermark), top - 3, MARK)
    }
  }
  if (lastStable < highWatermark && isVisible(lastStable)) {
    mark(scene, xOf(window, lastStable), top + 2, bottom, true)
    write(scene, 'LSO', xOf(window, lastStable), top - 3, STABLE)
  }
}

function mark(scene: Scene, x: number, from: number, to: number, stable: boolean): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x, from)
  pen.lineTo(x, to)
  pen.lineWidth = 2
  pen.strokeStyle = stable ? inks.warning : inks.accent
  if (stable) pen.setLineDash([4, 3])
  pen.stroke()
  pen.setLineDash([])
}
