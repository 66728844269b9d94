/** The state of one node at the playhead, as panels see it: new at most four times a second. */
import type { NodeState, StateOf } from '../../history/frame.ts'
import type { NodeDoc, NodeKind, NodeOf } from '../../scenario/document.ts'
import { useSession } from '../../session/react.tsx'

export interface NowProps<K extends NodeKind> {
  doc: NodeOf<K>
  state: StateOf<K>
}

/** Null while there is no frame, or one of a document in which this node was another kind. */
export function useNodeState(doc: NodeDoc): NodeState | null {
  return useSession((session) => {
    const state = session.frame?.nodes.find((node) => node.id === doc.id)
    return state?.kind === doc.kind ? state : null
  })
}

/** The time of the frame: what the states of its nodes belong to. */
export function useFrameUs(): number {
  return useSession((session) => session.frame?.timeUs ?? 0)
}
