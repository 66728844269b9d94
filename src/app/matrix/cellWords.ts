/** What a cell of the matrix is, shows and says; what a column comes to. */
import type { MatrixCell, MatrixColumn } from '../../history/matrix/matrix.ts'

export type Tone = 'got' | 'twice' | 'missed' | 'waits' | 'none'

export function toneOf(cell: MatrixCell | null): Tone {
  if (cell === null || cell.spared) return 'none'
  if (cell.got > 1) return 'twice'
  if (cell.got === 1) return 'got'
  return cell.waits ? 'waits' : 'missed'
}

/** What stands in a cell: a mark alone, or with its delay, count or reason. */
export function markOf(cell: MatrixCell | null, marksOnly: boolean): string {
  switch (toneOf(cell)) {
    case 'none':
      return cell?.missed && !marksOnly ? `· ${cell.missed}` : '·'
    case 'waits':
      return '…'
    case 'missed':
      return marksOnly ? '×' : `× ${cell?.missed ?? ''}`
    case 'twice':
      return marksOnly
        ? `${cell?.got}×`
        : `${cell?.got}×, ${delayText(cell?.delayUs ?? null)}${endOf(cell)}`
    case 'got':
      return marksOnly ? '✓' : `✓ ${delayText(cell?.delayUs ?? null)}${endOf(cell)}`
  }
}

/** Why it goes out no more although it was not done with. */
function endOf(cell: MatrixCell | null): string {
  return cell?.missed ? `, × ${cell.missed}` : ''
}

export function cellWords(cell: MatrixCell | null, name: string, label: string): string {
  switch (toneOf(cell)) {
    case 'none':
      return `${label} does not concern ${name}${cell?.missed ? `: ${cell.missed}` : ''}.`
    case 'waits':
      return `${label} is on its way to ${name}, or kept for it${lateWords(cell)}.`
    case 'missed':
      return `${name} missed ${label}: ${cell?.missed ?? ''}.`
    case 'twice':
      return `${name} got ${label} ${cell?.got} times, first after ${delayText(cell?.delayUs ?? null)}${lateWords(cell)}${endWords(cell)}.`
    case 'got':
      return `${name} got ${label} after ${delayText(cell?.delayUs ?? null)}${lateWords(cell)}${endWords(cell)}.`
  }
}

function lateWords(cell: MatrixCell | null): string {
  return cell?.atFirst ? `, although at first: ${cell.atFirst}` : ''
}

function endWords(cell: MatrixCell | null): string {
  return cell?.missed ? `; it goes out no more: ${cell.missed}` : ''
}

/** A column in one sentence. */
export function columnWords(column: MatrixColumn, name: string): string {
  const { got, twice, missed, waiting, meanDelayUs, longestDelayUs } = column
  const delays =
    meanDelayUs === null
      ? []
      : [`after ${delayText(meanDelayUs)} on average, ${delayText(longestDelayUs)} at most`]
  const parts = [
    ...delays,
    ...(twice > 0 ? [`${twice} more than once`] : []),
    ...(missed > 0 ? [`${missed} missed`] : []),
    ...(waiting > 0 ? [`${waiting} on the way or kept`] : []),
  ]
  return `${name} got ${[got, ...parts].join(', ')}.`
}

export function summaryOf(columns: readonly MatrixColumn[], rowCount: number): string {
  const sum = (of: (column: MatrixColumn) => number) =>
    columns.reduce((total, column) => total + of(column), 0)
  const parts = [
    `${rowCount} ${rowCount === 1 ? 'message' : 'messages'}`,
    `${sum(({ got }) => got)} deliveries`,
    `${sum(({ twice }) => twice)} more than once`,
    `${sum(({ missed }) => missed)} missed`,
  ]
  return `${parts.join(', ')}.`
}

export function delayText(us: number | null): string {
  if (us === null || us < 0) return ''
  return us < 999_500 ? `${Math.round(us / 1000)} ms` : `${(us / 1_000_000).toFixed(1)} s`
}

export function secondsText(us: number): string {
  return `${(us / 1_000_000).toFixed(1)} s`
}
