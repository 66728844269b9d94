/** Changing one node of the document from a field. */
import type { NodeKind, NodeOf } from '../../scenario/document.ts'
import { useEdit } from '../editing.ts'

/** Some parameters of a kind; `undefined` takes an optional one away. */
export type Changes<K extends NodeKind> = {
  [P in keyof Omit<NodeOf<K>, 'id' | 'kind'>]?: NodeOf<K>[P] | undefined
}

export interface DesignProps<K extends NodeKind> {
  doc: NodeOf<K>
}

/** Changes this node's parameters in the document, undoably. */
export function useChange<K extends NodeKind>(doc: NodeOf<K>): (changes: Changes<K>) => void {
  const edit = useEdit()
  return (changes) => edit({ edit: 'changeNode', id: doc.id, changes })
}
