/**
 * The events that a cell of a projection's table is made of: the table is looked at after each event that the
 * projection worked in, from the latest back, until enough are found after which the cell was another.
 */
import { CLIENT_FACTS } from '../../clients/client.ts'
import type { ProjectionState } from '../../history/sourcingStates.ts'
import { viewNode } from '../../history/views/index.ts'
import { type Asked, inSteps } from './answer.ts'

/** Changes that are enough to be told, events that are gone through at once, and tables that are looked at between two pauses. */
const CHANGES = 100
const STRETCH_EVENTS = 256
const STEP_TABLES = 16

type Row = Record<string, unknown>

interface CellChange {
  /** The event's message and type, and the fact of its being worked in. */
  message: number
  type: string
  factIndex: number
  timeUs: number
  before: unknown
  after: unknown
}

interface CellAnswer {
  changes: CellChange[]
  /** There may be more before those that are told. */
  cut: boolean
}

interface Ask {
  node: string
  /** The row as it is at the moment. */
  row: Row
  column: string
  factIndex: number
}

export function* answerCell(
  { history }: Asked,
  { node, row, column, factIndex }: Ask,
): Generator<undefined, CellAnswer, undefined> {
  const { records, scenario } = history.live
  const { facts } = records
  const doc = scenario.nodes.find(({ id }) => id === node)
  if (doc?.kind !== 'projection') throw new Error(`There is no projection "${node}" any more.`)
  const part = scenario.nodes.indexOf(doc)
  const worked: number[] = []
  yield* inSteps(0, Math.min(factIndex, history.factCount), (from, to) => {
    for (let index = from; index < to; index++) {
      if (facts.node(index) === part && facts.kind(index) === CLIENT_FACTS.processed) {
        worked.push(index)
      }
    }
  })
  const tableAt = (index: number): readonly Row[] => {
    history.seek({ factIndex: index })
    return (viewNode(history.viewed, doc) as ProjectionState).rows
  }
  const read = readerOf(tableAt(factIndex), row, column)
  const changes: CellChange[] = []
  let from = worked.length
  while (from > 0 && changes.length < CHANGES) {
    const stretch = worked.slice(Math.max(0, from - STRETCH_EVENTS), from)
    from -= stretch.length
    const found: CellChange[] = []
    let before = read(tableAt(stretch[0] as number))
    for (const [i, index] of stretch.entries()) {
      const after = read(tableAt(index + 1))
      if (after !== before) {
        const message = facts.message(index)
        const change = { message, type: records.key(message), factIndex: index, before, after }
        found.push({ ...change, timeUs: facts.timeUs(index) })
      }
      before = after
      if (i % STEP_TABLES === 0) yield
    }
    changes.unshift(...found)
  }
  return { changes: changes.slice(-CHANGES), cut: from > 0 || changes.length > CHANGES }
}

/** How a row is found again: by its first cell, where that is its own; else it is that very row or none. */
function readerOf(rows: readonly Row[], row: Row, column: string) {
  const [name] = Object.keys(row)
  const key = name === undefined ? undefined : row[name]
  const isKey = name !== undefined && rows.filter((each) => each[name] === key).length === 1
  const same = JSON.stringify(row)
  const isRow = (each: Row) => (isKey ? each[name] === key : JSON.stringify(each) === same)
  return (table: readonly Row[]) => table.find(isRow)?.[column]
}
