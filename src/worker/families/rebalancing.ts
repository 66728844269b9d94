/** All that a run needs of groups beyond the eager range protocol; importing it is all there is to do. */
import '../../scenario/wiring/families/rebalancing.ts'
