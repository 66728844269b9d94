/**
 * NATS subjects (docs.nats.io/nats-concepts/subjects): tokens between dots. `*` stands for one token, `>`
 * at the end for one or more. Both count only as a whole token: `or*.x` is a literal.
 */

export function matchesSubject(pattern: string, subject: string): boolean {
  if (pattern === subject) return true
  const wanted = pattern.split('.')
  const tokens = subject.split('.')
  for (const [i, want] of wanted.entries()) {
    if (want === '>' && i === wanted.length - 1) return tokens.length > i
    if (i >= tokens.length || (want !== '*' && want !== tokens[i])) return false
  }
  return wanted.length === tokens.length
}

/** Whether every subject that `inner` matches is matched by `outer` too. */
export function isSubsetOf(inner: string, outer: string): boolean {
  const wanted = outer.split('.')
  const tokens = inner.split('.')
  for (const [i, want] of wanted.entries()) {
    const token = tokens[i]
    if (token === undefined) return false
    if (want === '>' && i === wanted.length - 1) return true
    if (token === '>' && i === tokens.length - 1) return false
    if (want !== '*' && want !== token) return false
  }
  return wanted.length === tokens.length
}

/** Whether some subject is matched by both. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]]
    if (x === undefined || y === undefined) return false
    if ((x === '>' && i === left.length - 1) || (y === '>' && i === right.length - 1)) return true
    if (x !== '*' && y !== '*' && x !== y) return false
  }
  return true
}

export function hasWildcard(subject: string): boolean {
  return subject.split('.').some((token) => token === '*' || token === '>')
}

/** Has no empty token: neither begins nor ends with a dot, nor has two in a row. */
export function isWhole(subject: string): boolean {
  return subject !== '' && !/^\.|\.\.|\.$/.test(subject)
}

/** Tokens that are not empty, without white space, `>` only at the end. */
export function isValidSubject(subject: string): boolean {
  const tokens = subject.split('.')
  return tokens.every(
    (token, i) => token !== '' && !/\s/.test(token) && (token !== '>' || i === tokens.length - 1),
  )
}
