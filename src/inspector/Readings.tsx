/** Values with their names, as rows; and small tables of the same look. */
import type { ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import { Term } from '../ui/Term.tsx'
import styles from './Readings.module.css'

export interface Reading {
  name: ReactNode
  value: ReactNode
  /** A number that deserves a look: the others stay grey. */
  lit?: boolean
}

export function Readings({ of }: { of: readonly (Reading | false)[] }) {
  return (
    <dl className={styles.readings}>
      {of.map(
        (reading, index) =>
          reading && (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one list never change places
            <div key={index} className={styles.reading}>
              <dt className={styles.name}>{reading.name}</dt>
              <dd className={classes(styles.value, reading.lit && styles.lit)}>{reading.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

export interface TableProps {
  /** Names the table for those who cannot see what stands around it. */
  label: string
  columns: readonly { name: string; number?: boolean; meaning?: string }[]
  rows: readonly { key: string; cells: readonly ReactNode[]; lit?: boolean }[]
}

export function Table({ label, columns, rows }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section aria-label={label} tabIndex={0} className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ name, number, meaning }) => (
              <th key={name} scope="col" className={number ? styles.number : undefined}>
                {meaning === undefined ? name : <Term meaning={meaning}>{name}</Term>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.lit ? styles.lit : undefined}>
              {row.cells.map((cell, index) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell's column is its identity
                  key={index}
                  className={columns[index]?.number ? styles.number : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A list of rows that scrolls by itself when it is long. */
export function Rows(props: { label: string; ordered?: boolean; children: ReactNode }) {
  const List = props.ordered ? 'ol' : 'ul'
  return (
    <List aria-label={props.label} className={styles.rows}>
      {props.children}
    </List>
  )
}

/** One quiet sentence where something could be and is not. */
export function Quiet({ children }: { children: ReactNode }) {
  return <p className={styles.quiet}>{children}</p>
}
