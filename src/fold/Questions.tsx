/** Questions about the log: what the state was at a time, and when a value was so. Each answer is a place to be at. */
import { useId, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { readTime } from '../base/clockText.ts'
import { usFromMs } from '../base/time.ts'
import { readTimeOfDay, timeOfDayText } from '../base/timeOfDay.ts'
import type { Comparison, LoggedEvent } from '../session/folds.ts'
import { nameOf } from '../session/names.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { StopIcon } from '../ui/icons.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Select } from '../ui/Select.tsx'
import { TextField } from '../ui/TextField.tsx'
import styles from './FoldView.module.css'
import { knowersOf, knowersText } from './knowers.ts'
import {
  COMPARISONS,
  conditionText,
  type NamedNumber,
  numbersOfState,
  numbersOfTables,
} from './numbers.ts'
import { readDay } from './readDay.ts'
import type { FoldRoom } from './room.ts'
import { leavesOf, pathText, valueText } from './state.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { eventsText, timeText } from './words.ts'

export function Questions({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const numbers = useNumbers(room, place)
  return (
    <section className={styles.block} aria-label="Questions">
      <h3 className={styles.heading}>Questions</h3>
      <AtTime room={room} place={place} numbers={numbers} />
      {numbers.length > 0 && <WhereValue room={room} place={place} numbers={numbers} />}
      <WhoKnew room={room} place={place} />
    </section>
  )
}

interface QuestionProps {
  room: FoldRoom
  place: FoldPlace
  numbers: readonly NamedNumber[]
}

/** "What was the balance at 14:03?" */
function AtTime({ room, place, numbers }: QuestionProps) {
  const { log, stream } = place
  const session = useVerbs()
  const summary = useStore(room.store, (state) => state.summaries[state.log])
  const endUs = useSession((state) => usFromMs(state.scenario.durationMs))
  const [said, setSaid] = useState('')
  const [only, another] = numbers.filter(({ place: at }) => 'stream' in at)
  const beginsAt = useSession((state) => state.scenario.beginsAt)
  const read = (text: string) =>
    log === 'file'
      ? readDay(text, summary?.fromUs ?? 0)
      : (readTimeOfDay(text, beginsAt, endUs) ?? readTime(text, endUs))
  const go = async (text: string) => {
    const { timeUs } = read(text)
    if (timeUs === undefined) return
    const { count, version } = await room.ask('countAt', { log, stream, timeUs })
    if (log === 'file') room.store.setState({ fileVersion: version + 1 })
    else session.seek({ atUs: timeUs })
    const state = await room.ask('state', { log, stream, count })
    const last = version < 0 ? null : await room.ask('event', { log, stream, version })
    room.light(last ? [last.position] : [])
    const time = timeText(log, timeUs)
    const day = log === 'file' || beginsAt === undefined ? '' : timeOfDayText(timeUs, beginsAt)
    setSaid(atText(day === '' ? time : `${day} (${time} of the run)`, version + 1, state, last))
  }
  return (
    <div className={styles.question}>
      <TextField
        label={`What was the ${only?.name === 'balance' && !another ? 'balance' : 'state'} at`}
        value=""
        placeholder={log === 'file' || beginsAt !== undefined ? '14:03' : '0:08'}
        validate={(text) => (text.trim() === '' ? undefined : read(text).problem)}
        onCommit={(text) => void go(text)}
      />
      <p role="status" className={styles.answer}>
        {said}
      </p>
    </div>
  )
}

/** `At 00:08.000, after 2 events: balance 100. The last of them is Deposited, of 00:07.100.` */
function atText(time: string, events: number, state: string, last: LoggedEvent | null): string {
  if (last === null) return `At ${time} there was no event yet.`
  const values = leavesOf(JSON.parse(state)).slice(0, 6)
  const words = values.map(({ path, value }) => `${pathText(path)} ${valueText(value)}`.trim())
  return `At ${time}, after ${eventsText(events)}: ${words.join(', ')}. The last of them is ${last.type}, event ${last.version}.`
}

const WAYS = [
  ['first', 'First'],
  ['previous', 'Previous'],
  ['next', 'Next'],
  ['last', 'Last'],
] as const

/** "Which event made it negative?" */
function WhereValue({ room, place, numbers }: QuestionProps) {
  const { log, folded, count, total } = place
  const legend = useId()
  const [name, setName] = useState('balance')
  const [comparison, setComparison] = useState<Comparison>('<')
  const [value, setValue] = useState(0)
  const [said, setSaid] = useState('')
  const number = numbers.find((each) => each.name === name) ?? numbers[0]
  if (!number) return null
  const find = async (which: (typeof WAYS)[number][0]) => {
    const ask = { ...number.place, log, comparison, value, from: count ?? 0, which }
    const found = await room.ask('find', ask)
    const question = `${number.name} ${comparison} ${value}`
    if (!found) {
      const where = which === 'next' ? ' after this' : which === 'previous' ? ' before this' : ''
      room.light([])
      setSaid(`No event${where} makes ${question} true, of ${eventsText(total)}.`)
      return
    }
    const event = await room.ask('eventAt', { log, position: found.position })
    if (!event) return
    room.goTo(log, event)
    room.light([found.position])
    const [was, is] = [valueText(found.before), valueText(found.after)]
    setSaid(
      `Event ${event.version}, ${event.type}, makes ${question} true, at ${timeText(log, event.timeUs)}: ${was} → ${is}.`,
    )
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
          value={number.name}
          options={numbers.map((each) => ({ value: each.name, label: each.name }))}
          onChange={setName}
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
        {log === 'run' && (
          <StopThere condition={conditionOf(room, { number, comparison, value })} />
        )}
      </div>
      <p role="status" className={styles.answer}>
        {said}
      </p>
      {folded === 0 && <p className={styles.hint}>Nothing is folded yet at this moment.</p>}
    </fieldset>
  )
}

/** The engine knows balances by itself, as long as they are folded with the scenario's fold. */
function conditionOf(
  room: FoldRoom,
  { number, comparison, value }: { number: NamedNumber; comparison: Comparison; value: number },
): string {
  const { own, summaries } = room.store.getState()
  const isAlone = summaries.run?.streams.length === 1
  if (number.name === 'balance' && own.is === 'none' && isAlone) {
    return `balance ${comparison} ${value}`
  }
  return conditionText(number, comparison, value)
}

/** "Who knew what when?" is asked of an event: the one that is looked at, else the last that is folded. */
function WhoKnew({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, events, folded } = place
  const picked = useStore(room.store, (state) => state.picked)
  const turn = useStore(room.store, (state) => state.turn)
  const scenario = useSession((state) => state.scenario)
  const storeId = useStore(room.store, (state) => state.storeId)
  const [asked, setAsked] = useState<number | null>(null)
  const position = (picked === null ? events[folded - 1]?.position : picked) ?? -1
  const event = log === 'run' && turn >= 0 ? room.events[position] : undefined
  if (!event) return null
  const ask = () => {
    room.store.setState({ picked: position })
    room.light([position])
    setAsked(position)
  }
  const said = () =>
    knowersText(event, knowersOf(room, event, storeId), (node) => nameOf(scenario, node))
  return (
    <div className={styles.question}>
      <h4 className={styles.legend}>Who knew what when</h4>
      <div className={styles.buttons}>
        <Button size="small" onClick={ask}>
          {`Who knew of ${event.type}, event ${event.version}?`}
        </Button>
      </div>
      <p role="status" className={styles.answer}>
        {asked === position ? said() : ''}
      </p>
    </div>
  )
}

/** Makes the question the run's condition: it is marked on the timeline, and playing stops there. */
function StopThere({ condition }: { condition: string }) {
  const session = useVerbs()
  const stops = useSession((state) => state.stopping && state.condition === condition)
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

/** The numbers that can be asked about: of the stream's last state, and of the last tables of a person's own. */
function useNumbers(room: FoldRoom, { log, stream, total }: FoldPlace): readonly NamedNumber[] {
  const events = useStore(room.store, (state) => state.summaries[state.log]?.events ?? 0)
  const hasOwn = useStore(room.store, ({ own }) => own.is === 'good')
  const last = useFolded(room, 'event', { log, stream, version: total - 1 }, total > 0)
  const count = (last.answer?.position ?? -1) + 1
  const state = useFolded(room, 'state', { log, stream, count }, count > 0)
  const tables = useFolded(room, 'tables', { log, count: events }, hasOwn && events > 0)
  return useMemo(() => {
    const ofState = state.answer === null ? [] : numbersOfState(stream, state.answer)
    return [...ofState, ...(hasOwn ? numbersOfTables(tables.answer ?? []) : [])]
  }, [state.answer, tables.answer, stream, hasOwn])
}
