/** Inside a projection: its read model as a table, and how far behind the store it is. */
import type { ProjectionState } from '../../../history/sourcingStates.ts'
import { type Box, tableRows } from '../../../scenario/shapes.ts'
import { countText, valueText } from '../names.ts'
import { NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawFarFigure, drawNoteEnd } from './parts.ts'

const HEAD: Type = { ...NOTE, weight: 550 }
const HEAD_END: Type = { ...HEAD, align: 'right' }
const GRAVE_END: Type = { ...NOTE, role: 'danger', align: 'right' }
const CELL: Type = { size: 12, weight: 550, role: 'ink', align: 'left' }
const CELL_END: Type = { ...CELL, align: 'right' }

export function drawProjection(scene: Scene, state: ProjectionState, body: Box): void {
  const grid = tableRows(body)
  const [firstRow] = state.rows
  if (scene.far && firstRow) {
    drawFarRow(scene, firstRow, body)
    return
  }
  const names = Object.keys(firstRow ?? {}).slice(0, 3)
  const [left, right] = [body.x + 14, body.x + body.width - 14]
  const columnX = (i: number) => left + ((right - left) * i) / Math.max(1, names.length - 1)
  const typeOf = (i: number, start: Type, end: Type) => (i === 0 ? start : end)
  const most = (right - left) / Math.max(1, names.length)
  names.forEach((name, i) => {
    write(scene, name, columnX(i), body.y + 13, typeOf(i, HEAD, HEAD_END), most)
  })
  state.rows.slice(-grid.rows).forEach((row, r) => {
    const y = grid.y + (r + 0.5) * grid.cellHeight
    names.forEach((name, i) => {
      write(scene, valueText(row[name]), columnX(i), y, typeOf(i, CELL, CELL_END), most)
    })
  })
  if (state.rows.length === 0) write(scene, 'no rows yet', left, grid.y + 10, NOTE)
  const bottom = body.y + body.height - 12
  write(scene, `position ${countText(state.position)}`, left, bottom, NOTE)
  const wrong = wrongOf(state)
  if (wrong) write(scene, wrong, right, bottom, GRAVE_END)
  else if (state.building) {
    drawNoteEnd(scene, `new table at ${countText(state.building.position)}`, right, bottom)
  } else drawNoteEnd(scene, `lag ${countText(state.lag)}`, right, bottom)
}

/** What its table does not say of itself. */
function wrongOf({ stopped, twice, missed, stale }: ProjectionState): string | null {
  if (stopped) return 'stopped: cannot read'
  if (twice > 0) return `${countText(twice)} counted twice`
  if (missed > 0) return `${countText(missed)} missed`
  return stale > 0 ? `${countText(stale)} stale answers` : null
}

/** Its first row's last cell, which is what the table is about. */
function drawFarRow(scene: Scene, row: Record<string, unknown>, body: Box): void {
  const last = Object.entries(row).at(-1)
  if (!last) return
  drawFarFigure(scene, valueText(last[1]), last[0], body.x + 16, body.y + body.height / 2 + 12)
}
