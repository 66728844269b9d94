/** The numbers of a node over the whole run, each as a small chart with its value now and its greatest. */
import { useMemo } from 'react'
import { expressionOf } from '../../history/conditions/names.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Series } from '../../session/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { WatchIcon } from '../../ui/icons.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { useAnswer } from '../answer.ts'
import { WhyButton } from '../ask/WhyButton.tsx'
import { Section } from '../Section.tsx'
import { amountText } from '../timeText.ts'
import styles from './Numbers.module.css'
import { greatest, rangeAt, seriesPoints } from './seriesPoints.ts'

/** As many as a chart of a panel has columns. */
const SLICES = 160

export function Numbers({ node }: { node: string }) {
  const { answer } = useAnswer('series', node, { node, slices: SLICES })
  if (answer === null || answer.length === 0) return null
  return (
    <Section title="Numbers" aside="over the run">
      <ul className={styles.numbers}>
        {answer.map((series) => (
          <Course key={series.name} node={node} series={series} />
        ))}
      </ul>
    </Section>
  )
}

function Course({ node, series }: { node: string; series: Series }) {
  const atUs = useSession((state) => state.timeUs)
  const points = useMemo(() => seriesPoints(series), [series])
  const most = useMemo(() => greatest(series), [series])
  if (most === null) return null
  const now = rangeText(rangeAt(series, atUs), series.unit)
  const max = amountText(most, series.unit)
  return (
    <li className={styles.number}>
      <div className={styles.head}>
        <span className={styles.name}>{series.name}</span>
        <span>
          <span className={styles.now}>now {now}</span>
          <span className={styles.max}>max {max}</span>
        </span>
        <span className={styles.asks}>
          <WatchButton node={node} name={series.name} />
          <WhyButton
            about={series.name === series.unit ? now : `${now} ${series.name}`}
            subject={(factIndex) => ({ type: 'number', node, name: series.name, factIndex })}
          />
        </span>
      </div>
      <Sparkline
        {...points}
        fromUs={0}
        toUs={series.endUs}
        atUs={atUs}
        label={`${series.name}: now ${now}, at most ${max}`}
        heightPx={32}
      />
    </li>
  )
}

function rangeText(range: { min: number; max: number } | null, unit: string): string {
  if (range === null) return '–'
  const max = amountText(range.max, unit)
  return range.min === range.max ? max : `${amountText(range.min)} to ${max}`
}

/** Pins the number as a chart under the timeline. */
function WatchButton({ node, name }: { node: string; name: string }) {
  const session = useVerbs()
  const text = expressionOf(name, node)
  const isWatched = useSession((state) => state.watches.includes(text))
  const toggle = () =>
    isWatched ? session.conditions.unwatch(text) : session.conditions.watch(text)
  return (
    <IconButton
      icon={WatchIcon}
      size="small"
      label={`Chart ${name} under the timeline`}
      pressed={isWatched}
      onClick={toggle}
    />
  )
}
