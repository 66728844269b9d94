/**
 * The money that should be there against the money that is: at the playhead and over the run, for each place that a
 * store's events get to, with the events that make the difference.
 */
import { useEffect, useState } from 'react'
import { quoted } from '../../history/conditions/names.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { WatchIcon } from '../../ui/icons.ts'
import { openBranch } from '../answer.ts'
import { Section } from '../Section.tsx'
import { MessageChip, MomentLink, NodeLink } from '../Selectable.tsx'
import { momentText } from '../timeText.ts'
import styles from './Money.module.css'
import { MoneyChart } from './MoneyChart.tsx'
import { differenceText, moneyText } from './moneyText.ts'

type Answer = Questions['money']['answer']
type Place = Answer['places'][number]
type Difference = Place['differences'][number]

/** As many as a chart of a panel has columns. */
const COLUMNS = 128
/** Listed of a place before the rest is asked for. */
const FIRST = 3

export default function Money({ store }: { store: string }) {
  const answer = useMoney(store)
  if (answer === null || answer.places.length < 2) return null
  const most = Math.max(...answer.places.flatMap(({ is, should }) => [is, should]), 1)
  return (
    <Section
      title="Money"
      aside={<Now />}
      note="What should be there against what is. The dashed line is what the events come to, the solid one what the place has of them."
    >
      <ul className={styles.places} aria-label="Money that should be there and money that is">
        {answer.places.map((place) => (
          <PlaceRow key={place.node} place={place} answer={answer} store={store} most={most} />
        ))}
      </ul>
    </Section>
  )
}

/** The answer for the moment of the frame, which changes at most four times a second. */
function useMoney(store: string): Answer | null {
  const session = useVerbs()
  const factIndex = useSession(({ frame }) => frame?.factIndex ?? 0)
  const done = useSession(({ progress }) => progress.done)
  const branch = useSession(openBranch)
  const [answer, setAnswer] = useState<Answer | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, or more of it, makes the answer old
  useEffect(() => {
    let isLatest = true
    session.ask('money', { store, factIndex, columns: COLUMNS }).then(
      (next) => isLatest && setAnswer(next),
      () => undefined,
    )
    return () => {
      isLatest = false
    }
  }, [session, store, factIndex, done, branch])
  return answer
}

function Now() {
  return <>{momentText(useSession((state) => state.frame?.timeUs ?? 0))}</>
}

interface PlaceProps {
  place: Place
  answer: Answer
  store: string
  most: number
}

function PlaceRow({ place, answer, store, most }: PlaceProps) {
  const { node, is, should, course } = place
  const atUs = useSession((state) => state.frame?.timeUs ?? 0)
  const isStore = node === store
  const off = is - should
  const tone = off === 0 ? 'ok' : isLost(place) || off > 0 ? 'danger' : 'warning'
  return (
    <li className={styles.place}>
      <div className={styles.head}>
        <NodeLink id={node} />
        <span className={styles.figures}>
          <span className={styles.is}>{moneyText(is)}</span>
          <span className={styles.should}>
            {isStore ? 'asked for' : 'of'} {moneyText(should)}
          </span>
          <Badge tone={tone}>{differenceText(off)}</Badge>
        </span>
        <Watch node={node} />
      </div>
      <MoneyChart
        is={course.is}
        should={course.should}
        most={most}
        at={answer.endUs === 0 ? 0 : atUs / answer.endUs}
        label={`${moneyText(is)} of ${moneyText(should)}: ${differenceText(off)}`}
      />
      <Differences place={place} answer={answer} />
    </li>
  )
}

/** Whether something that is missing will not come by itself: the latest about it was a fault. */
function isLost({ differences, lastSeen }: Place): boolean {
  return differences.some(({ times }, i) => times === 0 && lastSeen[i]?.isFault === true)
}

function Differences({ place, answer }: { place: Place; answer: Answer }) {
  const [all, setAll] = useState(false)
  const { differences, differenceCount, otherwise, lastSeen } = place
  const shown = all ? differences : differences.slice(0, FIRST)
  const more = differences.length - shown.length
  const left = differenceCount - differences.length
  return (
    <>
      {shown.length > 0 && (
        <ul className={styles.differences}>
          {shown.map((difference, i) => (
            <DifferenceRow
              key={difference.message}
              difference={difference}
              answer={answer}
              seen={lastSeen[i] ?? null}
            />
          ))}
        </ul>
      )}
      {more > 0 && (
        <Button variant="ghost" size="small" onClick={() => setAll(true)}>
          {more} more
        </Button>
      )}
      {all && left > 0 && <p className={styles.why}>and {left} before</p>}
      {otherwise !== 0 && (
        <p className={styles.why}>
          {differenceText(otherwise)} because amounts are read otherwise: another version of the
          code, or what is in no row.
        </p>
      )}
    </>
  )
}

interface DifferenceProps {
  difference: Difference
  answer: Answer
  seen: Place['lastSeen'][number]
}

function DifferenceRow({ difference, answer, seen }: DifferenceProps) {
  const { message, amount, times, factIndex, madeBy } = difference
  const name = useSession(({ scenario }) => scenario.nodes.find(({ id }) => id === madeBy)?.name)
  const look = answer.looks.find(({ id }) => id === message)
  const again = name === undefined ? 'the same message came again' : `${name} made it twice`
  const counted = times === 2 ? 'Counted twice' : `Counted ${times} times`
  return (
    <li className={styles.difference}>
      <span className={styles.amount}>{differenceText(amount)}</span>
      <span className={styles.what}>
        <span className={styles.chips}>
          <MessageChip message={message} look={look} />
          {times > 0 ? (
            <MomentLink
              timeUs={answer.timesUs[factIndex] ?? 0}
              moment={{ factIndex: factIndex + 1 }}
            />
          ) : (
            seen && <MomentLink timeUs={seen.timeUs} moment={{ factIndex: seen.factIndex }} />
          )}
        </span>
        <span className={seen?.isFault ? styles.fault : styles.why}>
          {times > 0 ? `${counted}: ${again}.` : (seen?.sentence ?? 'Not there yet.')}
        </span>
      </span>
    </li>
  )
}

/** Pins the money of a place as a chart under the timeline. */
function Watch({ node }: { node: string }) {
  const session = useVerbs()
  const text = `money(${quoted(node)})`
  const isWatched = useSession((state) => state.watches.includes(text))
  return (
    <IconButton
      icon={WatchIcon}
      size="small"
      label={`Chart ${text} under the timeline`}
      pressed={isWatched}
      onClick={() =>
        isWatched ? session.conditions.unwatch(text) : session.conditions.watch(text)
      }
    />
  )
}
