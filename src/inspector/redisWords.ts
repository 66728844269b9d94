/** What the choices of Redis streams are called, and what they mean. */
import type { RedisConsumerSettings } from '../clients/redisConsumer/settings.ts'
import type { Words } from './settingWords.ts'

export const REDIS_ACK_WORDS: Words<RedisConsumerSettings['ack']> = {
  after: {
    name: 'after the work',
    meaning: 'After a crash the entry is still pending under its name: at least once.',
  },
  before: {
    name: 'before the work',
    meaning: 'A crash during the work loses the entry: at most once.',
  },
  noack: {
    name: 'never (NOACK)',
    meaning:
      'The server forgets an entry as it is sent, and nothing is ever pending: at most once.',
  },
}

/** The sentence about a text that is no place in a stream. */
export function entryIdProblem(text: string): string | undefined {
  return /^(\$|\d{1,15}(-\d{1,15})?)$/.test(text)
    ? undefined
    : 'Enter $, 0 or an id such as 1500-0.'
}
