/** What can happen in share groups (KIP-932) besides what happens in every group. */
export const SHARE_FACTS = {
  /** Progress: the group begins to share the partition; aux = offset that it starts from. */
  started: 740,
  /** Member: a record is its own for a while; message, aux = acquisition (`Acquisitions`). */
  acquired: 741,
  /** Progress: a record is done; message, aux = offset. */
  accepted: 742,
  /** Progress: a record is available again, because its member gave it back; message, aux = offset. */
  released: 743,
  /** Progress: a record is given up, because its member rejected it; message, aux = offset. */
  rejected: 744,
  /** Progress: a record is available again, because its acquisition lock timed out; message, aux = offset. */
  lockTimedOut: 745,
  /** Progress: a record came back too often and is given up; message, aux = offset. */
  archived: 746,
  /** Member: its answer for a record that it does not hold is refused; message, aux = offset. */
  answerRefused: 747,
  /** Member: the lock of a record that it has begins anew; message, aux = acquisition. */
  renewed: 748,
} as const
