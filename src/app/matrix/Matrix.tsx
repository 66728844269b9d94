/**
 * Who got which message, how often, after how long, and why not: message × subscriber at the playhead. It stands in
 * the place of the canvas; what is under the pointer says itself in the line above the table.
 */
import { Fragment, useEffect, useState } from 'react'
import type { MessageLook } from '../../history/frame.ts'
import type { MatrixCell, MatrixColumn } from '../../history/matrix/matrix.ts'
import { RECEIVING_KINDS } from '../../scenario/kinds.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MatrixIcon } from '../../ui/icons.ts'
import type { StageProps } from '../run/stageViews.ts'
import styles from './Matrix.module.css'

type Answer = Questions['matrix']['answer']

/** Rows that are listed: the latest. */
const ROWS = 120
/** Up to so many columns cells say their delay in words. */
const WORDED = 12

export default function Matrix({ inset }: StageProps) {
  const has = useSession(({ scenario }) =>
    scenario.nodes.some(({ kind }) => RECEIVING_KINDS.has(kind)),
  )
  const answer = useMatrix()
  return (
    <div
      className={styles.view}
      style={{ paddingInline: `${inset.left}px ${inset.right}px`, paddingTop: inset.top }}
    >
      {!has ? (
        <div className={styles.empty}>
          <EmptyState icon={MatrixIcon} title="No subscribers here">
            Open a run of pub/sub, or add a server and subscribers: each of them gets a column.
          </EmptyState>
        </div>
      ) : answer === null || answer.rows.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState icon={MatrixIcon} title="Nothing is published yet">
            Let the run go on: each message gets a row.
          </EmptyState>
        </div>
      ) : (
        <Deliveries answer={answer} />
      )}
    </div>
  )
}

/** The answer for the moment of the frame, which changes at most four times a second. */
function useMatrix(): Answer | null {
  const session = useVerbs()
  const factIndex = useSession(({ frame }) => frame?.factIndex ?? 0)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    let isLatest = true
    session.ask('matrix', { factIndex, most: ROWS }).then(
      (next) => isLatest && setAnswer(next),
      () => undefined,
    )
    return () => {
      isLatest = false
    }
  }, [session, factIndex])
  return answer
}

function Deliveries({ answer }: { answer: Answer }) {
  const { columns, rows, rowCount, full } = answer
  const [said, setSaid] = useState<string | null>(null)
  const looks = new Map(answer.looks.map((look) => [look.id, look]))
  const names = useNames(columns)
  const compact = columns.length > WORDED
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h2 className={styles.title}>Who got what</h2>
        <p className={styles.said}>{said ?? summary(columns, rowCount)}</p>
        <Legend />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a large table is scrolled by keyboard */}
      <section className={styles.scroller} aria-label="Message by subscriber" tabIndex={0}>
        <table className={classes(styles.table, compact && styles.compact)}>
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>
                Message
              </th>
              {columns.map(({ node }, i) => (
                <th key={node} scope="col" className={styles.name}>
                  <span>{names[i]}</span>
                </th>
              ))}
            </tr>
            <Figures columns={columns} compact={compact} />
          </thead>
          <tbody onPointerLeave={() => setSaid(null)}>
            {rows.map(({ message, subject, atUs, cells }) => (
              <tr key={message}>
                <th scope="row" className={styles.message}>
                  <MessageName look={looks.get(message)} message={message} subject={subject} />
                  <span className={styles.time}>{secondsText(atUs)}</span>
                </th>
                {cells.map((cell, i) => {
                  const words = cellWords(cell, names[i] ?? '', looks.get(message)?.label ?? '')
                  return (
                    <td
                      key={columns[i]?.node}
                      className={classes(styles.cell, styles[toneOf(cell)])}
                      title={words}
                      onPointerEnter={() => setSaid(words)}
                    >
                      <span aria-hidden="true">{markOf(cell, compact)}</span>
                      <span className="visually-hidden">{words}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {rowCount > rows.length && (
          <p className={styles.note}>
            The latest {rows.length} of {rowCount} messages
            {full ? '; later ones are not counted' : ''}.
          </p>
        )}
      </section>
    </div>
  )
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
      <span className={styles.label}>{look?.label ?? `Message ${message}`}</span>
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

function Legend() {
  return (
    <ul className={styles.legend} aria-label="Marks">
      {LEGEND.map(([tone, mark, words]) => (
        <li key={tone}>
          <span className={classes(styles.swatch, styles[tone])} aria-hidden="true">
            {mark}
          </span>
          {words}
        </li>
      ))}
    </ul>
  )
}

function toneOf(cell: MatrixCell | null): 'got' | 'twice' | 'missed' | 'waits' | 'none' {
  if (cell === null) return 'none'
  if (cell.got > 1) return 'twice'
  if (cell.got === 1) return 'got'
  return cell.waits ? 'waits' : 'missed'
}

function markOf(cell: MatrixCell | null, compact: boolean): string {
  switch (toneOf(cell)) {
    case 'none':
      return '·'
    case 'waits':
      return '…'
    case 'missed':
      return compact ? '×' : `× ${cell?.missed ?? ''}`
    case 'twice':
      return compact ? `${cell?.got}×` : `${cell?.got}×, ${delayText(cell?.delayUs ?? null)}`
    case 'got':
      return compact ? '✓' : `✓ ${delayText(cell?.delayUs ?? null)}`
  }
}

function cellWords(cell: MatrixCell | null, name: string, label: string): string {
  switch (toneOf(cell)) {
    case 'none':
      return `${label} does not concern ${name}.`
    case 'waits':
      return `${label} is on its way to ${name}, or kept for it.`
    case 'missed':
      return `${name} missed ${label}: ${cell?.missed ?? ''}.`
    case 'twice':
      return `${name} got ${label} ${cell?.got} times, first after ${delayText(cell?.delayUs ?? null)}.`
    case 'got': {
      const late = cell?.missed ? `, although at first: ${cell.missed}` : ''
      return `${name} got ${label} after ${delayText(cell?.delayUs ?? null)}${late}.`
    }
  }
}

function summary(columns: readonly MatrixColumn[], rowCount: number): string {
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

function delayText(us: number | null): string {
  if (us === null || us < 0) return ''
  return us < 999_500 ? `${Math.round(us / 1000)} ms` : `${(us / 1_000_000).toFixed(1)} s`
}

function secondsText(us: number): string {
  return `${(us / 1_000_000).toFixed(1)} s`
}
