/** Questions about the log: what the state was at a time, and when a value was so. Each answer is a place to be at. */
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { readTime } from '../base/clockText.ts'
import { usFromMs } from '../base/time.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { StopIcon } from '../ui/icons.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Select } from '../ui/Select.tsx'
import { TextField } from '../ui/TextField.tsx'
import styles from './FoldView.module.css'
import { readDay } from './readDay.ts'
import type { FoldRoom } from './room.ts'
import { leavesOf, pathText, valueText } from './state.ts'
import { type FoldPlace, useFolded, useGoTo } from './usePlace.ts'
import { eventsText, timeText } from './words.ts'

export function Questions({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  return (
    <section className={styles.block} aria-label="Questions">
      <h3 className={styles.heading}>Questions</h3>
      <AtTime room={room} place={place} />
      <WhereValue room={room} place={place} />
    </section>
  )
}

/** "What was the balance at 14:03?" */
function AtTime({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, stream } = place
  const session = useVerbs()
  const summary = useStore(room.store, (state) => state.summaries[state.log])
  const endUs = useSession((state) => usFromMs(state.scenario.durationMs))
  const [said, setSaid] = useState('')
  const read = (text: string) =>
    log === 'run' ? readTime(text, endUs) : readDay(text, summary?.fromUs ?? 0)
  const go = async (text: string) => {
    const { timeUs } = read(text)
    if (timeUs === undefined) return
    const { count, version } = await room.ask('countAt', { log, stream, timeUs })
    if (log === 'file') room.store.setState({ fileVersion: version + 1 })
    else session.seek({ atUs: timeUs })
    const state = await room.ask('state', { log, stream, count })
    const values = leavesOf(JSON.parse(state))
    const text2 = values.map(({ path, value }) => `${pathText(path)} ${valueText(value)}`.trim())
    setSaid(
      `At ${timeText(log, timeUs)}, after ${eventsText(version + 1)}: ${text2.slice(0, 6).join(', ')}.`,
    )
  }
  return (
    <div>
      <TextField
        label="What was the state at"
        value=""
        placeholder={log === 'run' ? '0:08' : '14:03'}
        validate={(text) => (text.trim() === '' ? undefined : read(text).problem)}
        onCommit={(text) => void go(text)}
      />
      <p role="status" className={styles.answer}>
        {said}
      </p>
    </div>
  )
}

const COMPARISONS = ['<', '<=', '>', '>=', '=', '!='] as const
const WAYS = [
  ['first', 'First'],
  ['previous', 'Previous'],
  ['next', 'Next'],
  ['last', 'Last'],
] as const

/** "Which event made it negative?" */
function WhereValue({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, stream, folded, count, total } = place
  const legend = useId()
  const goTo = useGoTo(room, place)
  const paths = useNumbers(room, place)
  const [path, setPath] = useState('balance')
  const [comparison, setComparison] = useState<(typeof COMPARISONS)[number]>('<')
  const [value, setValue] = useState(0)
  const [said, setSaid] = useState('')
  const chosen = paths.includes(path) ? path : (paths[0] ?? '')
  if (chosen === '') return null
  const find = async (which: (typeof WAYS)[number][0]) => {
    const steps = chosen.split('.')
    const ask = { log, stream, path: steps, comparison, value, from: count ?? 0, which }
    const found = await room.ask('find', ask)
    const question = `${chosen} ${comparison} ${value}`
    if (!found) {
      const where = which === 'next' ? ' after this' : which === 'previous' ? ' before this' : ''
      setSaid(`No event${where} makes ${question} true, of ${eventsText(total)}.`)
      return
    }
    goTo(found.version + 1)
    room.store.setState({ picked: found.position })
    const event = await room.ask('event', { log, stream, version: found.version })
    setSaid(`Event ${found.version}, ${event?.type ?? ''}, makes ${question} true.`)
  }
  return (
    <fieldset className={styles.question} aria-labelledby={legend}>
      <legend id={legend} className={styles.legend}>
        Which event makes it so
      </legend>
      <div className={styles.condition}>
        <Select
          hideLabel
          label="Value"
          value={chosen}
          options={paths.map((each) => ({ value: each, label: each }))}
          onChange={setPath}
        />
        <Select
          hideLabel
          label="Comparison"
          value={comparison}
          options={COMPARISONS.map((each) => ({ value: each, label: each }))}
          onChange={setComparison}
        />
        <NumberField hideLabel label="Number" value={value} onCommit={setValue} />
      </div>
      <div className={styles.buttons}>
        {WAYS.map(([which, label]) => (
          <Button key={which} size="small" onClick={() => void find(which)}>
            {label}
          </Button>
        ))}
        <StopThere
          condition={`${chosen} ${comparison} ${value}`}
          isOffered={log === 'run' && chosen === 'balance'}
        />
      </div>
      <p role="status" className={styles.answer}>
        {said}
      </p>
      {folded === 0 && <p className={styles.hint}>Nothing is folded yet at this moment.</p>}
    </fieldset>
  )
}

/** Makes the question the run's condition: it is marked on the timeline, and playing stops there. */
function StopThere({ condition, isOffered }: { condition: string; isOffered: boolean }) {
  const session = useVerbs()
  const stops = useSession((state) => state.stopping && state.condition === condition)
  if (!isOffered) return null
  const toggle = () => {
    if (!stops) session.conditions.ask(condition)
    session.conditions.stopWhenTrue(!stops)
  }
  return (
    <Button size="small" icon={StopIcon} pressed={stops} onClick={toggle}>
      Stop the run there
    </Button>
  )
}

/** The numbers of the stream's last state: what can be compared. */
function useNumbers(room: FoldRoom, { log, stream, total }: FoldPlace): string[] {
  const last = useFolded(room, 'event', { log, stream, version: total - 1 }, total > 0)
  const count = (last.answer?.position ?? -1) + 1
  const { answer } = useFolded(room, 'state', { log, stream, count }, count > 0)
  if (answer === null) return []
  return leavesOf(JSON.parse(answer)).flatMap(({ path, value }) =>
    typeof value === 'number' && path.length > 0 ? [pathText(path)] : [],
  )
}
