/**
 * The one polite live region of the timeline: where a pause or a seek ended, the sentence of the fact that a step landed
 * on, the branch that was switched to.
 */
import { useEffect, useState } from 'react'
import { type LiveSession, useVerbs } from '../session/react.tsx'
import type { SessionState } from '../session/session.ts'
import { pauseText } from './momentText.ts'
import { narrate, pageClock, type Topic } from './narration.ts'
import { branchOf } from './useRun.ts'

export function Announcer() {
  const verbs = useVerbs()
  const [text, setText] = useState('')
  useEffect(() => {
    const say = async (topics: readonly Topic[]) => {
      const words = await wordsFor(verbs, topics)
      // The same words again are news as well; a live region is silent unless its text changes.
      setText((before) => (before === words ? `${words}\u00a0` : words))
    }
    const narration = narrate((topics) => void say(topics), pageClock)
    const stop = verbs.store.subscribe((state, before) => {
      const sameDocument = state.scenario === before.scenario
      if (sameDocument && state.branchId !== before.branchId) narration.tell('branch')
      if (state.playing) narration.hush('moment')
      else if (hasMoved(state, before)) narration.tell('moment')
    })
    return () => {
      stop()
      narration.stop()
    }
  }, [verbs])
  return (
    <div role="status" className="visually-hidden">
      {text}
    </div>
  )
}

/** The first frame of a run is where it begins, not a move. */
function hasMoved(state: SessionState, before: SessionState): boolean {
  if (before.frame === null) return false
  return (
    state.factIndex !== before.factIndex ||
    state.timeUs !== before.timeUs ||
    state.playing !== before.playing
  )
}

async function wordsFor(verbs: LiveSession, topics: readonly Topic[]): Promise<string> {
  const state = verbs.store.getState()
  const words: string[] = []
  if (topics.includes('branch')) words.push(`Now on branch ${branchOf(state)?.name}.`)
  if (topics.includes('moment')) words.push((await sentenceAt(verbs, state)) ?? pauseText(state))
  return words.join(' ')
}

/** The sentence of the fact that the playhead stands exactly on, as after a step. */
async function sentenceAt(verbs: LiveSession, { factIndex, timeUs }: SessionState) {
  const filter = { everything: true }
  const [line] = await verbs.ask('facts', { from: factIndex, limit: -1, filter }).catch(() => [])
  return line?.index === factIndex - 1 && line.timeUs === timeUs ? line.sentence : null
}
