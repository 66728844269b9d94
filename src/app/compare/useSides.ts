/**
 * The two runs of a comparison, each a session beside the page's own on the same engine: their playheads
 * follow the timeline, and what is selected in one is selected in the other where it has the same thing.
 */
import { useEffect, useRef, useState } from 'react'
import type { LiveSession } from '../../session/react.tsx'
import type { Selection } from '../../session/session.ts'
import type { Opposite, Side } from './opposite.ts'

export const HERE = 'compared here'
export const THERE = 'compared there'

export interface Sides {
  here: LiveSession
  there: LiveSession
}

/** What is done on one of the two canvases is done in its branch; where that forks, the comparison goes on with the fork. */
export function useSides(
  main: LiveSession,
  here: Side,
  there: Opposite,
  onChoose: (id: string) => void,
): Sides | null {
  const [sides, setSides] = useState<Sides | null>(null)
  const latest = useRef({ here, there, onChoose })
  latest.current = { here, there, onChoose }
  useEffect(() => {
    const { here, there } = latest.current
    const made = {
      here: main.beside(HERE, {
        ...here,
        act: (body) => main.act(body),
      }),
      there: main.beside(THERE, {
        ...there,
        act: (body) => latest.current.onChoose(main.act(body, latest.current.there.branch.id)),
      }),
    }
    setSides(made)
    return () => {
      made.here.close()
      made.there.close()
    }
  }, [main])
  useOpen(main, sides?.here, here)
  useOpen(main, sides?.there, there)
  useEffect(() => (sides ? shareSelection(main, sides) : undefined), [main, sides])
  return sides
}

/** Opens another run in a session that is there already. */
function useOpen(main: LiveSession, session: LiveSession | undefined, side: Side): void {
  const { scenario, branch } = side
  useEffect(() => {
    if (!session) return
    const state = session.store.getState()
    if (state.scenario === scenario && state.branches[0] === branch) return
    const { timeUs } = main.playhead()
    const { selection } = state
    session.open(scenario, { branches: [branch], branchId: branch.id, timeUs, selection })
  }, [main, session, scenario, branch])
}

/** The left run is the page's own, so its selection is the page's; the right one's is translated. */
function shareSelection(main: LiveSession, { here, there }: Sides): () => void {
  let asked = 0
  const translate = async (from: LiveSession, selection: Selection, other: string) => {
    if (selection?.type !== 'message') return selection
    const message = await from.ask('twin', { other, message: selection.id })
    return message === -1 ? null : { type: 'message' as const, id: message }
  }
  const show = (session: LiveSession, selection: Selection) => {
    if (!isSame(session.store.getState().selection, selection)) session.select(selection)
  }
  const fromMain = (selection: Selection) => {
    const question = ++asked
    show(here, selection)
    translate(here, selection, THERE).then(
      (twin) => {
        if (question === asked) show(there, twin)
      },
      // The run was changed meanwhile: what is selected stays.
      () => {},
    )
  }
  const fromThere = (selection: Selection) => {
    const question = ++asked
    translate(there, selection, HERE).then(
      (twin) => {
        // A message that only this run has stays selected here alone.
        if (question === asked && (twin !== null || selection === null)) show(main, twin)
      },
      () => {},
    )
  }
  const stops = [
    onSelection(main, fromMain),
    onSelection(here, (selection) => show(main, selection)),
    onSelection(there, fromThere),
  ]
  fromMain(main.store.getState().selection)
  return () => {
    for (const stop of stops) stop()
  }
}

function onSelection(session: LiveSession, listener: (selection: Selection) => void): () => void {
  return session.store.subscribe(({ selection }, before) => {
    if (!isSame(selection, before.selection)) listener(selection)
  })
}

function isSame(a: Selection, b: Selection): boolean {
  return a?.type === b?.type && a?.id === b?.id
}
