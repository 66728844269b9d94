/** How names and numbers of nodes are written in a condition. */

/** A level's name as one word: `in hand` is `inHand`. */
export function wordOf(level: string): string {
  return level.replace(/ (\p{L})/gu, (_, letter: string) => letter.toUpperCase())
}

/** A name with other signs than a word may have stands in quotes. */
export function quoted(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:[-.][\p{L}\p{N}_]+)*$/u.test(name) ? name : `"${name}"`
}

/** A number of a node as an expression: `ready(orders)`; the lag of a group goes by the group's name. */
export function expressionOf(level: string, node: string): string {
  const group = /^lag of (.*)$/.exec(level)?.[1]
  return group === undefined ? `${wordOf(level)}(${quoted(node)})` : `lag(${quoted(group)})`
}
