/**
 * The numbers of a fold that can be asked about: those of a stream's state, and those in the tables of a person's
 * own projections. Each has a name, so that a condition about it can be written down: `fold account-acc1 balance < 0`.
 */
import { type Comparison, type NumberPlace, placeOfCell, rowsOf } from '../session/folds.ts'
import { leavesOf, pathText } from './state.ts'

export interface NamedNumber {
  /** How it is called beside others of the same stream: `balance`, `turnover acc1 in`. */
  name: string
  place: NumberPlace
}

export function numbersOfState(stream: string, state: string): NamedNumber[] {
  return leavesOf(JSON.parse(state)).flatMap(({ path, value }) =>
    typeof value === 'number' ? [{ name: pathText(path) || 'state', place: { stream, path } }] : [],
  )
}

/** Numbers of tables that are offered: those of the last rows. */
const OFFERED_ROWS = 12

export function numbersOfTables(
  tables: readonly { name: string; rows: unknown }[],
  most = OFFERED_ROWS,
): NamedNumber[] {
  return tables.flatMap(({ name: table, rows: made }) => {
    const rows = rowsOf(made)
    const first = Math.max(0, rows.length - most)
    return rows.slice(first).flatMap((row, i) =>
      Object.entries(row).flatMap(([column, value]) => {
        if (typeof value !== 'number') return []
        const place = placeOfCell(rows, first + i, column)
        const key =
          place.name === null ? (rows.length === 1 ? '' : `${first + i}`) : String(place.key)
        return [{ name: [table, key, column].filter(Boolean).join(' '), place: { table, place } }]
      }),
    )
  })
}

export const COMPARISONS = ['<', '<=', '>', '>=', '=', '!='] as const satisfies Comparison[]

/** A condition about a number of a fold, as it is written. */
export function conditionText(number: NamedNumber, comparison: Comparison, value: number): string {
  const stream = 'stream' in number.place ? `${number.place.stream} ` : ''
  return `fold ${stream}${number.name} ${comparison} ${value}`
}

/** What a condition asks of which number; null if it is none about these. */
export function readCondition(
  text: string,
  numbers: readonly NamedNumber[],
): { number: NamedNumber; comparison: Comparison; value: number } | null {
  for (const number of numbers) {
    for (const comparison of COMPARISONS) {
      const before = conditionText(number, comparison, 0).slice(0, -1)
      const value = Number(text.slice(before.length))
      const isSo = text.startsWith(before) && text.length > before.length && Number.isFinite(value)
      if (isSo) return { number, comparison, value }
    }
  }
  return null
}
