/**
 * What the article says of the three patterns, cell by cell. Each statement opens: first the sentence that
 * tells how much of it is true, then the run that shows it.
 */
import { lazy, type ReactNode, Suspense, useState } from 'react'
import {
  type Claim,
  claimsOf,
  findClaim,
  PATTERNS,
  type Pattern,
  ROWS,
  type Row,
} from '../../scenario/claims.ts'
import { classes } from '../../ui/classes.ts'
import { ChevronDownIcon } from '../../ui/icons.ts'
import { narrowScreen, useMediaQuery } from '../../ui/mediaQuery.ts'
import { loadRun } from '../run/load.ts'
import styles from './Comparison.module.css'
import home from './Home.module.css'
import { remembered } from './remembered.ts'

/** What is true of the statements is loaded when one is pointed at: most of the page is read without it. */
const loadVerdict = () => import('./Verdict.tsx')
const Verdict = lazy(loadVerdict)
const prepareRun = () => void loadRun()

/** Which statement is open, and how to open or close one. */
interface Opened {
  claim: Claim | null
  toggle: (claim: Claim) => void
}

export function Comparison() {
  const [openId, setOpenId] = useState(remembered.claimId)
  const narrow = useMediaQuery(narrowScreen)
  const toggle = ({ id }: Claim) => {
    remembered.claimId = openId === id ? '' : id
    setOpenId(remembered.claimId)
  }
  const opened: Opened = { claim: findClaim(openId) ?? null, toggle }
  return (
    <section className={home.section} aria-labelledby="comparison">
      <h2 id="comparison" className={home.heading}>
        What is said of them, and what is true
      </h2>
      <p className={styles.lead}>
        The three patterns as articles compare them. Open a statement: the answer is a run.
      </p>
      {narrow ? <ComparisonList opened={opened} /> : <ComparisonTable opened={opened} />}
    </section>
  )
}

function ComparisonTable({ opened }: { opened: Opened }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          {PATTERNS.map(({ id, title }) => (
            <th key={id} scope="col" className={styles.pattern}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <TableRow key={row.id} row={row} opened={opened} />
        ))}
      </tbody>
    </table>
  )
}

function TableRow({ row, opened }: { row: { id: Row; title: string }; opened: Opened }) {
  const here = opened.claim?.row === row.id ? opened.claim : null
  return (
    <>
      <tr className={styles.row}>
        <th scope="row" className={styles.rowTitle}>
          {row.title}
        </th>
        {PATTERNS.map(({ id }) => (
          <td key={id} className={styles.cell}>
            <Statements pattern={id} row={row.id} opened={opened} />
          </td>
        ))}
      </tr>
      {here && (
        <tr>
          <td colSpan={PATTERNS.length + 1} className={styles.verdictCell}>
            <Suspense>
              <Verdict key={here.id} claim={here} onReach={prepareRun} />
            </Suspense>
          </td>
        </tr>
      )}
    </>
  )
}

function ComparisonList({ opened }: { opened: Opened }) {
  return PATTERNS.map(({ id, title }) => (
    <section key={id} className={styles.stack} aria-label={title}>
      <h3 className={styles.pattern}>{title}</h3>
      <dl>
        {ROWS.map((row) => (
          <div key={row.id} className={styles.stackRow}>
            <dt className={styles.rowTitle}>{row.title}</dt>
            <dd>
              <Statements pattern={id} row={row.id} opened={opened}>
                {(claim) =>
                  claim === opened.claim && (
                    <Suspense>
                      <Verdict claim={claim} onReach={prepareRun} />
                    </Suspense>
                  )
                }
              </Statements>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}

interface StatementsProps {
  pattern: Pattern
  row: Row
  opened: Opened
  /** What stands below a statement. */
  children?: (claim: Claim) => ReactNode
}

function Statements({ pattern, row, opened, children }: StatementsProps) {
  const prepare = () => void loadVerdict()
  return (
    <ul className={styles.statements}>
      {claimsOf(pattern, row).map((claim) => (
        <li key={claim.id}>
          <button
            type="button"
            aria-expanded={claim === opened.claim}
            className={classes(styles.statement, claim === opened.claim && styles.open)}
            onClick={() => opened.toggle(claim)}
            onPointerEnter={prepare}
            onFocus={prepare}
          >
            <span>{claim.cell}</span>
            <ChevronDownIcon aria-hidden="true" className={styles.chevron} />
          </button>
          {children?.(claim)}
        </li>
      ))}
    </ul>
  )
}
