/**
 * Thousands under way, from columns of numbers: each link's messages as dots or, where they are too many to
 * be told apart, as a ribbon; what goes back as small dots beside the line. No object is made for any of them.
 */
import type { FlightColumns } from '../../history/flightColumns.ts'
import { TOKEN } from '../../scenario/shapes.ts'
import { createCrowd } from './crowd.ts'
import { type Spot, spotAt } from './curve.ts'
import { levelOf } from './density.ts'
import { createDots } from './dots.ts'
import { hueOf } from './inks.ts'
import type { Ground } from './roads.ts'
import type { Scene } from './scene.ts'

const HUES = 8
/** Acknowledgements and the like lie beside the line. */
const ASIDE = 15
const MARK_SIZE = 3.5

/** `hueOfMessage` gives each message's identity as a number from 0 to 7. */
export function createMultitude() {
  const crowd = createCrowd()
  const dots = createDots()
  const marks = createDots()
  const spot: Spot = { x: 0, y: 0, dx: 1, dy: 0 }
  let counts = new Int32Array(0)
  let isRibbon = new Uint8Array(0)

  const count = (scene: Scene, ground: Ground, flights: FlightColumns): void => {
    const links = ground.roads.length
    if (counts.length < links) {
      counts = new Int32Array(links)
      isRibbon = new Uint8Array(links)
    }
    counts.fill(0)
    for (let i = 0; i < flights.count; i++) {
      const link = flights.link[i] as number
      if (flights.isToken(i)) counts[link] = (counts[link] ?? 0) + 1
    }
    const tokenPx = TOKEN.width * scene.scale * scene.zoom
    ground.roads.forEach(({ table }, link) => {
      const lengthPx = table.length * scene.zoom
      const level = levelOf(counts[link] ?? 0, lengthPx, tokenPx, flights.tokens)
      isRibbon[link] = level === 'ribbon' ? 1 : 0
    })
  }

  const drawRibbons = (scene: Scene, ground: Ground, flights: FlightColumns): void => {
    const { timeUs } = scene.frame
    for (let link = 0; link < ground.roads.length; link++) {
      const road = ground.roads[link]
      if (!road || !isRibbon[link]) continue
      crowd.clear()
      for (let i = 0; i < flights.count; i++) {
        if (flights.link[i] !== link || !flights.isToken(i)) continue
        const message = flights.message[i] as number
        const share = flights.share(i, timeUs)
        crowd.add(share, scene.hues.of(message), flights.size[i] as number)
        const { x, y } = spotAt(road.table, share, spot)
        scene.drawn.add(message, 'ribbon', x, y, 6 * scene.scale, -1)
      }
      crowd.draw(scene, road.table)
    }
  }

  return (scene: Scene, ground: Ground, flights: FlightColumns): void => {
    const { timeUs } = scene.frame
    count(scene, ground, flights)
    dots.clear()
    marks.clear()
    const aside = ASIDE * scene.scale
    for (let i = 0; i < flights.count; i++) {
      const link = flights.link[i] as number
      const road = ground.roads[link]
      const isToken = flights.isToken(i)
      if (!road || (isToken && isRibbon[link])) continue
      const message = flights.message[i] as number
      const { x, y, dx, dy } = spotAt(road.table, flights.share(i, timeUs), spot)
      if (isToken) dots.add(x, y, scene.hues.of(message), message)
      else marks.add(x + dy * aside, y - dx * aside, markHue(flights.kind(i)), message)
    }
    const { inks } = scene
    marks.draw(scene, 'mark', MARK_SIZE, [inks.quiet, inks.ok, inks.danger])
    const hues = Array.from({ length: HUES }, (_, hue) => hueOf(inks, hue))
    dots.draw(scene, 'dot', 6, hues)
    drawRibbons(scene, ground, flights)
  }
}

/** What only asks or tells is quiet; what settles a message is not. */
function markHue(kind: ReturnType<FlightColumns['kind']>): number {
  if (kind === 'ack') return 1
  return kind === 'nack' ? 2 : 0
}
