/** What is common to subscribers of all places: what reached their hands and what passed them by; and losses on links. */
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { MISSED, SUBSCRIBER_FACTS } from '../../../clients/subscriber/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import { OP } from '../../../scenario/wiring/ops.ts'
import { missedWords } from '../../missedWords.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'

export const SUBSCRIBER_MATRIX: MatrixRules = {
  [CLIENT_FACTS.received]: (tell, { part, message }) => tell.got(part, message),
  [SUBSCRIBER_FACTS.missed]: (tell, { part, message, aux }) => {
    if (aux === MISSED.unsent) tell.published(message)
    tell.missed(part, message, missedWords(aux))
  },
  [PIPE_FACTS.lost]: (tell, fact) => {
    if (fact.aux === OP.deliver) lostOnLink(tell, fact)
  },
  [PIPE_FACTS.dropped]: lostOnLink,
}

function lostOnLink(tell: MatrixReading, { world, part, message }: MatrixFact): void {
  const { nodes, links } = world.scenario
  const link = links[(part - nodes.length) >> 1]
  if (!link) return
  const to = nodes.findIndex(({ id }) => id === link.to)
  tell.missed(to, message, 'lost on the link')
}
