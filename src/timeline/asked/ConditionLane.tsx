/**
 * The condition that is asked, under the track and on its scale: when it was true, and whether playing stops there.
 * A click goes to the time at which it became true there.
 */
import { type MouseEvent, useMemo, useRef } from 'react'
import { useSession, useVerbs } from '../../session/react.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, StopIcon } from '../../ui/icons.ts'
import { fractionOf } from '../scale.ts'
import { useAsked } from '../useAsked.ts'
import { useEndUs } from '../useRun.ts'
import { useWidth } from '../useWidth.ts'
import styles from './Lanes.module.css'

export function ConditionLane() {
  const condition = useSession((state) => state.condition)
  return condition === '' ? null : <Lane condition={condition} />
}

function Lane({ condition }: { condition: string }) {
  const verbs = useVerbs()
  const stopping = useSession((state) => state.stopping)
  const area = useRef<HTMLDivElement>(null)
  const slices = Math.max(1, Math.floor(useWidth(area)))
  const ask = useMemo(() => ({ text: condition, slices }), [condition, slices])
  const answer = useAsked('condition', ask)?.answer
  const endUs = useEndUs()
  const marks = answer?.marks ?? null
  const times = answer ? (answer.count === 1 ? 'once' : `${answer.count} times`) : ''
  const go = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const atUs = ((event.clientX - box.left) / box.width) * endUs
    verbs.seek({ atUs: marks ? beginNear(marks, atUs, endUs / box.width) : atUs })
  }
  return (
    <section className={styles.lane} aria-label={`When ${condition}`}>
      <div className={styles.head}>
        <IconButton
          icon={StopIcon}
          size="small"
          label="Stop when true"
          pressed={stopping}
          tooltipPlacement="top"
          onClick={() => verbs.conditions.stopWhenTrue(!stopping)}
        />
        <code className={styles.text} title={condition}>
          {condition}
        </code>
        <IconButton
          icon={CloseIcon}
          size="small"
          label="Ask no longer"
          tooltipPlacement="top"
          onClick={() => verbs.conditions.ask('')}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the keys [ and ] and the panel's buttons do the same */}
      <div ref={area} className={styles.track} onClick={go}>
        {answer?.problem ? (
          <span className={styles.note}>It cannot be read: see the Ask panel.</span>
        ) : (
          <Marks marks={marks} endUs={endUs} label={answer ? `True ${times}` : ''} />
        )}
        {answer && !answer.problem && answer.count === 0 && answer.over && (
          <span className={styles.note}>Never true in this run</span>
        )}
      </div>
    </section>
  )
}

type MarksProps = { marks: Float64Array | null; endUs: number; label: string }

/** Stretches of time as one path; the narrowest is still two pixels wide. */
function Marks({ marks, endUs, label }: MarksProps) {
  const path = useMemo(() => pathOf(marks ?? new Float64Array(0), endUs), [marks, endUs])
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.marks}
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
    >
      <path className={styles.true} d={path} />
    </svg>
  )
}

function pathOf(marks: Float64Array, endUs: number): string {
  let path = ''
  for (let i = 0; i < marks.length; i += 2) {
    const from = fractionOf(marks[i] as number, endUs) * 1000
    const to = Math.max(from + 2, fractionOf(marks[i + 1] as number, endUs) * 1000)
    path += `M${from.toFixed(1)},0H${to.toFixed(1)}V10H${from.toFixed(1)}Z`
  }
  return path
}

/** Where the stretch under a point begins; the point itself where there is none within a few pixels. */
function beginNear(marks: Float64Array, atUs: number, usPerPx: number): number {
  const nearUs = 6 * usPerPx
  for (let i = 0; i < marks.length; i += 2) {
    const fromUs = marks[i] as number
    if (atUs >= fromUs - nearUs && atUs <= Math.max(marks[i + 1] as number, fromUs + nearUs)) {
      return fromUs
    }
  }
  return atUs
}
