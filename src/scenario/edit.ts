/** Edits of the scenario document: pure functions from one document to the next. */
import type { LinkDoc, NodeDoc, Position, Scenario } from './document.ts'

export type Edit =
  | { edit: 'addNode'; node: NodeDoc }
  | { edit: 'removeNode'; id: string }
  | { edit: 'changeNode'; id: string; changes: Record<string, unknown> }
  | { edit: 'moveNodes'; moves: { id: string; position: Position }[] }
  | { edit: 'addLink'; link: LinkDoc }
  | { edit: 'removeLink'; id: string }
  | { edit: 'changeLink'; id: string; changes: Partial<LinkDoc> }
  | { edit: 'changeScenario'; changes: Partial<Pick<Scenario, 'title' | 'about' | 'seed' | 'durationMs'>> }
  | { edit: 'replace'; scenario: Scenario }
