/** Inside a topic: a lane of records a partition, and under it, group by group, how far it has read and committed. */
import type { PartitionState, TopicState } from '../../../history/frame.ts'
import { lagIn } from '../../../history/lag.ts'
import { type Box, type Lanes, TOKEN, topicLanes, windowStart } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { type Scene, type Type, write } from '../scene.ts'
import { drawToken, GHOST } from '../token.ts'
import { keptSide } from './keptSide.ts'
import { drawRail, OFFSET } from './topicRail.ts'

const FAR_LAG: Type = { size: 23, weight: 650, role: 'ink', align: 'right' }
const LANE_NAME: Type = { size: 12, weight: 650, role: 'inkSoft', align: 'left' }
/** The row of records moves on by so many at a time. */
const STEP = 3
/** So many of the offsets that are gone stay in sight. */
const EATEN = 2

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
    if (scene.far) drawFarLag(scene, state, p, body, top + lanes.cellsTop + lanes.cellsHeight / 2)
    const rails = Math.floor((lanes.laneHeight - lanes.railsTop) / lanes.railHeight)
    state.groups.slice(0, rails).forEach((group, g) => {
      const at = group.partitions[p]
      const y = top + lanes.railsTop + (g + 1 / 3) * lanes.railHeight
      if (at) drawRail(scene, group, at, { partition, lanes, y, first, body })
    })
  })
}

/** From far away rails cannot be read: what the slowest group is behind by stands at the end of the lane. */
function drawFarLag(scene: Scene, state: TopicState, p: number, body: Box, y: number): void {
  const partition = state.partitions[p]
  if (!partition) return
  const { start, end, kept } = partition
  const lags = state.groups.map(({ partitions }) =>
    lagIn(partitions[p]?.committed ?? -1, start, end, kept?.highWatermark),
  )
  const lag = Math.max(0, ...lags)
  if (lag > 0) write(scene, `−${countText(lag)}`, body.x + body.width - 22, y, FAR_LAG)
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
    if (!lanes.isTight) write(scene, String(offset), x, top + 7, OFFSET)
  }
}
