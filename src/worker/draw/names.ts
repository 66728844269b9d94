/** Short words for small places: a message's name inside its token, counts, durations, values. */

/**
 * At most three characters that tell messages apart without colour: `Order123` is 123, `CreateAccount` is CA,
 * `New user registered` of alice is al, `A paid` of order-A is A.
 */
export function tokenName(label: string, key: string): string {
  const number = /(\d+)\D*$/.exec(label)
  if (number?.[1]) return number[1].slice(-3)
  const initials = label.match(/[A-Z](?=[a-z])/g)
  if (!label.includes(' ') && initials && initials.length > 1) return initials.join('').slice(0, 2)
  const words = (key || label).match(/[\p{L}\d]+/gu) ?? []
  // Keys that begin alike are told apart by how they end.
  const last = key === '' ? undefined : words.at(-1)
  return (last !== undefined && last.length <= 3 ? last : words[0]?.slice(0, 2)) ?? ''
}

/** 12480 as `12 480`, with a thin space. */
export function countText(count: number): string {
  const digits = String(Math.round(count))
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u2009')
}

/** A duration, as exact as one can use: `0.34 s`, `1.2 s`, `75 s`. */
export function durationText(us: number): string {
  const seconds = us / 1_000_000
  if (seconds >= 60) return `${countText(seconds)} s`
  return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`
}

/** A value of an event, a fold or a table in one short line: `{ balance: 50 }` is `balance 50`. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  return Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(part)}`)
    .join(' · ')
}

/** What a fold comes to: the name and text of its first number, else of its first part. */
export function foldText(fold: unknown): { name: string; text: string } {
  if (typeof fold !== 'object' || fold === null) return { name: '', text: valueText(fold) }
  const parts = Object.entries(fold)
  const part = parts.find(([, value]) => typeof value === 'number') ?? parts[0]
  return part ? { name: part[0], text: valueText(part[1]) } : { name: '', text: '–' }
}
