/**
 * What is inside the selected node, message or link at the playhead. Two worlds, kept apart: "Now" is this
 * moment and what can be done in it, "Design" is the document. The app loads this file when it is needed.
 */
import { useEffect, useRef, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Selection } from '../session/session.ts'
import styles from './Inspector.module.css'
import { LinkInspector } from './LinkInspector.tsx'
import { MessageInspector } from './MessageInspector.tsx'
import { NodeInspector } from './NodeInspector.tsx'
import { ScenarioInspector } from './ScenarioInspector.tsx'

export default function Inspector() {
  const box = useRef<HTMLDivElement>(null)
  useFocusKept(box)
  return (
    // Without a stop of its own: it only takes over the focus of a button that is gone.
    <div ref={box} tabIndex={-1} className={styles.inspector}>
      <Selected />
    </div>
  )
}

/** A selection that the document no longer has (after an undo, say) is as good as none. */
function Selected() {
  const selection = useSession((state) => state.selection)
  const before = usePlaceBefore(selection)
  const node = useSession((state) =>
    selection?.type === 'node'
      ? state.scenario.nodes.find(({ id }) => id === selection.id)
      : undefined,
  )
  const link = useSession((state) =>
    selection?.type === 'link'
      ? state.scenario.links.find(({ id }) => id === selection.id)
      : undefined,
  )
  // Keyed, so that drafts in fields never wander from one subject to the next.
  if (node) return <NodeInspector key={node.id} doc={node} />
  if (link) return <LinkInspector key={link.id} doc={link} />
  if (selection?.type === 'message') {
    return <MessageInspector key={selection.id} message={selection.id} from={before} />
  }
  return <ScenarioInspector />
}

/** The node or link that was looked at last: the way back from a message. */
function usePlaceBefore(selection: Selection): Selection {
  const [place, setPlace] = useState<Selection>(null)
  if (selection?.type !== 'message' && selection !== place) setPlace(selection)
  return place
}

/** When a choice inside takes the button away that was pressed, the focus stays in the inspector. */
function useFocusKept(box: { current: HTMLDivElement | null }): void {
  const session = useVerbs()
  const selection = useSession((state) => state.selection)
  const inside = useRef(false)
  useEffect(
    () =>
      session.store.subscribe((state, before) => {
        if (state.selection === before.selection) return
        inside.current = box.current?.contains(document.activeElement) ?? false
      }),
    [session, box],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection is what takes buttons away
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) {
      box.current?.focus({ preventScroll: true })
    }
    inside.current = false
  }, [selection, box])
}
