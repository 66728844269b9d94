/** Two amounts over the run: what should be, dashed, and what is; the surface between them is what is wrong. */
import { useMemo } from 'react'
import { PastChart } from '../../ui/PastChart.tsx'
import styles from './Money.module.css'

interface ChartProps {
  is: Float64Array
  should: Float64Array
  /** The greatest amount of the scale, which all places share. */
  most: number
  /** Share of the run that lies before the playhead. */
  at: number
  label: string
}

export function MoneyChart({ is, should, most, at, label }: ChartProps) {
  const paths = useMemo(() => pathsOf(is, should, most), [is, should, most])
  return (
    <PastChart label={label} columns={is.length} at={at} heightPx={40}>
      <path className={styles.between} d={paths.between} />
      <path className={styles.shouldLine} d={paths.should} />
      <path className={styles.line} d={paths.is} />
    </PastChart>
  )
}

function pathsOf(is: Float64Array, should: Float64Array, most: number) {
  const greatest = [...is, ...should].reduce((a, b) => (b > a ? b : a), most)
  const least = [...is, ...should].reduce((a, b) => (b < a ? b : a), 0)
  const y = (value: number) => (96 - ((value - least) / (greatest - least || 1)) * 92).toFixed(1)
  const paths = { is: '', should: '', between: '' }
  for (let i = 0; i < is.length; i++) {
    const [a, b] = [is[i] as number, should[i] as number]
    if (Number.isNaN(a) || Number.isNaN(b)) continue
    paths.is += `${paths.is === '' ? 'M' : 'L'}${i},${y(a)}H${i + 1}`
    paths.should += `${paths.should === '' ? 'M' : 'L'}${i},${y(b)}H${i + 1}`
    if (a !== b) paths.between += `M${i},${y(a)}H${i + 1}V${y(b)}H${i}Z`
  }
  return paths
}
