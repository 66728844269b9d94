/**
 * Everything under way on links: messages as tokens, crowds as ribbons, and acknowledgements, polls and
 * commits as small quiet marks beside the line, against the arrow.
 */
import { FlightColumns } from '../../history/flightColumns.ts'
import type { Flight } from '../../history/frame.ts'
import { TOKEN } from '../../scenario/shapes.ts'
import { createCrowd } from './crowd.ts'
import { type Spot, spotAt } from './curve.ts'
import { DOTS_ABOVE, type Level, levelOf } from './density.ts'
import { drawFlightLabel } from './flightLabel.ts'
import { hueOf } from './inks.ts'
import { drawMark, type MarkKind } from './mark.ts'
import { createMultitude } from './multitude.ts'
import { countText } from './names.ts'
import type { Ground, Road } from './roads.ts'
import { type Scene, type Type, write } from './scene.ts'
import { COMMAND, drawToken, EVENT, RING, SET_OFF, SMALL } from './token.ts'

const COUNT: Type = { size: 11, weight: 650, role: 'ink', align: 'left' }
const MARK_OFFSET = 15

/** Messages are tokens; everything else is a mark. */
function markOf(flight: Flight): MarkKind | null {
  switch (flight.kind) {
    case 'ack':
    case 'nack':
    case 'poll':
    case 'commit':
    case 'confirm':
    case 'reply':
    case 'packet':
      return flight.kind
    default:
      return null
  }
}

/** Where a flight is: the share of its link, seen along the arrow. */
export function shareOf(flight: Flight, timeUs: number): number {
  const span = flight.arriveUs - flight.sentUs
  const share = span <= 0 ? 1 : Math.max(0, Math.min(1, (timeUs - flight.sentUs) / span))
  return flight.back ? 1 - share : share
}

