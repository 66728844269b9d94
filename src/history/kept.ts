/** What a frame says of a topic that is kept, and where its keys go. */

/** What became of a record besides being there. */
export interface RecordFate {
  /** Compacted away: its offset is a hole. */
  removed?: boolean
  transaction?: 'open' | 'committed' | 'aborted'
  /** Which producer's transaction it is. */
  producer?: number
}

export interface ReplicaState {
  broker: number
  end: number
  highWatermark: number
  leads: boolean
  inSync: boolean
  /** Its broker is down, or does not reach the others. */
  down: boolean
  cut: boolean
}

/** One partition. */
export interface KeptState {
  /** -1: it has none. A leader whose broker is down leads until the controller knows. */
  leader: number
  epoch: number
  isAvailable: boolean
  /** -1 while nobody can be asked. */
  highWatermark: number
  lastStable: number
  /** In the order of brokers that they were given to. */
  replicas: ReplicaState[]
  /** Base offsets of its segments, and bytes in all. */
  segments: number[]
  bytes: number
  /** Everything below is compacted; -1 if the topic is not. */
  cleanTo: number
  /** The latest control records. */
  control: { offset: number; commit: boolean }[]
}

export interface ClusterState {
  /** Scenario id of the log, and how many brokers it has. */
  broker: string
  size: number
  down: number[]
  cut: number[]
}

/** Where a key goes, and where it went before partitions were added: null if none were. */
export interface KeyPlace {
  key: string
  partition: number
  before: number | null
  /** 0 to 7, as its records are drawn. */
  hue: number
}
