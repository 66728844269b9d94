/** What assignors have in common: members, shares, and orders as Kafka's Java code has them. */

/** A member as an assignor sees it. */
export interface Assignee {
  id: string
  topics: readonly string[]
  /** Static membership (KIP-345): these members come first, in this order. */
  instanceId?: string
  /** What it claims to own, and from which generation: sticky assignors keep it where they can. */
  owned?: readonly Share[]
  generation?: number
}

/** A partition of a topic for one member. */
export interface Share {
  topic: string
  partition: number
}

export function shareName({ topic, partition }: Share): string {
  return `${topic}-${partition}`
}

/** Static members before dynamic ones; both as Java compares strings, by UTF-16 code units. */
export function byInstanceThenId(a: Assignee, b: Assignee): number {
  if (a.instanceId !== undefined && b.instanceId !== undefined) {
    return compareTexts(a.instanceId, b.instanceId)
  }
  if (a.instanceId !== undefined) return -1
  if (b.instanceId !== undefined) return 1
  return compareTexts(a.id, b.id)
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** All partitions of these topics, by name of the topic and number. */
export function sharesOf(partitions: ReadonlyMap<string, number>): Share[] {
  const topics = [...partitions].sort(([a], [b]) => compareTexts(a, b))
  return topics.flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => ({ topic, partition })),
  )
}

/**
 * The order in which a Java HashMap walks these keys: who keeps the partition too many depends on it
 * (java.util.HashMap: buckets by hash, a power of two of them, at most three quarters full).
 */
export function inHashOrder(keys: readonly string[]): string[]
export function inHashOrder<T>(keys: readonly T[], hashOf: (key: T) => number): T[]
export function inHashOrder<T>(keys: readonly T[], hashOf?: (key: T) => number): T[] {
  let buckets = 16
  while (keys.length > buckets * 0.75) buckets *= 2
  const bucketOf = (key: T) => {
    const hash = hashOf ? hashOf(key) : textHash(String(key))
    return (hash ^ (hash >>> 16)) & (buckets - 1)
  }
  return [...keys].sort((a, b) => bucketOf(a) - bucketOf(b))
}

/** `hashCode` of org.apache.kafka.common.TopicPartition. */
export function shareHash({ topic, partition }: Share): number {
  return (Math.imul(31, 31 + partition) + textHash(topic)) | 0
}

function textHash(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0
  return hash
}
