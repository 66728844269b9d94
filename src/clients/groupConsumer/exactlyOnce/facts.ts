/** What can happen to the producer of a reader that writes and commits in one transaction. The part is its sender. */
export const TRANSACTIONAL_OUTPUT_FACTS = {
  /** A producer with its transactional id begins (initTransactions): what an earlier one has open is aborted. */
  renewed: 769,
  /** Its batch is done: what is left is flushed, then the offsets of row `Offsets` go into the transaction; aux = row. */
  closing: 770,
  /** The offsets are sent into the transaction; aux = for how many partitions. */
  offsetsSent: 771,
  /** They cannot be taken in yet; aux = error code. */
  offsetsRefused: 772,
  /** Its process closes: what it has open is given back. */
  closed: 773,
} as const

/** Row of what is to be committed. */
export interface Offsets {
  progresses: readonly number[]
  offsets: readonly number[]
}
