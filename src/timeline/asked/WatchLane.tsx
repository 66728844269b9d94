/**
 * A number under the track and on its scale: the band is what it ranged over, the line what held, the number in the
 * head what it is at the playhead; the pointer reads it anywhere. Drawn when it changes, never while playing.
 */
import {
  type MouseEvent,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { clockText } from '../../base/clockText.ts'
import type { WatchAnswer } from '../../history/answers.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, MoveUpIcon } from '../../ui/icons.ts'
import { useAsked } from '../useAsked.ts'
import { usePalette } from '../usePalette.ts'
import { useWidth } from '../useWidth.ts'
import { drawWatch, rangeOf, rangeText, valueText, wholeText } from './drawWatch.ts'
import styles from './Lanes.module.css'

export function WatchLanes() {
  const watches = useSession((state) => state.watches)
  return watches.map((text, place) => (
    <Lane
      key={text}
      text={text}
      move={watches.length === 1 ? 'none' : place === 0 ? 'first' : 'up'}
    />
  ))
}

/** More columns than pixels would only be drawn over one another. */
const COLUMNS_MAX = 2048

function Lane({ text, move }: { text: string; move: 'none' | 'first' | 'up' }) {
  const verbs = useVerbs()
  const area = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(area)
  const columns = Math.min(COLUMNS_MAX, 2 ** Math.ceil(Math.log2(Math.max(2, widthPx))))
  const ask = useMemo(() => ({ text, columns }), [text, columns])
  const answer = useAsked('watch', ask)?.answer
  return (
    <section className={styles.lane} aria-label={`Chart of ${text}`}>
      <div className={styles.head}>
        <IconButton
          icon={CloseIcon}
          size="small"
          label={`Chart ${text} no longer`}
          tooltipPlacement="top"
          onClick={() => verbs.conditions.unwatch(text)}
        />
        <div className={styles.told}>
          <code className={styles.text} title={text}>
            {text}
          </code>
          {answer && !answer.problem && <Now text={text} unit={answer.unit} />}
          {answer && !answer.problem && <span className={styles.whole}>{wholeText(answer)}</span>}
        </div>
        {move === 'first' && <span className={styles.noMove} />}
        {move === 'up' && (
          <IconButton
            icon={MoveUpIcon}
            size="small"
            label={`Move the chart of ${text} up`}
            tooltipPlacement="top"
            onClick={() => verbs.conditions.watchEarlier(text)}
          />
        )}
      </div>
      <div ref={area} className={styles.chart}>
        {answer?.problem ? (
          <span className={styles.note}>{answer.problem.sentence}</span>
        ) : (
          answer && <Chart answer={answer} widthPx={widthPx} text={text} />
        )}
      </div>
    </section>
  )
}

/** What it is at the playhead. */
function Now({ text, unit }: { text: string; unit: WatchAnswer['unit'] }) {
  const factIndex = useSession((state) => state.factIndex)
  const ask = useMemo(() => ({ text, factIndex }), [text, factIndex])
  const value = useAsked('reading', ask)?.answer
  return <span className={styles.now}>{value === undefined ? '' : valueText(value, unit)}</span>
}

function Chart({ answer, widthPx, text }: { answer: WatchAnswer; widthPx: number; text: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const palette = usePalette()
  const range = useMemo(() => rangeOf(answer), [answer])
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context || widthPx === 0) return
    const heightPx = canvas.current.clientHeight
    canvas.current.width = Math.round(widthPx * devicePixelRatio)
    canvas.current.height = Math.round(heightPx * devicePixelRatio)
    context.scale(devicePixelRatio, devicePixelRatio)
    drawWatch(context, { widthPx, heightPx }, palette, answer, range)
  }, [answer, range, widthPx, palette])
  if (answer.last.every(Number.isNaN)) {
    return <span className={styles.note}>Not there at any moment of this run so far</span>
  }
  const [low, high] = [range.low, range.high].map((value) => valueText(value, answer.unit))
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${text}: from ${low} to ${high}`}
        className={styles.marks}
      />
      <span className={styles.top} aria-hidden="true">
        {high}
      </span>
      {range.low < 0 && (
        <span className={styles.bottom} aria-hidden="true">
          {low}
        </span>
      )}
      <Pointed answer={answer} />
    </>
  )
}

/** What it was under the pointer; a click goes there. */
function Pointed({ answer }: { answer: WatchAnswer }) {
  const verbs = useVerbs()
  const [column, setColumn] = useState(-1)
  const { last, endUs } = answer
  const columnAt = (event: PointerEvent | MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = Math.floor(((event.clientX - box.left) / box.width) * last.length)
    return Math.max(0, Math.min(last.length - 1, at))
  }
  const fraction = (column + 0.5) / last.length
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the keys of the timeline go anywhere, and the number at the playhead stands in the head
    <div
      className={styles.pointed}
      onPointerMove={(event) => event.pointerType === 'mouse' && setColumn(columnAt(event))}
      onPointerLeave={() => setColumn(-1)}
      onClick={(event) => verbs.seek({ atUs: ((columnAt(event) + 0.5) / last.length) * endUs })}
    >
      {column !== -1 && (
        <>
          <div className={styles.pointedLine} style={{ left: `${fraction * 100}%` }} />
          <span
            className={styles.reading}
            data-side={fraction > 0.5 ? 'left' : 'right'}
            style={{ left: `${fraction * 100}%` }}
          >
            {clockText(Math.round((fraction * endUs) / 1000) * 1000)} · {rangeText(answer, column)}
          </span>
        </>
      )}
    </div>
  )
}
