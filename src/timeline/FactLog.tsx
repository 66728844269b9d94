/**
 * The fact log: one plain sentence a fact, in step with the playhead. Choosing a line goes to its moment; what is still to
 * come is quieter than what has happened.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { nameOf } from '../session/names.ts'
import { useSession } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import styles from './FactLog.module.css'
import { FactRow } from './FactRow.tsx'
import { filterOf, type LogChoice, wholeLog } from './factGroups.ts'
import { currentPosition } from './factWindow.ts'
import { LogFilter } from './LogFilter.tsx'
import { rove } from './roving.ts'
import { factCountOf, useCalm } from './useCalm.ts'
import { type LogPart, useFactWindow } from './useFactWindow.ts'
import { useLogScroll } from './useLogScroll.ts'

export function FactLog() {
  const [choice, setChoice] = useState(wholeLog)
  const [following, setFollowing] = useState(true)
  const filter = useSettledFilter(choice)
  const part = useFactWindow(filter, following)
  const factCount = useCalm(factCountOf)
  const { lines, from, to } = part.window
  const searchedAll = part.ready && !part.problem && from === 0 && to >= factCount
  return (
    <section className={styles.log} aria-label="Fact log">
      <LogFilter
        choice={choice}
        onChange={setChoice}
        following={following}
        onFollow={setFollowing}
      />
      {part.problem && <ErrorSentence>{part.problem}</ErrorSentence>}
      {searchedAll && lines.length === 0 ? (
        <NothingFound choice={choice} onClear={() => setChoice(wholeLog)} />
      ) : (
        <Lines part={part} following={following} onLeave={() => setFollowing(false)} />
      )}
    </section>
  )
}

type LinesProps = { part: LogPart; following: boolean; onLeave: () => void }

function Lines({ part, following, onLeave }: LinesProps) {
  const { lines } = part.window
  const scenario = useSession((state) => state.scenario)
  const factIndex = useSession((state) => state.factIndex)
  const pointedAt = useSession((state) => state.pointedAt)
  const factCount = useCalm(factCountOf)
  const [focused, setFocused] = useState(-1)
  const list = useRef<HTMLOListElement>(null)
  const current = currentPosition(lines, factIndex)
  const currentIndex = lines[current]?.index ?? -1
  const { onScroll, checkEdges } = useLogScroll(list, part, following ? currentIndex : null)
  const tabStop = lines.some((line) => line.index === focused)
    ? focused
    : lines[Math.max(0, current)]?.index
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that has grown may have lines beyond the edge
  useEffect(checkEdges, [factCount])
  return (
    <ol
      ref={list}
      className={styles.lines}
      aria-label="Facts"
      aria-busy={!part.ready}
      data-own-keys
      onScroll={onScroll}
      onWheel={onLeave}
      onTouchMove={onLeave}
      onPointerDown={(event) => event.target === list.current && onLeave()}
      onKeyDown={(event) => {
        rove(event, 'vertical')
        if (event.defaultPrevented) onLeave()
      }}
    >
      {lines.map((line, position) => (
        <FactRow
          key={line.index}
          line={line}
          name={line.node === '' ? '' : nameOf(scenario, line.node)}
          when={position === current ? 'now' : position < current ? 'past' : 'future'}
          pointed={pointedAt.includes(line.index)}
          tabIndex={line.index === tabStop ? 0 : -1}
          onFocus={setFocused}
        />
      ))}
    </ol>
  )
}

function NothingFound({ choice, onClear }: { choice: LogChoice; onClear: () => void }) {
  if (choice === wholeLog) {
    return (
      <EmptyState title="Nothing has happened yet">Play, and each fact is told here.</EmptyState>
    )
  }
  return (
    <EmptyState
      title="No fact matches"
      action={
        <Button size="small" onClick={onClear}>
          Show all facts
        </Button>
      }
    >
      Nothing of this kind has happened in this run so far.
    </EmptyState>
  )
}

const settleMs = 200

/** The filter that a choice means, once typing has paused: each one is a search through the whole run. */
function useSettledFilter(choice: LogChoice) {
  const [text, setText] = useState(choice.text)
  useEffect(() => {
    const timer = setTimeout(() => setText(choice.text), choice.text === '' ? 0 : settleMs)
    return () => clearTimeout(timer)
  }, [choice.text])
  const { node, group } = choice
  return useMemo(() => filterOf({ text, node, group }), [text, node, group])
}
