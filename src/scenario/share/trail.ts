/**
 * The trail of a moment: the beginnings of the run's hashes at seven moments before it. Where a run is
 * not the one that was shared, it says up to where the two are the same.
 */

/** Into so many parts the facts before the moment are divided. */
const PARTS = 8
/** Hexadecimal digits of each hash that are kept: enough that two runs seldom agree by chance. */
const DIGITS = 4

/** After how many facts each hash of the trail is taken. */
export function trailPlaces(factIndex: number): number[] {
  return Array.from({ length: PARTS - 1 }, (_, i) => Math.floor((factIndex * (i + 1)) / PARTS))
}

export function trailOf(hashes: readonly string[]): string {
  return hashes.map((hash) => hash.slice(0, DIGITS).padEnd(DIGITS, '0')).join('')
}

/**
 * Up to how many facts a run agrees with a trail, by its own hashes at `trailPlaces(factIndex)`; null if
 * the trail says nothing.
 */
export function agreedFacts(
  trail: string,
  factIndex: number,
  hashes: readonly string[],
): number | null {
  const places = trailPlaces(factIndex)
  if (trail.length !== places.length * DIGITS) return null
  let agreed = 0
  for (const [i, place] of places.entries()) {
    if (trailOf([hashes[i] ?? '']) !== trail.slice(i * DIGITS, (i + 1) * DIGITS)) break
    agreed = place
  }
  return agreed
}

/** How the run that was opened differs from the one that was shared. */
export interface Difference {
  /** Beginnings of the two hashes, as they are read out. */
  here: string
  shared: string
  /** Versions of the application: where it runs now, and where the moment was made. */
  appHere: string
  appThere: string
  /** Up to here both are the same: `00:12.400`; null if that is not known. */
  agreedUntil: string | null
}

/** The difference in one sentence: what differs, from where on, and why or what to do. */
export function differenceSentence(difference: Difference): string {
  const { here, shared, appHere, appThere, agreedUntil } = difference
  const upTo = agreedUntil === null ? '' : `, and they part after ${agreedUntil}`
  const runs = `This run has the hash ${here}, the shared one had ${shared}${upTo}`
  return appHere === appThere
    ? `${runs}: one of them is of another state of the page, so reload it or ask for the link again.`
    : `${runs}: it was made with Eventarium ${appThere}, and this is ${appHere}, so what happens may differ.`
}
