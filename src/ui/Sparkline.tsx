/** A number's course through the run, small: the line is what held, the band what it ranged over, the mark the playhead. */

import { useMemo } from 'react'
import { PastChart } from './PastChart.tsx'
import styles from './Sparkline.module.css'
import { type Columns, type Series, sparklineColumns } from './sparklineColumns.ts'

export type SparklineProps = Series & {
  /** Says what is drawn and what to see in it: `Messages waiting, 0 to 12, now 7`. */
  label: string
  /** The span of time drawn; by default that of the series. */
  fromUs?: number
  toUs?: number
  /** The playhead: what comes after it is drawn fainter. */
  atUs?: number
  /** The least and greatest of the scale; by default those of the series, and 0. */
  min?: number
  max?: number
  heightPx?: number
}

const columnCount = 160

export function Sparkline(props: SparklineProps) {
  const { timesUs, values, label, atUs, heightPx = 36 } = props
  const fromUs = props.fromUs ?? timesUs[0] ?? 0
  const toUs = Math.max(props.toUs ?? timesUs[timesUs.length - 1] ?? 0, fromUs + 1)
  const drawn = useMemo(() => {
    const columns = sparklineColumns({ timesUs, values }, fromUs, toUs, columnCount)
    return paths(columns, props.min, props.max)
  }, [timesUs, values, fromUs, toUs, props.min, props.max])
  const share = atUs === undefined ? undefined : (atUs - fromUs) / (toUs - fromUs)
  const at = share === undefined ? {} : { at: Math.min(1, Math.max(0, share)) }
  return (
    <PastChart label={label} columns={columnCount} heightPx={heightPx} {...at}>
      <path className={styles.band} d={drawn.band} />
      <path className={styles.line} d={drawn.line} />
    </PastChart>
  )
}

function paths(columns: Columns, scaleMin?: number, scaleMax?: number) {
  let low = scaleMin ?? 0
  let high = scaleMax ?? Number.NEGATIVE_INFINITY
  for (let i = 0; i < columnCount; i += 1) {
    if (scaleMin === undefined && (columns.min[i] ?? 0) < low) low = columns.min[i] ?? 0
    if (scaleMax === undefined && (columns.max[i] ?? 0) > high) high = columns.max[i] ?? 0
  }
  if (!(high > low)) high = low + 1
  const y = (value: number) => (96 - ((value - low) / (high - low)) * 92).toFixed(1)
  let line = ''
  let band = ''
  for (let i = 0; i < columnCount; i += 1) {
    const value = columns.last[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    line += `${line === '' ? 'M' : 'L'}${i},${y(value)}H${i + 1}`
    band += `M${i},${y(columns.max[i] ?? value)}H${i + 1}V${y(columns.min[i] ?? value)}H${i}Z`
  }
  return { line, band }
}
