/**
 * A number under the track and on its scale: the band is what it ranged over, the line what held, the number in the
 * head what it is at the playhead. Drawn when it changes, never while playing.
 */
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { WatchAnswer } from '../../history/answers.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon } from '../../ui/icons.ts'
import { useAsked } from '../useAsked.ts'
import { usePalette } from '../usePalette.ts'
import { useWidth } from '../useWidth.ts'
import { drawWatch, rangeOf, valueText } from './drawWatch.ts'
import styles from './Lanes.module.css'

export function WatchLanes() {
  const watches = useSession((state) => state.watches)
  return watches.map((text) => <Lane key={text} text={text} />)
}

/** More columns than pixels would only be drawn over one another. */
const COLUMNS_MAX = 2048

function Lane({ text }: { text: string }) {
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
        <code className={styles.text} title={text}>
          {text}
        </code>
        {answer && !answer.problem && <Now answer={answer} />}
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
function Now({ answer }: { answer: WatchAnswer }) {
  const atUs = useSession((state) => state.timeUs)
  const column = Math.min(
    answer.last.length - 1,
    Math.floor((atUs / answer.endUs) * answer.last.length),
  )
  return (
    <span className={styles.now}>{valueText(answer.last[column] ?? Number.NaN, answer.unit)}</span>
  )
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
  const top = valueText(range.high, answer.unit)
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${text}: from ${valueText(range.low, answer.unit)} to ${top}`}
        className={styles.marks}
      />
      <span className={styles.top} aria-hidden="true">
        {top}
      </span>
    </>
  )
}
