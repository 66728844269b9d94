/** What can happen in a log that is kept: replicas, retention, compaction, producers with sequence numbers, transactions. */
export const DURABLE_FACTS = {
  /** Partition: a control record says that a producer's transaction is committed, or aborted; aux = offset. */
  commitMarker: 681,
  abortMarker: 682,
  /** Partition: up to here records are on all replicas in sync; aux = offset. */
  watermarkAdvanced: 683,
  /** Partition: it has another leader; aux = row `Election`. */
  leaderElected: 684,
  /** Partition: nobody may lead it; aux = broker that led it. */
  leaderLost: 685,
  /** Partition: a replica is no longer in sync, or is again; aux = broker. */
  isrShrunk: 686,
  isrExpanded: 687,
  /** Partition: a batch that it has already is not written again; message = its first record, aux = sequence number. */
  duplicateDropped: 688,
  /** Partition: a batch is not written; message = its first record, aux = error code. */
  writeRefused: 689,
  /** Partition: its active segment is full or old, the next one begins; aux = base offset. */
  segmentRolled: 690,
  /** Partition: segments were deleted because of their age, or of its size; aux = its new start. */
  expired: 691,
  oversized: 692,
  /** Partition: it was compacted; aux = row `Cleaning`. */
  compacted: 693,
  /** Replica: records came; aux = its end. */
  replicated: 694,
  /** Replica: the leader puts what it has on the way to it; aux = end of that. */
  served: 695,
  /** Replica: what the leader never had, or has no more, is cut off; aux = its new end. */
  truncated: 696,
  /** Broker: one of the cluster died, or is back; aux = which one. */
  brokerDown: 697,
  brokerUp: 698,
  /** Broker: what one of the cluster fetches from the others is lost from now on, or comes again; aux = which one. */
  replicationCut: 699,
  replicationMended: 700,
  /** Broker: a producer got its id and epoch; aux = row `ProducerRow`. */
  producerIdGiven: 701,
  /** Broker: a transaction takes in a partition; aux = row `Enlisted`. */
  transactionEnlisted: 702,
  /** Broker: a transaction is to be committed, or aborted; aux = producer id. */
  transactionCommitting: 703,
  transactionAborting: 704,
  /** Broker: all control records of it are written; aux = producer id. */
  transactionEnded: 705,
  /** Broker: a transaction is to move a group's offset when it commits; aux = row `PendingOffset`. */
  offsetPending: 706,
  /** Topic: a setting is another one from now on; aux = row `{ name, value }`. */
  topicChanged: 707,
  /** Partition: a batch is written and waits for all replicas in sync; message = its first record, aux = number of the wait. */
  writeWaits: 708,
  /** Partition: a batch that waited is on all replicas in sync; message, aux = number of the wait. */
  writeReplicated: 709,
  /** Partition: those who wait for replicas hear nothing: its leader died; aux = how many. */
  waitsDropped: 710,
  /** Partition: a record is gone: the new leader does not have it; message, aux = the offset that it had. */
  recordLost: 711,
  /** Replica: the leader knows how far it is, by its next fetch; aux = offset. */
  acknowledged: 713,
} as const

/** Who leads a partition from now on. */
export interface Election {
  broker: number
  epoch: number
  /** False: it was not in sync (unclean.leader.election.enable). */
  clean: boolean
  /** End of its log, and the high watermark that it begins with. */
  end: number
  highWatermark: number
  /** Brokers that are in sync from now on. */
  isr: number[]
}

/** One pass of the log cleaner: everything below `to` holds the latest record of each key. */
export interface Cleaning {
  pass: number
  to: number
  toEntry: number
  removed: number
}

export interface ProducerRow {
  id: number
  epoch: number
  /** Scenario id of the client. */
  client: string
  transactional: boolean
}

export interface Enlisted {
  producer: number
  partition: number
}

export interface PendingOffset {
  producer: number
  progress: number
  offset: number
}
