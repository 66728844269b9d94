/** The frame of a small chart over the run: what lies before the playhead stands out from what comes. */
import type { ReactNode } from 'react'
import styles from './PastChart.module.css'

export type PastChartProps = {
  /** Says what is drawn and what to see in it. */
  label: string
  /** Width of the drawing in its own units; it is 100 high. */
  columns: number
  /** Share of the run that lies before the playhead; all of it if there is none. */
  at?: number
  heightPx: number
  /** Paths. They are drawn a second time within `[data-past]`, as far as the playhead. */
  children: ReactNode
}

export function PastChart({ label, columns, at, heightPx, children }: PastChartProps) {
  return (
    <div role="img" aria-label={label} className={styles.chart} style={{ height: heightPx }}>
      <svg
        aria-hidden="true"
        className={styles.drawing}
        viewBox={`0 0 ${columns} 100`}
        preserveAspectRatio="none"
        style={{ '--_at': at ?? 1 } as object}
      >
        {children}
        <g className={styles.past} data-past>
          {children}
        </g>
      </svg>
      {at !== undefined && <span className={styles.playhead} style={{ left: `${at * 100}%` }} />}
    </div>
  )
}
