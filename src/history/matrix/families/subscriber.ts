/** What is common to subscribers of all places: what reached their hands and what passed them by. */
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { MISSED, SUBSCRIBER_FACTS } from '../../../clients/subscriber/facts.ts'
import { missedWords } from '../../missedWords.ts'
import type { MatrixRules } from '../rules.ts'

export const SUBSCRIBER_MATRIX: MatrixRules = {
  [CLIENT_FACTS.received]: (tell, { part, message }) => tell.got(part, message),
  [SUBSCRIBER_FACTS.missed]: (tell, { part, message, aux }) => {
    if (aux === MISSED.unsent) tell.published(message)
    tell.missed(part, message, missedWords(aux))
  },
}
