/** The density strip and the ruler: a picture of the whole run, drawn anew when it grows or the colours change. */
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Density } from '../session/session.ts'
import { drawDensity } from './drawDensity.ts'
import { fractionOf, ruler } from './scale.ts'
import styles from './Track.module.css'
import { usePalette } from './usePalette.ts'

type StripProps = { density: Density | null; endUs: number; widthPx: number }

const tickPx = 6

export function Strip({ density, endUs, widthPx }: StripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const palette = usePalette()
  const ticks = useMemo(() => ruler(endUs, widthPx), [endUs, widthPx])

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context || widthPx === 0) return
    const heightPx = canvas.current.clientHeight - tickPx
    const ratio = devicePixelRatio
    canvas.current.width = Math.round(widthPx * ratio)
    canvas.current.height = Math.round((heightPx + tickPx) * ratio)
    context.scale(ratio, ratio)
    drawDensity(context, { widthPx, heightPx, tickPx }, palette, density, endUs, ticks)
  }, [density, endUs, widthPx, palette, ticks])

  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className={styles.strip} />
      <div className={styles.ruler}>
        {ticks.map(
          ({ timeUs, label }) =>
            label && (
              <span key={timeUs} style={named(fractionOf(timeUs, endUs))}>
                {label}
              </span>
            ),
        )}
      </div>
    </div>
  )
}

/** Names are centred under their hairline; the first and the last one stay inside of the track. */
function named(fraction: number) {
  const shift = fraction === 0 ? 0 : fraction > 0.97 ? -100 : -50
  return { left: `${fraction * 100}%`, translate: `${shift}%` }
}
