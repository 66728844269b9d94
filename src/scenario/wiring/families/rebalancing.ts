/** Wires what groups of a log need beyond the eager range protocol. */
import { RebalancingCoordinator } from '../../../brokers/log/rebalancing/coordinator.ts'
import { IncrementalMember } from '../../../clients/groupConsumer/incremental.ts'
import { sides } from '../sides.ts'

sides.rebalancing = {
  coordinator: (broker) => new RebalancingCoordinator(broker),
  Member: IncrementalMember,
}
