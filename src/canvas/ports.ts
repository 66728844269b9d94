/** Which kinds give and which take links. */
import { LINKS_FROM, type NodeKind } from '../scenario/document.ts'

const kinds = Object.keys(LINKS_FROM) as NodeKind[]

/** Whether a link may begin at nodes of this kind. */
export function gives(kind: NodeKind): boolean {
  return LINKS_FROM[kind].length > 0
}

/** Whether a link may end at nodes of this kind. */
export function takes(kind: NodeKind): boolean {
  return kinds.some((from) => LINKS_FROM[from].includes(kind))
}
