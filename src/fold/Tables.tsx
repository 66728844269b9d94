/** The tables beside the stream: the projections of the scenario, each as far as it is, and those of a person's own fold. */

import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { ProjectionState } from '../history/sourcingStates.ts'
import { type FoldQuestions, placeOfCell, type Row, rowsOf } from '../session/folds.ts'
import { nameOf } from '../session/names.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Questions as AllQuestions } from '../session/session.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { CloseIcon } from '../ui/icons.ts'
import { momentAfter } from './edge.ts'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { valueText } from './state.ts'
import { useLit } from './useLit.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { countText, eventsText, timeText } from './words.ts'

const ROWS_MAX = 12

export function Tables({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const own = useStore(room.store, (state) => state.own)
  const storeId = useStore(room.store, (state) => state.storeId)
  const scenario = useSession((state) => state.scenario)
  const nodes = useSession((state) => state.frame?.nodes)
  const linked = new Set(scenario.links.flatMap(({ from, to }) => (from === storeId ? [to] : [])))
  const projections = (nodes ?? []).filter(
    (node): node is ProjectionState => node.kind === 'projection' && linked.has(node.id),
  )
  const hasOwn = own.is === 'good' || (own.is === 'bad' && own.hasGood)
  const isRun = place.log === 'run'
  if (!hasOwn && (!isRun || projections.length === 0)) return null
  return (
    <section className={styles.block} aria-label="Projections">
      <h3 className={styles.heading}>Projections</h3>
      {isRun &&
        projections.map((projection) => (
          <Table
            key={projection.id}
            name={nameOf(scenario, projection.id)}
            note={lagText(projection)}
            rows={projection.rows}
            madeOf={(cell) => <CellMadeOf room={room} node={projection.id} cell={cell} />}
          />
        ))}
      {hasOwn && <OwnTables room={room} place={place} />}
    </section>
  )
}

function lagText({ position, source, lag }: ProjectionState): string {
  const at = `position ${position}${source === '' ? '' : ` of ${source}`}`
  return lag === 0 ? `${at}, up to date` : `${at}, ${eventsText(lag)} behind`
}

function OwnTables({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, count } = place
  const ask = { log, count: count ?? 0 }
  const { answer, told } = useFolded(room, 'tables', ask, count !== null, count ?? 0)
  return (answer ?? []).map(({ name, rows }) => (
    <Table
      key={`own ${name}`}
      name={name}
      note={`your own, ${eventsText(told ?? 0)} in it`}
      rows={rowsOf(rows)}
      madeOf={(cell) => <OwnCellMadeOf room={room} place={place} table={name} cell={cell} />}
    />
  ))
}

/** A cell that is asked about, with the table as it was then. */
interface AskedCell {
  rows: readonly Row[]
  index: number
  column: string
}

interface TableProps {
  name: string
  note: string
  rows: readonly Row[]
  /** What is shown of the cell that is asked about. */
  madeOf: (cell: AskedCell) => ReactNode
}

function Table({ name, note, rows, madeOf }: TableProps) {
  const [cell, setCell] = useState<AskedCell | null>(null)
  const first = Math.max(0, rows.length - ROWS_MAX)
  const shown = rows.slice(first)
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))].slice(0, 8)
  const isNumber = (column: string) => shown.every((row) => typeof row[column] === 'number')
  const numeric = new Set(columns.filter(isNumber))
  return (
    <div className={styles.tableScroll}>
      <table className={styles.table}>
        <caption>
          {name} <span className={styles.beside}>{note}</span>
        </caption>
        {columns.length > 0 && (
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" data-number={numeric.has(column)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td>no row yet</td>
            </tr>
          )}
          {shown.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            <tr key={i}>
              {columns.map((column) => (
                <td key={column} data-number={numeric.has(column)}>
                  <button
                    type="button"
                    className={styles.cell}
                    title="What is it made of?"
                    onClick={() => setCell({ rows, index: first + i, column })}
                  >
                    {valueText(row[column])}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cell && (
        <div className={styles.made}>
          <div className={styles.madeHead}>
            <h4 className={styles.subheading}>{`What ${cell.column} is made of`}</h4>
            <IconButton icon={CloseIcon} label="Close" size="small" onClick={() => setCell(null)} />
          </div>
          {madeOf(cell)}
        </div>
      )}
      {first > 0 && (
        <p className={styles.hint}>{`The last ${ROWS_MAX} of ${countText(rows.length)} rows.`}</p>
      )}
    </div>
  )
}

interface ToldChange {
  key: number
  said: string
  before: unknown
  after: unknown
  onPick: () => void
}

/** The events that made a cell what it is, the latest first. */
function MadeOfList({
  column,
  changes,
  cut,
}: {
  column: string
  changes: ToldChange[]
  cut: string
}) {
  return (
    <>
      <ol className={styles.changes} aria-label={`Events that made ${column}`}>
        {changes.toReversed().map(({ key, said, before, after, onPick }) => (
          <li key={key}>
            <button type="button" className={styles.change} onClick={onPick}>
              <span className={styles.changeType}>{said}</span>
              <span>{`${valueText(before)} → ${valueText(after)}`}</span>
            </button>
          </li>
        ))}
      </ol>
      {changes.length === 0 && <p className={styles.hint}>No event has changed it.</p>}
      {cut !== '' && <p className={styles.hint}>{cut}</p>}
    </>
  )
}

type CellChanges = AllQuestions['cell']['answer']

/** Of a projection of the scenario: the events that it has worked in. */
function CellMadeOf({ room, node, cell }: { room: FoldRoom; node: string; cell: AskedCell }) {
  const { rows, index, column } = cell
  const row = rows[index]
  const session = useVerbs()
  const factIndex = useSession((state) => state.factIndex)
  const [answer, setAnswer] = useState<CellChanges | null>(null)
  useEffect(() => {
    let isOld = false
    session.ask('cell', { node, row: row ?? {}, column, factIndex }).then(
      (made) => {
        if (!isOld) setAnswer(made)
      },
      () => undefined,
    )
    return () => {
      isOld = true
    }
  }, [session, node, row, column, factIndex])
  const positions = useMemo(() => {
    if (!answer) return null
    const messages = new Set(answer.changes.map(({ message }) => message))
    return room.events.flatMap(({ message, position }) => (messages.has(message) ? [position] : []))
  }, [room, answer])
  useLit(room, positions)
  if (!answer) return null
  const changes = answer.changes.map((change) => ({
    ...change,
    key: change.factIndex,
    said: `${change.type}, worked in at ${timeText('run', change.timeUs)}`,
    onPick: () => session.seek(momentAfter(change)),
  }))
  const cut = answer.cut
    ? `Only the latest ${eventsText(changes.length)} that changed it are listed.`
    : ''
  return <MadeOfList column={column} changes={changes} cut={cut} />
}

interface OwnCellProps {
  room: FoldRoom
  place: FoldPlace
  table: string
  cell: AskedCell
}

type OwnChanges = FoldQuestions['cell']['answer']

/** Of a person's own projection: the events after which the cell was another. */
function OwnCellMadeOf({ room, place: { log, count }, table, cell }: OwnCellProps) {
  const { rows, index, column } = cell
  const place = placeOfCell(rows, index, column)
  const ask = { log, table, place, count: count ?? 0 }
  const { answer }: { answer: OwnChanges | null } = useFolded(room, 'cell', ask, count !== null)
  useLit(room, answer?.latest.map(({ position }) => position) ?? null)
  if (!answer) return null
  const changes = answer.latest.map(({ position, before, after, event }) => ({
    ...{ key: position, before, after },
    said: `${event.type} ${event.version}, ${timeText(log, event.timeUs)}`,
    onPick: () => room.goTo(log, event),
  }))
  const cut = answer.cut
    ? `Only the latest ${eventsText(changes.length)} that changed it are listed.`
    : ''
  return <MadeOfList column={column} changes={changes} cut={cut} />
}
