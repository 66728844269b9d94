/** Reads a number as a person types it, and says in one sentence what is wrong when it cannot be taken. */

export type NumberRange = {
  min?: number
  max?: number
  /** Distance of one arrow key; a whole step also means that only whole numbers are taken. */
  step?: number
}

export type NumberReading =
  | { value: number; problem?: undefined }
  | { value?: undefined; problem: string }

export function readNumber(text: string, range: NumberRange): NumberReading {
  const { min = -Infinity, max = Infinity, step = 1 } = range
  const plain = text
    .trim()
    .replace(/[ _'\u00a0\u202f]/g, '')
    .replace(',', '.')
  const value = Number(plain)
  if (plain === '' || !Number.isFinite(value)) return { problem: `Enter a number${span(range)}.` }
  if (value < min || value > max) return { problem: `Enter a number${span(range)}.` }
  if (Number.isInteger(step) && !Number.isInteger(value)) {
    return { problem: `Enter a whole number${span(range)}.` }
  }
  return { value }
}

function span({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` of ${min} or more`
  if (max !== undefined) return ` of ${max} or less`
  return ''
}

/** Lands on a multiple of the step, so that 0.1 + 0.2 shows as 0.3. */
export function stepNumber(value: number, steps: number, range: NumberRange): number {
  const { min = -Infinity, max = Infinity, step = 1 } = range
  const decimals = (String(step).split('.')[1] ?? '').length
  const next = Number((value + steps * step).toFixed(Math.max(decimals, 0)))
  return Math.min(max, Math.max(min, next))
}
