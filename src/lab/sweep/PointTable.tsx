/** The chart in numbers: one row a value. */
import type { Measure } from '../../history/experiments/measures.ts'
import { Button } from '../../ui/Button.tsx'
import styles from '../Lab.module.css'
import { chosenText, numberText, type Shown, widthText } from '../units.ts'
import { measureText, settingText } from '../words.ts'
import type { Reading } from './SweepChart.tsx'
import { choosePoint, type Sweep } from './sweepState.ts'

interface PointTableProps {
  sweep: Sweep
  measure: Measure
  reading: Reading
}

export function PointTable({ sweep, measure, reading }: PointTableProps) {
  const { x, y, points, theory } = reading
  const hasTheory = theory.some((value) => value !== null)
  const text = (value: number | null | undefined, { factor }: Shown) =>
    value === null || value === undefined ? '–' : numberText(value * factor)
  const unit = (shown: Shown) => (shown.unit === '' ? '' : ` (${shown.unit})`)
  return (
    <details className={styles.table}>
      <summary className={styles.summary}>As a table</summary>
      <div className={styles.tableScroll}>
        <table>
          <caption className="visually-hidden">{measureText(measure)}</caption>
          <thead>
            <tr>
              <th scope="col">{`${settingText(sweep.plan.setting)}${unit(x)}`}</th>
              <th scope="col">{`Mean${unit(y)}`}</th>
              <th scope="col">± 95 %</th>
              <th scope="col">Least</th>
              <th scope="col">Greatest</th>
              <th scope="col">Seeds</th>
              {hasTheory && <th scope="col">Theory</th>}
              <th scope="col">
                <span className="visually-hidden">Runs</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ value, estimate }, index) => (
              <tr key={value}>
                <th scope="row">{chosenText(value * x.factor)}</th>
                <td>{text(estimate?.mean, y)}</td>
                <td>{estimate?.halfWidth == null ? '–' : widthText(estimate.halfWidth, y)}</td>
                <td>{text(estimate?.min, y)}</td>
                <td>{text(estimate?.max, y)}</td>
                <td>{estimate?.count ?? 0}</td>
                {hasTheory && <td>{text(theory[index], y)}</td>}
                <td>
                  <Button size="small" variant="ghost" onClick={() => choosePoint(index)}>
                    Runs
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
