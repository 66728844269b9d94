/** All that a run needs of Redis streams, in one module, so that it can be loaded when a scenario has them. */
export { views } from '../../history/views/families/redisStreams.ts'
export { parts } from '../../scenario/wiring/families/redisStreams.ts'
export { drawings } from '../draw/nodes/families/redisStreams.ts'
