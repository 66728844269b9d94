/**
 * The table of deliveries: a row for each message, a column for each subscriber. Many columns begin as marks alone; what
 * is pointed at says itself in words, and all cells can be opened to their delays, counts and reasons.
 */
import { type CSSProperties, Fragment, useState } from 'react'
import type { MessageLook } from '../../history/frame.ts'
import type { MatrixCell, MatrixColumn, MatrixOrder } from '../../history/matrix/matrix.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  cellWords,
  columnWords,
  delayText,
  markOf,
  secondsText,
  summaryOf,
  toneOf,
} from './cellWords.ts'
import styles from './Matrix.module.css'
import { type Spot, useCells } from './useCells.ts'

export type Answer = Questions['matrix']['answer']

/** What is asked for: how many rows, and which first. */
export interface Asked {
  most: number
  order: MatrixOrder
}

interface Props {
  answer: Answer
  asked: Asked
  ask: (asked: Asked) => void
  /** So many rows more can be shown. */
  mayGrow: number
}

const ORDERS = [
  { value: 'latest', label: 'Latest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'delay', label: 'Longest delay first' },
  { value: 'trouble', label: 'Missed, then repeated first' },
] as const

/** Up to so many columns cells say their delay from the start. */
const WORDED = 12

export function Deliveries({ answer, asked, ask, mayGrow }: Props) {
  const { columns, rows, rowCount, full, looks } = answer
  const session = useVerbs()
  const names = useNames(columns)
  const [chosen, setChosen] = useState<'marks' | 'delays' | null>(null)
  const shown = chosen ?? (columns.length > WORDED ? 'marks' : 'delays')
  const { order } = asked
  const sortBy = (by: MatrixOrder['by'], node: string | null) => {
    const isOfTime = by === 'latest' || by === 'oldest'
    ask({ ...asked, order: { by, node: isOfTime ? null : node } })
  }
  /** By what one subscriber had; once more: of all again. */
  const sortByColumn = (column: number) => {
    const node = columns[column]?.node ?? null
    const isOfTime = order.by === 'latest' || order.by === 'oldest'
    sortBy(isOfTime ? 'delay' : order.by, node === order.node ? null : node)
  }
  const choose = ({ row, column }: Spot) => {
    if (row === -1) return sortByColumn(column)
    const message = rows[row]?.message
    if (message !== undefined) session.select({ type: 'message', id: message })
  }
  const cells = useCells(rows.length, columns.length, choose)
  const longestUs = Math.max(0, ...columns.map((column) => column.longestDelayUs ?? 0))
  const labels = new Map(looks.map((look) => [look.id, look]))
  const wordsAt = ({ row, column }: Spot) => {
    const [at, name] = [rows[row], names[column] ?? '']
    const of = columns[column]
    if (at === undefined) return of ? `${columnWords(of, name)} Choose it to sort.` : null
    return cellWords(at.cells[column] ?? null, name, nameOf(labels.get(at.message), at.message))
  }
  const { said } = cells
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2 className={styles.title}>Who got what</h2>
        <div className={styles.order}>
          <Select
            hideLabel
            label="Rows in which order"
            value={order.by}
            options={ORDERS}
            onChange={(by) => sortBy(by, order.node)}
          />
        </div>
        <Segmented
          label="Cells show"
          hideLabel
          size="small"
          value={shown}
          options={[
            { value: 'marks', label: 'Marks' },
            { value: 'delays', label: 'Delays' },
          ]}
          onChange={setChosen}
        />
        <p className={styles.said}>
          {(said === null ? null : wordsAt(said)) ?? summaryOf(columns, rowCount)}
        </p>
        <Legend shaded={shown === 'marks'} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a large table is scrolled by keyboard */}
      <section className={styles.scroller} aria-label="Message by subscriber" tabIndex={0}>
        <table
          ref={cells.table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved among with arrow keys
          role="grid"
          aria-label="Deliveries"
          className={classes(styles.table, shown === 'marks' && styles.compact)}
          {...cells.handlers}
        >
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>
                Message
              </th>
              {columns.map(({ node }, i) => (
                <th
                  key={node}
                  scope="col"
                  aria-sort={node === order.node ? 'descending' : undefined}
                  data-cell={`-1 ${i}`}
                  tabIndex={cells.tabIndex(-1, i)}
                  className={classes(
                    styles.name,
                    said?.column === i && styles.pointed,
                    node === order.node && styles.sorted,
                  )}
                >
                  <span>{names[i]}</span>
                </th>
              ))}
            </tr>
            <Figures columns={columns} compact={shown === 'marks'} />
          </thead>
          <tbody>
            {rows.map(({ message, subject, atUs, cells: list }, row) => {
              const look = labels.get(message)
              return (
                <tr key={message}>
                  <th
                    scope="row"
                    className={classes(styles.message, said?.row === row && styles.pointed)}
                  >
                    <MessageName look={look} message={message} subject={subject} />
                    <span className={styles.time}>{secondsText(atUs)}</span>
                  </th>
                  {list.map((cell, column) => (
                    <Cell
                      key={columns[column]?.node}
                      cell={cell}
                      words={cellWords(cell, names[column] ?? '', nameOf(look, message))}
                      at={`${row} ${column}`}
                      tabIndex={cells.tabIndex(row, column)}
                      marksOnly={shown === 'marks'}
                      longestUs={longestUs}
                    />
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
        {rowCount > rows.length && (
          <p className={styles.note}>
            {rows.length} of {rowCount} messages
            {full ? '; later ones are not counted' : ''}.{' '}
            {mayGrow > 0 && (
              <Button size="small" onClick={() => ask({ ...asked, most: rows.length + mayGrow })}>
                Show {mayGrow} more
              </Button>
            )}
          </p>
        )}
      </section>
    </div>
  )
}

interface CellProps {
  cell: MatrixCell | null
  words: string
  at: string
  tabIndex: number
  marksOnly: boolean
  longestUs: number
}

function Cell({ cell, words, at, tabIndex, marksOnly, longestUs }: CellProps) {
  const late = marksOnly && cell && cell.got > 0 && longestUs > 0 ? cell.delayUs / longestUs : 0
  return (
    <td
      data-cell={at}
      tabIndex={tabIndex}
      className={classes(styles.cell, styles[toneOf(cell)])}
      style={late > 0 ? ({ '--late': `${Math.round(late * 45)}%` } as CSSProperties) : undefined}
    >
      <span aria-hidden="true">{markOf(cell, marksOnly)}</span>
      <span className="visually-hidden">{words}</span>
    </td>
  )
}

function nameOf(look: MessageLook | undefined, message: number): string {
  return look?.label ?? `Message ${message}`
}

function useNames(columns: readonly MatrixColumn[]): string[] {
  const nodes = useSession((state) => state.scenario.nodes)
  return columns.map(({ node }) => nodes.find(({ id }) => id === node)?.name ?? node)
}

/** What each column comes to. */
function Figures({ columns, compact }: { columns: readonly MatrixColumn[]; compact: boolean }) {
  const rows: [string, (column: MatrixColumn) => string][] = [
    ['got', ({ got }) => String(got)],
    ['twice', ({ twice }) => (twice === 0 ? '' : String(twice))],
    ['missed', ({ missed }) => (missed === 0 ? '' : String(missed))],
    ['waiting', ({ waiting }) => (waiting === 0 ? '' : String(waiting))],
  ]
  if (!compact) {
    rows.push(['mean delay', ({ meanDelayUs }) => delayText(meanDelayUs)])
    rows.push(['longest', ({ longestDelayUs }) => delayText(longestDelayUs)])
  }
  return (
    <Fragment>
      {rows
        .filter(([, of]) => columns.some((column) => of(column) !== ''))
        .map(([name, of]) => (
          <tr key={name} className={styles.figures}>
            <th scope="row">{name}</th>
            {columns.map((column) => (
              <td key={column.node}>{of(column)}</td>
            ))}
          </tr>
        ))}
    </Fragment>
  )
}

function MessageName(props: { look: MessageLook | undefined; message: number; subject: string }) {
  const { look, message, subject } = props
  const session = useVerbs()
  return (
    <button
      type="button"
      className={styles.chip}
      onClick={() => session.select({ type: 'message', id: message })}
    >
      <span
        className={styles.hue}
        style={{ background: `var(--message-${((look?.hue ?? 0) % 8) + 1})` }}
        aria-hidden="true"
      />
      <span className={styles.label}>{nameOf(look, message)}</span>
      <code className={styles.subject}>{subject}</code>
    </button>
  )
}

const LEGEND = [
  ['got', '✓', 'got it'],
  ['twice', '2×', 'got it again'],
  ['missed', '×', 'missed it'],
  ['waits', '…', 'on its way, or kept for it'],
  ['none', '·', 'does not concern it'],
] as const

function Legend({ shaded }: { shaded: boolean }) {
  return (
    <ul className={styles.legend} aria-label="Marks">
      {LEGEND.map(([tone, mark, words]) => (
        <li key={tone}>
          <span className={classes(styles.swatch, styles[tone])} aria-hidden="true">
            {mark}
          </span>
          {words}
          {tone === 'got' && shaded && ', darker is later'}
        </li>
      ))}
    </ul>
  )
}
