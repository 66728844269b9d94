/**
 * Means with their confidence intervals over a setting, and the curve of theory where there is one. Points
 * are reached by Tab and moved between by arrow keys; what one says is read out and shown by whoever draws it.
 */
import { type KeyboardEvent, useId, useRef } from 'react'
import styles from './Chart.module.css'
import { type Axis, along } from './chartScale.ts'
import { chosenText } from './units.ts'
import { useWidth } from './useWidth.ts'

export interface ChartPoint {
  x: number
  y: number
  /** Ends of the confidence interval; both `y` where there is none. */
  low: number
  high: number
  /** All that is to be known of it, in words. */
  label: string
  /** Its place among all values. */
  index: number
}

export interface ChartProps {
  label: string
  xAxis: Axis
  yAxis: Axis
  /** What the axes are of, with units. */
  xTitle: string
  yTitle: string
  points: readonly ChartPoint[]
  /** Stretches of the curve of theory. */
  curves: readonly (readonly { x: number; y: number }[])[]
  curveName: string
  /** A place on the x axis that means something. */
  mark: { x: number; label: string } | null
  chosen: number | null
  onLook: (index: number | null) => void
  onChoose: (index: number) => void
}

const HEIGHT = 320
const EDGE = { left: 56, right: 20, top: 16, bottom: 40 }

export function Chart(props: ChartProps) {
  const frame = useRef<HTMLElement>(null)
  const clip = useId()
  const width = Math.max(240, useWidth(frame))
  const { xAxis, yAxis } = props
  const place = {
    x: (value: number) => EDGE.left + along(xAxis, value) * (width - EDGE.left - EDGE.right),
    y: (value: number) =>
      HEIGHT - EDGE.bottom - along(yAxis, value) * (HEIGHT - EDGE.top - EDGE.bottom),
  }
  return (
    <figure ref={frame} className={styles.chart}>
      <figcaption className={styles.yTitle}>{props.yTitle}</figcaption>
      <div className={styles.plot} style={{ height: HEIGHT }}>
        <svg aria-hidden="true" width={width} height={HEIGHT} className={styles.drawing}>
          <clipPath id={clip}>
            <rect
              x={EDGE.left - 8}
              y={EDGE.top - 8}
              width={width - EDGE.left - EDGE.right + 16}
              height={HEIGHT - EDGE.top - EDGE.bottom + 8}
            />
          </clipPath>
          <Axes {...props} place={place} width={width} />
          {props.mark && <Mark mark={props.mark} place={place} />}
          <g clipPath={`url(#${clip})`}>
            <path className={styles.band} d={bandPath(props.points, place)} />
            <path className={styles.line} d={linePath(props.points, place)} />
            {props.curves.map((curve) => (
              <path key={curve[0]?.x} className={styles.theory} d={linePath(curve, place)} />
            ))}
            {props.points.map(({ x, low, high, index }) => (
              <line
                key={index}
                className={styles.interval}
                x1={place.x(x)}
                x2={place.x(x)}
                y1={place.y(high)}
                y2={place.y(low)}
              />
            ))}
          </g>
        </svg>
        <Points {...props} place={place} />
      </div>
      <p className={styles.xTitle}>{props.xTitle}</p>
      {props.curves.length > 0 && (
        <ul className={styles.legend}>
          <li className={styles.measuredKey}>measured, with 95 % interval</li>
          <li className={styles.theoryKey}>{props.curveName}</li>
        </ul>
      )}
    </figure>
  )
}

interface Place {
  x: (value: number) => number
  y: (value: number) => number
}

function Axes({ xAxis, yAxis, place, width }: ChartProps & { place: Place; width: number }) {
  return (
    <g>
      {yAxis.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={styles.grid}
            x1={EDGE.left}
            x2={width - EDGE.right}
            y1={place.y(tick)}
            y2={place.y(tick)}
          />
          <text className={styles.tick} x={EDGE.left - 8} y={place.y(tick) + 4} textAnchor="end">
            {chosenText(tick)}
          </text>
        </g>
      ))}
      <line
        className={styles.base}
        x1={EDGE.left}
        x2={width - EDGE.right}
        y1={HEIGHT - EDGE.bottom}
        y2={HEIGHT - EDGE.bottom}
      />
      {xAxis.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={styles.base}
            x1={place.x(tick)}
            x2={place.x(tick)}
            y1={HEIGHT - EDGE.bottom}
            y2={HEIGHT - EDGE.bottom + 4}
          />
          <text
            className={styles.tick}
            x={place.x(tick)}
            y={HEIGHT - EDGE.bottom + 20}
            textAnchor="middle"
          >
            {chosenText(tick)}
          </text>
        </g>
      ))}
    </g>
  )
}

function Mark({ mark, place }: { mark: { x: number; label: string }; place: Place }) {
  const x = place.x(mark.x)
  return (
    <g>
      <line className={styles.mark} x1={x} x2={x} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />
      <text className={styles.tick} x={x - 6} y={EDGE.top + 10} textAnchor="end">
        {mark.label}
      </text>
    </g>
  )
}

function Points({ label, points, chosen, onLook, onChoose, place }: ChartProps & { place: Place }) {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, at: number) => {
    const to = nextPlace(event.key, at, points.length)
    if (to === null) return
    event.preventDefault()
    const target = event.currentTarget.parentElement?.children[to]
    if (target instanceof HTMLElement) target.focus()
  }
  // One stop for Tab: the chosen point, else the first.
  const stop = Math.max(
    0,
    points.findIndex(({ index }) => index === chosen),
  )
  return (
    <div role="toolbar" aria-label={label} data-own-keys>
      {points.map((point, at) => (
        <button
          key={point.index}
          type="button"
          tabIndex={at === stop ? 0 : -1}
          aria-label={point.label}
          aria-pressed={point.index === chosen}
          className={styles.point}
          style={{ left: place.x(point.x), top: place.y(point.y) }}
          onClick={() => onChoose(point.index)}
          onFocus={() => onLook(point.index)}
          onBlur={() => onLook(null)}
          onPointerEnter={() => onLook(point.index)}
          onPointerLeave={() => onLook(null)}
          onKeyDown={(event) => onKeyDown(event, at)}
        />
      ))}
    </div>
  )
}

function nextPlace(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, at + 1)
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function linePath(points: readonly { x: number; y: number }[], place: Place): string {
  return points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${place.x(x).toFixed(1)},${place.y(y).toFixed(1)}`)
    .join('')
}

/** From interval to interval: along their upper ends, and back along the lower ones. */
function bandPath(points: readonly ChartPoint[], place: Place): string {
  if (points.length < 2) return ''
  const upper = points.map(({ x, high }) => ({ x, y: high }))
  const lower = points.map(({ x, low }) => ({ x, y: low })).reverse()
  return `${linePath(upper, place)}${linePath(lower, place).replace('M', 'L')}Z`
}
