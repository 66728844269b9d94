/**
 * Topic patterns: words between dots, `*` for exactly one word, `#` for any number of words, none
 * included (AMQP 0-9-1, 3.1.3.3; rabbitmq.com/tutorials/tutorial-five-python). An empty key has no word; an
 * empty word between or beside dots is a word like any other.
 */

export function matchesTopic(pattern: string, key: string): boolean {
  return matchesWords(wordsOf(pattern), wordsOf(key))
}

function wordsOf(key: string): string[] {
  return key === '' ? [] : key.split('.')
}

/**
 * Matches from left to right; at each `#` it remembers where it stood, and comes back there with one word
 * more in the `#` when it gets stuck. Only the last `#` needs to be remembered.
 */
function matchesWords(pattern: readonly string[], words: readonly string[]): boolean {
  let p = 0
  let w = 0
  let hashAt = -1
  let hashWords = 0
  while (w < words.length) {
    if (p < pattern.length && pattern[p] === '#') {
      hashAt = p++
      hashWords = w
    } else if (p < pattern.length && (pattern[p] === '*' || pattern[p] === words[w])) {
      p++
      w++
    } else if (hashAt !== -1) {
      p = hashAt + 1
      w = ++hashWords
    } else return false
  }
  while (p < pattern.length && pattern[p] === '#') p++
  return p === pattern.length
}
