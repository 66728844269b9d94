/**
 * The proof: every case that was recorded from a real broker, played in this browser against the family that
 * models it, by feature. A case that fails shows the first step that differs.
 */
import { useEffect, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { CaseReport } from '../../worker/conformanceReport.ts'
import home from '../home/Home.module.css'
import { ThemeMenu } from '../ThemeMenu.tsx'
import { Wordmark } from '../Wordmark.tsx'
import styles from './Conformance.module.css'
import { byFeature, countsOf, matching } from './groups.ts'
import { useReports } from './useReports.ts'

export default function Conformance() {
  const { cases, total, problem } = useReports()
  const [wanted, setWanted] = useState('')
  useEffect(() => {
    document.title = 'Checked against real brokers · Eventarium'
  }, [])
  const { passed, failed, skipped } = countsOf(cases)
  const done = total > 0 && cases.length === total
  const brokers = [...new Set(cases.map(({ broker, version }) => `${broker} ${version}`.trim()))]
  return (
    <div className={home.home}>
      <header className={home.bar}>
        <Wordmark />
        <ThemeMenu />
      </header>
      <main className={home.page}>
        <div className={home.opening}>
          <h1 className={home.title}>Checked against real brokers</h1>
          <p className={styles.about}>
            Each case is a list of operations that was sent to a real broker, with all that it
            answered. Here they are played against Eventarium&apos;s own brokers, in this browser.
            {brokers.length > 0 && ` Recorded from ${brokers.join(', ')}.`}
          </p>
          {problem !== null && <ErrorSentence>{problem}</ErrorSentence>}
          <p role="status" className={styles.total} data-done={done}>
            {total === 0
              ? 'Loading the cases.'
              : `${passed} passed, ${failed} failed, ${skipped} skipped${done ? '' : `, ${total - cases.length} to go`}`}
          </p>
          <div className={styles.filter}>
            <TextField
              label="Show only"
              placeholder="a feature, a broker or a word"
              value={wanted}
              onInput={setWanted}
            />
          </div>
        </div>
        {byFeature(matching(cases, wanted)).map(({ feature, reports }) => (
          <Feature key={feature} feature={feature} reports={reports} />
        ))}
      </main>
    </div>
  )
}

function Feature({ feature, reports }: { feature: string; reports: readonly CaseReport[] }) {
  const { passed, failed } = countsOf(reports)
  return (
    <section className={styles.feature} aria-label={feature}>
      <h2 className={styles.name}>
        {feature}
        <span className={classes(styles.count, failed > 0 && styles.bad)}>
          {failed > 0 ? `${failed} of ${reports.length} fail` : `${passed} of ${reports.length}`}
        </span>
      </h2>
      <ul className={styles.cases}>
        {reports.map((report) => (
          <Case key={`${report.broker} ${report.name}`} report={report} />
        ))}
      </ul>
    </section>
  )
}

const MARK = { passed: '✓', failed: '✗', skipped: '–' } as const

function Case({ report }: { report: CaseReport }) {
  const { name, broker, teaches, steps, verdict } = report
  return (
    <li className={classes(styles.case, styles[verdict.outcome])}>
      <span className={styles.mark} role="img" aria-label={verdict.outcome}>
        {MARK[verdict.outcome]}
      </span>
      <div className={styles.words}>
        <p>
          <code className={styles.id}>{name}</code> {teaches}
        </p>
        {verdict.outcome === 'skipped' && <p className={styles.why}>{verdict.reason}</p>}
        {verdict.outcome === 'failed' && (
          <div className={styles.why}>
            <p>
              Step {verdict.step + 1} ({verdict.op}): {verdict.sentence}
            </p>
            <pre>expected {JSON.stringify(verdict.expected, null, 1)}</pre>
            <pre>seen {JSON.stringify(verdict.seen, null, 1)}</pre>
          </div>
        )}
      </div>
      <span className={styles.aside}>
        {broker}, {steps} {steps === 1 ? 'step' : 'steps'}
      </span>
    </li>
  )
}
