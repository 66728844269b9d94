/** Lists of texts that a person types one a line. */

export type LinesReading =
  | { lines: string[]; problem?: undefined }
  | { lines?: undefined; problem: string }

export function linesText(lines: readonly string[]): string {
  return lines.join('\n')
}

/** At least one line; empty lines at the end are not meant. */
export function readLines(text: string, most: number, chars: number): LinesReading {
  const lines = text.replace(/\s+$/, '').split(/\r?\n/)
  if (lines.length === 1 && lines[0] === '') return { problem: 'Enter at least one line.' }
  if (lines.length > most)
    return { problem: `Enter at most ${most} lines; there are ${lines.length}.` }
  const long = lines.findIndex((line) => line.length > chars)
  if (long >= 0) return { problem: `Shorten line ${long + 1} to ${chars} characters.` }
  return { lines }
}
