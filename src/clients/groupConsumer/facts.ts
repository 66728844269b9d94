/** What can happen to a group consumer besides what happens to every client. `aux` of started, processed and failed is the record's place in its inbox. */
import type { SeekTarget } from '../../brokers/log/broker.ts'

export const GROUP_CONSUMER_FACTS = {
  /** It asks to join its group and holds nothing any more; aux = which of its runs as a member this is. */
  joining: 165,
  /** It was told what is its own; aux = row `Assignment`. */
  assigned: 166,
  /** It heard that its group rebalances: it joins again when its batch is done. */
  rejoinAsked: 167,
  /** It heard that the group went on without it; aux = error code. */
  expelled: 168,
  /** It worked longer than max.poll.interval.ms without a poll and leaves its group. */
  left: 169,
  /** It asks for records. */
  polled: 170,
  /** A batch came; message = the first, aux = how many. */
  batchReceived: 171,
  /** It sends its offsets; aux = for how many partitions. */
  committing: 172,
  /** One of the offsets that it sent is stored. */
  commitAnswered: 173,
  /** Its offsets cannot be stored: it is no longer what it was in the group; aux = error code. */
  commitFailed: 174,
  /** Its poll returned without records. */
  pollReturnedEmpty: 175,
  /** It is to close when the record in its hands is done. */
  closeAsked: 760,
  /** It committed what is done and is out of its group; a static member does not say so. */
  closed: 761,
  /** Its next record will take longer than max.poll.interval.ms. */
  stallArmed: 762,
  /** It sends its offsets because a person asked; aux = for how many partitions. */
  committingNow: 763,
  /** Its poll throws: there is no offset to start from. */
  noOffset: 764,
  /** It joins again and keeps what it has meanwhile. */
  rejoining: 765,
  /** It was told what is its own from now on, and goes by it at its next poll; aux = row `Assignment`. */
  assignmentHeard: 766,
  /** It gives up and takes over what it was told; aux = row `Assignment`. */
  assignmentTaken: 767,
  /** A batch came of which nothing is its own any more, or not new; aux = its first segment. */
  batchDropped: 768,
  /** Before its next poll it is to read on from elsewhere; aux = row `Seek`. */
  seekAsked: 774,
  /** It reads a partition on from elsewhere (consumer.seek); aux = row `Seeked`. */
  sought: 775,
} as const

/** Where it is to read on: in one of its partitions, or in all of them. */
export interface Seek {
  partition: number | null
  to: SeekTarget
}

/** Row behind `sought`. */
export interface Seeked {
  progress: number
  offset: number
}