/** Draws all flights of a frame. Keeps its scratch memory, nothing else, from one frame to the next. */
export function createFlightLayer(): (
  scene: Scene,
  ground: Ground,
  multitude: FlightColumns | null,
) => void {
  const crowd = createCrowd()
  const drawMultitude = createMultitude()
  const columns = new FlightColumns()
  const spot: Spot = { x: 0, y: 0, dx: 1, dy: 0 }
  let first = new Int32Array(0)
  let next = new Int32Array(0)
  let counts = new Int32Array(0)

  /** Sorts the tokens by link: `first` and `next` are linked lists of indices, the latest sent first. */
  const sortByLink = (flights: readonly Flight[], links: number): number => {
    if (first.length < links) {
      first = new Int32Array(links)
      counts = new Int32Array(links)
    }
    if (next.length < flights.length) next = new Int32Array(flights.length * 2)
    first.fill(-1)
    counts.fill(0)
    let tokens = 0
    for (let i = flights.length - 1; i >= 0; i--) {
      const flight = flights[i]
      if (!flight || markOf(flight) !== null) continue
      next[i] = first[flight.link] ?? -1
      first[flight.link] = i
      counts[flight.link] = (counts[flight.link] ?? 0) + 1
      tokens++
    }
    return tokens
  }

  const eachOn = (scene: Scene, link: number, draw: (flight: Flight) => void): void => {
    for (let i = first[link] ?? -1; i >= 0; i = next[i] ?? -1) {
      const flight = scene.frame.flights[i]
      if (flight) draw(flight)
    }
  }

  const placeOn = (scene: Scene, road: Road, flight: Flight): Spot =>
    spotAt(road.table, shareOf(flight, scene.frame.timeUs), spot)

  const drawTokens = (scene: Scene, road: Road, link: number, level: Level): void => {
    const small = level === 'small'
    eachOn(scene, link, (flight) => {
      const { x, y } = placeOn(scene, road, flight)
      drawFlight(scene, flight, x, y, small)
      if (small) return
      const alone = clearance(scene, road, link, flight)
      drawFlightLabel(
        scene,
        road.table.length,
        shareOf(flight, scene.frame.timeUs),
        flight,
        x,
        y,
        alone,
      )
    })
  }

  /** How far the next token on the same link is, in flow units. */
  const clearance = (scene: Scene, road: Road, link: number, flight: Flight): number => {
    const at = shareOf(flight, scene.frame.timeUs)
    let nearest = 2
    eachOn(scene, link, (other) => {
      if (other === flight) return
      nearest = Math.min(nearest, Math.abs(shareOf(other, scene.frame.timeUs) - at))
    })
    return nearest * road.table.length
  }

  const drawRibbon = (scene: Scene, road: Road, link: number): void => {
    crowd.clear()
    eachOn(scene, link, (flight) => {
      const share = shareOf(flight, scene.frame.timeUs)
      crowd.add(share, scene.looks.get(flight.message)?.hue ?? 0, flight.count)
      const { x, y } = spotAt(road.table, share, spot)
      scene.drawn.add(flight.message, 'ribbon', x, y, 6 * scene.scale, -1)
    })
    crowd.draw(scene, road.table)
  }

  const levelOn = (scene: Scene, road: Road, link: number, total: number): Level =>
    levelOf(
      counts[link] ?? 0,
      road.table.length * scene.zoom,
      TOKEN.width * scene.scale * scene.zoom,
      total,
    )

  /** Stillness asked for: each link shows what is on it, resting in the middle, with a count. */
  const drawAtRest = (scene: Scene, road: Road, link: number): void => {
    const flight = scene.frame.flights[first[link] ?? -1]
    if (!flight) return
    let count = 0
    eachOn(scene, link, (each) => {
      count += each.count
      const { x, y } = spotAt(road.table, 0.5, spot)
      if (each !== flight) scene.drawn.add(each.message, 'token', x, y, 0, -1)
    })
    const { x, y } = spotAt(road.table, 0.5, spot)
    drawFlight(scene, { ...flight, count }, x, y, false)
  }

  const drawMarks = (scene: Scene, ground: Ground): void => {
    for (const flight of scene.frame.flights) {
      const mark = markOf(flight)
      if (mark === null) continue
      const road = ground.roads[flight.link]
      if (!road) continue
      const { table } = road
      const share = scene.look.still ? 0.5 : shareOf(flight, scene.frame.timeUs)
      const { x, y, dx, dy } = spotAt(table, share, spot)
      const aside = MARK_OFFSET * scene.scale
      drawMark(scene, mark, flight, x + dy * aside, y - dx * aside, table.length)
    }
  }

  return (scene, ground, multitude) => {
    if (multitude) return drawMultitude(scene, ground, multitude)
    const { flights } = scene.frame
    const links = ground.roads.length
    const tokens = sortByLink(flights, links)
    if (!scene.look.still && tokens > DOTS_ABOVE) {
      columns.take(flights)
      return drawMultitude(scene, ground, columns)
    }
    for (let link = 0; link < links; link++) {
      const road = ground.roads[link]
      if (!road || !counts[link]) continue
      const level = levelOn(scene, road, link, tokens)
      if (scene.look.still) drawAtRest(scene, road, link)
      else if (level === 'ribbon') drawRibbon(scene, road, link)
      else drawTokens(scene, road, link, level)
    }
    drawMarks(scene, ground)
  }
}

function drawFlight(scene: Scene, flight: Flight, x: number, y: number, small: boolean): void {
  const { scale } = scene
  const sort = flight.kind === 'command' ? COMMAND : isEvent(flight) ? EVENT : 0
  const marks = sort | SET_OFF | (small ? SMALL : 0) | (flight.redelivered ? RING : 0)
  const behind = small ? 0 : Math.min(3, flight.count - 1)
  for (let i = behind; i > 0; i--) drawBehind(scene, flight.message, x, y, i)
  drawToken(scene, flight.message, x, y, scale, marks)
  if (flight.count > 1) {
    const right = x + (TOKEN.width / 2 + 4 * behind + 3) * scale
    write(scene, `×${countText(flight.count)}`, right, y - 9 * scale, COUNT)
  }
}

/** The rest of a batch: a stack behind its first message. */
function drawBehind(scene: Scene, message: number, x: number, y: number, depth: number): void {
  const { pen, inks, scale } = scene
  const [width, height] = [TOKEN.width * scale, TOKEN.height * scale]
  const off = 3.5 * depth * scale
  pen.beginPath()
  pen.roundRect(x - width / 2 + off, y - height / 2 - off, width, height, 5.5 * scale)
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.strokeStyle = hueOf(inks, scene.looks.get(message)?.hue ?? 0)
  pen.lineWidth = 1.5
  pen.stroke()
}

function isEvent(flight: Flight): boolean {
  return flight.kind === 'append' || flight.kind === 'event'
}
