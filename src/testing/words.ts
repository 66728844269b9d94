/** Every short word over an alphabet, for tests that leave nothing out. */

export function wordsUpTo(alphabet: readonly string[], length: number): string[] {
  const words = ['']
  for (let from = 0, n = 0; n < length; n++) {
    const end = words.length
    for (; from < end; from++) for (const letter of alphabet) words.push(`${words[from]}${letter}`)
  }
  return words
}
