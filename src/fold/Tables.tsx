/** The tables beside the stream: the projections of the scenario, each as far as it is, and those of a person's own fold. */

import { useStore } from 'zustand'
import type { ProjectionState } from '../history/frame.ts'
import { nameOf } from '../session/names.ts'
import { useSession } from '../session/react.tsx'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { rowsOf } from './rows.ts'
import { valueText } from './state.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { eventsText } from './words.ts'

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
          />
        ))}
      {hasOwn && <OwnTables room={room} place={place} />}
    </section>
  )
}

function lagText({ position, lag }: ProjectionState): string {
  const at = `position ${position}`
  return lag === 0 ? `${at}, up to date` : `${at}, ${eventsText(lag)} behind`
}

function OwnTables({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, count } = place
  const { answer } = useFolded(room, 'tables', { log, count: count ?? 0 }, count !== null)
  return (answer ?? []).map(({ name, rows }) => (
    <Table
      key={`own ${name}`}
      name={name}
      note={`your own, ${eventsText(count ?? 0)} in it`}
      rows={rowsOf(rows)}
    />
  ))
}

interface TableProps {
  name: string
  note: string
  rows: readonly Record<string, unknown>[]
}

function Table({ name, note, rows }: TableProps) {
  const columns = [...new Set(rows.slice(-ROWS_MAX).flatMap((row) => Object.keys(row)))].slice(0, 8)
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
                <th key={column} scope="col">
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
          {rows.slice(-ROWS_MAX).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            <tr key={i}>
              {columns.map((column) => (
                <td key={column}>{valueText(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MAX && (
        <p className={styles.hint}>{`The last ${ROWS_MAX} of ${rows.length} rows.`}</p>
      )}
    </div>
  )
}
