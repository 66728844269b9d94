/** All that a run needs of topics that are kept and of producers that wait for answers; importing it is all there is to do. */
import '../../history/views/families/keptLog.ts'
import '../../scenario/wiring/families/durableLog.ts'
import '../draw/nodes/families/keptLog.ts'
