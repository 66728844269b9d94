/**
 * Which programs may run: those that were written here and those that a person has agreed to. A program that
 * comes with a link or a file waits for that. Remembered in this browser, by a fingerprint of the text.
 */

const KEY = 'eventarium.approvedFolds'
const KEPT_MAX = 200

const approved = new Set<string>(kept())

export function isApproved(source: string): boolean {
  return approved.has(fingerprintOf(source))
}

export function approve(source: string): void {
  approved.add(fingerprintOf(source))
  const latest = [...approved].slice(-KEPT_MAX)
  try {
    localStorage.setItem(KEY, JSON.stringify(latest))
  } catch {
    // Without storage the agreement holds until the page is closed.
  }
}

function kept(): string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(known) ? known.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

/** Two numbers and the length: it takes a purpose to make another text of the same, and the sandbox holds that one too. */
function fingerprintOf(source: string): string {
  let a = 0x811c9dc5
  let b = 0x1b873593
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b) + i
  }
  return `${source.length}.${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`
}
