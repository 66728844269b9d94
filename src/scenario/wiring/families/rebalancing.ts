/** Wires what groups of a log need beyond the eager range protocol. */
import { RebalancingCoordinator } from '../../../brokers/log/rebalancing/coordinator.ts'
import { Shares } from '../../../brokers/log/share/shares.ts'
import { IncrementalMember } from '../../../clients/groupConsumer/incremental.ts'
import { ShareMember } from '../../../clients/groupConsumer/shareMember.ts'
import { sides } from '../sides.ts'

sides.rebalancing = {
  coordinator: (broker) => new RebalancingCoordinator(broker),
  shares: (broker) => new Shares(broker),
  Member: IncrementalMember,
  ShareMember,
}
