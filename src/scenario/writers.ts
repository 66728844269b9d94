/** Who writes to an event store, and whose decider each of its streams is therefore folded with. */
import type { Domain } from '../clients/commandHandler/decider.ts'
import { DOMAINS } from '../clients/commandHandler/domains.ts'
import { States } from '../clients/commandHandler/states.ts'
import type { CommandHandlerDoc, Scenario } from './document.ts'

export type Writer = Pick<CommandHandlerDoc, 'domain' | 'stream' | 'foldVersion'>

/** The command handlers that are linked to a store. */
export function writersOf({ nodes, links }: Scenario, store: string): Writer[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'commandHandler') return []
    if (!links.some(({ from, to }) => from === node.id && to === store)) return []
    const { domain, stream, foldVersion } = node
    return [{ domain, stream, ...(foldVersion === undefined ? {} : { foldVersion }) }]
  })
}

/** The decider of a stream: of the handler that names it, else of the first of its kind. */
export function deciderOf(writers: readonly Writer[], stream: string): Domain {
  for (const writer of writers) {
    const domain = States.domain(writer)
    if (writer.stream === stream || stream.startsWith(domain.prefix)) return domain
  }
  return domainByName(stream) ?? DOMAINS.account
}

/** The domain whose streams are called so, if there is one. */
export function domainByName(stream: string): Domain | undefined {
  return Object.values(DOMAINS).find(({ prefix }) => stream.startsWith(prefix))
}
