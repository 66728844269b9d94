/**
 * MQTT topics and filters (MQTT 5.0, 4.7): levels between slashes, which may be empty. `+` is exactly one
 * level, `#` at the end any number, none included. A filter that begins with a wildcard does not match
 * topics that begin with `$`.
 */

export function matchesFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/')
  const levels = topic.split('/')
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false
  for (const [i, want] of wanted.entries()) {
    if (want === '#') return true
    if (i >= levels.length || (want !== '+' && want !== levels[i])) return false
  }
  return wanted.length === levels.length
}

/** Wildcards stand for whole levels, `#` only for the last. */
export function isValidFilter(filter: string): boolean {
  const levels = filter.split('/')
  return (
    filter !== '' &&
    levels.every((level, i) =>
      level === '#' ? i === levels.length - 1 : level === '+' || !/[+#]/.test(level),
    )
  )
}

/**
 * Whether a filter, with `$share/group/` if it has one, throws its client out. Mosquitto 2.0.11 lets a share
 * without a group or without a filter pass, but not the word alone.
 */
export function isBadFilter(filter: string, asMosquitto: boolean): boolean {
  const [first, group, ...rest] = filter.split('/')
  if (first !== '$share' || (group === undefined && !asMosquitto)) return !isValidFilter(filter)
  const isNamed = group !== undefined && !/[+#]/.test(group)
  const shared = rest.join('/')
  if (asMosquitto) return !isNamed || (shared !== '' && !isValidFilter(shared))
  return !isNamed || group === '' || !isValidFilter(shared)
}

export function isValidTopic(topic: string): boolean {
  return topic !== '' && !/[+#]/.test(topic)
}

/** `$share/group/filter` (MQTT 5.0, 4.8.2); null if it is none. */
export function readShare(filter: string): { group: string; filter: string } | null {
  const parts = /^\$share\/([^/+#]*)\/(.+)$/s.exec(filter)
  return parts ? { group: parts[1] as string, filter: parts[2] as string } : null
}

/**
 * Where a matching filter comes when a broker walks its tree of levels as mosquitto does: literals before
 * `+` before `#`, and what goes deeper first. To be compared as text.
 */
export function walkOrder(filter: string): string {
  let order = ''
  for (const level of filter.split('/')) {
    if (level === '#') return `${order}2`
    order += level === '+' ? '1' : '0'
  }
  return `${order}3`
}
