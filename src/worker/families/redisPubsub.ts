/** All that a run needs of Redis Pub/Sub, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/redisPubsub.ts'
export { parts } from '../../scenario/wiring/families/redisPubsub.ts'
export { drawings } from '../draw/nodes/families/redisPubsub.ts'
