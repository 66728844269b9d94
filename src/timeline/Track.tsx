/**
 * The slider over the whole run: density strip, ruler and rail under one playhead. The thumb and everything that follows
 * the playhead move outside React; what screen readers hear changes only when a person acts.
 */
import { type RefObject, useMemo, useRef } from 'react'
import type { Violation } from '../history/outcomes/violations.ts'
import { classes } from '../ui/classes.ts'
import { Marks } from './Marks.tsx'
import { Strip } from './Strip.tsx'
import { fractionOf } from './scale.ts'
import { Thumb } from './Thumb.tsx'
import styles from './Track.module.css'
import { useAsked } from './useAsked.ts'
import { progressOf, useCalm } from './useCalm.ts'
import { usePlayhead } from './usePlayhead.ts'
import { useEndUs } from './useRun.ts'
import { useScrub } from './useScrub.ts'
import { useWidth } from './useWidth.ts'

/** One bar of the strip, with the gap after it. */
const slicePx = 4

export function Track({ compact }: { compact: boolean }) {
  const area = useRef<HTMLDivElement>(null)
  const hover = useRef<HTMLDivElement>(null)
  const thumb = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(area)
  const endUs = useEndUs()
  const slices = compact ? 0 : Math.floor(widthPx / slicePx)
  const density = useAsked(
    'density',
    useMemo(() => (slices > 0 ? { slices } : null), [slices]),
  )
  const broken = useAsked('violations', compact ? null : ALL)
  const scrub = useScrub({ area, hover, thumb }, endUs)
  return (
    <div className={classes(styles.track, compact && styles.compact)}>
      {!compact && (
        <Marks
          density={density?.answer ?? null}
          broken={broken?.isOfThisRun ? broken.answer : NONE}
          endUs={endUs}
          widthPx={widthPx}
        />
      )}
      <div ref={area} className={styles.area} {...scrub}>
        {!compact && <Strip density={density?.answer ?? null} endUs={endUs} widthPx={widthPx} />}
        <Rail endUs={endUs} compact={compact} />
        <Carrier endUs={endUs} widthPx={widthPx} thumb={thumb} />
        <div ref={hover} className={styles.hover} aria-hidden="true">
          <span className={styles.hoverTime} />
        </div>
      </div>
    </div>
  )
}

const ALL = {}
/** A promise broken in another run is not broken in this one. */
const NONE: readonly Violation[] = []

/** What has passed, what is computed, and what is not yet; the veil greys the strip after the playhead. */
function Rail({ endUs, compact }: { endUs: number; compact: boolean }) {
  const { computedUs, done, stopped } = useCalm(progressOf)
  const passed = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  usePlayhead(endUs, (fraction) => {
    if (passed.current) passed.current.style.transform = `scaleX(${fraction})`
    if (veil.current) veil.current.style.transform = `scaleX(${1 - fraction})`
  })
  const computed = done && stopped === null ? 1 : fractionOf(computedUs, endUs)
  return (
    <>
      {!compact && <div ref={veil} className={styles.veil} />}
      <div className={styles.rail}>
        <div className={styles.computed} style={{ transform: `scaleX(${computed})` }} />
        <div ref={passed} className={styles.passed} />
      </div>
    </>
  )
}

type CarrierProps = { endUs: number; widthPx: number; thumb: RefObject<HTMLDivElement | null> }

/** Carries the hairline and the thumb to the playhead. */
function Carrier({ endUs, widthPx, thumb }: CarrierProps) {
  const carrier = useRef<HTMLDivElement>(null)
  usePlayhead(endUs, (fraction) => {
    if (carrier.current) carrier.current.style.transform = `translateX(${fraction * widthPx}px)`
  })
  return (
    <div ref={carrier} className={styles.carrier}>
      <div className={styles.hairline} />
      <Thumb endUs={endUs} thumb={thumb} />
    </div>
  )
}
