/**
 * What is inside the selected node, message or link at the playhead. Two worlds, kept apart: "Now" is this
 * moment and what can be done in it, "Design" is the document. The app loads this file when it is needed.
 */
import { useSession } from '../session/react.tsx'
import styles from './Inspector.module.css'
import { LinkInspector } from './LinkInspector.tsx'
import { MessageInspector } from './MessageInspector.tsx'
import { NodeInspector } from './NodeInspector.tsx'
import { ScenarioInspector } from './ScenarioInspector.tsx'

export default function Inspector() {
  return (
    <div className={styles.inspector}>
      <Selected />
    </div>
  )
}

/** A selection that the document no longer has (after an undo, say) is as good as none. */
function Selected() {
  const selection = useSession((state) => state.selection)
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
    return <MessageInspector key={selection.id} message={selection.id} />
  }
  return <ScenarioInspector />
}
