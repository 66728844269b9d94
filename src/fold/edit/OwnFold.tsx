/**
 * Writing the fold oneself: the program in an editor, what is wrong with it at its line, and how much of history
 * it folds. What came with a link waits until the person has agreed to run it.
 */
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useSession, useVerbs } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { EditIcon, PlayIcon } from '../../ui/icons.ts'
import type { FoldRoom, OwnFold } from '../room.ts'
import { eventsText } from '../words.ts'
import { approve } from './approval.ts'
import { Editor } from './Editor.tsx'
import styles from './OwnFold.module.css'
import { starterFor } from './starter.ts'

/** After so long without a key, what was typed is folded. */
const PAUSE_MS = 350

export function OwnFoldPanel({ room }: { room: FoldRoom }) {
  const fold = useSession((state) => state.scenario.fold)
  const own = useStore(room.store, (state) => state.own)
  if (fold === undefined) return <Begin room={room} />
  if (own.is === 'unapproved') return <Unapproved room={room} source={fold} />
  return <Written room={room} source={fold} own={own} />
}

function Begin({ room }: { room: FoldRoom }) {
  const session = useVerbs()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Whoever went back to the scenario's fold finds the way here again.
    if (document.activeElement === document.body) button.current?.focus()
  }, [])
  const summary = useStore(room.store, (state) => state.summaries[state.log])
  const begin = () => {
    const { scenario } = session.store.getState()
    const { log, storeId, streams } = room.store.getState()
    const isBeside = (id: string) =>
      scenario.links.some(({ from, to }) => from === storeId && to === id)
    const views = scenario.nodes.flatMap((node) =>
      log === 'run' && node.kind === 'projection' && isBeside(node.id)
        ? [{ name: node.name, view: node.view }]
        : [],
    )
    const stream = summary?.streams.find(({ name }) => name === streams[log]) ?? summary?.streams[0]
    const { types = [] } = summary ?? {}
    const source = starterFor({ domain: stream?.domain ?? 'account', types }, views)
    approve(source)
    session.edit({ edit: 'changeScenario', changes: { fold: source } })
  }
  return (
    <div className={styles.begin}>
      <p className={styles.text}>
        Events stay as they are. What they add up to is decided by the fold: write your own, and all
        of history is folded again at once, beside the run, whose messages stay as they were.
      </p>
      <Button ref={button} variant="solid" icon={EditIcon} onClick={begin}>
        Write the fold yourself
      </Button>
    </div>
  )
}

function Unapproved({ room, source }: { room: FoldRoom; source: string }) {
  return (
    <div className={styles.begin}>
      <p className={styles.text}>
        This scenario carries a program that somebody wrote. It would run in a sandbox that reaches
        neither this page nor the network. Read it, then run it if you like.
      </p>
      <CodeBlock
        label="Program that came with the scenario"
        language="typescript"
        code={source.trimEnd()}
      />
      <Button icon={PlayIcon} onClick={() => room.approveOwn()}>
        Run this program
      </Button>
    </div>
  )
}

function Written({ room, source, own }: { room: FoldRoom; source: string; own: OwnFold }) {
  const isFolding = useStore(room.store, (state) => state.isFolding)
  const session = useVerbs()
  const { text, type, refused } = useTyping(source)
  const problem = own.is === 'bad' ? own : null
  const remove = () => session.edit({ edit: 'changeScenario', changes: { fold: undefined } })
  const isEmpty = text.trim() === ''
  return (
    <div className={styles.written}>
      <div className={styles.field}>
        <Editor
          label="Your fold, in JavaScript"
          language="javascript"
          text={text}
          onChange={type}
          problem={problem}
        />
      </div>
      <div className={styles.below}>
        <p role="status" className={styles.text}>
          {isEmpty ? 'The fold of the scenario is in force.' : statusText(own, isFolding)}
        </p>
        <Button size="small" onClick={remove}>
          Back to the scenario’s fold
        </Button>
      </div>
      {refused !== null && <ErrorSentence>{refused}</ErrorSentence>}
      {problem && (
        <ErrorSentence>
          {problem.line === null ? problem.sentence : `Line ${problem.line}: ${problem.sentence}`}
          {problem.position >= 0 && ` It stands at event ${problem.position}.`}
          {problem.hasGood
            ? ' The last good version stays in force.'
            : ' The scenario’s fold stays in force.'}
        </ErrorSentence>
      )}
      <p className={styles.hint}>
        The run’s own messages stay as they were: what your program folds and decides stands beside
        them.
      </p>
      <p className={styles.hint}>
        Tab indents; Escape and then Tab leaves the editor. An event has type, data, stream,
        version, position and time (seconds). The program has no clock, no dice, no network and no
        page; what it takes too long or too much for ends with a sentence.
      </p>
    </div>
  )
}

function statusText(own: OwnFold, isFolding: boolean): string {
  if (isFolding) return 'Folding …'
  switch (own.is) {
    case 'good': {
      const { folded, projections } = own
      const tables =
        projections.length === 0 ? '' : `, with ${projections.join(', ')} filled from the first on`
      return `Your fold is in force: ${eventsText(folded)} folded${tables}.`
    }
    case 'bad':
      return 'Your fold does not run yet.'
    default:
      return 'Folding …'
  }
}

/** What is typed becomes part of the scenario after a pause; what undo brings back comes into the editor. */
function useTyping(source: string) {
  const session = useVerbs()
  const [text, setText] = useState(source)
  const [refused, setRefused] = useState<string | null>(null)
  const told = useRef(source)
  const pending = useRef<{ typed: string; timer: ReturnType<typeof setTimeout> } | null>(null)
  useEffect(() => {
    if (source === told.current) return
    told.current = source
    setText(source)
  }, [source])
  const [commit] = useState(() => () => {
    if (!pending.current) return
    const { typed, timer } = pending.current
    clearTimeout(timer)
    pending.current = null
    if (typed === told.current) return
    approve(typed)
    try {
      // A scenario carries no empty program; a space is one that folds nothing.
      const fold = typed === '' ? ' ' : typed
      session.edit({ edit: 'changeScenario', changes: { fold } })
      told.current = fold
      setRefused(null)
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    }
  })
  // Whoever leaves the editor within the pause has written all the same.
  useEffect(() => commit, [commit])
  const type = (typed: string) => {
    setText(typed)
    if (pending.current) clearTimeout(pending.current.timer)
    pending.current = { typed, timer: setTimeout(commit, PAUSE_MS) }
  }
  return { text, type, refused }
}
