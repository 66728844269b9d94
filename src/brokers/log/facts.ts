/** What can happen in a partitioned log. The part named first is the one that the fact is about. */
export const LOG_FACTS = {
  /** Broker: a topic was created; aux = row `TopicRow`. */
  topicCreated: 50,
  /** Broker: a group was heard of for the first time; aux = row `GroupRow`. */
  groupCreated: 51,
  /** Broker: a group reads a topic for the first time; aux = row `SubscriptionRow`. */
  subscribed: 52,
  /** Broker: a client asked to become a member of a group; aux = row `MemberRow`. */
  memberAdded: 53,
  /** Partition: a record was written at its end; message, aux = offset. */
  appended: 54,
  /** Partition: its oldest records were deleted; aux = its new start offset. */
  trimmed: 55,
  /** Member: records were sent to it; message = the first, aux = segment (`Segments`). */
  fetched: 56,
  /** Progress: what was sent last got lost, so the owner reads it again; aux = offset. */
  refetched: 57,
  /** Member: it says that everything below an offset is done; message = the last one, aux = commit (`Commits`). */
  committed: 58,
  /** Member: its commit was refused; aux = error code (`LOG_ERRORS`). */
  commitRejected: 59,
  /** Progress: someone moved the group's committed offset; aux = offset. */
  seeked: 60,
  /** Progress: its owner moved its own position (consumer.seek); aux = offset. */
  positionMoved: 61,
  /** Progress: its new owner goes on where the group committed; aux = offset. */
  resumed: 62,
  /** Progress: there is no valid offset, auto.offset.reset decided; aux = offset. */
  reset: 63,
  /** Progress: a member owns it from now on; aux = member part. */
  assigned: 64,
  /** Progress: nobody owns it from now on; aux = member part that did. */
  revoked: 65,
  /** Group: its members have to join again; aux = reason (`REBALANCE`). */
  rebalanceStarted: 66,
  /** Group: everyone has joined; aux = number of the generation that begins. */
  rebalanceCompleted: 67,
  /** Member: it is ready for the next generation. */
  joined: 68,
  /** Member: it left the group. */
  left: 69,
  /** Member: the group goes on without it; aux = reason (`EXPELLED`). */
  expelled: 70,
  /** Member: it gave a sign of life. */
  heartbeat: 71,
  /** Member: its poll found nothing and waits; aux = most records it takes. */
  fetchWaits: 72,
  /** Member: its poll waits no longer: it goes back empty, or its connection is gone. */
  fetchEnded: 73,
  /** Broker: a topic has more partitions from now on; aux = row `GrowthRow`. */
  partitionsAdded: 680,
  /** Progress: a transaction that was committed moved the group's committed offset; aux = offset. */
  offsetCommitted: 712,
  /** Progress: its owner goes on after what is no reader's; aux = offset. What is done before counts up to there. */
  passedOver: 714,
  /** Progress: there is no valid offset, and auto.offset.reset is none; aux = member part. */
  noOffset: 720,
  /** Member: a new run with the same group.instance.id took its place; aux = member part of that run. */
  replaced: 721,
  /** Progress: its owner is to give it up; aux = member part. */
  revocationAsked: 722,
  /** Group: the coordinator decided anew who is to have what; aux = row `Target`. */
  retargeted: 723,
} as const

/** Why a group rebalances. */
export const REBALANCE = {
  firstMember: 0,
  joined: 1,
  left: 2,
  expelled: 3,
  seeked: 4,
  partitionsAdded: 8,
  /** A member gave up what another one is to have (KIP-429). */
  givenUp: 5,
} as const

/** Why a member was expelled. */
export const EXPELLED = { sessionTimeout: 0, rebalanceTimeout: 1 } as const
