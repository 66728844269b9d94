/** The toolbars of nodes and links: what can be done with the one that the person is at. Loaded after the drawing. */
import { useSession } from '../session/react.tsx'
import { useMediaQuery } from '../ui/mediaQuery.ts'
import { LinkTools } from './LinkTools.tsx'
import { NodeTools } from './NodeTools.tsx'
import { NO_NOTES, notesOf } from './notes.ts'
import type { Attention } from './useAttention.ts'

export default function Tools(props: { attention: Attention; readOnly: boolean; docked: boolean }) {
  const { attention, readOnly, docked } = props
  const selection = useSession((state) => state.selection)
  const scenario = useSession((state) => state.scenario)
  // With a pointer the toolbar goes when the pointer goes: it would lie over the neighbours.
  const fingers = useMediaQuery('(hover: none)')
  const selected = (fingers || docked) && selection?.type === 'node' ? selection.id : null
  // A finger points at nothing: what a browser calls so is what lies under a menu that was just closed.
  const pointed = fingers ? null : attention.pointed
  const at = pointed ?? attention.focused ?? selected
  const node = scenario.nodes.find(({ id }) => id === at)
  const byKeys = attention.linksOf !== null
  if (attention.dragging) return null
  if (node && !(byKeys && selection?.type === 'link')) {
    return (
      <NodeTools
        key={node.id}
        node={node}
        notes={notesOf(scenario).get(node.id) ?? NO_NOTES}
        readOnly={readOnly}
        docked={docked}
        onPointerEnter={attention.hold}
        onPointerLeave={() => attention.point(null)}
      />
    )
  }
  if (selection?.type !== 'link') return null
  return <LinkTools id={selection.id} {...{ readOnly, docked, byKeys }} />
}
