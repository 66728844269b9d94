/** How large a document may be. Everything has a limit, so that reaching it is a sentence and never a freeze. */
export const LIMITS = {
  nodes: 200,
  links: 400,
  brokers: 50,
  /** Actions in a script. */
  actions: 10_000,
  /** One simulated day. */
  durationMs: 86_400_000,
  /** Any single delay, service time or pause: one simulated day. */
  delayMs: 86_400_000,
  /** One simulated hour. */
  latencyMs: 3_600_000,
  /** The shortest pause between two arrivals: one microsecond, the clock's unit. */
  pauseMinMs: 0.001,
  idChars: 64,
  nameChars: 80,
  titleChars: 120,
  aboutChars: 600,
  foldChars: 20_000,
  bodyChars: 1000,
  effectChars: 200,
  /** A routing key is a short string of AMQP. */
  keyChars: 255,
  /** A filter of a cloud subscription: Google takes 256 bytes, SNS far more. */
  filterChars: 1000,
  bodies: 100,
  keys: 1000,
  traceEntries: 10_000,
  arrivals: 10_000_000,
  burst: 10_000,
  partitions: 64,
  /** Brokers of a log's cluster, so replicas of a partition. */
  clusterBrokers: 7,
  /** Records in a batch of a producer or in a transaction; requests in flight. */
  batchRecords: 10_000,
  inFlight: 100,
  queueLength: 10_000_000,
  queueBytes: 1_000_000_000_000,
  /** RabbitMQ advises few priorities; 255 is the most that it takes. */
  priority: 255,
  deliveries: 10_000,
  /** Headers of a message or a binding. */
  headers: 20,
  /** Different headers, or priorities, that a producer gives its messages in turn. */
  variants: 30,
  /** How often a producer tries again. */
  attempts: 10,
  prefetch: 65_535,
  concurrency: 1000,
  pollRecords: 10_000,
  waitMs: 60_000,
  /** Session and poll timeouts of a consumer group: an hour at most. */
  timeoutMs: 3_600_000,
  retries: 100,
  /** SQS: visibility timeout 12 h, delay 15 min, retention 1 min to 14 days, long poll 20 s, 10 messages a receive. */
  visibilityMs: 43_200_000,
  sqsDelayMs: 900_000,
  sqsRetentionMinMs: 60_000,
  sqsRetentionMs: 1_209_600_000,
  receiveCount: 1000,
  receiveMessages: 10,
  receiveWaitMs: 20_000,
  relayBatch: 1000,
  /** Relays of one service. */
  relays: 3,
  /** Events of a list that a store holds from the start, and how often the list is written. */
  storedEvents: 100_000,
  storedTimes: 100_000,
  /** Canvas coordinates, either way from the origin. */
  coordinate: 1_000_000,
  slowMin: 0.001,
  slowMax: 1000,
  /** How deep a document may be nested, and how many values it may hold in all. */
  depth: 12,
  values: 200_000,
} as const
