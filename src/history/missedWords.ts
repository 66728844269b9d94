/** Why a message passed a subscriber by, in a word or two, the same wherever it is said. */
import { MISSED } from '../clients/subscriber/facts.ts'

const WORDS: Readonly<Record<number, string>> = {
  [MISSED.notJoined]: 'not joined yet',
  [MISSED.offline]: 'offline',
  [MISSED.crashed]: 'crashed',
  [MISSED.connecting]: 'still connecting',
  [MISSED.slow]: 'slow consumer',
  [MISSED.lost]: 'lost on the link',
  [MISSED.unsent]: 'lost before the server',
}

export function missedWords(why: number): string {
  return WORDS[why] ?? 'not there'
}
