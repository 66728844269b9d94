/** The tables beside the stream: the projections of the scenario, each as far as it is, and those of a person's own fold. */

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { ProjectionState } from '../history/frame.ts'
import { nameOf } from '../session/names.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Questions as AllQuestions } from '../session/session.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { CloseIcon } from '../ui/icons.ts'
import { momentAfter } from './edge.ts'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { rowsOf } from './rows.ts'
import { valueText } from './state.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { eventsText, timeText } from './words.ts'

const ROWS_MAX = 12

type Row = Record<string, unknown>

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
            node={projection.id}
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
  /** The projection's node; a person's own has none. */
  node?: string
  name: string
  note: string
  rows: readonly Row[]
}

function Table({ node, name, note, rows }: TableProps) {
  const [cell, setCell] = useState<{ row: Row; column: string } | null>(null)
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
                <td key={column}>
                  <CellText
                    value={row[column]}
                    onAsk={node === undefined ? null : () => setCell({ row, column })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cell && node !== undefined && (
        <CellMadeOf node={node} {...cell} onClose={() => setCell(null)} />
      )}
      {rows.length > ROWS_MAX && (
        <p className={styles.hint}>{`The last ${ROWS_MAX} of ${rows.length} rows.`}</p>
      )}
    </div>
  )
}

function CellText({ value, onAsk }: { value: unknown; onAsk: (() => void) | null }) {
  if (onAsk === null) return valueText(value)
  return (
    <button type="button" className={styles.cell} title="What is it made of?" onClick={onAsk}>
      {valueText(value)}
    </button>
  )
}

type CellChanges = AllQuestions['cell']['answer']

/** The events that made a cell what it is at the playhead, the latest first. */
function CellMadeOf(props: { node: string; row: Row; column: string; onClose: () => void }) {
  const { node, row, column, onClose } = props
  const session = useVerbs()
  const factIndex = useSession((state) => state.factIndex)
  const [answer, setAnswer] = useState<CellChanges | null>(null)
  useEffect(() => {
    let isOld = false
    session.ask('cell', { node, row, column, factIndex }).then(
      (made) => {
        if (!isOld) setAnswer(made)
      },
      () => undefined,
    )
    return () => {
      isOld = true
    }
  }, [session, node, row, column, factIndex])
  if (!answer) return null
  const { changes, cut } = answer
  return (
    <div className={styles.made}>
      <div className={styles.madeHead}>
        <h4
          className={styles.subheading}
        >{`${column} is made of ${eventsText(changes.length)}`}</h4>
        <IconButton icon={CloseIcon} label="Close" size="small" onClick={onClose} />
      </div>
      <ol className={styles.changes} aria-label={`Events that made ${column}`}>
        {changes.toReversed().map((change) => (
          <li key={change.factIndex}>
            <button
              type="button"
              className={styles.change}
              onClick={() => session.seek(momentAfter(change))}
            >
              <span className={styles.changeType}>
                {`${change.type}, worked in at ${timeText('run', change.timeUs)}`}
              </span>
              <span>{`${valueText(change.before)} → ${valueText(change.after)}`}</span>
            </button>
          </li>
        ))}
      </ol>
      {cut && <p className={styles.hint}>Only the latest 1,000 events were gone through.</p>}
    </div>
  )
}
