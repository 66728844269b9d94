/** What rare sides of late families bring to its wiring: filled when their module is loaded, null before. */

import type { LogBroker } from '../../brokers/log/broker.ts'
import type { Coordinator, CoordinatorContext } from '../../brokers/log/coordinator.ts'
import type { LogExtension, TopicSettings } from '../../brokers/log/keeping.ts'
import type { Member } from '../../brokers/log/member.ts'
import type { Sharing } from '../../brokers/log/share/sharing.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import type { Outlet } from '../../clients/client.ts'
import type { OffsetsParcel } from '../../clients/groupConsumer/exactlyOnce/transactionalOutput.ts'
import type { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { Part } from '../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc, TopicDoc } from '../document.ts'
import type { WiringContext } from './context.ts'

/** Topics that are kept by settings, and producers that wait for answers. */
interface KeptLogSide {
  extensionFor(world: WiringContext, doc: BrokerDoc): ((broker: LogBroker) => LogExtension) | null
  settingsOf(world: WiringContext, doc: TopicDoc): TopicSettings | null
  /** The outlet of a producer that batches; null for a client that just writes. */
  batchingOutlet(world: WiringContext, link: LinkDoc, broker: LogBroker): Outlet | null
  /** TxnOffsetCommit: an error code. */
  addOffsets(broker: LogBroker, member: Member, generation: number, parcel: OffsetsParcel): number
  alter(broker: LogBroker, topic: Topic, name: string, value: unknown): void
  /** The topic or the client's id that a part of this side belongs to; null if it is none. */
  owner(part: Part | undefined): Topic | string | null
}

/** Assignors other than range, incremental rebalancing, static members, the server-side protocol. */
interface RebalancingSide {
  coordinator(broker: CoordinatorContext): Coordinator
  /** Share groups, which belong to the same side. */
  shares(broker: LogBroker): Sharing
  Member: typeof GroupConsumer
  ShareMember: typeof GroupConsumer
}

export const sides: {
  keptLog: KeptLogSide | null
  rebalancing: RebalancingSide | null
} = { keptLog: null, rebalancing: null }
