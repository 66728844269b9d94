/** The runs behind a point: each seed with what it measured, and a way into it. */
import { type Measure, readMeasure } from '../../history/experiments/measures.ts'
import { withSetting } from '../../history/experiments/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, OpenIcon } from '../../ui/icons.ts'
import styles from '../Lab.module.css'
import type { RunToOpen } from '../lab.ts'
import { chosenIn, shownIn, valueText } from '../units.ts'
import { ownerText, settingText } from '../words.ts'
import type { Reading } from './SweepChart.tsx'
import { choosePoint, type Sweep } from './sweepState.ts'

interface PointRunsProps {
  sweep: Sweep
  measure: Measure
  reading: Reading
  at: number
  onOpenRun: (run: RunToOpen) => void
}

export function PointRuns({ sweep, measure, reading, at, onOpenRun }: PointRunsProps) {
  const { plan } = sweep
  const point = reading.points[at]
  if (!point) return null
  const value = chosenIn(point.value, reading.x)
  const open = (seed: number) => {
    const run = runOf(sweep, point.value, seed, value)
    if (run) onOpenRun(run)
  }
  return (
    <section className={styles.runs} aria-label={`Runs at ${value}`}>
      <header className={styles.runsHead}>
        <h4
          className={styles.headline}
        >{`The runs behind ${settingText(plan.setting)} ${value}`}</h4>
        <IconButton icon={CloseIcon} label="Close" size="small" onClick={() => choosePoint(null)} />
      </header>
      <ul className={styles.runList}>
        {plan.seeds.map((seed, i) => {
          const result = point.results[i]
          const number = result ? readMeasure(measure, result) : Number.NaN
          const said = Number.isNaN(number)
            ? 'nothing to measure'
            : valueText(number, shownIn(reading.unit, number))
          return (
            <li key={seed} className={styles.run}>
              <span className={styles.seed}>{`Seed ${seed}`}</span>
              <span className={styles.number}>{result ? said : 'not run'}</span>
              <Button
                size="small"
                variant="ghost"
                iconEnd={OpenIcon}
                aria-label={`Open the run of seed ${seed}`}
                onClick={() => open(seed)}
              >
                Open
              </Button>
              {result?.stopped && <p className={styles.stopped}>{result.stopped}</p>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The scenario of one run, with its setting and its seed. */
function runOf({ plan }: Sweep, value: number, seed: number, shown: string): RunToOpen | null {
  const changed = withSetting(plan.scenario, plan.setting, value)
  if (!changed.ok) return null
  const { setting, scenario } = plan
  const what = `${ownerText(scenario, setting.owner)}: ${settingText(setting)} ${shown}, seed ${seed}`
  return { scenario: { ...changed.scenario, seed }, script: plan.script, title: what }
}
