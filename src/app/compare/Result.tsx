/** What the comparison says: where the runs part, what became of their messages, how their numbers differ. */
import { useState } from 'react'
import { useStore } from 'zustand'
import { clockText } from '../../base/clockText.ts'
import type { Comparison } from '../../history/compare/comparison.ts'
import type { Difference } from '../../history/compare/parting.ts'
import { settingDifferences } from '../../history/compare/settings.ts'
import { nameOf } from '../../session/names.ts'
import { useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './Compare.module.css'
import { FateTable } from './FateTable.tsx'
import { FigureTable } from './FigureTable.tsx'
import type { Side } from './opposite.ts'
import { type Compared, useComparisonNow, useSelectedFates } from './useComparison.ts'
import type { Sides } from './useSides.ts'

interface ResultProps {
  here: Side
  there: Side
  sides: Sides | null
  compared: Compared
}

type Tab = 'messages' | 'numbers'
/** How much of the two runs the tables are about. */
type Scope = 'whole' | 'now'

export function Result({ here, there, sides, compared }: ResultProps) {
  const { comparison, problem } = compared
  const [scope, setScope] = useState<Scope>('whole')
  const now = useComparisonNow(sides, comparison, scope === 'now')
  return (
    <section
      className={styles.result}
      aria-label="Comparison"
      data-same={comparison?.difference === null}
    >
      <div className={styles.summary}>
        {problem && <p className={styles.quiet}>{problem}</p>}
        {!problem && !comparison && sides && <Computing sides={sides} />}
        {comparison && <Parting comparison={comparison} here={here} there={there} />}
        <Settings here={here} there={there} />
        {comparison?.difference && (
          <div className={styles.scope}>
            <Segmented
              label="How much is compared"
              hideLabel
              size="small"
              value={scope}
              options={[
                { value: 'whole', label: 'Whole run' },
                { value: 'now', label: 'Up to the playhead' },
              ]}
              onChange={setScope}
            />
          </div>
        )}
      </div>
      {comparison && sides && (
        <Tables
          whole={comparison}
          shown={scope === 'now' ? (now ?? comparison) : comparison}
          here={here}
          there={there}
          sides={sides}
        />
      )}
    </section>
  )
}

interface TablesProps {
  whole: Comparison
  /** The whole comparison, or the one up to the playhead. */
  shown: Comparison
  here: Side
  there: Side
  sides: Sides
}

function Tables({ whole, shown, here, there, sides }: TablesProps) {
  const [tab, setTab] = useState<Tab>('messages')
  const selected = useSelectedFates(sides, whole)
  const upTo = shown === whole ? '' : `, up to ${clockText(shown.toUs)}`
  return (
    <>
      <div className={styles.tabs}>
        <Segmented
          label="What is compared"
          hideLabel
          size="small"
          value={tab}
          options={[
            { value: 'messages', label: 'Messages' },
            { value: 'numbers', label: 'Numbers' },
          ]}
          onChange={setTab}
        />
      </div>
      <div className={styles.tables}>
        <div className={classes(styles.table, tab !== 'messages' && styles.other)}>
          <FateTable
            fates={shown.fates}
            upTo={upTo}
            selected={selected}
            here={here}
            there={there}
            sides={sides}
          />
        </div>
        <div className={classes(styles.table, tab !== 'numbers' && styles.other)}>
          <FigureTable figures={shown.figures} upTo={upTo} here={here} there={there} />
        </div>
      </div>
    </>
  )
}

/** Both runs are computed to their ends before they are compared. */
function Computing({ sides }: { sides: Sides }) {
  const here = useStore(sides.here.store, ({ progress }) => progress.factCount)
  const there = useStore(sides.there.store, ({ progress }) => progress.factCount)
  return (
    <p className={styles.quiet} role="status">
      Comparing: {(here + there).toLocaleString('en')} facts so far.
    </p>
  )
}

function Parting(props: { comparison: Comparison; here: Side; there: Side }) {
  const { comparison, here, there } = props
  const { difference, toUs } = comparison
  if (!difference) {
    return <p role="status">The two runs are the same from the beginning to {clockText(toUs)}.</p>
  }
  return <Parted difference={difference} here={here} there={there} />
}

function Parted({ difference, here, there }: { difference: Difference; here: Side; there: Side }) {
  const main = useVerbs()
  const { timeUs } = difference
  const sentence = (line: Difference['here']) =>
    line
      ? `${line.sentence}${line.timeUs === timeUs ? '' : ` (${clockText(line.timeUs)})`}`
      : 'Nothing more happens.'
  return (
    <div className={styles.parted}>
      <Button size="small" onClick={() => main.seek({ atUs: timeUs })}>
        They part at {clockText(timeUs)}
      </Button>
      <dl className={styles.sentences}>
        <dt>{here.name}</dt>
        <dd>{sentence(difference.here)}</dd>
        <dt>{there.name}</dt>
        <dd>{sentence(difference.there)}</dd>
      </dl>
    </div>
  )
}

const SETTINGS_MAX = 4

/** Where the drawings differ: what was set, in both. */
function Settings({ here, there }: { here: Side; there: Side }) {
  const differences = settingDifferences(here.scenario, there.scenario)
  const seeds = here.branch.seed !== there.branch.seed
  if (differences.length === 0 && !seeds) return null
  const more = differences.length - SETTINGS_MAX
  return (
    <ul className={styles.settings} aria-label="Settings that differ">
      {seeds && (
        <li>
          seed: <b>{here.branch.seed}</b> and <b>{there.branch.seed}</b>
        </li>
      )}
      {differences.slice(0, SETTINGS_MAX).map(({ id, setting, here: mine, there: other }) => (
        <li key={`${id} ${setting}`}>
          {setting === '' ? (
            <>
              {nameOf(mine === '' ? there.scenario : here.scenario, id)}: only in{' '}
              {mine === '' ? there.name : here.name}
            </>
          ) : (
            <>
              {id !== '' && `${nameOf(here.scenario, id)} `}
              {setting}: <b>{mine || 'not set'}</b> and <b>{other || 'not set'}</b>
            </>
          )}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}
