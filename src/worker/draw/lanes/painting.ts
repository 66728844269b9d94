/** How a run's lanes are read, painted on their easel, and what lies under a point of it. */
import type { History } from '../../../history/history.ts'
import { LaneIndex } from '../../../history/lanes/laneIndex.ts'
import { WindowReader } from '../../../history/lanes/laneWindow.ts'
import { layLanes } from '../../../history/lanes/layout.ts'
import { lookOf } from '../../../history/looks.ts'
import type { Look } from '../../protocol.ts'
import { HueTable } from '../hues.ts'
import { readInks } from '../inks.ts'
import type { LanesEasel, LanesView } from './easel.ts'
import { paintLanes } from './paint.ts'
import { LanePlace } from './place.ts'

/** CSS pixels of a column in which is counted what is too dense. */
const COLUMN_PX = 3

interface Reading {
  index: LaneIndex
  reader: WindowReader
  hues: HueTable
  life: { message: number; read: number; strokes: ReturnType<WindowReader['lifeOf']> } | null
}

/** One index a run: it goes on where it stopped. */
const readings = new WeakMap<History, Reading>()

/** Reads facts of the run that have not been read; returns whether there are more. */
export function readLanes(history: History, facts: number): boolean {
  return readingOf(history).index.advance(facts)
}

export function paintOnEasel(
  easel: LanesEasel,
  history: History,
  look: Look,
  view: LanesView,
): void {
  const { surface, pen } = easel
  if (!surface || !pen || view.width <= 0 || view.height <= 0) return
  const width = Math.round(view.width * view.pixelRatio)
  const height = Math.round(view.height * view.pixelRatio)
  if (surface.width !== width) surface.width = width
  if (surface.height !== height) surface.height = height
  const reading = readingOf(history)
  const { index, reader, hues } = reading
  const layout = layLanes(index.lanes.length, view.height)
  const columns = Math.max(1, Math.floor(view.width / COLUMN_PX))
  const ask = { fromUs: view.fromUs, toUs: view.toUs, columns, rows: layout.rows }
  const window = reader.read(ask)
  const place = new LanePlace(index, layout, view)
  const life = lifeIn(reading, look.selectedMessage)
  easel.last = { window, place, life }
  const selectedLane = history.live.scenario.nodes.findIndex((n) => n.id === look.selectedNode)
  pen.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0)
  paintLanes({
    ...{
      pen,
      inks: readInks(look.palette),
      look,
      place,
      window,
      life,
      index,
      hues,
      selectedLane,
    },
    label: (message) => lookOf(history.live.records, message).label,
    computedUs: history.computedUs,
    endUs: history.live.endUs,
  })
}

/** The message whose line or stretch is nearest to a point, within `radius`; -1 if there is none. */
export function hitOnEasel({ last }: LanesEasel, x: number, y: number, radius: number): number {
  if (!last) return -1
  const { window, place, life } = last
  const own = life ? place.nearest(life, x, y, radius) : null
  return (own ?? place.nearest(window.strokes, x, y, radius))?.message ?? -1
}

function readingOf(history: History): Reading {
  const known = readings.get(history)
  if (known) return known
  const index = new LaneIndex(history)
  const { records } = history.live
  const hues = new HueTable((message) => lookOf(records, message).hue)
  const reading = { index, reader: new WindowReader(index), hues, life: null }
  readings.set(history, reading)
  return reading
}

/** The life of the selected message, looked for again only when more has been read. */
function lifeIn(reading: Reading, message: number | null) {
  if (message === null) return null
  const { life, index, reader } = reading
  if (life?.message === message && life.read === index.read) return life.strokes
  const strokes = reader.lifeOf(message)
  reading.life = { message, read: index.read, strokes }
  return strokes
}
